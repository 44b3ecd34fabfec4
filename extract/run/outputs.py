"""A guide → the files that are written of it: the record, tables, the review page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from extract.export import table_files
from extract.limits import Limits
from extract.model.record import Guide, Readers
from extract.profile.files import ProfileFiles

if TYPE_CHECKING:
    from extract.model.stages import GuideForReview, PageImage

Kind = Literal["json", "xlsx", "csv", "parquet", "html"]
Tell = Callable[[tuple[int, int]], None]


class RunOptions(Struct, frozen=True):
    """How guides are to be read, and which kinds of files are made of them."""

    kinds: tuple[Kind, ...]
    profile: ProfileFiles
    reader: Readers
    corrections: Path | None
    limits: Limits
    password: str | None

    def __repr__(self) -> str:
        """Without the password, which is not for showing."""
        return f"Asked({self.kinds}, {self.reader!r}, {self.corrections}, {self.limits})"


class GuideJob(Struct, frozen=True):
    """A guide to read. `data` is what it holds, where it is no file on a disk.

    `stem` is what the files are called, without their suffixes.
    """

    path: Path
    data: bytes | None
    stem: str
    asked: RunOptions


class GuideFiles(Struct, frozen=True):
    """A guide's record, and its files by their names; nothing is written yet."""

    guide: Guide
    files: dict[str, bytes]


def produce(order: GuideJob, *, tell: Tell = lambda _: None) -> GuideFiles:
    """Read a guide and make its files. `tell` is called with how many pages are drawn, and of how many.

    Raises what `open_guide` raises, and ExtractError where a table cannot hold the record.
    """
    from extract.pipeline import open_guide

    asked = order.asked
    opened = open_guide(
        order.path,
        data=order.data,
        profile=asked.profile,
        reader=asked.reader,
        corrections=asked.corrections,
        limits=asked.limits,
        password=asked.password,
    )
    made = {name: data for kind in asked.kinds for name, data in EXPORTERS[kind].make(opened, order.stem, tell).items()}
    return GuideFiles(opened.guide, made)


def _json(opened: GuideForReview, stem: str, _: Tell) -> dict[str, bytes]:
    from extract.export.json import dumps

    return {f"{stem}.json": dumps(opened.guide)}


def _html(opened: GuideForReview, stem: str, tell: Tell) -> dict[str, bytes]:
    from extract.export.html.review import review_page
    from extract.pull.page_images import render_pages

    pages = opened.guide.source.pages
    images = _told(render_pages(opened.data, pages, opened.password), pages, tell)
    return {f"{stem}.html": review_page(opened, images)}


def _told(pages: Iterable[PageImage], count: int, tell: Tell) -> Iterator[PageImage]:
    """The pages as they are drawn, each told."""
    for number, page in enumerate(pages, 1):
        yield page
        tell((number, count))


class Exporter(NamedTuple):
    """A kind of output: the names of its files for a stem, and how they are made.

    `is_one_file`: it can go to stdout. `is_default`: it is written where no kind is named.
    """

    names: Callable[[str], list[str]]
    make: Callable[[GuideForReview, str, Tell], dict[str, bytes]]
    is_one_file: bool = False
    is_default: bool = False


def _tables(kind: table_files.Kind, *, is_one_file: bool = False, is_default: bool = False) -> Exporter:
    return Exporter(
        lambda stem: table_files.table_file_names(kind, stem),
        lambda opened, stem, _: table_files.table_bytes([opened.guide], kind, stem),
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
    """What the files of these kinds are called, for a guide whose name without its suffix is `stem`."""
    return [name for kind in kinds for name in EXPORTERS[kind].names(stem)]
