"""Title block and introduction → what the guide says of itself: year, batch, what is coming, whom it follows."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any, TypeVar

import msgspec

from extract.cite import cite
from extract.handoff import Reading, Split, Trouble
from extract.normalise import brackets, count, duration, money, partners
from extract.normalise.numerals import numeral
from extract.normalise.quantity import with_tail
from extract.profile import Profile
from extract.records import Basis, Declared, DeclaredCount, DeclaredProjects, GuideFacts, Previous
from extract.text import MAYBE, Text
from extract.values import Partner

V = TypeVar("V")
_YEAR = re.compile(r"(?P<value>(?:19|20)\d\d|[二一][〇零九一二三四五六七八]{3}) *年")
_EARLIER = re.compile("[^，。；]{0,3}(?:已|前期)")  # 第一批已发布
_PART = re.compile("其中")
_EACH = re.compile("每一?[个项]?|单[个项]|各")
_TOTAL = re.compile("总|共")
_TOTALS = ("projects", "funding")
_QUOTED = re.compile("“[^“”]*”")  # “拟支持项目数为1～2项”是指… speaks of words, and states nothing
_DOCUMENT = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")


def read(cut: Split, profile: Profile) -> Reading[GuideFacts]:
    """What the guide says of itself. What it does not say is null; what it says twice, differently, is reported."""
    troubles: list[Trouble] = []
    programme = _programme(cut.title, profile)
    if programme is None:
        message = f"the title names no programme that the profile {profile.name} knows"
        troubles.append(Trouble("programme-unknown", message, None, cite(cut.title)))
    year = _year(cut.title)
    if year is None:
        troubles.append(Trouble("year-unknown", "the title block names no year", None, cite(cut.title)))
    sentences = list(_sentences(cut.introduction))
    batch, batch_words = _batch(cut.title, sentences, year, profile, troubles)
    current = [sentence for sentence in sentences if not _past(sentence, year, profile)]
    facts = GuideFacts(
        title=cut.title.printed,
        programme=programme,
        year=year,
        batch=batch,
        declared=_declared(current, profile, troubles),
        previous=_previous([s for s in sentences if _past(s, year, profile)], profile, troubles),
        basis=tuple(_basis(sentences, profile)),
        evidence=cite(cut.title) + (cite(batch_words) if batch_words is not None else ()),
    )
    return Reading(facts, tuple(troubles))


def has_exceptions(cut: Split, profile: Profile) -> bool:
    """Whether a sentence that states a duration lets sections differ from it: 实施周期为3年（有特殊说明的除外）."""
    stated = [
        sentence
        for sentence in _sentences(cut.introduction)
        if any(pattern.search(sentence.plain) for pattern in profile.introduction.duration)
    ]
    return any(profile.introduction.exceptions.search(sentence.plain) for sentence in stated)


def _sentences(introduction: Text) -> Iterator[Text]:
    """The sentences of the introduction; a paragraph ends a sentence too."""
    for paragraph in introduction.without(MAYBE).split("\n"):
        yield from (sentence for sentence in brackets.split(paragraph, "。") if sentence.strip())


def _programme(title: Text, profile: Profile) -> str | None:
    """The programme that a title names: the longest that the profile lists, else what its patterns find."""
    for name in sorted(profile.programmes, key=len, reverse=True):
        if name in title.plain:
            return name
    found = (pattern.search(title.plain) for pattern in profile.introduction.programme)
    return next((str(title.group(match, "value")) for match in found if match), None)


def _year(title: Text) -> int | None:
    """The title's year; a year with 年度 before one without."""
    years = sorted(_YEAR.finditer(title.plain), key=lambda match: not title.plain.startswith("度", match.end()))
    number = numeral(years[0]["value"]) if years else None
    return None if number is None else int(number)


def _batch(
    title: Text, sentences: list[Text], year: int | None, profile: Profile, troubles: list[Trouble]
) -> tuple[int | None, Text | None]:
    """The batch and the words that name it: the title's, else the introduction's, of this year alone."""
    found: dict[int, Text] = {}
    for text in (title, *sentences):
        for match in profile.introduction.batch.finditer(text.plain):
            years = [int(numeral(m["value"]) or 0) for m in _YEAR.finditer(text.plain, 0, match.start())]
            number = numeral(match["value"])
            after = text.plain[match.end() : match.end() + 6]
            if number is not None and (not years or years[-1] == year) and not _EARLIER.match(after):
                found.setdefault(int(number), text[slice(*match.span())])
        if text is title and found:
            break
    if len(found) > 1:
        message = f"the introduction names several batches: {', '.join(str(text) for text in found.values())}"
        troubles.append(Trouble("batch-ambiguous", message, None, cite(*found.values())))
        return None, None
    return next(iter(found.items()), (None, None))


def _past(sentence: Text, year: int | None, profile: Profile) -> bool:
    """Whether a sentence tells of an earlier round: 2016年，…支持了…."""
    match = profile.introduction.past.search(sentence.plain)
    return bool(match and (year is None or match["year"] is None or _dated(match) < year))


def _dated(past: re.Match[str]) -> int:
    """The year that a sentence tells of, 0 where it names none (上一年度)."""
    return int(numeral(past["year"] or "0") or 0)


def _declared(sentences: list[Text], profile: Profile, troubles: list[Trouble]) -> Declared:
    words = profile.introduction

    def one(
        key: str, patterns: Iterable[re.Pattern[str]], read_one: Callable[[Text, re.Match[str]], V | None]
    ) -> V | None:
        return _only(key, sentences, patterns, read_one, troubles)

    return Declared(
        partners=one("partners", words.partners, _number),
        directions=one("directions", words.directions, _number),
        projects=one("projects", words.projects, _whole(_projects, count.TAIL)),
        funding=one("funding", words.funding, _whole(money.read, money.TAIL)),
        duration=one("duration", words.duration, _whole(duration.read, duration.TAIL)),
    )


