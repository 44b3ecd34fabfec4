"""Watermarks and stamps that are set flat: large type that lies over lines of the text."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.layout.scripts import baseline
from extract.model.text import Glyph

_LARGE = 1.6  # in sizes of the text, at least
_MARGIN = 0.1  # of a large glyph, above and below, that is no ink
_SAME_BASELINE = 0.15  # in sizes of the text
_FEWEST = 5  # characters of a line at that height; fewer may be a mark behind a title


def find_watermarks(glyphs: Sequence[Glyph], numbers: Iterable[int]) -> set[int]:
    """The numbers of the glyphs that are a watermark's: it lies over lines on one page, and stands there on others."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        if not glyphs[number].text.isspace():
            pages[glyphs[number].page].append(number)
    found: set[int] = set()
    others: list[list[int]] = []
    for inked in pages.values():
        usual = Counter(round(glyphs[number].size, 1) for number in inked).most_common(1)[0][0]
        large = [number for number in inked if glyphs[number].size >= _LARGE * usual]
        text = sorted(set(inked) - set(large)) if large else []
        for run in _runs(glyphs, large) if large else ():
            if len(run) > 1 and _lies_over(glyphs, run, text):  # one large glyph alone is an initial
                found.update(run)
            else:
                others.append(run)
    stamps = {_stamp(glyphs, number) for number in found}
    found.update(*(run for run in others if all(_stamp(glyphs, number) in stamps for number in run)))
    return found


def _stamp(glyphs: Sequence[Glyph], number: int) -> tuple[str, int, int]:
    """A character and its place on the page, in points."""
    return glyphs[number].text, round(glyphs[number].x0), round(baseline(glyphs[number]))


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
    """Return True if lines of the text run at the height of large glyphs, on other baselines than theirs."""
    top = min(glyphs[number].top + _MARGIN * glyphs[number].size for number in run)
    bottom = max(glyphs[number].bottom - _MARGIN * glyphs[number].size for number in run)
    middles = ((glyphs[number], (glyphs[number].top + glyphs[number].bottom) / 2) for number in text)
    within = [glyph for glyph, middle in middles if top < middle < bottom]
    own = baseline(glyphs[run[0]])
    return sum(abs(baseline(glyph) - own) > _SAME_BASELINE * glyph.size for glyph in within) >= _FEWEST
