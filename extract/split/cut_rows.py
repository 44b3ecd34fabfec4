"""Rows of tables that the end of a page cuts: what stands at the top of the next page is joined with them."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from extract.language.brackets import depths
from extract.model.stages import Line
from extract.model.text import GLUE, Glyph
from extract.split.tables import Head, Table, TableCell

_ONE_PLACE = re.compile("[（《“‘〈]*[A-Za-z0-9.]*[）》”’〉、，。；：]*.?")  # what no line ends within: （ITER）组
_FULL = 2.5  # sizes of type that a full line leaves of its cell, with the room at its edges
_LINE = 1.5  # sizes from line to line, at most as a rule
_ROOM_BELOW = 3.5  # sizes: three lines, for the last two of a paragraph stay together

_MIN_OTHERS = 2  # rows that show what each section has


class CutTable(NamedTuple):
    """A table whose cut rows are joined, and the pairs of rows of which it is open whether they are one."""

    table: Table
    doubtful: Sequence[tuple[int, int]]


class _Keys(NamedTuple):
    """The heads by which rows are told apart: that of the titles, and that of the numbers if they have any."""

    title: Head
    number: Head | None

    @property
    def first(self) -> Head:
        """The one that each section fills."""
        return self.number or self.title


def join_cut_rows(
    table: Table, title: Head, number: Head | None, repeated: Collection[int], apart: Collection[int]
) -> CutTable:
    """Join the last row of each page with the first one of the next where both are one row.

    Above the latter may be `repeated` heads; rows `apart` have no values: they are none of a section.
    """
    pages = _rows_by_page(table)
    keys = _Keys(title, number if number and _fills(table, number, range(table.rows), apart) else None)
    joined: dict[int, int] = {}
    doubtful: list[tuple[int, int]] = []
    for page in sorted(pages):
        above = pages[page][-1]
        below = next((row for row in pages.get(page + 1, ()) if row not in repeated), None)
        if below in (None, above) or above < title.cell.rows.stop or {above, below} & {*repeated, *apart}:
            continue
        above = joined.get(above, above)
        goes_on = _goes_on(table, keys, above, below, has_parts=_has_parts(table, keys, pages, {*repeated, *apart}))
        if goes_on:
            table = _joined(table, above, below)
            joined[below] = above
        elif goes_on is None:
            doubtful.append((above, below))
    return CutTable(table, doubtful)


def _rows_by_page(table: Table) -> dict[int, list[int]]:
    """The rows with words, by the page on which they stand; without rules a row may be known to stand on several."""
    pages: dict[int, list[int]] = {}
    for row in range(table.rows):
        for page in {line.page for cell in table.row(row) for line in cell.lines}:
            pages.setdefault(page, []).append(row)
    return pages


def _fills(table: Table, head: Head, rows: Collection[int], apart: Collection[int] = ()) -> list[TableCell]:
    """The cells below a head that fill some of the rows."""
    below = range(head.cell.rows.stop, table.rows)
    cells = table.within(head.cell.columns, below) if below else []
    return [cell for cell in cells if any(row in cell.rows and row not in apart for row in rows)]


def _has_parts(table: Table, keys: _Keys, pages: dict[int, list[int]], apart: Collection[int]) -> bool:
    """True if a row within a page lacks what tells sections apart: it goes on with the one above it."""
    within = [row for rows in pages.values() for row in rows[1:-1] if row not in apart and row - 1 not in apart]
    return any(not _fills(table, keys.first, [row]) for row in within if row >= keys.first.cell.rows.stop)


def _goes_on(table: Table, keys: _Keys, above: int, below: int, *, has_parts: bool) -> bool | None:
    """True if the rows are one, None if it is open. Each has the key of a section, or the other one has it."""
    has_keys = [bool(_fills(table, keys.first, [row])) for row in (above, below)]
    if all(has_keys) and keys.number:
        return False
    by_words = _words_go_on(table, keys.title, above, below)
    if all(has_keys):
        return by_words if by_words is not None else _lacks_values(table, keys.title, above, below) or None
    if not has_keys[0] and has_keys[1] and has_parts:
        return by_words
    return None if by_words is False else True


def _lacks_values(table: Table, title: Head, above: int, below: int) -> bool:
    """True if a row lacks what all others have, and has words only where those above it reach the end of the page."""
    others = [row for row in range(title.cell.rows.stop, table.rows) if row not in (above, below) and table.row(row)]
    every, last, row = range(table.columns), range(above, above + 1), range(below, below + 1)
    ends = [cell.lines[-1] for one in table.within(every, row) for cell in table.within(one.columns, last)]
    lowest = max(cell.lines[-1].top for cell in table.within(every, last))
    if any(lowest - end.top >= list(_inked(end))[-1].size for end in ends) or len(others) < _MIN_OTHERS:
        return False
    return any(
        not table.within(column, row) and all(table.within(column, range(one, one + 1)) for one in others)
        for column in (range(at, at + 1) for at in every)
    )


def _words_go_on(table: Table, title: Head, above: int, below: int) -> bool | None:
    """True if brackets that one row opens are closed in the other; False if words end in one and begin in the other."""
    upper = table.within(range(table.columns), range(above, above + 1))
    pairs = [(cell, one) for cell in upper for one in table.within(cell.columns, range(below, below + 1))]
    lowest = max(cell.lines[-1].top for cell in upper)
    is_cut = any(_has_cut_brackets(cell.text.plain, one.text.plain) for cell, one in pairs)
    is_ended = any(
        _would_fit(lowest, cell, one) or (cell.columns == title.cell.columns and _is_ended(cell, one))
        for cell, one in pairs
    )
    return None if is_cut == is_ended else is_cut


def _has_cut_brackets(above: str, below: str) -> bool:
    """True if brackets open in one text and close in the other."""
    return depths(above + below)[: len(above)] != depths(above)


def _would_fit(lowest: float, above: TableCell, below: TableCell) -> bool:
    """True if there is room for the words of a cell below those of the one above it: they do not go on there."""
    size = list(_inked(above.lines[-1]))[-1].size
    room, height = lowest - above.lines[-1].top, below.lines[-1].top - below.lines[0].top + _LINE * size
    return room > max(height, _ROOM_BELOW * size)


def _is_ended(above: TableCell, below: TableCell) -> bool:
    """True if a title ends with room for the first word of what stands below it."""
    before, after = list(_inked(above.lines[-1])), list(_inked(below.lines[0]))
    match = _ONE_PLACE.match("".join(glyph.text for glyph in after))
    place = after[: max(match.end() if match else 1, 1)]
    room = above.lines[-1].right - before[-1].x1
    return room > place[-1].x1 - place[0].x0 + (_FULL - 1) * before[-1].size


def _inked(line: Line) -> Iterator[Glyph]:
    """The glyphs of a line that are no space."""
    glyphs = (line.text.ink.glyphs[origin] for origin in line.text.origins if origin != GLUE)
    return (glyph for glyph in glyphs if not glyph.text.isspace())


def _joined(table: Table, above: int, below: int) -> Table:
    """The table with two rows as one: each cell of either fills both."""
    upper = table.within(range(table.columns), range(above, above + 1))
    lower = table.within(range(table.columns), range(below, below + 1))
    cells: list[TableCell] = []
    for cell in table.cells:
        if cell in upper:
            more = [one for one in lower if one.columns == cell.columns]
            rows = range(cell.rows.start, max([below + 1, *(one.rows.stop for one in more)]))
            cells.append(TableCell(_lines_of(cell, more), rows, cell.columns))
        elif cell not in lower:
            cells.append(cell)
        elif all(one.columns != cell.columns for one in upper):
            cells.append(TableCell(cell.lines, range(above, cell.rows.stop), cell.columns))
    cells.sort(key=lambda cell: (cell.rows.start, cell.columns.start))
    return replace(table, cells=cells)


def _lines_of(cell: TableCell, more: Sequence[TableCell]) -> list[Line]:
    """The lines of a cell with those of the same one on the next page; where its last line is full, the words go on."""
    lines = [*cell.lines]
    for other in more:
        *_, last = _inked(lines[-1])
        starts = False if lines[-1].right - last.x1 <= _FULL * last.size else None
        lines += [replace(other.lines[0], starts=starts), *other.lines[1:]]
    return lines
