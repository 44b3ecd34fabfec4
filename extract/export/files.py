"""Records → the files of tables: one workbook, or a file of CSV or Parquet for each frame."""

from collections.abc import Iterable
from typing import Literal, get_args

from extract.export.flat import comma_separated, parquet
from extract.export.frames import frames
from extract.export.section_frame import SECTIONS
from extract.export.workbook import workbook
from extract.records import Guide

Kind = Literal["xlsx", "csv", "parquet"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def tables(guides: Iterable[Guide], kind: Kind, stem: str) -> dict[str, bytes]:
    """What files of this kind hold, by their names: STEM.xlsx; or STEM.csv for sections, STEM.topics.csv for the rest.

    Raises ExtractError where a number, or the number of rows, is too large for a table.
    """
    if kind == "xlsx":
        return {f"{stem}.xlsx": workbook(guides)}
    written = {"csv": comma_separated, "parquet": parquet}[kind]
    return {
        f"{stem}.{kind}" if key == SECTIONS.key else f"{stem}.{key}.{kind}": written(frame)
        for key, frame in frames(guides).items()
    }
