"""What the introduction declares: a sentence that fits the sections, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from tests.drift.fields.duration import core
from tests.drift.fields.money import WAN, money
from tests.drift.guide_style import Manner
from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.numerals import dash, decimal_yi
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

Interval = tuple[int, int | None]


def declared_duration(dice: Dice, manner: Manner) -> tuple[str, str, Value] | None:
    """A template for the sentence, the words of the duration, and what they say."""
    if not dice.chance(manner.rules["declares"]["duration"]):
        return None
    words, value = core(dice, dice.pick(("range", "range", "upto")), manner.span, manner.year)
    kind = "duration_bound" if value.get("min_months", 0) is None else "duration"
    return dice.pick(pool("introduction")["declared"][kind]), words, value


def declare(
    dice: Dice, manner: Manner, sections: Sequence[Value], duration: tuple[str, str, Value] | None
) -> tuple[str, Value]:
    """A sentence or two, which may tell the duration, and `guide.declared`."""
    words, chances = pool("introduction")["declared"], manner.rules["declares"]
    found: Value = dict.fromkeys(("partners", "directions", "projects", "funding"))
    parts: list[str] = []
    if dice.chance(chances["partners"]):
        said, found["partners"] = _partners(dice, sections)
        parts.append(said)
    if dice.chance(chances["directions"]):
        found["directions"] = {"count": len(sections)}
        parts.append(dice.pick(words["directions"]).format(n=len(sections)))
    if dice.chance(chances["projects"]):
        said, found["projects"] = _projects(dice, _sum(sections, "project_count"))
        parts.append(said)
    if dice.chance(chances["funding"]):
        said, found["funding"] = _funding(dice, _sum(sections, "funding"))
        parts.append(said)
    if duration:
        parts.append(duration[0].format(x=duration[1]))
    if not parts:
        return "", found
    batch = f"{manner.ordinal}项目" if manner.batch else ""
    opening = dice.pick(words["opens"]).format(year=manner.year, of=batch)
    return opening + dice.pick(("，", "，", "。")).join(parts) + "。", found


def _sum(sections: Sequence[Value], name: str) -> Interval:
    """From how little to how much the sections add up; None where a section leaves it open above."""
    low, high = 0, 0
    open_above = False
    for section in sections:
        value = section[name]["value"] or {"min": None, "max": None}
        low += value["min"] or 0
        high += value["max"] or 0
        open_above |= value["max"] is None
    return low, None if open_above else high


def _partners(dice: Dice, sections: Sequence[Value]) -> tuple[str, Value]:
    """Distinct ones: a country with all its provinces and agencies counts once."""
    kinds = {one["code"]: one["kind"] for section in sections for one in section["partners"]}
    number, named = len(kinds), list(kinds.values())
    words, total = pool("introduction")["declared"], {"count": len(kinds)}
    states, bodies = named.count("country"), named.count("organisation")
    if states == number:
        return dice.pick(words["countries"]).format(n=number), total
    if states and bodies and states + bodies == number:
        return dice.pick(words["with_organisations"]).format(a=states, b=bodies), total
    if "region" in named:
        return dice.pick(words["with_regions"]).format(n=number), total
    return dice.pick(words["partners"]).format(n=number), total


def _projects(dice: Dice, total: Interval) -> tuple[str, Value]:
    low, high = total
    top = (high or low + dice.between(5, 20)) + dice.between(0, 3)
    forms = [(f"不超过{top}", "", (None, top), False), (f"约{top}", "", (top, top), True)]
    if high is not None and low == high:
        forms += [(f"{low}", "", (low, low), False)] * 2
    elif high is not None:
        forms += [(f"{max(low, 1)}{dash(dice)}{high}", "", (max(low, 1), high), False)]
        forms += [(f"{max(low, 1)}~{high}", "左右", (max(low, 1), high), True)]
    x, after, (least, most), approximate = dice.pick(forms)
    said = dice.pick(pool("introduction")["declared"]["projects"]).format(x=x) + after
    return said, {"min": least, "max": most, "approximate": approximate}


def _funding(dice: Dice, total: Interval) -> tuple[str, Value]:
    low, high = total
    top = high or low + dice.between(5, 50) * 100 * WAN
    printed = f"{decimal_yi(top)}亿元" if dice.chance(0.7) else f"{top // WAN}万元"
    forms = [(f"不超过{printed}", (None, top), False), (f"约{printed}", (top, top), True)]
    forms += [(f"{printed}左右", (top, top), True)]
    if low == high:
        forms += [(printed, (low, low), False), (f"为{printed}人民币", (low, low), False)]
    x, (least, most), approximate = dice.pick(forms)
    said = dice.pick(pool("introduction")["declared"]["funding"]).format(x=x)
    return said, money(least, most, approximate=approximate)
