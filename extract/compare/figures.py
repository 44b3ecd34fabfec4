"""Changes in counts, money and durations, bounds and parts each on their own; totals over all sections."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import UnsetType
from msgspec.structs import replace

from extract.compare.pairing import pair_up
from extract.compare.wording import letters_and_digits
from extract.model.comparison import Change, ChangedItem, Kind, RangeSum, SectionSummary, Statement, Total
from extract.model.ranges import MONTHS, Range, add, range_of, trend
from extract.model.record import Field
from extract.model.values import Count, Duration, Evidence, Foreign, Money, Per, PerProject, Share, Track


def quoted(evidence: tuple[Evidence, ...], words: str | None = None, figure: Range | None = None) -> Statement:
    """Return the statement of cited words, by default the quotes themselves."""
    return Statement(
        text="".join(piece.quote for piece in evidence) if words is None else words, range=figure, evidence=evidence
    )


def whole(field: Field[Any], figure: Range | None = None) -> Statement:
    """Return the statement of a whole field, with its status."""
    return Statement(status=field.status, text=field.text or "", range=figure, evidence=field.evidence)


def counts(before: Field[Count], after: Field[Count]) -> Iterator[Change]:
    """Yield the changes in the number of projects."""
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change("project_count", before, after, range_of(one, "projects"), range_of(other, "projects"))
        return
    sides = whole(before, range_of(one, "projects")), whole(after, range_of(other, "projects"))
    changes = [
        *figure("project_count", *sides),
        *_units("projects_per", one.per, other.per, ("projects", "projects")),
        *_tracks("projects_track", one, other, ("projects", "projects")),
    ]
    yield from changes or reworded("project_count", *sides)


def money(before: Field[Money], after: Field[Money]) -> Iterator[Change]:
    """Yield the changes in the money: the total, each project's and unit's, the other side's, parts of the total."""
    one, other = before.value, after.value
    units = one.currency if one else "", other.currency if other else ""
    ranges = range_of(one, units[0]), range_of(other, units[1])
    if one is None or other is None:
        yield from status_change("funding", before, after, *ranges)
        return
    sides = whole(before, ranges[0]), whole(after, ranges[1])
    changes = [
        *figure("funding", *sides),
        *_each(one, other),
        *_units("funding_per", one.per, other.per, units),
        *_shares(one.share or None, other.share or None),
        *_foreign(one.foreign or None, other.foreign or None),
        *_tracks("funding_track", one, other, units),
    ]
    yield from changes or reworded("funding", *sides)


def durations(before: Field[Duration], after: Field[Duration]) -> Iterator[Change]:
    """Yield the changes in the duration, in months or from a date to a date."""
    one, other = before.value, after.value
    ranges = range_of(one, MONTHS), range_of(other, MONTHS)
    if one is None or other is None:
        yield from status_change("duration", before, after, *ranges)
        return
    sides = whole(before, ranges[0]), whole(after, ranges[1])
    if _span(one) != _span(other):
        way = trend(*ranges)
        yield Change(what="duration", kind="changed", before=sides[0], after=sides[1], trend=way)
    else:
        yield from reworded("duration", *sides)


def _span(value: Duration) -> tuple[object, ...]:
    return value.min_months or None, value.max_months or None, value.start, value.end


def status_change(
    what: ChangedItem, before: Field[Any], after: Field[Any], one: Range | None = None, other: Range | None = None
) -> Iterator[Change]:
    """Yield the change of status of a field without a value on one side or both."""
    if before.status == after.status and letters_and_digits(before.text or "") == letters_and_digits(after.text or ""):
        return
    has = before.value is not None or before.status == "unread", after.value is not None or after.status == "unread"
    kinds: dict[tuple[bool, bool], Kind] = {(False, True): "added", (True, False): "removed"}
    otherwise: Kind = "worded" if before.status == after.status != "unread" else "changed"
    yield Change(what=what, kind=kinds.get(has, otherwise), before=whole(before, one), after=whole(after, other))


def figure(what: ChangedItem, before: Statement, after: Statement) -> Iterator[Change]:
    """Yield the change of a figure: added or removed if only one side states it."""
    if before.range != after.range:
        kind: Kind = "changed" if before.range and after.range else "added" if after.range else "removed"
        yield Change(what=what, kind=kind, before=before, after=after, trend=trend(before.range, after.range))


