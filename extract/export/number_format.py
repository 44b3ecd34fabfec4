"""Values as people read them, in Chinese and English: 18,000 万元, ≤6, 24–36 个月."""

from collections.abc import Sequence
from decimal import Decimal

from extract.export.labels import ARROWS, FACT_NAMES, REQUIREMENT_KINDS, STATUSES, Label
from extract.model.comparison import FactChange, RangeSum
from extract.model.ranges import Range, Trend
from extract.model.record import Correction
from extract.model.values import Count, Duration, Evidence, Money


def format_range(low: int | Decimal | None, high: int | Decimal | None) -> str:
    """6 to 8 as 6–8, an open side as ≤8 or ≥6, nothing as nothing."""
    least, most = ("" if end is None else f"{end:,}" for end in (low, high))
    if least and most:
        return least if least == most else f"{least}–{most}"
    return f"≤{most}" if most else f"≥{least}" if least else ""


def format_range_in(low: int | None, high: int | None, unit: int = 10_000) -> str:
    """The same in units of so many: 180000000 to 200000000 as 18,000–20,000."""
    return format_range(*(None if end is None else in_units(end, unit) for end in (low, high)))


def format_projects(low: int | None, high: int | None, *, approximate: bool = False) -> Label:
    """A number of projects: 约 65 项, about 65. Empty where both sides are open."""
    told = format_range(low, high)
    return _about(Label(f"{told} 项", told), approximate) if told else Label("", "")


def format_money(low: int | None, high: int | None, currency: str, *, approximate: bool = False) -> Label:
    """Money, in units of ten thousand and in whole units. Empty where both sides are open."""
    whole = format_range(low, high)
    if not whole:
        return Label("", "")
    large = format_range_in(low, high)
    unit = "元" if currency == "CNY" else f" {currency}"
    return _about(Label(f"{large} 万{unit}（{whole} {unit.strip()}）", f"{currency} {whole}"), approximate)


def format_duration(value: Duration) -> Label:
    """How long a project runs, in months and years, or from one day to another."""
    if isinstance(value.start, str) and isinstance(value.end, str):
        return Label(f"{value.start} 至 {value.end}", f"{value.start} to {value.end}")
    ends = [end if isinstance(end, int) else None for end in (value.min_months, value.max_months)]
    told = format_range(*ends)
    if any(end and end % 12 for end in ends):
        return Label(f"{told} 个月", f"{told} months")
    years = format_range(*(None if end is None else end // 12 for end in ends))
    return Label(f"{told} 个月（{years} 年）", f"{told} months ({years} years)")


def format_brief(value: Count | Money | Duration) -> str:
    """A value in a cell of a table: projects, ten thousands of money, or months; 每 where no total is stated."""
    match value:
        case Count():
            told = format_range(value.min, value.max)
        case Money():
            told = format_range_in(value.min, value.max)
            told += "" if value.currency == "CNY" or not told else f" {value.currency}"
        case Duration(start=str(), end=str()):
            return f"{str(value.start)[:7]}–{str(value.end)[:7]}"
        case Duration():
            return format_range(
                *(end if isinstance(end, int) else None for end in (value.min_months, value.max_months))
            )
    return ("约 " if value.approximate and told else "") + (told or "每")


def in_units(amount: int, unit: int = 10_000) -> Decimal:
    """An amount in units of so many. Without zeros at the end, and never with an exponent: 18000, 152.5."""
    exact = Decimal(amount) / unit
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact.normalize()


def _about(told: Label, approximate: bool) -> Label:
    return Label(f"约 {told.zh}", f"about {told.en}") if approximate else told


# ── a comparison ──

_UNITS = {
    "projects": Label(" 项", " projects"),
    "partners": Label(" 个合作方", " partners"),
    "directions": Label(" 个方向", " directions"),
    "months": Label(" 个月", " months"),
    "CNY": Label(" 万元", " million CNY"),
}
_COUNTED = ("projects", "partners", "directions", "months")


def format_figure(value: Range | RangeSum | None, unit: str = "") -> Label:
    """A figure in words: 20–25 项, ≤6 项, 约 100 项, 18,000 万元; a dash where there is none."""
    name = _unit(value, unit)
    return Label(*(f"{_number(value, unit, language)}{name[language] if value else ''}" for language in (0, 1)))


def format_figure_change(
    sides: tuple[Range | RangeSum | None, Range | RangeSum | None], way: Trend | None, unit: str = ""
) -> Label:
    """Two figures in words, once where they are the same, and a unit once where it is one: 65 → 60 项 ↓."""
    before, after = (format_figure(side, unit) for side in sides)
    if before == after:
        return after
    if sides[1] and _unit(sides[0], unit) == _unit(sides[1], unit):
        before = Label(*(_number(sides[0], unit, language) for language in (0, 1)))
    return Label(*(f"{one} → {other} {ARROWS[way]}".rstrip() for one, other in zip(before, after, strict=True)))


def _unit(value: Range | RangeSum | None, unit: str) -> Label:
    name = value.unit if isinstance(value, Range) else unit
    return _UNITS.get(name, Label(f" 万 {name}", f" million {name}"))


def _number(value: Range | RangeSum | None, unit: str, language: int) -> str:
    """A figure without its unit: money in 万 or in millions."""
    if value is None:
        return "—"
    name = value.unit if isinstance(value, Range) else unit
    scale = 1 if name in _COUNTED else (10_000, 1_000_000)[language]
    told = format_range_in(value.min, value.max, scale)
    return f"{('约 ', 'about ')[language] if value.approximate else ''}{told}"


def format_places(evidence: Sequence[Evidence]) -> Label:
    """Where words stand: pages; for plain text, which has none to look at, lines."""
    lines = [one.line for one in evidence if isinstance(one.line, int)]
    told = _run(lines) if lines else _run([one.page for one in evidence])
    if not told:
        return Label("", "")
    return Label(f"第 {told} 行", f"line {told}") if lines else Label(f"第 {told} 页", f"p. {told}")


def _run(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def format_value_before(correction: Correction) -> Label:
    """What was extracted before a person corrected it: a value as JSON, a status, or nothing."""
    if correction.was is None:
        return Label("无值", "no value")
    return STATUSES.get(correction.was, Label(correction.was, correction.was))


def format_fact(change: FactChange) -> Label:
    """A fact that changed, with both sides: 截止日期 2016-08-31 → 2017-08-31."""
    name = FACT_NAMES.get(change.fact, Label(change.fact, change.fact))
    sides = [[_value(side, change.fact, language) for side in (change.before, change.after)] for language in (0, 1)]
    return Label(f"{name.zh} {' → '.join(sides[0])}", f"{name.en} {' → '.join(sides[1])}")


def _value(side: object, name: str, language: int) -> str:
    if side is None:
        return "—"
    if not isinstance(side, tuple):
        return str(side)
    words = [REQUIREMENT_KINDS[one][language] if name == "kinds" and one in REQUIREMENT_KINDS else one for one in side]
    return ("、", ", ")[language].join(words)
