"""Sentences of requirements, and their clauses: what each asks, of whom, and how strictly."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from extract.language import brackets
from extract.model.conditions import Binding, Party
from extract.model.text import Text
from extract.normalise.points import SPACE
from extract.profile.schema import ConditionWords

_ENDS = re.compile(r"[，；。]|：(?!\d\d|/)")  # not in 16:00, nor in an address


class Sentence(Struct, frozen=True):
    """A sentence with the offsets at which its clauses begin, and its end."""

    text: Text
    offsets: Sequence[int]

    def clauses(self, start: int, end: int) -> range:
        """Return the clauses that a span touches."""
        spans = list(pairwise(self.offsets))
        touched = [index for index, (first, last) in enumerate(spans) if first < end and start < last]
        return range(touched[0], touched[-1] + 1)

    def words(self, clauses: range) -> Text:
        """Return the words of clauses that follow one another, without the marks around them."""
        return self.text[self.offsets[clauses.start] : self.offsets[clauses.stop]].strip(f"{SPACE}，；。：")

    def clause(self, index: int) -> Text:
        """Return the words of one clause."""
        return self.words(range(index, index + 1))

    @property
    def all(self) -> range:
        """All clauses."""
        return range(len(self.offsets) - 1)


def sentence_of(text: Text) -> Sentence:
    """Find the clauses of a sentence; marks in brackets end none."""
    ends = [match.end() for match in brackets.outside(text, _ENDS)]
    return Sentence(text, [0, *(end for end in ends if end < len(text)), len(text)])


def binding_of(sentence: Sentence, end: int, vocabulary: ConditionWords) -> Binding:
    """Return how strictly the words up to an offset ask.

    原则上 of an earlier clause goes on in one without such a word: 原则上要求由一家单位牵头，提交一份申请书.
    """
    clauses = reversed(sentence.clauses(0, end))
    asked = (binding_in(sentence.clause(index).plain, vocabulary) for index in clauses)
    return next((binding for binding in asked if binding), "must")


def binding_in(plain: str, vocabulary: ConditionWords) -> Binding | None:
    """Return how strictly words ask: 优先 prefer, 原则上 should, 必须 must; None if they have no such word."""
    if vocabulary.prefer.search(plain):
        return "prefer"
    if vocabulary.should.search(plain):
        return "should"
    return "must" if vocabulary.must.search(plain) else None


def last_party(words: str, vocabulary: ConditionWords) -> Party | None:
    """Return the party that words name last, which acts in what follows; None if they name none."""
    found = [one for one in _parties(words, vocabulary) if one[2] != "project"]
    return max(found, key=lambda one: (one[1], one[1] - one[0]))[2] if found else None


def first_party(words: str, vocabulary: ConditionWords) -> Party | None:
    """Return the party that words name first, as their subject; None if they name none."""
    return min(_parties(words, vocabulary), key=lambda one: (one[0], -one[1]), default=(0, 0, None))[2]


def _parties(words: str, vocabulary: ConditionWords) -> list[tuple[int, int, Party]]:
    """List the parties that words name, with their spans."""
    return [
        (*match.span(), party) for party, pattern in vocabulary.parties.items() for match in pattern.finditer(words)
    ]
