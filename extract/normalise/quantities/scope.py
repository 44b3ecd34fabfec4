"""Decide what a figure applies to from the words before it: 共, 联合实验室, 各, 每个领域, 企业自筹.

Words that only bound the figure are stripped from both ends; the rest, if any, is the subject. A subject with 每个,
单个 or 各 at an end is never a name, and a name has to look like one; else the figure is unread.
"""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.language import brackets
from extract.language.numerals import NUMERAL, parse_ordinal
from extract.model.stages import Unread
from extract.model.text import Text
from extract.normalise.quantities.words import (
    ABOUT,
    FILL,
    HIGH,
    LOW,
    NO_NAME,
    NO_NAME_ALONE,
    OWN_NAMES,
    PAID,
    PROJECT,
    QUOTA,
    THIS_CALL,
    VERB,
)

# total: 共10项 · part: 联合实验室2项 · each: 各2项 · per_project: 每个项目500万元 · per: 每个领域2项 · share: for each
# of a kind, which has no key in the value (联合实验室每个250万元) · apart: not in the total (企业自筹500万元)
Role = Literal["total", "part", "each", "per_project", "per", "share", "apart"]

BLANK = " "  # masks each character of an aside
_BEFORE = re.compile(rf"(?:{HIGH}|限|{LOW}|{ABOUT}|{QUOTA}|{FILL}|[ ：，、（/\n\u2028])$")
EDGES = " \n\u2028，、；。：（）/"
INSIDE = re.compile("(?:其中|内含|包括|包含|含有?)[：，]?")
_LEAD = re.compile(
    r"(?:按照?|与|在(?!线)|视[^，。；\d]{0,10}情况)[：，]?|(?:拟|将|共|计划|共同|重点|优先|主要)*(?:支持|资助|安排|部署|设立|启动|立项)(?=.)"
)
_JOINT = re.compile("(?:以及|和|及|与|同时)，?")
_CALL = re.compile(rf"{THIS_CALL}|(?:19|20)\d\d *年度?(?=(?:拟|将|计划)*(?:{VERB}))")
_YEAR = re.compile(r"(?:19|20)\d\d *年")
_EMPTY = re.compile(r"(?:项目(?:数量|总数|数)?|专项|申请|的|平均)*")
# A part paid in a year: 其中〔2023年〕拨付200万元.
_IN_YEAR = re.compile(
    r"(?P<name>(?P<date>(?:19|20)\d\d *年度?)|(?:第[一二三四五]|首)个?年度?|次年度?)"
    rf"(?:拟|将|计划|可|先|{VERB}|(?P<paid>{PAID})|经费|资金)*"
)
_MARKER = re.compile(
    r"[ \n\u2028，、；。：]*(?P<marker>（?\d{1,2}[）、.]|[①-⑳]|[一二三四五六七八九十]、|（[一二三四五六七八九十]）)"
)
_ALONE = re.compile(r"[①-⑳]|（?[\d一二三四五六七八九十]+）")  # can stand for a name: （1）5项
_PER = re.compile(
    r"(?P<of>[^每]*?)(?:每一?(?:个|家|名|位|类|(?P<item>项)(?!目))?|单(?:个|一个?|(?P<lone>项)(?!目))|^各(?=.))"
    r"(?P<unit>[^每各]*(?:每个?(?:年度?|月|人|次))?)"
)
# 3个领域各2个项目 means 每个领域; the number of fields is not multiplied.
_OVER = re.compile(
    rf"(?:围绕|在|面向|针对|从)? *{NUMERAL} *个(?P<unit>[^\d，。；]{{0,8}}?(?:领域|方向|主题|国家|专题))(?:内|中)?，?各"
)
_NO_NAME = re.compile(NO_NAME)
_NUMBERED = re.compile(r"(?:领域|方向|任务|主题|专题) *\d+$")  # 方向1
_COUNTED = re.compile(r"\d *(?:个|项(?!目)|[年月日万亿千百元家人名国种类次所批期%倍])|\d$")


class FigureScope(Struct, frozen=True):
    """The scope of a figure: what it applies to.

    The words that name it begin at the offset `start`, those that bound the figure at `bounds_start`.
    """

    role: Role
    start: int
    bounds_start: int
    names: tuple[Text, ...] = ()
    unit: str | None = None  # of what each: 每个领域
    is_numbered: bool = False  # behind a marker: （1）
    is_inside: bool = False  # 其中: of the figure before
    is_marker_alone: bool = False  # （1）5项
    is_in_year: bool = False  # 2023年拨付
    is_of_a_kind: bool = False  # 重点项目
    is_called_total: bool = False  # 共
    is_mean: bool = False  # 平均
    is_lower_bound: bool = False
    is_upper_bound: bool = False
    is_approximate: bool = False


class ShareRule(Struct, frozen=True):
    """The role of a figure per unit: 每个〔领域〕2项.

    `of_a_kind` accepts one that is each of a kind's alone (联合实验室每个), `mean` an average.
    """

    unit: re.Pattern[str]  # all of what stands behind 每个
    role: Role
    of_a_kind: bool = False
    mean: bool = False


