"""Detect patterns with exponential backtracking (ReDoS): repetitions that match the same characters in two ways.

Python's own parser gives the tree of a pattern, from which the Glushkov automaton is built: the characters of the
pattern are its states. If two different paths through a repetition start in one state, read the same and meet in one
state, the number of paths doubles with every round, and a failing search tries them all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product
from typing import Any, NamedTuple

_PARSER: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MIN_UNBOUNDED = 10  # rounds from which a repetition counts as unbounded
_MAX_STATES = 1000  # characters of a repetition
_SAMPLE = "aZ0_- \n中，。、（é٣"  # one character of each class
_CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}

Edge = tuple[int, int]


class _Fragment(NamedTuple):
    """A part of the automaton: its first and last states and its edges; `empty`: it matches the empty string.

    States are numbered. A duplicate edge is a second path.
    """

    empty: bool
    first: tuple[int, ...]
    last: tuple[int, ...]
    edges: tuple[Edge, ...]


_EMPTY = _Fragment(True, (), (), ())


def find_hazard(pattern: str) -> str | None:
    """Return the reason for which a valid pattern may take exponential time, or None.

    Polynomial time (.*.*.* on long lines) is not detected.

    >>> find_hazard("(?:a+)+b")
    'a repetition in it can read the same characters in more than one way, and could take for ever'
    >>> find_hazard("(?:a+b)+")
    """
    tree = _PARSER.parse(pattern)
    if any(name.startswith("GROUPREF") for name, _ in _nodes(tree)):
        return "it refers back to a group, which can take for ever"
    sample = sorted({*_SAMPLE, *(char for name, given in _nodes(tree) for char in _class_boundaries(name, given))})
    for name, given in _nodes(tree):
        if name in _REPEATS and given[1] >= _MIN_UNBOUNDED and _is_composed(given[2]):
            try:
                automaton = _Automaton(sample)
                loop = automaton.loop(automaton.sequence(given[2]))
            except OverflowError:
                return "a repetition in it is too large"
            if automaton.is_ambiguous(loop):
                return "a repetition in it can read the same characters in more than one way, and could take for ever"
    return None


def _is_composed(tree: Any) -> bool:
    """True if a repetition repeats more than one character; a single one matches in one way only."""
    return len(tree) != 1 or any(_inner(tree[0][1]))


def _nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield all nodes of a tree, with the names of their opcodes."""
    for code, given in tree:
        yield str(code), given
        for inner in _inner(given):
            yield from _nodes(inner)


def _inner(given: Any) -> Iterator[Any]:
    """Yield the subpatterns of a node."""
    if isinstance(given, _PARSER.SubPattern):
        yield given
    elif isinstance(given, tuple | list):
        for item in given:
            yield from _inner(item)


