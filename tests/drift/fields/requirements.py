"""What a section asks of applicants: words, their kinds, and their conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.normalise.conditions.values import FACTS
from tests.drift.fields.trees import mark
from tests.drift.supply.chinese_numbers import Said, Value
from tests.drift.supply.numerals import counted
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

KEYS = ("fact", "op", "value", "unit", "among", "binding", "by", "of", "track", "when")
"""What a condition says, without its words."""
MARKERS = ("{n}）", "{n}）", "（{n}）", "{n}.", "{n}、", "{n}. ", "①")


def nothing(dice: Dice) -> Said:
    """无。"""
    return Said((dice.pick(pool("requirements")["none"]),), None, status="none")


def requirements(dice: Dice, form: str, slots: Value, year: int, more: Sequence[Value] = ()) -> Said:
    """One to five points in one of the forms; `more` are points that the section needs."""
    words = pool("requirements")
    rows = dice.some(words["point"], dice.between(0 if more else 1, 4))
    if form == "sentences" or len(rows) + len(more) == 1:
        rows = [row for row in rows if "：" not in row["text"]] or [words["point"][0]]
    elif dice.chance(0.15):
        rows.append(dice.pick(words["pair"]))
    points = [*(_point(dice, row, slots, year) for row in rows), *more]
    if form == "sentences":
        return _sentences(points)
    lead = None
    if len(points) > 1 and dice.chance(0.2):
        row = dice.pick(words["leads"])
        lead = point(row["text"].format(**slots), [], row["conditions"])
    return _numbered(dice, points, lead, in_line=form == "inline")


def _sentences(points: Sequence[Value]) -> Said:
    items = [{**point, "text": point["text"] + "。"} for point in points]
    return Said(("".join(item["text"] for item in items),), {"lead": None, "items": items})


def _numbered(dice: Dice, points: Sequence[Value], lead: Value | None, *, in_line: bool) -> Said:
    """1）…；2）…。 or a paragraph to each; a lone point has no marker."""
    if len(points) == 1:
        return _sentences(points)
    style, stop = dice.pick(MARKERS), dice.pick(("；", "。", "。"))
    printed, items = [], []
    for number, point in enumerate(points, 1):
        closing = "。" if number == len(points) or "。" in point["text"] else stop
        marker, kept = mark(style, number), closing.replace("；", "")
        printed.append(f"{marker}{point['text']}{closing}")
        items.append({**point, "marker": marker.strip(), "text": point["text"] + kept})
    paragraphs = ["".join(printed)] if in_line else printed
    if lead and in_line and dice.chance(0.7):
        paragraphs[0] = lead["text"] + paragraphs[0]
    elif lead:
        paragraphs = [lead["text"], *paragraphs]
    if lead:  # the conditions of a list begin with those of its lead
        items[0] = {**items[0], "conditions": [*lead["conditions"], *items[0]["conditions"]]}
    return Said(tuple(paragraphs), {"lead": lead["text"] if lead else None, "items": items})


def point(text: str, kinds: Sequence[str], conditions: Sequence[Value]) -> Value:
    """A point as the record has it, and its conditions with all that they leave out, until `lifted` takes them."""
    whole = [_whole(one) | {"text": text.removesuffix("。")} for one in conditions]
    return {"marker": None, "text": text, "kinds": list(kinds), "conditions": whole}


def lifted(fields: Value, basis: str) -> Value:
    """The fields of a section, or those for all, with the conditions of their points beside them, as the record has it."""
    requirements = fields.get("requirements")
    if not requirements or not requirements["value"]:
        return {**fields, "conditions": []}
    value, found = requirements["value"], []
    for item in value["items"]:
        found += [condition | {"basis": basis} for condition in item["conditions"]]
    items = [{key: part for key, part in item.items() if key != "conditions"} for item in value["items"]]
    return {**fields, "requirements": {**requirements, "value": {**value, "items": items}}, "conditions": found}


def runs(text: str, months: int, *, op: str) -> Value:
    """A point that says how long a project runs."""
    binding = "should" if "原则上" in text else "must"
    return point(
        text, ["duration"], [{"fact": "project_months", "op": op, "value": months, "binding": binding, "by": "project"}]
    )


def _whole(condition: Value) -> Value:
    """A condition with what is usual for its fact."""
    op, unit, _ = FACTS[condition["fact"]]
    value = None if condition["fact"] == "manual" else True
    return dict.fromkeys(KEYS) | {"op": op, "unit": unit, "binding": "must", "value": value} | condition


def _point(dice: Dice, row: dict[str, Any], slots: Value, year: int) -> Value:
    """A row of the pool with its slots filled, and its conditions, of which some values are slots."""
    number = dice.between(2, 8) if row["kinds"] != ["multilateral_partners"] else dice.between(2, 4)
    day, iso = _date(dice, year)
    words = pool("requirements")
    url, mail, phone = (dice.pick(words[name]) for name in ("urls", "mails", "phones"))
    drawn: dict[str, Any] = {"n": number, "cn": counted(number), "date": day, "url": url, "mail": mail, "phone": phone}
    past, age = _date(dice, year - 2)[0], dice.pick((35, 40, 45))
    text = row["text"].format(**slots, **drawn, past=past, age=age)
    known = {**drawn, "date": iso, "age": age}
    return point(text, row["kinds"], [_filled(condition, slots, known) for condition in row["conditions"]])


def _filled(condition: Value, slots: Value, known: Value) -> Value:
    """A condition with the values of its slots."""
    filled = {key: text.format(**slots) if key in ("of", "when") else text for key, text in condition.items()}
    value = filled.get("value", True)
    if isinstance(value, list):
        value = [known.get(item, item) for item in value]
    elif isinstance(value, str):
        value = known.get(value, value)
    return {**filled, "value": value} if "value" in filled else filled


def _date(dice: Dice, year: int) -> tuple[str, str]:
    month, day = dice.between(1, 12), dice.between(1, 28)
    return f"{year}年{month}月{day}日", f"{year}-{month:02d}-{day:02d}"
