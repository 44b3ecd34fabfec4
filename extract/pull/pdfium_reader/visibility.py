"""What of a page's text can be seen, told by drawing the page with it and without it; and what else is on the page.

Text may be drawn in the colour of the paper, in no colour, clipped away, or under a picture or a box. Whatever the
way, what cannot be seen changes nothing in the picture. Only text that something speaks against is drawn, for that
takes time.
"""

from collections.abc import Iterator, Sequence
from ctypes import addressof, c_float, c_int, c_uint, c_ulong, c_void_p, create_string_buffer, sizeof
from functools import lru_cache
from math import inf
from typing import Any

import msgspec
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from extract.model.stages import Ruling
from extract.model.text import Glyph
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address
from extract.pull.pdfium_reader.characters import PageBox, turned
from extract.pull.reading import HIDDEN, is_thin

_SIDE = 2000  # pixels of a page's picture, at the most
_SCALE = 2  # pixels for a point, at the most
_PALE = 200  # of 255: paler type may be meant not to be seen
_SEEN = 16  # of 255: a smaller difference is none
_INSET = 0.15  # of a glyph's box at each side, where its neighbours may reach in
_WIDE = 0.5  # of a page: a picture that covers more of it is what the page shows
_OUTLINES = 20  # shapes on a page without text, from which on they may be its words
_UNSEEN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_CELL = 24  # points: text and what may cover it are compared by the cells of a grid
_MANY = 4000  # cells of one thing, from which on it covers all
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
_Bounds = tuple[float, float, float, float]  # left, low, right, high


class PageObject(msgspec.Struct, frozen=True, gc=False):
    """An object of a page, in the order of the stream, by its kind and where PDFium keeps it."""

    kind: int
    at: Address
    forms: tuple[Address, ...] = ()  # the forms that it is part of, the innermost last

    @property
    def in_form(self) -> bool:
        """True if it stands in a space of its own."""
        return bool(self.forms)

    @property
    def bounds(self) -> _Bounds:
        """In the space of its form, or of the page."""
        edges = (c_float * 4)()
        calls.FPDFPageObj_GetBounds(self.at, *_places(edges))
        left, low, right, high = edges
        return left, low, right, high

    @property
    def page_bounds(self) -> _Bounds:
        """In the space of the page."""
        left, low, right, high = self.bounds
        for form in reversed(self.forms):
            matrix = pdfium.FS_MATRIX()
            calls.FPDFPageObj_GetMatrix(form, addressof(matrix))
            xs = [matrix.a * x + matrix.c * y + matrix.e for x in (left, right) for y in (low, high)]
            ys = [matrix.b * x + matrix.d * y + matrix.f for x in (left, right) for y in (low, high)]
            left, low, right, high = min(xs), min(ys), max(xs), max(ys)
        return left, low, right, high

    @property
    def is_layered(self) -> bool:
        """True if it, or a form around it, is part of a layer, which may be switched off."""
        return any(_in_layer(at) for at in (self.at, *self.forms))


