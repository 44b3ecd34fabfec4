"""The cells of tables: which rows and columns each fills, and which tables only arrange the page."""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import html
from msgspec import Struct

_MAX_COLUMNS = 1000  # as many as the HTML standard lets a cell span; what stands further right is in the last one
_MAX_DIGITS = 7
_GROUPS = ("thead", "tbody", "tfoot")


class CellOf(NamedTuple):
    """A cell: the index of its table on the page, its rows and its columns."""

    table: int
    rows: range
    columns: range


class Grid(Struct):
    """A table of the page, and how many columns it has."""

    element: html.HtmlElement
    columns: int

    @property
    def is_for_layout(self) -> bool:
        """True if it cannot be a table of anything: a frame around a column, or one that says so."""
        return self.columns < 2 or self.element.get("role") in ("presentation", "none")


def find_cells(table: html.HtmlElement, index: int) -> tuple[Grid, dict[html.HtmlElement, CellOf]]:
    """The grid of a table, and the place of each of its cells in it, after the HTML standard's algorithm."""
    rows = _rows(table)
    cells: dict[html.HtmlElement, CellOf] = {}
    free_from = [0] * _MAX_COLUMNS  # the first row in which no cell from above reaches into a column
    width = 0
    for number, (row, last) in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column < _MAX_COLUMNS - 1 and free_from[column] > number:
                column += 1
            columns = range(column, min(column + _span(cell, "colspan"), _MAX_COLUMNS))
            height = _span(cell, "rowspan") or last - number
            cells[cell] = CellOf(index, range(number, min(number + height, last)), columns)
            if height > 1:
                free_from[columns.start : columns.stop] = [number + height] * len(columns)
            column = min(columns.stop, _MAX_COLUMNS - 1)
            width = max(width, columns.stop)
    return Grid(table, width), cells


def _rows(table: html.HtmlElement) -> list[tuple[html.HtmlElement, int]]:
    """The rows of a table, each with the number of the row before which its group ends."""
    groups: list[Sequence[html.HtmlElement]] = []
    for child in table:
        if child.tag == "tr":
            groups.append([child])
        elif child.tag in _GROUPS:
            groups.append(list(child.iterchildren("tr")))
    merged: list[list[html.HtmlElement]] = []
    for group in groups:  # rows without a group are one
        if merged and group and group[0].getparent() is table and merged[-1][0].getparent() is table:
            merged[-1] += group
        elif group:
            merged.append(list(group))
    rows: list[tuple[html.HtmlElement, int]] = []
    for whole in merged:
        last = len(rows) + len(whole)
        rows += [(row, last) for row in whole]
    return rows


def _span(cell: html.HtmlElement, name: str) -> int:
    """How many rows or columns a cell fills; 0 rows are all of its group."""
    words = (cell.get(name) or "").strip()
    if not (words.isascii() and words.isdigit()):
        return 1
    number = int(words) if len(words) <= _MAX_DIGITS else _MAX_COLUMNS
    return number if number or name == "rowspan" else 1
