"""What PDFium reads of a text object → glyphs, each with its em box on the page as it is seen."""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import addressof, c_float
from functools import lru_cache
from itertools import groupby
from math import hypot
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from extract.model.text import Glyph
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address
from extract.pull.pdfium_reader.characters import Char, Linear, Run
from extract.pull.reading import ASCENT, DESCENT, ROTATED, Box, outside, upright

_LIGATURE = 3  # characters on one spot: ﬃ is the longest ligature
_SPOT = attrgetter("x", "y")  # of a character
# From the user space of a page to its face as it is turned, for 0 to 3 quarter turns: x and y after the turn.
_TURNS = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))


class Kind(NamedTuple):
    """The type that a text object is set in: its font and its size before any matrix.

    `remote` is where PDFium keeps a font that is not embedded, else None.
    """

    font: str
    size: float
    remote: Address | None


class Frame(NamedTuple):
    """A page's edges in user space, and its quarter turns."""

    left: float
    low: float
    right: float
    high: float
    turn: int

    def turned(self) -> "Frame":
        """The page as it is seen: its edges after the turns."""
        corners = _turned(self.left, self.low, self.turn), _turned(self.right, self.high, self.turn)
        (left, right), (low, high) = (sorted(edges) for edges in zip(*corners, strict=True))
        return Frame(left, low, right, high, 0)


class _Shape(NamedTuple):
    """How glyphs of one type lie around their origin on the page as it is seen, x to the right and y downwards.

    A glyph moves on by `across` and `down` for each point of its advance. What is `around` its origin and does not
    depend on its advance: left, top, right, bottom.
    """

    size: float
    stretch: float
    across: float
    down: float
    around: Box
    rotated: bool


def glyphs_of(runs: Sequence[Run], kinds: Sequence[Kind], seen: Frame, turn: int, page: int) -> Iterator[list[Glyph]]:
    """The glyphs of each text object of a page that is turned; their boxes are in points from its top left corner."""
    wide, high = seen.right - seen.left, seen.high - seen.low
    drawn = None
    for run, kind in zip(runs, kinds, strict=True):
        if drawn != (run.matrix, kind):  # as it is only where the type changes
            drawn = run.matrix, kind
            size, stretch, across, down, (left, top, right, bottom), rotated = _shape(run.matrix, kind.size, turn)
        glyphs = []
        for char in _ligatures(run.chars):
            x, y, advance = char.x, char.y, char.advance
            if kind.remote is not None and (declared := _declared_width(kind.remote, kind.size, char.text[0])):
                advance = min(advance, declared * stretch)
            if turn:
                x, y = _turned(x, y, turn)
            x, y, along, below = x - seen.left, seen.high - y, advance * across, advance * down
            x0, x1 = (x + left, x + along + right) if along >= 0 else (x + along + left, x + right)
            y0, y1 = (y + top, y + below + bottom) if below >= 0 else (y + below + top, y + bottom)
            aside = ROTATED if rotated else outside(x0, y0, x1, y1, wide, high)
            glyphs.append(Glyph(char.text, page, x0, y0, x1, y1, kind.font, size, advance, aside))
        yield glyphs


def _ligatures(chars: Sequence[Char]) -> Iterable[Char]:
    """The characters of a text object, those on one spot as they are meant."""
    if len(chars) == 1:
        return chars
    return [char for _, spot in groupby(chars, _SPOT) for char in _meant(list(spot))]


def _meant(spot: list[Char]) -> list[Char]:
    """Characters on one spot: the letters of a ligature (ﬁ is f and i) as one; a heap has no widths."""
    if len(spot) > _LIGATURE:
        return [replace(char, advance=0.0) for char in spot]
    if len(spot) > 1 and all(char.text.isascii() and char.text.isalpha() for char in spot):
        return [replace(spot[0], text="".join(c.text for c in spot), advance=max(c.advance for c in spot))]
    return spot


def _declared_width(font: Address, size: float, char: str) -> float:
    """How wide a font that is not embedded declares a character; 0 where it does not.

    The box of a character is as wide as the box font's, so narrow digits (11100) would seem to lie on each other.
    """
    width = c_float()
    calls.FPDFFont_GetGlyphWidth(font, ord(char), size, addressof(width))
    return width.value


@lru_cache(maxsize=1 << 10)
def _shape(matrix: Linear, type_size: float, turn: int) -> _Shape:
    """How glyphs drawn with a matrix, from type of a size, lie on a page with so many quarter turns."""
    a, b, c, d = matrix
    stretch = hypot(a, b) or 1
    size = type_size * abs(a * d - b * c) / stretch
    along, up = _turned(a / stretch, b / stretch, turn), _turned(c, d, turn)
    sideways = [-tall * along[1] for tall in (-DESCENT * size, ASCENT * size)]
    downwards = [-tall * along[0] for tall in (-DESCENT * size, ASCENT * size)]
    around = (min(sideways), min(downwards), max(sideways), max(downwards))
    return _Shape(size, stretch, along[0], -along[1], around, not upright(along, up))


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point, or a direction, after the page's quarter turns."""
    xx, xy, yx, yy = _TURNS[turn]
    return xx * x + xy * y, yx * x + yy * y
