"""Footnotes: lines of smaller type below a short rule, or at the foot of a page, that begin with a mark."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from extract.layout.lines import MeasuredLine, text_size
from extract.layout.scripts import SUPERSCRIPTS
from extract.model.stages import Ruling

_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_MARK = re.compile(rf"[{SUPERSCRIPTS}]{{1,2}}|[①-⑳]|[\[〔]\d{{1,2}}[\]〕]|\d{{1,2}}(?=[ \u4e00-\u9fff《“])|[*†‡※]+")
_SMALLER = 0.92  # the size of a note, in sizes of the text, at the most
_NEAR = 2.5  # from the rule to the first line of a note, in its sizes, at the most
_SHORT = 0.6  # of the width of the text, the length of the rule at the most
_CLOSE = 2.0  # from line to line within notes, in their sizes, at the most


class NoteLines(Struct, frozen=True):
    """A note: its mark, the lines that it stands on, by their indices, and where in the first its words begin."""

    mark: str
    lines: list[int]
    start: int


def normalise_mark(words: str) -> str:
    """A mark as it is compared: ⁴, ④, [4] and 4 are one.

    >>> normalise_mark("[⁴]"), normalise_mark("④")
    ('4', '4')
    """
    return unicodedata.normalize("NFKC", words).strip("[]()〔〕 ")


def printed_mark(words: str) -> str:
    """A mark as it is printed, raised digits as digits.

    >>> printed_mark("⁴"), printed_mark("④ ")
    ('4', '④')
    """
    return words.translate(_DIGITS).strip()


def find_notes(
    rows: Sequence[MeasuredLine], excluded: Mapping[int, object], rulings: Iterable[Ruling], referred: set[str]
) -> list[NoteLines]:
    """The notes of a guide. `referred` are the marks that stand in its text."""
    size, width = text_size(rows), max((row.x1 for row in rows), default=0) - min((row.x0 for row in rows), default=0)
    rules = [rule for rule in rulings if rule.x1 - rule.x0 <= _SHORT * width and rule.bottom - rule.top < 3]
    kept = [index for index in range(len(rows)) if index not in excluded]
    found: list[NoteLines] = []
    place = 0
    while place < len(kept):
        block = _block(rows, (kept[later] for later in range(place, len(kept))), size)
        first = rows[block[0]] if block else None
        if first is None:
            place += 1
            continue
        is_last = place + len(block) == len(kept) or rows[kept[place + len(block)]].page != first.page
        has_rule = any(_is_above(rule, first, rows[kept[place - 1]] if place else None) for rule in rules)
        mark = _MARK.match(first.text.plain)
        if has_rule or (is_last and mark and normalise_mark(mark[0]) in referred):
            found += _cut(rows, block, found)
        place += len(block)
    return found


def _block(rows: Sequence[MeasuredLine], indices: Iterable[int], size: float) -> list[int]:
    """The lines of smaller type that the given ones begin with; they stand on one page, close to one another."""
    block: list[int] = []
    for index in indices:
        row = rows[index]
        if row.size > _SMALLER * size or (block and not _follows(rows[block[-1]], row)):
            break
        block.append(index)
    return block


def _follows(before: MeasuredLine, row: MeasuredLine) -> bool:
    return row.page == before.page and row.baseline - before.baseline <= _CLOSE * max(before.size, row.size)


def _is_above(rule: Ruling, first: MeasuredLine, before: MeasuredLine | None) -> bool:
    """True if a rule stands between a line and the one before it, if that is on its page."""
    if rule.page != first.page or not 0 <= first.top - rule.top <= _NEAR * first.size:
        return False
    if abs(rule.x0 - first.x0) > _NEAR * first.size:
        return False
    return before is None or before.page != first.page or before.top < rule.top


def _cut(rows: Sequence[MeasuredLine], block: Sequence[int], before: Sequence[NoteLines]) -> list[NoteLines]:
    """The notes of a block; lines without a mark go on from the note above, or from the page before."""
    notes: list[NoteLines] = []
    for index in block:
        mark = _MARK.match(rows[index].text.plain)
        if mark:
            notes.append(NoteLines(normalise_mark(mark[0]), [index], mark.end()))
        elif notes or before:
            (notes or before)[-1].lines.append(index)
        else:
            notes.append(NoteLines("", [index], 0))
    return notes
