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
    """A line that begins with a figure: its value, where it ends, and where the text goes on."""

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
        right = max(one.right for one in numbered)
        if enough and right < min(one.text_left for one in numbered):
            return {number for row in rows for number in _leading_digits(glyphs, row) if glyphs[number].x1 <= right}
    return set()


def _number(glyphs: Sequence[Glyph], row: Sequence[int]) -> _Numbered | None:
    digits = _leading_digits(glyphs, row)
    following = next((glyphs[n] for n in row if not glyphs[n].text.isspace() and n not in digits), None)
    if not digits or len(digits) > _DIGITS or following is None:
        return None
    last = glyphs[digits[-1]]
    if following.x0 - last.x1 < _APART * following.size:
        return None
    return _Numbered(int("".join(glyphs[n].text for n in digits)), last.x1, following.x0)


def _leading_digits(glyphs: Sequence[Glyph], row: Sequence[int]) -> list[int]:
    """The digits that a line begins with, side by side."""
    digits: list[int] = []
    for number in row:
        glyph = glyphs[number]
        if glyph.text.isspace():
            continue
        is_apart = digits and glyph.x0 - glyphs[digits[-1]].x1 > _APART / 2 * glyph.size
        if is_apart or not (glyph.text.isascii() and glyph.text.isdigit()):
            break
        digits.append(number)
    return digits
