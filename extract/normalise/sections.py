"""Parse one section: assign labelled parts to fields, parse them, and resolve what fields take from elsewhere.

assign_parts → parse_fields → resolve_funding, resolve_duration → build_section. Each returns its value with findings;
`_ORDER` is the order of the findings in the record.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.fields import FIELDS
from extract.model.findings import FindingDraft, finding
from extract.model.record import Field, GuideFacts, OtherPart, Section
from extract.model.section_numbers import section_id
from extract.model.stages import LabelledText, Parsed, SectionText, Unread
from extract.model.text import MAYBE, Text
from extract.model.values import Duration, Partner, Topics
from extract.normalise import agreement, duration, partners, points, requirements, topics
from extract.normalise.funding import EACH, parse_per_project, resolve_funding
from extract.normalise.quantities import count, money
from extract.profile.schema import Profile

PER_PROJECT = "per_project"  # a further label of the funding, for each project
_FIGURE = re.compile(r"[约\d.，~至-]+")
_WITHOUT_DURATIONS = ("agreement", "fields", "duration")  # parts whose clauses state no duration of projects
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

Findings = dict[str, Sequence[FindingDraft]]  # by key of `_ORDER`


class Context(NamedTuple):
    """Context for the parsers of fields.

    `topics` are the names of the topics over which 各1个 spreads; `several_partners`: 各 may mean each of them.
    """

    profile: Profile
    several_partners: bool = False
    topics: Sequence[str] = ()


Parser = Callable[[Text, Context], Parsed[Any]]

PARSERS: dict[str, Parser] = {
    "agreement": lambda text, context: agreement.parse_agreement(text, context.profile),
    "fields": lambda text, context: topics.parse_topics(text, context.profile),
    "content": lambda text, _: points.parse_points(text),
    "indicators": lambda text, _: points.parse_points(text),
    "project_count": lambda text, context: count.parse_count(_unbroken(text), topics=context.topics),
    "funding": lambda text, context: money.parse_money(_unbroken(text), topics=context.topics),
    "duration": lambda text, _: duration.parse_duration(_unbroken(text)),
    "requirements": lambda text, context: requirements.parse_requirements(text, context.profile),
}


def parse_section(piece: SectionText, facts: GuideFacts, profile: Profile) -> tuple[Section, list[FindingDraft]]:
    """Parse a section; return its record and findings."""
    parts, repeated = assign_parts(piece.parts)
    named = parse_partners(piece, profile)
    context = Context(profile, several_partners=len(named.value or ()) > 1)
    fields, findings = parse_fields(parts, PARSERS, context)
    per_project, findings[PER_PROJECT] = parse_field(
        parts.get(PER_PROJECT), lambda text, _: parse_per_project(_unbroken(text)), context
    )
    findings["labels"] = [_label_repeated(part) for part in repeated]
    findings["partners"] = named.findings
    total = fields["funding"]
    unused = total.status != "absent" and (total.value is None or per_project.value is None)
    excluded = [*repeated, *([parts[PER_PROJECT]] if unused and PER_PROJECT in parts else [])]
    fields["funding"], findings["unheld figures"] = resolve_funding(total, per_project, parts.get("requirements"))
    fields["duration"], findings["other durations"] = resolve_duration(fields["duration"], piece, facts, profile)
    section = build_section(piece, facts, named.value or (), fields, excluded)
    findings["misplaced figures"] = misplaced_figures(section, parts)
    return section, [
        draft if name in ("labels", "misplaced figures") else replace(draft, field=_field_of(name))
        for name in _ORDER
        for draft in findings[name]
    ]


def _field_of(name: str) -> str:
    """Return the value to which findings under a key of `_ORDER` apply."""
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
    value = money.parse_money(_unbroken(part.text)).value if EACH.search(part.text.plain) else None
    return value is not None and value.per_project is not None and value.min is None and value.max is None


def _label_repeated(part: LabelledText) -> FindingDraft:
    return finding("label-repeated", part.label, label=part.label.printed)


# ── fields ────────────────────────────────────────────────────────────────────────────────────────────


def parse_partners(piece: SectionText, profile: Profile) -> Parsed[tuple[Partner, ...]]:
    """Parse the partners of a section from its heading; if one there is unknown, from the heading above."""
    own = partners.parse_partners(piece.title, profile)
    if piece.above is None or not any(draft.code == "partner-unknown" for draft in own.findings):
        return own
    above = partners.parse_partners(piece.above, profile)
    return own if above.findings else above


def parse_fields(
    parts: Mapping[str, LabelledText], parsers: Mapping[str, Parser], context: Context
) -> tuple[dict[str, Field[Any]], Findings]:
    """Parse each field of the registry, with findings; topics come before the figures that spread over them."""
    fields: dict[str, Field[Any]] = {}
    findings: Findings = {}
    for name in FIELDS:
        fields[name], findings[name] = parse_field(parts.get(name), parsers[name], context)
        if name == "fields":
            context = context._replace(topics=_countable_topics(fields[name].value, context))
    return fields, findings


def parse_field(
    part: LabelledText | None, parse: Parser, context: Context
) -> tuple[Field[Any], Sequence[FindingDraft]]:
    """Parse a part as a field: absent without a label, none for 无, unread if refused."""
    if part is None:
        return Field(status="absent"), ()
    label, text = part.label.printed.replace(" ", "") or None, part.text.printed
    evidence = cite(part.text) if part.text else ()
    if _NOTHING.fullmatch(text):
        return Field(status="none", label=label, text=text, evidence=evidence), ()
    refusal = Unread("empty", part.text)
    parsed: Parsed[Any] = parse(_with_unit(part), context) if part.text else Parsed(None, unread=refusal)
    if parsed.value is None:
        assert parsed.unread is not None
        unread: Field[Any] = Field(status="unread", label=label, text=text, evidence=evidence)
        return unread, (*parsed.findings, _value_unread(label or part.field or "", parsed.unread))
    return Field(status="stated", label=label, text=text, value=parsed.value, evidence=evidence), parsed.findings


def _value_unread(label: str, unread: Unread) -> FindingDraft:
    """Report a refused part, with reason and words."""
    if not unread.words:
        return finding("value-unread", variant="nothing", label=label)
    words = unread.words.printed
    return finding("value-unread", unread.words, variant="words", label=label, unread=unread.reason, words=words)


def _with_unit(part: LabelledText) -> Text:
    """Return the words of a part, a bare figure with the unit of its label: 拟支持经费（万元）：1000."""
    figure = part.text.rstrip("。 \n\u2028")
    return figure + part.unit if part.unit is not None and _FIGURE.fullmatch(figure.plain) else part.text


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
    own: Field[Duration], piece: SectionText, facts: GuideFacts, profile: Profile
) -> tuple[Field[Duration], Sequence[FindingDraft]]:
    """Return the section's duration: of its label, else of its other words, else that of the whole guide.

    A requirement with only an upper bound (原则上不超过3年) changes nothing if the guide's duration satisfies it.
    """
    words = [part.text for part in piece.parts if part.field not in _WITHOUT_DURATIONS]
    binding = duration.binding_duration(words, profile)
    statement, common = binding.value, facts.common.field("duration")
    findings = (*binding.findings, *_other_durations(own.value, statement))
    if own.status != "absent":
        return own, findings
    if statement and statement.value and not _is_kept(statement.value, common.value):
        text = statement.words
        return Field(status="stated", text=text.printed, value=statement.value, evidence=cite(text)), findings
    if common.value is None:
        return own, findings
    return replace(common, status="inherited"), findings


def _other_durations(own: Duration | None, statement: duration.DurationStatement | None) -> list[FindingDraft]:
    """Report other words of a section with another duration than its label."""
    if own is None or statement is None or statement.value is None:
        return []
    own_low, own_high = duration.month_bounds(own)
    low, high = duration.month_bounds(statement.value)
    if (low is None or low == own_low) and (high is None or (own_high is not None and own_high <= high)):
        return []
    words = statement.sentence.printed.strip()
    return [finding("requirement-unclear", statement.sentence, variant="other-duration", words=words)]


def _is_kept(required: Duration, common: Duration | None) -> bool:
    """Return True if the duration of the whole guide satisfies a requirement."""
    if common is None or not isinstance(required.max_months, int) or not isinstance(common.max_months, int):
        return False
    if required.min_months is None:
        return common.max_months <= required.max_months
    return (required.min_months, required.max_months) == (common.min_months, common.max_months)


# ── the section ───────────────────────────────────────────────────────────────────────────────────────


def build_section(
    piece: SectionText,
    facts: GuideFacts,
    named: tuple[Partner, ...],
    fields: Mapping[str, Any],
    excluded: Sequence[LabelledText],
) -> Section:
    """Build the record of a section; parts without a field are under `other`."""
    return Section(
        id=section_id(piece.number, year=facts.year, batch=facts.batch),
        number=piece.number,
        title=piece.title.printed,
        partners=named,
        **fields,
        other=tuple(
            OtherPart(label=part.label.printed, text=part.text.printed, evidence=cite(part.label, part.text))
            for part in piece.parts
            if part.field is None or part in excluded
        ),
        evidence=cite(piece.heading),
    )


_ELSEWHERE: dict[str, Callable[[Text], Iterable[tuple[str, Text]]]] = {
    "project_count": count.count_elsewhere,
    "funding": money.money_elsewhere,
    PER_PROJECT: money.money_elsewhere,
}


def misplaced_figures(section: Section, parts: Mapping[str, LabelledText]) -> list[FindingDraft]:
    """Report figures under the label of another field that their own lacks: 执行期3年 under 拟支持项目数."""
    return [
        finding("figure-misplaced", words, field=field, words=words.printed, name=field)
        for name, find_elsewhere in _ELSEWHERE.items()
        if name in parts
        for field, words in find_elsewhere(_unbroken(parts[name].text))
        if not _is_stated(section, field, words)
    ]


def _is_stated(section: Section, field: str, words: Text) -> bool:
    """Return True if the field has a value of the kind; money for each project is another kind than a total."""
    if field == "funding" and section.funding.value is not None:
        value = section.funding.value
        return bool(value.per_project or value.per) or not words.plain.startswith(("每", "单"))
    return getattr(section, field).status not in ("absent", "inherited")
