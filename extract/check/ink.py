"""Does the record agree with the ink, independent of the code that read the values.

A quote has to come back when the recorded repairs are replayed on the glyphs under its box. A number has to have the
digits of those glyphs as the file draws them, before any repair, after nothing but Unicode folding.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.check.digits import cited, explained
from extract.findings import CheckCode
from extract.handoff import Pulled, Repair, Repaired
from extract.records import Check, GuideFacts, Section
from extract.text import Glyph, width
from extract.values import Evidence, Record

_ROUNDING = 0.011  # points: boxes are rounded to 0.01
_SHOWN = 5


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
            row.numbers.sort(key=lambda n: (self.raw[n].x0, n))

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
        chars = [(char, number) for number in numbers for char in self.texts[number] if not char.isspace()]
        line, quote = "".join(char for char, _ in chars), "".join(evidence.quote.split())
        start = line.find(quote)
        while start >= 0 and quote:
            yield [number for _, number in chars[start : start + len(quote)]]
            start = line.find(quote, start + 1)

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


def walk(record: object, place: str = "") -> Iterator[tuple[str, Record]]:
    """A record and all records in it, each with its place (sections[0].funding.value)."""
    if isinstance(record, Record):
        yield place, record
        for name in record.__struct_fields__:
            yield from walk(getattr(record, name), f"{place}.{name}")
    elif isinstance(record, tuple):
        for number, item in enumerate(record):
            yield from walk(item, f"{place}[{number}]")


def owned(facts: GuideFacts, sections: Sequence[Section]) -> Iterator[tuple[str | None, Record]]:
    """Every record of a guide with the number of its section."""
    for _, record in walk(facts):
        yield None, record
    for section in sections:
        for _, record in walk(section):
            yield section.number, record


def quotes(paper: Paper, facts: GuideFacts, sections: Sequence[Section]) -> Check:
    """Whether every quote comes back from the glyphs in its box."""
    pieces = [(section, piece) for section, piece in owned(facts, sections) if isinstance(piece, Evidence)]
    lost = [(section, piece) for section, piece in pieces if paper.under(piece) is None]
    told = [f"“{piece.quote}” on page {piece.page}" for _, piece in lost]
    return _check(
        "quotes-replay",
        f"{len(pieces)} quotes come back from the glyphs in their boxes",
        f"of {len(pieces)} quotes {len(lost)} do not come back from the glyphs in their boxes: {_some(told)}",
        [section for section, _ in lost],
        [piece for _, piece in lost],
    )


def numbers(paper: Paper, facts: GuideFacts, sections: Sequence[Section]) -> Check:
    """Whether every number has the digits of the ink that it cites."""
    every = [(section, number) for section, record in owned(facts, sections) for number in cited(record)]
    odd = [(section, number) for section, number in every if not explained(number, paper.ink(number.evidence))]
    told = [f"{number.name} {number.value} of “{''.join(paper.ink(number.evidence))}”" for _, number in odd]
    return _check(
        "numbers-in-ink",
        f"{len(every)} numbers have the digits of the ink that they cite",
        f"of {len(every)} numbers {len(odd)} have not the digits of the ink that they cite: {_some(told)}",
        [section for section, _ in odd],
        [piece for _, number in odd for piece in number.evidence],
    )


def _check(
    code: CheckCode, proved: str, contradicted: str, sections: Iterable[str | None], evidence: Sequence[Evidence]
) -> Check:
    numbers = tuple(dict.fromkeys(section for section in sections if section))
    if not evidence:
        return Check(code=code, outcome="proved", message=proved)
    places = tuple(dict.fromkeys(evidence))
    return Check(code=code, outcome="contradicted", message=contradicted, sections=numbers, evidence=places)


def _some(told: Sequence[str]) -> str:
    return ", ".join(told[:_SHOWN]) + (", …" if len(told) > _SHOWN else "")
