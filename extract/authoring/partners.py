"""Partners: names in headings that no table has."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.authoring.suggestion import nearest, place, quoted
from extract.model.record import Guide
from extract.model.stages import Suggestion
from extract.model.values import Evidence
from extract.normalise.partners.gazetteer import names_of
from extract.profile.schema import Profile

_CLOSE = 75  # of 100: names that are less alike are those of others, 瓦坎达共和国 and 卢旺达共和国
_LETTERS = re.compile("（([A-Z][A-Z0-9-]+)）$")


def partners(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """A table for each unknown name, with the code of the name that it is most like, or one to be filled in.

    The letters in its bracket are an organisation's code: 星海联盟组织（XHO）.
    """
    unknown: dict[tuple[str, str], list[tuple[str, Sequence[Evidence]]]] = defaultdict(list)
    for section in guide.sections:
        for partner in section.partners:
            if partner.code is None:
                unknown[partner.kind, partner.name].append((section.number, partner.evidence))
    known = names_of(profile).full
    for (kind, name), seen in unknown.items():
        like = nearest(name, known, at_least=_CLOSE)
        told = f"most like {like[0]} ({known[like[0]][1]}, {like[1]})" if like else "like no name that is known"
        bracket = _LETTERS.search(name)
        code = known[like[0]][1] if like else bracket[1] if bracket else "??"
        form = "short" if len(name) == 1 else "aliases"
        lines = [f"[[names.{kind}]]", f'code = "{code}"', f"{form} = [{quoted(_LETTERS.sub('', name))}]"]
        sections = ", ".join(number for number, _ in seen)
        yield Suggestion("", None, "\n".join(lines), f"{name} in {sections}{place(seen[0][1])}; {told}")
