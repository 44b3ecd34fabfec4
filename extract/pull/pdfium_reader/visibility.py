"""Detect invisible text by rendering a page with and without it.

Text may be drawn in the colour of the paper, in no colour, clipped away, or under a picture or a box. In every case
removing it changes no pixel. Only suspicious text objects are rendered, as rendering is slow.
"""

import unicodedata
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

_MAX_SIDE = 2000  # pixels of a rendered page
_MAX_SCALE = 2  # pixels per point
_PALE_LEVEL = 200  # of 255: type of a paler fill may be invisible
_MIN_DIFFERENCE = 16  # of 255: a smaller difference counts as none
# Of a glyph's box at its sides, above and below, which neighbours may overlap; the ink of 、 and _ is at an edge.
_INSETS = 0.15, 0.15, 0.15
_MARK_INSETS = 0.02, 0.15, -0.2
_SCAN_SHARE = 0.5  # of the page area: a larger picture is a scan
_MAX_OVERPRINT = 20  # characters on a scan that are none of its text
_MIN_OUTLINES = 20  # shapes on a page without text, which may be outlined characters
_INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_CELL_SIDE = 24  # points: overlap is tested on a grid of such cells
_MAX_CELLS = 4000  # of one object: a larger one counts as covering the page
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
_Bounds = tuple[float, float, float, float]  # left, low, right, high


class PageObject(msgspec.Struct, frozen=True, gc=False):
    """An object of a page: its kind, its address in PDFium, and whether it is in a form."""

    kind: int
    at: Address
    forms: tuple[Address, ...] = ()  # the enclosing forms, innermost last

    @property
    def in_form(self) -> bool:
        """True if its coordinates are those of a form."""
        return bool(self.forms)

    @property
    def bounds(self) -> _Bounds:
        """The bounding box, in the space of its form or of the page."""
        edges = (c_float * 4)()
        calls.FPDFPageObj_GetBounds(self.at, *_element_addresses(edges))
        left, low, right, high = edges
        return left, low, right, high

    @property
    def path_bounds(self) -> _Bounds:
        """The bounding box of the points of a path, in the space of the page. PDFium's own is wider than the line."""
        matrices = [_matrix(at) for at in (self.at, *reversed(self.forms))]
        x, y = c_float(), c_float()
        xs, ys = list[float](), list[float]()
        for place in range(calls.FPDFPath_CountSegments(self.at)):
            calls.FPDFPathSegment_GetPoint(calls.FPDFPath_GetPathSegment(self.at, place), addressof(x), addressof(y))
            across, up = x.value, y.value
            for to in matrices:
                across, up = to.a * across + to.c * up + to.e, to.b * across + to.d * up + to.f
            xs.append(across)
            ys.append(up)
        return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)

    @property
    def is_layered(self) -> bool:
        """True if it, or an enclosing form, is in a layer, which may be switched off."""
        return any(_in_layer(at) for at in (self.at, *self.forms))


def _matrix(thing: Address) -> Any:
    matrix = pdfium.FS_MATRIX()
    calls.FPDFPageObj_GetMatrix(thing, addressof(matrix))
    return matrix


