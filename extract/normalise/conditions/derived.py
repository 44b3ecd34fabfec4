"""Conditions that follow from other values of a record, and are said to: the partner, and how much is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from extract.model.conditions import Condition, Fact
from extract.model.record import GuideFacts, Section
from extract.model.values import Partner
from extract.profile.partner_tables import PartnerNames

_HOME_CURRENCY = "CNY"


def with_derived_conditions(facts: GuideFacts, sections: Sequence[Section], names: PartnerNames) -> tuple[Section, ...]:
    """Return the sections with the conditions that follow from their partners and their money, after the others."""
    day = _day_of(facts)
    return tuple(
        replace(section, conditions=(*section.conditions, *_partner(section, names, day), *_funding(section)))
        for section in sections
    )


def _day_of(facts: GuideFacts) -> date | None:
    """Return the day on which groups have their members: that of the notice, else the first of the guide's year."""
    if facts.document and facts.document.date:
        return date.fromisoformat(facts.document.date.date)
    return date(facts.year, 1, 1) if facts.year else None


def _partner(section: Section, names: PartnerNames, day: date | None) -> Iterator[Condition]:
    """Yield the partners with whom applicants may apply, and their provinces; nothing where a code is not known."""
    codes = [partner.code for partner in section.partners if partner.code]
    if not codes or len(codes) < len(section.partners):
        return
    members = {entry.code: entry.members for entry in names.group}
    within = sorted(one.code for code in codes for one in members.get(code, ()) if day and one.holds(day))
    yield _one_of("partner", section.partners, (*codes, *within))
    provinces = [partner for partner in section.partners if partner.subdivision]
    if len(provinces) == len(section.partners):
        yield _one_of("partner_region", provinces, [one.subdivision.code for one in provinces if one.subdivision])


def _one_of(fact: Fact, partners: Sequence[Partner], codes: Iterable[str]) -> Condition:
    evidence = tuple(piece for partner in partners for piece in partner.evidence)
    return Condition(
        fact=fact,
        op="one_of",
        value=tuple(dict.fromkeys(codes)),
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
    of_all = section.funding.evidence
    bounds = [(track.name, track.max, track.evidence) for track in money.tracks]
    if money.per_project:
        bounds = [("", money.per_project.max, money.per_project.evidence or of_all)]
    for track, most, evidence in bounds or [("", money.max, of_all)]:
        if most is not None:
            yield Condition(
                fact="requested_funding",
                op="at_most",
                value=most,
                unit="CNY",
                binding="should" if money.approximate else "must",
                by="project",
                track=track or None,
                basis="derived",
                text="".join(piece.quote for piece in evidence),
                evidence=evidence,
            )
