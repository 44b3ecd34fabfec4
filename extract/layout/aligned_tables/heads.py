"""The heads of columns by the words that a profile knows, and where they come again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from extract.layout.aligned_tables.pieces import Column, Piece
from extract.profile.schema import Profile

_BRACKET = re.compile("[（(][^（）()]{1,12}[）)][：:]?$")
_OPEN_BRACKET = re.compile("[（(][^（）()]*[）)]?$")  # 经费（, 经费（万
_MAX_LINES = 6  # of a head
_MIN_HEADS = 2  # known words on one line, and among the heads of a table
_SAME_PLACE = 1.0  # points
_GAP = re.compile(r"[ \u3000]+")


class HeadNames(NamedTuple):
    """The words of heads: all that are known, those above titles, those above numbers; those that begin a sum; and the
    pattern of lines below a table.
    """

    known: frozenset[str]
    title: frozenset[str]
    number: frozenset[str]
    total: frozenset[str]
    appendix: re.Pattern[str]

    @classmethod
    def of(cls, profile: Profile) -> HeadNames:
        """The names that a profile has."""
        table = profile.table
        known = frozenset((*profile.labels.fields_by_name, *table.number, *table.title))
        return cls(
            known, frozenset(table.title), frozenset(table.number), frozenset(table.total), profile.outside.appendix
        )

    def are_on(self, plain: str) -> bool:
        """True if several stand on a line, with gaps around them."""
        return " " in plain and sum(_name(words) in self.known for words in _GAP.split(plain)) >= _MIN_HEADS

    def are_joined_in(self, words: str) -> bool:
        """True if words are those of two heads: no white band parts their columns."""
        return words not in self.known and any(
            words.startswith(name) and self.begin_with(words.removeprefix(name)) for name in self.known
        )

    def begin_with(self, words: str) -> bool:
        """True if a head may begin with these words, as in a narrow column."""
        bare = _OPEN_BRACKET.sub("", words)
        return bool(bare) and any(name.startswith(bare) for name in self.known)


class Head(NamedTuple):
    """The heads of a table: all their pieces, and the columns of titles and, if there is one, of numbers."""

    pieces: Sequence[Piece]
    title: int
    number: int | None

    @property
    def top(self) -> float:
        """Where the highest one begins."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Where the lowest one ends."""
        return max(piece.bottom for piece in self.pieces)


def _name(words: str) -> str:
    return _BRACKET.sub("", words).rstrip("：:")


def with_whole_heads(columns: Sequence[Column], pieces: Sequence[Piece], names: HeadNames) -> list[Column]:
    """The columns, where two are one if the words at the top of both are one head: 序　号 above narrow numbers."""
    tops = {piece.column: piece for piece in reversed(pieces) if piece.page == pieces[0].page}
    whole: list[Column] = []
    for at, column in enumerate(columns):
        one, other = tops.get(at - 1), tops.get(at)
        is_level = one is not None and other is not None and abs(one.top - other.top) < _SAME_PLACE
        if is_level and one and other and one.words + other.words in names.known and one.words not in names.known:
            whole[-1] = Column(whole[-1].left, column.right)
        else:
            whole.append(column)
    return whole


def read_head(pieces: Sequence[Piece], columns: int, names: HeadNames) -> Head | None:
    """The heads at the top of a table; None if too few are known, none is above titles, or not each column has one."""
    top = [piece for piece in pieces if piece.page == pieces[0].page]
    first = [[piece for piece in top if piece.column == at] for at in range(columns)]
    found = {at: match for at, own in enumerate(first) if (match := _longest_name(own, names))}
    by_name = {name: at for at, (name, _) in reversed(found.items())}
    titles = [at for name, at in by_name.items() if name in names.title]
    if len(by_name) < _MIN_HEADS or not titles:
        return None
    bottom = max(own[found[at][1] - 1].bottom for at, own in enumerate(first) if at in found)
    heads = [
        own[: found[at][1]] if at in found else [piece for piece in own if piece.middle < bottom]
        for at, own in enumerate(first)
    ]
    number = next((at for name, at in by_name.items() if name in names.number), None)
    if not all(heads) or any(names.are_joined_in(piece.words) for own in heads for piece in own):
        return None
    return Head([piece for own in heads for piece in own], min(titles), number)


def _longest_name(pieces: Sequence[Piece], names: HeadNames) -> tuple[str, int] | None:
    """The longest known name that the first lines of a column are, and their number."""
    words = accumulate(piece.words for piece in pieces[:_MAX_LINES])
    known = [(name, count) for count, one in enumerate(words, 1) if (name := _name(one)) in names.known]
    return known[-1] if known else None


def find_repeated_heads(pieces: Sequence[Piece], head: Head) -> Iterator[list[Piece]]:
    """The pieces of all heads of a table: those above it, and those that come again below, as on each page."""
    places: dict[tuple[int, int, str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        places[piece.page, piece.column, piece.words].append(piece)
    first = min(head.pieces, key=lambda piece: piece.top)
    for anchor in pieces:
        if (anchor.column, anchor.words) == (first.column, first.words):
            down = anchor.top - first.top
            again = [
                next((at for at in places[anchor.page, one.column, one.words] if _is_below(at, one, down)), None)
                for one in head.pieces
            ]
            if all(again):
                yield sorted((one for one in again if one), key=lambda piece: piece.top)


def _is_below(piece: Piece, other: Piece, down: float) -> bool:
    return abs(piece.top - other.top - down) < _SAME_PLACE
