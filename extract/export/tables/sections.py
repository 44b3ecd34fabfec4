"""The table of sections: a row each, with the figures, the words and the state of its six fields."""

from collections.abc import Callable, Iterator

from msgspec import UNSET

from extract.export.labels import FIELDS, OF_A_SECTION, STATUSES, Label
from extract.export.tables.columns import LIST, WAN, YUAN, Column, Dtype, Frame, TableRow, listed, page, where
from extract.model.findings import Severity
from extract.model.record import Guide, Section
from extract.model.values import Money, Topic

_Read = Callable[[TableRow[Section]], object]


def items(guide: Guide) -> Iterator[TableRow[Section]]:
    """The sections of a guide."""
    return (TableRow(guide, one.number, one, one.evidence) for one in guide.sections)


def _value(field: str, *keys: str) -> _Read:
    """What stands under the keys of a field's value; None where a part of the way is not there."""

    def read(item: TableRow[Section]) -> object:
        found = getattr(item.value, field).value
        for key in keys:
            found = None if found is None else getattr(found, key)
        return None if found is UNSET else found

    return read


def _of_field(field: str, key: str) -> _Read:
    return lambda item: getattr(getattr(item.value, field), key)


def _size(field: str, *keys: str) -> _Read:
    """How many there are; None where the field has no value."""
    read = _value(field, *keys)

    def size(item: TableRow[Section]) -> int | None:
        found = read(item)
        return len(found) if isinstance(found, tuple) else None

    return size


def _names(field: str, key: str) -> _Read:
    """A list of words as one cell."""
    read = _value(field, key)

    def names(item: TableRow[Section]) -> str | None:
        found = read(item)
        return listed(found) if isinstance(found, tuple) else None

    return names


def _in_wan(*keys: str) -> _Read:
    """An amount of yuan in tens of thousands; None for another currency."""
    read = _value("funding", *keys)

    def wan(item: TableRow[Section]) -> float | None:
        money, amount = item.value.funding.value, read(item)
        return amount / WAN if money and money.currency == YUAN and isinstance(amount, int) else None

    return wan


def _all_topics(item: TableRow[Section]) -> int | None:
    topics = item.value.fields.value
    return None if topics is None else _count(topics.items)


def _count(topics: tuple[Topic, ...]) -> int:
    return sum(1 + _count(topic.items) for topic in topics)


def _currency(item: TableRow[Section]) -> str | None:
    money: Money | None = item.value.funding.value
    return money.currency if money else None


def _findings(severity: Severity) -> _Read:
    return lambda item: sum(one.section == item.section and one.severity == severity for one in item.guide.findings)


def _corrected(item: TableRow[Section]) -> str | None:
    own = item.value.corrected or {}
    return listed([*own, *(field for field in FIELDS if getattr(item.value, field).corrected is not None)])


def _in(
    field: str, key: str, header: str, dtype: Dtype, zh: str, en: str, read: _Read, *, amount: bool = False
) -> Column[Section]:
    """A column of a field: its key and its header begin with the field's."""
    return Column(f"{field}_{key}", header, dtype, zh, en, read, amount=amount, field=field)


def _status(field: str) -> Column[Section]:
    name = FIELDS[field]
    return Column(
        f"{field}_status",
        f"{name.zh}·状态",
        "string",
        f"{name.zh}：写明、写无、未列（没有这一栏）、从总则、未读懂",
        "`stated`, `none` (the guide writes 无), `absent` (no such label), `inherited` or `unread`",
        _of_field(field, "status"),
        STATUSES,
        field=field,
    )


def _words(field: str) -> tuple[Column[Section], ...]:
    """What a field says in its own words, and where they stand."""
    name = FIELDS[field]
    return (
        _in(field, "page", f"{name.zh}·页", "Int64", "原文所在页", "page of its words",
            lambda item: page(getattr(item.value, field).evidence)),
        _in(field, "text", f"{name.zh}·原文", "string", "标签后的原文（修复断行后）",
            "the words after the label, line ends joined", _of_field(field, "text")),
    )  # fmt: skip


_PARTNERS: tuple[Column[Section], ...] = (
    Column("partner_names", "合作方", "string", f"各合作方的中文简称，以“{LIST}”分隔",
           f"short Chinese names, with `{LIST}` between them",
           lambda item: listed(one.name for one in item.value.partners), corrected="partners"),
    Column("partner_codes", "合作方代码", "string", "ISO 3166-1 或缩写，次序同名称；? 表示未知",
           "codes in the order of the names; `?` where none is known",
           lambda item: listed(one.code or "?" for one in item.value.partners), corrected="partners"),
)  # fmt: skip

_COUNT: tuple[Column[Section], ...] = (
    _status("project_count"),
    _in("project_count", "min", "项目数·至少", "Int64", "下限；空：下限未写", "least number; empty: open below",
        _value("project_count", "min")),
    _in("project_count", "max", "项目数·至多", "Int64", "上限；空：上限未写", "greatest number; empty: open above",
        _value("project_count", "max")),
    _in("project_count", "approximate", "项目数·约数", "boolean", "原文写约、左右、近",
        "the guide says 约, 左右 or 近", _value("project_count", "approximate")),
    _in("project_count", "per", "项目数·每", "string", "另写每个什么（如领域）几个",
        "of what the guide states a number each (领域)", _value("project_count", "per", "unit")),
    _in("project_count", "per_min", "项目数·每个至少", "Int64", "每个的下限", "least number for each",
        _value("project_count", "per", "min")),
    _in("project_count", "per_max", "项目数·每个至多", "Int64", "每个的上限", "greatest number for each",
        _value("project_count", "per", "max")),
)  # fmt: skip

