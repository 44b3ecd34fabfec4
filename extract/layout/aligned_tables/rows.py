"""The rows of a table without rules: told by wider gaps between them, or by what begins in line; else not at all."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.layout.aligned_tables.heads import Head, HeadNames
from extract.layout.aligned_tables.pieces import Piece
from extract.model.text import display_width

_TOLERANCE = 0.25  # ems between tops that are one, and between distances that are equal
_SHORTEST = 0.05  # of the distances between lines may be shorter than those within a cell
_NUMBER = re.compile(r"[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[一二三四五六七八九十]{1,3}|[①-⑳])[)）]?[、.．]?")
# With what no cell begins: a further item, a stop, the rest of a bracket, nothing but the beginning of one
_NO_BEGINNING = re.compile(
    r"[(（]?(?:[2-9]|1\d|[二三四五六七八九十]{1,3})[)）、.．](?!\d)|[②-⑳]|[，。、；：！？）)》〉”’]|[（(《〈“‘]$"
)
# What no line end parts: 《合, 24—39, https://…, 域。, and with some programs 术、PM2.5, 报。2）
_LATIN = "[0-9A-Za-z./:@%~+&?=—–‒_-]"
_UNBROKEN = re.compile(
    rf"[（(《〈“‘]*(?:{_LATIN}+[\u4e00-\u9fff]?|.(?:[~—–‒-]{_LATIN}*)?)(?:[，。、；：！？）)》〉”’]{_LATIN}*)*"
)
_ADDRESS = re.compile(f"{_LATIN}{{10,}}")  # may stand out of its cell
_ROOM = 1.0  # ems that a line may leave beside what would fit, as it is not known how wide its cell is

Row = list[Piece]


class Strip(NamedTuple):
    """The pieces between two ends of a table's pages, its heads or its rules; `goes_on`: a row may begin above it."""

    pieces: Sequence[Piece]
    goes_on: bool


def read_rows(strips: Sequence[Strip], head: Head, names: HeadNames) -> list[Row] | None:
    """The rows below the heads of a table, from the first page to the last; None if they cannot be told."""
    body = _Body(strips, head, names)
    if not body.has_numbers():
        return None
    return body.rows_by_gaps() or body.rows_by_starts()


