"""A guide → the files that are written of it: the record, tables, the review page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from extract.export import table_files
from extract.limits import Limits
from extract.model.record import Guide, Readers
from extract.profile.files import ProfileFiles

if TYPE_CHECKING:
    from extract.model.stages import GuideForReview, PageImage

Kind = Literal["json", "xlsx", "csv", "parquet", "html"]
KINDS: tuple[Kind, ...] = get_args(Kind)
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


def names(stem: str, kinds: Sequence[Kind]) -> list[str]:
    """What the files of these kinds are called, for a guide whose name without its suffix is `stem`."""
    return [name for kind in kinds for name in _names(stem, kind)]


def _names(stem: str, kind: Kind) -> list[str]:
    return [f"{stem}.{kind}"] if kind == "json" or kind == "html" else table_files.table_file_names(kind, stem)


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
    made = {name: data for kind in asked.kinds for name, data in files(opened, order.stem, kind, tell).items()}
    return GuideFiles(opened.guide, made)


def files(opened: GuideForReview, stem: str, kind: Kind, tell: Tell) -> dict[str, bytes]:
    """The files of one kind, by their names."""
    if kind == "json":
        from extract.export.json import dumps

        return {f"{stem}.json": dumps(opened.guide)}
    if kind == "html":
        from extract.export.html.review import review_page
        from extract.pull.page_images import render_pages

        pages = opened.guide.source.pages
        return {
            f"{stem}.html": review_page(opened, _told(render_pages(opened.data, pages, opened.password), pages, tell))
        }
    return table_files.table_bytes([opened.guide], kind, stem)


def _told(pages: Iterable[PageImage], count: int, tell: Tell) -> Iterator[PageImage]:
    """The pages as they are drawn, each told."""
    for number, page in enumerate(pages, 1):
        yield page
        tell((number, count))
