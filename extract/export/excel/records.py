"""Records → one Excel workbook: what it is, charts, and a sheet for each frame.

The first sheet of a workbook: which guides these are, what its colours mean, which sheets there are.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.export.excel.charts import SHEET as CHARTS
from extract.export.excel.charts import write_charts
from extract.export.excel.sheet import (
    CORRECTED,
    HEAD,
    STATUS,
    TEXT,
    WORDS,
    Cell,
    CellFormat,
    Format,
    format_cell,
    write_cell,
    write_sheet,
)
from extract.export.tables.frames import FRAMES, frames
from extract.export.tables.guides import GUIDES
from extract.model.record import Guide

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
    ("从总则", WORDS["inherited"], "取自总则（引言）", "inherited from the introduction"),
    ("500", CORRECTED, "由人更正过的栏目", "corrected by a person"),
    ("矛盾", WORDS["contradicted"], "核对的结果：矛盾", "a check that is contradicted"),
    ("不矛盾", WORDS["consistent"], "核对的结果：可能为真，不能证明", "a check that can be true"),
    ("错误", WORDS["error"], "要看的地方：错误", "a finding of severity error"),
    ("注意", WORDS["warning"], "要看的地方：注意", "a finding of severity warning"),
)


def write_about(book: Any, made: Format, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Add the first sheet to a workbook; `tables` are the rows of each frame."""
    sheet = book.add_worksheet(SHEET)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, "项目申报指南数据表", made({"bold": True, "font_size": 16}))
    for down, line in enumerate(_INTRODUCTION, 1):
        sheet.write_string(down, 0, line, made({"font_color": "#595959"}))
    down = _guides(sheet, made, tables["guides"], len(_INTRODUCTION) + 2)
    down = _legend(sheet, made, down + 1)
    _sheets(sheet, made, tables, down + 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)


def _guides(sheet: Any, made: Format, rows: Sequence[Mapping[str, Any]], down: int) -> int:
    """A line for each guide. Returns the row below."""
    columns = {column.key: column for column in GUIDES.columns}
    for at, key in enumerate(_OF_A_GUIDE):
        sheet.write_string(down, at, columns[key].header, made(HEAD))
    for row in rows:
        down += 1
        for at, key in enumerate(_OF_A_GUIDE):
            write_cell(sheet, down, at, format_cell(columns[key], row), made)
    return down + 1


def _legend(sheet: Any, made: Format, down: int) -> int:
    """What the colours of cells mean. Returns the row below."""
    for at, head in enumerate(("样子", "意思", "meaning")):
        sheet.write_string(down, at, head, made(HEAD))
    for sample, look, zh, en in _LEGEND:
        down += 1
        write_cell(
            sheet, down, 0, Cell(sample, {"align": "center", "border": 1, "border_color": "#D9DDE4", **look}), made
        )
        sheet.write_string(down, 1, zh, made(TEXT))
        sheet.write_string(down, 2, en, made(TEXT))
    return down + 1


def _sheets(sheet: Any, made: Format, tables: Mapping[str, Sequence[Mapping[str, Any]]], down: int) -> None:
    """Which sheets follow, and how many rows they have."""
    for at, head in enumerate(("工作表", "内容", "holds", "行数")):
        sheet.write_string(down, at, head, made(HEAD))
    write_cell(sheet, down + 1, 0, Cell(CHARTS, TEXT), made)
    write_cell(sheet, down + 1, 1, Cell("经费与项目数的图", TEXT), made)
    write_cell(sheet, down + 1, 2, Cell("charts of money and projects", TEXT), made)
    for at, frame in enumerate(FRAMES, down + 2):
        told: tuple[str | int, ...] = (frame.sheet, frame.means.zh, frame.means.en, len(tables[frame.key]))
        for place, words in enumerate(told):
            write_cell(sheet, at, place, Cell(words, TEXT), made)


if TYPE_CHECKING:
    import pandas as pd

_MADE = datetime(2000, 1, 1)  # the same input gives the same bytes: no clock
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}


def record_workbook(guides: Iterable[Guide]) -> bytes:
    """An Excel workbook of one guide or of many, stacked; the same guides give the same bytes.

    Raises ExtractError where a number or the number of rows is too large for it.
    """
    from xlsxwriter import Workbook

    read = list(guides)
    tables = {key: _rows(frame) for key, frame in frames(read).items()}
    file = io.BytesIO()
    with Workbook(file, {**_SAFE, "default_format_properties": _FONT}) as book:
        book.set_properties({"title": "guide-extract", "created": _MADE})
        made = _formats(book)
        write_about(book, made, tables)
        write_charts(book, made, read)
        for frame in FRAMES:
            write_sheet(book, made, frame, tables[frame.key])
    return file.getvalue()


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, with None for what is missing."""
    stated = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in stated.itertuples(index=False, name=None)]


def _formats(book: Any) -> Format:
    """Each look of a cell is one format of the workbook."""

    @cache
    def known(look: tuple[tuple[str, Any], ...]) -> Any:
        return book.add_format({**_FONT, **dict(look)})

    return lambda look: known(tuple(sorted(look.items())))
