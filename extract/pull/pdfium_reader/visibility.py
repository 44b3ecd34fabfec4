"""Detect invisible text by rendering a page with it and without any.

Text may be drawn in the colour of the paper or of the box under it, in no colour, clipped away, or under a picture or
a box. In every case it changes no pixel of the page without text. Only suspicious text objects are rendered, as
rendering is slow.
Type too small to be read is told by its size.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from msgspec.structs import replace

from extract.model.text import Glyph, enclosing_box
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.characters import PageBox, SizedFont, TextRun, least_size
from extract.pull.pdfium_reader.doubtful_text import doubtful_texts, fill_colour
from extract.pull.pdfium_reader.grid import Cell, cells_of, overlap
from extract.pull.pdfium_reader.page_objects import PICTURES, Bounds, PageObject
from extract.pull.reading import HIDDEN, Box
from extract.pull.sight import BLUE_SHARE, FAINT_DIFFERENCE, FAINT_TYPE, MIN_DIFFERENCE, MIN_TYPE

_MAX_SIDE = 2000  # pixels of a rendered page
_MAX_SCALE = 2  # pixels per point
_MIN_INK = 0.5  # points of ink for each character across: less is a row of dots, too
# Of a glyph's box at its sides, above and below, which neighbours may overlap; the ink of 、 and _ is at an edge.
_INSETS = 0.15, 0.15, 0.15
_MARK_INSETS = 0.02, 0.15, -0.2
_SCAN_SHARE = 0.5  # of the page area: a larger picture is a scan
_MAX_OVERPRINT = 20  # characters on a scan that are none of its text
_MIN_OUTLINES = 20  # shapes on a page without text, which may be outlined characters
_MOST_OF_GROUND = 0.6  # that has the colour of a glyph, under one that nobody makes out
_MAX_RENDERED = 4  # pictures of a page with texts that overlap, at the most
_WHITE = 255
_MIN_CONTRAST = 48  # of 255: paper under invisible text has less, and no words in a picture
_INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


class _Pictures(NamedTuple):
    """A page with some texts and no others, how much each pixel differs from the page without any, and how much the
    colour of the text differs from each pixel of that; None where it has no single colour.
    """

    shown: Any
    change: Any
    likeness: Any


class PageVisibility:
    """The visibility of a page's text objects, taken before any of them is moved.

    `doubtful` are the indices of text objects that may be invisible, `ocr` those of the text layer of a scan.
    """

    def __init__(self, page: Any, things: Sequence[PageObject], edges: PageBox) -> None:
        """`edges` are those of the page's media box."""
        seen = edges.turned()
        self._page, self._edges, self._size = page, edges, (seen.right - seen.left, seen.high - seen.low)
        self._window = _window(page, edges)
        self._texts = [thing for thing in things if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
        self._others = [thing for thing in things if thing.kind != pdfium.FPDF_PAGEOBJ_TEXT]
        modes = [calls.FPDFTextObj_GetTextRenderMode(thing.at) for thing in self._texts]
        unseen = {number for number, mode in enumerate(modes) if mode in _INVISIBLE_MODES}
        area = (edges.right - edges.left) * (edges.high - edges.low)
        self._scan = any(thing.kind in PICTURES and _area(thing.bounds) > _SCAN_SHARE * area for thing in self._others)
        self.ocr = unseen if self._scan else set()  # invisible text over a scan is its OCR layer
        self.doubtful = (unseen | doubtful_texts(things, modes)) - self.ocr
        self._clipping = {number for number in self.doubtful if modes[number] == pdfium.FPDF_TEXTRENDERMODE_CLIP}
        self._pictures = self._compare(sorted(self.doubtful))

    def is_wordless(self, characters: int) -> bool:
        """True if drawings on the page may be its text: pictures, or many shapes, where there are no characters; a scan
        also where a few were printed on it afterwards, such as the page's number or the name of a program.
        """
        if characters:
            return self._scan and characters < _MAX_OVERPRINT
        shapes = sum(thing.kind == pdfium.FPDF_PAGEOBJ_PATH for thing in self._others)
        return shapes >= _MIN_OUTLINES or any(thing.kind in PICTURES for thing in self._others)

    def judged(
        self, objects: Sequence[Sequence[Glyph]], runs: Sequence[TextRun], kinds: Sequence[SizedFont]
    ) -> list[Glyph]:
        """The glyphs of all text objects: those excluded that are invisible, and those marked that hardly are visible.

        `runs` and `kinds` are their matrices and their fonts. `ocr` is empty afterwards where that is no text of OCR.
        """
        found: list[Glyph] = []
        layer: list[int] = []
        for number, (glyphs, run, kind) in enumerate(zip(objects, runs, kinds, strict=True)):
            size = least_size(run.matrix, kind.size)
            if number in self.ocr:
                layer += range(len(found), len(found) + len(glyphs))
            is_plain = size >= FAINT_TYPE and number not in self.doubtful
            found += glyphs if is_plain else self._judged(number, glyphs, size)
        unseen = self._stray(found, layer) if layer and len(found) - len(layer) >= _MAX_OVERPRINT else set()
        self.ocr = self.ocr if len(unseen) < len(layer) else set()
        if self._window is not None:
            unseen |= {place for place, glyph in enumerate(found) if not _is_within(glyph, self._window)}
        return [_hidden(glyph) if place in unseen else glyph for place, glyph in enumerate(found)] if unseen else found

    def _judged(self, number: int, glyphs: Sequence[Glyph], size: float) -> Iterable[Glyph]:
        """The glyphs of a text object in type of this size."""
        if size < FAINT_TYPE and self._is_dots(number, len(glyphs)):
            return map(_hidden if size < MIN_TYPE else _doubtful, glyphs)
        if number not in self._pictures:
            return glyphs
        pictures = self._pictures[number]
        if number in self._clipping:
            return (self._judged_as_clip(glyph, pictures.shown) for glyph in glyphs)
        found = self._judged_by_change(glyphs, pictures.change)
        if pictures.likeness is None:
            return found
        return (self._judged_by_ground(glyph, pictures.likeness) for glyph in found)

    def _judged_by_ground(self, glyph: Glyph, likeness: Any) -> Glyph:
        """A glyph that is seen by what little of another colour is under it, as white type on a pale stamp."""
        shades = likeness.crop(self._pixels(glyph)).histogram()
        is_like = sum(shades[:MIN_DIFFERENCE]) > _MOST_OF_GROUND * sum(shades)
        return _doubtful(glyph) if is_like and not (glyph.excluded_reason or glyph.text.isspace()) else glyph

    def _is_dots(self, number: int, characters: int) -> bool:
        """True if the ink of a text object is as small as its font says; that of a Type 3 font may have any size."""
        left, low, right, high = self._texts[number].bounds
        return high - low < FAINT_TYPE or right - left < _MIN_INK * characters

    def _judged_by_change(self, glyphs: Sequence[Glyph], picture: Any) -> Iterator[Glyph]:
        """Glyphs by what changes on the page without their text object.

        Of an object that is seen a glyph of little ink, as a dash, changes less than the others; of one under a box of
        its colour a comma may reach out.
        """
        changes = [self._change_at(glyph, picture) for glyph in glyphs]
        inked = [
            change for glyph, change in zip(glyphs, changes, strict=True) if change is not None and not _is_mark(glyph)
        ]
        inked = inked or [change for change in changes if change is not None]
        most = max(inked, default=0)
        least = 1 if most >= MIN_DIFFERENCE else inf if len(inked) > 1 else MIN_DIFFERENCE
        for glyph, change in zip(glyphs, changes, strict=True):
            if change is not None and change < (least if _is_mark(glyph) else min(least, MIN_DIFFERENCE)):
                yield _hidden(glyph)
            else:
                yield _doubtful(glyph) if change is not None and change < FAINT_DIFFERENCE else glyph

    def _change_at(self, glyph: Glyph, picture: Any) -> int | None:
        """How much a glyph changes of the page, of 255; None where it is no text of it in any case."""
        if glyph.excluded_reason or glyph.text.isspace():
            return None
        most: int = picture.crop(self._pixels(glyph)).getextrema()[1]
        return most

    def _judged_as_clip(self, glyph: Glyph, picture: Any) -> Glyph:
        """A glyph that bounds what is painted later: nobody sees it on bare paper."""
        if glyph.excluded_reason or glyph.text.isspace():
            return glyph
        least = min(low for low, _ in picture.crop(self._pixels(glyph)).getextrema())
        return _hidden(glyph) if least > _WHITE - MIN_DIFFERENCE else _doubtful(glyph)

    def _pixels(self, glyph: Glyph) -> tuple[int, int, int, int]:
        """The pixels of a rendered page where the ink of a glyph is."""
        wide, high, low = _MARK_INSETS if _is_mark(glyph) else _INSETS
        width, height = glyph.x1 - glyph.x0, glyph.bottom - glyph.top
        left, right = glyph.x0 + wide * width, glyph.x1 - wide * width
        return self._pixels_in((left, glyph.top + high * height, right, glyph.bottom - low * height))

    def _pixels_in(self, box: Box) -> tuple[int, int, int, int]:
        x0, top, x1, bottom = (int(edge * self._scale) for edge in box)
        return x0, top, max(x1, x0) + 1, max(bottom, top) + 1

    def _stray(self, glyphs: Sequence[Glyph], layer: Iterable[int]) -> set[int]:
        """The glyphs of a text layer under whose lines the picture is bare, so that no OCR has read them there."""
        lines: dict[int, list[int]] = defaultdict(list)
        for place in layer:
            lines[round(glyphs[place].bottom)].append(place)
        found = set[int]()
        if not self._is_sized:
            return found
        self._show(self._texts, shown=False)
        picture = self._rendered()
        for numbers in lines.values():
            box = enclosing_box([glyphs[place] for place in numbers])
            if not _has_ink(picture.crop(self._pixels_in(box))):
                found.update(numbers)
        return found

    @property
    def _is_sized(self) -> bool:
        """True if the page can be rendered."""
        return all(0 < side < inf for side in self._size)

    @property
    def _scale(self) -> float:
        """Pixels of a rendered page per point."""
        return min(_MAX_SCALE, _MAX_SIDE / max(self._size))

    def _rendered(self) -> Any:
        """The page as an image, with all of its media box."""
        crop = self._page.get_cropbox()
        self._page.set_cropbox(*self._edges[:4])
        picture = self._page.render(scale=self._scale, may_draw_forms=False).to_pil().convert("RGB")
        self._page.set_cropbox(*crop)
        return picture

    def _compare(self, numbers: Sequence[int]) -> dict[int, _Pictures]:
        """Render the page without any text, and with these objects.

        Texts that overlap are rendered one after the other: white type on a grey watermark is seen by nobody.
        """
        if not numbers or not self._is_sized:
            return {}
        self._show(self._texts, shown=False)
        ground = self._rendered()
        colours = {number: fill_colour(self._texts[number]) for number in numbers}
        likeness: dict[Any, Any] = {
            colour: _difference(_plain(ground, colour), ground) for colour in {*colours.values()} if colour
        }
        pictures: dict[int, _Pictures] = {}
        for group in _apart({number: self._texts[number].bounds for number in numbers}):
            things = [self._texts[number] for number in group]
            self._show(things, shown=True)
            picture = self._rendered()
            self._show(things, shown=False)
            change = _difference(picture, ground)
            pictures |= {number: _Pictures(picture, change, likeness.get(colours[number])) for number in group}
        self._show(self._texts, shown=True)
        return pictures

    @staticmethod
    def _show(things: Iterable[PageObject], *, shown: bool) -> None:
        for thing in things:
            calls.FPDFPageObj_SetIsActive(thing.at, shown)


def _apart(bounds: Mapping[int, Bounds]) -> list[list[int]]:
    """Texts in groups in which none overlaps another, as far as a few groups allow."""
    groups: list[list[int]] = [[] for _ in range(_MAX_RENDERED)]
    places: list[dict[Cell | None, list[int]]] = [defaultdict(list) for _ in groups]
    for number, own in bounds.items():
        cells: Collection[Cell | None] = cells_of(own) or {None}
        for group, at in zip(groups, places, strict=True):
            keys = at.keys() if None in cells else (None, *cells)
            if group is groups[-1] or not any(overlap(own, bounds[n]) for key in keys for n in at[key]):
                break
        group.append(number)
        for cell in cells:
            at[cell].append(number)
    return [group for group in groups if group]


def _plain(ground: Any, colour: tuple[int, ...]) -> Any:
    """An image of one colour, as large as another."""
    from PIL import Image

    return Image.new("RGB", ground.size, colour[:3])


def _difference(picture: Any, ground: Any) -> Any:
    """How much each pixel differs: type of another colour may be as bright as its ground."""
    from PIL import ImageChops

    red, green, blue = ImageChops.difference(picture, ground).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue.point([n // BLUE_SHARE for n in range(256)]))


def _window(page: Any, edges: PageBox) -> Box | None:
    """The part of a page that is shown, as boxes of glyphs count; None where all of it is."""
    left, low, right, high = page.get_bbox()
    if left <= edges.left and low <= edges.low and right >= edges.right and high >= edges.high:
        return None
    shown, seen = PageBox(left, low, right, high, edges.turn).turned(), edges.turned()
    return shown.left - seen.left, seen.high - shown.high, shown.right - seen.left, seen.high - shown.low


def _is_within(glyph: Glyph, box: Box) -> bool:
    """True if the middle of a glyph is in a box."""
    return box[0] <= (glyph.x0 + glyph.x1) / 2 <= box[2] and box[1] <= (glyph.top + glyph.bottom) / 2 <= box[3]


def _is_mark(glyph: Glyph) -> bool:
    """True for punctuation."""
    return unicodedata.category(glyph.text[:1] or " ")[0] == "P"


def _hidden(glyph: Glyph) -> Glyph:
    return replace(glyph, excluded_reason=glyph.excluded_reason or HIDDEN)


def _doubtful(glyph: Glyph) -> Glyph:
    return replace(glyph, is_doubtful=True)


def _has_ink(part: Any) -> bool:
    """True if a part of a page is not of one colour."""
    return any(most - least >= _MIN_CONTRAST for least, most in part.getextrema())


def _area(bounds: Bounds) -> float:
    return abs((bounds[2] - bounds[0]) * (bounds[3] - bounds[1]))
