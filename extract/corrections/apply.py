"""Values → the values that a person says they are: corrections are applied where they are in force, else reported.

The record without what a person says: a value that was corrected need not be printed as it stands in the record.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from msgspec import structs
from msgspec.structs import replace

from extract.corrections.plain_values import as_one_line
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, ValueSpec
from extract.model.findings import FINDINGS, FindingDraft, finding
from extract.model.record import Correction, Field, GuideFacts, Section, walk
from extract.model.section_numbers import section_id
from extract.model.stages import CorrectionEntry, Normalised
from extract.model.text import shortened
from extract.model.values import Evidence, Record, Topic, Topics

_MAX_SHOWN = 60  # characters of a value in a finding
H = TypeVar("H", Section, GuideFacts)


def apply_corrections(values: Normalised, amendments: Sequence[CorrectionEntry]) -> Normalised:
    """The values with a person's corrections, and a finding for each of these: applied, or stale.

    A corrected value cites what the value cited before; what is in it and did not change keeps its own evidence.
    Sections follow a correction of the guide's year, batch and duration.
    """
    facts, findings = _corrected(values.guide, _by_field(amendments, None), values.guide)
    numbers = Counter(section.number for section in values.sections)
    sections = []
    for section in values.sections:
        mine = _by_field(amendments, section.number) if numbers[section.number] == 1 else {}
        made, more = _corrected(_following(section, facts), mine, section)
        sections.append(made)
        findings += [replace(finding, section=section.number) for finding in more]
    findings += [_astray(one, numbers[one.section]) for one in amendments if one.section and numbers[one.section] != 1]
    return replace(values, guide=facts, sections=tuple(sections), findings=(*values.findings, *findings))


def without_settled(
    findings: Iterable[FindingDraft], facts: GuideFacts, sections: Sequence[Section]
) -> list[FindingDraft]:
    """The findings without those that doubt a value which a person has corrected; what is only told stays."""
    settled: set[tuple[str | None, str]] = {(None, name) for name in facts.corrected or ()}
    for section in sections:
        settled |= {(section.number, name) for name in section.corrected or ()}
        settled |= {(section.number, name) for name in FIELDS if getattr(section, name).corrected}
    return [one for one in findings if FINDINGS[one.code].severity == "info" or (one.section, one.field) not in settled]


def _by_field(amendments: Iterable[CorrectionEntry], section: str | None) -> dict[str, CorrectionEntry]:
    return {one.field: one for one in amendments if one.section == section}


def _following(section: Section, facts: GuideFacts) -> Section:
    """A section with what it has from the guide: its id, and the duration where it states none."""
    section = structs.replace(section, id=section_id(section.number, year=facts.year, batch=facts.batch))
    own, declared = section.duration, facts.declared.duration
    if "declared.duration" not in (facts.corrected or ()) or own.status not in ("inherited", "absent"):
        return section
    followed: Field[Any] = Field(status="absent")
    if declared is not None:
        followed = Field(status="inherited", text=own.text, value=declared, evidence=declared.evidence)
    return structs.replace(section, duration=followed)


# ── the corrections of a section, or of the guide ─────────────────────────────────────────────────────


class _ValueBefore(NamedTuple):
    """What was extracted: the value or its status, the words that it was read from, and where they stand."""

    value: Any
    status: str
    words: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return as_one_line(self.value, self.status)


def _correctable(holder: Section | GuideFacts) -> dict[str, ValueSpec]:
    return CORRECTABLE_SECTION if isinstance(holder, Section) else CORRECTABLE_GUIDE


def _extracted(holder: Section | GuideFacts, name: str) -> _ValueBefore:
    held = attrgetter(name)(holder)
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


def _corrected(holder: H, mine: Mapping[str, CorrectionEntry], before: H) -> tuple[H, list[FindingDraft]]:
    """A section or the guide with its corrections. `before` is how it was extracted, where it follows the guide's."""
    findings = []
    for name in _correctable(holder):
        if name not in mine:
            continue
        one, was = mine[name], _extracted(before, name)
        if _in_force(one, was) or _in_force(one, _extracted(holder, name)):
            holder = _with(holder, one, was)
            told = {**_wanted(one), "was": shortened(str(was), _MAX_SHOWN)}
            findings.append(finding("value-corrected", field=name, evidence=was.evidence, **told))
        else:
            told = {**_wanted(one), "now": shortened(str(was), _MAX_SHOWN)}
            variant = "value" if one.quote is None else "value-and-words"
            findings.append(finding("correction-stale", field=name, evidence=was.evidence, variant=variant, **told))
    return holder, findings


