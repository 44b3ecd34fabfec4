"""Find the cells of ruled tables on the pages of a PDF, with pdfplumber's table finder."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.model.stages import PageCell, Ruling
from extract.model.text import Cell

_MAX_RULINGS = 1000  # of a page: a drawing has more, and the search takes long
_TOLERANCE = 3.0  # points between ends of lines that meet
_SAME_EDGE = 3.0  # points between the edges of columns of one table on two pages
Box = tuple[float, float, float, float]


def find_cells(rulings: Sequence[Ruling]) -> tuple[PageCell, ...]:
    """The cells of all tables that have at least two columns and two rows, numbered by table.

    A table goes on at the top of the next page where nothing is ruled between, and its columns are the same. A page may
    have one row of it.
    """
    pages: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        pages[ruling.page].append(ruling)
    grids = [
        _Grid(page, boxes)
        for page in sorted(pages)
        if 4 <= len(pages[page]) <= _MAX_RULINGS
        for boxes in _grids_of_page(pages[page])
    ]
    whole = [grid for grid in grids if grid.has_rows]
    kept = [grid for grid in grids if grid.has_rows or any(grid.has_columns_of(other) for other in whole)]
    runs = [run for run in _runs(kept) if any(grid.has_rows for grid in run)]
    return tuple(cell for table, run in enumerate(runs, 1) for cell in _numbered(table, run))


class _Grid(NamedTuple):
    """Boxes on a page that share their edges, in at least two columns."""

    page: int
    boxes: Sequence[Box]

    @property
    def columns(self) -> list[float]:
        """The edges of its columns, from left to right."""
        return sorted({edge for box in self.boxes for edge in (box[0], box[2])})

    @property
    def rows(self) -> list[float]:
        """The edges of its rows, from the top."""
        return sorted({edge for box in self.boxes for edge in (box[1], box[3])})

    @property
    def has_rows(self) -> bool:
        """True if boxes begin at several heights."""
        return len({box[1] for box in self.boxes}) > 1

    def has_columns_of(self, other: "_Grid") -> bool:
        """True if another one has the same columns."""
        edges = zip(self.columns, other.columns, strict=False)
        return len(self.columns) == len(other.columns) and all(abs(one - two) <= _SAME_EDGE for one, two in edges)


def _runs(grids: Sequence[_Grid]) -> list[list[_Grid]]:
    """The grids, those together that are one table on successive pages."""
    runs: list[list[_Grid]] = []
    for grid in grids:
        if runs and runs[-1][-1].page == grid.page - 1 and grid.has_columns_of(runs[-1][-1]):
            runs[-1].append(grid)
        else:
            runs.append([grid])
    return runs


def _grids_of_page(rulings: Sequence[Ruling]) -> Iterator[list[Box]]:
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(ruling) for ruling in rulings], *[_TOLERANCE] * 4)
    if len({edge["orientation"] for edge in edges}) < 2:
        return
    edges += list(_open_ends(edges))
    for boxes in cells_to_tables(intersections_to_cells(edges_to_intersections(edges, _TOLERANCE, _TOLERANCE))):
        if len({box[0] for box in boxes}) > 1:
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


def _numbered(table: int, grids: Sequence[_Grid]) -> Iterator[PageCell]:
    """The cells of a table, with the rows and columns that they fill."""
    first = 0
    for grid in grids:
        columns, rows = grid.columns, grid.rows
        for box in sorted(grid.boxes, key=lambda box: (box[1], box[0])):
            own = range(first + rows.index(box[1]), first + rows.index(box[3]))
            yield PageCell(grid.page, box, Cell(table, own, range(columns.index(box[0]), columns.index(box[2]))))
        first += len(rows) - 1
