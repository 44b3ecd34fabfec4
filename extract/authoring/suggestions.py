"""A record → what a profile could say so that more of the guide is understood; each with what it is like, and where."""

from collections.abc import Iterator

from extract.authoring.headings import of_record
from extract.authoring.labels import labels
from extract.authoring.partners import partners
from extract.authoring.requirements import requirements
from extract.authoring.title import title
from extract.model.record import Guide
from extract.model.stages import Suggestion
from extract.profile.schema import Profile


def suggestions(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Everything that can be suggested, in the order in which a profile has its tables."""
    for suggest in (title, of_record, labels, partners, requirements):
        yield from suggest(guide, profile)
