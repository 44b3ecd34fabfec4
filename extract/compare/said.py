"""What a guide says, as a comparison holds it: words, figure, evidence; and which way a figure went."""

from typing import Any

from extract.model.comparison import Range, Said, Trend
from extract.model.record import DeclaredCount, DeclaredProjects, Field
from extract.model.values import Count, Duration, Evidence, Money, Per, PerProject, Track

Figure = Count | Money | Duration | Per | PerProject | Track | DeclaredCount | DeclaredProjects


def quoted(evidence: tuple[Evidence, ...], words: str | None = None, figure: Range | None = None) -> Said:
    """What words say that are cited; the quotes themselves where no other words are given."""
    return Said(
        text="".join(one.quote for one in evidence) if words is None else words, range=figure, evidence=evidence
    )


def whole(field: Field[Any], figure: Range | None = None) -> Said:
    """What a field says, with its status."""
    return Said(status=field.status, text=field.text or "", range=figure, evidence=field.evidence)


def bounds(value: Figure | None, unit: str) -> Range | None:
    """A value's bounds, None where it has none: money that is stated for each project alone has no total."""
    if value is None:
        return None
    approximate = isinstance(value, Count | Money | DeclaredProjects) and value.approximate
    low: int | None
    high: int | None
    if isinstance(value, DeclaredCount):
        low = high = value.count
    elif isinstance(value, Duration):
        low, high = value.min_months or None, value.max_months or None
    else:
        low, high = value.min, value.max
    return None if low is None and high is None else Range(min=low, max=high, approximate=approximate, unit=unit)


def trend(before: Range | None, after: Range | None) -> Trend | None:
    """Which way a figure went: up where an end rises and none falls; unclear where bounds do not tell.

    None where one side has no figure, or both have the same.
    """
    if before is None or after is None or before == after:
        return None
    if before.unit != after.unit:
        return "unclear"
    steps = [_step(one, other) for one, other in ((before.min, after.min), (before.max, after.max))]
    if None in steps or not any(steps):
        return "unclear"
    if all(step is not None and step >= 0 for step in steps):
        return "up"
    return "down" if all(step is not None and step <= 0 for step in steps) else "unclear"


def _step(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return 0 if one is other else None
    return (other > one) - (other < one)