def _in_force(one: CorrectionEntry, now: _ValueBefore) -> bool:
    """Whether the value, or the words that it is read from, are still those that were corrected."""
    words = [_squeezed(some) for some in now.words]
    return one.was == str(now) or (one.quote is not None and _squeezed(one.quote) in words)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _astray(one: CorrectionEntry, count: int) -> FindingDraft:
    told = {**_wanted(one), "number": one.section or ""}
    if not count:
        return finding("correction-stale", field=one.field, variant="no-section", **told)
    variant = "several-sections"
    return finding("correction-stale", section=one.section, field=one.field, variant=variant, count=count, **told)


def _wanted(one: CorrectionEntry) -> dict[str, Any]:
    """What a correction says, for a finding."""
    value = shortened(as_one_line(one.value, one.status), _MAX_SHOWN)
    return {"name": one.field, "value": value, "by": one.by, "why": one.why}


# ── the value ─────────────────────────────────────────────────────────────────────────────────────────


def _with(holder: H, one: CorrectionEntry, was: _ValueBefore) -> H:
    """A section or the guide with one correction, and the mark of it."""
    mark = Correction(was=None if was.value in (None, ()) else str(was), by=one.by, why=one.why)
    value = _citing(one.value, was)
    if isinstance(value, Topics):
        value = structs.replace(value, keywords=_keywords(value, was.value))
    if one.field in FIELDS:
        field = structs.replace(getattr(holder, one.field), status=one.status, value=value, corrected=mark)
        return structs.replace(holder, **{one.field: field})
    marks = {**(holder.corrected or {}), one.field: mark}
    name, _, inner = one.field.partition(".")
    value = structs.replace(getattr(holder, name), **{inner: value}) if inner else value
    return structs.replace(holder, corrected=marks, **{name: value})


def _keywords(topics: Topics, before: Topics | None) -> tuple[str, ...]:
    """The keywords of the old topics that stand in the new ones."""
    words = [part for _, one in walk(topics) if isinstance(one, Topic) for part in (one.name, one.note or "")]
    return tuple(key for key in (before.keywords if before else ()) if any(key in word for word in words))


def _citing(value: Any, was: _ValueBefore) -> Any:
    """A value with evidence: what stands in the old one as it is keeps its own, all else has that of the old one."""
    kept: dict[tuple[type, str], list[Record]] = defaultdict(list)
    for _, record in walk(was.value):
        kept[type(record), as_one_line(record)].append(record)

    def citing(item: Any) -> Any:
        if isinstance(item, tuple):
            return tuple(citing(one) for one in item)
        if not isinstance(item, Record):
            return item
        if same := kept[type(item), as_one_line(item)]:
            return same.pop(0) if len(same) > 1 else same[0]  # of two that are alike each has its own
        parts = {name: citing(getattr(item, name)) for name in item.__struct_fields__}
        return structs.replace(item, **(parts | ({"evidence": was.evidence} if "evidence" in parts else {})))

    return citing(value)


def without_corrected(facts: GuideFacts, sections: Sequence[Section]) -> tuple[GuideFacts, tuple[Section, ...]]:
    """What the ink can be asked for: what the guide and its sections hold, but for values that were corrected."""
    marks = facts.corrected or {}
    own = {name: CORRECTABLE_GUIDE[name].empty for name in marks if "." not in name}
    declared = {name.partition(".")[2]: None for name in marks if "." in name}
    left = structs.replace(facts, declared=structs.replace(facts.declared, **declared), **own)
    return left, tuple(_section(section, declared="duration" not in declared) for section in sections)


def _section(section: Section, *, declared: bool) -> Section:
    """`declared`: whether the duration that sections inherit is printed."""
    left: dict[str, Any] = {name: CORRECTABLE_SECTION[name].empty for name in section.corrected or ()}
    if "title" in left:
        left["evidence"] = ()  # a number is looked for in the ink of its heading, before the title
    for name in FIELDS:
        field = getattr(section, name)
        if field.corrected or (field.status == "inherited" and not declared):
            left[name] = structs.replace(field, value=None)
    return structs.replace(section, **left)
