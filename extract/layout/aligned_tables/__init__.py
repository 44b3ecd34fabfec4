"""Tables without rules between their columns, as many guides have them (三线表): cells by what stands in line.

Heads that a profile knows tell where one begins. Columns are parted by bands that stay white through all rows, rows by
wider gaps or by what begins in line. Where the rows cannot be told with certainty, no cell is made.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from extract.layout.aligned_tables.heads import HeadNames, find_repeated_heads, read_head, with_whole_heads
from extract.layout.aligned_tables.pieces import Column, Piece, Printed, columns_of, pieces_of, printed_line
from extract.layout.aligned_tables.regions import find_regions
from extract.layout.aligned_tables.rows import Row, Strip, read_rows
from extract.layout.lines import MeasuredLine
from extract.model.stages import PageCell, Ruling
from extract.model.text import Cell, Text
from extract.profile.schema import Profile

_MIN_COLUMNS = 3
_MIN_RULE = 0.8  # of the width of a table
_AROUND = 1.0  # points above and below the words of a table


class AlignedTables(NamedTuple):
    """The cells of tables, and the line with the heads of each table whose rows cannot be told."""

    cells: tuple[PageCell, ...]
    unread: tuple[Text, ...]


def find_aligned_tables(
    lines: Sequence[tuple[MeasuredLine, bool]], rulings: Sequence[Ruling], profile: Profile, *, first: int
) -> AlignedTables:
    """The tables among lines, each given with True if it is furniture. `first` is the number of the first table."""
    names = HeadNames.of(profile)
    if not any(names.are_on(line.text.plain) for line, _ in lines):
        return AlignedTables((), ())
    printed = [printed_line(line, is_aside) for line, is_aside in lines]
    cells: list[PageCell] = []
    unread: list[Text] = []
    for region in find_regions(sorted(printed, key=lambda line: (line.page, line.top)), names):
        found = None if region.is_broken else _read_table(region.lines, rulings, names)
        if found is None:
            unread.append(region.head.text)
        else:
            cells += _cells(*found, first)
            first += 1
    return AlignedTables(() if unread else tuple(cells), tuple(unread))


class _Block(NamedTuple):
    """What stands together on a page of one row, whose number in its table is `row`."""

    row: int
    page: int
    top: float
    bottom: float


def _read_table(
    lines: Sequence[Printed], rulings: Sequence[Ruling], names: HeadNames
) -> tuple[list[_Block], list[Column]] | None:
    """The rows of a table with its heads, in order, and its columns; None if they cannot be told."""
    for with_hanging in (True, False):
        columns = columns_of(lines, with_hanging=with_hanging)
        columns = with_whole_heads(columns, pieces_of(lines, columns), names)
        pieces = pieces_of(lines, columns)
        head = read_head(pieces, len(columns), names) if len(columns) >= _MIN_COLUMNS else None
        if head:
            break
    else:
        return None
    heads = list(find_repeated_heads(pieces, head))
    body = [piece for piece in pieces if not piece.is_aside and all(piece not in one for one in heads)]
    rows = read_rows(list(_strips(body, heads, _levels(rulings, columns))), head, names)
    return None if rows is None else (list(_blocks(rows, heads)), columns)


def _levels(rulings: Sequence[Ruling], columns: Sequence[Column]) -> list[tuple[int, float]]:
    """The rules across a table, by page and height."""
    left, right = columns[0].left, columns[-1].right
    return [
        (rule.page, (rule.top + rule.bottom) / 2)
        for rule in rulings
        if min(rule.x1, right) - max(rule.x0, left) >= _MIN_RULE * (right - left)
    ]


def _strips(body: Sequence[Piece], heads: Sequence[Row], levels: Sequence[tuple[int, float]]) -> Iterator[Strip]:
    """What stands between the ends of pages, heads and rules. A row may go on below all but a rule between two."""

    def place_of(piece: Piece) -> tuple[int, int, int]:
        ruled = sum(page == piece.page and level < piece.middle for page, level in levels)
        return piece.page, _heads_above(piece, heads), ruled

    before: tuple[int, int, int] | None = None
    for place, pieces in groupby(body, key=place_of):
        is_ruled_off = before is not None and before[:2] == place[:2]
        yield Strip(list(pieces), before is not None and not is_ruled_off)
        before = place


def _heads_above(piece: Piece, heads: Sequence[Row]) -> int:
    return sum((head[0].page, head[0].top) < (piece.page, piece.top) for head in heads)


def _blocks(rows: Sequence[Row], heads: Sequence[Row]) -> Iterator[_Block]:
    """The blocks of a table from its first page to its last: a row may go on on other pages, and below other heads."""
    table = sorted([*heads, *rows], key=lambda row: (row[0].page, row[0].top))
    parts = [
        (at, list(part))
        for at, row in enumerate(table)
        for _, part in groupby(row, key=lambda piece: (piece.page, row in rows and _heads_above(piece, heads)))
    ]
    for at, part in sorted(parts, key=lambda part: (part[1][0].page, part[1][0].top)):
        yield _Block(at, part[0].page, min(one.top for one in part), max(one.bottom for one in part))


def _cells(blocks: Sequence[_Block], columns: Sequence[Column], table: int) -> Iterator[PageCell]:
    """The cells of a table; each reaches half way to those above and below it."""
    for page, group in groupby(blocks, key=lambda block: block.page):
        own = list(group)
        inner = [(one.bottom + other.top) / 2 for one, other in pairwise(own)]
        levels = [own[0].top - _AROUND, *inner, own[-1].bottom + _AROUND]
        for block, (top, bottom) in zip(own, pairwise(levels), strict=True):
            for column, (left, right) in enumerate(columns):
                cell = Cell(table, range(block.row, block.row + 1), range(column, column + 1))
                yield PageCell(page, (left, top, right, bottom), cell)
