"""Garbled headings among the lines of a guide: which lines are asked, which reading holds, what stays in doubt."""

import re

from extract.model.evidence import cite
from extract.model.section_numbers import begins, follows
from extract.model.stages import Trouble
from extract.model.text import Text, join
from extract.repair import chain
from extract.repair.lines import Row, remeasured

_WRAPPED = 4  # a garbled heading runs over this many lines at most
# A section number printed over and over: 1111.1…, 1.11.1…; the first is no number at all, so unread it is an error.
_GARBLE = re.compile(r"(\d)\1+\.|(\d{1,2}\.\d{1,2}){2,}")
_HOPELESS = re.compile(r"(\d)\1{2,}\.[.\d]*(?![.\d %万亿元个项])")
_UNNUMBERED = 6  # a heading without a number has at least this many characters; 常常看看 is no garble
_TITLE_LINES = 8  # the title block stands at the top of the guide
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.])")


def ungarbled(rows: list[Row]) -> tuple[list[Row], list[Text], list[Trouble]]:
    """Lines printed as chains of repeated runs, each run taken once; and the copies; and what is in doubt."""
    clean: list[Row] = []
    copies: list[Text] = []
    troubles: list[Trouble] = []
    after = ""
    tail = False
    place = 0
    while place < len(rows):
        line = rows[place]
        whole, found, taken = _longest(rows, place, tail=tail, after=after)
        troubles += _doubts(whole, found)
        text = _settle(found, after) if found else line.text
        if found:
            copies.append(_removed(whole, text))
        tail = bool(found)
        number = _SECTION.match(text.plain)
        after = number[0] if number else after
        clean.append(remeasured(line, text) if found else line)
        place += taken
    return clean, copies, troubles


def _longest(rows: list[Row], place: int, *, tail: bool, after: str) -> tuple[Text, list[Text], int]:
    """A line with its readings and 1; or, where a garbled heading runs over several lines, these and their number."""
    line = rows[place].text
    title = place < _TITLE_LINES
    if _GARBLE.match(line.plain) and not chain.readings(line, tail=tail):
        for taken in range(2, min(_WRAPPED, len(rows) - place) + 1):
            whole = join([row.text for row in rows[place : place + taken]], line)
            if found := [one for one in chain.readings(whole) if _SECTION.match(one.plain)]:
                return whole, found, taken
    return line, _readings(line, tail=tail, title=title, after=after), 1


def _readings(line: Text, *, tail: bool, title: bool, after: str) -> list[Text]:
    """What a garbled heading or title says. On paper, where geometry speaks, only a numbered heading is asked.

    A number that is due as it stands is not asked: 1.11.1 below 1.11 is not 1.1 printed twice.
    """
    found = chain.readings(line, tail=tail)
    if found and not _SECTION.match(found[0].plain) and not tail:
        found = [] if line.ink.drawn or len(found[0]) < _UNNUMBERED else found
    found = found or ([] if _follows(line, after) else chain.number_readings(line))
    if not found and title:
        dated = chain.title_year(line)
        found = [dated] if len(dated) < len(line) else []
    return found


def _doubts(line: Text, found: list[Text]) -> list[Trouble]:
    if len(found) > 1:
        message = f"{line} can be read as {' or '.join(map(str, found))}"
        return [Trouble("heading-ambiguous", message, None, cite(line))]
    if not found and _HOPELESS.match(line.plain):
        return [Trouble("heading-garbled", f"a heading that cannot be read: {line}", None, cite(line))]
    return []


def _settle(found: list[Text], after: str) -> Text:
    """The reading whose section number follows the number before it; else the first."""
    return next((text for text in found if _follows(text, after)), found[0])


def _follows(heading: Text, after: str) -> bool:
    """Whether a heading's number is the next one after `after`."""
    match = _SECTION.match(heading.plain)
    if match is None:
        return False
    return follows(match[0], after) if after else begins(match[0])


def _removed(whole: Text, kept: Text) -> Text:
    """What a reading left out of its line: the copies."""
    stays = set(kept.origins)
    return join([whole[place : place + 1] for place, origin in enumerate(whole.origins) if origin not in stays], whole)
