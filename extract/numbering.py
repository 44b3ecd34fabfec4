"""Section numbers: which may follow which, and which may begin a guide."""

import re


def successors(number: str) -> set[str]:
    """The numbers that may follow a section's number on any level: 1.9 → 1.10, 1.9.1, 2.0, 2.1, 2, 2.1.1."""
    parts = [int(part) for part in number.split(".")]
    raised = [[*parts[:i], parts[i] + 1, *rest] for i in range(len(parts)) for rest in ([], [0], [1], [1, 1])]
    return {".".join(map(str, follower)) for follower in (*raised, [*parts, 1])}


def begins(number: str) -> bool:
    """Whether a guide can begin with a number: 1, 1.1, 2.1, 1.1.1, but not 1.2."""
    return re.fullmatch(r"\d+(?:\.[01])+|1", number) is not None
