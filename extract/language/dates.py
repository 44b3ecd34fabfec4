"""Parse days and periods: 2018年1月至2020年12月, 2024.10-2027.09, 2025-2027年, 2018年3月1日至30日."""

import re
from calendar import monthrange
from datetime import date

from extract.language.numerals import TO

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


def parse_closing_day(words: str) -> date | None:
    """Parse the last day of a day or a period of days; None if it is in no calendar.

    >>> str(parse_closing_day("2018年3月1日至3月30日")), str(parse_closing_day("2018-03-30"))
    ('2018-03-30', '2018-03-30')
    """
    try:
        figures = _figures(words)
        ends = {3: figures, 4: [*figures[:2], figures[-1]], 5: [figures[0], *figures[-2:]], 6: figures[-3:]}
        return date(*ends[len(figures)])
    except (KeyError, ValueError):
        return None


def _figures(words: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"\d+", words)]
