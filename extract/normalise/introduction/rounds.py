"""Split the introduction into clauses, and assign each to a funding round: this one, another one, or unsure."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Literal

from msgspec import Struct

from extract.language import brackets
from extract.language.numerals import parse_numeral
from extract.model.text import MAYBE, Text
from extract.profile.schema import Profile

YEAR = r"(?:(?:19|20)\d\d|[二一][〇零九一二三四五六七八]{3})"
_DATE = rf"{YEAR} *年度?(?: *\d{{1,2}} *月)?(?: *\d{{1,2}} *日)?"
_YEAR = re.compile(rf"(?<!\d)(?P<value>{YEAR}) *年")
_STRETCH = re.compile(rf"(?<!\d){YEAR} *(?:年度?)?(?: *\d{{1,2}} *月)? *(?:-+|~|至|到) *{YEAR} *年")
# Years that date no round: of documents, signings, and periods of projects.
_NO_ROUND = re.compile(
    rf"《[^《》]*(?:《[^《》]*》[^《》]*)*》|{_DATE}[^，。；\d第]{{0,12}}?(?:签署|签订|达成|印发|发布|召开|举行|通过|批准)的"
    rf"|(?:周期|期限|年限|执行期|实施期|时间)[^，。；]{{0,12}}?{_DATE}[^，。；]*"
)
_CLAUSE = re.compile(r"[，；](?!(?<=\d，)\d{3}(?!\d))")  # 1,500 is one number
# 在2018年工作的基础上，… 为落实2018年…成果，…: its time does not apply to the clauses behind it.
_GROUND = re.compile("基础上$|^(?:为|根据|按照|依据|结合|落实|贯彻)")
_FIRST_BATCH = "首批"


class FundingRound(Enum):
    """The round of a clause. LOOSE: not stated, after a sentence on another round."""

    THIS = auto()
    OTHER = auto()
    UNSURE = auto()
    LOOSE = auto()


class ThisRound(Struct, frozen=True):
    """The round of this guide; `words` of the title date it."""

    year: int | None
    batch: int | None
    words: Text


class Clause(Struct, frozen=True):
    """The words between two commas of a sentence.

    `names_this_round`: a date of this round is stated. `earlier_years`: the earlier rounds in it, each with the words
    of its year. `whole_programme`: it is about the whole life of the programme, which is no round.
    """

    text: Text
    start: int
    round: FundingRound
    names_this_round: bool = False
    earlier_years: tuple[tuple[int, Text], ...] = ()
    whole_programme: bool = False


class Sentence(Struct, frozen=True):
    """A sentence and its clauses, which cover all but the commas between them."""

    text: Text
    clauses: tuple[Clause, ...]

    def at(self, offset: int) -> Clause:
        """The clause at an offset."""
        return next(clause for clause in reversed(self.clauses) if clause.start <= offset)


Date = Literal["own", "other", "life"]
Tense = Literal["past", "coming", "both"]
# The round of a clause by date and tense; None: not stated. Examples for a guide of 2019.
_ROUND_OF: dict[tuple[Date | None, Tense | None], FundingRound | None] = {
    (None, None): None,  # 与20个国家开展合作
    (None, "past"): FundingRound.OTHER,  # 已支持20个国家
    (None, "coming"): FundingRound.THIS,  # 拟支持20个国家
    (None, "both"): FundingRound.UNSURE,  # 已支持10个、拟支持20个国家
    ("own", None): FundingRound.THIS,  # 2019年与20个国家合作
    ("own", "past"): FundingRound.UNSURE,  # 2019年已支持20个国家
    ("own", "coming"): FundingRound.THIS,  # 2019年拟支持20个国家
    ("own", "both"): FundingRound.UNSURE,  # 2019年已支持10个、拟支持20个国家
    ("other", None): FundingRound.OTHER,  # 2018年与20个国家合作
    ("other", "past"): FundingRound.OTHER,  # 2018年已支持20个国家
    ("other", "coming"): FundingRound.UNSURE,  # 2018年拟支持20个国家
    ("other", "both"): FundingRound.UNSURE,  # 2018年已支持10个、拟支持20个国家
    ("life", None): FundingRound.OTHER,  # 2016—2020年与20个国家合作
    ("life", "past"): FundingRound.OTHER,  # 专项实施以来已支持20个国家
    ("life", "coming"): FundingRound.OTHER,  # 2016—2020年拟支持20个国家
    ("life", "both"): FundingRound.OTHER,  # 2016—2020年已支持10个、拟支持20个国家
}


class _ClauseTime(Struct, frozen=True):
    """The time of a clause: date, tense, and years of earlier rounds."""

    date: Date | None = None
    tense: Tense | None = None
    earlier_years: tuple[tuple[int, Text], ...] = ()

    def followed_by(self, stated: "_ClauseTime") -> "_ClauseTime":
        """Return the time of the next clause, given what that states.

        | so far       | the next clause | its time                | example                          |
        |--------------|-----------------|-------------------------|----------------------------------|
        | any          | a date          | its own                 | 2018年已支持…，2019年拟支持…     |
        | past         | coming, no date | its own                 | 2018年已支持…，拟支持…           |
        | any other    | a tense         | the date, its own tense | 2018年启动，已支持…              |
        | any          | nothing         | unchanged               | 2018年已支持…，包括5个国际组织   |
        """
        if stated.date or (self.tense == "past" and stated.tense == "coming"):
            return stated
        return _ClauseTime(self.date, stated.tense or self.tense, self.earlier_years)

    @property
    def round(self) -> FundingRound | None:
        """The round; None if not stated."""
        return _ROUND_OF[self.date, self.tense]


class _LastYear(Struct, frozen=True):
    """The last named year, with its words: the year of a batch without one."""

    year: int | None
    words: Text


def split_sentences(introduction: Text) -> Iterator[Text]:
    """Yield the sentences; a paragraph ends a sentence too."""
    for paragraph in introduction.without(MAYBE).split("\n"):
        yield from (sentence for sentence in brackets.split(paragraph, "。") if sentence.strip())


def clauses_by_round(introduction: Text, own: ThisRound, profile: Profile) -> tuple[Sentence, ...]:
    """Return the sentences with clauses. The time of a clause holds to the end of its sentence, then it is unsure."""
    sentences: list[Sentence] = []
    for paragraph in introduction.without(MAYBE).split("\n"):
        undated = FundingRound.THIS
        for text in split_sentences(paragraph):
            sentence = _parse_sentence(text, own, profile, undated)
            sentences.append(sentence)
            last = sentence.clauses[-1].round
            undated = FundingRound.LOOSE if last in (FundingRound.OTHER, FundingRound.LOOSE) else FundingRound.THIS
    return tuple(sentences)


def _parse_sentence(sentence: Text, own: ThisRound, profile: Profile, undated: FundingRound) -> Sentence:
    """Parse a sentence into clauses; `undated` is the round of those without a stated one."""
    words = profile.introduction.rounds
    time, last = _ClauseTime(), _LastYear(own.year, own.words)
    clauses = []
    for start, text in _split_clauses(sentence):
        stated, last = _stated_time(text, own, last, profile)
        now = time.followed_by(stated)
        if not _GROUND.search(text.plain):
            time = now
        round_ = FundingRound.OTHER if words.beside.search(text.plain) else now.round or undated
        clauses.append(Clause(text, start, round_, now.date == "own", now.earlier_years, now.date == "life"))
    return Sentence(sentence, tuple(clauses))


def _split_clauses(sentence: Text) -> Iterator[tuple[int, Text]]:
    """Yield the clauses, cut at commas outside of brackets, with their offsets."""
    depth, start = brackets.depths(sentence.plain), 0
    for match in _CLAUSE.finditer(sentence.plain):
        if not depth[match.start()]:
            yield start, sentence[start : match.start()]
            start = match.end()
    yield start, sentence[start:]


def _stated_time(text: Text, own: ThisRound, last: _LastYear, profile: Profile) -> tuple[_ClauseTime, _LastYear]:
    """Return the time that a clause states, and the last year named up to its end.

    1. 专项实施以来, 2016—2020年: the programme's whole life
    2. 2018年, 首批: an earlier round
    3. 2019年, 本批, 第二批: this round
    4. no date
    """
    words = profile.introduction.rounds
    plain = _NO_ROUND.sub(lambda match: "\0" * len(match[0]), text.plain)
    tense = _tense(plain, profile)
    if words.life.search(plain) or _STRETCH.search(plain):
        return _ClauseTime("life", tense), last
    years = [(int(parse_numeral(m["value"]) or 0), text[slice(*m.span("value"))]) for m in _YEAR.finditer(plain)]
    years = [year for year in years if own.year is not None and year[0] <= own.year]
    if years:
        last = _LastYear(*years[-1])
    batches = {int(parse_numeral(m["value"]) or 0) for m in profile.introduction.batch.finditer(plain)}
    batches |= {1} if _FIRST_BATCH in plain else set()
    earlier = tuple(year for year in years if year[0] != own.year)
    if last.year is not None and own.batch is not None and batches - {own.batch}:
        of_batch = (last.year, last.words)
        earlier = earlier if of_batch in earlier else (*earlier, of_batch)
    if earlier:
        return _ClauseTime("other", tense, earlier), last
    if years or words.this.search(plain) or (batches and last.year == own.year):
        return _ClauseTime("own", tense), last
    return _ClauseTime(None, tense), last


def _tense(plain: str, profile: Profile) -> Tense | None:
    """Return the tense of a clause: past (已) or coming (拟)."""
    words = profile.introduction.rounds
    past, coming = words.earlier.search(plain), words.coming.search(plain)
    if past:
        return "both" if coming else "past"
    return "coming" if coming else None
