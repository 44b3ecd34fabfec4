"""Glyphs → printed lines in reading order, and what the layout says about where paragraphs start."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.text import GLUE, Glyph, Ink, Text, width

GAP = 0.35  # a gap wider than this many ems, beyond the line's usual one, is a space that nobody drew
INDENT = 1.2  # a line that starts this many ems right of the margin is indented
SLACK = 1.6  # a line ends full when fewer ems than this are left of its measure
_WORD = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Row:
    """A printed line as it lies on the page; x0, x1 and size in points, or in ems for plain text."""

    text: Text
    page: int
    x0: float
    x1: float
    size: float


def drawn_rows(glyphs: Sequence[Glyph], kept: Iterable[int]) -> list[list[int]]:
    """Glyph numbers line by line: a glyph joins the line whose height it shares by half or more."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number in kept:
        pages[glyphs[number].page].append(number)
    rows: list[list[int]] = []
    for page in sorted(pages):
        rows += _page_rows(glyphs, pages[page])
    return rows


def plain_rows(lines: Sequence[int]) -> list[list[int]]:
    """Glyph numbers line by line, as the file has them."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        rows[line].append(number)
    return [rows[line] for line in sorted(rows)]


def _page_rows(glyphs: Sequence[Glyph], numbers: list[int]) -> list[list[int]]:
    ordered = sorted(numbers, key=lambda n: (glyphs[n].top + glyphs[n].bottom) / 2)
    rows: list[list[int]] = []
    middle = height = 0.0
    for number in ordered:
        glyph = glyphs[number]
        tall, centre = glyph.bottom - glyph.top, (glyph.top + glyph.bottom) / 2
        if rows and centre - middle <= max(height, tall) / 2:
            rows[-1].append(number)
            height = max(height, tall)
        else:
            rows.append([number])
            middle, height = centre, tall
    return [sorted(row, key=lambda n: (glyphs[n].x0, n)) for row in rows]


def drawn_text(ink: Ink, row: list[int]) -> Text:
    """The characters of a line, with a space of glue where the gap between two glyphs is a word's."""
    glyphs = [ink.glyphs[n] for n in row]
    gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(glyphs)]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    chars: list[str] = []
    origins: list[int] = []
    for place, (number, glyph) in enumerate(zip(row, glyphs, strict=True)):
        wide = place and gaps[place - 1] > GAP * glyph.size + usual
        if wide and not glyph.text.isspace() and not chars[-1].isspace():
            chars.append(" ")
            origins.append(GLUE)
        chars += glyph.text
        origins += [number] * len(glyph.text)
    return Text("".join(chars), origins, ink)


def row(ink: Ink, numbers: list[int]) -> Row:
    """A line of glyphs, measured; spaces at either end take part in the place, not in the text."""
    text = drawn_text(ink, numbers) if ink.drawn else Text(_chars(ink, numbers), numbers, ink)
    bare = text.strip()
    if not ink.drawn:
        lead = len(text) - len(text.plain.lstrip())
        x0 = sum(map(width, text.chars[:lead])) if lead > 1 else 0.0  # one space marks a page, no indent
        return Row(bare, ink.glyphs[numbers[0]].page, x0, x0 + sum(map(width, bare.chars)), 1.0)
    glyphs = [ink.glyphs[n] for n in numbers if not ink.glyphs[n].text.isspace()] or [ink.glyphs[numbers[0]]]
    size = median(glyph.size for glyph in glyphs)
    return Row(bare, glyphs[0].page, min(g.x0 for g in glyphs), max(g.x1 for g in glyphs), size)


def remeasured(line: Row, text: Text) -> Row:
    """The same line after copies were taken out of its text; on paper copies lie on each other, so it keeps its box."""
    if text.ink.drawn:
        return replace(line, text=text)
    return replace(line, text=text, x1=line.x0 + sum(map(width, text.chars)))


def _chars(ink: Ink, numbers: list[int]) -> str:
    return "".join(ink.glyphs[n].text for n in numbers)


def starts(rows: Sequence[Row]) -> list[bool | None]:
    """For each line whether it starts a paragraph: yes, no, or None where the layout does not tell.

    Where paragraphs are indented, the indent tells. Elsewhere, as in most plain text, a line that had room
    for more ends its paragraph, and after a full line either can be.
    """
    measure = _measure(rows)
    left = _left(rows)
    told: list[bool | None] = []
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        if before is None:
            told.append(True)
        elif left is not None:
            ended = before.text.plain.rstrip()[-1:] in "。；：？！" and not _full(before, row, measure, 0)
            told.append(row.x0 - left >= INDENT * row.size or ended)
        else:
            indent = 2 if told[-1] is not False else 0
            told.append(None if _full(before, row, measure, indent) else True)
    return told


def _measure(rows: Sequence[Row]) -> float:
    """How far right full lines reach: passed or nearly so by a tenth of all lines."""
    reach = sorted((row.x1 for row in rows), reverse=True)
    return reach[len(reach) // 10] if reach else 0.0


def _left(rows: Sequence[Row]) -> float | None:
    """The left margin, or None where lines are not indented against it often enough to tell."""
    places = Counter(round(row.x0) for row in rows)
    if len(rows) < 3:
        return None
    often = [place for place, times in places.items() if times >= max(2, len(rows) // 20)]
    left = min(often, default=min(places))
    size = median(row.size for row in rows)
    indented = sum(1.2 * size <= row.x0 - left <= 3 * size for row in rows)
    return left if indented >= len(rows) // 20 + 1 else None


def _full(row: Row, following: Row, measure: float, indent: float) -> bool:
    """Whether the line had no room for the first word of the next."""
    match = _WORD.match(following.text.plain)
    word = sum(width(char) for char in match[0]) if match else 1.0
    return row.x1 + (indent + word + SLACK - 1) * row.size > measure
