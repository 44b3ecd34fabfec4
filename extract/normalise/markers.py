"""List markers: 一、 （一） 1、 1. 1） （1） ①. A marker is believed only where its number is due."""

import re
from dataclasses import dataclass

CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN = f"(?P<han>[{CHINESE}]{{1,3}})"
_ARABIC = r"(?P<arabic>\d{1,2})"
# Styles: 1、 and 2. are one. A decimal (4.0生产单元) is told from a marker by its number not being due.
_STYLES = {
    "一、": rf"{_HAN}、",
    "（一）": rf"（{_HAN}）",
    "1、": rf"{_ARABIC}(?:、|\. *)",
    "（1）": rf"（{_ARABIC}）",
    "1）": rf"{_ARABIC}）",
    "①": rf"(?P<circled>[{_CIRCLED}])",
}
# Where a marker of a style may stand: at the start of a line, and for some within one.
_START = "(?:^|(?<=[\n\u2028])) *"
_INLINE = {
    "一、": "(?!)",
    "（一）": "(?!)",
    "1、": r"(?<=[；。：])(?!\d+\.\d)",
    "（1）": "(?<=[；。：，、）》 ])",
    "1）": "(?<=[；。：，、）》 ])",
    "①": "",
}
_PATTERNS = {style: re.compile(f"(?:{_START}|{_INLINE[style]})(?P<mark>{words})") for style, words in _STYLES.items()}


@dataclass(frozen=True)
class Marker:
    """A marker: its style, its number, and where it stands."""

    style: str
    number: int
    start: int
    end: int


def markers(plain: str) -> list[Marker]:
    """The markers of a text in order. Each style counts from 1 (or from what begins the text) without a gap."""
    found = sorted(
        (_marker(style, match) for style, pattern in _PATTERNS.items() for match in pattern.finditer(plain)),
        key=lambda marker: marker.start,
    )
    due: dict[str, int] = {}
    depth: list[str] = []
    believed: list[Marker] = []
    for marker in found:
        first = marker.number == 1 or (not believed and marker.start == 0)
        if believed and marker.start < believed[-1].end:
            continue
        if marker.number != due.get(marker.style) and not first:
            continue
        while marker.style in depth and depth[-1] != marker.style:
            due.pop(depth.pop())
        if marker.style not in depth:
            depth.append(marker.style)
        due[marker.style] = marker.number + 1
        believed.append(marker)
    return believed


def _marker(style: str, match: re.Match[str]) -> Marker:
    groups = match.groupdict()
    if han := groups.get("han"):
        number = _chinese(han)
    elif circled := groups.get("circled"):
        number = _CIRCLED.index(circled) + 1
    else:
        number = int(match["arabic"])
    return Marker(style, number, match.start("mark"), match.end("mark"))


def _chinese(numeral: str) -> int:
    """一 → 1, 十 → 10, 二十三 → 23; -1 where the characters make no number."""
    match = re.fullmatch(rf"(?:([{CHINESE[:9]}])?(十))?([{CHINESE[:9]}])?", numeral)
    if not match:
        return -1
    tens, ten, ones = match.groups()
    return 10 * (CHINESE.index(tens) + 1 if tens else 1 if ten else 0) + (CHINESE.index(ones) + 1 if ones else 0)
