"""The lines of a page as stretches between wide gaps, and their pieces in the columns of a table."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.layout.lines import MeasuredLine
from extract.layout.reading_order.stretches import CLOSING, ink_left, ink_right
from extract.model.text import GLUE, Glyph, Text

_MIN_GAP = 0.6  # ems between words in two columns of a line, at least
_MIN_BAND = 0.4  # the same between all words of two columns
_HANGING = 0.75  # of a white band, into which full stops may hang
_OUTER = 1.5  # ems beside the last column, the same
_SET_CLOSE = 0.08  # ems between the boxes of characters that follow one another, at the most


class Stretch(NamedTuple):
    """The glyphs of a line between two wide gaps."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return ink_left(self.glyphs[0])

    @property
    def x1(self) -> float:
        return max(map(ink_right, self.glyphs))

    @property
    def words(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


class Column(NamedTuple):
    """A column of a table, with as much of the white band beside it as its words may hang into."""

    left: float
    right: float


class Printed(NamedTuple):
    """A printed line; `is_aside` if it is furniture, unless it is the head of a table."""

    text: Text
    page: int
    size: float
    stretches: Sequence[Stretch]
    is_aside: bool

    @property
    def top(self) -> float:
        return min(glyph.top for stretch in self.stretches for glyph in stretch.glyphs)


class Piece(NamedTuple):
    """The words of a line in one column of a table."""

    page: int
    column: int
    x0: float
    x1: float
    top: float
    bottom: float
    words: str
    is_aside: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def printed_line(line: MeasuredLine, is_aside: bool) -> Printed:
    """A line with its stretches."""
    glyphs = [line.text.ink.glyphs[origin] for origin in dict.fromkeys(line.text.origins) if origin != GLUE]
    stretches: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if not glyph.text.isspace()), key=lambda glyph: glyph.x0):
        if not stretches or _is_apart(stretches[-1][-1], glyph):
            stretches.append([])
        stretches[-1].append(glyph)
    return Printed(line.text, line.page, line.size, [Stretch(tuple(part)) for part in stretches], is_aside)


def _is_apart(left: Glyph, right: Glyph) -> bool:
    """True if a wide gap is between two characters. A full stop may hang over the edge of its column, into the gap."""
    is_close = right.x0 - max(left.x1, ink_right(left)) <= _SET_CLOSE * left.size
    return not is_close and ink_left(right) - ink_right(left) >= _MIN_GAP * left.size


def columns_of(lines: Iterable[Printed], *, with_hanging: bool) -> list[Column]:
    """The columns in which lines have words, from left to right: wide bands between them stay white.

    `with_hanging`: full stops may hang over the edge of a column, into the band.
    """
    kept = [line for line in lines if not line.is_aside]
    glyphs = [one for line in kept for part in line.stretches for one in part.glyphs]
    size = median(line.size for line in kept)
    bands: list[Column] = []
    for x0, x1 in sorted((one.x0, one.x1) for one in glyphs if not with_hanging or one.text not in CLOSING):
        if bands and x0 - bands[-1].right < _MIN_BAND * size:
            bands[-1] = Column(bands[-1].left, max(bands[-1].right, x1))
        else:
            bands.append(Column(x0, x1))
    parted = [one.right + _HANGING * (other.left - one.right) for one, other in pairwise(bands)]
    edges = [bands[0].left, *parted, bands[-1].right + _OUTER * size] if bands else []
    return [Column(*pair) for pair in pairwise(edges)]


def pieces_of(lines: Iterable[Printed], columns: Sequence[Column]) -> list[Piece]:
    """The pieces of lines in columns, from top to bottom; a line that is aside may stand in none."""
    pieces: list[Piece] = []
    for line in lines:
        inked = [glyph for part in line.stretches for glyph in part.glyphs]
        for column, (left, right) in enumerate(columns):
            if own := [glyph for glyph in inked if left <= (glyph.x0 + glyph.x1) / 2 < right]:
                x0, x1 = min(map(ink_left, own)), max(map(ink_right, own))
                top, bottom = min(glyph.top for glyph in own), max(glyph.bottom for glyph in own)
                words = "".join(glyph.text for glyph in own)
                pieces.append(Piece(line.page, column, x0, x1, top, bottom, words, line.is_aside))
    return sorted(pieces, key=lambda piece: (piece.page, piece.top))
