"""One frame → one sheet: headers that explain themselves, filters, widths, and cells that tell why they are empty.

A value of a frame → what a workbook shows in its cell: a number or a text, and how it looks.
"""

import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from extract.errors import ExtractError
from extract.export.escaping import escape_control_characters
from extract.export.labels import ANSWERS, FIELDS
from extract.export.tables.columns import LIST, Column, Frame

LIMIT = 32_767  # characters that Excel lets a cell have, in units of UTF-16
EXACT = 10**15  # Excel's numbers have 15 digits; what has more is written as text
CUT = "……〔此处截断，全文见 JSON · cut here, all of it is in the JSON〕"

CellFormat = Mapping[str, Any]
_ROW: CellFormat = {"valign": "top", "bottom": 4, "bottom_color": "#BFC5CF"}
TEXT: CellFormat = {**_ROW, "align": "left", "text_wrap": True, "indent": 1}
FIGURE: CellFormat = _ROW
# An empty cell of a field says why it is empty, and so does the field's status.
STATUS: Mapping[str, CellFormat] = {
    "absent": {"pattern": 14, "fg_color": "#A6A6A6", "bg_color": "#F2F2F2"},  # hatched
    "none": {"pattern": 1, "bg_color": "#DDEBF7"},
    "unread": {"pattern": 1, "bg_color": "#FFD966"},
}
WORDS: Mapping[str, CellFormat] = {
    "absent": {"pattern": 1, "bg_color": "#E4E4E4", "font_color": "#595959"},
    "none": STATUS["none"],
    "unread": {**STATUS["unread"], "bold": True},
    "inherited": {"font_color": "#595959", "italic": True},
    "contradicted": {"pattern": 1, "bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True},
    "consistent": {"pattern": 1, "bg_color": "#FFF2CC"},
    "proved": {"font_color": "#1D6B38"},
    "error": {"pattern": 1, "bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True},
    "warning": {"pattern": 1, "bg_color": "#FFF2CC"},
}
CORRECTED: CellFormat = {"font_color": "#1B5FC1", "bold": True, "bottom": 1, "bottom_color": "#1B5FC1"}


class Cell(Struct, frozen=True):
    """What stands in a cell, None for nothing, and how it looks."""

    value: str | int | float | None
    look: CellFormat


def format_cell(column: Column[Any], row: Mapping[str, Any]) -> Cell:
    """The cell of a column in a row of its frame; `row` has None for what is missing."""
    value, status = row[column.key], row.get(f"{column.field}_status")
    if value is None:
        return Cell(None, {**TEXT, **STATUS.get(status or "", {})})
    name = column.corrected or column.field
    corrected = CORRECTED if name and name in (row.get("corrected") or "").split(LIST) else {}
    if isinstance(value, bool):
        return Cell(ANSWERS[str(value).lower()].zh, {**TEXT, **corrected})
    if isinstance(value, int | float):
        return _number(value, column.amount, corrected)
    if column.words is None:
        return Cell(written(value), {**TEXT, **corrected})
    told = "、".join(column.words[word].zh if word in column.words else word for word in value.split(LIST))
    return Cell(written(told), {**TEXT, **corrected, **WORDS.get(value, {})})


def _number(value: int | float, amount: bool, look: CellFormat) -> Cell:
    if abs(value) >= EXACT:
        return Cell(str(value), {**TEXT, **look})
    grouped = "#,##0" if value == int(value) else "#,##0.####"
    return Cell(value, {**FIGURE, **look, "num_format": grouped if amount else "General"})


def written(words: str) -> str:
    """Words as a cell may hold them: control characters written out, cut visibly where Excel holds no more."""
    plain = "\n".join(escape_control_characters(line) for line in words.split("\n"))
    if _units(plain) <= LIMIT:
        return plain
    kept = plain.encode("utf-16-le")[: 2 * (LIMIT - _units(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def longest_line(words: str) -> int:
    """How wide a line of words is, in figures: a Chinese character is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in words)


HEAD: CellFormat = {
    "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "pattern": 1, "bg_color": "#DCE6F2",
    "bottom": 1,
}  # fmt: skip
_ROWS = 1_048_575  # that Excel lets a sheet have below its header
_NARROW, _WIDE = 6, 46  # width of a column, in figures
_ARROW = 4  # what the arrow of the filter hides of a header
_LINE = 16  # height of a line in points
_PAPER = 240  # figures across a page of A3 that can still be read
_TINTS = ("#DCE6F2", "#E7EFE2")  # headers of fields, in turn

Format = Callable[[CellFormat], Any]


def write_sheet(book: Any, made: Format, frame: Frame[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the sheet of a frame to a workbook; `rows` have None for what is missing.

    Raises ExtractError where there are more rows than a sheet of Excel holds.
    """
    if len(rows) > _ROWS:
        raise ExtractError(f"{len(rows)} rows of {frame.key}: more than a sheet of Excel holds; use csv or parquet")
    cells = [[format_cell(column, row) for column in frame.columns] for row in rows]
    widths = [_width(column, [row[at] for row in cells]) for at, column in enumerate(frame.columns)]
    sheet = book.add_worksheet(frame.sheet)
    for at, (column, tint) in enumerate(zip(frame.columns, _tints(frame.columns), strict=True)):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(0, at, column.header, made({**HEAD, "bg_color": tint}))
        sheet.write_comment(0, at, *_comment(column))
    sheet.set_row(0, 2 * _LINE + 4)
    for down, row in enumerate(cells, 1):
        sheet.set_row(down, _LINE * min(frame.lines, _lines(row, widths)) + 2)
        for at, one in enumerate(row):
            write_cell(sheet, down, at, one, made)
    sheet.freeze_panes(1, frame.identifying)
    sheet.autofilter(0, 0, len(rows), len(frame.columns) - 1)
    _print(sheet, frame, sum(widths))


def write_cell(sheet: Any, down: int, at: int, one: Cell, made: Format) -> None:
    """Text is always written as text, never as a formula or a link."""
    look = made(one.look)
    if one.value is None:
        sheet.write_blank(down, at, None, look)
    elif isinstance(one.value, str):
        sheet.write_string(down, at, one.value, look)
    else:
        sheet.write_number(down, at, one.value, look)


def _tints(columns: Sequence[Column[Any]]) -> Iterator[str]:
    """The colour of each header: those of a field together."""
    fields = list(FIELDS)
    yield from (_TINTS[fields.index(column.field) % 2 if column.field else 0] for column in columns)


def _comment(column: Column[Any]) -> tuple[str, dict[str, Any]]:
    """What stands behind a header: the key that frames and CSV have, and what the column means."""
    words = f"{column.key}\n{column.meaning}\n{column.en.replace('`', '')}"
    lines = sum(math.ceil(max(1, longest_line(line)) / 38) for line in words.split("\n"))
    return words, {"width": 280, "height": 18 * lines + 12, "font_size": 9, "author": ""}


def _told(one: Cell) -> str:
    if isinstance(one.value, int | float):
        return f"{one.value:,}" if "," in one.look.get("num_format", "") else str(one.value)
    return one.value or ""


def _width(column: Column[Any], cells: Sequence[Cell]) -> int:
    """Wide enough for the longest line, up to a cap; a header may break once."""
    head = math.ceil(longest_line(column.header) / (2 if longest_line(column.header) > 8 else 1)) + _ARROW
    longest = max((longest_line(line) for one in cells for line in _told(one).split("\n")), default=0)
    return max(_NARROW, head, min(_WIDE, longest + 3))


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the longest text of a row needs."""
    return max(
        sum(math.ceil(max(1, longest_line(line)) / (width - 2)) for line in _told(one).split("\n"))
        for one, width in zip(row, widths, strict=True)
    )


def _print(sheet: Any, frame: Frame[Any], width: int) -> None:
    """Landscape A3 with the header on each page; on as many pages side by side as it takes to be legible."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(math.ceil(width / _PAPER), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, frame.identifying - 1)
    sheet.set_footer("&L&A&R&P / &N")
