"""Watermarks and stamps that are set flat: words that lie over lines of the text.

Large type is one by where it lies. Type as large as the text stands at one place of most pages, whatever is under it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise

from extract.model.text import Glyph

_LARGE = 1.6  # in sizes of the text, at least
_MARGIN = 0.1  # of a glyph, above and below, that is no ink
_LEVEL = 0.5  # points between two baselines of one line, at the most
_SAME_BASELINE = 0.15  # in sizes of the text
_FEWEST = 5  # characters of a line at that height; fewer may be a mark behind a title
_OF_TEXT = 0.75  # the size of lines beside a mark as large as the text, in its own, at least
_CLOSE = 0.85  # from a mark to lines beside it, in its size, at the most
_COVERED = 0.3  # of a glyph, across and down, by another that is drawn over it
_WHOLE = 0.9  # the same across, of a bracket or a stop on the line of the other
_TWO = 2  # glyphs of a mark, and glyphs of it over others, at least
_WORD_GAP = 1.5  # ems between the glyphs of a mark, at the most
_CENTRED = 1.0  # ems from the middle of the text to that of a mark beside its lines, at the most

# In cells side by side the ends of sentences stand at any height, and chance puts two at one place.
_STOPS = "。；，、："

_Stamp = tuple[str, int, int]


def find_watermarks(glyphs: Sequence[Glyph], pages: Sequence[Sequence[int]]) -> set[int]:
    """The numbers of the glyphs that are a watermark's: it lies over lines on one page, and stands there on others."""
    found: set[int] = set()
    others: list[list[int]] = []
    for inked in pages:
        usual = _usual_size(glyphs, inked)
        large = [number for number in inked if glyphs[number].size >= _LARGE * usual]
        text = sorted(set(inked) - set(large)) if large else []
        for run in _runs(glyphs, large) if large else ():
            if len(run) > 1 and _lies_over(glyphs, run, text):  # one large glyph alone is an initial
                found.update(run)
            else:
                others.append(run)
    repeated = list(_repeated(glyphs, pages, found))
    others += [run for run, _ in repeated]
    found.update(*(run for run, is_mark in repeated if is_mark))
    marks = set(_stamps(glyphs[number] for number in found))
    found.update(*(run for run in others if marks.issuperset(_stamps(glyphs[number] for number in run))))
    return found


def _usual_size(glyphs: Sequence[Glyph], inked: Iterable[int]) -> float:
    """The size in which most glyphs are set, to a tenth of a point."""
    rounded = Counter[float]()
    for size, times in Counter([glyphs[number].size for number in inked]).items():
        rounded[round(size, 1)] += times
    return rounded.most_common(1)[0][0]


