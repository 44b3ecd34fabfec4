"""Find quotes in the glyphs of a guide after the recorded repairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from extract.model.stages import Pulled, Repair, Repaired
from extract.model.text import Cell, Glyph, GlyphTable, display_width, enclosing_box, left_to_right
from extract.model.values import Evidence

_ROUNDING = 0.011  # points: boxes are rounded to 0.01


class InkLine(NamedTuple):
    """A printed line: glyph indices in reading order, the edges of each, and the height of the line."""

    numbers: list[int]
    lefts: list[float]
    rights: list[float]
    top: float
    bottom: float


class Tolerance(NamedTuple):
    """The distance of glyphs from a quote's box, in type sizes: sideways, up or down, and at a narrow last glyph.

    Fonts that are not embedded have widths of their own for narrow glyphs.
    """

    side: float
    narrow: float
    height: float


EXACT = Tolerance(0, 0, 0)
_AFTER_LABEL = ("：", ":", "】")


class QuoteFinder:
    """Look up the glyphs of quotes: in their boxes on pages, else on their lines or in their blocks."""

    def __init__(self, pulled: Pulled, repaired: Repaired, slack: Tolerance = EXACT) -> None:
        self.raw, self._order = pulled.glyphs, repaired.lines
        self._spelling = _Spelling(replay(pulled.glyphs, repaired.repairs))
        self._line_numbers = repaired.ink.lines
        self._finder = (
            _BoxFinder(self.raw, self._line_numbers, self._spelling, slack)
            if repaired.ink.drawn
            else _RowFinder(self.raw, repaired.ink, self._spelling)
        )
        self._found: dict[Evidence, list[int] | None] = {}

    def under(self, evidence: Evidence) -> str | None:
        """Return the drawn text of a quote, in its box, on its line or in its block; None if it is not there."""
        numbers = self.glyphs_of(evidence)
        return None if numbers is None else "".join(self.raw[number].text for number in numbers)

    def ink(self, evidence: Iterable[Evidence]) -> list[str]:
        """Return the drawn text of each quote, before repairs."""
        return [self.under(piece) or "" for piece in evidence]

    def stands_before(self, words: str, evidence: Sequence[Evidence]) -> bool:
        """Return True if words stand right before a quote, colon or bracket skipped; without a quote, anywhere.

        In a table they may fill a cell above the quote or at its left, or one of a table that goes on.
        """
        if not evidence:
            return words in self._read[0]
        bare = words.rstrip("】")
        return any(
            self._before(numbers[0], len(bare)) == bare or self._heads_cell(words, numbers[0])
            for numbers in self._finder.places(evidence[0])
        )

    def words_before(self, evidence: Evidence, length: int) -> str:
        """Return the characters right before a quote, space left out."""
        numbers = self.glyphs_of(evidence)
        text, offsets = self._read
        end = offsets.get(numbers[0], 0) if numbers else 0
        return text[max(0, end - length) : end]

    def glyphs_of(self, evidence: Evidence) -> list[int] | None:
        """Return the glyphs of a quote; None if it is not there."""
        if evidence not in self._found:
            self._found[evidence] = next(self._finder.places(evidence), None)
        return self._found[evidence]

    def line_of(self, number: int) -> tuple[int, int]:
        """Return the page and the line of a glyph."""
        return self.raw[number].page, self._line_numbers[number]

    def cell_of(self, number: int) -> Cell | None:
        """Return the cell of a table in which a glyph stands."""
        return self._cells.get(number)

    @cached_property
    def _cells(self) -> dict[int, Cell]:
        return {number: line.cell for line in self._order if line.cell for number in line.text.origins}

    @cached_property
    def _words_of_cells(self) -> dict[Cell, str]:
        """The words of each cell, without space."""
        words: dict[Cell, str] = defaultdict(str)
        for line in self._order:
            if line.cell:
                words[line.cell] += "".join(line.text.chars.split())
        return words

    def _heads_cell(self, words: str, number: int) -> bool:
        cell = self.cell_of(number)
        return cell is not None and any(
            _heads(head, cell) and text.rstrip("".join(_AFTER_LABEL)) == words
            for head, text in self._words_of_cells.items()
        )

    def _before(self, number: int, length: int) -> str:
        """Return the `length` characters before a glyph, and before the colon in front of it."""
        text, offsets = self._read
        end = offsets.get(number, 0)
        while text[end - 1 : end] in _AFTER_LABEL and end:
            end -= 1
        return text[max(0, end - length) : end]

    @cached_property
    def _read(self) -> tuple[str, dict[int, int]]:
        """All characters in reading order without space, and the offset of each glyph."""
        numbers = [n for line in self._order for n in dict.fromkeys(line.text.origins) if n >= 0]
        text, owners = self._spelling.join(numbers)
        return text, {number: offset for offset, number in reversed([*enumerate(owners)])}


def _heads(head: Cell, cell: Cell) -> bool:
    """Return True if a cell stands above another, or at its left; above it may be a table before, which goes on."""
    is_above = head.columns.start < cell.columns.stop and cell.columns.start < head.columns.stop
    if head.table != cell.table:
        return is_above and head.table < cell.table
    is_beside = head.rows.start < cell.rows.stop and cell.rows.start < head.rows.stop
    return (is_above and head.rows.stop <= cell.rows.start) or (is_beside and head.columns.stop <= cell.columns.start)


class _Spelling:
    """The characters of glyphs after the repairs, without space; `texts` by glyph, empty if excluded."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = ["".join(text.split()) for text in texts]

    def join(self, numbers: Sequence[int]) -> tuple[str, list[int]]:
        """Join the characters of glyphs; also return the glyph of each."""
        texts = [self.texts[number] for number in numbers]
        return "".join(texts), [number for number, text in zip(numbers, texts, strict=True) for _ in text]


