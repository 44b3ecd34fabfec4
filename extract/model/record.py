"""The published record: what one guide's JSON holds. Frozen, no behaviour; the JSON Schema is made from here.

docs/record.md says in words what each key means; values.py holds what the fields of a section become.

The records in a record, one by one.
"""

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args

from msgspec import UNSET, UnsetType
from msgspec.structs import astuple

from extract.model.findings import Arg, CheckCode, Outcome, Severity
from extract.model.values import (
    Agreement,
    Count,
    Duration,
    Evidence,
    Money,
    Partner,
    Points,
    Record,
    Requirements,
    Topics,
)

if TYPE_CHECKING:
    from pandas import DataFrame

V = TypeVar("V")
Status = Literal["stated", "none", "absent", "inherited", "unread"]
Reader = Literal["pdfplumber", "pdfium", "text"]
Readers = Literal["both", "pdfplumber", "pdfium"]  # which of them a person asks for
READER_CHOICES: tuple[Readers, ...] = get_args(Readers)


class Correction(Record, frozen=True, kw_only=True):
    """A person's correction of a value. `was` is the value that was extracted, as JSON; null where there was none."""

    was: str | None
    by: str
    why: str


class Field(Record, Generic[V], frozen=True, kw_only=True):
    """One labelled part of a section."""

    status: Status
    label: str | None = None
    text: str | None = None
    value: V | None = None
    evidence: tuple[Evidence, ...] = ()
    corrected: Correction | None = None


# ── sections ──────────────────────────────────────────────────────────────────────────────────────────


class OtherPart(Record, frozen=True, kw_only=True):
    """A labelled part that no known field takes."""

    label: str
    text: str
    evidence: tuple[Evidence, ...] = ()


class Section(Record, frozen=True, kw_only=True):
    """One numbered section of the guide: a programme with its partners. `corrected`: title, partners."""

    id: str
    number: str
    title: str
    partners: tuple[Partner, ...]
    agreement: Field[Agreement]
    fields: Field[Topics]
    content: Field[Points]
    indicators: Field[Points]
    project_count: Field[Count]
    funding: Field[Money]
    duration: Field[Duration]
    requirements: Field[Requirements]
    other: tuple[OtherPart, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    corrected: dict[str, Correction] | UnsetType = UNSET


# ── the guide ─────────────────────────────────────────────────────────────────────────────────────────


class DeclaredCount(Record, frozen=True, kw_only=True):
    """A number of partners or directions that the introduction states."""

    count: int
    evidence: tuple[Evidence, ...] = ()


class DeclaredProjects(Record, frozen=True, kw_only=True):
    """How many projects the introduction says there will be."""

    min: int | None
    max: int | None
    approximate: bool = False
    evidence: tuple[Evidence, ...] = ()


class Declared(Record, frozen=True, kw_only=True):
    """What the introduction says is coming."""

    partners: DeclaredCount | None = None
    directions: DeclaredCount | None = None
    projects: DeclaredProjects | None = None
    funding: Money | None = None
    duration: Duration | None = None


class Previous(Record, frozen=True, kw_only=True):
    """Whom the earlier round supported."""

    year: int
    count: int | None
    partners: tuple[Partner, ...]
    evidence: tuple[Evidence, ...] = ()


class Basis(Record, frozen=True, kw_only=True):
    """A document that the guide names as its ground."""

    title: str
    number: str | None
    evidence: tuple[Evidence, ...] = ()


class GuideFacts(Record, frozen=True, kw_only=True):
    """What the guide says of itself. `corrected` has a key for each value that a person corrected: declared.funding."""

    title: str
    programme: str | None
    year: int | None
    batch: int | None
    declared: Declared
    previous: Previous | None
    basis: tuple[Basis, ...]
    evidence: tuple[Evidence, ...] = ()
    corrected: dict[str, Correction] | UnsetType = UNSET


class Source(Record, frozen=True, kw_only=True):
    """Which file was read, and whose reading of it this is; `file` is its base name."""

    file: str
    sha256: str
    pages: int
    reader: Reader


class Check(Record, frozen=True, kw_only=True):
    """Does the record agree with itself and with what the guide states."""

    code: CheckCode
    outcome: Outcome
    message: str
    sections: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Finding(Record, frozen=True, kw_only=True):
    """What a person should look at; `section` is the number of the section, null for the whole guide.

    `message` follows from `code` and `args`.
    """

    code: str
    severity: Severity
    message: str
    args: dict[str, Arg]
    section: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Account(Record, frozen=True, kw_only=True):
    """Where every printed character went; the roles sum to `glyphs`."""

    glyphs: int
    by_role: dict[str, int]
    unclaimed: int


class Guide(Record, frozen=True, kw_only=True):
    """The record of one guide."""

    schema: Literal["guide-extract/2"] = "guide-extract/2"
    source: Source
    guide: GuideFacts
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    account: Account

    def to_frames(self) -> "dict[str, DataFrame]":
        """The record as pandas frames: `to_frames()["sections"]` has a row for each section (docs/tables.md)."""
        from extract.export.tables.frames import frames  # the one import that goes up: where an analyst looks for it

        return frames([self])


Owned = tuple[str | None, list[Record]]  # the records of a section with its number, or those of the guide itself


def walk(record: object, place: str = "") -> Iterator[tuple[str, Record]]:
    """A record and all records in it, each with its place (sections[0].funding.value)."""
    if isinstance(record, Record):
        yield place, record
        for name in record.__struct_fields__:
            yield from walk(getattr(record, name), f"{place}.{name}")
    elif isinstance(record, tuple):
        for number, item in enumerate(record):
            yield from walk(item, f"{place}[{number}]")


def without_keys(data: Any, keys: Container[str]) -> Any:
    """Plain data without what stands under these keys.

    >>> without_keys({"name": "日本", "evidence": []}, {"evidence"})
    {'name': '日本'}
    """
    if isinstance(data, dict):
        return {key: without_keys(item, keys) for key, item in data.items() if key not in keys}
    return [without_keys(item, keys) for item in data] if isinstance(data, list | tuple) else data


def records_in(record: object) -> Iterator[Record]:
    """A record and all records in it, in the same order, for those who ask for no places."""
    waiting = [record]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Record):
            yield one
            one = None if isinstance(one, Evidence) else astuple(one)  # most records are evidence, which holds none
        if isinstance(one, tuple):
            waiting += one[::-1]


def records_by_section(facts: GuideFacts, sections: Sequence[Section]) -> list[Owned]:
    """All records of a guide with the number of their section."""
    return [(None, list(records_in(facts))), *((section.number, list(records_in(section))) for section in sections)]
