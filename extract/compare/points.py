"""Two lists of points (研究内容, 考核指标) → which points came, went or were reworded."""

from collections.abc import Iterator, Sequence

from extract.compare.figures import quoted, reworded, status_change, whole
from extract.compare.pairing import pair_up
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Change, ChangedItem, Kind
from extract.model.record import Field
from extract.model.values import Point, Points

_MIN_TEXT_LIKENESS = 60


def point_changes(
    before: Field[Points], after: Field[Points], *, field: ChangedItem, point: ChangedItem
) -> Iterator[Change]:
    """What changed in a list, point by point, nested ones too. A point's words are its value: other words are a change.

    The same points in other words of the whole, markers and all, are told only where a person corrected them.
    """
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change(field, before, after)
        return
    pairs = pair_up(_flat(one.items), _flat(other.items), lambda item: item.text, enough=_MIN_TEXT_LIKENESS)
    changes = [change for was, is_ in pairs for change in _point_change(was, is_, point)]
    if fold_wording(one.lead or "") != fold_wording(other.lead or ""):
        yield Change(what=field, kind="worded", before=whole(before), after=whole(after))
    elif not changes and (before.corrected or after.corrected):
        yield from reworded(field, whole(before), whole(after))
    yield from changes


def _flat(points: Sequence[Point]) -> list[Point]:
    """The points of all levels that have words of their own, in the order of the print."""
    return [each for point in points for each in (point, *_flat(point.items)) if each.text]


def _point_change(one: Point | None, other: Point | None, what: ChangedItem) -> Iterator[Change]:
    if one and other and fold_wording(one.text) == fold_wording(other.text):
        return
    kind: Kind = "added" if other else "removed"
    if one and other:
        kind = "worded" if letters_and_digits(one.text) == letters_and_digits(other.text) else "changed"
    before, after = (quoted(point.evidence, point.text) if point else None for point in (one, other))
    yield Change(what=what, kind=kind, before=before, after=after)
