"""The figures of a text put together: a total, its parts, what each of something gets; or nothing at all.

Figures that cannot all be true, or of which it is not told how they make up the total, are not read.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.text import Text
from extract.model.values import Track
from extract.normalise.quantities.scope import EDGES, PROJECT, FigureScope, Role


class Figure(Struct, frozen=True):
    """One figure as the guide words it: bounds (None where open), and what it is said of."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    said: slice  # from the start of its name to the end of the figure
    place: slice
    of: FigureScope
    role: Role
    names: tuple[Text, ...]
    per: str | None
    approximate: bool
    first: bool  # 。 or ；, or nothing, stands between it and the figure before
    attached: bool = False  # said of the part right before it: 重点项目1000万元（每项500万元）


class FigureTotals(Struct, frozen=True):
    """What a text says: a total with its parts, a figure per something, and what the value has no place for."""

    low: Decimal | None
    high: Decimal | None
    approximate: bool
    unit: str
    per: Figure | None
    tracks: tuple[Track, ...]
    place: slice
    beside: tuple[Text, ...]  # what the value has no place for: 联合实验室每个250万元, 企业自筹500万元
    about: tuple[Text, ...]  # figures of which only 约 has none: 每个项目约300万元 beside an exact total


def combine_figures(text: Text, found: list[Figure], topics: Sequence[str]) -> FigureTotals | None:
    """What the mentions say together; `topics`: the names over which 各1个 spreads."""
    return _sorted(text, list(_settled(_merge(found))), topics)


def findings_for_unheld_figures(got: FigureTotals) -> tuple[FindingDraft, ...]:
    """What the value has no place for, reported."""
    return (
        *(finding("figure-unheld", words, variant="beside", words=words.printed) for words in got.beside),
        *(finding("figure-unheld", words, variant="approximate", words=words.printed) for words in got.about),
    )


def _merge(found: list[Figure]) -> list[Figure]:
    """不少于5个，不超过8个 is one mention: 5 to 8."""
    merged: list[Figure] = []
    for one in found:
        if merged and _completes(merged[-1], one):
            last = merged.pop()
            low, high = (last.low, one.high) if one.low is None else (one.low, last.high)
            said, place = slice(last.said.start, one.said.stop), slice(last.place.start, one.place.stop)
            one = replace(last, low=low, high=high, said=said, place=place)
        merged.append(one)
    return merged


def _completes(last: Figure, one: Figure) -> bool:
    """Whether a mention is nothing but the other bound of the one before it."""
    plain = one.role == "total" and not one.of.called and one.unit == last.unit
    return plain and (last.low is None) != (one.low is None) and (last.high is None) != (one.high is None)


def _settled(found: Sequence[Figure]) -> Iterator[Figure]:
    """The mentions with the roles that their neighbours give them.

    3个国际合作项目 names a part only where there are others. 每项 right behind a part is said of that part alone, and
    每个联合研究项目 beside parts or other kinds is said of a kind.
    """
    kinds = any(one.role in ("part", "share") for one in found)
    others = sum(one.role in ("total", "part", "each") for one in found) > 1
    part = False
    for one in found:
        if one.role == "part" and one.of.role == "total" and not others:
            one = replace(one, role="total", names=())
        elif one.role == "per" and part and not one.first:
            one = replace(one, role="share", attached=True)
        elif one.role == "per" and kinds and one.per != PROJECT and (one.per or "").endswith(PROJECT):
            one = replace(one, role="share")
        yield one
        part = one.role == "part" or (part and one.role != "total")


def _sorted(text: Text, found: Sequence[Figure], topics: Sequence[str]) -> FigureTotals | None:
    """Total, parts and figures per something sorted out; None where they cannot all be true."""
    by_role = {role: [one for one in found if one.role == role] for role in ("total", "part", "each", "per", "share")}
    totals, parts, each, per, shares = by_role.values()
    ours = [one for one in found if one.role != "apart"]
    if not ours or max(len(totals), len(each), len(per)) > 1 or len({one.unit for one in ours}) > 1:
        return None
    if (each and (parts or per or len(topics) < 2)) or any(_reversed(one) for one in found):
        return None
    if len(parts) == 1 and not parts[0].of.marked and len(parts[0].names) < 2 and not totals:
        return None
    total = next(iter(totals), None)
    tracks = [track for one in parts for track in _tracks(text, one)] + _spread(text, each, topics)
    low, high = (total.low, total.high) if total else _summed(tracks)
    if total is None and not all(one.attached for one in shares):
        return None  # what one of a kind gets tells no total
    if total and tracks and not _agree(total, parts, tracks):
        return None
    rest = [one for one in ours if one.role in ("part", "each")] or per
    approximate = total.approximate if total else any(one.approximate for one in rest)
    about = [one for one in (*parts, *each, *per) if one.approximate and not approximate]
    return FigureTotals(
        low=low,
        high=high,
        approximate=approximate,
        unit=ours[0].unit,
        per=next(iter(per), None),
        tracks=tuple(tracks),
        place=slice(found[0].place.start, found[-1].place.stop),
        beside=tuple(text[one.said].strip(EDGES) for one in found if one.role in ("share", "apart")),
        about=tuple(text[one.said].strip(EDGES) for one in about),
    )


def _reversed(one: Figure) -> bool:
    return one.low is not None and one.high is not None and one.low > one.high


def _tracks(text: Text, one: Figure) -> list[Track]:
    """The parts that a mention names: 方向1、方向2各1项 names two."""
    evidence = cite(text[one.said])
    return [
        Track(name=name.printed, min=as_integer(one.low), max=as_integer(one.high), evidence=evidence)
        for name in one.names
    ]


def _spread(text: Text, each: Sequence[Figure], topics: Sequence[str]) -> list[Track]:
    """各1个 beside the names of the fields: one each."""
    return [
        Track(name=name, min=as_integer(one.low), max=as_integer(one.high), evidence=cite(text[one.place]))
        for one in each
        for name in topics
    ]


def _agree(total: Figure, parts: Sequence[Figure], tracks: Sequence[Track]) -> bool:
    """Whether the parts make up the total, or are said to be in it: 其中 need not name them all."""
    low, high = _summed(tracks)
    if (low, high) == (total.low, total.high) and len(tracks) > 1:
        return True
    within = bool(parts) and (parts[0].of.inside or total.of.called)
    return within and (low is None or total.high is None or low <= total.high)


def _summed(tracks: Sequence[Track]) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of a sum: open below where every part is, open above where any part is or there is none."""
    lows = [Decimal(track.min) for track in tracks if track.min is not None]
    highs = [Decimal(track.max) for track in tracks if track.max is not None]
    return (sum(lows, Decimal()) if lows else None), (
        sum(highs, Decimal()) if tracks and len(highs) == len(tracks) else None
    )


def as_integer(number: Decimal | None) -> int | None:
    """An end of a range as the record writes it."""
    return None if number is None else int(number)
