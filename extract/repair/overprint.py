"""Fold fake bold on paper: copies of a glyph printed slightly shifted, detected by their positions.

A copy is the same character in the same font and size whose box nearly covers the first; what is seen is no copy of
what is hidden, as below a box that is painted over it. Distances are relative to the
advance width of the glyph: in points, small type would lose real repeats (18000 → 180, www → w).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extract.model.text import Glyph

_MAX_COPY_SHIFT = 0.45  # advance widths: horizontal distance of a copy from the one before it
_MAX_COPY_RISE = 0.25  # type sizes: vertical distance of a copy
_MAX_LONE_SPREAD = 0.2  # advance widths: closer copies are folded even if no glyph of the line has as many
_MAX_SIZE_DIFFERENCE = 0.01  # of the type size, between copies
_MIN_SIZE = 0.01  # points: smaller type is illegible, and not distinguishable from its copies
_MAX_SPREAD = 0.95  # advance widths between the outermost copies; the next real glyph is 1 away


def find_stacks(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """Find the stacks of copies: indices of glyphs printed at one position, in stream order.

    Glyphs are compared only with equal characters of the same font, in horizontal bands of the page, sorted by x0.
    """
    equal: dict[tuple[int, str, str, str], list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if glyph.advance >= _MIN_SIZE and glyph.size >= _MIN_SIZE:
            equal[glyph.page, *_kind(glyph)].append(number)
    stacks = (stack for numbers in equal.values() if len(numbers) > 1 for stack in _stacks(glyphs, numbers))
    return sorted(stacks)


def _stacks(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> list[list[int]]:
    """The stacks among equal characters of one font on one page, by union-find."""
    parents: dict[int, int] = {}
    for band in _bands(glyphs, numbers):
        band.sort(key=lambda number: glyphs[number].x0)
        for index, number in enumerate(band):
            left, wide = glyphs[number].x0, glyphs[number].advance * _MAX_COPY_SHIFT
            after = index + 1
            while after < len(band) and glyphs[band[after]].x0 - left <= wide:
                first, second = sorted((number, band[after]))
                if _covers(glyphs[first], glyphs[second]):
                    _unite(parents, first, second)
                after += 1
    stacks: dict[int, list[int]] = defaultdict(list)
    for number in sorted(parents):
        stacks[_root(parents, number)].append(number)
    return list(stacks.values())


def _bands(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Iterator[list[int]]:
    """Overlapping horizontal bands of two or more glyphs, such that a glyph and all its copies share a band."""
    reach = max([glyphs[number].size for number in numbers]) * _MAX_COPY_RISE * 1.01  # with a margin for rounding
    rows: dict[float, list[int]] = defaultdict(list)
    for number in numbers:
        rows[glyphs[number].top // reach].append(number)
    for row, those in rows.items():
        band = those + rows.get(row + 1, [])
        if len(band) > 1:
            yield band


def _kind(glyph: Glyph) -> tuple[str, str, str]:
    """The character, its font, and why it is no text of the guide: equal for copies."""
    return glyph.text, glyph.font, glyph.excluded_reason


def _covers(first: Glyph, second: Glyph) -> bool:
    near = min(first.advance, second.advance) * _MAX_COPY_SHIFT
    alike = abs(first.size - second.size) <= _MAX_SIZE_DIFFERENCE * second.size
    return alike and abs(first.x0 - second.x0) <= near and abs(first.top - second.top) <= second.size * _MAX_COPY_RISE


def _root(parents: dict[int, int], number: int) -> int:
    while parents.setdefault(number, number) != number:
        parents[number] = number = parents[parents[number]]
    return number


def _unite(parents: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def fold_overprints(glyphs: Sequence[Glyph]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the stacks of copies, each with the glyph to keep first, and the stacks of real repeats.

    A stack wider than one glyph is a tightly set dotted leader. A loose stack without another of as many copies on its
    line is a real repeat in narrow type: fake bold copies a whole run equally often.
    """
    stacks = find_stacks(glyphs)
    peers = Counter(_run(glyphs, stack) for stack in stacks)
    folded, kept = [], []
    for stack in stacks:
        places = [glyphs[n].x0 for n in stack]
        spread = (max(places) - min(places)) / glyphs[stack[0]].advance
        if spread > _MAX_SPREAD or (spread > _MAX_LONE_SPREAD and peers[_run(glyphs, stack)] == 1):
            kept.append(stack)
        else:
            folded.append(stack)
    return folded + _narrow_copies(glyphs, folded), kept


def _narrow_copies(glyphs: Sequence[Glyph], folded: list[list[int]]) -> list[list[int]]:
    """Find the copies of narrow glyphs (a proportional full stop), whose shift is too large for their width.

    Matches each glyph with equal ones at the shifts known from the folded stacks of the same line.
    """
    shifts: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for stack in folded:
        first = glyphs[stack[0]]
        shifts.setdefault(
            (first.page, int(first.top // first.size)),
            [(glyphs[n].x0 - first.x0, glyphs[n].top - first.top) for n in stack[1:]],
        )
    stacked = {number for stack in folded for number in stack}
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if number not in stacked and glyph.size >= _MIN_SIZE and (glyph.page, int(glyph.top // glyph.size)) in shifts:
            rows[glyph.page, int(glyph.top // glyph.size)].append(number)
    found: list[list[int]] = []
    for row, numbers in rows.items():
        taken: set[int] = set()
        for number in numbers:
            copies = [_copy_at(glyphs, number, shift, numbers) for shift in shifts[row]]
            if number not in taken and None not in copies and taken.isdisjoint(c for c in copies if c is not None):
                stack = [number, *(copy for copy in copies if copy is not None)]
                taken.update(stack)
                found.append(stack)
    return found


def _copy_at(glyphs: Sequence[Glyph], number: int, shift: tuple[float, float], others: list[int]) -> int | None:
    """Return the later glyph with the same character and font at this shift, or None."""
    first = glyphs[number]
    for other in others:
        glyph = glyphs[other]
        if other > number and _kind(glyph) == _kind(first):
            near = abs(glyph.x0 - first.x0 - shift[0]) < 0.05 and abs(glyph.top - first.top - shift[1]) < 0.05
            if near and abs(shift[0]) + abs(shift[1]) > 0:
                return other
    return None


def _run(glyphs: Sequence[Glyph], stack: list[int]) -> tuple[int, int, int]:
    """The page and line of a stack, and its number of copies."""
    first = glyphs[stack[0]]
    return first.page, int(first.top // first.size), len(stack)
