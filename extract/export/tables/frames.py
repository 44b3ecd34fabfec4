"""Records → pandas: one tidy frame for each kind of thing in a guide, one row for each thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from extract.errors import ExtractError
from extract.export.tables.columns import Column, Frame, Item
from extract.export.tables.guide_frames import CHECKS, FINDINGS, GUIDES
from extract.export.tables.item_frames import AGREEMENTS, OTHER_PARTS, PARTNERS, REQUIREMENTS, TOPICS, TRACKS
from extract.export.tables.section_frame import SECTIONS
from extract.export.tables.sums import SUMS
from extract.records import Guide

if TYPE_CHECKING:
    import pandas as pd

FRAMES: tuple[Frame[Any], ...] = (
    SECTIONS, PARTNERS, TOPICS, AGREEMENTS, REQUIREMENTS, TRACKS, OTHER_PARTS, CHECKS, FINDINGS, GUIDES, SUMS,
)  # fmt: skip


def frames(guides: Iterable[Guide]) -> dict[str, pd.DataFrame]:
    """The frames of one guide or of many, stacked in the order given; docs/tables.md tells every column.

    Amounts are whole units of their currency, those in columns that end in `_wan` 万元. What is not stated is missing
    (`pandas.NA`), never 0. A frame without rows keeps its columns and their types.
    Raises ExtractError where a number does not fit into 64 bits.
    """
    read = list(guides)
    return {frame.key: _frame(frame, [item for guide in read for item in frame.items(guide)]) for frame in FRAMES}


def _frame(frame: Frame[Any], items: Sequence[Item[Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({column.key: _series(column, items) for column in frame.columns}, copy=False)


def _series(column: Column[Any], items: Sequence[Item[Any]]) -> pd.Series[Any]:
    import pandas as pd

    cells = [column.read(item) for item in items]
    for item, cell in zip(items, cells, strict=True):
        if isinstance(cell, int) and cell.bit_length() > 63:
            place = f"section {item.section}" if item.section else "the guide"
            raise ExtractError(
                f"{item.guide.source.file}: {column.key} of {place} is {cell}, too large for a table; "
                "look at the guide, and write the JSON alone"
            )
    return pd.Series(cells, dtype=column.dtype)
