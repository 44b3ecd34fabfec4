"""Section numbers: which may follow which, which may begin a guide, and the ids made of them. 01 is 1."""

import re


def may_follow(number: str, before: str) -> bool:
    """Whether a number may follow another on any level: 1.10, 1.9.1, 2.0, 2.1, 2 or 2.1.1 may follow 1.9."""
    parts = _parts(before)
    raised = [[*parts[:i], parts[i] + 1, *rest] for i in range(len(parts)) for rest in ([], [0], [1], [1, 1])]
    return _parts(number) in (*raised, [*parts, 1])


def may_begin(number: str) -> bool:
    """Whether a guide can begin with a number: 1, 1.1, 2.1, 1.1.1, but not 1.2."""
    return re.fullmatch(r"\d+(?:\.0?[01])+|0?1", number) is not None


def section_id(number: str, *, year: int | None, batch: int | None) -> str:
    """The id of a section: 2017-1/1.10 for 1.10 in the first batch of 2017; without a batch 2020/1.10."""
    return f"{round_id(year, batch)}/{number}"


def round_id(year: int | None, batch: int | None) -> str:
    """What the ids of a guide's sections begin with: 2017-1, 2020 without a batch, undated without a year."""
    return f"{year or 'undated'}{f'-{batch}' if batch else ''}"


def _parts(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]
