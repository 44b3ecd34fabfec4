"""The best pairing of two lists: the one that is worth most overall. What is worth nothing is not paired.

Two lists → which entry is which: the same words first, then the pairing that is most alike overall.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from extract.compare.wording import fold_wording, letters_and_digits, likeness

Worth = Sequence[Sequence[int]]  # of each entry on one side with each on the other; 0 or less: never a pair
_ORDER = 1 << 20  # more than all the places between pairs: order settles ties, and nothing else


def assign(worth: Worth) -> list[tuple[int, int]]:
    """Pairs of places, by the first list. Of pairings that are worth the same, the one that keeps order.

    >>> assign([[9, 8], [8, 0]])
    [(0, 1), (1, 0)]
    """
    if not worth or not worth[0]:
        return []
    size = max(len(worth), len(worth[0]))
    cost = [[0] * size for _ in range(size)]
    for row, values in enumerate(worth):
        for column, value in enumerate(values):
            if value > 0:
                cost[row][column] = abs(row - column) - value * _ORDER
    return sorted((row, column) for row, column in _cheapest(cost) if cost[row][column] < 0)


def _cheapest(cost: Worth) -> list[tuple[int, int]]:
    """The Hungarian method with potentials, row by row: cubic in the size of a square of costs."""
    size = len(cost)
    rows, columns = [0] * (size + 1), [0] * (size + 1)  # potentials; the last column is where a row starts from
    owner = [-1] * (size + 1)  # the row that has each column
    for row in range(size):
        owner[size], column = row, size
        slack: list[float] = [float("inf")] * size
        came = [size] * size
        seen = [False] * (size + 1)
        while owner[column] != -1:
            seen[column] = True
            here, nearest, step = owner[column], -1, float("inf")
            for other in range(size):
                if seen[other]:
                    continue
                reduced = cost[here][other] - rows[here] - columns[other]
                if reduced < slack[other]:
                    slack[other], came[other] = reduced, column
                if slack[other] < step:
                    nearest, step = other, slack[other]
            for other in range(size + 1):
                if seen[other]:
                    rows[owner[other]] += int(step)
                    columns[other] -= int(step)
                elif other < size:
                    slack[other] -= step
            column = nearest
        while column != size:
            owner[column], column = owner[came[column]], came[column]
    return [(owner[column], column) for column in range(size)]


T = TypeVar("T")

_MIN_NAME_LIKENESS = 70  # likeness of a name that was changed; less, and one name went and another came


def pair_up(
    before: Sequence[T],
    after: Sequence[T],
    words: Callable[[T], str],
    *,
    enough: int = _MIN_NAME_LIKENESS,
    nearer: Callable[[T, T], int] = lambda one, other: 0,
) -> list[tuple[T | None, T | None]]:
    """Entries of both lists in pairs, None beside one that has no other; first those in `after`, in its order.

    `nearer` is added to the likeness of two entries' words.
    """
    places: dict[int, int] = {}
    for form in (words, lambda entry: fold_wording(words(entry)), lambda entry: letters_and_digits(words(entry))):
        _same(before, after, form, nearer, places)
    left = [row for row in range(len(before)) if row not in places.values()]
    open_ = [column for column in range(len(after)) if column not in places]
    worth = [
        [
            likeness(words(before[row]), words(after[column])) + nearer(before[row], after[column]) - enough + 1
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
