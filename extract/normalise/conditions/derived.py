"""Conditions that follow from other values of a record, and are said to: the partner, and how much is asked for."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from extract.model.conditions import Condition
from extract.model.record import GuideFacts, Section
from extract.profile.partner_tables import PartnerNames

_HOME_CURRENCY = "CNY"


def with_derived_conditions(
    facts: GuideFacts, sections: Sequence[Section], names: PartnerNames
) -> tuple[Section, ...]:
    """Return the sections with the conditions that follow from their partners and their money, before the others."""
    day = _day_of(facts)
    return tuple(
        replace(section, conditions=(*_partner(section, names, day), *_funding(section), *section.conditions))
        for section in sections
    )


def _day_of(facts: GuideFacts) -> date | None:
    """Return the day on which groups have their members: that of the notice, else the first of the guide's year."""
    if facts.document and facts.document.date:
        return date.fromisoformat(facts.document.date.date)
    return date(facts.year, 1, 1) if facts.year else None


def _partner(section: Section, names: PartnerNames, day: date | None) -> Iterator[Condition]:
    """Yield the partners with whom applicants may apply; nothing where the code of one is not known."""
    codes = [one.subdivision.code if one.subdivision else one.code for one in section.partners]
    if not codes or None in codes:
        return
    members = {entry.code: entry.members for entry in names.group}
    named = [code for code in codes if code]
    within = sorted(one.code for code in named for one in members.get(code, ()) if day and one.holds(day))
    evidence = tuple(piece for partner in section.partners for piece in partner.evidence)
    yield Condition(
        fact="partner",
        op="one_of",
        value=tuple(dict.fromkeys([*named, *within])),
        binding="must",
        by="partner",
        basis="derived",
        text="".join(piece.quote for piece in evidence),
        evidence=evidence,
    )


def _funding(section: Section) -> Iterator[Condition]:
    """Yield how much one project may ask for: what each gets, else the total of all, or of its track."""
    money = section.funding.value
    if money is None or money.currency != _HOME_CURRENCY:
        return
    bounds: list[tuple[str | None, int | None]] = [(track.name, track.max) for track in money.tracks]
    if money.per_project:
        bounds = [(None, money.per_project.max)]
    for track, most in bounds or [(None, money.max)]:
        if most is not None:
            yield Condition(
                fact="requested_funding",
                op="at_most",
                value=most,
                unit="CNY",
                binding="should" if money.approximate else "must",
                by="project",
                track=track,
                basis="derived",
                text=section.funding.text or "",
                evidence=section.funding.evidence,
            )
