"""Assign findings to sections, by their scope or by the position of their words."""

from collections.abc import Iterable, Sequence

from extract.model.findings import FINDINGS, FindingDraft
from extract.model.record import Finding, Section
from extract.model.values import Evidence

_MAX_COPY_RISE = 0.9  # points, or lines of a file: copies of a heading may be this far above it


def place_findings(findings: Iterable[FindingDraft], sections: Sequence[Section]) -> tuple[Finding, ...]:
    """Turn drafts into the findings of the record, with severity and section."""
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
    """Return the section that a finding names, else the last one that begins above its words.

    None for the scope `guide`, and for a finding that names a field without a section (year, declared.funding).
    """
    if FINDINGS[draft.code].scope == "guide":
        return None
    if draft.section is not None or draft.field is not None or not draft.evidence:
        return draft.section
    page, height = _middle(draft.evidence[0])
    below = page, height + _MAX_COPY_RISE
    above = [section.number for section in sections if section.evidence and _position(section.evidence[0]) <= below]
    return above[-1] if above else None


def _middle(evidence: Evidence) -> tuple[int, float]:
    """The page, and the middle of the box: a remark may reach above the line that it stands beside."""
    if evidence.bbox is None:
        return _position(evidence)
    return evidence.page, (evidence.bbox[1] + evidence.bbox[3]) / 2


def _position(evidence: Evidence) -> tuple[int, float]:
    """The page, and the distance from its top in points; in plain text the line of the file."""
    line = evidence.line if isinstance(evidence.line, int) else 0
    return evidence.page, evidence.bbox[1] if evidence.bbox else float(line)
