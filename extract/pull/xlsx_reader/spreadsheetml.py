"""Names of Excel's XML (SpreadsheetML, ECMA-376 part 1), and what its attributes say. Rows and columns count from 0."""

import re
from collections.abc import Iterator

from extract.pull.office.package import Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SPREADSHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")

Place = tuple[int, int]  # row and column


def place_of(reference: str | None) -> Place | None:
    """The row and column of a cell; None for no place of a sheet.

    >>> place_of("A1"), place_of("$XFD$1048576"), place_of("XFE1"), place_of("A")
    ((0, 0), (1048575, 16383), None, None)
    """
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row - 1, column - 1) if row <= MOST_ROWS and column <= MOST_COLUMNS else None


def area_of(reference: str | None) -> tuple[range, range] | None:
    """The rows and columns of an area: A1:C3."""
    first, _, last = (reference or "").partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = (sorted(pair) for pair in zip(start, end, strict=True))
    return range(top, bottom + 1), range(left, right + 1)


def name_of(place: Place) -> str:
    """The name of a cell.

    >>> name_of((0, 0)), name_of((1048575, 16383))
    ('A1', 'XFD1048576')
    """
    row, column = place
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def is_on(element: Element | None, name: str, *, usual: bool = False) -> bool:
    """What a switch among the attributes says."""
    words = None if element is None else element.get(name)
    return usual if words is None else words.strip().lower() in ("1", "true", "on")


def whole(element: Element, name: str) -> int | None:
    """An attribute that is a whole number from 0; None if it is none."""
    words = (element.get(name) or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None


def real(element: Element, name: str) -> float | None:
    """An attribute that is a number; None if it is none."""
    try:
        return float(element.get(name, ""))
    except ValueError:
        return None


def path(element: Element | None, *names: str) -> Element | None:
    """The child of a child of an element; None where one is missing."""
    for name in names:
        element = None if element is None else element.find(S + name)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if element is None else element.iterchildren(S + name)
