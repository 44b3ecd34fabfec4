"""Parse days, periods, beginnings and moments.

Days and periods: 2018年1月至2020年12月, 2024.10-2027.09, 2025-2027年, 2018年3月1日至30日. Beginnings: 自2026年1月起.
Moments are days with a time; the second of two takes over what the first says: 2018年11月2日8:00至12月28日17:00.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from extract.language.numerals import TO, parse_numeral

# A day, a month or a year; with hyphens only a whole date, as 2019-12 may be a range.
_CHINESE = r"\d{4} *年度?(?: *\d{1,2} *月(?: *\d{1,2} *日)?)?"
_SIGNS = r"\d{4}(?:\.\d{1,2}(?:\.\d{1,2})?|/\d{1,2}(?:/\d{1,2})?|-\d{1,2}-\d{1,2})(?!\d)日?"
_FIRST = rf"(?<!\d)(?:{_CHINESE}|{_SIGNS}|\d{{4}}(?= *{TO} *\d{{4}} *年))"
_LAST = rf"(?:{_CHINESE}|{_SIGNS}|\d{{1,2}} *月(?: *\d{{1,2}} *日)?)"
PERIOD = re.compile(rf"(?:自|从|由)? *(?P<from>{_FIRST}) *(?:起|开始)?，? *{TO} *(?P<to>{_LAST}) *[底末]?(?:止|结束)?")


def parse_period(match: re.Match[str]) -> tuple[date, date] | None:
    """Parse a match of PERIOD into its first and last day; None if they are in no calendar or not in order.

    A month begins with its first day and ends with its last, and so does a year.

    >>> [str(day) for day in parse_period(PERIOD.search("2018年1月至2020年12月"))]
    ['2018-01-01', '2020-12-31']
    """
    first, last = _figures(match["from"]), _figures(match["to"])
    if last[0] < 1000:
        last.insert(0, first[0])  # 2018年1月至12月
    if (len(first) == 1) != (len(last) == 1):
        return None
    try:
        start = date(*[*first, 1, 1][:3])
        month = last[1] if len(last) > 1 else 12
        end = date(last[0], month, last[2] if len(last) > 2 else monthrange(last[0], month)[1])
    except ValueError:  # a thirteenth month; calendar.IllegalMonthError is a ValueError
        return None
    return (start, end) if start <= end else None


# 自2026年1月1日起, 2026年1月开始; 起始时间为2013年4月, where a year alone is no day: it says when, not from when on.
_MONTH = r"\d{4} *年 *\d{1,2} *月(?: *\d{1,2} *日)?"
BEGINNING = re.compile(
    rf"(?:自|从)? *(?P<since>{_FIRST}) *(?:起|开始)(?:计算?)?"
    rf"|(?:起始|开始)(?:时间|日期|年月)(?:(?:统一|一律|应|须|均)*填写)?[为是：]* *(?P<on>{_MONTH}|{_SIGNS})"
)


def parse_beginning(match: re.Match[str]) -> date | None:
    """Parse a match of BEGINNING; None if it is in no calendar.

    >>> [str(parse_beginning(BEGINNING.search(words))) for words in ("自2026年1月起", "起始时间：2026/1/1")]
    ['2026-01-01', '2026-01-01']
    """
    figures = _figures(match["since"] or match["on"])
    return _date(*[*figures, 1, 1][:3])


# ── a day, in digits of either kind ───────────────────────────────────────────────────────────────────

_DIGITS = "〇零一二三四五六七八九"
DAY = re.compile(
    rf"(?P<year>\d{{4}}|[{_DIGITS}]{{4}}) *年 *(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}) *月"
    r" *(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3}) *日"
    r"|(?P<signed>\d{4}[-./]\d{1,2}[-./]\d{1,2})(?![\d./-])"
)


def parse_day(match: re.Match[str]) -> date | None:
    """Parse a match of DAY; None if it is in no calendar.

    >>> [str(parse_day(DAY.search(words))) for words in ("2018年10月9日", "二〇一八年十月二十九日", "2018-10-09")]
    ['2018-10-09', '2018-10-29', '2018-10-09']
    """
    if match["signed"]:
        return _date(*_figures(match["signed"]))
    figures = [parse_numeral(match[part]) for part in ("year", "month", "day")]
    return _date(*[0 if figure is None else int(figure) for figure in figures])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ── moments ───────────────────────────────────────────────────────────────────────────────────────────

_TIME = (
    r"(?P<half>上午|下午|中午|早上?|晚上?|凌晨)? *(?P<hour>\d{1,2}) *"
    r"(?:[：∶](?P<minute>\d\d)(?:[：∶]\d\d)?|[时点](?P<rest> *\d{1,2} *分|整|半)?)"
)
# 12月28日（星期五）17:00, 28日24时, 2018-12-28 17:00
MOMENT = re.compile(
    r"(?:(?:(?P<year>\d{4}) *年 *)?(?:(?P<month>\d{1,2}) *月 *)?(?<!\d)(?P<day>\d{1,2}) *日"
    r"|(?<!\d)(?P<signed>\d{4}[-./]\d{1,2}[-./]\d{1,2})(?!\d|[./]\d)日?)"
    rf"(?:（[^（）\d]{{1,4}}）)?(?:，? *(?:北京时间)? *{_TIME})?"
)
_BEFORE_NOON, _NOON, _AFTER_NOON = (None, "上午"), ("中午", 12), "下午"


class Moment(NamedTuple):
    """A day, with the time where one is stated: ISO, and 24:00 stays as it is written."""

    day: date
    time: str

    def __str__(self) -> str:
        return f"{self.day}T{self.time}" if self.time else str(self.day)


def parse_moment(match: re.Match[str], since: date | None = None) -> Moment | None:
    """Parse a match of MOMENT; `since` is the day whose year and month it may take over. None if it is not certain.

    >>> first = parse_moment(MOMENT.search("2018年11月2日8：00"))
    >>> str(first), str(parse_moment(MOMENT.search("12月28日17时30分"), first.day))
    ('2018-11-02T08:00', '2018-12-28T17:30')
    """
    if match["signed"]:
        day = _date(*_figures(match["signed"]))
    else:
        year = match["year"] or (since and since.year)
        month = match["month"] or (since and not match["year"] and since.month)
        day = _date(int(year), int(month), int(match["day"])) if year and month else None
    time = _parse_time(match) if match["hour"] else ""
    return None if day is None or time is None else Moment(day, time)


_TO = re.compile(rf" *(?:(?:起|开始)?，? *{TO}|(?:开放|开通)，(?=[^，。；]*(?:关闭|截止))) *")


def match_second(plain: str, first: re.Match[str]) -> re.Match[str] | None:
    """Match the second moment of a span: 2018年3月1日9时起，至3月30日16时."""
    joint = _TO.match(plain, first.end())
    return MOMENT.match(plain, joint.end()) if joint else None


def parse_closing_moment(plain: str, offset: int) -> Moment | None:
    """Parse the moment at an offset, the last of a span; None if it is not certain, or the span runs backwards.

    >>> str(parse_closing_moment("2018年3月1日9时起，至3月30日16时", 0)), str(parse_closing_moment("2018-03-30前", 0))
    ('2018-03-30T16:00', '2018-03-30')
    """
    match = MOMENT.match(plain, offset)
    first = parse_moment(match) if match else None
    second = match_second(plain, match) if match else None
    if first is None or second is None:
        return first
    last = parse_moment(second, first.day)
    return last if last and (last.day, last.time) >= (first.day, first.time if last.time else "") else None


def _parse_time(match: re.Match[str]) -> str | None:
    """Parse the time of a moment; None if there is no such time, or its half of the day leaves it open (晚12点)."""
    hour, rest = int(match["hour"]), match["rest"] or ""
    minute = 30 if rest == "半" else int(match["minute"] or re.sub(r"\D", "", rest) or 0)
    if match["half"] == _AFTER_NOON:
        hour += 12 if hour < 12 else 0
    elif match["half"] not in _BEFORE_NOON and (match["half"], hour) != _NOON:
        return None
    return f"{hour:02}:{minute:02}" if minute < 60 and hour * 60 + minute <= 24 * 60 else None


def _figures(words: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"\d+", words)]
