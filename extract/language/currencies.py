"""Chinese names of currencies: those of CLDR, with and without the country, and further names used in guides."""

from collections import defaultdict
from functools import cache

_ALIASES = {
    "元人民币": "CNY", "港币": "HKD", "澳门元": "MOP", "加元": "CAD", "澳元": "AUD", "新元": "SGD", "卢布": "RUB",
    "谢克尔": "ILS", "兰特": "ZAR", "韩币": "KRW", "印尼盾": "IDR",
}  # fmt: skip


@cache
def currency_codes() -> dict[str, str | None]:
    """Return the ISO 4217 codes of currencies in use today, by name; longer names before shorter.

    A name without the country (福林) has a code if one country's currency is called so, else None (卢比, 克朗).

    >>> [currency_codes().get(name, "") for name in ("欧元", "港币", "印度尼西亚卢比", "福林", "卢比", "法国法郎")]
    ['EUR', 'HKD', 'IDR', 'HUF', None, '']
    """
    from babel import Locale
    from babel.core import get_global

    locale = Locale("zh")
    tenders = [row for rows in get_global("territory_currencies").values() for row in rows]
    current = {code for code, _, end, is_tender in tenders if is_tender and end is None}
    full = {name: code for code, name in locale.currencies.items() if code in current}
    countries = sorted({*locale.territories.values(), *_SHORT_COUNTRIES}, key=len, reverse=True)
    names = {**_without_country(full, countries), **full, **_ALIASES}
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}


_SHORT_COUNTRIES = ("沙特", "阿联酋", "特立尼达", "马其顿", "卢旺达", "刚果")  # as currencies are called by them


def _without_country(full: dict[str, str], countries: list[str]) -> dict[str, str | None]:
    """Return the names of currencies without that of the country, of two characters or more."""
    codes: dict[str, set[str]] = defaultdict(set)
    for name, code in full.items():
        rest = next((name.removeprefix(country) for country in countries if name.startswith(country)), "")
        if len(rest) > 1:
            codes[rest].add(code)
    return {rest: min(found) if len(found) == 1 else None for rest, found in codes.items()}
