"""Parse one section: assign labelled parts to fields, parse them, and resolve what fields take from other parts.

assign_parts → parse_fields → combined_funding, resolve_duration → build_section. Each returns its value with findings;
`_ORDER` is the order of the findings in the record. What a section inherits is no matter of its parts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from extract.language.list_markers import find_markers, headless_markers
from extract.language.references import points_elsewhere, reference_in
from extract.model.conditions import Basis, Condition
from extract.model.evidence import cite
from extract.model.fields import FIELDS
from extract.model.findings import FindingDraft, finding
from extract.model.record import Field, GuideFacts, OtherPart, Section
from extract.model.section_numbers import section_id
from extract.model.stages import LabelledText, Parsed, SectionText, Unread
from extract.model.text import MAYBE, Text
from extract.model.values import Duration, Money, Partner, Topics
from extract.normalise import agreement, duration, duration_in_prose, partners, points, requirements, topics
from extract.normalise.conditions import duration_conditions, openness_conditions, read_conditions
from extract.normalise.funding import EACH, combined_funding, parse_per_project, required_per_project, unheld_figures
from extract.normalise.label_brackets import unheld_label_words, with_label_words, without_label
from extract.normalise.quantities import count, money
from extract.profile.schema import Profile

PER_PROJECT = "per_project"  # a further label of the funding, for each project
_WITHOUT_DURATIONS = ("agreement", "fields", "duration")  # parts whose clauses state no duration of projects
_OF_SENTENCES = ("fields", "content", "indicators", "requirements")  # words of other fields are read, or refused
# 无, 暂无, 无其他特殊要求。, 没有其他要求。
_NOTHING = re.compile(
    "(?:暂?[无没]有?(?:其[他它]|特殊|特别|附加|额外|另外|相关|更多|具体|的)*(?:要求|说明|限制|规定|条件)?|/|-+|—+) *。?"
)
# …。2.能源: the last words under a label are an item of a list.
_ITEM_AT_END = re.compile(r"(?:[。\n\u2028]|^) *(?:\d{1,2}[.、]|（?[一二三四五六七八九十\d]{1,3}[）、])[^。；\n]+$")

# The order of the findings of a section, independent of the order of parsing.
_FIRST = (
    "labels", "partners", "fields", "funding", PER_PROJECT, "duration", "requirements", "other durations",
    "unheld figures", "agreement", "project_count",
)  # fmt: skip
_ORDER = (*_FIRST, *(name for name in FIELDS if name not in _FIRST), "misplaced figures")
_OF_NO_VALUE = ("labels", "misplaced figures")

Findings = dict[str, Sequence[FindingDraft]]  # by key of `_ORDER`


class Context(NamedTuple):
    """Context for the parsers of fields.

    `topics` are the names of the topics over which 各1个 spreads; `several_partners`: 各 may mean each of them.
    `tracks` are the names of parts with projects or money of their own; `basis` is that of the conditions.
    """

    profile: Profile
    several_partners: bool = False
    topics: Sequence[str] = ()
    tracks: Sequence[str] = ()
    basis: Basis = "requirements"


Parser = Callable[[Text, Context], Parsed[Any]]


def _parse_per_project(text: Text, _: Context) -> Parsed[Money]:
    return parse_per_project(_unbroken(text))


def _parse_topics(text: Text, context: Context) -> Parsed[Topics]:
    parsed = topics.parse_topics(text, context.profile)
    return replace(parsed, conditions=tuple(openness_conditions(text, context.profile))) if parsed.value else parsed


PARSERS: dict[str, Parser] = {
    "agreement": lambda text, context: agreement.parse_agreement(text, context.profile),
    "fields": _parse_topics,
    "content": lambda text, _: points.parse_points(text),
    "indicators": lambda text, _: points.parse_points(text),
    "project_count": lambda text, context: count.parse_count(_unbroken(text), topics=context.topics),
    "funding": lambda text, context: money.parse_money(_unbroken(text), topics=context.topics),
    "duration": lambda text, context: duration_in_prose.parse_labelled_duration(_unbroken(text), context.profile),
    "requirements": lambda text, context: requirements.parse_requirements(
        text, context.tracks, context.basis, context.profile
    ),
}


class ReadParts(NamedTuple):
    """What labelled parts state: fields, and the findings by key of `_ORDER`.

    `by_field` are the parts of fields, `left` those that no field takes. `each` is the money of each project, where it
    stands apart from the total. `conditions` are those of topics, requirements and procedures.
    """

    fields: dict[str, Any]
    findings: Findings
    by_field: Mapping[str, LabelledText]
    left: Sequence[LabelledText]
    each: Field[Money]
    conditions: tuple[Condition, ...]


def parse_section(piece: SectionText, facts: GuideFacts, profile: Profile) -> tuple[Section, list[FindingDraft]]:
    """Parse a section; return its record, with its own fields alone, and findings."""
    named = parse_partners(piece, profile)
    context = Context(profile, several_partners=len(named.value or ()) > 1)
    read = read_parts(piece.parts, facts.common.field("duration").value, context)
    section = build_section(piece, facts, named.value or (), read, profile)
    misplaced = misplaced_figures(read.fields, read.by_field)
    return section, in_order({**read.findings, "partners": named.findings, "misplaced figures": misplaced})


def read_parts(parts: Sequence[LabelledText], inherited: Duration | None, context: Context) -> ReadParts:
    """Read the labelled parts of a section, or of all sections; `inherited`: the duration if they state none."""
    by_field, repeated = assign_parts(parts)
    fields, findings, required = parse_fields(by_field, PARSERS, context)
    per_project, findings[PER_PROJECT], _ = parse_field(
        by_field.get(PER_PROJECT), lambda text, _: parse_per_project(_unbroken(text)), context
    )
    findings["labels"] = [_label_repeated(part) for part in repeated]
    total = fields["funding"]
    unused = total.status != "absent" and (total.value is None or per_project.value is None)
    excluded = [*repeated, *([by_field[PER_PROJECT]] if unused and PER_PROJECT in by_field else [])]
    if per_project.status == "absent":
        per_project = required_per_project(total, by_field.get("requirements"))
    fields["funding"] = combined_funding(total, per_project)
    findings["unheld figures"] = unheld_figures(total, per_project, fields["funding"])
    fields["duration"], findings["other durations"] = resolve_duration(
        fields["duration"], parts, inherited, context.profile
    )
    left = [part for part in parts if part.field is None or part in excluded]
    conditions = (*required, *procedure_conditions(left, context.profile))
    return ReadParts(fields, findings, by_field, left, per_project, conditions)


def procedure_conditions(parts: Iterable[LabelledText], profile: Profile) -> Iterator[Condition]:
    """Yield the conditions in parts that no field takes and that say how to apply."""
    for part in parts:
        if part.field is None and profile.conditions.procedures.search(part.label.plain):
            for words in points.all_points(part.text):
                yield from read_conditions(words, (), "other", profile)


def section_conditions(read: ReadParts, profile: Profile) -> tuple[Condition, ...]:
    """Return the conditions of a section, with its own duration where no requirement states one."""
    own: Field[Duration] = read.fields["duration"]
    is_stated = any(condition.fact == "project_months" for condition in read.conditions)
    if own.status != "stated" or (is_stated and "duration" not in read.by_field):
        return read.conditions
    return (*duration_conditions(own, "duration", profile), *read.conditions)


def in_order(findings: Findings, holder: str = "") -> list[FindingDraft]:
    """Return findings in the order of the record, each with the name of the value that it doubts.

    `holder`: the key of the guide that holds the values; without it they are those of a section.
    """
    named = f"{holder}." if holder else ""
    return [
        replace(draft, field=named + doubted if (doubted := _field_of(draft.field or name)) else holder or None)
        for name in _ORDER
        for draft in findings.get(name, ())
    ]


def _field_of(name: str) -> str:
    """Return the value to which findings under a key of `_ORDER` apply; the empty string if they apply to none."""
    if name in _OF_NO_VALUE:
        return ""
    return {PER_PROJECT: "funding", "unheld figures": "funding", "other durations": "duration"}.get(name, name)


# ── parts ─────────────────────────────────────────────────────────────────────────────────────────────


def assign_parts(parts: Sequence[LabelledText]) -> tuple[dict[str, LabelledText], list[LabelledText]]:
    """Return the part of each field, and further parts of the same fields.

    A second label of money for each project (支持力度 beside 拟支持经费) is no repetition.
    """
    by_field: dict[str, LabelledText] = {}
    repeated = []
    for index, part in enumerate(parts):
        field = part.field
        if field == "funding" and _is_per_project(part):
            field = PER_PROJECT
        if field in by_field or (not field and any(_continues_list(earlier, part) for earlier in parts[:index])):
            repeated.append(part)
        elif field:
            by_field[field] = part
    return by_field, repeated


def _continues_list(before: LabelledText, part: LabelledText) -> bool:
    """Return True if labels interrupt the list of another field: 1.农业 研究内容：育种。2.能源 研究内容：储能。"""
    return before.label.printed == part.label.printed and _ITEM_AT_END.search(before.text.plain) is not None


def _is_per_project(part: LabelledText) -> bool:
    """Return True if words state money for each project, and no total: 每个项目不超过300万元."""
    words = with_label_words(part)
    if isinstance(words, Unread):
        return False
    value = money.parse_money(words).value if EACH.search(words.plain) else None
    return value is not None and value.per_project is not None and value.min is None and value.max is None


def _label_repeated(part: LabelledText) -> FindingDraft:
    return finding("label-repeated", part.label, label=part.label.printed)


# ── fields ────────────────────────────────────────────────────────────────────────────────────────────


def parse_partners(piece: SectionText, profile: Profile) -> Parsed[tuple[Partner, ...]]:
    """Parse the partners of a section from its heading; if it has none, or an unknown one, from the heading above.

    A title in a table may be 同上.
    """
    own = partners.parse_partners(piece.title, profile)
    if not own.value and points_elsewhere(piece.title.plain):
        told = finding("partner-unknown", piece.title, variant="unknown", words=piece.title.printed)
        own = replace(own, findings=(*own.findings, told))
    is_known = own.value and not any(draft.code == "partner-unknown" for draft in own.findings)
    if piece.above is None or is_known:
        return own
    above = partners.parse_partners(piece.above, profile)
    return own if above.findings or not above.value else above


class ReadField(NamedTuple):
    """A field with the findings and the conditions of its words."""

    field: Field[Any]
    findings: Sequence[FindingDraft] = ()
    conditions: tuple[Condition, ...] = ()


def parse_fields(
    parts: Mapping[str, LabelledText], parsers: Mapping[str, Parser], context: Context
) -> tuple[dict[str, Field[Any]], Findings, list[Condition]]:
    """Parse each field of the registry, with findings and conditions.

    Topics come before the figures that spread over them, and these before requirements on some of the tracks.
    """
    fields: dict[str, Field[Any]] = {}
    findings: Findings = {}
    found: list[Condition] = []
    for name in FIELDS:
        fields[name], findings[name], conditions = parse_field(parts.get(name), parsers[name], context)
        found += conditions
        if name == "fields":
            context = context._replace(topics=_countable_topics(fields[name].value, context))
        elif name in ("project_count", "funding"):
            names = [track.name for track in getattr(fields[name].value, "tracks", ()) if track.name]
            context = context._replace(tracks=(*context.tracks, *names))
    return fields, findings, found


def parse_field(part: LabelledText | None, parse: Parser, context: Context) -> ReadField:
    """Parse a part as a field: absent without a label, none for 无, unread if refused."""
    if part is None:
        return ReadField(Field(status="absent"))
    label, text = part.label.printed.replace(" ", "") or None, part.text.printed
    evidence = cite(part.text) if part.text else ()
    if _NOTHING.fullmatch(text):
        told = unheld_label_words(part, is_stated=False)
        return ReadField(Field(status="none", label=label, text=text, evidence=evidence), told)
    parsed = _parse(part, parse, context)
    if parsed.value is None:
        assert parsed.unread is not None
        unread: Field[Any] = Field(status="unread", label=label, text=text, evidence=evidence)
        return ReadField(unread, (*parsed.findings, _value_unread(label or part.field or "", parsed.unread)))
    findings = (*parsed.findings, *unheld_label_words(part, is_stated=True), *_references(part), *_headless(part))
    field = Field(status="stated", label=label, text=text, value=parsed.value, evidence=evidence)
    return ReadField(field, findings, parsed.conditions)


def _parse(part: LabelledText, parse: Parser, context: Context) -> Parsed[Any]:
    """Parse the words of a part with those beside its label; refused without words."""
    if not part.text:
        return Parsed(None, unread=Unread("empty", part.text))
    if points_elsewhere(part.text.plain):
        return Parsed(None, unread=Unread("postponed", part.text.strip()))
    words = with_label_words(part)
    if isinstance(words, Unread):
        return Parsed(None, unread=words)
    parsed = parse(words, context)
    repeating = without_label(words, part.label) if parsed.value is None else None
    again = parse(repeating, context) if repeating else parsed
    return parsed if again.value is None else again


def _references(part: LabelledText) -> list[FindingDraft]:
    """Report words of a value that stand for those of another place: 同1.1，但须有企业参与."""
    if part.field not in _OF_SENTENCES:
        return []
    matches = (reference_in(sentence) for sentence in part.text.split("[。；\n\u2028]"))
    return [
        finding("value-elsewhere", words, label=part.label.printed, words=words.printed)
        for words in filter(None, matches)
    ]


def _headless(part: LabelledText) -> list[FindingDraft]:
    """Report a list whose first mark was not found."""
    if part.field not in _OF_SENTENCES:
        return []
    found = headless_markers(part.text.plain, find_markers(part.text.plain))[:1]
    marks = (part.text[marker.start : marker.end] for marker in found)
    return [finding("list-headless", mark, label=part.label.printed, mark=mark.printed.strip()) for mark in marks]


def _value_unread(label: str, unread: Unread) -> FindingDraft:
    """Report a refused part, with reason and words."""
    if not unread.words:
        return finding("value-unread", variant="nothing", label=label)
    words = unread.words.printed
    return finding("value-unread", unread.words, variant="words", label=label, unread=unread.reason, words=words)


def _countable_topics(value: Topics | None, context: Context) -> list[str]:
    """Return the topics over which 各1个 spreads; none for an open list (等), whose length is unknown.

    With several partners 各 may mean these, unless the topics are places of work (两个联合实验室).
    """
    names = [topic.name for topic in value.items] if value and not value.open_ended else []
    places = context.profile.topics.places
    return names if not context.several_partners or all(places.search(name) for name in names) else []


def _unbroken(text: Text) -> Text:
    """Drop line ends, which have no meaning in figures."""
    return text.without(MAYBE)


# ── duration ──────────────────────────────────────────────────────────────────────────────────────────


def resolve_duration(
    own: Field[Duration], parts: Sequence[LabelledText], inherited: Duration | None, profile: Profile
) -> tuple[Field[Duration], Sequence[FindingDraft]]:
    """Return the duration of a label, else that of the other words.

    An upper bound in a requirement changes nothing if the inherited duration has it, too (不超过3年 beside 2-3年).
    """
    words = [part.text for part in parts if part.field not in _WITHOUT_DURATIONS]
    binding = duration_in_prose.binding_duration(words, profile)
    statement = binding.value
    findings = (*binding.findings, *_other_durations(own.value, statement))
    if own.status == "absent" and statement and statement.value and not _is_kept(statement.value, inherited):
        text = statement.words
        own = Field(status="stated", text=text.printed, value=statement.value, evidence=cite(text))
    return own, findings


def _other_durations(own: Duration | None, statement: duration_in_prose.DurationStatement | None) -> list[FindingDraft]:
    """Report other words of a section with another duration than its label."""
    if own is None or statement is None or statement.value is None:
        return []
    if _agrees(own, statement.value):
        return []
    words = statement.sentence.printed.strip()
    return [finding("requirement-unclear", statement.sentence, variant="other-duration", words=words)]


def _agrees(own: Duration, other: Duration) -> bool:
    """Return True if another duration has nothing that contradicts a section's own, which may be within its bounds."""
    own_low, own_high = duration.month_bounds(own)
    low, high = duration.month_bounds(other)
    ends = ((own.start, other.start), (own.end, other.end))
    if any(isinstance(one, str) and isinstance(two, str) and one != two for one, two in ends):
        return False
    return (low is None or low == own_low) and (high is None or (own_high is not None and own_high <= high))