class _Body:
    """What stands below heads: which column tells rows, how far lines lie apart in a cell, and how far they reach."""

    def __init__(self, strips: Sequence[Strip], head: Head, names: HeadNames) -> None:
        self.strips, self.head, self.names = strips, head, names
        self.key = head.title if head.number is None else head.number
        size = min(piece.bottom - piece.top for piece in head.pieces)
        self.size, self.slack = size, _TOLERANCE * size
        self.reach = _reach([piece for strip in strips for piece in strip.pieces])
        steps = sorted(two.top - one.top for strip in strips for one, two in _in_columns(strip.pieces))
        self.pitch = steps[int(_SHORTEST * len(steps))] if steps else 0.0

    def has_numbers(self) -> bool:
        """True if the column of numbers, if there is one, has nothing else but words before sums."""
        words = (one.words for strip in self.strips for one in strip.pieces if one.column == self.head.number)
        return all(_NUMBER.fullmatch(one) or one.rstrip("：:") in self.names.total for one in words)

    def rows_by_gaps(self) -> list[Row] | None:
        """The rows where each is set off from the next one: wherever its cells are placed in it.

        At the top of a page the end of one may stand close above another.
        """
        groups = [self._by_gaps(strip.pieces) for strip in self.strips]
        rows = [row for own in groups for row in own]
        tops = [own[0] for strip, own in zip(self.strips, groups, strict=True) if strip.goes_on]
        is_told = (
            any(len(own) > 1 for own in groups)
            and all(map(self._follows_on, rows))
            and all(self._follows_on(row, closely=True) for row in tops)
            and (self.head.number is not None or self._have_uneven_cells(rows))
        )
        return self._joined(groups, in_line=False) if is_told else None

    def rows_by_starts(self) -> list[Row] | None:
        """The rows where all cells of one begin in line."""
        groups = [list(self._by_starts(strip.pieces)) for strip in self.strips]
        is_told = all(
            self._begins_in_line(row) and self._follows_on(row, closely=True) for own in groups for row in own
        )
        in_line = any(self._keys(row) and min(_heights(row)) < max(_heights(row)) for own in groups for row in own)
        return self._joined(groups, in_line=in_line) if is_told else None

    def _by_gaps(self, pieces: Sequence[Piece]) -> list[Row]:
        rows: list[Row] = []
        bottom = 0.0
        for piece in pieces:
            if not rows or piece.top - bottom > self.pitch - self.size + self.slack:
                rows.append([])
            rows[-1].append(piece)
            bottom = max(bottom, piece.bottom)
        return rows

    def _by_starts(self, pieces: Sequence[Piece]) -> Iterator[Row]:
        starts = self._starts(pieces)
        row: Row = []
        for piece in pieces:
            is_start = any(abs(piece.top - start) <= self.slack for start in starts)
            if row and is_start and piece.top - row[0].top > self.slack:
                yield row
                row = []
            row.append(piece)
        if row:
            yield row

    def _starts(self, pieces: Sequence[Piece]) -> list[float]:
        """Where rows begin: at each number; without numbers at a title, where a line does not go on with one above."""
        keys = [piece.top for piece in pieces if piece.column == self.key]
        if self.head.number is not None:
            return keys
        broken = [two.top for one, two in _in_columns(pieces) if not self._goes_on(one, two)]
        return [top for top in keys if any(abs(top - other) <= self.slack for other in broken)]

    def _keys(self, row: Row) -> int:
        return sum(piece.column == self.key for piece in row)

    def _follows_on(self, row: Row, *, closely: bool = False) -> bool:
        """True if pieces are one row, or a part of one: lines follow one another in each cell.

        What tells that is a number in each row, else that lines are full; and where rows are set close, both.
        """
        pairs = list(_in_columns(row))
        if any(below.top - above.top > self.pitch + self.slack for above, below in pairs):
            return False
        is_numbered = self.head.number is not None
        is_full = all(self._goes_on(above, below) for above, below in pairs)
        if is_numbered:
            return self._keys(row) <= 1 and (is_full or not closely)
        return is_full and (not closely or self._keys(row) <= 1 or _has_uneven_cells(row))

    def _have_uneven_cells(self, rows: Sequence[Row]) -> bool:
        """True if lines that are close are lines of one cell: most rows have cells of several heights."""
        return sum(map(_has_uneven_cells, rows)) > len(rows) / 2

    def _begins_in_line(self, row: Row) -> bool:
        tops = {piece.column: piece.top for piece in reversed(row)}
        return max(tops.values()) - min(tops.values()) <= self.slack

    def _goes_on(self, above: Piece, below: Piece) -> bool:
        """True if a line may go on in the next one of its column: it has no room for more, or no cell begins with it.

        It lies no further away than lines of a cell.
        """
        if below.page == above.page and below.top - above.top > self.pitch + self.slack:
            return False
        unbroken = _UNBROKEN.match(below.words)
        share = _width(unbroken[0] if unbroken else below.words) / _width(below.words)
        needed = share * (below.x1 - below.x0) + _ROOM * self.size
        return above.x1 + needed > self.reach[above.column] or bool(_NO_BEGINNING.match(below.words))

    def _joined(self, groups: Sequence[Sequence[Row]], *, in_line: bool) -> list[Row] | None:
        """The rows of all strips, those that a page ends joined; None if one has no number or title, or several.

        `in_line`: the cells of a row begin in line, none is placed in its middle.
        """
        rows: list[Row] = []
        for at, (strip, own) in enumerate(zip(self.strips, groups, strict=True)):
            below = groups[at + 1][0] if not in_line and len(own) == 1 and at + 1 < len(groups) else None
            is_joined = self._joins(rows[-1], own[0], below) if strip.goes_on and rows else False
            if is_joined is None:
                return None
            if is_joined:
                rows[-1] = [*rows[-1], *own[0]]
            rows += own[1:] if is_joined else own
        counts = [self._keys(row) for row in rows]
        is_told = all(counts) and (self.head.number is None or max(counts, default=0) == 1)
        return rows if is_told else None

    def _joins(self, above: Row, row: Row, below: Row | None) -> bool | None:
        """True if a row goes on at the top of a page, None if that cannot be told.

        What stands alone on its page may as well be the top of the row `below`, with a number in the middle of it.
        """
        if not self._keys(above):
            return True
        goes_on = self._all_go_on(above, row)
        if not self._keys(row):
            if below and self._keys(below):
                return goes_on if goes_on != self._all_go_on(row, below) else None
            return True if goes_on or self._keeps_title(row) else None
        return False

    def _keeps_title(self, row: Row) -> bool:
        """True if no other title than that above begins."""
        return all(one.column != self.head.title for one in row)

    def _all_go_on(self, above: Row, below: Row) -> bool:
        """True if the last line of each cell may go on in the first one of the cell below."""
        ends = {piece.column: piece for piece in above}
        starts = {piece.column: piece for piece in reversed(below)}
        return all(self._goes_on(ends[at], starts[at]) for at in ends.keys() & starts.keys())


def _has_uneven_cells(row: Row) -> bool:
    """True if cells have different numbers of lines, or one line each; rows of one line each would be even."""
    heights = _heights(row)
    return max(heights) == 1 or min(heights) < max(heights)


def _heights(row: Row) -> Collection[int]:
    return Counter(piece.column for piece in row).values()


def _width(words: str) -> float:
    return sum(map(display_width, words))


def _reach(pieces: Sequence[Piece]) -> dict[int, float]:
    """How far lines reach in each column: to the one beside it, but for the narrowest white band between two."""
    columns = sorted({piece.column for piece in pieces})
    left = {at: min(one.x0 for one in pieces if one.column == at) for at in columns}
    right = {at: _outer([one for one in pieces if one.column == at]) for at in columns}
    band = min((left[other] - right[one] for one, other in pairwise(columns)), default=0.0)
    return {one: left[other] - band for one, other in pairwise(columns)} | {columns[-1]: right[columns[-1]]}


def _outer(pieces: Sequence[Piece]) -> float:
    """The edge that lines reach, but for words that stand out, as long addresses do."""
    inner = [one.x1 for one in pieces if not _ADDRESS.search(one.words)]
    return max(inner or [one.x1 for one in pieces])


def _in_columns(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Each piece with the next one below it in its column."""
    columns: dict[int, list[Piece]] = {}
    for piece in pieces:
        columns.setdefault(piece.column, []).append(piece)
    for own in columns.values():
        yield from pairwise(own)
