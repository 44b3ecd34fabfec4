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
_SAME_SHIFT = 0.05  # points between the shifts of two copies
_MAX_SPREAD = 0.95  # advance widths between the outermost copies; the next real glyph is 1 away

_Row = tuple[int, int]
_Kind = tuple[int, str, str, str]


def find_stacks(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """Find the stacks of copies: indices of glyphs printed at one position, in stream order.

    Glyphs are compared only with equal characters of the same font, in horizontal bands of the page, sorted by x0.
    """
    equal: dict[_Kind, list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if glyph.advance >= _MIN_SIZE and glyph.size >= _MIN_SIZE:
            equal[_kind(glyph)].append(number)
    stacks = (stack for numbers in equal.values() if len(numbers) > 1 for stack in _stacks(glyphs, numbers))
    return sorted(stacks)


def _stacks(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> list[list[int]]:
    """The stacks among equal characters of one font on one page: whatever lies on one another, pair by pair."""
    joined = _UnionFind()
    for band in _bands(glyphs, numbers):
        band.sort(key=lambda number: glyphs[number].x0)
        for index, number in enumerate(band):
            left, wide = glyphs[number].x0, glyphs[number].advance * _MAX_COPY_SHIFT
            after = index + 1
            while after < len(band) and glyphs[band[after]].x0 - left <= wide:
                first, second = sorted((number, band[after]))
                if _covers(glyphs[first], glyphs[second]):
                    joined.join(first, second)
                after += 1
    return joined.sets()


class _UnionFind:
    """Sets of numbers, joined pair by pair; the least number of a set is its root."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def root(self, number: int) -> int:
        parents = self._parents
        while parents.setdefault(number, number) != number:
            parents[number] = number = parents[parents[number]]
        return number

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        self._parents[max(one, other)] = min(one, other)

    def sets(self) -> list[list[int]]:
        sets: dict[int, list[int]] = defaultdict(list)
        for number in sorted(self._parents):
            sets[self.root(number)].append(number)
        return list(sets.values())


def _bands(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Iterator[list[int]]:
    """Overlapping horizontal bands of two or more glyphs, such that a glyph and all its copies share a band."""
    reach = max([glyphs[number].size for number in numbers]) * _MAX_COPY_RISE * 1.01  # with a margin for rounding
    rows: dict[float, list[int]] = defaultdict(list)
    for number in numbers:
        rows[glyphs[number].top // reach].append(number)
    for row, those in rows.items():
        if len(those) > 1 or row + 1 in rows:
            yield those + rows.get(row + 1, [])


def _kind(glyph: Glyph) -> _Kind:
    """The page, the character, its font, and why it is no text of the guide: equal for copies."""
    return glyph.page, glyph.text, glyph.font, glyph.excluded_reason


def _covers(first: Glyph, second: Glyph) -> bool:
    near = min(first.advance, second.advance) * _MAX_COPY_SHIFT
    alike = abs(first.size - second.size) <= _MAX_SIZE_DIFFERENCE * second.size
    return alike and abs(first.x0 - second.x0) <= near and abs(first.top - second.top) <= second.size * _MAX_COPY_RISE


def fold_overprints(glyphs: Sequence[Glyph]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the stacks of copies, each with the glyph to keep first, and the stacks of real repeats.

    A stack wider than one glyph is a tightly set dotted leader. A loose stack without another of as many copies on its
    line is a real repeat in narrow type: fake bold copies a whole run equally often.
    """
    stacks = find_stacks(glyphs)
    peers = Counter((_row(glyphs[stack[0]]), len(stack)) for stack in stacks)
    folded, kept = [], []
    for stack in stacks:
        positions = [glyphs[n].x0 for n in stack]
        spread = (max(positions) - min(positions)) / glyphs[stack[0]].advance
        has_peers = peers[_row(glyphs[stack[0]]), len(stack)] > 1
        if spread > _MAX_SPREAD or (spread > _MAX_LONE_SPREAD and not has_peers):
            kept.append(stack)
        else:
            folded.append(stack)
    return folded + _narrow_copies(glyphs, folded), kept


def _narrow_copies(glyphs: Sequence[Glyph], folded: list[list[int]]) -> list[list[int]]:
    """Find the copies of narrow glyphs (a proportional full stop), whose shift is too large for their width.

    At each shift from an original to its copies that is known on the row, an equal glyph has to lie.
    """
    shifts = {_row(glyphs[stack[0]]): _shifts(glyphs, stack) for stack in reversed(folded)}
    stacked = {number for stack in folded for number in stack}
    equal: dict[tuple[_Row, _Kind], list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if number not in stacked and glyph.size >= _MIN_SIZE and _row(glyph) in shifts:
            equal[_row(glyph), _kind(glyph)].append(number)
    found: list[list[int]] = []
    for (row, _), numbers in equal.items():
        taken: set[int] = set()
        for index, number in enumerate(numbers):
            copies = [_copy_at(glyphs, number, shift, numbers[index + 1 :]) for shift in shifts[row]]
            stack = [number, *(copy for copy in copies if copy is not None)]
            if len(stack) == len(copies) + 1 and taken.isdisjoint(stack):
                taken.update(stack)
                found.append(stack)
    return found


def _shifts(glyphs: Sequence[Glyph], stack: Sequence[int]) -> list[tuple[float, float]]:
    """The distances of copies from the glyph that they copy."""
    first, *copies = (glyphs[number] for number in stack)
    return [(copy.x0 - first.x0, copy.top - first.top) for copy in copies]


def _copy_at(glyphs: Sequence[Glyph], number: int, shift: tuple[float, float], later: Sequence[int]) -> int | None:
    """Return the first of the later glyphs that lies at a shift, or None; the shift is not nothing."""
    left, top = glyphs[number].x0 + shift[0], glyphs[number].top + shift[1]
    at_shift = (
        other
        for other in later
        if abs(glyphs[other].x0 - left) < _SAME_SHIFT and abs(glyphs[other].top - top) < _SAME_SHIFT
    )
    return next(at_shift, None) if shift != (0, 0) else None


def _row(glyph: Glyph) -> _Row:
    """The page and the row of a glyph, rows as high as its type."""
    return glyph.page, int(glyph.top // glyph.size)
