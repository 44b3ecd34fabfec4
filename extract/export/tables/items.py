"""The tables of what sections hold: partners, topics, agreements, requirements, tracks and other parts."""

from collections.abc import Callable, Iterator

from msgspec import UNSET, Struct

from extract.export.labels import (
    DOCUMENT_KINDS,
    FIELDS,
    PARTNER_KINDS,
    REQUIREMENT_KINDS,
    Label,
)
from extract.export.tables.columns import LIST, WAN, YUAN, Column, Dtype, Frame, TableRow, listed, quote, where
from extract.model.record import Guide, OtherPart
from extract.model.values import Document, Partner, Requirement, Topic, Track

_ABOVE = " › "  # between the names of the topics above a topic


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────


PARTNERS: Frame[Partner] = Frame(
    "partners",
    "合作方",
    Label("一行一个合作方；同一合作方在几节中就有几行", "one row for each partner of each section"),
    (
        *where(),
        Column("name", "名称", "string", "中文简称", "short Chinese name", lambda item: item.value.name),
        Column("code", "代码", "string", "ISO 3166-1 或缩写；空：未知",
               "ISO 3166-1 code or acronym; empty where not known", lambda item: item.value.code),
        Column("kind", "类别", "string", "国家、地区、组织、国家集团",
               "`country`, `region`, `organisation` or `group`", lambda item: item.value.kind, PARTNER_KINDS),
        Column("subdivision", "省州", "string", "省或州", "province or state",
               lambda item: item.value.subdivision and item.value.subdivision.name),
        Column("subdivision_code", "省州代码", "string", "ISO 3166-2", "its code, ISO 3166-2",
               lambda item: item.value.subdivision and item.value.subdivision.code),
        Column("agency", "机构", "string", "标题中代表该国的机构", "the agency that stands for it in the heading",
               lambda item: item.value.agency),
        quote(),
    ),
    lambda guide: (TableRow(guide, one.number, each, each.evidence) for one in guide.sections for each in one.partners),
)  # fmt: skip


# ── topics ────────────────────────────────────────────────────────────────────────────────────────────


class Nested(Struct, frozen=True):
    """A topic and the names of the topics above it."""

    topic: Topic
    above: tuple[str, ...]


def _topics(guide: Guide) -> Iterator[TableRow[Nested]]:
    for section in guide.sections:
        if section.fields.value:
            for each in _flat(section.fields.value.items, ()):
                yield TableRow(guide, section.number, each, each.topic.evidence)


def _flat(topics: tuple[Topic, ...], above: tuple[str, ...]) -> Iterator[Nested]:
    for topic in topics:
        yield Nested(topic, above)
        yield from _flat(topic.items, (*above, topic.name))


TOPICS: Frame[Nested] = Frame(
    "topics",
    "领域",
    Label("一行一个领域，各层都有，按原文次序", "one row for each topic on every level, in the guide's order"),
    (
        *where(),
        Column("level", "层", "Int64", "从 1 起", "1 for a topic that is in no other",
               lambda item: len(item.value.above) + 1),
        Column("path", "上层", "string", f"上层领域的名称，以“{_ABOVE}”分隔",
               f"the names of the topics above it, with `{_ABOVE}` between them",
               lambda item: _ABOVE.join(item.value.above) or None),
        Column("marker", "序号", "string", "原文的序号", "its marker as printed: `1、`",
               lambda item: item.value.topic.marker),
        Column("name", "名称", "string", "领域名称", "its name", lambda item: item.value.topic.name),
        Column("note", "说明", "string", "括号中或名称后的说明", "what is said of it in brackets or in prose",
               lambda item: item.value.topic.note),
        quote(),
    ),
    _topics,
)  # fmt: skip


# ── agreements ────────────────────────────────────────────────────────────────────────────────────────


def _documents(guide: Guide) -> Iterator[TableRow[Document]]:
    for section in guide.sections:
        for each in section.agreement.value.documents if section.agreement.value else ():
            yield TableRow(guide, section.number, each, each.evidence)


AGREEMENTS: Frame[Document] = Frame(
    "agreements",
    "协议",
    Label("一行一份文件", "one row for each document that a section rests on"),
    (
        *where(),
        Column("title", "标题", "string", "书名号中的标题", "its title", lambda item: item.value.title),
        Column("kind", "类别", "string", "协定、议定书、声明、备忘录、纪要、计划、共识、其他",
               ", ".join(f"`{kind}`" for kind in DOCUMENT_KINDS), lambda item: item.value.kind, DOCUMENT_KINDS),
        quote(),
    ),
    _documents,
)  # fmt: skip


# ── requirements ──────────────────────────────────────────────────────────────────────────────────────


def _requirements(guide: Guide) -> Iterator[TableRow[Requirement]]:
    for section in guide.sections:
        for each in section.requirements.value.items if section.requirements.value else ():
            yield TableRow(guide, section.number, each, each.evidence)


