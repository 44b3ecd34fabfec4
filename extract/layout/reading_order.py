"""The order in which the lines of a page are read: two columns of running text one after the other.

A gutter is a white band between two blocks of lines. Cells of a table stand side by side, too, and are read line by
line: they are ruled, or their lines do not fill their columns.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import mean, median
from typing import NamedTuple

from extract.model.stages import Ruling
from extract.model.text import Glyph

_GUTTER = 0.75  # ems between the columns, at least
_MIDDLE = (0.3, 0.7)  # of the width of the text block, where a gutter can be
_FEWEST = 5  # lines with text at both sides of a gutter
_STRAY = 0.1  # of the usual number of glyphs, so many may stand on a gutter: a title across the page
_STEP = 0.25  # ems, in which a page is measured
_WIDEST = 1000  # ems of a page
_FULL = 0.3  # of the lines of a column that reach its right edge, at least
_REACH = 1.6  # ems from the edge of a column to the end of a line that fills it, at most
_CROSSING = 0.3  # of the lines of a page that cross the gutter of another, at most
_ROUNDING = 0.01  # points
_RULED = 3  # rulings across a gutter from which on it is a table's


class OrderedRow(NamedTuple):
    """The glyphs of a line, and how far the edges of its column lie from those of the page's text, in points.

    Lines of columns are measured as if their column were as wide as the page, so that a full one reaches its edge.
    """

    numbers: list[int]
    from_left: float = 0.0
    from_right: float = 0.0


class _Gutter(NamedTuple):
    """A white band from left to right, and the edges of the text block."""

    left: float
    right: float
    block_left: float
    block_right: float


def order_rows(
    glyphs: Sequence[Glyph], pages: Sequence[Sequence[list[int]]], rulings: Sequence[Ruling]
) -> list[OrderedRow]:
    """The lines of all pages in reading order. `pages` are the lines of each, from top to bottom, across all columns.

    The columns of all pages are the same; one on which they hold lists, which do not fill them, is told by the others.
    """
    own = [_find_gutter(glyphs, rows, rulings) for rows in pages]
    shared = _shared_gutter([gutter for gutter in own if gutter])
    ordered: list[OrderedRow] = []
    for rows, gutter in zip(pages, own, strict=True):
        divider = shared if shared and (gutter or _divides(glyphs, rows, shared)) else gutter
        ordered += _by_column(glyphs, rows, divider) if divider else [OrderedRow(row) for row in rows]
    return ordered


def _shared_gutter(gutters: Sequence[_Gutter]) -> _Gutter | None:
    """The band that all gutters have in common, between the outer edges of their text blocks."""
    if not gutters:
        return None
    left, right = max(gutter.left for gutter in gutters), min(gutter.right for gutter in gutters)
    edges = min(gutter.block_left for gutter in gutters), max(gutter.block_right for gutter in gutters)
    return _Gutter(left, right, *edges) if left < right else None


def _by_column(glyphs: Sequence[Glyph], rows: Sequence[list[int]], gutter: _Gutter) -> list[OrderedRow]:
    """The lines of a page, the left column before the right one; a line across the gutter ends both."""
    ordered: list[OrderedRow] = []
    columns: tuple[list[OrderedRow], list[OrderedRow]] = [], []
    for row in rows:
        left, right = _parts(glyphs, row, gutter)
        if _crosses(glyphs, row, gutter):
            ordered += [*columns[0], *columns[1], OrderedRow(row)]
            columns = [], []
            continue
        if left:
            columns[0].append(OrderedRow(left, 0.0, gutter.block_right - gutter.left))
        if right:
            columns[1].append(OrderedRow(right, gutter.right - gutter.block_left, 0.0))
    return [*ordered, *columns[0], *columns[1]]


def _parts(glyphs: Sequence[Glyph], row: Sequence[int], gutter: _Gutter) -> tuple[list[int], list[int]]:
    """The glyphs of a line at either side of the middle of a gutter."""
    left = [number for number in row if glyphs[number].x0 + glyphs[number].x1 < gutter.left + gutter.right]
    return left, [number for number in row if glyphs[number].x0 + glyphs[number].x1 >= gutter.left + gutter.right]


def _crosses(glyphs: Sequence[Glyph], row: Sequence[int], gutter: _Gutter) -> bool:
    """True if a line goes on through a gutter, as titles do."""
    left, right = (
        [number for number in part if not glyphs[number].text.isspace()] for part in _parts(glyphs, row, gutter)
    )
    if not left or not right:
        middle = (gutter.left + gutter.right) / 2
        return any(glyphs[number].x0 < middle < glyphs[number].x1 for number in left or right)
    gap = glyphs[right[0]].x0 - glyphs[left[-1]].x1
    return gap < _GUTTER / 2 * glyphs[right[0]].size


def _divides(glyphs: Sequence[Glyph], rows: Sequence[list[int]], gutter: _Gutter) -> bool:
    """True if a gutter of another page runs through a page, too: few lines cross it."""
    return sum(_crosses(glyphs, row, gutter) for row in rows) <= _CROSSING * len(rows)


def _find_gutter(glyphs: Sequence[Glyph], rows: Sequence[list[int]], rulings: Iterable[Ruling]) -> _Gutter | None:
    """The gutter between two columns of running text, if there is one."""
    inked = [glyphs[number] for row in rows for number in row if not glyphs[number].text.isspace()]
    if not inked:
        return None
    block_left, block_right = min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked)
    band = _white_band(inked, block_left, block_right)
    if band is None:
        return None
    rough = _Gutter(*band, block_left, block_right)
    apart = [row for row in rows if not _crosses(glyphs, row, rough)]
    sides = [[part for row in apart if (part := _parts(glyphs, row, rough)[side])] for side in (0, 1)]
    if min(map(len, sides)) < _FEWEST:
        return None
    left, right = (max(glyphs[n].x1 for part in sides[0] for n in part), min(glyphs[part[0]].x0 for part in sides[1]))
    gutter = _Gutter(left, right, block_left, block_right)
    across = sum(rule.page == inked[0].page and rule.x0 < left and rule.x1 > right for rule in rulings)
    return gutter if left < right and across < _RULED and _are_full(glyphs, sides, gutter) else None


def _white_band(inked: Sequence[Glyph], block_left: float, block_right: float) -> tuple[float, float] | None:
    """The widest band around the middle of a page on which nearly nothing stands."""
    size = median(glyph.size for glyph in inked)
    if size <= 0 or not (block_right - block_left) / size < _WIDEST:
        return None
    step = size * _STEP
    counts = [0] * (int((block_right - block_left) / step) + 2)
    for glyph in inked:
        for place in range(int((glyph.x0 - block_left) / step), int((glyph.x1 - block_left) / step) + 1):
            counts[place] += 1
    few = _STRAY * sum(counts) / len(counts)
    first, last = (int(share * len(counts)) for share in _MIDDLE)
    bands = [list(run) for white, run in groupby(range(first, last), key=lambda place: counts[place] <= few) if white]
    widest = max(bands, key=len, default=[])
    if len(widest) * _STEP < _GUTTER:
        return None
    return block_left + widest[0] * step, block_left + (widest[-1] + 1) * step


def _are_full(glyphs: Sequence[Glyph], sides: Sequence[Sequence[list[int]]], gutter: _Gutter) -> bool:
    """True if lines at both sides run up to the edges of their columns, as prose does."""
    shares = []
    for parts, edge in zip(sides, (gutter.left, gutter.block_right), strict=True):
        ends = [glyphs[part[-1]] for part in parts]
        shares.append(sum(edge - glyph.x1 <= _REACH * glyph.size for glyph in ends) / len(ends))
    return mean(shares) >= _FULL and min(shares) >= _FULL / 2