def _repeated(
    glyphs: Sequence[Glyph], pages: Sequence[Sequence[int]], found: Collection[int]
) -> Iterator[tuple[list[int], bool]]:
    """The runs of glyphs that stand at one place of most pages; True for those that lie over other glyphs."""
    if len(pages) < _TWO:
        return
    stamps = [_stamps([glyphs[number] for number in inked]) for inked in pages]
    places = Counter(chain.from_iterable(map(set, stamps)))
    least = max(_TWO, len(pages) // 2 + 1)
    common = {place for place, count in places.items() if count >= least}
    for inked, own in zip(pages, stamps, strict=True):
        alike = {number for number, place in zip(inked, own, strict=True) if place in common and number not in found}
        text = sorted(set(inked) - alike - set(found), key=lambda number: glyphs[number].baseline) if alike else []
        for run in _words(glyphs, sorted(alike)):
            is_alone = not _goes_on(glyphs, run, text) and glyphs[run[-1]].text not in _STOPS
            is_among = text and is_alone and _is_centred(glyphs, run, text) and _lies_among(glyphs, run, text)
            yield run, is_among or _covers(glyphs, run, text)


def _stamps(glyphs: Iterable[Glyph]) -> list[_Stamp]:
    """Characters and their places on the page, in points."""
    return [(glyph.text, round(glyph.x0), round(glyph.baseline)) for glyph in glyphs]


def _runs(glyphs: Sequence[Glyph], large: Sequence[int]) -> list[list[int]]:
    """The large glyphs that share a baseline."""
    ordered = sorted(large, key=lambda number: glyphs[number].baseline)
    runs = [ordered[:1]]
    for before, number in pairwise(ordered):
        if glyphs[number].baseline - glyphs[before].baseline > 1:
            runs.append([])
        runs[-1].append(number)
    return runs


def _words(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The glyphs side by side on one baseline, two or more."""
    for line in _runs(glyphs, numbers) if numbers else ():
        line.sort(key=lambda number: glyphs[number].x0)
        words = [line[:1]]
        for left, right in pairwise(line):
            if glyphs[right].x0 - glyphs[left].x1 > _WORD_GAP * glyphs[left].size:
                words.append([])
            words[-1].append(right)
        yield from (word for word in words if len(word) >= _TWO)


def _lies_over(glyphs: Sequence[Glyph], run: Sequence[int], text: Iterable[int]) -> bool:
    """Return True if lines of the text run at the height of glyphs, on other baselines than theirs."""
    top = min(glyphs[number].top + _MARGIN * glyphs[number].size for number in run)
    bottom = max(glyphs[number].bottom - _MARGIN * glyphs[number].size for number in run)
    middles = ((glyphs[number], (glyphs[number].top + glyphs[number].bottom) / 2) for number in text)
    within = [glyph for glyph, middle in middles if top < middle < bottom]
    own = glyphs[run[0]].baseline
    return sum(abs(glyph.baseline - own) > _SAME_BASELINE * glyph.size for glyph in within) >= _FEWEST


def _goes_on(glyphs: Sequence[Glyph], run: Sequence[int], text: Sequence[int]) -> bool:
    """Return True if words stand right before or after a run on its line: in columns others stand at other heights."""
    first, last = glyphs[run[0]], glyphs[run[-1]]
    level = (glyphs[n] for n in _near(glyphs, run, text) if abs(glyphs[n].baseline - first.baseline) < _LEVEL)
    return any(max(glyph.x0 - last.x1, first.x0 - glyph.x1) <= _WORD_GAP * first.size for glyph in level)


def _lies_among(glyphs: Sequence[Glyph], run: Sequence[int], text: Sequence[int]) -> bool:
    """Return True if lines of about the same type are closer to a run than lines are to each other."""
    height, size = glyphs[run[0]].baseline, glyphs[run[0]].size
    near = (glyphs[number] for number in _near(glyphs, run, text) if glyphs[number].size >= _OF_TEXT * size)
    return sum(_SAME_BASELINE * size < abs(glyph.baseline - height) < _CLOSE * size for glyph in near) >= _FEWEST


def _covers(glyphs: Sequence[Glyph], run: Sequence[int], text: Sequence[int]) -> bool:
    """Return True if glyphs of a run are drawn over others."""
    near = [glyphs[number] for number in _near(glyphs, run, text)]
    covered = (any(_is_over(glyphs[number], glyph) for glyph in near) for number in run)
    return sum(covered) >= _TWO


def _is_over(glyph: Glyph, other: Glyph) -> bool:
    """Return True if a glyph is drawn over another one; brackets and stops of a line that are set close may overlap,
    but for a part of their width.
    """
    is_mark = abs(glyph.baseline - other.baseline) < _LEVEL and not (glyph.text.isalnum() and other.text.isalnum())
    share = _WHOLE if is_mark else _COVERED
    across = min(glyph.x1, other.x1) - max(glyph.x0, other.x0)
    down = min(glyph.bottom, other.bottom) - max(glyph.top, other.top)
    least = _COVERED * min(glyph.size, other.size)
    return down >= least and across >= share * min(glyph.x1 - glyph.x0, other.x1 - other.x0) > 0


def _near(glyphs: Sequence[Glyph], run: Sequence[int], text: Sequence[int]) -> Sequence[int]:
    """The glyphs, sorted by their baselines, within the size of a run above and below it."""
    height, size = glyphs[run[0]].baseline, glyphs[run[0]].size
    start = bisect_left(text, height - size, key=lambda number: glyphs[number].baseline)
    return text[start : bisect_right(text, height + size, key=lambda number: glyphs[number].baseline)]


def _is_centred(glyphs: Sequence[Glyph], run: Sequence[int], text: Collection[int]) -> bool:
    """Return True if the middle of a run is that of the text of its page."""
    edges = min(glyphs[number].x0 for number in text) + max(glyphs[number].x1 for number in text)
    return abs(glyphs[run[0]].x0 + glyphs[run[-1]].x1 - edges) <= 2 * _CENTRED * glyphs[run[0]].size
