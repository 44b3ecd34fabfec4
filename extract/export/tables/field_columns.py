"""The columns of each field of a section: its status, its words, and the figures in its value."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from extract.export.labels import STATUSES
from extract.export.tables.columns import BOOL, FLOAT, INT, TEXT, Column, first_page, in_wan, listed, path
from extract.model.fields import FIELDS
from extract.model.record import Section
from extract.model.values import Topic


def _topics_on_all_levels(topics: Sequence[Topic]) -> int:
    return sum(1 + _topics_on_all_levels(topic.items) for topic in topics)


def _status_column(field: str) -> Column[Section]:
    name = FIELDS[field].label.zh
    return Column(
        f"{field}_status",
        zh=(f"{name}·状态", f"{name}：写明、写无、未列（没有这一栏）、沿用、未读懂"),
        en="`stated`, `none` (the guide writes 无), `absent` (no such label), `inherited` or `unread`",
        dtype=TEXT,
        read=path(f"{field}.status"),
        words=STATUSES,
        field=field,
    )


def page_column(field: str) -> Column[Section]:
    """Return the column of the page of a field's words."""
    return Column(
        f"{field}_page",
        zh=(f"{FIELDS[field].label.zh}·页", "原文所在页"),
        en="page of its words",
        dtype=INT,
        read=path(f"{field}.evidence", first_page),
        field=field,
    )


def words_column(field: str) -> Column[Any]:
    """Return the column of a field's text."""
    return Column(
        f"{field}_text",
        zh=(f"{FIELDS[field].label.zh}·原文", "标签后的原文（修复断行后）"),
        en="the words after the label, line ends joined",
        dtype=TEXT,
        read=path(f"{field}.text"),
        field=field,
    )


