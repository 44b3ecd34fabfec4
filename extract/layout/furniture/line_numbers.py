"""Line numbers beside the lines, as Word prints them: drawn by themselves, one below the other, they count up.

They stand left of each column, or at the outer margins, and may touch the text of the column beside them.
"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from extract.layout.scripts import ink_end
from extract.model.text import Glyph

_APART = 0.35  # ems between a line number and what is drawn before or after it, at least
_APART_AND_SMALL = 0.15  # where the two differ in size
_SAME_SIZE = 0.05  # of a size
_SIDE_BY_SIDE = 0.25  # ems between two digits of a number, at the most
_MOST = 0.6  # of the lines that are numbered, where each is; or every fifth
_COLUMN = 0.3  # of the lines of the pages that have numbers, in each column
_STEPS = (1, 5)
_RUNNING = 0.9  # of the numbers that follow the one before, at least
_NEXT = 0.5  # of the numbers that follow the one above
_AGAIN = 0.25  # of the numbers of a column that stand in another one of its page
_ALIGNED = 1.0  # points between the edges of numbers that stand one below the other, at the most
_DIGIT = frozenset("0123456789")
_DIGITS = 4
_FEWEST = 5


class _Number(NamedTuple):
    """A figure that is drawn by itself: its glyphs, its value, and where it stands."""

    glyphs: list[int]
    value: int
    page: int
    bottom: float
    x0: float
    x1: float


def find_line_numbers(glyphs: Sequence[Glyph], pages: Iterable[Sequence[int]]) -> set[int]:
    """The indices of the glyphs that are line numbers, of those of each page in the order of the stream."""
    inked = list(chain.from_iterable(pages))
    numbers = list(_numbers(glyphs, inked))
    if len(numbers) < _FEWEST:
        return set()
    alone = {index for number in numbers for index in number.glyphs}
    lines = {(glyphs[index].page, round(glyphs[index].bottom)) for index in inked if index not in alone}
    groups = list(_aligned(numbers))
    values = {(number.page, number.value) for group in groups for number in group}
    for step in _STEPS:
        counting: list[_Number] = []
        for group in groups:
            is_alike = _numbers_lines(group, step, lines) or _goes_on(group, step, counting)
            if is_alike and _counts(group, step, values) and _is_in_turn(group, step, counting, values):
                counting += group
        if len(counting) >= _MOST * len(lines) / step:
            return {index for number in counting for index in number.glyphs}
    return set()


def _numbers(glyphs: Sequence[Glyph], inked: Sequence[int]) -> Iterator[_Number]:
    """The figures that touch nothing that is drawn right before or after them."""
    digits = [place for place, index in enumerate(inked) if glyphs[index].text in _DIGIT]
    for places in _side_by_side(glyphs, inked, digits):
        start, end = places[0], places[-1] + 1
        first, last = glyphs[inked[start]], glyphs[inked[end - 1]]
        if len(places) > _DIGITS or (start > 0 and _adjoins(glyphs[inked[start - 1]], first)):
            continue
        if end == len(inked) or not _adjoins(last, glyphs[inked[end]]):
            run = list(inked[start:end])
            yield _Number(run, int("".join(glyphs[n].text for n in run)), first.page, first.bottom, first.x0, last.x1)


def _side_by_side(glyphs: Sequence[Glyph], inked: Sequence[int], places: Sequence[int]) -> Iterator[list[int]]:
    """The places of digits in the stream, figure by figure."""
    figure = list(places[:1])
    for before, place in pairwise(places):
        is_next = place == before + 1 and _touches(glyphs[inked[before]], glyphs[inked[place]], _SIDE_BY_SIDE)
        if not is_next:
            yield figure
            figure = []
        figure.append(place)
    if figure:
        yield figure


def _adjoins(before: Glyph, after: Glyph) -> bool:
    is_of_size = abs(before.size - after.size) <= _SAME_SIZE * before.size
    return _touches(before, after, _APART if is_of_size else _APART_AND_SMALL)


def _touches(before: Glyph, after: Glyph, most: float) -> bool:
    """True if a glyph follows another on its line, with at most so many ems of the smaller one between them."""
    smaller, size = sorted((before.size, after.size))
    is_level = before.page == after.page and abs(before.bottom - after.bottom) < size / 2
    return is_level and -size / 2 < after.x0 - ink_end(before) < most * smaller


def _aligned(numbers: Sequence[_Number]) -> Iterator[list[_Number]]:
    """The numbers that end or begin at one distance from the edge of the page, from top to bottom; the most first."""
    groups = [*_grouped(numbers, lambda number: number.x1), *_grouped(numbers, lambda number: number.x0)]
    taken: set[int] = set()
    for group in sorted(groups, key=len, reverse=True):
        free = [number for number in group if taken.isdisjoint(number.glyphs)]
        if len(free) >= _FEWEST:
            column = _one_a_line(sorted(free, key=lambda number: (number.page, number.bottom)))
            taken.update(index for number in column for index in number.glyphs)
            yield column


def _one_a_line(column: Iterable[_Number]) -> list[_Number]:
    """The numbers of a column, from top to bottom: of several on one line the one that counts on from the line above.

    The line number beside a column may be printed over the last figure of the column before (每个推荐单位限报 2).
    """
    kept: list[_Number] = []
    for number in column:
        if not kept or kept[-1].page != number.page or number.bottom - kept[-1].bottom > _ALIGNED:
            kept.append(number)
        elif len(kept) > 1 and abs(number.value - kept[-2].value) < abs(kept[-1].value - kept[-2].value):
            kept[-1] = number
    return kept


def _grouped(numbers: Sequence[_Number], edge: Callable[[_Number], float]) -> list[list[_Number]]:
    """The numbers by one of their edges."""
    groups: list[list[_Number]] = []
    for number in sorted(numbers, key=edge):
        if groups and edge(number) - edge(groups[-1][-1]) <= _ALIGNED:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _numbers_lines(group: Sequence[_Number], step: int, lines: Collection[tuple[int, int]]) -> bool:
    """True if numbers stand beside a good part of the lines of their pages, as those of a column do."""
    pages = {number.page for number in group}
    beside = sum(page in pages for page, _ in lines)
    return len(group) >= _COLUMN * beside / step


def _goes_on(group: Sequence[_Number], step: int, before: Iterable[_Number]) -> bool:
    """True if numbers count on from those of the column before, of which the text may end in a short one."""
    first = group[0]
    return any((number.page, number.value + step) == (first.page, first.value) for number in before)


def _is_in_turn(
    group: Sequence[_Number], step: int, before: Iterable[_Number], values: Container[tuple[int, int]]
) -> bool:
    """True if numbers come right before or after those of another column of their pages, and few of them are there.

    The marks of notes at the end of a guide stand below one another, and count, too. Beside the notes at the foot of a
    column lines may be counted anew.
    """
    own = {(number.page, number.value) for number in group}
    taken = {(number.page, number.value) for number in before}
    if {page for page, _ in own}.isdisjoint(page for page, _ in taken):
        return True
    around = {(page, value + way) for page, value in own for way in (-step, step)} - own
    return len(own & taken) <= _AGAIN * len(own) and any(place in values for place in around)


def _counts(group: Sequence[_Number], step: int, values: Container[tuple[int, int]]) -> bool:
    """True if numbers one below the other count up. Where one does not, the count goes on from another column."""
    counted = [b.value - a.value == step for a, b in pairwise(group)]
    running = sum(
        is_next
        or b.page != a.page
        or b.value in (1, step)
        or (b.value > a.value and (b.page, b.value - step) in values)
        for (a, b), is_next in zip(pairwise(group), counted, strict=True)
    )
    return running >= _RUNNING * len(counted) and sum(counted) >= _NEXT * len(counted)
