"""Check the quotes, texts and numbers of a record against the ink, independently of the parsers.

A quote has to come back when the recorded repairs are replayed on the glyphs in its box, within its own section.
Texts have to be words of the quotes that they cite. Numbers have to be those of the drawn glyphs, before repair.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.check.codes import Codes
from extract.check.held_to_ink import Named, Quoted, stated
from extract.check.numbers import cited_numbers, is_explained
from extract.check.quote_lookup import QuoteFinder
from extract.check.section_order import SectionOrder
from extract.model.fields import FIELDS
from extract.model.finding_catalogue import CheckCode
from extract.model.inheritance import sections_above
from extract.model.record import Check, Common, GuideFacts, Owned, Section, records_in
from extract.model.values import Evidence, Record, Track

_MAX_NAMED_FAULTS = 5  # in a message
_FILLERS = re.compile("相关|有关")


class Mismatch(NamedTuple):
    """A disagreement of record and ink."""

    section: str | None
    description: str
    evidence: tuple[Evidence, ...]


def quotes_replay(paper: QuoteFinder, held: Sequence[Owned]) -> Check:
    """Check that every quote comes back from the glyphs in its box."""
    pieces = [(section, piece) for section, ones in held for piece in ones if isinstance(piece, Evidence)]
    missing = [
        Mismatch(section, f"“{piece.quote}” on {piece.where}", (piece,))
        for section, piece in pieces
        if paper.glyphs_of(piece) is None
    ]
    return check_from("quotes-replay", len(pieces), "quotes", "come back from the glyphs in their boxes", missing)


def quotes_in_section(paper: QuoteFinder, guide: GuideFacts, sections: Sequence[Section]) -> Check:
    """Check that every quote of a section is read after its heading and before the next one.

    Exempt are fields that are inherited, or were before a correction, as far as they cite what the guide states for all
    sections or a section above states; partners, which the heading of a group of sections may name; and in a table of
    sections units, which heads of columns hold or a line above states.
    """
    order = SectionOrder(paper, [section.evidence[0] for section in sections if section.evidence])
    for_all = {*records_in(guide.common), *records_in(guide.declared)}
    count, faults = 0, []
    for section, following, higher in zip(sections, [*sections[1:], None], sections_above(sections), strict=True):
        above = set(records_in(section.partners)) | set(records_in(section.notes))  # notes stand at the foot of a page
        for name in FIELDS:
            field = getattr(section, name)
            if field.status == "inherited" or field.corrected:
                stated = for_all.union(*(records_in(getattr(one, name)) for one in higher))
                above |= stated & set(records_in(field))
        start, end = section.evidence[:1], following.evidence[:1] if following else ()
        for piece in (piece for piece in records_in(section) if isinstance(piece, Evidence)):
            count += 1
            early = any(order.ends_above(piece, heading) for heading in start)
            late = any(not order.begins_above(piece, heading) for heading in end)
            is_unit = early and (order.heads_table(piece) or order.states_unit(piece))
            if (early or late) and not is_unit and piece not in above:
                faults.append(Mismatch(section.number, f"“{piece.quote}” on {piece.where}", (piece,)))
    return check_from("quotes-in-section", count, "quotes", "stand in the section that cites them", faults)


class CitedText(NamedTuple):
    """A text of the record; `stands`: the cited words contain it, or stand for it."""

    name: str
    text: str
    stands: bool


def words_in_quotes(paper: QuoteFinder, held: Sequence[Owned], codes: Codes) -> Check:
    """Check that every text is words of its cited quotes, space ignored, or a name that these stand for."""
    count, faults = 0, []
    for section, ones in held:
        holder = next((one for one in ones if isinstance(one, Section | Common)), None)
        spread = _quoted(held_fields.evidence) if holder and (held_fields := holder.fields) else ""
        for record in ones:
            cites: tuple[Evidence, ...] | None = getattr(record, "evidence", None)
            if cites is None:
                continue  # checked with the record around it
            for text in texts(record, cites, codes, spread, paper.stands_before):
                count += 1
                if not text.stands:
                    faults.append(Mismatch(section, f"{text.name} “{text.text}” of “{_quoted(cites)}”", cites))
    return check_from("words-in-quotes", count, "texts", "are words of the quotes that they cite", faults)


def texts(
    record: Record,
    cites: Sequence[Evidence],
    codes: Codes,
    spread: str,
    is_before: Callable[[str, Sequence[Evidence]], bool],
) -> Iterator[CitedText]:
    """Yield the texts of a record. A track of 各1个项目 has its name from the topics beside it (`spread`)."""
    quoted = _quoted(cites)
    within = spread if isinstance(record, Track) and quoted.startswith("各") else quoted
    wrong = codes.wrong(record, quoted)
    for name, held, value in stated(record):
        text = str(value)
        if isinstance(held, Quoted) and text:
            words = "".join(text.split())
            told = _FILLERS.sub("", within) if held.name else within
            yield CitedText(name, text, is_before(words, cites) if held.before else words in told)
        elif isinstance(held, Named):
            yield CitedText(name, text, text not in wrong)


def _quoted(evidence: Iterable[Evidence]) -> str:
    return "".join("".join(piece.quote.split()) for piece in evidence)


def numbers_in_ink(paper: QuoteFinder, held: Sequence[Owned]) -> Check:
    """Check that every number is that of the glyphs as drawn."""
    numbers = [(section, number) for section, ones in held for one in ones for number in cited_numbers(one)]
    faults = [
        Mismatch(section, f"{number.name} {number.value} of “{''.join(ink)}”", number.evidence)
        for section, number in numbers
        if not is_explained(number, ink := paper.ink(number.evidence))
    ]
    return check_from("numbers-in-ink", len(numbers), "numbers", "have the digits of the ink that they cite", faults)


def check_from(code: CheckCode, count: int, things: str, hold: str, faults: Sequence[Mismatch]) -> Check:
    """Return a check: proved without faults, else contradicted, with the first faults."""
    if not faults:
        return Check(code=code, outcome="proved", message=f"{count} {things} {hold}")
    named = ", ".join(fault.description for fault in faults[:_MAX_NAMED_FAULTS])
    more = ", …" if len(faults) > _MAX_NAMED_FAULTS else ""
    return Check(
        code=code,
        outcome="contradicted",
        message=f"not all {count} {things} {hold}, {len(faults)} do not: {named}{more}",
        sections=tuple(dict.fromkeys(fault.section for fault in faults if fault.section)),
        evidence=tuple(dict.fromkeys(piece for fault in faults for piece in fault.evidence)),
    )
