"""Find the labels and section numbers that are printed, in all that a reader hands out, also in what was set aside.

The rules are apart from those of the splitter: a label is looked up before each colon, from its end; a number counts
where a label follows.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain, takewhile
from typing import NamedTuple

from extract.language.list_markers import ITEM_MARK
from extract.model.evidence import cite
from extract.model.fields import FIELDS
from extract.model.stages import Repaired
from extract.model.text import GLUE, folded, left_to_right, text_of_glyphs
from extract.model.values import Evidence

_FOLDING = ("fold overprints", "take repeated runs once")  # repairs that take out copies
_MARKER = re.compile(f"(?:{ITEM_MARK})$")  # 3）联系人：… is a point
_BRACKET = r"[（\[〔【](?:[^（）\[\]〔〕【】]|（[^（）]*）){1,24}[）\]〕】]"
_AFTER_NAME = re.compile(rf"(?:{_BRACKET}){{0,2}}】?$")  # 拟支持经费（万元）：
_MAX_AFTER_NAME = 64  # characters
# Before a label at the start of a line: ★, 新增, （每项）
_BEFORE_NAME = re.compile(rf"[^\w\s（）《》“”【】，。；：、]{{0,3}}(?:{_BRACKET}|(?:新增|修订|调整|更新|更正)?)")
_CLOSING = "。；》”）【"  # a label may stand behind these
_MID_SENTENCE = "，、的和及与"  # a line that ends so goes on
_PROSE = re.compile("[\u4e00-\u9fff，、。；](?<![为共约])")  # behind the words of a label in a sentence
_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,3}){1,3})(?![\d%])[.、]?(?=[\u4e00-\u9fffA-Za-z“《（])(?![亿万元年月日个项倍级千百米])"
)
_MAX_HEADING_ROWS = 4  # printed lines from a section's number to its first label
_FIGURES = {"per_project", *(name for name, spec in FIELDS.items() if spec.figure)}


class PrintedLabel(NamedTuple):
    """A known label before a colon, at an offset of the printed text.

    `is_prose`: within a sentence, where no label stands; `is_point`: behind the marker of a list, or any other mark.
    """

    name: str
    start: int
    is_prose: bool
    is_point: bool


class PrintedText:
    """All that a reader hands out without copies and space: first the lines of the text, then what is set aside.

    `fields` is the field of each label. `starts` are the offsets of lines, `places` their pages and numbers.
    """

    def __init__(self, repaired: Repaired, fields: Mapping[str, str]) -> None:
        ink = repaired.ink
        self.ink, self.fields = ink, fields
        self._asides: dict[int, str] = {n: piece.reason for piece in repaired.excluded for n in piece.text.origins}
        self._asides |= {n: "note" for note in repaired.notes for text in (note.sign, note.text) for n in text.origins}
        self._asides.pop(GLUE, None)
        copies = {n for repair in repaired.repairs if repair.name in _FOLDING for n in repair.became}
        rows: dict[tuple[int, int], list[int]] = {}
        asides: dict[tuple[int, int, str], list[int]] = {}
        for number, (glyph, line) in enumerate(zip(ink.glyphs, ink.lines, strict=True)):
            if number in copies or glyph.text.isspace():
                continue
            if reason := self._asides.get(number):
                asides.setdefault((glyph.page, line, reason), []).append(number)
            elif line:
                rows.setdefault((glyph.page, line), []).append(number)
        self._body = sorted(rows)
        self.places = [*self._body, *((page, line) for page, line, _ in asides)]
        lines = [left_to_right(ink.glyphs, line) for line in (*(rows[place] for place in self._body), *asides.values())]
        lengths = (sum([len(ink.glyphs[number].text) for number in line]) for line in lines[:-1])
        self.starts = list(accumulate(lengths, initial=0))
        text = text_of_glyphs(ink, chain.from_iterable(lines))
        self.plain, self.origins = text.plain, text.origins

    @cached_property
    def labels(self) -> list[PrintedLabel]:
        """The known labels that stand before a colon, the longest of those that end there."""
        return list(self._find_labels())

    def _find_labels(self) -> Iterator[PrintedLabel]:
        lengths = sorted({len(name) for name in self.fields}, reverse=True)
        for colon in re.finditer("(?<!：)：", self.plain):
            ending = _AFTER_NAME.search(self.plain, max(0, colon.start() - _MAX_AFTER_NAME), colon.start())
            end = ending.start() if ending else colon.start()
            for length in lengths:
                name = self.plain[max(0, end - length) : end]
                if len(name) == length and name in self.fields:
                    first = self.starts[bisect_right(self.starts, end - length) - 1]
                    ahead = self.plain[first : end - length]
                    yield self._label(name, end - length, ahead)
                    break

    def _label(self, name: str, start: int, ahead: str) -> PrintedLabel:
        """Return a label, given the words before it on its line."""
        before = self.plain[max(0, start - 5) : start]
        if _MARKER.search(before) or (ahead and _BEFORE_NAME.fullmatch(ahead)):
            return PrintedLabel(name, start, is_prose=False, is_point=True)
        if not ahead:
            return PrintedLabel(name, start, is_prose=before.endswith(tuple(_MID_SENTENCE)), is_point=False)
        is_figure = self.fields[name] in _FIGURES
        is_apart = is_figure and (before.endswith("，") or self.ink.glyphs[self.origins[start] - 1].text.isspace())
        return PrintedLabel(name, start, is_prose=not (before.endswith(tuple(_CLOSING)) or is_apart), is_point=False)

    def name_of(self, label: str) -> str:
        """Return the known label that words are, without space, brackets and words before it; else the words."""
        bare = re.sub(_BRACKET, "", folded("".join(label.split())))
        ends = (bare[start:] for start in range(len(bare)) if bare[start:] in self.fields)
        return next(ends, bare)

    @cached_property
    def numbers(self) -> dict[int, str]:
        """The section numbers at the start of a line with a label on a line right below, by offset."""
        names = (*self.fields, *(f"【{name}" for name in self.fields))
        numbers = {start: match["number"] for start in self.starts if (match := _NUMBER.match(self.plain, start))}
        return {
            start: number
            for start, number in numbers.items()
            if any(self.plain.startswith(names, below) for below in self._below(start, numbers))
        }

    def _below(self, start: int, numbers: Container[int]) -> Iterator[int]:
        """Yield the offsets of the lines of the text right below a line, up to the next number."""
        first = bisect_right(self._body, self.place(start))
        below = self.starts[first : min(first + _MAX_HEADING_ROWS, len(self._body))]
        return takewhile(lambda offset: offset not in numbers, below)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the page and the line of a character."""
        return self.places[bisect_right(self.starts, offset) - 1]

    def names_between(self, start: int, stop: int | None) -> Iterator[tuple[int, str]]:
        """Yield the words of labels at the start of a line or a sentence, with a colon or without; the longest.

        A line that goes on from the one above may begin like a label: 关于在应用 | 研究领域开展联合资助.
        """
        longest_first = sorted((name for name in self.fields if len(name) > 2), key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        starts = set(self.starts)
        for match in re.compile(names).finditer(self.plain, start, len(self.plain) if stop is None else stop):
            before = self.plain[match.start() - 1 : match.start()]
            goes_on = before in _MID_SENTENCE or _PROSE.match(self.plain, match.end())
            if before in _CLOSING or (match.start() in starts and not goes_on):
                yield match.start(), match[0]

    def rest_of_line(self, start: int) -> int:
        """Return the number of characters from an offset to the end of its line."""
        line = bisect_right(self.starts, start)
        return (self.starts[line] if line < len(self.starts) else len(self.plain)) - start

    def start_of(self, evidence: Evidence) -> int | None:
        """Return the offset of the line with a quote."""
        for start in self.starts[: len(self._body)]:
            origin = self.origins[start]
            glyph = self.ink.glyphs[origin]
            if glyph.page != (evidence.page or 0):
                continue
            if evidence.bbox is None:
                is_there = self.ink.row(self.ink.lines[origin]) == evidence.row
            else:
                left, top, right, bottom = evidence.bbox
                is_there = left - 1 <= glyph.x0 <= right and top <= (glyph.top + glyph.bottom) / 2 <= bottom
            if is_there:
                return start
        return None

    def reason(self, offset: int) -> str | None:
        """Return the reason for which a character was set aside."""
        return self._asides.get(self.origins[offset])

    def page(self, offset: int) -> int:
        """Return the page of a character."""
        return self.ink.glyphs[self.origins[offset]].page

    def cite(self, start: int, length: int) -> tuple[Evidence, ...]:
        """Return the evidence of characters."""
        return cite(text_of_glyphs(self.ink, dict.fromkeys(self.origins[start : start + length])))
