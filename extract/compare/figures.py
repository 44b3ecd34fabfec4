"""Counts, money and durations of two sections → what changed in them, bounds and parts each on their own.

What a guide says, as a comparison holds it: words, figure, evidence; and which way a figure went.

The figures of all sections put together, guide by guide, unit by unit.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from extract.compare.pairing import pair_up
from extract.compare.wording import letters_and_digits
from extract.model.comparison import Change, ChangedItem, Kind, Range, RangeSum, SectionSummary, Statement, Total, Trend
from extract.model.record import DeclaredCount, DeclaredProjects, Field
from extract.model.values import Count, Duration, Evidence, Money, Per, PerProject, Track

Figure = Count | Money | Duration | Per | PerProject | Track | DeclaredCount | DeclaredProjects


def quoted(evidence: tuple[Evidence, ...], words: str | None = None, figure: Range | None = None) -> Statement:
    """What words say that are cited; the quotes themselves where no other words are given."""
    return Statement(
        text="".join(one.quote for one in evidence) if words is None else words, range=figure, evidence=evidence
    )


def whole(field: Field[Any], figure: Range | None = None) -> Statement:
    """What a field says, with its status."""
    return Statement(status=field.status, text=field.text or "", range=figure, evidence=field.evidence)


def bounds(value: Figure | None, unit: str) -> Range | None:
    """A value's bounds, None where it has none: money that is stated for each project alone has no total."""
    if value is None:
        return None
    approximate = isinstance(value, Count | Money | DeclaredProjects) and value.approximate
    low: int | None
    high: int | None
    if isinstance(value, DeclaredCount):
        low = high = value.count
    elif isinstance(value, Duration):
        low, high = value.min_months or None, value.max_months or None
    else:
        low, high = value.min, value.max
    return None if low is None and high is None else Range(min=low, max=high, approximate=approximate, unit=unit)


def trend(before: Range | None, after: Range | None) -> Trend | None:
    """Which way a figure went: up where an end rises and none falls; unclear where bounds do not tell.

    None where one side has no figure, or both have the same.
    """
    if before is None or after is None or before == after:
        return None
    if before.unit != after.unit:
        return "unclear"
    steps = [_step(one, other) for one, other in ((before.min, after.min), (before.max, after.max))]
    if None in steps or not any(steps):
        return "unclear"
    if all(step is not None and step >= 0 for step in steps):
        return "up"
    return "down" if all(step is not None and step <= 0 for step in steps) else "unclear"


