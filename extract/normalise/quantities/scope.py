"""What a figure is said of, told by the words before it: 共, 联合实验室, 各, 每个领域, 企业自筹.

Words that only bound the figure are taken off from both ends, one by one, until nothing is left or a subject is. A
subject with 每个, 单个 or 各 at an end is never a name, and a name is held to what a name may be; else nothing is read.
"""

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.language import brackets
from extract.language.numerals import NUMERAL
from extract.model.text import Text

# total: 共10项 · part: 联合实验室2项 · each: 各2项 · per: 每个领域2项, where the value has a place for it · share: what
# one of some kind gets, which has none (联合实验室每个250万元) · apart: no part of the total (企业自筹500万元)
Role = Literal["total", "part", "each", "per", "share", "apart"]

HIGH = "不[得能应可]?超过|不多于|不高于|不大于|最多|至多|最高|最大|上限为?"
LOW = "不少于|不低于|至少|最少|最低"
ABOUT = "大约|约|预计|大致"
PROJECT = "项目"
BLANK = " "  # stands in the place of an aside, for each of its characters
# Another side than ours: 外方, 韩方, 香港方面; but neither 双方 nor 方向.
SIDE = "(?:合作外方|[^\\W中我双各三四多两官地东南西北]方(?![向案法式面])|(?:香港|澳门|台湾|[^\\W中我]国)方面?)"
_QUOTA = "限报|限推荐?|推荐|申报"
_VERB = "择优|定向委托|支持|资助|安排|立项|部署|启动|设立|给予"
_OURS = "(?:中方|我方|我国|中国|内地)(?:方面)?|(?:[\u4e00-\u9fff]{0,2}双方)?(?:共同|共商)(?:确定)?"
# Words before a figure that change nothing about it.
_FILL = (
    rf"原则上|一般|拟|共计|总共|合计|总计|共|总数|总额|总量|总经费|将|可|(?:拟|共)?(?:支持|资助)项目|{_VERB}|(?:中央)?财政拨款|中央财政|国拨"
    r"|(?:专项|(?:中央)?财政)?(?:经费|资金)|总|概算|预算|数量|(?<=[目题])数|(?<=项目)任务|额度|强度|力度|金额|规模|标准|控制在"
    rf"|为|在|(?<!平)均|约合|(?:19|20)\d\d *年度?|人民币|[￥¥$]|RMB|{_OURS}|(?:^|(?<=[，：； ]))计划"
)
_BEFORE = re.compile(rf"(?:{HIGH}|限|{LOW}|{ABOUT}|{_QUOTA}|{_FILL}|[ ：，、（/\n\u2028])$")
_OWN_NAMES = {"一般", "中国", "内地", "我国"}  # right before a figure these are names: 重点5项，一般5项
EDGES = " \n\u2028，、；。：（）/"
_INSIDE = re.compile("(?:其中|内含|包括|包含|含有?)[：，]?")
_LEAD = re.compile(
    r"(?:按照?|与|在(?!线)|视[^，。；\d]{0,10}情况)[：，]?|(?:拟|将|共|重点|优先|主要)*(?:支持|资助|安排|部署|设立|启动|立项)(?=.)"
)
_JOINT = re.compile("(?:以及|和|及|与|同时)，?")
_EMPTY = re.compile(r"(?:项目(?:数量|总数|数)?|专项|申请|的|平均)*")
_MARKER = re.compile(
    r"[ \n\u2028，、；。：]*(?P<marker>（?\d{1,2}[）、.]|[①-⑳]|[一二三四五六七八九十]、|（[一二三四五六七八九十]）)"
)
_ALONE = re.compile(r"[①-⑳]|（?[\d一二三四五六七八九十]+）")  # can stand for a name: （1）5项
_PER = re.compile(
    r"(?P<of>[^每]*?)(?:每一?(?:个|家|名|类|(?P<item>项)(?!目))?|单(?:个|一个?|(?P<lone>项)(?!目))|^各(?=.))(?P<unit>[^每各]*)"
)
# 3个领域各2个项目 says 每个领域; how many there are is not multiplied.
_OVER = re.compile(
    rf"(?:围绕|在|面向|针对|从)? *{NUMERAL} *个(?P<unit>[^\d，。；]{{0,8}}?(?:领域|方向|主题|国家|专题))(?:内|中)?，?各"
)
_NO_NAME = re.compile(
    rf"[，。；：\n\u2028]|{HIGH}|{LOW}|{_QUOTA}|每|^[各另再还]|各$|单个|单项|平均|分别|或|若干|视(?![频觉听])|按|根据|详见|待定|备选|候补"
    r"|[几余近上多数]$|第.年|年度?$|此外|双方|各方|[超低高大小少多]于|超过"
    r"|^[\d①-⑳一二三四五六七八九十]+[）、.]"
)
_NO_NAME_ALONE = {"领域", "方向", "任务", "主题", "专题", "项目", "课题"}
_NUMBERED = re.compile(r"(?:领域|方向|任务|主题|专题) *\d+$")  # 方向1
_COUNTED = re.compile(r"\d *(?:个|项(?!目)|[年月日万亿千百元家人名国种类次所批期%倍])|\d$")


