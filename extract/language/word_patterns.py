"""Word patterns: `先于 中方`, `企业 … 参与|参加`. What they are, and how their pieces make a match.

Words have a space between them, `a|b` is either, `…` is a gap of up to twelve words within the sentence, those in
brackets and quotation marks not counted (向创新科技署“内地与香港联合资助计划”提交). A word of two or more characters
matches any token that contains it, so 征集 is found in 公开征集; a single character matches only itself. Pieces between
gaps are matched on their own and then tied together, which takes time in proportion to the text; a matcher that walks
through gaps token by token takes every way through them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

GAP = 12  # words between two pieces of a pattern at most
_PAIRS = {"）": "（", "”": "“", "》": "《"}
STOPS = "。；"  # no pattern reaches over the end of a sentence

Piece = tuple[str, ...]  # words one after the other, each with its choices: (推荐部门|推荐单位, 推荐)
Place = tuple[int, int]  # the first token, and the one after the last


def split_pieces(pattern: str) -> tuple[Piece, ...]:
    """The pieces of a pattern between its gaps."""
    return tuple(tuple(piece.split()) for piece in pattern.split("…"))


def words(pattern: str) -> list[str]:
    """The words of a pattern of two or more characters, which the segmenter has to keep whole."""
    return [word for part in pattern.replace("…", " ").split() for word in part.split("|") if len(word) > 1]


class PatternFinder:
    """Finds many pieces in one pass: what a token contains is looked up, not each word tried on it."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._starting: dict[str, list[Piece]] = defaultdict(list)  # by their first words
        self._choices: dict[str, set[str]] = defaultdict(set)  # by each of the words that they are a choice of
        for piece in dict.fromkeys(filter(None, pieces)):
            self._starting[piece[0]].append(piece)
            for choices in piece:
                for word in choices.split("|"):
                    self._choices[word].add(choices)
        self._longest = max(map(len, self._choices), default=0)

    def places(self, tokens: Sequence[str]) -> dict[Piece, list[Place]]:
        """Where each piece stands, in order."""
        found: dict[Piece, list[Place]] = defaultdict(list)
        matched = [self._matched(token) for token in tokens]
        for start, first in enumerate(matched):
            for piece in (piece for choices in first for piece in self._starting.get(choices, ())):
                rest = matched[start : start + len(piece)]
                if len(rest) == len(piece) and all(map(set.__contains__, rest, piece)):
                    found[piece].append((start, start + len(piece)))
        return found

    def _matched(self, token: str) -> set[str]:
        """The choices that match a token."""
        return set().union(*(self._choices[part] for part in self._parts(token) if part in self._choices))

    def _parts(self, token: str) -> Iterator[str]:
        """What a token contains: itself, and all of two or more characters that may be a word."""
        if len(token) < 3:
            yield token
            return
        for start in range(len(token) - 1):
            for end in range(start + 2, min(start + self._longest, len(token)) + 1):
                yield token[start:end]


def join_pieces(found: Mapping[Piece, Sequence[Place]], pattern: Sequence[Piece], reach: Sequence[int]) -> list[Place]:
    """The places in which all pieces of a pattern stand in order, no gap too wide and none over a sentence's end."""
    ends = list(found.get(pattern[0], ()))
    for piece in pattern[1:]:
        places = found.get(piece, ())
        ends = sorted({(start, after) for start, end in ends for after in _behind(places, end, reach)})
    return ends


def _behind(places: Sequence[Place], end: int, reach: Sequence[int]) -> Iterator[int]:
    """Where the places end that begin within a gap behind a token."""
    for number in range(bisect_left(places, (end,)), len(places)):
        start, after = places[number]
        if reach[start] - reach[end] > GAP:
            return
        yield after


def gap_widths(tokens: Sequence[str]) -> list[int]:
    """How many words a gap leads over up to each token: none in brackets; the end of a sentence is wider than a gap."""
    inside: set[int] = set()
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token in _PAIRS.values():
            opened.append(place)
        elif opened and tokens[opened[-1]] == _PAIRS.get(token):
            inside.update(range(opened.pop(), place + 1))
    wide = (GAP + 1 if token in STOPS else place not in inside for place, token in enumerate(tokens))
    return [0, *accumulate(wide)]
