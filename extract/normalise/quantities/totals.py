"""Combine the figures of a text: a total, its parts, and figures per unit.

Figures that contradict, or that leave the total open, are unread.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, Reason, finding
from extract.model.stages import Unread
from extract.model.text import Text
from extract.model.values import Track
from extract.normalise.quantities.scope import EDGES, FigureScope, Role
from extract.normalise.quantities.words import PROJECT

Bounds = tuple[Decimal | None, Decimal | None]


class Figure(Struct, frozen=True):
    """A figure as worded: bounds, None if open, and scope."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    named_span: slice  # from the start of its name to the end of the figure
    span: slice  # from the words that bound it
    scope: FigureScope
    role: Role
    names: tuple[Text, ...]
    per: str | None  # of what each
    is_approximate: bool
    starts_sentence: bool  # 。 or ；, or nothing, stands between it and the figure before
    is_attached: bool = False  # a share of the part right before it: 重点项目1000万元（每项500万元）


class FigureTotals(Struct, frozen=True):
    """Combined figures: a total with parts, figures per project and per unit, and figures without a key."""

    low: Decimal | None
    high: Decimal | None
    is_approximate: bool
    unit: str
    per_project: Figure | None
    per: Figure | None
    tracks: tuple[Track, ...]
    span: slice
    unheld: tuple[Text, ...]  # 联合实验室每个250万元, 企业自筹500万元
    held_as_exact: tuple[Text, ...]  # 每个项目约300万元 beside an exact total


class _FiguresByRole(Struct, frozen=True):
    """Classified figures: all in order (`every`), and by role."""

    every: tuple[Figure, ...]
    totals: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    each: tuple[Figure, ...]
    per_project: tuple[Figure, ...]
    per: tuple[Figure, ...]
    shares: tuple[Figure, ...]
    apart: tuple[Figure, ...]


def combine_figures(text: Text, figures: Sequence[Figure], topics: Sequence[str]) -> FigureTotals | Unread:
    """Combine the figures of a text; `topics`: the names over which 各1个 spreads.

    Steps: merge the two bounds of one figure, settle each figure's role by its neighbours, refuse figures that do not
    go together (`_REFUSALS`), sum up.
    """
    groups = _group(tuple(_classify(_merge_bounds(figures))))
    for reason, refused in _REFUSALS:
        if words := refused(groups, topics):
            return Unread(reason, text[words[0].named_span.start : words[-1].named_span.stop].strip(EDGES))
    total = next(iter(groups.totals), None)
    low, high = (total.low, total.high) if total else _sum(_part_bounds(groups, topics))
    rest = [figure for figure in groups.every if figure.role in ("part", "each")] or (
        *groups.per_project,
        *groups.per,
    )
    approximate = total.is_approximate if total else any(figure.is_approximate for figure in rest)
    held = (*groups.parts, *groups.each, *groups.per_project, *groups.per)
    return FigureTotals(
        low=low,
        high=high,
        is_approximate=approximate,
        unit=_ours(groups)[0].unit,
        per_project=next(iter(groups.per_project), None),
        per=next(iter(groups.per), None),
        tracks=(*_named_tracks(text, groups.parts), *_spread_tracks(text, groups.each, topics)),
        span=slice(groups.every[0].span.start, groups.every[-1].span.stop),
        unheld=tuple(_words(text, figure) for figure in groups.every if figure.role in ("share", "apart")),
        held_as_exact=tuple(_words(text, figure) for figure in held if figure.is_approximate and not approximate),
    )


def findings_for_unheld_figures(totals: FigureTotals) -> tuple[FindingDraft, ...]:
    """Report each figure that the value has no key for."""
    held_in_part = totals.held_as_exact
    return (
        *(finding("figure-unheld", words, variant="beside", words=words.printed) for words in totals.unheld),
        *(finding("figure-unheld", words, variant="approximate", words=words.printed) for words in held_in_part),
    )


# ── roles ─────────────────────────────────────────────────────────────────────────────────────────────


def _merge_bounds(figures: Sequence[Figure]) -> list[Figure]:
    """Merge two bounds of one figure: 不少于5个，不超过8个 is 5 to 8."""
    merged: list[Figure] = []
    for figure in figures:
        if merged and _is_other_bound(merged[-1], figure):
            last = merged.pop()
            low, high = (last.low, figure.high) if figure.low is None else (figure.low, last.high)
            named_span = slice(last.named_span.start, figure.named_span.stop)
            figure = replace(
                last, low=low, high=high, named_span=named_span, span=slice(last.span.start, figure.span.stop)
            )
        merged.append(figure)
    return merged


def _is_other_bound(last: Figure, figure: Figure) -> bool:
    """Return True if a figure is only the other bound of the one before it."""
    plain = figure.role == "total" and not figure.scope.is_called_total and figure.unit == last.unit
    return plain and (last.low is None) != (figure.low is None) and (last.high is None) != (figure.high is None)


