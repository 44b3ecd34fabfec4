"""Two wordings → the pieces that both have, and those that one has alone."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORD = re.compile(r"[A-Za-z]+|[\d.,]*\d|.", re.DOTALL)  # Latin words and numbers whole, Chinese by the character
_ISLAND = 2  # pieces in common that are shorter only make a difference hard to read
_ENOUGH = 0.3  # of the words in common; less, and the two are shown whole


class Piece(NamedTuple):
    """Words of one or both sides."""

    side: Literal["both", "before", "after"]
    words: str


def difference(before: str, after: str) -> tuple[Piece, ...] | None:
    """The pieces in reading order; None where the wordings have too little in common.

    >>> [tuple(piece) for piece in difference("不超过6个项目", "不超过12个项目")]
    [('both', '不超过'), ('before', '6'), ('after', '12'), ('both', '个项目')]
    """
    one, other = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < _ENOUGH:
        return None
    return tuple(_joined(_pieces(one, other, matcher)))


def _pieces(one: list[str], other: list[str], matcher: "SequenceMatcher[str]") -> Iterator[tuple[str, str, str]]:
    """What is in common, and what each side has up to the next piece in common."""
    was = is_ = 0
    for match in matcher.get_matching_blocks():
        at_an_end = match.a == match.b == 0 or (len(one) - match.a, len(other) - match.b) == (match.size, match.size)
        if 0 < match.size < _ISLAND and not at_an_end:
            continue
        yield "", "".join(one[was : match.a]), "".join(other[is_ : match.b])
        yield "".join(one[match.a : match.a + match.size]), "", ""
        was, is_ = match.a + match.size, match.b + match.size


def _joined(pieces: Iterator[tuple[str, str, str]]) -> Iterator[Piece]:
    for both, before, after in pieces:
        if before:
            yield Piece("before", before)
        if after:
            yield Piece("after", after)
        if both:
            yield Piece("both", both)
