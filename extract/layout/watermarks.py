"""Watermarks and stamps that are set flat: large type that lies over lines of the text."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.layout.scripts import baseline
from extract.model.text import Glyph

_LARGE = 1.6  # in sizes of the text, at least
_COLLIDING = 0.3  # of the characters of a watermark that lie over text, at least
_OVERLAP = 0.15  # of the size of the text: type that is set tight reaches less far into a line


def find_watermarks(glyphs: Sequence[Glyph], numbers: Iterable[int]) -> set[int]:
    """The numbers of the glyphs that are a watermark's."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        if not glyphs[number].text.isspace():
            pages[glyphs[number].page].append(number)
    found: set[int] = set()
    for inked in pages.values():
        usual = Counter(round(glyphs[number].size, 1) for number in inked).most_common(1)[0][0]
        large = [number for number in inked if glyphs[number].size >= _LARGE * usual]
        if large:
            text = sorted(set(inked) - set(large), key=lambda number: glyphs[number].top)
            found.update(*(run for run in _runs(glyphs, large) if _lies_over(glyphs, run, text)))
    return found


def _runs(glyphs: Sequence[Glyph], large: Sequence[int]) -> list[list[int]]:
    """The large glyphs that share a baseline."""
    ordered = sorted(large, key=lambda number: baseline(glyphs[number]))
    runs = [ordered[:1]]
    for before, number in pairwise(ordered):
        if baseline(glyphs[number]) - baseline(glyphs[before]) > 1:
            runs.append([])
        runs[-1].append(number)
    return runs


def _lies_over(glyphs: Sequence[Glyph], run: Sequence[int], text: Sequence[int]) -> bool:
    """True if enough of a run's glyphs lie over glyphs of the text."""
    top = min(glyphs[number].top for number in run)
    bottom = max(glyphs[number].bottom for number in run)
    near = [glyphs[number] for number in text if glyphs[number].top < bottom and glyphs[number].bottom > top]
    colliding = sum(any(_collide(glyphs[number], other) for other in near) for number in run)
    return colliding >= _COLLIDING * len(run)


def _collide(large: Glyph, small: Glyph) -> bool:
    least = _OVERLAP * small.size
    across = min(large.x1, small.x1) - max(large.x0, small.x0)
    # Chinese type fills about nine tenths of its box; the rest is no ink.
    down = min(large.bottom, small.bottom) - max(large.top + 0.05 * large.size, small.top)
    return across > least and down > least and abs(baseline(large) - baseline(small)) > least
