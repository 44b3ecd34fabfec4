"""Find list markers: 一、 （一） 方向一： 1、 1. 1） （1） ① A. ●. A candidate counts only if its number is due."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from extract.language.brackets import depths
from extract.language.numerals import CHINESE_ORDINAL, ORDINAL, parse_ordinal

# What an item begins with, whichever number is due: 1. 一、 （一） 1） ①
ITEM_MARK = rf"（?{ORDINAL}[）、.]|[①-⒇]"
_CIRCLED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛")
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_SMALL = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_HAN = f"(?P<han>{CHINESE_ORDINAL})"
_ARABIC = r"(?<!\d)(?P<arabic>\d{1,2})"
# Patterns by style; 1、 and 2. are one style.
_STYLES = {
    "一、": rf"{_HAN}、",
    "（一）": rf"（{_HAN}）",
    "方向一": rf"(?:方向|领域|专题|主题|任务|课题|板块)(?:{_HAN}(?:[：、.]| +)|{_ARABIC}[：、.]? *)",
    "一是": rf"{_HAN}是(?!否)",
    "第一，": rf"第{_HAN}[，、：]",
    "1.1": r"\d{1,2}\.(?P<arabic>\d{1,2})(?![\d.%，]) *",
    "1、": rf"{_ARABIC}(?:、|\. *)",
    "（1）": rf"（{_ARABIC}）",
    "1）": rf"{_ARABIC}）",
    "①": f"(?P<circled>[{''.join(_CIRCLED)}])",
    "（A）": "（(?P<letter>[A-Z])）",
    "（a）": "（(?P<letter>[a-z])）",
    "A.": r"(?<![A-Za-z])(?P<letter>[A-Z])(?:[.、）] *)(?![A-Z][、.])",
    "a.": r"(?<![A-Za-z])(?P<letter>[a-z])(?:[.、）] *)(?![a-z][、.])",
    "I.": f"(?P<roman>[{_ROMAN}])[.、：]? *",
    "i）": r"(?<![A-Za-z])(?P<small>i{1,3}|iv|vi{0,3}|ix|x)(?:[.、）] *)",
    "●": "(?P<bullet>-{2}|[●•◆■▪★◇□○◦‣⁃➢➤-]) *",
}
_PATTERNS = {style: re.compile(f"(?P<mark>{words})") for style, words in _STYLES.items()}
_CLAUSE_ENDS = frozenset("；。：，、）》")
_INK = re.compile(r"\S")
_DECIMAL = re.compile(r"\d+\.\d")
_ONLY_AT_LINE_OR_SENTENCE_START = {"一、", "（一）"}
_COUNTED = {"一、", "（一）", "1、", "（1）", "1）", "①"}
_BRACKETED = {"（1）", "（一）", "（A）", "（a）"}
_ONLY_WITH_NEXT = {"一是", "第一，", "（A）", "（a）", "A.", "a.", "I.", "i）"}  # 一是 and A. may be words


class Marker(Struct, frozen=True):
    """A marker: its style, its number, and its span in the text."""

    style: str
    number: int
    start: int
    end: int


def find_markers(plain: str) -> list[Marker]:
    """Find the markers of a text in order. Each style counts from 1 (or from the number that begins the text), gapless.

    A marker is at the start of a line or clause, or its number is due. A decimal (4.0生产单元, 2.578亿元) is one
    only if the next number of its style follows.

    >>> [(marker.style, marker.number) for marker in find_markers("一、农业：（1）育种；（2）疫苗。二、工业4.0")]
    [('一、', 1), ('（1）', 1), ('（1）', 2), ('一、', 2)]
    """
    candidates = _candidates(plain)
    last_index = {(marker.style, marker.number): index for index, marker in enumerate(candidates)}
    due: dict[str, int] = {}
    open_styles: list[str] = []
    markers: list[Marker] = []
    for index, marker in enumerate(candidates):
        if markers and marker.start < markers[-1].end:
            continue
        next_follows = last_index.get((marker.style, marker.number + 1), -1) > index
        if not _is_marker(plain, marker, due.get(marker.style), next_follows=next_follows):
            continue
        while marker.style in open_styles and open_styles[-1] != marker.style:
            due.pop(open_styles.pop())
        if marker.style not in open_styles:
            open_styles.append(marker.style)
        due[marker.style] = marker.number + 1
        markers.append(marker)
    return markers


def skipped_markers(plain: str, markers: Sequence[Marker]) -> list[Marker]:
    """Return what may be markers and was not due, where with it a style has no gaps: columns that are read by rows.

    >>> plain = "1.农业3.环境2.能源4.海洋"
    >>> [marker.number for marker in skipped_markers(plain, find_markers(plain))]
    [3, 4]
    """
    found = {(marker.style, marker.start) for marker in markers}
    by_style: dict[str, list[Marker]] = {marker.style: [] for marker in markers if marker.number > 0}
    for marker in _candidates(plain):
        if marker.style in by_style:
            by_style[marker.style].append(marker)
    return [
        marker
        for candidates in by_style.values()
        if sorted(marker.number for marker in candidates) == list(range(1, len(candidates) + 1))
        for marker in candidates
        if (marker.style, marker.start) not in found
    ]


def headless_markers(plain: str, markers: Sequence[Marker]) -> list[Marker]:
    """Return marks behind a sentence, or on a line of their own, of a style whose first mark was not found.

    OCR may lose the stop of the first: 以下要求：1因荷方先于中方征集。2.执行期不超过2年。

    >>> plain = "以下要求：1因荷方先行征集。2.执行期不超过2年。"
    >>> [marker.number for marker in headless_markers(plain, find_markers(plain))]
    [2]
    """
    styles = {marker.style for marker in markers}
    return [
        marker
        for marker in _candidates(plain)
        if marker.number > 1 and marker.style in _COUNTED and marker.style not in styles
        if _is_at_line_start(plain, marker.start) or plain[marker.start - 1] in "。；"
        if not plain[marker.end : marker.end + 1].isdigit()
    ]


def _candidates(plain: str) -> list[Marker]:
    """All matches of the styles outside brackets, in order."""
    matches = [(style, match) for style, pattern in _PATTERNS.items() for match in pattern.finditer(plain)]
    depth = depths(plain) if matches else []
    candidates = [
        Marker(_style(style, match), _number(match), *match.span("mark"))
        for style, match in matches
        if depth[match.start()] <= (style in _BRACKETED)
    ]
    return sorted(candidates, key=lambda marker: (marker.start, -marker.end))


def _style(style: str, match: re.Match[str]) -> str:
    """The style of a match: each bullet is one of its own, so that ○ below ● is a list within a list."""
    return f"●{match['bullet']}" if style == "●" else style


def _is_marker(plain: str, marker: Marker, due: int | None, *, next_follows: bool) -> bool:
    """True if a candidate is a marker, by its position and by the number that is due or that follows.

    CASE 1, a bullet: repeated at the start of lines or clauses
    CASE 2, a style that may be words (一是, A.): only if it is due or the next one follows
    CASE 3, a decimal (1.1, 4.0生产单元): due or the first with the next one, at the start of a line or sentence
    CASE 4, the number that is due: nearly anywhere; 一、 at the start of a line or sentence, 一 not in 第一
    CASE 5, another number than 1: only at the start of the text
    CASE 6, the first of a list: at the start of a line, or of a clause if the next one follows
    """
    before = plain[max(marker.start - 1, 0) : marker.start]
    at_line, at_clause = _is_at_line_start(plain, marker.start), before in _CLAUSE_ENDS
    is_due = marker.number == due
    if marker.style.startswith("●"):
        return (at_line or at_clause) and _is_repeated(plain, plain[marker.start : marker.end].strip())
    if marker.style in _ONLY_WITH_NEXT and not (is_due or next_follows):
        return False
    if marker.style == "1.1" or _DECIMAL.match(plain, marker.start):
        is_expected = is_due or (marker.number == 1 and next_follows)
        return is_expected and (at_line or (before in {"；", "。"} and is_due))
    if is_due:
        if marker.style in _ONLY_AT_LINE_OR_SENTENCE_START:
            return at_line or before in {"；", "。"}
        return at_line or before != "第"
    if marker.number != 1:
        return not _INK.search(plain, 0, marker.start) and (next_follows or marker.style != "1、")
    if at_line or marker.style == "①":
        return True
    return at_clause and (next_follows or (before in {"：", "。", "；"} and marker.style in ("1）", "（1）")))


def _is_at_line_start(plain: str, offset: int) -> bool:
    """True if only spaces precede an offset in its line."""
    while offset and plain[offset - 1] == " ":
        offset -= 1
    return not offset or plain[offset - 1] in "\n\u2028"


@lru_cache(maxsize=16)  # called for each bullet of a text
def _is_repeated(plain: str, bullet: str) -> bool:
    """True if a bullet begins two items or more; a dash has to begin lines, as elsewhere it may join words."""
    before = "(?:^|[\n\u2028]) *" if "-" in bullet else "(?:^|[\n\u2028；。：，]) *"
    return len(re.findall(f"{before}{re.escape(bullet)}(?!-)", plain)) > 1


def _number(match: re.Match[str]) -> int:
    """The number of a marker by the group that took part: 1 of 一, ①, A, Ⅰ, i and 1; 0 of a bullet."""
    groups = match.groupdict()
    if han := groups.get("han"):
        number = parse_ordinal(han)
        return -1 if number is None else number
    if circled := groups.get("circled"):
        return next(row.index(circled) + 1 for row in _CIRCLED if circled in row)
    if letter := groups.get("letter"):
        return ord(letter.upper()) - ord("A") + 1
    if roman := groups.get("roman"):
        return _ROMAN.index(roman) + 1
    if small := groups.get("small"):
        return _SMALL.index(small) + 1
    if groups.get("bullet"):
        return 0
    return int(match["arabic"])
