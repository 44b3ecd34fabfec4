"""Cells of a table whose lines stand beside one another: read line by line, a label comes behind words of its value.

A label that stands in the middle of its cell's height has lines of its value above it, and these would be read under
the label before. No reader hands out the rules that bound a cell, so such a place is reported, not repaired.
"""

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from extract.layout.lines import MeasuredLine, goes_on_at
from extract.model.findings import FindingDraft, finding

_SENTENCE_END = tuple("。；：！？")
_SOLID = 1.05  # ems from line to line, at least, in one cell
_DEEP = 2.5  # ems from a label to the words of its value, at least


def find_columns(rows: Sequence[MeasuredLine]) -> list[FindingDraft]:
    """Where a line of one cell stands above, or between, lines of the cell beside it: one report for each place."""
    mixed = [
        one.text.ink.drawn and before.page == one.page and (_beside(before, one) or _above(before, one, below))
        for (before, one), below in zip_longest(pairwise(rows), rows[2:])
    ]
    return [_mixed(rows[place]) for place, here in enumerate(mixed, 1) if here and not (place > 1 and mixed[place - 2])]


def _beside(before: MeasuredLine, one: MeasuredLine) -> bool:
    """Whether two lines lie closer than lines of one cell do, and one ends where the other has not begun."""
    close = abs(one.top - before.top) < _SOLID * min(before.size, one.size)
    return close and (before.x1 < one.x0 or one.x1 < before.x0)


def _above(before: MeasuredLine, one: MeasuredLine, below: MeasuredLine | None) -> bool:
    """Whether the lines above and below begin where this one goes on after a gap, and the one above belongs to it.

    The last line of another value ends with a full stop, or stands further away.
    """
    deep = before.x0 - one.x0 > _DEEP * one.size
    if not deep or below is None or below.page != one.page or abs(below.x0 - before.x0) > 0.5 * one.size:
        return False
    near = one.top - before.top <= 1.1 * (below.top - one.top)
    return near and not before.text.plain.endswith(_SENTENCE_END) and goes_on_at(one, before.x0)


def _mixed(row: MeasuredLine) -> FindingDraft:
    return finding("columns-mixed", row.text, words=str(row.text))
