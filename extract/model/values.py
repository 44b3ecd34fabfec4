"""The values parsed from a guide's words, each with its evidence; immutable.

Money is in whole units of its currency, duration in months, boxes in points from the page's top left corner.
"""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all records: immutable, keyword-only, strict about unknown keys."""


class Evidence(Record, frozen=True, kw_only=True):
    """The position and quote of one printed line of words.

    Words on pages have `page` and `bbox`, plain text `page` and `line`. Documents without pages have `block`, the
    number of the paragraph, from 1, and Markdown also the `line` of the file on which that begins.
    """

    page: int | None
    bbox: tuple[float, float, float, float] | None
    line: int | UnsetType = UNSET
    block: int | UnsetType = UNSET
    quote: str

    @property
    def row(self) -> int:
        """The number by which its words are found without a box: that of the block, else of the line; 0 on pages."""
        return next((number for number in (self.block, self.line) if isinstance(number, int)), 0)

    @property
    def where(self) -> str:
        """The place in words, for messages."""
        return f"block {self.block}" if self.page is None else f"page {self.page}"


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────

PartnerKind = Literal["country", "region", "organisation", "group"]


class Subdivision(Record, frozen=True, kw_only=True):
    """A province or state, with its ISO 3166-2 code."""

    name: str
    code: str


class Partner(Record, frozen=True, kw_only=True):
    """A partner of a section: a country, region, organisation or group."""

    name: str
    code: str | None
    kind: PartnerKind
    subdivision: Subdivision | None = None
    agency: str | None = None
    evidence: tuple[Evidence, ...] = ()


# ── values ────────────────────────────────────────────────────────────────────────────────────────────

DocumentKind = Literal["agreement", "protocol", "statement", "memorandum", "minutes", "plan", "consensus", "other"]


class Document(Record, frozen=True, kw_only=True):
    """One document on which the cooperation is based."""

    title: str
    kind: DocumentKind
    evidence: tuple[Evidence, ...] = ()


class Agreement(Record, frozen=True, kw_only=True):
    """The documents on which the cooperation is based, with remarks."""

    documents: tuple[Document, ...]
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Topic(Record, frozen=True, kw_only=True):
    """A field of cooperation, with its subfields."""

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
    """One part of a total: projects, or money in whole units of its currency."""

    name: str
    min: int | None
    max: int | None
    evidence: tuple[Evidence, ...] = ()


class Per(Record, frozen=True, kw_only=True):
    """A number of projects per unit (每个领域), or money in whole units of its currency (每个联合实验室, 每人每年)."""

    unit: str
    min: int | None
    max: int | None
    evidence: tuple[Evidence, ...] = ()


class Count(Record, frozen=True, kw_only=True):
    """A number of projects; a bound is null if not stated."""

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


class Foreign(Record, frozen=True, kw_only=True):
    """The money of the other side, in whole units of its currency; a bound is null if not stated."""

    min: int | None
    max: int | None
    currency: str
    per_project: PerProject | None = None
    evidence: tuple[Evidence, ...] = ()


class Share(Record, frozen=True, kw_only=True):
    """The part of a cost that is paid, in percent; `of`: the cost in the words of the guide (总预算), if named."""

    min: float | None
    max: float | None
    of: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Money(Record, frozen=True, kw_only=True):
    """The total funding, in whole units of an ISO 4217 currency; a bound is null if not stated.

    Only what is stated is set of `per` (for each unit that is no project), `share` and `foreign` (of the other side).
    """

    min: int | None
    max: int | None
    approximate: bool = False
    currency: str = "CNY"
    per_project: PerProject | None = None
    per: Per | UnsetType = UNSET
    share: Share | UnsetType = UNSET
    foreign: Foreign | UnsetType = UNSET
    tracks: tuple[Track, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Duration(Record, frozen=True, kw_only=True):
    """The duration of a project: its months, its first and last day as ISO dates, or both where both are stated.

    The day that it begins may stand beside months without the day that it ends.
    """

    min_months: int | UnsetType | None = UNSET
    max_months: int | UnsetType | None = UNSET
    start: str | UnsetType = UNSET
    end: str | UnsetType = UNSET
    evidence: tuple[Evidence, ...] = ()


RequirementKind = Literal[
    "partner_applied_first", "partner_funding", "parallel_application", "department_quota", "membership",
    "enterprise_participation", "cofunding", "duration", "deadline", "document", "online_form",
    "multilateral_partners", "designated_partner", "lead_unit", "priority", "contact", "other",
]  # fmt: skip


class Requirement(Record, frozen=True, kw_only=True):
    """One requirement on the applicant; what it asks is under `conditions`."""

    marker: str | None = None
    text: str
    kinds: tuple[RequirementKind, ...]
    evidence: tuple[Evidence, ...] = ()


class Requirements(Record, frozen=True, kw_only=True):
    """The requirements on the applicant, point by point."""

    lead: str | None = None
    items: tuple[Requirement, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Point(Record, frozen=True, kw_only=True):
    """One point of a list in its own words, with its subpoints."""

    marker: str | None = None
    text: str
    items: tuple["Point", ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Points(Record, frozen=True, kw_only=True):
    """A list of points: research content (研究内容), or indicators (考核指标)."""

    lead: str | None = None
    items: tuple[Point, ...] = ()
    evidence: tuple[Evidence, ...] = ()
