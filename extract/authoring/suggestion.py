"""Suggestions and drafts: what a profile could say, where its words stand in the guide, and what they are like."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from extract.model.values import Evidence

MIN_LIKENESS = 50  # of 100: words that are less alike than this are not like each other


class Suggestion(Struct, frozen=True):
    """What a profile could say to have words of a guide understood.

    `table` is the TOML table, `key` its key, `entry` the TOML of one entry of that key's list; or, without a key, the
    lines of a table of its own. `why` tells the words, where they stand, and what they are like.
    """

    table: str
    key: str | None
    entry: str
    why: str


class Draft(Struct, frozen=True):
    """A profile in the making for one guide: the family that fits best, suggestions, and what no profile can mend."""

    name: str
    guide: str
    family: str
    suggestions: tuple[Suggestion, ...]
    beyond: tuple[str, ...]


def describe_place(evidence: Sequence[Evidence]) -> str:
    """`, page 4 at 201.64, 227.1`: points from the page's top left corner; in plain text the line of the file."""
    if not evidence:
        return ""
    first = evidence[0]
    at = f" at {first.bbox[0]:g}, {first.bbox[1]:g}" if first.bbox else f", line {first.line}"
    return f", page {first.page}{at}"


def nearest(words: str, known: Iterable[str], *, at_least: int = MIN_LIKENESS) -> tuple[str, int] | None:
    """The known words that are most like these, and how much (of 100); None where none are."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(words, list(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else (str(found[0]), round(found[1]))


def quoted(words: str) -> str:
    """Words as a TOML string.

    >>> print(quoted('甲"乙"'))
    "甲\\"乙\\""
    """
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'
