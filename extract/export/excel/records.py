"""Records → one Excel workbook: what it is, charts, and a sheet for each frame."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.export.excel.about import write_about
from extract.export.excel.charts import write_charts
from extract.export.excel.sheet import Format, write_sheet
from extract.export.tables.frames import FRAMES, frames
from extract.model.record import Guide

if TYPE_CHECKING:
    import pandas as pd

_MADE = datetime(2000, 1, 1)  # the same input gives the same bytes: no clock
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}


def workbook(guides: Iterable[Guide]) -> bytes:
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
