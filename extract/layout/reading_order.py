"""The order in which the lines of a page are read: columns of running text one after the other.

A line across the page ends the columns above it, and others may begin below it. Cells of a table stand side by side,
too, and are read line by line: they are ruled, or their lines do not fill their columns.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from math import inf
from operator import lt
from statistics import mean, median, mode
from typing import Literal, NamedTuple

from extract.model.stages import Ruling
from extract.model.text import Glyph, display_width

_MIN_GUTTER, _MAX_GUTTER = 0.75, 5.0  # ems between two columns
_MIN_COLUMN = 10.0  # ems
_MIN_LINES = (5, 3)  # at the left and at the right of a gutter
_MIN_FULL = 0.22  # of the lines of a column that reach its right edge
_MAX_ROOM = 1.6  # ems from the edge of a column to the end of a line that fills it
_MAX_INDENT = 2.6  # ems from the edge of a column to a line of it
_MIN_DENSITY = (0.6, 0.3)  # of the lines that have room in the left column and in the right one
_MIN_STARTS = 0.1  # of the lines of a column that begin at its edge
_SAME_LINES = 0.5  # of the lines at the indent of a column stand at its edge, at least
_EDGE_SHARE = 0.05  # of the lines of a column that may stand out of it
_MAX_HEADS = 6  # lines of headings across the columns, and of the columns above, one below the other
_CENTRED = 0.6  # ems from the middle of a title to that of the page
_MAX_OUTER = 3  # lines of a running head or foot
_SET_OFF = 1.5  # the space between a running head and the text, in spaces between lines
_SMALLER = 0.92  # the size of running heads, in sizes of the text, at the most
_OTHER_SIZE = 0.05  # the difference between two sizes, in sizes
_HOLE = 1.5  # the distance between two lines with a line between them that stands across, in leadings, at least
_OVERLAP = 0.2  # ems that two lines may overlap
_MAX_CELL = 6  # lines between two rulings of a table
_MIN_RULINGS = 3  # across a gutter, in a table
_SUBSET = re.compile(r"^[A-Z]{6}\+")  # before the name of a font of which a part is embedded
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.]*[%亿万年])")  # of a section
_SENTENCE_END = tuple("。；：！？")
_CLOSING = frozenset("，。、；：！？）》〉”’】〕")  # drawn in the left half of their boxes


class Column(NamedTuple):
    """The column of a line: its bounds, and how far the edges of its text lie from those of the page's, in points.

    Lines of columns are measured as if their column were as wide as the page, so that a full one reaches its edge.
    """

    left: float = -inf
    right: float = inf
    from_left: float = 0.0
    from_right: float = 0.0


_PAGE = Column()


class OrderedRow(NamedTuple):
    """The glyphs of a line, and its column."""

    numbers: list[int]
    column: Column = _PAGE


class _Stretch(NamedTuple):
    """The glyphs of a line between two wide gaps, and the edges of their ink."""

    numbers: list[int]
    x0: float
    x1: float


class _Row(NamedTuple):
    """A line across all columns."""

    stretches: list[_Stretch]
    top: float
    bottom: float
    size: float
    text: str
    font: str  # of all Chinese characters, "" where there are several

    @property
    def numbers(self) -> list[int]:
        return [number for stretch in self.stretches for number in stretch.numbers]


class _Gutter(NamedTuple):
    """A white band from left to right, the edges of the text at its sides, the lines at its right, and their size."""

    left: float
    right: float
    text_left: float = -inf
    text_right: float = inf
    lines: int = 0
    size: float = 1.0


class _Sides(NamedTuple):
    """The stretches at the left and at the right of a gutter, a list for each line that has any."""

    left: list[list[_Stretch]]
    right: list[list[_Stretch]]


_Place = Literal["left", "right", "both", "across"]  # of a line at a gutter
_COLUMNS: tuple[_Place, _Place] = "left", "right"
Cluster = Callable[[Sequence[int]], list[list[int]]]


def order_rows(
    glyphs: Sequence[Glyph], pages: Sequence[Sequence[int]], rulings: Sequence[Ruling], cluster: Cluster
) -> list[OrderedRow]:
    """The lines of all pages in reading order. `pages` are the glyphs of each, which `cluster` groups into lines.

    A gutter is looked for on all pages together: a page on which columns are short has it from the others.
    """
    lines = [cluster(page) for page in pages]
    if not _has_starts(glyphs, lines):
        return [OrderedRow(numbers) for page in lines for numbers in page]
    rows = [[_row(glyphs, numbers) for numbers in page] for page in lines]
    ruled = [_of_page(glyphs, page, rulings) for page in pages]
    ends = [_set_off(page) for page in rows]
    bodies = [page[first:end] for page, (first, end) in zip(rows, ends, strict=True)]
    gutters = _find_gutters(bodies, ruled)
    if not gutters:
        return [OrderedRow(row.numbers) for page in rows for row in page]
    short_heads = [gutter for gutter in gutters if _has_short_heads(bodies, ruled, gutter)]
    order = _Order(glyphs, cluster, gutters, short_heads)
    ordered: list[OrderedRow] = []
    for page, own, body, (first, end) in zip(rows, ruled, bodies, ends, strict=True):
        head, foot = ([OrderedRow(row.numbers) for row in part] for part in (page[:first], page[end:]))
        ordered += [*head, *order.read(body, own), *foot]
    return ordered


def _has_starts(glyphs: Sequence[Glyph], pages: Sequence[Sequence[Sequence[int]]]) -> bool:
    """True if enough lines begin at one place far from the margin or behind a gap, as those of columns do."""
    margin = min((glyphs[numbers[0]].x0 for page in pages for numbers in page), default=0.0)
    starts = Counter[int]()
    for page in pages:
        for numbers in page:
            right = -inf
            for number in numbers:
                glyph = glyphs[number]
                if glyph.x0 - right > _MIN_GUTTER / 2 * glyph.size and glyph.x0 - margin > _MIN_COLUMN / 2 * glyph.size:
                    starts[round(glyph.x0)] += 1
                right = glyph.x1
    return any(count + starts[x0 + 1] >= min(_MIN_LINES) for x0, count in list(starts.items()))


def _of_page(glyphs: Sequence[Glyph], page: Sequence[int], rulings: Sequence[Ruling]) -> list[Ruling]:
    number = glyphs[page[0]].page
    return sorted((rule for rule in rulings if rule.page == number), key=lambda rule: rule.top)


class _Order:
    """The gutters of a guide, and how its pages are cut along them."""

    def __init__(
        self, glyphs: Sequence[Glyph], cluster: Cluster, gutters: Sequence[_Gutter], short_heads: Container[_Gutter]
    ) -> None:
        self.glyphs, self.cluster, self.gutters, self.short_heads = glyphs, cluster, gutters, short_heads
        self.text_left = min(gutter.text_left for gutter in gutters)
        self.text_right = max(gutter.text_right for gutter in gutters)

    def read(self, rows: Sequence[_Row], rulings: Sequence[Ruling], column: Column = _PAGE) -> Iterator[OrderedRow]:
        """The lines of a column, or of a page, from the last gutter on: bands of it from top to bottom."""
        for gutter in self.gutters if rows else ():
            if not column.left < gutter.left < gutter.right < column.right:
                continue
            places = _places(rows, gutter.right, rulings)
            places = _with_short_heads(rows, places, gutter, rulings) if gutter in self.short_heads else places
            if column == _PAGE:
                places = _with_titles(rows, places, self.text_left, self.text_right)
            band = next(_bands(rows, gutter, places), None)
            if band is None:
                continue
            middle = (gutter.left + gutter.right) / 2
            sides = _sides(rows[slice(*band)], gutter.right)
            left = column._replace(right=middle, from_right=self.text_right - gutter.left)
            right = column._replace(left=middle, from_left=gutter.right - self.text_left)
            yield from self.read(rows[: band[0]], rulings, column)
            yield from self.read(self._rows(sides.left), rulings, left)
            yield from self.read(self._rows(sides.right), rulings, right)
            yield from self.read(rows[band[1] :], rulings, column)
            return
        yield from (OrderedRow(row.numbers, column) for row in rows)

    def _rows(self, parts: Sequence[Sequence[_Stretch]]) -> list[_Row]:
        """The lines of one column, which need not stand at the heights of those beside it."""
        numbers = [number for part in parts for stretch in part for number in stretch.numbers]
        return [_row(self.glyphs, line) for line in self.cluster(numbers)]


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────


def _row(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> _Row:
    stretches: list[_Stretch] = []
    spaces: list[int] = []
    x1 = -inf
    for number in numbers:
        glyph = glyphs[number]
        if glyph.text.isspace():
            (stretches[-1].numbers if stretches else spaces).append(number)
            continue
        if glyph.x0 - x1 >= _MIN_GUTTER * glyph.size:
            stretches.append(_Stretch([*spaces, number], glyph.x0, x1))
            spaces = []
        else:
            stretches[-1].numbers.append(number)
        x1 = max(x1, _ink_right(glyph))
        stretches[-1] = stretches[-1]._replace(x1=x1)
    first = glyphs[numbers[0]]
    if not stretches:
        stretches = [_Stretch(spaces, first.x0, first.x0)]
    drawn = [glyphs[number] for number in numbers]
    fonts = {_SUBSET.sub("", glyph.font) for glyph in drawn if not glyph.text.isascii()}
    return _Row(
        stretches,
        min(glyph.top for glyph in drawn),
        max(glyph.bottom for glyph in drawn),
        median(glyph.size for glyph in drawn) or 1.0,
        "".join(glyph.text for glyph in drawn).strip(),
        fonts.pop() if len(fonts) == 1 else "",
    )


def _ink_right(glyph: Glyph) -> float:
    """The right edge of what is drawn: a full stop may hang over the edge of its column."""
    if glyph.text in _CLOSING:
        return glyph.x0 + glyph.size / 2
    return glyph.x1 if glyph.x1 > glyph.x0 else glyph.x0 + sum(map(display_width, glyph.text)) * glyph.size


def _sides(rows: Sequence[_Row], edge: float) -> _Sides:
    sides = _Sides([], [])
    for row in rows:
        for side, of_right in zip(sides, (False, True), strict=True):
            if part := [stretch for stretch in row.stretches if _is_right(stretch, edge, row) == of_right]:
                side.append(part)
    return sides


def _is_right(stretch: _Stretch, edge: float, row: _Row) -> bool:
    """True if a stretch begins at the edge of a column, or right of it; an opening bracket may hang out."""
    return stretch.x0 >= edge - _MIN_GUTTER * row.size


# ── gutters ───────────────────────────────────────────────────────────────────────────────────────────


def _find_gutters(pages: Sequence[Sequence[_Row]], rulings: Sequence[Sequence[Ruling]]) -> list[_Gutter]:
    """The gutters between columns of running text, from right to left.

    Of two that are close, the right one is at first lines that are set in.
    """
    gutters: list[_Gutter] = []
    for edge in _edges(pages):
        gutter = _gutter_at(edge, pages, rulings)
        if gutter and gutters and gutters[-1].right - gutter.right < _MIN_COLUMN * gutter.size:
            gutters[-1] = gutter if gutter.lines >= _SAME_LINES * gutters[-1].lines else gutters[-1]
        elif gutter:
            gutters.append(gutter)
    return gutters


def _edges(pages: Sequence[Sequence[_Row]]) -> list[float]:
    """Where enough lines begin behind a gap or far from the margin, from right to left."""
    starts: list[float] = []
    for rows in pages:
        margin = min((row.stretches[0].x0 for row in rows), default=0.0)
        starts += [
            stretch.x0 for row in rows for stretch in row.stretches if stretch.x0 - margin > _MIN_COLUMN * row.size
        ]
    starts.sort(reverse=True)
    groups: list[list[float]] = []
    for x0 in starts:
        if groups and groups[-1][-1] - x0 < 0.5:
            groups[-1].append(x0)
        else:
            groups.append([x0])
    return [group[-1] for group in groups if len(group) >= min(_MIN_LINES)]


def _gutter_at(edge: float, pages: Sequence[Sequence[_Row]], rulings: Sequence[Sequence[Ruling]]) -> _Gutter | None:
    """The gutter left of an edge, if running text stands at both of its sides."""
    parts = _Sides([], [])
    size = 1.0
    for rows, ruled in zip(pages, rulings, strict=True):
        for first, end in _columned(_places(rows, edge, ruled)):
            sides = _sides(rows[first:end], edge)
            if sides.left and sides.right and _are_dense(rows[first:end], edge):
                parts.left.extend(sides.left)
                parts.right.extend(sides.right)
                size = median(row.size for row in rows[first:end])
    starts = sum(part[0].x0 - edge < 0.5 for part in parts.right)
    if starts < _MIN_STARTS * len(parts.right) or any(map(lt, map(len, parts), _MIN_LINES)):
        return None
    nearest = [part[0] for part in parts.right if part[0].x0 < edge + _MAX_INDENT * size]
    ends = [part[-1].x1 for part in parts.left], [stretch.x1 for stretch in nearest] or [edge]
    gutter = _Gutter(
        _outer(ends[0]),
        edge,
        -_outer([-part[0].x0 for part in parts.left]),
        _outer([part[-1].x1 for part in parts.right]),
        len(parts.right),
        size,
    )
    widths = gutter.left - gutter.text_left, _outer(ends[1]) - edge
    if min(widths) < _MIN_COLUMN * size or not 0 < edge - gutter.left <= _MAX_GUTTER * size:
        return None
    shares = [mean(_outer(side) - x1 <= _MAX_ROOM * size for x1 in side) for side in ends]
    return gutter if mean(shares) >= _MIN_FULL and min(shares) >= _MIN_FULL / 2 else None


def _outer(ends: Sequence[float]) -> float:
    """The edge that the ends of lines reach, but for a few that stand out."""
    return sorted(ends)[-1 - int(_EDGE_SHARE * len(ends))]


def _are_dense(rows: Sequence[_Row], edge: float) -> bool:
    """True if lines follow one another at both sides of an edge; the labels of a table wait for their values.

    Below short headings across the page the right column may hold few lines.
    """
    leading = _leading(rows)
    for of_right, least in zip((False, True), _MIN_DENSITY, strict=True):
        tops = [row.top for row in rows if any(_is_right(part, edge, row) == of_right for part in row.stretches)]
        if len(tops) * leading < least * (tops[-1] - tops[0]):
            return False
    return True


# ── bands ─────────────────────────────────────────────────────────────────────────────────────────────


def _places(rows: Sequence[_Row], edge: float, rulings: Sequence[Ruling]) -> list[_Place]:
    """The place of each line at an edge. Those of a ruled table across it stand across, too."""
    places: list[_Place] = []
    for row in rows:
        sides = {_is_right(stretch, edge, row) for stretch in row.stretches}
        crosses = any(not _is_right(stretch, edge, row) and stretch.x1 > edge for stretch in row.stretches)
        places.append("across" if crosses else "both" if len(sides) == 2 else "right" if True in sides else "left")
    across = [rule.top for rule in rulings if rule.x0 < edge - 1 and rule.x1 > edge + 1]
    for upper, lower in pairwise(across if len(across) >= _MIN_RULINGS else ()):
        cells = [index for index, row in enumerate(rows) if upper <= (row.top + row.bottom) / 2 <= lower]
        for index in cells if len(cells) <= _MAX_CELL else ():
            places[index] = "across"
    return places


def _groups(places: Sequence[_Place], of: Callable[[_Place], object]) -> Iterator[tuple[int, int]]:
    """The first of each run of lines with equal places, and the one behind the last."""
    for _, group in groupby(range(len(places)), key=lambda index: of(places[index])):
        first, *others = group
        yield first, (others or [first])[-1] + 1


def _columned(places: Sequence[_Place]) -> Iterator[tuple[int, int]]:
    """The lines from one that stands across to the next."""
    return (group for group in _groups(places, "across".__eq__) if places[group[0]] != "across")


def _set_off(rows: Sequence[_Row]) -> tuple[int, int]:
    """The first line of the text of a page, and the one behind its last.

    Running heads and feet in several parts stand apart from it, or are in smaller type, and begin where no column does,
    as notes at the feet of columns do.
    """
    size = median(row.size for row in rows)
    least = max(_SET_OFF * (_leading(rows) - size), size)
    starts = Counter(round(stretch.x0) for row in rows for stretch in row.stretches)
    counts = []
    for lines in (rows, rows[::-1]):
        count = 0
        for place, (row, inner) in enumerate(pairwise(lines[: _MAX_OUTER + 1]), 1):
            if len(row.stretches) < 2:
                break
            is_apart = max(inner.top - row.bottom, row.top - inner.bottom) > least
            is_small = row.size <= _SMALLER * size and any(starts[round(s.x0)] == 1 for s in row.stretches)
            begins_columns = all(starts[round(s.x0)] >= min(_MIN_LINES) for s in row.stretches)
            count = place if is_small or (is_apart and not begins_columns) else count
        counts.append(count)
    return counts[0], max(counts[0], len(rows) - counts[1])


def _leading(rows: Sequence[_Row]) -> float:
    """The distance from a line to the next in its column, which begins below it."""
    tops: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        for stretch in row.stretches:
            tops[round(stretch.x0)].append(row.top)
    steps = sorted(later - top for column in tops.values() for top, later in pairwise(column))
    return steps[len(steps) // 4] if steps else 0.0


def _with_titles(rows: Sequence[_Row], places: Sequence[_Place], text_left: float, text_right: float) -> list[_Place]:
    """The places of lines, where titles above columns stand across: they are centred on the page, or in larger type."""
    changed = list(places)
    for first, end in _columned(places):
        size = median(row.size for row in rows[first:end])
        for index in range(first, end):
            row = rows[index]
            room = row.stretches[0].x0 - text_left, text_right - row.stretches[-1].x1
            is_title = abs(room[0] - room[1]) < 2 * _CENTRED * row.size and min(room) > _MAX_INDENT * row.size
            if places[index] == "both" and not is_title:
                break
            if is_title or row.size > (1 + _OTHER_SIZE) * size:
                changed[index] = "across"
    return changed


def _alone(rows: Sequence[_Row], places: Sequence[_Place], side: _Place) -> Iterator[tuple[int, int]]:
    """Lines one below the other that have nothing beside them, below lines of both columns.

    The lines above and below them in the other column are farther apart than those of a column.
    """
    least = _HOLE * _leading(rows)
    for first, end in _groups(places, str):
        if places[first] != side or first == 0 or places[first - 1] == "across":
            continue
        is_hole = end == len(rows) or places[end] == "across" or rows[end].top - rows[first - 1].top > least
        if is_hole and all(_is_apart(rows, index) for index in range(first, end)):
            yield first, end


def _is_apart(rows: Sequence[_Row], index: int) -> bool:
    """True if a line begins below the one above, and ends above the one below."""
    row, slack = rows[index], _OVERLAP * rows[index].size
    is_last = index + 1 == len(rows)
    return rows[index - 1].bottom <= row.top + slack and (is_last or rows[index + 1].top >= row.bottom - slack)


def _has_short_heads(pages: Sequence[Sequence[_Row]], rulings: Sequence[Sequence[Ruling]], gutter: _Gutter) -> bool:
    """True if a line of the left column that has nothing beside it stands across: none of the right column stands so.

    Where there is space between paragraphs, lines of both columns do.
    """
    alone: list[_Place] = []
    for rows, ruled in zip(pages, rulings, strict=True):
        places = _places(rows, gutter.right, ruled)
        for side in _COLUMNS:
            groups = [(first, end) for first, end in _alone(rows, places, side) if end - first <= _MAX_HEADS]
            alone += [side for first, end in groups if places[first - 1] == "both" == "".join(places[end : end + 1])]
    return set(alone) == {"left"}


def _with_short_heads(
    rows: Sequence[_Row], places: Sequence[_Place], gutter: _Gutter, rulings: Sequence[Ruling]
) -> list[_Place]:
    """The places of lines, where those that have nothing beside them stand across, but for a longer left column.

    They are set in other type, begin with the number of a section, or stand beside no rule between the columns.
    """
    rules = [rule for rule in rulings if gutter.left - 1 <= rule.x0 <= rule.x1 <= gutter.right + 1]
    body = mode([row.font for row in rows if row.font] or [""])
    changed = list(places)
    for first, end in _alone(rows, places, "left"):
        group = range(first, end)
        heads = [index for index in group if rows[index].font not in (body, "")]
        heads = heads or [index for index in group if _NUMBER.match(rows[index].text)]
        if not heads and rules:
            heads = [index for index in group if not any(map(partial(_is_beside, rows[index]), rules))]
        elif not heads and end - first <= _MAX_HEADS:
            is_last = places[end] == "both" if end < len(rows) else _is_open(rows, end - 1, gutter)
            heads = [end - 1] if is_last else []
        if heads:
            changed[heads[0] : end] = ["across"] * (end - heads[0])
    return changed


def _is_beside(row: _Row, rule: Ruling) -> bool:
    return rule.top <= (row.top + row.bottom) / 2 <= rule.bottom


def _is_open(rows: Sequence[_Row], index: int, gutter: _Gutter) -> bool:
    """True if the last line of a page ends without a full stop, and neither it nor the one above fills the column."""
    ends = [s.x1 for row in rows[index - 1 : index + 1] for s in row.stretches if not _is_right(s, gutter.right, row)]
    return not rows[index].text.endswith(_SENTENCE_END) and all(
        gutter.left - end > _MAX_ROOM * rows[index].size for end in ends
    )


def _bands(rows: Sequence[_Row], gutter: _Gutter, places: Sequence[_Place]) -> Iterator[tuple[int, int]]:
    """The lines that stand in columns at the sides of a gutter: the first of them, and the one behind the last.

    On a last page the right column may be empty; then lines fill the left one.
    """
    for first, end in _columned(places):
        sides = _sides(rows[first:end], gutter.right)
        size = median(row.size for row in rows[first:end])
        if sides.right:
            is_band = bool(sides.left) and any(part[0].x0 - gutter.right < _MAX_INDENT * size for part in sides.right)
        else:
            is_band = mean(gutter.left - part[-1].x1 <= _MAX_ROOM * size for part in sides.left) >= _MIN_FULL / 2
        if is_band:
            yield first, end
