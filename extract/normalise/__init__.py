"""Parse labelled words into values: facts of the guide, then sections. What is not understood is unread.

Sections inherit what they lack; a value of theirs that may be wrong where it is stated is reported.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from extract.model.findings import finding
from extract.model.inheritance import inherit
from extract.model.stages import Normalised, SplitGuide, StatedTotal
from extract.normalise import introduction, sections
from extract.normalise.common import parse_common
from extract.normalise.doubts import inherited_doubts
from extract.normalise.notes import assign_notes
from extract.normalise.prose import figures_in_prose
from extract.profile.schema import Profile


def normalise(cut: SplitGuide, profile: Profile) -> Normalised:
    """Return the values of a guide: its facts, and its sections."""
    introduced = introduction.parse_introduction(cut, profile)
    assert introduced.value is not None
    facts, common_findings = parse_common(cut.common, cut.introduction, introduced.value, profile)
    parsed = []
    findings = [*introduced.findings, *common_findings]
    for piece in cut.pieces:
        section, section_findings = sections.parse_section(piece, facts, profile)
        in_prose = figures_in_prose(piece, section)
        parsed.append(section)
        findings += [replace(draft, section=piece.number) for draft in (*section_findings, *in_prose)]
    parsed = inherit(parsed, facts)
    findings += inherited_doubts(facts, parsed, findings)
    of_sections, of_guide = assign_notes(cut.notes, cut.pieces)
    parsed = [replace(section, notes=notes) for section, notes in zip(parsed, of_sections, strict=True)]
    known = [partner for section in parsed for partner in section.partners if partner.code]
    if facts.programme is None and not known:
        findings.append(finding("profile-unfit", cut.title, profile=profile.name))
    guide = replace(facts, notes=of_guide)
    totals = tuple(_stated_totals(cut, profile))
    return Normalised(guide, tuple(parsed), introduction.has_exceptions(cut, profile), tuple(findings), totals)


def _stated_totals(cut: SplitGuide, profile: Profile) -> Iterator[StatedTotal]:
    """Yield what rows of tables state as the totals of others; nothing for a row of what each project gets."""
    context = sections.Context(profile, several_partners=True)
    for row in cut.totals:
        for part in row.parts:
            assert part.field is not None
            field = sections.parse_field(part, sections.PARSERS[part.field], context).field
            words = f"{row.words.printed} ({part.label.printed})"
            if field.status == "unread" or (field.value and (field.value.min, field.value.max) != (None, None)):
                yield StatedTotal(words, field.value, row.sums)
