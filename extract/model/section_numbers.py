"""Section numbers: their order, which sections they stand below, and the ids of sections. 01 equals 1."""

import re
from collections.abc import Container, Iterator


def may_follow(number: str, before: str) -> bool:
    """Return True if a number may follow another, on any level: 1.10, 1.9.1, 2.0, 2.1, 2 or 2.1.1 may follow 1.9.

    >>> [may_follow(number, "1.9") for number in ("1.10", "1.9.1", "2", "1.11", "3.1")]
    [True, True, True, False, False]
    """
    parts = _parts(before)
    raised = [[*parts[:i], parts[i] + 1, *rest] for i in range(len(parts)) for rest in ([], [0], [1], [1, 1])]
    return _parts(number) in (*raised, [*parts, 1])


def may_begin(number: str) -> bool:
    """Return True if a guide may begin with a number: 1, 1.1, 2.1, 1.1.1, but not 1.2.

    >>> [may_begin(number) for number in ("1", "01", "2.1", "1.2")]
    [True, True, True, False]
    """
    return re.fullmatch(r"\d+(?:\.0?[01])+|0?1", number) is not None


def parent_of(number: str, numbers: Container[str]) -> str | None:
    """Return the nearest number above a number among `numbers`; None if it stands below none of them.

    >>> parent_of("1.4.2", {"1.4"}), parent_of("1.4.2", {"1"}), parent_of("1.4", {"1.3"})
    ('1.4', '1', None)
    """
    return next(numbers_above(number, numbers), None)


def numbers_above(number: str, numbers: Container[str]) -> Iterator[str]:
    """Yield the numbers above a number among `numbers`, the nearest first.

    >>> list(numbers_above("1.4.2", {"1", "1.4", "1.4.2", "2"}))
    ['1.4', '1']
    """
    while "." in number:
        number = number.rpartition(".")[0]
        if number in numbers:
            yield number


def section_id(number: str, *, year: int | None, batch: int | None) -> str:
    """Return the id of a section.

    >>> section_id("1.10", year=2017, batch=1), section_id("1.10", year=2020, batch=None)
    ('2017-1/1.10', '2020/1.10')
    """
    return f"{round_id(year, batch)}/{number}"


def round_id(year: int | None, batch: int | None) -> str:
    """Return the prefix of the ids of a guide's sections.

    >>> round_id(2017, 1), round_id(2020, None), round_id(None, None)
    ('2017-1', '2020', 'undated')
    """
    return f"{year or 'undated'}{f'-{batch}' if batch else ''}"


def _parts(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]
