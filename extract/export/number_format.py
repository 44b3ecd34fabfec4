"""Format values in words, in Chinese and English: 18,000 万元, ≤6, 24–36 个月."""

from collections.abc import Sequence
from decimal import Decimal

from extract.export.labels import ARROWS, BINDINGS, CONDITION_VALUES, OPS, PARTIES, STATUSES, UNITS
from extract.model.comparison import RangeSum, Statement
from extract.model.conditions import Condition
from extract.model.fields import Label
from extract.model.ranges import MONTHS, Range, Trend, months_of, range_of
from extract.model.record import Correction
from extract.model.values import Count, Duration, Evidence, Money

WAN = 10_000  # 万, the usual unit of money
YUAN = "CNY"
PROJECTS = "projects"
_COUNTED = (PROJECTS, "partners", "directions", "months")  # units other than currencies


def format_range(low: int | Decimal | None, high: int | Decimal | None) -> str:
    """Format bounds; empty if both are open.

    >>> format_range(6, 8), format_range(None, 8), format_range(6, None), format_range(8, 8)
    ('6–8', '≤8', '≥6', '8')
    """
    lower, upper = ("" if end is None else f"{end:,}" for end in (low, high))
    if lower and upper:
        return lower if lower == upper else f"{lower}–{upper}"
    return f"≤{upper}" if upper else f"≥{lower}" if lower else ""


def format_range_in(low: int | None, high: int | None, unit: int = WAN) -> str:
    """Format bounds in multiples of a unit.

    >>> format_range_in(180_000_000, 200_000_000)
    '18,000–20,000'
    """
    return format_range(*(None if end is None else in_units(end, unit) for end in (low, high)))


def format_projects(low: int | None, high: int | None, *, approximate: bool = False) -> Label:
    """Format a number of projects: 约 65 项, about 65. Empty if both sides are open."""
    figure = format_range(low, high)
    return _about(Label(f"{figure} 项", figure), approximate) if figure else Label("", "")


def format_money(low: int | None, high: int | None, currency: str, *, approximate: bool = False) -> Label:
    """Format money in units of ten thousand and in whole units. Empty if both sides are open."""
    whole = format_range(low, high)
    if not whole:
        return Label("", "")
    large = format_range_in(low, high)
    unit = "元" if currency == YUAN else f" {currency}"
    return _about(Label(f"{large} 万{unit}（{whole} {unit.strip()}）", f"{currency} {whole}"), approximate)


def format_percent(low: float | None, high: float | None) -> str:
    """Format bounds in percent.

    >>> format_percent(None, 30.0), format_percent(20.0, 33.3)
    ('≤30%', '20–33.3%')
    """
    return f"{format_range(*(None if end is None else Decimal(f'{end:g}') for end in (low, high)))}%"


def format_duration(value: Duration) -> Label:
    """Format a duration: months and years, its first and last day, or both."""
    months, days = _format_months(value), _format_days(value)
    joint = Label("，", ", ") if months.zh and days.zh else Label("", "")
    return Label(months.zh + joint.zh + days.zh, months.en + joint.en + days.en)


