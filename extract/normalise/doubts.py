"""Inherited values that may be wrong: what is reported where a value is stated is reported in each section with it."""

from collections.abc import Iterable, Iterator, Sequence

from extract.model.fields import CORRECTABLE_GUIDE, FIELDS, held_value
from extract.model.finding_catalogue import FINDINGS
from extract.model.findings import FindingDraft, finding
from extract.model.record import GuideFacts, Section, records_in
from extract.model.values import Evidence


def inherited_doubts(
    facts: GuideFacts, sections: Sequence[Section], findings: Iterable[FindingDraft]
) -> Iterator[FindingDraft]:
    """Yield a finding for each inherited value that cites what a doubtful value cites."""
    doubted = set(_doubted(facts, sections, findings))
    for section in sections:
        for name in FIELDS:
            field = getattr(section, name)
            if field.status == "inherited" and doubted & set(records_in(field)):
                yield finding(
                    "inherited-doubtful",
                    section=section.number,
                    field=name,
                    evidence=field.evidence,
                    name=name,
                    words="".join(piece.quote for piece in field.evidence),
                )


def _doubted(facts: GuideFacts, sections: Sequence[Section], findings: Iterable[FindingDraft]) -> Iterator[Evidence]:
    """Yield what the values that warnings and errors are about cite."""
    holders = {section.number: section for section in sections}
    for draft in findings:
        if FINDINGS[draft.code].severity == "info" or draft.field is None:
            continue
        if draft.section is None and draft.field in CORRECTABLE_GUIDE:
            yield from _evidence(held_value(facts, draft.field))
        elif draft.section in holders and draft.field in FIELDS:
            yield from _evidence(getattr(holders[draft.section], draft.field))


def _evidence(value: object) -> Iterator[Evidence]:
    return (piece for piece in records_in(value) if isinstance(piece, Evidence))
