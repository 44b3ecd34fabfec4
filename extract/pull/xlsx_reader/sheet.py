"""A sheet as it is stored: its cells with words, merged ranges, hidden rows and columns, lines around empty cells."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from lxml import etree

from extract.pull.office.package import Element, OfficePackage
from extract.pull.xlsx_reader.contents import Content, ContentReader
from extract.pull.xlsx_reader.spreadsheetml import MOST_COLUMNS, MOST_ROWS, S, area_of, is_on, place_of, real, whole
from extract.pull.xlsx_reader.styles import CellStyle, Styles

_USUAL_WIDTH = 8.43  # of a column, in digits
_FILLED = etree.XPath("s:c[s:v or s:f or s:is]", namespaces={"s": S[1:-1]})
# Of a row without words; programs write one with thousands of empty cells.
_EMPTY_FORMS = etree.XPath("s:c[position() < 256]/@s", namespaces={"s": S[1:-1]}, smart_strings=False)
# In the head of a page: &L, &"宋体,常规", &12 and &K000000 say how, &P and &D stand for what is counted.
_HEAD_SIDES = ("&L", "&C", "&R")
_HEAD_CODE = re.compile(r'&(?:"[^"]*"|\d{1,3}|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[^&])')


class SheetCell(NamedTuple):
    """A cell with words; `width` is the number of columns over which it is centred."""

    row: int
    column: int
    content: Content
    style: CellStyle
    width: int = 1


class Area(NamedTuple):
    """Rows and columns."""

    rows: range
    columns: range


class Sheet:
    """The cells of a sheet row by row, and what is said of rows, columns and pages."""

    def __init__(self, package: OfficePackage, part: str, contents: ContentReader, styles: Styles) -> None:
        self._contents = contents
        self._styles = styles
        self._widths: list[tuple[range, float]] = []
        self._usual_width = _USUAL_WIDTH
        self._shows_zeros = True
        self.cells: list[SheetCell] = []
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.ruled_rows: set[int] = set()  # without words
        self.heads: list[str] = []
        self.has_other_grounds = False  # which rules or the styles of tables give
        read = {
            f"{S}sheetView": self._read_view,
            f"{S}sheetFormatPr": self._read_usual,
            f"{S}col": self._read_column,
            f"{S}row": self._read_row,
            f"{S}mergeCell": self._read_merged,
            f"{S}headerFooter": self._read_heads,
            f"{S}cfRule": self._read_rule,
            f"{S}tablePart": self._read_rule,
        }
        self._row = -1
        for element in package.elements(part, *read):
            read[str(element.tag)](element)
        self.cells.sort(key=lambda cell: (cell.row, cell.column))

    def width_of(self, column: int) -> float:
        """The width of a column, in digits."""
        return next((width for columns, width in self._widths if column in columns), self._usual_width)

    def _read_view(self, view: Element) -> None:
        self._shows_zeros = is_on(view, "showZeros", usual=True)

    def _read_usual(self, usual: Element) -> None:
        self._usual_width = real(usual, "defaultColWidth") or _USUAL_WIDTH

    def _read_column(self, column: Element) -> None:
        first, last, width = whole(column, "min"), whole(column, "max"), real(column, "width")
        if first is None or last is None:
            return
        columns = range(max(first - 1, 0), min(last, MOST_COLUMNS))
        if is_on(column, "hidden") or width == 0:
            self.hidden_columns.update(columns)
        elif width is not None:
            self._widths.append((columns, width))

    def _read_row(self, row: Element) -> None:
        number = whole(row, "r")
        self._row = number - 1 if number and number <= MOST_ROWS else self._row + 1
        if is_on(row, "hidden") or real(row, "ht") == 0:
            self.hidden_rows.add(self._row)
        filled = cast(list[Element], _FILLED(row))
        for element, column in zip(filled, _columns(row, filled), strict=True):
            self._read_cell(element, column)
        if not filled and self._has_lines(row):
            self.ruled_rows.add(self._row)

    def _has_lines(self, row: Element) -> bool:
        forms = set(cast(list[str], _EMPTY_FORMS(row)))
        return any(self._styles.of(int(form)).is_ruled for form in forms if form.isdecimal())

    def _read_cell(self, element: Element, column: int) -> None:
        style = self._styles.of(whole(element, "s"))
        content = self._contents.read(element, style, shows_zeros=self._shows_zeros)
        if content is not None:
            width = 1 + self._centred_beside(element) if style.is_centred_across else 1
            self.cells.append(SheetCell(self._row, column, content, style, width))

    def _centred_beside(self, element: Element) -> int:
        """The number of empty cells over which one is centred."""
        count = 0
        for beside in element.itersiblings(f"{S}c"):
            if len(beside) or not self._styles.of(whole(beside, "s")).is_centred_across:
                break
            count += 1
        return count

    def _read_merged(self, merged: Element) -> None:
        area = area_of(merged.get("ref"))
        if area is not None:
            self.merged.append(Area(*area))

    def _read_rule(self, _: Element) -> None:
        self.has_other_grounds = True

    def _read_heads(self, heads: Element) -> None:
        """Read what stands at the head and foot of printed pages."""
        printed = {"odd": True, "even": is_on(heads, "differentOddEven"), "first": is_on(heads, "differentFirst")}
        for element in heads:
            name = str(element.tag).removeprefix(S)
            if printed.get(name.removesuffix("Header").removesuffix("Footer")):
                self.heads += _head_lines(element.text or "")


def _columns(row: Element, filled: Sequence[Element]) -> list[int]:
    """The columns of cells; one that does not say its place stands behind the cell before."""
    places = [place_of(cell.get("r")) for cell in filled]
    if None not in places:
        return [place[1] for place in places if place]
    column, columns = -1, dict[Element, int]()
    for cell in row.iterchildren(f"{S}c"):
        place = place_of(cell.get("r"))
        column = place[1] if place else column + 1
        columns[cell] = column
    return [columns[cell] for cell in filled]


def _head_lines(words: str) -> Iterator[str]:
    """The lines of a head without its codes: &C&"黑体"内部资料 &P."""
    pieces = (_HEAD_CODE.sub(lambda code: "\n" if code[0] in _HEAD_SIDES else "", piece) for piece in words.split("&&"))
    return (line for line in "&".join(pieces).split("\n") if line.strip())
