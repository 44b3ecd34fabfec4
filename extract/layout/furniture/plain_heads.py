"""Running heads and feet in plain text, which has no geometry: lines that come again and are out of place.

Heads of a text dump stand in the middle of sentences, beside page numbers, and where pages begin and end:

    …原则上要求企业提供
    国家重点研发计划申报指南
    — 3 —
    至少与政府资助等额的配套出资。
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from enum import Enum
from itertools import pairwise
from statistics import median

from extract.layout.lines import MeasuredLine

_SENTENCE_END = ("。", "；", "！", "？")
# Lines that belong to the text, however often they come again: numbered ones, and what begins with a label.
OF_TEXT = re.compile(
    r"\d{1,2}(?:[.、]\d{1,2})+|[\u4e00-\u9fff（）【】 ]{2,16}[：】]|（?[\d一二三四五六七八九十]{1,3}[）、.．]"
)
_TITLE = re.compile("指南|申报指引|榜单")
_TITLE_WITHIN = 8  # lines from the top, or from a head on the first page, in which the title of the guide stands
_OFTEN = 3  # times that a head comes again which never stands in a sentence
_MIN_PAGE = 12  # lines
_IRREGULAR = 0.15  # of the lines of a page, by which pages of a text differ
_MAX_ROOM = 3  # ems left of the longest lines by a line that its sentence runs on from
_DIFFERENT = 0.75  # of the lines around a head are different; text that comes again has the same around it
_MAX_IN_PLACE = 0.34  # of the times that a head is out of place, it may seem to be a value of a label
_MIN_FULL = 15  # ems of a full line


class _Position(Enum):
    """Where a line that comes again stands: in a sentence or at the end of a page, between paragraphs, or elsewhere."""

    OUT_OF_PLACE = 1
    BETWEEN = 2
    IN_PLACE = 3


def find_plain_heads(rows: Sequence[MeasuredLine], numbers: Collection[int]) -> set[int]:
    """Return the indices of running heads and feet; `numbers` are those of page numbers.

    The first of the lines stays if nothing shows that it is a head: it may be the title, which heads often repeat.
    """
    same: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        plain = row.text.plain
        if index not in numbers and not OF_TEXT.match(plain) and not plain.endswith(("。", "；")):
            same[re.sub(r"\d+", "#", plain)].append(index)
    repeated = [indices for indices in same.values() if len(indices) > 1]
    around = _Surroundings(rows, {*numbers, *(index for indices in repeated for index in indices)}, numbers)
    found: set[int] = set()
    for indices in repeated:
        if rows[indices[0]].x1 < around.full:
            found |= _heads(rows, indices, around)
    return found


class _Surroundings:
    """The lines of the text around each line: `apart` are page numbers, and all lines that come again."""

    def __init__(self, rows: Sequence[MeasuredLine], apart: Collection[int], numbers: Collection[int]) -> None:
        self.above: list[int | None] = [None] * len(rows)
        self.below: list[int | None] = [None] * len(rows)
        self.has_number = [False] * len(rows)  # a page number stands beside the line, or a line between them
        self.full = _full_width(rows)
        for lines, indices in ((self.above, range(len(rows))), (self.below, range(len(rows) - 1, -1, -1))):
            last, is_beside = None, False
            for index in indices:
                lines[index] = last
                self.has_number[index] |= is_beside
                last = last if index in apart else index
                is_beside = index in apart and (is_beside or index in numbers)

    def words(self, rows: Sequence[MeasuredLine], index: int) -> tuple[str, ...]:
        """Return the words of the line above and of the line below."""
        return tuple(rows[i].text.plain for i in (self.above[index], self.below[index]) if i is not None)


def _heads(rows: Sequence[MeasuredLine], indices: Sequence[int], around: _Surroundings) -> set[int]:
    """Return the lines with the same words that are running heads. They stand between different lines, as pages end."""
    positions = [_position(rows, index, around) for index in indices]
    first, *others = positions
    out_of_place = positions.count(_Position.OUT_OF_PLACE)
    pairs = {around.words(rows, index) for index in indices}
    if others.count(_Position.IN_PLACE) > _MAX_IN_PLACE * out_of_place or len(pairs) <= _DIFFERENT * len(indices):
        return set()
    if out_of_place < (2 if len(indices) == 2 else 1):
        kinds = {_kind(rows[i].text.plain) for i in map(around.below.__getitem__, indices) if i is not None}
        if len(kinds) < 2 or not _is_regular([rows[i].top for i in indices]):
            return set()
    is_of_title = first is _Position.BETWEEN and indices[0] < _TITLE_WITHIN
    keeps_first = is_of_title and not _has_title_below(rows, indices[0])
    return set(indices[keeps_first:])


def _kind(plain: str) -> str:
    """Return how a line begins: with a section's number, with which label, or with other words.

    >>> _kind("1.2中国和德国"), _kind("合作协议：《甲》。"), _kind("提供配套")
    ('#', '合作协议：', '')
    """
    match = OF_TEXT.match(plain)
    return re.sub(r"[\d.、]+", "#", match[0]) if match else ""


def _is_regular(tops: Sequence[float]) -> bool:
    """True if lines come again after so many lines as a page has, but for the last, which may end a short page."""
    steps = [below - above for above, below in pairwise(tops)]
    steps = steps[:-1] if len(steps) > 2 else steps
    usual = median(steps)
    return len(tops) >= _OFTEN and usual >= _MIN_PAGE and all(abs(step - usual) <= _IRREGULAR * usual for step in steps)


def _position(rows: Sequence[MeasuredLine], index: int, around: _Surroundings) -> _Position:
    """Return where a line stands between two lines of the text."""
    above, below = around.above[index], around.below[index]
    if above is None:
        return _Position.BETWEEN
    before = rows[above].text.plain
    is_label = not before.endswith(_SENTENCE_END) and rows[above].x1 < around.full and not OF_TEXT.match(before)
    if before.endswith("：") or is_label:
        return _Position.IN_PLACE  # the value of a label
    if below is None or rows[above].page != rows[below].page or around.has_number[index]:
        return _Position.OUT_OF_PLACE
    is_next_of_text = OF_TEXT.match(rows[below].text.plain) is not None
    if before.endswith(_SENTENCE_END) or (is_next_of_text and OF_TEXT.match(before)):
        return _Position.BETWEEN
    is_cut = rows[above].x1 >= around.full and not is_next_of_text
    return _Position.OUT_OF_PLACE if is_cut else _Position.IN_PLACE


def _full_width(rows: Sequence[MeasuredLine]) -> float:
    """The least width of a line that its sentence runs on from: a little less than that of the tenth longest."""
    widths = sorted((row.x1 for row in rows), reverse=True)
    return max(widths[len(widths) // 10] - _MAX_ROOM, _MIN_FULL) if widths else 0.0


def _has_title_below(rows: Sequence[MeasuredLine], index: int) -> bool:
    """True if a line with other words right below ends like a title."""
    below = (row.text.plain for row in rows[index + 1 : index + _TITLE_WITHIN])
    return any(plain != rows[index].text.plain and _TITLE.search(plain[-8:]) for plain in below)
