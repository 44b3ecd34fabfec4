"""Changes in a field that lists items (requirements, points), and in the items."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from extract.compare.figures import quoted, reworded, status_change, whole
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Change, ChangedItem, Kind
from extract.model.record import Field
from extract.model.values import Point, Points, Requirement, Requirements

L = TypeVar("L", Requirements, Points)
Item = TypeVar("Item", Requirement, Point)


def item_changes(
    before: Field[L],
    after: Field[L],
    pair: Callable[[L, L], Sequence[tuple[Item | None, Item | None]]],
    *,
    field: ChangedItem,
    item: ChangedItem,
) -> Iterator[Change]:
    """Yield the changes of the field, then those of the items that `pair` puts side by side.

    Other wording of the field with the same items is reported only if one side was corrected.
    """
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change(field, before, after)
        return
    changes = [change for was, is_ in pair(one, other) for change in _item_change(was, is_, item)]
    if fold_wording(one.lead or "") != fold_wording(other.lead or ""):
        yield Change(what=field, kind="worded", before=whole(before), after=whole(after))
    elif not changes and (before.corrected or after.corrected):
        yield from reworded(field, whole(before), whole(after))
    yield from changes


def _item_change(one: Any, other: Any, what: ChangedItem) -> Iterator[Change]:
    kind: Kind = "added" if other else "removed"
    if one and other:
        if fold_wording(one.text) == fold_wording(other.text):
            return
        kind = "worded" if letters_and_digits(one.text) == letters_and_digits(other.text) else "changed"
    before, after = (quoted(item.evidence, item.text) if item else None for item in (one, other))
    yield Change(what=what, kind=kind, before=before, after=after)
