"""Check folded copies: each has to lie on a glyph that stays and is the same character."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import inf

from extract.check.quotes import Mismatch, check_from
from extract.model.record import Check
from extract.model.stages import Pulled, Repaired
from extract.model.text import Glyph

_MOVE_STEP = 0.1  # in points; moves are rounded to it
_Move = tuple[float, float]


def copies_fold(pulled: Pulled, repaired: Repaired) -> Check | None:
    """Check that every folded glyph lies on a glyph that stays and is the same character."""
    folded = next((one.became for one in repaired.repairs if one.name == "fold overprints"), {})
    if not folded:
        return None
    kept = _Kept(pulled.glyphs, folded)
    # A full stop of narrow type may lie beside its first copy; then wider glyphs on its line lie as far from theirs.
    loose: list[Glyph] = []
    moves: dict[tuple[int, int], set[_Move]] = defaultdict(set)
    for copy in (pulled.glyphs[number] for number in folded):
        covered = next((one for one in kept.near(copy, kept.tallest(copy) / 3) if _covers(one, copy)), None)
        if covered is None:
            loose.append(copy)
        else:
            moves[copy.page, round(copy.top)].add(_move(covered, copy))
    astray = [copy for copy in loose if not _moved(copy, kept, moves[copy.page, round(copy.top)])]
    faults = [Mismatch(None, f"{copy.text} on page {copy.page}", ()) for copy in astray]
    return check_from("copies-fold", len(folded), "copies", "lie on the glyphs that they copy", faults)


class _Kept:
    """The glyphs that stay and were copied, to look up which of them lie about as high as a copy."""

    def __init__(self, glyphs: Sequence[Glyph], folded: Collection[int]) -> None:
        self._glyphs = glyphs
        self._like: dict[object, list[tuple[float, int]]] = {_like(glyphs[number]): [] for number in folded}
        for number, glyph in enumerate(glyphs):
            if number not in folded and (like := self._like.get(_like(glyph))) is not None:
                like.append((glyph.top, number))
        for places in self._like.values():
            places.sort()
        self._sizes = {like: max([glyphs[n].size for _, n in ns], default=0.0) for like, ns in self._like.items()}

    def tallest(self, copy: Glyph) -> float:
        """The largest size of a copy and what it may be a copy of."""
        return max(copy.size, self._sizes[_like(copy)])

    def near(self, copy: Glyph, height: float) -> list[Glyph]:
        """Return the kept glyphs of its character at most so far above or below a copy, in the file's order."""
        places = self._like[_like(copy)]
        start = bisect_left(places, (copy.top - height - _MOVE_STEP, -1))
        stop = bisect_right(places, (copy.top + height + _MOVE_STEP, inf))
        return [self._glyphs[number] for number in sorted(number for _, number in places[start:stop])]


def _like(glyph: Glyph) -> tuple[str, int]:
    """Return what a glyph shares with its copies: character and page."""
    return glyph.text, glyph.page


def _moved(copy: Glyph, kept: _Kept, moves: Collection[_Move]) -> bool:
    """Return True if a copy is moved from its original as others on its line are."""
    highest = max((abs(up) for _, up in moves), default=0.0)
    return any(_move(one, copy) in moves for one in kept.near(copy, highest))


def _covers(one: Glyph, copy: Glyph) -> bool:
    near = abs(one.x0 - copy.x0) <= max(one.advance, copy.advance) / 2
    return near and abs(one.top - copy.top) <= max(one.size, copy.size) / 3


def _move(one: Glyph, copy: Glyph) -> _Move:
    return round(copy.x0 - one.x0, 1), round(copy.top - one.top, 1)
