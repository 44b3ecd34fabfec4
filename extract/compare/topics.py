"""Changes in the topics of two sections: added, removed, renamed or moved."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extract.compare.figures import quoted, reworded, status_change, whole
from extract.compare.pairing import pair_up
from extract.compare.wording import fold_wording, letters_and_digits
from extract.model.comparison import Change, ChangedItem, Kind
from extract.model.record import Field
from extract.model.values import Topic, Topics

_SAME_PARENT_BONUS = 10  # of likeness, for topics with the same parent


class _Node(Struct, frozen=True):
    """A topic with the names above it."""

    topic: Topic
    above: tuple[str, ...]

    @property
    def path(self) -> str:
        return " › ".join((*self.above, self.topic.name))


def topic_changes(before: Field[Topics], after: Field[Topics]) -> Iterator[Change]:
    """Yield the changes in the topics of a section, nested ones by their path."""
    one, other = before.value, after.value
    if one is None or other is None:
        yield from status_change("fields", before, after)
        return
    changes = [*_changes(_nodes(one.items), _nodes(other.items)), *_scope(before, after)]
    prose = not one.items and not other.items and fold_wording(one.lead or "") != fold_wording(other.lead or "")
    if prose and not changes:
        yield Change(what="fields", kind="changed", before=whole(before), after=whole(after))
    else:
        yield from changes or reworded("fields", whole(before), whole(after))


def _nodes(items: Sequence[Topic], above: tuple[str, ...] = ()) -> list[_Node]:
    """Return all topics in preorder."""
    return [node for topic in items for node in (_Node(topic, above), *_nodes(topic.items, (*above, topic.name)))]


def _changes(before: Sequence[_Node], after: Sequence[_Node]) -> Iterator[Change]:
    pairs = pair_up(
        before,
        after,
        lambda node: node.topic.name,
        nearer=lambda one, other: _SAME_PARENT_BONUS * (_folded(one.above) == _folded(other.above)),
    )
    moved_to = {
        _folded((*one.above, one.topic.name)): _folded((*two.above, two.topic.name))
        for one, two in pairs
        if one and two
    }
    for one, other in pairs:
        if one and other:
            moved = bool(one.above or other.above) and moved_to.get(_folded(one.above)) != _folded(other.above)
            yield from _differences(one, other, moved)
        else:
            yield from _topic_change("topic", one, other)


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold_wording(name) for name in path)


def _differences(one: _Node, other: _Node, moved: bool) -> Iterator[Change]:
    if fold_wording(one.topic.name) != fold_wording(other.topic.name):
        kind: Kind = (
            "worded" if letters_and_digits(one.topic.name) == letters_and_digits(other.topic.name) else "changed"
        )
        yield from _topic_change("topic", one, other, kind)
    if moved:
        yield from _topic_change("topic_place", one, other)
    notes = one.topic.note or "", other.topic.note or ""
    if fold_wording(notes[0]) != fold_wording(notes[1]):
        kind = "added" if not notes[0] else "removed" if not notes[1] else "changed"
        kind = "worded" if letters_and_digits(notes[0]) == letters_and_digits(notes[1]) else kind
        sides = (
            quoted(node.topic.evidence, note) if note else None for node, note in zip((one, other), notes, strict=True)
        )
        yield Change(what="topic_note", kind=kind, place=other.path, before=next(sides), after=next(sides))


def _topic_change(
    what: ChangedItem, one: _Node | None, other: _Node | None, kind: Kind = "changed"
) -> Iterator[Change]:
    """Yield the change of a topic, with the path as its words if it moved."""
    sides = [
        quoted(node.topic.evidence, node.path if what == "topic_place" else node.topic.name) if node else None
        for node in (one, other)
    ]
    shown = other or one
    yield Change(
        what=what,
        kind=kind if one and other else "added" if other else "removed",
        place=shown.path if shown else None,
        before=sides[0],
        after=sides[1],
    )


def _scope(before: Field[Topics], after: Field[Topics]) -> Iterator[Change]:
    """Yield the changes of 领域不限 and of 等 at the end."""
    if before.value is None or after.value is None:
        return
    whats: tuple[ChangedItem, ChangedItem] = ("unrestricted", "open_ended")
    for what in whats:
        was, is_ = getattr(before.value, what), getattr(after.value, what)
        if was != is_:
            yield Change(what=what, kind="added" if is_ else "removed", before=whole(before), after=whole(after))
