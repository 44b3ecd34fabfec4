"""Chinese names of currencies: those of CLDR, and further names used in guides."""

from functools import cache

_ALIASES = {
    "元人民币": "CNY", "港币": "HKD", "澳门元": "MOP", "加元": "CAD", "澳元": "AUD", "卢布": "RUB", "谢克尔": "ILS",
    "兰特": "ZAR", "卢比": "INR",
}  # fmt: skip


@cache
def currency_codes() -> dict[str, str]:
    """Return the ISO 4217 codes of currencies in use today, by name; longer names before shorter.

    >>> [currency_codes().get(name) for name in ("欧元", "港币", "印度尼西亚卢比", "法国法郎")]
    ['EUR', 'HKD', 'IDR', None]
    """
    from babel import Locale
    from babel.core import get_global

    tenders = [row for rows in get_global("territory_currencies").values() for row in rows]
    current = {code for code, _, end, is_tender in tenders if is_tender and end is None}
    names = {name: code for code, name in Locale("zh").currencies.items() if code in current} | _ALIASES
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}