class PageVisibility:
    """A page as it is before any of its text is moved: which of its text objects may not be seen (`doubtful`, by their
    numbers; `ocr` are those that say what a scan shows), and how it looks.
    """

    def __init__(self, page: Any, things: Sequence[PageObject], size: tuple[float, float], edges: _Bounds) -> None:
        """`size` is the page's width and height in points as it is turned, `edges` its media box."""
        self._size = size
        texts = [thing for thing in things if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
        self._others = [thing for thing in things if thing.kind != pdfium.FPDF_PAGEOBJ_TEXT]
        mode = calls.FPDFTextObj_GetTextRenderMode
        unseen = {number for number, thing in enumerate(texts) if mode(thing.at) in _UNSEEN}
        area = (edges[2] - edges[0]) * (edges[3] - edges[1])
        scan = any(thing.kind in _PICTURES and _area(thing.bounds) > _WIDE * area for thing in self._others)
        self.ocr = unseen if scan else set()  # invisible text says what a scan shows
        self.doubtful = (unseen | _doubtful(things)) - self.ocr
        self._change = _change(page, [texts[number] for number in sorted(self.doubtful)], size, edges)

    @property
    def wordless(self) -> bool:
        """Whether something is drawn on the page that may be words: pictures, or many shapes."""
        shapes = sum(thing.kind == pdfium.FPDF_PAGEOBJ_PATH for thing in self._others)
        return shapes >= _OUTLINES or any(thing.kind in _PICTURES for thing in self._others)

    def judged(self, glyph: Glyph) -> Glyph:
        """A glyph of a doubtful text object, set aside where it cannot be seen."""
        return replace(glyph, excluded_reason=HIDDEN) if not glyph.excluded_reason and self._hides(glyph) else glyph

    def _hides(self, glyph: Glyph) -> bool:
        if self._change is None or glyph.text.isspace():
            return False
        across, down = (pixels / points for pixels, points in zip(self._change.size, self._size, strict=True))
        wide, tall = (glyph.x1 - glyph.x0) * _INSET, (glyph.bottom - glyph.top) * _INSET
        x0, x1 = int((glyph.x0 + wide) * across), int((glyph.x1 - wide) * across)
        top, bottom = int((glyph.top + tall) * down), int((glyph.bottom - tall) * down)
        return self._change.crop((x0, top, max(x1, x0) + 1, max(bottom, top) + 1)).getbbox() is None


def page_objects(page: Any) -> list[PageObject]:
    """The objects of a page, and of the forms on it, in the order of the stream."""
    return list(_things(calls.function_address(page), calls.FPDFPage_CountObjects, calls.FPDFPage_GetObject, ()))


def _things(within: Address, count: Any, get: Any, forms: tuple[Address, ...]) -> Iterator[PageObject]:
    for place in range(count(within)):
        thing = get(within, place)
        kind = calls.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _things(thing, calls.FPDFFormObj_CountObjects, calls.FPDFFormObj_GetObject, (*forms, thing))
        else:
            yield PageObject(kind, thing, forms)


_LAYER = "OC"  # the mark of optional content


def _in_layer(thing: Address) -> bool:
    marks = range(calls.FPDFPageObj_CountMarks(thing))
    return any(_mark_name(calls.FPDFPageObj_GetMark(thing, place)) == _LAYER for place in marks)


def _mark_name(mark: Address) -> str:
    """The name of a mark, or as much of it as tells it from the mark of a layer."""
    name, length = create_string_buffer(8), c_ulong()
    if not calls.FPDFPageObjMark_GetName(mark, addressof(name), len(name), addressof(length)):
        return ""
    return name.raw[: length.value].decode("utf-16-le").rstrip("\0")


def page_rulings(things: Sequence[PageObject], seen: PageBox, turn: int, page: int) -> Iterator[Ruling]:
    """Yield the painted shapes of a page that are as thin as a line; points from the top left of the page as turned."""
    for thing in things:
        if thing.kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        left, low, right, high = thing.page_bounds if thing.in_form else thing.bounds
        if is_thin(right - left, high - low) and _is_painted(thing):
            corners = turned(left, low, turn), turned(right, high, turn)
            (x0, x1), (y0, y1) = (sorted(edges) for edges in zip(*corners, strict=True))
            yield Ruling(page, x0 - seen.left, seen.high - y1, x1 - seen.left, seen.high - y0)


def _is_painted(thing: PageObject) -> bool:
    fill, stroke = c_int(), c_int()
    calls.FPDFPath_GetDrawMode(thing.at, addressof(fill), addressof(stroke))
    return bool(stroke.value) or fill.value != pdfium.FPDF_FILLMODE_NONE


def _area(bounds: _Bounds) -> float:
    return abs((bounds[2] - bounds[0]) * (bounds[3] - bounds[1]))


def _doubtful(things: Sequence[PageObject]) -> set[int]:
    """The text objects against whose being seen something speaks: their colour, their clip, or what is drawn later."""
    texts = sum(thing.kind == pdfium.FPDF_PAGEOBJ_TEXT for thing in things)
    found, covered, everywhere = set(), set[tuple[int, int]](), False
    pale = _DrawnPixels().pale
    for thing in reversed(things):
        if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts -= 1
            clip = calls.FPDFPageObj_GetClipPath(thing.at)
            hidden = everywhere or (covered and _under(thing, covered)) or pale(thing.at) or thing.is_layered
            if hidden or (calls.FPDFClipPath_CountPaths(clip) > 0 and _reaches_out(thing, clip)):
                found.add(texts)
        elif _covers(thing):
            cells = _cells(thing)
            everywhere = everywhere or cells is None
            covered |= cells or set()
    return found


def _under(thing: PageObject, covered: set[tuple[int, int]]) -> bool:
    """Whether a text object may lie under what covers these cells."""
    cells = _cells(thing)
    return cells is None or not covered.isdisjoint(cells)


def _cells(thing: PageObject) -> set[tuple[int, int]] | None:
    """The cells of a grid on the page that a thing lies in; None for many, or for a thing in a space of its own."""
    left, low, right, high = thing.bounds
    if thing.in_form or not all(abs(edge) < inf for edge in thing.bounds):
        return None
    if (right - left) * (high - low) > _MANY * _CELL**2 or max(right - left, high - low) > _MANY * _CELL:
        return None
    across, down = range(int(left // _CELL), int(right // _CELL) + 1), range(int(low // _CELL), int(high // _CELL) + 1)
    return {(x, y) for x in across for y in down}


def _covers(thing: PageObject) -> bool:
    """Whether a thing can lie on text: a picture, or a shape that is filled."""
    if thing.kind != pdfium.FPDF_PAGEOBJ_PATH:
        return thing.kind in _PICTURES
    fill, stroke = c_int(), c_int()
    calls.FPDFPath_GetDrawMode(thing.at, addressof(fill), addressof(stroke))
    return bool(fill.value != pdfium.FPDF_FILLMODE_NONE)


class _DrawnPixels:
    """The colours that type is filled with; all are written into one place."""

    def __init__(self) -> None:
        self._colour = (c_uint * 4)()
        self._at = tuple(map(c_void_p, _places(self._colour)))

    def pale(self, thing: Address) -> bool:
        """Whether type is light, or lets through what it lies on."""
        return not calls.FPDFPageObj_GetFillColor(thing, *self._at) or _pale(bytes(self._colour))


@lru_cache(maxsize=1 << 10)
def _pale(colour: bytes) -> bool:
    red, green, blue, alpha = memoryview(colour).cast("I")
    return alpha < _PALE or (red > _PALE and green > _PALE and blue > _PALE)


def _reaches_out(thing: PageObject, clip: Address) -> bool:
    """Whether a text object reaches out of what it is clipped to."""
    left, low, right, high = thing.bounds
    point = (c_float * 2)()
    for path in range(calls.FPDFClipPath_CountPaths(clip)):
        points = []
        for place in range(max(calls.FPDFClipPath_CountPathSegments(clip, path), 0)):
            calls.FPDFPathSegment_GetPoint(calls.FPDFClipPath_GetPathSegment(clip, path, place), *_places(point))
            points.append(tuple(point))
        if thing.in_form or not points:
            return True
        xs, ys = zip(*points, strict=True)
        if left < min(xs) - 1 or right > max(xs) + 1 or low < min(ys) - 1 or high > max(ys) + 1:
            return True
    return False


def _places(numbers: Any) -> range:
    """The addresses of the numbers of an array."""
    size = sizeof(numbers) // len(numbers)
    return range(addressof(numbers), addressof(numbers) + sizeof(numbers), size)


def _change(page: Any, things: Sequence[PageObject], size: tuple[float, float], edges: _Bounds) -> Any:
    """A picture of what changes on the page with these things, 255 where it does; None where there are none."""
    if not things or not (0 < size[0] < inf and 0 < size[1] < inf):
        return None
    from PIL import ImageChops

    scale = min(_SCALE, _SIDE / max(size))
    crop = page.get_cropbox()
    page.set_cropbox(*edges)
    pictures = []
    for shown in (True, False):
        for thing in things:
            calls.FPDFPageObj_SetIsActive(thing.at, shown)
        pictures.append(page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil().convert("L"))
    for thing in things:
        calls.FPDFPageObj_SetIsActive(thing.at, True)
    page.set_cropbox(*crop)
    return ImageChops.difference(*pictures).point([255 * (level >= _SEEN) for level in range(256)])
