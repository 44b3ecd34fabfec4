"""Amounts of money in numerals with scales: 1亿2千万, 2.578亿, 两千五百万, 2400—3200万."""

import re
from decimal import Decimal

from extract.language.currencies import currency_codes
from extract.language.numerals import ARABIC, CHINESE, MAX_NUMBER, NUMERAL, parse_numeral
from extract.normalise.quantities.grammar import Amount

_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2, "": 1}
# 1亿2千万, 1亿零500万, 1.2亿, 一亿二千万: an amount is one numeral with its scale, or a row of them, descending.
# A Chinese numeral holds its own 千 and 百 (两千五百万); a scale is only what multiplies it.
_STEP = rf"(?:(?:{ARABIC}) *(?:亿|千万|百万|十万|万|千|百)|{CHINESE} *(?:亿|万))"
AMOUNT = rf"(?:{_STEP} *)?(?:零 *)?(?:{_STEP}|{NUMERAL})"
_STEPS = re.compile(rf"零?(?:(?P<number>{ARABIC}|{CHINESE})(?P<scale>亿|千万|百万|十万|万|千|百)?)")
_TRAILING = re.compile(r"(?<=\d)(?:千万|百万|十万)$|[亿万]$")


def parse_ends(match: re.Match[str]) -> Amount | None:
    """Return the ends of an amount in whole units; the scale of the upper end holds for the lower (2400—3200万元)."""
    low, high = match["low"].strip(), (match["high"] or match["low"]).strip()
    scale = _TRAILING.search(high)
    if scale and not match["yuan"] and not _TRAILING.search(low):
        low += scale[0]
    lower, upper = parse_amount(low), parse_amount(high)
    if lower is None or upper is None:
        return None
    return Amount(lower, upper, currency_codes()[match["currency"]] if match["currency"] else "CNY")


def parse_amount(words: str) -> Decimal | None:
    """Parse an amount without its unit, in whole units; None if its scales rise, or beyond MAX_NUMBER.

    >>> int(parse_amount("1亿2千万")), parse_amount("2千万1亿")
    (120000000, None)
    """
    total, last, rest = Decimal(), Decimal("Infinity"), words.replace(" ", "")
    while rest:
        step = _STEPS.match(rest)
        number = parse_numeral(step["number"]) if step else None
        if step is None or number is None:
            return None
        scale = Decimal(_SCALES[step["scale"] or ""])
        if number * scale >= last:
            return None
        total, last, rest = total + number * scale, scale, rest[step.end() :]
    return total if total and total == int(total) and total <= MAX_NUMBER else None
