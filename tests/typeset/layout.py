"""From text to pages: which characters stand in which line of which page.

The text of a guide is data, one printed line to a line, and a form feed before each further page:

    ``　　``    two ideographic spaces open an indented paragraph
    ``= ``     a line of the title, centred
    ``_ ``     the footer of the page
    ``[…]``    a bold run, as the original prints it: several times, run by run
    (empty)    a line of the grid left blank

Any other line goes on with the paragraph above it; the first line of all stands flush left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from tests.typeset.style import Style

Kind = Literal["title", "heading", "body", "flush", "blank"]

ROWS = 22
TITLE_SCALE = 1.375
INDENT = "　　"
NOT_FIRST = frozenset("。，、；：？！）》〉」』】〕”’％·,.;:?!)%")
NOT_LAST = frozenset("（《〈「『【〔“‘(")


@dataclass(frozen=True)
class Run:
    """Characters that are drawn in one go, in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the grid; a line that does not end its paragraph is justified."""

    runs: tuple[Run, ...]
    kind: Kind
    indent: int = 0
    opens: bool = True
    ends: bool = True

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Page:
    """At most 22 lines, and perhaps a footer."""

    lines: tuple[Line, ...]
    footer: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """What a generator writes: text or runs, and what they are; a heading given as text is bold."""

    content: str | tuple[Run, ...]
    kind: Kind = "body"

    @property
    def runs(self) -> tuple[Run, ...]:
        if not isinstance(self.content, str):
            return self.content
        if self.kind == "heading":
            parts = re.split(r"^(\d*)((?:\.\d+)*)", self.content)
            return tuple(Run(part, bold=True) for part in parts if part)
        return (Run(self.content),) if self.content else ()


def width(char: str) -> float:
    """How far a character moves on, in em: ASCII is half width, everything else is full."""
    return 0.5 if char.isascii() else 1.0


def scale(kind: Kind) -> float:
    """The size of a line against that of the body text."""
    return TITLE_SCALE if kind == "title" else 1.0


def read(text: str) -> tuple[Page, ...]:
    """The pages of a data file, line by line as they stand there."""
    pages, opened = [], True
    for page in text.split("\f"):
        rows = page.removesuffix("\n").split("\n")
        footer = next((row[2:] for row in rows if row.startswith("_ ")), None)
        lines = []
        for row in rows:
            if not row.startswith("_ "):
                lines.append(_read_line(row, opens=opened))
                opened = lines[-1].kind in ("title", "blank")
        pages.append(Page(tuple(lines), footer))
    return _mark_ends(pages)


def _read_line(row: str, *, opens: bool) -> Line:
    if not row:
        return Line((), "blank")
    if row.startswith("= "):
        return Line(_read_runs(row[2:]), "title")
    if row.startswith(INDENT):
        runs = _read_runs(row.removeprefix(INDENT))
        return Line(runs, "heading" if runs[0].bold else "body", indent=len(INDENT))
    return Line(_read_runs(row), "flush" if opens else "body", opens=opens)


def _read_runs(row: str) -> tuple[Run, ...]:
    parts = re.findall(r"\[[^\]]+\]|[^\[]+", row)
    return tuple(Run(part[1:-1], bold=True) if part[0] == "[" else Run(part) for part in parts)


def _mark_ends(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Say of each line whether the next one, be it on the next page, opens a paragraph."""
    opens = [*[line.opens for page in pages for line in page.lines][1:], True]
    ends = iter(opens)
    return tuple(replace(page, lines=tuple(replace(line, ends=next(ends)) for line in page.lines)) for page in pages)


def paragraphs(pages: Iterable[Page]) -> list[Paragraph]:
    """The paragraphs that the lines of the pages make up."""
    found: list[Paragraph] = []
    for line in (line for page in pages for line in page.lines):
        if line.opens:
            found.append(Paragraph(line.runs, line.kind))
        else:
            found[-1] = replace(found[-1], content=_joined((*found[-1].runs, *line.runs)))
    return found


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Plain runs that touch are one run; bold ones stay apart, as they are printed."""
    joined: list[Run] = []
    for run in runs:
        if joined and not run.bold and not joined[-1].bold:
            joined[-1] = Run(joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def pages_from_paragraphs(content: Iterable[Paragraph], style: Style) -> tuple[Page, ...]:
    """Break paragraphs into lines of the style's measure, and lines into pages."""
    lines = [line for paragraph in content for line in _break(paragraph, style)]
    return tuple(Page(tuple(lines[at : at + ROWS])) for at in range(0, len(lines), ROWS))


def reflow(pages: Sequence[Page], style: Style) -> tuple[Page, ...]:
    """The same pages if the style keeps their grid; else everything breaks elsewhere."""
    if (style.measure, style.indent) == (Style.measure, Style.indent):
        return tuple(pages)
    footers = [page.footer for page in pages]
    fresh = pages_from_paragraphs(paragraphs(pages), style)
    footers += [None] * (len(fresh) - len(footers))
    return tuple(replace(page, footer=footer) for page, footer in zip(fresh, footers, strict=False))


def _break(paragraph: Paragraph, style: Style) -> Iterator[Line]:
    marked = [(char, at) for at, run in enumerate(paragraph.runs) for char in run.text]
    text = "".join(char for char, _ in marked)
    indent = style.indent if paragraph.kind in ("heading", "body") else 0
    start, opens = 0, True
    while opens or start < len(text):
        shift = indent if opens else 0
        end = _line_end(text, start, style.measure / scale(paragraph.kind) - shift)
        last = start + len(text[start:end].rstrip())
        pieces = groupby(marked[start:last], key=lambda pair: pair[1])
        runs = tuple(replace(paragraph.runs[at], text="".join(c for c, _ in part)) for at, part in pieces)
        start = end + len(text[end:]) - len(text[end:].lstrip())
        yield Line(runs, paragraph.kind, shift, opens, ends=start >= len(text))
        opens = False


def _line_end(text: str, start: int, room: float) -> int:
    """Where a line that starts here must end: as late as it fits and the rules allow."""
    fits = start
    while fits < len(text) and (room := room - width(text[fits])) >= 0:
        fits += 1
    end = fits
    while start < end < len(text) and not _may_break(text, end):
        end -= 1
    return end if end > start else max(fits, start + 1 if start < len(text) else start)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    inside_word = before.isascii() and after.isascii() and not (before + after).count(" ")
    return not inside_word and after not in NOT_FIRST and before not in NOT_LAST
