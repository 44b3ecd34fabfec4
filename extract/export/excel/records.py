"""The workbook of records: a sheet of explanations, charts, and a sheet for each frame.

Sheets of frames have header comments, filters, widths, and formats that show why a cell is empty.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from extract.errors import ExtractError
from extract.export.excel.charts import SHEET as CHARTS
from extract.export.excel.charts import write_charts
from extract.export.excel.sheet import (
    HEAD,
    MAX_ROWS,
    NUMBER,
    TEXT,
    Cell,
    CellFormat,
    Formats,
    cell_text,
    lines_needed,
    number_cell,
    set_paper,
    set_row_height,
    width_in_digits,
    workbook_bytes,
    write_cell,
    write_header_comment,
)
from extract.export.labels import ANSWERS
from extract.export.tables.columns import LIST, Column, Frame
from extract.export.tables.frames import FRAMES, frames
from extract.export.tables.guides import GUIDES
from extract.model.fields import FIELDS
from extract.model.record import Guide

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]  # of a frame; None is a missing value

# Formats of a field's empty cells by status, and of closed words.
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


_MIN_WIDTH, _MAX_WIDTH = 6, 46  # of a column, in digits
_LONG_HEADER = 8  # digits; longer headers may wrap once
_FILTER_ARROW = 4  # digits of a header hidden by the filter arrow
_PAGE_WIDTH = 240  # digits across a legible A3 page
_TINTS = ("#DCE6F2", "#E7EFE2")  # of the headers of fields, alternating


def record_workbook(guides: Iterable[Guide]) -> bytes:
    """Return the workbook of one or more guides as XLSX; its bytes depend on nothing else.

    Raises ExtractError where a number or the number of rows is too large for it.
    """
    stacked = list(guides)
    tables = {key: _rows(frame) for key, frame in frames(stacked).items()}

    def write(book: Any, formats: Formats) -> None:
        _write_about(book, formats, tables)
        write_charts(book, formats, stacked)
        for frame in FRAMES:
            _write_frame(book, formats, frame, tables[frame.key])

    return workbook_bytes("guide-extract", write)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, with None for missing values."""
    stated = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in stated.itertuples(index=False, name=None)]


# ── the sheet of a frame ──────────────────────────────────────────────────────────────────────────────


def _write_frame(book: Any, formats: Formats, frame: Frame[Any], rows: Sequence[Row]) -> None:
    """Add the sheet of a frame. Raises ExtractError where there are more rows than a sheet of Excel holds."""
    if len(rows) > MAX_ROWS:
        raise ExtractError(f"{len(rows)} rows of {frame.key}: more than a sheet of Excel holds; use csv or parquet")
    cells = [[_cell(column, row) for column in frame.columns] for row in rows]
    widths = [_width(column, [row[index] for row in cells]) for index, column in enumerate(frame.columns)]
    sheet = book.add_worksheet(frame.sheet)
    for index, (column, tint) in enumerate(zip(frame.columns, _tints(frame.columns), strict=True)):
        sheet.set_column(index, index, widths[index])
        sheet.write_string(0, index, column.header, formats({**HEAD, "bg_color": tint}))
        write_header_comment(sheet, index, f"{column.key}\n{column.meaning}\n{column.en.replace('`', '')}")
    set_row_height(sheet, 0, 2)
    for number, row in enumerate(cells, 1):
        lines = max(lines_needed(_shown(cell), width - 2) for cell, width in zip(row, widths, strict=True))
        set_row_height(sheet, number, min(frame.lines, lines))
        for index, cell in enumerate(row):
            write_cell(sheet, number, index, cell, formats)
    sheet.freeze_panes(1, frame.identifying)
    sheet.autofilter(0, 0, len(rows), len(frame.columns) - 1)
    set_paper(sheet, pages_wide=math.ceil(sum(widths) / _PAGE_WIDTH))
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, frame.identifying - 1)


def _cell(column: Column[Any], row: Row) -> Cell:
    """Return the cell of a column in a row of its frame."""
    value, status = row[column.key], row.get(f"{column.field}_status")
    if value is None:
        return Cell(None, {**TEXT, **STATUS.get(status or "", {})})
    name = column.corrected or column.field
    corrected = CORRECTED if name and name in (row.get("corrected") or "").split(LIST) else {}
    if isinstance(value, bool):
        return Cell(ANSWERS[str(value).lower()].zh, {**TEXT, **corrected})
    if isinstance(value, int | float):
        return number_cell(value, {**NUMBER, **corrected}, amount=column.amount)
    if column.words is None:
        return Cell(cell_text(value), {**TEXT, **corrected})
    words = "、".join(column.words[word].zh if word in column.words else word for word in value.split(LIST))
    return Cell(cell_text(words), {**TEXT, **corrected, **WORDS.get(value, {})})


def _tints(columns: Sequence[Column[Any]]) -> Iterator[str]:
    """Yield the colour of each header, one for each field."""
    fields = list(FIELDS)
    yield from (_TINTS[fields.index(column.field) % 2 if column.field else 0] for column in columns)


def _shown(cell: Cell) -> str:
    """Return the displayed characters of a cell."""
    if isinstance(cell.value, int | float):
        return f"{cell.value:,}" if "," in cell.look.get("num_format", "") else str(cell.value)
    return cell.value or ""


