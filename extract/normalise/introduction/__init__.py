"""Title block and introduction → what the guide says of itself: programme, year, batch, and what it declares."""

import re
from collections.abc import Iterable

from extract.language.numerals import numeral
from extract.model.evidence import cite
from extract.model.record import GuideFacts
from extract.model.stages import Reading, Split, Trouble
from extract.model.text import Text
from extract.normalise.introduction import basis, declared, previous, rounds
from extract.profile.schema import Profile

_YEAR = re.compile(rf"(?P<value>{rounds.YEAR}) *年")
_EARLIER = re.compile("[^，。；]{0,3}(?:已|前期)")  # 第一批已发布


def read(cut: Split, profile: Profile) -> Reading[GuideFacts]:
    """What the guide says of itself. What it does not say is null; what it says twice, differently, is reported."""
    troubles: list[Trouble] = []
    programme = _programme(cut.title, profile)
    if programme is None:
        message = f"the title names no programme that the profile {profile.name} knows"
        troubles.append(Trouble("programme-unknown", message, None, cite(cut.title), "programme"))
    year, dated = _year(cut.title)
    if year is None:
        troubles.append(Trouble("year-unknown", "the title block names no year", None, cite(cut.title), "year"))
    sentences = list(rounds.sentences(cut.introduction))
    batch, batch_words = _batch(cut.title, sentences, year, profile, troubles)
    told = rounds.told(cut.introduction, rounds.Own(year, batch, dated), profile)
    facts = GuideFacts(
        title=cut.title.printed,
        programme=programme,
        year=year,
        batch=batch,
        declared=declared.read(told, profile, troubles),
        previous=previous.read(told, profile, troubles),
        basis=tuple(basis.read(sentences, profile)),
        evidence=cite(cut.title) + (cite(batch_words) if batch_words is not None else ()),
    )
    return Reading(facts, tuple(troubles))


def has_exceptions(cut: Split, profile: Profile) -> bool:
    """Whether a sentence that states a duration lets sections differ from it: 实施周期为3年（有特殊说明的除外）."""
    words = profile.introduction
    return any(
        words.exceptions.search(sentence.plain)
        for sentence in rounds.sentences(cut.introduction)
        if any(pattern.search(sentence.plain) for pattern in words.duration)
    )


def _programme(title: Text, profile: Profile) -> str | None:
    """The programme that a title names: the longest that the profile lists, else what its patterns find."""
    for name in sorted(profile.programmes, key=len, reverse=True):
        if name in title.plain:
            return name
    found = (pattern.search(title.plain) for pattern in profile.introduction.programme)
    return next((str(title.group(match, "value")) for match in found if match), None)


def _year(title: Text) -> tuple[int | None, Text]:
    """The title's year and its words; a year with 年度 before one without."""
    years = sorted(_YEAR.finditer(title.plain), key=lambda match: not title.plain.startswith("度", match.end()))
    number = numeral(years[0]["value"]) if years else None
    return (None, title[:0]) if number is None else (int(number), title[slice(*years[0].span())])


def _batch(
    title: Text, sentences: Iterable[Text], year: int | None, profile: Profile, troubles: list[Trouble]
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
        troubles.append(Trouble("batch-ambiguous", message, None, cite(*found.values()), "batch"))
        return None, None
    return next(iter(found.items()), (None, None))
