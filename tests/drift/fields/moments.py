"""The period in which applications are taken: sentences that state it, and what they state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

_STARTS = ((8, 0), (9, 0), (8, 30))
_ENDS = ((16, 0), (17, 0), (17, 30), (24, 0), (12, 0))


@dataclass(frozen=True)
class Moment:
    """A day, and hour and minute if they are stated."""

    day: date
    clock: tuple[int, int] | None

    def __str__(self) -> str:
        return f"{self.day}T{self.clock[0]:02}:{self.clock[1]:02}" if self.clock else str(self.day)


@dataclass(frozen=True)
class Period:
    """The sentences, below a heading or none, and the value; `is_open` if they name no year, so that nobody can tell it."""

    heading: str
    paragraphs: tuple[str, ...]
    value: Value | None
    is_open: bool = False


def period(dice: Dice, year: int) -> Period:
    """A period in this year."""
    words, write = pool("notice")["period"], dice.pick(_WRITERS)(dice)
    day, timed = date(year, dice.between(3, 7), dice.between(1, 28)), dice.chance(0.75)
    start = Moment(day, dice.pick(_STARTS) if timed else None)
    end = Moment(day + timedelta(dice.between(5, 75)), dice.pick(_ENDS) if timed else None)
    filled = {
        "year": year, "from": write.whole(start), "to": write.later(end), "whole_to": write.whole(end),
        "joint": dice.pick(write.joints), "short_from": write.short(start), "short_to": write.short(end),
    }  # fmt: skip
    kind = dice.pick(("both", "both", "both", "headed", "end", "end", "open"))
    heading, sentence = dice.pick(words[kind]) if kind == "headed" else ("", dice.pick(words[kind]))
    value = {"from": None if kind == "end" else str(start), "to": str(end)}
    is_open = kind == "open"
    return Period(heading, (sentence.format(**filled),), None if is_open else value, is_open)


# ── how an office writes moments ──────────────────────────────────────────────────────────────────────


class _Chinese:
    """2023年3月1日8:00 and 4月15日17:00, with the days of the week or without."""

    joints: Sequence[str] = ("至", "至", "—", "-", "～", "到")

    def __init__(self, dice: Dice) -> None:
        self._clock = dice.pick((_colon, _colon, _wide_colon, _hours, _halves))
        self._weekdays = dice.chance(0.2)
        self.later = self.short if dice.chance(0.7) else self.whole

    def whole(self, moment: Moment) -> str:
        return f"{moment.day.year}年{self.short(moment)}"

    def short(self, moment: Moment) -> str:
        weekday = f"（星期{'一二三四五六日'[moment.day.weekday()]}）" if self._weekdays else ""
        time = self._clock(*moment.clock) if moment.clock else ""
        return f"{moment.day.month}月{moment.day.day}日{weekday}{time}"


class _Figures(_Chinese):
    """2023-03-01 8:00, 2023/3/1, 2023.3.1"""

    joints = ("至", "～", "到")

    def __init__(self, dice: Dice) -> None:
        super().__init__(dice)
        self._sign, self._zero = dice.pick((("-", "02"), ("/", ""), (".", "")))
        self.later = self.whole

    def whole(self, moment: Moment) -> str:
        day = moment.day
        date = self._sign.join((str(day.year), format(day.month, self._zero), format(day.day, self._zero)))
        return f"{date} {_colon(*moment.clock)}" if moment.clock else date


_WRITERS: tuple[Callable[[Dice], _Chinese], ...] = (_Chinese, _Chinese, _Chinese, _Figures)


def _colon(hour: int, minute: int) -> str:
    return f"{hour}:{minute:02}"


def _wide_colon(hour: int, minute: int) -> str:
    return f"{hour}：{minute:02}"


def _hours(hour: int, minute: int) -> str:
    return f"{hour}时{minute}分" if minute else f"{hour}时"


def _halves(hour: int, minute: int) -> str:
    """上午8:00, 中午12:00, 下午5:00; nobody halves 24:00."""
    half = "上午" if hour < 12 else "中午" if hour == 12 else "下午" if hour < 24 else ""
    return f"{half}{hour - 12 if 12 < hour < 24 else hour}:{minute:02}"
