"""Two lists → which entry is which: the same words first, then the pairing that is most alike overall."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from extract.compare.pairing import assign
from extract.compare.wording import alike, bare, folded

T = TypeVar("T")

_ENOUGH = 70  # likeness of a name that was changed; less, and one name went and another came


def paired(
    before: Sequence[T],
    after: Sequence[T],
    words: Callable[[T], str],
    *,
    enough: int = _ENOUGH,
    nearer: Callable[[T, T], int] = lambda one, other: 0,
) -> list[tuple[T | None, T | None]]:
    """Entries of both lists in pairs, None beside one that has no other; first those in `after`, in its order.

    `nearer` is added to the likeness of two entries' words.
    """
    places: dict[int, int] = {}
    for form in (words, lambda entry: folded(words(entry)), lambda entry: bare(words(entry))):
        _same(before, after, form, nearer, places)
    left = [row for row in range(len(before)) if row not in places.values()]
    open_ = [column for column in range(len(after)) if column not in places]
    worth = [
        [
            alike(words(before[row]), words(after[column])) + nearer(before[row], after[column]) - enough + 1
            for column in open_
        ]
        for row in left
    ]
    places |= {open_[column]: left[row] for row, column in assign(worth)}
    pairs: list[tuple[T | None, T | None]] = [
        (before[places[column]] if column in places else None, entry) for column, entry in enumerate(after)
    ]
    return pairs + [(entry, None) for row, entry in enumerate(before) if row not in places.values()]


def _same(
    before: Sequence[T],
    after: Sequence[T],
    form: Callable[[T], str],
    nearer: Callable[[T, T], int],
    places: dict[int, int],
) -> None:
    """Pair entries whose words have the same form; of several, the nearest, else the first."""
    free: dict[str, list[int]] = {}
    for row, entry in enumerate(before):
        if row not in places.values():
            free.setdefault(form(entry), []).append(row)
    for near in (True, False):
        for column, entry in enumerate(after):
            rows = free.get(form(entry), []) if column not in places else []
            fitting = [row for row in rows if not near or nearer(before[row], entry) > 0]
            if fitting:
                places[column] = fitting[0]
                rows.remove(fitting[0])
