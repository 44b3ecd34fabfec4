"""Tables of guides: facts, checks, findings."""

from collections.abc import Callable, Sequence
from typing import Any

from extract.export.labels import OF_THE_GUIDE, OUTCOMES, SEVERITIES
from extract.export.tables.columns import (
    BOOL,
    FLOAT,
    INT,
    LIST,
    TEXT,
    Column,
    Frame,
    TableRow,
    in_wan,
    listed,
    names,
    on_page,
    path,
    quoted_lines,
    where,
    whose,
)
from extract.export.tables.field_columns import COLUMNS, words_column
from extract.model.fields import FIELDS, Label, corrections_of
from extract.model.finding_catalogue import Severity
from extract.model.record import Attachment, Basis, Check, Finding, Guide, QuotedWords


def _findings_of_severity(severity: Severity) -> Callable[[TableRow[Guide]], int]:
    return lambda row: sum(finding.severity == severity for finding in row.value.findings)


def _contradicted(checks: Sequence[Check]) -> int:
    return sum(check.outcome == "contradicted" for check in checks)


def _words(quoted: Sequence[QuotedWords]) -> str | None:
    return listed(one.text for one in quoted)


def _files(attachments: Sequence[Attachment]) -> str | None:
    """Join the words of links and their addresses: 申报书（./P02019.docx）."""
    return listed(f"{one.name}（{one.address}）" for one in attachments)


def _document_names(documents: Sequence[Basis]) -> str | None:
    """Join titles and numbers of documents: 《…》的通知（国发〔2014〕64号）."""
    return listed(
        f"{document.title}（{document.number}）" if document.number else document.title for document in documents
    )


_DECLARED: tuple[Column[Guide], ...] = (
    Column(
        "declared_partners",
        zh=("总则·合作方数", "总则写的国家、地区与组织数"),
        en="number of partners that the introduction states",
        dtype=INT,
        read=path("guide.declared.partners.count"),
        corrected="declared.partners",
    ),
    Column(
        "declared_directions",
        zh=("总则·方向数", "总则写的方向数"),
        en="number of directions that the introduction states",
        dtype=INT,
        read=path("guide.declared.directions.count"),
        corrected="declared.directions",
    ),
    Column(
        "declared_projects_min",
        zh=("总则·项目至少", "总则写的项目数下限"),
        en="least number of projects that it states",
        dtype=INT,
        read=path("guide.declared.projects.min"),
        corrected="declared.projects",
    ),
    Column(
        "declared_projects_max",
        zh=("总则·项目至多", "总则写的项目数上限"),
        en="greatest number of projects that it states",
        dtype=INT,
        read=path("guide.declared.projects.max"),
        corrected="declared.projects",
    ),
    Column(
        "declared_projects_approximate",
        zh=("总则·项目约数", "原文写约、左右、近"),
        en="it says 约, 左右 or 近",
        dtype=BOOL,
        read=path("guide.declared.projects.approximate"),
        corrected="declared.projects",
    ),
    Column(
        "declared_currency",
        zh=("总则·币种", "ISO 4217"),
        en="currency of the money that it states, ISO 4217",
        dtype=TEXT,
        read=path("guide.declared.funding.currency"),
        corrected="declared.funding",
    ),
    Column(
        "declared_funding_min_wan",
        zh=("总则·经费至少（万元）", "只有人民币"),
        en="least total in 万元; yuan alone",
        dtype=FLOAT,
        read=in_wan("guide.declared.funding.min", "guide.declared.funding.currency"),
        amount=True,
        corrected="declared.funding",
    ),
    Column(
        "declared_funding_max_wan",
        zh=("总则·经费至多（万元）", "只有人民币"),
        en="greatest total in 万元; yuan alone",
        dtype=FLOAT,
        read=in_wan("guide.declared.funding.max", "guide.declared.funding.currency"),
        amount=True,
        corrected="declared.funding",
    ),
    Column(
        "declared_funding_min",
        zh=("总则·经费至少（元）", "币种的元"),
        en="least total in whole units of the currency",
        dtype=INT,
        read=path("guide.declared.funding.min"),
        amount=True,
        corrected="declared.funding",
    ),
    Column(
        "declared_funding_max",
        zh=("总则·经费至多（元）", "币种的元"),
        en="greatest total in whole units of the currency",
        dtype=INT,
        read=path("guide.declared.funding.max"),
        amount=True,
        corrected="declared.funding",
    ),
    Column(
        "declared_funding_approximate",
        zh=("总则·经费约数", "原文写约、左右、近"),
        en="it says 约, 左右 or 近",
        dtype=BOOL,
        read=path("guide.declared.funding.approximate"),
        corrected="declared.funding",
    ),
)

