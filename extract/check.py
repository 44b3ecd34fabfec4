"""Does the record agree with itself and with the guide: each question proved, consistent or contradicted."""

import itertools
from collections.abc import Iterable, Sequence

from extract.findings import Outcome
from extract.handoff import Trouble
from extract.records import FIELDS, Check, Declared, GuideFacts, Section
from extract.values import Duration, Evidence

Interval = tuple[int, int | None]  # None: open above


def check(guide: GuideFacts, sections: Sequence[Section]) -> tuple[Check, ...]:
    """All checks that the guide gives reason for, in a fixed order."""
    asked = [
        _numbers(sections),
        _partners(guide.declared, sections),
        _projects(guide.declared, sections),
        _funding(guide.declared, sections),
        _durations(guide.declared, sections),
    ]
    return tuple(one for one in asked if one is not None)


def _numbers(sections: Sequence[Section]) -> Check:
    """Section numbers run without gap or repeat."""
    odd = [
        (before, after) for before, after in itertools.pairwise(sections) if after.number not in _nexts(before.number)
    ]
    if not odd:
        message = f"{len(sections)} sections, {sections[0].number} to {sections[-1].number}, without gap or repeat"
        return Check(code="numbers-run", outcome="proved", message=message)
    told = ", ".join(f"{before.number} → {after.number}" for before, after in odd)
    evidence = tuple(e for before, after in odd for e in before.evidence + after.evidence)
    return Check(
        code="numbers-run",
        outcome="contradicted",
        message=f"section numbers jump: {told}",
        sections=tuple(after.number for _, after in odd),
        evidence=evidence,
    )


def _nexts(number: str) -> set[str]:
    parts = [int(part) for part in number.split(".")]
    raised = [[*parts[:i], parts[i] + 1, *rest] for i in range(len(parts)) for rest in ([], [0], [1], [1, 1])]
    return {".".join(map(str, follower)) for follower in (*raised, [*parts, 1])}


def _partners(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Distinct partners against the declared number; a group counts once, and so does a country with its provinces."""
    if declared.partners is None:
        return None
    partners = {partner.code or partner.name for section in sections for partner in section.partners}
    stated = declared.partners.count
    outcome: Outcome = "proved" if len(partners) == stated else "contradicted"
    message = f"{len(partners)} distinct partners, {stated} declared"
    return Check(code="partners-declared", outcome=outcome, message=message, evidence=declared.partners.evidence)


def _projects(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """The sections' projects against the declared number, by interval arithmetic."""
    if declared.projects is None:
        return None
    values = [section.project_count.value for section in sections]
    stated = declared.projects
    return _sum(
        "projects-declared",
        "projects",
        [None if v is None or (v.min, v.max) == (None, None) else (v.min or 0, v.max) for v in values],
        (stated.min or 0, stated.max),
        any(v is not None and v.approximate for v in values) or stated.approximate,
        stated.evidence,
    )


def _funding(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """The sections' money against the declared total; a section without a total leaves the sum open above."""
    if declared.funding is None:
        return None
    values = [section.funding.value for section in sections]
    stated = declared.funding
    return _sum(
        "funding-declared",
        stated.currency,
        [None if v is None or (v.min, v.max) == (None, None) else (v.min or 0, v.max) for v in values],
        (stated.min or 0, stated.max),
        any(v is not None and v.approximate for v in values) or stated.approximate,
        stated.evidence,
    )


def _sum(
    code: str,
    unit: str,
    parts: Iterable[Interval | None],
    stated: Interval,
    approximate: bool,
    evidence: tuple[Evidence, ...],
) -> Check:
    """A sum of intervals against a stated one: inside it proves, beside it contradicts, overlapping is consistent."""
    low, high = 0, 0
    open_above = False
    for part in parts:
        low += part[0] if part else 0
        if part is None or part[1] is None:
            open_above = True
        else:
            high += part[1]
    top = None if open_above else high
    outcome: Outcome = "consistent"
    if _outside((low, top), stated):
        outcome = "consistent" if approximate else "contradicted"
    elif low >= stated[0] and (stated[1] is None or (top is not None and top <= stated[1])) and not approximate:
        outcome = "proved"
    message = f"the sections' sum is {_told((low, top))} {unit}, {_told(stated)} declared"
    return Check(code=code, outcome=outcome, message=message, evidence=evidence)


def _outside(one: Interval, other: Interval) -> bool:
    return (one[1] is not None and one[1] < other[0]) or (other[1] is not None and other[1] < one[0])


def _told(interval: Interval) -> str:
    low, high = interval
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _durations(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Every section's own duration within the declared one."""
    if declared.duration is None:
        return None
    stated = [s for s in sections if s.duration.status == "stated" and s.duration.value is not None]
    outside = [s for s in stated if s.duration.value and _beyond(s.duration.value, declared.duration)]
    message = f"{len(stated)} sections state a duration of their own, {len(outside)} of them outside the declared one"
    return Check(
        code="duration-declared",
        outcome="contradicted" if outside else "proved",
        message=message,
        sections=tuple(section.number for section in outside),
        evidence=declared.duration.evidence,
    )


def _beyond(own: Duration, declared: Duration) -> bool:
    months = own.min_months, own.max_months, declared.min_months, declared.max_months
    low, high, least, most = (month if isinstance(month, int) else None for month in months)
    below = least is not None and ((low is not None and low < least) or (high is not None and high < least))
    above = most is not None and ((high is not None and high > most) or (low is not None and low > most))
    return below or above


def absences(sections: Sequence[Section]) -> list[Trouble]:
    """A field that a section lacks and most others have: worth a look, for a label may have been missed."""
    troubles = []
    for name in FIELDS:
        lacking = [section for section in sections if getattr(section, name).status == "absent"]
        if len(lacking) * 2 < len(sections):
            message = f"no {name}, which {len(sections) - len(lacking)} of {len(sections)} sections have"
            troubles += [Trouble("field-absent", message, section.number, section.evidence) for section in lacking]
    return troubles
