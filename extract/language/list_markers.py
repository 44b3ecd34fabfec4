"""List markers: 一、 （一） 方向一： 1、 1. 1） （1） ① A. ●. A marker is believed only where its number is due."""

import re
from functools import lru_cache

from msgspec import Struct

from extract.language.brackets import depths

CHINESE = "一二三四五六七八九十"
_CIRCLED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛")
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_SMALL = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_HAN = f"(?P<han>[{CHINESE}]{{1,3}})"
_ARABIC = r"(?<!\d)(?P<arabic>\d{1,2})"
# Styles: 1、 and 2. are one.
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
    "●": "(?P<bullet>-{2}|[●•◆■▪★◇□○-]) *",
}
_PATTERNS = {style: re.compile(f"(?P<mark>{words})") for style, words in _STYLES.items()}
_CLAUSE_ENDS = frozenset("；。：，、）》")
_INK = re.compile(r"\S")
_DECIMAL = re.compile(r"\d+\.\d")
_ALWAYS_AT_LINE_START = {"一、", "（一）"}
_BRACKETED = {"（1）", "（一）", "（A）", "（a）"}
_WITH_NEXT = {"一是", "第一，", "（A）", "（a）", "A.", "a.", "I.", "i）"}  # 一是 and A. are words as well


class Marker(Struct, frozen=True):
    """A marker: its style, its number, and where it stands."""

    style: str
    number: int
    start: int
    end: int


def find_markers(plain: str) -> list[Marker]:
    """The markers of a text in order. Each style counts from 1 (or from what begins the text) without a gap.

    A marker stands at the start of a line or clause, or where its number is due. A decimal (4.0生产单元,
    2.578亿元) looks like one; it is one only if the next number of its style follows.
    """
    found = _candidates(plain)
    last = {(marker.style, marker.number): place for place, marker in enumerate(found)}
    due: dict[str, int] = {}
    depth: list[str] = []
    believed: list[Marker] = []
    for place, marker in enumerate(found):
        if believed and marker.start < believed[-1].end:
            continue
        follows = last.get((marker.style, marker.number + 1), -1) > place
        if not _believable(plain, marker, due.get(marker.style), follows=follows):
            continue
        while marker.style in depth and depth[-1] != marker.style:
            due.pop(depth.pop())
        if marker.style not in depth:
            depth.append(marker.style)
        due[marker.style] = marker.number + 1
        believed.append(marker)
    return believed


def _candidates(plain: str) -> list[Marker]:
    """Everything that looks like a marker, outside of brackets, in order."""
    matches = [(style, match) for style, pattern in _PATTERNS.items() for match in pattern.finditer(plain)]
    depth = depths(plain) if matches else []
    found = [
        Marker(style, _number(match), *match.span("mark"))
        for style, match in matches
        if depth[match.start()] <= (style in _BRACKETED)
    ]
    return sorted(found, key=lambda marker: (marker.start, -marker.end))


def _believable(plain: str, marker: Marker, due: int | None, *, follows: bool) -> bool:
    """Whether what looks like a marker is one: by its place, and by the number that is due or that follows."""
    before = plain[max(marker.start - 1, 0) : marker.start]
    at_line, at_clause = _begins_line(plain, marker.start), before in _CLAUSE_ENDS
    if marker.style == "●":
        return (at_line or at_clause) and _is_repeated(plain, plain[marker.start : marker.end].strip())
    if marker.style in _WITH_NEXT and not (marker.number == due or follows):
        return False
    if marker.style == "1.1" or _DECIMAL.match(plain, marker.start):
        expected = marker.number == due or (marker.number == 1 and follows)
        return expected and (at_line or (before in {"；", "。"} and marker.number == due))
    if marker.number == due:
        if marker.style in _ALWAYS_AT_LINE_START:
            return at_line or before in {"；", "。"}
        return at_line or before != "第"
    if marker.number != 1:
        return not _INK.search(plain, 0, marker.start) and (follows or marker.style != "1、")
    if at_line or marker.style == "①":
        return True
    return at_clause and (follows or (before in {"：", "。", "；"} and marker.style in ("1）", "（1）")))


def _begins_line(plain: str, place: int) -> bool:
    """Whether only spaces stand between the start of a line and a place."""
    while place and plain[place - 1] == " ":
        place -= 1
    return not place or plain[place - 1] in "\n\u2028"


@lru_cache(maxsize=16)  # each bullet of a text asks
def _is_repeated(plain: str, bullet: str) -> bool:
    """Whether a bullet begins two items or more; a dash has to begin lines, for within one it may join words."""
    before = "(?:^|[\n\u2028]) *" if "-" in bullet else "(?:^|[\n\u2028；。：，]) *"
    return len(re.findall(f"{before}{re.escape(bullet)}(?!-)", plain)) > 1


def _number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if han := groups.get("han"):
        return _chinese(han)
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


def _chinese(numeral: str) -> int:
    """一 → 1, 十 → 10, 二十三 → 23; -1 where the characters make no number."""
    match = re.fullmatch(rf"(?:([{CHINESE[:9]}])?(十))?([{CHINESE[:9]}])?", numeral)
    if not match:
        return -1
    tens, ten, ones = match.groups()
    return 10 * (CHINESE.index(tens) + 1 if tens else 1 if ten else 0) + (CHINESE.index(ones) + 1 if ones else 0)
