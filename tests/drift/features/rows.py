"""A guide that is one table, a section in each row: 序号 | 项目名称 | 合作协议 | 拟支持项目数（个） | ….

Cells have the words that stand behind the labels of a section; the unit of a head may be left out below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Any, NamedTuple

from tests.drift.document import Block, Paragraph, Rules, Table
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

Value = dict[str, Any]

RULES = {
    "sections": (4, 12),
    "numbering": ("flat",),
    "plans": ("plain",),
    "topics": ("flat", "flat", "semicolons", "framed", "unrestricted"),
    "points": ("sentences", "inline", "none"),
    "moneys": ("wan", "wan", "no_yuan", "range", "bracket"),
    "chance": {
        "agreement": 0.9, "fields": 1.0, "project_count": 1.0, "funding": 0.95, "duration": 0.6, "requirements": 0.9,
        "other": 0.0, "next_line": 0.0, "joined": 0.0,
    },
}  # fmt: skip
"""Each field is one paragraph, for nobody can tell where another one begins in a narrow cell."""
_FIELDS = ("agreement", "fields", "project_count", "funding", "duration", "requirements")
_NUMBERS = ("序号", "编号", "序 号")
_TITLES = ("项目名称", "合作项目", "指南方向", "任务名称", "合作项目名称")
_PARTNERS = ("合作国别", "国别", "合作国家", "国家/地区")
_WORD = re.compile("[!-~]+")
_UNITS = {"project_count": ("个", re.compile(r"(\d+) *个项目。?")), "funding": ("万元", re.compile(r"(\d+) *万元。?"))}


class _Column(NamedTuple):
    """A head with its cells."""

    head: str
    cells: list[str]

    @property
    def width(self) -> float:
        """A column needs room for its head, more for many words, and all of an address: what is off the page is lost."""
        longest = max(len(word) for cell in self.cells for word in _WORD.findall(cell + "-"))
        return max(2.5 + sqrt(max(map(len, self.cells)) + len(self.head)), 4 + 0.7 * longest)


def rows(dice: Dice, guide: GuideText) -> GuideText:
    """The sections as rows of a table, in small type."""
    blocks = guide.document.blocks
    sections = [dict(section) for section in guide.truth["sections"]]
    said = [_said(blocks, section) for section in sections]
    fields = [_field(dice, name, sections, said) for name in _FIELDS]
    columns = [column for column in (_numbers(dice, sections), _titles(dice, sections), *fields) if column]
    table = Table(
        tuple(zip(*([column.head, *column.cells] for column in columns), strict=True)),
        widths=tuple(column.width for column in columns),
        sections=(None, *(section["number"] for section in sections)),
        repeats_heads=dice.chance(0.5),
    )
    within = [at for at, one in enumerate(blocks) if isinstance(one, Paragraph) and one.section]
    changed = guide.with_document(blocks=(*blocks[: within[0]], table, *blocks[within[-1] + 1 :]))
    small = changed.with_look(size=dice.pick((9, 10.5)), margin=dice.pick((40, 48)), leading=1.3)
    is_counted = columns[0].head not in _NUMBERS
    return replace(
        small,
        truth={**guide.truth, "sections": sections},
        may_warn=guide.may_warn | (frozenset({None}) if is_counted else frozenset()),
    )


def aligned_rows(dice: Dice, guide: GuideText) -> GuideText:
    """The same without rules between the columns: words that stand in line tell where a cell ends."""
    changed = rows(dice, guide)
    rules: Rules = dice.pick(("three", "none"))
    blocks = (replace(one, rules=rules) if isinstance(one, Table) else one for one in changed.document.blocks)
    return changed.with_document(blocks=tuple(blocks))


def _said(blocks: Sequence[Block], section: Value) -> dict[str, str]:
    """The words of a section behind its labels, by field; all their paragraphs as one."""
    paragraphs = [one.text for one in blocks if isinstance(one, Paragraph) and one.section == section["number"]]
    labels = {section[name]["label"]: name for name in _FIELDS if section[name]["label"]}
    found: dict[str, str] = {}
    field = ""
    for text in paragraphs:
        label = next((label for label in labels if re.match(f"{label}[：:]", text)), "")
        field = labels.get(label, field)
        if field:
            found[field] = found.get(field, "") + text[len(label) + bool(label) :].strip()
    return found


def _numbers(dice: Dice, sections: Sequence[Value]) -> _Column | None:
    """A column with the numbers as they are or counted, or none: then they are counted by whoever reads."""
    form = dice.pick(("own", "counted", "counted", "none"))
    if form != "own":
        for at, section in enumerate(sections, 1):
            section.update(number=str(at), id=f"{section['id'].split('/')[0]}/{at}")
    numbers = [section["number"] for section in sections]
    return None if form == "none" else _Column(dice.pick(_NUMBERS), numbers)


def _titles(dice: Dice, sections: Sequence[Value]) -> _Column:
    """A column with the titles as they are, or with the names of the partners alone."""
    are_named = all(_has_one_country(section["partners"]) for section in sections)
    head = dice.pick(_PARTNERS if are_named and dice.chance(0.5) else _TITLES)
    if head in _PARTNERS:
        for section in sections:
            section["title"] = section["partners"][0]["name"]
    return _Column(head, [section["title"] for section in sections])


def _has_one_country(partners: Sequence[Value]) -> bool:
    return len(partners) == 1 and not partners[0]["subdivision"] and not partners[0]["agency"]


def _field(dice: Dice, name: str, sections: Sequence[Value], said: Sequence[dict[str, str]]) -> _Column | None:
    """A column under the commonest label of a field; what a section does not say is an empty cell."""
    labels = Counter(section[name]["label"] for section in sections if name in section and section[name]["label"])
    if not labels:
        return None
    unit, bare = _UNITS[name] if name in _UNITS and dice.chance(0.5) else ("", None)
    head = labels.most_common(1)[0][0] + (f"（{unit}）" if unit else "")
    cells = []
    for section, words in zip(sections, said, strict=True):
        cell = words.get(name, "")
        if cell:
            figure = bare.fullmatch(cell) if bare else None
            text = figure[1] if figure else section[name]["text"]
            section[name] = {**section[name], "label": head, "text": text}
            cell = figure[1] if figure else cell
        cells.append(cell)
    return _Column(head, cells)
