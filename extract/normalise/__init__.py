"""Parse labelled words into values: facts of the guide, then sections. What is not understood is unread."""

from msgspec.structs import replace

from extract.model.findings import finding
from extract.model.stages import Normalised, SplitGuide
from extract.normalise import introduction, sections
from extract.normalise.notes import assign_notes
from extract.normalise.prose import figures_in_prose
from extract.profile.schema import Profile


def normalise(cut: SplitGuide, profile: Profile) -> Normalised:
    """Return the values of a guide: its facts, and its sections."""
    facts = introduction.parse_introduction(cut, profile)
    assert facts.value is not None
    parsed = []
    findings = list(facts.findings)
    for piece in cut.pieces:
        section, section_findings = sections.parse_section(piece, facts.value, profile)
        parsed.append(section)
        in_prose = figures_in_prose(piece, section)
        findings += [replace(draft, section=piece.number) for draft in (*section_findings, *in_prose)]
    of_sections, of_guide = assign_notes(cut.notes, cut.pieces)
    parsed = [replace(section, notes=notes) for section, notes in zip(parsed, of_sections, strict=True)]
    known = [partner for section in parsed for partner in section.partners if partner.code]
    if facts.value.programme is None and not known:
        findings.append(finding("profile-unfit", cut.title, profile=profile.name))
    guide = replace(facts.value, notes=of_guide)
    return Normalised(guide, tuple(parsed), introduction.has_exceptions(cut, profile), tuple(findings))
