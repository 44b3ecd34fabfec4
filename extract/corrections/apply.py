"""Apply corrections to the values of a record, and remove corrected values for the checks of the ink."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from extract.corrections.conditions import with_corrected_conditions, without_conditions_of
from extract.corrections.plain_values import as_one_line
from extract.model.fields import (
    CORRECTABLE_GUIDE,
    CORRECTABLE_SECTION,
    FIELDS,
    ValueSpec,
    corrections_of,
    held_value,
    is_field,
)
from extract.model.finding_catalogue import FINDINGS
from extract.model.findings import FindingDraft, finding
from extract.model.inheritance import inherit, without_inherited
from extract.model.record import Correction, Field, GuideFacts, Section, walk
from extract.model.section_numbers import section_id
from extract.model.stages import CorrectionEntry, Normalised
from extract.model.text import shortened
from extract.model.values import Evidence, Record, Topic, Topics

_MAX_VALUE_LENGTH = 60  # characters in a finding
H = TypeVar("H", Section, GuideFacts)


def apply_corrections(values: Normalised, amendments: Sequence[CorrectionEntry]) -> Normalised:
    """Return the values with corrections, and a finding for each of these: applied, or stale.

    A corrected value cites what the old value cited; unchanged parts keep their own evidence. Sections follow a
    corrected year, batch and field of the guide, conditions the values that they rest on.
    """
    facts, findings = _corrected(values.guide, _by_field(amendments, None), values.guide)
    numbers = Counter(section.number for section in values.sections)
    sections = []
    for section, following in zip(values.sections, _following(values.sections, facts), strict=True):
        entries = _by_field(amendments, section.number) if numbers[section.number] == 1 else {}
        corrected, more = _corrected(following, entries, section)
        sections.append(corrected)
        findings += [replace(finding, section=section.number) for finding in more]
    sections = _following(sections, facts)
    findings += [
        _unplaced(entry, numbers[entry.section])
        for entry in amendments
        if entry.section and numbers[entry.section] != 1
    ]
    return replace(values, guide=facts, sections=tuple(sections), findings=(*values.findings, *findings))


def without_settled(
    findings: Iterable[FindingDraft], facts: GuideFacts, sections: Sequence[Section]
) -> list[FindingDraft]:
    """Drop the findings that doubt a corrected value; those of severity info stay."""
    settled: set[tuple[str | None, str]] = {(None, name) for name in corrections_of(facts)}
    for section in sections:
        settled |= {(section.number, name) for name in corrections_of(section)}
        absent = [name for name in FIELDS if getattr(section, name).status == "absent"]
        settled |= {(section.number, name) for name in absent if (None, f"common.{name}") in settled}
    return [
        finding
        for finding in findings
        if FINDINGS[finding.code].severity == "info" or (finding.section, finding.field) not in settled
    ]


def _by_field(amendments: Iterable[CorrectionEntry], section: str | None) -> dict[str, CorrectionEntry]:
    return {entry.field: entry for entry in amendments if entry.section == section}


def _following(sections: Sequence[Section], facts: GuideFacts) -> list[Section]:
    """Return the sections with the guide's values: their ids, and the fields that they inherit."""
    year, batch = facts.year, facts.batch
    own = [replace(one, id=section_id(one.number, year=year, batch=batch)) for one in without_inherited(sections)]
    return inherit(own, facts)


# ── the corrections of a section, or of the guide ─────────────────────────────────────────────────────


class _ValueBefore(NamedTuple):
    """An extracted value or its status, with its words and evidence."""

    value: Any
    status: str
    words: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return as_one_line(self.value, self.status)


def _correctable(holder: Section | GuideFacts) -> dict[str, ValueSpec]:
    return CORRECTABLE_SECTION if isinstance(holder, Section) else CORRECTABLE_GUIDE


def _extracted(holder: Section | GuideFacts, name: str) -> _ValueBefore:
    held = held_value(holder, name)
    if isinstance(held, Field):
        return _ValueBefore(held.value, held.status, (held.text or "",), held.evidence)
    own: tuple[Evidence, ...] = getattr(held, "evidence", ())
    if isinstance(held, tuple):
        own = tuple(piece for item in held for piece in item.evidence)
    if not _correctable(holder)[name].cites_heading:
        return _ValueBefore(held, "absent", (_quoted(own),), own)
    words = (_quoted(holder.evidence), _quoted(own)) if name == "partners" else (_quoted(holder.evidence),)
    return _ValueBefore(held, "absent", words, holder.evidence)


def _quoted(evidence: Iterable[Evidence]) -> str:
    return "".join(piece.quote for piece in evidence)


