"""Ruby: how characters are pronounced, in small type above them, in Pinyin or Zhuyin.

Read as text it is a line of its own between the lines, or a superscript.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.model.text import Glyph

_SOUNDS = re.compile("[a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɑɡ\u3100-\u312f\u31a0-\u31bfˉˊˇˋ˙·'’ -]+")
_SAME_BASELINE = 0.5  # points
_SMALL = 0.65  # the size of ruby, in that of the characters below it, at the most
_LOWEST, _HIGHEST = 0.6, 1.4  # from its baseline down to theirs, in their size
_BESIDE = 0.5  # ems of the characters, by which ruby is wider than they are, at each side at the most
_WORD_GAP = 1.0  # ems of ruby between two words of it
_LONGEST = 7  # letters above a character, at the most


def find_ruby(glyphs: Sequence[Glyph], pages: Iterable[Sequence[int]]) -> set[int]:
    """The indices of the glyphs that are ruby, among those of each page."""
    found: set[int] = set()
    for inked in pages:
        largest = _SMALL * max(glyphs[number].size for number in inked)
        if not any(glyphs[number].size <= largest and _SOUNDS.fullmatch(glyphs[number].text) for number in inked):
            continue
        inked = sorted(inked, key=lambda number: glyphs[number].baseline)
        for line in _lines(glyphs, inked):
            is_sound = all(_SOUNDS.fullmatch(glyphs[number].text) for number in line)
            if is_sound and all(_is_above_characters(glyphs, word, inked) for word in _words(glyphs, line)):
                found.update(line)
    return found


def _lines(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The glyphs, sorted by their baselines, line by line, each from left to right."""
    line = list(numbers[:1])
    for before, number in pairwise(numbers):
        if glyphs[number].baseline - glyphs[before].baseline > _SAME_BASELINE:
            yield sorted(line, key=lambda number: glyphs[number].x0)
            line = []
        line.append(number)
    yield sorted(line, key=lambda number: glyphs[number].x0)


def _words(glyphs: Sequence[Glyph], line: Sequence[int]) -> Iterator[list[int]]:
    word = list(line[:1])
    for left, right in pairwise(line):
        if glyphs[right].x0 - glyphs[left].x1 > _WORD_GAP * glyphs[left].size:
            yield word
            word = []
        word.append(right)
    yield word


def _is_above_characters(glyphs: Sequence[Glyph], word: Sequence[int], inked: Sequence[int]) -> bool:
    """True if small letters stand closely above larger characters, and within their width."""
    first, last = glyphs[word[0]], glyphs[word[-1]]
    least = max(glyphs[number].size for number in word) / _SMALL
    height = first.baseline
    start = bisect_right(inked, height, key=lambda number: glyphs[number].baseline)
    end = bisect_left(inked, height + 100, key=lambda number: glyphs[number].baseline)
    below = [glyphs[number] for number in inked[start:end]]
    hosts = [
        glyph
        for glyph in below
        if glyph.size >= least
        and _LOWEST * glyph.size <= glyph.baseline - height <= _HIGHEST * glyph.size
        and min(glyph.x1, last.x1) > max(glyph.x0, first.x0)
        and not _SOUNDS.fullmatch(glyph.text)
    ]
    if not hosts or len(word) > _LONGEST * len(hosts):
        return False
    room = _BESIDE * hosts[0].size
    return min(h.x0 for h in hosts) - room <= first.x0 and last.x1 <= max(h.x1 for h in hosts) + room
