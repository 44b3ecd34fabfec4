"""Fake bold in text: a line that is a chain of runs, each written k times (`1111` `.1.1.1.1` `中美…×4`).

It speaks only where there is no geometry, and only for whole lines: 1111 inside a value is 1111.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import gcd

from extract.model.text import Text, join

MOST = 8  # copies of one run at the most
READINGS = 8  # readings of one line at the most
LONGEST = 400  # characters of a garbled heading at the most
_SPACE = re.compile(r"\s")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[\d.]+")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.])")
_YEAR = re.compile(r"((?:19|20)\d\d)\1+")
_YEAR_BY_GLYPH = {
    copies: re.compile(r"(?<!\d)" + "".join(rf"(\d)\{n}{{{copies - 1}}}" for n in range(1, 5)) + "(?= *年)")
    for copies in range(2, 6)
}


def readings(line: Text, *, tail: bool = False) -> list[Text]:
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
        if _SECTION.fullmatch(reading.plain)
    }
    return list(found.values())


def title_year(line: Text) -> Text:
    """A title's line with a year printed several times (2017201720172017年度, 22001177年度) taken once."""
    if match := _YEAR.search(line.plain):
        return join([line[: match.end(1)], line[match.end() :]], line)
    for copies, pattern in _YEAR_BY_GLYPH.items():
        match = pattern.search(line.plain)
        if match and "".join(match.groups()).startswith(("19", "20")):
            digits = [line[place : place + 1] for place in range(match.start(), match.end(), copies)]
            return join([line[: match.start()], *digits, line[match.end() :]], line)
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

    return [join((bare[p : p + 1] for p in places), bare) for _, places in spans(0)]


def _runs(chars: str, start: int, copies: int) -> Iterator[int]:
    """The lengths of runs that stand `copies` times from here on."""
    for size in range(1, (len(chars) - start) // copies + 1):
        if chars[start : start + size] * copies == chars[start : start + size * copies]:
            yield size
