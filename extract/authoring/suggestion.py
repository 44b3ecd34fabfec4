"""Suggestions: rules that a profile lacks, each with a reason; and the draft of a profile that holds them."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from extract.model.values import Evidence

_MIN_LIKENESS = 50  # of 100


class Suggestion(Struct, frozen=True):
    """A rule that a profile lacks.

    `table` is the TOML table, `key` its key, `entry` the TOML of one entry of the key's list; or, without a key, the
    lines of a whole table. `why` has the words, their position, and what they are like. `words` are those of the label
    or the heading. `outcome` is what the record gained when the rule was tried on the guide, if it is `in_force`; else
    why it was left out, empty for a rule that is not tried, as only a person can judge it (`needs_person`).
    `places` is in how many places words tell a label's field: of two labels of one field that with more is tried first.
    A label that `recurs` before a colon is one, whatever its field.
    """

    table: str
    key: str | None
    entry: str
    why: str
    words: str = ""
    in_force: bool = False
    outcome: str = ""
    needs_person: bool = False
    places: int = 0
    recurs: bool = False

    @property
    def can_be_tried(self) -> bool:
        """Return True if the record can show whether the rule is right: headings, and most labels."""
        return bool(self.words) and not self.needs_person

    @property
    def name(self) -> str:
        """The rule in a line: 资助力度 → funding."""
        return f"{self.words} → {self.key or 'headings'}"


class Draft(Struct, frozen=True):
    """A draft of a profile for one guide: the family that fits best, suggestions, and findings beyond any profile.

    `refusal` says why the guide cannot be read without a draft, `result` what is read with it; None if that is nothing.
    """

    name: str
    guide: str
    family: str
    refusal: str | None
    result: str | None
    suggestions: tuple[Suggestion, ...]
    beyond: tuple[str, ...]

    @property
    def kept(self) -> list[Suggestion]:
        """The suggestions in force."""
        return [one for one in self.suggestions if one.in_force]

    @property
    def left_out(self) -> list[Suggestion]:
        """The suggestions that were tried, and are not in force."""
        return [one for one in self.suggestions if one.outcome and not one.in_force]


def describe_position(evidence: Sequence[Evidence]) -> str:
    """Format a position: `, page 4 at 201.64, 227.1` in points from the page's top left; else `, page 1, line 3`, or
    `, block 3` without pages.
    """
    if not evidence:
        return ""
    first = evidence[0]
    if first.page is None:
        return f", {first.where}"
    at = f" at {first.bbox[0]:g}, {first.bbox[1]:g}" if first.bbox else f", line {first.line}"
    return f", {first.where}{at}"


def nearest(words: str, known: Iterable[str], *, at_least: int = _MIN_LIKENESS) -> tuple[str, int] | None:
    """Return the most similar known words and their likeness (of 100); None if all are less than `at_least`."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(words, list(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else (str(found[0]), round(found[1]))


def quoted(words: str) -> str:
    """Format words as a TOML string.

    >>> print(quoted('甲"乙"'))
    "甲\\"乙\\""
    """
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'
