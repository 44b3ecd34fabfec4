"""The published comparison of two guides: what its JSON holds. Frozen, no behaviour.

docs/compare.md says in words what each key means.
"""

from typing import Literal, get_args

from msgspec import field

from extract.model.ranges import Range, Trend
from extract.model.record import Correction, Status
from extract.model.values import Evidence, Record

Outcome = Literal["new", "gone", "changed", "worded", "same"]
Kind = Literal["added", "removed", "changed", "corrected", "worded"]
ChangedItem = Literal[
    "programme", "title", "declared_partners", "declared_directions", "declared_projects", "declared_funding",
    "declared_duration", "basis", "previous", "partner", "agreement", "document", "remark", "fields", "topic",
    "topic_note", "topic_place", "unrestricted", "open_ended", "content", "content_point", "indicators", "indicator",
    "project_count", "projects_per", "projects_track", "funding", "funding_per_project", "funding_track", "duration",
    "requirements", "requirement", "other",
]  # fmt: skip
Caution = Literal["same_file", "same_year", "year_unknown", "years_reversed", "programmes_differ", "nothing_paired"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
KINDS: tuple[Kind, ...] = get_args(Kind)
TRENDS: tuple[Trend, ...] = get_args(Trend)
WHATS: tuple[ChangedItem, ...] = get_args(ChangedItem)
CAUTIONS: tuple[Caution, ...] = get_args(Caution)

# The values in the summaries that a person can correct: the names of a guide's, and by key of a section's summary the
# name of the value in its record.
GUIDE_SUMMARY_VALUES = ("title", "programme", "year", "batch")
SECTION_SUMMARY_VALUES = {"title": "title", "partners": "partners", "projects": "project_count", "funding": "funding"}


class GuideSummary(Record, frozen=True, kw_only=True):
    """One of the two guides; `file` is its base name, `sections` how many it has.

    `corrected`: title, programme, year, batch, where a person corrected them.
    """

    file: str
    sha256: str
    id: str
    title: str
    programme: str | None
    year: int | None
    batch: int | None
    sections: int
    corrected: dict[str, Correction] = field(default_factory=dict)


# ── changes ───────────────────────────────────────────────────────────────────────────────────────────


class Statement(Record, frozen=True, kw_only=True):
    """What one guide says: its words, the figure in them, and where they stand. `status` is set for whole fields."""

    status: Status | None = None
    text: str
    range: Range | None = None
    evidence: tuple[Evidence, ...] = ()


class FactChange(Record, frozen=True, kw_only=True):
    """A fact of a requirement, or its kinds, before and after; null where it is not stated."""

    fact: str
    before: int | float | str | tuple[str, ...] | None
    after: int | float | str | tuple[str, ...] | None


class Change(Record, frozen=True, kw_only=True):
    """One difference. `place` says which of several: a topic's path, a track's name, a label.

    `corrected`: before, after, where a person corrected the value of that side.
    """

    what: ChangedItem
    kind: Kind
    place: str | None = None
    before: Statement | None
    after: Statement | None
    trend: Trend | None = None
    facts: tuple[FactChange, ...] = ()
    corrected: dict[str, Correction] = field(default_factory=dict)


# ── pairs of sections ─────────────────────────────────────────────────────────────────────────────────


class SectionSummary(Record, frozen=True, kw_only=True):
    """A section as its heading names it; partners as codes, else names.

    A figure is null where no total can be read; the status tells why, or it is stated for each of something alone.
    `corrected`: title, partners, projects, funding, where a person corrected them.
    """

    id: str
    number: str
    title: str
    partners: tuple[str, ...]
    projects: Range | None
    projects_status: Status
    funding: Range | None
    funding_status: Status
    evidence: tuple[Evidence, ...] = ()
    corrected: dict[str, Correction] = field(default_factory=dict)


class Likeness(Record, frozen=True, kw_only=True):
    """How alike two sections are, 0 to 100, whole and in parts; a part is null where one of them has nothing to say."""

    whole: int
    partners: int | None
    title: int | None
    fields: int | None
    agreement: int | None
    other: int | None


class RivalPair(Record, frozen=True, kw_only=True):
    """A pair that would do nearly as well, by its numbers."""

    before: str
    after: str
    likeness: Likeness


class Pair(Record, frozen=True, kw_only=True):
    """A section in both guides, or in one of them alone."""

    outcome: Outcome
    before: SectionSummary | None
    after: SectionSummary | None
    renumbered: bool = False
    renamed: bool = False
    likeness: Likeness | None = None
    doubtful: bool = False
    rivals: tuple[RivalPair, ...] = ()
    changes: tuple[Change, ...] = ()


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────────


class RangeSum(Record, frozen=True, kw_only=True):
    """The figures of a guide's sections put together; `max` is null where one of them is open above.

    `stated` sections of all state a figure; the others are not in the sum.
    """

    min: int
    max: int | None
    approximate: bool
    stated: int
    sections: int


class Total(Record, frozen=True, kw_only=True):
    """The sums of both guides in one unit: projects, or a currency. Null where no section states any."""

    unit: str
    before: RangeSum | None
    after: RangeSum | None
    trend: Trend | None


class Comparison(Record, frozen=True, kw_only=True):
    """One guide against another."""

    schema: Literal["guide-extract-comparison/1"] = "guide-extract-comparison/1"
    before: GuideSummary
    after: GuideSummary
    cautions: tuple[Caution, ...]
    guide: tuple[Change, ...]
    totals: tuple[Total, ...]
    pairs: tuple[Pair, ...]
