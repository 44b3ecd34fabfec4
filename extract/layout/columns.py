"""Report cells of a table that are mixed up when read line by line.

A label that is vertically centred in its cell has lines of its value above it, which would be read under the label
before. The bounds of cells are not known, so such lines are reported, not repaired.
"""

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from extract.layout.lines import MeasuredLine, has_cell_at
from extract.model.findings import FindingDraft, finding

_SENTENCE_END = tuple("。；：！？")
_MIN_LEADING = 1.05  # ems from line to line in one cell
_MIN_VALUE_INDENT = 2.5  # ems from a label to the words of its value


def find_columns(rows: Sequence[MeasuredLine]) -> list[FindingDraft]:
    """Report lines of one cell that stand above or between lines of the cell beside it, once for adjacent lines."""
    mixed = [
        one.text.ink.drawn and before.page == one.page and (_is_beside(before, one) or _is_above(before, one, below))
        for (before, one), below in zip_longest(pairwise(rows), rows[2:])
    ]
    return [_columns_mixed(rows[i]) for i, is_mixed in enumerate(mixed, 1) if is_mixed and not (i > 1 and mixed[i - 2])]


def _is_beside(before: MeasuredLine, one: MeasuredLine) -> bool:
    """True if two lines are closer than lines of one cell, and do not overlap horizontally."""
    close = abs(one.top - before.top) < _MIN_LEADING * min(before.size, one.size)
    return close and (before.x1 < one.x0 or one.x1 < before.x0)


def _is_above(before: MeasuredLine, one: MeasuredLine, below: MeasuredLine | None) -> bool:
    """True if the lines above and below are aligned with the cell beside this line's label, and belong to it.

    The last line of another value ends with a full stop, or is further away.
    """
    deep = before.x0 - one.x0 > _MIN_VALUE_INDENT * one.size
    if not deep or below is None or below.page != one.page or abs(below.x0 - before.x0) > 0.5 * one.size:
        return False
    near = one.top - before.top <= 1.1 * (below.top - one.top)
    return near and not before.text.plain.endswith(_SENTENCE_END) and has_cell_at(one, before.x0)


def _columns_mixed(row: MeasuredLine) -> FindingDraft:
    return finding("columns-mixed", row.text, words=str(row.text))
