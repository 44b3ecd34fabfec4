"""The order of quotes and headings: line by line; in a table by rows, or by columns where each section has a column."""

from collections import defaultdict
from collections.abc import Sequence

from extract.check.quote_lookup import QuoteFinder
from extract.model.text import Cell
from extract.model.values import Evidence

_BEFORE_UNIT = 10  # characters: 单位：个、人民币万元


class SectionOrder:
    """Tells which quotes stand above the heading of a section. `headings` are the first quotes of all headings."""

    def __init__(self, paper: QuoteFinder, headings: Sequence[Evidence]) -> None:
        self._paper = paper
        self._last_lines: dict[Evidence, tuple[int, int] | None] = {}
        tables: dict[int, list[Cell]] = defaultdict(list)
        for heading in headings:
            if cell := self._cell_of(heading):
                tables[cell.table].append(cell)
        self._has_columns = {
            table: len(cells) > 1 and len({cell.rows for cell in cells}) == 1 for table, cells in tables.items()
        }
        self._rows = {table: {self._extent(cell).start for cell in cells} for table, cells in tables.items()}
        self._first = {table: min(rows) for table, rows in self._rows.items()}

    def ends_above(self, piece: Evidence, heading: Evidence) -> bool:
        """Return True if a quote ends before a heading; a cell that is merged ends with its last row.

        The heading of a row that a page cuts may stand on the next page: no other heading is between.
        """
        cell, other = self._cell_of(piece), self._cell_of(heading)
        if cell and other and cell.table == other.table:
            between = range(self._extent(cell).start, self._extent(other).start)
            is_cut = piece.page != heading.page and not any(row in between for row in self._rows[cell.table])
            return self._extent(cell).stop <= self._extent(other).start and not is_cut
        return self._is_read_before(piece, heading)

    def begins_above(self, piece: Evidence, heading: Evidence) -> bool:
        """Return True if a quote begins before a heading; a cell that is merged begins with its first row."""
        cell, other = self._cell_of(piece), self._cell_of(heading)
        if cell and other and cell.table == other.table:
            return self._extent(cell).start < self._extent(other).start
        return self._is_read_before(piece, heading)

    def heads_table(self, piece: Evidence) -> bool:
        """Return True if a quote stands above all sections of its table, as the heads of columns do."""
        cell = self._cell_of(piece)
        return cell is not None and self._extent(cell).stop <= self._first.get(cell.table, 0)

    def states_unit(self, piece: Evidence) -> bool:
        """Return True if a quote is the unit of figures below it: 单位：万元, 拟支持经费（万元）."""
        before = self._paper.words_before(piece, _BEFORE_UNIT)
        return "单位" in before or (before.endswith(("（", "(")) and self._cell_of(piece) is not None)

    def _is_read_before(self, piece: Evidence, heading: Evidence) -> bool:
        """Return True if a quote is on a line that is read before a heading, which may stand in another column."""
        line, below = self._last_line(piece), self._last_line(heading)
        if line is None or below is None:  # quotes-replay tells
            return (piece.page or 0) < (heading.page or 0)
        return line < below

    def _last_line(self, piece: Evidence) -> tuple[int, int] | None:
        """The page and the number of the line on which a quote ends; None if it is not there."""
        if piece not in self._last_lines:
            numbers = self._paper.glyphs_of(piece)
            self._last_lines[piece] = max(map(self._paper.line_of, numbers)) if numbers else None
        return self._last_lines[piece]

    def _cell_of(self, piece: Evidence) -> Cell | None:
        numbers = self._paper.glyphs_of(piece)
        return self._paper.cell_of(numbers[0]) if numbers else None

    def _extent(self, cell: Cell) -> range:
        """The rows of a cell; its columns in a table that has a column for each section."""
        return cell.columns if self._has_columns.get(cell.table) else cell.rows
