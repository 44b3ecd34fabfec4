"""Title block and introduction → GuideFacts: programme, year, batch, declared figures.

Also documents on which the guide is based (《…》（国发〔2014〕64号）), and partners of the earlier round:
2018年，本专项支持了我国与美国、英国、欧盟等28个国家和国际组织的合作.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from extract.language.numerals import parse_numeral
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import Basis, Common, Field, GuideFacts, Previous
from extract.model.stages import Parsed, SplitGuide
from extract.model.text import Text
from extract.model.values import Duration
from extract.normalise import partners
from extract.normalise.introduction import declared, rounds
from extract.normalise.introduction.declared import parse_declared_count
from extract.normalise.introduction.notice import parse_notice
from extract.normalise.introduction.rounds import Clause, FundingRound, Sentence
from extract.normalise.partners.gazetteer import gazetteer_of
from extract.profile.schema import Profile

_DOCUMENT = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_SHORT = re.compile("(?:简称|下称)[为：]?$")  # 以下简称《意见》


def parse_basis(sentences: Iterable[Text], profile: Profile) -> Iterator[Basis]:
    """Yield the documents after 根据, 按照, …, each once; a short name (以下简称《意见》) is no document."""
    seen: set[str] = set()
    for sentence in sentences:
        cue = profile.introduction.basis.search(sentence.plain)
        for match in _DOCUMENT.finditer(sentence.plain):
            known = match[0] in seen
            seen.add(match[0])
            if cue is None or known or match.start() < cue.end() or _SHORT.search(sentence.plain, 0, match.start()):
                continue
            numbered = profile.introduction.document_number.match(sentence.plain, match.end())
            number = sentence.group(numbered, "value") if numbered else None
            title = sentence[match.start() + 1 : match.end() - 1]
            cited = sentence[match.start() : numbered.end() if numbered else match.end()]
            yield Basis(title=title.printed, number=None if number is None else number.printed, evidence=cite(cited))


_OPEN = re.compile(" *等")


def parse_previous(sentences: Sequence[Sentence], profile: Profile, findings: list[FindingDraft]) -> Previous | None:
    """Parse the partners of the latest earlier round; None if the guide names none."""
    earlier = [
        clause
        for sentence in sentences
        for clause in sentence.clauses
        if clause.round is FundingRound.OTHER
        and not clause.whole_programme
        and not profile.introduction.rounds.beside.search(clause.text.plain)
    ]
    earlier.sort(key=lambda clause: max((year for year, _ in clause.earlier_years), default=0), reverse=True)
    for clause in earlier:
        for pattern in profile.introduction.previous:
            match = pattern.search(clause.text.plain)
            if match and (match["partners"] or match["count"]) and clause.earlier_years:
                return _previous(clause, match, profile, findings)
            if match and match["partners"]:
                findings.append(_unread("no-year", clause.text))
                return None
    for clause in earlier:
        if clause.earlier_years and len(gazetteer_of(profile).pattern.findall(clause.text.plain)) > 1:
            findings.append(_unread("words", clause.text))
            break
    return None


def _previous(clause: Clause, match: re.Match[str], profile: Profile, findings: list[FindingDraft]) -> Previous:
    listed = clause.text.group(match, "partners")
    parsed = partners.parse_partner_list(listed, profile) if listed else None
    named = (parsed.value or ()) if parsed else ()
    findings += [replace(finding, field="previous") for finding in parsed.findings] if parsed else []
    count = None
    if match["count"]:
        count = _count(clause.text[match.start("count") :], profile)
        is_open = _OPEN.match(clause.text.plain, match.end("partners")) is not None
        if count is None:
            findings.append(_unread("count", clause.text))
        elif named and (count < len(named) or (count > len(named) and not is_open)):
            findings.append(_unread("differs", listed or clause.text, stated=count, named=len(named)))
    year = max(year for year, _ in clause.earlier_years)
    if len(clause.earlier_years) > 1:
        findings.append(_unread("rounds", *(words for _, words in clause.earlier_years)))
    dates = [words for earlier_year, words in clause.earlier_years if earlier_year == year]
    evidence = cite(*dates, clause.text[slice(*match.span())])
    return Previous(year=year, count=count, partners=named, evidence=evidence)


def _count(words: Text, profile: Profile) -> int | None:
    """Parse the number at the start of words; None for a sum (16个国家和5个国际组织), which the ink does not show."""
    for pattern in profile.introduction.partners:
        match = pattern.match(words.plain)
        value = parse_declared_count(words, match) if match else None
        if value is not None:
            return value.count if len(value.evidence) == 1 else None
    return None


def _unread(variant: str, *words: Text, **counts: Any) -> FindingDraft:
    shown = [str(text) for text in words]
    return finding("previous-unread", *words, field="previous", variant=variant, words=shown, **counts)


_YEAR = re.compile(rf"(?P<value>{rounds.YEAR}) *年")
_EARLIER = re.compile("[^，。；]{0,3}(?:已|前期)")  # 第一批已发布


def parse_introduction(cut: SplitGuide, profile: Profile) -> Parsed[GuideFacts]:
    """Parse the facts of a guide. What it does not state is null; conflicting statements are reported."""
    findings: list[FindingDraft] = []
    programme = _programme(cut.title, profile)
    if programme is None and (profile.programmes or profile.introduction.programme):
        findings.append(finding("programme-unknown", cut.title, field="programme", profile=profile.name))
    year, dated = _year(cut.title)
    if year is None:
        findings.append(finding("year-unknown", cut.title, field="year"))
    sentences = list(rounds.split_sentences(cut.introduction))
    batch, batch_words = _batch(cut.title, sentences, year, profile, findings)
    clauses = rounds.clauses_by_round(cut.introduction, rounds.ThisRound(year, batch, dated), profile)
    facts = GuideFacts(
        title=cut.title.printed,
        programme=programme,
        year=year,
        batch=batch,
        declared=declared.parse_declared(clauses, profile, findings),
        common=Common(duration=_common_duration(declared.parse_common_duration(clauses, profile, findings))),
        previous=parse_previous(clauses, profile, findings),
        basis=tuple(parse_basis(sentences, profile)),
        document=parse_notice(cut.notice, profile, findings) if cut.notice else None,
        evidence=cite(cut.title) + (cite(batch_words) if batch_words is not None else ()),
    )
    return Parsed(facts, tuple(findings))


def _common_duration(value: Duration | None) -> Field[Duration] | UnsetType:
    if value is None:
        return UNSET
    words = "".join(line.quote for line in value.evidence)
    return Field(status="stated", text=words, value=value, evidence=value.evidence)


def has_exceptions(cut: SplitGuide, profile: Profile) -> bool:
    """Return True if a sentence with a duration allows exceptions: 实施周期为3年（有特殊说明的除外）."""
    words = profile.introduction
    return any(
        words.exceptions.search(sentence.plain)
        for sentence in rounds.split_sentences(cut.introduction)
        if any(pattern.search(sentence.plain) for pattern in words.duration)
    )


def _programme(title: Text, profile: Profile) -> str | None:
    """Return the programme in a title: the longest listed in the profile, else by its patterns."""
    for name in sorted(profile.programmes, key=len, reverse=True):
        if name in title.plain:
            return name
    matches = (pattern.search(title.plain) for pattern in profile.introduction.programme)
    return next((str(title.group(match, "value")) for match in matches if match), None)


def _year(title: Text) -> tuple[int | None, Text]:
    """Return the year of a title and its words; one with 年度 takes precedence."""
    years = sorted(_YEAR.finditer(title.plain), key=lambda match: not title.plain.startswith("度", match.end()))
    number = parse_numeral(years[0]["value"]) if years else None
    return (None, title[:0]) if number is None else (int(number), title[slice(*years[0].span())])


def _batch(
    title: Text, sentences: Iterable[Text], year: int | None, profile: Profile, findings: list[FindingDraft]
) -> tuple[int | None, Text | None]:
    """Return the batch and its words, from the title, else from the introduction, for this year only."""
    words_of: dict[int, Text] = {}
    for text in (title, *sentences):
        for match in profile.introduction.batch.finditer(text.plain):
            years = [int(parse_numeral(m["value"]) or 0) for m in _YEAR.finditer(text.plain, 0, match.start())]
            number = parse_numeral(match["value"])
            after = text.plain[match.end() : match.end() + 6]
            if number is not None and (not years or years[-1] == year) and not _EARLIER.match(after):
                words_of.setdefault(int(number), text[slice(*match.span())])
        if text is title and words_of:
            break
    if len(words_of) > 1:
        batches = [str(text) for text in words_of.values()]
        findings.append(finding("batch-ambiguous", *words_of.values(), field="batch", batches=batches))
        return None, None
    return next(iter(words_of.items()), (None, None))
