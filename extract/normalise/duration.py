"""拟支持时间 → Duration: 2-3年, 不超过3年, 一年半, 36个月, 2018年1月至2020年12月."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from extract.cite import cite
from extract.normalise.numerals import NUMERAL, TO, numeral
from extract.normalise.quantity import LIMITS
from extract.normalise.subject import HIGH, LOW
from extract.text import Text
from extract.values import Duration

_ONE = rf"(?:(?:{NUMERAL}) *(?:年半?|个月)(?: *{NUMERAL} *个月)?|半年)"
_SPAN = re.compile(rf"(?:(?P<low>{_ONE})|(?P<bare>{NUMERAL})) *(?:{TO} *(?P<high>{_ONE}))?")
_BEFORE = re.compile(
    r"(?:每个|项目|课题|的|实施周期|执行期限?|执行周期|实施期限|研究周期|研究期限|实施年限|支持期限|支持时间"
    r"|一般|原则上|均|应|为|拟|：|，|自立项之日起| )*"
)
_BOUND = re.compile(rf"(?P<high>{HIGH}|最长)|(?P<low>{LOW}|最短)")
_AFTER = re.compile(r"(?:（含）)?(?:(?P<within>以内|之内|以下)|(?P<above>以上))?")
# What may follow a figure that a pattern of the profile found, and belongs to it: 2年〔至3年〕, 1年〔，不超过3年〕.
TAIL = re.compile(
    rf"半?(?: *{NUMERAL} *个月)?(?: *{TO} *{_ONE})?(?:（含）)?(?:{LIMITS})?"
    rf"(?:，? *(?:{HIGH}|{LOW}|最长|最短) *{_ONE}(?:{LIMITS})?)?"
)
_LONGEST = 240  # no project runs longer; 2018-2020年 is no duration of two thousand years
_DAY = r"(?P<{0}y>\d{{4}}) *年(?: *(?P<{0}m>\d{{1,2}}) *月(?: *(?P<{0}d>\d{{1,2}}) *日)?)?"
_END = r"(?:(?P<by>\d{4}) *年)?(?: *(?P<bm>\d{1,2}) *月(?: *(?P<bd>\d{1,2}) *日)?)?"
_DATES = re.compile(rf"(?:自|从)? *{_DAY.format('a')} *起? *{TO} *{_END} *止?")


def read(text: Text) -> Duration | None:
    """How long a project runs, or None where a word is not understood.

    >>> from extract.text import Ink, Text
    >>> text = "2-3年"
    >>> duration = read(Text(text, [-1] * len(text), Ink([], [], False)))
    >>> duration.min_months, duration.max_months
    (24, 36)
    """
    plain = text.plain.rstrip("。；，、 \n\u2028")
    start = _skip(plain)
    if dates := _DATES.fullmatch(plain, start):
        return _dated(dates, text[start : len(plain)])
    low: int | None = None
    high: int | None = None
    bounded = False
    place = start
    while place < len(plain):
        bound = _BOUND.match(plain, place)
        span = _SPAN.match(plain, bound.end() if bound else place)
        if span is None or (bounded and not bound):
            return None
        within = _AFTER.match(plain, span.end())
        least, most = _ends(span)
        upper = bool((bound and bound["high"]) or (within and within["within"]))
        lower = bool((bound and bound["low"]) or (within and within["above"]))
        if least is None or most is None or least > most or ((lower or upper) and least != most):
            return None
        if (upper and high is not None) or (not upper and low is not None):
            return None
        low = low if upper else least
        high = high if lower else most
        place = _skip(plain, within.end() if within else span.end())
        bounded = True
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    return Duration(min_months=low, max_months=high, evidence=cite(text[start : len(plain)]))


def _skip(plain: str, start: int = 0) -> int:
    match = _BEFORE.match(plain, start)
    return match.end() if match else start


def _ends(span: re.Match[str]) -> tuple[int | None, int | None]:
    """Months; a bare number takes the unit of the range's end (2-3年)."""
    high = span["high"]
    if span["bare"]:
        if not high:
            return None, None
        unit = "年" if "年" in high else "个月"
        return _months(span["bare"] + unit), _months(high)
    return _months(span["low"]), _months(high or span["low"])


def _months(words: str) -> int | None:
    """3年 → 36, 2.5年 → 30, 一年半 → 18, 1年6个月 → 18, 半年 → 6; None where it is no whole number of months."""
    bare = words.replace(" ", "")
    if bare == "半年":
        return 6
    months = Decimal(6 if "半" in bare else 0)
    for number, unit in re.findall(rf"({NUMERAL})(年|个月)", bare):
        value = numeral(number)
        if value is None:
            return None
        months += value * (12 if unit == "年" else 1)
    return int(months) if 0 < months <= _LONGEST and months == int(months) else None


def _dated(match: re.Match[str], text: Text) -> Duration | None:
    """From the first day of the first month to the last day of the last, unless days are stated."""
    if not (match["by"] or match["bm"]) or (match["am"] is None) != (match["bm"] is None):
        return None
    year, last_year = int(match["ay"]), int(match["by"] or match["ay"])
    try:
        start = date(year, int(match["am"] or 1), int(match["ad"] or 1))
        month = int(match["bm"] or 12)
        end = date(last_year, month, int(match["bd"] or monthrange(last_year, month)[1]))
    except ValueError:
        return None
    if end < start:
        return None
    return Duration(start=start.isoformat(), end=end.isoformat(), evidence=cite(text))
