"""Bounds in percent beside or instead of a sum: 且不超过总预算的30%, 按研发投入的20%给予补助.

A clause with % or a ratio (1:1) is blanked before sums are read. If it states what part of a cost is paid, it is the
share; if it is about others' money, costs of a kind or instalments, it is told; any other clause is refused.
"""

import re

from msgspec import Struct

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Unread
from extract.model.text import Text
from extract.model.values import Share
from extract.normalise.quantities.words import HIGH, LOW, SIDE

_NUMBER = r"\d+(?:\.\d+)?"
_FIGURE = re.compile(rf"{_NUMBER} *%|{_NUMBER} *： *{_NUMBER}")
_CLAUSE_END = re.compile(r"[，。；（）、\n\u2028]|(?=(?<!并)且|并且)")
_OWN = "自筹|配套|匹配"
_WHOLE = (
    rf"(?:(?!{HIGH}|{LOW}|{_OWN}|其中|[直间]接)[\u4e00-\u9fff“”]){{0,14}}?"
    "(?:投资|预算|经费|投入|费用?|成本|造价|支出|合同|销售|总|金)额?"
)
_GRANT = "(?:财政|资助|支持|补助|补贴|奖补|奖励|最高|拟|申请)*(?:资金|经费|金额|额度|总额|强度|标准)*的?"
_RATIO = "(?:比例|占比|份额)"
_BY = "按照?|以|占|给予"
_SHARE = re.compile(
    rf"(?:并?且|同时|但|原则上|一般|最高)*(?:{_GRANT}(?!的?\d){_RATIO}?|{_GRANT}{_RATIO}为?)?(?P<by>{_BY})?(?P<bound>{HIGH}|{LOW})?"
    rf"(?:(?P<of>{_WHOLE})的?)?(?:{_RATIO}为?)?(?P<bound_behind>{HIGH}|{LOW})?"
    rf"(?:(?P<low>{_NUMBER}) *%? *(?:-+|~|至|到) *)?(?P<high>{_NUMBER}) *%(?P<after>以内|之内|以下|以上)?"
    r"(?:的?(?:比例|标准)?(?:进行|予以|给予)?的?(?:一次性|后)?(?:资金|经费|财政)?(?:资助|支持|补助|补贴|奖补|奖励)?)"
)
# Others' money, costs of a kind, and when it is paid.
_UNHELD = re.compile(
    rf"{_OWN}|企业|单位|地方|政府|{SIDE}|拨付|预拨|首付|首期|尾款|支付|验收|结题|中期|(?:^|其中)[^，。；]*?费用?(?:比例)?(?:{HIGH}|{LOW}|占|为)"
)


class Percentages(Struct, frozen=True):
    """The text without its clauses in percent, the share that they state, and the clauses without a place."""

    rest: Text
    share: Share | None = None
    unheld: tuple[Text, ...] = ()

    @property
    def findings(self) -> tuple[FindingDraft, ...]:
        """One for each clause without a place."""
        return tuple(finding("figure-unheld", words, variant="beside", words=words.printed) for words in self.unheld)


def parse_percentages(text: Text) -> Percentages | Unread:
    """Parse the clauses with a percentage or a ratio; refused if one is not understood, or two state a share."""
    shares: list[Share] = []
    unheld: list[Text] = []
    spans = _clauses(text.plain)
    for span in spans:
        clause = text[span].strip()
        match = _SHARE.fullmatch(clause.plain.replace(" ", ""))
        if match and "%" in match[0]:
            shares.append(_share(match, clause))
        elif _UNHELD.search(clause.plain):
            unheld.append(clause)
        else:
            return Unread("words-unknown", clause)
    if len(shares) > 1:
        return Unread("several-values", text[spans[0].start : spans[-1].stop])
    return Percentages(text.blanked(spans), next(iter(shares), None), tuple(unheld))


def _clauses(plain: str) -> list[slice]:
    """Return the clauses with a percentage or a ratio, each once."""
    ends = [match.span() for match in _CLAUSE_END.finditer(plain)]
    starts = {
        max((end for _, end in ends if end <= match.start()), default=0): match for match in _FIGURE.finditer(plain)
    }
    return [
        slice(start, min((begin for begin, _ in ends if begin >= match.end()), default=len(plain)))
        for start, match in starts.items()
    ]


def _share(match: re.Match[str], clause: Text) -> Share:
    bound = f"{match['bound'] or ''}{match['bound_behind'] or ''}{match['after'] or ''}"
    is_upper = bool(re.search(rf"{HIGH}|以内|之内|以下", bound))
    is_lower = bool(re.search(rf"{LOW}|以上", bound))
    high = float(match["high"])
    low = float(match["low"] or high)
    return Share(
        min=None if is_upper else low,
        max=None if is_lower else high,
        of=match["of"],
        evidence=cite(clause),
    )
