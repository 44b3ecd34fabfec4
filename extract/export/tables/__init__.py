"""Records → the files of tables: one workbook, or a file of CSV or Parquet for each frame."""

from collections.abc import Iterable
from typing import Literal, get_args

from extract.export.tables.flat import comma_separated, parquet
from extract.export.tables.frames import FRAMES, frames
from extract.export.tables.section_frame import SECTIONS
from extract.export.tables.workbook import workbook
from extract.records import Guide

Kind = Literal["xlsx", "csv", "parquet"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def names(kind: Kind, stem: str) -> list[str]:
    """What files of this kind are called: STEM.xlsx; or STEM.csv for sections, and STEM.topics.csv and so on."""
    if kind == "xlsx":
        return [f"{stem}.xlsx"]
    return [f"{stem}.{kind}" if frame is SECTIONS else f"{stem}.{frame.key}.{kind}" for frame in FRAMES]


def tables(guides: Iterable[Guide], kind: Kind, stem: str) -> dict[str, bytes]:
    """What files of this kind hold, by their names.

    Raises ExtractError where a number, or the number of rows, is too large for a table.
    """
    if kind == "xlsx":
        return dict(zip(names(kind, stem), [workbook(guides)], strict=True))
    written = {"csv": comma_separated, "parquet": parquet}[kind]
    return dict(zip(names(kind, stem), map(written, frames(guides).values()), strict=True))
