"""Chinese numerals mean what cn2an says, whether it is asked or not."""

from itertools import product

import cn2an
import pytest

from extract.language.numerals import format_ordinal, parse_numeral, parse_ordinal

_SIGNS = "零〇一二两三九十百千"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_short_numerals_mean_what_cn2an_says(length: int) -> None:
    for signs in product(_SIGNS, repeat=length):
        words = "".join(signs)
        if all(sign in "一二两三九" for sign in words) and length > 1:
            assert parse_numeral(words) is None, words  # 二三: one or the other
        else:
            assert parse_numeral(words) == _by_cn2an(words), words


def _by_cn2an(words: str) -> int | None:
    try:
        return int(cn2an.cn2an(words.replace("〇", "零"), "normal"))
    except (ValueError, KeyError):
        return None


@pytest.mark.parametrize("words", ["零十一", "一二三百", "15，00" * 20, "九" * 20])
def test_what_is_no_numeral_is_none(words: str) -> None:
    assert parse_numeral(words) is None


@pytest.mark.parametrize(("words", "number"), [("二〇二四", 2024), ("二十四", 24), ("十", 10), ("一千零五十", 1050)])
def test_numerals(words: str, number: int) -> None:
    assert parse_numeral(words) == number


def test_ordinals_are_parsed_as_they_are_formatted() -> None:
    assert [parse_ordinal(format_ordinal(number)) for number in range(1, 100)] == list(range(1, 100))


@pytest.mark.parametrize("length", [1, 2, 3])
def test_short_ordinals_mean_what_cn2an_says(length: int) -> None:
    for signs in product("一二三九十", repeat=length):
        number = parse_ordinal("".join(signs))
        assert number is None or number == _by_cn2an("".join(signs)), signs


@pytest.mark.parametrize("words", ["", "一一", "十十", "二三十", "①②", "百", "〇", "A"])
def test_what_is_no_ordinal_is_none(words: str) -> None:
    assert parse_ordinal(words) is None
