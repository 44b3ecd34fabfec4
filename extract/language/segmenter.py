"""Segment text into words with jieba, whose dictionary is looked up on demand, and with the words of a profile.

No other module imports jieba.
"""

import logging
import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

from msgspec import Struct

from extract.language.word_patterns import words
from extract.profile.partner_tables import PartnerNames
from extract.profile.schema import Profile

_FREQUENCY = re.compile(rb" (\d+) ")


class Segmenter:
    """jieba without its model of unknown words (HMM): 由巴方 is no word.

    `words` are never cut; `split_words` are removed from jieba's dictionary.
    """

    def __init__(self, words: Iterable[str], split_words: Iterable[str]) -> None:
        self._jieba = _load_jieba()(*_dictionary())
        for word in words:
            self._jieba.add_word(word)
        for word in split_words:
            self._jieba.del_word(word)
        sides = "".join(sorted({word[0] for word in split_words}))
        self._sides = re.compile(f"(?<=.)(?=[{sides}]方(?![向式法案面针程便]))")

    def cut(self, text: str, cut_all: bool = False) -> Iterator[str]:
        """Yield the words of a text. A side always begins a word: 经|意方, 附|加方, though 经意 and 附加 are words."""
        for piece in self._sides.split(text):
            yield from self._jieba.cut(piece, cut_all=cut_all, HMM=False)


class _LookUpTokenizer:
    """A mixin for jieba's tokenizer that looks words up on first use; `_load_jieba` adds the tokenizer.

    Loading the whole dictionary, as jieba does, takes longer than reading a guide; and jieba trusts a cached copy in
    the temporary folder, where any user can write.

    Four internals of jieba 0.42 are relied on: `FREQ`, the words and beginnings of words with their frequencies;
    `total`, their sum; `initialized`, which prevents loading the dictionary; and `get_DAG`, the input of the search for
    the best segmentation. A test compares `FREQ` and `total` with those that jieba loads.
    """

    FREQ: dict[str, int]

    def __init__(self, lines: "_SortedLines", total: int) -> None:
        """`lines`: the dictionary's (word, frequency, part of speech); `total`: the sum of frequencies."""
        super().__init__()
        self.lines, self.total, self.known = lines, total, set[str]()
        self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802
        """Return for each offset of a sentence the last offsets of the words that begin there, like jieba."""
        return {
            start: [last for last, frequency in self.pieces(sentence, start) if frequency] or [start]
            for start in range(len(sentence))
        }

    def add_word(self, word: str, freq: int | None = None, tag: str | None = None) -> None:
        self.learn(word)  # first, as existing entries of `FREQ` are not looked up
        super().add_word(word, freq, tag)  # type: ignore[misc]

    def learn(self, text: str) -> None:
        """Look up all words and beginnings of words in a text."""
        for start in range(len(text)):
            for _ in self.pieces(text, start):
                pass

    def pieces(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """Yield the words and beginnings of words from an offset on: the last offset and the frequency of each."""
        for last in range(start, len(text)):
            piece = text[start : last + 1]
            frequency = self.FREQ.get(piece)
            if frequency is None:
                frequency = self.look_up(piece)
            if frequency is None:
                return
            yield last, frequency

    def look_up(self, piece: str) -> int | None:
        """Enter a piece into `FREQ` like jieba: a word with its frequency, the beginning of a word with 0.

        By bisection: the line of a word sorts before those of the words that it begins, as space sorts first.
        """
        if piece in self.known:
            return None
        self.known.add(piece)
        key = piece.encode("utf-8", "surrogatepass")
        line = self.lines.first_from(key)
        if not line.startswith(key):
            return None
        word, frequency, *_ = line.split(b" ")
        self.FREQ[piece] = looked_up = int(frequency) if word == key else 0
        return looked_up


@cache
def _load_jieba() -> Any:
    """Create the class of jieba's tokenizer with look-up on demand."""
    return type("Tokenizer", (_LookUpTokenizer, _jieba().Tokenizer), {})


@cache
def _dictionary() -> tuple["_SortedLines", int]:
    """Read the lines of jieba's dictionary, and the sum of its frequencies."""
    with _jieba().Tokenizer().get_dict_file() as file:
        data = file.read()
    return _SortedLines(data), sum(map(int, _FREQUENCY.findall(data)))


class _SortedLines:
    """Sorted lines in one string of bytes, with the offset of each: a quarter of the memory of a list.

    No line ends: a key and a line differ before the end of the line, which has a space behind its word.
    """

    def __init__(self, data: bytes) -> None:
        lines = sorted(data.splitlines())
        self._data = b"".join(lines)
        self._offsets = array("I", accumulate(map(len, lines), initial=0))

    def first_from(self, key: bytes) -> bytes:
        """Return the first line that does not sort before a key; empty behind the last."""
        length = len(key)
        index = bisect_left(self._offsets, key, key=lambda offset: self._data[offset : offset + length])
        return self._data[slice(*self._offsets[index : index + 2])] if index + 1 < len(self._offsets) else b""


def _jieba() -> Any:
    """Import jieba without setuptools' pkg_resources.

    jieba imports that, slowly, to find a file beside its own; without it jieba opens the file by its path. With the
    stub of spaCy's command line (organisation_matcher.py) this saves 0.4 to 0.8 s of 1.5 to 2.1 s until the first
    guide is read, on two cores.
    """
    missing: Any = None
    sys.modules.setdefault("pkg_resources", missing)
    try:
        import jieba
    finally:
        if sys.modules["pkg_resources"] is None:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.WARNING)
    return jieba


