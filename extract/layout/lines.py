"""Glyphs → printed lines in reading order."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from math import inf
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extract.model.text import GLUE, Glyph, GlyphTable, Text, display_width, left_to_right, text_of_glyphs

GAP = 0.35  # a gap wider than this many ems, beyond the line's usual one, is a space that nobody drew
_APART = 1.0  # ems between two cells of a table, at least
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_CLOSE = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")


class MeasuredLine(Struct, frozen=True):
    """A printed line as it lies on the page; x0, x1 and size in points, or in ems for plain text."""

    text: Text
    page: int
    x0: float
    x1: float
    size: float
    top: float = 0.0


def drawn_rows(glyphs: Sequence[Glyph], kept: Iterable[int]) -> list[list[int]]:
    """Glyph numbers line by line: a glyph joins the line whose height it shares by half or more."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number in kept:
        pages[glyphs[number].page].append(number)
    rows: list[list[int]] = []
    for page in sorted(pages):
        rows += _page_rows(glyphs, pages[page])
    return rows


def _end(glyph: Glyph) -> float:
    """Where a glyph ends; one whose font declares no width is taken to be as wide as it is set."""
    return glyph.x1 if glyph.x1 > glyph.x0 else glyph.x0 + sum(map(display_width, glyph.text)) * glyph.size


def plain_rows(lines: Sequence[int]) -> list[list[int]]:
    """Glyph numbers line by line, as the file has them."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        rows[line].append(number)
    return [rows[line] for line in sorted(rows)]


def _page_rows(glyphs: Sequence[Glyph], numbers: list[int]) -> list[list[int]]:
    centres = {number: (glyphs[number].top + glyphs[number].bottom) / 2 for number in numbers}
    rows: list[list[int]] = []
    middle = height = 0.0
    for number in sorted(numbers, key=centres.__getitem__):
        tall, centre = glyphs[number].bottom - glyphs[number].top, centres[number]
        if rows and centre - middle <= max(height, tall) / 2:
            rows[-1].append(number)
            height = max(height, tall)
        else:
            rows.append([number])
            middle, height = centre, tall
    return [left_to_right(glyphs, row) for row in rows]


def drawn_text(ink: GlyphTable, row: list[int]) -> Text:
    """The characters of a line, with a space of glue where the gap between two glyphs is a word's."""
    glyphs = [ink.glyphs[n] for n in row]
    gaps = [right.x0 - left.x1 for left, right in pairwise(glyphs)]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    chars: list[str] = []
    origins: list[int] = []
    for number, glyph, gap in zip(row, glyphs, [-inf, *gaps], strict=True):
        if gap > GAP * glyph.size + usual and not glyph.text.isspace() and not chars[-1].isspace():
            chars.append(" ")
            origins.append(GLUE)
        chars += glyph.text
        origins += repeat(number, len(glyph.text))
    return Text("".join(chars), origins, ink)


def row(ink: GlyphTable, numbers: list[int]) -> MeasuredLine:
    """A line of glyphs, measured; spaces at either end take part in the place, not in the text."""
    text = drawn_text(ink, numbers) if ink.drawn else text_of_glyphs(ink, numbers)
    bare = _closed_up(text.strip())
    if not ink.drawn:
        lead = len(text) - len(text.plain.lstrip())
        x0 = sum(map(display_width, text.chars[:lead])) if lead > 1 else 0.0  # one space marks a page, no indent
        return MeasuredLine(bare, ink.glyphs[numbers[0]].page, x0, x0 + sum(map(display_width, bare.chars)), 1.0)
    glyphs = [ink.glyphs[n] for n in numbers if not ink.glyphs[n].text.isspace()] or [ink.glyphs[numbers[0]]]
    size = median(glyph.size for glyph in glyphs)
    x0, x1 = min(g.x0 for g in glyphs), max(_end(g) for g in glyphs)
    return MeasuredLine(bare, glyphs[0].page, x0, x1, size, min(g.top for g in glyphs))


def _closed_up(text: Text) -> Text:
    """A line that is letterspaced with spaces (项 目 申 报 指 南) without them."""
    spaced, close = len(_SPACED.findall(text.plain)), len(_CLOSE.findall(text.plain))
    return text.without(_SPACED) if spaced >= 3 and spaced > 2 * close else text


def remeasured(line: MeasuredLine, text: Text) -> MeasuredLine:
    """The same line after copies were taken out of its text; on paper copies lie on each other, so it keeps its box."""
    if text.ink.drawn:
        return replace(line, text=text)
    return replace(line, text=text, x1=line.x0 + sum(map(display_width, text.chars)))


def goes_on_at(row: MeasuredLine, place: float) -> bool:
    """Whether words of a line begin at a place, behind a gap."""
    glyphs = [row.text.ink.glyphs[n] for n in row.text.origins if n != GLUE]
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return any(
        abs(right.x0 - place) < 0.5 * row.size and right.x0 - left.x1 > _APART * row.size
        for left, right in pairwise(inked)
    )
