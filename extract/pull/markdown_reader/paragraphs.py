"""Paragraphs in the making: pieces are gathered before they are written, for the first one tells if they are a note."""

import re

from extract.model.text import Cell
from extract.pull.block_builder import BlockBuilder
from extract.pull.markdown_reader.mathematics import Piece

_SPACES = re.compile(r"[ \t\r\f\v]+")
BREAK = Piece("\n")


class Paragraphs:
    """Write paragraphs to a builder. Spaces are collapsed; those of a line's beginning and end are none.

    A paragraph that begins with a raised mark is a note where the mark stands raised in the text before it.
    """

    def __init__(self, builder: BlockBuilder) -> None:
        self._builder = builder
        self._pieces: list[Piece] = []
        self._cell: Cell | None = None
        self._line: int | None = None
        self._note: int | None = None
        self._marks: set[str] = set()
        self._notes = 0

    def start(self, line: int, cell: Cell | None = None, note: int | None = None) -> None:
        """End the paragraph and start another one."""
        self.end()
        self._line, self._cell, self._note = line, cell, note

    def next_note(self) -> int:
        """The number of a note that follows."""
        self._notes += 1
        return self._notes

    def add(self, piece: Piece) -> None:
        """Append a piece to the paragraph."""
        if piece.words:
            self._pieces.append(piece)

    def end(self) -> None:
        """Write the paragraph, if it has words."""
        pieces, self._pieces = self._pieces, []
        if all(piece.words.isspace() for piece in pieces):
            return
        note = self._note
        if note is None and pieces[0].script == "raised" and pieces[0].words in self._marks:
            note = self.next_note()
        if note is None:
            self._marks |= {piece.words for piece in pieces[1:] if piece.script == "raised"}
        self._builder.start(self._cell, line=self._line, note=note)
        begins = True
        for piece in pieces:
            if piece == BREAK:
                self._builder.break_line()
                begins = True
                continue
            words = _SPACES.sub(" ", piece.words)
            words = words.lstrip(" ") if begins else words
            self._builder.write(words, script=piece.script, excluded=piece.excluded)
            begins = begins and not words