class NameRule(Struct, frozen=True):
    """The role of a figure behind a name; None if undecided.

    `figure`, if any, has to match the words of the figure; `inside`: only for figures behind 其中.
    """

    name: re.Pattern[str]
    role: Role | None
    figure: re.Pattern[str] | None = None
    inside: bool = False


class ScopeRules(Struct, frozen=True):
    """The rules in which counts and money differ; of each list the first that matches applies.

    A share without a rule is unread; a name without a rule is that of a part.
    """

    shares: tuple[ShareRule, ...]
    names: tuple[NameRule, ...]
    kinds: re.Pattern[str] | None = None  # names of kinds: 重点项目20万元 may be what each of them gets

    def share_role(self, kind: str, unit: str, *, mean: bool) -> Role | None:
        """Return the role of a figure per `unit` of a kind ("" for any), None if undecided."""
        for rule in self.shares:
            if rule.unit.fullmatch(unit) and (rule.of_a_kind or not kind) and (rule.mean or not mean):
                return rule.role
        return None

    def name_role(self, name: str, figure: str, *, inside: bool) -> Role | None:
        """Return the role of a figure behind a name, None if undecided."""
        for rule in self.names:
            fits = rule.name.search(name) and (rule.figure is None or rule.figure.search(figure))
            if fits and (inside or not rule.inside):
                return rule.role
        return "part"


def parse_scope(
    text: Text, before: slice, figure: str, rules: ScopeRules, *, last: FigureScope | None, due: int
) -> FigureScope | Unread:
    """Parse the scope of a figure from the words before it.

    `text` has asides masked; `before` is the stretch before the figure; `last`: the scope of the figure before; `due`:
    the number that its marker has if it has one. The forms, in this order:

    1. a quota: 每个单位限报2项 (what may be applied for is not what is supported)
    2. a share: 每个领域2项, 方向1、方向2各2项, 各2项
    3. a name: 联合实验室2项, 企业自筹500万元
    4. a marker alone: （1）5项
    5. nothing but words that bound the figure: 拟支持不超过5项

    A year is a name where parts are named: 其中2023年拨付200万元, 第一年200万元.
    """
    marker, start = _split_marker(text.plain, before, due)
    start, inside = _split_lead(text.plain, slice(start, before.stop), first=last is None)
    in_year = _IN_YEAR.fullmatch(text.plain[slice(start, before.stop)].rstrip(EDGES))
    bounds_start = _without_bounds(text.plain, slice(start, before.stop))
    bounds, subject = text.plain[bounds_start : before.stop], text[start:bounds_start]
    bare = FigureScope(
        role="total",
        start=start,
        bounds_start=start,
        is_inside=inside,
        is_called_total=bool(re.search("共(?![同商])|总|合计", bounds)),
        is_mean="平均" in subject.plain,
    )
    bare = _bounded(bare, bounds)
    if re.search(QUOTA, bounds):
        if _PER.fullmatch(subject.plain):
            return replace(bare, role="apart")
        return Unread("quota", text[start : before.stop].strip(EDGES))
    if in_year and (inside or not in_year["date"] or (last and (last.is_in_year or in_year["paid"]))):
        name = text[start + in_year.start("name") : start + in_year.end("name")]
        return replace(bare, role="part", names=(name,), is_in_year=True, is_numbered=marker is not None)
    if not _EMPTY.fullmatch(subject.plain):
        scope = _subject_scope(bare, subject, figure, rules)
        if isinstance(scope, Unread):
            return scope
        part_start = bounds_start if scope.role == "part" else scope.bounds_start
        return replace(scope, bounds_start=part_start, is_numbered=marker is not None)
    if marker is None or not _ALONE.fullmatch(text.plain[marker]):
        return bare
    return replace(
        bare,
        role="part",
        start=marker.start,
        bounds_start=start,
        names=(text[marker],),
        is_numbered=True,
        is_marker_alone=True,
    )


def _bounded(scope: FigureScope, words: str) -> FigureScope:
    """Return a scope with the bounds that words give it, beside its own."""
    return replace(
        scope,
        is_lower_bound=scope.is_lower_bound or bool(re.search(LOW, words)),
        is_upper_bound=scope.is_upper_bound or bool(re.search(rf"{HIGH}|限", words)),
        is_approximate=scope.is_approximate or bool(re.search(ABOUT, words)),
    )


def _split_marker(plain: str, before: slice, due: int) -> tuple[slice | None, int]:
    """Return the marker at the start of a stretch, if its number is due, and the offset of the words behind it."""
    match = _MARKER.match(plain, before.start, before.stop)
    if match is None or parse_ordinal(match["marker"].strip("（）、.")) != due:
        return None, before.start
    rest = plain[match.end() : before.stop].strip(EDGES)
    if not rest and not _ALONE.fullmatch(match["marker"]):
        return None, before.start  # 7、8个项目: the 7 is no marker
    return slice(*match.span("marker")), match.end()


