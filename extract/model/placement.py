"""The place of findings in the record: each one's section follows from its scope, or from where its words stand."""

from collections.abc import Iterable, Sequence

from extract.model.findings import FINDINGS, FindingDraft
from extract.model.record import Finding, Section
from extract.model.values import Evidence

_ABOVE = 0.9  # points, or lines of a file: copies of a heading may stand so far above it


def place_findings(findings: Iterable[FindingDraft], sections: Sequence[Section]) -> tuple[Finding, ...]:
    """The findings as the record has them, each with its severity and its section."""
    return tuple(
        Finding(
            code=draft.code,
            severity=FINDINGS[draft.code].severity,
            message=draft.message,
            args=dict(draft.args),
            section=_section_of(draft, sections),
            evidence=draft.evidence,
        )
        for draft in findings
    )


def _section_of(draft: FindingDraft, sections: Sequence[Section]) -> str | None:
    """The section that a finding names, else the last one that begins above its words.

    A finding without a section that doubts a field (year, declared.funding) doubts what the guide says of itself.
    """
    if FINDINGS[draft.code].scope == "guide":
        return None
    if draft.section is not None or draft.field is not None or not draft.evidence:
        return draft.section
    page, height = _position(draft.evidence[0])
    below = page, height + _ABOVE
    begun = [section.number for section in sections if section.evidence and _position(section.evidence[0]) <= below]
    return begun[-1] if begun else None


def _position(evidence: Evidence) -> tuple[int, float]:
    """The page and how far down it, in points, or the line of a file."""
    line = evidence.line if isinstance(evidence.line, int) else 0
    return evidence.page, evidence.bbox[1] if evidence.bbox else float(line)