_TOTALS = ("project_count_min", "project_count_max", "funding_min_wan", "funding_max_wan", "funding_min", "funding_max")


def _of_all_sections(field: str) -> tuple[Column[Guide], ...]:
    """Return the columns of a field of `common`: the figures of a section but its totals, and the words."""
    figures = [column for column in COLUMNS[field] if column.key not in _TOTALS] if FIELDS[field].figure else []
    return tuple(_common_column(field, column) for column in (*figures, words_column(field)))


def _common_column(field: str, column: Column[Any]) -> Column[Guide]:
    return Column(
        f"common_{column.key}",
        zh=(f"通用·{column.header}", column.meaning),
        en=f"for all sections: {column.en}",
        dtype=column.dtype,
        read=lambda row: column.read(TableRow(row.guide, None, row.value.guide.common, ())),
        amount=column.amount,
        corrected=f"common.{field}",
    )


_COMMON: tuple[Column[Guide], ...] = tuple(column for field in FIELDS for column in _of_all_sections(field))

_EARLIER: tuple[Column[Guide], ...] = (
    Column(
        "previous_year",
        zh=("上一轮·年度", "总则写到的上一轮的年度"),
        en="year of the earlier round that it tells of",
        dtype=INT,
        read=path("guide.previous.year"),
        corrected="previous",
    ),
    Column(
        "previous_count",
        zh=("上一轮·合作方数", "上一轮的合作方数"),
        en="number of partners of that round",
        dtype=INT,
        read=path("guide.previous.count"),
        corrected="previous",
    ),
    Column(
        "previous_partners",
        zh=("上一轮·合作方", f"名称，以“{LIST}”分隔"),
        en=f"their names, with `{LIST}` between them",
        dtype=TEXT,
        read=path("guide.previous.partners", names),
        corrected="previous",
    ),
    Column(
        "basis",
        zh=("依据", f"所据文件及文号，以“{LIST}”分隔"),
        en=f"the documents that it rests on, with their numbers and `{LIST}` between them",
        dtype=TEXT,
        read=path("guide.basis", _document_names),
        corrected="basis",
    ),
)

_NOTICE: tuple[Column[Guide], ...] = (
    Column(
        "notice_number",
        zh=("通知·文号", "发布本指南的通知的文号"),
        en="number of the notice that issues it",
        dtype=TEXT,
        read=path("guide.document.number.text"),
    ),
    Column(
        "notice_issuer",
        zh=("通知·发文机关", f"以“{LIST}”分隔"),
        en=f"who issues the notice, with `{LIST}` between them",
        dtype=TEXT,
        read=path("guide.document.issuer", _words),
    ),
    Column(
        "notice_date",
        zh=("通知·成文日期", "通知落款的日期"),
        en="day on which the notice was signed, ISO",
        dtype=TEXT,
        read=path("guide.document.date.date"),
    ),
    Column(
        "apply_from",
        zh=("申报开始", "通知写的受理时间，起"),
        en="when applications are taken, from: ISO, with the time that the notice states",
        dtype=TEXT,
        read=path("guide.document.period.start"),
    ),
    Column(
        "apply_to",
        zh=("申报截止", "通知写的受理时间，止"),
        en="… and to",
        dtype=TEXT,
        read=path("guide.document.period.end"),
    ),
)

_COUNTED: tuple[Column[Guide], ...] = (
    Column("sections", zh=("节数", "节的个数"), en="number of sections", dtype=INT, read=path("sections", len)),
    Column(
        "contradicted",
        zh=("矛盾数", "结果为矛盾的核对数"),
        en="number of checks that are contradicted",
        dtype=INT,
        read=path("checks", _contradicted),
    ),
    Column(
        "findings_warning",
        zh=("注意数", "“注意”的个数"),
        en="number of findings of severity `warning`",
        dtype=INT,
        read=_findings_of_severity("warning"),
    ),
    Column(
        "findings_error",
        zh=("错误数", "“错误”的个数"),
        en="number of findings of severity `error`",
        dtype=INT,
        read=_findings_of_severity("error"),
    ),
    Column(
        "glyphs",
        zh=("字符数", "文件中印出的字符数"),
        en="number of printed characters",
        dtype=INT,
        read=path("account.glyphs"),
    ),
    Column(
        "unclaimed",
        zh=("未归字符数", "没有归处的字符数"),
        en="number of characters that nothing claims",
        dtype=INT,
        read=path("account.unclaimed"),
    ),
)

