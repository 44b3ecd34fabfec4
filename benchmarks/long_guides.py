"""The part `pages`: what a page costs, in time and in memory, in guides of 13 pages and of 1,000."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.guides import write_sized
from benchmarks.measure import ROOT, in_rounds
from benchmarks.record_memory import held_by
from benchmarks.report import figure, machine, table
from benchmarks.warm_process import Reading, read_warm
from extract import load

SECTIONS = (20, 60, 1779)
"""How many sections the guides have: they come to 13, 34 and 1,000 pages."""
READERS = ("both", "pdfium")
BEFORE = ROOT / "docs/example/guide_2018.pdf"
"""A short guide that is read first, so that everything is loaded when it counts."""
HEAD = (
    "reader",
    "pages",
    "sections",
    "read",
    "findings",
    "s",
    "ms a page",
    "×",
    "peak, MiB",
    "record, MiB",
    "beyond it, KiB a page",
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A guide and a reader: its pages, its sections and how many of them were read, warnings and errors; the median of
    the seconds; how far the process grew, and the record's part of that, in MiB.
    """

    pages: int
    reader: str
    sections: int
    read: int
    findings: int
    seconds: float
    grown: float
    record: float

    @property
    def per_page(self) -> float:
        return self.seconds / self.pages


def pages(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    began = machine()
    with TemporaryDirectory() as name:
        folder = Path(name)
        drawn = {sections: write_sized(sections, folder / f"{sections}.pdf") for sections in SECTIONS}
        readings = in_rounds(rounds, _tasks(folder))
        rows = [_row(*key, drawn[key[0]], readings[key], _made(folder, *key)) for key in readings]
    return block(rows, rounds, began)


def _tasks(folder: Path) -> dict[tuple[int, str], Callable[[], Reading]]:
    return {
        (sections, reader): partial(
            read_warm, f"guide-extract {reader}", folder / f"{sections}.pdf", _made(folder, sections, reader), [BEFORE]
        )
        for reader in READERS
        for sections in SECTIONS
    }


def _made(folder: Path, sections: int, reader: str) -> Path:
    return folder / f"{sections}-{reader}.json"


def _row(sections: int, reader: str, count: int, readings: Sequence[Reading], record: Path) -> Row:
    guide = load(record)
    return Row(
        pages=count,
        reader=reader,
        sections=sections,
        read=len(guide.sections),
        findings=sum(finding.severity != "info" for finding in guide.findings),
        seconds=median(reading.seconds for reading in readings),
        grown=max(reading.grown for reading in readings),
        record=held_by(record),
    )


def block(rows: Sequence[Row], rounds: int, began: str) -> str:
    """The table, and below it what it holds for."""
    first = {row.reader: row for row in reversed(rows)}
    cells = [_cells(row, first[row.reader]) for row in rows]
    told = f"Medians of {rounds} rounds, peaks of all; × is the time a page divided by that of the shortest guide."
    return f"{table(HEAD, cells, words=1)}\n\n{told} {began}."


def _cells(row: Row, shortest: Row) -> list[str]:
    return [
        row.reader,
        f"{row.pages:,}",
        f"{row.sections:,}",
        f"{row.read:,}",
        f"{row.findings:,}",
        figure(row.seconds),
        figure(1000 * row.per_page, 1),
        figure(row.per_page / shortest.per_page),
        figure(row.grown, 0),
        figure(row.record, 0),
        figure(1024 * (row.grown - row.record) / row.pages, 0),
    ]
