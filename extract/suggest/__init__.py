"""A record → what a profile could say so that more of the guide is understood; each with what it is like, and where."""

from collections.abc import Iterator

from extract.handoff import Suggestion
from extract.profile import Profile
from extract.records import Guide
from extract.suggest.headings import of_record
from extract.suggest.labels import labels
from extract.suggest.partners import partners
from extract.suggest.requirements import requirements
from extract.suggest.title import title


def suggestions(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Everything that can be suggested, in the order in which a profile has its tables."""
    for suggest in (title, of_record, labels, partners, requirements):
        yield from suggest(guide, profile)
