"""How the cells of a sheet stand together: merged ranges, tables, and the rows of one cell that are paragraphs.

A table is a stretch of rows without an empty one between them, but for one with lines around its cells. Rows of one
cell above it (its title, 单位：万元) and below it (注：…) are paragraphs. The rows and columns of a table are those in
which a cell begins, so that a sheet may be as large as Excel lets it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.model.text import Cell, display_width
from extract.pull.xlsx_reader.sheet import Area, Sheet, SheetCell
from extract.pull.xlsx_reader.strings import plain


class PlacedCell(NamedTuple):
    """A cell with the rows and columns of the sheet that it fills; its place in a table, if it stands in one."""

    cell: SheetCell
    area: Area
    excluded: ExcludedReason | None
    table: Cell | None = None


class _TableArea(NamedTuple):
    """A table of the sheet: the rows and columns in which its cells begin, and the rows that are one cell."""

    rows: Sequence[int]
    columns: Sequence[int]
    whole: Set[int]

    def cell(self, area: Area, number: int) -> Cell:
        """The cell of this table that fills an area of the sheet; `number` is the table's."""
        columns = range(len(self.columns)) if area.rows.start in self.whole else _within(area.columns, self.columns)
        return Cell(number, _within(area.rows, self.rows), columns)


def _within(numbers: range, starts: Sequence[int]) -> range:
    """The numbers of a sheet as those of a table, by where its rows or columns start."""
    first = max(bisect_right(starts, numbers.start) - 1, 0)
    return range(first, max(bisect_left(starts, numbers.stop), first + 1))


def arrange(sheet: Sheet, tables: int) -> list[PlacedCell]:
    """The cells of a sheet in reading order; its tables are counted on from a number."""
    placed = [_with_hidden(one, sheet) for one in _with_areas(sheet)]
    found = list(_find_tables([one for one in placed if one.excluded != "hidden"], sheet))
    starts = [table.rows[0] for table in found]
    arranged = []
    for one in placed:
        number = bisect_right(starts, one.cell.row)
        is_within = number > 0 and one.cell.row <= found[number - 1].rows[-1]
        table = found[number - 1].cell(one.area, tables + number) if is_within else None
        arranged.append(one._replace(table=table))
    return arranged


def _with_hidden(one: PlacedCell, sheet: Sheet) -> PlacedCell:
    """A cell none of whose rows or columns can be seen is hidden."""
    rows, columns = one.area
    is_hidden = one.cell.content.excluded == "hidden" or (
        all(row in sheet.hidden_rows for row in rows) or all(column in sheet.hidden_columns for column in columns)
    )
    return one._replace(excluded="hidden") if is_hidden else one


# ── merged ranges ─────────────────────────────────────────────────────────────────────────────────────


def _with_areas(sheet: Sheet) -> Iterator[PlacedCell]:
    """The cells with what they fill. What stands in a cell that a merged one covers cannot be seen."""
    merged = _MergedRanges(sheet.merged)
    for cell in sheet.cells:
        area = merged.area_at(cell.row, cell.column)
        if area is None:
            columns = range(cell.column, cell.column + cell.width)
            yield PlacedCell(cell, Area(range(cell.row, cell.row + 1), columns), None)
        elif (cell.row, cell.column) == (area.rows.start, area.columns.start):
            yield PlacedCell(cell, area, None)
        else:
            yield PlacedCell(cell, Area(range(cell.row, cell.row + 1), range(cell.column, cell.column + 1)), "hidden")


class _MergedRanges:
    """The merged ranges of a sheet, asked for row by row. Of two that overlap, the one that begins first counts."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._waiting = sorted(areas, key=lambda area: (area.rows.start, area.columns.start))[::-1]  # the last is next
        self._row = -1
        self._active: list[Area] = []  # from left to right

    def area_at(self, row: int, column: int) -> Area | None:
        """The range in which a cell stands."""
        if row != self._row:
            self._go_to(row)
        place = bisect_right(self._active, column, key=lambda area: area.columns.start)
        area = self._active[place - 1] if place else None
        return area if area and column in area.columns else None

    def _go_to(self, row: int) -> None:
        self._row = row
        self._active = [area for area in self._active if row in area.rows]
        while self._waiting and self._waiting[-1].rows.start <= row:
            area = self._waiting.pop()
            place = bisect_left(self._active, area.columns.start, key=lambda one: one.columns.start)
            beside = self._active[max(place - 1, 0) : place + 1]
            if row in area.rows and not any(_overlap(area.columns, one.columns) for one in beside):
                self._active.insert(place, area)


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────


class _Row(NamedTuple):
    """A row in which cells begin, with those that reach into it from above."""

    number: int
    cells: Sequence[PlacedCell]
    from_above: int

    @property
    def is_single(self) -> bool:
        return len(self.cells) + self.from_above < 2


def _find_tables(cells: Sequence[PlacedCell], sheet: Sheet) -> Iterator[_TableArea]:
    """The tables among cells that can be seen, from the top down."""
    for rows in _stretches(_rows(cells), sheet):
        wide = [place for place, row in enumerate(rows) if not row.is_single]
        if wide:
            left = min(cell.area.columns.start for row in rows[wide[0] : wide[-1] + 1] for cell in row.cells)
            end = next((place for place in range(wide[-1] + 1, len(rows)) if _is_below(rows[place], left)), len(rows))
            table = rows[wide[0] : end]
            columns = sorted({cell.area.columns.start for row in table for cell in row.cells})
            whole = {row.number for row in table if row.is_single and _is_whole(row.cells[0], left, sheet)}
            yield _TableArea([row.number for row in table], columns, whole)


def _is_below(row: _Row, left: int) -> bool:
    """True if a single cell is a note below a table; one with lines around it, or not at its left, is part of it."""
    (only,) = row.cells
    return len(only.area.columns) > 1 or (only.area.columns.start <= left and not only.cell.style.is_ruled)


def _is_whole(only: PlacedCell, left: int, sheet: Sheet) -> bool:
    """True if the words of a single cell go on over the empty ones beside it: 一、双边合作 in the column of numbers."""
    words, column = plain(only.cell.content.text), only.cell.column
    is_wider = 2 * sum(map(display_width, words)) > sheet.width_of(column)
    return only.cell.content.is_text and only.cell.style.spreads and column == left and is_wider


def _rows(cells: Sequence[PlacedCell]) -> Iterator[_Row]:
    reaching: list[PlacedCell] = []
    for number, group in groupby(cells, key=lambda one: one.cell.row):
        reaching = [one for one in reaching if one.area.rows.stop > number]
        begun = list(group)
        yield _Row(number, begun, len(reaching))
        reaching += [one for one in begun if len(one.area.rows) > 1]


def _stretches(rows: Iterable[_Row], sheet: Sheet) -> Iterator[list[_Row]]:
    """The stretches of rows between which a row is empty. One that is hidden, or that has lines, parts nothing."""
    passed = sorted(sheet.hidden_rows | sheet.ruled_rows)
    stretch: list[_Row] = []
    end = 0
    for row in rows:
        between = bisect_left(passed, row.number) - bisect_left(passed, end)
        if stretch and row.number - end > max(between, 0):
            yield stretch
            stretch = []
        stretch.append(row)
        end = max(end, *(one.area.rows.stop for one in row.cells))
    if stretch:
        yield stretch
