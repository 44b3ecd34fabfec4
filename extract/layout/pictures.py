"""Report pictures that stand among the words of a line: a figure or a unit that is drawn is read by nobody."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import inf

from extract.layout.lines import MeasuredLine
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Picture
from extract.model.text import GLUE, Glyph, Text

_MARK = "［图］"
_AROUND = 10  # characters of the line on either side, in the message
_MIN_HEIGHT, _MAX_HEIGHT = 0.5, 2.5  # of the size of the type beside it
_MIN_WIDTH = 1.5  # points: a narrower one is a line
_PLAY = 0.25  # of the size: the box of a character is wider than its ink
_CLOSE = 0.6  # of the size: how far behind the last word of a line
_ASCENT, _DESCENT = 0.88, 0.12  # of the size: the em box of Chinese type
_MAX_INDENT = 3.0  # of the size: a line that begins further right is set to the right or in the middle
_FILLED = 0.5  # of the gap in which it stands
_WORD = re.compile(r"\w")
_ONLY_MARKER = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])[）).．、]|[-–•·●*§◆■□➢]+")
_SENTENCE_ENDS = tuple("。；！？")
_CLOSING = "”’』」）"
_NAMED = re.compile("二维码|扫码|扫一扫")  # what it shows: no words

Place = tuple[int, int]  # the line, and how many of its characters stand before the picture


def find_pictures(lines: Sequence[MeasuredLine], pictures: Sequence[Picture]) -> list[FindingDraft]:
    """Report the places at which pictures stand behind words of a line, with words behind them or in their stead."""
    if not pictures or not lines:
        return []
    places = _places_on_pages(lines, pictures) if lines[0].text.ink.drawn else _places_in_blocks(lines, pictures)
    return [
        _told(lines[index].text, at)
        for (index, at), is_tall in sorted(places.items())
        if _is_among_words(lines[index].text, at, is_tall)
    ]


def _told(text: Text, at: int) -> FindingDraft:
    before, behind = text[max(0, at - _AROUND) : at], text[at : at + _AROUND]
    return finding("picture-unread", (before + behind).strip(), words=f"{before.strip()}{_MARK}{behind.strip()}")


def _is_among_words(text: Text, at: int, is_tall: bool) -> bool:
    """True where words may be missing: not behind a marker alone, nor at an end where a sentence is whole."""
    before, behind = text.plain[:at].strip(), text.plain[at:].strip()
    if not _WORD.search(before) or _ONLY_MARKER.fullmatch(before):
        return False
    if _NAMED.search(before[-_AROUND:] + behind[:_AROUND]):
        return False
    is_whole = before.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    return bool(_WORD.search(behind)) or not (is_tall or is_whole)


def _places_in_blocks(lines: Sequence[MeasuredLine], pictures: Sequence[Picture]) -> dict[Place, bool]:
    """The places of pictures in a document without pages, and whether they are tall."""
    numbers = lines[0].text.ink.lines
    indices = {int(line.top): index for index, line in enumerate(lines)}
    places = {}
    for picture in pictures:
        index = indices.get(numbers[picture.behind])
        if index is not None:
            places[index, bisect_right(lines[index].text.origins, picture.behind)] = picture.is_tall
    return places


def _places_on_pages(lines: Sequence[MeasuredLine], pictures: Sequence[Picture]) -> dict[Place, bool]:
    """The places of pictures on pages that fill a gap between two characters, or stand close behind the last."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_page[line.page].append(index)
    beside: dict[int, list[Picture]] = defaultdict(list)
    for picture in pictures:
        heights = {index: _common_height(lines[index], picture) for index in by_page[picture.page]}
        if heights and max(heights.values()) > 0:
            beside[max(heights, key=heights.__getitem__)].append(picture)
    found = ((index, at) for index in beside for at in _filled_gaps(lines[index], beside[index]))
    leading = (index - 1 for index in beside if index and _is_wrapped(lines, index, beside[index]))
    return dict.fromkeys((*found, *((index, len(lines[index].text)) for index in leading)), False)


def _common_height(line: MeasuredLine, picture: Picture) -> float:
    """How much of the height of a line is that of a picture; 0 for one that could be no word of the line."""
    left, top, right, bottom = picture.box
    if right - left < _MIN_WIDTH or not _MIN_HEIGHT * line.size <= bottom - top <= _MAX_HEIGHT * line.size:
        return 0.0
    shared = min(bottom, line.baseline + _DESCENT * line.size) - max(top, line.baseline - _ASCENT * line.size)
    if shared < _MIN_HEIGHT * min(bottom - top, line.size):
        return 0.0
    start, end = _ends(line)
    return shared if right > start - _CLOSE * line.size and left < end + _CLOSE * line.size else 0.0


def _filled_gaps(line: MeasuredLine, pictures: Sequence[Picture]) -> Iterator[int]:
    """Yield the offset at each gap of a line that is filled with pictures."""
    inked = _inked(line)
    play = _PLAY * line.size
    for (at, glyph), following in zip_longest(inked, (glyph for _, glyph in inked[1:])):
        end = inf if following is None else following.x0
        within = [box for one in pictures if (box := one.box)[0] > glyph.x1 - play and box[2] < end + play]
        if following is None:
            is_filled = any(box[0] < glyph.x1 + _CLOSE * line.size for box in within)
        else:
            is_filled = sum(box[2] - box[0] for box in within) > _FILLED * (end - glyph.x1) and end > glyph.x1
        if is_filled:
            yield at + 1


def _is_wrapped(lines: Sequence[MeasuredLine], index: int, pictures: Sequence[Picture]) -> bool:
    """True if a picture begins a line for which the line before it had no room."""
    line, before = lines[index], lines[index - 1]
    start, (indent, end) = _ends(line)[0], _ends(before)
    leading = [one.box for one in pictures if one.box[2] < start + _PLAY * line.size]
    column = line.left, line.right
    if not leading or column != (before.left, before.right):
        return False
    left, width = min(box[0] for box in leading), max(box[2] - box[0] for box in leading)
    edge = max(_ends(one)[1] for one in lines if one.page == before.page and (one.left, one.right) == column)
    return end + width > edge and indent < left + _MAX_INDENT * line.size


def _ends(line: MeasuredLine) -> tuple[float, float]:
    """The left and right edge of the characters of a line."""
    inked = _inked(line)
    return (inked[0][1].x0, inked[-1][1].x1) if inked else (line.x0, line.x1)


def _inked(line: MeasuredLine) -> list[tuple[int, Glyph]]:
    """The glyphs of a line that have ink, each with its offset."""
    glyphs = line.text.ink.glyphs
    inked = ((at, glyphs[number]) for at, number in enumerate(line.text.origins) if number != GLUE)
    return [(at, glyph) for at, glyph in inked if not glyph.text.isspace()]
