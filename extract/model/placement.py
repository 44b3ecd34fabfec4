"""Assign findings to sections, by their scope or by the position of their words in reading order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from extract.model.finding_catalogue import FINDINGS
from extract.model.findings import FindingDraft
from extract.model.record import Finding, Section
from extract.model.stages import Line
from extract.model.text import GLUE
from extract.model.values import Evidence


def place_findings(
    findings: Iterable[FindingDraft], sections: Sequence[Section], lines: Sequence[Line]
) -> tuple[Finding, ...]:
    """Turn drafts into the findings of the record, with severity and section. `lines` are in reading order."""
    starts = [(_position(section.evidence[0], lines), section.number) for section in sections if section.evidence]
    return tuple(
        Finding(
            code=draft.code,
            severity=FINDINGS[draft.code].severity,
            message=draft.message,
            args=dict(draft.args),
            section=_section_of(draft, starts, lines),
            evidence=draft.evidence,
        )
        for draft in findings
    )


def _section_of(draft: FindingDraft, starts: Sequence[tuple[int, str]], lines: Sequence[Line]) -> str | None:
    """Return the section that a finding names, else the last one that begins before its words or with them.

    None for the scope `guide`, and for a finding that names a field without a section (year, declared.funding).
    """
    if FINDINGS[draft.code].scope == "guide":
        return None
    if draft.section is not None or draft.field is not None or not draft.evidence:
        return draft.section
    position = _position(draft.evidence[0], lines)
    before = [number for start, number in starts if start <= position]
    return before[-1] if before else None


def _position(evidence: Evidence, lines: Sequence[Line]) -> int:
    """The number of lines that are read down to a box, which may stand beside the text or over it.

    The line at its height is one of its column, the one that it covers most. Without boxes the number of the line or
    block counts.
    """
    first, end = _page(evidence.page or 0, lines)
    if evidence.bbox is None:
        x, top = 0.0, float(evidence.row)
        bottom = top
    else:
        left, top, right, bottom = evidence.bbox
        x = (left + right) / 2
    beside = [index for index in range(first, end) if lines[index].left <= x < lines[index].right]
    covered = {index: min(_bottom(lines[index]), bottom) - max(_top(lines[index]), top) for index in beside}
    if covered and max(covered.values()) > 0:
        return max(covered, key=covered.__getitem__) + 1
    above = [index for index in beside if _top(lines[index]) <= (top + bottom) / 2]
    if above:
        return above[-1] + 1
    return beside[0] if beside else first


def _top(line: Line) -> float:
    """The upper edge of a line; without boxes the number by which evidence names it."""
    ink = line.text.ink
    return line.top if ink.drawn else ink.row(int(line.top))


def _bottom(line: Line) -> float:
    """The lower edge of a line; without boxes its number."""
    if not line.text.ink.drawn:
        return _top(line)
    return max(
        (line.text.ink.glyphs[origin].bottom for origin in line.text.origins if origin != GLUE), default=line.top
    )


def _page(page: int, lines: Sequence[Line]) -> tuple[int, int]:
    """The first line of a page, and the one behind its last; pages come one after the other."""
    first = bisect_left(lines, page, key=lambda line: line.page)
    return first, bisect_right(lines, page, lo=first, key=lambda line: line.page)
