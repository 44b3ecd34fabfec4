"""Changes in requirements: points added, removed or reworded."""

from collections.abc import Iterator, Sequence

from extract.compare.list_items import item_changes
from extract.compare.pairing import pair_up
from extract.model.comparison import Change
from extract.model.record import Field
from extract.model.values import Requirement, Requirements

_MIN_POINT_LIKENESS = 60  # of 100
_SAME_KIND_BONUS = 15  # of likeness, for requirements of the same kind


def requirement_changes(before: Field[Requirements], after: Field[Requirements]) -> Iterator[Change]:
    """Yield the changes in requirements, point by point. Other words are a change of value."""
    yield from item_changes(before, after, _pair, field="requirements", item="requirement")


def _pair(one: Requirements, other: Requirements) -> Sequence[tuple[Requirement | None, Requirement | None]]:
    return pair_up(one.items, other.items, lambda item: item.text, enough=_MIN_POINT_LIKENESS, nearer=_nearer)


def _nearer(one: Requirement, other: Requirement) -> int:
    return _SAME_KIND_BONUS * bool(set(one.kinds) & set(other.kinds) - {"other"})
