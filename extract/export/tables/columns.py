"""Declaration of tables: columns with meaning in both languages and the function that reads each cell.

Frames and sheet headers are built from these declarations; docs/tables.md is tested against them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar

from msgspec import UNSET, Struct

from extract.export.number_format import WAN, YUAN
from extract.model.fields import Label
from extract.model.record import Guide
from extract.model.section_numbers import round_id
from extract.model.values import Evidence, Partner

LIST = "; "  # joins the entries of a list in a cell

T = TypeVar("T")
Dtype = Literal["string", "Int64", "Float64", "boolean"]  # nullable types of pandas
TEXT: Dtype = "string"
INT: Dtype = "Int64"
FLOAT: Dtype = "Float64"
BOOL: Dtype = "boolean"


class TableRow(Struct, Generic[T], frozen=True):
    """An item of a guide that becomes a row, with the number of its section and its evidence."""

    guide: Guide
    section: str | None
    value: T
    evidence: tuple[Evidence, ...]


class Column(Struct, Generic[T], frozen=True):
    """A column: key, header, meaning, type, and the function that reads its cell.

    `zh`: header and meaning in Chinese; `en`: meaning in English. `words`: labels of the record's closed words.
    `amount`: money. `field`: the field of a section whose status explains an empty cell. `corrected`: the name of the
    value in corrections, if it is no field.
    """

    key: str
    zh: tuple[str, str]
    en: str
    dtype: Dtype
    read: Callable[[TableRow[T]], object]
    words: Mapping[str, Label] | None = None
    amount: bool = False
    field: str | None = None
    corrected: str | None = None

    @property
    def header(self) -> str:
        """The Chinese header."""
        return self.zh[0]

    @property
    def meaning(self) -> str:
        """The meaning in Chinese."""
        return self.zh[1]


class Frame(Struct, Generic[T], frozen=True):
    """A table: key, sheet name, meaning of a row, columns, and the items of a guide."""

    key: str
    sheet: str
    means: Label
    columns: tuple[Column[T], ...]
    items: Callable[[Guide], Iterable[TableRow[T]]]
    identifying: int = 3  # leading columns that identify the guide and section
    lines: int = 8  # lines shown per row of the sheet; the cell has the whole text


def guide_id(guide: Guide) -> str:
    """Return the id of a guide, with which the ids of its sections begin: 2017-1."""
    return round_id(guide.guide.year, guide.guide.batch)


# ── reading cells ─────────────────────────────────────────────────────────────────────────────────────


def path(dotted: str, then: Callable[[Any], object] | None = None) -> Callable[[TableRow[Any]], Any]:
    """Return a function that reads the attribute at a path below a row's value: `path("funding.value.max")`.

    It returns None if a part of the path is None or unset; `then` converts the attribute:
    `path("partners", names)`.
    """
    attributes = dotted.split(".")

    def read(row: TableRow[Any]) -> Any:
        value: Any = row.value
        for attribute in attributes:
            value = getattr(value, attribute)
            if value is None or value is UNSET:
                return None
        return then(value) if then else value

    return read


def in_wan(amount: str, currency: str) -> Callable[[TableRow[Any]], float | None]:
    """Return a function that reads the amount at a path in 万元; None for other currencies than the yuan."""
    read_amount, read_currency = path(amount), path(currency)

    def read(row: TableRow[Any]) -> float | None:
        stated = read_amount(row)
        return stated / WAN if stated is not None and read_currency(row) == YUAN else None

    return read


def listed(entries: Iterable[str]) -> str | None:
    """Join entries into one cell; None without entries.

    >>> listed(["希腊", "德国"])
    '希腊; 德国'
    """
    return LIST.join(entries) or None


def names(partners: Iterable[Partner]) -> str | None:
    """Join the names of partners into one cell."""
    return listed(partner.name for partner in partners)


def first_page(evidence: Sequence[Evidence]) -> int | None:
    """Return the page of the first evidence."""
    return evidence[0].page if evidence else None


def quoted(row: TableRow[T]) -> str | None:
    """Join the quotes of a row."""
    return "".join(piece.quote for piece in row.evidence) if row.evidence else None


def quoted_lines(row: TableRow[T]) -> str | None:
    """Join the quotes of a finding or check, one a line."""
    return "\n".join(piece.quote for piece in row.evidence) if row.evidence else None


# ── columns that several tables have ──────────────────────────────────────────────────────────────────


def whose() -> tuple[Column[T], ...]:
    """Return the columns of the guide of a row."""
    return (
        Column(
            "guide",
            zh=("指南", "年度与批次"),
            en="year and batch: `2017-1`, without a batch `2020`",
            dtype=TEXT,
            read=lambda row: guide_id(row.guide),
        ),
        Column(
            "file",
            zh=("文件", "指南的文件名"),
            en="name of the guide's file",
            dtype=TEXT,
            read=lambda row: row.guide.source.file,
        ),
    )


def where() -> tuple[Column[T], ...]:
    """Return the columns of guide, section and page of a row."""
    return (
        *whose(),
        Column(
            "section",
            zh=("编号", "所在节的编号；空：说的是整份指南"),
            en="number of the section: `1.10`; empty where it is about the whole guide",
            dtype=TEXT,
            read=lambda row: row.section,
        ),
        on_page(),
    )


def on_page() -> Column[T]:
    """Return the column of the page of a row."""
    return Column(
        "page",
        zh=("页", "出处所在页，从 1 起"),
        en="page of its first words, from 1",
        dtype=INT,
        read=lambda row: first_page(row.evidence),
    )


def quote() -> Column[T]:
    """Return the column of the quotes of a row."""
    return Column("quote", zh=("原文", "所据原文"), en="the words that it was read from", dtype=TEXT, read=quoted)
