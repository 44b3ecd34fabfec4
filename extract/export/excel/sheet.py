"""Workbooks, sheets and cells of Excel: formats, comments, widths, heights, paper."""

import io
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct

from extract.export.escaping import escape_control_characters
from extract.model.text import display_width

MAX_CELL_LENGTH = 32_767  # UTF-16 units
MAX_EXACT_NUMBER = 10**15  # Excel keeps 15 digits; longer numbers are written as text
MAX_ROWS = 1_048_575  # below the header
CUT_MARK = "……〔此处截断，全文见 JSON · cut here, all of it is in the JSON〕"
_CREATED = datetime(2000, 1, 1)  # fixed, for reproducible bytes
# Words of a guide are always text, never a formula, a link or a number.
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
_LINE_HEIGHT = 16  # points
_MAX_ROW_HEIGHT = 409  # points, Excel's limit
_COMMENT_WIDTH = 38  # digits
_A3 = 8

CellFormat = Mapping[str, Any]
Formats = Callable[[CellFormat], Any]  # returns the workbook format of a CellFormat
TEXT: CellFormat = {
    "valign": "top",
    "bottom": 4,
    "bottom_color": "#BFC5CF",
    "align": "left",
    "text_wrap": True,
    "indent": 1,
}
NUMBER: CellFormat = {"valign": "top", "bottom": 4, "bottom_color": "#BFC5CF"}
HEAD: CellFormat = {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "pattern": 1,
    "bg_color": "#DCE6F2",
    "bottom": 1,
}


# ── workbook ──────────────────────────────────────────────────────────────────────────────────────────


def workbook_bytes(title: str, write: Callable[[Any, Formats], None]) -> bytes:
    """Return the workbook that `write` fills; its bytes depend on the cells alone."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {**_SAFE, "default_format_properties": _FONT}) as book:
        book.set_properties({"title": title, "created": _CREATED})
        write(book, _formats(book))
    return file.getvalue()


def _formats(book: Any) -> Formats:
    """Create each cell format once per workbook."""

    @cache
    def known(look: tuple[tuple[str, Any], ...]) -> Any:
        return book.add_format({**_FONT, **dict(look)})

    return lambda look: known(tuple(sorted(look.items())))


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────


class Cell(Struct, frozen=True):
    """The content of a cell, None if empty, and its format."""

    value: str | int | float | None
    look: CellFormat


def number_cell(value: int | float, look: CellFormat = NUMBER, *, amount: bool = True) -> Cell:
    """Return the cell of a number, an amount with grouped thousands; as text if Excel would round it."""
    if abs(value) >= MAX_EXACT_NUMBER:
        return Cell(str(value), {**TEXT, **look})
    grouped = "#,##0" if value == int(value) else "#,##0.####"
    return Cell(value, {**look, "num_format": grouped if amount else "General"})


def cell_text(words: str) -> str:
    """Return words as cell text: control characters escaped, cut with a visible mark at the limit."""
    plain = "\n".join(escape_control_characters(line) for line in words.split("\n"))
    if _utf16_length(plain) <= MAX_CELL_LENGTH:
        return plain
    kept = plain.encode("utf-16-le")[: 2 * (MAX_CELL_LENGTH - _utf16_length(CUT_MARK))]
    return kept.decode("utf-16-le", "ignore") + CUT_MARK


def _utf16_length(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def write_cell(sheet: Any, row: int, column: int, cell: Cell, formats: Formats) -> None:
    """Write a cell. Text stays text: no formula, no link."""
    look = formats(cell.look)
    if cell.value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell.value, str):
        sheet.write_string(row, column, cell.value, look)
    else:
        sheet.write_number(row, column, cell.value, look)


def write_header_comment(sheet: Any, column: int, words: str) -> None:
    """Write the comment of a header, in a box large enough."""
    box = {"width": 280, "height": 18 * lines_needed(words, _COMMENT_WIDTH) + 12, "font_size": 9, "author": ""}
    sheet.write_comment(0, column, words, box)


# ── widths, heights, paper ────────────────────────────────────────────────────────────────────────────


def width_in_digits(words: str) -> int:
    """Return the width of a line in digits, the unit of column widths; a Chinese character has two.

    >>> width_in_digits("经费 12")
    7
    """
    return round(2 * sum(map(display_width, words)))


def lines_needed(words: str, width: int) -> int:
    """Return the number of lines for words in a width in digits."""
    return sum(math.ceil(max(1, width_in_digits(line)) / width) for line in words.split("\n"))


def set_row_height(sheet: Any, row: int, lines: int) -> None:
    """Set the height of a row for so many lines, up to the limit of Excel."""
    sheet.set_row(row, min(_LINE_HEIGHT * max(lines, 1) + 2, _MAX_ROW_HEIGHT))


def set_paper(sheet: Any, *, pages_wide: int = 1, pages_high: int = 0) -> None:
    """Print on A3, landscape, on so many pages side by side; `pages_high` 0: as many as needed."""
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(pages_wide, pages_high)
    sheet.set_footer("&L&A&R&P / &N")
