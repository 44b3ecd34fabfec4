"""Does the guide keep what its introduction declares: partners, projects, money, duration."""

from collections.abc import Iterable, Sequence
from datetime import date

from extract.check.intervals import Interval, interval, outside, told
from extract.model.findings import CheckCode, Outcome
from extract.model.record import Check, Declared, Section
from extract.model.values import Duration, Evidence


def partners(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Distinct partners against the declared number; a group counts once, and so does a country with its provinces."""
    if declared.partners is None:
        return None
    named = [partner for section in sections for partner in section.partners]
    distinct = len({partner.code or partner.name for partner in named})
    stated = declared.partners.count
    outcome: Outcome = "proved" if distinct == stated else "contradicted"
    if any(partner.code is None for partner in named):
        outcome = "consistent"  # an unknown name may be one that is counted already
    message = f"{distinct} distinct partners, {stated} declared"
    return Check(code="partners-declared", outcome=outcome, message=message, evidence=declared.partners.evidence)


def projects(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """The sections' projects against the declared number, by interval arithmetic."""
    if declared.projects is None:
        return None
    values = [section.project_count.value for section in sections]
    stated = declared.projects
    return _sum(
        "projects-declared",
        "projects",
        [None if v is None else interval(v) for v in values],
        (stated.min or 0, stated.max),
        any(v is not None and v.approximate for v in values) or stated.approximate,
        stated.evidence,
    )


def funding(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """The sections' money against the declared total; another currency, or no total, leaves the sum open above."""
    if declared.funding is None:
        return None
    values = [section.funding.value for section in sections]
    stated = declared.funding
    return _sum(
        "funding-declared",
        stated.currency,
        [None if v is None or v.currency != stated.currency else interval(v) for v in values],
        (stated.min or 0, stated.max),
        any(v is not None and v.approximate for v in values) or stated.approximate,
        stated.evidence,
    )


def _sum(
    code: CheckCode,
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
    if outside((low, top), stated):
        outcome = "consistent" if approximate else "contradicted"
    elif low >= stated[0] and (stated[1] is None or (top is not None and top <= stated[1])) and not approximate:
        outcome = "proved"
    about = "; some figures are about" if approximate else ""
    message = f"the sections' sum is {told((low, top))} {unit}, {told(stated)} declared{about}"
    return Check(code=code, outcome=outcome, message=message, evidence=evidence)


def durations(declared: Declared, sections: Sequence[Section], *, exceptions: bool) -> Check | None:
    """Every section's own duration within the declared one, unless the introduction makes exceptions."""
    if declared.duration is None:
        return None
    stated = [section for section in sections if section.duration.status == "stated"]
    own = [(section.number, _months(section.duration.value)) for section in stated if section.duration.value]
    if not own:
        return None
    stated_range = _months(declared.duration)
    outcomes = {number: _within(months, stated_range) for number, months in own}
    outside = tuple(number for number, outcome in outcomes.items() if outcome == "contradicted")
    worst: Outcome = (
        "contradicted"
        if outside and not exceptions
        else "consistent"
        if set(outcomes.values()) - {"proved"}
        else "proved"
    )
    return Check(
        code="duration-declared",
        outcome=worst,
        message=f"{len(own)} of {len(sections)} sections with a duration of their own, {len(outside)} outside of it",
        sections=() if exceptions else outside,
        evidence=declared.duration.evidence,
    )


def _within(own: tuple[int | None, int | None], stated: tuple[int | None, int | None]) -> Outcome:
    """Whether a section's months lie within the declared ones; they may where a side is open."""
    low, high = own[0] or 0, own[1]
    least, most = stated[0] or 0, stated[1]
    if (high is not None and high < least) or (most is not None and low > most):
        return "contradicted"
    inside = low >= least and (most is None or (high is not None and high <= most))
    if not inside and own[0] is not None and own[1] is not None:
        return "contradicted"  # a duration that is stated whole and reaches outside
    return "proved" if inside else "consistent"


def _months(duration: Duration) -> tuple[int | None, int | None]:
    """The bounds in months, of dates as well."""
    if isinstance(duration.start, str) and isinstance(duration.end, str):
        days = (date.fromisoformat(duration.end) - date.fromisoformat(duration.start)).days
        return round(days / 30.4375), round(days / 30.4375)
    low, high = duration.min_months, duration.max_months
    return low if isinstance(low, int) else None, high if isinstance(high, int) else None
