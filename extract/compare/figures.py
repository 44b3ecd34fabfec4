"""Counts, money and durations of two sections → what changed in them, bounds and parts each on their own."""

from collections.abc import Iterator, Sequence
from typing import Any

from extract.compare.lists import paired
from extract.compare.said import bounds, quoted, trend, whole
from extract.compare.wording import bare
from extract.model.comparison import Change, Kind, Range, Said, What
from extract.model.record import Field
from extract.model.values import Count, Duration, Money, Per, PerProject, Track


def counts(before: Field[Count], after: Field[Count]) -> Iterator[Change]:
    """What changed in how many projects there are."""
    one, other = before.value, after.value
    if one is None or other is None:
        yield from appeared("project_count", before, after, bounds(one, "projects"), bounds(other, "projects"))
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
        yield from appeared("funding", before, after, *ranges)
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
        yield from appeared("duration", before, after, *ranges)
    elif not before.status == after.status == "inherited":
        yield from span("duration", whole(before, ranges[0]), whole(after, ranges[1]), one, other)


def span(what: What, before: Said, after: Said, one: Duration, other: Duration) -> Iterator[Change]:
    """A duration against another, in months or from a date to a date."""
    if _span(one) != _span(other):
        yield Change(what=what, kind="changed", before=before, after=after, trend=trend(before.range, after.range))
    else:
        yield from reworded(what, before, after)


def _span(value: Duration) -> tuple[object, ...]:
    return value.min_months or None, value.max_months or None, value.start, value.end


def appeared(
    what: What, before: Field[Any], after: Field[Any], one: Range | None = None, other: Range | None = None
) -> Iterator[Change]:
    """A field that has no value on one side, or on both: what became of its status."""
    if before.status == after.status and bare(before.text or "") == bare(after.text or ""):
        return
    has = before.value is not None or before.status == "unread", after.value is not None or after.status == "unread"
    kinds: dict[tuple[bool, bool], Kind] = {(False, True): "added", (True, False): "removed"}
    otherwise: Kind = "worded" if before.status == after.status != "unread" else "changed"
    yield Change(what=what, kind=kinds.get(has, otherwise), before=whole(before, one), after=whole(after, other))


def figure(what: What, before: Said, after: Said) -> Iterator[Change]:
    """A figure against another; one that is stated on one side alone was added or removed."""
    if before.range != after.range:
        kind: Kind = "changed" if before.range and after.range else "added" if after.range else "removed"
        yield Change(what=what, kind=kind, before=before, after=after, trend=trend(before.range, after.range))


def reworded(what: What, before: Said, after: Said) -> Iterator[Change]:
    """Other words, or said elsewhere, with the same value; punctuation does not count."""
    if bare(before.text) != bare(after.text) or before.status != after.status:
        yield Change(what=what, kind="worded", before=before, after=after)


def _per(one: Count, other: Count) -> Iterator[Change]:
    units = [per.unit for per in (one.per, other.per) if per]
    sides = _said(one.per, "projects"), _said(other.per, "projects")
    yield from _part("projects_per", *sides, units[-1] if units else None, otherwise=len(set(units)) > 1)


def _each(one: Money, other: Money) -> Iterator[Change]:
    sides = _said(one.per_project, one.currency), _said(other.per_project, other.currency)
    yield from _part("funding_per_project", *sides)


def _tracks(what: What, one: Count | Money, other: Count | Money, units: Sequence[str]) -> Iterator[Change]:
    for before, after in paired(one.tracks, other.tracks, lambda track: track.name):
        names = [track.name for track in (before, after) if track]
        yield from _part(what, _said(before, units[0]), _said(after, units[1]), names[-1])


def _said(value: Per | PerProject | Track | None, unit: str) -> Said | None:
    return quoted(value.evidence, figure=bounds(value, unit)) if value else None


def _part(
    what: What, before: Said | None, after: Said | None, place: str | None = None, *, otherwise: bool = False
) -> Iterator[Change]:
    """A part that stands beside a total or makes it up; `otherwise`: it is said of something else now."""
    if (before and before.range) == (after and after.range) and bool(before) == bool(after) and not otherwise:
        return
    kind: Kind = "changed" if before and after else "added" if after else "removed"
    way = trend(before.range, after.range) if before and after else None
    yield Change(what=what, kind=kind, place=place, before=before, after=after, trend=way)
