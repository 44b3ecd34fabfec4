"""What PDFium reads on a page: every character, layer by layer.

PDFium leaves out what it takes for a copy of something printed just before. In type that is scaled or set tight it
is mistaken: 1111 becomes 1. So a page is read in layers: text objects that were read are moved out of sight, then
what they hid is read, until nothing is left. Telling copies from repeats is repair's work, not the reader's.
"""

from collections.abc import Iterator, Sequence
from ctypes import addressof, c_double
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from extract.limits import Limits, passed
from extract.pull import pdfium_calls as calls
from extract.pull.page import UNMAPPED
from extract.pull.pdfium_calls import Address

_FAR = 1e6  # points: out of sight
_Linear = tuple[float, float, float, float]  # a matrix without its place
_SPACE = 0x20  # what PDFium makes up is spaces and ends of lines
_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # a hyphen at a line's end, as PDFium marks it


class Char(msgspec.Struct, frozen=True, gc=False):
    """A character: the number of its text object, its place in PDFium's text, and its ink in user space."""

    thing: int
    place: int
    text: str
    x: float
    y: float
    advance: float
    matrix: _Linear


def chars_of(page: Address, things: Sequence[Address], left: int, limits: Limits) -> Iterator[Char]:
    """The characters of a page's text objects, layer by layer; then a space for each object without any ink.

    `left` is how many characters the page may have. Raises LimitPassed where it has more.
    """
    away = pdfium.FS_MATRIX(1, 0, 0, 1, _FAR, _FAR)
    numbers = {thing: number for number, thing in enumerate(things)}
    unread = set(range(len(things)))
    while unread and (layer := [char for char in _layer(page, numbers, left, limits) if char.thing in unread]):
        yield from layer
        read = {char.thing for char in layer}
        unread -= read
        for number in read if unread else ():
            calls.FPDFPageObj_TransformF(things[number], addressof(away))
            calls.FPDFPageObj_SetIsActive(things[number], False)
    for number in sorted(unread):
        matrix = pdfium.FS_MATRIX()
        calls.FPDFPageObj_GetMatrix(things[number], addressof(matrix))
        yield Char(number, 0, " ", matrix.e, matrix.f, 0, _linear(matrix))


def _layer(page: Address, numbers: dict[Address, int], left: int, limits: Limits) -> Iterator[Char]:
    """The characters that PDFium reads as the page stands now; a high surrogate is told with the low one after it."""
    text = calls.FPDFText_LoadPage(page)
    try:
        count = calls.FPDFText_CountChars(text)
        if count > left:
            passed("glyphs", limits)
        x, y, box, matrix = c_double(), c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        at_x, at_y, at_box, at_matrix = map(addressof, (x, y, box, matrix))
        linear: dict[int, _Linear] = {}  # the matrix of a text object is that of its characters
        pending = ""
        for place in range(count):
            number = numbers.get(calls.FPDFText_GetTextObject(text, place))
            if number is None:
                continue
            code = calls.FPDFText_GetUnicode(text, place)
            if code <= _SPACE and calls.FPDFText_IsGenerated(text, place) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                pending = chr(code)
                continue
            calls.FPDFText_GetCharOrigin(text, place, at_x, at_y)
            calls.FPDFText_GetLooseCharBox(text, place, at_box)
            if number not in linear:
                calls.FPDFText_GetMatrix(text, place, at_matrix)
                linear[number] = _linear(matrix)
            word = UNMAPPED if calls.FPDFText_HasUnicodeMapError(text, place) == 1 else _character(code, pending)
            pending = ""
            yield Char(number, place, word, x.value, y.value, _advance(box, linear[number]), linear[number])
    finally:
        calls.FPDFText_ClosePage(text)


def _advance(box: Any, matrix: _Linear) -> float:
    """How far a character moves on, in points: the width of its box, less what slanted stems lean over."""
    a, b, c, d = matrix
    wide = box.right - box.left
    if not (b or c):
        return float(max(wide, 0))
    tall = box.top - box.bottom
    if abs(b) > abs(a):
        wide, tall = tall, wide
        lean = d / c if c else 0
    else:
        lean = c / d if d else 0
    return float(max(wide - abs(lean) * tall, 0))


def _linear(matrix: Any) -> _Linear:
    return matrix.a, matrix.b, matrix.c, matrix.d


def _character(code: int, pending: str) -> str:
    """A character by its code, or by the two halves that it was handed out in."""
    if pending and 0xDC00 <= code < 0xE000:
        return (pending + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")
    return _HYPHENS.get(code) or (chr(code) if code and not 0xD800 <= code < 0xE000 else UNMAPPED)
