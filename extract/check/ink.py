"""Does the record agree with the ink, independent of the code that read the values.

A quote has to come back when the recorded repairs are replayed on the glyphs in its box, inside of its own section.
Words have to be words of the quotes that they cite. A number has to be the one that those glyphs show as the file
draws them, before any repair.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.check.digits import cited, explained
from extract.check.paper import Paper
from extract.findings import CheckCode
from extract.records import Check, Field, GuideFacts, OtherPart, Section
from extract.values import (
    Agreement,
    Document,
    Evidence,
    Record,
    Requirement,
    Requirements,
    Topic,
    Topics,
    Track,
)
from extract.walk import Owned, records

_SHOWN = 5
# The texts of a record that are words of its quotes; a track of 各1个项目 has its name from elsewhere.
_WORDS: dict[type[Record], tuple[str, ...]] = {
    GuideFacts: ("title",),
    Section: ("title",),
    Field: ("text",),
    OtherPart: ("label", "text"),
    Document: ("title",),
    Agreement: ("remarks",),
    Topics: ("lead",),
    Topic: ("marker", "name", "note"),
    Requirements: ("lead",),
    Requirement: ("marker", "text"),
    Track: ("name",),
}


class Fault(NamedTuple):
    """One place where the record and the ink disagree."""

    section: str | None
    told: str
    evidence: tuple[Evidence, ...]


def quotes(paper: Paper, held: Sequence[Owned]) -> Check:
    """Whether every quote comes back from the glyphs in its box."""
    pieces = [(section, piece) for section, ones in held for piece in ones if isinstance(piece, Evidence)]
    lost = [
        Fault(section, f"“{piece.quote}” on page {piece.page}", (piece,))
        for section, piece in pieces
        if paper.under(piece) is None
    ]
    return check_of("quotes-replay", len(pieces), "quotes", "come back from the glyphs in their boxes", lost)


def apart(sections: Sequence[Section]) -> Check:
    """Whether every quote of a section stands below its heading and above the next one.

    What is inherited stands in the introduction (a corrected duration cites what it was read from), and partners may be
    named in the heading of a group of sections.
    """
    count, faults = 0, []
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        above = set(records(section.partners))
        if section.duration.status == "inherited" or section.duration.corrected:
            above |= set(records(section.duration))
        for piece in (piece for piece in records(section) if isinstance(piece, Evidence)):
            count += 1
            early = bool(section.evidence) and _is_above(piece, section.evidence[0])
            late = following is not None and bool(following.evidence) and not _is_above(piece, following.evidence[0])
            if (early or late) and piece not in above:
                faults.append(Fault(section.number, f"“{piece.quote}” on page {piece.page}", (piece,)))
    return check_of("quotes-in-section", count, "quotes", "stand in the section that cites them", faults)


def _is_above(piece: Evidence, heading: Evidence) -> bool:
    """Whether a quote stands on a line above a heading."""
    if piece.bbox is None or heading.bbox is None:
        return (piece.page, piece.line) < (heading.page, heading.line)
    return (piece.page, (piece.bbox[1] + piece.bbox[3]) / 2) < (heading.page, heading.bbox[1])


def words(held: Sequence[Owned]) -> Check:
    """Whether every text is words of the quotes that it cites, space left out."""
    count, faults = 0, []
    for section, record in ((section, one) for section, ones in held for one in ones):
        cites: tuple[Evidence, ...] = getattr(record, "evidence", ())
        quoted = "".join("".join(piece.quote.split()) for piece in cites)
        for name, text in _texts(record):
            count += 1
            if "".join(text.split()) not in quoted:
                faults.append(Fault(section, f"{name} “{text}” of “{quoted}”", cites))
    return check_of("words-in-quotes", count, "texts", "are words of the quotes that they cite", faults)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """The texts that a record quotes; a track of 各1个项目 has its name from the fields, not from what it cites."""
    for name in _WORDS.get(type(record), ()):
        value = getattr(record, name)
        for text in value if isinstance(value, tuple) else (value,):
            if text and not (isinstance(record, Track) and record.evidence[0].quote.startswith("各")):
                yield name, text
    if isinstance(record, Requirement):
        for name in ("urls", "emails", "phones"):
            value = getattr(record.facts, name)
            yield from ((name, text) for text in (value if isinstance(value, tuple) else ()))


def numbers(paper: Paper, held: Sequence[Owned]) -> Check:
    """Whether every number is the one that the glyphs show, as the file draws them."""
    every = [(section, number) for section, ones in held for one in ones for number in cited(one)]
    faults = [
        Fault(section, f"{number.name} {number.value} of “{''.join(ink)}”", number.evidence)
        for section, number in every
        if not explained(number, ink := paper.ink(number.evidence))
    ]
    return check_of("numbers-in-ink", len(every), "numbers", "have the digits of the ink that they cite", faults)


def check_of(code: CheckCode, count: int, things: str, hold: str, faults: Sequence[Fault]) -> Check:
    """Proved where there is no fault; else it tells the first ones."""
    if not faults:
        return Check(code=code, outcome="proved", message=f"{count} {things} {hold}")
    some = ", ".join(fault.told for fault in faults[:_SHOWN]) + ", …" * (len(faults) > _SHOWN)
    return Check(
        code=code,
        outcome="contradicted",
        message=f"not all {count} {things} {hold}, {len(faults)} do not: {some}",
        sections=tuple(dict.fromkeys(fault.section for fault in faults if fault.section)),
        evidence=tuple(dict.fromkeys(piece for fault in faults for piece in fault.evidence)),
    )
