"""Text → evidence: the printed lines on which it stands, each with its page, box and quote."""

from collections.abc import Iterator, Sequence

from extract.model.text import GLUE, Glyph, Text, enclosing_box
from extract.model.values import Evidence


def cite(*texts: Text) -> tuple[Evidence, ...]:
    """One piece of evidence for each printed line of the texts, in their order.

    Boxes are in points from the page's top left corner, rounded to 0.01. What is quoted stands side by side on
    paper: texts with other ink between them are quoted apart, even on one line.
    """
    return tuple(_evidence(stretch) for text in _joined(texts) for stretch in _stretches(text))


def _joined(texts: tuple[Text, ...]) -> list[Text]:
    """The texts, those that follow each other on paper made one."""
    joined: list[Text] = []
    for text in texts:
        if joined and text and joined[-1] and _adjacent(joined[-1], text):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _adjacent(before: Text, after: Text) -> bool:
    """Whether no ink but spaces stands between the end of one text and the start of the next."""
    start, end = before.origins[-1], after.origins[0]
    return 0 <= start < end and all(before.ink.glyphs[number].text.isspace() for number in range(start + 1, end))


def _stretches(text: Text) -> Iterator[Text]:
    """The text line by line, without the glue at either end of a line; words that stand in another order, apart."""
    glyphs, lines = text.ink.glyphs, text.ink.lines
    start, last, before = 0, -1, GLUE
    for place, origin in enumerate(text.origins):
        if origin == GLUE:
            continue
        if before == GLUE:
            start = place
        elif not _goes_on(glyphs, lines, before, origin):
            yield text[start : last + 1]
            start = place
        last, before = place, origin
    if before != GLUE:
        yield text[start : last + 1]


def _goes_on(glyphs: Sequence[Glyph], lines: Sequence[int], before: int, after: int) -> bool:
    """Whether a glyph stands on the line of another, at its right."""
    one, other = glyphs[before], glyphs[after]
    if lines[before] != lines[after] or one.page != other.page:
        return False
    return other.x0 >= one.x0 - other.size / 2 if other.size else after >= before


def _evidence(stretch: Text) -> Evidence:
    """A stretch of one printed line: the union of the boxes of what is seen, or the line of a file."""
    ink = stretch.ink
    page, line = ink.glyphs[stretch.origins[0]].page, ink.lines[stretch.origins[0]]
    if not ink.drawn:
        return Evidence(page=page, bbox=None, line=line, quote=stretch.chars)
    drawn = [ink.glyphs[origin] for origin in stretch.origins if origin != GLUE]
    glyphs = [glyph for glyph in drawn if not glyph.text.isspace()] or drawn
    left, top, right, bottom = enclosing_box(glyphs)
    box = (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
    return Evidence(page=page, bbox=box, quote=stretch.chars)
