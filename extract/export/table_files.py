"""Records → the files of tables: one workbook, or a file of CSV or Parquet for each frame."""

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO, Literal, get_args

from extract.export.excel.records import workbook
from extract.export.flat import comma_separated, parquet
from extract.export.tables.frames import FRAMES, frames, pieces
from extract.export.tables.sections import SECTIONS
from extract.model.record import Guide

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
    files = {name: io.BytesIO() for name in names(kind, stem)}
    write_tables(guides, kind, list(files.values()))
    return {name: file.getvalue() for name, file in files.items()}


def write_tables(guides: Iterable[Guide], kind: Kind, files: Sequence[IO[bytes]]) -> None:
    """Write the files that `names` names, in its order. CSV and Parquet are written as guides come, and keep none.

    Raises ExtractError where a number, or the number of rows, is too large for a table.
    """
    if kind == "xlsx":
        files[0].write(workbook(guides))
        return
    opened = {"csv": comma_separated, "parquet": parquet}[kind]
    with ExitStack() as stack:
        append = {
            key: stack.enter_context(opened(file, empty))
            for file, (key, empty) in zip(files, frames([]).items(), strict=True)
        }
        for key, rows in pieces(guides):
            append[key](rows)
