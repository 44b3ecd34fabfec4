"""The grammar that counts and money share: bounds, ranges, 每个…, 各…, totals with 其中, parts by name.

A text is read as a row of mentions (联合研究项目，不超过 6个项目). What each is said of is told by the words before it;
asides that say something else are known by patterns. Every word has to be part of one of these; else nothing is
read at all.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from extract.model.text import Text
from extract.normalise.quantities import scope
from extract.normalise.quantities.scope import BLANK, EDGES, PROJECT, FigureScope, Role, ScopeRules
from extract.normalise.quantities.totals import Figure, FigureTotals, combine_figures

LIMITS = "左右|上下|以内|之内|以下|以上"
_TAIL = re.compile(r"(?:项目(?:数量|总数|数)?|的)*")
_END = r"(?=[ ，。；（）\n\u2028]|$)"
# Other things that are said beside any figure: how long a project runs, what decides in the end, when it is paid.
_ASIDES: tuple[tuple[str | None, re.Pattern[str]], ...] = (
    (
        "duration",
        re.compile(
            r"[，；]?(?:每个|每|各|单个)?项?目?的?(?:项目)?"
            r"(?:执行期限?|执行周期|实施周期|实施期限?|研究周期|研究期限?|执行年限|实施年限|支持年限|支持期限|项目周期)"
            rf"[^，。；（）]{{0,24}}?(?:年半?|个月|月|日)(?:左右|以内|以上|不等)?{_END}"
        ),
    ),
    (
        None,
        re.compile(
            r"[，；。]?(?:具体|最终|实际)?(?:经费|金额|数额|额度|项目数量?|数量)?"
            rf"[以由据视][^，。；（）\d每各]*(?:为准|确定|而定|商定){_END}"
        ),
    ),
    (
        None,
        re.compile(rf"[，（]分 *[\d一二两三四五]+ *(?:个?年度?|期|批|次)(?:拨付|支持|资助|下达|安排|执行){_END}"),
    ),
)

Bounds = Callable[[re.Match[str]], tuple[Decimal | None, Decimal | None, str] | None]


class Grammar(Struct, frozen=True):
    """What a kind of figure looks like.

    `figure` may have the groups `after` (左右), `slash` (/领域), `named` (个〔联合实验室〕) and `thing` (个〔课题〕).
    """

    figure: re.Pattern[str]
    bounds: Bounds
    rules: ScopeRules
    asides: Sequence[tuple[str | None, re.Pattern[str]]]  # the field that an aside belongs to, if any


def parse_quantities(text: Text, grammar: Grammar, topics: Sequence[str]) -> FigureTotals | None:
    """The quantities of a text, or None where any of its words is not understood."""
    bare = _without_asides(text, grammar)
    found: list[Figure] = []
    end, due = 0, 1
    for match in grammar.figure.finditer(bare.plain):
        one = _mention(bare, match, slice(end, match.start()), grammar, first=not found, due=due)
        if one is None:
            return None
        found.append(one)
        end, due = match.end(), due + one.of.marked
    if not found or _TAIL.fullmatch(bare.plain[end:].strip(EDGES)) is None:
        return None
    return combine_figures(text, found, topics)


def parse_elsewhere(text: Text, grammar: Grammar) -> list[tuple[str, Text]]:
    """The asides of a text that belong to another field, with that field: duration, 执行期3年."""
    asides = [(field, pattern) for field, pattern in (*grammar.asides, *_ASIDES) if field]
    return [
        (field, text[slice(*match.span())].strip(EDGES))
        for field, pattern in asides
        for match in pattern.finditer(text.plain)
    ]


def _without_asides(text: Text, grammar: Grammar) -> Text:
    """The words with spaces in place of asides."""
    blank = text.plain
    for _, pattern in (*grammar.asides, *_ASIDES):
        blank = pattern.sub(lambda match: BLANK * len(match[0]), blank)
    chars = "".join(BLANK if new == BLANK else old for old, new in zip(text.chars, blank, strict=True))
    return Text(chars, text.origins, text.ink)


def _mention(
    text: Text, match: re.Match[str], between: slice, grammar: Grammar, *, first: bool, due: int
) -> Figure | None:
    got, of = grammar.bounds(match), scope.parse_scope(text, between, match[0], grammar.rules, first=first, due=due)
    if got is None or of is None:
        return None
    low, high, unit = got
    after = match["after"]
    lower, upper = of.lower or "以上" in after, of.upper or bool(re.search("以内|之内|以下", after))
    if (lower and upper) or ((lower or upper) and low != high) or (low is not None and high is not None and low > high):
        return None
    role, names, per = _said_of(text, match, of, grammar)
    if role is None:
        return None
    return Figure(
        low=None if upper else low,
        high=None if lower else high,
        unit=unit,
        said=slice(of.start, match.end()),
        place=slice(of.place, match.end()),
        of=of,
        role=role,
        names=names,
        per=per,
        approximate=of.approximate or bool(re.search("左右|上下", after)),
        first=first or bool(re.search("[。；\n]", text.plain[between])),
    )


def _said_of(
    text: Text, match: re.Match[str], of: FigureScope, grammar: Grammar
) -> tuple[Role | None, tuple[Text, ...], str | None]:
    """The role of a figure, with what stands behind it: 2个〔联合实验室〕, 2个〔国家〕, 500万元〔/项〕."""
    behind = match.groupdict()
    if behind.get("thing"):
        return ("apart" if of.role in ("total", "part", "apart") else None), (), None
    if behind.get("slash"):
        if of.role not in ("total", "part"):
            return None, (), None
        unit = PROJECT if behind["slash"][0] in "个项" else behind["slash"]
        return grammar.rules.share("".join(name.plain for name in of.names), unit, of.mean), (), unit
    if of.role == "total" and of.mean:
        return None, (), None
    if behind.get("named") and of.role == "total":
        return "part", (text[slice(*match.span("named"))],), None
    return of.role, of.names, of.unit


def extend_over_tail(text: Text, match: re.Match[str], tail: re.Pattern[str]) -> Text:
    """The words that a profile's pattern took for a value, with what follows and belongs to them (2年〔至3年〕)."""
    more = tail.match(text.plain, match.end("value"))
    return text[match.start("value") : more.end() if more else match.end("value")]