def reworded(what: ChangedItem, before: Statement, after: Statement) -> Iterator[Change]:
    """Yield a change of wording with the same value; punctuation does not count."""
    if letters_and_digits(before.text) != letters_and_digits(after.text) or before.status != after.status:
        yield Change(what=what, kind="worded", before=before, after=after)


def _units(
    what: ChangedItem, one: Per | UnsetType | None, other: Per | UnsetType | None, units: Sequence[str]
) -> Iterator[Change]:
    named = [per.unit for per in (one, other) if per]
    sides = _statement(one or None, units[0]), _statement(other or None, units[1])
    yield from _part(what, *sides, named[-1] if named else None, otherwise=len(set(named)) > 1)


def _each(
    one: Money | Foreign | None, other: Money | Foreign | None, what: ChangedItem = "funding_per_project"
) -> Iterator[Change]:
    before, after = (_statement(value.per_project, value.currency) if value else None for value in (one, other))
    yield from _part(what, before, after)


def _shares(one: Share | None, other: Share | None) -> Iterator[Change]:
    before, after = (quoted(share.evidence) if share else None for share in (one, other))
    figures = [(share.min, share.max, share.of) for share in (one, other) if share]
    yield from _part("funding_share", before, after, otherwise=len(set(figures)) > 1)


def _foreign(one: Foreign | None, other: Foreign | None) -> Iterator[Change]:
    ranges = [range_of(value, value.currency) if value else None for value in (one, other)]
    before, after = (
        quoted(value.evidence, figure=figure) if value and figure else None
        for value, figure in zip((one, other), ranges, strict=True)
    )
    yield from _part("funding_foreign", before, after)
    yield from _each(one, other, "funding_foreign_per_project")


def _tracks(what: ChangedItem, one: Count | Money, other: Count | Money, units: Sequence[str]) -> Iterator[Change]:
    for before, after in pair_up(one.tracks, other.tracks, lambda track: track.name):
        names = [track.name for track in (before, after) if track]
        yield from _part(what, _statement(before, units[0]), _statement(after, units[1]), names[-1])


def _statement(value: Per | PerProject | Track | None, unit: str) -> Statement | None:
    return quoted(value.evidence, figure=range_of(value, unit)) if value else None


def _part(
    what: ChangedItem,
    before: Statement | None,
    after: Statement | None,
    place: str | None = None,
    *,
    otherwise: bool = False,
) -> Iterator[Change]:
    """Yield the change of a part of a total, or beside it; `otherwise`: the unit counted differs."""
    if (before and before.range) == (after and after.range) and bool(before) == bool(after) and not otherwise:
        return
    kind: Kind = "changed" if before and after else "added" if after else "removed"
    way = trend(before.range, after.range) if before and after else None
    yield Change(what=what, kind=kind, place=place, before=before, after=after, trend=way)


def totals(before: Sequence[SectionSummary], after: Sequence[SectionSummary]) -> Iterator[Total]:
    """Yield the totals: projects, then each currency, CNY first."""
    yield _total("projects", before, after)
    currencies = {head.funding.unit for head in (*before, *after) if head.funding}
    for unit in sorted(currencies, key=lambda unit: (unit != "CNY", unit)):
        yield _total(unit, before, after)


def _total(unit: str, before: Sequence[SectionSummary], after: Sequence[SectionSummary]) -> Total:
    ranges = [_sum(unit, heads) for heads in (before, after)]
    sums = [_as_range_sum(sum_, heads) for sum_, heads in zip(ranges, (before, after), strict=True)]
    return Total(unit=unit, before=sums[0], after=sums[1], trend=trend(*ranges))


def _figures(unit: str, heads: Sequence[SectionSummary]) -> list[Range]:
    return [figure for head in heads for figure in (head.projects, head.funding) if figure and figure.unit == unit]


def _sum(unit: str, heads: Sequence[SectionSummary]) -> Range | None:
    """Add the figures of sections; None if there are none. An open lower bound counts as 0."""
    figures = _figures(unit, heads)
    if not figures:
        return None
    total = add(figures, unit)
    return replace(total, min=total.min or 0)


def _as_range_sum(total: Range | None, heads: Sequence[SectionSummary]) -> RangeSum | None:
    if total is None:
        return None
    return RangeSum(
        min=total.min or 0,
        max=total.max,
        approximate=total.approximate,
        stated=len(_figures(total.unit, heads)),
        sections=len(heads),
    )
