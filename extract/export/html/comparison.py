"""The HTML page of a comparison: changes with the words of both guides side by side, figures as bars on one scale, and
differences of wording piece by piece.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extract.export.escaping import escape_all
from extract.export.html import render_page
from extract.export.labels import (
    ARROWS,
    CAUTIONS,
    CORRECTED_NAMES,
    FACTS,
    KIND_NAMES,
    OUTCOME_NAMES,
    STATUSES,
    TREND_NAMES,
    WHAT_NAMES,
)
from extract.export.number_format import (
    format_figure,
    format_figure_change,
    format_places,
    format_statement,
    format_value_before,
)
from extract.model.comparison import (
    OUTCOMES,
    WHATS,
    Change,
    ChangedItem,
    Comparison,
    Kind,
    Pair,
    SectionSummary,
    Statement,
)
from extract.model.fields import Label
from extract.model.ranges import Range


class Bar(Struct, frozen=True):
    """A figure in percent of the scale: the certain part, the possible rest; `open`: no upper bound."""

    sure: float
    more: float
    open: bool


class Bars(Struct, frozen=True):
    """The figures of both sides: bars, None without a figure in the unit; and words."""

    before: Bar | None
    after: Bar | None
    words: Label


def greatest_figure(figures: Iterable[Range | None], unit: str) -> int:
    """Return the greatest figure in a unit, the end of the scale."""
    ends = (end for one in figures if one and one.unit == unit for end in (one.min, one.max) if end)
    return max(ends, default=1)


def draw_bars(sides: tuple[Range | None, Range | None], unit: str, most: int, words: Label) -> Bars:
    """Return the bars of both sides; `most` is the end of the scale."""
    drawn = [_bar(side, most) if side and side.unit == unit else None for side in sides]
    return Bars(drawn[0], drawn[1], words)


def _bar(value: Range, most: int) -> Bar:
    low, high = value.min or 0, value.max
    return Bar(round(100 * low / most, 2), 0 if high is None else round(100 * (high - low) / most, 2), high is None)


_WORD = re.compile(r"[A-Za-z]+|[\d.,]*\d|.", re.DOTALL)  # Latin words, numbers, single other characters
_MIN_COMMON_PIECES = 2  # shorter common pieces are noise
_MIN_COMMON_SHARE = 0.3  # of the pieces; below it both are shown whole


class DifferencePiece(NamedTuple):
    """Words of one or both sides."""

    side: Literal["both", "before", "after"]
    words: str


def text_difference(before: str, after: str) -> tuple[DifferencePiece, ...] | None:
    """Return the pieces in reading order; None if too little is common.

    >>> [tuple(piece) for piece in text_difference("不超过6个项目", "不超过12个项目")]
    [('both', '不超过'), ('before', '6'), ('after', '12'), ('both', '个项目')]
    """
    one, other = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < _MIN_COMMON_SHARE:
        return None
    return tuple(_joined(_pieces(one, other, matcher)))


def _pieces(one: list[str], other: list[str], matcher: "SequenceMatcher[str]") -> Iterator[tuple[str, str, str]]:
    """Yield each common piece, and the pieces of either side up to the next one."""
    was = is_ = 0
    for match in matcher.get_matching_blocks():
        at_an_end = match.a == match.b == 0 or (len(one) - match.a, len(other) - match.b) == (match.size, match.size)
        if 0 < match.size < _MIN_COMMON_PIECES and not at_an_end:
            continue
        yield "", "".join(one[was : match.a]), "".join(other[is_ : match.b])
        yield "".join(one[match.a : match.a + match.size]), "", ""
        was, is_ = match.a + match.size, match.b + match.size


def _joined(pieces: Iterator[tuple[str, str, str]]) -> Iterator[DifferencePiece]:
    for both, before, after in pieces:
        if before:
            yield DifferencePiece("before", before)
        if after:
            yield DifferencePiece("after", after)
        if both:
            yield DifferencePiece("both", both)


class Words(Struct, frozen=True):
    """The words of one side, with status, figure or condition, and place.

    Of a topic: `depth` is its level, `above` the names above it that the list does not show.
    """

    text: str
    status: Label | None
    figure: Label | None
    place: Label
    depth: int = 0
    above: str = ""


class ChangeRow(Struct, frozen=True):
    """A change, or all topics added or removed in a section.

    `fact`: what a condition tests. `pieces`: the difference of the words, if it helps.
    """

    change: Change
    what: Label
    fact: Label | None
    kind: Label
    trend: Label | None
    arrow: str
    before: tuple[Words, ...]
    after: tuple[Words, ...]
    pieces: tuple[DifferencePiece, ...] | None


class Entry(Struct, frozen=True):
    """A pair of sections on the page; `anchor` is its id there."""

    pair: Pair
    anchor: str
    heads: tuple[SectionSummary, ...]
    outcome: Label
    projects: Bars
    funding: Bars
    rows: tuple[ChangeRow, ...]


def comparison_page(comparison: Comparison) -> bytes:
    """Return the page as one self-contained HTML file."""
    comparison = escape_all(comparison)
    counted = Counter(pair.outcome for pair in comparison.pairs)
    used = {change.what for pair in comparison.pairs for change in pair.changes}
    return render_page(
        "compare/compare.html.j2",
        script="compare/compare.js",
        sides=((Label("前", "before"), comparison.before), (Label("后", "after"), comparison.after)),
        cautions=[CAUTIONS[caution] for caution in comparison.cautions],
        totals=[
            (total, format_figure_change((total.before, total.after), total.trend, total.unit))
            for total in comparison.totals
        ],
        guide=_rows(comparison.guide),
        entries=_entries(comparison.pairs),
        outcomes=[(outcome, OUTCOME_NAMES[outcome], counted[outcome]) for outcome in OUTCOMES],
        doubtful=sum(pair.doubtful for pair in comparison.pairs),
        correctable=CORRECTED_NAMES,
        was=format_value_before,
        whats=[(what, WHAT_NAMES[what]) for what in WHATS if what in used],
    )


def _entries(pairs: Sequence[Pair]) -> list[Entry]:
    heads = [head for pair in pairs for head in (pair.before, pair.after) if head]
    scales = (
        greatest_figure((head.projects for head in heads), "projects"),
        greatest_figure((head.funding for head in heads), "CNY"),
    )
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
    """Return the bars of a pair, with one figure if one guide alone has the section."""
    sides = [getattr(head, name) if head else None for head in (pair.before, pair.after)]
    both = pair.before and pair.after
    way = next((change.trend for change in pair.changes if change.what == _FIELDS[name]), None)
    words = format_figure_change((sides[0], sides[1]), way) if both else format_figure(sides[0] or sides[1])
    return draw_bars((sides[0], sides[1]), unit, most, words)


_FIELDS: dict[str, ChangedItem] = {"projects": "project_count", "funding": "funding"}


# ── changes ───────────────────────────────────────────────────────────────────────────────────────────


def _rows(changes: Sequence[Change]) -> tuple[ChangeRow, ...]:
    """Return the changes in order; added topics are one row, and so are removed ones."""
    rows: list[ChangeRow] = []
    listed: set[Kind] = set()
    for change in changes:
        if change.what != "topic" or change.kind not in ("added", "removed"):
            rows.append(_row(change, *((words,) if (words := _words(said)) else () for said in _sides(change))))
        elif change.kind not in listed:
            listed.add(change.kind)
            rows.append(_topics(change, [one for one in changes if (one.what, one.kind) == ("topic", change.kind)]))
    return tuple(rows)


def _topics(first: Change, changes: Sequence[Change]) -> ChangeRow:
    """Return the row of all added or all removed topics of a section, indented by level."""
    listed = {change.place for change in changes}
    words = tuple(
        replace(words, depth=above.count(" › ") + bool(above), above="" if above in listed else above)
        for change in changes
        for said in _sides(change)
        for above in [(change.place or "").rpartition(" › ")[0]]
        if (words := _words(said))
    )
    return _row(first, *((words, ()) if first.kind == "removed" else ((), words)))


def _sides(change: Change) -> tuple[Statement | None, Statement | None]:
    return change.before, change.after


def _row(change: Change, before: tuple[Words, ...], after: tuple[Words, ...]) -> ChangeRow:
    both = change.before and change.after and change.kind in ("changed", "worded")
    return ChangeRow(
        change=change,
        what=WHAT_NAMES[change.what],
        fact=FACTS[change.condition.fact] if change.condition else None,
        kind=KIND_NAMES[change.kind],
        trend=TREND_NAMES[change.trend] if change.trend else None,
        arrow=ARROWS[change.trend],
        before=before,
        after=after,
        pieces=text_difference(before[0].text, after[0].text) if both else None,
    )


def _words(statement: Statement | None) -> Words | None:
    if statement is None:
        return None
    return Words(
        text=statement.text,
        status=STATUSES[statement.status] if statement.status and statement.status != "stated" else None,
        figure=format_statement(statement),
        place=format_places(statement.evidence),
    )