class FigureScope(Struct, frozen=True):
    """What a figure is said of: from `start` on, with the words that bound the figure from `place` on."""

    role: Role
    start: int
    place: int
    names: tuple[Text, ...] = ()
    unit: str | None = None  # of what each: 每个领域
    marked: bool = False
    inside: bool = False  # 其中: of what was said before
    called: bool = False  # 共: called the total
    mean: bool = False  # 平均
    lower: bool = False
    upper: bool = False
    approximate: bool = False


class ScopeRules(Struct, frozen=True):
    """What counts and money understand differently; each tells the role, or None where it is not certain."""

    # of whom, each of what (联合实验室, 项目), and whether it is an average
    share: Callable[[str, str, bool], Role | None]
    name: Callable[[str, bool, str], Role | None]  # a name, whether it stands inside of a total, and its figure


def parse_scope(
    text: Text, between: slice, figure: str, rules: ScopeRules, *, first: bool, due: int
) -> FigureScope | None:
    """The subject of a figure, told by the words before it, or None where one of them is not understood.

    `text` has asides blanked; `between` is what stands before the figure; `first`: no figure stands before it; `due`:
    the number that its marker has if it has one.
    """
    marker, start = _marker(text.plain, between, due)
    start, inside = _without_lead(text.plain, slice(start, between.stop), first=first)
    place = _without_bounds(text.plain, slice(start, between.stop))
    words, core = text.plain[place : between.stop], text[start:place]
    bare = FigureScope(
        role="total",
        start=start,
        place=start,
        inside=inside,
        called=bool(re.search("共(?![同商])|总|合计", words)),
        mean="平均" in core.plain,
        lower=bool(re.search(LOW, words)),
        upper=bool(re.search(rf"{HIGH}|限", words)),
        approximate=bool(re.search(ABOUT, words)),
    )
    if re.search(_QUOTA, words):  # what may be applied for is not what is supported
        return replace(bare, role="apart") if _PER.fullmatch(core.plain) else None
    if not _EMPTY.fullmatch(core.plain):
        told = _each(bare, core, figure, rules) or _named(bare, core, figure, rules)
        return told and replace(told, place=place if told.role == "part" else told.place, marked=marker is not None)
    if marker is None or not _ALONE.fullmatch(text.plain[marker]):
        return bare
    return replace(bare, role="part", start=marker.start, place=start, names=(text[marker],), marked=True)


def _marker(plain: str, between: slice, due: int) -> tuple[slice | None, int]:
    """The marker that the words begin with, and where the words behind it start. It has the number that is due."""
    match = _MARKER.match(plain, between.start, between.stop)
    if match is None or _ordinal(str(match["marker"])) != due:
        return None, between.start
    rest = plain[match.end() : between.stop].strip(EDGES)
    if not rest and not _ALONE.fullmatch(match["marker"]):
        return None, between.start  # in 7、8个项目 the 7 is none
    return slice(*match.span("marker")), match.end()


