"""What a section asks of applicants: words, their kinds, and the facts that they state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.drift.fields.trees import mark
from tests.drift.supply.chinese_numbers import Said, Value
from tests.drift.supply.numerals import counted
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

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
    lead = dice.pick(words["leads"]).format(**slots) if len(points) > 1 and dice.chance(0.2) else None
    return _numbered(dice, points, lead, in_line=form == "inline")


def _sentences(points: Sequence[Value]) -> Said:
    items = [{**point, "text": point["text"] + "。"} for point in points]
    return Said(("".join(item["text"] for item in items),), {"lead": None, "items": items})


def _numbered(dice: Dice, points: Sequence[Value], lead: str | None, *, in_line: bool) -> Said:
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
        paragraphs[0] = lead + paragraphs[0]
    elif lead:
        paragraphs = [lead, *paragraphs]
    return Said(tuple(paragraphs), {"lead": lead, "items": items})


def point(text: str, kinds: Sequence[str], facts: Value) -> Value:
    return {"marker": None, "text": text, "kinds": list(kinds), "facts": facts}


def _point(dice: Dice, row: dict[str, Any], slots: Value, year: int) -> Value:
    """A row of the pool with its slots filled, and the facts that its slots are."""
    number = dice.between(2, 8) if row["kinds"] != ["multilateral_partners"] else dice.between(2, 4)
    day, iso = _date(dice, year)
    words = pool("requirements")
    url, mail, phone = (dice.pick(words[name]) for name in ("urls", "mails", "phones"))
    drawn: dict[str, Any] = {"n": number, "cn": counted(number), "date": day, "url": url, "mail": mail, "phone": phone}
    known = {"n": number, "date": iso, "url": [url], "mail": [mail], "phone": [phone]}
    facts = {
        name: known.get(slot, slot) if isinstance(slot, str) else slot for name, slot in row.get("facts", {}).items()
    }
    past = _date(dice, year - 2)[0]
    text = row["text"].format(**slots, **drawn, past=past, age=dice.pick((35, 40, 45)))
    return point(text, row["kinds"], facts)


def _date(dice: Dice, year: int) -> tuple[str, str]:
    month, day = dice.between(1, 12), dice.between(1, 28)
    return f"{year}年{month}月{day}日", f"{year}-{month:02d}-{day:02d}"
