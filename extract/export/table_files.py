"""Write tables of records: one workbook, or a file of CSV or Parquet for each frame, piece by piece."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

from extract.export.escaping import escape_control_characters
from extract.export.excel.records import record_workbook
from extract.export.tables.frames import FRAMES, frames, pieces
from extract.export.tables.sections import SECTIONS
from extract.model.record import Guide

if TYPE_CHECKING:
    import pandas as pd

Append = Callable[["pd.DataFrame"], None]

# First characters that make a cell a formula in spreadsheets, and the mark that prevents it.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n'")
_TEXT_MARK = "'"


@contextmanager
def write_csv(file: IO[bytes], empty: pd.DataFrame) -> Iterator[Append]:
    """A CSV file that Excel opens, to append rows to; `empty` is the frame without rows.

    UTF-8 with a mark, lines end in a line feed, what is missing is empty. Control characters are written out (\\u001b),
    but for line feeds. A text that could be taken for a formula gets an apostrophe in front, and so does one that
    begins with an apostrophe: take one off, and it is the text again.
    """
    words = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(words, lineterminator="\n")
    writer.writerow(empty.columns)
    yield lambda rows: writer.writerows(zip(*(_cells(rows[key]) for key in rows.columns), strict=True))
    words.detach()  # flush, but leave the underlying file open for the caller


def _cells(column: pd.Series[Any]) -> list[str]:
    """Return the cells of a column as CSV text."""
    shape = _text if column.dtype == "string" else str
    return ["" if missing else shape(cell) for cell, missing in zip(column, column.isna(), strict=True)]


def _text(words: str) -> str:
    plain = "\n".join(escape_control_characters(line) for line in words.split("\n"))
    return _TEXT_MARK + plain if words.startswith(_FORMULA_STARTS) else plain


@contextmanager
def write_parquet(file: IO[bytes], empty: pd.DataFrame) -> Iterator[Append]:
    """A Parquet file to append rows to; `empty` is the frame without rows.

    Text is unchanged, and types are those of the frame, whatever the first rows contain.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.Schema.from_pandas(empty, preserve_index=False)
    with ParquetWriter(file, schema) as writer:
        yield lambda rows: writer.write_table(pa.Table.from_pandas(rows, schema, preserve_index=False))


Kind = Literal["xlsx", "csv", "parquet"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def table_file_names(kind: Kind, stem: str) -> list[str]:
    """Return the names of the files of a kind: STEM.xlsx; or STEM.csv for sections, and STEM.topics.csv and so on."""
    if kind == "xlsx":
        return [f"{stem}.xlsx"]
    return [f"{stem}.{kind}" if frame is SECTIONS else f"{stem}.{frame.key}.{kind}" for frame in FRAMES]


def table_bytes(guides: Iterable[Guide], kind: Kind, stem: str) -> dict[str, bytes]:
    """Return the files of a kind by their names.

    Raises ExtractError where a number, or the number of rows, is too large for a table.
    """
    files = {name: io.BytesIO() for name in table_file_names(kind, stem)}
    write_tables(guides, kind, list(files.values()))
    return {name: file.getvalue() for name, file in files.items()}


def write_tables(guides: Iterable[Guide], kind: Kind, files: Sequence[IO[bytes]]) -> None:
    """Write the files that `names` names, in its order. CSV and Parquet are written as guides come, and keep none.

    Raises ExtractError where a number, or the number of rows, is too large for a table.
    """
    if kind == "xlsx":
        files[0].write(record_workbook(guides))
        return
    opened = {"csv": write_csv, "parquet": write_parquet}[kind]
    with ExitStack() as stack:
        append = {
            key: stack.enter_context(opened(file, empty))
            for file, (key, empty) in zip(files, frames([]).items(), strict=True)
        }
        for key, rows in pieces(guides):
            append[key](rows)
