"""Glyphs → clean lines: copies folded, page furniture set aside, each removal on the record."""

import re
from collections import defaultdict
from collections.abc import Sequence

from extract.cite import cite
from extract.handoff import Line, Pulled, Repair, Repaired, Trouble
from extract.numbering import begins, successors
from extract.repair import chain
from extract.repair.forms import unified, unmapped
from extract.repair.furniture import furniture
from extract.repair.lines import Row, drawn_rows, plain_rows, remeasured, row
from extract.repair.overprint import overprints
from extract.repair.paragraphs import starts
from extract.text import Glyph, Ink, Text, join

_WRAPPED = 4  # a garbled heading runs over this many lines at most
# A section number printed over and over: 1111.1…, 1.11.1…; the first is no number at all, so unread it is an error.
_GARBLE = re.compile(r"(\d)\1+\.|(\d{1,2}\.\d{1,2}){2,}")
_HOPELESS = re.compile(r"(\d)\1{2,}\.[.\d]*(?![.\d %万亿元个项])")
_UNNUMBERED = 6  # a heading without a number has at least this many characters; 常常看看 is no garble
_TITLE_LINES = 8  # the title block stands at the top of the guide
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.])")


def repair(pulled: Pulled) -> Repaired:
    """Fold copies, join glyphs to lines in reading order, set furniture aside, and tell paragraphs."""
    glyphs, renamed = _unify(pulled.glyphs)
    drawn = pulled.lines is None
    folded, spared = overprints(glyphs) if drawn else ([], [])
    dropped = {number for pile in folded for number in pile[1:]}
    hidden = {number for number, glyph in enumerate(glyphs) if glyph.aside} - dropped
    numbers = (
        drawn_rows(glyphs, (n for n in range(len(glyphs)) if n not in dropped and n not in hidden))
        if pulled.lines is None
        else plain_rows(pulled.lines)
    )
    ink = Ink(glyphs, _lines(glyphs, numbers) if pulled.lines is None else pulled.lines, drawn)
    rows = [line for line in (row(ink, line) for line in numbers) if line.text]
    aside = furniture(rows, drawn)
    body, unchained, troubles = _unchain([line for place, line in enumerate(rows) if place not in aside])
    lines = [Line(line.text, line.page, start) for line, start in zip(body, starts(body), strict=True)]
    repairs = [
        Repair("fold overprints", tuple(sorted(dropped))),
        Repair("take repeated runs once", tuple(n for line in unchained for n in line.origins)),
        Repair("set furniture aside", tuple(n for place in sorted(aside) for n in rows[place].text.origins)),
        Repair("set hidden text aside", tuple(sorted(hidden))),
        Repair("unify forms", renamed),
    ]
    troubles += [_spared(ink, pile) for pile in spared] + _hidden(ink, hidden) + _unmapped(ink, dropped)
    return Repaired(ink, tuple(lines), tuple(r for r in repairs if r.glyphs), tuple(troubles))


def _unify(glyphs: Sequence[Glyph]) -> tuple[Sequence[Glyph], tuple[int, ...]]:
    """The glyphs with radicals replaced by the characters they stand for, and which these are."""
    renamed = tuple(n for n, glyph in enumerate(glyphs) if any(unified(char) != char for char in glyph.text))
    if not renamed:
        return glyphs, ()
    usual = list(glyphs)
    for number in renamed:
        usual[number] = usual[number]._replace(text="".join(map(unified, usual[number].text)))
    return usual, renamed


def _lines(glyphs: Sequence[Glyph], rows: list[list[int]]) -> list[int]:
    """The line, from 1 on each page, of every glyph; 0 for those that stand on none."""
    lines = [0] * len(glyphs)
    page = line = 0
    for numbers in rows:
        line = line + 1 if glyphs[numbers[0]].page == page else 1
        page = glyphs[numbers[0]].page
        for number in numbers:
            lines[number] = line
    return lines


