"""What PDFium reads on a page: every character, layer by layer.

PDFium leaves out what it takes for a copy of something printed just before. In type that is scaled or set tight it
is mistaken: 1111 becomes 1. So a page is read in layers: text objects that were read are moved out of sight, then
what they hid is read, until nothing is left. Telling copies from repeats is repair's work, not the reader's.
"""

from collections.abc import Container, Sequence
from ctypes import addressof, c_double, c_int, c_void_p
from functools import lru_cache
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from extract.limits import Limits, passed
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address
from extract.pull.reading import UNMAPPED

_FAR = 1e6  # points: out of sight
_SPACE = 0x20  # what PDFium makes up is spaces and ends of lines
_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # a hyphen at a line's end, as PDFium marks it
Linear = tuple[float, float, float, float]  # a matrix without its place


class Char(msgspec.Struct, frozen=True, gc=False):
    """A character and its ink, in user space."""

    text: str
    x: float
    y: float
    advance: float


class Run(msgspec.Struct, frozen=True, gc=False):
    """The characters of a text object in PDFium's order, and the matrix that all of them are drawn with."""

    matrix: Linear
    chars: list[Char]


def runs_of(page: Address, things: Sequence[Address], left: int, limits: Limits) -> list[Run]:
    """What each of a page's text objects says, read layer by layer; an object without any ink says a space.

    `left` is how many characters the page may have. Raises LimitPassed where it has more.
    """
    away = pdfium.FS_MATRIX(1, 0, 0, 1, _FAR, _FAR)
    at_away = c_void_p(addressof(away))
    runs: dict[Address, Run] = {}
    unread = dict.fromkeys(things)
    while unread and (layer := _layer(page, unread, left, limits)):
        runs |= layer
        for thing in layer:
            del unread[thing]
        for thing in layer if unread else ():
            calls.FPDFPageObj_TransformF(thing, at_away)
            calls.FPDFPageObj_SetIsActive(thing, False)
    for thing in unread:
        matrix = pdfium.FS_MATRIX()
        calls.FPDFPageObj_GetMatrix(thing, addressof(matrix))
        runs[thing] = Run(_linear(matrix), [Char(" ", matrix.e, matrix.f, 0)])
    return [runs[thing] for thing in things]


def _layer(page: Address, unread: Container[Address], left: int, limits: Limits) -> dict[Address, Run]:
    """What PDFium reads of text objects as the page stands now; a high surrogate is told with the low one after it."""
    text = c_void_p(calls.FPDFText_LoadPage(page))
    try:
        count = calls.FPDFText_CountChars(text)
        if count > left:
            passed("glyphs", limits)
        x, y, box, matrix = c_double(), c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        at_x, at_y, at_box, at_matrix = (c_void_p(addressof(one)) for one in (x, y, box, matrix))
        runs: dict[Address, Run] = {}
        pending = ""
        place = c_int()  # made once: to make one for each call would take as long as half of them
        for place.value in range(count):
            thing = calls.FPDFText_GetTextObject(text, place)
            if thing not in unread:
                continue
            code = calls.FPDFText_GetUnicode(text, place)
            if code <= _SPACE and calls.FPDFText_IsGenerated(text, place) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                pending = chr(code)
                continue
            run = runs.get(thing)
            if run is None:
                calls.FPDFText_GetMatrix(text, place, at_matrix)
                run = runs[thing] = Run(_linear(matrix), [])
            calls.FPDFText_GetCharOrigin(text, place, at_x, at_y)
            calls.FPDFText_GetLooseCharBox(text, place, at_box)
            word = UNMAPPED if calls.FPDFText_HasUnicodeMapError(text, place) == 1 else _character(code, pending)
            pending = ""
            run.chars.append(Char(word, x.value, y.value, _advance(box, run.matrix)))
        return runs
    finally:
        calls.FPDFText_ClosePage(text)


def _advance(box: Any, matrix: Linear) -> float:
    """How far a character moves on, in points: the width of its box, less what slanted stems lean over."""
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
    """A character by its code, or by the two halves that it was handed out in."""
    if pending and 0xDC00 <= code < 0xE000:
        return (pending + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")
    return _HYPHENS.get(code) or (chr(code) if code and not 0xD800 <= code < 0xE000 else UNMAPPED)
