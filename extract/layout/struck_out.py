"""Words that are struck out: a line is drawn through the middle of their glyphs, or a remark on the page strikes them.

Word and browsers draw what a tracked change or <del> takes away, and strike it: 3 of 35个项目 is no digit of the text.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extract.layout.scripts import ink_end, ink_start
from extract.model.stages import Annotation, Ruling
from extract.model.text import Glyph

# In type sizes of a glyph.
_LOWEST, _HIGHEST = 0.12, 0.62  # above its baseline, where a line goes through it; an underline lies lower
_THICKEST = 0.2
_COVERED = 0.5  # of a glyph's width that the line crosses, at least
_FILLED = 0.7  # of the line's length that glyphs lie on, at least: the rule of a table is longer
_TALLEST = 100.0  # points: larger type is not looked for


def find_struck_out(glyphs: Sequence[Glyph], rulings: Iterable[Ruling], annotations: Iterable[Annotation]) -> set[int]:
    """The numbers of the glyphs that are struck out."""
    lines = [ruling for ruling in rulings if ruling.bottom - ruling.top < ruling.x1 - ruling.x0]
    marked = [(remark.page, box) for remark in annotations if remark.kind == "StrikeOut" for box in remark.boxes]
    if not lines and not marked:
        return set()
    pages: dict[int, list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        pages[glyph.page].append(number)
    for numbers in pages.values():
        numbers.sort(key=lambda number: glyphs[number].baseline)
    struck: set[int] = set()
    for line in lines:
        crossed = list(_crossed(glyphs, pages[line.page], line))
        width = sum(_overlap(glyphs[number], line.x0, line.x1) for number in crossed)
        if width >= _FILLED * (line.x1 - line.x0):
            struck |= set(crossed)
    for page, (x0, top, x1, bottom) in marked:
        for number in pages[page]:
            glyph = glyphs[number]
            middle = glyph.baseline - 0.35 * glyph.size
            if top < middle < bottom and _is_covered(glyph, x0, x1):
                struck.add(number)
    return struck


def _crossed(glyphs: Sequence[Glyph], numbers: Sequence[int], line: Ruling) -> Iterator[int]:
    """The glyphs of a page, sorted by their baselines, that a line goes through."""
    height = (line.top + line.bottom) / 2
    start = bisect_left(numbers, height, key=lambda number: glyphs[number].baseline)
    end = bisect_right(numbers, height + _TALLEST, key=lambda number: glyphs[number].baseline)
    for number in numbers[start:end]:
        glyph = glyphs[number]
        is_through = _LOWEST * glyph.size <= glyph.baseline - height <= _HIGHEST * glyph.size
        is_thin = line.bottom - line.top <= _THICKEST * glyph.size
        if is_through and is_thin and _is_covered(glyph, line.x0, line.x1):
            yield number


def _is_covered(glyph: Glyph, x0: float, x1: float) -> bool:
    """True if a glyph lies in a stretch, apart from the empty half of a mark: 。 at the end of a line."""
    start, end = ink_start(glyph), ink_end(glyph)
    return min(end, x1) - max(start, x0) >= _COVERED * (end - start) > 0


def _overlap(glyph: Glyph, x0: float, x1: float) -> float:
    return max(0.0, min(glyph.x1, x1) - max(glyph.x0, x0))
