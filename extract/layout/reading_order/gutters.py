"""Find the gutters between columns: running text stands at both sides of them, on all pages together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import lt
from statistics import mean, median

from extract.layout.reading_order.places import Place, columned, places_of
from extract.layout.reading_order.stretches import (
    MAX_INDENT,
    MAX_ROOM,
    MIN_COLUMN,
    MIN_GUTTER,
    MIN_LINES,
    Gutter,
    Row,
    Sides,
    Stretch,
    is_right_of,
    leading_of,
    sides_of,
)
from extract.model.stages import Ruling

_MAX_GUTTER = 5.0  # ems between two columns, at the most
_MAX_FIRST = 4.5  # ems from the edge of a column to the first line of a paragraph
_MIN_FULL = 0.22  # of the lines of a column that reach its right edge
_MIN_DENSITY = (0.6, 0.3)  # of the lines that have room in the left column and in the right one
_MIN_STARTS = 0.1  # of the lines of a column that begin at its edge
_IN_MIDDLE = 0.6  # ems from the middle of words to that of the text
_SAME_LINES = 0.5  # of the lines at the indent of a column stand at its edge, at least
_BESIDE = 0.75  # leadings from a line of the right column to the nearest one of the left, at the most
_SAME_SIZE, _SIMILAR = 0.05, 0.2  # the difference between two sizes of a text, and between it and headings, in sizes
_EDGE_SHARE = 0.05  # of the lines of a column that may stand out of it


def find_gutters(pages: Sequence[Sequence[Row]], rulings: Sequence[Sequence[Ruling]]) -> list[Gutter]:
    """The gutters between columns of running text, from right to left.

    Of two that are close, the right one is at first lines that are set in.
    """
    gutters: list[Gutter] = []
    for edge in _edges(pages):
        gutter = _gutter_at(edge, pages, rulings)
        if gutter and gutters and gutters[-1].right - gutter.right < MIN_COLUMN * gutter.size:
            gutters[-1] = gutter if gutter.lines >= _SAME_LINES * gutters[-1].lines else gutters[-1]
        elif gutter:
            gutters.append(gutter)
    found = [_with_edge(gutter, pages) for gutter in gutters]
    return [*_next_gutter(found, pages), *found] if found else []


def _next_gutter(gutters: Sequence[Gutter], pages: Sequence[Sequence[Row]]) -> Iterator[Gutter]:
    """The gutter before a last column with few lines, as wide as the others, that begin where it would."""
    last = gutters[0]
    pitch = last.right - (gutters[1].right if len(gutters) > 1 else last.text_left)
    edge = last.right + pitch
    if abs(last.left + pitch - last.text_right) > MAX_ROOM * last.size:
        return
    room = edge - MIN_GUTTER * last.size, edge + _MAX_FIRST * last.size
    starts = [part.x0 for rows in pages for row in rows for part in row.stretches if room[0] <= part.x0 < room[1]]
    if any(abs(x0 - edge) <= 1 for x0 in starts):
        yield last._replace(left=last.left + pitch, right=min(starts), text_right=last.text_right + pitch)


def _with_edge(gutter: Gutter, pages: Sequence[Sequence[Row]]) -> Gutter:
    """A gutter found at first lines that are set in, where but a few others stand at the edge of their column.

    The number of a page stands alone in the middle, a title there, too, or in larger type across the columns. Words
    that do not reach the first lines begin a line there if others do so at the same place: the end of a heading.
    """
    room = gutter.left + MIN_GUTTER * gutter.size, gutter.right - MIN_GUTTER * gutter.size
    inside = [
        (part, row) for row in chain.from_iterable(pages) for part in row.stretches if room[0] <= part.x0 < room[1]
    ]
    lines = [
        part.x0
        for part, row in inside
        if abs(part.size - gutter.size) <= _SAME_SIZE * gutter.size
        if len(row.stretches) > 1 or (part.x1 > gutter.right and not _is_in_middle(part, gutter))
    ]
    ends = [
        part.x0
        for part, row in inside
        if abs(part.size - gutter.size) <= _SIMILAR * gutter.size and not row.text.isascii()
    ]
    again = Counter(map(round, ends))
    starts = [*lines, *(x0 for x0 in ends if again[round(x0)] > 1)]
    nearest = min((x0 for x0 in starts if gutter.right - x0 < _MAX_FIRST * gutter.size), default=gutter.right)
    return gutter._replace(right=nearest)


def _is_in_middle(part: Stretch, gutter: Gutter) -> bool:
    """True if words stand in the middle of the text."""
    return abs(part.x0 + part.x1 - gutter.text_left - gutter.text_right) < 2 * _IN_MIDDLE * part.size


def _edges(pages: Sequence[Sequence[Row]]) -> list[float]:
    """Where enough lines begin behind a gap or far from the margin, from right to left."""
    starts: list[float] = []
    for rows in pages:
        margin = min((row.stretches[0].x0 for row in rows), default=0.0)
        starts += [
            stretch.x0 for row in rows for stretch in row.stretches if stretch.x0 - margin > MIN_COLUMN * row.size
        ]
    starts.sort(reverse=True)
    groups: list[list[float]] = []
    for x0 in starts:
        if groups and groups[-1][-1] - x0 < 0.5:
            groups[-1].append(x0)
        else:
            groups.append([x0])
    return [group[-1] for group in groups if len(group) >= min(MIN_LINES)]


def _gutter_at(edge: float, pages: Sequence[Sequence[Row]], rulings: Sequence[Sequence[Ruling]]) -> Gutter | None:
    """The gutter left of an edge, if running text stands at both of its sides."""
    parts = Sides([], [])
    size, longest = 1.0, 0
    for rows, ruled in zip(pages, rulings, strict=True):
        for first, end in columned(places_of(rows, edge, ruled)):
            sides = sides_of(rows[first:end], edge)
            band = rows[first:end]
            if sides.left and sides.right and _are_dense(band, edge) and _are_beside(band, edge):
                parts.left.extend(part for part in sides.left if part[-1].x1 <= edge)
                parts.right.extend(sides.right)
                longest = max(longest, len(sides.right))
                size = median(row.size for row in rows[first:end])
    starts = sum(part[0].x0 - edge < 0.5 for part in parts.right)
    if starts < _MIN_STARTS * len(parts.right) or any(map(lt, map(len, parts), MIN_LINES)) or longest < MIN_LINES[1]:
        return None  # 拟支持项目数：8项。 拟支持经费：4600万元。 in each section are no columns
    nearest = [part[0] for part in parts.right if part[0].x0 < edge + MAX_INDENT * size]
    ends = [part[-1].x1 for part in parts.left], [stretch.x1 for stretch in nearest] or [edge]
    gutter = Gutter(
        _outer(ends[0]),
        edge,
        -_outer([-part[0].x0 for part in parts.left]),
        _outer([part[-1].x1 for part in parts.right]),
        len(parts.right),
        size,
    )
    widths = gutter.left - gutter.text_left, _outer(ends[1]) - edge
    if min(widths) < MIN_COLUMN * size or not 0 < edge - gutter.left <= _MAX_GUTTER * size:
        return None
    shares = [mean(_outer(side) - x1 <= MAX_ROOM * size for x1 in side) for side in ends]
    return gutter if mean(shares) >= _MIN_FULL and min(shares) >= _MIN_FULL / 2 else None


def _outer(ends: Sequence[float]) -> float:
    """The edge that the ends of lines reach, but for a few that stand out."""
    return sorted(ends)[-1 - int(_EDGE_SHARE * len(ends))]


def _are_dense(rows: Sequence[Row], edge: float) -> bool:
    """True if lines follow one another at both sides of an edge; the labels of a table wait for their values.

    Below short headings across the page the right column may hold few lines.
    """
    leading = leading_of(rows)
    for of_right, least in zip((False, True), _MIN_DENSITY, strict=True):
        tops = _tops(rows, edge, of_right)
        if len(tops) * leading < least * (tops[-1] - tops[0]):
            return False
    return True


def _are_beside(rows: Sequence[Row], edge: float) -> bool:
    """True if most lines at the right of an edge have one beside them; headings in the middle of the page have none."""
    most = _BESIDE * leading_of(rows)
    left, right = _tops(rows, edge, False), _tops(rows, edge, True)
    return mean(any(abs(top - other) <= most for other in left) for top in right) >= 0.5


def _are_side_by_side(rows: Sequence[Row], edge: float) -> bool:
    """True if a line at the right of an edge has one at its left; a signature stands below the words before it."""
    left, right = ([row for row in rows if _has_part(row, edge, of_right)] for of_right in (False, True))
    return any(row.top < other.bottom and other.top < row.bottom for row in right for other in left)


def _has_part(row: Row, edge: float, of_right: bool) -> bool:
    return any(is_right_of(part, edge, row) == of_right for part in row.stretches)


def _tops(rows: Sequence[Row], edge: float, of_right: bool) -> list[float]:
    """Where lines stand that have words at one side of an edge."""
    return [row.top for row in rows if _has_part(row, edge, of_right)]


def bands_of(
    rows: Sequence[Row], gutter: Gutter, places: Sequence[Place], *, goes_on: bool = False
) -> Iterator[tuple[int, int]]:
    """The lines that stand in columns at the sides of a gutter: the first of them, and the one behind the last.

    Where the right column is empty, but for a running head, lines fill the left one; a single one that does is enough
    on a page where the columns of the page before go on.
    """
    for first, end in columned(places):
        sides = sides_of(rows[first:end], gutter.right)
        size = median(row.size for row in rows[first:end])
        begins_right = any(part[0].x0 - gutter.right < _MAX_FIRST * size for part in sides.right)
        has_right = begins_right and _are_side_by_side(rows[first:end], gutter.right)
        full = [gutter.left - part[-1].x1 <= MAX_ROOM * size for part in sides.left]
        is_filled = any(full) if goes_on else bool(full) and mean(full) >= _MIN_FULL / 2
        if sides.left and (has_right or is_filled):
            yield first, end
