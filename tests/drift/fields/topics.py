"""The fields of cooperation: lists in one paragraph, and what they say. trees.py has those with markers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.drift.fields.trees import marked, named, nested, topic, with_lead
from tests.drift.supply.chinese_numbers import Said, Value, one
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool


def topics(dice: Dice, form: str, *, indented: bool) -> Said:
    """Fields of one form; unmarked paragraphs stand only where an indent tells them."""
    if form == "nested":
        return nested(dice, indented=indented)
    return FORMS[form](dice)


def value(
    items: Sequence[Value], *, lead: str | None = None, unrestricted: bool = False, open_ended: bool = False
) -> Value:
    return {"lead": lead, "items": list(items), "unrestricted": unrestricted, "open_ended": open_ended}


def tracks(dice: Dice, names: Sequence[str], markers: Sequence[str]) -> Said:
    """1）…，领域不限；2）…: parts of a section that counts and money come back to."""
    free = dice.chance(0.4)
    printed = [f"{marker}{name}" for marker, name in zip(markers, names, strict=True)]
    if free:
        printed[0] += "，领域不限"
    items = [topic(name, marker=marker) for marker, name in zip(markers, names, strict=True)]
    return one("；".join(printed) + "。", value(items, unrestricted=free))


def labs(dice: Dice, names: Sequence[str]) -> Said:
    """Two or more places with names, for counts with 各."""
    return one(dice.pick(("，", "、")).join(names) + "。", value([topic(name) for name in names]))


def _items(dice: Dice, count: int, *, compound: bool) -> tuple[list[str], list[Value]]:
    """Names, some with a bracket that notes something, as printed and as topics."""
    words = pool("topics")
    names = dice.some(words["names"] + (words["compound"] if compound else []), count)
    printed, found = [], []
    for name in names:
        note = dice.pick(words["notes"]) if dice.chance(0.15) else None
        printed.append(f"{name}（{note}）" if note else name)
        found.append(topic(name, note=note))
    return printed, found


def _flat(dice: Dice) -> Said:
    printed, items = _items(dice, dice.between(1, 12), compound=False)
    words = printed[0]
    for name in printed[1:]:
        words += dice.pick(("、",) * 9 + ("，",)) + name
    return _closed(dice, words, items)


def _semicolons(dice: Dice) -> Said:
    printed, items = _items(dice, dice.between(2, 7), compound=True)
    return _closed(dice, "；".join(printed), items)


def _closed(dice: Dice, words: str, items: list[Value]) -> Said:
    """A list with what may stand before and after it."""
    open_ended = len(items) > 1 and items[-1]["note"] is None and dice.chance(0.2)
    if dice.chance(0.15):
        words = dice.pick(pool("topics")["leading"]) + words
    if open_ended:
        words += dice.pick([*pool("topics")["ends"], f"等{len(items)}个领域"])
    return one(words + dice.pick(("。", "。", "。", "")), value(items, open_ended=open_ended))


def _framed(dice: Dice) -> Said:
    printed, items = _items(dice, dice.between(2, 5), compound=False)
    after = dice.pick(("等领域开展联合研究", "等领域开展合作", "等领域"))
    if items[-1]["note"] is not None:
        return _closed(dice, "、".join(printed), items)
    return one(f"{dice.pick(('在', '围绕'))}{'、'.join(printed)}{after}。", value(items, open_ended=True))


def _unrestricted(dice: Dice) -> Said:
    words = dice.pick(pool("topics")["unrestricted"])
    if dice.chance(0.5):
        return one(words + "。", value([], unrestricted=True))
    printed, items = _items(dice, dice.between(1, 4), compound=False)
    return one(f"{words}，优先支持{'、'.join(printed)}。", value(items, unrestricted=True))


def _undecided(dice: Dice) -> Said:
    return Said((dice.pick(pool("topics")["undecided"]) + "。",), None, status="unread")


FORMS: dict[str, Callable[[Dice], Said]] = {
    "flat": _flat,
    "semicolons": _semicolons,
    "framed": _framed,
    "unrestricted": _unrestricted,
    "undecided": _undecided,
    "marked": marked,
    "named": named,
    "lead": with_lead,
}
