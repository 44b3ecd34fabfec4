"""Match word patterns such as `先于 中方` and `企业 … 参与|参加`.

Words are separated by spaces, `a|b` is either, `…` is a gap of up to twelve words within the sentence, not counting
those in brackets and quotation marks (向创新科技署“内地与香港联合资助计划”提交). A word of two or more characters
matches any token that contains it (征集 in 公开征集), a single character only itself. The pieces between gaps are
matched separately and then joined, in linear time; matching token by token would try every way through the gaps.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

_MAX_GAP = 12  # words between two pieces of a pattern
_PAIRS = {"）": "（", "”": "“", "》": "《"}
SENTENCE_ENDS = "。；"  # no match extends over one

Piece = tuple[str, ...]  # consecutive words, each with its alternatives: (推荐部门|推荐单位, 推荐)
Span = tuple[int, int]  # the index of the first token, and the one after the last


def split_pieces(pattern: str) -> tuple[Piece, ...]:
    """Split a pattern into the pieces between its gaps.

    >>> split_pieces("企业 … 参与|参加")
    (('企业',), ('参与|参加',))
    """
    return tuple(tuple(piece.split()) for piece in pattern.split("…"))


def words(pattern: str) -> list[str]:
    """List the words of a pattern with two or more characters, which the segmenter must not cut.

    >>> words("先于 中方 … 参与|参加")
    ['先于', '中方', '参与', '参加']
    """
    return [word for part in pattern.replace("…", " ").split() for word in part.split("|") if len(word) > 1]


class PatternFinder:
    """A matcher of many pieces in one pass, by look-up of the substrings of each token."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._starting: dict[str, list[Piece]] = defaultdict(list)  # by their first words
        self._choices: dict[str, set[str]] = defaultdict(set)  # alternatives, by each of their words
        for piece in dict.fromkeys(filter(None, pieces)):
            self._starting[piece[0]].append(piece)
            for choices in piece:
                for word in choices.split("|"):
                    self._choices[word].add(choices)
        self._longest = max(map(len, self._choices), default=0)

    def find(self, tokens: Sequence[str]) -> dict[Piece, list[Span]]:
        """Return the matches of each piece, in order."""
        found: dict[Piece, list[Span]] = defaultdict(list)
        matched = [self._matched(token) for token in tokens]
        for start, first in enumerate(matched):
            for piece in (piece for choices in first for piece in self._starting.get(choices, ())):
                rest = matched[start : start + len(piece)]
                if len(rest) == len(piece) and all(map(set.__contains__, rest, piece)):
                    found[piece].append((start, start + len(piece)))
        return found

    def _matched(self, token: str) -> set[str]:
        """The alternatives that match a token."""
        return set().union(*(self._choices[part] for part in self._parts(token) if part in self._choices))

    def _parts(self, token: str) -> Iterator[str]:
        """The substrings of a token of two or more characters, up to the longest word; a short token itself."""
        if len(token) < 3:
            yield token
            return
        for start in range(len(token) - 1):
            for end in range(start + 2, min(start + self._longest, len(token)) + 1):
                yield token[start:end]


def join_pieces(found: Mapping[Piece, Sequence[Span]], pattern: Sequence[Piece], widths: Sequence[int]) -> list[Span]:
    """Return the spans in which all pieces match in order, with no gap too wide or over the end of a sentence."""
    spans = list(found.get(pattern[0], ()))
    for piece in pattern[1:]:
        matches = found.get(piece, ())
        spans = sorted({(start, after) for start, end in spans for after in _ends_after(matches, end, widths)})
    return spans


def _ends_after(matches: Sequence[Span], end: int, widths: Sequence[int]) -> Iterator[int]:
    """Yield the ends of matches that begin within a gap after a token."""
    for index in range(bisect_left(matches, (end,)), len(matches)):
        start, after = matches[index]
        if widths[start] - widths[end] > _MAX_GAP:
            return
        yield after


def gap_widths(tokens: Sequence[str]) -> list[int]:
    """Return the cumulated width of the words before each token: 0 in brackets, more than a gap for a sentence's end.

    >>> [int(width) for width in gap_widths(["企业", "（", "中", "）", "参与"])]
    [0, 1, 1, 1, 1, 2]
    """
    inside: set[int] = set()
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token in _PAIRS.values():
            opened.append(index)
        elif opened and tokens[opened[-1]] == _PAIRS.get(token):
            inside.update(range(opened.pop(), index + 1))
    widths = (_MAX_GAP + 1 if token in SENTENCE_ENDS else index not in inside for index, token in enumerate(tokens))
    return [0, *accumulate(widths)]