def _whole(read: Callable[[Text], V | None], tail: re.Pattern[str]) -> Callable[[Text, re.Match[str]], V | None]:
    """A reader of what a pattern took for a value and of what follows it and belongs to it."""
    return lambda text, match: read(with_tail(text, match, tail))


def _only(
    key: str,
    sentences: list[Text],
    patterns: Iterable[re.Pattern[str]],
    read_one: Callable[[Text, re.Match[str]], V | None],
    troubles: list[Trouble],
) -> V | None:
    """The one value that the sentences state; none where they state several or none is understood: it is reported.

    What is said of each project or each field (每个项目不超过300万元), or of a part (其中，…), is no total. Where a
    sentence calls one figure the total (总, 共), the others are not.
    """
    found: dict[Any, tuple[V, Text, bool]] = {}
    unread: list[Text] = []
    for sentence, clause, match in _matches(sentences, patterns):
        if _PART.search(clause) or (key in _TOTALS and _EACH.search(clause)):
            continue
        value, words = read_one(sentence, match), sentence[match.start("value") : match.end()]
        if value is None:
            unread.append(words)
        else:
            total = key in _TOTALS and bool(_TOTAL.search(clause))
            found.setdefault(msgspec.json.encode(_bare(value)), (value, words, total))
    totals = [one for one in found.values() if one[2]] or list(found.values())
    if unread and not totals:
        message = f"what the introduction states for {key} is not understood: {', '.join(map(str, unread))}"
        troubles.append(Trouble("declared-unread", message, None, cite(*unread)))
    if len(totals) > 1:
        told = ", ".join(str(words) for _, words, _ in totals)
        message = f"the introduction states several values for {key}: {told}"
        troubles.append(Trouble("declared-ambiguous", message, None, cite(*(words for _, words, _ in totals))))
        return None
    return next((value for value, _, _ in totals), None)


def _matches(sentences: list[Text], patterns: Iterable[re.Pattern[str]]) -> Iterator[tuple[Text, str, re.Match[str]]]:
    """What the patterns take for a value, with its sentence and the words before it in its clause."""
    for sentence, pattern in product(sentences, patterns):
        quoted = [range(*quote.span()) for quote in _QUOTED.finditer(sentence.plain)]
        for match in pattern.finditer(sentence.plain):
            if match["value"] and not any(match.start("value") in words for words in quoted):
                yield sentence, re.split("[，。；]", sentence.plain[: match.start("value")])[-1], match


def _bare(value: Any) -> Any:
    """A value without its evidence, to tell whether two say the same."""
    return {key: item for key, item in msgspec.to_builtins(value).items() if key != "evidence"}


def _number(sentence: Text, match: re.Match[str]) -> DeclaredCount | None:
    """A number, or the sum of two: 12个国家和2个国际组织."""
    groups = [group for group in ("value", "more") if match.groupdict().get(group)]
    parts = [numeral(match[group]) for group in groups]
    if any(part is None for part in parts):
        return None
    words = [sentence[slice(*match.span(group))] for group in groups]
    return DeclaredCount(count=sum(int(part) for part in parts if part is not None), evidence=cite(*words))


def _projects(words: Text) -> DeclaredProjects | None:
    value = count.read(words)
    if value is None:
        return None
    return DeclaredProjects(min=value.min, max=value.max, approximate=value.approximate, evidence=value.evidence)


def _previous(sentences: list[Text], profile: Profile, troubles: list[Trouble]) -> Previous | None:
    """Whom the earlier round supported; the list has to be as long as the guide says it is."""
    words = profile.introduction
    dated = [(_dated(past), sentence) for sentence in sentences if (past := words.past.search(sentence.plain))]
    for sentence in [text for _, text in sorted(dated, key=lambda item: item[0], reverse=True)]:
        for pattern in words.previous:
            match, past = pattern.search(sentence.plain), words.past.search(sentence.plain)
            listed = sentence.group(match, "partners") if match else None
            if match is None or past is None or past["year"] is None or listed is None:
                continue
            reading = partners.listed(listed, profile)
            named = reading.value or ()
            number = numeral(match["count"])
            troubles += reading.troubles
            if number != len(named):
                message = f"{match['count']} earlier partners are stated and {len(named)} are named"
                troubles.append(Trouble("previous-unread", message, None, cite(listed)))
            evidence = cite(sentence[past.start("year") : past.end("year")], sentence[slice(*match.span())])
            return _previous_record(_dated(past), number, named, evidence)
    return None


def _previous_record(year: int, number: Any, named: tuple[Partner, ...], evidence: Any) -> Previous:
    return Previous(year=year, count=None if number is None else int(number), partners=named, evidence=evidence)


def _basis(sentences: list[Text], profile: Profile) -> Iterator[Basis]:
    """Documents after 根据, 按照, …, each with the document number in the bracket after it."""
    for sentence in sentences:
        cue = profile.introduction.basis.search(sentence.plain)
        for match in _DOCUMENT.finditer(sentence.plain, cue.end()) if cue else ():
            number = profile.introduction.document_number.match(sentence.plain, match.end())
            told = sentence.group(number, "value") if number else None
            title = sentence[match.start() + 1 : match.end() - 1]
            place = sentence[match.start() : number.end() if number else match.end()]
            yield Basis(title=title.printed, number=told.printed if told is not None else None, evidence=cite(place))
