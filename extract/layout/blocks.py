"""Documents without pages, whose form says where paragraphs start, what is raised, and what is a note."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import cast

from extract.layout.lines import MeasuredLine, ReadRows, plain_rows
from extract.layout.list_lines import are_items
from extract.layout.notes import NoteLines, mark_of, normalise_mark
from extract.layout.reference_marks import marks_in_text
from extract.layout.scripts import LOWERED, RAISED
from extract.model.record import ExcludedReason
from extract.model.stages import Pulled, Script
from extract.model.text import Block, Glyph

_BEHIND_MARK = re.compile("[.、：]? *")  # of a note: 1. 含管理费。
_ITEM = re.compile(r"\d{1,2}[.、]|[①-⑳]")
_MIN_INDENT = 1.2  # ems of spaces that begin a paragraph within a block: web pages set them apart by lines alone


def block_rows(pulled: Pulled, glyphs: Sequence[Glyph], _: object) -> ReadRows:
    """The rows of all blocks, the signs of what is raised or lowered, and the glyphs that are no text of the guide."""
    excluded = {
        number: cast(ExcludedReason, glyph.excluded_reason)
        for number, glyph in enumerate(glyphs)
        if glyph.excluded_reason
    }
    signs = {
        number: _sign(glyphs[number].text, script, is_mark=number in pulled.references)
        for number, script in pulled.scripts.items()
        if number not in excluded
    }
    lines = pulled.lines or ()
    rows = [row._replace(cell=pulled.blocks[lines[row.numbers[0]] - 1].cell) for row in plain_rows(lines)]
    return rows, signs, excluded


def _sign(char: str, script: Script, *, is_mark: bool) -> str:
    """The sign of a raised or lowered character; the letters of a mark (i, ii) stay letters."""
    if is_mark and not char.isdecimal():
        return char
    return (RAISED if script == "raised" else LOWERED).get(char, char)


def find_block_notes(
    rows: Sequence[MeasuredLine],
    blocks: Sequence[Block],
    signs: Mapping[int, str],
    references: Mapping[int, int],
) -> list[NoteLines]:
    """The footnotes, each with all of its lines, in the order of the document."""
    noted = [(index, note) for index, row in enumerate(rows) if (note := blocks[int(row.top) - 1].note) is not None]
    groups = groupby(noted, key=lambda pair: pair[1])
    notes = [_note(rows, [index for index, _ in lines], number, references) for number, lines in groups]
    typed = _typed_notes(rows, {index for index, _ in noted}, signs)
    return sorted([*notes, *typed], key=lambda note: note.lines)


def _note(rows: Sequence[MeasuredLine], lines: list[int], number: int, references: Mapping[int, int]) -> NoteLines:
    """A note that begins with the mark that its form ties to it, or with what looks like one."""
    text = rows[lines[0]].text
    end = next((at for at, origin in enumerate(text.origins) if references.get(origin) != number), len(text))
    if end and (behind := _BEHIND_MARK.match(text.plain, end)):
        return NoteLines(normalise_mark(text.plain[:end]), lines, behind.end(), number)
    mark = mark_of(rows[lines[0]])
    return NoteLines(mark.mark if mark else "", lines, mark.end if mark else 0)


def _typed_notes(rows: Sequence[MeasuredLine], noted: set[int], signs: Mapping[int, str]) -> list[NoteLines]:
    """The notes that are typed as paragraphs: each begins with a raised mark to which the text refers. Where there is
    none, the last paragraphs are notes whose marks nobody raised; 1. and ① may begin the last items of a list.
    """
    referred = marks_in_text(rows, signs)
    typed = [
        (index, mark, row.text.origins[0] in signs)
        for index, row in enumerate(rows)
        if index not in noted and (mark := mark_of(row)) and mark.mark in referred
    ]
    raised = [NoteLines(mark.mark, [index], mark.end) for index, mark, is_raised in typed if is_raised]
    if raised or noted:
        return raised
    last = len(rows)
    for index, _, _ in reversed(typed):
        if index != last - 1 or _ITEM.match(rows[index].text.plain):
            break
        last = index
    return [NoteLines(mark.mark, [index], mark.end) for index, mark, _ in typed if index >= last]


def block_starts(rows: Sequence[MeasuredLine], blocks: Sequence[Block]) -> list[bool | None]:
    """True for each line that starts a paragraph, None where a line ends within a block and it is not known.

    What is indented behind such an end starts one (<br>　　其他要求：无。), and so do items of a list (农业<br>能源).
    """
    starts: list[bool | None] = []
    for _, lines in groupby(rows, key=lambda row: blocks[int(row.top) - 1].number):
        first, *others = lines
        is_list = are_items([row.text for row in (first, *others)])
        starts += [True, *(True if is_list or row.x0 >= _MIN_INDENT else None for row in others)]
    return starts
