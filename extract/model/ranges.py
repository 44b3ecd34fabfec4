"""Ranges (40—60项, 不超过6项, 约500万元), open if a bound is not stated: sum, overlap, trend, months.

Figures are never negative, so a range without a lower bound begins at 0.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from extract.model.conditions import Op
from extract.model.record import DeclaredCount, DeclaredProjects
from extract.model.values import Count, Duration, Foreign, Money, Per, PerProject, Record, Track

Figure = Count | Money | Foreign | Duration | Per | PerProject | Track | DeclaredCount | DeclaredProjects
Trend = Literal["up", "down", "unclear"]
MONTHS = "months"


class Range(Record, frozen=True, kw_only=True):
    """A figure with its bounds, null if open; `unit`: projects, partners, directions, months, or a currency."""

    min: int | None
    max: int | None
    approximate: bool = False
    unit: str


def range_of(value: Figure | None, unit: str) -> Range | None:
    """Return the bounds of a value; None if both are open, as for money stated only for each project.

    The bounds of a duration are its stated months; for a duration between two days see `months_of`.
    """
    if value is None:
        return None
    if isinstance(value, DeclaredCount):
        return Range(min=value.count, max=value.count, unit=unit)
    low, high = (
        (value.min_months or None, value.max_months or None) if isinstance(value, Duration) else (value.min, value.max)
    )
    if low is None and high is None:
        return None
    approximate = isinstance(value, Count | Money | DeclaredProjects) and value.approximate
    return Range(min=low, max=high, approximate=approximate, unit=unit)


def open_range(unit: str) -> Range:
    """Return the range that is open on both sides."""
    return Range(min=None, max=None, unit=unit)


def add(ranges: Iterable[Range], unit: str) -> Range:
    """Add ranges of one unit: open below if all are, open above if any is or there are none.

    >>> one_to_two, at_most_six = Range(min=1, max=2, unit="projects"), Range(min=None, max=6, unit="projects")
    >>> describe(add([one_to_two, at_most_six], "projects"))
    '1 to 8'
    """
    parts = list(ranges)
    lows = [part.min for part in parts if part.min is not None]
    highs = [part.max for part in parts if part.max is not None]
    return Range(
        min=sum(lows) if lows else None,
        max=sum(highs) if highs and len(highs) == len(parts) else None,
        approximate=any(part.approximate for part in parts),
        unit=unit,
    )


def overlaps(one: Range, other: Range) -> bool:
    """Return True if a number lies in both ranges."""
    return (one.max is None or one.max >= (other.min or 0)) and (other.max is None or other.max >= (one.min or 0))


def contains(outer: Range, inner: Range) -> bool:
    """Return True if every number of `inner` lies in `outer`."""
    low, high = inner.min or 0, inner.max
    return low >= (outer.min or 0) and (outer.max is None or (high is not None and high <= outer.max))


def trend(before: Range | None, after: Range | None) -> Trend | None:
    """Return up if a bound rises and none falls, down the other way round, else unclear.

    None if one side has no figure, or both are the same.
    """
    if before is None or after is None or before == after:
        return None
    if before.unit != after.unit:
        return "unclear"
    steps = [_step(before.min, after.min), _step(before.max, after.max)]
    rises, falls = 1 in steps, -1 in steps
    if None in steps or rises == falls:
        return "unclear"
    return "up" if rises else "down"


def _step(before: int | None, after: int | None) -> int | None:
    """Return 1 if a bound rises, -1 if it falls, 0 if it stays; None if it is open on one side alone."""
    if before is None or after is None:
        return 0 if before is after else None
    return (after > before) - (after < before)


def describe(value: Range) -> str:
    """Format a range in English for a message.

    >>> [describe(Range(min=low, max=high, unit="projects")) for low, high in ((40, 60), (6, 6), (None, 6), (3, None))]
    ['40 to 60', '6', '0 to 6', 'at least 3']
    """
    low, high = value.min or 0, value.max
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


# ── months ────────────────────────────────────────────────────────────────────────────────────────────


def months_of(value: Duration) -> Range:
    """Return the months of a duration, also of one between two days; open on both sides if it states none."""
    if isinstance(value.start, str) and isinstance(value.end, str):
        return months_between(date.fromisoformat(value.start), date.fromisoformat(value.end))
    return range_of(value, MONTHS) or open_range(MONTHS)


def duration_bounds(duration: Duration) -> Iterator[tuple[Op, int]]:
    """Yield the bounds of a duration in months, also of one between two days; one where both are the same."""
    months = months_of(duration)
    if months.min is not None and months.min == months.max:
        yield "equals", months.min
        return
    if months.min is not None:
        yield "at_least", months.min
    if months.max is not None:
        yield "at_most", months.max


def months_between(start: date, end: date) -> Range:
    """Return the months from one day to another, both counted; approximate if not a whole number of months.

    >>> describe(months_between(date(2019, 12, 1), date(2022, 11, 30)))
    '36'
    >>> describe(months_between(date(2018, 1, 15), date(2018, 6, 30)))
    '5 to 6'
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    day = end.day + 1  # the day after the last one
    if end.day == monthrange(end.year, end.month)[1]:
        months, day = months + 1, 1
    whole = months - (day < start.day)
    is_whole = day == start.day
    return Range(min=whole, max=whole if is_whole else whole + 1, approximate=not is_whole, unit=MONTHS)
