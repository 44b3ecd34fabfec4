"""Fake bold on paper: the same glyph printed again, a hair's breadth away. Geometry tells the copies.

A copy is the same character in the same font and size whose box nearly covers the first, measured against
the glyph's own advance width: in points, small type would lose real repeats (18000 → 180, www → w).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extract.model.text import Glyph

NEAR = 0.45  # how far a copy lies from the one before it at most, in advance widths
HIGH = 0.25  # and up or down, in type sizes
ALONE = 0.2  # copies nearer than this need no other copies beside them to be believed
_ALIKE = 0.01  # part of the size by which copies may differ in it
_SMALLEST = 0.01  # points: nothing that is drawn smaller can be told from its copies, or read
SPREAD = 0.95  # all copies of one glyph lie within this many advance widths: the next real glyph is 1 away


def find_stacks(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """The piles of copies on paper: the numbers of glyphs that were printed on one place, in order.

    Each glyph looks for its copies only among its like, in its own band of the page, from left to right as far as one
    may lie.
    """
    like: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if glyph.advance >= _SMALLEST and glyph.size >= _SMALLEST:
            like[glyph.page, glyph.text, glyph.font].append(number)
    piles = (pile for numbers in like.values() if len(numbers) > 1 for pile in _heaped(glyphs, numbers))
    return sorted(piles)


def _heaped(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> list[list[int]]:
    """The piles among glyphs that are the same character of one font on one page."""
    home: dict[int, int] = {}
    for band in _bands(glyphs, numbers):
        band.sort(key=lambda number: glyphs[number].x0)
        for place, number in enumerate(band):
            left, wide = glyphs[number].x0, glyphs[number].advance * NEAR
            after = place + 1
            while after < len(band) and glyphs[band[after]].x0 - left <= wide:
                first, second = sorted((number, band[after]))
                if _covers(glyphs[first], glyphs[second]):
                    _unite(home, first, second)
                after += 1
    piles: dict[int, list[int]] = defaultdict(list)
    for number in sorted(home):
        piles[_root(home, number)].append(number)
    return list(piles.values())


def _bands(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Iterator[list[int]]:
    """Glyphs that lie about as high as one another, so that each and all its copies are together in one of the bands;
    a glyph that is alone there has none.
    """
    reach = max([glyphs[number].size for number in numbers]) * HIGH * 1.01  # a hair more, for roundings
    rows: dict[float, list[int]] = defaultdict(list)
    for number in numbers:
        rows[glyphs[number].top // reach].append(number)
    for row, those in rows.items():
        band = those + rows.get(row + 1, [])
        if len(band) > 1:
            yield band


def _covers(first: Glyph, second: Glyph) -> bool:
    near = min(first.advance, second.advance) * NEAR
    alike = abs(first.size - second.size) <= _ALIKE * second.size
    return alike and abs(first.x0 - second.x0) <= near and abs(first.top - second.top) <= second.size * HIGH


def _root(home: dict[int, int], number: int) -> int:
    while home.setdefault(number, number) != number:
        home[number] = number = home[home[number]]
    return number


def _unite(home: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_root(home, one), _root(home, other)))
    home[second] = first


def fold_overprints(glyphs: Sequence[Glyph]) -> tuple[list[list[int]], list[list[int]]]:
    """The piles of copies, each with the glyph that stays first; and the piles that only look like copies.

    A pile wider than one glyph is a dotted leader set tight. A loose pile that no other pile on its line
    matches in number is a real repeat in narrow type: fake bold has one count of copies along a whole run.
    """
    piles = find_stacks(glyphs)
    peers = Counter(_run(glyphs, pile) for pile in piles)
    folded, kept = [], []
    for pile in piles:
        places = [glyphs[n].x0 for n in pile]
        spread = (max(places) - min(places)) / glyphs[pile[0]].advance
        if spread > SPREAD or (spread > ALONE and peers[_run(glyphs, pile)] == 1):
            kept.append(pile)
        else:
            folded.append(pile)
    return folded + _narrow(glyphs, folded), kept


def _narrow(glyphs: Sequence[Glyph], folded: list[list[int]]) -> list[list[int]]:
    """Copies of narrow glyphs (a full stop of proportional type), which lie too far apart for their width.

    The wide glyphs of the same line tell how far each copy was moved; a glyph with copies just there has them too.
    """
    moves: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for pile in folded:
        first = glyphs[pile[0]]
        moves.setdefault(
            (first.page, int(first.top // first.size)),
            [(glyphs[n].x0 - first.x0, glyphs[n].top - first.top) for n in pile[1:]],
        )
    known = {number for pile in folded for number in pile}
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if number not in known and glyph.size >= _SMALLEST and (glyph.page, int(glyph.top // glyph.size)) in moves:
            rows[glyph.page, int(glyph.top // glyph.size)].append(number)
    found: list[list[int]] = []
    for row, numbers in rows.items():
        taken: set[int] = set()
        for number in numbers:
            copies = [_moved(glyphs, number, move, numbers) for move in moves[row]]
            if number not in taken and None not in copies and taken.isdisjoint(c for c in copies if c is not None):
                pile = [number, *(copy for copy in copies if copy is not None)]
                taken.update(pile)
                found.append(pile)
    return found


def _moved(glyphs: Sequence[Glyph], number: int, move: tuple[float, float], others: list[int]) -> int | None:
    """The later glyph that is the same character, moved by so much."""
    first = glyphs[number]
    for other in others:
        glyph = glyphs[other]
        if other > number and (glyph.text, glyph.font) == (first.text, first.font):
            near = abs(glyph.x0 - first.x0 - move[0]) < 0.05 and abs(glyph.top - first.top - move[1]) < 0.05
            if near and abs(move[0]) + abs(move[1]) > 0:
                return other
    return None


def _run(glyphs: Sequence[Glyph], pile: list[int]) -> tuple[int, int, int]:
    """The line on which a pile stands and how often its glyph was printed."""
    first = glyphs[pile[0]]
    return first.page, int(first.top // first.size), len(pile)
