"""How much money: words and what they say, in yuan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.drift.fields.count import track
from tests.drift.supply.chinese_numbers import Said, Value, one
from tests.drift.supply.numerals import chinese, dash, decimal_yi
from tests.drift.supply.seeded_random import Dice

WAN, YI = 10_000, 100_000_000


def money(
    low: int | None,
    high: int | None,
    *,
    approximate: bool = False,
    per_project: Value | None = None,
    tracks: Sequence[Value] = (),
) -> Value:
    """A total in yuan."""
    return {
        "min": low,
        "max": high,
        "approximate": approximate,
        "currency": "CNY",
        "per_project": per_project,
        "tracks": list(tracks),
    }


def moneys(dice: Dice, form: str) -> Said:
    """Money in one of the plain forms."""
    words, value = FORMS[form](dice)
    return one(words + dice.pick(("。", "。", "。", "")), value)


def per_project(dice: Dice) -> tuple[str, Value]:
    """What each project gets, without saying so."""
    low = dice.between(2, 10) * 50
    high = low + dice.between(1, 6) * 50
    words, ends = dice.pick(
        (
            (f"不超过{high}万元", (None, high)),
            (f"{low}—{high}万元", (low, high)),
            (f"{low}万元", (low, low)),
        )
    )
    return words, {"min": ends[0] and ends[0] * WAN, "max": ends[1] * WAN}


def each(dice: Dice, names: Sequence[str]) -> Said:
    """各500万元 beside topics that have names."""
    share = dice.between(1, 20) * 50
    parts = [track(name, share * WAN, share * WAN) for name in names]
    total = share * WAN * len(names)
    return one(f"各{share}万元{dice.pick(('', '人民币'))}。", money(total, total, tracks=parts))


def tracks(dice: Dice, marked: Sequence[tuple[str, str]]) -> Said:
    """Money for each of some tracks."""
    between = dice.pick(("，", "，", "："))
    sums = [dice.between(2, 40) * 50 for _ in marked]
    words = "；".join(f"{mark}{name}{between}{wan}万元人民币" for (mark, name), wan in zip(marked, sums, strict=True))
    parts = [track(name, wan * WAN, wan * WAN) for (_, name), wan in zip(marked, sums, strict=True)]
    return one(words + "。", money(sum(sums) * WAN, sum(sums) * WAN, tracks=parts))


def _sum(dice: Dice) -> int:
    """A total in 万."""
    return dice.pick((dice.between(2, 60) * 50, dice.between(10, 200) * 100))


def _wan(dice: Dice) -> tuple[str, Value]:
    wan = _sum(dice)
    return f"{wan}万元{dice.pick(('人民币', '人民币', ''))}", money(wan * WAN, wan * WAN)


def _no_yuan(dice: Dice) -> tuple[str, Value]:
    wan = _sum(dice)
    return f"{wan}万人民币", money(wan * WAN, wan * WAN)


def _yi(dice: Dice) -> tuple[str, Value]:
    yuan = dice.between(1000, 30000) * 10 * WAN
    return f"{decimal_yi(yuan)}亿元{dice.pick(('', '人民币'))}", money(yuan, yuan)


def _range(dice: Dice) -> tuple[str, Value]:
    low = _sum(dice)
    high, ends = low + dice.between(2, 20) * 50, ("万元人民币", "万元")
    words = dice.pick((f"{low}{dash(dice)}{high}", f"{low}{dash(dice)}{high}", f"{low}万{dash(dice)}{high}"))
    return words + dice.pick(ends), money(low * WAN, high * WAN)


def _upto(dice: Dice) -> tuple[str, Value]:
    wan = _sum(dice)
    forms = ("不超过{}万元", "不超过{}万元人民币", "最高{}万元", "{}万元人民币以内", "总经费不超过{}万元")
    return dice.pick(forms).format(wan), money(None, wan * WAN)


def _atleast(dice: Dice) -> tuple[str, Value]:
    wan = _sum(dice)
    return dice.pick(("不低于{}万元", "不少于{}万元", "至少{}万元")).format(wan), money(wan * WAN, None)


def _around(dice: Dice) -> tuple[str, Value]:
    wan = _sum(dice)
    return dice.pick(("约{}万元", "{}万元左右")).format(wan), money(wan * WAN, wan * WAN, approximate=True)


def _bracket(dice: Dice) -> tuple[str, Value]:
    wan = dice.between(10, 40) * 100
    words, share = per_project(dice)
    return f"{wan}万元人民币（每个项目{words}）", money(wan * WAN, wan * WAN, per_project=share)


def _per_only(dice: Dice) -> tuple[str, Value]:
    words, share = per_project(dice)
    return dice.pick(("每个项目", "每项", "单个项目")) + words, money(None, None, per_project=share)


def _total_per(dice: Dice) -> tuple[str, Value]:
    wan = dice.between(20, 60) * 100
    words, share = per_project(dice)
    total, low = dice.pick(((f"总经费不超过{wan}万元", None), (f"{wan}万元", wan * WAN)))
    return f"{total}，每个项目{words}", money(low, wan * WAN, per_project=share)


def _mixed(dice: Dice) -> tuple[str, Value]:
    yi, wan = dice.between(1, 3), dice.between(1, 9) * 1000
    yuan = yi * YI + wan * WAN
    return f"{yi}亿{dice.pick((str(wan), f'{wan // 1000}千'))}万元", money(yuan, yuan)


def _thousands(dice: Dice) -> tuple[str, Value]:
    wan = dice.between(10, 200) * 100
    return f"{wan:,}万元人民币", money(wan * WAN, wan * WAN)


def _hanzi(dice: Dice) -> tuple[str, Value]:
    wan = dice.between(2, 90) * 100
    return f"{chinese(wan)}万元", money(wan * WAN, wan * WAN)


def _foreign(dice: Dice) -> tuple[str, Value]:
    wan, other = _sum(dice), dice.between(1, 9) * 50
    forms = ("{}万元人民币（约合{}万美元）", "{}万元人民币，外方出资{}万欧元", "{}万元人民币（外方出资{}万欧元）")
    words, value = dice.pick(forms).format(wan, other), money(wan * WAN, wan * WAN)
    if "外方" in words:
        value["foreign"] = {"min": other * WAN, "max": other * WAN, "currency": "EUR", "per_project": None}
    return words, value


def _before(dice: Dice) -> tuple[str, Value]:
    wan = _sum(dice)
    return dice.pick(("人民币{}万元", "拟支持国拨经费{}万元", "国拨经费{}万元")).format(wan), money(
        wan * WAN, wan * WAN
    )


def _among(dice: Dice) -> tuple[str, Value]:
    sums = (("联合研究项目", dice.between(10, 30) * 100), ("技术转移中心合作项目", dice.between(2, 9) * 100))
    total = sum(wan for _, wan in sums)
    parts = [track(name, wan * WAN, wan * WAN) for name, wan in sums]
    words = f"总经费{total}万元人民币，其中" + "，".join(f"{name}{wan}万元" for name, wan in sums)
    return words, money(total * WAN, total * WAN, tracks=parts)


FORMS: dict[str, Callable[[Dice], tuple[str, Value]]] = {
    "wan": _wan,
    "no_yuan": _no_yuan,
    "yi": _yi,
    "range": _range,
    "upto": _upto,
    "atleast": _atleast,
    "around": _around,
    "bracket": _bracket,
    "per_only": _per_only,
    "total_per": _total_per,
    "mixed": _mixed,
    "thousands": _thousands,
    "hanzi": _hanzi,
    "foreign": _foreign,
    "before": _before,
    "among": _among,
}
