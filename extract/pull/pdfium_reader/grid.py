"""A grid over a page, on which objects that may overlap are found."""

from math import inf

from extract.pull.pdfium_reader.page_objects import Bounds

_CELL_SIDE = 24  # points
_MAX_CELLS = 4000  # of one object: a larger one counts as covering the page
Cell = tuple[int, int]


def cells_of(bounds: Bounds) -> set[Cell] | None:
    """The grid cells that a box overlaps; None if there are too many."""
    left, low, right, high = bounds
    wide, tall = right - left, high - low
    if not all(abs(edge) < inf for edge in bounds):
        return None
    if wide * tall > _MAX_CELLS * _CELL_SIDE**2 or max(wide, tall) > _MAX_CELLS * _CELL_SIDE:
        return None
    across, down = (
        range(int(left // _CELL_SIDE), int(right // _CELL_SIDE) + 1),
        range(int(low // _CELL_SIDE), int(high // _CELL_SIDE) + 1),
    )
    return {(x, y) for x in across for y in down}


def overlap(one: Bounds, other: Bounds) -> bool:
    """True if two boxes have an area in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
