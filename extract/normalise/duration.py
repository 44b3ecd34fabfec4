"""拟支持时间 → Duration: 2-3年, 不超过3年, 一年半, 36个月, 2018年1月至2020年12月, 一般3年，最长不超过5年.

Months may stand beside the dates that they span (3年，具体为2021年1月1日至2023年12月31日), or beside the day that they
begin (3年，起始时间为2026年1月).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import UNSET, Struct

from extract.language import dates
from extract.language.dates import BEGINNING, PERIOD
from extract.language.numerals import NUMERAL, TO, parse_numeral
from extract.model.evidence import cite
from extract.model.finding_catalogue import Reason
from extract.model.ranges import MONTHS, Range, contains, months_between, months_of
from extract.model.stages import Parsed, Unread
from extract.model.text import Text
from extract.model.values import Duration
from extract.normalise.quantities.words import HIGH, LIMITS, LOW

_ONE = rf"(?:(?:{NUMERAL}) *(?:年半?|个月)(?: *{NUMERAL} *个月)?|半年)"
_OR = rf"(?:{TO}|或者?)"  # 2年或3年 is from two to three; of counts and money, 或 joins no range
_UPPER = rf"(?:最[长多])?可?(?:申请)?延[长期][至到]|(?:最[长多])?(?:{HIGH})|最长"
_COMPLETED = "(?:全部)?(?:执行|实施)?(?:完成|完毕)"
_SPAN = re.compile(
    rf"(?:(?P<same>含)|(?P<upper>{_UPPER})|(?P<lower>{LOW}|最短))?[为 ]*"
    rf"(?:(?P<low>{_ONE})|(?P<bare>{NUMERAL}(?= *{_OR}))) *(?:{_OR} *(?P<high>{_ONE}))?"
    rf"(?:（含）)?(?:(?P<within>以内|之内|以下|内)(?:{_COMPLETED}(?=[，。；）\n]|$))?|(?P<above>以上)|不等)?(?:（含）)?"
)
_ANYWHERE = re.compile(rf"{_ONE}|{PERIOD.pattern}")
_FILL = re.compile(
    r"(?>(?:执行|实施|研究|研发|建设|资助|支持|合作|起止|具体)+(?:期限?|周期|年限|时间|时限|年月|日期)|周期|期限"
    r"|合作(?=项目|起始|开始)|申请书中?的?|具体|(?:统一|一律)?填写"
    rf"|(?:立项|批准|启动)(?:之日起|后)(?=[^，。；]{{1,8}}[以之]?内{_COMPLETED}(?:[，。；）\n]|$))"
    r"|每个|项目|课题|的|一般|原则上|均|应|须|在|于|为期|为|即|且|共计?|总计|拟|控制|：|，|（|）| "
    rf"|自(?![〇零一二三四五六七八九]{{2}})[^，。；\d]{{1,12}}起(?:计算?)?(?!，?{TO}))*"
)
# A day from which on is a project's beginning at the end of what is said, or before the months: elsewhere other things
# may begin (执行期3年，自2026年1月1日起接受申请).
_BEHIND_BEGINNING = {
    "on": re.compile(r"[，。；、）\n]|$"),  # 起始时间为2026年1月
    "since": re.compile(rf"）*(?:[。；\n]|$)|，?(?:为期|执行期限?|资助期限?|期限|共)*{_ONE}"),  # 自2026年1月起，为期3年
}
# Continuations of a figure that a pattern of the profile matched: 2年〔至3年〕, 1年〔，不超过3年〕.
TAIL = re.compile(
    rf"半?(?: *{NUMERAL} *个月)?(?: *{_OR} *{_ONE})?(?:（含）)?(?:{LIMITS})?"
    rf"(?:，? *(?:一般|原则上)?(?:{_UPPER}|{LOW}|最短) *{_ONE}(?:{LIMITS})?)?"
)
_MAX_MONTHS = 240  # no project runs longer; 2018年 is no duration of two thousand years


class _Span(Struct, frozen=True):
    """A statement of a duration: months, open if bounded, a period, or its first day; `refused`: why it is none."""

    start: int
    end: int
    refused: Reason | None = None
    low: int | None = None
    high: int | None = None
    period: tuple[date, date] | None = None
    begins: date | None = None
    is_bound: bool = False
    repeats: bool = False  # 不超过3年（含3年）


def parse_duration(text: Text) -> Parsed[Duration]:
    """Parse the duration of a project.

    >>> from extract.model.text import GlyphTable, Text
    >>> text = "2-3年"
    >>> duration = parse_duration(Text(text, [-1] * len(text), GlyphTable([], [], False))).value
    >>> duration.min_months, duration.max_months
    (24, 36)
    """
    whole = text.rstrip("。；，、 \n\u2028")
    value, span = leading_duration(whole)
    if isinstance(value, Unread):
        later = _ANYWHERE.search(whole.plain) if value.reason == "no-figure" else None  # 约3年
        return Parsed(None, unread=Unread("words-unknown", whole[: later.start()].strip()) if later else value)
    rest = whole[_skip(whole.plain, span.stop) :]
    return Parsed(None, unread=Unread("words-unknown", rest)) if rest else Parsed(value)


def durations_in(text: Text) -> int:
    """Return how many durations and periods a text states."""
    return sum(1 for _ in _ANYWHERE.finditer(text.plain))


def leading_duration(text: Text, start: int = 0) -> tuple[Duration | Unread, slice]:
    """Return the duration at an offset, perhaps after filler words, and its span."""
    spans = list(_spans(text.plain, start))
    if not spans:
        return Unread("no-figure", text[start:].strip() or text), slice(start, start)
    span = slice(_skip(text.plain, start), spans[-1].end)
    if text.plain[span].count("（") > text.plain[span].count("）") and text.plain.startswith("）", span.stop):
        span = slice(span.start, span.stop + 1)  # 3年（36个月）
    refused = next((span for span in spans if span.refused), None)
    if refused is not None and refused.refused is not None:
        return Unread(refused.refused, text[refused.start : refused.end].strip()), span
    return _combine(spans, text[span]), span


def _skip(plain: str, start: int) -> int:
    match = _FILL.match(plain, start)
    return match.end() if match else start


def _spans(plain: str, offset: int) -> Iterator[_Span]:
    """Yield the consecutive statements at an offset: periods (2018年1月至2020年12月), beginnings, months (2-3年)."""
    while True:
        start = _skip(plain, offset)
        dated, begins, months = PERIOD.match(plain, start), _match_beginning(plain, start), _SPAN.match(plain, start)
        if dated:
            period = dates.parse_period(dated)
            span = _Span(*dated.span(), None if period else "no-date", period=period)
        elif begins:
            day = dates.parse_beginning(begins)
            span = _Span(*begins.span(), None if day else "no-date", begins=day)
        elif months and (months["low"] or months["high"]):
            span = _months_span(months)
        else:
            return
        yield span
        offset = span.end


def _match_beginning(plain: str, start: int) -> re.Match[str] | None:
    """Match the day on which projects begin, where words follow with which it is theirs."""
    match = BEGINNING.match(plain, start)
    return match if match and _BEHIND_BEGINNING["on" if match["on"] else "since"].match(plain, match.end()) else None


def _months_span(match: re.Match[str]) -> _Span:
    """Parse months; a bare number takes the unit of the end of the range (2-3年)."""
    high = match["high"]
    unit = ("年" if "年" in high else "个月") if match["bare"] else ""
    lower = _months((match["bare"] or match["low"]) + unit)
    upper = _months(high) if high else lower
    is_upper, is_lower = bool(match["upper"] or match["within"]), bool(match["lower"] or match["above"])
    if lower is None or upper is None:
        return _Span(*match.span(), "no-number")
    if lower > upper or (is_upper and is_lower) or (lower != upper and (is_upper or is_lower)):
        return _Span(*match.span(), "bounds-contradict")
    return _Span(
        *match.span(),
        low=None if is_upper else lower,
        high=None if is_lower else upper,
        is_bound=is_upper or is_lower,
        repeats=bool(match["same"]),
    )


def _combine(spans: Sequence[_Span], text: Text) -> Duration | Unread:
    """Combine the statements; refused if they contradict."""
    bounds = [span for span in spans if (span.low or span.high) and not span.repeats]
    exact = {(span.low, span.high) for span in bounds if not span.is_bound}
    uppers = [span.high for span in bounds if span.is_bound and span.high is not None]
    lowers = [span.low for span in bounds if span.is_bound and span.low is not None]
    periods = {span.period for span in spans if span.period is not None}
    first_days = {span.begins for span in spans if span.begins is not None}
    rising = all(one < other for one, other in pairwise(uppers))  # 一般不超过2年，最多可延长至3年
    if max(len(exact), len(periods), len(lowers), len(first_days)) > 1 or not rising:
        return Unread("several-values", text)
    low, high = next(iter(exact), (None, None))
    if (high is not None and uppers and uppers[0] < high) or (low is not None and lowers and lowers[0] > low):
        return Unread("bounds-contradict", text)
    low, high = (lowers[0] if lowers else low), (uppers[-1] if uppers else high)
    repeated = {span.high for span in spans if span.repeats}
    if (low is not None and high is not None and low > high) or not repeated <= {low, high}:
        return Unread("bounds-contradict", text)
    if first_days and not periods and low is None and high is None:
        return Unread("no-figure", text)
    return _with_dates(low, high, next(iter(periods), None), next(iter(first_days), None), text)


def _with_dates(
    low: int | None, high: int | None, period: tuple[date, date] | None, first_day: date | None, text: Text
) -> Duration | Unread:
    """Combine months with the dates beside them, which have to agree: 3年（2019年12月—2022年11月）."""
    if period is None:
        start = first_day.isoformat() if first_day else UNSET
        return Duration(min_months=low, max_months=high, start=start, evidence=cite(text))
    start_day, end_day = period
    if first_day not in (None, start_day):
        return Unread("dates-differ", text)
    start, end = start_day.isoformat(), end_day.isoformat()
    if low is None and high is None:
        return Duration(start=start, end=end, evidence=cite(text))
    months = months_between(start_day, end_day)
    if months.approximate or not contains(Range(min=low, max=high, unit=MONTHS), months):
        return Unread("dates-differ", text)
    return Duration(min_months=low, max_months=high, start=start, end=end, evidence=cite(text))


def month_bounds(value: Duration) -> tuple[int | None, int | None]:
    """Return the least and most months, also of dates; None for an open side or no whole number of months."""
    months = months_of(value)
    return (None, None) if months.approximate else (months.min, months.max)


def _months(words: str) -> int | None:
    """Parse a number of months; None if it is not whole, or over `_MAX_MONTHS`.

    >>> _months("2.5年"), _months("一年半"), _months("1年6个月"), _months("半年"), _months("2018年")
    (30, 18, 18, 6, None)
    """
    bare = words.replace(" ", "")
    if bare == "半年":
        return 6
    months = Decimal(6 if "半" in bare else 0)
    for number, unit in re.findall(rf"({NUMERAL})(年|个月)", bare):
        value = parse_numeral(number)
        if value is None:
            return None
        months += value * (12 if unit == "年" else 1)
    return int(months) if 0 < months <= _MAX_MONTHS and months == int(months) else None