def _corrected(holder: H, entries: Mapping[str, CorrectionEntry], before: H) -> tuple[H, list[FindingDraft]]:
    """Apply the corrections of a section or guide. `before`: as extracted, without values that follow the guide."""
    findings = []
    for name in _correctable(holder):
        if name not in entries:
            continue
        entry, was = entries[name], _extracted(before, name)
        if _in_force(entry, was) or _in_force(entry, _extracted(holder, name)):
            holder = _with_value(holder, entry, was)
            if as_one_line(entry.value, entry.status) != str(was):
                holder = with_corrected_conditions(holder, name)
            details = {**_details(entry), "was": shortened(str(was), _MAX_VALUE_LENGTH)}
            findings.append(finding("value-corrected", field=name, evidence=was.evidence, **details))
        else:
            details = {**_details(entry), "now": shortened(str(was), _MAX_VALUE_LENGTH)}
            variant = "value" if entry.quote is None else "value-and-words"
            findings.append(finding("correction-stale", field=name, evidence=was.evidence, variant=variant, **details))
    return holder, findings


def _in_force(entry: CorrectionEntry, now: _ValueBefore) -> bool:
    """Return True if the value, or the words that it was read from, are still those that were corrected."""
    texts = [_without_space(text) for text in now.words]
    return entry.was == str(now) or (entry.quote is not None and _without_space(entry.quote) in texts)


def _without_space(words: str) -> str:
    return "".join(words.split())


def _unplaced(entry: CorrectionEntry, count: int) -> FindingDraft:
    details = {**_details(entry), "number": entry.section or ""}
    if not count:
        return finding("correction-stale", field=entry.field, variant="no-section", **details)
    variant = "several-sections"
    return finding(
        "correction-stale", section=entry.section, field=entry.field, variant=variant, count=count, **details
    )


def _details(entry: CorrectionEntry) -> dict[str, Any]:
    """Return the arguments of a finding about a correction."""
    value = shortened(as_one_line(entry.value, entry.status), _MAX_VALUE_LENGTH)
    return {"name": entry.field, "value": value, "by": entry.by, "why": entry.why}


# ── the value ─────────────────────────────────────────────────────────────────────────────────────────


def _with_value(holder: H, entry: CorrectionEntry, was: _ValueBefore) -> H:
    """Return a section or guide with one correction, and its mark."""
    mark = Correction(was=None if was.value in (None, ()) else str(was), by=entry.by, why=entry.why)
    value = _citing(entry.value, was)
    if isinstance(value, Topics):
        value = replace(value, keywords=_keywords(value, was.value))
    if is_field(entry.field):
        field = replace(held_value(holder, entry.field), status=entry.status, value=value, corrected=mark)
        return _holding(holder, entry.field, field)
    marks = {**(holder.corrected or {}), entry.field: mark}
    return _holding(replace(holder, corrected=marks), entry.field, value)


def _holding(holder: H, path: str, value: object) -> H:
    """Return a section or guide with another value at a path: funding, declared.funding."""
    name, _, inner = path.partition(".")
    return replace(holder, **{name: replace(getattr(holder, name), **{inner: value}) if inner else value})


def _keywords(topics: Topics, before: Topics | None) -> tuple[str, ...]:
    """Return the keywords of the old topics that occur in the new ones."""
    words = [part for _, topic in walk(topics) if isinstance(topic, Topic) for part in (topic.name, topic.note or "")]
    return tuple(key for key in (before.keywords if before else ()) if any(key in word for word in words))


def _citing(value: Any, was: _ValueBefore) -> Any:
    """Return a value with evidence: unchanged parts keep theirs, all else cites what the old value cited."""
    kept: dict[tuple[type, str], list[Record]] = defaultdict(list)
    for _, record in walk(was.value):
        kept[type(record), as_one_line(record)].append(record)

    def with_evidence(item: Any) -> Any:
        if isinstance(item, tuple):
            return tuple(with_evidence(part) for part in item)
        if not isinstance(item, Record):
            return item
        if same := kept[type(item), as_one_line(item)]:
            return same.pop(0) if len(same) > 1 else same[0]  # equal parts keep one each
        parts = {name: with_evidence(getattr(item, name)) for name in item.__struct_fields__}
        return replace(item, **(parts | ({"evidence": was.evidence} if "evidence" in parts else {})))

    return with_evidence(value)


def without_corrected(facts: GuideFacts, sections: Sequence[Section]) -> tuple[GuideFacts, tuple[Section, ...]]:
    """Return facts and sections without corrected values, for checks against the ink."""
    return _extracted_alone(facts), tuple(_extracted_alone(section) for section in sections)


def _extracted_alone(holder: H) -> H:
    for name in corrections_of(holder):
        rest = replace(held_value(holder, name), value=None) if is_field(name) else _correctable(holder)[name].empty
        holder = without_conditions_of(_holding(holder, name, rest), name)
        if isinstance(holder, Section) and name == "title":
            holder = replace(holder, evidence=())  # else its number would be looked up before the title
    return holder
