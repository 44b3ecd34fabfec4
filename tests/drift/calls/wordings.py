"""What calls say of money, projects and time in words of their own: who pays, for what, and what share."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable

from tests.drift.fields.count import count, track
from tests.drift.fields.duration import months
from tests.drift.fields.money import WAN, money
from tests.drift.supply.chinese_numbers import Said, one
from tests.drift.supply.numerals import counted
from tests.drift.supply.seeded_random import Dice

Wording = Callable[[Dice, int], Said]
"""From the year of a call."""
_OTHER_MONEY = (("欧元", "EUR"), ("美元", "USD"), ("日元", "JPY"))


def _sides(dice: Dice, _: int) -> Said:
    """What each side gives to each project, or in all."""
    own, other, (name, currency) = dice.between(2, 20) * 50, dice.between(1, 20) * 10, dice.pick(_OTHER_MONEY)
    share, foreign = {"min": None, "max": own * WAN}, {"min": None, "max": other * WAN}
    if dice.chance(0.5):
        words = f"中方每个项目不超过{own}万元人民币，对方每个项目不超过{other}万{name}。"
        theirs = {"min": None, "max": None, "currency": currency, "per_project": foreign}
        return one(words, money(None, None, per_project=share) | {"foreign": theirs})
    words = f"中方经费不超过{own}万元人民币，对方不超过{other}万{name}。"
    return one(words, money(None, own * WAN) | {"foreign": foreign | {"currency": currency, "per_project": None}})


def _share_of_cost(dice: Dice, _: int) -> Said:
    wan, percent = dice.between(1, 10) * 50, dice.between(2, 6) * 10
    words, of = dice.pick((("且不超过总预算的{}%", "总预算"), ("比例不超过{}%", None)))
    lead = "每项" if of else dice.pick(("最高资助", "每项"))
    share = {"min": None, "max": float(percent), "of": of}
    each = {"min": None, "max": wan * WAN}
    total = money(None, wan * WAN) if lead == "最高资助" else money(None, None, per_project=each)
    bound = f"{lead}{wan}万元" if lead == "最高资助" else f"{lead}不超过{wan}万元"
    return one(f"{bound}，{words.format(percent)}。", total | {"share": share})


def _each_unit(dice: Dice, _: int) -> Said:
    wan = dice.between(2, 40) * 5
    words, unit, low = dice.pick(
        (
            (f"每人每年{wan}万元。", "人每年", wan * WAN),
            (f"每个联合实验室不超过{wan}万元。", "联合实验室", None),
            (f"每个联合实验室{wan}万元。", "联合实验室", wan * WAN),
        )
    )
    return one(words, money(None, None) | {"per": {"unit": unit, "min": low, "max": wan * WAN}})


def _in_years(dice: Dice, year: int) -> Said:
    first, second = dice.between(2, 10) * 50, dice.between(2, 10) * 50
    total = (first + second) * WAN
    words = f"{first + second}万元（其中{year + 1}年拨付{first}万元）。"
    return one(words, money(total, total, tracks=[track(f"{year + 1}年", first * WAN, first * WAN)]))


def _together(dice: Dice, _: int) -> Said:
    number = dice.between(2, 30)
    forms = ("双方共同支持共{}个项目。", "本批次拟支持合作项目{}个。", "双方拟共同支持{}个项目。", "共支持{}项。")
    return one(dice.pick(forms).format(number), count(number, number))


def _with_dates(dice: Dice, year: int) -> Said:
    years, month = dice.between(1, 4), dice.pick((1, 4, 7))
    last_year, last = (year + years, 12) if month == 1 else (year + 1 + years, month - 1)
    day = monthrange(last_year, last)[1]
    words = f"{years}年，具体为{year + 1}年{month}月1日至{last_year}年{last}月{day}日。"
    dates = {"start": f"{year + 1}-{month:02d}-01", "end": f"{last_year}-{last:02d}-{day}"}
    return one(words, months(12 * years, 12 * years) | dates)


def _from_day(dice: Dice, year: int) -> Said:
    years, month = dice.between(1, 4), dice.between(1, 12)
    words = f"合作期限{years}年，起始时间为{year + 1}年{month}月。"
    return one(words, months(12 * years, 12 * years) | {"start": f"{year + 1}-{month:02d}-01"})


def _completed(dice: Dice, _: int) -> Said:
    years = dice.between(2, 4)
    return one(f"应于{counted(years)}年内完成。", months(None, 12 * years))


WORDINGS: dict[str, tuple[Wording, ...]] = {
    "funding": (_sides, _sides, _share_of_cost, _each_unit, _in_years),
    "project_count": (_together,),
    "duration": (_with_dates, _from_day, _completed),
}


def wording(dice: Dice, kind: str, year: int) -> Said:
    """Words of a field."""
    return dice.pick(WORDINGS[kind])(dice, year)
