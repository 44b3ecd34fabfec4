"""Check that every label and every due section number that is printed is held by a section of the record.

What stands outside of the sections (introduction, appendix, another paper), in a table of contents, or is struck out or
hidden, makes a check `consistent` and is named; what nothing holds contradicts.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from extract.check.printed_text import PrintedLabel, PrintedText
from extract.model.fields import FIELDS
from extract.model.finding_catalogue import CheckCode, Outcome
from extract.model.record import Check, Common, GuideFacts, OtherPart, Section
from extract.model.section_numbers import may_begin, may_follow
from extract.model.stages import Repaired, SplitGuide
from extract.model.values import Evidence

_UNSEEN = ("struck-out", "hidden", "rotated", "outside", "nowhere")  # reasons for which words are no text for a reader
_MAX_NAMED = 5  # in a message


class _Place(NamedTuple):
    """A printed label or number that no section holds, and where it stands."""

    words: str
    where: str
    section: str | None
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return f"{self.words} ({self.where}, {self.evidence[0].where})"


class PrintedGuide:
    """The printed text of a guide, and that of its second reader, with the place of each section in it."""

    def __init__(
        self,
        repaired: Repaired,
        witnessed: Repaired | None,
        cut: SplitGuide,
        guide: GuideFacts,
        sections: Sequence[Section],
        labels: Mapping[str, str],
    ) -> None:
        printed = PrintedText(repaired, labels)
        self._printed, self._guide, self._sections = printed, guide, sections
        self._witnessed = PrintedText(witnessed, labels) if witnessed else None
        self._outside = {origin for text in (cut.title, *cut.preamble, *cut.groups) for origin in text.origins}
        self._for_all = {origin for part in cut.common for origin in part.label.origins}
        self._others = {origin for text in cut.other_guides for origin in text.origins}
        self._title = min((origin for origin in cut.title.origins if origin >= 0), default=0)
        self._starts: list[int] = []
        for section in sections:
            start = printed.start_of(section.evidence[0]) if section.evidence else None
            self._starts.append(max(self._starts[-1:] or [0]) if start is None else start)

    def checks(self) -> tuple[Check, ...]:
        """The checks of labels and headings."""
        headings = self.headings_accounted()
        return (self.labels_accounted(), *([headings] if headings else []))

    # ── labels ────────────────────────────────────────────────────────────────────────────────────────

    def labels_accounted(self) -> Check:
        """Check that each known label with its colon is held by its section or the guide, in a field or in `other`."""
        unheld: list[_Place] = []
        apart: list[_Place] = []
        held = [self._labels_of(section.other, section) for section in self._sections]
        held_for_all = self._labels_of(self._guide.common.other or (), self._guide.common)
        count = 0
        for label in self._printed.labels:
            if label.is_prose:
                continue
            where = self._where(label.start)
            index = bisect_right(self._starts, label.start) - 1
            if where == "section" and index >= 0:
                if self._is_held(label, index, held[index]):
                    count += 1
                    continue
                if label.is_point:
                    continue
            if self._printed.origins[label.start] in self._for_all and self._is_held_for_all(label, held_for_all):
                count += 1
                continue
            place = self._place(f"{label.name}：", where, label.start)
            if where == "note" and self._printed.fields[label.name] == "other":
                continue
            (apart if where in ("outside", *_UNSEEN) else unheld).append(place)
        unheld += self._only_witnessed_labels()
        return _check("labels-accounted", count, "labels", unheld, apart)

    def _labels_of(self, other: Sequence[OtherPart], holder: Section | Common) -> Counter[str]:
        """Return the labels that a section or the guide holds, without what stands beside them."""
        fields = (field.label for name in FIELDS if (field := getattr(holder, name)))
        labels = (label for label in chain(fields, (part.label for part in other)) if label)
        return Counter(self._printed.name_of(label) for label in labels)

    def _is_held(self, label: PrintedLabel, index: int, held: Counter[str]) -> bool:
        """Return True if a section holds a label, and take it from what the section holds."""
        section, field = self._sections[index], self._printed.fields[label.name]
        if held[label.name]:
            held[label.name] -= 1
            return True
        if field in ("funding", "per_project"):  # two labels of one field: 拟支持经费, 支持力度：每个项目…
            value = section.funding.value
            stated = value is not None and (value.per_project or value.per or value.share or value.foreign)
            return bool(section.funding.corrected) or bool(stated)
        return field in FIELDS and bool(getattr(section, field).corrected)

    def _is_held_for_all(self, label: PrintedLabel, held: Counter[str]) -> bool:
        """Return True if the guide holds the label of a part for all sections: a field, or a total that it states."""
        if held[label.name]:
            held[label.name] -= 1
            return True
        totals = {"project_count": self._guide.declared.projects, "funding": self._guide.declared.funding}
        return totals.get(self._printed.fields[label.name]) is not None

    def _only_witnessed_labels(self) -> Iterator[_Place]:
        """Yield the labels that the second reader alone sees on a page."""
        if self._witnessed is None:
            return
        own = Counter((label.name, self._printed.page(label.start)) for label in self._printed.labels)
        for label in self._witnessed.labels:
            key = label.name, self._witnessed.page(label.start)
            if label.is_prose or label.is_point or self._witnessed.reason(label.start) in _UNSEEN:
                continue
            own[key] -= 1
            if own[key] < 0:
                yield _Place(
                    f"{label.name}：", "second reader", None, self._witnessed.cite(label.start, len(label.name))
                )

    # ── section numbers ───────────────────────────────────────────────────────────────────────────────

    def headings_accounted(self) -> Check | None:
        """Check that every section number that is due at the start of a line is that of a section.

        None for a guide whose sections have no numbers with a dot, for others may be those of a list.
        """
        if not any("." in section.number for section in self._sections):
            return None
        unheld: list[_Place] = []
        apart: list[_Place] = []
        starts = dict(zip(self._starts, self._sections, strict=True))
        previous = ""
        for start in sorted({*self._printed.numbers, *starts}, key=self._printed.place):
            if start in starts:
                previous = starts[start].number
                continue
            number = self._printed.numbers[start]
            is_due = may_follow(number, previous) if previous else may_begin(number)
            if not is_due or (previous and number.startswith(previous + ".")):
                continue
            where = self._where(start)
            place = self._place(number, where, start)
            origin = self._printed.origins[start]
            is_apart = origin < self._title or origin in self._others
            if where in _UNSEEN or (where == "outside" and is_apart):
                apart.append(place)
            else:
                unheld.append(place)
                previous = number
        unheld += self._only_witnessed_numbers()
        return _check("headings-accounted", len(self._sections), "section numbers", unheld, apart)

    def _only_witnessed_numbers(self) -> Iterator[_Place]:
        """Yield the numbers of sections that the second reader alone sees on a page."""
        if self._witnessed is None:
            return
        own = {(number, self._printed.page(start)) for start, number in self._printed.numbers.items()}
        own |= {
            (section.number, self._printed.page(start))
            for start, section in zip(self._starts, self._sections, strict=True)
        }
        for start, number in self._witnessed.numbers.items():
            page = self._witnessed.page(start)
            if (number, page) not in own and self._witnessed.reason(start) not in _UNSEEN:
                yield _Place(number, "second reader", None, self._witnessed.cite(start, len(number)))

    # ── fields ────────────────────────────────────────────────────────────────────────────────────────

    def overlooked(self, index: int, field: str) -> tuple[Evidence, ...]:
        """Return the words of a section that begin with a label of a field, to the end of their line; empty without."""
        end = self._starts[index + 1] if index + 1 < len(self._starts) else None
        for start, name in self._printed.names_between(self._starts[index], end):
            if self._printed.fields[name] == field and self._where(start) == "section":
                return self._printed.cite(start, self._printed.rest_of_line(start))
        return ()

    # ── places ────────────────────────────────────────────────────────────────────────────────────────

    def _where(self, start: int) -> str:
        """Return where a character stands: the reason for which it was set aside, outside, or in a section."""
        reason = self._printed.reason(start)
        return reason or ("outside" if self._printed.origins[start] in self._outside else "section")

    def _place(self, words: str, where: str, start: int) -> _Place:
        index = bisect_right(self._starts, start) - 1
        section = self._sections[index].number if where == "section" and index >= 0 else None
        evidence = self._printed.cite(start, len(words))
        return _Place(words, section or where, section, evidence)


def _check(code: CheckCode, count: int, things: str, unheld: Sequence[_Place], apart: Sequence[_Place]) -> Check:
    """Return a check: contradicted if something is unheld, consistent if something stands apart, else proved."""
    outcome: Outcome = "contradicted" if unheld else "consistent" if apart else "proved"
    message = f"{count} {things} are held by the sections"
    for intro, places in (("not held", unheld), ("apart from them", apart)):
        if places:
            more = ", …" if len(places) > _MAX_NAMED else ""
            message += f"; {len(places)} {intro}: {', '.join(map(str, places[:_MAX_NAMED]))}{more}"
    shown = unheld or apart
    return Check(
        code=code,
        outcome=outcome,
        message=message,
        sections=tuple(dict.fromkeys(place.section for place in unheld if place.section)),
        evidence=tuple(dict.fromkeys(piece for place in shown for piece in place.evidence)),
    )
