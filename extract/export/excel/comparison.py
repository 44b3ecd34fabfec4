"""A comparison → a workbook: at a glance, every change in a row, projects and funding with charts."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from extract.export.escaping import all_shown
from extract.export.excel.rows import CHANGES, FIGURES, GLANCE, Cell, Columns, changed, figured, glanced
from extract.model.comparison import Comparison

_MADE = datetime(2000, 1, 1)  # the same comparison gives the same bytes
_LONGEST = 32_767  # characters that a cell holds
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
_LINE, _HIGHEST = 16.5, 409  # points: one line of words, and what a row may have
_NARROW = "\u2000"  # characters from here on are as wide as two digits


class _Formats(NamedTuple):
    """How cells look."""

    head: Any
    text: Any
    number: Any
    decimal: Any


def comparison_book(comparison: Comparison) -> bytes:
    """The workbook as XLSX. Words of a guide are always text, never a formula; a number is one."""
    import xlsxwriter

    comparison = all_shown(comparison)
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "title": f"{comparison.before.id} → {comparison.after.id}"})
    formats = _Formats(
        head=book.add_format(
            {**_FONT, "bold": True, "bg_color": "#E4EAF4", "bottom": 1, "valign": "top", "text_wrap": True}
        ),
        text=book.add_format({**_FONT, "valign": "top", "text_wrap": True, "num_format": "@", "align": "left"}),
        number=book.add_format({**_FONT, "valign": "top", "num_format": "#,##0"}),
        decimal=book.add_format({**_FONT, "valign": "top", "num_format": "#,##0.00##"}),
    )
    _sheet(book.add_worksheet("总览"), GLANCE, list(glanced(comparison)), formats._replace(number=formats.text))
    _sheet(book.add_worksheet("变化"), CHANGES, list(changed(comparison)), formats)
    rows = [figured(pair) for pair in comparison.pairs]
    sheet = book.add_worksheet("项目数与经费")
    _sheet(sheet, FIGURES, rows, formats)
    if rows:
        _charts(book, sheet, len(rows), (comparison.before.id, comparison.after.id))
    book.close()
    return data.getvalue()


def _sheet(sheet: Any, columns: Columns, rows: Sequence[Sequence[Cell]], formats: _Formats) -> None:
    """A table with a header that stays in sight, and filters; the key of a column is the note of its header."""
    sheet.freeze_panes(1, 0)
    for place, (key, (name, width)) in enumerate(columns.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, formats.head)
        sheet.write_comment(0, place, key, {"author": "guide-extract"})
    _fill(sheet, rows, [width for _, width in columns.values()], formats)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _for_paper(sheet)


def _fill(sheet: Any, rows: Sequence[Sequence[Cell]], widths: Sequence[int], formats: _Formats) -> None:
    """The rows below the header, each as high as its longest words."""
    for row, cells in enumerate(rows, 1):
        for place, cell in enumerate(cells):
            _write(sheet, row, place, cell, formats)
        lines = max(
            -(-sum(1 + (char > _NARROW) for char in str(cell or "")) // (room - 1))
            for cell, room in zip(cells, widths, strict=True)
        )
        sheet.set_row(row, min(_LINE * max(int(lines), 1), _HIGHEST))


def _write(sheet: Any, row: int, place: int, cell: Cell, formats: _Formats) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, place, None, formats.text)
    elif isinstance(cell, str):
        sheet.write_string(row, place, cell[:_LONGEST], formats.text)
    else:
        sheet.write_number(row, place, cell, formats.number if cell == int(cell) else formats.decimal)


def _for_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


# ── charts ────────────────────────────────────────────────────────────────────────────────────────────


def _charts(book: Any, sheet: Any, rows: int, ids: tuple[str, str]) -> None:
    """Bars of the upper bounds of both sides, section by section, below the table."""
    keys = list(FIGURES)
    for place, (name, field) in enumerate(
        (("拟支持项目数（上限）", "projects"), ("拟支持经费（上限，万元）", "funding"))
    ):
        chart = book.add_chart({"type": "bar"})
        for side, told, colour in (("before", ids[0], "#8A94A6"), ("after", ids[1], "#1B5FC1")):
            column = keys.index(f"{side}.{field}.max")
            chart.add_series(
                {
                    "name": told if ids[0] != ids[1] else f"{told} {'前' if side == 'before' else '后'}",
                    "categories": [sheet.name, 1, keys.index("title"), rows, keys.index("title")],
                    "values": [sheet.name, 1, column, rows, column],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_title({"name": name, "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9DDE4"}}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 600 + 160 * place, "height": 160 + 36 * rows})
        sheet.insert_chart(rows + 2, 0 if place == 0 else 6, chart, {"description": name, "object_position": 1})
