"""The door to PDFium: every character of a PDF with its box, in the order of the content stream."""

from collections.abc import Iterator, Sequence
from ctypes import addressof, c_float, create_string_buffer
from functools import lru_cache
from itertools import groupby
from math import hypot
from operator import attrgetter
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from extract.handoff import Trouble
from extract.limits import USUAL, Limits, passed
from extract.pull import pdfium_calls as calls
from extract.pull.page import (
    ASCENT,
    DESCENT,
    HIDDEN,
    ROTATED,
    Box,
    Reading,
    believed,
    damaged,
    encrypted,
    outside,
    told_pages,
    upright,
    without_pages,
)
from extract.pull.pdfium_calls import Address
from extract.pull.pdfium_chars import Char, chars_of
from extract.pull.pdfium_fonts import box_fonts
from extract.pull.sight import Sight, things_of
from extract.text import Glyph

_LIGATURE = 3  # characters on one spot: ﬃ is the longest ligature
_ORDER, _SPOT = attrgetter("thing", "place"), attrgetter("thing", "x", "y")  # of characters
# From the user space of a page to its face as it is turned, for 0 to 3 quarter turns: x and y after the turn.
_TURNS = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))


class _Kind(NamedTuple):
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


def read(data: bytes, name: str, *, limits: Limits = USUAL, password: str | None = None) -> Reading:
    """The pages of a PDF, their glyphs, and which pages are pictures. A page that cannot be read has no glyphs.

    Raises UnreadableGuide where PDFium cannot read the file, and LimitPassed.
    """
    glyphs: list[Glyph] = []
    lost, wordless, scanned = list[int](), list[int](), list[int]()
    try:
        with box_fonts(), pypdfium2.PdfDocument(data, password=password) as document:
            pages = len(document)
            if pages > limits.pages:
                passed("pages", limits)
            for number in range(1, pages + 1):
                try:
                    page = document[number - 1]
                except pypdfium2.PdfiumError:
                    lost.append(number)
                    continue
                found, sight = _glyphs(page, number, limits.glyphs - len(glyphs), limits)
                page.close()
                glyphs += found
                if sight.ocr:
                    scanned.append(number)
                elif sight.wordless and all(glyph.text.isspace() or glyph.aside for glyph in found):
                    wordless.append(number)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise encrypted(name, password) from None
        raise damaged(name, str(error)) from None
    if not pages or len(lost) == pages:
        raise without_pages(name)
    return Reading(pages, glyphs, tuple(_troubles(lost, wordless, scanned)))


def _troubles(lost: Sequence[int], wordless: Sequence[int], scanned: Sequence[int]) -> Iterator[Trouble]:
    if lost:
        yield Trouble("file-damaged", f"{told_pages(lost)}: PDFium cannot read this; words may be lost or wrong")
    if wordless:
        message = f"{told_pages(wordless)}: a picture without text; what it says is not read (a scan needs OCR first)"
        yield Trouble("page-wordless", message)
    if scanned:
        message = f"{told_pages(scanned)}: a scan, with text that OCR made of it; digits and names may be wrong"
        yield Trouble("text-from-ocr", message)


