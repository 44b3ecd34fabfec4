"""How many projects: words and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.drift.supply.chinese_numbers import Said, Value, one
from tests.drift.supply.numerals import counted, dash
from tests.drift.supply.seeded_random import Dice

UNITS = ("个项目", "个项目", "项", "个")


def count(
    low: int | None,
    high: int | None,
    *,
    approximate: bool = False,
    per: Value | None = None,
    tracks: Sequence[Value] = (),
) -> Value:
    return {"min": low, "max": high, "approximate": approximate, "per": per, "tracks": list(tracks)}


def counts(dice: Dice, form: str) -> Said:
    """A count of one of the plain forms."""
    words, value = FORMS[form](dice)
    return one(words + dice.pick(("。", "。", "。", "")), value)


def each(dice: Dice, names: Sequence[str]) -> Said:
    """各1个 beside topics that have names."""
    share = dice.between(1, 4)
    words = f"各{dice.pick((str(share), str(share), counted(share)))}个项目。"
    tracks = [track(name, share, share) for name in names]
    return one(words, count(share * len(names), share * len(names), tracks=tracks))


def per_field(dice: Dice) -> Said:
    """A share for each field, and a total beside it."""
    low = dice.between(1, 2)
    high, unit, total = low + 1, dice.pick(("领域", "方向")), dice.between(4, 9)
    share = f"每个{unit}{low}{dash(dice)}{high}个项目"
    whole = f"共{total}{dash(dice)}{total * 2}个项目"
    words = dice.pick((f"{share}，{whole}。", f"{whole}，{share}。"))
    return one(words, count(total, total * 2, per={"unit": unit, "min": low, "max": high}))


def tracks(dice: Dice, marked: Sequence[tuple[str, str]]) -> Said:
    """A count for each of some tracks, with the markers and names that the fields have."""
    between, bounded = dice.pick((("，", "支持"), ("，", "支持"), ("：", ""))), dice.chance(0.2)
    parts, found = [], []
    for marker, name in marked:
        low = dice.between(1, 12)
        high = low + dice.between(1, 4) if not bounded and dice.chance(0.2) else low
        number = f"不超过{high}" if bounded else str(low) if low == high else f"{low}-{high}"
        parts.append(f"{marker}{name}{between[0]}{between[1]}{number}个项目")
        found.append(track(name, None if bounded else low, high))
    value = count(_sum(found, "min"), _sum(found, "max"), tracks=found)
    return one("；".join(parts) + "。", value)


def track(name: str, low: int | None, high: int | None) -> Value:
    return {"name": name, "min": low, "max": high}


def _sum(parts: Sequence[Value], end: str) -> int | None:
    ends: list[Any] = [part[end] for part in parts]
    return None if None in ends else sum(ends)


def _exact(dice: Dice) -> tuple[str, Value]:
    number = dice.between(1, 70)
    return dice.pick(("", "", "", "拟支持", "共支持")) + f"{number}{dice.pick(UNITS)}", count(number, number)


def _upto(dice: Dice) -> tuple[str, Value]:
    number = dice.between(2, 60)
    forms = ("不超过{}个项目", "不超过{}项", "原则上不超过{}项", "最多{}个项目", "不多于{}项", "{}项以内")
    return dice.pick(forms).format(number), count(None, number)


def _atleast(dice: Dice) -> tuple[str, Value]:
    number = dice.between(2, 30)
    return dice.pick(("不少于{}个", "不少于{}个项目", "至少{}项")).format(number), count(number, None)


def _range(dice: Dice) -> tuple[str, Value]:
    low = dice.between(1, 50)
    high, unit = low + dice.between(1, 30), dice.pick(UNITS)
    words = dice.pick((f"{low}{dash(dice)}{high}{unit}", f"{low}{dash(dice)}{high}{unit}", f"{low}个-{high}个项目"))
    return words, count(low, high)


def _around(dice: Dice) -> tuple[str, Value]:
    low = dice.between(5, 80)
    high = low + dice.between(2, 9)
    words, last = dice.pick(
        (
            (f"约{low}项", low),
            (f"预计{low}项左右", low),
            (f"{low}~{high}项左右", high),
            (f"约{low}—{high}个项目", high),
            (f"{low}个左右", low),
        )
    )
    return words, count(low, last, approximate=True)


def _hanzi(dice: Dice) -> tuple[str, Value]:
    number = dice.between(1, 39)
    if dice.chance(0.4):
        return f"不超过{counted(number)}{dice.pick(('项', '个项目'))}", count(None, number)
    return counted(number) + dice.pick(("个项目", "项")), count(number, number)


def _full_width(dice: Dice) -> tuple[str, Value]:
    number = dice.between(2, 60)
    printed = str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    words, low = dice.pick(((f"不超过{printed}个项目", None), (f"{printed}个项目", number)))
    return words, count(low, number)


def _per_only(dice: Dice) -> tuple[str, Value]:
    number, unit = dice.between(1, 5), dice.pick(("领域", "方向", "国家"))
    if dice.chance(0.5):
        return f"每个{unit}不超过{number}个项目", count(None, None, per={"unit": unit, "min": None, "max": number})
    per = {"unit": unit, "min": number, "max": number + 1}
    return f"每个{unit}{number}-{number + 1}个项目", count(None, None, per=per)


def _among(dice: Dice) -> tuple[str, Value]:
    first, second = dice.between(3, 20), dice.between(1, 5)
    named = (("联合研究项目", first), ("技术转移中心合作项目", second))
    words = f"共{first + second}个项目，其中" + "，".join(f"{name}{number}个" for name, number in named)
    parts = [track(name, number, number) for name, number in named]
    return words, count(first + second, first + second, tracks=parts)


def _bracketed(dice: Dice) -> tuple[str, Value]:
    share, fields = dice.between(1, 3), dice.between(2, 6)
    total = share * fields
    if dice.chance(0.5):
        return f"{total}项（人员交流）", count(total, total)
    per = {"unit": "领域", "min": share, "max": share}
    return f"{total}个（每个领域{share}个）", count(total, total, per=per)


FORMS: dict[str, Callable[[Dice], tuple[str, Value]]] = {
    "exact": _exact,
    "upto": _upto,
    "atleast": _atleast,
    "range": _range,
    "around": _around,
    "hanzi": _hanzi,
    "full_width": _full_width,
    "per_only": _per_only,
    "among": _among,
    "bracketed": _bracketed,
}
