"""Tables of the items in sections: partners, topics, agreements, requirements, points, tracks, other parts."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extract.export.labels import (
    DOCUMENT_KINDS,
    OF_A_SECTION,
    PARTNER_KINDS,
    REQUIREMENT_KINDS,
)
from extract.export.tables.columns import (
    FLOAT,
    INT,
    LIST,
    TEXT,
    Column,
    Frame,
    TableRow,
    in_wan,
    listed,
    path,
    quote,
    where,
)
from extract.model.fields import FIELDS, Label
from extract.model.record import Guide, OtherPart
from extract.model.values import Document, Partner, Point, Points, Requirement, Topic, Track

_ABOVE = " › "  # joins the names above a topic


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────


PARTNERS: Frame[Partner] = Frame(
    "partners",
    "合作方",
    Label("一行一个合作方；同一合作方在几节中就有几行", "one row for each partner of each section"),
    (
        *where(),
        Column("name", zh=("名称", "中文简称"), en="short Chinese name", dtype=TEXT, read=path("name")),
        Column(
            "code",
            zh=("代码", "ISO 3166-1 或缩写；空：未知"),
            en="ISO 3166-1 code or acronym; empty where not known",
            dtype=TEXT,
            read=path("code"),
        ),
        Column(
            "kind",
            zh=("类别", "国家、地区、组织、国家集团"),
            en="`country`, `region`, `organisation` or `group`",
            dtype=TEXT,
            read=path("kind"),
            words=PARTNER_KINDS,
        ),
        Column("subdivision", zh=("省州", "省或州"), en="province or state", dtype=TEXT, read=path("subdivision.name")),
        Column(
            "subdivision_code",
            zh=("省州代码", "ISO 3166-2"),
            en="its code, ISO 3166-2",
            dtype=TEXT,
            read=path("subdivision.code"),
        ),
        Column(
            "agency",
            zh=("机构", "标题中代表该国的机构"),
            en="the agency that stands for it in the heading",
            dtype=TEXT,
            read=path("agency"),
        ),
        quote(),
    ),
    lambda guide: (TableRow(guide, one.number, each, each.evidence) for one in guide.sections for each in one.partners),
)


# ── topics ────────────────────────────────────────────────────────────────────────────────────────────


class Nested(Struct, frozen=True):
    """A topic with the names above it."""

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


def _level(above: Sequence[str]) -> int:
    return len(above) + 1


def _topic_path(above: Sequence[str]) -> str | None:
    return _ABOVE.join(above) or None


TOPICS: Frame[Nested] = Frame(
    "topics",
    "领域",
    Label("一行一个领域，各层都有，按原文次序", "one row for each topic on every level, in the guide's order"),
    (
        *where(),
        Column(
            "level",
            zh=("层", "从 1 起"),
            en="1 for a topic that is in no other",
            dtype=INT,
            read=path("above", _level),
        ),
        Column(
            "path",
            zh=("上层", f"上层领域的名称，以“{_ABOVE}”分隔"),
            en=f"the names of the topics above it, with `{_ABOVE}` between them",
            dtype=TEXT,
            read=path("above", _topic_path),
        ),
        Column(
            "marker",
            zh=("序号", "原文的序号"),
            en="its marker as printed: `1、`",
            dtype=TEXT,
            read=path("topic.marker"),
        ),
        Column("name", zh=("名称", "领域名称"), en="its name", dtype=TEXT, read=path("topic.name")),
        Column(
            "note",
            zh=("说明", "括号中或名称后的说明"),
            en="what is said of it in brackets or in prose",
            dtype=TEXT,
            read=path("topic.note"),
        ),
        quote(),
    ),
    _topics,
)


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
        Column("title", zh=("标题", "书名号中的标题"), en="its title", dtype=TEXT, read=path("title")),
        Column(
            "kind",
            zh=("类别", "协定、议定书、声明、备忘录、纪要、计划、共识、其他"),
            en=", ".join(f"`{kind}`" for kind in DOCUMENT_KINDS),
            dtype=TEXT,
            read=path("kind"),
            words=DOCUMENT_KINDS,
        ),
        quote(),
    ),
    _documents,
)


# ── requirements ──────────────────────────────────────────────────────────────────────────────────────


def _requirements(guide: Guide) -> Iterator[TableRow[Requirement]]:
    for section in guide.sections:
        for each in section.requirements.value.items if section.requirements.value else ():
            yield TableRow(guide, section.number, each, each.evidence)


REQUIREMENTS: Frame[Requirement] = Frame(
    "requirements",
    "要求",
    Label("一行一条要求", "one row for each thing that is asked of the applicant"),
    (
        *where(),
        Column("marker", zh=("序号", "原文的序号"), en="its marker as printed", dtype=TEXT, read=path("marker")),
        Column("text", zh=("要求", "要求的原文"), en="its words", dtype=TEXT, read=path("text")),
        Column(
            "kinds",
            zh=("类别", f"类别，以“{LIST}”分隔"),
            en=f"its kinds, with `{LIST}` between them",
            dtype=TEXT,
            read=path("kinds", listed),
            words=REQUIREMENT_KINDS,
        ),
    ),
    _requirements,
)


# ── points ────────────────────────────────────────────────────────────────────────────────────────────


class ListedPoint(Struct, frozen=True):
    """A point with its field and level."""

    field: str
    point: Point
    level: int


def _points(guide: Guide) -> Iterator[TableRow[ListedPoint]]:
    for section in guide.sections:
        for name in FIELDS:
            value = getattr(section, name).value
            for each in _flat_points(name, value.items, 1) if isinstance(value, Points) else ():
                yield TableRow(guide, section.number, each, each.point.evidence)


def _flat_points(field: str, points: tuple[Point, ...], level: int) -> Iterator[ListedPoint]:
    for point in points:
        yield ListedPoint(field, point, level)
        yield from _flat_points(field, point.items, level + 1)


POINTS: Frame[ListedPoint] = Frame(
    "points",
    "条目",
    Label(
        "一行一条研究内容或考核指标，各层都有，按原文次序",
        "one row for each point of the research content and the indicators, on every level, in the guide's order",
    ),
    (
        *where(),
        Column(
            "field",
            zh=("栏目", "属于哪一栏"),
            en="`content` or `indicators`: whose list it is in",
            dtype=TEXT,
            read=path("field"),
            words=OF_A_SECTION,
        ),
        Column("level", zh=("层", "从 1 起"), en="1 for a point that is in no other", dtype=INT, read=path("level")),
        Column("marker", zh=("序号", "原文的序号"), en="its marker as printed", dtype=TEXT, read=path("point.marker")),
        Column("text", zh=("条目", "条目的原文"), en="its words", dtype=TEXT, read=path("point.text")),
        quote(),
    ),
    _points,
)


# ── tracks and other parts ────────────────────────────────────────────────────────────────────────────


class Part(Struct, frozen=True):
    """A track with its field, and its currency if it is money."""

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


TRACKS: Frame[Part] = Frame(
    "tracks",
    "分项",
    Label("一行一个分项：总数或总额由几部分组成时", "one row for each part of a total: projects or money"),
    (
        *where(),
        Column(
            "field",
            zh=("栏目", "属于哪个总数"),
            en="`project_count` or `funding`: whose total it is in",
            dtype=TEXT,
            read=path("field"),
            words=OF_A_SECTION,
        ),
        Column("name", zh=("名称", "分项名称"), en="its name", dtype=TEXT, read=path("track.name")),
        Column(
            "min",
            zh=("至少", "项目数，或币种的元"),
            en="least: projects, or whole units of the currency",
            dtype=INT,
            read=path("track.min"),
            amount=True,
        ),
        Column(
            "max",
            zh=("至多", "项目数，或币种的元"),
            en="greatest: projects, or whole units of the currency",
            dtype=INT,
            read=path("track.max"),
            amount=True,
        ),
        Column(
            "currency", zh=("币种", "只有经费才有"), en="of money alone: ISO 4217", dtype=TEXT, read=path("currency")
        ),
        Column(
            "min_wan",
            zh=("至少（万元）", "只有人民币"),
            en="least in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("track.min", "currency"),
            amount=True,
        ),
        Column(
            "max_wan",
            zh=("至多（万元）", "只有人民币"),
            en="greatest in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("track.max", "currency"),
            amount=True,
        ),
        quote(),
    ),
    _tracks,
)

OTHER_PARTS: Frame[OtherPart] = Frame(
    "other_parts",
    "其他栏目",
    Label("一行一个不属于任何栏目的部分", "one row for each labelled part that no field takes"),
    (
        *where(),
        Column("label", zh=("标签", "原文的标签"), en="its label", dtype=TEXT, read=path("label")),
        Column("text", zh=("原文", "标签后的原文"), en="the words after it", dtype=TEXT, read=path("text")),
    ),
    lambda guide: (TableRow(guide, one.number, each, each.evidence) for one in guide.sections for each in one.other),
)
