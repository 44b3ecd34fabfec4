"""Look up the numbers of a record in the ink that they cite, deliberately independent of the parsers."""

import calendar
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from extract.check.held_to_ink import Kind, Number, stated
from extract.model.values import Evidence, Record

_DIGITS = "〇零一二两三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_FIGURE = f"{_DIGITS}{''.join(_SCALES)}"
# Atomic and possessive: a long row of digits can be cut in exponentially many ways.
_ROW = rf"(?>\d[\d,]*(?:\.\d+)?|[{_FIGURE}])++"
_NUMERAL = rf"(?<![\d{_FIGURE}]){_ROW}"
_SIGNED = re.compile(r"(\d{4})([./-])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)")  # 2024.10, 2018-03-30
_RANGE = re.compile(rf"(?<![\d{_FIGURE}])({_ROW})(?: *(?:[-‐‒–—―~～〜至到]+|或者?) *({_ROW}))? *(年|个月|月|日)")


_TIME = re.compile(r"(\d{1,2}) *(?:[:∶](\d\d)|[时点](?: *(?:(\d{1,2}) *分|(半)))?)")
# Ink has no spaces (2018-12-288:00), so a day of one digit or of two may end where the hour begins.
_DAY_AND_HOUR = tuple(re.compile(rf"(\d{{4}}[./-]\d{{1,2}}[./-]{day})(?=\d{{1,2}}[:∶])") for day in (r"\d", r"\d\d"))
_RATIO = re.compile(r"(\d*[1-9]\d*(?:\.\d+)?) *[:∶] *(\d+(?:\.\d+)?)")  # 国拨与自筹经费比例为2:1 is 0.5
_MONTH = re.compile(r"(\d{4}) *[年.-] *(\d{1,2})(?!\d)")


class CitedNumber(NamedTuple):
    """A number of the record with the evidence that it cites.

    `parts`: the summands of a sum; `title`: the words after a section's number.
    """

    name: str
    value: int | float | str
    kind: Kind
    evidence: tuple[Evidence, ...]
    parts: tuple[int, ...] = ()
    title: str = ""


def cited_numbers(record: Record) -> Iterator[CitedNumber]:
    """Yield the numbers that a record with evidence states, without those of inner records that have their own."""
    for name, held, value in stated(record):
        if not isinstance(held, Number):
            continue
        evidence: tuple[Evidence, ...] = getattr(record, "evidence", ())
        if held.kind != "label":
            tracks = tuple(getattr(track, name) or 0 for track in getattr(record, "tracks", None) or ())
            yield CitedNumber(name, value, "sum" if tracks else held.kind, evidence, tracks)
        elif evidence and "." in str(value):  # without a dot it may be counted, not printed
            yield CitedNumber(name, value, "label", evidence, title=getattr(record, "title", ""))


def is_explained(number: CitedNumber, ink: Sequence[str]) -> bool:
    """Return True if the ink, line by line, shows a number; a numeral may run over a line end."""
    lines = [_folded(line) for line in ink]
    return any(_matches(number, _find_numbers(text)) for text in ("".join(lines), " ".join(lines)))


def _folded(text: str) -> str:
    """Fold to NFKC; ① is a marker and no digit, ○ is 〇."""
    chars = (" " if unicodedata.category(char) == "No" else char for char in text.replace("○", "〇"))
    return unicodedata.normalize("NFKC", "".join(chars))


class _NumbersInText(NamedTuple):
    """The numbers of a text: numerals, scales (a range's end shares its scale with the start), dated numbers."""

    text: str
    numbers: tuple[Decimal, ...]
    scales: frozenset[Decimal]
    units: dict[str, set[Decimal]]  # 年, 月, 日: the numbers before them, for a range both ends

    def has(self, value: float | Decimal) -> bool:
        """Return True if a number is present, as such or times a scale: 2400—3200万."""
        exact = Decimal(str(value))
        return any(number * scale == exact for number in self.numbers for scale in self.scales)


def _find_numbers(text: str) -> _NumbersInText:
    numerals = re.findall(_NUMERAL, text)
    pieces = [piece for numeral in numerals if "," in numeral for piece in numeral.split(",") if piece]
    words = re.findall(rf"(?<=\d) *(十[万亿])|(?<=[\d{_DIGITS}十百千]) *([百千万亿]+)", text)  # 20-30十万元
    words = [tens or others for tens, others in words]
    scales = {Decimal(_scale(word[start:])) for word in words for start in range(len(word))}
    units: dict[str, set[Decimal]] = {"年": set(), "月": set(), "日": set()}
    for low, high, unit in _RANGE.findall(text):
        units[unit[-1]] |= {_value(numeral) for numeral in (low, high) if numeral}
    for year, _, month, day in _SIGNED.findall(text):
        for unit, figure in zip("年月日", (year, month, day), strict=True):
            units[unit] |= {_value(figure)} if figure else set()
    numbers = tuple(_value(numeral) for numeral in (*numerals, *pieces))
    return _NumbersInText(text, numbers, frozenset({Decimal(1), *scales}), units)


