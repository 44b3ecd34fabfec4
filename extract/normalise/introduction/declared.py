"""Parse what the introduction declares for this round: partners, directions, projects, money, duration.

Patterns of the profile match words that state a value, its `figures` all words that look like it. A figure of this
round that no pattern matches, or that is not understood, is reported.

Steps: `candidates` yields every figure with its rank; those of the best rank are parsed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate
from operator import or_
from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extract.language.numerals import NUMERAL, parse_numeral
from extract.model.evidence import cite
from extract.model.finding_catalogue import Reason
from extract.model.findings import FindingDraft, finding
from extract.model.record import Declared, DeclaredCount, DeclaredProjects
from extract.model.stages import Parsed, Unread
from extract.model.text import Text
from extract.model.values import Duration, Money
from extract.normalise import duration
from extract.normalise.introduction.rounds import Clause, FundingRound, Sentence
from extract.normalise.quantities import count, money
from extract.normalise.quantities.grammar import extend_over_tail
from extract.normalise.quantities.words import HIGH, LOW
from extract.profile.schema import Profile

V = TypeVar("V", DeclaredCount, DeclaredProjects, Money, Duration)
P = TypeVar("P")
_EACH = re.compile("每|单[个项]|各(?!类|种)")
_PART = re.compile("其中|其余|另[有设]|含|包括")
_TOTAL = re.compile("总|合计|共(?![同享识建赢商性])")
_EXPECTED = "预计"
# 总投入100亿欧元 without one of these is a foreign programme's.
_OURS = re.compile("支持|资助|安排|国拨|中央财政|本(?:专项|批|指南|年度?)")
_QUOTED = re.compile("“[^“”]*”")  # “拟支持项目数为1～2项”是指… explains words
_COUNTS = re.compile(rf"(?P<number>{NUMERAL}) *(?:[个项]|(?=国))")
# Approximate figures: only values with `approximate` can hold them, not counts of partners or directions.
_NEARLY = re.compile("^(?:将近|接近|近)|[余多](?=[个项年元亿万]|$)")
_BOUNDED = re.compile(rf"(?:{HIGH}|{LOW}|约|近|逾|超过?|数|上|几|第|大约)$")
_INEXACT = re.compile("[^，。；]{0,2}?(?:左右|上下|以上|以下|以内|之内)")
_JOINED = re.compile(rf"(?:[和与及、]|以及)(?! *{NUMERAL} *[个项])")  # 5个国家及欧盟
# Continuations of a figure outside of its match: 60项或80项, 3年，最长不超过5年, 2年，可延长1年.
_GOES_ON = re.compile(
    rf" *(?:或|/ *\d|[，、（] *(?:且|但|最长|最短|{HIGH}|{LOW}|不得?能[少低]于|不得[少低]于|约|可"
    r"|一般|原则上|特殊|个别|适当)+ *"
    rf"(?:延长|{NUMERAL} *(?:年|个月|项|个|[亿万]?元)))"
)


Scope = Literal["total", "part", "each"]


class Rank(IntEnum):
    """The certainty that a figure is that of this round; the lowest wins."""

    CERTAIN = 0  # called the total, in a clause with a date of this round; every partner, direction and duration
    LIKELY = 1  # one of these: 本专项总概算50亿元，〔2019年拟安排5亿元〕
    POSSIBLE = 2


class Candidate(Struct, frozen=True):
    """A possible declared figure; `refused`: the reason why it states no value.

    `match`: the match of a pattern in `sentence`; `pattern`: its number, if earlier patterns take precedence.
    """

    words: Text
    sentence: Text
    match: re.Match[str]
    scope: Scope | None
    rank: Rank
    pattern: int
    refused: Reason | None


class DeclaredFigure(Struct, Generic[V], frozen=True):
    """A declared fact, and the parser of its words.

    `is_sum`: a sum over projects, which may also be that of each or of a part. `ordered`: earlier patterns of the
    profile take precedence: 指南方向 before 任务. `holder`: the key of the record that holds the value.
    """

    name: str
    parse: Callable[[Text, re.Match[str]], V | Unread]
    is_sum: bool = False
    ordered: bool = False
    holder: Literal["declared", "common"] = "declared"


def parse_declared(sentences: Sequence[Sentence], profile: Profile, findings: list[FindingDraft]) -> Declared:
    """Parse the declared counts and totals of this round; null if not stated, or stated with several values."""
    return Declared(
        partners=_parse(DeclaredFigure("partners", _count), sentences, profile, findings),
        directions=_parse(DeclaredFigure("directions", _count, ordered=True), sentences, profile, findings),
        projects=_parse(DeclaredFigure("projects", _projects, is_sum=True), sentences, profile, findings),
        funding=_parse(DeclaredFigure("funding", _funding, is_sum=True), sentences, profile, findings),
    )


def parse_common_duration(
    sentences: Sequence[Sentence], profile: Profile, findings: list[FindingDraft]
) -> Duration | None:
    """Parse the duration of all projects of this round; None if not stated, or stated with several values."""
    return _parse(DeclaredFigure("duration", _duration, holder="common"), sentences, profile, findings)


def _parse(
    figure: DeclaredFigure[V], sentences: Sequence[Sentence], profile: Profile, findings: list[FindingDraft]
) -> V | None:
    """Return the only value stated; None, and a finding, for several values or none understood."""
    found = [candidate for sentence in sentences for candidate in candidates(sentence, figure, profile)]
    best = min(((candidate.rank, candidate.pattern) for candidate in found), default=None)
    unread: list[Unread] = []
    stated: dict[bytes, tuple[Text, V]] = {}
    for candidate in found:
        if (candidate.rank, candidate.pattern) == best:
            value = _value(figure, candidate)
            if isinstance(value, Unread):
                unread.append(value)
            else:
                stated[msgspec.json.encode(_without_evidence(value))] = candidate.words, value
    field = f"{figure.holder}.{figure.name}"
    if unread:
        statements = [{"words": str(refusal.words), "unread": refusal.reason} for refusal in unread]
        words = [refusal.words for refusal in unread]
        findings.append(finding("declared-unread", *words, field=field, name=figure.name, statements=statements))
    if len(stated) > 1:
        texts = [text for text, _ in stated.values()]
        shown = [str(text) for text in texts]
        findings.append(finding("declared-ambiguous", *texts, field=field, name=figure.name, statements=shown))
        return None
    return next((value for _, value in stated.values()), None)


def _value(figure: DeclaredFigure[V], candidate: Candidate) -> V | Unread:
    """Return the value of a candidate; a refusal cites all of its words."""
    if candidate.refused:
        return Unread(candidate.refused, candidate.words)
    value = figure.parse(candidate.sentence, candidate.match)
    return Unread(value.reason, candidate.words) if isinstance(value, Unread) else value


# ── candidates ────────────────────────────────────────────────────────────────────────────────────────


def candidates(sentence: Sentence, figure: DeclaredFigure[Any], profile: Profile) -> Iterator[Candidate]:
    """Yield the figures of one kind in a sentence, without those of other rounds, of applicants, of each, of a part.

    A sum after a figure of each project or of a part, and not called total, is refused: its scope is unclear.
    """
    matches = [
        (pattern, match, clause, _scope(figure, sentence, clause, match))
        for pattern, match in _find_matches(figure, sentence.text, profile)
        if _is_ours(figure, match, clause := sentence.at(match.start("value")), profile)
    ]
    behind_part = accumulate((scope == "part" for _, _, _, scope in matches), or_)
    for (pattern, match, clause, scope), is_behind_part in zip(matches, behind_part, strict=True):
        if scope in ("part", "each"):
            continue
        rank = Rank.CERTAIN
        if figure.is_sum:
            rank = Rank((scope != "total") + (not clause.names_this_round))
        refused: Reason | None = None
        if pattern is None:
            refused = "no-pattern"
        elif clause.round is FundingRound.UNSURE or (clause.round is FundingRound.LOOSE and figure.name != "duration"):
            refused = "round-unclear"
        elif figure.is_sum and scope != "total" and (is_behind_part or _is_behind_each(sentence, clause)):
            refused = "owner-unclear"
        words = sentence.text[slice(*match.span("value"))]
        preference = pattern if pattern and figure.ordered else 0
        yield Candidate(words, sentence.text, match, scope, rank, preference, refused)


def _is_ours(figure: DeclaredFigure[Any], match: re.Match[str], clause: Clause, profile: Profile) -> bool:
    """Return True unless a figure is of another round, of applicants, or of a foreign programme."""
    if clause.round is FundingRound.OTHER or profile.introduction.limits.search(clause.text.plain):
        return False
    is_foreign = figure.name == "funding" and money.names_foreign_currency(match["value"])
    return not is_foreign or clause.names_this_round or bool(_OURS.search(clause.text.plain))


def _scope(figure: DeclaredFigure[Any], sentence: Sentence, clause: Clause, match: re.Match[str]) -> Scope | None:
    """Return the scope by the words before a figure: 共20个, 每个2项, 其中5个; None without any."""
    before = clause.text.plain[: match.start("value") - clause.start]
    total = max((word.end() for word in _TOTAL.finditer(before)), default=0)
    if figure.is_sum and (_EACH.search(before, total) or _EACH.match(match["value"])):
        return "each"
    if _PART.search(before) or _PART.fullmatch(_previous_clause(sentence, clause)):
        return "part"
    return "total" if total else None


def _find_matches(figure: DeclaredFigure[Any], text: Text, profile: Profile) -> list[tuple[int | None, re.Match[str]]]:
    """Return the matches of the patterns, the widest of overlapping ones, and unmatched figures (None), in order."""
    introduction = profile.introduction
    chosen: list[tuple[int | None, re.Match[str]]] = []
    spans: list[range] = [range(*quote.span()) for quote in _QUOTED.finditer(text.plain)]
    matches: list[tuple[int | None, re.Match[str]]] = [
        (number, match)
        for number, pattern in enumerate(getattr(introduction, figure.name))
        for match in pattern.finditer(text.plain)
    ]
    matches.sort(key=lambda pair: pair[1].start("value") - pair[1].end("value"))
    matches += [(None, match) for match in getattr(introduction.figures, figure.name).finditer(text.plain)]
    for number, match in matches:
        span = range(*match.span("value"))
        if span and not any(span.start < other.stop and other.start < span.stop for other in spans):
            chosen.append((number, match))
            spans.append(span)
    return sorted(chosen, key=lambda pair: pair[1].start("value"))


def _previous_clause(sentence: Sentence, clause: Clause) -> str:
    """Return the words of the clause before: 其中，…."""
    index = sentence.clauses.index(clause)
    return sentence.clauses[index - 1].text.plain if index else ""


def _is_behind_each(sentence: Sentence, clause: Clause) -> bool:
    """Return True if an earlier clause is about each: 每个方向拟支持1～2项，经费不超过500万元."""
    return any(_EACH.search(other.text.plain) for other in sentence.clauses if other.start < clause.start)


# ── values ────────────────────────────────────────────────────────────────────────────────────────────


def _count(sentence: Text, match: re.Match[str]) -> DeclaredCount | Unread:
    """Parse an exact count; 近20个国家 and 20个以上国家 are refused."""
    before, after = sentence.plain[: match.start("value")], sentence.plain[match.end("value") :]
    words = sentence[slice(*match.span("value"))]
    if _BOUNDED.search(before) or _INEXACT.match(after):
        return Unread("inexact", words)
    if _JOINED.match(after):
        return Unread("goes-on", words)
    return parse_declared_count(sentence, match) or Unread("no-number", words)


def parse_declared_count(text: Text, match: re.Match[str]) -> DeclaredCount | None:
    """Return the number in a match, or the sum of several (12个国家和2个国际组织); None without a number."""
    start = match.start("value")
    counts = list(_COUNTS.finditer(match["value"]))
    numbers = [parse_numeral(count["number"]) for count in counts]
    if not numbers or None in numbers:
        return None
    words = [text[start + count.start("number") : start + count.end("number")] for count in counts]
    return DeclaredCount(count=sum(int(number) for number in numbers if number is not None), evidence=cite(*words))


def _projects(sentence: Text, match: re.Match[str]) -> DeclaredProjects | Unread:
    """Parse a number of projects, exact or approximate."""
    figure = _parse_figure(sentence, match, count.TAIL, count.parse_count)
    if isinstance(figure, Unread):
        return figure
    parsed = figure.value
    if parsed.min is None and parsed.max is None:
        return Unread("no-total", figure.words)
    approximate = parsed.approximate or figure.is_nearly
    evidence = cite(figure.words) if figure.is_nearly else parsed.evidence
    return DeclaredProjects(min=parsed.min, max=parsed.max, approximate=approximate, evidence=evidence)


def _funding(sentence: Text, match: re.Match[str]) -> Money | Unread:
    """Parse a total in yuan, exact or approximate; other currencies are refused."""
    figure = _parse_figure(sentence, match, money.TAIL, money.parse_money)
    if isinstance(figure, Unread):
        return figure
    if figure.value.currency != "CNY":
        return Unread("foreign-currency", figure.words)
    if not (figure.value.min or figure.value.max):
        return Unread("no-total", figure.words)
    if figure.is_nearly:
        return replace(figure.value, approximate=True, evidence=cite(figure.words))
    return figure.value


def _duration(sentence: Text, match: re.Match[str]) -> Duration | Unread:
    """Parse an exact duration."""
    figure = _parse_figure(sentence, match, duration.TAIL, duration.parse_duration)
    if isinstance(figure, Unread):
        return figure
    return Unread("inexact", figure.words) if figure.is_nearly else figure.value


class _Figure(Struct, Generic[P], frozen=True):
    """A figure: its words, its value, and whether it is approximate by words around it (近20项, 预计支持20项)."""

    words: Text
    value: P
    is_nearly: bool


def _parse_figure(
    sentence: Text, match: re.Match[str], tail: re.Pattern[str], parse: Callable[[Text], Parsed[P]]
) -> _Figure[P] | Unread:
    """Parse a figure with its continuation; refused if more follows."""
    words = _whole_figure(sentence, match, tail)
    if isinstance(words, Unread):
        return words
    exact = words.without(_NEARLY)
    parsed = parse(exact)
    if parsed.value is None:
        assert parsed.unread is not None
        return parsed.unread
    is_nearly = len(exact) != len(words) or match[0].startswith(_EXPECTED)
    return _Figure(words, parsed.value, is_nearly)


def _whole_figure(sentence: Text, match: re.Match[str], tail: re.Pattern[str]) -> Text | Unread:
    """Return the words of a figure with its continuation; refused if more follows."""
    words = extend_over_tail(sentence, match, tail)
    if _GOES_ON.match(sentence.plain, match.start("value") + len(words)):
        return Unread("goes-on", words)
    return words


def _without_evidence(value: Any) -> Any:
    """Return a value as plain data without evidence, to compare values."""
    return {key: item for key, item in msgspec.to_builtins(value).items() if key != "evidence"}
