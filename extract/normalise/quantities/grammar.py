"""The grammar of counts and money: bounds, ranges, 每个…, 各…, totals with 其中, named parts.

A text is a sequence of figures with words between them (联合研究项目，不超过 6个项目). The words before a figure give
its scope; asides about other things are masked first. If any word is left over, the whole text is unread.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from extract.language.numerals import NUMERAL
from extract.model.stages import Unread
from extract.model.text import Text
from extract.normalise.quantities.payers import Qualifiers
from extract.normalise.quantities.roles import Figure
from extract.normalise.quantities.scope import EDGES, FigureScope, Role, ScopeRules, parse_scope
from extract.normalise.quantities.totals import FigureTotals, combine_figures
from extract.normalise.quantities.words import PROJECT

_TAIL = re.compile(r"(?:项目(?:数量|总数|数)?|的)*")
_END = r"(?=[ ，。；（）\n\u2028]|$)"


class Aside(Struct, frozen=True):
    """Words beside a figure that state none of its kind.

    `field`: the field that they belong to, if any; `is_unheld`: they say something for which there is no place.
    """

    pattern: re.Pattern[str]
    field: str | None = None
    is_unheld: bool = False


# Asides of any figure: duration of projects, reservations, terms of payment.
_ASIDES = (
    Aside(
        re.compile(
            r"[，；]?(?:每个|每|各|单个)?项?目?的?(?:项目)?"
            r"(?:执行期限?|执行周期|实施周期|实施期限?|研究周期|研究期限?|执行年限|实施年限|支持年限|支持期限|项目周期|资助期限)"
            rf"[^，。；（）]{{0,24}}?(?:年半?|个月|月|日)(?:左右|以内|以上|不等)?{_END}"
        ),
        field="duration",
    ),
    Aside(
        re.compile(rf"[，；](?:最[长多]|连续|一次性?)*(?:支持|资助|为期) *{NUMERAL} *(?:年|个月){_END}"),
        field="duration",
    ),
    Aside(
        re.compile(
            r"[，；。]?(?:具体|最终|实际)?(?:支持|资助)?(?:经费|金额|数额|额度|项目数量?|数量)?"
            rf"[以由据视][^，。；（）\d每各]*(?:为准|确定|而定|商定){_END}"
        ),
    ),
    Aside(
        re.compile(
            rf"[，（](?:资金|经费)?分 *[\d一二两三四五]+ *(?:个?年度?|期|批|次)(?:拨付|支持|资助|下达|安排|执行){_END}"
        ),
    ),
)


class Amount(Struct, frozen=True):
    """The ends of a figure, in projects or in a currency."""

    low: Decimal
    high: Decimal
    unit: str | None  # None for a currency of several countries: 卢比


class Grammar(Struct, frozen=True):
    """The form of a kind of figure, and the rules for its scope.

    `figure` may have the groups `after` (左右), `slash` (/领域), `named` (个〔联合实验室〕) and `thing` (个〔课题〕).
    `amount` parses its numerals; None if they are no amount. `qualifiers` finds who pays.
    """

    figure: re.Pattern[str]
    amount: Callable[[re.Match[str]], Amount | None]
    rules: ScopeRules
    asides: Sequence[Aside]
    qualifiers: Callable[[Text, slice, Amount], Qualifiers] = lambda text, before, amount: Qualifiers()


def parse_quantities(text: Text, grammar: Grammar, topics: Sequence[str]) -> FigureTotals | Unread:
    """Parse and combine the figures of a text; `topics`: the names over which 各1个 spreads."""
    asides = (*grammar.asides, *_ASIDES)
    figures = find_figures(text.masked([aside.pattern for aside in asides]), grammar)
    totals = figures if isinstance(figures, Unread) else combine_figures(text, figures, topics)
    if isinstance(totals, Unread):
        return totals
    unheld = [words for aside in asides if aside.is_unheld for words in _matches(text, aside)]
    return replace(totals, unheld=(*totals.unheld, *unheld))


def find_figures(text: Text, grammar: Grammar) -> list[Figure] | Unread:
    """Return the figures of a text, asides masked, with their scopes; refused if a word is left over."""
    figures: list[Figure] = []
    end, due = 0, 1
    for match in grammar.figure.finditer(text.plain):
        figure = _figure(
            text, match, slice(end, match.start()), grammar, last=figures[-1].scope if figures else None, due=due
        )
        if isinstance(figure, Unread):
            return figure
        figures.append(figure)
        end, due = match.end(), due + figure.scope.is_numbered
    if not figures:
        return Unread("no-figure", text.strip(EDGES) or text)
    rest = text[end:].strip(EDGES)
    return figures if _TAIL.fullmatch(rest.plain) else Unread("words-unknown", rest)


def count_figures(text: Text, grammar: Grammar) -> int:
    """Return the number of figures of a text, asides masked, whether or not they are understood."""
    masked = text.masked([aside.pattern for aside in (*grammar.asides, *_ASIDES)])
    return sum(1 for _ in grammar.figure.finditer(masked.plain))


def parse_elsewhere(text: Text, grammar: Grammar) -> list[tuple[str, Text]]:
    """Return the asides that belong to another field, with the field: duration, 执行期3年."""
    return [
        (aside.field, words) for aside in (*grammar.asides, *_ASIDES) if aside.field for words in _matches(text, aside)
    ]


def _matches(text: Text, aside: Aside) -> Iterator[Text]:
    for match in aside.pattern.finditer(text.plain):
        yield text[slice(*match.span())].strip(EDGES)


def _figure(
    text: Text, match: re.Match[str], before: slice, grammar: Grammar, *, last: FigureScope | None, due: int
) -> Figure | Unread:
    """Build the figure of a match from the words before it and behind it."""
    amount = grammar.amount(match)
    if amount is None:
        return Unread("no-number", text[slice(*match.span())].strip(EDGES))
    qualifiers = grammar.qualifiers(text, before, amount)
    text = text.blanked(qualifiers.spans)
    scope = parse_scope(text, before, match[0], grammar.rules, last=last, due=due)
    if isinstance(scope, Unread):
        return scope
    if scope.is_marker_alone and qualifiers.payer:
        scope = replace(scope, role="total", names=())  # （1）中方300万元；（2）日方6000万日元
    start = qualifiers.begin(scope.start)
    words = text[start : match.end()].strip(EDGES)
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
        named_span=slice(start, match.end()),
        span=slice(qualifiers.begin(scope.bounds_start), match.end()),
        scope=scope,
        role=role,
        names=names,
        per=per,
        is_approximate=scope.is_approximate or bool(re.search("左右|上下", after)),
        between=text.plain[before] if last else "。",
        qualifiers=qualifiers,
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
    if slash := groups.get("slash"):
        if scope.role not in ("total", "part"):
            return None, (), None
        unit = PROJECT if slash in ("个", "项", PROJECT) else slash
        kind = "".join(name.plain for name in scope.names)
        if slash == "个" and rules.share_role("", kind, mean=scope.is_mean) == "per":
            return "per", (), kind  # 联合实验室500万元/个
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
