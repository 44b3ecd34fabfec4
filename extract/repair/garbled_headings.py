"""Repair headings garbled by fake bold: chains of runs, each written k times (`1111` `.1.1.1.1` `中美…×4`).

Only whole lines are repaired: 1111 inside a value is 1111. On paper only numbered headings are, for copies were
folded by their positions before.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import gcd

from extract.layout.lines import MeasuredLine, remeasured
from extract.model.findings import FindingDraft, finding
from extract.model.section_numbers import may_begin, may_follow
from extract.model.text import Text, join_texts

_MAX_COPIES = 8  # of one run
_MAX_READINGS = 8  # of one line
_MAX_GARBLED = 400  # characters of a garbled heading
_SPACE = re.compile(r"\s")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[\d.]+")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.])")
_YEAR = re.compile(r"((?:19|20)\d\d)\1+")
_YEAR_BY_GLYPH = {
    copies: re.compile(r"(?<!\d)" + "".join(rf"(\d)\{n}{{{copies - 1}}}" for n in range(1, 5)) + "(?= *年)")
    for copies in range(2, 6)
}


def dechained_readings(line: Text, *, tail: bool = False) -> list[Text]:
    """Return the readings of a line with each run taken once; empty if it is not a chain of repeated runs.

    `tail`: the line continues a garbled one, so that a single repeated word (项目×4) suffices.
    """
    chars = _SPACE.sub("", line.plain)
    if len(chars) > _MAX_GARBLED:
        return []
    for copies in _copies(chars):
        readings = {str(reading): reading for reading in _take_once(line.without(_SPACE), copies)}
        if readings:
            return list(readings.values()) if tail or len(_HAN.findall(next(iter(readings)))) >= 2 else []
    return []


def number_readings(line: Text) -> list[Text]:
    """Return the readings of a line of which only the section number was repeated: 1.11.11.1中美 → 1.1中美."""
    if not _NUMBER.match(line.plain.lstrip()):
        return []
    bare = line.without(_SPACE)
    head = _NUMBER.match(bare.plain)
    if not head or head.end() == len(bare) or head.end() > _MAX_GARBLED:
        return []
    number, rest = bare[: head.end()], bare[head.end() :]
    readings = {
        str(reading): reading + rest
        for copies in _copies(number.plain)
        for reading in _take_once(number, copies)
        if _SECTION_NUMBER.fullmatch(reading.plain)
    }
    return list(readings.values())


def title_year(line: Text) -> Text:
    """Take a repeated year in a line of the title once: 2017201720172017年度, 22001177年度 → 2017年度."""
    if match := _YEAR.search(line.plain):
        return join_texts([line[: match.end(1)], line[match.end() :]], line)
    for copies, pattern in _YEAR_BY_GLYPH.items():
        match = pattern.search(line.plain)
        if match and "".join(match.groups()).startswith(("19", "20")):
            digits = [line[index : index + 1] for index in range(match.start(), match.end(), copies)]
            return join_texts([line[: match.start()], *digits, line[match.end() :]], line)
    return line


def _copies(chars: str) -> list[int]:
    """The possible numbers of copies, greatest first: common divisors of the counts of all characters.

    >>> _copies("1111.1.1.1.1中中中中"), _copies("1.11.11.1"), _copies("1.1中美")
    ([4, 2], [3], [])
    """
    shared = gcd(*Counter(chars).values())
    return [k for k in range(min(shared, _MAX_COPIES), 1, -1) if shared % k == 0]


def _take_once(bare: Text, copies: int) -> list[Text]:
    """All readings of a line as runs written `copies` times, each run taken once."""
    chars = bare.plain

    @cache
    def spans(start: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
        if start == len(chars):
            return (("", ()),)
        readings: dict[str, tuple[int, ...]] = {}
        for size in _runs(chars, start, copies):
            for rest, offsets in spans(start + size * copies):
                readings.setdefault(chars[start : start + size] + rest, (*range(start, start + size), *offsets))
            if len(readings) >= _MAX_READINGS:
                break
        return tuple(readings.items())

    return [join_texts((bare[p : p + 1] for p in offsets), bare) for _, offsets in spans(0)]


def _runs(chars: str, start: int, copies: int) -> Iterator[int]:
    """Yield the lengths of runs that are repeated `copies` times from `start` on."""
    for size in range(1, (len(chars) - start) // copies + 1):
        if chars[start : start + size] * copies == chars[start : start + size * copies]:
            yield size


_MAX_WRAPPED = 4  # lines of a garbled heading
# A repeated section number: 1111.1…, 1.11.1…; the first is no section number, so unrepaired it is an error.
_GARBLE = re.compile(r"(\d)\1+\.|(\d{1,2}\.\d{1,2}){2,}")
_UNREADABLE = re.compile(r"(\d)\1{2,}\.[.\d]*(?![.\d %万亿元个项])")
_MIN_UNNUMBERED = 6  # characters of a garbled heading without a number; 常常看看 is not garbled
_MAX_TITLE_LINES = 8  # lines at the top of the guide that may be its title
_NUMBER_AT_START = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.])")


def repair_garbled(rows: list[MeasuredLine]) -> tuple[list[MeasuredLine], list[Text], list[FindingDraft]]:
    """Return the lines with repeated runs taken once, the removed copies, and findings on ambiguous readings."""
    clean: list[MeasuredLine] = []
    copies: list[Text] = []
    findings: list[FindingDraft] = []
    number_before = ""
    tail = False
    index = 0
    while index < len(rows):
        line = rows[index]
        whole, readings, taken = _wrapped_readings(rows, index, tail=tail, number_before=number_before)
        findings += _doubts(whole, readings)
        text = _choose(readings, number_before) if readings else line.text
        if readings:
            copies.append(_removed(whole, text))
        tail = bool(readings)
        number = _NUMBER_AT_START.match(text.plain)
        number_before = number[0] if number else number_before
        clean.append(remeasured(line, text) if readings else line)
        index += taken
    return clean, copies, findings


def _wrapped_readings(
    rows: list[MeasuredLine], index: int, *, tail: bool, number_before: str
) -> tuple[Text, list[Text], int]:
    """Return a line, its readings and 1; or a garbled heading of several lines, its readings and their number."""
    line = rows[index].text
    title = index < _MAX_TITLE_LINES
    if _GARBLE.match(line.plain) and not dechained_readings(line, tail=tail):
        for taken in range(2, min(_MAX_WRAPPED, len(rows) - index) + 1):
            whole = join_texts([row.text for row in rows[index : index + taken]], line)
            if readings := [reading for reading in dechained_readings(whole) if _NUMBER_AT_START.match(reading.plain)]:
                return whole, readings, taken
    return line, _readings(line, tail=tail, title=title, number_before=number_before), 1


def _readings(line: Text, *, tail: bool, title: bool, number_before: str) -> list[Text]:
    """The readings of a line as a garbled heading or title; but in extracted text only as a numbered heading.

    A number that may follow the one before is not repaired: 1.11.1 below 1.11 is not 1.1 printed twice.
    """
    readings = dechained_readings(line, tail=tail)
    if readings and not _NUMBER_AT_START.match(readings[0].plain) and not tail:
        is_extracted = not (line.ink.drawn or line.ink.blocks)
        readings = readings if is_extracted and len(readings[0]) >= _MIN_UNNUMBERED else []
    readings = readings or ([] if _follows(line, number_before) else number_readings(line))
    if not readings and title:
        dated = title_year(line)
        readings = [dated] if len(dated) < len(line) else []
    return readings


def _doubts(line: Text, readings: list[Text]) -> list[FindingDraft]:
    if len(readings) > 1:
        return [finding("heading-ambiguous", line, words=str(line), readings=[str(text) for text in readings])]
    if not readings and _UNREADABLE.match(line.plain):
        return [finding("heading-garbled", line, words=str(line))]
    return []


def _choose(readings: list[Text], number_before: str) -> Text:
    """Choose the reading whose section number may follow the one before, else the first."""
    return next((text for text in readings if _follows(text, number_before)), readings[0])


def _follows(heading: Text, number_before: str) -> bool:
    """True if the number of a heading may follow `number_before`, or may begin a guide if there is none."""
    match = _NUMBER_AT_START.match(heading.plain)
    if match is None:
        return False
    return may_follow(match[0], number_before) if number_before else may_begin(match[0])


def _removed(whole: Text, kept: Text) -> Text:
    """The copies that a reading left out of its line."""
    kept_origins = set(kept.origins)
    return join_texts(
        [whole[index : index + 1] for index, origin in enumerate(whole.origins) if origin not in kept_origins], whole
    )
