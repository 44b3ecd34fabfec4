"""拟支持经费 → Money in whole yuan: 18000万元人民币, 2.578亿元; 中方…，日方不超过2亿日元; 每人每年15万元."""

import re
from collections.abc import Sequence
from functools import cache

from msgspec import UNSET

from extract.language.currencies import currency_codes
from extract.language.numerals import NUMERAL, TO
from extract.model.evidence import cite
from extract.model.stages import Parsed, Unread
from extract.model.text import Text
from extract.model.values import Foreign, Money, Per, PerProject
from extract.normalise.quantities.amounts import AMOUNT, parse_ends
from extract.normalise.quantities.grammar import Aside, Grammar, count_figures, parse_elsewhere, parse_quantities
from extract.normalise.quantities.payers import find_qualifiers
from extract.normalise.quantities.percentages import Percentages, parse_percentages
from extract.normalise.quantities.roles import Figure
from extract.normalise.quantities.scope import EDGES, NameRule, ScopeRules, ShareRule
from extract.normalise.quantities.totals import FigureTotals, as_integer, findings_for_unheld_figures
from extract.normalise.quantities.words import ABOUT, ANY_PROJECT, HIGH, LIMITS, LOW, PAYS, SIDE

# Continuations of a figure that a pattern of the profile matched: 1亿元〔至2亿元〕, 1000万元〔以上〕.
_YUAN = rf"{AMOUNT} *元(?:人民币)?"
TAIL = re.compile(
    rf"(?:人民币)?(?: *{TO} *{_YUAN})?(?:{LIMITS})?"
    rf"(?:，? *(?:{HIGH}|{LOW}) *{_YUAN}(?:{LIMITS})?)?"
)
_OWN = "自筹|配套|匹配|出资|投入|支付|承担|负担"
_UNIT_OF = "企业|(?:地方|[省市县区]{1,2}级?)(?:财政|政府)?|社会|(?:申报|申请|牵头|承担|参与|合作|依托)?单位"
# Other funders, whose money is not in the total: 校方, 企业自筹; 企业 alone may name a part.
_APPLICANT = rf"(?:{_UNIT_OF})?{PAYS}(?:{_OWN})(?:提供|的|{_OWN})*"
_OTHERS = re.compile(rf"\A(?:另有|另由|另|由)?(?:{SIDE}{PAYS}|{_APPLICANT}|其他(?:来源|渠道)?)\Z")
_UNSURE = re.compile(rf"{SIDE}$|对方|外[省市地]|方(?:{_OWN}|资助|提供|经费)|企业|自筹|配套|地方|单位|匹配|投资|财政")
# What may get money each and is no project: 每个联合实验室, 每人每年, 每家合作单位; and a project's year.
_TIME = "(?:每个?(?:年度?|月)| */ *(?:年度?|月))"
_UNITS = re.compile(
    "[\u4e00-\u9fff“”]{0,8}?(?:领域|方向|主题|专题|任务|课题|国家?|地区|实验室|中心|平台|基地|单位|企业|机构|高校|院所"
    rf"|团队|专家|学者|人员|人才|青年|人次?|会议|研讨会|年度?|月){_TIME}?|项目?{_TIME}"
)
# 500万元/领域, 20万元/人/年
_PER_UNIT = "项目?|个|家|人次?|领域|方向|国家|国|年度?|月|平台|中心|实验室|课题|团队|单位"
_COSTS = "间接费用|间接经费|直接费用和间接费用|和|及|与|、"
_SOURCE = "中央|国家|财政|国拨|专项|经费|资金|拨款|人民币|下同|暂定|概算|预算|单位|：|万元|，|、"
_COUNT = rf"(?:{HIGH}|{ABOUT})? *{NUMERAL} *(?:{TO} *{NUMERAL} *)?"
_PROJECTS = rf"(?:个(?:左右|上下)?的? *{ANY_PROJECT}|项(?!目)|个(?=[，。；）]))"
_SUPPORT = "(?:拟|共|计划|重点|择优)*(?:支持|资助|建设|遴选|立项)"
_GROUPS = "(?:个|家|名|位)?(?:[\u4e00-\u9fff]{0,6}?(?:团队|单位|企业|专家|学者)|人)"
_END = r"(?=[ ，。；）]|$)"
# Asides of money: conversion, contents and source, money of other funders without a figure
# (以方提供等值的谢克尔经费支持, 企业自筹经费不低于国拨经费), how it is paid, number of projects.
_ASIDES = (
    Aside(re.compile("（ *(?:约?(?:合|折合|相当于)|或?(?:等值|等额))[^（）]*）")),
    Aside(re.compile("（ *直接(?:费用|经费) *）"), is_unheld=True),
    Aside(
        re.compile(
            r"（[^（）\d]*[无含][^（）\d]*间接(?:费用|经费)）|（(?:含|包括|包含)?(?:[直间]接(?:费用|经费)|[和及与、])+）"
        )
    ),
    Aside(re.compile(rf"（不(?:含|包括|包含)[^（）\d]*）|（(?:{_SOURCE})+）")),
    Aside(re.compile(rf"[，；] *由(?:{_SOURCE})+(?:支持|资助|安排|承担|列支|解决)(?=[，。；）]|$)")),
    Aside(
        re.compile(
            rf"[，；](?:包括|包含|用于)(?:(?!{_OWN}|{SIDE})[^，。；（）\d每各])*(?:经费|费用?|支出|开支)等?(?=[，。；）]|$)"
        )
    ),
    Aside(
        re.compile(
            rf"[，；、和]? *(?:(?:{SIDE}|{_UNIT_OF}|[A-Z]{{2,}}(?:[和与及、][A-Z]{{2,}})*)"
            r"(?:分别|拟|将|也|应|须|同时|等额|等值|相应|不|无)*(?:向[^，。；（）\d]{1,16}?)?"
            rf"(?:提供|资助|支持|经费|自带|{_OWN})|{_OWN})[^，。；（）\d]*?(?=[，。；）]|$)"
        ),
    ),
    Aside(
        re.compile(rf"(?:采取|采用|以)?(?:事?[前后]|定额|无偿)(?:补助|资助)的?(?:方式)?(?:予以支持|给予支持)?{_END}")
    ),
    Aside(
        re.compile(rf"{_SUPPORT}[\u4e00-\u9fff]{{0,6}}(?:实验室|中心|平台|项目){_COUNT}[个项]{_END}"),
        field="project_count",
    ),
    Aside(
        re.compile(rf"(?<!每)(?<![/\d])(?:{_SUPPORT}|拟|共|计划)*{_COUNT}{_PROJECTS}(?:左右)?"), field="project_count"
    ),
    Aside(re.compile(rf"[，；（]{_SUPPORT}{_COUNT}{_GROUPS}{_END}"), is_unheld=True),
)


