"""The cells of a table, with the rows and columns that merged ones fill."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.pull.docx_reader.wordml import Element, W, is_on, number, path, value

_MOST_COLUMNS = 63  # of a table in Word; a larger span is a fault of the file
LOWEST = 40  # twentieths of a point: what is lower shows no words
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")  # around rows and cells


class GridCell(NamedTuple):
    """A cell: its paragraphs, the rows and columns that it fills, from 0, and why its words are no text."""

    content: Element
    rows: range
    columns: range
    excluded: ExcludedReason | None


def grid_cells(table: Element) -> list[GridCell]:
    """The cells of a table, row by row. What stands in a cell that another one covers cannot be seen."""
    cells: list[GridCell] = []
    merged: dict[int, int] = {}  # where a cell that goes on below begins, and its place among the cells
    for row, element in enumerate(_inner(table, "tr")):
        column = _span(path(element, "trPr", "gridBefore"), usual=0)
        excluded = _excluded_row(element)
        for content in _inner(element, "tc"):
            end = column + _span(path(content, "tcPr", "gridSpan"), usual=1)
            down = path(content, "tcPr", "vMerge")
            if down is not None and value(down) != "restart" and column in merged:
                first = cells[merged[column]]
                cells[merged[column]] = first._replace(rows=range(first.rows.start, row + 1))
                cells.append(first._replace(content=content, excluded="hidden"))
            elif value(path(content, "tcPr", "hMerge")) == "continue" and cells:
                cells[-1] = cells[-1]._replace(columns=range(cells[-1].columns.start, end))
            else:
                merged.pop(column, None)
                if down is not None:
                    merged[column] = len(cells)
                cells.append(GridCell(content, range(row, row + 1), range(column, end), excluded or _deleted(content)))
            column = end
    return cells


def _inner(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also within content controls."""
    for child in element.iterchildren(f"{W}*"):
        if child.tag == W + name:
            yield child
        elif child.tag.removeprefix(W) in _WRAPPERS:
            yield from _inner(child, name)


def _span(element: Element | None, *, usual: int) -> int:
    found = number(element)
    return usual if found is None else max(usual, min(found, _MOST_COLUMNS))


def _excluded_row(row: Element) -> ExcludedReason | None:
    """Why a row is no text: it was deleted while changes were tracked, is hidden, or as low as a line."""
    if path(row, "trPr", "del") is not None:
        return "struck-out"
    height = path(row, "trPr", "trHeight")
    is_flat = value(height, "hRule") == "exact" and (number(height) or 0) < LOWEST
    return "hidden" if is_flat or is_on(path(row, "trPr", "hidden")) else None


def _deleted(cell: Element) -> ExcludedReason | None:
    return "struck-out" if path(cell, "tcPr", "cellDel") is not None else None
