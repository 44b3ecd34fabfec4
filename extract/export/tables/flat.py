"""Frames → CSV and Parquet, a file for each frame."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from extract.export.shown import shown

if TYPE_CHECKING:
    import pandas as pd

# What makes a spreadsheet take a cell for a formula, and the mark that says it is none.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n'")
_TEXT = "'"


def comma_separated(frame: pd.DataFrame) -> bytes:
    """A frame as CSV that Excel opens: UTF-8 with a mark, lines end in a line feed, what is missing is empty.

    Control characters are written out (\\u001b), but for line feeds. A text that could be taken for a formula gets an
    apostrophe in front, and so does one that begins with an apostrophe: take one off, and it is the text again.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [_cells(frame[key]) for key in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return file.getvalue().encode("utf-8-sig")


def _cells(column: pd.Series[Any]) -> list[str]:
    """The cells of a column as CSV has them."""
    shape = _text if column.dtype == "string" else str
    return ["" if missing else shape(cell) for cell, missing in zip(column, column.isna(), strict=True)]


def _text(words: str) -> str:
    plain = "\n".join(shown(line) for line in words.split("\n"))
    return _TEXT + plain if words.startswith(_FORMULA) else plain


def parquet(frame: pd.DataFrame) -> bytes:
    """A frame as Parquet, with its types and the bare text."""
    file = io.BytesIO()
    frame.to_parquet(file, engine="pyarrow", index=False)
    return file.getvalue()