# Columns of each field in addition to status and words.
COLUMNS: dict[str, tuple[Column[Section], ...]] = {
    "project_count": (
        Column(
            "project_count_min",
            zh=("项目数·至少", "下限；空：下限未写"),
            en="least number; empty: open below",
            dtype=INT,
            read=path("project_count.value.min"),
        ),
        Column(
            "project_count_max",
            zh=("项目数·至多", "上限；空：上限未写"),
            en="greatest number; empty: open above",
            dtype=INT,
            read=path("project_count.value.max"),
        ),
        Column(
            "project_count_approximate",
            zh=("项目数·约数", "原文写约、左右、近"),
            en="the guide says 约, 左右 or 近",
            dtype=BOOL,
            read=path("project_count.value.approximate"),
        ),
        Column(
            "project_count_per",
            zh=("项目数·每", "另写每个什么（如领域）几个"),
            en="of what the guide states a number each (领域)",
            dtype=TEXT,
            read=path("project_count.value.per.unit"),
        ),
        Column(
            "project_count_per_min",
            zh=("项目数·每个至少", "每个的下限"),
            en="least number for each",
            dtype=INT,
            read=path("project_count.value.per.min"),
        ),
        Column(
            "project_count_per_max",
            zh=("项目数·每个至多", "每个的上限"),
            en="greatest number for each",
            dtype=INT,
            read=path("project_count.value.per.max"),
        ),
    ),
    "funding": (
        Column(
            "funding_currency",
            zh=("经费·币种", "ISO 4217"),
            en="currency, ISO 4217",
            dtype=TEXT,
            read=path("funding.value.currency"),
        ),
        Column(
            "funding_min_wan",
            zh=("经费·至少（万元）", "总额下限；只有人民币"),
            en="least total in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("funding.value.min", "funding.value.currency"),
            amount=True,
        ),
        Column(
            "funding_max_wan",
            zh=("经费·至多（万元）", "总额上限；只有人民币"),
            en="greatest total in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("funding.value.max", "funding.value.currency"),
            amount=True,
        ),
        Column(
            "funding_approximate",
            zh=("经费·约数", "原文写约、左右、近"),
            en="the guide says 约, 左右 or 近",
            dtype=BOOL,
            read=path("funding.value.approximate"),
        ),
        Column(
            "funding_per_project_min_wan",
            zh=("每项·至少（万元）", "每个项目的下限；只有人民币"),
            en="least for each project in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("funding.value.per_project.min", "funding.value.currency"),
            amount=True,
        ),
        Column(
            "funding_per_project_max_wan",
            zh=("每项·至多（万元）", "每个项目的上限；只有人民币"),
            en="greatest for each project in 万元; yuan alone",
            dtype=FLOAT,
            read=in_wan("funding.value.per_project.max", "funding.value.currency"),
            amount=True,
        ),
        Column(
            "funding_min",
            zh=("经费·至少（元）", "总额下限，币种的元"),
            en="least total in whole units of the currency",
            dtype=INT,
            read=path("funding.value.min"),
            amount=True,
        ),
        Column(
            "funding_max",
            zh=("经费·至多（元）", "总额上限，币种的元"),
            en="greatest total in whole units of the currency",
            dtype=INT,
            read=path("funding.value.max"),
            amount=True,
        ),
        Column(
            "funding_per_project_min",
            zh=("每项·至少（元）", "每个项目的下限，币种的元"),
            en="least for each project in whole units of the currency",
            dtype=INT,
            read=path("funding.value.per_project.min"),
            amount=True,
        ),
        Column(
            "funding_per_project_max",
            zh=("每项·至多（元）", "每个项目的上限，币种的元"),
            en="greatest for each project in whole units of the currency",
            dtype=INT,
            read=path("funding.value.per_project.max"),
            amount=True,
        ),
        Column(
            "funding_per",
            zh=("经费·每", "另写每个什么（如联合实验室、人每年）多少"),
            en="of what the guide states money each (联合实验室, 人每年)",
            dtype=TEXT,
            read=path("funding.value.per.unit"),
        ),
        Column(
            "funding_per_min",
            zh=("经费·每个至少", "每个的下限，币种的元"),
            en="least for each, in whole units of the currency",
            dtype=INT,
            read=path("funding.value.per.min"),
            amount=True,
        ),
        Column(
            "funding_per_max",
            zh=("经费·每个至多", "每个的上限，币种的元"),
            en="greatest for each, in whole units of the currency",
            dtype=INT,
            read=path("funding.value.per.max"),
            amount=True,
        ),
        Column(
            "funding_share_min",
            zh=("资助比例·至少（%）", "占下一列所列费用的百分之几"),
            en="least share of the cost, in percent",
            dtype=FLOAT,
            read=path("funding.value.share.min"),
        ),
        Column(
            "funding_share_max",
            zh=("资助比例·至多（%）", "占下一列所列费用的百分之几"),
            en="greatest share of the cost, in percent",
            dtype=FLOAT,
            read=path("funding.value.share.max"),
        ),
        Column(
            "funding_share_of",
            zh=("资助比例·以…计", "原文所写的费用，如总预算"),
            en="the cost in the words of the guide (总预算)",
            dtype=TEXT,
            read=path("funding.value.share.of"),
        ),
        Column(
            "funding_foreign_currency",
            zh=("对方·币种", "ISO 4217"),
            en="currency of the other side's money, ISO 4217",
            dtype=TEXT,
            read=path("funding.value.foreign.currency"),
        ),
        Column(
            "funding_foreign_min",
            zh=("对方·至少", "对方出资总额下限，其币种的元"),
            en="least total of the other side, in whole units of its currency",
            dtype=INT,
            read=path("funding.value.foreign.min"),
            amount=True,
        ),
        Column(
            "funding_foreign_max",
            zh=("对方·至多", "对方出资总额上限，其币种的元"),
            en="greatest total of the other side, in whole units of its currency",
            dtype=INT,
            read=path("funding.value.foreign.max"),
            amount=True,
        ),
        Column(
            "funding_foreign_per_project_min",
            zh=("对方每项·至少", "对方每个项目的下限"),
            en="least of the other side for each project",
            dtype=INT,
            read=path("funding.value.foreign.per_project.min"),
            amount=True,
        ),
        Column(
            "funding_foreign_per_project_max",
            zh=("对方每项·至多", "对方每个项目的上限"),
            en="greatest of the other side for each project",
            dtype=INT,
            read=path("funding.value.foreign.per_project.max"),
            amount=True,
        ),
    ),
    "duration": (
        Column(
            "duration_min_months",
            zh=("执行期·至少（月）", "月数下限"),
            en="least number of months",
            dtype=INT,
            read=path("duration.value.min_months"),
        ),
        Column(
            "duration_max_months",
            zh=("执行期·至多（月）", "月数上限"),
            en="greatest number of months",
            dtype=INT,
            read=path("duration.value.max_months"),
        ),
        Column(
            "duration_start",
            zh=("执行期·起", "起始日期，写明起止时才有"),
            en="first day, ISO; only where the guide gives dates",
            dtype=TEXT,
            read=path("duration.value.start"),
        ),
        Column(
            "duration_end",
            zh=("执行期·止", "终止日期，写明起止时才有"),
            en="last day, ISO; only where the guide gives dates",
            dtype=TEXT,
            read=path("duration.value.end"),
        ),
    ),
    "fields": (
        Column(
            "fields_topics",
            zh=("领域·第一层数", "第一层领域的个数"),
            en="number of topics on the first level",
            dtype=INT,
            read=path("fields.value.items", len),
        ),
        Column(
            "fields_topics_all",
            zh=("领域·各层数", "各层领域的个数之和"),
            en="number of topics on all levels",
            dtype=INT,
            read=path("fields.value.items", _topics_on_all_levels),
        ),
        Column(
            "fields_unrestricted",
            zh=("领域·不限", "原文写领域不限"),
            en="the guide says 领域不限",
            dtype=BOOL,
            read=path("fields.value.unrestricted"),
        ),
        Column(
            "fields_open_ended",
            zh=("领域·有等", "名单以等结尾"),
            en="the list ends in 等",
            dtype=BOOL,
            read=path("fields.value.open_ended"),
        ),
        Column(
            "fields_keywords",
            zh=("领域·关键词", "关键词"),
            en="keywords",
            dtype=TEXT,
            read=path("fields.value.keywords", listed),
        ),
        Column(
            "fields_lead",
            zh=("领域·引语", "名单前的话"),
            en="the words before the list",
            dtype=TEXT,
            read=path("fields.value.lead"),
        ),
    ),
    "content": (
        Column(
            "content_points",
            zh=("内容·条数", "第一层条目的个数"),
            en="number of points on the first level",
            dtype=INT,
            read=path("content.value.items", len),
        ),
        Column(
            "content_lead",
            zh=("内容·引语", "第一条前的话"),
            en="the words before the first one",
            dtype=TEXT,
            read=path("content.value.lead"),
        ),
    ),
    "indicators": (
        Column(
            "indicators_points",
            zh=("指标·条数", "第一层条目的个数"),
            en="number of points on the first level",
            dtype=INT,
            read=path("indicators.value.items", len),
        ),
        Column(
            "indicators_lead",
            zh=("指标·引语", "第一条前的话"),
            en="the words before the first one",
            dtype=TEXT,
            read=path("indicators.value.lead"),
        ),
    ),
    "agreement": (
        Column(
            "agreement_documents",
            zh=("协议·文件数", "文件的个数"),
            en="number of documents",
            dtype=INT,
            read=path("agreement.value.documents", len),
        ),
        Column(
            "agreement_remarks",
            zh=("协议·附言", "书名号之外的话"),
            en="what is said beside the titles",
            dtype=TEXT,
            read=path("agreement.value.remarks", listed),
        ),
    ),
    "requirements": (
        Column(
            "requirements_items",
            zh=("要求·条数", "要求的条数"),
            en="number of requirements",
            dtype=INT,
            read=path("requirements.value.items", len),
        ),
        Column(
            "requirements_lead",
            zh=("要求·引语", "第一条前的话"),
            en="the words before the first one",
            dtype=TEXT,
            read=path("requirements.value.lead"),
        ),
    ),
}


def columns_of(field: str) -> tuple[Column[Section], ...]:
    """Return the columns of a field's status and value."""
    return (_status_column(field), *(replace(column, field=field) for column in COLUMNS[field]))
