"""Glyphs → clean lines: copies folded, page furniture set aside, each removal on the record."""

import re
from collections.abc import Sequence

from extract.cite import cite
from extract.handoff import Line, Pulled, Repair, Repaired, Trouble
from extract.repair import chain
from extract.repair.forms import unified
from extract.repair.furniture import furniture
from extract.repair.lines import Row, drawn_rows, plain_rows, remeasured, row, starts
from extract.repair.overprint import overprints
from extract.text import Glyph, Ink, Text, join

_GARBLE = re.compile(r"(\d)\1{2,}\.[.\d]*(?![.\d %万亿元个项])")  # 1111.1…: a section number printed over and over
_UNNUMBERED = 6  # a heading without a number has at least this many characters; 常常看看 is no garble
_TITLE_LINES = 8  # the title block stands at the top of the guide
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.])")


def repair(pulled: Pulled) -> Repaired:
    """Fold copies, join glyphs to lines in reading order, set furniture aside, and tell paragraphs."""
    glyphs, renamed = _unify(pulled.glyphs)
    drawn = pulled.lines is None
    folded, spared = overprints(glyphs) if drawn else ([], [])
    dropped = {number for pile in folded for number in pile[1:]}
    numbers = (
        drawn_rows(glyphs, (n for n in range(len(glyphs)) if n not in dropped))
        if pulled.lines is None
        else plain_rows(pulled.lines)
    )
    ink = Ink(glyphs, _lines(glyphs, numbers) if pulled.lines is None else pulled.lines, drawn)
    rows = [line for line in (row(ink, line) for line in numbers) if line.text]
    aside = furniture(rows, drawn)
    body, unchained, troubles = _unchain([line for place, line in enumerate(rows) if place not in aside])
    bold = {pile[0] for pile in folded} | {n for line in unchained for n in line.origins}
    lines = [
        Line(line.text, line.page, start, not bold.isdisjoint(line.text.origins))
        for line, start in zip(body, starts(body), strict=True)
    ]
    repairs = [
        Repair("fold overprints", tuple(sorted(dropped))),
        Repair("take repeated runs once", tuple(n for line in unchained for n in line.origins)),
        Repair("set furniture aside", tuple(n for place in sorted(aside) for n in rows[place].text.origins)),
        Repair("unify radicals", renamed),
    ]
    troubles += [_spared(ink, pile) for pile in spared]
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
    for place, line in enumerate(rows):
        found = _readings(line.text, tail=tail, title=place < _TITLE_LINES)
        troubles += _doubts(line.text, found)
        text = settle(found, after) if found else line.text
        if found:
            copies.append(_removed(line.text, text))
        tail = bool(found)
        number = _SECTION.match(text.plain)
        after = number[0] if number else after
        clean.append(remeasured(line, text) if found else line)
    return clean, copies, troubles


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
    if not found and _GARBLE.match(line.plain):
        return [Trouble("heading-garbled", f"a heading that cannot be read: {line}", None, cite(line))]
    return []


def settle(found: list[Text], after: str) -> Text:
    """The reading whose section number follows the number before it; else the first."""
    return next((text for text in found if follows(text.plain, after)), found[0])


def follows(heading: str, after: str) -> bool:
    """Whether a heading's number is the next one after `after` on any level (1.9 → 1.10, 2.0, 2.1, 1.9.1)."""
    match = _SECTION.match(heading)
    if not match:
        return False
    number = [int(part) for part in match[0].split(".")]
    last = [int(part) for part in after.split(".")] if after else []
    nexts = [[*last, 1]] + [[*last[:i], last[i] + 1, *rest] for i in range(len(last)) for rest in ([], [0], [1])]
    return number in nexts or (not last and set(number) == {1})


def _removed(whole: Text, kept: Text) -> Text:
    """What a reading left out of its line: the copies."""
    stays = set(kept.origins)
    return join([whole[place : place + 1] for place, origin in enumerate(whole.origins) if origin not in stays], whole)


def _spared(ink: Ink, pile: list[int]) -> Trouble:
    text = Text("".join(ink.glyphs[n].text for n in pile), pile, ink)
    return Trouble(
        "overprint-uneven", f"{text} overlaps like fake bold, unlike what stands beside it; kept", None, cite(text)
    )