def _unchain(rows: list[Row]) -> tuple[list[Row], list[Text], list[Trouble]]:
    """Lines printed as chains of repeated runs, each run taken once; and the copies; and what is in doubt."""
    clean: list[Row] = []
    copies: list[Text] = []
    troubles: list[Trouble] = []
    after = ""
    tail = False
    place = 0
    while place < len(rows):
        line = rows[place]
        whole, found, taken = _longest(rows, place, tail=tail)
        troubles += _doubts(whole, found)
        text = settle(found, after) if found else line.text
        if found:
            copies.append(_removed(whole, text))
        tail = bool(found)
        number = _SECTION.match(text.plain)
        after = number[0] if number else after
        clean.append(remeasured(line, text) if found else line)
        place += taken
    return clean, copies, troubles


def _longest(rows: list[Row], place: int, *, tail: bool) -> tuple[Text, list[Text], int]:
    """A line with its readings and 1; or, where a garbled heading runs over several lines, these and their number."""
    line = rows[place].text
    title = place < _TITLE_LINES
    if not chain.readings(line, tail=tail) and _GARBLE.match(line.plain):
        for taken in range(2, min(_WRAPPED, len(rows) - place) + 1):
            whole = join([row.text for row in rows[place : place + taken]], line)
            if found := [one for one in chain.readings(whole) if _SECTION.match(one.plain)]:
                return whole, found, taken
    return line, _readings(line, tail=tail, title=title), 1


def _readings(line: Text, *, tail: bool, title: bool) -> list[Text]:
    """What a garbled heading or title says. On paper, where geometry speaks, only a numbered heading is asked."""
    found = chain.readings(line, tail=tail)
    if found and not _SECTION.match(found[0].plain) and not tail:
        found = [] if line.ink.drawn or len(found[0]) < _UNNUMBERED else found
    found = found or chain.number_readings(line)
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


def settle(found: list[Text], after: str) -> Text:
    """The reading whose section number follows the number before it; else the first."""
    return next((text for text in found if _follows(text, after)), found[0])


def _follows(heading: Text, after: str) -> bool:
    """Whether a heading's number is the next one after `after`."""
    match = _SECTION.match(heading.plain)
    if match is None:
        return False
    return match[0] in successors(after) if after else begins(match[0])


def _removed(whole: Text, kept: Text) -> Text:
    """What a reading left out of its line: the copies."""
    stays = set(kept.origins)
    return join([whole[place : place + 1] for place, origin in enumerate(whole.origins) if origin not in stays], whole)


def _hidden(ink: Ink, hidden: set[int]) -> list[Trouble]:
    """What was drawn rotated or outside the page, by page: no text of the guide, but worth a look."""
    pages: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number in sorted(hidden):
        pages[ink.glyphs[number].page, ink.glyphs[number].aside].append(number)
    texts = {place: _text(ink, numbers) for place, numbers in pages.items()}
    return [
        Trouble("text-hidden", f"text {why} on page {page}, set aside: {text}", None, cite(text)[:1])
        for (page, why), text in texts.items()
        if text.strip()
    ]


def _unmapped(ink: Ink, dropped: set[int]) -> list[Trouble]:
    """Glyphs whose font does not say which character they are: what was read there is not what is printed."""
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, glyph in enumerate(ink.glyphs):
        if unmapped(glyph.text) and number not in dropped:
            lines[glyph.page, ink.lines[number]].append(number)
    return [
        Trouble(
            "glyph-unmapped",
            f"{len(numbers)} glyphs have no character that can be read",
            None,
            cite(_text(ink, numbers)),
        )
        for numbers in lines.values()
    ]


def _text(ink: Ink, numbers: list[int]) -> Text:
    """Glyphs as a text, in this order."""
    pairs = [(char, number) for number in numbers for char in ink.glyphs[number].text]
    return Text("".join(char for char, _ in pairs), [number for _, number in pairs], ink)


def _spared(ink: Ink, pile: list[int]) -> Trouble:
    text = _text(ink, pile)
    return Trouble(
        "overprint-uneven", f"{text} overlaps like fake bold, unlike what stands beside it; kept", None, cite(text)
    )
