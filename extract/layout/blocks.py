"""Documents without pages, whose form says where paragraphs start, what is raised, and what is a note."""

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from extract.layout.lines import MeasuredLine, ReadRows, plain_rows
from extract.layout.notes import NoteLines, mark_of
from extract.layout.scripts import LOWERED, RAISED
from extract.model.record import ExcludedReason
from extract.model.stages import Pulled
from extract.model.text import Block, Glyph

_MIN_INDENT = 1.2  # ems of spaces that begin a paragraph within a block: web pages set them apart by lines alone


def block_rows(pulled: Pulled, glyphs: Sequence[Glyph], _: object) -> ReadRows:
    """The rows of all blocks, the signs of what is raised or lowered, and the glyphs that are no text of the guide."""
    excluded = {
        number: cast(ExcludedReason, glyph.excluded_reason)
        for number, glyph in enumerate(glyphs)
        if glyph.excluded_reason
    }
    signs = {
        number: (RAISED if script == "raised" else LOWERED).get(glyphs[number].text, glyphs[number].text)
        for number, script in pulled.scripts.items()
        if number not in excluded
    }
    return plain_rows(pulled.lines or ()), signs, excluded


def find_block_notes(rows: Sequence[MeasuredLine], blocks: Sequence[Block]) -> list[NoteLines]:
    """The footnotes, each with all of its lines; its mark is what it begins with."""
    notes: list[NoteLines] = []
    noted = [(note, index) for index, row in enumerate(rows) if (note := blocks[int(row.top) - 1].note) is not None]
    for _, lines in groupby(noted, key=lambda pair: pair[0]):
        indices = [index for _, index in lines]
        mark = mark_of(rows[indices[0]])
        notes.append(NoteLines(mark.mark if mark else "", indices, mark.end if mark else 0))
    return notes


def block_starts(rows: Sequence[MeasuredLine], blocks: Sequence[Block]) -> list[bool | None]:
    """True for each line that starts a paragraph, None where a line ends within a block and it is not known.

    What is indented behind such an end starts one: <br>　　其他要求：无。
    """
    starts: list[bool | None] = []
    before = 0
    for row in rows:
        number = blocks[int(row.top) - 1].number
        starts.append(True if number != before or row.x0 >= _MIN_INDENT else None)
        before = number
    return starts
