"""Read every character of a page with PDFium, layer by layer, and convert them to glyphs with em boxes.

PDFium drops a character that looks like a copy of the one just before. In scaled or tightly set type that is wrong:
1111 becomes 1. So a page is read in layers: text objects that were read are moved off the page, then those that they
suppressed are read, until none is left. Repair distinguishes copies from repeats later. Type of a point or two is moved
off first: a character beside it lies as near to it as a copy does.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from ctypes import addressof, c_double, c_float, c_int, c_void_p
from functools import lru_cache
from itertools import groupby
from math import hypot
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from extract.limits import Limits, raise_limit_passed
from extract.model.text import Glyph
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address
from extract.pull.reading import ASCENT, DESCENT, ROTATED, UNMAPPED, Box, is_outside, is_upright
from extract.pull.sight import FAINT_TYPE

_OFF_PAGE = 1e6  # points
_SPACE = 0x20  # generated characters are spaces and line ends
_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # a hyphen at a line's end, as PDFium marks it
Linear = tuple[float, float, float, float]  # a matrix without its translation


class Character(msgspec.Struct, frozen=True, gc=False):
    """A character and its ink, in user space."""

    text: str
    x: float
    y: float
    advance: float


class TextRun(msgspec.Struct, frozen=True, gc=False):
    """The characters of a text object in PDFium's order, and the matrix that all of them are drawn with."""

    matrix: Linear
    chars: list[Character]


def text_runs(
    page: Address, things: Sequence[Address], kinds: Sequence["SizedFont"], left: int, limits: Limits
) -> list[TextRun]:
    """Read each text object of a page, layer by layer; an object without any ink becomes a space.

    Raises LimitPassed if the page has more than `left` characters.
    """
    runs: dict[Address, TextRun] = {}
    unread = dict.fromkeys(things)
    has_small = True
    while unread and (layer := _layer(page, unread, left, limits)):
        if has_small:
            small = _small_runs(layer, things, kinds)
            has_small, layer = bool(small), small or layer
        runs |= layer
        for thing in layer:
            del unread[thing]
        if unread:
            _move_away(layer)
    for thing in unread:
        matrix = pdfium.FS_MATRIX()
        calls.FPDFPageObj_GetMatrix(thing, addressof(matrix))
        runs[thing] = TextRun(_linear(matrix), [Character(" ", matrix.e, matrix.f, 0)])
    return [runs[thing] for thing in things]


def _small_runs(
    layer: Mapping[Address, TextRun], things: Sequence[Address], kinds: Sequence["SizedFont"]
) -> dict[Address, TextRun]:
    """The runs of a layer in type so small that PDFium takes characters beside it for copies of it."""
    return {
        thing: layer[thing]
        for thing, kind in zip(things, kinds, strict=True)
        if thing in layer and least_size(layer[thing].matrix, kind.size) < FAINT_TYPE
    }


@lru_cache(maxsize=1 << 10)
def least_size(matrix: Linear, size: float) -> float:
    """The size in points of type that a matrix scales, in the direction in which it is smaller."""
    a, b, c, d = matrix
    return size * min(hypot(a, b), hypot(c, d))


def _move_away(things: Iterable[Address]) -> None:
    away = pdfium.FS_MATRIX(1, 0, 0, 1, _OFF_PAGE, _OFF_PAGE)
    at_away = c_void_p(addressof(away))
    for thing in things:
        calls.FPDFPageObj_TransformF(thing, at_away)
        calls.FPDFPageObj_SetIsActive(thing, False)


def _layer(page: Address, unread: Container[Address], left: int, limits: Limits) -> dict[Address, TextRun]:
    """Read the unread text objects in the current state of the page; surrogate pairs are joined."""
    text = c_void_p(calls.FPDFText_LoadPage(page))
    try:
        count = calls.FPDFText_CountChars(text)
        if count > left:
            raise_limit_passed("glyphs", limits)
        x, y, box, matrix = c_double(), c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        at_x, at_y, at_box, at_matrix = (c_void_p(addressof(output)) for output in (x, y, box, matrix))
        runs: dict[Address, TextRun] = {}
        pending = ""
        index = c_int()  # reused: a new one for each call costs half as much as the call
        for index.value in range(count):
            thing = calls.FPDFText_GetTextObject(text, index)
            if thing not in unread:
                continue
            code = calls.FPDFText_GetUnicode(text, index)
            if code <= _SPACE and calls.FPDFText_IsGenerated(text, index) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                pending = chr(code)
                continue
            run = runs.get(thing)
            if run is None:
                calls.FPDFText_GetMatrix(text, index, at_matrix)
                run = runs[thing] = TextRun(_linear(matrix), [])
            calls.FPDFText_GetCharOrigin(text, index, at_x, at_y)
            calls.FPDFText_GetLooseCharBox(text, index, at_box)
            word = UNMAPPED if calls.FPDFText_HasUnicodeMapError(text, index) == 1 else _character(code, pending)
            pending = ""
            run.chars.append(Character(word, x.value, y.value, _advance(box, run.matrix)))
        return runs
    finally:
        calls.FPDFText_ClosePage(text)


def _advance(box: Any, matrix: Linear) -> float:
    """A character's advance in points: the width of its box, less the lean of slanted stems."""
    a, b, c, d = matrix
    wide: float = box.right - box.left
    if not (b or c):
        return max(wide, 0.0)
    tall: float = box.top - box.bottom
    if abs(b) > abs(a):
        wide, tall = tall, wide
        lean = d / c if c else 0
    else:
        lean = c / d if d else 0
    return max(wide - abs(lean) * tall, 0.0)


