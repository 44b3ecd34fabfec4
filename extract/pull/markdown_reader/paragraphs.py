"""Paragraphs as they are gathered from tokens, and written when all are known: the lines of all tell what ends one."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.model.text import Cell
from extract.pull.block_builder import BlockBuilder
from extract.pull.markdown_reader.line_breaks import LineEnd, LineFill, joint, measure_fill
from extract.pull.markdown_reader.mathematics import Piece

_SPACES = re.compile(r"[ \t\r\f\v]+")
BREAK = Piece("\n")  # <br>
HARD_BREAK = Piece("\v\n")  # a line break of the file that is meant
SOFT_BREAK = Piece(" \n")  # one that may be meant
PICTURE = Piece("\f")  # which has no words
_BREAKS = frozenset((BREAK, HARD_BREAK, SOFT_BREAK))


class _Line(NamedTuple):
    """A line of a paragraph, what it ends with, and how many lines of the file come before it in the paragraph."""

    pieces: list[Piece]
    end: Piece | None
    number: int

    @property
    def words(self) -> str:
        return "".join(piece.words for piece in self.pieces if piece != PICTURE).strip()


class _Paragraph(NamedTuple):
    lines: list[_Line]
    line: int
    cell: Cell | None
    note: int | None
    remarks: tuple[str, ...]


class Paragraphs:
    """Gather paragraphs. One that begins with a raised mark is a note where the mark stands raised before it."""

    def __init__(self) -> None:
        self._paragraphs: list[_Paragraph] = []
        self._pieces: list[Piece] = []
        self._cell: Cell | None = None
        self._line = 1
        self._note: int | None = None
        self._marks: set[str] = set()
        self._notes = 0
        self._remarks: list[str] = []

    def start(self, line: int, cell: Cell | None = None, note: int | None = None) -> None:
        """End the paragraph and start another one."""
        self._end()
        self._line, self._cell, self._note = line, cell, note

    def next_note(self) -> int:
        """The number of a note that follows."""
        self._notes += 1
        return self._notes

    def add(self, piece: Piece) -> None:
        """Append a piece to the paragraph."""
        if piece.words and (self._pieces or piece != PICTURE):
            self._pieces.append(piece)

    def remark(self, words: str) -> None:
        """Attach a comment to the paragraph."""
        self._remarks.append(words)

    def write(self, builder: BlockBuilder) -> None:
        """Write all paragraphs."""
        self._end()
        pairs = [pair for one in self._paragraphs for pair in pairwise(one.lines)]
        fill = measure_fill([(line.words, after.words) for line, after in pairs if line.end == SOFT_BREAK])
        for paragraph in self._paragraphs:
            _write(paragraph, fill, builder)

    def _end(self) -> None:
        pieces, self._pieces = self._pieces, []
        if all(piece.words.isspace() for piece in pieces):
            return
        note = self._note
        if note is None and pieces[0].script == "raised" and pieces[0].words in self._marks:
            note = self.next_note()
        if note is None:
            self._marks |= {piece.words for piece in pieces[1:] if piece.script == "raised"}
        self._paragraphs.append(_Paragraph(list(_lines(pieces)), self._line, self._cell, note, tuple(self._remarks)))
        self._remarks.clear()


def _lines(pieces: list[Piece]) -> Iterator[_Line]:
    """The lines, without those that have no words."""
    words: list[Piece] = []
    number = 0
    for piece in (*pieces, BREAK):
        if piece not in _BREAKS:
            words.append(piece)
            continue
        if any(one != PICTURE for one in words):
            yield _Line(words, piece, number)
        words = []
        number += piece != BREAK


def _write(paragraph: _Paragraph, fill: LineFill, builder: BlockBuilder) -> None:
    for before, line in zip([None, *paragraph.lines], paragraph.lines, strict=False):
        end: LineEnd = "unknown" if before else "paragraph"
        if before and before.end == SOFT_BREAK:
            end = fill.judge(before.words, line.words)
        if before and end == "within":
            builder.write(joint(before.words, line.words))
        elif before and end == "unknown":
            if before.end == SOFT_BREAK and line.pieces[0] == PICTURE:
                builder.picture()  # within the paragraph, whatever the end of the line is
            builder.break_line()
        else:
            builder.start(paragraph.cell, line=paragraph.line + line.number, note=paragraph.note)
        _write_pieces(line.pieces, builder)
    for words in paragraph.remarks:
        builder.remark("Comment", words)


def _write_pieces(pieces: Sequence[Piece], builder: BlockBuilder) -> None:
    begins = True
    for piece in pieces:
        if piece == PICTURE:
            builder.picture()
            continue
        words = _SPACES.sub(" ", piece.words)
        words = words.lstrip(" ") if begins else words
        builder.write(words, script=piece.script, excluded=piece.excluded)
        begins = begins and not words
