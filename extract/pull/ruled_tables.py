"""Find the cells of ruled tables on the pages of a PDF, with pdfplumber's table finder."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from extract.model.stages import PageCell, Ruling
from extract.model.text import Cell

_MAX_RULINGS = 1000  # of a page: a drawing has more, and the search takes long
_TOLERANCE = 3.0  # points between ends of lines that meet
_SAME_EDGE = 3.0  # points between the edges of columns of one table on two pages
Box = tuple[float, float, float, float]


def find_cells(rulings: Sequence[Ruling]) -> tuple[PageCell, ...]:
    """The cells of all tables that have at least two columns and two rows, numbered by table.

    A table goes on at the top of the next page where nothing is ruled between, and its columns are the same.
    """
    pages: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        pages[ruling.page].append(ruling)
    found: list[PageCell] = []
    for page in sorted(pages):
        if 4 <= len(pages[page]) <= _MAX_RULINGS:
            for boxes in _tables_of_page(pages[page]):
                found += _numbered(page, boxes, found)
    return tuple(found)


def _tables_of_page(rulings: Sequence[Ruling]) -> Iterator[list[Box]]:
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(ruling) for ruling in rulings], *[_TOLERANCE] * 4)
    if len({edge["orientation"] for edge in edges}) < 2:
        return
    edges += list(_open_ends(edges))
    for boxes in cells_to_tables(intersections_to_cells(edges_to_intersections(edges, _TOLERANCE, _TOLERANCE))):
        if len({box[0] for box in boxes}) > 1 and len({box[1] for box in boxes}) > 1:
            yield boxes


def _open_ends(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The edges that are not drawn where a page ends within a row: across the ends of its upright lines."""
    level = [edge for edge in edges if edge["orientation"] == "h"]
    for side in ("top", "bottom"):
        ends: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for edge in edges:
            if edge["orientation"] == "v":
                ends[round(edge[side])].append(edge)
        for upright in ends.values():
            left, right = min(edge["x0"] for edge in upright), max(edge["x0"] for edge in upright)
            at = upright[0][side]
            is_closed = any(
                abs(edge["top"] - at) <= _TOLERANCE and edge["x1"] > left and edge["x0"] < right for edge in level
            )
            if len(upright) > 2 and not is_closed:
                yield {"orientation": "h", "x0": left, "x1": right, "top": at, "bottom": at, "width": 0}


def _edge(ruling: Ruling) -> dict[str, Any]:
    """A ruling as pdfplumber has edges: the middle of the line that it is."""
    across, down = (ruling.x0 + ruling.x1) / 2, (ruling.top + ruling.bottom) / 2
    if ruling.x1 - ruling.x0 >= ruling.bottom - ruling.top:
        return {"orientation": "h", "x0": ruling.x0, "x1": ruling.x1, "top": down, "bottom": down, "width": 0}
    return {"orientation": "v", "x0": across, "x1": across, "top": ruling.top, "bottom": ruling.bottom, "height": 0}


def _numbered(page: int, boxes: Sequence[Box], before: Sequence[PageCell]) -> Iterator[PageCell]:
    """The cells of a table, with the rows and columns that they fill."""
    columns = sorted({edge for box in boxes for edge in (box[0], box[2])})
    rows = sorted({edge for box in boxes for edge in (box[1], box[3])})
    table, first = _continued(page, columns, before)
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        own = range(first + rows.index(box[1]), first + rows.index(box[3]))
        yield PageCell(page, box, Cell(table, own, range(columns.index(box[0]), columns.index(box[2]))))


def _continued(page: int, columns: Sequence[float], before: Sequence[PageCell]) -> tuple[int, int]:
    """The number of a table and of its first row: those of the last table go on from the page before."""
    if not before:
        return 1, 0
    last = before[-1].cell.table
    above = [cell for cell in before if cell.cell.table == last and cell.page == before[-1].page]
    edges = sorted({edge for cell in above for edge in (cell.box[0], cell.box[2])})
    is_same = len(edges) == len(columns) and all(
        abs(one - other) <= _SAME_EDGE for one, other in zip(edges, columns, strict=True)
    )
    if above[-1].page == page - 1 and is_same:
        return last, max(cell.cell.rows.stop for cell in above)
    return last + 1, 0
