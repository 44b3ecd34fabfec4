"""Hidden words within a line: they keep their place in it, or the gap they leave would be one between columns."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from extract.model.record import ExcludedReason
from extract.model.text import Glyph

_LEEWAY = 0.25  # ems by which a hidden glyph may lie over its neighbours


def find_within_lines(
    glyphs: Sequence[Glyph], kept: Collection[int], excluded: Mapping[int, ExcludedReason]
) -> set[int]:
    """The hidden glyphs that are drawn between two others of a line, and stand between them."""
    hidden = sorted(number for number, reason in excluded.items() if reason == "hidden")
    own = set(kept) if hidden else set[int]()
    found: set[int] = set()
    for stretch in _stretches(hidden):
        left, right = stretch[0] - 1, stretch[-1] + 1
        if left in own and right in own and all(_stands_between(glyphs, left, one, right) for one in stretch):
            found.update(stretch)
    return found


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


def _stands_between(glyphs: Sequence[Glyph], left: int, number: int, right: int) -> bool:
    one, glyph, other = glyphs[left], glyphs[number], glyphs[right]
    leeway = _LEEWAY * one.size
    is_level = one.page == glyph.page == other.page and all(
        side.top - leeway <= (glyph.top + glyph.bottom) / 2 <= side.bottom + leeway for side in (one, other)
    )
    return is_level and one.x1 - leeway <= glyph.x0 and glyph.x1 <= other.x0 + leeway