GUIDES: Frame[Guide] = Frame(
    "guides",
    "指南",
    Label("一行一份指南：总则所写，以及读取的结果", "one row for each guide: what it says of itself, how it was read"),
    (
        *whose(),
        on_page(),
        Column(
            "title", zh=("标题", "题名"), en="the title block", dtype=TEXT, read=path("guide.title"), corrected="title"
        ),
        Column(
            "programme",
            zh=("专项", "专项名称"),
            en="the programme's name",
            dtype=TEXT,
            read=path("guide.programme"),
            corrected="programme",
        ),
        Column(
            "year",
            zh=("年度", "题名中的年度"),
            en="year of the title block",
            dtype=INT,
            read=path("guide.year"),
            corrected="year",
        ),
        Column(
            "batch",
            zh=("批次", "批次；空：没有写"),
            en="batch; empty where it has none",
            dtype=INT,
            read=path("guide.batch"),
            corrected="batch",
        ),
        *_COUNTED,
        *_DECLARED,
        *_COMMON,
        *_EARLIER,
        *_NOTICE,
        Column(
            "corrected",
            zh=("人工更正", "由人更正过的、指南说到自己的值"),
            en=f"what a person corrected of it, with `{LIST}` between them (`declared.funding`)",
            dtype=TEXT,
            read=path("guide", lambda facts: listed(corrections_of(facts))),
            words=OF_THE_GUIDE,
        ),
        Column(
            "pages", zh=("页数", "文件的页数"), en="number of pages of the file", dtype=INT, read=path("source.pages")
        ),
        Column(
            "reader",
            zh=("读取", "所用读取器"),
            en="whose reading it is: `pdfplumber`, `pdfium`, `docx`, `xlsx`, `html`, `markdown`, `ocr` or `text`",
            dtype=TEXT,
            read=path("source.reader"),
        ),
        Column(
            "attachments",
            zh=("附件", f"网页所链接的文件及其地址，以“{LIST}”分隔"),
            en=f"the files to which a web page links, with their addresses and `{LIST}` between them",
            dtype=TEXT,
            read=path("source.attachments", _files),
        ),
        Column(
            "sha256", zh=("SHA-256", "文件的校验和"), en="checksum of the file", dtype=TEXT, read=path("source.sha256")
        ),
    ),
    lambda guide: [TableRow(guide, None, guide, guide.guide.evidence)],
    identifying=2,
)

_CODE: Column[Any] = Column(
    "code", zh=("代码", "见 docs/findings.md"), en="see [findings.md](findings.md)", dtype=TEXT, read=path("code")
)

CHECKS: Frame[Check] = Frame(
    "checks",
    "核对",
    Label("一行一项核对", "one row for each check of the record"),
    (
        *where(),
        _CODE,
        Column(
            "outcome",
            zh=("结果", "得证、不矛盾、矛盾"),
            en="`proved`, `consistent` or `contradicted`",
            dtype=TEXT,
            read=path("outcome"),
            words=OUTCOMES,
        ),
        Column("message", zh=("内容", "核对的内容"), en="what was checked", dtype=TEXT, read=path("message")),
        Column(
            "sections",
            zh=("涉及的节", f"编号，以“{LIST}”分隔"),
            en=f"numbers of sections, with `{LIST}` between them",
            dtype=TEXT,
            read=path("sections", listed),
        ),
        Column(
            "quote",
            zh=("原文", "所据原文，一行一处"),
            en="the words that it was read from, line by line",
            dtype=TEXT,
            read=quoted_lines,
        ),
    ),
    lambda guide: (TableRow(guide, None, one, one.evidence) for one in guide.checks),
)

FINDINGS: Frame[Finding] = Frame(
    "findings",
    "问题",
    Label("一行一个需要人看的地方", "one row for each thing that a person should look at"),
    (
        *where(),
        _CODE,
        Column(
            "severity",
            zh=("轻重", "提示、注意、错误"),
            en="`info`, `warning` or `error`",
            dtype=TEXT,
            read=path("severity"),
            words=SEVERITIES,
        ),
        Column("message", zh=("内容", "需要看什么"), en="what to look at", dtype=TEXT, read=path("message")),
        Column(
            "quote",
            zh=("原文", "所指原文，一行一处"),
            en="the words that it is about, line by line",
            dtype=TEXT,
            read=quoted_lines,
        ),
    ),
    lambda guide: (TableRow(guide, one.section, one, one.evidence) for one in guide.findings),
)
