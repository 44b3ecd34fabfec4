"""Tables within sections: of labels and values (领域方向 | 农业、能源), whose rows are read as lines, and any other."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.language.numerals import CHINESE_ORDINAL
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line
from extract.model.text import join_texts
from extract.profile.schema import Profile
from extract.split.tables import Table, TableCell, find_heads, head_of

_NUMBER = re.compile(rf"\d{{1,2}}[、.]?|{CHINESE_ORDINAL}、?")
_MIN_PAIRS = 2  # labels with a value at their right, in a table of labels


class _Pair(Struct, frozen=True):
    """A label with the cells of its value, and its number in a cell before it."""

    label: TableCell
    values: Sequence[TableCell]
    numbers: Sequence[TableCell]


def read_label_table(table: Table, profile: Profile) -> list[Line]:
    """The lines of a table of labels, each with a colon and the first line of its value; empty for any other table.

    Labels have values at their right, or are heads with one row of values below them.
    """
    pairs = _pairs_along_rows(table, profile)
    if len(pairs) < _MIN_PAIRS:
        pairs = _pairs_below_heads(table, profile)
    return list(_labelled_lines(table, pairs)) if pairs else []


def read_as_text(table: Table, profile: Profile, *, is_doubtful: bool) -> tuple[list[Line], list[FindingDraft]]:
    """A line for each row of a table, but where cells hold several; told if doubtful, or where the heads are labels."""
    told = [finding("table-unread", table.cells[0].text, words=str(table.cells[0].text))]
    return list(_rows_as_lines(table)), told if is_doubtful or find_heads(table, profile) else []


def _rows_as_lines(table: Table) -> Iterator[Line]:
    for row in range(table.rows):
        cells = table.row(row)
        if all(len(cell.lines) == 1 for cell in cells) and cells:
            glue = cells[0].text.glue(" ")
            words = [piece for cell in cells for piece in (glue, cell.lines[0].text)][1:]
            yield replace(cells[0].lines[0], text=join_texts(words, glue))
        else:
            yield from (line for cell in cells for line in cell.lines)


def _pairs_along_rows(table: Table, profile: Profile) -> list[_Pair]:
    """The labels of a table with what stands at the right of each, as high as it is.

    In the columns of known labels all words are labels: one that the profile does not know is told as others are.
    """
    known = profile.labels.fields_by_name
    columns = {cell.columns.start for cell in table.cells if head_of(cell).name in known}
    pairs = []
    for cell in table.cells:
        values = table.within(range(cell.columns.stop, cell.columns.stop + 1), cell.rows)
        if cell.columns.start in columns and values and not any(one.columns.start in columns for one in values):
            before = table.within(range(cell.columns.start - 1, cell.columns.start), cell.rows)
            pairs.append(_Pair(cell, values, [one for one in before if _NUMBER.fullmatch(one.text.plain)]))
    return pairs


def _pairs_below_heads(table: Table, profile: Profile) -> list[_Pair]:
    """The heads of a table with the one value below each; a table whose rows are numbered is a list, if of one row."""
    heads = find_heads(table, profile)
    if heads is None or table.rows != heads.below + 1 or heads.named(profile.table.number):
        return []
    below = range(heads.below, table.rows)
    return [_Pair(head.cell, table.within(head.cell.columns, below), []) for head in heads.heads]


def _labelled_lines(table: Table, pairs: Sequence[_Pair]) -> Iterator[Line]:
    """The lines of a table, those of a label joined with the first of its value."""
    taken = {id(cell) for pair in pairs for cell in (*pair.values, *pair.numbers)}
    by_label = {id(pair.label): pair for pair in pairs}
    for cell in table.cells:
        if id(cell) in by_label:
            yield from _lines_of(by_label[id(cell)])
        elif id(cell) not in taken:
            yield from cell.lines


def _lines_of(pair: _Pair) -> Iterator[Line]:
    """The lines of a label and its value: 1、领域方向：农业、能源."""
    words = head_of(pair.label).words
    numbers = [piece for cell in pair.numbers for piece in (cell.text.rstrip("、.．"), words.glue("、"))]
    label = pair.label.text if pair.label.text.plain.endswith("：") else join_texts([words, words.glue("：")], words)
    lead = join_texts([*numbers, label], words)
    lines = [line for value in pair.values for line in value.lines]
    yield replace(pair.label.lines[0], text=join_texts([lead, *(line.text for line in lines[:1])], lead), starts=True)
    yield from lines[1:]