def _fact(key: str, header: str, dtype: Dtype, zh: str, en: str) -> Column[Requirement]:
    def read(item: TableRow[Requirement]) -> object:
        stated = getattr(item.value.facts, key)
        return None if stated is UNSET else listed(stated) if isinstance(stated, tuple) else stated

    return Column(key, header, dtype, zh, en, read)


REQUIREMENTS: Frame[Requirement] = Frame(
    "requirements",
    "要求",
    Label("一行一条要求", "one row for each thing that is asked of the applicant"),
    (
        *where(),
        Column("marker", "序号", "string", "原文的序号", "its marker as printed", lambda item: item.value.marker),
        Column("text", "要求", "string", "要求的原文", "its words", lambda item: item.value.text),
        Column("kinds", "类别", "string", f"类别，以“{LIST}”分隔", f"its kinds, with `{LIST}` between them",
               lambda item: listed(item.value.kinds), REQUIREMENT_KINDS),
        _fact("per_department_max", "每部门至多", "Int64", "每个推荐部门至多几个",
              "greatest number for each department"),
        _fact("min_enterprises", "企业至少", "Int64", "至少几家企业", "least number of companies"),
        _fact("cofunding_ratio", "配套比例", "Float64", "自筹与国拨之比；1 为等额",
              "own money against the grant; 1 is as much"),
        _fact("deadline", "截止日期", "string", "截止日期", "closing date, ISO"),
        _fact("max_months", "至多月数", "Int64", "执行期的上限", "greatest number of months"),
        _fact("min_partner_countries", "国家至少", "Int64", "至少几个国家", "least number of countries"),
        _fact("urls", "网址", "string", "网址", "addresses of web sites"),
        _fact("emails", "邮箱", "string", "邮箱", "e-mail addresses"),
        _fact("phones", "电话", "string", "电话", "telephone numbers"),
    ),
    _requirements,
)  # fmt: skip


# ── tracks and other parts ────────────────────────────────────────────────────────────────────────────


class Part(Struct, frozen=True):
    """A track, the field whose total it is in, and the currency if that is money."""

    field: str
    track: Track
    currency: str | None


def _tracks(guide: Guide) -> Iterator[TableRow[Part]]:
    for section in guide.sections:
        count, money = section.project_count.value, section.funding.value
        for track in count.tracks if count else ():
            yield TableRow(guide, section.number, Part("project_count", track, None), track.evidence)
        for track in money.tracks if money else ():
            yield TableRow(
                guide, section.number, Part("funding", track, money.currency if money else None), track.evidence
            )


def _track_wan(amount: Callable[[Track], int | None]) -> Callable[[TableRow[Part]], float | None]:
    def wan(item: TableRow[Part]) -> float | None:
        stated = amount(item.value.track)
        return stated / WAN if stated is not None and item.value.currency == YUAN else None

    return wan


TRACKS: Frame[Part] = Frame(
    "tracks",
    "分项",
    Label("一行一个分项：总数或总额由几部分组成时", "one row for each part of a total: projects or money"),
    (
        *where(),
        Column("field", "栏目", "string", "属于哪个总数", "`project_count` or `funding`: whose total it is in",
               lambda item: item.value.field, FIELDS),
        Column("name", "名称", "string", "分项名称", "its name", lambda item: item.value.track.name),
        Column("min", "至少", "Int64", "项目数，或币种的元", "least: projects, or whole units of the currency",
               lambda item: item.value.track.min, amount=True),
        Column("max", "至多", "Int64", "项目数，或币种的元", "greatest: projects, or whole units of the currency",
               lambda item: item.value.track.max, amount=True),
        Column("currency", "币种", "string", "只有经费才有", "of money alone: ISO 4217",
               lambda item: item.value.currency),
        Column("min_wan", "至少（万元）", "Float64", "只有人民币", "least in 万元; yuan alone",
               _track_wan(lambda track: track.min), amount=True),
        Column("max_wan", "至多（万元）", "Float64", "只有人民币", "greatest in 万元; yuan alone",
               _track_wan(lambda track: track.max), amount=True),
        quote(),
    ),
    _tracks,
)  # fmt: skip

OTHER_PARTS: Frame[OtherPart] = Frame(
    "other_parts",
    "其他栏目",
    Label("一行一个不属于六个栏目的部分", "one row for each labelled part that no field takes"),
    (
        *where(),
        Column("label", "标签", "string", "原文的标签", "its label", lambda item: item.value.label),
        Column("text", "原文", "string", "标签后的原文", "the words after it", lambda item: item.value.text),
    ),
    lambda guide: (TableRow(guide, one.number, each, each.evidence) for one in guide.sections for each in one.other),
)  # fmt: skip
