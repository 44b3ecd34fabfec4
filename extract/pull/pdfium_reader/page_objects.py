"""The objects of a PDF page as PDFium has them: texts, paths, pictures, with their places on the page."""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import addressof, c_float, c_int, c_ulong, create_string_buffer, sizeof
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from extract.model.stages import Picture, Ruling
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address
from extract.pull.pdfium_reader.characters import PageBox, turned
from extract.pull.reading import Box, is_thin

PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
Bounds = tuple[float, float, float, float]  # left, low, right, high


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
    def own_bounds(self) -> Bounds:
        """The bounding box, in the space of its form or of the page."""
        edges = (c_float * 4)()
        calls.FPDFPageObj_GetBounds(self.at, *element_addresses(edges))
        left, low, right, high = edges
        return left, low, right, high

    @property
    def bounds(self) -> Bounds:
        """The bounding box, in the space of the page."""
        left, low, right, high = self.own_bounds
        if not self.forms:
            return left, low, right, high
        return _enclosing([(left, low), (left, high), (right, low), (right, high)], self.forms)

    @property
    def path_bounds(self) -> Bounds:
        """The bounding box of the points of a path, in the space of the page. PDFium's own is wider than the line."""
        x, y = c_float(), c_float()
        points = list[tuple[float, float]]()
        for place in range(calls.FPDFPath_CountSegments(self.at)):
            calls.FPDFPathSegment_GetPoint(calls.FPDFPath_GetPathSegment(self.at, place), addressof(x), addressof(y))
            points.append((x.value, y.value))
        return _enclosing(points, (*self.forms, self.at))

    @property
    def is_layered(self) -> bool:
        """True if it, or an enclosing form, is in a layer, which may be switched off."""
        return _in_layer(self.at) or any(map(_in_layer, self.forms))

    @property
    def is_blended(self) -> bool:
        """True if it, or an enclosing form, is drawn with a mask, a blend mode or an opacity, or as a group."""
        is_blended = calls.FPDFPageObj_HasTransparency
        return bool(is_blended(self.at)) or any(map(is_blended, self.forms))

    @property
    def draw_modes(self) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked."""
        fill, stroke = c_int(), c_int()
        calls.FPDFPath_GetDrawMode(self.at, addressof(fill), addressof(stroke))
        return fill.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)


def _enclosing(points: Iterable[tuple[float, float]], within: Sequence[Address]) -> Bounds:
    """The box in the space of the page around points of that of an object; `within` are the objects, innermost last."""
    matrices = [_matrix(at) for at in reversed(within)]
    xs, ys = list[float](), list[float]()
    for across, up in points:
        for to in matrices:
            across, up = to.a * across + to.c * up + to.e, to.b * across + to.d * up + to.f
        xs.append(across)
        ys.append(up)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def _matrix(thing: Address) -> Any:
    matrix = pdfium.FS_MATRIX()
    calls.FPDFPageObj_GetMatrix(thing, addressof(matrix))
    return matrix


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
    count: int = calls.FPDFPageObj_CountMarks(thing)
    return count > 0 and any(_mark_name(calls.FPDFPageObj_GetMark(thing, place)) == _LAYER for place in range(count))


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
        if is_thin(right - left, high - low) and any(thing.draw_modes):
            yield Ruling(page, *_from_top((left, low, right, high), seen, turn))


def page_pictures(things: Sequence[PageObject], seen: PageBox, turn: int, page: int) -> Iterator[Picture]:
    """Yield the pictures of a page."""
    for thing in things:
        if thing.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield Picture(page, _from_top(thing.bounds, seen, turn))


def _from_top(bounds: Bounds, seen: PageBox, turn: int) -> Box:
    """Bounds on a page as a box in points from the top left of the rotated page."""
    left, low, right, high = bounds
    corners = turned(left, low, turn), turned(right, high, turn)
    (x0, x1), (y0, y1) = (sorted(edges) for edges in zip(*corners, strict=True))
    return x0 - seen.left, seen.high - y1, x1 - seen.left, seen.high - y0


def element_addresses(numbers: Any) -> range:
    """The addresses of the elements of an array."""
    size = sizeof(numbers) // len(numbers)
    return range(addressof(numbers), addressof(numbers) + sizeof(numbers), size)
