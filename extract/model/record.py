"""The published record of a guide: the types of its JSON and of its JSON Schema, immutable; and iteration over records.

docs/record.md explains each key; the types of field values are in values.py.
"""

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args

from msgspec import UNSET, UnsetType
from msgspec.structs import astuple

from extract.model.conditions import Condition
from extract.model.finding_catalogue import CheckCode, Outcome, Severity
from extract.model.findings import Arg
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
    Track,
)

if TYPE_CHECKING:
    from pandas import DataFrame

V = TypeVar("V")
Status = Literal["stated", "none", "absent", "inherited", "unread"]
Reader = Literal["pdfplumber", "pdfium", "docx", "xlsx", "html", "markdown", "ocr", "text"]
Readers = Literal["both", "pdfplumber", "pdfium"]  # the choice of readers
READER_CHOICES: tuple[Readers, ...] = get_args(Readers)


class Correction(Record, frozen=True, kw_only=True):
    """A person's correction of a value. `was` is the extracted value as JSON; null if there was none."""

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
    """A labelled part that belongs to no known field."""

    label: str
    text: str
    evidence: tuple[Evidence, ...] = ()


class Note(Record, frozen=True, kw_only=True):
    """A footnote; `references` are the words before the marks that refer to it."""

    mark: str
    text: str
    evidence: tuple[Evidence, ...]
    references: tuple[Evidence, ...]


