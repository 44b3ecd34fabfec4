"""Take red seals out of a page: their rings and characters lie over the text, and are none of it.

Red type, such as the head of an official letter, is text and stays: a seal is a disc of red ink, type is not as high as
a seal is wide.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_MIN_REDNESS = 60  # of 255: how much more red than green and blue
_MIN_SIDE, _MAX_SIDE = 0.07, 0.25  # of the page's longer side: seals measure 3 to 6 cm, A4 30
_MAX_OBLONG = 1.6  # seals are round, or oval
_BLACK = 110  # of 255: red ink over black type is darker than this in its red
_CELL = 16  # pixels: red ink that is no farther apart is one thing


def without_seals(picture: "Image") -> "tuple[Image, int]":
    """The page without its seals, and their number."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(picture)
    red = pixels[:, :, 0].astype(int) - pixels[:, :, 1:].max(axis=2) > _MIN_REDNESS
    seals = _seals(red, max(picture.size))
    if not seals:
        return picture, 0
    cleaned = pixels.copy()
    for left, top, right, bottom in seals:
        part, ink = cleaned[top:bottom, left:right], red[top:bottom, left:right]
        part[ink & (part[:, :, 0] > _BLACK)] = 255
        part[ink & (part[:, :, 0] <= _BLACK)] = 0
    return Image.fromarray(cleaned), len(seals)


def _seals(red: "object", page_side: int) -> list[tuple[int, int, int, int]]:
    """The boxes of things in red that are as large as a seal and about as high as wide."""
    import numpy as np

    pixels = np.asarray(red)
    rows, columns = (-(-side // _CELL) for side in pixels.shape)
    padded = np.zeros((rows * _CELL, columns * _CELL), dtype=bool)
    padded[: pixels.shape[0], : pixels.shape[1]] = pixels
    inked = padded.reshape(rows, _CELL, columns, _CELL).any(axis=(1, 3))
    found = []
    for cells in _connected({(int(y), int(x)) for y, x in zip(*np.nonzero(inked), strict=True)}):
        ys, xs = [y for y, _ in cells], [x for _, x in cells]
        width, height = (max(xs) - min(xs) + 1) * _CELL, (max(ys) - min(ys) + 1) * _CELL
        if (
            _MIN_SIDE * page_side <= min(width, height)
            and max(width, height) <= _MAX_SIDE * page_side
            and max(width, height) <= _MAX_OBLONG * min(width, height)
        ):
            left, top = min(xs) * _CELL, min(ys) * _CELL
            found.append((left, top, left + width, top + height))
    return found


def _connected(cells: set[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Group cells that touch, also at a corner."""
    groups = []
    while cells:
        group, waiting = [], [cells.pop()]
        while waiting:
            y, x = waiting.pop()
            group.append((y, x))
            near = {(y + down, x + along) for down in (-1, 0, 1) for along in (-1, 0, 1)} & cells
            cells -= near
            waiting += near
        groups.append(group)
    return groups