def _split_lead(plain: str, words: slice, *, first: bool) -> tuple[int, bool]:
    """Return the offset of a subject behind 其中, 含, 和, 支持 and punctuation, and True if it is inside of a total."""
    start, inside = int(words.start), False
    is_call = first and len(_YEAR.findall(plain)) < 2
    while True:
        rest = plain[start : words.stop]
        edges = len(rest) - len(rest.lstrip(EDGES))
        within = INSIDE.match(rest, edges)
        inside = inside or bool(within) or "（" in rest[:edges]
        match = within or _LEAD.match(rest, edges) or (_CALL if is_call else _JOINT).match(rest, edges)
        if match is None:
            return start + edges, inside and not first
        start += match.end()


def _without_bounds(plain: str, words: slice) -> int:
    """Return the offset of the words that only bound a figure (原则上不超过)."""
    core = plain[words]
    while match := _BEFORE.search(core, max(0, len(core) - 24)):
        if len(core) == words.stop - words.start and match[0] in OWN_NAMES:
            break
        core = core[: match.start()]
    if core.endswith("）") and core.count("（") < core.count("）"):
        core = core[:-1]
    return int(words.start) + len(core)


def _subject_scope(bare: FigureScope, subject: Text, figure: str, rules: ScopeRules) -> FigureScope | Unread:
    """Return the scope of a figure with a subject: a share, else a name, else the first refusal."""
    share = _share_scope(bare, subject, figure, rules)
    if isinstance(share, FigureScope):
        return share
    named = _name_scope(bare, subject, figure, rules)
    return share if share is not None and isinstance(named, Unread) else named


def _share_scope(bare: FigureScope, subject: Text, figure: str, rules: ScopeRules) -> FigureScope | Unread | None:
    """Return the scope of a figure with 每个, 单个 or 各; None for any other subject.

    1. 3个领域各: each of what is counted
    2. 方向1、方向2各: a part of each name
    3. 各: each of what the fields name
    4. 每个领域, 联合实验室每个, 单个项目: each of a unit
    """
    plain = subject.plain
    if over := _OVER.fullmatch(plain):
        role = rules.share_role("", over["unit"], mean=bare.is_mean)
        return replace(bare, role=role, unit=over["unit"]) if role else Unread("share-unclear", subject)
    if plain.endswith("各"):
        names = _listed_names(subject[:-1].strip(EDGES))
        if not names:
            start = bare.start + len(subject) - 1
            return replace(bare, role="each", start=start, bounds_start=start)
        for name in names:
            role = rules.name_role(name.plain, figure, inside=bare.is_inside)
            if role != "part" or not is_name(name.plain):
                return Unread("name-unclear", name.strip(EDGES) or subject)
        return replace(bare, role="part" if len(names) > 1 else "share", names=tuple(names))
    match = _PER.fullmatch(re.sub("平均|（[^（）]*）| |的$", "", plain))
    if match is None:
        return None
    end = _without_bounds(match["of"], slice(0, len(match["of"])))
    kind, bare = match["of"][:end].strip(EDGES), _bounded(bare, match["of"][end:])  # 不超过每项100万元
    item = match["item"] or match["lone"]
    unit = (PROJECT if item or not match["unit"] else "") + match["unit"]
    if kind and rules.share_role("", kind, mean=bare.is_mean) == "per" and not item and not match["unit"]:
        kind, unit = "", kind  # 联合实验室每个 is 每个联合实验室
    role = rules.share_role(kind, unit, mean=bare.is_mean)
    known = (not kind or is_name(kind)) and (role == "per" or unit == PROJECT or not _NO_NAME.search(unit))
    role = role if known else None
    return replace(bare, role=role, unit=unit) if role else Unread("share-unclear", subject)


def _listed_names(subject: Text) -> list[Text]:
    """Return the names in 方向1、方向2和方向3; a 和 before the last 、 belongs to a name."""
    if not subject:
        return []
    *names, last = brackets.split(subject, "、")
    return [*names, *last.split("以及|和|及|与")]


def _name_scope(bare: FigureScope, subject: Text, figure: str, rules: ScopeRules) -> FigureScope | Unread:
    """Return the scope of a figure behind a name: a part, or apart from the total."""
    role, name = rules.name_role(subject.plain, figure, inside=bare.is_inside), subject.strip()
    if role is None:
        return Unread("owner-unclear", name)
    if role != "part":
        return replace(bare, role=role)
    is_of_a_kind = rules.kinds is not None and rules.kinds.search(name.plain) is not None
    named = replace(bare, role=role, names=(name,), is_of_a_kind=is_of_a_kind)
    return named if is_name(name.plain) else Unread("name-unclear", name)


def is_name(plain: str) -> bool:
    """Return True if words can be the name of a part.

    A name has no bound, no 每个, no second clause, and no figure but its own (工业4.0).

    >>> is_name("联合实验室"), is_name("工业4.0研究"), is_name("不超过"), is_name("项目")
    (True, True, False, False)
    """
    outside = re.sub(r"（[^（）]*）|“[^“”]*”", "", plain)
    figures = _NUMBERED.sub("", outside)
    if len(plain) < 2 or plain.count("（") != plain.count("）") or plain in NO_NAME_ALONE or BLANK * 2 in plain:
        return False
    return not _NO_NAME.search(outside) and not _COUNTED.search(figures)
