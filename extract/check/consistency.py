"""Do the sections hang together: numbers that run, tracks that make up their total, fields that others have.

Intervals of whole numbers: what 40—60, 不超过6 and a sum of them can be.

Does the guide keep what its introduction declares: partners, projects, money, duration.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from extract.model.findings import CheckCode, FindingDraft, Outcome, finding
from extract.model.record import FIELDS, Check, Declared, Section
from extract.model.section_numbers import may_begin, may_follow
from extract.model.values import Count, Duration, Evidence, Money, Track

Interval = tuple[int, int | None]  # None: open above


def interval(value: Count | Money | Track) -> Interval | None:
    """A value's bounds; None where it states no total."""
    return None if value.min is None and value.max is None else (value.min or 0, value.max)


def is_outside(one: Interval, other: Interval) -> bool:
    """Whether no number lies in both."""
    return (one[1] is not None and one[1] < other[0]) or (other[1] is not None and other[1] < one[0])


def format_interval(interval: Interval) -> str:
    """An interval in words."""
    low, high = interval
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


_EXPECTED = ("fields", "project_count", "funding")  # what every guide seen so far has


def numbers_run(sections: Sequence[Section]) -> Check:
    """Section numbers begin where a guide can begin, and run without gap or repeat."""
    first, last = sections[0], sections[-1]
    odd = [(before, after) for before, after in pairwise(sections) if not may_follow(after.number, before.number)]
    if not odd and may_begin(first.number):
        count = f"{len(sections)} section{'s' * (len(sections) > 1)}"
        message = f"{count}, {first.number} to {last.number}, without gap or repeat"
        return Check(code="numbers-run", outcome="proved", message=message)
    told = [f"{before.number} → {after.number}" for before, after in odd]
    told += [] if may_begin(first.number) else [f"the first is {first.number}"]
    looked_at = [after for _, after in odd] or [first]
    return Check(
        code="numbers-run",
        outcome="contradicted",
        message=f"section numbers jump: {', '.join(told)}",
        sections=tuple(section.number for section in looked_at),
        evidence=tuple(line for section in looked_at for line in section.evidence),
    )


def tracks_sum(sections: Sequence[Section]) -> Check | None:
    """Named tracks (1）…10个；2）…1个) against the total of their section; 其中 need not name all of it."""
    outcomes: dict[str, Outcome] = {}
    evidence: list[Evidence] = []
    for section in sections:
        for value in (section.project_count.value, section.funding.value):
            if value is not None and value.tracks:
                outcome = _parts(value)
                evidence += value.evidence
                if _WORSE.index(outcome) >= _WORSE.index(outcomes.get(section.number, "proved")):
                    outcomes[section.number] = outcome
    if not outcomes:
        return None
    worst = max(outcomes.values(), key=_WORSE.index)
    odd = tuple(number for number, outcome in outcomes.items() if outcome == "contradicted")
    message = f"{len(outcomes)} of {len(sections)} sections with tracks, {len(odd)} whose tracks exceed the total"
    message += f": {', '.join(odd)}" if odd else ""
    return Check(code="tracks-sum", outcome=worst, message=message, sections=odd, evidence=tuple(evidence))


_WORSE: tuple[Outcome, ...] = ("proved", "consistent", "contradicted")


def _parts(value: Count | Money) -> Outcome:
    """Whether the tracks are the whole of a total, can be parts of it, or are more than it."""
    total = interval(value)
    bounds = [interval(track) for track in value.tracks]
    low = sum(bound[0] for bound in bounds if bound)
    highs = [bound[1] if bound else None for bound in bounds]
    whole: Interval = (low, None if None in highs else sum(high for high in highs if high is not None))
    if total is None:
        return "consistent"
    if total[1] is not None and low > total[1]:
        return "contradicted"
    return "proved" if whole == total else "consistent"


def absences(sections: Sequence[Section], known: Sequence[str]) -> list[FindingDraft]:
    """A field that a section lacks and most others have, or that none has: a label may have been missed.

    `known`: the fields for which the profile has labels at all.
    """
    findings = []
    for name in FIELDS:
        lacking = [section for section in sections if getattr(section, name).status == "absent"]
        if len(lacking) == len(sections) and name in _EXPECTED and name in known:
            findings.append(finding("field-missing", name=name))
        elif len(lacking) * 2 < len(sections):
            findings += [
                finding(
                    "field-absent",
                    section=section.number,
                    evidence=section.evidence,
                    name=name,
                    having=len(sections) - len(lacking),
                    sections=len(sections),
                )
                for section in lacking
            ]
    return findings


def declared_partners(declared: Declared, sections: Sequence[Section]) -> Check | None:
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


def declared_projects(declared: Declared, sections: Sequence[Section]) -> Check | None:
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


def declared_funding(declared: Declared, sections: Sequence[Section]) -> Check | None:
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
    if is_outside((low, top), stated):
        outcome = "consistent" if approximate else "contradicted"
    elif low >= stated[0] and (stated[1] is None or (top is not None and top <= stated[1])) and not approximate:
        outcome = "proved"
    about = "; some figures are about" if approximate else ""
    message = f"the sections' sum is {format_interval((low, top))} {unit}, {format_interval(stated)} declared{about}"
    return Check(code=code, outcome=outcome, message=message, evidence=evidence)


def declared_duration(declared: Declared, sections: Sequence[Section], *, exceptions: bool) -> Check | None:
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