def _glyphs(page: Any, number: int, left: int, limits: Limits) -> tuple[list[Glyph], Sight]:
    """The glyphs of a page, at most `left`, and how it looks.

    Letters of one text object on one spot are one glyph (a ligature: ﬁ is f and i).
    """
    every = things_of(page)
    things = [thing.at for thing in every if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    edges = frame(page, number)
    seen = edges.turned()
    sight = Sight(page, every, (seen.right - seen.left, seen.high - seen.low), edges[:4])
    for text in things:
        _unmark(text)
    kinds = _kinds(things)
    found: list[Glyph] = []
    for (thing, _, _), heap in groupby(sorted(chars_of(calls.address(page), things, left, limits), key=_ORDER), _SPOT):
        for chars in _ligatures(list(heap)):
            glyph = _glyph(chars, kinds[thing], seen, edges.turn, number)
            hidden = thing in sight.doubtful and not glyph.aside and sight.hides(glyph)
            found.append(replace(glyph, aside=HIDDEN) if hidden else glyph)
    return believed(found), sight


def fonts_elsewhere(page: Any) -> tuple[str, ...]:
    """The names of the fonts that a page is set in and does not bring, in alphabetical order."""
    kinds = _kinds([thing.at for thing in things_of(page) if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT])
    return tuple(sorted({kind.font for kind in kinds if kind.remote is not None}))


def _ligatures(heap: list[Char]) -> list[list[Char]]:
    """Characters on one spot: the letters of a ligature as one, anything else one by one, a heap without widths."""
    if len(heap) == 1:
        return [heap]
    if len(heap) > _LIGATURE:
        return [[replace(char, advance=0.0)] for char in heap]
    letters = all(char.text.isascii() and char.text.isalpha() for char in heap)
    return [heap] if letters else [[char] for char in heap]


def _unmark(thing: Address) -> None:
    """Take marked content off a text object: text that a mark gives in its place (ActualText) has no true boxes."""
    for place in reversed(range(calls.FPDFPageObj_CountMarks(thing))):
        calls.FPDFPageObj_RemoveMark(thing, calls.FPDFPageObj_GetMark(thing, place))


def frame(page: Any, number: int) -> Frame:
    """The page's media box. PDFium does not look for one in the tree above the page, but a copy of the page has it."""
    box = page.get_mediabox(fallback_ok=False)
    if box is None:
        with pypdfium2.PdfDocument.new() as copy:
            copy.import_pages(page.pdf, pages=[number - 1])
            box = copy[0].get_mediabox()
    (left, right), (low, high) = sorted(box[::2]), sorted(box[1::2])
    return Frame(left, low, right, high, page.get_rotation() // 90)


def _kinds(things: Sequence[Address]) -> list[_Kind]:
    """The types that text objects are set in; what PDFium tells of a font it is asked once."""
    kinds: dict[tuple[Address, float], _Kind] = {}
    size, found = c_float(), []
    at_size = addressof(size)
    for thing in things:
        calls.FPDFTextObj_GetFontSize(thing, at_size)
        type_of = calls.FPDFTextObj_GetFont(thing), size.value
        if type_of not in kinds:
            kinds[type_of] = _kind(*type_of)
        found.append(kinds[type_of])
    return found


def _kind(font: Address, size: float) -> _Kind:
    name = create_string_buffer(128)
    calls.FPDFFont_GetBaseFontName(font, addressof(name), len(name))
    remote = font if calls.FPDFFont_GetIsEmbedded(font) == 0 else None
    return _Kind(name.value.decode("utf-8", "replace"), size, remote)


def _declared_width(kind: _Kind, char: str) -> float:
    """How wide a font that is not embedded declares a character; 0 where it does not, and for embedded fonts.

    The box of a character is as wide as the box font's, so narrow digits (11100) would seem to lie on each other.
    """
    width = c_float()
    if kind.remote is None or len(char) != 1:
        return 0.0
    calls.FPDFFont_GetGlyphWidth(kind.remote, ord(char), kind.size, addressof(width))
    return width.value


def _glyph(chars: list[Char], kind: _Kind, seen: Frame, turn: int, page: int) -> Glyph:
    """Characters on one spot as a glyph; its em box in points from the top left corner of the page as it is seen."""
    first = chars[0]
    text, x, y, advance = first.text, first.x, first.y, first.advance
    size, stretch, across, down, (left, top, right, bottom), rotated = _shape(first.matrix, kind.size, turn)
    if len(chars) > 1:
        text, advance = "".join(char.text for char in chars), max(char.advance for char in chars)
    if kind.remote is not None and (declared := _declared_width(kind, first.text)):
        advance = min(advance, declared * stretch)
    if turn:
        x, y = _turned(x, y, turn)
    x, y, wide, tall = x - seen.left, seen.high - y, advance * across, advance * down
    x0, x1 = (x + left, x + wide + right) if wide >= 0 else (x + wide + left, x + right)
    y0, y1 = (y + top, y + tall + bottom) if tall >= 0 else (y + tall + top, y + bottom)
    aside = ROTATED if rotated else outside(x0, y0, x1, y1, seen.right - seen.left, seen.high - seen.low)
    return Glyph(text, page, x0, y0, x1, y1, kind.font, size, advance, aside)


@lru_cache(maxsize=1 << 10)
def _shape(matrix: tuple[float, float, float, float], type_size: float, turn: int) -> _Shape:
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
