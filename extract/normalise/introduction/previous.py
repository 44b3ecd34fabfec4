"""Whom the earlier round supported: 2018年，本专项支持了我国与美国、英国、欧盟等28个国家和国际组织的合作."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.record import Previous
from extract.model.stages import Trouble
from extract.model.text import Text
from extract.normalise import partners
from extract.normalise.introduction.declared import counted
from extract.normalise.introduction.rounds import Clause, Round, Sentence
from extract.normalise.partners.gazetteer import names_of
from extract.profile.schema import Profile

_OPEN = re.compile(" *等")


def read(sentences: Sequence[Sentence], profile: Profile, troubles: list[Trouble]) -> Previous | None:
    """Whom the latest of the earlier rounds supported, as far as the guide says so."""
    earlier = [
        clause
        for sentence in sentences
        for clause in sentence.clauses
        if clause.round is Round.OTHER
        and not clause.life
        and not profile.introduction.rounds.beside.search(clause.text.plain)
    ]
    earlier.sort(key=lambda clause: max((year for year, _ in clause.when), default=0), reverse=True)
    for clause in earlier:
        for pattern in profile.introduction.previous:
            match = pattern.search(clause.text.plain)
            if match and (match["partners"] or match["count"]) and clause.when:
                return _previous(clause, match, profile, troubles)
            if match and match["partners"]:
                _report(troubles, "an earlier round's partners are named, and its year is not", clause.text)
                return None
    for clause in earlier:
        if clause.when and len(names_of(profile).pattern.findall(clause.text.plain)) > 1:
            _report(troubles, "earlier partners are named in words that are not understood", clause.text)
            break
    return None


def _previous(clause: Clause, match: re.Match[str], profile: Profile, troubles: list[Trouble]) -> Previous:
    listed = clause.text.group(match, "partners")
    reading = partners.listed(listed, profile) if listed else None
    named = (reading.value or ()) if reading else ()
    troubles += [replace(trouble, field="previous") for trouble in reading.troubles] if reading else []
    count = None
    if match["count"]:
        count = _count(clause.text[match.start("count") :], profile)
        is_open = _OPEN.match(clause.text.plain, match.end("partners")) is not None
        if count is None:
            _report(troubles, "how many earlier partners there are is not understood", clause.text)
        elif named and (count < len(named) or (count > len(named) and not is_open)):
            _report(troubles, f"{count} earlier partners are stated and {len(named)} are named", listed or clause.text)
    year = max(year for year, _ in clause.when)
    if len(clause.when) > 1:
        _report(troubles, "several earlier rounds are told of together", *(words for _, words in clause.when))
    dates = [words for told, words in clause.when if told == year]
    evidence = cite(*dates, clause.text[slice(*match.span())])
    return Previous(year=year, count=count, partners=named, evidence=evidence)


def _count(words: Text, profile: Profile) -> int | None:
    """The one number that words begin with; several (16个国家和5个国际组织) have no sum that the ink shows."""
    for pattern in profile.introduction.partners:
        match = pattern.match(words.plain)
        value = counted(words, match) if match else None
        if value is not None:
            return value.count if len(value.evidence) == 1 else None
    return None


def _report(troubles: list[Trouble], message: str, *words: Text) -> None:
    told = f"{message}: {', '.join(map(str, words))}"
    troubles.append(Trouble("previous-unread", told, None, cite(*words), "previous"))
