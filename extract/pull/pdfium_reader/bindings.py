"""PDFium's functions for what is asked of every character and object of a page, at half the price of pypdfium2's own.

They take and return plain addresses, where pypdfium2's make an object of each, and they keep the interpreter's lock,
as each is over in less time than letting it go and taking it again would need. `calls.FPDFText_GetUnicode(text, 5)`:
names, and numbers in and out, are PDFium's; what is to be filled in is given by `ctypes.addressof`.
"""

from ctypes import PYFUNCTYPE, addressof, c_void_p, cast
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


def address(page: Any) -> Address:
    """Where PDFium keeps a page, or another thing that pypdfium2 handed out."""
    return addressof(page.raw.contents)
