"""Patterns that could hang: a repetition that can read the same characters in two ways is tried in all of them.

A pattern's tree becomes the automaton of its characters (Glushkov's): which character may follow which. Where two
different ways through a repetition start together, read the same and meet again, the number of ways doubles with every
round, and a search that fails takes them all. Python's own parser of patterns makes the tree.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product
from typing import Any, NamedTuple

_PARSER: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MANY = 10  # rounds from which a repetition counts as one without end
_LARGEST = 1000  # characters of a repetition that are looked at
_SAMPLE = "aZ0_- \n中，。、（é٣"  # one character of each kind that classes tell apart
_CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}

Edge = tuple[int, int]


class _Fragment(NamedTuple):
    """A piece of a pattern: can it be empty, which characters can be its first and its last, which follow one another.

    Characters are numbered. An edge that is there twice can be taken in two ways.
    """

    empty: bool
    first: tuple[int, ...]
    last: tuple[int, ...]
    edges: tuple[Edge, ...]


_NOTHING = _Fragment(True, (), (), ())


def find_hazard(pattern: str) -> str | None:
    """Why a pattern could take for ever; None for one that cannot double its ways. It has to compile.

    What is not seen: many repetitions in a row (.*.*.*), which take long on long lines, but not for ever.
    """
    tree = _PARSER.parse(pattern)
    if any(name.startswith("GROUPREF") for name, _ in _nodes(tree)):
        return "it refers back to a group, which can take for ever"
    sample = sorted({*_SAMPLE, *(near for name, given in _nodes(tree) for near in _edges_of_class(name, given))})
    for name, given in _nodes(tree):
        if name in _REPEATS and given[1] >= _MANY and _composed(given[2]):
            try:
                automaton = _Automaton(sample)
                loop = automaton.looped(automaton.sequence(given[2]))
            except OverflowError:
                return "a repetition in it is too large"
            if automaton.ambiguous(loop):
                return "a repetition in it can read the same characters in more than one way, and could take for ever"
    return None


def _composed(tree: Any) -> bool:
    """Whether a repetition repeats more than one character, which could be read in one way alone."""
    return len(tree) != 1 or any(_inner(tree[0][1]))


def _nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    """Everything in a pattern, by its name in the parser."""
    for code, given in tree:
        yield str(code), given
        for inner in _inner(given):
            yield from _nodes(inner)


def _inner(given: Any) -> Iterator[Any]:
    """The patterns within a node."""
    if isinstance(given, _PARSER.SubPattern):
        yield given
    elif isinstance(given, tuple | list):
        for one in given:
            yield from _inner(one)


class _Automaton:
    """The characters of a repetition, each as the part of the sample that it can be."""

    def __init__(self, sample: Iterable[str]) -> None:
        self._sample = tuple(sample)
        self._reads: list[frozenset[str]] = []
        # Groups that give nothing back: of two ways into them, through them or on in them, only the first is tried.
        self._kept: list[range] = []
        self._settled: set[Edge] = set()

    def sequence(self, tree: Any) -> _Fragment:
        """A pattern's pieces one after another."""
        made = _NOTHING
        for code, given in tree:
            made = _joined(made, self._piece(str(code), given))
        return made

    def looped(self, part: _Fragment) -> _Fragment:
        """A piece that can follow itself."""
        return part._replace(edges=self._bounded((*part.edges, *((a, b) for a in part.last for b in part.first))))

    def _piece(self, name: str, given: Any) -> _Fragment:
        if name in _REPEATS:
            start, made = len(self._reads), self._repeated(*given)
            return self._keeping(start, made) if name == "POSSESSIVE_REPEAT" else made
        if name == "BRANCH":
            ways = [self.sequence(one) for one in given[1]]
            return _Fragment(
                any(way.empty for way in ways),
                tuple(number for way in ways for number in way.first),
                tuple(number for way in ways for number in way.last),
                tuple(edge for way in ways for edge in way.edges),
            )
        if name == "SUBPATTERN":
            return self.sequence(given[-1])
        if name == "ATOMIC_GROUP":
            return self._keeping(len(self._reads), self.sequence(given))
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            return _NOTHING
        self._reads.append(frozenset(char for char in self._sample if _reads(name, given, char)))
        if len(self._reads) > _LARGEST:
            raise OverflowError
        number = len(self._reads) - 1
        return _Fragment(False, (number,), (number,), ())

    def _repeated(self, least: int, most: int, tree: Any) -> _Fragment:
        if most >= _MANY and most != least:
            one = self.looped(self.sequence(tree))
            return one._replace(empty=one.empty or least == 0)
        made = _NOTHING
        for _ in range(most - least):  # what may be left out comes first from behind: (a(a)?)?
            made = _joined(self.sequence(tree), made)._replace(empty=True)
        for _ in range(least):
            made = _joined(self.sequence(tree), made)
        return made

    def _keeping(self, start: int, part: _Fragment) -> _Fragment:
        """A piece that gives nothing back; `start` is the number of its first character."""
        self._kept.append(range(start, len(self._reads)))
        self._settled.update(part.edges)
        first, last = tuple(dict.fromkeys(part.first)), tuple(dict.fromkeys(part.last))
        return _Fragment(part.empty, first, last, tuple(dict.fromkeys(part.edges)))

    def ambiguous(self, loop: _Fragment) -> bool:
        """Whether two ways through a loop start together, read the same and meet again."""
        free = [edge for edge in loop.edges if edge not in self._settled]
        if len(set(free)) < len(free):
            return True
        after: dict[int, set[int]] = defaultdict(set)
        before: dict[int, set[int]] = defaultdict(set)
        for one, other in loop.edges:
            after[one].add(other)
            before[other].add(one)
        together = {(number, number) for number in range(len(self._reads))}
        return any(a != b for a, b in self._reach(together, after) & self._reach(together, before))

    def _reach(self, start: set[Edge], steps: dict[int, set[int]]) -> set[Edge]:
        """The pairs of places that are reached from pairs by reading the same on both sides."""
        found, left = set(start), list(start)
        while left:
            a, b = left.pop()
            for one, other in product(steps[a], steps[b]):
                if (one, other) not in found and self._reads[one] & self._reads[other] and self._open(a, b, one, other):
                    found.add((one, other))
                    left.append((one, other))
        return found

    def _open(self, a: int, b: int, one: int, other: int) -> bool:
        """Whether both ways are tried where two that have been one part."""
        if a != b or one == other:
            return True
        inside = any(one in group and other in group for group in self._kept)
        return not inside and not self._settled & {(a, one), (b, other)}

    @staticmethod
    def _bounded(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
        if len(edges) > 50 * _LARGEST:
            raise OverflowError
        return edges


def _joined(one: _Fragment, other: _Fragment) -> _Fragment:
    """Two pieces one after the other."""
    return _Fragment(
        one.empty and other.empty,
        (*one.first, *(other.first if one.empty else ())),
        (*other.last, *(one.last if other.empty else ())),
        (*one.edges, *other.edges, *((a, b) for a in one.last for b in other.first)),
    )


# ── what a character of a pattern reads ───────────────────────────────────────────────────────────────


def _reads(name: str, given: Any, char: str) -> bool:
    """Whether a character of a pattern reads this one; capitals are as good as small letters."""
    if name == "ANY":
        return True
    if name == "IN":
        negated = str(given[0][0]) == "NEGATE"
        return negated != any(_reads(str(code), one, char) for code, one in given[negated:])
    if name == "CATEGORY":
        kind = str(given).removeprefix("CATEGORY_")
        meant = re.match(_CATEGORIES[kind.removeprefix("NOT_")], char) is not None
        return meant != kind.startswith("NOT_")
    if name == "RANGE":
        return any(given[0] <= ord(one) <= given[1] for one in _cases(char))
    return (name == "NOT_LITERAL") != (chr(given) in _cases(char))


def _cases(char: str) -> set[str]:
    return {char, *(one for one in (char.lower(), char.upper()) if len(one) == 1)}


def _edges_of_class(name: str, given: Any) -> Iterator[str]:
    """The characters around which a class ends."""
    if name == "IN":
        for code, one in given:
            yield from _edges_of_class(str(code), one)
    ends = given if name == "RANGE" else (given,) if name in ("LITERAL", "NOT_LITERAL") else ()
    yield from (chr(place) for end in ends for place in (end - 1, end, end + 1) if 0 <= place < 0x110000)
