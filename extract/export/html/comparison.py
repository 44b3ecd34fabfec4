"""A comparison → the page on which a person reads it: both guides' words side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.export.comparison_labels import (
    ARROWS,
    CAUTIONS,
    CORRECTABLE,
    KIND_NAMES,
    OUTCOME_NAMES,
    TREND_NAMES,
    WHAT_NAMES,
    fact,
    figure,
    figures,
    places,
    was,
)
from extract.export.escaping import all_shown
from extract.export.html import page
from extract.export.html.bars import Bars, bars, greatest
from extract.export.html.difference import Piece, difference
from extract.export.labels import STATUSES, Label
from extract.model.comparison import OUTCOMES, WHATS, Change, Comparison, Head, Kind, Pair, Said, What


class Words(Struct, frozen=True):
    """What one side says: its words, its status where it is more than stated, its figure, and where it stands.

    Of a topic, `depth` is how many stand above it, and `above` names them where the list does not.
    """

    text: str
    status: Label | None
    figure: Label | None
    place: Label
    depth: int = 0
    above: str = ""


class Row(Struct, frozen=True):
    """A change, or all topics of a section that came or went. `pieces`: the words of both, where comparing helps."""

    change: Change
    what: Label
    kind: Label
    trend: Label | None
    arrow: str
    before: tuple[Words, ...]
    after: tuple[Words, ...]
    pieces: tuple[Piece, ...] | None
    facts: tuple[Label, ...]


class Entry(Struct, frozen=True):
    """A pair of sections as the page shows it; `anchor` names it within the page."""

    pair: Pair
    anchor: str
    heads: tuple[Head, ...]
    outcome: Label
    projects: Bars
    funding: Bars
    rows: tuple[Row, ...]


def comparison_page(comparison: Comparison) -> bytes:
    """The page as one HTML file that needs no other, no server and no network."""
    comparison = all_shown(comparison)
    counted = Counter(pair.outcome for pair in comparison.pairs)
    used = {change.what for pair in comparison.pairs for change in pair.changes}
    return page(
        "compare/compare.html.j2",
        script="compare/compare.js",
        sides=((Label("前", "before"), comparison.before), (Label("后", "after"), comparison.after)),
        cautions=[CAUTIONS[caution] for caution in comparison.cautions],
        totals=[(total, figures((total.before, total.after), total.trend, total.unit)) for total in comparison.totals],
        guide=_rows(comparison.guide),
        entries=_entries(comparison.pairs),
        outcomes=[(outcome, OUTCOME_NAMES[outcome], counted[outcome]) for outcome in OUTCOMES],
        doubtful=sum(pair.doubtful for pair in comparison.pairs),
        correctable=CORRECTABLE,
        was=was,
        whats=[(what, WHAT_NAMES[what]) for what in WHATS if what in used],
    )


def _entries(pairs: Sequence[Pair]) -> list[Entry]:
    heads = [head for pair in pairs for head in (pair.before, pair.after) if head]
    scales = greatest((head.projects for head in heads), "projects"), greatest((head.funding for head in heads), "CNY")
    return [_entry(pair, f"s{place}", *scales) for place, pair in enumerate(pairs, 1)]


def _entry(pair: Pair, anchor: str, most_projects: int, most_funding: int) -> Entry:
    return Entry(
        pair=pair,
        anchor=anchor,
        heads=tuple(head for head in (pair.before, pair.after) if head),
        outcome=OUTCOME_NAMES[pair.outcome],
        projects=_bars(pair, "projects", "projects", most_projects),
        funding=_bars(pair, "funding", "CNY", most_funding),
        rows=_rows(pair.changes),
    )


def _bars(pair: Pair, name: Literal["projects", "funding"], unit: str, most: int) -> Bars:
    """Both figures of a pair; the one there can be of a section that one guide has alone."""
    sides = [getattr(head, name) if head else None for head in (pair.before, pair.after)]
    both = pair.before and pair.after
    way = next((change.trend for change in pair.changes if change.what == _FIELDS[name]), None)
    words = figures((sides[0], sides[1]), way) if both else figure(sides[0] or sides[1])
    return bars((sides[0], sides[1]), unit, most, words)


_FIELDS: dict[str, What] = {"projects": "project_count", "funding": "funding"}


# ── changes ───────────────────────────────────────────────────────────────────────────────────────────


def _rows(changes: Sequence[Change]) -> tuple[Row, ...]:
    """Changes in their order; topics that came, and topics that went, are one row each."""
    rows: list[Row] = []
    listed: set[Kind] = set()
    for change in changes:
        if change.what != "topic" or change.kind not in ("added", "removed"):
            rows.append(_row(change, *((words,) if (words := _words(said)) else () for said in _sides(change))))
        elif change.kind not in listed:
            listed.add(change.kind)
            rows.append(_topics(change, [one for one in changes if (one.what, one.kind) == ("topic", change.kind)]))
    return tuple(rows)


def _topics(first: Change, changes: Sequence[Change]) -> Row:
    """The topics of a section that came, or those that went, each as deep as it stood."""
    listed = {change.place for change in changes}
    words = tuple(
        replace(words, depth=above.count(" › ") + bool(above), above="" if above in listed else above)
        for change in changes
        for said in _sides(change)
        for above in [(change.place or "").rpartition(" › ")[0]]
        if (words := _words(said))
    )
    return _row(first, *((words, ()) if first.kind == "removed" else ((), words)))


def _sides(change: Change) -> tuple[Said | None, Said | None]:
    return change.before, change.after


def _row(change: Change, before: tuple[Words, ...], after: tuple[Words, ...]) -> Row:
    both = change.before and change.after and change.kind in ("changed", "worded")
    return Row(
        change=change,
        what=WHAT_NAMES[change.what],
        kind=KIND_NAMES[change.kind],
        trend=TREND_NAMES[change.trend] if change.trend else None,
        arrow=ARROWS[change.trend],
        before=before,
        after=after,
        pieces=difference(before[0].text, after[0].text) if both else None,
        facts=tuple(fact(one) for one in change.facts),
    )


def _words(said: Said | None) -> Words | None:
    if said is None:
        return None
    return Words(
        text=said.text,
        status=STATUSES[said.status] if said.status and said.status != "stated" else None,
        figure=figure(said.range) if said.range else None,
        place=places(said.evidence),
    )
