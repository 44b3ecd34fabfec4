"""Does the record agree with itself, with what the guide states, with the ink, and with a second reader.

Each question is proved, consistent (it can be true) or contradicted.
"""

from collections.abc import Sequence

from extract.check import consistency, quotes
from extract.check.codes import codes_of
from extract.check.consistency import absences
from extract.check.copies import copies_fold
from extract.check.quote_lookup import QuoteFinder
from extract.check.reader_agreement import readers_agree
from extract.model.record import Check, GuideFacts, Section, records_by_section
from extract.model.stages import Pulled, Repaired
from extract.profile.partner_tables import PartnerNames

__all__ = ["absences", "check", "check_ink", "readers_agree"]


def check(guide: GuideFacts, found: Sequence[Section], *, exceptions: bool) -> tuple[Check, ...]:
    """The record against itself: all checks that the guide gives reason for, in a fixed order.

    `exceptions`: the introduction lets sections differ from the duration that it states.
    """
    stated = guide.declared
    asked = [
        consistency.numbers_run(found),
        consistency.tracks_sum(found),
        consistency.declared_partners(stated, found),
        consistency.declared_projects(stated, found),
        consistency.declared_funding(stated, found),
        consistency.declared_duration(stated, found, exceptions=exceptions),
    ]
    return tuple(one for one in asked if one is not None)


def check_ink(
    pulled: Pulled,
    repaired: Repaired,
    names: PartnerNames,
    guide: GuideFacts,
    found: Sequence[Section],
    extracted: tuple[GuideFacts, Sequence[Section]] | None = None,
) -> tuple[Check, ...]:
    """The record against the glyphs that it was read from.

    `names` are the profile's names of partners, for which the words of a heading stand. `extracted` is the record
    without the values that a person corrected, for these need not be printed; by default the record itself.
    """
    paper = QuoteFinder(pulled, repaired)
    records, seen = records_by_section(guide, found), records_by_section(*(extracted or (guide, found)))
    asked = [
        copies_fold(pulled, repaired),
        quotes.quotes_replay(paper, records),
        quotes.quotes_in_section(found),
        quotes.words_in_quotes(paper, seen, codes_of(names)),
        quotes.numbers_in_ink(paper, seen),
    ]
    return tuple(one for one in asked if one is not None)
