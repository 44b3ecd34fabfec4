"""拟支持经费 → Money in whole yuan: 18000万元人民币, 800万人民币, 2.578亿元, 1亿2千万元, 2400—3200万元."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extract.language.currencies import currency_codes
from extract.language.numerals import ARABIC, CHINESE, MAX_NUMBER, NUMERAL, TO, parse_numeral
from extract.model.evidence import cite
from extract.model.stages import Parsed, Unread
from extract.model.text import Text
from extract.model.values import Money, PerProject
from extract.normalise.quantities.grammar import Amount, Aside, Grammar, parse_elsewhere, parse_quantities
from extract.normalise.quantities.scope import NameRule, ScopeRules, ShareRule
from extract.normalise.quantities.totals import FigureTotals, as_integer, findings_for_unheld_figures
from extract.normalise.quantities.words import ANY_PROJECT, HIGH, LIMITS, LOW, SIDE

_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2, "": 1}
# 1亿2千万, 1亿零500万, 1.2亿, 一亿二千万: an amount is one numeral with its scale, or a row of them, descending.
# A Chinese numeral holds its own 千 and 百 (两千五百万); a scale is only what multiplies it.
_STEP = rf"(?:(?:{ARABIC}) *(?:亿|千万|百万|十万|万|千|百)|{CHINESE} *(?:亿|万))"
_AMOUNT = rf"(?:{_STEP} *)?(?:零 *)?(?:{_STEP}|{NUMERAL})"
# Continuations of a figure that a pattern of the profile matched: 1亿元〔至2亿元〕, 1000万元〔以上〕.
_YUAN = rf"{_AMOUNT} *元(?:人民币)?"
TAIL = re.compile(
    rf"(?:人民币)?(?: *{TO} *{_YUAN})?(?:{LIMITS})?"
    rf"(?:，? *(?:{HIGH}|{LOW}) *{_YUAN}(?:{LIMITS})?)?"
)
_STEPS = re.compile(rf"零?(?:(?P<number>{ARABIC}|{CHINESE})(?P<scale>亿|千万|百万|十万|万|千|百)?)")
_TRAILING = re.compile(r"(?<=\d)(?:千万|百万|十万)$|[亿万]$")
_OWN = "自筹|配套|匹配|出资|投入"
_UNIT_OF = "企业|地方(?:财政|政府)?|社会|(?:申报|申请|牵头|承担|参与|合作|依托)?单位"
# Other funders, whose money is not in the total: 外方, 企业自筹; 企业 alone may name a part.
_OTHERS = re.compile(
    rf"\A(?:(?:另有|另由|另|由)?(?:{SIDE}(?:也|同时|拟|将|应|须|需|提供|等额|等值|相应|的|{_OWN})*"
    rf"|(?:{_UNIT_OF})?(?:也|同时|拟|将|应|须|需|提供|的|{_OWN})*(?:{_OWN})(?:提供|的|{_OWN})*|其他(?:来源|渠道)?))\Z"
)
_UNSURE = re.compile(rf"{SIDE}$|方(?:{_OWN}|资助|提供|经费)|企业|自筹|配套|地方|单位|匹配|投资|财政")
_COSTS = "直接费用|间接费用|直接经费|间接经费|和|及|与|、"
_SOURCE = "中央|国家|财政|国拨|专项|经费|资金|拨款|人民币|下同|暂定|概算|预算|单位|：|万元|，|、"
_PROJECTS = rf"{NUMERAL} *(?:{TO} *{NUMERAL} *)?(?:个 *项目|项(?!目)|个(?=[，。；）]))"
# Asides of money: conversion, contents and source, money of other funders without a figure
# (以方提供等值的谢克尔经费支持, 企业自筹经费不低于国拨经费), number of projects.
_ASIDES = (
    Aside(re.compile("（ *(?:约?(?:合|折合|相当于)|等值)[^（）]*）")),
    Aside(re.compile(rf"（(?:含|包括|包含)?(?:{_COSTS})+）|（不(?:含|包括|包含)[^（）\d]*）|（(?:{_SOURCE})+）")),
    Aside(re.compile(rf"[，；] *由(?:{_SOURCE})+(?:支持|资助|安排|承担|列支|解决)(?=[，。；）]|$)")),
    Aside(
        re.compile(
            rf"[，；、和]? *(?:(?:{SIDE}|{_UNIT_OF})(?:拟|将|也|应|须|同时|等额|等值|相应)*"
            rf"(?:提供|资助|支持|{_OWN})|{_OWN})"
            r"[^，。；（）\d]*?(?:\d+ *： *\d+)?(?=[，。；）]|$)"
        ),
    ),
    Aside(
        re.compile(rf"(?<!每)(?<![/\d])(?:拟|共|计划)*(?:支持|资助)?(?:不超过|约)? *{_PROJECTS}"),
        field="project_count",
    ),
)


def _amount(match: re.Match[str]) -> Amount | None:
    """Return the ends of an amount in whole units; the scale of the upper end holds for the lower (2400—3200万元)."""
    low, high = match["low"].strip(), (match["high"] or match["low"]).strip()
    scale = _TRAILING.search(high)
    if scale and not match["yuan"] and not _TRAILING.search(low):
        low += scale[0]
    lower, upper = parse_amount(low), parse_amount(high)
    if lower is None or upper is None:
        return None
    return Amount(lower, upper, currency_codes()[match["currency"]] if match["currency"] else "CNY")


@cache
def _foreign() -> re.Pattern[str]:
    """The pattern of currencies other than the yuan."""
    return re.compile("|".join(re.escape(name) for name, code in currency_codes().items() if code != "CNY"))


@cache
def _grammar() -> Grammar:
    """The grammar of money. 1111 alone is none: it needs a unit, or at least a scale."""
    unit = rf"(?:(?:元 *)?（? *(?P<currency>{'|'.join(map(re.escape, currency_codes()))}) *）?|元)"
    figure = re.compile(
        rf"(?P<low>{_AMOUNT}) *(?P<yuan>元)? *(?:{TO} *(?P<high>{_AMOUNT}) *)?(?:(?P<unit>{unit})|(?<=[万亿元]))"
        rf"整?(?P<after>(?:{LIMITS}| |（含(?:本数)?）)*)"
        rf"(?:(?:/ *每?|每)(?:个 *)?(?P<slash>项目?|个|领域|方向|国家|国|年)(?=[ ，。；、（）]|$|左右|资助|支持))?"
        r"(?:(?:予以|给予)?(?:支持|资助)(?=[ ，。；）]|$))?"
    )
    rules = ScopeRules(
        shares=(
            ShareRule(re.compile(ANY_PROJECT), "per_project"),
            ShareRule(re.compile(".*", re.DOTALL), "share", of_a_kind=True, mean=True),  # of a kind, a field; a mean
        ),
        names=(
            # Other funders are no part; within a total they make it unknown, unless in another currency.
            NameRule(_OTHERS, "apart", figure=_foreign()),
            NameRule(_OTHERS, None, inside=True),
            NameRule(_OTHERS, "apart"),
            NameRule(re.compile(r"费用?\Z"), "share"),  # costs of a kind
            NameRule(_UNSURE, None),
        ),
    )
    return Grammar(figure, _amount, rules, _ASIDES)


def parse_money(text: Text, *, topics: Sequence[str] = ()) -> Parsed[Money]:
    """Parse a section's money; `topics`: the names of the section's fields, over which 各500万元 spreads.

    >>> from extract.model.text import GlyphTable, Text
    >>> text = "2.578亿元。"
    >>> parse_money(Text(text, [-1] * len(text), GlyphTable([], [], False))).value.max
    257800000
    """
    totals = parse_quantities(text, _grammar(), topics)
    if isinstance(totals, Unread):
        return Parsed(None, unread=totals)
    return Parsed(to_money(text, totals), findings_for_unheld_figures(totals))


def to_money(text: Text, totals: FigureTotals) -> Money:
    """Convert combined figures to Money."""
    per = None
    if each := totals.per_project:
        per = PerProject(min=as_integer(each.low), max=as_integer(each.high), evidence=cite(text[each.span]))
    return Money(
        min=as_integer(totals.low),
        max=as_integer(totals.high),
        approximate=totals.is_approximate,
        currency=totals.unit,
        per_project=per,
        tracks=totals.tracks,
        evidence=cite(text[totals.span].strip(" ，、：（")),
    )


def money_elsewhere(text: Text) -> list[tuple[str, Text]]:
    """Return words beside money that belong to another field, with the field."""
    return parse_elsewhere(text, _grammar())


def names_foreign_currency(words: str) -> bool:
    """Return True if words name a currency other than the yuan.

    >>> names_foreign_currency("500万欧元"), names_foreign_currency("500万元")
    (True, False)
    """
    return _foreign().search(words) is not None


def parse_amount(words: str) -> Decimal | None:
    """Parse an amount without its unit, in whole units; None if its scales rise, or beyond MAX_NUMBER.

    >>> int(parse_amount("1亿2千万")), parse_amount("2千万1亿")
    (120000000, None)
    """
    total, last, rest = Decimal(), Decimal("Infinity"), words.replace(" ", "")
    while rest:
        step = _STEPS.match(rest)
        number = parse_numeral(step["number"]) if step else None
        if step is None or number is None:
            return None
        scale = Decimal(_SCALES[step["scale"] or ""])
        if number * scale >= last:
            return None
        total, last, rest = total + number * scale, scale, rest[step.end() :]
    return total if total and total == int(total) and total <= MAX_NUMBER else None
