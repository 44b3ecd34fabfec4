"""How long a project runs: words and what they say, in months or dates."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable

from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.numerals import counted, dash
from tests.drift.supply.seeded_random import Dice

Span = tuple[int, int]
"""In years: what the introduction declares, and what every section keeps to."""


def months(low: int | None, high: int | None) -> Value:
    return {"min_months": low, "max_months": high}


def core(dice: Dice, form: str, span: Span, year: int) -> tuple[str, Value]:
    """The words of a duration alone, within a span of years."""
    return FORMS[form](dice, span, year)


def _exact(dice: Dice, span: Span, _: int) -> tuple[str, Value]:
    years = dice.between(*span)
    return f"{years}年", months(12 * years, 12 * years)


def _range(dice: Dice, span: Span, year: int) -> tuple[str, Value]:
    if span[0] == span[1]:
        return _exact(dice, span, year)
    low, high = span
    words = dice.pick((f"{low}{dash(dice)}{high}年", f"{low}-{high}年", f"{counted(low)}至{counted(high)}年"))
    return words, months(12 * low, 12 * high)


def _upto(dice: Dice, span: Span, _: int) -> tuple[str, Value]:
    return dice.pick(("不超过{}年", "不超过{}年", "最长{}年")).format(span[1]), months(None, 12 * span[1])


def _months(dice: Dice, span: Span, _: int) -> tuple[str, Value]:
    low, high = (12 * years for years in span)
    words, first = dice.pick(((f"{high}个月", high), (f"不超过{high}个月", None)))
    if low < high and dice.chance(0.4):
        return f"{low}{dash(dice)}{high}个月", months(low, high)
    return words, months(first, high)


def _hanzi(dice: Dice, span: Span, _: int) -> tuple[str, Value]:
    years = dice.between(*span)
    return f"{counted(years)}年", months(12 * years, 12 * years)


def _dates(dice: Dice, span: Span, year: int) -> tuple[str, Value]:
    years, start = dice.between(*span), dice.pick((1, 4, 7))
    end_year, end = (year + years, 12) if start == 1 else (year + 1 + years, start - 1)
    words = f"{year + 1}年{start}月{dice.pick(('至', '—', '-'))}{end_year}年{end}月"
    last = monthrange(end_year, end)[1]
    return words, {"start": f"{year + 1}-{start:02d}-01", "end": f"{end_year}-{end:02d}-{last}"}


FORMS: dict[str, Callable[[Dice, Span, int], tuple[str, Value]]] = {
    "exact": _exact,
    "range": _range,
    "upto": _upto,
    "months": _months,
    "hanzi": _hanzi,
    "dates": _dates,
}
