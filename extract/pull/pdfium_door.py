"""The door to PDFium: every character of a PDF with its box, in the order of the content stream."""

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, create_string_buffer
from itertools import groupby
from math import hypot
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extract.handoff import Trouble
from extract.limits import USUAL, Limits, passed
from extract.pull.page import (
    ASCENT,
    DESCENT,
    HIDDEN,
    Reading,
    believed,
    damaged,
    encrypted,
    told_pages,
    why_aside,
    without_pages,
)
from extract.pull.pdfium_chars import Char, chars_of
from extract.pull.pdfium_fonts import box_fonts
from extract.pull.sight import Sight, things_of
from extract.text import Glyph

_LIGATURE = 3  # characters on one spot: ﬃ is the longest ligature
# From the user space of a page to its face as it is turned, for 0 to 3 quarter turns: x and y after the turn.
_TURNS = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))


class _Kind(NamedTuple):
    """The type that a text object is set in: its font and its size before any matrix.

    `remote` is PDFium's handle of a font that is not embedded, else None.
    """

    font: str
    size: float
    remote: Any


class Frame(NamedTuple):
    """A page's edges in user space, and its quarter turns."""

    left: float
    low: float
    right: float
    high: float
    turn: int


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
    things = [thing.raw for thing in every if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    edges = frame(page, number)
    size = (edges.right - edges.left, edges.high - edges.low)[:: -1 if edges.turn % 2 else 1]
    if _count(page) > left:
        passed("glyphs", limits)
    sight = Sight(page, every, (size[0], size[1]), edges[:4])
    for thing in things:
        _unmark(thing)
    kinds = [_kind(thing) for thing in things]
    chars = sorted(chars_of(page, things))
    spots = groupby(chars, key=lambda char: (char.thing, char.x, char.y))
    heaps = ((thing, list(heap)) for (thing, _, _), heap in spots)
    found = [(thing, _glyph(same, kinds[thing], edges, number)) for thing, heap in heaps for same in _ligatures(heap)]
    return believed([_seen(glyph, sight.hides(thing, glyph)) for thing, glyph in found]), sight


def _count(page: Any) -> int:
    """How many characters PDFium reads on a page, before any is handed out."""
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        return int(pdfium.FPDFText_CountChars(text))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _seen(glyph: Glyph, hidden: bool) -> Glyph:
    return glyph._replace(aside=HIDDEN) if hidden and not glyph.aside else glyph


def fonts_elsewhere(page: Any) -> tuple[str, ...]:
    """The names of the fonts that a page is set in and does not bring, in alphabetical order."""
    kinds = (_kind(thing.raw) for thing in things_of(page) if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT)
    return tuple(sorted({kind.font for kind in kinds if kind.remote is not None}))


def _ligatures(heap: list[Char]) -> list[list[Char]]:
    """Characters on one spot: the letters of a ligature as one, anything else one by one, a heap without widths."""
    if len(heap) > _LIGATURE:
        return [[char._replace(advance=0.0)] for char in heap]
    letters = all(char.text.isascii() and char.text.isalpha() for char in heap)
    return [heap] if letters else [[char] for char in heap]


def _unmark(thing: Any) -> None:
    """Take marked content off a text object: text that a mark gives in its place (ActualText) has no true boxes."""
    for place in reversed(range(pdfium.FPDFPageObj_CountMarks(thing))):
        pdfium.FPDFPageObj_RemoveMark(thing, pdfium.FPDFPageObj_GetMark(thing, place))


def frame(page: Any, number: int) -> Frame:
    """The page's media box. PDFium does not look for one in the tree above the page, but a copy of the page has it."""
    box = page.get_mediabox(fallback_ok=False)
    if box is None:
        with pypdfium2.PdfDocument.new() as copy:
            copy.import_pages(page.pdf, pages=[number - 1])
            box = copy[0].get_mediabox()
    (left, right), (low, high) = sorted(box[::2]), sorted(box[1::2])
    return Frame(left, low, right, high, page.get_rotation() // 90)


def _kind(thing: Any) -> _Kind:
    name, size, font = create_string_buffer(128), c_float(), pdfium.FPDFTextObj_GetFont(thing)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    pdfium.FPDFTextObj_GetFontSize(thing, byref(size))
    remote = font if pdfium.FPDFFont_GetIsEmbedded(font) == 0 else None
    return _Kind(name.value.decode("utf-8", "replace"), size.value, remote)


def _declared_width(kind: _Kind, char: str) -> float:
    """How wide a font that is not embedded declares a character; 0 where it does not, and for embedded fonts.

    The box of a character is as wide as the box font's, so narrow digits (11100) would seem to lie on each other.
    """
    width = c_float()
    if kind.remote is None or len(char) != 1:
        return 0.0
    pdfium.FPDFFont_GetGlyphWidth(kind.remote, ord(char), kind.size, width)
    return width.value


def _glyph(chars: list[Char], kind: _Kind, frame: Frame, page: int) -> Glyph:
    """Characters on one spot as a glyph; its em box in points from the page's top left corner."""
    first = chars[0]
    a, b, c, d = first.matrix
    stretch = hypot(a, b) or 1
    size = kind.size * abs(a * d - b * c) / stretch
    advance = max(char.advance for char in chars)
    if declared := _declared_width(kind, first.text):
        advance = min(advance, declared * stretch)
    along, up = _turned(a / stretch, b / stretch, frame.turn), _turned(c, d, frame.turn)
    x, y = _turned(first.x, first.y, frame.turn)
    edges = [_turned(*corner, frame.turn) for corner in ((frame.left, frame.low), (frame.right, frame.high))]
    left, right = sorted(corner[0] for corner in edges)
    low, high = sorted(corner[1] for corner in edges)
    ends = [(wide, tall) for wide in (0, advance) for tall in (-DESCENT * size, ASCENT * size)]
    xs = [x - left + wide * along[0] - tall * along[1] for wide, tall in ends]
    tops = [high - y - wide * along[1] - tall * along[0] for wide, tall in ends]
    box = (min(xs), min(tops), max(xs), max(tops))
    aside = why_aside(box, along, up, right - left, high - low)
    return Glyph("".join(char.text for char in chars), page, *box, kind.font, size, advance, aside)


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point, or a direction, after the page's quarter turns."""
    xx, xy, yx, yy = _TURNS[turn]
    return xx * x + xy * y, yx * x + yy * y
