"""Numbers as guides print them: Chinese numerals, dashes of ranges, sums of money in 万 and 亿."""

from __future__ import annotations

from tests.drift.supply.seeded_random import Dice

DIGITS = "零一二三四五六七八九"
DASHES = ("—", "—", "-", "-", "~", "～", "至", "–")


def chinese(number: int) -> str:
    """12 → 十二; up to 9999."""
    words, empty = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if not digit:
            empty = bool(words)
            continue
        bare = unit == 10 and digit == 1 and not words
        words += ("零" if empty else "") + ("" if bare else DIGITS[digit]) + name
        empty = False
    return words


def counted(number: int) -> str:
    """A Chinese numeral before 个 or 家: 两 for 二."""
    return "两" if number == 2 else chinese(number)


def dash(dice: Dice) -> str:
    """What stands between the ends of a range."""
    return dice.pick(DASHES)


def decimal_yi(yuan: int) -> str:
    """257800000 → 2.578"""
    whole, rest = divmod(yuan, 100_000_000)
    digits = f"{rest:08d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
