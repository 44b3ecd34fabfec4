"""The table of sections: a row each, with figures, words and status of its fields."""

from collections.abc import Callable, Iterator, Sequence

from extract.export.labels import OF_A_SECTION
from extract.export.tables.columns import INT, LIST, TEXT, Column, Frame, TableRow, listed, names, path, where
from extract.export.tables.field_columns import COLUMNS, columns_of, page_column, words_column
from extract.model.fields import FIELDS, Label, corrections_of
from extract.model.finding_catalogue import Severity
from extract.model.record import Guide, Section
from extract.model.values import Partner


def _section_rows(guide: Guide) -> Iterator[TableRow[Section]]:
    return (TableRow(guide, section.number, section, section.evidence) for section in guide.sections)


def _codes(partners: Sequence[Partner]) -> str | None:
    return listed(partner.code or "?" for partner in partners)


def _findings_of_severity(severity: Severity) -> Callable[[TableRow[Section]], int]:
    def count(row: TableRow[Section]) -> int:
        return sum(one.section == row.section and one.severity == severity for one in row.guide.findings)

    return count


def _corrected(row: TableRow[Section]) -> str | None:
    """Return the names of corrected values, those of the heading first."""
    return listed(corrections_of(row.value))


_PARTNERS: tuple[Column[Section], ...] = (
    Column(
        "partner_names",
        zh=("合作方", f"各合作方的中文简称，以“{LIST}”分隔"),
        en=f"short Chinese names, with `{LIST}` between them",
        dtype=TEXT,
        read=path("partners", names),
        corrected="partners",
    ),
    Column(
        "partner_codes",
        zh=("合作方代码", "ISO 3166-1 或缩写，次序同名称；? 表示未知"),
        en="codes in the order of the names; `?` where none is known",
        dtype=TEXT,
        read=path("partners", _codes),
        corrected="partners",
    ),
)

_LOOKED_AT: tuple[Column[Section], ...] = (
    Column(
        "findings_warning",
        zh=("注意数", "本节“注意”的个数"),
        en="number of findings of severity `warning`",
        dtype=INT,
        read=_findings_of_severity("warning"),
    ),
    Column(
        "findings_error",
        zh=("错误数", "本节“错误”的个数"),
        en="number of findings of severity `error`",
        dtype=INT,
        read=_findings_of_severity("error"),
    ),
    Column(
        "corrected",
        zh=("人工更正", "由人更正过的栏目"),
        en=f"what a person corrected, with `{LIST}` between them",
        dtype=TEXT,
        read=_corrected,
        words=OF_A_SECTION,
    ),
)

SECTIONS: Frame[Section] = Frame(
    "sections",
    "各节",
    Label("一行一节：合作方、各栏目的数值、状态与原文", "one row for each section of the guide"),
    (
        *where(),
        Column(
            "id",
            zh=("标识", "年度、批次与编号"),
            en="year, batch and number: `2017-1/1.10`",
            dtype=TEXT,
            read=path("id"),
        ),
        Column(
            "title",
            zh=("标题", "节的标题"),
            en="the heading without its number",
            dtype=TEXT,
            read=path("title"),
            corrected="title",
        ),
        Column(
            "year",
            zh=("年度", "指南的年度"),
            en="year of the guide",
            dtype=INT,
            read=lambda row: row.guide.guide.year,
        ),
        Column(
            "batch",
            zh=("批次", "指南的批次；空：没有写"),
            en="batch of the guide; empty where it has none",
            dtype=INT,
            read=lambda row: row.guide.guide.batch,
        ),
        *_PARTNERS,
        *(column for field in COLUMNS for column in columns_of(field)),
        *_LOOKED_AT,
        *(column for field in FIELDS for column in (page_column(field), words_column(field))),
    ),
    _section_rows,
    lines=3,
)
