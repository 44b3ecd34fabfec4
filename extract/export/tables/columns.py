"""How a table is declared: its columns say what they hold, in both languages, and read it off the record.

Frames, the headers of a workbook and docs/tables.md are made from such declarations, or held to them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from extract.export.labels import Label
from extract.model.record import Guide
from extract.model.section_numbers import round_id
from extract.model.values import Evidence

LIST = "; "  # between the entries of a cell that holds a list
WAN = 10_000  # 万: amounts of money are read in tens of thousands of yuan
YUAN = "CNY"

T = TypeVar("T")
Dtype = Literal["string", "Int64", "Float64", "boolean"]  # pandas's types that know of missing values


class TableRow(Struct, Generic[T], frozen=True):
    """One thing of a guide that becomes a row: the number of the section it stands in, and where it was read."""

    guide: Guide
    section: str | None
    value: T
    evidence: tuple[Evidence, ...]


class Column(Struct, Generic[T], frozen=True):
    """One column: its key, what people read above it, what it means in both languages, how an item gives its cell.

    `words` are what people read in place of the record's closed words. An `amount` is money. `field` is the field of a
    section whose status tells why a cell is empty. `corrected` is the name under which a person corrects the value,
    where it is no field.
    """

    key: str
    header: str
    dtype: Dtype
    zh: str
    en: str
    read: Callable[[TableRow[T]], object]
    words: Mapping[str, Label] | None = None
    amount: bool = False
    field: str | None = None
    corrected: str | None = None


class Frame(Struct, Generic[T], frozen=True):
    """One table: its key, the name of its sheet, what a row is, its columns, and the items of a guide."""

    key: str
    sheet: str
    means: Label
    columns: tuple[Column[T], ...]
    items: Callable[[Guide], Iterable[TableRow[T]]]
    identifying: int = 3  # how many columns tell whose row it is
    lines: int = 8  # how many a row of its sheet shows at the most; the whole text is in the cell all the same


def guide_id(guide: Guide) -> str:
    """What the ids of a guide's sections begin with: 2017-1."""
    return round_id(guide.guide.year, guide.guide.batch)


def listed(entries: Iterable[str]) -> str | None:
    """Several entries as one cell; None where there are none."""
    return LIST.join(entries) or None


def page(evidence: tuple[Evidence, ...]) -> int | None:
    """The page on which the first words stand."""
    return evidence[0].page if evidence else None


def quoted(item: TableRow[T]) -> str | None:
    """The words that a value was read from: its quotes, put together."""
    return "".join(one.quote for one in item.evidence) if item.evidence else None


def lines(item: TableRow[T]) -> str | None:
    """The words that are shown for a finding or a check, line by line."""
    return "\n".join(one.quote for one in item.evidence) if item.evidence else None


def whose() -> tuple[Column[T], ...]:
    """Which guide a row is from."""
    return (
        Column("guide", "指南", "string", "年度与批次", "year and batch: `2017-1`, without a batch `2020`",
               lambda item: guide_id(item.guide)),
        Column("file", "文件", "string", "指南的文件名", "name of the guide's file",
               lambda item: item.guide.source.file),
    )  # fmt: skip


def where() -> tuple[Column[T], ...]:
    """Which guide and section a row is from, and on which page it was read."""
    return (
        *whose(),
        Column("section", "编号", "string", "所在节的编号；空：说的是整份指南",
               "number of the section: `1.10`; empty where it is about the whole guide", lambda item: item.section),
        on_page(),
    )  # fmt: skip


def on_page() -> Column[T]:
    """On which page a row was read."""
    return Column("page", "页", "Int64", "出处所在页，从 1 起", "page of its first words, from 1",
                  lambda item: page(item.evidence))  # fmt: skip


def quote() -> Column[T]:
    """The words that a row was read from."""
    return Column("quote", "原文", "string", "所据原文", "the words that it was read from", quoted)
