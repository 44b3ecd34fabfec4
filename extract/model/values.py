"""The values that a guide's words become, each with the evidence that it was read from. Frozen, no behaviour.

Money is in whole units of its currency, duration in months, boxes in points from the page's top left corner.
"""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all records: immutable, written by keyword, strict about unknown keys."""


class Evidence(Record, frozen=True, kw_only=True):
    """Where words stand: one printed line of them. `line` is set for plain text alone, which has no boxes."""

    page: int
    bbox: tuple[float, float, float, float] | None
    line: int | UnsetType = UNSET
    quote: str


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

DocumentKind = Literal["agreement", "protocol", "statement", "memorandum", "minutes", "plan", "consensus", "other"]


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

    min_months: int | UnsetType | None = UNSET
    max_months: int | UnsetType | None = UNSET
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


class Point(Record, frozen=True, kw_only=True):
    """One point of a list in its own words, with the points below it."""

    marker: str | None = None
    text: str
    items: tuple["Point", ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Points(Record, frozen=True, kw_only=True):
    """A list of points: what is to be studied, or what a project is judged by."""

    lead: str | None = None
    items: tuple[Point, ...] = ()
    evidence: tuple[Evidence, ...] = ()
