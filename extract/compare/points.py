"""Changes in lists of points (研究内容, 考核指标)."""

from collections.abc import Iterator, Sequence

from extract.compare.list_items import item_changes
from extract.compare.pairing import pair_up
from extract.model.comparison import Change, ChangedItem
from extract.model.record import Field
from extract.model.values import Point, Points

_MIN_TEXT_LIKENESS = 60  # of 100


def point_changes(
    before: Field[Points], after: Field[Points], *, field: ChangedItem, point: ChangedItem
) -> Iterator[Change]:
    """Yield the changes in a list, point by point, nested ones too. Other words are a change of value."""
    yield from item_changes(before, after, _pair, field=field, item=point)


def _pair(one: Points, other: Points) -> Sequence[tuple[Point | None, Point | None]]:
    return pair_up(_flat(one.items), _flat(other.items), lambda item: item.text, enough=_MIN_TEXT_LIKENESS)


def _flat(points: Sequence[Point]) -> list[Point]:
    """Return the points of all levels that have words, in order."""
    return [entry for point in points for entry in (point, *_flat(point.items)) if entry.text]
