"""Footnotes: lines below a short rule, or of smaller type at the foot of a page or column, that begin with a mark.

Below the first note of a column stand only notes, and what belongs to the page.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Literal, NamedTuple, cast

from msgspec import Struct

from extract.layout.lines import MeasuredLine
from extract.layout.page_furniture import text_size
from extract.layout.scripts import SUPERSCRIPTS
from extract.model.stages import Ruling
from extract.model.text import GLUE

_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_NUMBER = rf"(?:[\d{SUPERSCRIPTS}]{{1,2}}|[①-⑳])"
# How a note begins. A plain number may also be the first word of a line that goes on: 20万元.
_MARK = re.compile(
    rf"(?P<sign>[{SUPERSCRIPTS}]{{1,2}}[.、]?|[①-⑳]|[\[〔【(（]注?{_NUMBER}[\]〕】)）]|[*†‡※]+)"
    rf"|(?P<word>注释? ?{_NUMBER} ?[：:.、]?|注释?[：:])"
    r"|(?P<number>\d{1,2}[.、](?!\d)|\d{1,2}(?=[ \u4e00-\u9fff《“]))"
)
_AROUND = "[]()〔〕【】（）.,，、；;：: "
_Form = Literal["sign", "word", "number"]

_SMALLER = 0.92  # the size of a note, in sizes of the text, at the most
_NEAR = 3.4  # from the rule to the baseline of the first line of a note, in its sizes, at the most
_CAPITALS, _DESCENT = 0.6, 0.25  # how far glyphs reach above and below a baseline at least, in sizes
_SHORT = 0.6  # of the width of the text, the length of the rule at the most
_CLOSE = 2.0  # from line to line of notes that are set close, in their sizes, at the most
_LOOSE = 4.0  # and of those in double spacing, or as far apart as the lines of the text
_TABLE = 12.0  # below a rule, in sizes of the line there, where the next one of its table stands at the furthest
_THICKEST = 3.0  # points of a rule


class NoteLines(Struct, frozen=True):
    """A note: its mark, the lines that it stands on, by their indices, and where in the first its words begin."""

    mark: str
    lines: list[int]
    start: int


class _Mark(NamedTuple):
    """The mark at the beginning of a line, as it is compared, and where the words behind it begin."""

    form: _Form
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


def rules_by_page(rulings: Iterable[Ruling]) -> dict[int, list[Ruling]]:
    """The thin lines that are drawn on each page."""
    pages: dict[int, list[Ruling]] = defaultdict(list)
    for rule in rulings:
        if min(rule.x1 - rule.x0, rule.bottom - rule.top) < _THICKEST:
            pages[rule.page].append(rule)
    return pages


def find_ruled_notes(rows: Sequence[MeasuredLine], rules: Mapping[int, Sequence[Ruling]]) -> set[int]:
    """The lines that stand close to one another below a short rule, where the first begins with a mark."""
    notes = _NoteLayout(rows, rules)
    ruled: set[int] = set()
    for column in _columns(rows, ()) if rules else ():
        for place, index in enumerate(column):
            if notes.is_ruled(column, place) and _MARK.match(rows[index].text.plain):
                ruled.update(notes.block(column, place, _CLOSE))
    return ruled


def find_notes(
    rows: Sequence[MeasuredLine],
    furniture: Container[int],
    rules: Mapping[int, Sequence[Ruling]],
    referred: Container[str],
) -> list[NoteLines]:
    """The notes of a guide. `referred` are the marks that stand in its text.

    1. Below a short rule, down to the foot of the column: the first line begins with a mark.
    2. Below a rule, where the column before ends with notes, its last one may go on.
    3. Below a short rule, with text below, or at the foot of a column without a rule: the text refers to all of them.
    """
    layout = _NoteLayout(rows, rules)
    notes: list[NoteLines] = []
    goes_on = False
    for column in _columns(rows, furniture):
        place, ends_with_notes = 0, False
        while place < len(column):
            block = layout.block(column, place, _LOOSE)
            is_foot = place + len(block) == len(column)
            found = _cut(rows, block, notes[-1:], referred)
            is_referred = all(note.mark in referred for note in found)
            is_short = layout.is_ruled(column, place)
            if found and (is_foot or is_short) and ((is_foot and is_short) or is_referred):
                notes += found
                ends_with_notes = is_foot
            elif block and goes_on and is_foot and layout.is_ruled(column, place, longest=inf):
                notes[-1].lines.extend(block)
                ends_with_notes = True
            place += max(1, len(block))
        goes_on = ends_with_notes
    return notes


class _NoteLayout:
    """The lines of a guide with the rules drawn between them, by which notes are told from the text."""

    def __init__(self, rows: Sequence[MeasuredLine], rules: Mapping[int, Sequence[Ruling]]) -> None:
        self.rows, self.rules = rows, rules
        self.largest = _SMALLER * text_size(rows)
        self.short = _SHORT * (max((row.x1 for row in rows), default=0) - min((row.x0 for row in rows), default=0))

    def block(self, column: Sequence[int], place: int, leading: float) -> list[int]:
        """The lines of smaller type from one line of a column on, down to one further away or below a short rule."""
        block: list[int] = []
        for later in range(place, len(column)):
            row = self.rows[column[later]]
            if row.size > self.largest:
                break
            if block and (self._step(block[-1], row) > leading or self.is_ruled(column, later)):
                break
            block.append(column[later])
        return block

    def _step(self, before: int, row: MeasuredLine) -> float:
        return (row.baseline - self.rows[before].baseline) / max(self.rows[before].size, row.size)

    def is_ruled(self, column: Sequence[int], place: int, longest: float | None = None) -> bool:
        """True if a short rule stands between a line of smaller type and the one above it, and is no table's."""
        first = self.rows[column[place]]
        rules = self.rules.get(first.page)
        if not rules or first.size > self.largest:
            return False
        before = self.rows[column[place - 1]] if place else None
        longest = self.short if longest is None else longest
        above = [rule for rule in rules if rule.x1 - rule.x0 <= longest and _is_above(rule, first, before)]
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


def _left_edge(row: MeasuredLine) -> float:
    """Where a line begins on its page; `x0` is measured as if its column were the page."""
    return min(row.text.ink.glyphs[origin].x0 for origin in row.text.origins if origin != GLUE)


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
) -> list[NoteLines]:
    """The notes of a block, none if it begins without a mark; other lines without one go on from the note above."""
    notes: list[NoteLines] = []
    form: _Form | None = None
    for index in block:
        mark = _mark_of(rows[index])
        is_known = mark is not None and form is None and mark.mark in referred
        if mark and form in (None, mark.form) and (is_known or _counts(mark, (notes or before)[-1:])):
            form = mark.form
            notes.append(NoteLines(mark.mark, [index], mark.end))
        elif notes:
            notes[-1].lines.append(index)
        else:
            return []
    return notes


def _mark_of(row: MeasuredLine) -> _Mark | None:
    match = _MARK.match(row.text.plain)
    if match is None or match.lastgroup is None:
        return None
    return _Mark(cast(_Form, match.lastgroup), normalise_mark(match[0]), match.end())


def _counts(mark: _Mark, before: Sequence[NoteLines]) -> bool:
    """True unless a plain number is neither the first one nor the next: 2016年度, 20万元."""
    return mark.form != "number" or mark.mark == "1" or any(note.mark == str(int(mark.mark) - 1) for note in before)
