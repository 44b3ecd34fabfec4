"""PDFium's functions for what is asked of every character and object of a page, at half the price of pypdfium2's own.

They take and return plain addresses, where pypdfium2's make an object of each, and they keep the interpreter's lock,
as each is over in less time than letting it go and taking it again would need. `calls.FPDFText_GetUnicode(text, 5)`:
names, and numbers in and out, are PDFium's; what is to be filled in is given by `ctypes.addressof`.

The font that PDFium is given for Chinese fonts that a PDF only names: one box for every character.

PDFium leaves out text whose glyphs it cannot find, so what it reads would depend on the fonts of the machine.
With boxes.ttf, in which every character is the same full-width box, it reads the same everywhere. The file is
drawn by tests/typeset/boxes.py.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import PYFUNCTYPE, addressof, c_void_p, cast, memmove
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

Address = int


def __getattr__(name: str) -> Any:
    """A function of PDFium by its name, made when it is first asked for."""
    known = getattr(pdfium, name)
    place: Any = cast(known, c_void_p).value
    function = PYFUNCTYPE(_plain(known.restype), *map(_plain, known.argtypes))(place)
    globals()[name] = function
    return function


def _plain(kind: Any) -> Any:
    return c_void_p if hasattr(kind, "contents") else kind


def function_address(page: Any) -> Address:
    """Where PDFium keeps a page, or another thing that pypdfium2 handed out."""
    return addressof(page.raw.contents)


_FONT = Path(__file__).with_name("boxes.ttf")
_CHINESE_JAPANESE_KOREAN = {128, 129, 134, 136}  # Windows character sets: Shift JIS, Hangul, GB 2312, Big 5
_GB2312 = 134
_HANDLE = 1
_NAME = b"Boxes\0"
_released: list[Any] = []  # tables of the machine's fonts, to be freed once PDFium has another


@contextmanager
def box_fonts_installed() -> Iterator[None]:
    """While this lasts PDFium takes boxes for Chinese fonts that are not embedded; then the machine's fonts again.

    PDFium lets go of a table of fonts when it is given another one, so the machine's is made anew each time.
    """
    pdfium.FPDF_SetSystemFontInfo(_boxes())
    while _released:
        pdfium.FPDF_FreeDefaultSystemFontInfo(_released.pop())
    try:
        yield
    finally:
        machine = pdfium.FPDF_GetDefaultSystemFontInfo()
        pdfium.FPDF_SetSystemFontInfo(machine)
        _released.append(machine)


@cache
def _boxes() -> Any:
    """PDFium's table of callbacks, filled with ours; kept for the life of the process, as PDFium calls into it."""
    font = _FONT.read_bytes()
    callbacks = {
        "Release": lambda _: None,
        "EnumFonts": lambda _, mapper: None,
        "MapFont": lambda _, weight, italic, charset, *more: _HANDLE if charset in _CHINESE_JAPANESE_KOREAN else None,
        "GetFont": lambda _, face: None,
        "GetFontData": lambda _, handle, table, buffer, size: _hand_out(_table(font, table), buffer, size),
        "GetFaceName": lambda _, handle, buffer, size: _hand_out(_NAME, buffer, size),
        "GetFontCharset": lambda _, handle: _GB2312,
        "DeleteFont": lambda _, handle: None,
    }
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 2
    for name, kind in pdfium.FPDF_SYSFONTINFO._fields_:
        if name in callbacks:
            setattr(info, name, kind(callbacks[name]))
    return info


def _hand_out(data: bytes, buffer: Any, size: int) -> int:
    """How long the data is; written into the buffer where it fits."""
    if buffer and data and size >= len(data):
        memmove(buffer, data, len(data))
    return len(data)


def _table(font: bytes, tag: int) -> bytes:
    """One table of a TrueType font, or the whole font for tag 0."""
    if not tag:
        return font
    (count,) = struct.unpack(">H", font[4:6])
    entries = (struct.unpack(">I4xII", font[12 + 16 * n : 28 + 16 * n]) for n in range(count))
    return next((font[start : start + length] for name, start, length in entries if name == tag), b"")
