"""Ruled tables on pages: the lines of each cell, and where the table stands among the lines of its page."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.layout.reading_order import Cluster, Column, OrderedRow
from extract.model.stages import PageCell
from extract.model.text import Glyph

_MAX_GAP_IN_WORD = 0.05  # ems
_STOPS = "。，、；：）》”"


def glyphs_by_cell(glyphs: Sequence[Glyph], numbers: Iterable[int], cells: Sequence[PageCell]) -> dict[int, list[int]]:
    """The glyphs that stand in cells, by the index of the cell.

    A Latin word or a figure (10900-11650) may be wider than its cell, and a space behind words stand beyond it: they
    stand where most of the word does.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        pages[cell.page].append(index)
    found: dict[int, list[int]] = defaultdict(list)
    for word in _words(glyphs, numbers) if cells else ():
        places = Counter(place for number in word if (place := _cell_of(glyphs[number], pages, cells)) is not None)
        for place, _ in places.most_common(1):
            found[place] += word
    return found


def _words(glyphs: Sequence[Glyph], numbers: Iterable[int]) -> Iterator[list[int]]:
    """The glyphs that no line end may part, in the order in which they are drawn."""
    word: list[int] = []
    for number in numbers:
        if word and not _touch(glyphs, word[-1], number):
            yield word
            word = []
        word.append(number)
    if word:
        yield word


def _touch(glyphs: Sequence[Glyph], number: int, following: int) -> bool:
    """True if two glyphs that are drawn one after the other are of one Latin word or figure, or end a word."""
    left, right = glyphs[number], glyphs[following]
    if following != number + 1 or (left.page, left.baseline) != (right.page, right.baseline) or left.text.isspace():
        return False
    is_close = abs(right.x0 - left.x1) <= _MAX_GAP_IN_WORD * left.size
    return right.text.isspace() or (is_close and left.text.isascii() and (right.text.isascii() or right.text in _STOPS))


def _cell_of(glyph: Glyph, pages: Mapping[int, Sequence[int]], cells: Sequence[PageCell]) -> int | None:
    """The index of the cell in which the middle of a glyph is."""
    across, down = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for index in pages.get(glyph.page, ()):
        left, top, right, bottom = cells[index].box
        if left <= across <= right and top <= down <= bottom:
            return index
    return None


def with_cells(
    glyphs: Sequence[Glyph],
    rows: Sequence[OrderedRow],
    inside: dict[int, list[int]],
    cells: Sequence[PageCell],
    cluster: Cluster,
) -> list[OrderedRow]:
    """The rows of the text with those of tables, cell by cell, where the table begins on its page."""
    tables: dict[tuple[int, int], list[OrderedRow]] = defaultdict(list)
    boxes: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    for index, cell in enumerate(cells):
        key = cell.page, cell.cell.table
        box = boxes.get(key, cell.box)
        boxes[key] = (min(box[0], cell.box[0]), min(box[1], cell.box[1]), max(box[2], cell.box[2]), box[3])
        if index in inside:
            column = Column(cell.box[0], cell.box[2])
            tables[key] += [OrderedRow(numbers, column, cell.cell) for numbers in cluster(inside[index])]
    ordered = list(rows)
    for key in sorted(tables, reverse=True):
        left, top, right, _ = boxes[key]
        at = _place(glyphs, ordered, key[0], (left + right) / 2, top)
        ordered[at:at] = tables[key]
    return ordered


def _place(glyphs: Sequence[Glyph], rows: Sequence[OrderedRow], page: int, middle: float, top: float) -> int:
    """The index behind the last line above a table in its column, or of the first line of its page."""
    first = bisect_right(rows, page - 1, key=lambda row: glyphs[row.numbers[0]].page)
    end = bisect_right(rows, page, key=lambda row: glyphs[row.numbers[0]].page)
    above = [
        at
        for at in range(first, end)
        if rows[at].column.left <= middle <= rows[at].column.right and glyphs[rows[at].numbers[0]].top < top
    ]
    return above[-1] + 1 if above else first
