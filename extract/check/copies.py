"""Check folded copies: each has to lie on a kept glyph of the same character."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import inf

from extract.check.quotes import Mismatch, check_from
from extract.model.record import Check
from extract.model.stages import Pulled, Repaired
from extract.model.text import Glyph

_MOVE_STEP = 0.1  # points; offsets between glyphs are rounded to it
_Move = tuple[float, float]


def copies_fold(pulled: Pulled, repaired: Repaired) -> Check | None:
    """Check that every folded glyph lies on a kept glyph of the same character."""
    folded = next((one.became for one in repaired.repairs if one.name == "fold overprints"), {})
    if not folded:
        return None
    kept = _Kept(pulled.glyphs, folded)
    # A narrow full stop may lie beside its original; then wider glyphs of its line are displaced by the same offset.
    loose: list[Glyph] = []
    moves: dict[tuple[int, int], set[_Move]] = defaultdict(set)
    for copy in (pulled.glyphs[number] for number in folded):
        covered = next((one for one in kept.near(copy, kept.tallest(copy) / 3) if _covers(one, copy)), None)
        if covered is None:
            loose.append(copy)
        else:
            moves[copy.page, round(copy.top)].add(_move(covered, copy))
    misplaced = [copy for copy in loose if not _moved(copy, kept, moves[copy.page, round(copy.top)])]
    faults = [Mismatch(None, f"{copy.text} on page {copy.page}", ()) for copy in misplaced]
    return check_from("copies-fold", len(folded), "copies", "lie on the glyphs that they copy", faults)


class _Kept:
    """The kept glyphs that have copies, indexed by character, page and height."""

    def __init__(self, glyphs: Sequence[Glyph], folded: Collection[int]) -> None:
        self._glyphs = glyphs
        self._entries: dict[object, list[tuple[float, int]]] = {_copy_key(glyphs[number]): [] for number in folded}
        for number, glyph in enumerate(glyphs):
            if number not in folded and (kept := self._entries.get(_copy_key(glyph))) is not None:
                kept.append((glyph.top, number))
        for entries in self._entries.values():
            entries.sort()
        self._sizes = {like: max([glyphs[n].size for _, n in ns], default=0.0) for like, ns in self._entries.items()}

    def tallest(self, copy: Glyph) -> float:
        """Return the largest size of a copy and its possible originals."""
        return max(copy.size, self._sizes[_copy_key(copy)])

    def near(self, copy: Glyph, height: float) -> list[Glyph]:
        """Return the kept glyphs of the same character at most `height` above or below a copy, in file order."""
        entries = self._entries[_copy_key(copy)]
        start = bisect_left(entries, (copy.top - height - _MOVE_STEP, -1))
        stop = bisect_right(entries, (copy.top + height + _MOVE_STEP, inf))
        return [self._glyphs[number] for number in sorted(number for _, number in entries[start:stop])]


def _copy_key(glyph: Glyph) -> tuple[str, int, str]:
    """Return the key that a glyph shares with its copies: character, page, and why it is no text."""
    return glyph.text, glyph.page, glyph.excluded_reason


def _moved(copy: Glyph, kept: _Kept, moves: Collection[_Move]) -> bool:
    """Return True if a copy has the offset of other copies on its line."""
    max_height = max((abs(up) for _, up in moves), default=0.0)
    return any(_move(one, copy) in moves for one in kept.near(copy, max_height))


def _covers(one: Glyph, copy: Glyph) -> bool:
    near = abs(one.x0 - copy.x0) <= max(one.advance, copy.advance) / 2
    return near and abs(one.top - copy.top) <= max(one.size, copy.size) / 3


def _move(one: Glyph, copy: Glyph) -> _Move:
    return round(copy.x0 - one.x0, 1), round(copy.top - one.top, 1)
