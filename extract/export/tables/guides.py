"""The tables of whole guides: what each says of itself, what was checked, what a person should look at."""

from collections.abc import Callable

from msgspec import UNSET

from extract.export.labels import OF_THE_GUIDE, OUTCOMES, SEVERITIES, Label
from extract.export.tables.columns import (
    LIST,
    WAN,
    YUAN,
    Column,
    Dtype,
    Frame,
    TableRow,
    lines,
    listed,
    on_page,
    where,
    whose,
)
from extract.model.findings import Severity
from extract.model.record import Basis, Check, Finding, Guide


def _declared(*keys: str) -> Callable[[TableRow[Guide]], object]:
    """What stands under keys of what the introduction declares; None where a part of the way is not there."""

    def read(item: TableRow[Guide]) -> object:
        found: object = item.value.guide.declared
        for key in keys:
            found = None if found is None else getattr(found, key)
        return None if found is UNSET else found

    return read


def _in_wan(key: str) -> Callable[[TableRow[Guide]], float | None]:
    """A declared amount of yuan in tens of thousands; None for another currency."""

    def wan(item: TableRow[Guide]) -> float | None:
        money = item.value.guide.declared.funding
        amount = getattr(money, key) if money and money.currency == YUAN else None
        return None if amount is None else amount / WAN

    return wan


def _says(key: str, header: str, dtype: Dtype, zh: str, en: str, *keys: str, amount: bool = False) -> Column[Guide]:
    name = f"declared.{keys[0]}"
    return Column(f"declared_{key}", header, dtype, zh, en, _declared(*keys), amount=amount, corrected=name)


def _findings(severity: Severity) -> Callable[[TableRow[Guide]], int]:
    return lambda item: sum(one.severity == severity for one in item.value.findings)


def _named(basis: Basis) -> str:
    return f"{basis.title}（{basis.number}）" if basis.number else basis.title


_DECLARED: tuple[Column[Guide], ...] = (
    _says("partners", "总则·合作方数", "Int64", "总则写的国家、地区与组织数",
          "number of partners that the introduction states", "partners", "count"),
    _says("directions", "总则·方向数", "Int64", "总则写的方向数", "number of directions that the introduction states",
          "directions", "count"),
    _says("projects_min", "总则·项目至少", "Int64", "总则写的项目数下限", "least number of projects that it states",
          "projects", "min"),
    _says("projects_max", "总则·项目至多", "Int64", "总则写的项目数上限",
          "greatest number of projects that it states", "projects", "max"),
    _says("projects_approximate", "总则·项目约数", "boolean", "原文写约、左右、近", "it says 约, 左右 or 近",
          "projects", "approximate"),
    _says("currency", "总则·币种", "string", "ISO 4217", "currency of the money that it states, ISO 4217", "funding",
          "currency"),
    Column("declared_funding_min_wan", "总则·经费至少（万元）", "Float64", "只有人民币",
           "least total in 万元; yuan alone", _in_wan("min"), amount=True, corrected="declared.funding"),
    Column("declared_funding_max_wan", "总则·经费至多（万元）", "Float64", "只有人民币",
           "greatest total in 万元; yuan alone", _in_wan("max"), amount=True, corrected="declared.funding"),
    _says("funding_min", "总则·经费至少（元）", "Int64", "币种的元", "least total in whole units of the currency",
          "funding", "min", amount=True),
    _says("funding_max", "总则·经费至多（元）", "Int64", "币种的元", "greatest total in whole units of the currency",
          "funding", "max", amount=True),
    _says("funding_approximate", "总则·经费约数", "boolean", "原文写约、左右、近", "it says 约, 左右 or 近",
          "funding", "approximate"),
    _says("min_months", "总则·执行期至少（月）", "Int64", "月数下限", "least number of months", "duration",
          "min_months"),
    _says("max_months", "总则·执行期至多（月）", "Int64", "月数上限", "greatest number of months", "duration",
          "max_months"),
    _says("start", "总则·执行期起", "string", "起始日期", "first day, ISO; only where it gives dates", "duration",
          "start"),
    _says("end", "总则·执行期止", "string", "终止日期", "last day, ISO; only where it gives dates", "duration",
          "end"),
)  # fmt: skip

_EARLIER: tuple[Column[Guide], ...] = (
    Column("previous_year", "上一轮·年度", "Int64", "总则写到的上一轮的年度",
           "year of the earlier round that it tells of",
           lambda item: item.value.guide.previous and item.value.guide.previous.year, corrected="previous"),
    Column("previous_count", "上一轮·合作方数", "Int64", "上一轮的合作方数", "number of partners of that round",
           lambda item: item.value.guide.previous and item.value.guide.previous.count, corrected="previous"),
    Column("previous_partners", "上一轮·合作方", "string", f"名称，以“{LIST}”分隔",
           f"their names, with `{LIST}` between them",
           lambda item: item.value.guide.previous and listed(one.name for one in item.value.guide.previous.partners),
           corrected="previous"),
    Column("basis", "依据", "string", f"所据文件及文号，以“{LIST}”分隔",
           f"the documents that it rests on, with their numbers and `{LIST}` between them",
           lambda item: listed(_named(one) for one in item.value.guide.basis), corrected="basis"),
)  # fmt: skip

