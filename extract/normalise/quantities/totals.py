"""Combine the figures of a text: a total, its parts, and figures per unit.

Figures that contradict, or that leave the total open, are unread.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.finding_catalogue import Reason
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Unread
from extract.model.text import Text
from extract.model.values import Track
from extract.normalise.quantities.roles import (
    Figure,
    figure_of_unclear_side,
    merge_bounds,
    settle_payers,
    settle_roles,
)
from extract.normalise.quantities.scope import EDGES, Role

Bounds = tuple[Decimal | None, Decimal | None]


class FigureTotals(Struct, frozen=True):
    """Combined figures: a total with parts, figures per project and per unit, and figures without a key.

    `partner`: the same of the other side.
    """

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
    held_as_whole: tuple[Text, ...]  # 直接费用200万元/项, 双方总费用150万元/项
    partner: "FigureTotals | None" = None


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

    Each side's figures are combined on their own; those of the other side that do not go together are unheld.
    """
    settled = settle_payers(merge_bounds(figures))
    ours = [figure for figure in settled if figure.payer != "partner"]
    theirs = [figure for figure in settled if figure.payer in ("partner", "each")]
    if not ours:
        return Unread("no-total", _all_words(text, settled))
    if unclear := figure_of_unclear_side(settled):
        return Unread("owner-unclear", _words(text, unclear))
    totals = _combine_side(text, ours, topics)
    if isinstance(totals, Unread):
        return totals
    totals = replace(totals, span=slice(settled[0].span.start, settled[-1].span.stop))
    return _with_partner(text, totals, theirs) if theirs else totals


def _with_partner(text: Text, totals: FigureTotals, theirs: Sequence[Figure]) -> FigureTotals:
    """Add the other side's figures, which have no places for parts, units and 约."""
    partner = _combine_side(text, theirs, ())
    if isinstance(partner, Unread) or partner.per or partner.tracks:
        return replace(totals, unheld=(*totals.unheld, *(_words(text, figure) for figure in theirs)))
    approximate = [_words(text, figure) for figure in theirs if figure.is_approximate]
    return replace(
        totals,
        unheld=(*totals.unheld, *partner.unheld),
        held_as_exact=(*totals.held_as_exact, *approximate),
        held_as_whole=(*totals.held_as_whole, *partner.held_as_whole),
        partner=partner,
    )


def _combine_side(text: Text, figures: Sequence[Figure], topics: Sequence[str]) -> FigureTotals | Unread:
    """Combine one side's figures: settle their roles, refuse those that do not go together (`_REFUSALS`), sum up."""
    groups = _group(tuple(settle_roles(figures)))
    for reason, refused in _REFUSALS:
        if words := refused(groups, topics):
            return Unread(reason, _all_words(text, words))
    total = next(iter(groups.totals), None)
    low, high = (total.low, total.high) if total else _sum(_part_bounds(groups, topics))
    parts, single = (*groups.parts, *groups.each), (*groups.per_project, *groups.per)
    approximate = total.is_approximate if total else any(figure.is_approximate for figure in parts or single)
    return FigureTotals(
        low=low,
        high=high,
        is_approximate=approximate,
        unit=_ours(groups)[0].unit or "",
        per_project=next(iter(groups.per_project), None),
        per=next(iter(groups.per), None),
        tracks=(*_named_tracks(text, groups.parts), *_spread_tracks(text, groups.each, topics)),
        span=slice(groups.every[0].span.start, groups.every[-1].span.stop),
        unheld=tuple(_words(text, figure) for figure in groups.every if figure.role in ("share", "apart")),
        held_as_exact=tuple(_words(text, f) for f in (*parts, *single) if f.is_approximate and not approximate),
        held_as_whole=tuple(_words(text, f) for f in (*groups.totals, *parts, *single) if f.qualifiers.is_of_more),
    )


def findings_for_unheld_figures(totals: FigureTotals) -> tuple[FindingDraft, ...]:
    """Report each figure that the value has no key for."""
    by_variant = {"beside": totals.unheld, "approximate": totals.held_as_exact, "whole": totals.held_as_whole}
    return tuple(
        finding("figure-unheld", words, variant=variant, words=words.printed)
        for variant, several in by_variant.items()
        for words in several
    )


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


def _unknown_unit(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """500万卢比: of which country."""
    return [figure for figure in _ours(groups) if figure.unit is None]


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


def _kinds_alone(groups: _FiguresByRole, topics: Sequence[str]) -> Sequence[Figure]:
    """重点项目20万元，一般项目10万元: in all, or each; markers (1）…；2）…) make them parts."""
    is_open = not (groups.totals or groups.per_project or groups.shares)
    return (
        groups.parts if is_open and all(f.scope.is_of_a_kind and not f.scope.is_numbered for f in groups.parts) else ()
    )


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
    ("currency-unclear", _unknown_unit),
    ("mixed-currencies", _mixed_units),
    ("several-values", _rival_values),
    ("each-of-what", _each_of_unknown),
    ("bounds-contradict", _reversed_bounds),
    ("lone-part", _lone_part),
    ("no-total", _kinds_alone),
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


def _all_words(text: Text, figures: Sequence[Figure]) -> Text:
    return text[figures[0].named_span.start : figures[-1].named_span.stop].strip(EDGES)


def as_integer(number: Decimal | None) -> int | None:
    """Convert a bound for the record."""
    return None if number is None else int(number)