_FUNDING: tuple[Column[Section], ...] = (
    _status("funding"),
    _in("funding", "currency", "经费·币种", "string", "ISO 4217", "currency, ISO 4217", _currency),
    _in("funding", "min_wan", "经费·至少（万元）", "Float64", "总额下限；只有人民币",
        "least total in 万元; yuan alone", _in_wan("min"), amount=True),
    _in("funding", "max_wan", "经费·至多（万元）", "Float64", "总额上限；只有人民币",
        "greatest total in 万元; yuan alone", _in_wan("max"), amount=True),
    _in("funding", "approximate", "经费·约数", "boolean", "原文写约、左右、近", "the guide says 约, 左右 or 近",
        _value("funding", "approximate")),
    _in("funding", "per_project_min_wan", "每项·至少（万元）", "Float64", "每个项目的下限；只有人民币",
        "least for each project in 万元; yuan alone", _in_wan("per_project", "min"), amount=True),
    _in("funding", "per_project_max_wan", "每项·至多（万元）", "Float64", "每个项目的上限；只有人民币",
        "greatest for each project in 万元; yuan alone", _in_wan("per_project", "max"), amount=True),
    _in("funding", "min", "经费·至少（元）", "Int64", "总额下限，币种的元",
        "least total in whole units of the currency", _value("funding", "min"), amount=True),
    _in("funding", "max", "经费·至多（元）", "Int64", "总额上限，币种的元",
        "greatest total in whole units of the currency", _value("funding", "max"), amount=True),
    _in("funding", "per_project_min", "每项·至少（元）", "Int64", "每个项目的下限，币种的元",
        "least for each project in whole units of the currency", _value("funding", "per_project", "min"), amount=True),
    _in("funding", "per_project_max", "每项·至多（元）", "Int64", "每个项目的上限，币种的元",
        "greatest for each project in whole units of the currency", _value("funding", "per_project", "max"),
        amount=True),
)  # fmt: skip

_DURATION: tuple[Column[Section], ...] = (
    _status("duration"),
    _in("duration", "min_months", "执行期·至少（月）", "Int64", "月数下限", "least number of months",
        _value("duration", "min_months")),
    _in("duration", "max_months", "执行期·至多（月）", "Int64", "月数上限", "greatest number of months",
        _value("duration", "max_months")),
    _in("duration", "start", "执行期·起", "string", "起始日期，写明起止时才有",
        "first day, ISO; only where the guide gives dates", _value("duration", "start")),
    _in("duration", "end", "执行期·止", "string", "终止日期，写明起止时才有",
        "last day, ISO; only where the guide gives dates", _value("duration", "end")),
)  # fmt: skip

_OTHERS: tuple[Column[Section], ...] = (
    _status("fields"),
    _in("fields", "topics", "领域·第一层数", "Int64", "第一层领域的个数", "number of topics on the first level",
        _size("fields", "items")),
    _in("fields", "topics_all", "领域·各层数", "Int64", "各层领域的个数之和", "number of topics on all levels",
        _all_topics),
    _in("fields", "unrestricted", "领域·不限", "boolean", "原文写领域不限", "the guide says 领域不限",
        _value("fields", "unrestricted")),
    _in("fields", "open_ended", "领域·有等", "boolean", "名单以等结尾", "the list ends in 等",
        _value("fields", "open_ended")),
    _in("fields", "keywords", "领域·关键词", "string", "关键词", "keywords", _names("fields", "keywords")),
    _in("fields", "lead", "领域·引语", "string", "名单前的话", "the words before the list", _value("fields", "lead")),
    _status("agreement"),
    _in("agreement", "documents", "协议·文件数", "Int64", "文件的个数", "number of documents",
        _size("agreement", "documents")),
    _in("agreement", "remarks", "协议·附言", "string", "书名号之外的话", "what is said beside the titles",
        _names("agreement", "remarks")),
    _status("requirements"),
    _in("requirements", "items", "要求·条数", "Int64", "要求的条数", "number of requirements",
        _size("requirements", "items")),
    _in("requirements", "lead", "要求·引语", "string", "第一条前的话", "the words before the first one",
        _value("requirements", "lead")),
)  # fmt: skip

_LOOKED_AT: tuple[Column[Section], ...] = (
    Column("findings_warning", "注意数", "Int64", "本节“注意”的个数", "number of findings of severity `warning`",
           _findings("warning")),
    Column("findings_error", "错误数", "Int64", "本节“错误”的个数", "number of findings of severity `error`",
           _findings("error")),
    Column("corrected", "人工更正", "string", "由人更正过的栏目",
           f"what a person corrected, with `{LIST}` between them", _corrected, OF_A_SECTION),
)  # fmt: skip

SECTIONS: Frame[Section] = Frame(
    "sections",
    "各节",
    Label("一行一节：合作方、六个栏目的数值、状态与原文", "one row for each section of the guide"),
    (
        *where(),
        Column("id", "标识", "string", "年度、批次与编号", "year, batch and number: `2017-1/1.10`",
               lambda item: item.value.id),
        Column("title", "标题", "string", "节的标题", "the heading without its number", lambda item: item.value.title,
               corrected="title"),
        Column("year", "年度", "Int64", "指南的年度", "year of the guide", lambda item: item.guide.guide.year),
        Column("batch", "批次", "Int64", "指南的批次；空：没有写", "batch of the guide; empty where it has none",
               lambda item: item.guide.guide.batch),
        *_PARTNERS, *_COUNT, *_FUNDING, *_DURATION, *_OTHERS, *_LOOKED_AT,
        *(column for field in FIELDS for column in _words(field)),
    ),
    items,
    lines=3,
)  # fmt: skip
