"""Attach corrections to the changes and summaries that show the corrected values."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from extract.model.comparison import GUIDE_SUMMARY_VALUES, SECTION_SUMMARY_VALUES, WHATS, Change, ChangedItem, Kind
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, corrections_of
from extract.model.record import Correction, GuideFacts, Section

Marks = Mapping[str, Correction]  # by correctable value: funding, declared.funding

# The correctable value of which an item of a comparison is part; other parts cannot be corrected.
_PARTS: dict[ChangedItem, str] = {
    "partner": "partners",
    "document": "agreement",
    "remark": "agreement",
    "topic": "fields",
    "topic_note": "fields",
    "topic_place": "fields",
    "unrestricted": "fields",
    "open_ended": "fields",
    "content_point": "content",
    "indicator": "indicators",
    "projects_per": "project_count",
    "projects_track": "project_count",
    "funding_per_project": "funding",
    "funding_per": "funding",
    "funding_share": "funding",
    "funding_foreign": "funding",
    "funding_foreign_per_project": "funding",
    "funding_track": "funding",
    "requirement": "requirements",
}
VALUES: dict[str, str] = {
    what: name
    for what in WHATS
    for name in (_PARTS.get(what, what.replace("declared_", "declared.")),)
    if name in CORRECTABLE_GUIDE or name in CORRECTABLE_SECTION
}


def of_guide(facts: GuideFacts) -> Marks:
    """Return the corrections of a guide's facts; those of common fields by the names that changes have for them."""
    return {name.removeprefix("common."): mark for name, mark in corrections_of(facts).items()}


def of_head(section: Section) -> dict[str, Correction]:
    """Return the corrections of the values in the summary of a section, by its keys."""
    marks = corrections_of(section)
    return {key: marks[name] for key, name in SECTION_SUMMARY_VALUES.items() if name in marks}


def of_side(facts: GuideFacts) -> dict[str, Correction]:
    """Return the corrections of the values in the summary of a guide, by its keys."""
    marks = of_guide(facts)
    return {key: marks[key] for key in GUIDE_SUMMARY_VALUES if key in marks}


def marked(changes: Iterable[Change], before: Marks, after: Marks) -> tuple[Change, ...]:
    """Return changes with the corrections of their values on either side."""
    return tuple(_marked(change, before, after) for change in changes)


def _marked(change: Change, before: Marks, after: Marks) -> Change:
    name = _value_of(change)
    corrections = {side: marks[name] for side, marks in (("before", before), ("after", after)) if name in marks}
    return replace(change, corrected=corrections, kind=_kind(change)) if corrections else change


def _value_of(change: Change) -> str:
    """Return the name of the value that a change shows; for a condition, of the field that it was read from."""
    return change.condition.basis if change.condition else VALUES.get(change.what, "")


def _kind(change: Change) -> Kind:
    """Return `corrected` for a change of wording alone: a person stated the value, so wording does not matter."""
    has_value = change.what in FIELDS or change.what.startswith("declared_")  # a value other than its words
    return "corrected" if has_value and change.kind == "worded" else change.kind
