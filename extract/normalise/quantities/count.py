"""拟支持项目数 → Count: 65个项目, 40—60个, 不超过三项, 各1个, 每个领域1-2个项目，共5-10个项目."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extract.language.numerals import NUMERAL, TO, parse_numeral
from extract.model.evidence import cite
from extract.model.stages import Parsed, Unread
from extract.model.text import Text
from extract.model.values import Count, Per
from extract.normalise.quantities.grammar import (
    Amount,
    Aside,
    Grammar,
    count_figures,
    parse_elsewhere,
    parse_quantities,
)
from extract.normalise.quantities.scope import NameRule, ScopeRules, ShareRule
from extract.normalise.quantities.totals import FigureTotals, as_integer, findings_for_unheld_figures
from extract.normalise.quantities.words import HIGH, LIMITS, LOW, PROJECT, SIDE

# 以内, 以下, 以上, 以及; 不少于3项〔不多于5项〕
_END = r"(?=[ ，。；、：（）/\n\u2028和及与以并每]|$|(?:左右|上下|之内|予以|给予|支持|资助|不[超多少高低大]))"
# What is counted has to be projects: 2个联合实验室, but neither 5个国家 nor 4个课题.
_OTHER = "课题|国家|经济体|成员国|单位|企业|机构|人员|专家|高校|院所"
_THING = rf"(?:{_OTHER}|领域|方向|主题|专题)(?:参与|参加|联合|牵头|合作|承担|的)*"
_NAMED = r"(?![和及与以或并、])[\u4e00-\u9fffA-Za-z“”]{0,16}?(?:项目|实验室|中心|平台|基地|旗舰)"
_UNIT = (
    rf"(?:(?:个|项) *(?:项目|目)?{_END}|(?:个|项) *[为是]?(?P<named>{_NAMED}){_END}"
    rf"|(?P<thing>(?:个|家|名|人|所)(?:[\u4e00-\u9fff]{{0,10}}?{_THING})?){_END})"
)
_FIGURE = re.compile(
    rf"(?<!每)(?P<low>{NUMERAL}) *(?:个|项)? *(?:{TO} *(?P<high>{NUMERAL}) *)?{_UNIT}"
    rf"(?P<after>(?:{LIMITS}| |（含(?: *(?P=low) *(?:个项目|个|项)?)?）)*)"
    r"(?:/ *每?个?(?P<slash>项目?|领域|方向|国家|国))?(?:(?:予以|给予)?(?:支持|资助)(?=[，。；）]|$))?"
)
# A number alone, under a label that names the unit; four digits may be a year.
_BARE = re.compile(rf" *(?:{HIGH}|{LOW}|约)? *\d{{1,3}}(?: *{TO} *\d{{1,3}})? *(?:左右)? *。? *")
_UNITS = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:领域|方向|主题|专题|议题|任务|国家?|地区|类别?|实验室|中心|平台|榜单|批次?|年度?)"
)
_NO_PROJECTS = re.compile(rf"(?:{_OTHER})(?:总?数量?)?$")
_SIDED = re.compile(rf"^{SIDE}|方(?:拟|支持|资助|$)")
# Continuations of a figure that a pattern of the profile matched: 10项〔至20项〕, 10项〔以上〕.
TAIL = re.compile(
    rf"(?: *{TO} *{NUMERAL} *(?:个项目|项|个))?(?:{LIMITS})?"
    rf"(?:，? *(?:{HIGH}|{LOW}) *{NUMERAL} *(?:个项目|项|个)(?:{LIMITS})?)?"
)
_YUAN = rf"{NUMERAL} *[亿万千百]* *(?:元 *)?(?:{TO} *{NUMERAL} *[亿万千百]* *)?元(?:人民币)?"
_FIELDS = rf"(?:围绕|在|面向|针对|从) *(?:{NUMERAL} *个|以下|下列|上述)[^，。；\d]{{0,8}}?(?:领域|方向|主题|国家|专题)"
# Asides of a count: the fields it spreads over, its cost, a bracketed remark without a bound.
_ASIDES = (
    Aside(re.compile(rf"{_FIELDS}(?! *(?:内|中)?，? *各)(?:内|中)?，?")),
    Aside(
        re.compile(
            r"（(?![一二三四五六七八九十]{1,3}）|[^（）]*(?:[\d每各单均另除外限方]|[一二两三四五六七八九十][个项年家]))[^（）]*）"
            r"(?! *[：:]?\d)"
        ),
    ),
    Aside(
        re.compile(
            r"(?:(?<=[，；。（ ])|^)[^，。；（）\d一二两三四五六七八九十]*"
            rf"{_YUAN}(?:左右|以内|/ *项|/ *个)?(?=[，。；） ]|$)"
        ),
        field="funding",
    ),
)


_RULES = ScopeRules(
    shares=(
        ShareRule(re.compile(f"{PROJECT}.*", re.DOTALL), "apart", of_a_kind=True),  # 每项下设课题 counts no projects
        ShareRule(_UNITS, "per"),
    ),
    names=(
        NameRule(_SIDED, None),  # a side's own count is no part
        NameRule(re.compile(r"课题\Z"), None, figure=re.compile("项")),
        NameRule(_NO_PROJECTS, "apart", figure=re.compile(r"\A[^项]*\Z")),  # 合作国家3个
    ),
)


def _amount(match: re.Match[str]) -> Amount | None:
    """Return the ends of a number of projects, which are whole."""
    low = parse_numeral(match["low"])
    high = parse_numeral(match["high"]) if match["high"] else low
    if low is None or high is None or low != int(low) or high != int(high):
        return None
    return Amount(low, high, "项")


_GRAMMAR = Grammar(_FIGURE, _amount, _RULES, _ASIDES)
_BARE_GRAMMAR = replace(_GRAMMAR, figure=re.compile(rf"(?P<low>\d+)(?: *{TO} *(?P<high>\d+))?(?P<after>(?:左右)?)"))


def parse_count(text: Text, *, topics: Sequence[str] = ()) -> Parsed[Count]:
    """Parse a number of projects; `topics`: the names of the section's fields, over which 各1个项目 spreads.

    >>> from extract.model.text import GlyphTable, Text
    >>> text = "不超过 6个项目。"
    >>> count = parse_count(Text(text, [-1] * len(text), GlyphTable([], [], False))).value
    >>> count.min, count.max
    (None, 6)
    """
    grammar = _BARE_GRAMMAR if _BARE.fullmatch(text.plain) else _GRAMMAR
    totals = parse_quantities(text, grammar, topics)
    if isinstance(totals, Unread):
        return Parsed(None, unread=totals)
    return Parsed(to_count(text, totals), findings_for_unheld_figures(totals))


def to_count(text: Text, totals: FigureTotals) -> Count:
    """Convert combined figures to a Count."""
    per = None
    if each := totals.per:
        low, high = as_integer(each.low), as_integer(each.high)
        per = Per(unit=each.per or "", min=low, max=high, evidence=cite(text[each.span]))
    return Count(
        min=as_integer(totals.low),
        max=as_integer(totals.high),
        approximate=totals.is_approximate,
        per=per,
        tracks=totals.tracks,
        evidence=cite(text[totals.span].strip(" ，、：（")),
    )


def counts_in(text: Text) -> int:
    """Return how many numbers of projects a text states."""
    return count_figures(text, _GRAMMAR)


def count_elsewhere(text: Text) -> list[tuple[str, Text]]:
    """Return words beside a count that belong to another field, with the field."""
    return parse_elsewhere(text, _GRAMMAR)
