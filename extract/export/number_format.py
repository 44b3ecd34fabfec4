"""Values as people read them, in Chinese and English: 18,000 万元, ≤6, 24–36 个月."""

from decimal import Decimal

from extract.export.labels import Label
from extract.model.values import Count, Duration, Money


def span(low: int | Decimal | None, high: int | Decimal | None) -> str:
    """6 to 8 as 6–8, an open side as ≤8 or ≥6, nothing as nothing."""
    least, most = ("" if end is None else f"{end:,}" for end in (low, high))
    if least and most:
        return least if least == most else f"{least}–{most}"
    return f"≤{most}" if most else f"≥{least}" if least else ""


def span_in(low: int | None, high: int | None, unit: int = 10_000) -> str:
    """The same in units of so many: 180000000 to 200000000 as 18,000–20,000."""
    return span(*(None if end is None else in_units(end, unit) for end in (low, high)))


def projects(low: int | None, high: int | None, *, approximate: bool = False) -> Label:
    """A number of projects: 约 65 项, about 65. Empty where both sides are open."""
    told = span(low, high)
    return _about(Label(f"{told} 项", told), approximate) if told else Label("", "")


def amount(low: int | None, high: int | None, currency: str, *, approximate: bool = False) -> Label:
    """Money, in units of ten thousand and in whole units. Empty where both sides are open."""
    whole = span(low, high)
    if not whole:
        return Label("", "")
    large = span_in(low, high)
    unit = "元" if currency == "CNY" else f" {currency}"
    return _about(Label(f"{large} 万{unit}（{whole} {unit.strip()}）", f"{currency} {whole}"), approximate)


def months(value: Duration) -> Label:
    """How long a project runs, in months and years, or from one day to another."""
    if isinstance(value.start, str) and isinstance(value.end, str):
        return Label(f"{value.start} 至 {value.end}", f"{value.start} to {value.end}")
    ends = [end if isinstance(end, int) else None for end in (value.min_months, value.max_months)]
    told = span(*ends)
    if any(end and end % 12 for end in ends):
        return Label(f"{told} 个月", f"{told} months")
    years = span(*(None if end is None else end // 12 for end in ends))
    return Label(f"{told} 个月（{years} 年）", f"{told} months ({years} years)")


def brief(value: Count | Money | Duration) -> str:
    """A value in a cell of a table: projects, ten thousands of money, or months; 每 where no total is stated."""
    match value:
        case Count():
            told = span(value.min, value.max)
        case Money():
            told = span_in(value.min, value.max)
            told += "" if value.currency == "CNY" or not told else f" {value.currency}"
        case Duration(start=str(), end=str()):
            return f"{str(value.start)[:7]}–{str(value.end)[:7]}"
        case Duration():
            return span(*(end if isinstance(end, int) else None for end in (value.min_months, value.max_months)))
    return ("约 " if value.approximate and told else "") + (told or "每")


def in_units(amount: int, unit: int = 10_000) -> Decimal:
    """An amount in units of so many. Without zeros at the end, and never with an exponent: 18000, 152.5."""
    exact = Decimal(amount) / unit
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact.normalize()


def _about(told: Label, approximate: bool) -> Label:
    return Label(f"约 {told.zh}", f"about {told.en}") if approximate else told
