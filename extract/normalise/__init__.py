"""Labelled words → values: one module per kind of value, one `read` each. What is not understood is unread."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import Field, GuideFacts, OtherPart, Section
from extract.model.section_numbers import section_id
from extract.model.stages import LabelledText, Normalised, Parsed, SectionText, SplitGuide, Unread
from extract.model.text import MAYBE, Text
from extract.model.values import Duration, Money, PerProject, Topics
from extract.normalise import agreement, duration, introduction, misplaced, partners, requirements, topics
from extract.normalise.quantities import count, money
from extract.profile.schema import Profile

V = TypeVar("V")
_EACH = re.compile("[每单各/]")  # without one of these no words tell what a project gets
_FIGURE = re.compile(r"[约\d.，~至-]+")
_SILENT = ("agreement", "fields", "duration")  # parts that say nothing beside them of how long projects run
# 无, 暂无, 无其他特殊要求。, 没有其他要求。
_NOTHING = re.compile(
    "(?:暂?[无没]有?(?:其[他它]|特殊|特别|附加|额外|另外|相关|更多|具体|的)*(?:要求|说明|限制|规定|条件)?|/|-+|—+) *。?"
)
# …。2.能源: the last words under a label are an item of a list.
_ITEM_AT_END = re.compile(r"(?:[。\n\u2028]|^) *(?:\d{1,2}[.、]|（?[一二三四五六七八九十\d]{1,3}[）、])[^。；\n]+$")


def normalise(cut: SplitGuide, profile: Profile) -> Normalised:
    """The values of a guide: what it says of itself, and its sections."""
    facts = introduction.parse_introduction(cut, profile)
    assert facts.value is not None
    sections = []
    findings = list(facts.findings)
    for piece in cut.pieces:
        section, more = _section(piece, facts.value, profile)
        sections.append(section)
        findings += [replace(finding, section=piece.number) for finding in more]
    known = [partner for section in sections for partner in section.partners if partner.code]
    if facts.value.programme is None and not known:
        findings.append(finding("profile-unfit", cut.title, profile=profile.name))
    return Normalised(facts.value, tuple(sections), introduction.has_exceptions(cut, profile), tuple(findings))


def _section(piece: SectionText, facts: GuideFacts, profile: Profile) -> tuple[Section, list[FindingDraft]]:
    parts, repeated = _by_field(piece.parts)
    findings: list[FindingDraft] = [_repeated(part) for part in repeated]

    def field(name: str, read: Callable[[Text], Parsed[V]]) -> Field[V]:
        made, more = _field(parts.get(name), read)
        findings.extend(_about("funding" if name == "per_project" else name, more))
        return made

    named = partners.parse_partners(piece.title, profile)
    if piece.above is not None and any(finding.code == "partner-unknown" for finding in named.findings):
        above = partners.parse_partners(piece.above, profile)
        named = above if not above.findings else named
    findings += _about("partners", named.findings)
    fields = field("fields", lambda text: topics.parse_topics(text, profile))
    names = _names(fields.value, profile, several=len(named.value or ()) > 1)
    total = field("funding", lambda text: money.parse_money(_run_on(text), topics=names))
    each = field("per_project", lambda text: _without_tracks(text, money.parse_money(_run_on(text))))
    if total.status != "absent" and (total.value is None or each.value is None):
        repeated += [part for part in piece.parts if part is parts.get("per_project")]
    own = field("duration", lambda text: duration.parse_duration(_run_on(text)))
    asked = field("requirements", lambda text: requirements.parse_requirements(text, profile))
    lasting = duration.binding_duration([part.text for part in piece.parts if part.field not in _SILENT], profile)
    findings += _about("duration", [*lasting.findings, *_differing(own.value, lasting.value)])
    if each.status == "absent":
        each = _asked(total, parts.get("requirements"))
    findings += _about("funding", _unheld(total, each))
    section = Section(
        id=section_id(piece.number, year=facts.year, batch=facts.batch),
        number=piece.number,
        title=piece.title.printed,
        partners=named.value or (),
        agreement=field("agreement", lambda text: agreement.parse_agreement(text, profile)),
        fields=fields,
        project_count=field("project_count", lambda text: count.parse_count(_run_on(text), topics=names)),
        funding=_funding(total, each),
        duration=_duration(own, lasting.value, facts.declared.duration),
        requirements=asked,
        other=tuple(
            OtherPart(label=part.label.printed, text=part.text.printed, evidence=cite(part.label, part.text))
            for part in piece.parts
            if part.field is None or part in repeated
        ),
        evidence=cite(piece.heading),
    )
    return section, [
        *findings,
        *misplaced.misplaced_figures(section, {name: _run_on(part.text) for name, part in parts.items()}),
    ]


def _about(field: str, findings: Iterable[FindingDraft]) -> list[FindingDraft]:
    """The findings of one field, with its name."""
    return [replace(finding, field=field) for finding in findings]


def _by_field(parts: tuple[LabelledText, ...]) -> tuple[dict[str, LabelledText], list[LabelledText]]:
    """The part of each field, and those whose field has one already.

    A second label of money that only tells what a project gets (支持力度 beside 拟支持经费) is no repeat.
    """
    found: dict[str, LabelledText] = {}
    repeated = []
    for place, part in enumerate(parts):
        field = part.field
        if field == "funding" and _only_per_project(part):
            field = "per_project"
        if (field and field in found) or (not field and any(_goes_on(one, part) for one in parts[:place])):
            repeated.append(part)
        elif field:
            found[field] = part
    return found, repeated


def _goes_on(before: LabelledText, part: LabelledText) -> bool:
    """Whether labels tear a list of another field: 1.农业 研究内容：育种。2.能源 研究内容：储能。"""
    return before.label.printed == part.label.printed and _ITEM_AT_END.search(before.text.plain) is not None


def _only_per_project(part: LabelledText) -> bool:
    value = money.parse_money(_run_on(part.text)).value if _EACH.search(part.text.plain) else None
    return value is not None and value.per_project is not None and value.min is None and value.max is None


def _repeated(part: LabelledText) -> FindingDraft:
    return finding("label-repeated", part.label, label=part.label.printed)


def _field(part: LabelledText | None, read: Callable[[Text], Parsed[V]]) -> tuple[Field[V], list[FindingDraft]]:
    """A labelled part as a field: absent without a label, none for 无, unread where the parser refuses the words."""
    if part is None:
        return Field(status="absent"), []
    label, text = part.label.printed.replace(" ", ""), part.text.printed
    evidence = cite(part.text) if part.text else ()
    if _NOTHING.fullmatch(text):
        return Field(status="none", label=label, text=text, evidence=evidence), []
    reading: Parsed[V] = read(_with_unit(part)) if part.text else Parsed(None, unread=Unread("empty", part.text))
    if reading.value is None:
        assert reading.unread is not None
        made: Field[V] = Field(status="unread", label=label, text=text, evidence=evidence)
        return made, [*reading.findings, _unread(label, reading.unread)]
    made = Field(status="stated", label=label, text=text, value=reading.value, evidence=evidence)
    return made, list(reading.findings)


def _unread(label: str, unread: Unread) -> FindingDraft:
    """The finding of a refused part: why, and at which words."""
    if not unread.words:
        return finding("value-unread", variant="nothing", label=label)
    words = unread.words.printed
    return finding("value-unread", unread.words, variant="words", label=label, unread=unread.reason, words=words)


def _with_unit(part: LabelledText) -> Text:
    """A part's words; a bare figure with the unit that the label gives it."""
    bare = part.text.rstrip("。 \n\u2028")
    return bare + part.unit if part.unit is not None and _FIGURE.fullmatch(bare.plain) else part.text


