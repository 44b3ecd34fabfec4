"""Pair the entries of two lists: equal words first, then by the assignment of highest total worth."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from extract.compare.wording import fold_wording, letters_and_digits, likeness

Worth = Sequence[Sequence[int]]  # of each possible pair, by rows; 0 or less: never a pair
_WORTH_SCALE = 1 << 20  # exceeds all index distances together, so that order only settles ties


def assign(worth: Worth) -> list[tuple[int, int]]:
    """Return pairs of indices, by row. Of equal assignments the one that keeps the order.

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
                cost[row][column] = abs(row - column) - value * _WORTH_SCALE
    return sorted((row, column) for row, column in _cheapest(cost) if cost[row][column] < 0)


def _cheapest(cost: Worth) -> list[tuple[int, int]]:
    """The Hungarian method with potentials, row by row: cubic time for a square matrix of costs."""
    size = len(cost)
    rows, columns = [0] * (size + 1), [0] * (size + 1)  # potentials; the last column is the virtual start of a row
    owner = [-1] * (size + 1)  # row assigned to each column
    for row in range(size):
        owner[size], column = row, size
        slack: list[float] = [float("inf")] * size
        previous = [size] * size
        visited = [False] * (size + 1)
        while owner[column] != -1:
            visited[column] = True
            current_row, nearest, step = owner[column], -1, float("inf")
            for other in range(size):
                if visited[other]:
                    continue
                reduced = cost[current_row][other] - rows[current_row] - columns[other]
                if reduced < slack[other]:
                    slack[other], previous[other] = reduced, column
                if slack[other] < step:
                    nearest, step = other, slack[other]
            for other in range(size + 1):
                if visited[other]:
                    rows[owner[other]] += int(step)
                    columns[other] -= int(step)
                elif other < size:
                    slack[other] -= step
            column = nearest
        while column != size:
            owner[column], column = owner[previous[column]], previous[column]
    return [(owner[column], column) for column in range(size)]


T = TypeVar("T")

_MIN_NAME_LIKENESS = 70  # of 100; below, it is another name, not a changed one


def pair_up(
    before: Sequence[T],
    after: Sequence[T],
    words: Callable[[T], str],
    *,
    enough: int = _MIN_NAME_LIKENESS,
    nearer: Callable[[T, T], int] = lambda one, other: 0,
) -> list[tuple[T | None, T | None]]:
    """Pair the entries of two lists, with None beside an entry without another; the order is that of `after`.

    `nearer` is added to the likeness of the words of two entries, which has to reach `enough`.
    """
    row_of: dict[int, int] = {}
    for form in (words, lambda entry: fold_wording(words(entry)), lambda entry: letters_and_digits(words(entry))):
        _same(before, after, form, nearer, row_of)
    rows = [row for row in range(len(before)) if row not in row_of.values()]
    columns = [column for column in range(len(after)) if column not in row_of]
    worth = [
        [
            likeness(words(before[row]), words(after[column])) + nearer(before[row], after[column]) - enough + 1
            for column in columns
        ]
        for row in rows
    ]
    row_of |= {columns[column]: rows[row] for row, column in assign(worth)}
    pairs: list[tuple[T | None, T | None]] = [
        (before[row_of[column]] if column in row_of else None, entry) for column, entry in enumerate(after)
    ]
    return pairs + [(entry, None) for row, entry in enumerate(before) if row not in row_of.values()]


def _same(
    before: Sequence[T],
    after: Sequence[T],
    form: Callable[[T], str],
    nearer: Callable[[T, T], int],
    row_of: dict[int, int],
) -> None:
    """Pair entries of the same form; of several the nearest, else the first."""
    free: dict[str, list[int]] = {}
    for row, entry in enumerate(before):
        if row not in row_of.values():
            free.setdefault(form(entry), []).append(row)
    for near in (True, False):
        for column, entry in enumerate(after):
            rows = free.get(form(entry), []) if column not in row_of else []
            fitting = [row for row in rows if not near or nearer(before[row], entry) > 0]
            if fitting:
                row_of[column] = fitting[0]
                rows.remove(fitting[0])