def _is_kept(required: Duration, inherited: Duration | None) -> bool:
    """Return True if a requirement says nothing that the inherited duration does not: its months, or its bound."""
    if inherited is None or not isinstance(required.max_months, int) or isinstance(required.start, str):
        return False
    is_same_low = required.min_months in (None, inherited.min_months)
    return is_same_low and required.max_months == inherited.max_months


# ── the section ───────────────────────────────────────────────────────────────────────────────────────


def build_section(
    piece: SectionText,
    facts: GuideFacts,
    named: tuple[Partner, ...],
    read: ReadParts,
    profile: Profile,
) -> Section:
    """Build the record of a section; parts that no field takes are under `other`."""
    return Section(
        id=section_id(piece.number, year=facts.year, batch=facts.batch),
        number=piece.number,
        title=piece.title.printed,
        partners=named,
        **read.fields,
        conditions=section_conditions(read, profile),
        other=as_other(read.left),
        evidence=cite(piece.heading),
    )


def as_other(parts: Iterable[LabelledText]) -> tuple[OtherPart, ...]:
    """Return parts that no field takes."""
    return tuple(
        OtherPart(label=part.label.printed, text=part.text.printed, evidence=cite(part.label, part.text))
        for part in parts
    )


_ELSEWHERE: dict[str, Callable[[Text], Iterable[tuple[str, Text]]]] = {
    "project_count": count.count_elsewhere,
    "funding": money.money_elsewhere,
    PER_PROJECT: money.money_elsewhere,
}


def misplaced_figures(fields: Mapping[str, Field[Any]], parts: Mapping[str, LabelledText]) -> list[FindingDraft]:
    """Report figures under the label of another field that their own lacks: 执行期3年 under 拟支持项目数."""
    return [
        finding("figure-misplaced", words, field=field, words=words.printed, name=field)
        for _, field, words in figures_elsewhere(parts)
        if not _is_stated(fields[field], words)
    ]


def figures_elsewhere(parts: Mapping[str, LabelledText]) -> Iterator[tuple[str, str, Text]]:
    """Yield figures under the label of another field: that field, theirs, and their words."""
    for name, find_elsewhere in _ELSEWHERE.items():
        if name in parts:
            yield from ((name, field, words) for field, words in find_elsewhere(_unbroken(parts[name].text)))


def _is_stated(field: Field[Any], words: Text) -> bool:
    """Return True if a field has a value of the kind; money for each project is another kind than a total."""
    if isinstance(field.value, Money):
        return bool(field.value.per_project or field.value.per) or not words.plain.startswith(("每", "单"))
    return field.status != "absent"