def _width(column: Column[Any], cells: Sequence[Cell]) -> int:
    """Return the width of a column: the longest line, within limits; a header may wrap once."""
    header = width_in_digits(column.header)
    header = math.ceil(header / (2 if header > _LONG_HEADER else 1)) + _FILTER_ARROW
    longest = max((width_in_digits(line) for cell in cells for line in _shown(cell).split("\n")), default=0)
    return max(_MIN_WIDTH, header, min(_MAX_WIDTH, longest + 3))


# ── the sheet that explains the workbook ──────────────────────────────────────────────────────────────

SHEET = "说明"
_INTRODUCTION = (
    "读自项目申报指南的数据：一表一类，一行一项。",
    "每个值的出处（页、位置、原文）见各份指南自己的 JSON 记录，它与指南文件同名：guide.pdf 的是 guide.json。",
    "表头的批注写有栏目的英文键（CSV、Parquet 与 pandas 所用）和含义。空格有四种，由底色分别；没有写的从不记作 0。",
    "Read from research-funding guides. Comments on the headers give the key and the meaning of each column.",
    "Where a value was read stands in the JSON record of its guide, which is named after it: guide.json for guide.pdf.",
)
_OF_A_GUIDE = (
    "guide", "file", "title", "pages", "sections", "contradicted", "findings_error", "findings_warning", "reader",
    "sha256",
)  # fmt: skip
_WIDTHS = (14, 46, 62, 8, 8, 8, 8, 8, 14, 68)
_LEGEND: tuple[tuple[str | int | None, CellFormat, str, str], ...] = (
    (None, STATUS["absent"], "未列：这一节没有这一栏", "absent: the section has no such label"),
    (None, STATUS["none"], "写无：指南写的是“无”", "none: the guide writes 无"),
    (None, STATUS["unread"], "未读懂：有这一栏，但没有读懂，请看原文", "unread: the words were not understood"),
    (None, {}, "没有写：这一栏写了别的，没有这一项（如只有上限）", "not stated: an open side, for one"),
    (0, {}, "零：指南写的就是 0", "zero: the guide says 0"),
    ("沿用", WORDS["inherited"], "本节未写，沿用整份指南的规定", "inherited from the guide as a whole"),
    ("500", CORRECTED, "由人更正过的栏目", "corrected by a person"),
    ("矛盾", WORDS["contradicted"], "核对的结果：矛盾", "a check that is contradicted"),
    ("不矛盾", WORDS["consistent"], "核对的结果：可能为真，不能证明", "a check that can be true"),
    ("错误", WORDS["error"], "要看的地方：错误", "a finding of severity error"),
    ("注意", WORDS["warning"], "要看的地方：注意", "a finding of severity warning"),
)


def _write_about(book: Any, formats: Formats, tables: Mapping[str, Sequence[Row]]) -> None:
    """Add the sheet of explanations; `tables` are the rows of each frame."""
    sheet = book.add_worksheet(SHEET)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, "项目申报指南数据表", formats({"bold": True, "font_size": 16}))
    for down, line in enumerate(_INTRODUCTION, 1):
        sheet.write_string(down, 0, line, formats({"font_color": "#595959"}))
    down = _guides(sheet, formats, tables["guides"], len(_INTRODUCTION) + 2)
    down = _legend(sheet, formats, down + 1)
    _sheets(sheet, formats, tables, down + 1)
    set_paper(sheet)


def _guides(sheet: Any, formats: Formats, rows: Sequence[Row], down: int) -> int:
    """Write a line for each guide. Returns the row below."""
    columns = {column.key: column for column in GUIDES.columns}
    for at, key in enumerate(_OF_A_GUIDE):
        sheet.write_string(down, at, columns[key].header, formats(HEAD))
    for row in rows:
        down += 1
        for at, key in enumerate(_OF_A_GUIDE):
            write_cell(sheet, down, at, _cell(columns[key], row), formats)
    return down + 1


def _legend(sheet: Any, formats: Formats, down: int) -> int:
    """Write the meaning of the colours of cells. Returns the row below."""
    for at, head in enumerate(("样子", "意思", "meaning")):
        sheet.write_string(down, at, head, formats(HEAD))
    for sample, look, zh, en in _LEGEND:
        down += 1
        write_cell(
            sheet, down, 0, Cell(sample, {"align": "center", "border": 1, "border_color": "#D9DDE4", **look}), formats
        )
        sheet.write_string(down, 1, zh, formats(TEXT))
        sheet.write_string(down, 2, en, formats(TEXT))
    return down + 1


def _sheets(sheet: Any, formats: Formats, tables: Mapping[str, Sequence[Row]], down: int) -> None:
    """Write the list of sheets with the number of their rows."""
    for at, head in enumerate(("工作表", "内容", "holds", "行数")):
        sheet.write_string(down, at, head, formats(HEAD))
    write_cell(sheet, down + 1, 0, Cell(CHARTS, TEXT), formats)
    write_cell(sheet, down + 1, 1, Cell("经费与项目数的图", TEXT), formats)
    write_cell(sheet, down + 1, 2, Cell("charts of money and projects", TEXT), formats)
    for at, frame in enumerate(FRAMES, down + 2):
        entries: tuple[str | int, ...] = (frame.sheet, frame.means.zh, frame.means.en, len(tables[frame.key]))
        for column, entry in enumerate(entries):
            write_cell(sheet, at, column, Cell(entry, TEXT), formats)