_COUNTED: tuple[Column[Guide], ...] = (
    Column("sections", "节数", "Int64", "节的个数", "number of sections", lambda item: len(item.value.sections)),
    Column("contradicted", "矛盾数", "Int64", "结果为矛盾的核对数", "number of checks that are contradicted",
           lambda item: sum(one.outcome == "contradicted" for one in item.value.checks)),
    Column("findings_warning", "注意数", "Int64", "“注意”的个数", "number of findings of severity `warning`",
           _findings("warning")),
    Column("findings_error", "错误数", "Int64", "“错误”的个数", "number of findings of severity `error`",
           _findings("error")),
    Column("glyphs", "字符数", "Int64", "文件中印出的字符数", "number of printed characters",
           lambda item: item.value.account.glyphs),
    Column("unclaimed", "未归字符数", "Int64", "没有归处的字符数", "number of characters that nothing claims",
           lambda item: item.value.account.unclaimed),
)  # fmt: skip

GUIDES: Frame[Guide] = Frame(
    "guides",
    "指南",
    Label("一行一份指南：总则所写，以及读取的结果", "one row for each guide: what it says of itself, how it was read"),
    (
        *whose(), on_page(),
        Column("title", "标题", "string", "题名", "the title block", lambda item: item.value.guide.title,
               corrected="title"),
        Column("programme", "专项", "string", "专项名称", "the programme's name",
               lambda item: item.value.guide.programme, corrected="programme"),
        Column("year", "年度", "Int64", "题名中的年度", "year of the title block", lambda item: item.value.guide.year,
               corrected="year"),
        Column("batch", "批次", "Int64", "批次；空：没有写", "batch; empty where it has none",
               lambda item: item.value.guide.batch, corrected="batch"),
        *_COUNTED, *_DECLARED, *_EARLIER,
        Column("corrected", "人工更正", "string", "由人更正过的、指南说到自己的值",
               f"what a person corrected of it, with `{LIST}` between them (`declared.funding`)",
               lambda item: listed(item.value.guide.corrected or ()), OF_THE_GUIDE),
        Column("pages", "页数", "Int64", "文件的页数", "number of pages of the file",
               lambda item: item.value.source.pages),
        Column("reader", "读取", "string", "所用读取器", "whose reading it is: `pdfplumber`, `pdfium` or `text`",
               lambda item: item.value.source.reader),
        Column("sha256", "SHA-256", "string", "文件的校验和", "checksum of the file",
               lambda item: item.value.source.sha256),
    ),
    lambda guide: [TableRow(guide, None, guide, guide.guide.evidence)],
    identifying=2,
)  # fmt: skip

CHECKS: Frame[Check] = Frame(
    "checks",
    "核对",
    Label("一行一项核对", "one row for each check of the record"),
    (
        *where(),
        Column("code", "代码", "string", "见 docs/findings.md", "see [findings.md](findings.md)",
               lambda item: item.value.code),
        Column("outcome", "结果", "string", "得证、不矛盾、矛盾", "`proved`, `consistent` or `contradicted`",
               lambda item: item.value.outcome, OUTCOMES),
        Column("message", "内容", "string", "核对的内容", "what was checked", lambda item: item.value.message),
        Column("sections", "涉及的节", "string", f"编号，以“{LIST}”分隔",
               f"numbers of sections, with `{LIST}` between them", lambda item: listed(item.value.sections)),
        Column("quote", "原文", "string", "所据原文，一行一处", "the words that it was read from, line by line",
               lines),
    ),
    lambda guide: (TableRow(guide, None, one, one.evidence) for one in guide.checks),
)  # fmt: skip

FINDINGS: Frame[Finding] = Frame(
    "findings",
    "问题",
    Label("一行一个需要人看的地方", "one row for each thing that a person should look at"),
    (
        *where(),
        Column("code", "代码", "string", "见 docs/findings.md", "see [findings.md](findings.md)",
               lambda item: item.value.code),
        Column("severity", "轻重", "string", "提示、注意、错误", "`info`, `warning` or `error`",
               lambda item: item.value.severity, SEVERITIES),
        Column("message", "内容", "string", "需要看什么", "what to look at", lambda item: item.value.message),
        Column("quote", "原文", "string", "所指原文，一行一处", "the words that it is about, line by line", lines),
    ),
    lambda guide: (TableRow(guide, one.section, one, one.evidence) for one in guide.findings),
)  # fmt: skip
