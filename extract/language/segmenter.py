"""The only door to jieba: its words and their frequencies, read from its dictionary as texts ask for them.

The words of a text: where they start and end, and which of them make a clause.

The words that a profile knows: what the segmenter keeps whole, and all names of organisations.
"""

import logging
import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from msgspec import Struct

from extract.language.word_patterns import words
from extract.profile.partner_tables import PartnerNames
from extract.profile.schema import Profile

_FREQUENCY = re.compile(rb" (\d+) ")


class Segmenter:
    """jieba as spaCy's tokenizer calls it, without its guesses at unknown words: 由巴方 is no word.

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
        """The words of a text, in order. A side begins a word: 经|意方, 附|加方, whatever 经意 and 附加 may be."""
        for piece in self._sides.split(text):
            yield from self._jieba.cut(piece, cut_all=cut_all, HMM=False)


class _LookUpTokenizer:
    """The part of jieba's tokenizer that looks words up when a text first has them; `_load_jieba` adds the rest.

    To load the dictionary whole, as jieba does, takes longer than to read a guide; and jieba would trust a copy in the
    system's folder for temporary files, which anybody may have put there.

    Four internals of jieba 0.42 are relied on: `FREQ`, the words and beginnings of words with their frequencies;
    `total`, the sum of these; `initialized`, which keeps jieba from loading its dictionary; and `get_DAG`, from which
    it finds the best cut. A test holds `FREQ` and `total` against those that jieba loads.
    """

    FREQ: dict[str, int]

    def __init__(self, lines: tuple[bytes, ...], total: int) -> None:
        """`lines` are the dictionary's, sorted: a word, its frequency, its kind; `total` is the sum of frequencies."""
        super().__init__()
        self.lines, self.total, self.known = lines, total, set[str]()
        self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802
        """For each offset of a sentence the last offsets of the words that begin there, as jieba finds them."""
        return {
            start: [last for last, frequency in self.pieces(sentence, start) if frequency] or [start]
            for start in range(len(sentence))
        }

    def add_word(self, word: str, freq: int | None = None, tag: str | None = None) -> None:
        self.learn(word)  # before, for what is added stays
        super().add_word(word, freq, tag)  # type: ignore[misc]

    def learn(self, text: str) -> None:
        """Look up all words and beginnings of words in a text."""
        for start in range(len(text)):
            for _ in self.pieces(text, start):
                pass

    def pieces(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """The words and beginnings of words from an offset on: the last offset of each, and its frequency."""
        for last in range(start, len(text)):
            piece = text[start : last + 1]
            frequency = self.FREQ.get(piece)
            if frequency is None:
                frequency = self.look_up(piece)
            if frequency is None:
                return
            yield last, frequency

    def look_up(self, piece: str) -> int | None:
        """Enter a piece into `FREQ` as jieba does: a word with its frequency, the beginning of a word with 0.

        A word's own line stands before those of the words that it begins: a space sorts before all else.
        """
        if piece in self.known:
            return None
        self.known.add(piece)
        key = piece.encode("utf-8", "surrogatepass")
        index = bisect_left(self.lines, key)
        line = self.lines[index] if index < len(self.lines) else b""
        if not line.startswith(key):
            return None
        word, frequency, *_ = line.split(b" ")
        self.FREQ[piece] = looked_up = int(frequency) if word == key else 0
        return looked_up


@cache
def _load_jieba() -> Any:
    """jieba's tokenizer with look-up, as a class."""
    return type("Tokenizer", (_LookUpTokenizer, _jieba().Tokenizer), {})


@cache
def _dictionary() -> tuple[tuple[bytes, ...], int]:
    """The lines of jieba's dictionary, sorted, and the sum of its frequencies."""
    with _jieba().Tokenizer().get_dict_file() as file:
        data = file.read()
    lines = tuple(sorted(data.splitlines()))  # which, unlike a list, the collector need not look through
    return lines, sum(map(int, _FREQUENCY.findall(data)))


def _jieba() -> Any:
    """The module jieba, imported with an empty stand-in for setuptools' pkg_resources.

    jieba would load that to find a file beside its own, which takes longer than all else; without it jieba opens the
    file by its path. Together with the stand-in for spaCy's command line (organisation_matcher.py) this saves 0.4 to
    0.8 s of 1.5 to 2.1 s until the first guide is read, on two cores.
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


def segmenter_of(profile: Profile) -> Segmenter:
    """What cuts the texts of a profile's guides into words."""
    return Segmenter(sorted(_vocabulary(profile)), sorted(_sides(profile.names)))


def dictionary_spellings(names: PartnerNames) -> list[tuple[str, ...]]:
    """Every organisation and agency: its usual name, then its other names."""
    organisations = [(entry.own, *entry.aliases) for entry in names.organisation]
    return organisations + [(entry.name, *entry.aliases) for entry in names.agency]


def _vocabulary(profile: Profile) -> set[str]:
    """The words that the segmenter keeps whole: the dictionary's, those of patterns, and names."""
    kinds_of = profile.requirements.kinds.values()
    patterned = {word for patterns in kinds_of for pattern in patterns for word in words(pattern)}
    kinds = {word for found in profile.agreement.kinds.values() for word in found}
    spelled = {name for spelling in dictionary_spellings(profile.names) for name in spelling}
    return {*profile.dictionary, *patterned, *kinds, *spelled}


def _sides(names: PartnerNames) -> set[str]:
    """日方, 美方: jieba knows some of them and not 巴方. All are two words, so that patterns find them by 方."""
    return {f"{short}方" for entry in names.country for short in entry.short if len(short) == 1}
