"""Word patterns: `先于 中方`, `企业 … 参与|参加`. What they are, and how their pieces make a match.

Words have a space between them, `a|b` is either, `…` is a gap of up to twelve words within the sentence, those in
brackets and quotation marks not counted (向创新科技署“内地与香港联合资助计划”提交). A word of two or more characters
matches any token that contains it, so 征集 is found in 公开征集; a single character matches only itself. Pieces between
gaps are matched on their own and then tied together, which takes time in proportion to the text; a matcher that walks
through gaps token by token takes every way through them.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

GAP = 12  # words between two pieces of a pattern at most
_PAIRS = {"）": "（", "”": "“", "》": "《"}
STOPS = "。；"  # no pattern reaches over the end of a sentence

Tokens = list[dict[str, Any]]
Place = tuple[int, int]


def pieces(pattern: str) -> list[Tokens]:
    """The pieces of a pattern between its gaps, each as tokens that spaCy's matcher takes."""
    return [[_token(word) for word in piece.split()] for piece in pattern.split("…")]


def words(pattern: str) -> list[str]:
    """The words of a pattern of two or more characters, which the segmenter has to keep whole."""
    return [word for part in pattern.replace("…", " ").split() for word in part.split("|") if len(word) > 1]


def _token(word: str) -> dict[str, Any]:
    choices = [re.escape(one) if len(one) > 1 else f"^{re.escape(one)}$" for one in word.split("|")]
    return {"TEXT": {"REGEX": "|".join(choices)}}


def tied(found: Mapping[int, Sequence[Place]], count: int, tokens: Sequence[str]) -> list[Place]:
    """The places in which all pieces of a pattern stand in order, no gap too wide and none over a sentence's end.

    `found` has the places of each piece by its number, first token and the token after the last.
    """
    ends = [(start, end) for start, end in found.get(0, ())]
    reach = _reach(tokens)
    for number in range(1, count):
        ends = [
            (start, after)
            for start, end in ends
            for before, after in found.get(number, ())
            if before >= end
            and reach[before] - reach[end] <= GAP
            and not any(token in STOPS for token in tokens[end:before])
        ]
        ends = sorted(set(ends))
    return ends


def _reach(tokens: Sequence[str]) -> list[int]:
    """How many words stand before each token, without those in brackets and quotation marks."""
    inside: set[int] = set()
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token in _PAIRS.values():
            opened.append(place)
        elif opened and tokens[opened[-1]] == _PAIRS.get(token):
            inside.update(range(opened.pop(), place + 1))
    return [0, *accumulate(place not in inside for place in range(len(tokens)))]
