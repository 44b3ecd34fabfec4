"""Does the record agree with itself, with what the guide states, with the ink, and with a second reader.

Each question is proved, consistent (it can be true) or contradicted.
"""

from collections.abc import Sequence

from extract.check import declared, ink, sections
from extract.check.codes import codes_of
from extract.check.copies import copies
from extract.check.paper import Paper
from extract.check.printed import printed
from extract.check.readers import confirm
from extract.check.sections import absences
from extract.handoff import Pulled, Repaired
from extract.partner_names import PartnerNames
from extract.records import Check, GuideFacts, Section
from extract.walk import owned

__all__ = ["absences", "check", "check_ink", "confirm"]


def check(guide: GuideFacts, found: Sequence[Section], *, exceptions: bool) -> tuple[Check, ...]:
    """The record against itself: all checks that the guide gives reason for, in a fixed order.

    `exceptions`: the introduction lets sections differ from the duration that it states.
    """
    stated = guide.declared
    asked = [
        sections.numbers(found),
        sections.tracks(found),
        declared.partners(stated, found),
        declared.projects(stated, found),
        declared.funding(stated, found),
        declared.durations(stated, found, exceptions=exceptions),
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
        ink.quotes(paper, records),
        ink.apart(found),
        ink.words(paper, seen, codes_of(names)),
        ink.numbers(paper, seen),
    ]
    return tuple(one for one in asked if one is not None)
