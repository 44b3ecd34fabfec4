"""The lines of each page from top to bottom, and what the text is measured by: its size, its steps, its edges."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from extract.layout.lines import MeasuredLine, text_size

DEEP = 3  # lines of running head, or of foot, at the most
_LARGE_STEPS = 0.9  # of the steps from line to line, so many are smaller than a large one
_LEAST_STEP = 0.5  # ems from line to line, at the least; cells stand side by side
_FULL_LINES = 0.2  # of the lines, so many reach the right edge of the text


class PageLines:
    """The lines of each page from top to bottom, without those excluded, and what the text is measured by."""

    def __init__(self, rows: Sequence[MeasuredLine], excluded: Collection[int]) -> None:
        self.rows, self.size = rows, text_size(rows)
        self.repeated: Collection[int] = ()  # lines at the edges that come again
        self.lowest = 0.0  # line of the text on its page
        self.lines: dict[int, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            if index not in excluded:
                self.lines[row.page].append(index)
        pairs = [pair for lines in self.lines.values() for pair in pairwise(self.downwards(lines)[1:-1])]
        steps = sorted(step for pair in pairs if (step := self.step(*pair)) > _LEAST_STEP * self.size)
        self.large_step = steps[int(_LARGE_STEPS * (len(steps) - 1))] if steps else 0.0
        self.usual_step = Counter(map(round, steps)).most_common(1)[0][0] if steps else 0
        inner = [rows[index] for pair in pairs for index in pair]
        rights = sorted((row.x1 for row in inner), reverse=True)
        self.right = rights[int(_FULL_LINES * len(rights))] if rights else 0.0
        lefts = Counter(round(row.x0) for row in inner)
        self.left = min((x0 for x0, count in lefts.items() if count >= _FULL_LINES / 2 * len(inner)), default=0)

    def downwards(self, indices: Sequence[int]) -> list[int]:
        """Lines from top to bottom; those of columns lie side by side."""
        return sorted(indices, key=lambda index: self.rows[index].top)

    def edges(self, page: int) -> tuple[int, int]:
        """The first and the last line of a page."""
        lines = self.downwards(self.lines[page])
        return lines[0], lines[-1]

    def start(self, page: int) -> float:
        """The height at which the text of a page begins."""
        return min((self.rows[index].top for index in self.text(page)), default=0.0)

    def step(self, index: int, other: int) -> float:
        """The distance from line to line if both were as large as the text."""
        upper, lower = self.rows[index], self.rows[other]
        if lower.top < upper.top:
            upper, lower = lower, upper
        return lower.top - upper.top - upper.size + self.size

    def inwards(self, index: int) -> list[int]:
        """The lines from one at an edge to the first of the text; to the next line where all come again."""
        lines = self.downwards(self.lines[self.rows[index].page])
        lines = lines if lines[0] == index else lines[::-1]
        end = next((place for place, line in enumerate(lines[1:], 2) if line not in self.repeated), 2)
        return lines[:end]

    def text(self, page: int) -> list[int]:
        """The lines of the text on a page, in the order of reading."""
        return [index for index in self.lines.get(page, ()) if index not in self.repeated]

    def set_repeated(self, repeated: Collection[int]) -> None:
        """Take lines at the edges for none of the text, since they come again."""
        self.repeated = repeated
        self.lowest = self.bottom(index for page in self.lines for index in self.text(page))

    def bottom(self, indices: Iterable[int]) -> float:
        """How far down the lowest of some lines stands."""
        return max((self.rows[index].top for index in indices), default=0.0)
