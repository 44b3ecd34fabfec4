"""Cite a text: one piece of evidence for each printed line, with its page, box and quote."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from extract.model.text import APART, GLUE, Glyph, Text, enclosing_box
from extract.model.values import Evidence


def cite(*texts: Text) -> tuple[Evidence, ...]:
    """One piece of evidence for each printed line of the texts, in their order.

    Boxes are in points from the page's top left corner, rounded to 0.01. A quote is contiguous on paper: texts with
    other glyphs between them are quoted separately, even on one line.
    """
    return tuple(_evidence(stretch) for text in _joined(texts) for stretch in _stretches(text))


def _joined(texts: tuple[Text, ...]) -> list[Text]:
    """Join texts that are adjacent on paper."""
    joined: list[Text] = []
    for text in texts:
        if joined and text and joined[-1] and _adjacent(joined[-1], text):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _adjacent(before: Text, after: Text) -> bool:
    """True if only spaces are printed between the end of one text and the start of the next."""
    start, end = before.origins[-1], after.origins[0]
    return 0 <= start < end and all(before.ink.glyphs[number].text.isspace() for number in range(start + 1, end))


def _stretches(text: Text) -> Iterator[Text]:
    """Yield the text by printed lines, without glue at their ends; cut also where words stand apart, or in disorder."""
    glyphs, lines = text.ink.glyphs, text.ink.lines
    start, last, before, is_apart = 0, -1, GLUE, False
    for offset, origin in enumerate(text.origins):
        if origin == GLUE:
            is_apart = is_apart or text.chars[offset] == APART
            continue
        if before == GLUE:
            start = offset
        elif is_apart or not _continues(glyphs, lines, before, origin):
            yield text[start : last + 1]
            start = offset
        last, before, is_apart = offset, origin, False
    if before != GLUE:
        yield text[start : last + 1]


def _continues(glyphs: Sequence[Glyph], lines: Sequence[int], before: int, after: int) -> bool:
    """True if a glyph is on the line of another, to its right."""
    one, other = glyphs[before], glyphs[after]
    if lines[before] != lines[after] or one.page != other.page:
        return False
    return other.x0 >= one.x0 - other.size / 2 if other.size else after >= before


def _evidence(stretch: Text) -> Evidence:
    """The evidence of a stretch of one line: the union of the boxes of its visible glyphs; without boxes its number."""
    ink = stretch.ink
    page, line = ink.glyphs[stretch.origins[0]].page, ink.lines[stretch.origins[0]]
    if ink.blocks:
        block = ink.blocks[line - 1]
        line_of_file = UNSET if block.line is None else block.line
        return Evidence(page=None, bbox=None, line=line_of_file, block=block.number, quote=stretch.chars)
    if not ink.drawn:
        return Evidence(page=page, bbox=None, line=line, quote=stretch.chars)
    drawn = [ink.glyphs[origin] for origin in stretch.origins if origin != GLUE]
    glyphs = [glyph for glyph in drawn if not glyph.text.isspace()] or drawn
    left, top, right, bottom = enclosing_box(glyphs)
    box = (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
    return Evidence(page=page, bbox=box, quote=stretch.chars)
