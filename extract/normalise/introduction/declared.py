"""What the introduction declares for this round: partners, directions, projects, money, duration.

A profile's patterns say which words state a value, its `figures` which words look as if they did. A figure of this
round that no pattern takes, or whose words are not understood, is reported: none is passed over.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from extract.language.numerals import NUMERAL, parse_numeral
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import Declared, DeclaredCount, DeclaredProjects
from extract.model.text import Text
from extract.model.values import Duration, Money
from extract.normalise import duration
from extract.normalise.introduction.rounds import Clause, FundingRound, Sentence
from extract.normalise.quantities import count, money
from extract.normalise.quantities.grammar import extend_over_tail
from extract.normalise.quantities.scope import HIGH, LOW
from extract.profile.schema import Profile

V = TypeVar("V", DeclaredCount, DeclaredProjects, Money, Duration)
_EACH = re.compile("每|单[个项]|各(?!类|种)")
_PART = re.compile("其中|其余|另[有设]|含|包括")
_TOTAL = re.compile("总|合计|共(?![同享识建赢商性])")
_EXPECTED = "预计"
_OURS = re.compile(
    "支持|资助|安排|国拨|中央财政|本(?:专项|批|指南|年度?)"
)  # 总投入100亿欧元 alone is a foreign programme's
_QUOTED = re.compile("“[^“”]*”")  # “拟支持项目数为1～2项”是指… speaks of words, and states nothing
_SUMS = ("projects", "funding")  # what can be said of each project, or of a part
_COUNTS = re.compile(rf"(?P<number>{NUMERAL}) *(?:[个项]|(?=国))")
# About so many: what holds `approximate` can say it, a count of partners or directions cannot.
_NEARLY = re.compile("^(?:将近|接近|近)|[余多](?=[个项年元亿万]|$)")
_BOUNDED = re.compile(rf"(?:{HIGH}|{LOW}|约|近|逾|超过?|数|上|几|第|大约)$")
_INEXACT = re.compile(
    "[^，。；]{0,2}?(?:左右|上下|以上|以下|以内|之内)"
    rf"|(?:[和与及、]|以及)(?! *{NUMERAL} *[个项])"  # 5个国家及欧盟
)
# What goes on from a figure and was not read with it: 60项或80项, 3年，最长不超过5年, 2年，可延长1年.
_GOES_ON = re.compile(
    rf" *(?:或|/ *\d|[，、（] *(?:且|但|最长|最短|{HIGH}|{LOW}|不得?能[少低]于|不得[少低]于|约|可"
    r"|一般|原则上|特殊|个别|适当)+ *"
    rf"(?:延长|{NUMERAL} *(?:年|个月|项|个|[亿万]?元)))"
)


class _Candidate(Struct, Generic[V], frozen=True):
    """What a figure says, None where it is not read; one of a lower rank goes before the others."""

    words: Text
    value: V | None
    rank: int


class _DeclaredFigure(Struct, Generic[V], frozen=True):
    """One of the declared facts: the words that state it, how they are read, and what looks like it."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    read: Callable[[Text, re.Match[str]], V | None]
    figures: re.Pattern[str]
    limits: re.Pattern[str]


def parse_declared(sentences: Sequence[Sentence], profile: Profile, findings: list[FindingDraft]) -> Declared:
    """What this round declares; null where the introduction does not say it, or says it twice, differently."""
    words = profile.introduction

    def one(name: str, read_one: Callable[[Text, re.Match[str]], V | None]) -> V | None:
        figures = getattr(words.figures, name)
        return _only(_DeclaredFigure(name, getattr(words, name), read_one, figures, words.limits), sentences, findings)

    return Declared(
        partners=one("partners", _count),
        directions=one("directions", _count),
        projects=one("projects", _whole(_projects, count.TAIL)),
        funding=one("funding", _whole(_money, money.TAIL)),
        duration=one("duration", _whole(duration.parse_duration, duration.TAIL)),
    )


def _whole(read_one: Callable[[Text], V | None], tail: re.Pattern[str]) -> Callable[[Text, re.Match[str]], V | None]:
    """A reader of what a pattern took for a value, with what belongs to it; none where more of it goes on behind."""

    def read_whole(sentence: Text, match: re.Match[str]) -> V | None:
        words = extend_over_tail(sentence, match, tail)
        if _GOES_ON.match(sentence.plain, match.start("value") + len(words)):
            return None
        exact = words.without(_NEARLY)
        value = read_one(exact)
        if value is None or (len(exact) == len(words) and not match[0].startswith(_EXPECTED)):
            return value
        return (
            None
            if isinstance(value, Duration)
            else msgspec.structs.replace(value, approximate=True, evidence=cite(words))
        )

    return read_whole


def _only(kind: _DeclaredFigure[V], sentences: Sequence[Sentence], findings: list[FindingDraft]) -> V | None:
    """The one value that the sentences state; none where they state several or none is understood: it is reported."""
    stated = [one for sentence in sentences for one in _statements(kind, sentence)]
    best = min((one.rank for one in stated), default=0)
    first = [one for one in stated if one.rank == best]
    unread = [one.words for one in first if one.value is None]
    found = {msgspec.json.encode(_bare(one.value)): one for one in first if one.value is not None}
    if unread:
        findings.append(_finding("declared-unread", kind.name, unread))
    if len(found) > 1:
        findings.append(_finding("declared-ambiguous", kind.name, [one.words for one in found.values()]))
        return None
    return next((one.value for one in found.values()), None)


