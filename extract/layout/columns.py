"""Report cells of a table that are mixed up when read line by line.

A label that is vertically centred in its cell has lines of its value above it, which would be read under the label
before. The bounds of cells are not known, so such lines are reported, not repaired.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from math import inf
from statistics import median

from extract.layout.lines import MeasuredLine, has_cell_at, stretched_gap
from extract.model.findings import FindingDraft, finding
from extract.model.text import GLUE, Glyph, GlyphTable

_SENTENCE_END = tuple("。；：！？")
_MIN_LEADING = 1.05  # ems from line to line in one cell, at least, where the guide's own lines are not set closer
_CLOSER = 0.9  # of the distance between the guide's own lines
_MIN_BESIDE = 2.0  # ems between words on one line that do not belong together
_MAX_STRETCH = 0.1  # ems between the characters of a line that is not stretched
_MIN_WORDS = 3  # Chinese characters at either side
_LABEL_END = ("：", ":")
_HAN = re.compile("[\u4e00-\u9fff]")
_MIN_VALUE_INDENT = 2.5  # ems from a label to the words of its value


def find_columns(rows: Sequence[MeasuredLine]) -> list[FindingDraft]:
    """Report lines of one cell that stand above or between lines of the cell beside it, or words on a line with others,
    once for adjacent lines.
    """
    if not rows or not rows[0].text.ink.drawn:
        return []
    least, printed = min(_MIN_LEADING, _CLOSER * _leading(rows)), _printed_lines(rows[0].text.ink)
    mixed = [
        before.page == one.page and (_is_beside(before, one, least) or _is_above(before, one, below))
        for (before, one), below in zip_longest(pairwise(rows), rows[2:])
    ]
    beside = [_has_words_beside(row, printed) for row in rows]
    found = [is_beside or is_mixed for is_beside, is_mixed in zip(beside, [False, *mixed], strict=True)]
    firsts = (is_found and not before for is_found, before in zip(found, [False, *found], strict=False))
    told = {index for index, is_first in enumerate(firsts) if is_first}
    told.update(*(_ends_of_columns(rows, index) for index, is_beside in enumerate(beside) if is_beside))
    return [_columns_mixed(rows[index]) for index in sorted(told)]


def _ends_of_columns(rows: Sequence[MeasuredLine], index: int) -> Iterator[int]:
    """The last line of each column that a line across the page ends: where that is none, others go on below it."""
    last: tuple[float, float] | None = None
    for above in range(index - 1, -1, -1) if _is_across(rows[index]) else ():
        row = rows[above]
        if row.page != rows[index].page or _is_across(row):
            return
        if (row.left, row.right) != last:
            yield above
        last = row.left, row.right


def _is_across(row: MeasuredLine) -> bool:
    return row.left == -inf and row.right == inf


def _leading(rows: Sequence[MeasuredLine]) -> float:
    """The distance in ems from most lines to the next one below them in their column."""
    steps = [
        (one.baseline - before.baseline) / max(before.size, one.size)
        for before, one in pairwise(rows)
        if before.page == one.page and before.baseline < one.baseline and before.x0 < one.x1 and one.x0 < before.x1
    ]
    return median(steps) if steps else inf


def _printed_lines(ink: GlyphTable) -> Mapping[tuple[int, int], Sequence[Glyph]]:
    """All glyphs of each line of each page, from left to right: those that are left out, too."""
    printed: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph, line in zip(ink.glyphs, ink.lines, strict=True):
        if line and not glyph.text.isspace():
            printed[glyph.page, line].append(glyph)
    return {line: sorted(glyphs, key=lambda glyph: glyph.x0) for line, glyphs in printed.items()}


def _has_words_beside(row: MeasuredLine, printed: Mapping[tuple[int, int], Sequence[Glyph]]) -> bool:
    """True if words stand far right of others on a line that is not stretched, as those of a box beside a heading do.

    A label or a number may stand far from what it belongs to.
    """
    if " " not in row.text.plain:
        return False
    lines = row.text.ink.lines
    ink = printed[row.page, next(lines[origin] for origin in row.text.origins if origin != GLUE)]
    gaps = [right.x0 - left.x1 for left, right in pairwise(ink)]
    widest = max(gaps, default=0.0)
    if widest < _MIN_BESIDE * row.size or stretched_gap(ink) > _MAX_STRETCH * row.size:
        return False
    cut = gaps.index(widest) + 1
    sides = ["".join(glyph.text for glyph in part) for part in (ink[:cut], ink[cut:])]
    return all(len(_HAN.findall(side)) >= _MIN_WORDS for side in sides) and not sides[0].endswith(_LABEL_END)


def _is_beside(before: MeasuredLine, one: MeasuredLine, least: float) -> bool:
    """True if two lines are closer than lines of one cell, and do not overlap horizontally."""
    close = abs(one.baseline - before.baseline) < least * min(before.size, one.size)
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
