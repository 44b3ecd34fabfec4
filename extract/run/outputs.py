"""The files of a guide: record, tables, review page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from extract.export import table_files
from extract.limits import Limits
from extract.model.record import Guide, Readers
from extract.processes.child import report_step
from extract.profile.files import ProfileFiles

if TYPE_CHECKING:
    from extract.model.stages import GuideForReview, PageImage

Kind = Literal["json", "xlsx", "csv", "parquet", "html"]


class RunOptions(Struct, frozen=True):
    """Options for reading guides, and the kinds of files to write."""

    kinds: tuple[Kind, ...]
    profile: ProfileFiles
    reader: Readers
    corrections: Path | None
    limits: Limits
    password: str | None
    part: int = 1

    def __repr__(self) -> str:
        """The options without the password."""
        return f"RunOptions({self.kinds}, {self.reader!r}, {self.corrections}, {self.limits})"


class GuideJob(Struct, frozen=True):
    """A guide to read; `data` is its content if it is no file on disk.

    `stem` is the name of its files without their suffixes.
    """

    path: Path
    data: bytes | None
    stem: str
    options: RunOptions


class GuideFiles(Struct, frozen=True):
    """A guide's record and the content of its files by name, not yet written."""

    guide: Guide
    files: dict[str, bytes]


def produce(order: GuideJob) -> GuideFiles:
    """Read a guide and build its files, and report the pages that are drawn.

    Raises the errors of `open_guide`, and ExtractError where a table cannot hold the record.
    """
    from extract.pipeline import open_guide

    options = order.options
    opened = open_guide(
        order.path,
        data=order.data,
        profile=options.profile,
        reader=options.reader,
        corrections=options.corrections,
        limits=options.limits,
        password=options.password,
        part=options.part,
    )
    files = dict[str, bytes]()
    for kind in options.kinds:
        files |= EXPORTERS[kind].make(opened, order.stem)
    return GuideFiles(opened.guide, files)


def _json(opened: GuideForReview, stem: str) -> dict[str, bytes]:
    from extract.export.json import dumps

    return {f"{stem}.json": dumps(opened.guide)}


def _html(opened: GuideForReview, stem: str) -> dict[str, bytes]:
    from extract.export.html.review import review_page
    from extract.pull.page_images import render_pages

    pages = opened.guide.source.pages or 0
    images = _counted(render_pages(opened.data, pages, opened.password, opened.turns), pages)
    return {f"{stem}.html": review_page(opened, images)}


def _counted(pages: Iterable[PageImage], count: int) -> Iterator[PageImage]:
    """Yield pages as they are drawn, and report each."""
    for number, page in enumerate(pages, 1):
        yield page
        report_step("pages drawn", number, count)


class Exporter(NamedTuple):
    """A kind of output: the names of its files for a stem, and the function that builds them.

    `is_one_file`: can go to stdout. `is_default`: written where no kind is named.
    """

    names: Callable[[str], list[str]]
    make: Callable[[GuideForReview, str], dict[str, bytes]]
    is_one_file: bool = False
    is_default: bool = False


def _tables(kind: table_files.Kind, *, is_one_file: bool = False, is_default: bool = False) -> Exporter:
    return Exporter(
        lambda stem: table_files.table_file_names(kind, stem),
        lambda opened, stem: table_files.table_bytes([opened.guide], kind, stem),
        is_one_file,
        is_default,
    )


EXPORTERS: dict[Kind, Exporter] = {
    "json": Exporter(lambda stem: [f"{stem}.json"], _json, is_one_file=True, is_default=True),
    "xlsx": _tables("xlsx", is_one_file=True, is_default=True),
    "csv": _tables("csv"),
    "parquet": _tables("parquet"),
    "html": Exporter(lambda stem: [f"{stem}.html"], _html, is_one_file=True, is_default=True),
}
DEFAULT_KINDS = tuple(kind for kind, exporter in EXPORTERS.items() if exporter.is_default)
ONE_FILE_KINDS = tuple(kind for kind, exporter in EXPORTERS.items() if exporter.is_one_file)


def names(stem: str, kinds: Sequence[Kind]) -> list[str]:
    """Return the names of the files of these kinds; `stem` is the guide's name without suffix."""
    return [name for kind in kinds for name in EXPORTERS[kind].names(stem)]
