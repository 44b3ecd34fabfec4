"""Documents that the introduction names as its ground, with their numbers: 《…》（国发〔2014〕64号）."""

import re
from collections.abc import Iterable, Iterator

from extract.model.evidence import cite
from extract.model.record import Basis
from extract.model.text import Text
from extract.profile.schema import Profile

_DOCUMENT = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_SHORT = re.compile("(?:简称|下称)[为：]?$")  # 以下简称《意见》


def read(sentences: Iterable[Text], profile: Profile) -> Iterator[Basis]:
    """Documents after 根据, 按照, …, each once; a short name of one (以下简称《意见》) is none."""
    seen: set[str] = set()
    for sentence in sentences:
        cue = profile.introduction.basis.search(sentence.plain)
        for match in _DOCUMENT.finditer(sentence.plain):
            known = match[0] in seen
            seen.add(match[0])
            if cue is None or known or match.start() < cue.end() or _SHORT.search(sentence.plain, 0, match.start()):
                continue
            number = profile.introduction.document_number.match(sentence.plain, match.end())
            told = sentence.group(number, "value") if number else None
            title = sentence[match.start() + 1 : match.end() - 1]
            place = sentence[match.start() : number.end() if number else match.end()]
            yield Basis(title=title.printed, number=told.printed if told is not None else None, evidence=cite(place))
