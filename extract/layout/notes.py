"""Footnotes: lines below a short rule, or of smaller type at the foot of a page or column, that begin with a mark.

Below the first note of a column stand only notes, and what belongs to the page.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from math import inf
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extract.layout.browser_lines import is_printed
from extract.layout.furniture.running_heads import SAME_HEIGHT, WITH_PAGE
from extract.layout.lines import MeasuredLine, text_size
from extract.layout.reading_order.stretches import MAX_ROOM
from extract.layout.scripts import SUPERSCRIPTS
from extract.model.stages import Ruling
from extract.model.text import GLUE, Text

_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_NUMBER = rf"(?:[\d{SUPERSCRIPTS}]{{1,2}}|[①-⑳])"
# How a note begins. A plain number may also be the first word of a line that goes on: 20万元.
_MARK = re.compile(
    rf"(?P<raised>[{SUPERSCRIPTS}]{{1,2}}[.、]?)|(?P<circled>[①-⑳])|(?P<star>[*†‡※]+)"
    rf"|(?P<bracket>[\[〔【(（]注?{_NUMBER}[\]〕】)）])"
    rf"|(?P<word>注释? ?{_NUMBER} ?[：:.、]?|注释?[：:])"
    r"|(?P<number>\d{1,2}[.、](?!\d)|\d{1,2}(?! ?(?:/|of) ?\d)(?=[ \u4e00-\u9fff《“]))"
)
_NEXT = re.compile(rf"(?:(?<=[。；])|(?<=[ 。；])(?=[^\d])) *(?P<sign>{_MARK.pattern})[ ：.、]*")
# These do not stand behind the mark of a note; behind one that refers to it (农业³。) they may.
_NO_BEGINNING = tuple("。，；、！？）》”】")
_FIGURE = re.compile(r"\d+")
_COUNTING = ("circled", "bracket", "number")
_AROUND = "[]()〔〕【】（）.,，、；;：: "

_SMALLER = 0.92  # the size of a note, in sizes of the text, at the most
_NEAR = 3.4  # from the rule to the baseline of the first line of a note, in its sizes, at the most
_CAPITALS, _DESCENT = 0.6, 0.25  # how far glyphs reach above and below a baseline at least, in sizes
_SHORT = 0.6  # of the width of the text, the length of the rule at the most
_CLOSE = 2.0  # from line to line of notes that are set close, in their sizes, at the most
_LOOSE = 4.0  # and of those in double spacing, or as far apart as the lines of the text
_TABLE = 12.0  # below a rule, in sizes of the line there, where the next one of its table stands at the furthest
_THICKEST = 3.0  # points of a rule
_SMALLEST = 0.01  # points: smaller type has no size to measure by
_REFERRED = 0.8  # of notes, at the least: a mark may stand alone below the end of its sentence
_GROUNDS = 2  # on which lines that begin with marks are notes


class NoteLines(Struct, frozen=True):
    """A note: its mark, the lines that it stands on, by their indices, and where in the first its words begin.

    `number` is that by which its form ties marks to it.
    """

    mark: str
    lines: list[int]
    start: int
    number: int | None = None


class NoteMark(NamedTuple):
    """The mark at the beginning of a line, as it is compared, and where the words behind it begin."""

    form: str
    mark: str
    end: int


def normalise_mark(words: str) -> str:
    """A mark as it is compared: ⁴, ④, [4], 4. and 注4： are one.

    >>> normalise_mark("[⁴]"), normalise_mark("④"), normalise_mark("注4："), normalise_mark("注：")
    ('4', '4', '4', '注')
    """
    bare = unicodedata.normalize("NFKC", words).strip(_AROUND)
    return bare.removeprefix("注释").removeprefix("注").strip() or bare


def printed_mark(words: str) -> str:
    """A mark as it is printed, raised digits as digits, without the sign that sets it apart from the words.

    >>> printed_mark("⁴"), printed_mark("④ "), printed_mark("注1：")
    ('4', '④', '注1')
    """
    return words.translate(_DIGITS).strip(" .,，、；;：:")


def marked_note(text: Text, mark: str) -> re.Match[str] | None:
    """Return the match of a note that goes on behind another one on its line, with the group `sign`: 1 甲。 2 乙。

    >>> from extract.model.text import GlyphTable
    >>> words = "甲。 ② 乙。"
    >>> marked_note(Text(words, [-1] * len(words), GlyphTable([], [], False)), "2")["sign"]
    '②'
    """
    return next((match for match in _NEXT.finditer(text.plain) if normalise_mark(match["sign"]) == mark), None)


def rules_by_page(rulings: Iterable[Ruling]) -> dict[int, list[Ruling]]:
    """The thin lines that are drawn on each page."""
    pages: dict[int, list[Ruling]] = defaultdict(list)
    for rule in rulings:
        if min(rule.x1 - rule.x0, rule.bottom - rule.top) < _THICKEST:
            pages[rule.page].append(rule)
    return {page: sorted(rules, key=lambda rule: rule.top) for page, rules in pages.items()}


def find_ruled_notes(rows: Sequence[MeasuredLine], rules: Mapping[int, Sequence[Ruling]]) -> set[int]:
    """The lines that stand close to one another below a short rule, where the first begins with a mark.

    A full line goes on, however far away the next one is. What belongs to the page below them, 内部资料　第3页 or the
    address that a browser prints, is none of them.
    """
    notes = _NoteLayout(rows, rules)
    feet = _find_feet(rows) if rules else ()
    ruled: set[int] = set()
    for column in _columns(rows, ()) if rules else ():
        for place, index in enumerate(column):
            if notes.is_ruled(column, place) and mark_of(rows[index]):
                first, *others = notes.block(column, place, _LOOSE)
                follow = takewhile(notes.is_continued, pairwise((first, *takewhile(lambda n: n not in feet, others))))
                ruled.update((first, *(line for _, line in follow)))
    return ruled


def _find_feet(rows: Sequence[MeasuredLine]) -> set[int]:
    """The lines that say which page it is, or that stand at one height below other words on another page.

    A note that comes again stands below the same words, but for its number.
    """
    same: dict[tuple[str, int], list[int]] = defaultdict(list)
    words = [_FIGURE.sub("#", unicodedata.normalize("NFKC", row.text.plain)) for row in rows]
    for index, row in enumerate(rows):
        same[words[index], round(row.size)].append(index)
    feet = {index for index, row in enumerate(rows) if is_printed(row.text.plain) or WITH_PAGE.search(row.text.plain)}
    for (plain, _), indices in same.items():
        for one, other in pairwise(sorted(indices, key=lambda index: rows[index].top)):
            is_level = rows[other].top - rows[one].top <= SAME_HEIGHT and rows[one].page != rows[other].page
            if is_level and words[one - 1] != words[other - 1] and not plain.endswith("。"):
                feet |= {one, other}
    return feet


def find_cut_marks(rows: Sequence[MeasuredLine], furniture: Container[int]) -> set[int]:
    """The lines in small type that end a column with no more than a mark that stands on the next page, too.

    A browser that cuts a page above a line prints the raised marks of that line on both: that of the note which begins
    the next page, or of words on the first line of a column there.
    """
    is_small = _NoteLayout(rows, {}).is_small
    columns = list(_columns(rows, furniture))
    firsts: dict[int, list[int]] = defaultdict(list)
    for column in columns:
        firsts[rows[column[0]].page].append(column[0])
    ends = [column[-1] for column in columns if is_small[column[-1]]]
    return {
        end
        for end in ends
        for index in firsts[rows[end].page + 1]
        if (_begins_note(rows[end], rows[index]) if is_small[index] else _is_mark_in(rows[end], rows[index]))
    }


def _begins_note(piece: MeasuredLine, note: MeasuredLine) -> bool:
    """True if a line is the mark, or a part of it, with which a note begins."""
    mark = mark_of(note)
    words, line = (one.text.plain.translate(_DIGITS) for one in (piece, note))
    return mark is not None and len(piece.text) <= mark.end and line.startswith(words)


def _is_mark_in(piece: MeasuredLine, row: MeasuredLine) -> bool:
    """True if a line is a mark that stands within another line; a figure alone is the number of a page."""
    mark, words = mark_of(piece), piece.text.plain
    return mark is not None and mark.end == len(words) and not words.isdecimal() and words in row.text.plain


def find_notes(
    rows: Sequence[MeasuredLine],
    furniture: Container[int],
    rules: Mapping[int, Sequence[Ruling]],
    referred: Container[str],
) -> list[NoteLines]:
    """The notes of a guide. `referred` are the marks that stand in its text.

    1. Lines of smaller type that begin with a mark are notes on two of these grounds: they stand below a short rule;
       nothing stands below them in their column; the text refers to nearly all of them; they count on from the column
       before, which ends with notes.
    2. Lines without a mark go on from the column before if it ends with notes; a rule of any length is above them.
    """
    layout = _NoteLayout(rows, rules)
    notes: list[NoteLines] = []
    goes_on = False
    for column in _columns(rows, furniture):
        place, ends_with_notes = 0, False
        while place < len(column):
            block = layout.block(column, place, _LOOSE)
            rest, found = _cut(rows, block, notes[-1:], referred)
            is_foot = place + len(block) == len(column)
            if rest:
                are_notes = goes_on and is_foot and layout.is_ruled(column, place, longest=inf)
            else:
                is_referred = sum(note.mark in referred for note in found) >= _REFERRED * len(found)
                counts_on = goes_on and bool(found) and found[0].mark == _number_after(notes[-1])
                grounds = (is_foot, layout.is_ruled(column, place), is_referred, counts_on)
                has_words = any(len(note.lines) > 1 or rows[note.lines[0]].text[note.start :] for note in found)
                are_notes = has_words and sum(grounds) >= _GROUNDS  # 注③ alone may belong to the line above it
            if are_notes:
                notes[-1:] = [*(replace(note, lines=[*note.lines, *rest]) for note in notes[-1:]), *found]
                ends_with_notes = is_foot
            place += max(1, len(block))
        goes_on = ends_with_notes
    return notes


class _NoteLayout:
    """The lines of a guide with the rules drawn between them, by which notes are told from the text."""

    def __init__(self, rows: Sequence[MeasuredLine], rules: Mapping[int, Sequence[Ruling]]) -> None:
        self.rows, self.rules = rows, rules
        largest = _SMALLER * text_size(rows)
        self.is_small = [0 < row.size <= largest and _largest_type(row) <= largest for row in rows]
        self.right = max((row.x1 for row in rows), default=0.0)
        self.short = _SHORT * (self.right - min((row.x0 for row in rows), default=0.0))

    def block(self, column: Sequence[int], place: int, leading: float) -> list[int]:
        """The lines of smaller type from one line of a column on, down to one further away or below a short rule."""
        block: list[int] = []
        for later in range(place, len(column)):
            row = self.rows[column[later]]
            if not self.is_small[column[later]]:
                break
            if block and (self._step(block[-1], row) > leading or self.is_ruled(column, later)):
                break
            block.append(column[later])
        return block

    def _step(self, before: int, row: MeasuredLine) -> float:
        return (row.baseline - self.rows[before].baseline) / max(self.rows[before].size, row.size, _SMALLEST)

    def is_continued(self, pair: tuple[int, int]) -> bool:
        """True if the second of two lines is close to the first, or if the first is full, within a sentence."""
        row = self.rows[pair[0]]
        is_full = self.right - row.x1 <= MAX_ROOM * row.size and not row.text.plain.endswith("。")
        return is_full or self._step(pair[0], self.rows[pair[1]]) <= _CLOSE

    def is_ruled(self, column: Sequence[int], place: int, longest: float | None = None) -> bool:
        """True if a short rule stands between a line of smaller type and the one above it, and is no table's."""
        first = self.rows[column[place]]
        rules = self.rules.get(first.page)
        if not rules or not self.is_small[column[place]]:
            return False
        start = bisect_left(rules, first.baseline - _NEAR * first.size, key=lambda rule: rule.top)
        end = bisect_right(rules, first.baseline, key=lambda rule: rule.top)
        before = self.rows[column[place - 1]] if place else None
        longest = self.short if longest is None else longest
        above = [rule for rule in rules[start:end] if rule.x1 - rule.x0 <= longest and _is_above(rule, first, before)]
        return bool(above) and not any(_is_framed(rule, first, rules) for rule in above)


