"""Turn a page upright and straighten it: scanners turn pages by quarters, and paper lies aslant in them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from extract.model.stages import PageTurn

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    from extract.pull.ocr_reader.line import Pixels

_MAX_SLANT = 5.0  # degrees; paper that lies more aslant is seen and laid anew
_COARSE, _FINE = 0.5, 0.05  # degrees: a line of A4 rises by less than half a point in the finer one
_SMALL_SIDE = 1000  # pixels of the picture in which the slant is measured
_PAPER_BLUR = 15  # pixels: the brightness of the paper is that of so wide a neighbourhood
_INK_CONTRAST = 25  # of 255: what is darker than its paper by this is ink
_MAX_VOTERS = 9  # lines that say which way is up: the widest


class LineFinder(Protocol):
    """The part of an engine that finds lines, and tells which of them stand upside down."""

    def find_lines(self, picture: "Image") -> "list[Pixels]": ...

    def count_upside_down(self, picture: "Image", boxes: "Sequence[Pixels]") -> int: ...


def turned(picture: "Image", turn: PageTurn) -> "Image":
    """Turn a picture about its middle."""
    from PIL import Image

    for _ in range(turn.quarters):
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    paper = 255 if picture.mode == "L" else (255, 255, 255)
    return picture.rotate(turn.degrees, Image.Resampling.BICUBIC, fillcolor=paper) if turn.degrees else picture


def straighten(picture: "Image", finder: LineFinder) -> "tuple[Image, PageTurn, list[Pixels]]":
    """Turn a page upright; returned are the picture, the turn, and the boxes of its lines."""
    turn = PageTurn(0, slant(picture))
    upright = turned(picture, turn)
    boxes = finder.find_lines(upright)
    if _area(boxes, tall=True) > _area(boxes, tall=False):
        turn = replace(turn, quarters=1)
        upright = turned(picture, turn)
        boxes = finder.find_lines(upright)
    voters = sorted(boxes, key=lambda box: box[0] - box[2])[:_MAX_VOTERS]
    if 2 * finder.count_upside_down(upright, voters) > len(voters):
        turn = replace(turn, quarters=turn.quarters + 2)
        upright = turned(picture, turn)
        boxes = finder.find_lines(upright)
    return upright, turn, boxes


def _area(boxes: "Sequence[Pixels]", *, tall: bool) -> int:
    sizes = [(right - left, bottom - top) for left, top, right, bottom in boxes]
    return sum(width * height for width, height in sizes if (height > width) == tall)


def slant(picture: "Image") -> float:
    """The degrees by which a page has to be turned so that its lines lie level, or stand upright."""
    ink = _ink(picture)
    about = _most_even(ink, _angles(0.0, _MAX_SLANT, _COARSE))
    return _most_even(ink, _angles(about, _COARSE, _FINE))


def _most_even(ink: "Image", angles: Iterable[float]) -> float:
    """The angle at which lines lie most evenly, the smallest of several."""
    return max(angles, key=lambda degrees: (_evenness(ink, degrees), -abs(degrees)))


def _angles(middle: float, most: float, step: float) -> list[float]:
    """The angles around another, in steps."""
    steps = round(most / step)
    return [round(middle + number * step, 2) for number in range(-steps, steps + 1)]


def _ink(picture: "Image") -> "Image":
    """A small picture in which ink is white and paper black, also where the paper lies in shadow."""
    from PIL import Image, ImageChops, ImageFilter

    grey = picture.convert("L")
    grey.thumbnail((_SMALL_SIDE, _SMALL_SIDE), Image.Resampling.BOX)
    paper = grey.filter(ImageFilter.BoxBlur(_PAPER_BLUR))
    return ImageChops.subtract(paper, grey).point(lambda level: 255 if level > _INK_CONTRAST else 0)


def _evenness(ink: "Image", degrees: float) -> float:
    """How sharply ink and space alternate from row to row, or from column to column, at an angle."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(ink.rotate(degrees, Image.Resampling.BILINEAR), dtype=float)
    return max(_sharpness(pixels.sum(axis=1)), _sharpness(pixels.sum(axis=0)))


def _sharpness(sums: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    import numpy as np

    return float((np.diff(sums) ** 2).sum())
