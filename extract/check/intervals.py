"""Intervals of whole numbers: what 40—60, 不超过6 and a sum of them can be."""

from extract.model.values import Count, Money, Track

Interval = tuple[int, int | None]  # None: open above


def interval(value: Count | Money | Track) -> Interval | None:
    """A value's bounds; None where it states no total."""
    return None if value.min is None and value.max is None else (value.min or 0, value.max)


def outside(one: Interval, other: Interval) -> bool:
    """Whether no number lies in both."""
    return (one[1] is not None and one[1] < other[0]) or (other[1] is not None and other[1] < one[0])


def told(interval: Interval) -> str:
    """An interval in words."""
    low, high = interval
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"