_CLAUSE_ENDS = "，。；"


class Tokens(Struct, frozen=True, dict=True):
    """The words of a text and the offsets at which they start. There may be space between them."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def is_within_word(self, offset: int) -> bool:
        """Return True if an offset is inside a word, neither at its start nor at its end."""
        index = bisect_left(self.starts, offset) - 1
        return index >= 0 and offset < self.starts[index] + len(self.words[index])

    def slice(self, start: int, end: int) -> slice:
        """Return the span in the text of the words from one index to before another."""
        return slice(self.starts[start], self.starts[end - 1] + len(self.words[end - 1]))

    def clause(self, index: int) -> range:
        """Return the indices of the words of a word's clause."""
        before = bisect_left(self._marks, index)
        start = self._marks[before - 1] + 1 if before else 0
        return range(start, self._marks[before] if before < len(self._marks) else len(self.words))

    @cached_property
    def _marks(self) -> list[int]:
        """The indices of the words that end a clause."""
        return [index for index, word in enumerate(self.words) if word in _CLAUSE_ENDS]


def segmenter_of(profile: Profile) -> Segmenter:
    """Create the segmenter for the guides of a profile."""
    return Segmenter(sorted(_vocabulary(profile)), sorted(_sides(profile.names)))


def dictionary_spellings(names: PartnerNames) -> list[tuple[str, ...]]:
    """List the organisations and agencies: the usual name of each, then its aliases."""
    organisations = [(entry.own, *entry.aliases) for entry in names.organisation]
    return organisations + [(entry.name, *entry.aliases) for entry in names.agency]


def _vocabulary(profile: Profile) -> set[str]:
    """The words that are never cut: the dictionary's, those of patterns, and names."""
    kinds_of = profile.requirements.kinds.values()
    patterned = {word for patterns in kinds_of for pattern in patterns for word in words(pattern)}
    kinds = {word for found in profile.agreement.kinds.values() for word in found}
    spelled = {name for spelling in dictionary_spellings(profile.names) for name in spelling}
    return {*profile.dictionary, *patterned, *kinds, *spelled}


def _sides(names: PartnerNames) -> set[str]:
    """日方, 美方, 巴方: always two words, so that patterns match 方; jieba's dictionary has some of them."""
    return {f"{short}方" for entry in names.country for short in entry.short if len(short) == 1}
