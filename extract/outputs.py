"""A guide that was opened → the files that are written of it: the record, tables, the review page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, get_args

from extract.export import tables
from extract.handoff import Opened, PageImage

Kind = Literal["json", "xlsx", "csv", "parquet", "html"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Track = Callable[[Iterable[PageImage], int], Iterable[PageImage]]


def names(stem: str, kinds: Sequence[Kind]) -> list[str]:
    """What the files of these kinds are called, for a guide whose name without its suffix is `stem`."""
    return [name for kind in kinds for name in _names(stem, kind)]


def _names(stem: str, kind: Kind) -> list[str]:
    return [f"{stem}.{kind}"] if kind == "json" or kind == "html" else tables.names(kind, stem)


def outputs(opened: Opened, stem: str, kinds: Sequence[Kind], *, track: Track) -> dict[str, bytes]:
    """What is written of a guide, by the names of the files; nothing is written yet.

    `track` is given the pages as they are drawn, and how many there will be, and hands them on.
    """
    return {name: data for kind in kinds for name, data in _outputs(opened, stem, kind, track).items()}


def _outputs(opened: Opened, stem: str, kind: Kind, track: Track) -> dict[str, bytes]:
    if kind == "json":
        from extract.export.json import dumps

        return {f"{stem}.json": dumps(opened.guide)}
    if kind == "html":
        from extract.export.review import review
        from extract.pull.render import render

        pages = opened.guide.source.pages
        return {f"{stem}.html": review(opened, track(render(opened.data, pages), pages))}
    return tables.tables([opened.guide], kind, stem)
