"""The places of lines on a page: in columns, across them, or apart from the text."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from extract.layout.browser_lines import is_printed
from extract.layout.reading_order.stretches import (
    MIN_COLUMN,
    MIN_LINES,
    SMALLER,
    Row,
    is_right_of,
    leading_of,
)
from extract.model.stages import Ruling

_MAX_OUTER = 3  # lines of a running head or foot
_SET_OFF = 1.5  # the space between a running head and the text, in spaces between lines
_MAX_CELL = 6  # lines between two rulings of a table
_MIN_RULINGS = 3  # across a gutter, in a table
Place = Literal["left", "right", "both", "across"]  # of a line at a gutter


def places_of(rows: Sequence[Row], edge: float, rulings: Sequence[Ruling]) -> list[Place]:
    """The place of each line at an edge. Those of a ruled table across it stand across, too.

    An address alone is one word: it may be longer than its column.
    """
    places: list[Place] = []
    for row in rows:
        sides = {is_right_of(stretch, edge, row) for stretch in row.stretches}
        over = [part for part in row.stretches if part.x1 > edge and not is_right_of(part, edge, row)]
        places.append(
            "across"
            if not all(part.text.isascii() for part in over)
            else "both"
            if len(sides) == 2
            else "right"
            if True in sides
            else "left"
        )
    across = _tops_across(rulings, edge, MIN_COLUMN / 2 * median([row.size for row in rows] or [0.0]))
    for upper, lower in pairwise(across if len(across) >= _MIN_RULINGS else ()):
        cells = [index for index, row in enumerate(rows) if upper <= (row.top + row.bottom) / 2 <= lower]
        for index in cells if len(cells) <= _MAX_CELL else ():
            places[index] = "across"
    return places


def _tops_across(rulings: Sequence[Ruling], edge: float, least: float) -> list[float]:
    """How far down rules stand across an edge, from the top; each cell may have its own. Those that do not begin so far
    left of the edge are of a table in the right column, which stands out of it by the room around the words of cells.
    """
    tops: list[float] = []
    joined: tuple[float, float, float] | None = None  # the left end of rules side by side, their right end, their top
    for rule in sorted(rulings, key=lambda rule: (round(rule.top), rule.x0)):
        if joined and rule.x0 <= joined[1] + 1 and abs(rule.top - joined[2]) <= 1:
            joined = joined[0], max(joined[1], rule.x1), joined[2]
        else:
            joined = rule.x0, rule.x1, rule.top
        if joined[0] < edge - least and joined[1] > edge + 1 and tops[-1:] != [joined[2]]:
            tops.append(joined[2])
    return tops


def runs_of(places: Sequence[Place], of: Callable[[Place], object]) -> Iterator[tuple[int, int]]:
    """The first of each run of lines with equal places, and the one behind the last."""
    for _, group in groupby(range(len(places)), key=lambda index: of(places[index])):
        first, *others = group
        yield first, (others or [first])[-1] + 1


def columned(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """The lines from one that stands across to the next."""
    return (group for group in runs_of(places, "across".__eq__) if places[group[0]] != "across")


def set_off(rows: Sequence[Row]) -> tuple[int, int]:
    """The first line of the text of a page, and the one behind its last.

    Running heads and feet in several parts stand apart from it, or are in smaller type than it and the line next to
    them, and begin where no column does. Notes at the feet of columns follow lines of their size, or begin as columns.
    """
    size = median(row.size for row in rows)
    least = max(_SET_OFF * (leading_of(rows) - size), size)
    starts = Counter(round(stretch.x0) for row in rows for stretch in row.stretches)
    counts = []
    for lines in (rows, rows[::-1]):
        count = 0
        for place, (row, inner) in enumerate(pairwise(lines[: _MAX_OUTER + 1]), 1):
            if len(row.stretches) < 2:
                break
            is_apart = max(inner.top - row.bottom, row.top - inner.bottom) > least
            is_smaller = row.size <= SMALLER * min(size, inner.size)
            is_small = is_smaller and any(starts[round(s.x0)] == 1 for s in row.stretches)
            begins_columns = all(starts[round(s.x0)] >= min(MIN_LINES) for s in row.stretches)
            is_head = is_small or (is_apart and not begins_columns) or is_printed(row.text.replace(":", "："))
            count = place if is_head else count
        counts.append(count)
    return counts[0], max(counts[0], len(rows) - counts[1])
