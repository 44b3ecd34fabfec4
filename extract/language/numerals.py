"""Numerals → Decimal: Arabic digits with thousands separators, and Chinese numerals through cn2an."""

import re
from decimal import Decimal

# On folded text: full-width digits are half-width, and a half-width comma is a Chinese one.
ARABIC = r"(?<![\d.])(?:\d{1,3}(?:，\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]{1,28}"  # to the end of an endless row, from each of its places, takes long
NUMERAL = rf"(?:{ARABIC}|{CHINESE})"
# What joins the ends of a range; 或 joins no range.
TO = r"(?:-+|~|至|到)"

MOST = 2**53 - 1  # what every reader of JSON holds exactly; more is no number of projects, yuan or years
_LONGEST = 28  # characters of a numeral, and digits that a Decimal computes with
_DIGITS = str.maketrans("零〇一二两三四五六七八九", "001223456789")
_TENS = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_PAIR = re.compile("[一二两三四五六七八九]{2,3}")  # 七八个, 三五个: one or the other, no number


def parse_numeral(words: str) -> Decimal | None:
    """The number that a numeral means; None where the characters make none (一二三百, 15，00), or one beyond MOST."""
    bare = words.replace(" ", "").replace("，", "")
    if _PAIR.fullmatch(bare) or len(bare) > _LONGEST:
        return None
    number = Decimal(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else _chinese(bare)
    return number if number is not None and number <= MOST else None


def _chinese(bare: str) -> Decimal | None:
    """A Chinese numeral. Most are digits (二〇一七) or tens (二十四); cn2an, which takes long to load, has the rest."""
    if tens := _TENS.fullmatch(bare):
        bare = (tens[1] or "一") + (tens[2] or "〇")
    if (digits := bare.translate(_DIGITS)).isdecimal():
        return Decimal(digits)
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(bare.replace("〇", "零"), "normal")))
    except (ValueError, KeyError):  # cn2an stumbles over 零十一一, which is no numeral either
        return None
