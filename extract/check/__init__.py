"""Does the record agree with itself, with what the guide states, with the ink, and with a second reader.

Each question is proved, consistent (it can be true) or contradicted.
"""

from collections.abc import Sequence

from extract.check import consistency, quotes
from extract.check.codes import codes_of
from extract.check.consistency import absences
from extract.check.copies import copies
from extract.check.quote_lookup import Paper
from extract.check.reader_agreement import confirm
from extract.corrections.apply import printed
from extract.model.record import Check, GuideFacts, Section, owned
from extract.model.stages import Pulled, Repaired
from extract.profile.partner_tables import PartnerNames

__all__ = ["absences", "check", "check_ink", "confirm"]


def check(guide: GuideFacts, found: Sequence[Section], *, exceptions: bool) -> tuple[Check, ...]:
    """The record against itself: all checks that the guide gives reason for, in a fixed order.

    `exceptions`: the introduction lets sections differ from the duration that it states.
    """
    stated = guide.declared
    asked = [
        consistency.numbers(found),
        consistency.tracks(found),
        consistency.partners(stated, found),
        consistency.projects(stated, found),
        consistency.funding(stated, found),
        consistency.durations(stated, found, exceptions=exceptions),
    ]
    return tuple(one for one in asked if one is not None)


def check_ink(
    pulled: Pulled, repaired: Repaired, names: PartnerNames, guide: GuideFacts, found: Sequence[Section]
) -> tuple[Check, ...]:
    """The record against the glyphs that it was read from; words and numbers without what a person corrected.

    `names` are the profile's names of partners, for which the words of a heading stand.
    """
    paper = Paper(pulled, repaired)
    records, seen = owned(guide, found), owned(*printed(guide, found))
    asked = [
        copies(pulled, repaired),
        quotes.quotes(paper, records),
        quotes.apart(found),
        quotes.words(paper, seen, codes_of(names)),
        quotes.numbers(paper, seen),
    ]
    return tuple(one for one in asked if one is not None)
