"""Do the sections hang together: numbers that run, tracks that make up their total, fields that others have."""

from collections.abc import Sequence
from itertools import pairwise

from extract.check.intervals import Interval, interval
from extract.model.findings import Outcome
from extract.model.record import FIELDS, Check, Section
from extract.model.section_numbers import begins, follows
from extract.model.stages import Trouble
from extract.model.values import Count, Evidence, Money

_EXPECTED = ("fields", "project_count", "funding")  # what every guide seen so far has


def numbers(sections: Sequence[Section]) -> Check:
    """Section numbers begin where a guide can begin, and run without gap or repeat."""
    first, last = sections[0], sections[-1]
    odd = [(before, after) for before, after in pairwise(sections) if not follows(after.number, before.number)]
    if not odd and begins(first.number):
        count = f"{len(sections)} section{'s' * (len(sections) > 1)}"
        message = f"{count}, {first.number} to {last.number}, without gap or repeat"
        return Check(code="numbers-run", outcome="proved", message=message)
    told = [f"{before.number} → {after.number}" for before, after in odd]
    told += [] if begins(first.number) else [f"the first is {first.number}"]
    looked_at = [after for _, after in odd] or [first]
    return Check(
        code="numbers-run",
        outcome="contradicted",
        message=f"section numbers jump: {', '.join(told)}",
        sections=tuple(section.number for section in looked_at),
        evidence=tuple(line for section in looked_at for line in section.evidence),
    )


def tracks(sections: Sequence[Section]) -> Check | None:
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


def absences(sections: Sequence[Section], known: Sequence[str]) -> list[Trouble]:
    """A field that a section lacks and most others have, or that none has: a label may have been missed.

    `known`: the fields for which the profile has labels at all.
    """
    troubles = []
    for name in FIELDS:
        lacking = [section for section in sections if getattr(section, name).status == "absent"]
        if len(lacking) == len(sections) and name in _EXPECTED and name in known:
            troubles.append(Trouble("field-missing", f"no section has {name}; is its label known to the profile?"))
        elif len(lacking) * 2 < len(sections):
            message = f"no {name}, which {len(sections) - len(lacking)} of {len(sections)} sections have"
            troubles += [Trouble("field-absent", message, section.number, section.evidence) for section in lacking]
    return troubles
