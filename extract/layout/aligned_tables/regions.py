"""The lines that may be a table: from its heads down to the first line that stands across several of them."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from extract.layout.aligned_tables.heads import HeadNames
from extract.layout.aligned_tables.pieces import Printed, Stretch

_MAX_ABOVE = 4  # lines of heads above the one that has known words
_MIN_TOUCHING = 3  # cells that hardly ever touch one another on a line
_MIN_BESIDE = 3  # words beside one another below a line that stands across columns: rows that go on


class Region(NamedTuple):
    """Lines of a table in order, over the ends of pages; rows of a broken one go on below a line across it."""

    head: Printed
    lines: Sequence[Printed]
    is_broken: bool


def find_regions(lines: Sequence[Printed], names: HeadNames) -> Iterator[Region]:
    """The regions of tables, from the first page on. `lines` are in order of their pages and tops."""
    at = 0
    while at < len(lines):
        if not names.are_on(lines[at].text.plain):
            at += 1
            continue
        start = _first_of_heads(lines, at, names)
        heads = [one for line in lines[start : at + 1] for one in line.stretches if names.begin_with(one.words)]
        stop = at + 1
        while stop < len(lines) and (lines[stop].is_aside or not _ends_table(lines[stop], heads, names)):
            stop += 1
        yield Region(lines[at], lines[start:stop], _goes_on(lines, stop, heads, names))
        at = stop


def _first_of_heads(lines: Sequence[Printed], at: int, names: HeadNames) -> int:
    """The first line of the heads: those of narrow columns begin above the others."""
    start = at
    while start and at - start < _MAX_ABOVE and lines[start - 1].page == lines[at].page:
        if not all(names.begin_with(stretch.words) for stretch in lines[start - 1].stretches):
            break
        start -= 1
    return start


def _ends_table(line: Printed, heads: Sequence[Stretch], names: HeadNames) -> bool:
    return _stands_across(line, heads) or names.appendix.fullmatch(line.text.plain) is not None


def _stands_across(line: Printed, heads: Sequence[Stretch]) -> bool:
    """True if words of a line stand below several heads that are side by side.

    Within a line of cells two may touch: a full stop hangs over the edge of its own, and a bracket opens the next one.
    """
    below = [_side_by_side([head for head in heads if _overlaps(part, head)]) for part in line.stretches]
    return max(below) >= (_MIN_TOUCHING if len(line.stretches) > 1 else 2)


def _side_by_side(heads: Sequence[Stretch]) -> int:
    """How many of the heads stand beside one another, not above."""
    count, right = 0, -inf
    for head in sorted(heads, key=lambda head: head.x1):
        if head.x0 >= right:
            count, right = count + 1, head.x1
    return count


def _overlaps(one: Stretch, other: Stretch) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _goes_on(lines: Sequence[Printed], stop: int, heads: Sequence[Stretch], names: HeadNames) -> bool:
    """True if words stand below several heads, each below one, under the line that ends a table."""
    for line in lines[stop:]:
        if line.page != lines[stop].page or names.are_on(line.text.plain):
            return False
        beside = [part for part in line.stretches if any(_overlaps(part, head) for head in heads)]
        if len(beside) >= _MIN_BESIDE and not _stands_across(line, heads):
            return True
    return False
