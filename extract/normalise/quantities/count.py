"""拟支持项目数 → Count: 65个项目, 40—60个, 不超过三项, 各1个, 每个领域1-2个项目，共5-10个项目."""

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from extract.language.numerals import NUMERAL, TO, parse_numeral
from extract.model.evidence import cite
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.model.values import Count, Per
from extract.normalise.quantities import grammar, totals
from extract.normalise.quantities.grammar import Grammar
from extract.normalise.quantities.scope import HIGH, LOW, PROJECT, SIDE, Role, ScopeRules
from extract.normalise.quantities.totals import as_integer

_END = r"(?=[ ，。；、：（）/\n\u2028和及与以并每]|$|(?:左右|上下|之内|予以|给予|支持|资助))"  # 以内, 以下, 以上, 以及
_LIMITS = grammar.LIMITS
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
    rf"(?P<after>(?:{_LIMITS}| |（含(?: *(?P=low) *(?:个项目|个|项)?)?）)*)"
    r"(?:/ *每?个?(?P<slash>项目?|领域|方向|国家|国))?(?:(?:予以|给予)?(?:支持|资助)(?=[，。；）]|$))?"
)
# A number alone, under a label that says what it counts; four digits may be a year.
_BARE = re.compile(rf" *(?:{HIGH}|{LOW}|约)? *\d{{1,3}}(?: *{TO} *\d{{1,3}})? *(?:左右)? *。? *")
_UNITS = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:领域|方向|主题|专题|议题|任务|国家?|地区|类别?|实验室|中心|平台|榜单|批次?)"
)
_NO_PROJECTS = re.compile(rf"(?:{_OTHER})(?:总?数量?)?$")
_SIDED = re.compile(rf"^{SIDE}|方(?:拟|支持|资助|$)")
# What may follow a figure that a pattern of the profile found, and belongs to it: 10项〔至20项〕, 10项〔以上〕.
TAIL = re.compile(
    rf"(?: *{TO} *{NUMERAL} *(?:个项目|项|个))?(?:{_LIMITS})?"
    rf"(?:，? *(?:{HIGH}|{LOW}) *{NUMERAL} *(?:个项目|项|个)(?:{_LIMITS})?)?"
)
_YUAN = rf"{NUMERAL} *[亿万千百]* *(?:元 *)?(?:{TO} *{NUMERAL} *[亿万千百]* *)?元(?:人民币)?"
_FIELDS = rf"(?:围绕|在|面向|针对|从) *{NUMERAL} *个[^，。；\d]{{0,8}}?(?:领域|方向|主题|国家|专题)"
# Other things that are said beside a count: the fields it spreads over, what it costs, a remark in a bracket that
# bounds nothing.
_ASIDES: tuple[tuple[str | None, re.Pattern[str]], ...] = (
    (None, re.compile(rf"{_FIELDS}(?! *(?:内|中)?，? *各)(?:内|中)?，?")),
    (
        None,
        re.compile(
            r"（(?![一二三四五六七八九十]{1,3}）|[^（）]*(?:[\d每各单均另除外限方]|[一二两三四五六七八九十][个项年家]))[^（）]*）"
            r"(?! *[：:]?\d)"
        ),
    ),
    (
        "funding",
        re.compile(
            r"(?:(?<=[，；。（ ])|^)[^，。；（）\d一二两三四五六七八九十]*"
            rf"{_YUAN}(?:左右|以内|/ *项|/ *个)?(?=[，。；） ]|$)"
        ),
    ),
)


def _share(of: str, unit: str, mean: bool) -> Role | None:
    """每个领域 has a place in the value; what is in each project (每项下设课题) counts no projects."""
    if unit.startswith(PROJECT) and not mean:
        return "apart"
    return "per" if not (of or mean) and _UNITS.fullmatch(unit) else None


def _name(name: str, inside: bool, figure: str) -> Role | None:
    """What each side counts for itself is not told to be a part; what is no project (合作国家3个) is not counted."""
    if _SIDED.search(name) or (name.endswith("课题") and "项" in figure):
        return None
    return "apart" if _NO_PROJECTS.search(name) and "项" not in figure else "part"


def _bounds(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str] | None:
    low = parse_numeral(match["low"])
    high = parse_numeral(match["high"]) if match["high"] else low
    if low is None or high is None or low != int(low) or high != int(high):
        return None
    return low, high, "项"


_GRAMMAR = Grammar(_FIGURE, _bounds, ScopeRules(_share, _name), _ASIDES)
_BARE_GRAMMAR = replace(_GRAMMAR, figure=re.compile(rf"(?P<low>\d+)(?: *{TO} *(?P<high>\d+))?(?P<after>(?:左右)?)"))


def parse_count(text: Text, *, topics: Sequence[str] = ()) -> Count | None:
    """The number of projects, or None where a word is not understood.

    `topics`: the names of the section's fields, over which 各1个项目 spreads.

    >>> from extract.text import Ink, Text
    >>> text = "不超过 6个项目。"
    >>> count = read(Text(text, [-1] * len(text), Ink([], [], False)))
    >>> count.min, count.max
    (None, 6)
    """
    return parse_count_with_findings(text, topics=topics).value


def parse_count_with_findings(text: Text, *, topics: Sequence[str] = ()) -> Parsed[Count]:
    """The number of projects, with what it has no place for."""
    got = grammar.parse_quantities(text, _BARE_GRAMMAR if _BARE.fullmatch(text.plain) else _GRAMMAR, topics)
    if got is None:
        return Parsed(None)
    per = None
    if got.per:
        evidence = cite(text[got.per.place])
        per = Per(unit=got.per.per or "", min=as_integer(got.per.low), max=as_integer(got.per.high), evidence=evidence)
    value = Count(
        min=as_integer(got.low),
        max=as_integer(got.high),
        approximate=got.approximate,
        per=per,
        tracks=got.tracks,
        evidence=cite(text[got.place].strip(" ，、：（")),
    )
    return Parsed(value, totals.findings_for_unheld_figures(got))


def count_elsewhere(text: Text) -> list[tuple[str, Text]]:
    """What stands beside the number of projects and belongs to another field, with that field."""
    return grammar.parse_elsewhere(text, _GRAMMAR)
