"""Hidden words within a line: they fill the gap in which they stand, as a reader takes it for a gap of the setting."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extract.layout.reading_order import OrderedRow
from extract.model.record import ExcludedReason
from extract.model.text import Glyph

_LEEWAY = 0.25  # ems by which a hidden glyph may lie over its neighbours


def with_hidden(
    glyphs: Sequence[Glyph], rows: Sequence[OrderedRow], excluded: Mapping[int, ExcludedReason]
) -> list[OrderedRow]:
    """The rows with the hidden glyphs that are drawn between two neighbours of theirs, and stand between them."""
    hidden = sorted(number for number, reason in excluded.items() if reason == "hidden")
    if not hidden:
        return list(rows)
    return [row._replace(numbers=_filled(glyphs, row.numbers, hidden)) for row in rows]


def _filled(glyphs: Sequence[Glyph], row: Sequence[int], hidden: Sequence[int]) -> list[int]:
    filled = list(row[:1])
    for left, right in pairwise(row):
        between = hidden[bisect_right(hidden, left) : bisect_left(hidden, right)] if right > left + 1 else ()
        filled += [number for number in between if _stands_between(glyphs, left, number, right)]
        filled.append(right)
    return filled


def _stands_between(glyphs: Sequence[Glyph], left: int, number: int, right: int) -> bool:
    one, glyph, other = glyphs[left], glyphs[number], glyphs[right]
    leeway = _LEEWAY * one.size
    is_level = one.top - leeway <= (glyph.top + glyph.bottom) / 2 <= one.bottom + leeway
    return is_level and one.x1 - leeway <= glyph.x0 and glyph.x1 <= other.x0 + leeway
