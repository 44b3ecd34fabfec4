"""Find the text objects of a page that a reader may not see, by colours and places alone; rendering decides later.

Rendering is slow, so what is drawn in a dark colour on bare paper has to pass here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ctypes import addressof, c_float, c_uint, c_void_p
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address
from extract.pull.pdfium_reader.grid import Cell, cells_of, overlap
from extract.pull.pdfium_reader.page_objects import PICTURES, Bounds, PageObject, element_addresses
from extract.pull.reading import MAX_LINE_WIDTH, is_thin

_PALE_LEVEL = 200  # of 255: type of a paler colour may be invisible on paper
_NEAR_LEVEL = 64  # of 255: type whose colour is as near to that under it may be invisible
_OPAQUE = 255
_FAINT_ALPHA = 200  # of 255: more translucent type may be invisible
_FILLING = (pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
            pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)  # fmt: skip
_STROKING = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
             pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)  # fmt: skip
_RECTANGLE = 5  # segments of a path at the most; one of another shape may leave out what is within its bounds

_Colour = tuple[int, ...] | None  # red, green, blue, alpha; None for a pattern


class _Area(NamedTuple):
    """What can cover or underlie text: a picture or a painted shape. `cells` are those it overlaps, None for all."""

    bounds: Bounds
    cells: set[Cell] | None
    colour: _Colour


def doubtful_texts(things: Sequence[PageObject], modes: Sequence[int]) -> set[int]:
    """The indices of text objects that may be invisible; `modes` are the render modes of the text objects.

    They are in a pale or translucent colour, in nearly the colour of what is under them, masked, in a layer, clipped,
    or covered by later objects.
    """
    paint = _Paint()
    texts = [(place, thing) for place, thing in enumerate(things) if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    others = [(place, thing) for place, thing in enumerate(things) if thing.kind != pdfium.FPDF_PAGEOBJ_TEXT]
    areas = {place: area for place, thing in others if (area := paint.area(thing)) is not None}
    colours = [paint.of_text(thing, mode) for (_, thing), mode in zip(texts, modes, strict=True)]
    found = {index for index, (_, thing) in enumerate(texts) if _is_odd(thing, colours[index])}
    return found | _covered(texts, areas) | _on_like_ground(texts, colours, areas)


def _is_odd(thing: PageObject, colours: Sequence[_Colour]) -> bool:
    """True for a text that may be invisible, whatever is over or under it."""
    return any(map(_is_pale, colours)) or _is_masked(thing, colours) or thing.is_layered or _is_clipped(thing)


def fill_colour(thing: PageObject) -> _Colour:
    """The colour in which an object is filled: red, green, blue, alpha, of 255; None for a pattern."""
    return _Paint().of_text(thing, pdfium.FPDF_TEXTRENDERMODE_FILL)[0]


class _Paint:
    """A reader of the colours of objects with reused buffers."""

    def __init__(self) -> None:
        self._colour = (c_uint * 4)()
        self._at = tuple(map(c_void_p, element_addresses(self._colour)))
        self._width = c_float()

    def of_text(self, thing: PageObject, mode: int) -> tuple[_Colour, ...]:
        """The colours with which a text is painted; none if it is painted in no way."""
        if mode == pdfium.FPDF_TEXTRENDERMODE_FILL:
            return (self._read(calls.FPDFPageObj_GetFillColor, thing.at),)
        filled = (self._read(calls.FPDFPageObj_GetFillColor, thing.at),) if mode in _FILLING else ()
        return (*filled, self._read(calls.FPDFPageObj_GetStrokeColor, thing.at)) if mode in _STROKING else filled

    def area(self, thing: PageObject) -> _Area | None:
        """The area that a picture, a filled shape or a broad line paints; None for another object."""
        if thing.kind in PICTURES:
            return _Area(thing.bounds, cells_of(thing.bounds), None)
        if thing.kind != pdfium.FPDF_PAGEOBJ_PATH:
            return None
        is_filled, is_stroked = thing.draw_modes
        if is_filled:
            return _Area(thing.bounds, cells_of(thing.bounds), self._read(calls.FPDFPageObj_GetFillColor, thing.at))
        calls.FPDFPageObj_GetStrokeWidth(thing.at, addressof(self._width))
        if not is_stroked or self._width.value <= MAX_LINE_WIDTH:
            return None
        return _Area(thing.bounds, cells_of(thing.bounds), self._read(calls.FPDFPageObj_GetStrokeColor, thing.at))

    def _read(self, read: Any, thing: Address) -> _Colour:
        return _numbers(bytes(self._colour)) if read(thing, *self._at) else None


@lru_cache(maxsize=1 << 10)
def _numbers(colour: bytes) -> _Colour:
    return tuple(memoryview(colour).cast("I"))


@lru_cache(maxsize=1 << 10)
def _is_pale(colour: _Colour) -> bool:
    """True for a colour that may be invisible on paper. Blue counts for little: a light yellow is as pale."""
    return colour is None or colour[3] < _FAINT_ALPHA or min(colour[:2]) > _PALE_LEVEL


def _is_near(colour: _Colour, ground: _Colour) -> bool:
    """True if a colour may be invisible on a ground."""
    if colour is None or ground is None or ground[3] < _OPAQUE:
        return True
    return all(abs(one - other) < _NEAR_LEVEL for one, other in zip(colour[:2], ground[:2], strict=True))


def _is_masked(thing: PageObject, colours: Sequence[_Colour]) -> bool:
    """True if a text, or its form, is drawn with a mask or a blend mode; an opacity alone is one of its colours."""
    return thing.is_blended and (thing.in_form or not any(map(_is_translucent, colours)))


def _is_translucent(colour: _Colour) -> bool:
    return colour is not None and colour[3] < _OPAQUE


def _covered(texts: Sequence[tuple[int, PageObject]], areas: Mapping[int, _Area]) -> set[int]:
    """The indices of texts that may lie under a later object."""
    found, covered, everywhere = set[int](), set[Cell](), False
    waiting = sorted(areas)
    for index in reversed(range(len(texts))):
        place, thing = texts[index]
        while waiting and waiting[-1] > place:
            cells = areas[waiting.pop()].cells
            everywhere = everywhere or cells is None
            covered |= cells or set()
        if everywhere or (covered and _is_under(thing, covered)):
            found.add(index)
    return found


def _is_under(thing: PageObject, covered: set[Cell]) -> bool:
    cells = cells_of(thing.bounds)
    return cells is None or not covered.isdisjoint(cells)


def _on_like_ground(
    texts: Sequence[tuple[int, PageObject]], colours: Sequence[tuple[_Colour, ...]], areas: Mapping[int, _Area]
) -> set[int]:
    """The indices of texts over an earlier object of nearly their colour, or of one that is not known."""
    grounds: dict[Cell | None, list[_Area]] = defaultdict(list)
    waiting = [place for place in sorted(areas, reverse=True) if not _is_line(areas[place].bounds)]
    found = set[int]()
    for index, (place, thing) in enumerate(texts):
        while waiting and waiting[-1] < place:
            area = areas[waiting.pop()]
            for cell in {None} if area.cells is None else area.cells:
                grounds[cell].append(area)
        if grounds and any(_is_near(colour, ground) for ground in _under(thing, grounds) for colour in colours[index]):
            found.add(index)
    return found


def _is_line(bounds: Bounds) -> bool:
    left, low, right, high = bounds
    return is_thin(right - left, high - low)


def _under(thing: PageObject, grounds: Mapping[Cell | None, Sequence[_Area]]) -> Iterator[_Colour]:
    """Yield the colours of the grounds that a text overlaps."""
    bounds = thing.bounds
    cells = cells_of(bounds)
    keys: Iterable[Cell | None] = grounds.keys() if cells is None else (None, *cells)
    for key in keys:
        for area in grounds.get(key, ()):
            if overlap(bounds, area.bounds):
                yield area.colour


def _is_clipped(thing: PageObject) -> bool:
    """True if a text object may extend beyond its clip path."""
    clip = calls.FPDFPageObj_GetClipPath(thing.at)
    paths = calls.FPDFClipPath_CountPaths(clip)
    if paths <= 0:
        return False
    left, low, right, high = thing.own_bounds
    point = (c_float * 2)()
    for path in range(paths):
        points = []
        for index in range(max(calls.FPDFClipPath_CountPathSegments(clip, path), 0)):
            calls.FPDFPathSegment_GetPoint(
                calls.FPDFClipPath_GetPathSegment(clip, path, index), *element_addresses(point)
            )
            points.append(tuple(point))
        if thing.in_form or not points or len(points) > _RECTANGLE:
            return True
        xs, ys = zip(*points, strict=True)
        if left < min(xs) - 1 or right > max(xs) + 1 or low < min(ys) - 1 or high > max(ys) + 1:
            return True
    return False