def _finding(code: str, name: str, statements: Sequence[Text]) -> FindingDraft:
    shown = [str(words) for words in statements]
    return finding(code, *statements, field=f"declared.{name}", name=name, statements=shown)


def _statements(kind: _DeclaredFigure[V], sentence: Sentence) -> Iterator[_Candidate[V]]:
    """What is said of this kind in a sentence, in its order; not of another round, of applicants, of each or a part.

    A figure that is called the total (总, 共) goes before the others, and so does one in a clause with a date of this
    round. What stands behind each project's or behind a part and is no total is unread: whose it is, is not said.
    """
    shared = False
    for rank, match in _matches(kind, sentence.text):
        place = match.start("value")
        clause = sentence.at(place)
        if clause.round is FundingRound.OTHER or kind.limits.search(clause.text.plain):
            continue
        foreign = kind.name == "funding" and money.FOREIGN.search(match["value"])
        if foreign and not clause.own and not _OURS.search(clause.text.plain):
            continue
        share = _share(kind, sentence, clause, match)
        shared |= share == "part"
        if share in ("part", "each"):
            continue
        read = rank is not None and clause.round is not FundingRound.UNSURE
        read &= clause.round is not FundingRound.LOOSE or kind.name == "duration"
        if kind.name in _SUMS:
            read &= share == "total" or not (shared or _each_before(sentence, clause))
            rank = (share != "total") + (not clause.own)  # 本专项总概算50亿元，2019年拟安排5亿元
        value = kind.read(sentence.text, match) if read else None
        yield _Candidate(sentence.text[slice(*match.span("value"))], value, rank or 0)


def _share(kind: _DeclaredFigure[V], sentence: Sentence, clause: Clause, match: re.Match[str]) -> str | None:
    """What a figure is called: the total, each one's, a part of it, or none of these."""
    before = clause.text.plain[: match.start("value") - clause.start]
    total = max((one.end() for one in _TOTAL.finditer(before)), default=0)
    if kind.name in _SUMS and (_EACH.search(before, total) or _EACH.match(match["value"])):
        return "each"
    if _PART.search(before) or _PART.fullmatch(_before(sentence, clause)):
        return "part"
    return "total" if total else None


def _matches(kind: _DeclaredFigure[V], text: Text) -> list[tuple[int | None, re.Match[str]]]:
    """What the patterns take for a value, the widest where several do, with its rank; and figures that none takes.

    Of patterns for directions, the earlier ones go before the later: 指南方向 before 任务.
    """
    found: list[tuple[int | None, re.Match[str]]] = []
    taken: list[range] = [range(*quote.span()) for quote in _QUOTED.finditer(text.plain)]
    every: list[tuple[int | None, re.Match[str]]] = [
        (rank if kind.name == "directions" else 0, match)
        for rank, pattern in enumerate(kind.patterns)
        for match in pattern.finditer(text.plain)
    ]
    every.sort(key=lambda one: one[1].start("value") - one[1].end("value"))
    every += [(None, match) for match in kind.figures.finditer(text.plain)]
    for rank, match in every:
        place = range(*match.span("value"))
        if place and not any(place.start < other.stop and other.start < place.stop for other in taken):
            found.append((rank, match))
            taken.append(place)
    return sorted(found, key=lambda one: one[1].start("value"))


def _before(sentence: Sentence, clause: Clause) -> str:
    """The words of the clause before this one: 其中，…."""
    place = sentence.clauses.index(clause)
    return sentence.clauses[place - 1].text.plain if place else ""


def _each_before(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause before speaks of each: 每个方向拟支持1～2项，经费不超过500万元."""
    return any(_EACH.search(one.text.plain) for one in sentence.clauses if one.start < clause.start)


def _bare(value: Any) -> Any:
    """A value without its evidence, to tell whether two say the same."""
    return {key: item for key, item in msgspec.to_builtins(value).items() if key != "evidence"}


def _count(sentence: Text, match: re.Match[str]) -> DeclaredCount | None:
    """A count that stands exact: 近20个国家 and 20个以上国家 are none."""
    before, after = sentence.plain[: match.start("value")], sentence.plain[match.end("value") :]
    if _BOUNDED.search(before) or _INEXACT.match(after):
        return None
    return parse_declared_count(sentence, match)


def parse_declared_count(text: Text, match: re.Match[str]) -> DeclaredCount | None:
    """The number in what a pattern took, or the sum of several: 12个国家和2个国际组织."""
    start = match.start("value")
    places = list(_COUNTS.finditer(match["value"]))
    numbers = [parse_numeral(place["number"]) for place in places]
    if not numbers or None in numbers:
        return None
    words = [text[start + place.start("number") : start + place.end("number")] for place in places]
    return DeclaredCount(count=sum(int(number) for number in numbers if number is not None), evidence=cite(*words))


def _projects(words: Text) -> DeclaredProjects | None:
    value = count.parse_count(words)
    if value is None or (value.min is None and value.max is None):
        return None
    return DeclaredProjects(min=value.min, max=value.max, approximate=value.approximate, evidence=value.evidence)


def _money(words: Text) -> Money | None:
    """A total in yuan: the programme's money is in no other currency."""
    value = money.parse_money(words)
    return value if value is not None and value.currency == "CNY" and (value.min or value.max) else None
