"""Garbled headings among the lines of a guide: which lines are asked, which reading holds, what stays in doubt.

Fake bold in text: a line that is a chain of runs, each written k times (`1111` `.1.1.1.1` `中美…×4`).

It speaks only where there is no geometry, and only for whole lines: 1111 inside a value is 1111.
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

MOST = 8  # copies of one run at the most
READINGS = 8  # readings of one line at the most
LONGEST = 400  # characters of a garbled heading at the most
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
    """What a line says when each of its runs is taken once; empty where it is no chain.

    `tail`: the line goes on from a garbled one, so a single repeated word (项目×4) will do.
    """
    chars = _SPACE.sub("", line.plain)
    if len(chars) > LONGEST:
        return []
    for copies in _copies(chars):
        found = {str(reading): reading for reading in _take(line.without(_SPACE), copies)}
        if found:
            return list(found.values()) if tail or len(_HAN.findall(next(iter(found)))) >= 2 else []
    return []


def number_readings(line: Text) -> list[Text]:
    """What a line says when only the section number at its head was printed several times."""
    if not _NUMBER.match(line.plain.lstrip()):
        return []
    bare = line.without(_SPACE)
    head = _NUMBER.match(bare.plain)
    if not head or head.end() == len(bare) or head.end() > LONGEST:
        return []
    number, rest = bare[: head.end()], bare[head.end() :]
    found = {
        str(reading): reading + rest
        for copies in _copies(number.plain)
        for reading in _take(number, copies)
        if _SECTION_NUMBER.fullmatch(reading.plain)
    }
    return list(found.values())


def title_year(line: Text) -> Text:
    """A title's line with a year printed several times (2017201720172017年度, 22001177年度) taken once."""
    if match := _YEAR.search(line.plain):
        return join_texts([line[: match.end(1)], line[match.end() :]], line)
    for copies, pattern in _YEAR_BY_GLYPH.items():
        match = pattern.search(line.plain)
        if match and "".join(match.groups()).startswith(("19", "20")):
            digits = [line[place : place + 1] for place in range(match.start(), match.end(), copies)]
            return join_texts([line[: match.start()], *digits, line[match.end() :]], line)
    return line


def _copies(chars: str) -> list[int]:
    """How often every run may be written, most first: a number that divides the count of each character."""
    shared = gcd(*Counter(chars).values())
    return [k for k in range(min(shared, MOST), 1, -1) if shared % k == 0]


def _take(bare: Text, copies: int) -> list[Text]:
    """Every way to read the line as runs written `copies` times, each run once."""
    chars = bare.plain

    @cache
    def spans(start: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
        if start == len(chars):
            return (("", ()),)
        found: dict[str, tuple[int, ...]] = {}
        for size in _runs(chars, start, copies):
            for rest, places in spans(start + size * copies):
                found.setdefault(chars[start : start + size] + rest, (*range(start, start + size), *places))
            if len(found) >= READINGS:
                break
        return tuple(found.items())

    return [join_texts((bare[p : p + 1] for p in places), bare) for _, places in spans(0)]


def _runs(chars: str, start: int, copies: int) -> Iterator[int]:
    """The lengths of runs that stand `copies` times from here on."""
    for size in range(1, (len(chars) - start) // copies + 1):
        if chars[start : start + size] * copies == chars[start : start + size * copies]:
            yield size


_WRAPPED = 4  # a garbled heading runs over this many lines at most
# A section number printed over and over: 1111.1…, 1.11.1…; the first is no number at all, so unread it is an error.
_GARBLE = re.compile(r"(\d)\1+\.|(\d{1,2}\.\d{1,2}){2,}")
_HOPELESS = re.compile(r"(\d)\1{2,}\.[.\d]*(?![.\d %万亿元个项])")
_UNNUMBERED = 6  # a heading without a number has at least this many characters; 常常看看 is no garble
_TITLE_LINES = 8  # the title block stands at the top of the guide
_NUMBER_AT_START = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.])")


def repair_garbled(rows: list[MeasuredLine]) -> tuple[list[MeasuredLine], list[Text], list[FindingDraft]]:
    """Lines printed as chains of repeated runs, each run taken once; and the copies; and what is in doubt."""
    clean: list[MeasuredLine] = []
    copies: list[Text] = []
    findings: list[FindingDraft] = []
    after = ""
    tail = False
    place = 0
    while place < len(rows):
        line = rows[place]
        whole, found, taken = _longest(rows, place, tail=tail, after=after)
        findings += _doubts(whole, found)
        text = _settle(found, after) if found else line.text
        if found:
            copies.append(_removed(whole, text))
        tail = bool(found)
        number = _NUMBER_AT_START.match(text.plain)
        after = number[0] if number else after
        clean.append(remeasured(line, text) if found else line)
        place += taken
    return clean, copies, findings


def _longest(rows: list[MeasuredLine], place: int, *, tail: bool, after: str) -> tuple[Text, list[Text], int]:
    """A line with its readings and 1; or, where a garbled heading runs over several lines, these and their number."""
    line = rows[place].text
    title = place < _TITLE_LINES
    if _GARBLE.match(line.plain) and not dechained_readings(line, tail=tail):
        for taken in range(2, min(_WRAPPED, len(rows) - place) + 1):
            whole = join_texts([row.text for row in rows[place : place + taken]], line)
            if found := [one for one in dechained_readings(whole) if _NUMBER_AT_START.match(one.plain)]:
                return whole, found, taken
    return line, _readings(line, tail=tail, title=title, after=after), 1


def _readings(line: Text, *, tail: bool, title: bool, after: str) -> list[Text]:
    """What a garbled heading or title says. On paper, where geometry speaks, only a numbered heading is asked.

    A number that is due as it stands is not asked: 1.11.1 below 1.11 is not 1.1 printed twice.
    """
    found = dechained_readings(line, tail=tail)
    if found and not _NUMBER_AT_START.match(found[0].plain) and not tail:
        found = [] if line.ink.drawn or len(found[0]) < _UNNUMBERED else found
    found = found or ([] if _follows(line, after) else number_readings(line))
    if not found and title:
        dated = title_year(line)
        found = [dated] if len(dated) < len(line) else []
    return found


def _doubts(line: Text, found: list[Text]) -> list[FindingDraft]:
    if len(found) > 1:
        return [finding("heading-ambiguous", line, words=str(line), readings=[str(text) for text in found])]
    if not found and _HOPELESS.match(line.plain):
        return [finding("heading-garbled", line, words=str(line))]
    return []


def _settle(found: list[Text], after: str) -> Text:
    """The reading whose section number follows the number before it; else the first."""
    return next((text for text in found if _follows(text, after)), found[0])


def _follows(heading: Text, after: str) -> bool:
    """Whether a heading's number is the next one after `after`."""
    match = _NUMBER_AT_START.match(heading.plain)
    if match is None:
        return False
    return may_follow(match[0], after) if after else may_begin(match[0])


def _removed(whole: Text, kept: Text) -> Text:
    """What a reading left out of its line: the copies."""
    stays = set(kept.origins)
    return join_texts(
        [whole[place : place + 1] for place, origin in enumerate(whole.origins) if origin not in stays], whole
    )
