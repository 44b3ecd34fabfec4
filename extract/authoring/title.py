"""The title block: a programme or an ending that the profile does not know."""

import re
from collections.abc import Iterator

from extract.authoring.suggestion import nearest, place, quoted
from extract.model.record import Guide
from extract.model.stages import Suggestion
from extract.profile.schema import Profile

_NAMED = re.compile("“([^“”]+)”")


def title(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """The name between the title's quotation marks, else the whole title; and how a title of its kind ends."""
    codes = {finding.code for finding in guide.findings}
    words, where = guide.guide.title, place(guide.guide.evidence)
    if "programme-unknown" in codes:
        yield programme(words, where, profile)
    if "title-unknown" in codes:
        ending = re.escape(words[-4:]) + "$"
        pattern = f"{profile.introduction.title_end.pattern}|{ending}"
        yield Suggestion("introduction", None, f"title_end = '{pattern}'", f"the first line “{words}”{where}")


def programme(title: str, where: str, profile: Profile) -> Suggestion:
    """What stands between the title's quotation marks, else all of it, as the name of a programme."""
    named = _NAMED.search(title)
    name = named[1] if named else title
    like = nearest(name, profile.programmes)
    told = f"; most like {like[0]} ({like[1]})" if like else ""
    return Suggestion("", "programmes", quoted(name), f"the title {title}{where}{told}")
