"""Records as pandas frames: one for each kind of item, a row for each item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from extract.errors import ExtractError
from extract.export.tables.columns import Column, Frame, TableRow
from extract.export.tables.conditions import CONDITIONS
from extract.export.tables.guides import CHECKS, FINDINGS, GUIDES
from extract.export.tables.items import AGREEMENTS, OTHER_PARTS, PARTNERS, POINTS, REQUIREMENTS, TOPICS, TRACKS
from extract.export.tables.sections import SECTIONS
from extract.export.tables.sums import SUMS
from extract.model.record import Guide

if TYPE_CHECKING:
    import pandas as pd

FRAMES: tuple[Frame[Any], ...] = (
    SECTIONS, PARTNERS, TOPICS, AGREEMENTS, REQUIREMENTS, CONDITIONS, POINTS, TRACKS, OTHER_PARTS, CHECKS, FINDINGS,
    GUIDES, SUMS,
)  # fmt: skip
_MAX_PIECE_CHARACTERS = 2_000_000  # of buffered rows


def frames(guides: Iterable[Guide]) -> dict[str, pd.DataFrame]:
    """Return the frames of one or more guides, stacked in the given order; docs/tables.md documents every column.

    Amounts are in whole units of their currency, in columns that end in `_wan` in 万元. Unstated values are missing
    (`pandas.NA`), never 0. A frame without rows keeps its columns and their types.
    Raises ExtractError where a number does not fit into 64 bits.
    """
    stacked = [_Rows(frame) for frame in FRAMES]
    for guide in guides:
        for rows in stacked:
            rows.add(guide)
    return {rows.frame.key: rows.take() for rows in stacked}


def pieces(guides: Iterable[Guide]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the frames of many guides piece by piece: (key of the frame, its next rows).

    Concatenated, the pieces of a frame equal that of `frames`; a frame without rows has none. No guide is kept.
    Raises ExtractError where a number does not fit into 64 bits.
    """
    waiting = [_Rows(frame) for frame in FRAMES]
    for guide in guides:
        for rows in waiting:
            rows.add(guide)
            if rows.size >= _MAX_PIECE_CHARACTERS:
                yield rows.frame.key, rows.take()
    for rows in waiting:
        if rows.size:
            yield rows.frame.key, rows.take()


class _Rows:
    """The buffered rows of a frame, by column; `size` is their approximate number of characters."""

    def __init__(self, frame: Frame[Any]) -> None:
        self.frame = frame
        self.size = 0
        self._cells: list[list[Any]] = [[] for _ in frame.columns]

    def add(self, guide: Guide) -> None:
        """Append the rows of a guide. Raises ExtractError where a number does not fit."""
        items = list(self.frame.items(guide))
        for column, cells in zip(self.frame.columns, self._cells, strict=True):
            read = _read(column, items)
            cells += read
            self.size += len(read) + sum(len(cell) for cell in read if isinstance(cell, str))

    def take(self) -> pd.DataFrame:
        """Return the buffered rows as a frame, and empty the buffer."""
        import pandas as pd

        columns = zip(self.frame.columns, self._cells, strict=True)
        series = {column.key: pd.Series(cells, dtype=column.dtype) for column, cells in columns}
        self.size, self._cells = 0, [[] for _ in self.frame.columns]
        return pd.DataFrame(series, copy=False)


def _read(column: Column[Any], items: Sequence[TableRow[Any]]) -> list[Any]:
    """Return the cells of a column. Raises ExtractError where a number fits neither 64 bits nor a float."""
    cells: list[Any] = []
    for item in items:
        try:
            cell = column.read(item)
        except OverflowError:  # an amount in 万元
            raise _too_large(column, item, "") from None
        if isinstance(cell, int) and cell.bit_length() > 63:
            raise _too_large(column, item, f"{cell}, ")
        cells.append(cell)
    return cells


def _too_large(column: Column[Any], item: TableRow[Any], number: str) -> ExtractError:
    where = f"section {item.section}" if item.section else "the guide"
    return ExtractError(
        f"{item.guide.source.file}: {column.key} of {where} is {number}too large for a table; "
        "look at the guide, and write the JSON alone"
    )
