"""Tables of a document: their cells, and the heads of their columns, labels with units (拟支持经费（万元）)."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.language.label_words import LabelWords, name_of, read_label_words
from extract.model.stages import Line
from extract.model.text import Cell, Text, join_texts
from extract.profile.schema import Profile
from extract.split.line_joining import join_lines

# 单位：万元, （金额单位：人民币万元）, 单位：个、万元: of what else is counted nothing is read
_STATED_UNIT = re.compile("单位 *(?:：|为) *(?P<units>[^（）。；]{1,12}?) *）?。?$")
_MONEY_UNIT = re.compile("(?<=[：为、，/和及 币])(?:[百千十]?[万亿])?元(?:人民币)?(?![^、，/和及 ])")
_LINES_ABOVE = 2  # of a table, in which its unit may stand
_MAX_HEAD_ROW = 4  # rows above the heads: the name of the table, its unit
_MIN_HEADS = 2  # known words among the heads of a table


class TableCell(Struct, frozen=True):
    """A cell with its words. `rows` and `columns` are those that it fills."""

    lines: Sequence[Line]
    rows: range
    columns: range

    @property
    def text(self) -> Text:
        """The words of all its lines."""
        return join_lines(self.lines).strip()

    @property
    def words(self) -> Text:
        """The words as one paragraph: those of a title or a number, which a narrow cell breaks."""
        return join_lines([replace(line, starts=False) for line in self.lines]).strip()

    def moved(self, by: int) -> "TableCell":
        """The cell that many rows further down."""
        return TableCell(self.lines, range(self.rows.start + by, self.rows.stop + by), self.columns)


class Table(Struct, frozen=True):
    """A table: where its lines stand among those of the guide, and its cells with words in reading order.

    `unit` is the unit of money that the lines above it state: 单位：万元.
    """

    lines: slice
    cells: Sequence[TableCell]
    unit: Text | None = None

    @property
    def rows(self) -> int:
        """The number of rows down to the last one with words."""
        return max(cell.rows.stop for cell in self.cells)

    @property
    def columns(self) -> int:
        """The number of columns up to the last one with words."""
        return max(cell.columns.stop for cell in self.cells)

    def within(self, columns: range, rows: range) -> list[TableCell]:
        """The cells that stand in some of these columns and rows."""
        return [cell for cell in self.cells if _overlap(cell.columns, columns) and _overlap(cell.rows, rows)]

    def row(self, row: int) -> list[TableCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((cell for cell in self.cells if cell.rows.start == row), key=lambda cell: cell.columns.start)

    def transposed(self) -> "Table":
        """The table with its rows as columns, as one that states each thing in a column is read."""
        return Table(self.lines, [TableCell(cell.lines, cell.columns, cell.rows) for cell in self.cells], self.unit)

    def part(self, rows: range) -> "Table":
        """The rows of the table as one of their own."""
        above = sum(len(cell.lines) for cell in self.cells if cell.rows.start < rows.start)
        cells = [cell.moved(-rows.start) for cell in self.cells if cell.rows.start in rows]
        start = self.lines.start + above
        lines = slice(start, start + sum(len(cell.lines) for cell in cells))
        return Table(lines, cells, self.unit_above(rows.start))

    def with_below(self, table: "Table") -> "Table":
        """The table with the rows of another below its own."""
        cells = [*self.cells, *(cell.moved(self.rows) for cell in table.cells)]
        return Table(slice(self.lines.start, table.lines.stop), cells, self.unit)

    def unit_above(self, row: int) -> Text | None:
        """The unit of money that is stated last above a row, in a cell or above the table."""
        above = (stated_unit(cell.text) for cell in reversed(self.cells) if cell.rows.start < row)
        return next(filter(None, above), self.unit)


class Head(Struct, frozen=True):
    """The head of columns: its cell, its words on one line, and what its brackets say of the figures below it."""

    cell: TableCell
    words: Text
    beside: LabelWords

    @property
    def name(self) -> str:
        """The words without space and bracket, as a profile names a label: 拟支持经费（万元）, 合作国别（地区）."""
        return name_of("".join(self.words.plain.split()))


class Heads(Struct, frozen=True):
    """The heads of a table from left to right, and the first row below them."""

    heads: Sequence[Head]
    below: int

    @property
    def order(self) -> Sequence[tuple[int, str]]:
        """The names of the heads with their columns."""
        return [(head.cell.columns.start, head.name) for head in self.heads]

    def named(self, names: Container[str]) -> Head | None:
        """The first head with one of these names."""
        return next((head for head in self.heads if head.name in names), None)


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables of a guide in order; lines that stand in none are between them."""
    tables: list[Table] = []
    start = 0
    while start < len(lines):
        cell = lines[start].cell
        stop = start + 1
        while cell and stop < len(lines) and (other := lines[stop].cell) and other.table == cell.table:
            stop += 1
        if cell:
            above = (stated_unit(line.text) for line in reversed(lines[max(start - _LINES_ABOVE, 0) : start]))
            tables.append(Table(slice(start, stop), list(_cells(lines[start:stop])), next(filter(None, above), None)))
        start = stop
    return tables


def _cells(lines: Sequence[Line]) -> Iterator[TableCell]:
    cells: dict[tuple[int, int], list[Line]] = defaultdict(list)
    places: dict[tuple[int, int], Cell] = {}
    for line in lines:
        assert line.cell is not None
        key = line.cell.rows.start, line.cell.columns.start
        cells[key].append(line)
        places[key] = line.cell
    for key in sorted(cells):
        yield TableCell(cells[key], places[key].rows, places[key].columns)


def stated_unit(text: Text) -> Text | None:
    """The unit of money that words state for figures without one; None where they state none, or several."""
    stated = _STATED_UNIT.search(text.plain)
    units = list(_MONEY_UNIT.finditer(text.plain, *stated.span("units"))) if stated else []
    return text.group(units[0]) if len(units) == 1 else None


def find_heads(table: Table, profile: Profile) -> Heads | None:
    """The heads of a table's columns; None where its first rows hold too few words that the profile knows.

    Heads may have two levels (拟支持 over 项目数 and 经费): the lower one counts, or one that stands beside both.
    """
    found = (heads_at(table, first, profile) for first in range(min(_MAX_HEAD_ROW, table.rows)))
    return next(filter(None, found), None)


def heads_at(table: Table, first: int, profile: Profile) -> Heads | None:
    """The heads that begin in a row; None where it has none."""
    known = {*profile.labels.fields_by_name, *profile.table.number, *profile.table.title}
    below = max((cell.rows.stop for cell in table.row(first)), default=first + 1)
    lowest = table.within(range(table.columns), range(below - 1, below))
    heads = [head_of(cell) for cell in sorted(lowest, key=lambda cell: cell.columns.start)]
    if len({head.name for head in heads} & known) >= _MIN_HEADS and not _is_of_values(heads):
        return Heads(heads, below)
    return None


def head_of(cell: TableCell) -> Head:
    """A cell as the head of what stands below or beside it."""
    text = cell.text
    words = join_texts(text.split("[\n\u2028 ]"), text).rstrip(" ：")
    return Head(cell, words, read_label_words([words]))


def _is_of_values(heads: Sequence[Head]) -> bool:
    """True if one of the heads holds a sentence: their row is one of values."""
    return any("。" in head.words.plain for head in heads)
