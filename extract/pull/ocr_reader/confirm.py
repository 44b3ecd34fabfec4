"""Hold what one engine reads against what the other reads, line by line: figures and headings have to agree.

The second engine takes one character in a hundred for another, so that running text would give warnings on every page
and none that helps; there it counts where it is sure. In a figure, with the words that bound it, and in a heading each
character counts; in a label half of them, for one that is read wrongly is unknown to the profile, which is told anyhow.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from extract.pull.ocr_reader.line import OcrLine, Pixels
from extract.pull.ocr_reader.marks import as_printed, is_page_number

_FAINT = 0.9  # a line that is read with less certainty often has a wrong character
_SURE = 0.9  # of the second engine, where it reads a character otherwise: its own mistakes have less
_SURE_BESIDE_FIGURES = 0.5  # the same on a line with a figure, whose words may say what it counts
_CERTAIN = 0.6  # of the second engine, where it reads words at which the first reads nothing
_MIN_MISSED = 2  # characters: one alone is a speck
_AROUND = 3  # characters beside a figure that may change what it means: 不超过75万, 75万元以上
_UNITS = "个项家名人倍期批届次年月日万亿元"
_CHINESE_DIGITS = "一二三四五六七八九十百千两半"
_FIGURE = re.compile(rf"[0-9]+(?:[.~-][0-9]+)*[%万亿]*|[{_CHINESE_DIGITS}]+(?=[{_UNITS}])|(?<=第)[{_CHINESE_DIGITS}]+")
_MAYBE_DASH = re.compile(
    r"(?<=[国盟洲织坛])一(?=[\u4e00-\u9fff]|$)(?![带流个家项种批次些定般直方体致并起])"
)  # 中国—欧盟
_MARKER = re.compile(r"[（(]?[0-9]{1,2}[）)、]")  # of a list, whose words are not bound by it
_HEADING = re.compile(rf"[0-9]+(?:[.．][0-9]+)*[.．、]|[0-9]+(?:[.．][0-9]+)+|[（(]?[{_CHINESE_DIGITS}]+[）)、]")
_DASHES = str.maketrans("–—―−～〜∼", "----~~~")
_LABEL = re.compile(r"[^：:]{2,14}(?=[：:])")


class Unsure(NamedTuple):
    """A line that is not certain, and why: faint, dash, differs, or missing, with what the other engine reads there."""

    line: OcrLine
    why: str
    other: str = ""


def unsure_lines(lines: Sequence[OcrLine], words: Sequence[OcrLine] | None) -> list[Unsure]:
    """Return the lines that are read with little certainty, or otherwise by the second engine.

    `words` are those of the second engine on the same picture; None without one.
    """
    dashes = [Unsure(line, "dash") for line in lines if _MAYBE_DASH.search(line.words)]
    if words is None:
        return [*dashes, *(Unsure(line, "faint") for line in lines if line.score < _FAINT)]
    within, missed = _by_line(lines, words)
    unsure = [
        found
        for line, parts in zip(lines, within, strict=True)
        if not is_page_number(line.words)
        for found in _unsure(line, parts)
    ]
    return [*dashes, *unsure, *(Unsure(line, "missing", line.words) for line in _missed_lines(missed))]


def _unsure(line: OcrLine, parts: Sequence[OcrLine]) -> Iterator[Unsure]:
    parts = sorted(parts, key=lambda part: part.box[0])
    other = as_printed("".join(part.words for part in parts))
    scores = [part.score for part in parts for _ in part.words]
    if not _agree(line.words, other, scores):
        yield Unsure(line, "differs", other)
    elif line.score < _FAINT and _folded(line.words)[0] != _folded(other)[0]:
        yield Unsure(line, "faint")


def _agree(words: str, other: str, scores: Sequence[float]) -> bool:
    """True if both read the same in all that counts; the second engine's scores are those of its characters.

    >>> _agree("挑战：不超过75万元", "挑成：不超过75万元", [0.4] * 10)
    True
    >>> _agree("挑战：不超过75万元", "挑战：不超过15万元", [0.4] * 10)
    False
    """
    mine, places = _folded(words)
    theirs, their_places = _folded(other)
    if mine == theirs:
        return True
    opcodes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    changes = [change for change in opcodes if change[0] != "equal"]
    label = _label(words, places)
    sure = _SURE_BESIDE_FIGURES if _FIGURE.search(mine) else _SURE
    for _, first, last, start, end in changes:
        certain = any(scores[place] >= sure for place in their_places[start:end])
        in_label = label.issuperset(range(first, last)) and first in label
        if (certain and not in_label) or _FIGURE.search(theirs[start:end]):
            return False
    changed = {offset for _, start, end, _, _ in changes for offset in range(start, end)}
    return not changed & _counting(words, mine, places) and 2 * len(changed & label) <= len(label)


def _counting(words: str, mine: str, places: Sequence[int]) -> set[int]:
    """The offsets in folded words of the characters that count: of figures and of what bounds them, of a heading."""
    counting: set[int] = set()
    markers = {place for marker in _MARKER.finditer(words) for place in range(*marker.span())}
    for figure in _FIGURE.finditer(mine):
        start, end = figure.span()
        if places[start] not in markers:
            after = _AROUND if figure[0][0].isascii() else 1  # its unit: 一家牵头 names no bound
            start, end = max(0, start - _AROUND), min(len(mine), end + after)
        counting |= set(range(start, end))
    if _HEADING.match(words):
        counting |= set(range(len(mine)))
    return counting


def _label(words: str, places: Sequence[int]) -> set[int]:
    """The offsets of a label at the start."""
    label = _LABEL.match(words)
    return {offset for offset, place in enumerate(places) if label and place < label.end()}


def _folded(words: str) -> tuple[str, list[int]]:
    """Words without space and punctuation except in figures, each character with its place."""
    wide = [
        (char, place)
        for place, printed in enumerate(words)
        for char in unicodedata.normalize("NFKC", printed).translate(_DASHES)
        if not char.isspace()
    ]
    kept = []
    for index, (char, place) in enumerate(wide):
        before, after = (wide[n][0] if 0 <= n < len(wide) else "" for n in (index - 1, index + 1))
        if char.isalnum() or char == "%" or (char in ".-~" and before.isdigit() and after.isdigit()):
            kept.append((char, place))
    return "".join(char for char, _ in kept), [place for _, place in kept]


# ── the words of a line ───────────────────────────────────────────────────────────────────────────────


def _by_line(lines: Sequence[OcrLine], words: Sequence[OcrLine]) -> tuple[list[list[OcrLine]], list[OcrLine]]:
    """The words of the second engine in each line of the first, and those in none."""
    within: list[list[OcrLine]] = [[] for _ in lines]
    missed = []
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        here = [n for n, line in enumerate(lines) if _holds(line.box, x, y)]
        if here:
            within[min(here, key=lambda n: abs(lines[n].box[1] + lines[n].box[3] - 2 * y))].append(word)
        else:
            missed.append(word)
    return within, missed


def _holds(box: Pixels, x: float, y: float) -> bool:
    around = (box[3] - box[1]) / 4
    return box[0] - around <= x <= box[2] + around and box[1] - around <= y <= box[3] + around


def _missed_lines(words: Sequence[OcrLine]) -> Iterator[OcrLine]:
    """Join words that only the second engine reads, where it is certain, by lines."""
    rows: list[list[OcrLine]] = []
    for word in sorted((word for word in words if word.score >= _CERTAIN), key=lambda word: word.box[1]):
        if rows and word.box[1] < rows[-1][0].box[3]:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.box[0])
        text = "".join(word.words for word in row)
        if len(_folded(text)[0]) >= _MIN_MISSED:
            lefts, tops, rights, bottoms = zip(*(word.box for word in row), strict=True)
            yield OcrLine((min(lefts), min(tops), max(rights), max(bottoms)), text, min(word.score for word in row))
