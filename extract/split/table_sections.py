"""Sections that stand in a table, one in each row: 序号 | 合作国别 | 领域方向 | 拟支持项目数 | 拟支持经费（万元）."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from extract.language.label_words import name_of
from extract.language.numerals import parse_ordinal
from extract.model.findings import FindingDraft, finding
from extract.model.section_numbers import may_follow
from extract.model.stages import LabelledText, SectionText, TotalRow
from extract.model.text import MAYBE, PARAGRAPH, Text, join_texts
from extract.profile.schema import Profile
from extract.split.cut_rows import join_cut_rows
from extract.split.tables import Head, Heads, Table, TableCell, find_heads, heads_at, stated_unit

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_MONEY = ("funding", "per_project")
_TOTALS = ("funding", "project_count")
_FOR_EACH = re.compile("[每各单]")
_AROUND = " .、，（）()"


class SectionTable(Struct, frozen=True):
    """A table whose rows are sections, with the heads of their titles and, if there are any, of their numbers."""

    table: Table
    heads: Heads
    title: Head
    number: Head | None

    @property
    def rows(self) -> range:
        """The rows below the heads."""
        return range(self.heads.below, self.table.rows)

    def below(self, head: Head, rows: Collection[int]) -> list[TableCell]:
        """The cells below a head that stand in some of the rows."""
        cells = self.table.within(head.cell.columns, range(self.heads.below, self.table.rows))
        return [cell for cell in cells if any(row in cell.rows for row in rows)]

    def goes_on_in(self, table: Table) -> bool:
        """True if a table has the next number: it was cut off from this one and lacks heads."""
        if not self.number or not self.might_go_on_in(table):
            return False
        column = self.number.cell.columns
        numbers = [_number_in(cell.text) for cell in self.below(self.number, range(self.table.rows))]
        first = [_number_in(cell.text) for cell in table.row(0) if cell.columns == column]
        return all((*numbers[-1:], *first[:1])) and bool(numbers and first) and may_follow(first[0], numbers[-1])

    def might_go_on_in(self, table: Table) -> bool:
        """True if a table has as many columns; the last ones may be empty."""
        return 1 < table.columns <= self.table.columns

    def with_below(self, table: Table) -> "SectionTable":
        """The table with the rows of another below its own."""
        return SectionTable(self.table.with_below(table), self.heads, self.title, self.number)


class _SummingRow(NamedTuple):
    """A row of totals: its words, its figures, and the places of the sections that it may sum up."""

    words: Text
    parts: tuple[LabelledText, ...]
    sums: Sequence[range]


class TableSections(NamedTuple):
    """The sections of tables, the headings of their groups, and the words of the tables that are in no section.

    `shared` are the figures that stand in one cell for several sections: the place of a section, head and words;
    `doubtful` are those of which it is open whether a page goes on with them, with its words. `sums` are the rows of
    totals with the places of the sections that each may sum up, which `totals` names.
    """

    pieces: list[SectionText]
    groups: list[Text]
    outside: list[Text]
    findings: list[FindingDraft]
    shared: list[tuple[int, Text, Text]]
    doubtful: list[tuple[int, Text]]
    sums: list[_SummingRow]

    @property
    def totals(self) -> Iterator[TotalRow]:
        """The rows of totals, with the numbers of the sections that each may sum up."""
        for row in self.sums:
            numbers = (tuple(self.pieces[place].number for place in places) for places in row.sums)
            yield TotalRow(row.words, row.parts, tuple(numbers))


def cut_at_heads(table: Table, profile: Profile) -> Iterator[Table]:
    """The table, cut where heads of other columns come: what stands below them is another table."""
    heads, start = find_heads(table, profile), 0
    for row in range(heads.below if heads else table.rows, table.rows):
        other = heads_at(table, row, profile)
        if heads and other and other.named(profile.table.title) and other.order != heads.order:
            yield table.part(range(start, row))
            heads, start = other, row
    yield table.part(range(start, table.rows)) if start else table


def find_section_table(table: Table, profile: Profile) -> SectionTable | None:
    """The table as one of sections; None where no column has their titles, or none has a value that is known.

    A table may be turned: a column for each section, and the heads at the left.
    """
    for turned in (table, table.transposed()):
        heads = find_heads(turned, profile)
        title = heads.named(profile.table.title) if heads else None
        if heads and title and heads.below < turned.rows and any(_field(head, profile) for head in heads.heads):
            return SectionTable(turned, heads, title, heads.named(profile.table.number))
    return None


def read_section_tables(tables: Sequence[SectionTable], profile: Profile) -> TableSections:
    """The sections of all tables. Where their numbers are not printed, or come twice, they are counted."""
    found = TableSections([], [], [], [], [], [], [])
    for table in tables:
        _read_table(table, profile, found)
    numbers = [piece.number for piece in found.pieces]
    is_counted = "" in numbers or len(set(numbers)) < len(numbers)
    if is_counted:
        found.findings.append(finding("heading-unnumbered"))
        found.pieces[:] = [_numbered(piece, str(place)) for place, piece in enumerate(found.pieces, 1)]
    for piece in found.pieces:
        found.findings.extend(_unknown_labels(piece, profile))
    for place, label, words in found.shared:
        number = found.pieces[place].number
        found.findings.append(finding("figure-shared", words, section=number, label=str(label), words=str(words)))
    found.findings.extend(_doubtful_rows(found, is_counted=is_counted))
    return found


def _doubtful_rows(found: TableSections, *, is_counted: bool) -> Iterator[FindingDraft]:
    """Report sections with which a page may go on; where numbers are counted, all below them may have another one."""
    for place, words in found.doubtful:
        number = found.pieces[place].number
        yield finding("row-doubtful", words, variant="row", section=number, words=str(words))
    if is_counted and found.doubtful:
        _, words = found.doubtful[0]
        told = {place for place, _ in found.doubtful}
        for place in range(min(told), len(found.pieces)):
            if place not in told:
                number = found.pieces[place].number
                yield finding("row-doubtful", words, variant="number", section=number, words=str(words))


def _numbered(piece: SectionText, number: str) -> SectionText:
    return SectionText(number, piece.title, piece.heading, piece.above, piece.parts, piece.loose)


def _read_table(table: SectionTable, profile: Profile, found: TableSections) -> None:
    """Add the sections of a table. A row without a title goes on with the section above it."""
    found.outside.extend(cell.text for cell in table.table.cells if _is_above_values(table, cell))
    repeated = {row for row in table.rows if _repeats_heads(table, row)}
    apart = {row for row in table.rows if _is_of_total(table, row, profile) or _states_unit(table, row)}
    groups = {row for row in table.rows if _is_group(table, row)} - repeated - apart
    whole, doubtful = join_cut_rows(table.table, table.title, table.number, repeated, apart | groups)
    table = SectionTable(whole, table.heads, table.title, table.number)
    sections = _rows_of_sections(table, repeated | apart, groups)
    found.sums.extend(_summing_rows(table, sections, len(found.pieces), profile))
    for row in sorted(repeated | apart):
        found.outside.extend(cell.text for cell in table.table.row(row))
    found.groups.extend(cell.text for row in sorted(groups) for cell in table.table.row(row))
    for title, above, rows in sections:
        place = len(found.pieces)
        found.shared.extend((place, *figure) for figure in _shared_figures(table, rows, profile))
        found.doubtful.extend((place, table.table.row(pair[1])[0].text) for pair in doubtful if {*pair} & {*rows})
        found.pieces.append(_section(table, rows, title, above, profile))


def _rows_of_sections(
    table: SectionTable, apart: Collection[int], groups: Collection[int]
) -> list[tuple[TableCell, Text | None, list[int]]]:
    """The sections of a table: the cell of the title, the heading of the group, and the rows."""
    titles = {cell.rows.start: cell for cell in table.below(table.title, table.rows)}
    sections: list[tuple[TableCell, Text | None, list[int]]] = []
    above: Text | None = None
    for row in table.rows:
        if row in groups:
            above = titles[row].text
        elif row in titles and row not in apart:
            sections.append((titles[row], above, [row]))
        elif sections and row not in apart:
            sections[-1][2].append(row)
    return sections


def _summing_rows(
    table: SectionTable, sections: Sequence[tuple[TableCell, Text | None, list[int]]], first: int, profile: Profile
) -> Iterator[_SummingRow]:
    """Yield the rows of totals, `first` being the place of the table's first section.

    小计 sums up the rows since the one before; 合计 the table, or all. One above all sections is of those below.
    """
    since = first
    for row in (row for row in table.rows if _is_of_total(table, row, profile)):
        end = first + sum(rows[0] < row for _, _, rows in sections)
        ranges = (
            [range(since, end), range(first, end), range(end)] if end > first else [range(first, first + len(sections))]
        )
        parts = tuple(part for part in _parts(table, [row], profile) if part.field in _TOTALS and part.text)
        words = next(cell.text for cell in table.table.row(row) if _total_in(cell, profile))
        yield _SummingRow(words, parts, [places for places in dict.fromkeys(ranges) if places])
        since = end


def _shared_figures(table: SectionTable, rows: Sequence[int], profile: Profile) -> Iterator[tuple[Text, Text]]:
    """The totals of a section that stand in cells of other sections, too, each with its head."""
    for head in table.heads.heads:
        for cell in table.below(head, rows) if _field(head, profile) in _TOTALS else ():
            is_shared = cell.rows.start < rows[0] or cell.rows.stop > rows[-1] + 1
            if is_shared and not _FOR_EACH.search(head.words.plain + cell.text.plain):
                yield head.words, cell.text


def _section(
    table: SectionTable, rows: Sequence[int], cell: TableCell, above: Text | None, profile: Profile
) -> SectionText:
    title = cell.words
    numbers = table.below(table.number, rows[:1]) if table.number else []
    number = numbers[0].words if numbers else title[:0]
    parts = tuple(_parts(table, rows, profile))
    return SectionText(_number_in(number), title, join_texts([number, title], title), above, parts, ())


def _parts(table: SectionTable, rows: Sequence[int], profile: Profile) -> Iterator[LabelledText]:
    """The labelled parts of a section: what stands in its rows below each head; a merged cell holds for all of them."""
    for head in table.heads.heads:
        cells = table.below(head, rows)
        if head in (table.title, table.number) or not cells:
            continue
        field = _field(head, profile)
        unit = head.beside.unit or (table.table.unit_above(rows[0]) if field in _MONEY else None)
        yield LabelledText(field, head.words, head.cell.text, _joined(cells), unit, head.beside.words)


def _joined(cells: Sequence[TableCell]) -> Text:
    """The words of cells below one another; a page may end within those of one."""
    pieces = [cells[0].text]
    for before, cell in pairwise(cells):
        is_cut = before.lines[-1].page != cell.lines[0].page
        pieces += [pieces[0].glue(MAYBE if is_cut else PARAGRAPH), cell.text]
    return join_texts(pieces, pieces[0])


def _field(head: Head, profile: Profile) -> str | None:
    """The field of a head; None for the words of no field."""
    field = profile.labels.fields_by_name.get(head.name)
    return None if field == "other" else field


def _is_above_values(table: SectionTable, cell: TableCell) -> bool:
    """True if a cell heads the table, titles, numbers or other heads, and no values."""
    if cell.rows.start >= table.heads.below:
        return False
    return cell in (table.title.cell, table.number and table.number.cell) or all(
        cell != head.cell for head in table.heads.heads
    )


def _repeats_heads(table: SectionTable, row: int) -> bool:
    """True if a row has the heads again, as at the top of a new page."""
    names = {cell.text.plain for cell in table.table.cells if cell.rows.start < table.heads.below}
    cells = table.table.row(row)
    return bool(cells) and all(cell.text.plain in names for cell in cells)


def _is_group(table: SectionTable, row: int) -> bool:
    """True if a row heads a group of sections: one cell as wide as the table."""
    return any(len(cell.columns) == table.table.columns for cell in table.table.row(row))


def _is_of_total(table: SectionTable, row: int, profile: Profile) -> bool:
    """True if a row sums up the others: 合计."""
    cells = (cell for cell in table.table.row(row) if cell.columns.start <= table.title.cell.columns.start)
    return any(_total_in(cell, profile) for cell in cells)


def _total_in(cell: TableCell, profile: Profile) -> bool:
    """True if a cell names a total: 合　计, 总数（项）."""
    return name_of("".join(cell.text.plain.split())) in profile.table.total


def _states_unit(table: SectionTable, row: int) -> bool:
    """True if a row says nothing but in which unit the money below is: 单位：亿元."""
    cells = table.table.row(row)
    return len(cells) == 1 and stated_unit(cells[0].text) is not None


def _unknown_labels(piece: SectionText, profile: Profile) -> Iterator[FindingDraft]:
    """Report heads of columns that the profile does not know."""
    for part in piece.parts:
        if part.field is None and "".join(part.label.plain.split()) not in profile.labels.other:
            yield finding("label-unknown", part.label, section=piece.number, label=str(part.label))


def _number_in(text: Text) -> str:
    """The number of a section as others are written: 1, 1.1; that of 一、 or ① as digits; empty without one."""
    plain = text.plain.strip(_AROUND)
    if _NUMBER.fullmatch(plain):
        return plain
    ordinal = parse_ordinal(plain)
    return str(ordinal) if ordinal is not None else ""
