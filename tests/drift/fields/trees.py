"""Fields with markers: 一、 1、 1） （1） and what hangs below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from tests.drift.supply.chinese_numbers import Said, Value
from tests.drift.supply.numerals import chinese
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

STYLES = ("{n}）", "（{n}）", "{n}.", "{n}、", "{n}. ", "①")


def topic(name: str, *, marker: str | None = None, note: str | None = None, items: Sequence[Value] = ()) -> Value:
    return {"marker": marker, "name": name, "note": note, "items": list(items)}


def mark(style: str, number: int) -> str:
    """The marker of a point, perhaps with the layout space after it."""
    if style == "①":
        return chr(ord("①") + number - 1)
    if style == "一":
        return f"{chinese(number)}、"
    if style == "1、2.":
        return f"{number}、" if number % 2 else f"{number}. "
    return style.format(n=number)


def _said(paragraphs: Sequence[str], items: Sequence[Value], *, lead: str | None = None, open_ended: bool) -> Said:
    value = {"lead": lead, "items": list(items), "unrestricted": False, "open_ended": open_ended}
    return Said(tuple(paragraphs), value)


def marked(dice: Dice) -> Said:
    """Points with a name each, in one paragraph or in many."""
    points, items = _points(dice, dice.pick(STYLES), dice.between(2, 6))
    open_ended = items[-1]["note"] is None and dice.chance(0.1)
    return _laid_out(dice, points, items, lead=None, open_ended=open_ended)


def with_lead(dice: Dice) -> Said:
    """Words that lead to a list of points."""
    points, items = _points(dice, dice.pick(STYLES), dice.between(2, 6))
    lead = dice.pick(pool("topics")["leads"]).format(n=len(items))
    return _laid_out(dice, points, items, lead=lead, open_ended=False)


def named(dice: Dice) -> Said:
    """1）能源：风能；太阳能。 Names with a list of their own after the colon, a paragraph to each."""
    style, words = dice.pick(STYLES), pool("topics")
    paragraphs, items = [], []
    names = dice.some(_undigited(words["names"]), 5)
    for number, name in enumerate(names[: dice.between(2, 4)], 1):
        note = dice.pick(words["notes"]) if dice.chance(0.15) else None
        marker, head = mark(style, number), f"{name}（{note}）" if note else name
        if number > 1 and dice.chance(0.2):
            prose = dice.pick(words["prose"])
            paragraphs.append(f"{marker}{name}：{prose}")
            items.append(topic(name, marker=marker.strip(), note=prose))
            continue
        many = dice.chance(0.5)
        below = dice.some(words["names"] + (words["compound"] if many else []), dice.between(2, 5))
        paragraphs.append(f"{marker}{head}：{('；' if many else '、').join(below)}。")
        items.append(topic(name, marker=marker.strip(), note=note, items=[topic(child) for child in below]))
    lead = dice.pick(words["leads"]).format(n=len(items)) if dice.chance(0.4) else None
    return _said([*([lead + "。"] if lead else []), *paragraphs], items, lead=lead, open_ended=False)


def nested(dice: Dice, *, indented: bool) -> Said:
    """一、 above 1、 and 2., above （1） or paragraphs without a marker."""
    words, second = pool("topics"), dice.pick(("1、2.", "{n}、", "{n}）", "（{n}）"))
    names = iter(dice.some(_undigited(words["names"]), 20))
    children = cycle(dice.some(words["children"], len(words["children"])))
    paragraphs, items = [], []
    for number in range(1, dice.between(2, 4) + 1):
        name, marker, below = next(names), mark("一", number), []
        colon = dice.chance(0.5)
        paragraphs.append(f"{marker}{name}{'：' if colon else ''}")
        for point in range(1, dice.between(2, 3) + 1):
            inner, hanging = mark(second, point), []
            child = next(names)
            paragraphs.append(f"{inner}{child}" + ("；" if colon else ""))
            if indented and not colon and dice.chance(0.4):
                hanging = [next(children) for _ in range(dice.between(1, 2))]
                paragraphs += hanging
            below.append(topic(child, marker=inner.strip(), items=[topic(one) for one in hanging]))
        items.append(topic(name, marker=marker, items=below))
        if colon:
            paragraphs[-1] = paragraphs[-1].removesuffix("；") + "。"
    return _said(paragraphs, items, open_ended=False)


def _undigited(names: Sequence[str]) -> list[str]:
    """Names that no marker before them could run into: 1.5G通信 is none."""
    return [name for name in names if not name[0].isascii()]


def _points(dice: Dice, style: str, count: int) -> tuple[list[str], list[Value]]:
    words = pool("topics")
    points, items = [], []
    for number, name in enumerate(dice.some(_undigited(words["names"]) + words["compound"], count), 1):
        note = dice.pick(words["notes"]) if dice.chance(0.1) else None
        marker = mark(style, number)
        points.append(f"{marker}{name}（{note}）" if note else f"{marker}{name}")
        items.append(topic(name, marker=marker.strip(), note=note))
    return points, items


def _laid_out(dice: Dice, points: list[str], items: list[Value], *, lead: str | None, open_ended: bool) -> Said:
    """Points in one paragraph or a paragraph to each, with the lead before them."""
    last = "等。" if open_ended else dice.pick(("。", "。", ""))
    if dice.chance(0.5):
        head = f"{lead}：" if lead else ""
        return _said([head + "；".join(points) + last], items, lead=lead, open_ended=open_ended)
    stop = dice.pick(("；", "；", "。", ""))
    paragraphs = [*(point + stop for point in points[:-1]), points[-1] + (last or stop.replace("；", "。"))]
    head_line = [lead + dice.pick(("：", "。"))] if lead else []
    return _said([*head_line, *paragraphs], items, lead=lead, open_ended=open_ended)
