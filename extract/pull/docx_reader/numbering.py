"""The automatic numbers of lists and headings, which stand in no run: Word counts them, and so does this."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from extract.language.symbol_fonts import shown
from extract.pull.docx_reader.number_formats import format_number, padded
from extract.pull.docx_reader.styles import Styles
from extract.pull.docx_reader.wordml import COMPATIBILITY, Element, W, by_id, children, is_on, number, path, value

_SLOT = re.compile(r"%([1-9])")
_NO_SPACE = ("、", "）", ")", "：", "　")  # behind which the words stand closer than behind 1. or 1.1
_DEEPEST = 9
_LARGEST = 1_000_000


class _Level(NamedTuple):
    """A level of a list: the first number, its format, the words around it, and which levels begin it anew.

    `is_decimal`: levels above it are written in decimals within its number.
    """

    start: int
    form: str
    text: str
    restart: int | None
    is_decimal: bool
    behind: str
    style: str | None

    def write(self, count: int) -> str:
        return padded(count, self.form) if "," in self.form else format_number(count, self.form)


class _List(NamedTuple):
    """A list: what it shares its numbers with, its levels, and where it begins anew by itself."""

    counted_with: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._forms = by_id(root, "abstractNum", "abstractNumId")
        self._lists = by_id(root, "num", "numId")
        self._read: dict[str, _List | None] = {}
        self._counts: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, str, int]] = set()

    def next_number(self, paragraph: Element, story: str) -> str:
        """The number that stands before a paragraph, with the space behind it; "" if it has none.

        Lists count on their own in each `story`: in the text, in its notes, in text boxes.
        """
        list_id, depth = self._place(paragraph)
        found = self._list(list_id) if list_id else None
        level = found.levels.get(depth) if found else None
        if not list_id or found is None or level is None:
            return ""
        counts = self._counts[story, found.counted_with]
        start = None
        if depth in found.starts and (story, list_id, depth) not in self._begun:
            self._begun.add((story, list_id, depth))
            start = found.starts[depth]
        _count(counts, found.levels, depth, start)
        if level.form == "bullet":
            return level.text + level.behind
        words = _SLOT.sub(lambda slot: _written(found.levels, counts, int(slot[1]) - 1, depth), level.text)
        return words + ("" if words.endswith(_NO_SPACE) else level.behind) if words else ""

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """The list of a paragraph and its level there, by its own properties or those of its style."""
        own = path(paragraph, "pPr", "numPr")
        list_id, depth = value(path(own, "numId")), number(path(own, "ilvl"))
        if list_id is None:
            for style in self._styles.paragraph_chain(paragraph):
                by_style = path(style, "pPr", "numPr")
                list_id = value(path(by_style, "numId"))
                if list_id is not None:
                    linked = self._level_of(list_id, value(style, "styleId"))
                    depths = (depth, linked, number(path(by_style, "ilvl")))
                    depth = next((one for one in depths if one is not None), None)
                    break
        return (None if list_id in (None, "0") else list_id), depth or 0

    def _level_of(self, list_id: str, style: str | None) -> int | None:
        """The level of a list that a style is linked with."""
        found = self._list(list_id)
        return next((depth for depth, one in found.levels.items() if one.style == style), None) if found else None

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._read:
            self._read[list_id] = self._read_list(list_id)
        return self._read[list_id]

    def _read_list(self, list_id: str) -> _List | None:
        one = self._lists.get(list_id)
        form_id = value(path(one, "abstractNumId"))
        form = self._linked(self._forms.get(form_id or ""))
        if one is None or form is None:
            return None
        levels, starts = _levels(form), {}
        for override in children(one, "lvlOverride"):
            depth, start = number(override, "ilvl") or 0, number(path(override, "startOverride"))
            levels |= _levels(override)
            if start is not None:
                starts[depth] = start
        return _List(value(form, "abstractNumId") or "", levels, starts)

    def _linked(self, form: Element | None) -> Element | None:
        """The form itself, or that of the style of lists which it names."""
        style = self._styles.style(value(path(form, "numStyleLink")))
        one = self._lists.get(value(path(style, "pPr", "numPr", "numId")) or "")
        return form if one is None else self._forms.get(value(path(one, "abstractNumId")) or "")


def _count(counts: dict[int, int], levels: Mapping[int, _Level], depth: int, start: int | None) -> None:
    """Count on at a level, or begin at `start`. Those below it begin anew, unless they say otherwise.

    A level that is counted for the first time counts those above it, too, as Word does: 1.1 before any 1.
    """
    if depth not in counts:
        for above in range(depth - 1, -1, -1):
            if above in counts or above not in levels:
                break
            counts[above] = levels[above].start
    counts[depth] = counts.get(depth, levels[depth].start - 1) + 1 if start is None else start
    for below in counts.keys() & levels.keys():
        restart = levels[below].restart
        if below > depth and (restart is None or depth < restart):
            counts[below] = levels[below].start - 1


def _written(levels: Mapping[int, _Level], counts: Mapping[int, int], slot: int, depth: int) -> str:
    """The number of a level within that of another: its first where it was not yet counted."""
    level = levels.get(slot)
    if level is None:
        return ""
    count = max(counts.get(slot, level.start), level.start) if slot != depth else counts[slot]
    return str(count) if levels[depth].is_decimal and slot < depth else level.write(count)


def _levels(form: Element) -> dict[int, _Level]:
    return {depth: _level(one) for one in children(form, "lvl") if (depth := number(one, "ilvl") or 0) < _DEEPEST}


def _level(one: Element) -> _Level:
    fonts = path(one, "rPr", "rFonts")
    text = value(path(one, "lvlText")) or ""
    suffix = value(path(one, "suff")) or "tab"
    return _Level(
        start=min(number(path(one, "start")) or 0, _LARGEST),
        form=_form(one),
        text=shown(text, value(fonts, "ascii") or value(fonts, "hAnsi") or ""),
        restart=number(path(one, "lvlRestart")),
        is_decimal=bool(is_on(path(one, "isLgl"))),
        behind="" if suffix == "nothing" else " ",
        style=value(path(one, "pStyle")),
    )


def _form(one: Element) -> str:
    """The format of a level; one of its own (001, 002, …) stands in an alternative for programs that know it."""
    chosen = one.find(f"{COMPATIBILITY}AlternateContent/{COMPATIBILITY}Choice/{W}numFmt")
    found = path(one, "numFmt") if chosen is None else chosen
    return value(found, "format") or value(found) or "decimal"
