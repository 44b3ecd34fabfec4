"""Figures of two sides → bars on one scale, with words beside them."""

from collections.abc import Iterable

from msgspec import Struct

from extract.export.labels import Label
from extract.model.comparison import Range


class Bar(Struct, frozen=True):
    """A figure on a scale of 100: what is sure, and how much more it may be; `open`: it has no end above."""

    sure: float
    more: float
    open: bool


class Bars(Struct, frozen=True):
    """The figures of both sides: bars, None where there is none of this unit; and in words."""

    before: Bar | None
    after: Bar | None
    words: Label


def greatest(figures: Iterable[Range | None], unit: str) -> int:
    """The greatest figure in a unit, which fills the scale."""
    ends = (end for one in figures if one and one.unit == unit for end in (one.min, one.max) if end)
    return max(ends, default=1)


def bars(sides: tuple[Range | None, Range | None], unit: str, most: int, words: Label) -> Bars:
    """The bars of both sides; `most` fills the scale."""
    drawn = [_bar(side, most) if side and side.unit == unit else None for side in sides]
    return Bars(drawn[0], drawn[1], words)


def _bar(value: Range, most: int) -> Bar:
    low, high = value.min or 0, value.max
    return Bar(round(100 * low / most, 2), 0 if high is None else round(100 * (high - low) / most, 2), high is None)
