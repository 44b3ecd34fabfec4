"""Line numbers in the margin, as Word prints them: they count up from line to line, left of the text block."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.model.text import Glyph

_APART = 0.5  # ems between a line number and its line, at least
_MOST = 0.6  # of the lines that are numbered, where each is; or every fifth
_STEPS = (1, 5)
_RUNNING = 0.9  # of the numbers that follow the one before, at least
_DIGITS = 4
_FEWEST = 5


class _Numbered(NamedTuple):
    """A line that begins with a figure: its glyphs, the value, and where the text goes on."""

    glyphs: list[int]
    value: int
    right: float
    text_left: float


def find_line_numbers(glyphs: Sequence[Glyph], rows: Sequence[Sequence[int]]) -> set[int]:
    """The numbers of the glyphs that are line numbers. `rows` are the lines, each from left to right."""
    numbered = [found for row in rows if (found := _number(glyphs, row))]
    if len(numbered) < _FEWEST:
        return set()
    for step in _STEPS:
        counted = sum(b.value - a.value == step or b.value in (1, step) for a, b in pairwise(numbered))
        enough = len(numbered) >= _MOST * len(rows) / step and counted >= _RUNNING * (len(numbered) - 1)
        if enough and max(one.right for one in numbered) < min(one.text_left for one in numbered):
            return {number for one in numbered for number in one.glyphs}
    return set()


def _number(glyphs: Sequence[Glyph], row: Sequence[int]) -> _Numbered | None:
    inked = [number for number in row if not glyphs[number].text.isspace()]
    digits: list[int] = []
    for number in inked:
        if not (glyphs[number].text.isascii() and glyphs[number].text.isdigit()):
            break
        if digits and glyphs[number].x0 - glyphs[digits[-1]].x1 > _APART / 2 * glyphs[number].size:
            break
        digits.append(number)
    if not digits or len(digits) > _DIGITS or len(digits) == len(inked):
        return None
    last, following = glyphs[digits[-1]], glyphs[inked[len(digits)]]
    if following.x0 - last.x1 < _APART * following.size:
        return None
    return _Numbered(digits, int("".join(glyphs[n].text for n in digits)), last.x1, following.x0)
