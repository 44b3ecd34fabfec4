"""The words of a text: where they start and end, and which of them make a clause."""

from bisect import bisect_left
from functools import cached_property

from msgspec import Struct

_MARKS = "，。；"


class Tokens(Struct, frozen=True, dict=True):
    """The words of a text in order, and the place where each starts. Between two of them there may be space."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def within(self, place: int) -> bool:
        """Whether a word runs over a place of the text."""
        number = bisect_left(self.starts, place) - 1
        return number >= 0 and place < self.starts[number] + len(self.words[number])

    def slice(self, start: int, end: int) -> slice:
        """Where in the text the words from one number up to another stand."""
        return slice(self.starts[start], self.starts[end - 1] + len(self.words[end - 1]))

    def clause(self, number: int) -> range:
        """The numbers of the words of the clause in which a word stands."""
        before = bisect_left(self._marks, number)
        start = self._marks[before - 1] + 1 if before else 0
        return range(start, self._marks[before] if before < len(self._marks) else len(self.words))

    @cached_property
    def _marks(self) -> list[int]:
        """The numbers of the words that end a clause."""
        return [number for number, word in enumerate(self.words) if word in _MARKS]
