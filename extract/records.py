"""The published record: what one guide's JSON holds. Frozen, no behaviour; the JSON Schema is made from here.

docs/record.md says in words what each key means. Money is in whole units of its currency, duration in
months, boxes in points from the page's top left corner.
"""

from typing import Generic, Literal, TypeVar

from msgspec import UNSET, Struct, UnsetType

from extract.findings import Outcome, Severity

SCHEMA = "guide-extract/1"
FIELDS = ("agreement", "fields", "project_count", "funding", "duration", "requirements")


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all records: immutable, written by keyword, strict about unknown keys."""


class Evidence(Record, frozen=True, kw_only=True):
    """Where words stand: one printed line of them. `line` is set for plain text alone, which has no boxes."""

    page: int
    bbox: tuple[float, float, float, float] | None
    line: int | UnsetType = UNSET
    quote: str


V = TypeVar("V")
Status = Literal["stated", "none", "absent", "inherited", "unread"]


class Correction(Record, frozen=True, kw_only=True):
    """A person's correction of a value."""

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


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────

PartnerKind = Literal["country", "region", "organisation", "group"]


class Subdivision(Record, frozen=True, kw_only=True):
    """A province or state, with its ISO 3166-2 code."""

    name: str
    code: str


class Partner(Record, frozen=True, kw_only=True):
    """Whom a section is with."""

    name: str
    code: str | None
    kind: PartnerKind
    subdivision: Subdivision | None = None
    agency: str | None = None
    evidence: tuple[Evidence, ...] = ()


# ── values ────────────────────────────────────────────────────────────────────────────────────────────

DocumentKind = Literal[
    "agreement", "protocol", "statement", "memorandum", "minutes", "plan", "consensus", "other"
]


class Document(Record, frozen=True, kw_only=True):
    """One document that the cooperation rests on."""

    title: str
    kind: DocumentKind
    evidence: tuple[Evidence, ...] = ()


class Agreement(Record, frozen=True, kw_only=True):
    """The documents that the cooperation rests on, and what is said of them."""

    documents: tuple[Document, ...]
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Topic(Record, frozen=True, kw_only=True):
    """A field of cooperation, with the fields below it."""

    marker: str | None = None
    name: str
    note: str | None = None
    items: tuple["Topic", ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Topics(Record, frozen=True, kw_only=True):
    """The fields of cooperation that a section names."""

    lead: str | None = None
    items: tuple[Topic, ...] = ()
    unrestricted: bool = False
    open_ended: bool = False
    keywords: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Track(Record, frozen=True, kw_only=True):
    """One of the parts that a total is the sum of: projects, or money in whole units of its currency."""

    name: str
    min: int | None
    max: int | None
    evidence: tuple[Evidence, ...] = ()


class Per(Record, frozen=True, kw_only=True):
    """A number of projects for each of something (每个领域)."""

    unit: str
    min: int | None
    max: int | None
    evidence: tuple[Evidence, ...] = ()


class Count(Record, frozen=True, kw_only=True):
    """How many projects; null where a side is open."""

    min: int | None
    max: int | None
    approximate: bool = False
    per: Per | None = None
    tracks: tuple[Track, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class PerProject(Record, frozen=True, kw_only=True):
    """Money for each project, in whole units of the currency."""

    min: int | None
    max: int | None
    evidence: tuple[Evidence, ...] = ()


class Money(Record, frozen=True, kw_only=True):
    """The section's total, in whole units of an ISO 4217 currency."""

    min: int | None
    max: int | None
    approximate: bool = False
    currency: str = "CNY"
    per_project: PerProject | None = None
    tracks: tuple[Track, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Duration(Record, frozen=True, kw_only=True):
    """How long a project runs: in months, or from one ISO date to another; only one pair is set."""

    min_months: int | None | UnsetType = UNSET
    max_months: int | None | UnsetType = UNSET
    start: str | UnsetType = UNSET
    end: str | UnsetType = UNSET
    evidence: tuple[Evidence, ...] = ()


class Facts(Record, frozen=True, kw_only=True):
    """What a requirement states in numbers, dates and addresses; only what is stated is set."""

    per_department_max: int | UnsetType = UNSET
    min_enterprises: int | UnsetType = UNSET
    cofunding_ratio: float | UnsetType = UNSET
    deadline: str | UnsetType = UNSET
    max_months: int | UnsetType = UNSET
    min_partner_countries: int | UnsetType = UNSET
    urls: tuple[str, ...] | UnsetType = UNSET
    emails: tuple[str, ...] | UnsetType = UNSET
    phones: tuple[str, ...] | UnsetType = UNSET


RequirementKind = Literal[
    "partner_applied_first", "partner_funding", "parallel_application", "department_quota", "membership",
    "enterprise_participation", "cofunding", "duration", "deadline", "document", "online_form",
    "multilateral_partners", "designated_partner", "lead_unit", "priority", "contact", "other",
]  # fmt: skip


class Requirement(Record, frozen=True, kw_only=True):
    """One thing asked of the applicant."""

    marker: str | None = None
    text: str
    kinds: tuple[RequirementKind, ...]
    facts: Facts
    evidence: tuple[Evidence, ...] = ()


class Requirements(Record, frozen=True, kw_only=True):
    """What is asked of the applicant, point by point."""

    lead: str | None = None
    items: tuple[Requirement, ...] = ()
    evidence: tuple[Evidence, ...] = ()


# ── sections ──────────────────────────────────────────────────────────────────────────────────────────


class OtherPart(Record, frozen=True, kw_only=True):
    """A labelled part that no known field takes."""

    label: str
    text: str
    evidence: tuple[Evidence, ...] = ()


class Section(Record, frozen=True, kw_only=True):
    """One numbered section of the guide: a programme with its partners."""

    id: str
    number: str
    title: str
    partners: tuple[Partner, ...]
    agreement: Field[Agreement]
    fields: Field[Topics]
    project_count: Field[Count]
    funding: Field[Money]
    duration: Field[Duration]
    requirements: Field[Requirements]
    other: tuple[OtherPart, ...] = ()
    evidence: tuple[Evidence, ...] = ()


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
    """What the guide says of itself."""

    title: str
    programme: str | None
    year: int | None
    batch: int | None
    declared: Declared
    previous: Previous | None
    basis: tuple[Basis, ...]
    evidence: tuple[Evidence, ...] = ()


class Source(Record, frozen=True, kw_only=True):
    """Which file was read, and by what; `file` is its base name."""

    file: str
    sha256: str
    pages: int
    reader: Literal["pdfplumber", "text"]


class Check(Record, frozen=True, kw_only=True):
    """Does the record agree with itself and with what the guide states."""

    code: str
    outcome: Outcome
    message: str
    sections: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Finding(Record, frozen=True, kw_only=True):
    """What a person should look at; `section` is the number of the section, null for the whole guide."""

    code: str
    severity: Severity
    message: str
    section: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Account(Record, frozen=True, kw_only=True):
    """Where every printed character went; the roles sum to `glyphs`."""

    glyphs: int
    by_role: dict[str, int]
    unclaimed: int


class Guide(Record, frozen=True, kw_only=True):
    """The record of one guide."""

    schema: Literal["guide-extract/1"] = SCHEMA
    source: Source
    guide: GuideFacts
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    account: Account