def _step(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return 0 if one is other else None
    return (other > one) - (other < one)


def counts(before: Field[Count], after: Field[Count]) -> Iterator[Change]:
    """What changed in how many projects there are."""
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change("project_count", before, after, bounds(one, "projects"), bounds(other, "projects"))
        return
    sides = whole(before, bounds(one, "projects")), whole(after, bounds(other, "projects"))
    made = [
        *figure("project_count", *sides),
        *_per(one, other),
        *_tracks("projects_track", one, other, ("projects", "projects")),
    ]
    yield from made or reworded("project_count", *sides)


def money(before: Field[Money], after: Field[Money]) -> Iterator[Change]:
    """What changed in the money: the total, each project's, and the parts of the total."""
    one, other = before.value, after.value
    units = one.currency if one else "", other.currency if other else ""
    ranges = bounds(one, units[0]), bounds(other, units[1])
    if one is None or other is None:
        yield from status_change("funding", before, after, *ranges)
        return
    sides = whole(before, ranges[0]), whole(after, ranges[1])
    made = [
        *figure("funding", *sides),
        *_each(one, other),
        *_tracks("funding_track", one, other, units),
    ]
    yield from made or reworded("funding", *sides)


def durations(before: Field[Duration], after: Field[Duration]) -> Iterator[Change]:
    """What changed in how long projects run. What both take from the guide is said once, of the guide."""
    one, other = before.value, after.value
    ranges = bounds(one, "months"), bounds(other, "months")
    if one is None or other is None:
        yield from status_change("duration", before, after, *ranges)
    elif not before.status == after.status == "inherited":
        yield from span("duration", whole(before, ranges[0]), whole(after, ranges[1]), one, other)


def span(what: ChangedItem, before: Statement, after: Statement, one: Duration, other: Duration) -> Iterator[Change]:
    """A duration against another, in months or from a date to a date."""
    if _span(one) != _span(other):
        yield Change(what=what, kind="changed", before=before, after=after, trend=trend(before.range, after.range))
    else:
        yield from reworded(what, before, after)


def _span(value: Duration) -> tuple[object, ...]:
    return value.min_months or None, value.max_months or None, value.start, value.end


def status_change(
    what: ChangedItem, before: Field[Any], after: Field[Any], one: Range | None = None, other: Range | None = None
) -> Iterator[Change]:
    """A field that has no value on one side, or on both: what became of its status."""
    if before.status == after.status and letters_and_digits(before.text or "") == letters_and_digits(after.text or ""):
        return
    has = before.value is not None or before.status == "unread", after.value is not None or after.status == "unread"
    kinds: dict[tuple[bool, bool], Kind] = {(False, True): "added", (True, False): "removed"}
    otherwise: Kind = "worded" if before.status == after.status != "unread" else "changed"
    yield Change(what=what, kind=kinds.get(has, otherwise), before=whole(before, one), after=whole(after, other))


def figure(what: ChangedItem, before: Statement, after: Statement) -> Iterator[Change]:
    """A figure against another; one that is stated on one side alone was added or removed."""
    if before.range != after.range:
        kind: Kind = "changed" if before.range and after.range else "added" if after.range else "removed"
        yield Change(what=what, kind=kind, before=before, after=after, trend=trend(before.range, after.range))


def reworded(what: ChangedItem, before: Statement, after: Statement) -> Iterator[Change]:
    """Other words, or said elsewhere, with the same value; punctuation does not count."""
    if letters_and_digits(before.text) != letters_and_digits(after.text) or before.status != after.status:
        yield Change(what=what, kind="worded", before=before, after=after)


def _per(one: Count, other: Count) -> Iterator[Change]:
    units = [per.unit for per in (one.per, other.per) if per]
    sides = _said(one.per, "projects"), _said(other.per, "projects")
    yield from _part("projects_per", *sides, units[-1] if units else None, otherwise=len(set(units)) > 1)


def _each(one: Money, other: Money) -> Iterator[Change]:
    sides = _said(one.per_project, one.currency), _said(other.per_project, other.currency)
    yield from _part("funding_per_project", *sides)


def _tracks(what: ChangedItem, one: Count | Money, other: Count | Money, units: Sequence[str]) -> Iterator[Change]:
    for before, after in pair_up(one.tracks, other.tracks, lambda track: track.name):
        names = [track.name for track in (before, after) if track]
        yield from _part(what, _said(before, units[0]), _said(after, units[1]), names[-1])


def _said(value: Per | PerProject | Track | None, unit: str) -> Statement | None:
    return quoted(value.evidence, figure=bounds(value, unit)) if value else None


def _part(
    what: ChangedItem,
    before: Statement | None,
    after: Statement | None,
    place: str | None = None,
    *,
    otherwise: bool = False,
) -> Iterator[Change]:
    """A part that stands beside a total or makes it up; `otherwise`: it is said of something else now."""
    if (before and before.range) == (after and after.range) and bool(before) == bool(after) and not otherwise:
        return
    kind: Kind = "changed" if before and after else "added" if after else "removed"
    way = trend(before.range, after.range) if before and after else None
    yield Change(what=what, kind=kind, place=place, before=before, after=after, trend=way)


def totals(before: Sequence[SectionSummary], after: Sequence[SectionSummary]) -> Iterator[Total]:
    """Projects first, then each currency that a section states a total in, CNY before others."""
    yield _total("projects", before, after)
    currencies = {head.funding.unit for head in (*before, *after) if head.funding}
    for unit in sorted(currencies, key=lambda unit: (unit != "CNY", unit)):
        yield _total(unit, before, after)


def _total(unit: str, before: Sequence[SectionSummary], after: Sequence[SectionSummary]) -> Total:
    one, other = _sum(unit, before), _sum(unit, after)
    ranges = [
        Range(min=sum_.min, max=sum_.max, approximate=sum_.approximate, unit=unit) if sum_ else None
        for sum_ in (one, other)
    ]
    return Total(unit=unit, before=one, after=other, trend=trend(*ranges))


def _sum(unit: str, heads: Sequence[SectionSummary]) -> RangeSum | None:
    """The sum of intervals: at least 0 where a section's figure is open below, open above where one is."""
    figures = [figure for head in heads for figure in (head.projects, head.funding) if figure and figure.unit == unit]
    if not figures:
        return None
    tops = [figure.max for figure in figures if figure.max is not None]
    return RangeSum(
        min=sum(figure.min or 0 for figure in figures),
        max=sum(tops) if len(tops) == len(figures) else None,
        approximate=any(figure.approximate for figure in figures),
        stated=len(figures),
        sections=len(heads),
    )
