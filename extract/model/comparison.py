"""The published comparison of two guides: the types of its JSON, immutable. docs/compare.md explains each key."""

from typing import Literal, get_args

from msgspec import field

from extract.model.conditions import Condition
from extract.model.ranges import Range, Trend
from extract.model.record import Correction, Status
from extract.model.values import Evidence, Record

Outcome = Literal["new", "gone", "changed", "worded", "same"]
Kind = Literal["added", "removed", "changed", "corrected", "worded"]
ChangedItem = Literal[
    "programme", "title", "declared_partners", "declared_directions", "declared_projects", "declared_funding",
    "basis", "apply_period", "previous", "partner", "agreement", "document", "remark", "fields",
    "topic", "topic_note", "topic_place", "unrestricted", "open_ended", "content", "content_point", "indicators",
    "indicator", "project_count", "projects_per", "projects_track", "funding", "funding_per_project", "funding_per",
    "funding_share", "funding_foreign", "funding_foreign_per_project", "funding_track", "duration", "requirements",
    "requirement", "condition", "other",
]  # fmt: skip
Caution = Literal["same_file", "same_year", "year_unknown", "years_reversed", "programmes_differ", "nothing_paired"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
KINDS: tuple[Kind, ...] = get_args(Kind)
TRENDS: tuple[Trend, ...] = get_args(Trend)
WHATS: tuple[ChangedItem, ...] = get_args(ChangedItem)
CAUTIONS: tuple[Caution, ...] = get_args(Caution)

# The correctable values in the summaries; for a section: key of the summary → name of the value in its record.
GUIDE_SUMMARY_VALUES = ("title", "programme", "year", "batch")
SECTION_SUMMARY_VALUES = {"title": "title", "partners": "partners", "projects": "project_count", "funding": "funding"}


class GuideSummary(Record, frozen=True, kw_only=True):
    """One of the two guides; `file` is its base name, `sections` the number of its sections.

    `corrected`: the corrections of title, programme, year and batch, by name.
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
    """A statement of one guide: its words, the figure or the condition in them, and their evidence.

    `status` is set for whole fields.
    """

    status: Status | None = None
    text: str
    range: Range | None = None
    condition: Condition | None = None
    evidence: tuple[Evidence, ...] = ()


class Change(Record, frozen=True, kw_only=True):
    """One difference. `place` identifies one of several: the path of a topic, the name of a track, a label,
    the fact of a condition.

    `corrected`: the corrections of the value, by side (before, after).
    """

    what: ChangedItem
    kind: Kind
    place: str | None = None
    before: Statement | None
    after: Statement | None
    trend: Trend | None = None
    corrected: dict[str, Correction] = field(default_factory=dict)

    @property
    def condition(self) -> Condition | None:
        """The condition that it is about, the later one of two; None for other changes."""
        return next((side.condition for side in (self.after, self.before) if side and side.condition), None)


# ── pairs of sections ─────────────────────────────────────────────────────────────────────────────────


class SectionSummary(Record, frozen=True, kw_only=True):
    """A section with its heading and main figures; partners as codes, else names.

    A figure is null if there is no total: see its status, or it is stated only for each project, field or track.
    `corrected`: the corrections of title, partners, projects and funding, by name.
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
    """The similarity of two sections, 0 to 100, whole and in parts; a part is null if one of them does not state it."""

    whole: int
    partners: int | None
    title: int | None
    fields: int | None
    agreement: int | None
    other: int | None


class RivalPair(Record, frozen=True, kw_only=True):
    """Another pair that fits nearly as well, by its section numbers."""

    before: str
    after: str
    likeness: Likeness


class Pair(Record, frozen=True, kw_only=True):
    """A section in both guides, or in only one of them."""

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
    """The sum of a figure over the sections of a guide; `max` is null if one of them has no upper bound.

    `stated` is the number of sections that state a figure; the others are not in the sum.
    """

    min: int
    max: int | None
    approximate: bool
    stated: int
    sections: int


class Total(Record, frozen=True, kw_only=True):
    """The sums of both guides in one unit: projects, or a currency. Null if no section states any."""

    unit: str
    before: RangeSum | None
    after: RangeSum | None
    trend: Trend | None


class Comparison(Record, frozen=True, kw_only=True):
    """The comparison of two guides."""

    schema: Literal["guide-extract-comparison/1"] = "guide-extract-comparison/1"
    before: GuideSummary
    after: GuideSummary
    cautions: tuple[Caution, ...]
    guide: tuple[Change, ...]
    totals: tuple[Total, ...]
    pairs: tuple[Pair, ...]
