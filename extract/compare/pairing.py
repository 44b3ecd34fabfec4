"""The best pairing of two lists: the one that is worth most overall. What is worth nothing is not paired."""

from collections.abc import Sequence

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
