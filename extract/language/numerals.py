"""Numerals → numbers: Arabic digits with thousands separators, and Chinese numerals through cn2an.

Ordinals of chapters, points and markers, up to 99, are parsed and formatted without it.
"""

import re
from decimal import Decimal

# On folded text: full-width digits are half-width, and a half-width comma is a Chinese one.
ARABIC = r"(?<![\d.])(?:\d{1,3}(?:，\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]{1,28}"  # to the end of an endless row, from each of its places, takes long
NUMERAL = rf"(?:{ARABIC}|{CHINESE})"
# Words between the ends of a range; 或 joins no range.
TO = r"(?:-+|~|至|到)"

MOST = 2**53 - 1  # what every reader of JSON holds exactly; more is no number of projects, yuan or years
_MAX_NUMERAL_CHARACTERS = 28  # the digits that a Decimal computes with
_DIGITS = str.maketrans("零〇一二两三四五六七八九", "001223456789")
_ONES = "一二三四五六七八九"
_ORDINAL = re.compile(f"(?:(?P<tens>[{_ONES}])?(?P<ten>十))?(?P<ones>[{_ONES}])?")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAIR = re.compile("[一二两三四五六七八九]{2,3}")  # 七八个, 三五个: one or the other, no number


def parse_numeral(words: str) -> Decimal | None:
    """Parse a numeral. Return None if its characters make no number, or one beyond MOST.

    >>> int(parse_numeral("1，500")), int(parse_numeral("二〇一七")), int(parse_numeral("一千零五十"))
    (1500, 2017, 1050)
    >>> parse_numeral("七八"), parse_numeral("一二三百")
    (None, None)
    """
    bare = words.replace(" ", "").replace("，", "")
    if _PAIR.fullmatch(bare) or len(bare) > _MAX_NUMERAL_CHARACTERS:
        return None
    number = Decimal(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else _chinese(bare)
    return number if number is not None and number <= MOST else None


def _chinese(bare: str) -> Decimal | None:
    """A Chinese numeral. Most are digits (二〇一七) or tens (二十四); cn2an, which takes long to load, has the rest."""
    if (ordinal := parse_ordinal(bare)) is not None:
        return Decimal(ordinal)
    if (digits := bare.translate(_DIGITS)).isdecimal():
        return Decimal(digits)
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(bare.replace("〇", "零"), "normal")))
    except (ValueError, KeyError):  # cn2an stumbles over 零十一一, which is no numeral either
        return None


def parse_ordinal(words: str) -> int | None:
    """Parse the number of a chapter, a point or a marker. Return None if it is none, or a Chinese one beyond 99.

    >>> parse_ordinal("11"), parse_ordinal("十一"), parse_ordinal("②"), parse_ordinal("一一")
    (11, 11, 2, None)
    """
    if words.isdecimal():
        return int(words)
    if len(words) == 1 and words in _CIRCLED:
        return _CIRCLED.index(words) + 1
    match = _ORDINAL.fullmatch(words)
    if match is None or not words:
        return None
    tens = _ONES.index(match["tens"]) + 1 if match["tens"] else int(bool(match["ten"]))
    return 10 * tens + (_ONES.index(match["ones"]) + 1 if match["ones"] else 0)


def format_ordinal(number: int) -> str:
    """A number up to 99 in Chinese, as chapters are counted.

    >>> format_ordinal(9), format_ordinal(11), format_ordinal(20)
    ('九', '十一', '二十')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _ONES[tens - 1]) + ("十" if tens else "") + (_ONES[ones - 1] if ones else "")