@cache
def _foreign() -> re.Pattern[str]:
    """The pattern of currencies other than the yuan."""
    return re.compile("|".join(re.escape(name) for name, code in currency_codes().items() if code != "CNY"))


@cache
def _grammar() -> Grammar:
    """The grammar of money. 1111 alone is none: it needs a unit, or at least a scale."""
    unit = rf"(?:(?:元 *)?（? *(?P<currency>{'|'.join(map(re.escape, currency_codes()))}) *）?|元)"
    figure = re.compile(
        rf"(?P<low>{AMOUNT}) *(?P<yuan>元)? *(?:{TO} *(?P<high>{AMOUNT}) *)?(?:(?P<unit>{unit})|(?<=[万亿元]))"
        rf"整?(?P<after>(?:{LIMITS}| |（含(?:本数)?）)*)"
        rf"(?:(?:/ *每?|每)(?:个 *)?(?P<slash>(?:{_PER_UNIT})(?: */ *(?:年度?|月|人|项))?)"
        r"(?=[ ，。；、（）]|$|左右|资助|支持))?"
        r"(?:(?:的?标准)?(?:予以|给予|进行)?(?:经费|资金)?(?:支持|资助|补助)(?=[ ，。；）]|$))?"
    )
    rules = ScopeRules(
        shares=(
            ShareRule(re.compile(rf"{ANY_PROJECT}|项"), "per_project"),
            ShareRule(_UNITS, "per"),
            ShareRule(re.compile(rf"(?:项目的?)?{_APPLICANT}"), "apart", of_a_kind=True),  # 每家企业自筹
            ShareRule(re.compile(".*", re.DOTALL), "share", of_a_kind=True, mean=True),  # of a kind; a mean
        ),
        names=(
            # Other funders are no part; within a total they make it unknown, unless in another currency.
            NameRule(_OTHERS, "apart", figure=_foreign()),
            NameRule(_OTHERS, None, inside=True),
            NameRule(_OTHERS, "apart"),
            NameRule(re.compile(r"费用?\Z"), "share"),  # costs of a kind
            NameRule(re.compile("(?:[类档级]|等奖?)$"), None),  # 一等奖50万元: what each of them gets
            NameRule(_UNSURE, None),
        ),
        kinds=re.compile("(?:项目|课题)$"),
    )
    return Grammar(
        figure,
        parse_ends,
        rules,
        _ASIDES,
        lambda text, before, amount: find_qualifiers(text, before, is_foreign=amount.unit != "CNY"),
    )