def _names(value: Topics | None, profile: Profile, *, several: bool) -> list[str]:
    """The topics over which 各1个 spreads; an open list (等) does not tell how many there are.

    Of several partners 各 may mean each of them, unless the topics are places of work (两个联合实验室).
    """
    names = [topic.name for topic in value.items] if value and not value.open_ended else []
    return names if not several or all(profile.topics.places.search(name) for name in names) else []


def _without_tracks(text: Text, parsed: Parsed[Money]) -> Parsed[Money]:
    """Money for each project, without findings of its own; several parts under one label of that kind are refused."""
    if parsed.value is not None and parsed.value.tracks:
        return Parsed(None, unread=Unread("several-values", text.strip()))
    return Parsed(parsed.value, unread=parsed.unread)


def _run_on(text: Text) -> Text:
    """The words without the ends of printed lines: in a figure they mean nothing."""
    return text.without(MAYBE)


def _asked(total: Field[Money], part: LabelledText | None) -> Field[Money]:
    """What a project gets where a requirement states nothing but that: 每个项目拟支持经费不超过150万元人民币。"""
    points = r"[。；\n]|(?:^|(?<=[。；\n]))（?\d{1,2}[）.、]"
    sentences = part.text.split(points) if part and total.value else []
    some = (text for text in sentences if _EACH.search(text.plain))
    found = [(text, value) for text in some if (value := money.parse_money(_run_on(text)).value) and value.per_project]
    if len(found) != 1 or found[0][1].min is not None or found[0][1].max is not None or found[0][1].tracks:
        return Field(status="absent")
    text, value = found[0]
    return Field(status="stated", text=text.printed, value=value, evidence=cite(text))


