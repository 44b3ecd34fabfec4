"""The glyphs of a guide as the recorded repairs leave them: what stands in a box."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.handoff import Pulled, Repair, Repaired
from extract.text import Glyph, left_to_right, width
from extract.values import Evidence

_ROUNDING = 0.011  # points: boxes are rounded to 0.01


class Row(NamedTuple):
    """A printed line: its glyphs in reading order, and between which heights it lies."""

    numbers: list[int]
    top: float
    bottom: float


class Slack(NamedTuple):
    """How far a quote's glyphs may lie from its box, in type sizes: sideways, where it ends with a narrow glyph (fonts
    that are not embedded have a width of their own for these), and up or down.
    """

    side: float
    narrow: float
    height: float


EXACT = Slack(0, 0, 0)


class Paper:
    """The glyphs of a guide as the recorded repairs leave them, line by line, to look up what stands in a box."""

    def __init__(self, pulled: Pulled, repaired: Repaired, slack: Slack = EXACT) -> None:
        self.raw, self.slack = pulled.glyphs, slack
        self.texts = replay(pulled.glyphs, repaired.repairs)
        self.rows: dict[int, list[Row]] = defaultdict(list)  # by page, or by line of a file
        self._lines: dict[int, tuple[str, list[int]]] = {}  # of a file, by their first glyph
        lines: dict[tuple[int, int], list[int]] = defaultdict(list)
        drawn = repaired.ink.drawn
        said = [number for number, text in enumerate(self.texts) if text.strip()]
        for number in said:
            lines[self.raw[number].page if drawn else 0, repaired.ink.lines[number]].append(number)
        for (page, line), numbers in lines.items():
            if line:
                _, top, _, bottom = self._box(numbers)
                self.rows[page if drawn else line].append(Row(numbers, top, bottom))
        for (page, line), numbers in lines.items():
            if not line:  # on no line, and taken out by no repair: it disturbs the lines that it lies on
                self._disturb(self.rows[page], numbers)
        for row in (row for rows in self.rows.values() for row in rows if drawn):
            row.numbers[:] = left_to_right(self.raw, row.numbers)

    def _disturb(self, rows: list[Row], numbers: list[int]) -> None:
        for number in numbers:
            middle = (self.raw[number].top + self.raw[number].bottom) / 2
            for row in rows:
                if row.top <= middle <= row.bottom:
                    row.numbers.append(number)

    def under(self, evidence: Evidence) -> list[int] | None:
        """The glyphs that make up a quote in its box, or on its line of a file; None where it does not stand there."""
        if evidence.bbox is None:
            rows = self.rows[evidence.line] if isinstance(evidence.line, int) else []
            rows = [row for row in rows if self.raw[row.numbers[0]].page == evidence.page]
        else:
            _, top, _, bottom = evidence.bbox
            rows = [row for row in self.rows[evidence.page] if row.top < bottom and row.bottom > top]
        found = (numbers for row in rows for numbers in self._readings(row.numbers, evidence))
        return next((numbers for numbers in found if self._fits(numbers, evidence.bbox)), None)

    def _readings(self, numbers: Sequence[int], evidence: Evidence) -> Iterator[list[int]]:
        """Where the characters of a quote stand in a line, space left out."""
        if evidence.bbox is not None:
            x0, _, x1, _ = evidence.bbox
            numbers = [
                n
                for n in numbers
                if self.raw[n].x0 >= x0 - _ROUNDING - self.slack.side * self.raw[n].size
                and self.raw[n].x1 <= x1 + _ROUNDING + self._at_end(n) * self.raw[n].size
            ]
        line, owners = self._spelt(numbers) if evidence.bbox else self._line(numbers)
        quote = "".join(evidence.quote.split())
        start = line.find(quote)
        while start >= 0 and quote:
            yield owners[start : start + len(quote)]
            start = line.find(quote, start + 1)

    def _line(self, numbers: Sequence[int]) -> tuple[str, list[int]]:
        """A line of a file, spelt once: it may be long, and hold all the quotes of a section."""
        if numbers[0] not in self._lines:
            self._lines[numbers[0]] = self._spelt(numbers)
        return self._lines[numbers[0]]

    def _spelt(self, numbers: Sequence[int]) -> tuple[str, list[int]]:
        """The characters of glyphs without space, and the glyph that each comes from."""
        chars = [(char, number) for number in numbers for char in self.texts[number] if not char.isspace()]
        return "".join(char for char, _ in chars), [number for _, number in chars]

    def _fits(self, numbers: list[int], box: tuple[float, float, float, float] | None) -> bool:
        """Whether the glyphs fill the box; a line of a file has none."""
        if box is None:
            return True
        size = max(self.raw[number].size for number in numbers)
        allowed = (self.slack.side, self.slack.height, self._at_end(numbers[-1]), self.slack.height)
        edges = zip(self._box(numbers), box, allowed, strict=True)
        return all(abs(seen - told) <= _ROUNDING + slack * size for seen, told, slack in edges)

    def _at_end(self, number: int) -> float:
        """The slack where a quote ends with this glyph."""
        return self.slack.narrow if width(self.raw[number].text[-1:] or " ") < 1 else self.slack.side

    def _box(self, numbers: Sequence[int]) -> tuple[float, float, float, float]:
        """The box around glyphs."""
        glyphs = [self.raw[number] for number in numbers]
        x0, top = min(glyph.x0 for glyph in glyphs), min(glyph.top for glyph in glyphs)
        return x0, top, max(glyph.x1 for glyph in glyphs), max(glyph.bottom for glyph in glyphs)

    def ink(self, evidence: Iterable[Evidence]) -> list[str]:
        """What is drawn under each piece of evidence, as the file has it."""
        return ["".join(self.raw[n].text for n in self.under(piece) or ()) for piece in evidence]


def replay(glyphs: Sequence[Glyph], repairs: Iterable[Repair]) -> list[str]:
    """What every glyph says after the recorded repairs; nothing where one took it out."""
    texts = [glyph.text for glyph in glyphs]
    for repair in repairs:
        for number, text in repair.became.items():
            texts[number] = text
    return texts