def _scale(words: str) -> int:
    """Return the factor of a scale: 千万 → 10000000."""
    times = 1
    for char in words:
        times *= _SCALES[char]
    return times


def _value(numeral: str) -> Decimal:
    """Return the value of a numeral.

    >>> [int(_value(numeral)) for numeral in ("1,500", "二〇一八", "二十三", "1亿2千万")]
    [1500, 2018, 23, 120000000]
    """
    total = section = number = Decimal(0)
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|\D", numeral):
        if token[0].isdecimal():
            number = Decimal(token.replace(",", ""))
        elif token in _DIGITS:
            number = number * 10 + (0 if token in "〇零" else 2 if token == "两" else int(unicodedata.numeric(token)))
        elif _SCALES[token] < 10**4:
            section, number = section + (number or 1) * _SCALES[token], Decimal(0)
        else:
            total, section, number = total + (section + number or 1) * _SCALES[token], Decimal(0), Decimal(0)
    return total + section + number


def _matches(number: CitedNumber, seen: _NumbersInText) -> bool:
    match number.kind:
        case "months":
            return _has_months(int(number.value), seen)
        case "date":
            return _has_date(date.fromisoformat(str(number.value)), seen)
        case "moment" if number.value == "guide_deadline":
            return re.search("本.{0,6}截[止至]", seen.text) is not None
        case "moment":
            return _has_moment(str(number.value), seen)
        case "ratio":  # 等额 and 不低于国拨经费 are 1 without a digit
            ratio = Decimal(str(number.value))
            return (
                seen.has(ratio)
                or seen.has(ratio * 100)
                or any(float(mine) / float(grant) == number.value for grant, mine in _RATIO.findall(seen.text))
                or (ratio == 1 and re.search("等|[低少]于", seen.text) is not None)
            )
        case "label":
            title = len("".join(_folded(number.title).split()))  # by length: in the ink its characters may be radicals
            signs = sum(map(_is_script, number.title))  # CO₂ may be set as CO and a smaller 2
            ink = "".join(seen.text.split())
            rest = rf"\W*.{{{title},{title + signs}}}\W*"
            return re.fullmatch(rf"\D{{0,6}}{re.escape(str(number.value))}{rest}", ink) is not None
        case "sum":
            value = int(number.value)
            return seen.has(value) or value in (sum(number.parts), sum(seen.numbers))
        case "percent":
            return "%" in seen.text and seen.has(float(number.value))
        case "number":
            return seen.has(int(number.value))
        case "count":  # 须有企业参与 is one, 无需企业参与 none, 至少三国（含中国） two of others, 未满40周岁 at most 39
            count = int(number.value)
            is_told = count < 2 and not seen.numbers
            is_one_less = re.search("含|包括|未满|不满|小于|低于", seen.text)
            return seen.has(count) or is_told or (is_one_less is not None and seen.has(count + 1))


def _is_script(char: str) -> bool:
    """Return True for a superscript or subscript sign."""
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>"))


def _has_months(months: int, seen: _NumbersInText) -> bool:
    """Return True for months as such, as years (3年, 2.5年), years and months (1年6个月, 一年半), or from one month to
    another (2019年12月至2022年11月).
    """
    ends = [int(year) * 12 + int(month) for year, month in _MONTH.findall(seen.text)]
    if len(ends) == 2 and ends[1] - ends[0] + 1 == months:
        return True
    years, over = seen.units["年"], {Decimal(0), *seen.units["月"], *([Decimal(6)] if "半" in seen.text else [])}
    return any(year * 12 + rest == months for year in (Decimal(0), *years) for rest in over)


def _has_date(day: date, seen: _NumbersInText) -> bool:
    """Return True for a date's year, month and day; without 月 the first or last month, without 日 such a day."""
    last = calendar.monthrange(day.year, day.month)[1]
    has_month = day.month in seen.units["月"] or ("月" not in seen.text and day.month in (1, 12))
    lacks_day = seen.text.count("日") < seen.text.count("月") + 1
    has_day = day.day in seen.units["日"] or (day.day in (1, last) and lacks_day)
    return day.year in seen.units["年"] and has_month and has_day


def _has_moment(moment: str, seen: _NumbersInText) -> bool:
    """Return True for a whole day, and the time behind it, if it has one; afternoons may count hours from 1 again."""
    words, _, time = moment.partition("T")
    day = date.fromisoformat(words)
    later = (0, 12) if "下午" in seen.text else (0,)
    for cut in _DAY_AND_HOUR:
        apart = _find_numbers(cut.sub(r"\1 ", seen.text))
        times = {
            f"{int(hour) + more:02}:{int(minute or minutes or (half and 30) or 0):02}"
            for hour, minute, minutes, half in _TIME.findall(apart.text)
            for more in later
        }
        if _has_date(day, apart) and day.day in apart.units["日"] and (not time or time in times):
            return True
    return False
