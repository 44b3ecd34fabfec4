"""Line numbers in a margin, as Word prints them: they count up from line to line, left or right of the text block."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.layout.lines import page_rows
from extract.model.text import Glyph

_APART = 0.5  # ems between a line number and its line, at least
_APART_AT_RIGHT = 0.3  # where a line may end with half a blank: 。
_MOST = 0.6  # of the lines that are numbered, where each is; or every fifth
_STEPS = (1, 5)
_RUNNING = 0.9  # of the numbers that follow the one before, at least
_OVERHANG = 3.0  # points, by which a line may reach the margin of the numbers: a sign that hangs over
_DIGITS = 4
_FEWEST = 5


class _Numbered(NamedTuple):
    """A line with a figure at its end: its place among the lines, the value, and the edges of figure and text.

    The edges face each other, and are measured from the side of the figure inwards.
    """

    place: int
    value: int
    outer_edge: float
    number_edge: float
    text_edge: float


def find_line_numbers(glyphs: Sequence[Glyph], rows: Sequence[Sequence[int]]) -> set[int]:
    """The indices of the glyphs that are line numbers. `rows` are the lines, each from left to right.

    Lines of columns may have numbers of their own. A margin of numbers may look like a column: then the lines are read
    across the page.
    """
    return _in_margins(glyphs, rows) or _in_margins(glyphs, _across(glyphs, rows))


def _across(glyphs: Sequence[Glyph], rows: Iterable[Sequence[int]]) -> list[list[int]]:
    """The lines of each page across all columns."""
    pages: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        pages[glyphs[row[0]].page] += row
    return [row for inked in pages.values() for row in page_rows(glyphs, inked, {})]


def _in_margins(glyphs: Sequence[Glyph], rows: Sequence[Sequence[int]]) -> set[int]:
    return _in_margin(glyphs, rows, at_right=False) or _in_margin(glyphs, rows, at_right=True)


def _in_margin(glyphs: Sequence[Glyph], rows: Sequence[Sequence[int]], *, at_right: bool) -> set[int]:
    numbered = _in_line([n for place, row in enumerate(rows) if (n := _number(glyphs, row, place, at_right))])
    if len(numbered) < _FEWEST:
        return set()
    edges = [(glyphs[row[0]].x0, glyphs[row[-1]].x1) for row in rows]
    left, right = min(edges[one.place][0] for one in numbered), max(edges[one.place][1] for one in numbered)
    beside = sum(2 * left < x0 + x1 < 2 * right for x0, x1 in edges)  # the lines of their column
    for step in _STEPS:
        counted = sum(
            b.value - a.value in (step, b.place - a.place) or b.value in (1, step) for a, b in pairwise(numbered)
        )
        enough = len(numbered) >= _MOST * beside / step and counted >= _RUNNING * (len(numbered) - 1)
        edge = max(one.number_edge for one in numbered)
        if enough and edge < min(one.text_edge for one in numbered) + _OVERHANG:
            outer = min(one.outer_edge for one in numbered)
            digits = (n for row in rows for n in _outer_digits(glyphs, row, at_right))
            return {n for n in digits if _is_between(glyphs[n], *((-edge, -outer) if at_right else (outer, edge)))}
    return set()


def _in_line(numbered: Sequence[_Numbered]) -> list[_Numbered]:
    """The numbers that stand below each other, without the number of a page beside them."""
    if not numbered:
        return []
    middle = sorted(numbered, key=lambda one: one.number_edge)[len(numbered) // 2]
    return [one for one in numbered if one.outer_edge < middle.number_edge and one.number_edge > middle.outer_edge]


def _is_between(glyph: Glyph, left: float, right: float) -> bool:
    return left <= glyph.x0 and glyph.x1 <= right


def _number(glyphs: Sequence[Glyph], row: Sequence[int], place: int, at_right: bool) -> _Numbered | None:
    digits = _outer_digits(glyphs, row, at_right)
    others = [n for n in row if not glyphs[n].text.isspace() and n not in digits]
    if not digits or len(digits) > _DIGITS or not others:
        return None
    value = int("".join(glyphs[n].text for n in digits))
    outer_edge, number_edge, text_edge = glyphs[digits[0]].x0, glyphs[digits[-1]].x1, glyphs[others[0]].x0
    size = glyphs[others[0]].size
    if at_right:
        outer_edge, number_edge, text_edge = (
            -glyphs[digits[-1]].x1,
            -glyphs[digits[0]].x0,
            -glyphs[others[-1]].x1,
        )
        size = glyphs[others[-1]].size
    least = _APART_AT_RIGHT if at_right else _APART
    return (
        None if text_edge - number_edge < least * size else _Numbered(place, value, outer_edge, number_edge, text_edge)
    )


def _outer_digits(glyphs: Sequence[Glyph], row: Sequence[int], at_right: bool) -> list[int]:
    """The digits at one end of a line, side by side, from left to right."""
    digits: list[int] = []
    for number in reversed(row) if at_right else row:
        glyph = glyphs[number]
        if glyph.text.isspace():
            continue
        is_apart = digits and _gap(glyph, glyphs[digits[-1]]) > _APART / 2 * glyph.size
        if is_apart or not (glyph.text.isascii() and glyph.text.isdigit()):
            break
        digits.append(number)
    return digits[::-1] if at_right else digits


def _gap(glyph: Glyph, other: Glyph) -> float:
    return max(glyph.x0 - other.x1, other.x0 - glyph.x1)