def _linear(matrix: Any) -> Linear:
    return matrix.a, matrix.b, matrix.c, matrix.d


@lru_cache(maxsize=1 << 14)
def _character(code: int, pending: str) -> str:
    """Decode a character code, or a pair of surrogates."""
    if pending and 0xDC00 <= code < 0xE000:
        return (pending + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")
    return _HYPHENS.get(code) or (chr(code) if code and not 0xD800 <= code < 0xE000 else UNMAPPED)


_MAX_LIGATURE_LENGTH = 3  # characters at one origin: ﬃ is the longest ligature
_ORIGIN = attrgetter("x", "y")  # of a character
# From the user space of a page to its face as it is turned, for 0 to 3 quarter turns: x and y after the turn.
_TURNS = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))


class SizedFont(NamedTuple):
    """The font of a text object, and its size before any matrix.

    `remote` is the address of a font that is not embedded, else None.
    """

    font: str
    size: float
    remote: Address | None


class PageBox(NamedTuple):
    """A page's edges in user space, and its quarter turns."""

    left: float
    low: float
    right: float
    high: float
    turn: int

    def turned(self) -> "PageBox":
        """The edges after the quarter turns."""
        corners = turned(self.left, self.low, self.turn), turned(self.right, self.high, self.turn)
        (left, right), (low, high) = (sorted(edges) for edges in zip(*corners, strict=True))
        return PageBox(left, low, right, high, 0)


class _Shape(NamedTuple):
    """The box of glyphs around their origin on the rotated page, x to the right and y downwards.

    A glyph advances by `across` and `down` for each point. `around` is the part of the box that does not depend on the
    advance: left, top, right, bottom.
    """

    size: float
    stretch: float
    across: float
    down: float
    around: Box
    rotated: bool


def to_glyphs(
    runs: Sequence[TextRun], kinds: Sequence[SizedFont], seen: PageBox, turn: int, page: int
) -> Iterator[list[Glyph]]:
    """Convert text runs to glyphs, with boxes in points from the top left corner of the rotated page."""
    wide, high = seen.right - seen.left, seen.high - seen.low
    drawn = None
    for run, kind in zip(runs, kinds, strict=True):
        if drawn != (run.matrix, kind):  # computed only when font or matrix changes
            drawn = run.matrix, kind
            size, stretch, across, down, (left, top, right, bottom), rotated = _shape(run.matrix, kind.size, turn)
        glyphs = []
        for char in _join_ligatures(run.chars):
            x, y, advance = char.x, char.y, char.advance
            if kind.remote is not None and (declared := _declared_width(kind.remote, kind.size, char.text[0])):
                advance = min(advance, declared * stretch)
            if turn:
                x, y = turned(x, y, turn)
            x, y, along, below = x - seen.left, seen.high - y, advance * across, advance * down
            x0, x1 = (x + left, x + along + right) if along >= 0 else (x + along + left, x + right)
            y0, y1 = (y + top, y + below + bottom) if below >= 0 else (y + below + top, y + bottom)
            excluded = ROTATED if rotated else is_outside(x0, y0, x1, y1, wide, high)
            glyphs.append(Glyph(char.text, page, x0, y0, x1, y1, kind.font, size, advance, excluded, y))
        yield glyphs


def _join_ligatures(chars: Sequence[Character]) -> Iterable[Character]:
    """Join the characters of a text object that share an origin."""
    if len(chars) == 1:
        return chars
    return [char for _, spot in groupby(chars, _ORIGIN) for char in _join_ligature(list(spot))]


def _join_ligature(spot: list[Character]) -> list[Character]:
    """Join the letters of a ligature (ﬁ is f and i); more characters at one origin get no widths."""
    if len(spot) > _MAX_LIGATURE_LENGTH:
        return [replace(char, advance=0.0) for char in spot]
    if len(spot) > 1 and all(char.text.isascii() and char.text.isalpha() for char in spot):
        return [replace(spot[0], text="".join(c.text for c in spot), advance=max(c.advance for c in spot))]
    return spot


def _declared_width(font: Address, size: float, char: str) -> float:
    """The width that a font which is not embedded declares for a character, or 0.

    PDFium's box is as wide as the substitute font's, so narrow digits (11100) would seem to overlap.
    """
    width = c_float()
    calls.FPDFFont_GetGlyphWidth(font, ord(char), size, addressof(width))
    return width.value


@lru_cache(maxsize=1 << 10)
def _shape(matrix: Linear, type_size: float, turn: int) -> _Shape:
    """Compute the shape of glyphs from their matrix, the type size and the quarter turns of the page."""
    a, b, c, d = matrix
    stretch = hypot(a, b) or 1
    size = type_size * abs(a * d - b * c) / stretch
    along, up = turned(a / stretch, b / stretch, turn), turned(c, d, turn)
    sideways = [-tall * along[1] for tall in (-DESCENT * size, ASCENT * size)]
    downwards = [-tall * along[0] for tall in (-DESCENT * size, ASCENT * size)]
    around = (min(sideways), min(downwards), max(sideways), max(downwards))
    return _Shape(size, stretch, along[0], -along[1], around, not is_upright(along, up))


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Rotate a point or a direction by the page's quarter turns."""
    xx, xy, yx, yy = _TURNS[turn]
    return xx * x + xy * y, yx * x + yy * y