def _classify(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures with their final roles, which depend on their neighbours.

    1. 3个国际合作项目 alone is the total; beside other figures it is a part by name.
    2. 每项 right behind a part, in its sentence, is a share of that part: 重点项目1000万元（每项500万元）.
    3. 每个联合研究项目 beside parts or kinds is a share of a kind; alone it is each project.
    """
    has_kinds = any(figure.role in ("part", "share") for figure in figures)
    is_only = sum(figure.role in ("total", "part", "each") for figure in figures) <= 1
    behind_part = False
    for figure in figures:
        if figure.role == "part" and figure.scope.role == "total" and is_only:
            figure = replace(figure, role="total", names=())
        elif figure.role in ("per_project", "per") and behind_part and not figure.starts_sentence:
            figure = replace(figure, role="share", is_attached=True)
        elif figure.role == "per_project" and has_kinds and figure.per != PROJECT:
            figure = replace(figure, role="share")
        yield figure
        behind_part = figure.role == "part" or (behind_part and figure.role != "total")


def _group(figures: tuple[Figure, ...]) -> _FiguresByRole:
    def of(role: Role) -> tuple[Figure, ...]:
        return tuple(figure for figure in figures if figure.role == role)

    return _FiguresByRole(
        figures, of("total"), of("part"), of("each"), of("per_project"), of("per"), of("share"), of("apart")
    )


def _ours(groups: _FiguresByRole) -> list[Figure]:
    """Return the figures that are not of another funder."""
    return [figure for figure in groups.every if figure.role != "apart"]


# ── figures that do not go together ───────────────────────────────────────────────────────────────────
# Each returns the figures at fault in order, none if there are none.

Refused = Callable[[_FiguresByRole, Sequence[str]], Sequence[Figure]]


def _only_others(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """企业自筹500万元, and nothing else."""
    return () if _ours(groups) else groups.every


def _rival_values(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """5个项目，8个项目; 每个领域2项，每个方向1项."""
    return next((group for group in (groups.totals, groups.each, groups.per_project, groups.per) if len(group) > 1), ())


def _mixed_units(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """联合实验室500万元，联合研究100万欧元."""
    ours = _ours(groups)
    return ours if len({figure.unit for figure in ours}) > 1 else ()


def _each_of_unknown(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """各2项 where fewer than two fields are named, or where other figures could be meant."""
    return groups.each if groups.parts or groups.per_project or groups.per or len(topics) < 2 else ()


def _reversed_bounds(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """不少于8个，不超过5个."""
    return [f for f in groups.every if f.low is not None and f.high is not None and f.low > f.high]


def _lone_part(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """联合实验室2项 alone: the total may be higher."""
    parts = groups.parts
    lone = len(parts) == 1 and not parts[0].scope.is_numbered and len(parts[0].names) < 2
    return parts if lone and not groups.totals else ()


def _shares_without_total(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """联合实验室每个250万元: how many there are, and so the total, is not stated."""
    return [figure for figure in groups.shares if not figure.is_attached] if not groups.totals else ()


def _unequal_parts(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """共10项，联合研究5项，联合实验室3项. Parts inside of a total (其中) need not be all of it."""
    bounds = _part_bounds(groups, topics)
    if not groups.totals or not bounds:
        return ()
    total, (low, high) = groups.totals[0], _sum(bounds)
    if (low, high) == (total.low, total.high) and len(bounds) > 1:
        return ()
    inside = bool(groups.parts) and (groups.parts[0].scope.is_inside or total.scope.is_called_total)
    fits = inside and (low is None or total.high is None or low <= total.high)
    return () if fits else [figure for figure in groups.every if figure.role in ("total", "part", "each")]


_REFUSALS: tuple[tuple[Reason, Refused], ...] = (
    ("no-total", _only_others),
    ("mixed-currencies", _mixed_units),
    ("several-values", _rival_values),
    ("each-of-what", _each_of_unknown),
    ("bounds-contradict", _reversed_bounds),
    ("lone-part", _lone_part),
    ("no-total", _shares_without_total),
    ("parts-differ", _unequal_parts),
)


# ── sums ──────────────────────────────────────────────────────────────────────────────────────────────


def _part_bounds(groups: _FiguresByRole, topics: Sequence[str]) -> list[Bounds]:
    """Return the bounds of each track: 方向1、方向2各1项 has two, 各1项 one for each field."""
    named: list[Bounds] = [(part.low, part.high) for part in groups.parts for _ in part.names]
    return named + [(each.low, each.high) for each in groups.each for _ in topics]


def _sum(bounds: Sequence[Bounds]) -> Bounds:
    """Return the bounds of a sum: open below if all parts are, open above if any is, or without parts."""
    lows = [low for low, _ in bounds if low is not None]
    highs = [high for _, high in bounds if high is not None]
    return (sum(lows, Decimal()) if lows else None), (
        sum(highs, Decimal()) if bounds and len(highs) == len(bounds) else None
    )


def _named_tracks(text: Text, parts: Sequence[Figure]) -> Iterator[Track]:
    """Yield the parts by name."""
    for part in parts:
        evidence = cite(text[part.named_span])
        for name in part.names:
            yield Track(name=name.printed, min=as_integer(part.low), max=as_integer(part.high), evidence=evidence)


def _spread_tracks(text: Text, each: Sequence[Figure], topics: Sequence[str]) -> Iterator[Track]:
    """Yield a track for each topic: 各1个."""
    for figure in each:
        for name in topics:
            low, high = as_integer(figure.low), as_integer(figure.high)
            yield Track(name=name, min=low, max=high, evidence=cite(text[figure.span]))


def _words(text: Text, figure: Figure) -> Text:
    return text[figure.named_span].strip(EDGES)


def as_integer(number: Decimal | None) -> int | None:
    """Convert a bound for the record."""
    return None if number is None else int(number)
