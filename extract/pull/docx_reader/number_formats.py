"""The formats of Word's automatic numbers: 1, 一, ①, I, a, 甲 … (ST_NumberFormat, ECMA-376 17.18.59)."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import count, takewhile

_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V",
          4: "IV", 1: "I"}  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LEGAL_DIGITS, _LEGAL_UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_MOST = 10_000  # from which Chinese numerals have further units; no list is as long
_LONGEST = 100  # characters of a number
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def format_number(number: int, form: str) -> str:
    """Write a number as Word does; formats without signs for it, and those that are not known here, as a decimal.

    >>> [format_number(11, form) for form in ("decimal", "chineseCounting", "decimalEnclosedCircle", "lowerLetter")]
    ['11', '十一', '⑪', 'k']
    """
    written = _FORMATS[form](number) if form in _FORMATS else None
    return str(number) if written is None else written


def padded(number: int, example: str) -> str:
    """Write a number with the leading zeros of a list's own format.

    >>> padded(7, "001, 002, 003, ...")
    '007'
    """
    zeros = len(list(takewhile(str.isdigit, example)))
    return str(number).zfill(min(zeros, _LONGEST))


def _roman(number: int) -> str | None:
    if not 0 < number < _MOST:
        return None
    words = ""
    for unit, letters in _ROMAN.items():
        words += letters * (number // unit)
        number %= unit
    return words


def _letters(number: int, first: str) -> str | None:
    """a … z, aa, bb, …"""
    times, place = divmod(number - 1, 26)
    return chr(ord(first) + place) * (times + 1) if 0 < number <= 26 * _LONGEST else None


def _one_of(number: int, signs: str) -> str | None:
    return signs[number - 1] if 0 < number <= len(signs) else None


def _chinese(number: int, digits: str, units: tuple[str, ...], zero: str, ten: str) -> str | None:
    """A Chinese numeral: 二十一, 一百零一. `ten` is how it begins from ten to nineteen."""
    if not 0 <= number < _MOST:
        return None
    words = ""
    for place, digit in zip(count(len(str(number)) - 1, -1), map(int, str(number)), strict=False):
        words += digits[digit] + units[place] if digit else "" if words.endswith(zero) else zero
    words = words.rstrip(zero) or zero
    return ten + words[2:] if 10 <= number < 20 else words


def _digit_by_digit(number: int, digits: str) -> str | None:
    return "".join(digits[int(digit)] for digit in str(number)) if number >= 0 else None


def _signs(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


_Format = Callable[[int], str | None]
_counting: _Format = partial(_chinese, digits=_DIGITS, units=_UNITS, zero="零", ten="十")
_circled: _Format = partial(_one_of, signs=_signs("①", "⑳"))
_FORMATS: Mapping[str, _Format] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: (_roman(number) or "").lower() or None,
    "upperLetter": partial(_letters, first="A"),
    "lowerLetter": partial(_letters, first="a"),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": partial(_one_of, signs=_signs("⑴", "⒇")),
    "decimalEnclosedFullstop": partial(_one_of, signs=_signs("⒈", "⒛")),
    "ideographEnclosedCircle": partial(_one_of, signs=_signs("㊀", "㊉")),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": partial(_digit_by_digit, digits=_DIGITS),
    "taiwaneseDigital": partial(_digit_by_digit, digits=_DIGITS),
    "japaneseDigitalTenThousand": partial(_digit_by_digit, digits=_DIGITS),
    "chineseLegalSimplified": partial(_chinese, digits=_LEGAL_DIGITS, units=_LEGAL_UNITS, zero="零", ten="壹拾"),
    "ideographLegalTraditional": partial(
        _chinese, digits=_TRADITIONAL_DIGITS, units=_LEGAL_UNITS, zero="零", ten="壹拾"
    ),
    "ideographTraditional": partial(_one_of, signs="甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_one_of, signs="子丑寅卯辰巳午未申酉戌亥"),
    "chicago": lambda number: _one_of((number - 1) % 4 + 1, "*†‡§") and "*†‡§"[(number - 1) % 4] * ((number + 3) // 4),
}