class _Automaton:
    """The Glushkov automaton of a repetition; each state is a set of characters of the sample."""

    def __init__(self, sample: Iterable[str]) -> None:
        self._sample = tuple(sample)
        self._reads: list[frozenset[str]] = []
        # The states and edges of atomic groups, which do not backtrack: only the first of several paths is tried.
        self._atomic: list[range] = []
        self._atomic_edges: set[Edge] = set()

    def sequence(self, tree: Any) -> _Fragment:
        """Build the fragment of a sequence of nodes."""
        fragment = _EMPTY
        for code, given in tree:
            fragment = _concatenated(fragment, self._fragment(str(code), given))
        return fragment

    def loop(self, part: _Fragment) -> _Fragment:
        """Add the edges from the end of a fragment to its start."""
        return part._replace(edges=self._check_size((*part.edges, *((a, b) for a in part.last for b in part.first))))

    def _fragment(self, name: str, given: Any) -> _Fragment:
        if name in _REPEATS:
            start, repeated = len(self._reads), self._repeated(*given)
            return self._as_atomic(start, repeated) if name == "POSSESSIVE_REPEAT" else repeated
        if name == "BRANCH":
            branches = [self.sequence(branch) for branch in given[1]]
            return _Fragment(
                any(branch.empty for branch in branches),
                tuple(state for branch in branches for state in branch.first),
                tuple(state for branch in branches for state in branch.last),
                tuple(edge for branch in branches for edge in branch.edges),
            )
        if name == "SUBPATTERN":
            return self.sequence(given[-1])
        if name == "ATOMIC_GROUP":
            return self._as_atomic(len(self._reads), self.sequence(given))
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            return _EMPTY
        self._reads.append(frozenset(char for char in self._sample if _matches(name, given, char)))
        if len(self._reads) > _MAX_STATES:
            raise OverflowError
        state = len(self._reads) - 1
        return _Fragment(False, (state,), (state,), ())

    def _repeated(self, least: int, most: int, tree: Any) -> _Fragment:
        if most >= _MIN_UNBOUNDED and most != least:
            loop = self.loop(self.sequence(tree))
            return loop._replace(empty=loop.empty or least == 0)
        fragment = _EMPTY
        for _ in range(most - least):  # built from the end, as optional rounds are nested: (a(a)?)?
            fragment = _concatenated(self.sequence(tree), fragment)._replace(empty=True)
        for _ in range(least):
            fragment = _concatenated(self.sequence(tree), fragment)
        return fragment

    def _as_atomic(self, start: int, part: _Fragment) -> _Fragment:
        """Mark a fragment as atomic, without duplicate paths; `start` is its first state."""
        self._atomic.append(range(start, len(self._reads)))
        self._atomic_edges.update(part.edges)
        first, last = tuple(dict.fromkeys(part.first)), tuple(dict.fromkeys(part.last))
        return _Fragment(part.empty, first, last, tuple(dict.fromkeys(part.edges)))

    def is_ambiguous(self, loop: _Fragment) -> bool:
        """Return True if two paths through a loop start in one state, read the same and meet in one state."""
        free = [edge for edge in loop.edges if edge not in self._atomic_edges]
        if len(set(free)) < len(free):
            return True
        after: dict[int, set[int]] = defaultdict(set)
        before: dict[int, set[int]] = defaultdict(set)
        for one, other in loop.edges:
            after[one].add(other)
            before[other].add(one)
        same = {(state, state) for state in range(len(self._reads))}
        return any(a != b for a, b in self._reachable(same, after) & self._reachable(same, before))

    def _reachable(self, start: set[Edge], steps: dict[int, set[int]]) -> set[Edge]:
        """The pairs of states that are reachable from pairs by reading the same characters on both paths."""
        found, left = set(start), list(start)
        while left:
            a, b = left.pop()
            for one, other in product(steps[a], steps[b]):
                if (
                    (one, other) not in found
                    and self._reads[one] & self._reads[other]
                    and self._are_both_tried(a, b, one, other)
                ):
                    found.add((one, other))
                    left.append((one, other))
        return found

    def _are_both_tried(self, a: int, b: int, one: int, other: int) -> bool:
        """True if backtracking tries both paths where they diverge."""
        if a != b or one == other:
            return True
        is_inside = any(one in group and other in group for group in self._atomic)
        return not is_inside and not self._atomic_edges & {(a, one), (b, other)}

    @staticmethod
    def _check_size(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
        if len(edges) > 50 * _MAX_STATES:
            raise OverflowError
        return edges


def _concatenated(one: _Fragment, other: _Fragment) -> _Fragment:
    """Concatenate two fragments."""
    return _Fragment(
        one.empty and other.empty,
        (*one.first, *(other.first if one.empty else ())),
        (*other.last, *(one.last if other.empty else ())),
        (*one.edges, *other.edges, *((a, b) for a in one.last for b in other.first)),
    )


# ── the characters that a node matches ───────────────────────────────────────────────────────────────


def _matches(name: str, given: Any, char: str) -> bool:
    """True if a node for one character matches `char`, ignoring case."""
    if name == "ANY":
        return True
    if name == "IN":
        negated = str(given[0][0]) == "NEGATE"
        return negated != any(_matches(str(code), item, char) for code, item in given[negated:])
    if name == "CATEGORY":
        kind = str(given).removeprefix("CATEGORY_")
        is_member = re.match(_CATEGORIES[kind.removeprefix("NOT_")], char) is not None
        return is_member != kind.startswith("NOT_")
    if name == "RANGE":
        return any(given[0] <= ord(variant) <= given[1] for variant in _cases(char))
    return (name == "NOT_LITERAL") != (chr(given) in _cases(char))


def _cases(char: str) -> set[str]:
    return {char, *(variant for variant in (char.lower(), char.upper()) if len(variant) == 1)}


def _class_boundaries(name: str, given: Any) -> Iterator[str]:
    """Yield the characters at and next to the boundaries of a class."""
    if name == "IN":
        for code, item in given:
            yield from _class_boundaries(str(code), item)
    ends = given if name == "RANGE" else (given,) if name in ("LITERAL", "NOT_LITERAL") else ()
    yield from (chr(code) for end in ends for code in (end - 1, end, end + 1) if 0 <= code < 0x110000)
