"""拟支持项目数 → Count: 65个项目, 40—60个, 不超过三项, 各1个, 每个领域1-2个项目，共5-10个项目."""

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.cite import cite
from extract.normalise import quantity
from extract.normalise.numerals import NUMERAL, TO, numeral
from extract.normalise.quantity import Mention, track, whole
from extract.text import Text
from extract.values import Count, Per, Track

# 个 counts projects only where nothing else is counted: 3个领域 counts fields.
_END = r"(?=[ ，。；、：（）\n\u2028]|$|左右|上下|以内|之内|以下|以上)"
_UNIT = rf"(?:个 *[\u4e00-\u9fff]{{0,6}}?(?:项目|课题)|项(?:[\u4e00-\u9fff]{{0,4}}?项目|目)?|个{_END})"
_COUNT = rf"(?P<low>{NUMERAL}) *(?:个|项)? *(?:{TO} *(?P<high>{NUMERAL}) *)?{_UNIT}"
_PER = (
    r"(?:每(?:一)?个?|各(?=领域|方向)) *(?!项)(?P<unit>国|[\u4e00-\u9fff]{2,6}?)"
    r"(?=$|[不最至限原拟支约可各共\d一二两三四五六七八九十 ])"
)
# What may follow a figure that a pattern of the profile found, and belongs to it: 10项〔至20项〕, 10项〔以上〕.
TAIL = re.compile(
    rf"(?: *{TO} *{NUMERAL} *(?:个项目|项|个))?(?:{quantity.LIMITS})?"
    rf"(?:，? *(?:{quantity.HIGH}|{quantity.LOW}) *{NUMERAL} *(?:个项目|项|个)(?:{quantity.LIMITS})?)?"
)
_MENTION = quantity.pattern(_COUNT, re.sub(r"\?P<unit>", "", _PER))
_PER_UNIT = re.compile(_PER)
# Other things that are said beside a count: the fields it spreads over, how long a project runs, what it costs.
_ASIDES = re.compile(
    rf"(?:围绕|在|面向|针对|从) *{NUMERAL} *个[^，。；\d]{{0,8}}?(?:领域|方向|主题|国家|专题)(?:内|中)?，?"
    r"|（[^（）\d]*）|，?(?:每个?项目?|单个项目)?(?:支持|资助)?经费[^，。；]*?元(?:人民币)?"
    r"|，? *(?:项目)?执行期限?[^，。；]*?年"
    r"|每个?项目?(?:的)?(?:项目)?(?:实施周期|执行期限?|研究周期|实施期限)[^，。；]*(?:年|月)"
)


def read(text: Text, *, topics: Sequence[str] = ()) -> Count | None:
    """The number of projects, or None where a word is not understood.

    `topics`: the names of the section's fields, over which 各1个项目 spreads.

    >>> from extract.text import Ink, Text
    >>> text = "不超过 6个项目。"
    >>> count = read(Text(text, [-1] * len(text), Ink([], [], False)))
    >>> count.min, count.max
    (None, 6)
    """
    got = quantity.read(text, _MENTION, _PER_UNIT, _ASIDES, _bounds)
    if got is None:
        return None
    low, high, approximate = _total(got.total)
    tracks = tuple(track(one, text) for one in got.tracks)
    if got.each:
        if len(topics) < 2:
            return None
        low, high = _times(got.each.low, len(topics)), _times(got.each.high, len(topics))
        low_each, high_each = whole(got.each.low), whole(got.each.high)
        place = cite(text[got.each.place])
        tracks = tuple(Track(name=name, min=low_each, max=high_each, evidence=place) for name in topics)
    elif got.total is None and got.tracks:
        low, high = (whole(end) for end in quantity.summed(got.tracks))
        approximate = any(one.approximate for one in got.tracks)
    per = None
    if got.per:
        evidence = cite(text[got.per.place])
        per = Per(unit=got.per.per or "", min=whole(got.per.low), max=whole(got.per.high), evidence=evidence)
    return Count(
        min=low,
        max=high,
        approximate=approximate,
        per=per,
        tracks=tracks,
        evidence=cite(text[got.place].strip(" ，、：（")),
    )


def _bounds(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str] | None:
    low = numeral(match["low"])
    high = numeral(match["high"]) if match["high"] else low
    if low is None or high is None or low != int(low) or high != int(high):
        return None
    return low, high, quantity.PROJECTS


def _total(one: Mention | None) -> tuple[int | None, int | None, bool]:
    return (whole(one.low), whole(one.high), one.approximate) if one else (None, None, False)


def _times(number: Decimal | None, times: int) -> int | None:
    return None if number is None else int(number) * times
