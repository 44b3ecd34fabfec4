"""From a page to its ink: every glyph with its place, in the order of the content stream.

A full line is justified as an office suite does it: too short, it is spread evenly; too long, the
blank halves of punctuation marks and spaces give way first, then the whole line is condensed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tests.typeset.layout import ROWS, Line, Page, Run, scale, width
from tests.typeset.style import Style

PAPER = (595.276, 841.89)
TOP = 104.9
"""From the edge of the paper to the first line: 37 mm."""
PITCH = 29 / 16
"""From line to line, in units of the size: 22 lines on 225 mm."""
BASELINE = 0.36
"""From the middle of a line down to its baseline, in em."""
FOOTER_SCALE = 0.875
FOOTER_ROW = ROWS + 0.7

BLANK_BEFORE = frozenset("（《〈〔「『【“‘")
BLANK_AFTER = frozenset("，。、；：！？）》〉〕」』】”’")


class Glyph(NamedTuple):
    """One character at the place where its baseline starts, in points from the lower left corner."""

    char: str
    x: float
    y: float
    size: float
    condense: float
    bold: bool


def left_edge(style: Style) -> float:
    """Where the text area starts; it stands in the middle of the paper."""
    return (PAPER[0] - style.measure * style.size) / 2


def ink(page: Page, number: int, style: Style) -> Iterator[Glyph]:
    """Every glyph of the page, each copy of it, in stream order."""
    runs = [run for row, line in enumerate(page.lines) for run in _line_runs(line, row, style)]
    yield from _footer(page, number, style)
    for run in runs:
        copies = [_shifted(run, layer, style) for layer in range(style.layers)]
        if not run[0].bold or style.by == "layer":
            yield from run
        elif style.by == "glyph":
            yield from (glyph for same in zip(*copies, strict=True) for glyph in same)
        else:
            yield from (glyph for copy in copies for glyph in copy)
    if style.by == "layer":
        for layer in range(1, style.layers):
            yield from (glyph for run in runs if run[0].bold for glyph in _shifted(run, layer, style))


def _shifted(run: list[Glyph], layer: int, style: Style) -> list[Glyph]:
    """A run as printed again: every copy a step further to the right."""
    step = style.spread / max(style.layers - 1, 1)
    return [glyph._replace(x=glyph.x + layer * step) for glyph in run]


def _footer(page: Page, number: int, style: Style) -> list[Glyph]:
    """The page number, one character in from the outer corner."""
    text = page.footer if style.footer is None else style.footer.format(n=number)
    if not text:
        return []
    em = style.size * FOOTER_SCALE
    room = style.measure * style.size - sum(map(width, text)) * em
    x = left_edge(style) + (room - em if number % 2 else em)
    xs = [x + em * place for place in _natural(text)]
    return _row_of_glyphs(Run(text), xs, _baseline(FOOTER_ROW, em, style), em, 1)


def _line_runs(line: Line, row: int, style: Style) -> Iterator[list[Glyph]]:
    em = style.size * scale(line.kind)
    places, condense = _places(line, style)
    y = _baseline(row, em, style)
    at = 0
    for run in line.runs:
        xs = [left_edge(style) + em * place for place in places[at : at + len(run.text)]]
        yield _row_of_glyphs(run, xs, y, em, condense)
        at += len(run.text)


def _row_of_glyphs(run: Run, xs: list[float], y: float, em: float, condense: float) -> list[Glyph]:
    return [Glyph(char, x, y, em, condense, run.bold) for char, x in zip(run.text, xs, strict=True)]


def _baseline(row: float, em: float, style: Style) -> float:
    return PAPER[1] - TOP - (row + 0.5) * PITCH * style.size - BASELINE * em


def _natural(text: str, start: float = 0) -> list[float]:
    """Where each character starts if nothing gives way, and where the last one ends."""
    places = [start]
    for char in text:
        places.append(places[-1] + width(char))
    return places[:-1]


def _places(line: Line, style: Style) -> tuple[list[float], float]:
    """Where each character of a line starts, in em, and how far its glyphs are condensed."""
    text = line.text
    measure = style.measure / scale(line.kind)
    room = measure - line.indent - sum(map(width, text))
    start = measure - room - sum(map(width, text))
    if line.kind == "title":
        start, room = max(room / 2, 0), min(room, 0)
    if room >= 0:
        gap = 0 if line.ends else room / max(len(text) - 1, 1)
        return [place + at * gap for at, place in enumerate(_natural(text, start))], 1
    slack = _slack(text)
    given = min(1, -room / sum(slack)) if any(slack) else 0
    squeezed, taken = [], 0.0
    for place, gives in zip(_natural(text), slack, strict=True):
        taken += gives * given
        squeezed.append(place - taken)
    condense = (measure - start) / (squeezed[-1] + width(text[-1]))
    return [start + place * condense for place in squeezed], condense


def _slack(text: str) -> list[float]:
    """How far each character can move towards the one before it, in em."""
    return [0.0] + [
        0.5 * (before in BLANK_AFTER) + 0.5 * (after in BLANK_BEFORE) + 0.25 * (before == " ")
        for before, after in pairwise(text)
    ]