class PageVisibility:
    """The visibility of a page's text objects, taken before any of them is moved.

    `doubtful` are the indices of text objects that may be invisible, `ocr` those of the text layer of a scan.
    """

    def __init__(self, page: Any, things: Sequence[PageObject], size: tuple[float, float], edges: _Bounds) -> None:
        """`size` is the width and height of the rotated page in points, `edges` its media box."""
        self._size = size
        texts = [thing for thing in things if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
        self._others = [thing for thing in things if thing.kind != pdfium.FPDF_PAGEOBJ_TEXT]
        mode = calls.FPDFTextObj_GetTextRenderMode
        unseen = {number for number, thing in enumerate(texts) if mode(thing.at) in _INVISIBLE_MODES}
        area = (edges[2] - edges[0]) * (edges[3] - edges[1])
        self._scan = any(thing.kind in _PICTURES and _area(thing.bounds) > _SCAN_SHARE * area for thing in self._others)
        self.ocr = unseen if self._scan else set()  # invisible text over a scan is its OCR layer
        self.doubtful = (unseen | _doubtful(things)) - self.ocr
        self._change = _change(page, [texts[number] for number in sorted(self.doubtful)], size, edges)

    def is_wordless(self, characters: int) -> bool:
        """True if drawings on the page may be its text: pictures, or many shapes, where there are no characters; a scan
        also where a few were printed on it afterwards, such as the page's number or the name of a program.
        """
        if characters:
            return self._scan and characters < _MAX_OVERPRINT
        shapes = sum(thing.kind == pdfium.FPDF_PAGEOBJ_PATH for thing in self._others)
        return shapes >= _MIN_OUTLINES or any(thing.kind in _PICTURES for thing in self._others)

    def judged(self, glyph: Glyph) -> Glyph:
        """Exclude a glyph of a doubtful text object if it is invisible."""
        return replace(glyph, excluded_reason=HIDDEN) if not glyph.excluded_reason and self._hides(glyph) else glyph

    def _hides(self, glyph: Glyph) -> bool:
        if self._change is None or glyph.text.isspace():
            return False
        across, down = (pixels / points for pixels, points in zip(self._change.size, self._size, strict=True))
        wide, high, low = _MARK_INSETS if unicodedata.category(glyph.text[:1] or " ")[0] == "P" else _INSETS
        width, height = glyph.x1 - glyph.x0, glyph.bottom - glyph.top
        x0, x1 = int((glyph.x0 + wide * width) * across), int((glyph.x1 - wide * width) * across)
        top, bottom = int((glyph.top + high * height) * down), int((glyph.bottom - low * height) * down)
        return self._change.crop((x0, top, max(x1, x0) + 1, max(bottom, top) + 1)).getbbox() is None


def page_objects(page: Any) -> list[PageObject]:
    """The objects of a page, and of the forms on it, in the order of the stream."""
    return list(_things(calls.function_address(page), calls.FPDFPage_CountObjects, calls.FPDFPage_GetObject, ()))


def _things(within: Address, count: Any, get: Any, forms: tuple[Address, ...]) -> Iterator[PageObject]:
    for index in range(count(within)):
        thing = get(within, index)
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
    """The name of a mark, truncated if longer than that of a layer."""
    name, length = create_string_buffer(8), c_ulong()
    if not calls.FPDFPageObjMark_GetName(mark, addressof(name), len(name), addressof(length)):
        return ""
    return name.raw[: length.value].decode("utf-16-le").rstrip("\0")


def page_rulings(things: Sequence[PageObject], seen: PageBox, turn: int, page: int) -> Iterator[Ruling]:
    """Yield the painted shapes of a page that are as thin as a line; points from the top left of the rotated page."""
    for thing in things:
        if thing.kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        left, low, right, high = thing.path_bounds
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
    """Indices of text objects that may be invisible: pale fill, clipped, or covered by later objects."""
    texts = sum(thing.kind == pdfium.FPDF_PAGEOBJ_TEXT for thing in things)
    found, covered, everywhere = set(), set[tuple[int, int]](), False
    pale = _FillColours().pale
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
    """True if a text object may lie under the covered cells."""
    cells = _cells(thing)
    return cells is None or not covered.isdisjoint(cells)


def _cells(thing: PageObject) -> set[tuple[int, int]] | None:
    """The grid cells that an object overlaps; None if there are too many, or the object is in a form."""
    left, low, right, high = thing.bounds
    if thing.in_form or not all(abs(edge) < inf for edge in thing.bounds):
        return None
    if (right - left) * (high - low) > _MAX_CELLS * _CELL_SIDE**2 or max(
        right - left, high - low
    ) > _MAX_CELLS * _CELL_SIDE:
        return None
    across, down = (
        range(int(left // _CELL_SIDE), int(right // _CELL_SIDE) + 1),
        range(int(low // _CELL_SIDE), int(high // _CELL_SIDE) + 1),
    )
    return {(x, y) for x in across for y in down}


def _covers(thing: PageObject) -> bool:
    """True if an object can cover text: a picture, or a filled shape."""
    if thing.kind != pdfium.FPDF_PAGEOBJ_PATH:
        return thing.kind in _PICTURES
    fill, stroke = c_int(), c_int()
    calls.FPDFPath_GetDrawMode(thing.at, addressof(fill), addressof(stroke))
    return bool(fill.value != pdfium.FPDF_FILLMODE_NONE)


class _FillColours:
    """A reader of fill colours with a reused buffer."""

    def __init__(self) -> None:
        self._colour = (c_uint * 4)()
        self._at = tuple(map(c_void_p, _element_addresses(self._colour)))

    def pale(self, thing: Address) -> bool:
        """True if the fill is pale, translucent, or unknown."""
        return not calls.FPDFPageObj_GetFillColor(thing, *self._at) or _pale(bytes(self._colour))


@lru_cache(maxsize=1 << 10)
def _pale(colour: bytes) -> bool:
    red, green, blue, alpha = memoryview(colour).cast("I")
    return alpha < _PALE_LEVEL or (red > _PALE_LEVEL and green > _PALE_LEVEL and blue > _PALE_LEVEL)


def _reaches_out(thing: PageObject, clip: Address) -> bool:
    """True if a text object extends beyond its clip path."""
    left, low, right, high = thing.bounds
    point = (c_float * 2)()
    for path in range(calls.FPDFClipPath_CountPaths(clip)):
        points = []
        for index in range(max(calls.FPDFClipPath_CountPathSegments(clip, path), 0)):
            calls.FPDFPathSegment_GetPoint(
                calls.FPDFClipPath_GetPathSegment(clip, path, index), *_element_addresses(point)
            )
            points.append(tuple(point))
        if thing.in_form or not points:
            return True
        xs, ys = zip(*points, strict=True)
        if left < min(xs) - 1 or right > max(xs) + 1 or low < min(ys) - 1 or high > max(ys) + 1:
            return True
    return False


def _element_addresses(numbers: Any) -> range:
    """The addresses of the elements of an array."""
    size = sizeof(numbers) // len(numbers)
    return range(addressof(numbers), addressof(numbers) + sizeof(numbers), size)


def _change(page: Any, things: Sequence[PageObject], size: tuple[float, float], edges: _Bounds) -> Any:
    """Render the page with and without these objects; the image is 255 where it changes. None without objects."""
    if not things or not (0 < size[0] < inf and 0 < size[1] < inf):
        return None
    from PIL import ImageChops

    scale = min(_MAX_SCALE, _MAX_SIDE / max(size))
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
    return ImageChops.difference(*pictures).point([255 * (level >= _MIN_DIFFERENCE) for level in range(256)])
