"""Build the reading of a document without pages: paragraphs one after the other, with what their form says of words."""

from collections.abc import Sequence

from extract.limits import Limits, raise_limit_passed
from extract.model.findings import FindingDraft
from extract.model.record import ExcludedReason
from extract.model.stages import Annotation, Picture, Script
from extract.model.text import Block, Cell, Glyph
from extract.pull.reading import FileReading


class BlockBuilder:
    """The blocks of a document in reading order, each with its lines. A block without words is none."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._glyphs: list[Glyph] = []
        self._lines: list[int] = []
        self._scripts: dict[int, Script] = {}
        self._references: dict[int, int] = {}
        self._blocks: list[Block] = []
        self._remarks: list[Annotation] = []
        self._pictures: list[Picture] = []
        self._next = Block(1)
        self._begins_line = True
        self._kept: dict[tuple[str, str, bool], Glyph] = {}

    def start(self, cell: Cell | None = None, *, line: int | None = None, note: int | None = None) -> None:
        """Start a paragraph: in a cell of a table, in a footnote, at a line of the file."""
        self._next = Block(self._last + 1, cell, line, note)
        self._begins_line = True

    def break_line(self) -> None:
        """End a line within the paragraph."""
        self._begins_line = True

    def write(
        self,
        words: str,
        *,
        script: Script | None = None,
        excluded: ExcludedReason | None = None,
        is_doubtful: bool = False,
    ) -> None:
        """Append words to the line. What is `excluded` is printed and no text of the guide.

        Words are doubtful that a reader may not see, and that are text all the same.
        Raises LimitPassed where the document has too many characters.
        """
        if len(self._glyphs) + len(words) > self._limits.glyphs:
            raise_limit_passed("glyphs", self._limits)
        if words and self._begins_line:
            self._blocks.append(self._next)
            self._begins_line = False
        first = len(self._glyphs)
        self._glyphs += [self._glyph(char, excluded or "", is_doubtful) for char in words]
        self._lines += [len(self._blocks)] * len(words)
        if script is not None:
            self._scripts.update(dict.fromkeys(range(first, len(self._glyphs)), script))

    def refer(self, mark: str, note: int) -> None:
        """Append the mark of a note: where the text refers to it, and where the note begins."""
        first = len(self._glyphs)
        self.write(mark, script="raised")
        self._references.update(dict.fromkeys(range(first, len(self._glyphs)), note))

    def picture(self, *, is_tall: bool = False) -> None:
        """Keep the place of a picture behind words of the line; one that begins a line stands among none."""
        if not self._begins_line:
            self._pictures.append(Picture(behind=len(self._glyphs) - 1, is_tall=is_tall))

    @property
    def number(self) -> int:
        """The number of the paragraph."""
        return self._next.number

    def remark(self, kind: str, words: str) -> None:
        """Attach a remark, which is no text of the guide, to the paragraph."""
        self._remarks.append(Annotation(0, kind, words, block=self.number))

    def reading(self, findings: Sequence[FindingDraft] = ()) -> FileReading:
        """The whole document."""
        return FileReading(
            pages=0,
            glyphs=self._glyphs,
            findings=tuple(findings),
            annotations=tuple(self._remarks),
            lines=self._lines,
            blocks=self._blocks,
            scripts=self._scripts,
            references=self._references,
            pictures=tuple(self._pictures),
        )

    @property
    def _last(self) -> int:
        """The number of the last block with words."""
        return self._blocks[-1].number if self._blocks else 0

    def _glyph(self, char: str, excluded: str, is_doubtful: bool) -> Glyph:
        """The glyph of a character; those that are alike are one object."""
        glyph = Glyph(char, 0, excluded_reason=excluded, is_doubtful=is_doubtful)
        return self._kept.setdefault((char, excluded, is_doubtful), glyph)
