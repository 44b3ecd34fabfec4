"""Fast bindings of PDFium functions, and a substitute font for Chinese fonts that are not embedded.

The functions take and return plain addresses, where pypdfium2 creates an object for each, and keep the GIL, as a call
is shorter than releasing and taking it again: half the cost of pypdfium2's bindings. Names and arguments are PDFium's
(`calls.FPDFText_GetUnicode(text, 5)`); output arguments are passed by `ctypes.addressof`.

PDFium drops text whose glyphs it cannot find, so its result would depend on the fonts of the machine. With boxes.ttf,
in which every character is the same full-width box, the result is the same everywhere. The file is drawn by
tests/typeset/boxes.py.
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
    """Bind a function of PDFium by its name on first use."""
    known = getattr(pdfium, name)
    address: Any = cast(known, c_void_p).value
    function = PYFUNCTYPE(_plain(known.restype), *map(_plain, known.argtypes))(address)
    globals()[name] = function
    return function


def _plain(kind: Any) -> Any:
    return c_void_p if hasattr(kind, "contents") else kind


def function_address(page: Any) -> Address:
    """The address of a page, or of another pypdfium2 object."""
    return addressof(page.raw.contents)


_FONT = Path(__file__).with_name("boxes.ttf")
_CHINESE_JAPANESE_KOREAN = {128, 129, 134, 136}  # Windows character sets: Shift JIS, Hangul, GB 2312, Big 5
_GB2312 = 134
_HANDLE = 1
_NAME = b"Boxes\0"
_released: list[Any] = []  # tables of the machine's fonts, to be freed once PDFium has another


@contextmanager
def box_fonts_installed() -> Iterator[None]:
    """Substitute boxes for Chinese fonts that are not embedded, for the duration of the context.

    PDFium releases its font table when it is given another, so the machine's table is created anew each time.
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
    """PDFium's table of font callbacks; cached for the life of the process, as PDFium calls into it."""
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
    """Copy data into a buffer if it fits, and return its length."""
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