def _columns(rows: Sequence[MeasuredLine], furniture: Container[int]) -> Iterator[list[int]]:
    """The lines of each column in reading order, each further down than the one before, without furniture."""
    column: list[int] = []
    for index, row in enumerate(rows):
        if index in furniture:
            continue
        if column and (row.page != rows[column[-1]].page or row.baseline < rows[column[-1]].baseline - row.size):
            yield column
            column = []
        column.append(index)
    if column:
        yield column


def _largest_type(row: MeasuredLine) -> float:
    """The size of the largest type behind the mark of a line: a mark may be most of the last one of a paragraph."""
    mark = mark_of(row)
    origins = row.text.origins[mark.end if mark else 0 :]
    glyphs = (row.text.ink.glyphs[origin] for origin in origins if origin != GLUE)
    return max((glyph.size for glyph in glyphs if not glyph.text.isspace()), default=row.size)


def _left_edge(row: MeasuredLine) -> float:
    """Where a line begins on its page; `x0` is measured as if its column were the page."""
    return min((row.text.ink.glyphs[origin].x0 for origin in row.text.origins if origin != GLUE), default=row.x0)


def _is_above(rule: Ruling, first: MeasuredLine, before: MeasuredLine | None) -> bool:
    """True if a level rule stands right above a line, below the one before it."""
    if rule.bottom - rule.top >= _THICKEST or not _CAPITALS <= (first.baseline - rule.top) / first.size <= _NEAR:
        return False
    if before is not None and before.baseline - rule.top > _DESCENT * before.size:
        return False
    return abs(rule.x0 - _left_edge(first)) <= _NEAR * first.size


