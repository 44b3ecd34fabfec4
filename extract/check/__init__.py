"""Checks of the record: against itself, the figures the guide declares, the ink, and a second reader.

Each is proved, consistent (possible) or contradicted.
"""

from collections.abc import Sequence

from extract.check import consistency, quotes, totals
from extract.check.accounted import PrintedGuide
from extract.check.codes import codes_of
from extract.check.consistency import absences, doubtful_title
from extract.check.copies import copies_fold
from extract.check.quote_lookup import QuoteFinder
from extract.check.reader_agreement import readers_agree
from extract.check.set_aside import excluded_in_ink, excluded_like_text
from extract.model.record import Check, Excluded, GuideFacts, Section, records_by_section
from extract.model.stages import Pulled, Repaired, StatedTotal
from extract.profile.partner_tables import PartnerNames

__all__ = [
    "PrintedGuide", "absences", "check", "check_ink", "doubtful_title", "excluded_like_text", "readers_agree",
]  # fmt: skip


def check(
    guide: GuideFacts, sections: Sequence[Section], *, exceptions: bool, totals_of_tables: Sequence[StatedTotal] = ()
) -> tuple[Check, ...]:
    """Check the record against itself, in a fixed order; what the guide does not state is not checked.

    `exceptions`: the introduction allows sections to differ from the guide's duration.
    """
    stated = guide.declared
    checks = [
        consistency.numbers_run(sections),
        totals.tracks_sum(sections),
        totals.subsections_sum(sections),
        totals.rows_sum(totals_of_tables, sections),
        consistency.topics_stated(sections),
        totals.declared_partners(stated, sections),
        totals.declared_projects(stated, sections),
        totals.declared_funding(stated, sections),
        consistency.declared_duration(guide.common, sections, exceptions=exceptions),
    ]
    return tuple(result for result in checks if result is not None)


def check_ink(
    pulled: Pulled,
    repaired: Repaired,
    names: PartnerNames,
    guide: GuideFacts,
    sections: Sequence[Section],
    *,
    excluded: Sequence[Excluded] = (),
    extracted: tuple[GuideFacts, Sequence[Section]] | None = None,
) -> tuple[Check, ...]:
    """Check the record against the glyphs that it was read from.

    `names`: the profile's partner names. `excluded`: the words that were set aside. `extracted`: facts and sections
    without corrected values, which need not be printed; by default all of them.
    """
    paper = QuoteFinder(pulled, repaired)
    records = records_by_section(guide, sections)
    extracted_records = records_by_section(*(extracted or (guide, sections)))
    checks = [
        copies_fold(pulled, repaired),
        excluded_in_ink(pulled, repaired, excluded),
        quotes.quotes_replay(paper, records),
        quotes.quotes_in_section(paper, guide, sections),
        quotes.words_in_quotes(paper, extracted_records, codes_of(names)),
        quotes.numbers_in_ink(paper, extracted_records),
    ]
    return tuple(result for result in checks if result is not None)
