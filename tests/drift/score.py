"""What a comparison is worth: values right, errors that nothing warned of, warnings without an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.drift.compare import Compared, Value

LOUD = ("warning", "error")
AMBIGUOUS_IN_TEXT = frozenset({"break-ambiguous", "heading-ambiguous"})
"""What plain text truly leaves open: a warning of these is no noise there."""


@dataclass(frozen=True)
class Row:
    """One thing to look at, with all that it takes to make it again."""

    seed: int
    style: str
    section: str | None
    field: str
    want: Any
    got: Any


@dataclass
class Tally:
    """How often a field was right."""

    right: int = 0
    wrong: int = 0
    unread: int = 0
    claimed: int = 0
    wanted: int = 0
    hits: int = 0

    @property
    def all(self) -> int:
        """How many values there are."""
        return self.right + self.wrong + self.unread

    def add(self, one: Compared) -> None:
        setattr(self, one.outcome, getattr(self, one.outcome) + 1)
        self.claimed += one.claimed
        self.wanted += one.wanted
        self.hits += one.claimed and one.wanted and one.outcome == "right"

    def join(self, other: Tally) -> None:
        for name in ("right", "wrong", "unread", "claimed", "wanted", "hits"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Score:
    """The tallies by field, and the rows: silent errors, errors that were told, and noise."""

    guides: int = 0
    fields: dict[str, Tally] = field(default_factory=dict)
    silent: list[Row] = field(default_factory=list)
    told: list[Row] = field(default_factory=list)
    noise: list[Row] = field(default_factory=list)

    @property
    def whole(self) -> Tally:
        """All fields together."""
        tally = Tally()
        for one in self.fields.values():
            tally.join(one)
        return tally

    def join(self, other: Score) -> None:
        self.guides += other.guides
        for name, tally in other.fields.items():
            self.fields.setdefault(name, Tally()).join(tally)
        self.silent += other.silent
        self.told += other.told
        self.noise += other.noise


def score(compared: Sequence[Compared], record: Value, *, seed: int, style: str, text: bool = False) -> Score:
    """The score of one guide."""
    result = Score(guides=1)
    for one in compared:
        result.fields.setdefault(_column(one), Tally()).add(one)
        if one.outcome != "right" and not one.lost:
            row = Row(seed, style, one.section, one.field, one.want, one.got)
            (result.told if _told(one, record) else result.silent).append(row)
    for section, code, message in _noise(compared, record, text=text):
        result.noise.append(Row(seed, style, section, code, None, message))
    return result


def _column(one: Compared) -> str:
    return one.field if one.section is not None else f"guide.{one.field}"


def _told(one: Compared, record: Value) -> bool:
    """Whether a finding or a contradicted check says that this value may be wrong.

    A section that was lost is told of by a finding of the whole guide, or where its labels came up again in the
    section before it.
    """
    if one.field == "conditions" and one.outcome == "unread":
        return True
    places: set[str | None] = {one.section, one.read_as or one.section}
    places |= {None} if one.field == "section" else set()
    for finding in record["findings"]:
        if finding["severity"] in LOUD and finding["section"] in places:
            return True
        if one.before and finding["code"] == "label-repeated" and finding["section"] == one.before:
            return True
    return any(_speaks(check, one, places) for check in record["checks"] if check["outcome"] == "contradicted")


def _speaks(check: Value, one: Compared, places: set[str | None]) -> bool:
    """A contradicted check speaks of the sections that it names; of the guide, or of a lost section, where it is about that."""
    if places & set(check["sections"]):
        return True
    if one.field == "section":
        return check["code"] in ("numbers-run", "partners-declared", "projects-declared", "funding-declared")
    about = one.field == f"declared.{check['code'].removesuffix('-declared')}"
    return one.section is None and (about or not check["sections"])


def _noise(compared: Sequence[Compared], record: Value, *, text: bool) -> Iterator[tuple[str | None, str, str]]:
    """Warnings and contradicted checks on what is right. A field that no reader could read is warned of with reason."""
    wrong = [one for one in compared if one.outcome != "right" or _unreadable(one)]
    bad = {number for one in wrong for number in (one.section, one.read_as or one.section, one.before or one.section)}
    lost = any(one.field == "section" and one.outcome != "right" for one in compared)
    for finding in record["findings"]:
        if finding["severity"] in LOUD and not (text and finding["code"] in AMBIGUOUS_IN_TEXT):
            section = finding["section"]
            if section not in bad and not (lost and section is None):
                yield section, finding["code"], finding["message"]
    for check in record["checks"]:
        if check["outcome"] == "contradicted" and not bad and not lost:
            yield None, check["code"], check["message"]


def _unreadable(one: Compared) -> bool:
    return isinstance(one.want, dict) and one.want.get("status") == "unread"
