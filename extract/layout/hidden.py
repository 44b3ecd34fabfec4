"""Hidden words in the flow of the text: they keep their places, or the gaps they leave would be some of the setting."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence

from extract.model.record import ExcludedReason
from extract.model.text import Glyph

_LEEWAY = 0.25  # ems by which a hidden glyph may lie over others
_NEAR = 3.0  # ems between the baselines of a hidden glyph and of the one drawn before it, at the most
_LEAST = 0.5  # the size of hidden type whose lines count, in that of the text beside it
_TALLEST = 100.0  # points: of type that is looked for beside a glyph


def find_in_flow(glyphs: Sequence[Glyph], kept: Sequence[int], excluded: Mapping[int, ExcludedReason]) -> set[int]:
    """The hidden glyphs that are drawn among those of the text, stand where text would, and lie over none."""
    hidden = sorted(number for number, reason in excluded.items() if reason == "hidden")
    if not hidden:
        return set()
    own, page = set(kept), _Places(glyphs, kept)
    found: set[int] = set()
    for stretch in _stretches(hidden):
        beside = [number for number in (stretch[0] - 1, stretch[-1] + 1) if number in own]
        is_within = len(beside) > 1 and all(_stands_between(glyphs, beside[0], one, beside[1]) for one in stretch)
        if is_within or (_is_near(glyphs, stretch, beside) and not page.cover(stretch, beside)):
            found.update(stretch)
    return found


class _Places:
    """The glyphs of each page by the heights of their tops."""

    def __init__(self, glyphs: Sequence[Glyph], numbers: Collection[int]) -> None:
        self._glyphs = glyphs
        self._pages: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            if not glyphs[number].text.isspace():
                self._pages[glyphs[number].page].append(number)
        for page in self._pages.values():
            page.sort(key=lambda number: glyphs[number].top)

    def cover(self, stretch: Sequence[int], beside: Container[int]) -> bool:
        """True if other glyphs lie over some of a stretch; those beside it may be set closer than they are wide."""
        return any(number not in beside for one in stretch for number in self._over(self._glyphs[one]))

    def _over(self, glyph: Glyph) -> Iterator[int]:
        """Yield the glyphs that lie over one."""
        page, leeway = self._pages[glyph.page], _LEEWAY * glyph.size
        first, last = (
            bisect_left(page, height, key=lambda number: self._glyphs[number].top)
            for height in (glyph.top - _TALLEST, glyph.bottom - leeway)
        )
        for number in page[first:last]:
            other = self._glyphs[number]
            is_level = other.bottom > glyph.top + leeway
            if is_level and other.x0 < glyph.x1 - leeway and other.x1 > glyph.x0 + leeway:
                yield number


def _stretches(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow one another, together."""
    stretch: list[int] = []
    for number in numbers:
        if stretch and number != stretch[-1] + 1:
            yield stretch
            stretch = []
        stretch.append(number)
    if stretch:
        yield stretch


def _is_near(glyphs: Sequence[Glyph], stretch: Sequence[int], beside: Sequence[int]) -> bool:
    """True for type of about the size of a glyph that is drawn right before or after it, and not far from there."""
    for number in beside:
        other, glyph = glyphs[number], glyphs[stretch[0] if number < stretch[0] else stretch[-1]]
        is_large = all(glyphs[one].size >= _LEAST * other.size for one in stretch)
        if is_large and glyph.page == other.page and abs(glyph.baseline - other.baseline) <= _NEAR * other.size:
            return True
    return False


def _stands_between(glyphs: Sequence[Glyph], left: int, number: int, right: int) -> bool:
    """True for a glyph of any size that stands within a line, as two others do."""
    one, glyph, other = glyphs[left], glyphs[number], glyphs[right]
    leeway = _LEEWAY * one.size
    is_level = one.page == glyph.page == other.page and all(
        side.top - leeway <= (glyph.top + glyph.bottom) / 2 <= side.bottom + leeway for side in (one, other)
    )
    return is_level and _middle(one) <= glyph.x0 and _middle(glyph) <= other.x0  # 。 and ： may be set close


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2