def parse_money(text: Text, *, topics: Sequence[str] = ()) -> Parsed[Money]:
    """Parse a section's money; `topics`: the names of the section's fields, over which 各500万元 spreads.

    >>> from extract.model.text import GlyphTable, Text
    >>> text = "2.578亿元。"
    >>> parse_money(Text(text, [-1] * len(text), GlyphTable([], [], False))).value.max
    257800000
    """
    percentages = parse_percentages(text)
    if isinstance(percentages, Unread):
        return Parsed(None, unread=percentages)
    totals = parse_quantities(percentages.rest, _grammar(), topics)
    if isinstance(totals, Unread):
        return _share_alone(percentages) or Parsed(None, unread=totals)
    findings = (*findings_for_unheld_figures(totals), *percentages.findings)
    return Parsed(to_money(text, totals, percentages), findings)


def _share_alone(percentages: Percentages) -> Parsed[Money] | None:
    """Return money of which a percentage is all that is stated: 按研发投入的20%给予补助."""
    share = percentages.share
    if share is None or percentages.rest.plain.strip(EDGES):
        return None
    return Parsed(Money(min=None, max=None, share=share, evidence=share.evidence), percentages.findings)


def to_money(text: Text, totals: FigureTotals, percentages: Percentages) -> Money:
    """Convert combined figures to Money."""
    return Money(
        min=as_integer(totals.low),
        max=as_integer(totals.high),
        approximate=totals.is_approximate,
        currency=totals.unit,
        per_project=_per_project(text, totals),
        per=_per_unit(text, totals.per) if totals.per else UNSET,
        share=percentages.share or UNSET,
        foreign=_foreign_money(text, totals.partner) if totals.partner else UNSET,
        tracks=totals.tracks,
        evidence=cite(text[totals.span].strip(" ，、：（")),
    )


def _per_unit(text: Text, each: Figure) -> Per:
    low, high = as_integer(each.low), as_integer(each.high)
    return Per(unit=each.per or "", min=low, max=high, evidence=cite(text[each.named_span]))


def _foreign_money(text: Text, totals: FigureTotals) -> Foreign:
    words = text[totals.span].strip(" ，、：（")
    words = words if "（" in words.plain else words.rstrip("）")  # that of the bracket around all of it
    return Foreign(
        min=as_integer(totals.low),
        max=as_integer(totals.high),
        currency=totals.unit,
        per_project=_per_project(text, totals),
        evidence=cite(words),
    )


def _per_project(text: Text, totals: FigureTotals) -> PerProject | None:
    each = totals.per_project
    if each is None:
        return None
    return PerProject(min=as_integer(each.low), max=as_integer(each.high), evidence=cite(text[each.span]))


def sums_in(text: Text) -> int:
    """Return how many sums of money a text states."""
    return count_figures(text, _grammar())


def money_elsewhere(text: Text) -> list[tuple[str, Text]]:
    """Return words beside money that belong to another field, with the field."""
    return parse_elsewhere(text, _grammar())


def names_foreign_currency(words: str) -> bool:
    """Return True if words name a currency other than the yuan.

    >>> names_foreign_currency("500万欧元"), names_foreign_currency("500万元")
    (True, False)
    """
    return _foreign().search(words) is not None
