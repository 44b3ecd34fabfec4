"""A value of a frame → what a workbook shows in its cell: a number or a text, and how it looks."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from extract.export.escaping import shown
from extract.export.labels import ANSWERS
from extract.export.tables.columns import LIST, Column

LIMIT = 32_767  # characters that Excel lets a cell have, in units of UTF-16
EXACT = 10**15  # Excel's numbers have 15 digits; what has more is written as text
CUT = "……〔此处截断，全文见 JSON · cut here, all of it is in the JSON〕"

Look = Mapping[str, Any]
_ROW: Look = {"valign": "top", "bottom": 4, "bottom_color": "#BFC5CF"}
TEXT: Look = {**_ROW, "align": "left", "text_wrap": True, "indent": 1}
FIGURE: Look = _ROW
# An empty cell of a field says why it is empty, and so does the field's status.
STATUS: Mapping[str, Look] = {
    "absent": {"pattern": 14, "fg_color": "#A6A6A6", "bg_color": "#F2F2F2"},  # hatched
    "none": {"pattern": 1, "bg_color": "#DDEBF7"},
    "unread": {"pattern": 1, "bg_color": "#FFD966"},
}
WORDS: Mapping[str, Look] = {
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
CORRECTED: Look = {"font_color": "#1B5FC1", "bold": True, "bottom": 1, "bottom_color": "#1B5FC1"}


class Cell(Struct, frozen=True):
    """What stands in a cell, None for nothing, and how it looks."""

    value: str | int | float | None
    look: Look


def cell(column: Column[Any], row: Mapping[str, Any]) -> Cell:
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


def _number(value: int | float, amount: bool, look: Look) -> Cell:
    if abs(value) >= EXACT:
        return Cell(str(value), {**TEXT, **look})
    grouped = "#,##0" if value == int(value) else "#,##0.####"
    return Cell(value, {**FIGURE, **look, "num_format": grouped if amount else "General"})


def written(words: str) -> str:
    """Words as a cell may hold them: control characters written out, cut visibly where Excel holds no more."""
    plain = "\n".join(shown(line) for line in words.split("\n"))
    if _units(plain) <= LIMIT:
        return plain
    kept = plain.encode("utf-16-le")[: 2 * (LIMIT - _units(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def breadth(words: str) -> int:
    """How wide a line of words is, in figures: a Chinese character is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in words)
