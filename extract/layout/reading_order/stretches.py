"""The lines of a page across all columns, as stretches of glyphs between wide gaps."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from extract.model.text import Glyph, display_width, typeface

MIN_GUTTER = 0.75  # ems between two columns, at least
_MIN_AT_EDGE = 0.55  # the same to a glyph at the edge of a column; behind a comma there is half an em
MIN_COLUMN = 10.0  # ems
MIN_LINES = (5, 3)  # at the left and at the right of a gutter
MAX_ROOM = 1.6  # ems from the edge of a column to the end of a line that fills it
MAX_INDENT = 2.6  # ems from the edge of a column to a line of it
SMALLER = 0.92  # the size of running heads and of notes, in sizes of the text, at the most
_OPENING = frozenset("（《〈“‘【〔")  # drawn in the right half of their boxes
CLOSING = frozenset("，。、；：！？）》〉”’】〕")  # drawn in the left half of theirs


class Stretch(NamedTuple):
    """The glyphs of a line between two wide gaps, the edges of their ink, their size, and their text."""

    numbers: list[int]
    x0: float
    x1: float
    size: float
    text: str = ""


class Row(NamedTuple):
    """A line across all columns."""

    stretches: list[Stretch]
    top: float
    bottom: float
    size: float
    text: str
    font: str  # of all Chinese characters, "" where there are several

    @property
    def numbers(self) -> list[int]:
        return [number for stretch in self.stretches for number in stretch.numbers]


class Gutter(NamedTuple):
    """A white band from left to right, the edges of the text at its sides, the lines at its right, and their size."""

    left: float
    right: float
    text_left: float = -inf
    text_right: float = inf
    lines: int = 0
    size: float = 1.0


class Sides(NamedTuple):
    """The stretches at the left and at the right of a gutter, a list for each line that has any."""

    left: list[list[Stretch]]
    right: list[list[Stretch]]


def measure_row(glyphs: Sequence[Glyph], numbers: Sequence[int], edges: Sequence[float] = ()) -> Row:
    """The stretches of a line. At the known edges of columns narrower gaps are wide: a full stop may hang over.

    An address that is longer than its column may be printed over the words of the next one, from its edge on.
    """
    stretches: list[Stretch] = []
    spaces: list[int] = []
    x1 = box_end = -inf
    for number in _one_after_the_other(glyphs, numbers) if edges else numbers:
        glyph = glyphs[number]
        if glyph.text.isspace():
            (stretches[-1].numbers if stretches else spaces).append(number)
            continue
        is_at_edge = any(abs(glyph.x0 - edge) < 0.5 for edge in edges)
        gap = max(glyph.x0 - x1, ink_left(glyph) - box_end)  # the empty half of one mark: 》、《 is no gap
        is_over = is_at_edge and bool(stretches) and number - 1 != stretches[-1].numbers[-1] and gap < -glyph.size / 2
        if is_over:
            x1 = box_end = -inf
        if is_over or gap >= (_MIN_AT_EDGE if is_at_edge else MIN_GUTTER) * glyph.size:
            stretches.append(Stretch([*spaces, number], glyph.x0, x1, 0.0))
            spaces = []
        else:
            stretches[-1].numbers.append(number)
        x1, box_end = max(x1, ink_right(glyph)), max(box_end, glyph.x1)
        stretches[-1] = stretches[-1]._replace(x1=x1)
    first = glyphs[numbers[0]]
    if not stretches:
        stretches = [Stretch(spaces, first.x0, first.x0, 0.0)]
    drawn = [glyphs[number] for number in numbers]
    fonts = {typeface(glyph.font) for glyph in drawn if not glyph.text.isascii()}
    return Row(
        [
            part._replace(
                size=median(glyphs[number].size for number in part.numbers),
                text="".join(glyphs[number].text for number in part.numbers).strip(),
            )
            for part in stretches
        ],
        min(glyph.top for glyph in drawn),
        max(glyph.bottom for glyph in drawn),
        median(glyph.size for glyph in drawn) or 1.0,
        "".join(glyph.text for glyph in drawn).strip(),
        fonts.pop() if len(fonts) == 1 else "",
    )


def _one_after_the_other(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Sequence[int]:
    """The glyphs of a line from left to right; where some are drawn over others, those that were drawn in one go."""
    drawn = [number for number in numbers if not glyphs[number].text.isspace()]
    if not any(glyphs[b].x0 < glyphs[a].x1 - glyphs[b].size / 4 for a, b in pairwise(drawn)):
        return numbers
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [number for run in sorted(runs, key=lambda run: glyphs[run[0]].x0) for number in run]


def ink_left(glyph: Glyph) -> float:
    """The left edge of what is drawn: an opening bracket at the edge of its column may hang over it."""
    return glyph.x0 + glyph.size / 2 if glyph.text in _OPENING and glyph.x1 - glyph.x0 > glyph.size / 2 else glyph.x0


def ink_right(glyph: Glyph) -> float:
    """The right edge of what is drawn: a full stop may hang over the edge of its column."""
    if glyph.text in CLOSING:
        return glyph.x0 + glyph.size / 2
    return glyph.x1 if glyph.x1 > glyph.x0 else glyph.x0 + sum(map(display_width, glyph.text)) * glyph.size


def sides_of(rows: Sequence[Row], edge: float) -> Sides:
    sides = Sides([], [])
    for row in rows:
        for side, of_right in zip(sides, (False, True), strict=True):
            if part := [stretch for stretch in row.stretches if is_right_of(stretch, edge, row) == of_right]:
                side.append(part)
    return sides


def is_right_of(stretch: Stretch, edge: float, row: Row) -> bool:
    """True if a stretch begins at the edge of a column, or right of it; an opening bracket may hang out."""
    return stretch.x0 >= edge - MIN_GUTTER * row.size


def leading_of(rows: Sequence[Row]) -> float:
    """The distance from a line to the next in its column, which stands below it."""
    steps: list[float] = []
    for index, row in enumerate(rows):
        for part in row.stretches:
            below = (
                lower.top for lower in rows[index + 1 :] if any(_overlap(part, other) for other in lower.stretches)
            )
            if (top := next(below, None)) is not None:
                steps.append(top - row.top)
    return sorted(steps)[len(steps) // 4] if steps else 0.0


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1