def _funding(total: Field[Money], each: Field[Money]) -> Field[Money]:
    """The section's money. 每个项目拟支持经费 under a label of its own tells what a project gets, never the total."""
    if each.value is None:
        return each if total.status == "absent" else total
    given = each.value
    if given.per_project is not None and total.status == "absent":
        return each  # 每个项目拟支持经费：总经费不超过600万元，单个项目不超过300万元 says both
    per = given.per_project or PerProject(min=given.min, max=given.max, evidence=given.evidence)
    if total.status == "absent":
        return msgspec.structs.replace(each, value=msgspec.structs.replace(given, min=None, max=None, per_project=per))
    if total.value is None:
        return total
    both = msgspec.structs.replace(total.value, per_project=total.value.per_project or per)
    return msgspec.structs.replace(total, value=both, evidence=total.evidence + each.evidence)


def _unheld(total: Field[Money], each: Field[Money]) -> list[FindingDraft]:
    """A figure of each project that is only about right, beside an exact total: the value has no place for 约."""
    if total.value is None or each.value is None or total.value.approximate or not each.value.approximate:
        return []
    words = str(each.text)
    return [finding("figure-unheld", evidence=each.evidence, variant="approximate-each", words=words)]


def _duration(
    own: Field[Duration], told: duration.DurationStatement | None, declared: Duration | None
) -> Field[Duration]:
    """A section's duration: its own label's, else what its other words fix, else the introduction's.

    A requirement that only sets an upper bound (原则上不超过3年) changes nothing where the introduction keeps it.
    """
    if own.status != "absent":
        return own
    if told and told.value and not _kept(told.value, declared):
        return Field(status="stated", text=told.words.printed, value=told.value, evidence=cite(told.words))
    if declared is None:
        return own
    text = "".join(line.quote for line in declared.evidence)
    return Field(status="inherited", text=text, value=declared, evidence=declared.evidence)


def _differing(own: Duration | None, told: duration.DurationStatement | None) -> list[FindingDraft]:
    """Whether other words of a section fix another duration than its label does."""
    if own is None or told is None or told.value is None:
        return []
    least, most = duration.month_bounds(own)
    low, high = duration.month_bounds(told.value)
    if (low is None or low == least) and (high is None or (most is not None and most <= high)):
        return []
    words = told.sentence.printed.strip()
    return [finding("requirement-unclear", told.sentence, variant="other-duration", words=words)]


def _kept(asked: Duration, declared: Duration | None) -> bool:
    """Whether the introduction's duration already says what a requirement asks."""
    if declared is None or not isinstance(asked.max_months, int) or not isinstance(declared.max_months, int):
        return False
    if asked.min_months is None:
        return declared.max_months <= asked.max_months
    return (asked.min_months, asked.max_months) == (declared.min_months, declared.max_months)
