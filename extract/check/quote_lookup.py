"""Find quotes in the glyphs of a guide after the recorded repairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from extract.model.stages import Pulled, Repair, Repaired
from extract.model.text import Glyph, display_width, enclosing_box, left_to_right
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
    """Index of repaired glyphs by line, to look up the glyphs of a quote."""

    def __init__(self, pulled: Pulled, repaired: Repaired, slack: Tolerance = EXACT) -> None:
        self.raw, self.slack, self._order = pulled.glyphs, slack, repaired.lines
        self.texts = ["".join(text.split()) for text in replay(pulled.glyphs, repaired.repairs)]
        self.rows: dict[int, list[InkLine]] = defaultdict(list)  # by page, or by line number of plain text
        self._lines: dict[int, tuple[str, list[int]]] = {}  # of plain text, by first glyph
        self._found: dict[Evidence, list[int] | None] = {}
        self._line_numbers = repaired.ink.lines
        lines: dict[tuple[int, int], list[int]] = defaultdict(list)
        drawn = repaired.ink.drawn
        for number, text in enumerate(self.texts):
            if text:
                lines[self.raw[number].page if drawn else 0, repaired.ink.lines[number]].append(number)
        for (page, line), numbers in lines.items():
            if line:
                loose = lines.get((page, 0), []) if drawn else []
                self.rows[page if drawn else line].append(self._row(numbers, loose))

    def _row(self, numbers: list[int], loose: list[int]) -> InkLine:
        """Build a line; glyphs of no line that no repair excluded count to the line that they lie on."""
        top, bottom = min([self.raw[n].top for n in numbers]), max([self.raw[n].bottom for n in numbers])
        over = [number for number in loose if top <= (self.raw[number].top + self.raw[number].bottom) / 2 <= bottom]
        numbers = left_to_right(self.raw, numbers + over)
        glyphs = [self.raw[number] for number in numbers]
        lefts = [glyph.x0 + self.slack.side * glyph.size for glyph in glyphs]
        return InkLine(numbers, lefts, [glyph.x1 - self._at_end(glyph) * glyph.size for glyph in glyphs], top, bottom)

    def under(self, evidence: Evidence) -> str | None:
        """Return the drawn text of a quote, in its box or on its line of plain text; None if it is not there."""
        numbers = self._glyphs_of(evidence)
        return None if numbers is None else "".join(self.raw[number].text for number in numbers)

    def is_above(self, piece: Evidence, heading: Evidence) -> bool:
        """Return True if a quote is on a line that is read before a heading, which may stand in another column."""
        numbers, below = self._glyphs_of(piece), self._glyphs_of(heading)
        if numbers is None or below is None:  # quotes-replay tells
            return piece.page < heading.page
        lines = self._line_numbers
        return (piece.page, max([lines[n] for n in numbers])) < (heading.page, max([lines[n] for n in below]))

    def _glyphs_of(self, evidence: Evidence) -> list[int] | None:
        """Return the glyphs of a quote; None if it is not there."""
        if evidence not in self._found:
            self._found[evidence] = next(self._places_of(evidence), None)
        return self._found[evidence]

    def stands_before(self, words: str, evidence: Sequence[Evidence]) -> bool:
        """Return True if words stand right before a quote, colon or bracket skipped; without a quote, anywhere."""
        if not evidence:
            return words in self._read[0]
        return any(self._before(numbers[0], len(words)) == words for numbers in self._places_of(evidence[0]))

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
        text, owners = self._spelt([n for line in self._order for n in dict.fromkeys(line.text.origins) if n >= 0])
        return text, {number: offset for offset, number in reversed([*enumerate(owners)])}

    def _places_of(self, evidence: Evidence) -> Iterator[list[int]]:
        """Yield the glyphs of a quote at each place where it fills its box or is on its line."""
        readings = (numbers for row in self._rows(evidence) for numbers in self._readings(row, evidence))
        return (numbers for numbers in readings if self._fits(numbers, evidence.bbox))

    def _rows(self, evidence: Evidence) -> list[InkLine]:
        """Return the lines on which a quote can be."""
        if evidence.bbox is None:
            rows = self.rows[evidence.line] if isinstance(evidence.line, int) else []
            return [row for row in rows if self.raw[row.numbers[0]].page == evidence.page]
        _, top, _, bottom = evidence.bbox
        return [row for row in self.rows[evidence.page] if row.top < bottom and row.bottom > top]

    def _readings(self, row: InkLine, evidence: Evidence) -> Iterator[list[int]]:
        """Yield the glyphs of each occurrence of a quote in a line, space ignored."""
        if evidence.bbox is None:
            line, owners = self._line(row.numbers)
        else:
            start, end = evidence.bbox[0] - _ROUNDING, evidence.bbox[2] + _ROUNDING
            edges = zip(row.numbers, row.lefts, row.rights, strict=True)
            line, owners = self._spelt([number for number, left, right in edges if start <= left and right <= end])
        quote = "".join(evidence.quote.split())
        offset = line.find(quote)
        while offset >= 0 and quote:
            yield owners[offset : offset + len(quote)]
            offset = line.find(quote, offset + 1)

    def _line(self, numbers: Sequence[int]) -> tuple[str, list[int]]:
        """A line of plain text, joined once: it may be long and hold all quotes of a section."""
        if numbers[0] not in self._lines:
            self._lines[numbers[0]] = self._spelt(numbers)
        return self._lines[numbers[0]]

    def _spelt(self, numbers: Sequence[int]) -> tuple[str, list[int]]:
        """Join the characters of glyphs without space, with the glyph of each."""
        texts = [self.texts[number] for number in numbers]
        return "".join(texts), [number for number, text in zip(numbers, texts, strict=True) for _ in text]

    def _fits(self, numbers: list[int], box: tuple[float, float, float, float] | None) -> bool:
        """Return True if the glyphs fill the box; plain text has no boxes."""
        if box is None:
            return True
        size = max([self.raw[number].size for number in numbers])
        allowed = (self.slack.side, self.slack.height, self._at_end(self.raw[numbers[-1]]), self.slack.height)
        edges = zip(self._box(numbers), box, allowed, strict=True)
        return all(abs(drawn - cited) <= _ROUNDING + slack * size for drawn, cited, slack in edges)

    def _at_end(self, glyph: Glyph) -> float:
        """Return the sideways tolerance at a last glyph."""
        if self.slack.narrow == self.slack.side:
            return self.slack.side
        return self.slack.narrow if display_width(glyph.text[-1:] or " ") < 1 else self.slack.side

    def _box(self, numbers: Iterable[int]) -> tuple[float, float, float, float]:
        """Return the box around glyphs."""
        return enclosing_box([self.raw[number] for number in numbers])

    def ink(self, evidence: Iterable[Evidence]) -> list[str]:
        """Return the drawn text of each quote, before repairs."""
        return [self.under(piece) or "" for piece in evidence]


def replay(glyphs: Sequence[Glyph], repairs: Iterable[Repair]) -> list[str]:
    """Return the text of each glyph after the recorded repairs; empty if excluded."""
    texts = [glyph.text for glyph in glyphs]
    for repair in repairs:
        for number, text in repair.became.items():
            texts[number] = text
    return texts
