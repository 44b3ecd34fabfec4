"""The grammar of counts and money: bounds, ranges, 每个…, 各…, totals with 其中, named parts.

A text is a sequence of figures with words between them (联合研究项目，不超过 6个项目). The words before a figure give
its scope; asides about other things are masked first. If any word is left over, the whole text is unread.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from extract.model.stages import Unread
from extract.model.text import Text
from extract.normalise.quantities.scope import EDGES, FigureScope, Role, ScopeRules, parse_scope
from extract.normalise.quantities.totals import Figure, FigureTotals, combine_figures
from extract.normalise.quantities.words import PROJECT

_TAIL = re.compile(r"(?:项目(?:数量|总数|数)?|的)*")
_END = r"(?=[ ，。；（）\n\u2028]|$)"


class Aside(Struct, frozen=True):
    """Words beside a figure that state none of its kind; `field`: the field that they belong to, if any."""

    pattern: re.Pattern[str]
    field: str | None = None


# Asides of any figure: duration of projects, reservations, terms of payment.
_ASIDES = (
    Aside(
        re.compile(
            r"[，；]?(?:每个|每|各|单个)?项?目?的?(?:项目)?"
            r"(?:执行期限?|执行周期|实施周期|实施期限?|研究周期|研究期限?|执行年限|实施年限|支持年限|支持期限|项目周期)"
            rf"[^，。；（）]{{0,24}}?(?:年半?|个月|月|日)(?:左右|以内|以上|不等)?{_END}"
        ),
        field="duration",
    ),
    Aside(
        re.compile(
            r"[，；。]?(?:具体|最终|实际)?(?:经费|金额|数额|额度|项目数量?|数量)?"
            rf"[以由据视][^，。；（）\d每各]*(?:为准|确定|而定|商定){_END}"
        ),
    ),
    Aside(
        re.compile(rf"[，（]分 *[\d一二两三四五]+ *(?:个?年度?|期|批|次)(?:拨付|支持|资助|下达|安排|执行){_END}"),
    ),
)


class Amount(Struct, frozen=True):
    """The ends of a figure, in projects or in a currency."""

    low: Decimal
    high: Decimal
    unit: str


class Grammar(Struct, frozen=True):
    """The form of a kind of figure, and the rules for its scope.

    `figure` may have the groups `after` (左右), `slash` (/领域), `named` (个〔联合实验室〕) and `thing` (个〔课题〕).
    `amount` parses its numerals; None if they are no amount.
    """

    figure: re.Pattern[str]
    amount: Callable[[re.Match[str]], Amount | None]
    rules: ScopeRules
    asides: Sequence[Aside]


def parse_quantities(text: Text, grammar: Grammar, topics: Sequence[str]) -> FigureTotals | Unread:
    """Parse and combine the figures of a text; `topics`: the names over which 各1个 spreads."""
    figures = find_figures(text, grammar)
    return figures if isinstance(figures, Unread) else combine_figures(text, figures, topics)


def find_figures(text: Text, grammar: Grammar) -> list[Figure] | Unread:
    """Return the figures of a text with their scopes; refused if a word is left over."""
    masked = text.masked([aside.pattern for aside in (*grammar.asides, *_ASIDES)])
    figures: list[Figure] = []
    end, due = 0, 1
    for match in grammar.figure.finditer(masked.plain):
        figure = _figure(masked, match, slice(end, match.start()), grammar, first=not figures, due=due)
        if isinstance(figure, Unread):
            return figure
        figures.append(figure)
        end, due = match.end(), due + figure.scope.is_numbered
    if not figures:
        return Unread("no-figure", text.strip(EDGES) or text)
    rest = masked[end:].strip(EDGES)
    return figures if _TAIL.fullmatch(rest.plain) else Unread("words-unknown", rest)


def parse_elsewhere(text: Text, grammar: Grammar) -> list[tuple[str, Text]]:
    """Return the asides that belong to another field, with the field: duration, 执行期3年."""
    return [
        (aside.field, text[slice(*match.span())].strip(EDGES))
        for aside in (*grammar.asides, *_ASIDES)
        if aside.field
        for match in aside.pattern.finditer(text.plain)
    ]


def _figure(
    text: Text, match: re.Match[str], before: slice, grammar: Grammar, *, first: bool, due: int
) -> Figure | Unread:
    """Build the figure of a match from the words before it and behind it."""
    amount = grammar.amount(match)
    if amount is None:
        return Unread("no-number", text[slice(*match.span())].strip(EDGES))
    scope = parse_scope(text, before, match[0], grammar.rules, first=first, due=due)
    if isinstance(scope, Unread):
        return scope
    words = text[scope.start : match.end()].strip(EDGES)
    after = match["after"]
    is_lower = scope.is_lower_bound or "以上" in after
    is_upper = scope.is_upper_bound or bool(re.search("以内|之内|以下", after))
    if (is_lower and is_upper) or ((is_lower or is_upper) and amount.low != amount.high) or amount.low > amount.high:
        return Unread("bounds-contradict", words)
    role, names, per = _role_with_suffix(text, match, scope, grammar.rules)
    if role is None:
        return Unread("share-unclear", words)
    return Figure(
        low=None if is_upper else amount.low,
        high=None if is_lower else amount.high,
        unit=amount.unit,
        named_span=slice(scope.start, match.end()),
        span=slice(scope.bounds_start, match.end()),
        scope=scope,
        role=role,
        names=names,
        per=per,
        is_approximate=scope.is_approximate or bool(re.search("左右|上下", after)),
        starts_sentence=first or bool(re.search("[。；\n]", text.plain[before])),
    )


def _role_with_suffix(
    text: Text, match: re.Match[str], scope: FigureScope, rules: ScopeRules
) -> tuple[Role | None, tuple[Text, ...], str | None]:
    """Return role, names and unit of a figure, given the words behind it; no role if unclear.

    1. 2个〔国家〕: no projects
    2. 500万元〔/项〕: a share
    3. 平均2个: a mean is a share of nothing
    4. 2个〔联合实验室〕: a part
    5. nothing behind it: the scope's own
    """
    groups = match.groupdict()
    if groups.get("thing"):
        return ("apart" if scope.role in ("total", "part", "apart") else None), (), None
    if groups.get("slash"):
        if scope.role not in ("total", "part"):
            return None, (), None
        unit = PROJECT if groups["slash"][0] in "个项" else groups["slash"]
        kind = "".join(name.plain for name in scope.names)
        return rules.share_role(kind, unit, mean=scope.is_mean), (), unit
    if scope.role == "total" and scope.is_mean:
        return None, (), None
    if groups.get("named") and scope.role == "total":
        return "part", (text[slice(*match.span("named"))],), None
    return scope.role, scope.names, scope.unit


def extend_over_tail(text: Text, match: re.Match[str], tail: re.Pattern[str]) -> Text:
    """Extend a profile's match over its continuation (2年〔至3年〕)."""
    more = tail.match(text.plain, match.end("value"))
    return text[match.start("value") : more.end() if more else match.end("value")]
