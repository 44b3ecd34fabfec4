"""The automatic numbers of lists and headings, which stand in no run: Word counts them, and so does this."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from extract.pull.docx_reader.number_formats import format_number, padded
from extract.pull.docx_reader.styles import Styles
from extract.pull.docx_reader.symbols import shown
from extract.pull.docx_reader.wordml import COMPATIBILITY, Element, W, by_id, children, is_on, number, path, value

_SLOT = re.compile(r"%([1-9])")
_NO_SPACE = ("、", "）", ")", "：", "　")  # behind which the words stand closer than behind 1. or 1.1
_DEEPEST = 9
_LARGEST = 1_000_000


class _Level(NamedTuple):
    """A level of a list: the first number, its format, the words around it, and which levels begin it anew."""

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
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def next_number(self, paragraph: Element) -> str:
        """The number that stands before a paragraph, with the space behind it; "" if it has none."""
        list_id, depth = self._place(paragraph)
        found = self._list(list_id) if list_id else None
        level = found.levels.get(depth) if found else None
        if not list_id or found is None or level is None:
            return ""
        counts = self._counts[found.counted_with]
        self._count(counts, list_id, found, depth)
        if level.form == "bullet":
            return level.text + level.behind
        words = _SLOT.sub(lambda slot: _written(found, counts, int(slot[1]) - 1, level), level.text)
        return words + ("" if words.endswith(_NO_SPACE) else level.behind) if words else ""

    def _count(self, counts: dict[int, int], list_id: str, found: _List, depth: int) -> None:
        """Count on at a level. Those below it begin anew, unless they say otherwise."""
        if depth in found.starts and (list_id, depth) not in self._begun:
            counts[depth] = found.starts[depth]
            self._begun.add((list_id, depth))
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = found.levels[depth].start
        for lower in [lower for lower in counts if lower > depth]:
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or depth < restart:
                del counts[lower]

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


def _written(found: _List, counts: Mapping[int, int], depth: int, level: _Level) -> str:
    """The number of a level within that of another; where that level was not yet counted it is its first."""
    within = found.levels.get(depth)
    if within is None:
        return ""
    count = counts.get(depth, within.start)
    return str(count) if level.is_decimal else within.write(count)


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