def _is_framed(above: Ruling, first: MeasuredLine, rules: Iterable[Ruling]) -> bool:
    """True if other rules stand below one as in a table, or at its ends as in a frame."""
    middle = first.top + first.size / 2
    for rule in rules:
        left, right = abs(rule.x0 - above.x0) < _THICKEST, abs(rule.x1 - above.x1) < _THICKEST
        is_next = left and right and rule.bottom - rule.top < _THICKEST and 0 < rule.top - middle < _TABLE * first.size
        is_side = (left or right) and rule.top < middle < rule.bottom
        if is_next or is_side:
            return True
    return False


def _cut(
    rows: Sequence[MeasuredLine], block: Sequence[int], before: Sequence[NoteLines], referred: Container[str]
) -> tuple[list[int], list[NoteLines]]:
    """The lines of a block before the first mark, and its notes. `before` is the last note above, if there is one."""
    rest: list[int] = []
    notes: list[NoteLines] = []
    form = ""
    for index in block:
        mark = mark_of(rows[index])
        if mark and (_is_next(mark, form, notes[-1]) if notes else _is_first(mark, before, referred)):
            form = mark.form
            notes.append(NoteLines(mark.mark, [index], mark.end))
        else:
            (notes[-1].lines if notes else rest).append(index)
    return rest, notes


def _is_first(mark: NoteMark, before: Sequence[NoteLines], referred: Container[str]) -> bool:
    """True unless a plain number is a figure within a note that goes on: 20万元."""
    follows = any(mark.mark == _number_after(note) for note in before)
    return mark.form != "number" or mark.mark == "1" or follows or mark.mark in referred


def _is_next(mark: NoteMark, form: str, before: NoteLines) -> bool:
    """True if a mark is of the same kind as the one before, and counts on where it may be the number of an item."""
    counts = mark.form in _COUNTING and mark.mark.isdecimal()
    return mark.form == form and (not counts or mark.mark == _number_after(before))


def _number_after(note: NoteLines) -> str:
    return str(int(note.mark) + 1) if note.mark.isdecimal() else ""


def mark_of(row: MeasuredLine) -> NoteMark | None:
    match = _MARK.match(row.text.plain)
    if match is None or row.text.plain.startswith(_NO_BEGINNING, match.end()):
        return None
    return NoteMark(str(match.lastgroup), normalise_mark(match[0]), match.end())
