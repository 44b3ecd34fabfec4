"""Parse numerals: Arabic digits with thousands separators, Chinese numerals through cn2an.

Ordinals up to 99 (of chapters, points and markers) are parsed and formatted without cn2an, which is slow to load.
"""

import re
from decimal import Decimal

# On folded text: full-width digits are half-width, and a half-width comma is a Chinese one.
ARABIC = r"(?<![\d.])(?:\d{1,3}(?:，\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]{1,28}"  # bounded: an endless row takes quadratic time
NUMERAL = rf"(?:{ARABIC}|{CHINESE})"
# Of chapters, points and markers.
CHINESE_ORDINAL = "[一二三四五六七八九十]{1,3}"
ORDINAL = rf"(?:\d{{1,2}}|{CHINESE_ORDINAL})"
# Words between the ends of a range; 或 is not one.
TO = r"(?:-+|~|至|到)"

MAX_NUMBER = 2**53 - 1  # the greatest integer that every JSON parser represents exactly
_MAX_NUMERAL_CHARACTERS = 28  # the precision of Decimal
_DIGITS = str.maketrans("零〇一二两三四五六七八九", "001223456789")
_ONES = "一二三四五六七八九"
_ORDINAL = re.compile(f"(?:(?P<tens>[{_ONES}])?(?P<ten>十))?(?P<ones>[{_ONES}])?")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAIR = re.compile("[一二两三四五六七八九]{2,3}")  # 七八个, 三五个: approximate


def parse_numeral(words: str) -> Decimal | None:
    """Parse a numeral. Return None if it is invalid, or greater than MAX_NUMBER.

    >>> int(parse_numeral("1，500")), int(parse_numeral("二〇一七")), int(parse_numeral("一千零五十"))
    (1500, 2017, 1050)
    >>> parse_numeral("七八"), parse_numeral("一二三百")
    (None, None)
    """
    bare = words.replace(" ", "").replace("，", "")
    if _PAIR.fullmatch(bare) or len(bare) > _MAX_NUMERAL_CHARACTERS:
        return None
    number = Decimal(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else _chinese(bare)
    return number if number is not None and number <= MAX_NUMBER else None


def _chinese(bare: str) -> Decimal | None:
    """Parse a Chinese numeral: an ordinal up to 99 (二十四), digits (二〇一七), else with cn2an."""
    if (ordinal := parse_ordinal(bare)) is not None:
        return Decimal(ordinal)
    if (digits := bare.translate(_DIGITS)).isdecimal():
        return Decimal(digits)
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(bare.replace("〇", "零"), "normal")))
    except (ValueError, KeyError):  # raised for 零十一一 and other invalid numerals
        return None


def parse_ordinal(words: str) -> int | None:
    """Parse the number of a chapter, a point or a marker. Return None if it is invalid, or Chinese and beyond 99.

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
    """Format a number up to 99 in Chinese, as chapters are counted.

    >>> format_ordinal(9), format_ordinal(11), format_ordinal(20)
    ('九', '十一', '二十')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _ONES[tens - 1]) + ("十" if tens else "") + (_ONES[ones - 1] if ones else "")
