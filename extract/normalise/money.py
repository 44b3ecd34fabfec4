"""拟支持经费 → Money in whole yuan: 18000万元人民币, 800万人民币, 2.578亿元, 1亿2千万元, 2400—3200万元."""

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.cite import cite
from extract.normalise import quantity
from extract.normalise.numerals import ARABIC, CHINESE, NUMERAL, TO, numeral
from extract.normalise.quantity import track, whole
from extract.text import Text
from extract.values import Money, PerProject, Track

_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2, "": 1}
_CURRENCIES = {
    "人民币": "CNY", "欧元": "EUR", "美元": "USD", "英镑": "GBP", "日元": "JPY", "港元": "HKD", "港币": "HKD",
    "澳门元": "MOP", "澳门币": "MOP", "新台币": "TWD", "加拿大元": "CAD", "加元": "CAD", "澳大利亚元": "AUD",
    "澳元": "AUD", "新西兰元": "NZD", "新加坡元": "SGD", "瑞士法郎": "CHF", "韩元": "KRW", "卢布": "RUB",
    "元人民币": "CNY", "谢克尔": "ILS", "兰特": "ZAR", "泰铢": "THB", "卢比": "INR",
}  # fmt: skip
# 1亿2千万, 1亿零500万, 1.2亿, 一亿二千万: an amount is one numeral with its scale, or a row of them, descending.
# A Chinese numeral holds its own 千 and 百 (两千五百万); a scale is only what multiplies it.
_STEP = rf"(?:(?:{ARABIC}) *(?:亿|千万|百万|十万|万|千|百)|{CHINESE} *(?:亿|万))"
_AMOUNT = rf"(?:{_STEP} *)?(?:零 *)?(?:{_STEP}|{NUMERAL})"
_CURRENCY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_UNIT = rf"(?:(?:元 *)?（? *(?P<currency>{_CURRENCY}) *）?|元)"
# 1111 alone is no money: there has to be a unit, or at least a scale.
_MONEY = rf"(?P<low>{_AMOUNT}) *(?P<yuan>元)? *(?:{TO} *(?P<high>{_AMOUNT}) *)?(?:(?P<unit>{_UNIT})|(?<=[万亿元]))"
_PER = r"(?:每(?:一)?个? *(?P<unit>项目|课题|项|领域|方向|国家|平台|中心)|单个 *(?:项目|课题)|单项)(?:的|平均)*"
# What may follow a figure that a pattern of the profile found, and belongs to it: 1亿元〔至2亿元〕, 1000万元〔以上〕.
_YUAN = rf"{_AMOUNT} *元(?:人民币)?"
TAIL = re.compile(
    rf"(?:人民币)?(?: *{TO} *{_YUAN})?(?:{quantity.LIMITS})?"
    rf"(?:，? *(?:{quantity.HIGH}|{quantity.LOW}) *{_YUAN}(?:{quantity.LIMITS})?)?"
)
_STEPS = re.compile(rf"零?(?:(?P<number>{ARABIC}|{CHINESE})(?P<scale>亿|千万|百万|十万|万|千|百)?)")
_TRAILING = re.compile(r"(?<=\d)(?:千万|百万|十万)$|[亿万]$")
_MENTION = quantity.pattern(_MONEY, re.sub(r"\?P<unit>", "", _PER))
_PER_UNIT = re.compile(_PER)
_PROJECT = {"项目", "课题", "项"}
_PER_FIELD = re.compile("每个?(?:领域|方向|国家)")
# Other things that are said beside money: how many projects, what it is in another currency, per field.
_ASIDES = re.compile(
    rf"（ *(?:约?(?:合|折合|相当于)|等值)[^（）]*）|每个?(?:领域|方向|国家)[^，。；]*?元(?:人民币)?"
    r"|（含）|[，；、和]? *(?:外|对|[\u4e00-\u9fff])方(?:拟|将|也)?(?:出资|提供|资助|支持|投入|配套)[^，。；]*"
    rf"|(?:拟|共|计划)*(?:支持|资助)?(?:不超过|约)? *{NUMERAL} *(?:{TO} *{NUMERAL} *)?(?:个项目|项|个课题)"
)


def read(text: Text, *, topics: Sequence[str] = ()) -> Money | None:
    """The money of a section, or None where a word is not understood.

    `topics`: the names of the section's fields, over which 各500万元 spreads.

    >>> from extract.text import Ink, Text
    >>> text = "2.578亿元。"
    >>> read(Text(text, [-1] * len(text), Ink([], [], False))).max
    257800000
    """
    got = quantity.read(text, _MENTION, _PER_UNIT, _ASIDES, _bounds)
    if got is None or (got.per and got.per.per not in _PROJECT) or (got.each and len(topics) < 2):
        return None
    if got.total is None and not got.tracks and _PER_FIELD.search(text.plain):
        return None  # 每个方向500万元 beside 每个项目100万元: which figure is whose is not told
    low, high = (got.total.low, got.total.high) if got.total else quantity.summed(got.tracks)
    tracks = tuple(track(one, text) for one in got.tracks)
    if got.each:
        low, high = (None if end is None else end * len(topics) for end in (got.each.low, got.each.high))
        one = track(got.each, text)
        tracks = tuple(Track(name=name, min=one.min, max=one.max, evidence=one.evidence) for name in topics)
    rest = got.tracks or tuple(one for one in (got.each, got.per) if one)
    first = got.total or got.per or got.each or got.tracks[0]
    per = None
    if got.per:
        per = PerProject(min=whole(got.per.low), max=whole(got.per.high), evidence=cite(text[got.per.place]))
    return Money(
        min=whole(low),
        max=whole(high),
        approximate=got.total.approximate if got.total else any(one.approximate for one in rest),
        currency=first.unit,
        per_project=per,
        tracks=tracks,
        evidence=cite(text[got.place].strip(" ，、：（")),
    )


def _bounds(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str] | None:
    """The ends of an amount in whole units; the scale of a range's end holds for its start (2400—3200万元)."""
    low, high = match["low"].strip(), (match["high"] or match["low"]).strip()
    scale = _TRAILING.search(high)
    if scale and not match["yuan"] and not _TRAILING.search(low):
        low += scale[0]
    ends = amount(low), amount(high)
    if ends[0] is None or ends[1] is None:
        return None
    return *ends, _CURRENCIES.get(match["currency"] or "", "CNY")


def amount(words: str) -> Decimal | None:
    """An amount without its unit in whole units: 1亿2千万 → 120000000; None where its steps do not descend."""
    total, last, rest = Decimal(), Decimal("Infinity"), words.replace(" ", "")
    while rest:
        step = _STEPS.match(rest)
        number = numeral(step["number"]) if step else None
        if step is None or number is None:
            return None
        scale = Decimal(_SCALES[step["scale"] or ""])
        if number * scale >= last:
            return None
        total, last, rest = total + number * scale, scale, rest[step.end() :]
    return total if total and total == int(total) else None
