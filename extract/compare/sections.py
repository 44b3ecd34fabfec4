"""Changes between two paired sections, and the summary of a section."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from extract.compare.agreement import agreement_changes, words
from extract.compare.conditions import condition_changes, condition_statement, stated_conditions
from extract.compare.corrected import of_head
from extract.compare.figures import counts, durations, money, quoted, whole
from extract.compare.matching import partner_key
from extract.compare.pairing import pair_up
from extract.compare.points import point_changes
from extract.compare.requirements import requirement_changes
from extract.compare.topics import topic_changes
from extract.compare.wording import fold_wording, title_core
from extract.model.comparison import Change, Kind, Outcome, SectionSummary, Statement
from extract.model.ranges import MONTHS, Range, range_of
from extract.model.record import Field, OtherPart, Section
from extract.model.values import Partner


def summarise_section(section: Section) -> SectionSummary:
    """Summarise a section: heading and both figures."""
    return SectionSummary(
        id=section.id,
        number=section.number,
        title=section.title,
        partners=tuple(partner_key(partner) for partner in section.partners),
        projects=COMPARERS["project_count"].range_of(section.project_count.value),
        projects_status=section.project_count.status,
        funding=COMPARERS["funding"].range_of(section.funding.value),
        funding_status=section.funding.status,
        evidence=section.evidence,
        corrected=of_head(section),
    )


FieldsByName = Callable[[str], Field[Any]]


class FieldComparer(NamedTuple):
    """The comparison of a field: the changes between two values, and the range of one that has figures."""

    changes: Callable[[Field[Any], Field[Any]], Iterable[Change]]
    range_of: Callable[[Any], Range | None] = lambda _: None


COMPARERS = {
    "agreement": FieldComparer(agreement_changes),
    "fields": FieldComparer(topic_changes),
    "content": FieldComparer(partial(point_changes, field="content", point="content_point")),
    "indicators": FieldComparer(partial(point_changes, field="indicators", point="indicator")),
    "project_count": FieldComparer(counts, lambda count: range_of(count, "projects")),
    "funding": FieldComparer(money, lambda funding: range_of(funding, funding.currency) if funding else None),
    "duration": FieldComparer(durations, lambda duration: range_of(duration, MONTHS)),
    "requirements": FieldComparer(requirement_changes),
}


def section_changes(before: Section, after: Section) -> tuple[Change, ...]:
    """Return the changes in the order of the record: heading, fields, conditions, other parts."""
    return (
        *_title(before, after),
        *_partners(before.partners, after.partners),
        *field_changes(partial(getattr, before), partial(getattr, after)),
        *condition_changes(before.conditions, after.conditions),
        *other_changes(before.other, after.other),
    )


def field_changes(before: FieldsByName, after: FieldsByName) -> Iterator[Change]:
    """Yield the changes in the fields of a section or of a guide; one that both inherit changes where it is stated."""
    for name, comparer in COMPARERS.items():
        one, other = before(name), after(name)
        if not one.status == other.status == "inherited":
            yield from comparer.changes(one, other)


def whole_section_changes(section: Section, kind: Kind) -> tuple[Change, ...]:
    """Return each field, condition and other part of a section that one guide has alone as a change."""
    fields = ((name, comparer, getattr(section, name)) for name, comparer in COMPARERS.items())
    stated: list[tuple[Any, str | None, Statement]] = [
        (name, None, whole(field, comparer.range_of(field.value)))
        for name, comparer, field in fields
        if field.status != "absent"
    ]
    parts = [
        *stated,
        *(("condition", one.fact, condition_statement(one)) for one in stated_conditions(section.conditions)),
        *(("other", part.label, quoted(part.evidence, part.text)) for part in section.other),
    ]
    return tuple(
        Change(
            what=what,
            kind=kind,
            place=place,
            before=statement if kind == "removed" else None,
            after=statement if kind == "added" else None,
        )
        for what, place, statement in parts
    )


def pair_outcome(changes: Sequence[Change]) -> Outcome:
    """Return the outcome of a section that both guides have."""
    if not changes:
        return "same"
    return "worded" if all(change.kind == "worded" for change in changes) else "changed"


def _title(before: Section, after: Section) -> Iterator[Change]:
    """Yield the change of a title, `worded` if it only writes partners or years differently."""
    if fold_wording(before.title) != fold_wording(after.title):
        cores = title_core(before.title, before.partners), title_core(after.title, after.partners)
        yield Change(
            what="title",
            kind="worded" if cores[0] == cores[1] else "changed",
            before=quoted(before.evidence, before.title),
            after=quoted(after.evidence, after.title),
        )


def _partners(before: Sequence[Partner], after: Sequence[Partner]) -> Iterator[Change]:
    one, other = ({partner_key(partner): partner for partner in partners} for partners in (before, after))
    for key in dict.fromkeys((*other, *one)):
        sides = one.get(key), other.get(key)
        agencies = {fold_wording(partner.agency or "") for partner in sides if partner}
        if None in sides or len(agencies) > 1:
            was, is_ = (
                quoted(partner.evidence, partner.agency or _name(partner)) if partner else None for partner in sides
            )
            kind: Kind = "changed" if was and is_ else "added" if is_ else "removed"
            yield Change(what="partner", kind=kind, place=key, before=was, after=is_)


def _name(partner: Partner) -> str:
    return partner.name + (partner.subdivision.name if partner.subdivision else "")


def other_changes(before: Sequence[OtherPart], after: Sequence[OtherPart]) -> Iterator[Change]:
    """Yield the changes in labelled parts that belong to no field."""
    for one, other in pair_up(before, after, lambda part: part.label):
        sides = [quoted(part.evidence, part.text) if part else None for part in (one, other)]
        labels = [part.label for part in (one, other) if part]
        yield from words("other", sides[0], sides[1], place=labels[-1])
