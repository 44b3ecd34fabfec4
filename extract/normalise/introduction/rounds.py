"""The introduction clause by clause, each with the round that it tells of: this guide's own, another one, or unsure."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.language import brackets
from extract.language.numerals import parse_numeral
from extract.model.text import MAYBE, Text
from extract.profile.schema import Profile

YEAR = r"(?:(?:19|20)\d\d|[二一][〇零九一二三四五六七八]{3})"
_DATE = rf"{YEAR} *年度?(?: *\d{{1,2}} *月)?(?: *\d{{1,2}} *日)?"
_ONE = re.compile(rf"(?<!\d)(?P<value>{YEAR}) *年")
_STRETCH = re.compile(rf"(?<!\d){YEAR} *(?:年度?)?(?: *\d{{1,2}} *月)? *(?:-+|~|至|到) *{YEAR} *年")
# Years that date no round: a document's, that of its signing, those between which a project runs.
_NO_ROUND = re.compile(
    rf"《[^《》]*(?:《[^《》]*》[^《》]*)*》|{_DATE}[^，。；\d第]{{0,12}}?(?:签署|签订|达成|印发|发布|召开|举行|通过|批准)的"
    rf"|(?:周期|期限|年限|执行期|实施期|时间)[^，。；]{{0,12}}?{_DATE}[^，。；]*"
)
_CLAUSE = re.compile(r"[，；](?!(?<=\d，)\d{3}(?!\d))")  # 1,500 is one number
# 在2018年工作的基础上，… 为落实2018年…成果，…: what comes after it is of another time.
_GROUND = re.compile("基础上$|^(?:为|根据|按照|依据|结合|落实|贯彻)")
_FIRST = "首批"


class FundingRound(Enum):
    """Whose round a clause tells of. LOOSE: it says none, after a sentence on another round."""

    THIS = auto()
    OTHER = auto()
    UNSURE = auto()
    LOOSE = auto()


class ThisRound(Struct, frozen=True):
    """What tells this guide's round from others; `words` are those of the title that date it."""

    year: int | None
    batch: int | None
    words: Text


class Clause(Struct, frozen=True):
    """A stretch of a sentence between commas.

    `own`: a date says that it is this guide's. `when`: the earlier rounds that it tells of, year and words. `life`: it
    tells of the programme's whole life, which is no round.
    """

    text: Text
    start: int
    round: FundingRound
    own: bool = False
    when: tuple[tuple[int, Text], ...] = ()
    life: bool = False


class Sentence(Struct, frozen=True):
    """A sentence and its clauses, which cover all of it but the commas between them."""

    text: Text
    clauses: tuple[Clause, ...]

    def at(self, place: int) -> Clause:
        """The clause in which a place stands."""
        return next(clause for clause in reversed(self.clauses) if clause.start <= place)


class _ClauseTime(Struct, frozen=True):
    """What is known of the time so far: a date, the tense of the verb, and the years of earlier rounds."""

    date: Literal["own", "other", "life"] | None = None
    tense: Literal["past", "coming", "both"] | None = None
    when: tuple[tuple[int, Text], ...] = ()

    def then(self, said: "_ClauseTime") -> "_ClauseTime":
        """With what the next clause says: a date begins anew, and so does a plan after what was done."""
        if said.date or (self.tense == "past" and said.tense == "coming"):
            return said
        return replace(self, tense=said.tense or self.tense)

    @property
    def round(self) -> FundingRound | None:
        """The round, None where nothing tells."""
        if self.date == "life":
            return FundingRound.OTHER
        if self.tense == "both" or (self.date, self.tense) in {("other", "coming"), ("own", "past")}:
            return FundingRound.UNSURE
        if self.date:
            return FundingRound.THIS if self.date == "own" else FundingRound.OTHER
        return {"past": FundingRound.OTHER, "coming": FundingRound.THIS, None: None}[self.tense]


def split_sentences(introduction: Text) -> Iterator[Text]:
    """The sentences of the introduction; a paragraph ends a sentence too."""
    for paragraph in introduction.without(MAYBE).split("\n"):
        yield from (sentence for sentence in brackets.split(paragraph, "。") if sentence.strip())


def clauses_by_round(introduction: Text, own: ThisRound, profile: Profile) -> tuple[Sentence, ...]:
    """The sentences with their clauses. Time runs on in a sentence; behind it, it is not certain."""
    made: list[Sentence] = []
    for paragraph in introduction.without(MAYBE).split("\n"):
        loose = FundingRound.THIS
        for sentence in split_sentences(paragraph):
            made.append(_told(sentence, own, profile, loose))
            last = made[-1].clauses[-1].round
            loose = FundingRound.LOOSE if last in (FundingRound.OTHER, FundingRound.LOOSE) else FundingRound.THIS
    return tuple(made)


def _told(sentence: Text, own: ThisRound, profile: Profile, loose: FundingRound) -> Sentence:
    words = profile.introduction.rounds
    time, dated = _ClauseTime(), (own.year, own.words)
    made = []
    for start, text in _clauses(sentence):
        said, dated = _said(text, own, dated, profile)
        now = time.then(said)
        if not _GROUND.search(text.plain):
            time = now
        other = now.round or loose
        if words.beside.search(text.plain):
            other = FundingRound.OTHER
        made.append(Clause(text, start, other, now.date == "own", now.when, now.date == "life"))
    return Sentence(sentence, tuple(made))


def _clauses(sentence: Text) -> Iterator[tuple[int, Text]]:
    """The stretches between commas outside of brackets, with the places where they start."""
    depth, start = brackets.depths(sentence.plain), 0
    for match in _CLAUSE.finditer(sentence.plain):
        if not depth[match.start()]:
            yield start, sentence[start : match.start()]
            start = match.end()
    yield start, sentence[start:]


def _said(
    text: Text, own: ThisRound, dated: tuple[int | None, Text], profile: Profile
) -> tuple[_ClauseTime, tuple[int | None, Text]]:
    """What a clause says of its time, and the last year that was named up to its end: a batch is of that year."""
    words = profile.introduction.rounds
    plain = _NO_ROUND.sub(lambda match: "\0" * len(match[0]), text.plain)
    past, coming = bool(words.earlier.search(plain)), bool(words.coming.search(plain))
    tense: Literal["past", "coming", "both"] | None = (
        "both" if past and coming else "past" if past else "coming" if coming else None
    )
    if words.life.search(plain) or _STRETCH.search(plain):
        return _ClauseTime("life", tense), dated
    years = [(int(parse_numeral(m["value"]) or 0), text[slice(*m.span("value"))]) for m in _ONE.finditer(plain)]
    years = [year for year in years if own.year is not None and year[0] <= own.year]
    if years:
        dated = years[-1]
    batches = {int(parse_numeral(m["value"]) or 0) for m in profile.introduction.batch.finditer(plain)}
    batches |= {1} if _FIRST in plain else set()
    earlier = tuple(year for year in years if year[0] != own.year)
    if dated[0] is not None and own.batch is not None and batches - {own.batch}:
        earlier = (*earlier, *((dated[0], dated[1]) for _ in range(dated not in earlier)))
    if earlier:
        return _ClauseTime("other", tense, earlier), dated
    if years or words.this.search(plain) or (batches and dated[0] == own.year):
        return _ClauseTime("own", tense), dated
    return _ClauseTime(None, tense), dated