def _format_months(value: Duration) -> Label:
    """Format the months that are stated; empty without any."""
    stated = range_of(value, MONTHS)
    if stated is None:
        return Label("", "")
    months = format_range(stated.min, stated.max)
    if (stated.min or 0) % 12 or (stated.max or 0) % 12:
        return Label(f"{months} 个月", f"{months} months")
    years = format_range(*(None if end is None else end // 12 for end in (stated.min, stated.max)))
    return Label(f"{months} 个月（{years} 年）", f"{months} months ({years} years)")


def _format_days(value: Duration) -> Label:
    """Format the first day, with the last one if it is stated; empty without."""
    if not isinstance(value.start, str):
        return Label("", "")
    if not isinstance(value.end, str):
        return Label(f"自 {value.start} 起", f"from {value.start}")
    return Label(f"{value.start} 至 {value.end}", f"{value.start} to {value.end}")


def format_brief(value: Count | Money | Duration) -> str:
    """Format a value for a table cell: projects, 万, or months, else from month to month; 每 if no total is stated."""
    if isinstance(value, Duration):
        if isinstance(value.start, str) and isinstance(value.end, str) and range_of(value, MONTHS) is None:
            return f"{value.start[:7]}–{value.end[:7]}"
        months = months_of(value)
        return format_range(months.min, months.max)
    return format_cell(range_of(value, value.currency if isinstance(value, Money) else PROJECTS)) or "每"


def format_cell(value: Range | None) -> str:
    """Format a figure for a column whose header has the unit, projects or 万元; empty without one.

    >>> format_cell(Range(min=60, max=65, approximate=True, unit="projects"))
    '约 60–65'
    >>> format_cell(Range(min=None, max=1_525_000, unit="EUR"))
    '≤152.5 EUR'
    """
    if value is None:
        return ""
    figure = format_range_in(value.min, value.max, 1 if value.unit in _COUNTED else WAN)
    currency = "" if value.unit in (*_COUNTED, YUAN) else f" {value.unit}"
    return f"{'约 ' if value.approximate else ''}{figure}{currency}"


def in_units(amount: int, unit: int = WAN) -> Decimal:
    """Convert an amount to multiples of a unit, without trailing zeros or exponent.

    >>> str(in_units(180_000_000)), str(in_units(1_525_000))
    ('18000', '152.5')
    """
    exact = Decimal(amount) / unit
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact.normalize()


def _about(figure: Label, approximate: bool) -> Label:
    return Label(f"约 {figure.zh}", f"about {figure.en}") if approximate else figure


# ── a condition ──


def format_tested(condition: Condition) -> Label:
    """Format what an application has to have: 不少于 1, 不超过 36 个月, 已出资 或 已承诺出资; empty for `manual`."""
    return Label(_tested(condition, 0), _tested(condition, 1))


def format_condition(condition: Condition) -> Label:
    """Format a condition without its fact and its words: 必须 · 不少于 1 · 中方."""
    return Label(_condition(condition, 0), _condition(condition, 1))


def _condition(condition: Condition, language: int) -> str:
    who = PARTIES[condition.by][language] if condition.by else None
    parts = (_tested(condition, language), who, condition.of, condition.track, condition.when)
    return " · ".join([BINDINGS[condition.binding][language], *filter(None, parts)])


def _tested(condition: Condition, language: int) -> str:
    if condition.op is None or condition.value is None:
        return ""
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    words = [(" 或 ", " or ")[language].join(_value(value, language) for value in values)]
    if condition.op not in ("equals", "one_of"):
        words = [OPS[condition.op][language], *words]
    if condition.unit:
        words.append(UNITS[condition.unit][language])
    if condition.among:
        words.append(f"{('限', 'among')[language]} {' '.join(condition.among)}")
    return " ".join(words)


def _value(value: float | str, language: int) -> str:
    """Format a number without needless zeros, a word of the vocabulary by its label, others as they are."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}".removesuffix(".0")
    word = str(value).lower() if isinstance(value, bool) else value
    return CONDITION_VALUES[word][language] if word in CONDITION_VALUES else word


# ── a comparison ──

_UNITS = {
    "projects": Label(" 项", " projects"),
    "partners": Label(" 个合作方", " partners"),
    "directions": Label(" 个方向", " directions"),
    "months": Label(" 个月", " months"),
    "CNY": Label(" 万元", " million CNY"),
}


def format_figure(value: Range | RangeSum | None, unit: str = "") -> Label:
    """Format a figure with its unit: 20–25 项, ≤6 项, 约 100 项, 18,000 万元; a dash without one."""
    name = _unit(value, unit)
    return Label(*(f"{_number(value, unit, language)}{name[language] if value else ''}" for language in (0, 1)))


def format_statement(statement: Statement) -> Label | None:
    """Format the figure or the condition of a statement; None if it has neither."""
    if statement.condition:
        return format_condition(statement.condition)
    return format_figure(statement.range) if statement.range else None


def format_figure_change(
    sides: tuple[Range | RangeSum | None, Range | RangeSum | None], way: Trend | None, unit: str = ""
) -> Label:
    """Format two figures with the unit once and the arrow of their trend: 65 → 60 项 ↓; one if they are equal."""
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
    """Format a figure without its unit: money in 万 or in millions."""
    if value is None:
        return "—"
    name = value.unit if isinstance(value, Range) else unit
    scale = 1 if name in _COUNTED else (WAN, 1_000_000)[language]
    about = ("约 ", "about ")[language] if value.approximate else ""
    return about + format_range_in(value.min, value.max, scale)


def format_places(evidence: Sequence[Evidence]) -> Label:
    """Format the pages of evidence; for plain text the lines, for documents without pages the blocks."""
    rows = [piece.row for piece in evidence if piece.row]
    numbers = rows or [piece.page for piece in evidence if piece.page is not None]
    if not numbers:
        return Label("", "")
    low, high = min(numbers), max(numbers)
    run = str(low) if low == high else f"{low}–{high}"
    if not rows:
        return Label(f"第 {run} 页", f"p. {run}")
    return Label(f"第 {run} 段", f"block {run}") if evidence[0].page is None else Label(f"第 {run} 行", f"line {run}")


def format_value_before(correction: Correction) -> Label:
    """Format the value before a correction: JSON, a status, or nothing."""
    if correction.was is None:
        return Label("无值", "no value")
    return STATUSES.get(correction.was, Label(correction.was, correction.was))
