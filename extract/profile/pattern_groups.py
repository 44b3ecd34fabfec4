"""Tell whether a group of a pattern takes part in every match."""

from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def always_matches(pattern: str, group: str) -> bool:
    """Return True if a named group is part of every match: not within ?, * or one of several choices.

    >>> always_matches("(?P<number>一)(?P<title>.+)?", "number"), always_matches("(?P<title>一)?", "title")
    (True, False)
    >>> always_matches("(?P<number>一)|二", "number")
    False
    """
    tree = _PARSER.parse(pattern)
    return _is_certain(tree, tree.state.groupdict[group])


def _is_certain(tree: Any, number: int) -> bool:
    return any(_certain_in(str(name), given, number) for name, given in tree)


def _certain_in(name: str, given: Any, number: int) -> bool:
    if name == "SUBPATTERN":
        return given[0] == number or _is_certain(given[3], number)
    if name in _REPEATS:
        return given[0] > 0 and _is_certain(given[2], number)
    if name == "BRANCH":
        return all(_is_certain(branch, number) for branch in given[1])
    if name == "ATOMIC_GROUP":
        return _is_certain(given, number)
    return name == "ASSERT" and _is_certain(given[1], number)