class Section(Record, frozen=True, kw_only=True):
    """One numbered section of the guide: a programme with its partners. `corrected`: corrections of title, partners."""

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
    conditions: tuple[Condition, ...] = ()
    other: tuple[OtherPart, ...] = ()
    notes: tuple[Note, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    corrected: dict[str, Correction] | UnsetType = UNSET


# ── the guide ─────────────────────────────────────────────────────────────────────────────────────────


class DeclaredCount(Record, frozen=True, kw_only=True):
    """A number of partners or directions that the introduction states."""

    count: int
    evidence: tuple[Evidence, ...] = ()


class DeclaredProjects(Record, frozen=True, kw_only=True):
    """A number of projects that the guide states for the whole round; `tracks`: its parts, if it names them."""

    min: int | None
    max: int | None
    approximate: bool = False
    tracks: tuple[Track, ...] | UnsetType = UNSET
    evidence: tuple[Evidence, ...] = ()


class Declared(Record, frozen=True, kw_only=True):
    """The figures of the whole round that the guide states: counts and totals, against which sums are checked."""

    partners: DeclaredCount | None = None
    directions: DeclaredCount | None = None
    projects: DeclaredProjects | None = None
    funding: Money | None = None


class Common(Record, frozen=True, kw_only=True):
    """What the guide states once for all sections, which inherit it: fields of a section, as far as it states them.

    `other`: labelled parts that belong to no field.
    """

    agreement: Field[Agreement] | UnsetType = UNSET
    fields: Field[Topics] | UnsetType = UNSET
    content: Field[Points] | UnsetType = UNSET
    indicators: Field[Points] | UnsetType = UNSET
    project_count: Field[Count] | UnsetType = UNSET
    funding: Field[Money] | UnsetType = UNSET
    duration: Field[Duration] | UnsetType = UNSET
    requirements: Field[Requirements] | UnsetType = UNSET
    other: tuple[OtherPart, ...] | UnsetType = UNSET

    def field(self, name: str) -> Field[Any]:
        """Return a field; absent where it is left out."""
        field: Field[Any] | UnsetType = getattr(self, name)
        return field if isinstance(field, Field) else Field(status="absent")


class Previous(Record, frozen=True, kw_only=True):
    """The partners of an earlier round."""

    year: int
    count: int | None
    partners: tuple[Partner, ...]
    evidence: tuple[Evidence, ...] = ()


class Basis(Record, frozen=True, kw_only=True):
    """A document that the guide names as its basis."""

    title: str
    number: str | None
    evidence: tuple[Evidence, ...] = ()


class QuotedWords(Record, frozen=True, kw_only=True):
    """Words of a notice, as they are printed."""

    text: str
    evidence: tuple[Evidence, ...] = ()


class SigningDate(Record, frozen=True, kw_only=True):
    """The day on which a notice was signed, ISO."""

    date: str
    evidence: tuple[Evidence, ...] = ()


class ApplicationPeriod(Record, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """When applications are taken, ISO with the times that are stated (2018-12-28T17:00); an open end is null."""

    start: str | None
    end: str | None
    evidence: tuple[Evidence, ...] = ()


class Notice(Record, frozen=True, kw_only=True):
    """What the notice that issues the guide says of itself; null or empty where it says nothing."""

    title: QuotedWords | None
    issuer: tuple[QuotedWords, ...]
    number: QuotedWords | None
    date: SigningDate | None
    period: ApplicationPeriod | None
    contacts: tuple[QuotedWords, ...]


class GuideFacts(Record, frozen=True, kw_only=True):
    """The values of the guide as a whole.

    `corrected`: the corrections by the path of the value (declared.funding), but for fields of `common`, which have
    their own.
    """

    title: str
    programme: str | None
    year: int | None
    batch: int | None
    declared: Declared
    common: Common
    previous: Previous | None
    basis: tuple[Basis, ...]
    document: Notice | None = None
    conditions: tuple[Condition, ...] = ()
    notes: tuple[Note, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    corrected: dict[str, Correction] | UnsetType = UNSET


class Attachment(Record, frozen=True, kw_only=True):
    """A file to which a page links: the words of the link, and the address as written. It is not fetched."""

    name: str
    address: str
    evidence: tuple[Evidence, ...]


class Source(Record, frozen=True, kw_only=True):
    """The guide file and the reader that read it; `file` is its base name, `pages` null for a form without pages.

    `part` is the number of the guide in a file that holds several, from 1; `attachments` are the files to which a web
    page links, if there are any.
    """

    file: str
    sha256: str
    pages: int | None
    reader: Reader
    part: int = 1
    attachments: tuple[Attachment, ...] | UnsetType = UNSET


class Check(Record, frozen=True, kw_only=True):
    """A check of the record against itself, the guide's own figures, and the printed text."""

    code: CheckCode
    outcome: Outcome
    message: str
    sections: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Finding(Record, frozen=True, kw_only=True):
    """A possible problem; `section` is the number of the section, null for the whole guide.

    `message` is a function of `code` and `args`.
    """

    code: str
    severity: Severity
    message: str
    args: dict[str, Arg]
    section: str | None = None
    evidence: tuple[Evidence, ...] = ()


ExcludedReason = Literal[
    "page-number", "running-head", "line-number", "ruby", "watermark", "navigation", "struck-out", "reference-mark",
    "hidden", "rotated", "outside", "nowhere",
]  # fmt: skip


class Excluded(Record, frozen=True, kw_only=True):
    """Words that are printed and are no text of the guide: where they stand, and why they were left out."""

    reason: ExcludedReason
    evidence: tuple[Evidence, ...]


class Account(Record, frozen=True, kw_only=True):
    """Where every printed character went; the roles sum to `glyphs`. Copies are counted, and not quoted again."""

    glyphs: int
    by_role: dict[str, int]
    unclaimed: int
    excluded: tuple[Excluded, ...] = ()


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
        """Return the record as pandas frames: `to_frames()["sections"]` has a row for each section (docs/tables.md)."""
        from extract.export.tables.frames import (
            frames,
        )  # the one import that goes up

        return frames([self])


Owned = tuple[str | None, list[Record]]  # a section's number (None: the guide itself) and its records


def walk(record: object, path: str = "") -> Iterator[tuple[str, Record]]:
    """Yield a record and all records in it, depth first, each with its path (sections[0].funding.value)."""
    if isinstance(record, Record):
        yield path, record
        for name in record.__struct_fields__:
            yield from walk(getattr(record, name), f"{path}.{name}")
    elif isinstance(record, tuple):
        for index, item in enumerate(record):
            yield from walk(item, f"{path}[{index}]")


def without_keys(data: Any, keys: Container[str]) -> Any:
    """Remove keys from plain data, at any depth.

    >>> without_keys({"name": "日本", "evidence": []}, {"evidence"})
    {'name': '日本'}
    """
    if isinstance(data, dict):
        return {key: without_keys(item, keys) for key, item in data.items() if key not in keys}
    return [without_keys(item, keys) for item in data] if isinstance(data, list | tuple) else data


def records_in(record: object) -> Iterator[Record]:
    """Yield a record and all records in it, in the order of `walk`, without paths."""
    waiting = [record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Record):
            yield value
            value = None if isinstance(value, Evidence) else astuple(value)  # most are evidence, which holds no records
        if isinstance(value, tuple):
            waiting += value[::-1]


def records_by_section(facts: GuideFacts, sections: Sequence[Section]) -> list[Owned]:
    """List all records of a guide by section."""
    return [(None, list(records_in(facts))), *((section.number, list(records_in(section))) for section in sections)]