class _BoxFinder:
    """Look up quotes in their boxes on a page, line by line."""

    def __init__(self, raw: Sequence[Glyph], lines: Sequence[int], spelling: _Spelling, slack: Tolerance) -> None:
        self._raw, self._spelling, self._slack = raw, spelling, slack
        self._rows: dict[int, list[InkLine]] = defaultdict(list)  # by page
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, text in enumerate(spelling.texts):
            if text:
                groups[raw[number].page, lines[number]].append(number)
        for (page, line), numbers in groups.items():
            if line:
                self._rows[page].append(self._row(numbers, groups.get((page, 0), [])))

    def places(self, evidence: Evidence) -> Iterator[list[int]]:
        """Yield the glyphs of a quote at each place where it fills its box."""
        if evidence.bbox is None or evidence.page is None:
            return
        _, top, _, bottom = evidence.bbox
        start, end = evidence.bbox[0] - _ROUNDING, evidence.bbox[2] + _ROUNDING
        for row in self._rows[evidence.page]:
            if row.top < bottom and row.bottom > top:
                edges = zip(row.numbers, row.lefts, row.rights, strict=True)
                numbers = [number for number, left, right in edges if start <= left and right <= end]
                found = _occurrences(evidence.quote, *self._spelling.join(numbers))
                yield from (place for place in found if self._fills(place, evidence.bbox))

    def _row(self, numbers: list[int], loose: list[int]) -> InkLine:
        """Build a line; glyphs of no line that no repair excluded count to the line that they lie on."""
        top, bottom = min([self._raw[n].top for n in numbers]), max([self._raw[n].bottom for n in numbers])
        over = [number for number in loose if top <= (self._raw[number].top + self._raw[number].bottom) / 2 <= bottom]
        numbers = left_to_right(self._raw, numbers + over)
        glyphs = [self._raw[number] for number in numbers]
        lefts = [glyph.x0 + self._slack.side * glyph.size for glyph in glyphs]
        return InkLine(numbers, lefts, [glyph.x1 - self._at_end(glyph) * glyph.size for glyph in glyphs], top, bottom)

    def _fills(self, numbers: list[int], box: tuple[float, float, float, float]) -> bool:
        """Return True if glyphs fill a box."""
        glyphs = [self._raw[number] for number in numbers]
        size = max([glyph.size for glyph in glyphs])
        allowed = (self._slack.side, self._slack.height, self._at_end(glyphs[-1]), self._slack.height)
        edges = zip(enclosing_box(glyphs), box, allowed, strict=True)
        return all(abs(drawn - cited) <= _ROUNDING + slack * size for drawn, cited, slack in edges)

    def _at_end(self, glyph: Glyph) -> float:
        """Return the sideways tolerance at a last glyph."""
        if self._slack.narrow == self._slack.side:
            return self._slack.side
        return self._slack.narrow if display_width(glyph.text[-1:] or " ") < 1 else self._slack.side


class _RowFinder:
    """Look up quotes on numbered lines or in blocks, each joined once: one may hold all quotes of a section."""

    def __init__(self, raw: Sequence[Glyph], ink: GlyphTable, spelling: _Spelling) -> None:
        self._raw, self._ink, self._spelling = raw, ink, spelling
        self._numbers: dict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(spelling.texts):
            if text and ink.lines[number]:
                self._numbers[ink.row(ink.lines[number])].append(number)
        self._joined: dict[int, tuple[str, list[int]]] = {}

    def places(self, evidence: Evidence) -> Iterator[list[int]]:
        """Yield the glyphs of a quote at each place on its line or in its block."""
        row = evidence.row
        numbers = self._numbers.get(row)
        if not numbers or not self._is_of(evidence, numbers[0]):
            return
        if row not in self._joined:
            self._joined[row] = self._spelling.join(numbers)
        yield from _occurrences(evidence.quote, *self._joined[row])

    def _is_of(self, evidence: Evidence, number: int) -> bool:
        """Return True if evidence names the page of a glyph, or the line of the file on which its block begins."""
        if evidence.bbox is not None or (evidence.page or 0) != self._raw[number].page:
            return False
        blocks = self._ink.blocks
        return not blocks or blocks[self._ink.lines[number] - 1].line == (evidence.line or None)


def _occurrences(quote: str, line: str, owners: Sequence[int]) -> Iterator[list[int]]:
    """Yield the glyphs of each occurrence of a quote in a line, space ignored; `owners` are those of its characters."""
    words = "".join(quote.split())
    offset = line.find(words)
    while offset >= 0 and words:
        yield list(owners[offset : offset + len(words)])
        offset = line.find(words, offset + 1)


def replay(glyphs: Sequence[Glyph], repairs: Iterable[Repair]) -> list[str]:
    """Return the text of each glyph after the recorded repairs; empty if excluded."""
    texts = [glyph.text for glyph in glyphs]
    for repair in repairs:
        for number, text in repair.became.items():
            texts[number] = text
    return texts
