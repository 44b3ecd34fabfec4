"""Requirements of two sections → points added, removed or reworded, and changed facts."""

from collections.abc import Iterator

import msgspec
from msgspec import UNSET

from extract.compare.figures import quoted, reworded, status_change, whole
from extract.compare.pairing import pair_up
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Change, FactChange, Kind
from extract.model.record import Field
from extract.model.values import Requirement, Requirements

_MIN_POINT_LIKENESS = 60  # of 100
_SAME_KIND = 15  # likeness that two points gain that ask for the same kind of thing


def requirement_changes(before: Field[Requirements], after: Field[Requirements]) -> Iterator[Change]:
    """Yield the changes in requirements, point by point. A point's words are its value: other words are a change.

    The same points in other words of the whole, markers and all, are told only where a person corrected them.
    """
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change("requirements", before, after)
        return
    pairs = pair_up(one.items, other.items, lambda item: item.text, enough=_MIN_POINT_LIKENESS, nearer=_nearer)
    changes = [change for was, is_ in pairs for change in _point(was, is_)]
    if fold_wording(one.lead or "") != fold_wording(other.lead or ""):
        yield Change(what="requirements", kind="worded", before=whole(before), after=whole(after))
    elif not changes and (before.corrected or after.corrected):
        yield from reworded("requirements", whole(before), whole(after))
    yield from changes


def _nearer(one: Requirement, other: Requirement) -> int:
    return _SAME_KIND * bool(set(one.kinds) & set(other.kinds) - {"other"})


def _point(one: Requirement | None, other: Requirement | None) -> Iterator[Change]:
    facts = tuple(_facts(one, other)) if one and other else ()
    if one and other:
        if fold_wording(one.text) == fold_wording(other.text) and not facts:
            return
        kind: Kind = (
            "worded" if letters_and_digits(one.text) == letters_and_digits(other.text) and not facts else "changed"
        )
    else:
        kind = "added" if other else "removed"
    sides = [quoted(item.evidence, item.text) if item else None for item in (one, other)]
    yield Change(what="requirement", kind=kind, before=sides[0], after=sides[1], facts=facts)


def _facts(one: Requirement, other: Requirement) -> Iterator[FactChange]:
    """The kinds of a point, and each fact in it, where they differ."""
    if one.kinds != other.kinds:
        yield FactChange(fact="kinds", before=one.kinds, after=other.kinds)
    before, after = msgspec.structs.asdict(one.facts), msgspec.structs.asdict(other.facts)
    for fact in before:
        sides = [None if value is UNSET else value for value in (before[fact], after[fact])]
        if sides[0] != sides[1]:
            yield FactChange(fact=fact, before=sides[0], after=sides[1])
