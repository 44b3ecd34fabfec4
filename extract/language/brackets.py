"""Match and split text outside brackets and quotation marks."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from extract.model.text import Text

_PAIRS = dict(zip("（《〈“‘【〔「『[", "）》〉”’】〕」』]", strict=True))
_MARK = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")


def depths(plain: str) -> list[int]:
    """Return the number of brackets around each character; brackets count as inside themselves.

    Unmatched brackets are ignored.

    >>> depths("农业（含《食品》）")
    [0, 0, 1, 1, 2, 2, 2, 2, 1]
    >>> depths("1）农业（")
    [0, 0, 0, 0, 0]
    """
    steps = [0] * (len(plain) + 1)  # change of depth at each character
    openings: list[int] = []
    awaited: Counter[str] = Counter()
    for match in _MARK.finditer(plain):
        offset, char = match.start(), match[0]
        if char in _PAIRS:
            openings.append(offset)
            awaited[_PAIRS[char]] += 1
        elif awaited[char]:
            start = openings.pop()
            while _PAIRS[plain[start]] != char:
                awaited[_PAIRS[plain[start]]] -= 1
                start = openings.pop()
            awaited[char] -= 1
            steps[start] += 1
            steps[offset + 1] -= 1
    return list(accumulate(steps[:-1]))


def split(text: Text, separators: str) -> list[Text]:
    """Split at separators outside brackets: 农业（含食品、水）、能源 at 、 into two pieces."""
    pieces, start = [], 0
    for match in outside(text, f"[{separators}]"):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]] if pieces else [text]


def outside(text: Text, pattern: str | re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begin outside brackets."""
    depth: list[int] = []  # computed at the first match, as most patterns match nowhere
    for match in re.finditer(pattern, text.plain):
        depth = depth or depths(text.plain)
        if not depth[match.start()]:
            yield match


def find(text: Text, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
    """Return the first match of a pattern that begins outside brackets, or None."""
    return next(outside(text, pattern), None)


def closing(text: Text) -> tuple[Text, Text | None]:
    """Split off the brackets at the end of a text: 农业（含食品） → 农业, 含食品; None if there are none."""
    if not text.plain.endswith("）"):
        return text, None
    depth = depths(text.plain)
    start = len(text)
    while start and depth[start - 1]:
        start -= 1
    openings = [offset for offset in range(start, len(text)) if text.plain[offset] == "（" and depth[offset] == 1]
    if not openings or not start or 0 in depth[openings[-1] :]:
        return text, None
    return text[: openings[-1]], text[openings[-1] + 1 : len(text) - 1]