def _ordinal(marker: str) -> int:
    """The number of a marker: 2 for 2）, （2）, ② or 二、."""
    bare = marker.strip("（）、.")
    if "①" <= bare <= "⑳":
        return ord(bare) - ord("①") + 1
    return int(bare) if bare.isdecimal() else "〇一二三四五六七八九十".index(bare)


def _without_lead(plain: str, words: slice, *, first: bool) -> tuple[int, bool]:
    """Where a subject begins behind 其中, 含, 和, 支持 and punctuation, and whether it stands inside of a total."""
    start, inside = int(words.start), False
    while True:
        rest = plain[start : words.stop]
        edges = len(rest) - len(rest.lstrip(EDGES))
        within = _INSIDE.match(rest, edges)
        inside = inside or bool(within) or "（" in rest[:edges]
        match = within or _LEAD.match(rest, edges) or (None if first else _JOINT.match(rest, edges))
        if match is None:
            return start + edges, inside and not first
        start += match.end()


def _without_bounds(plain: str, words: slice) -> int:
    """Where the words begin that only bound a figure (原则上不超过)."""
    core = plain[words]
    while match := _BEFORE.search(core, max(0, len(core) - 24)):
        if len(core) == words.stop - words.start and match[0] in _OWN_NAMES:
            break
        core = core[: match.start()]
    if core.endswith("）") and core.count("（") < core.count("）"):
        core = core[:-1]
    return int(words.start) + len(core)


def _each(bare: FigureScope, core: Text, figure: str, rules: ScopeRules) -> FigureScope | None:
    """A subject with 每个, 单个 or 各: each of a kind, of two names, or of what the fields name."""
    plain = core.plain
    if over := _OVER.fullmatch(plain):
        role = rules.share("", over["unit"], bare.mean)
        return role and replace(bare, role=role, unit=over["unit"])
    if plain.endswith("各"):
        names = _listed(core[:-1].strip(EDGES))
        if not names:
            return replace(bare, role="each", start=bare.start + len(core) - 1, place=bare.start + len(core) - 1)
        if not all(is_name(name.plain) and rules.name(name.plain, bare.inside, figure) == "part" for name in names):
            return None
        return replace(bare, role="part" if len(names) > 1 else "share", names=tuple(names))
    match = _PER.fullmatch(re.sub("平均|（[^（）]*）| |的$", "", plain))
    if match is None:
        return None
    of = match["of"][: _without_bounds(match["of"], slice(0, len(match["of"])))].strip(EDGES)
    item = match["item"] or match["lone"]
    unit = (PROJECT if item or not match["unit"] else "") + match["unit"]
    known = (not of or is_name(of)) and (unit == PROJECT or not _NO_NAME.search(unit))
    role = rules.share(of, unit, bare.mean) if known else None
    return role and replace(bare, role=role, unit=unit)


def _listed(core: Text) -> list[Text]:
    """The names in 方向1、方向2和方向3; a 和 before the last 、 is a name's own."""
    if not core:
        return []
    *names, last = brackets.split(core, "、")
    return [*names, *last.split("以及|和|及|与")]


def _named(bare: FigureScope, core: Text, figure: str, rules: ScopeRules) -> FigureScope | None:
    """A part by its name, or what is no part of the total."""
    role, name = rules.name(core.plain, bare.inside, figure), core.strip()
    if role == "part":
        return replace(bare, role=role, names=(name,)) if is_name(name.plain) else None
    return role and replace(bare, role=role)


def is_name(plain: str) -> bool:
    """Whether words can be the name of a part: no bound, no 每个, no clause, no figure but a name's own (工业4.0)."""
    outside = re.sub(r"（[^（）]*）|“[^“”]*”", "", plain)
    figures = _NUMBERED.sub("", outside)
    if len(plain) < 2 or plain.count("（") != plain.count("）") or plain in _NO_NAME_ALONE or BLANK * 2 in plain:
        return False
    return not _NO_NAME.search(outside) and not _COUNTED.search(figures)
