"""Which values a person corrected: marks on the changes of these values, and on the heads that show them."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from extract.model.comparison import GUIDE_SUMMARY_VALUES, SECTION_SUMMARY_VALUES, WHATS, Change, ChangedItem, Kind
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS
from extract.model.record import Correction, GuideFacts, Section

Marks = Mapping[str, Correction]  # by the name of the value that was corrected: funding, declared.funding

# The correctable value that each item of a comparison is part of; nobody corrects the words under other labels.
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
    """What a person corrected of what a guide says of itself."""
    return facts.corrected or {}


def of_section(section: Section, facts: GuideFacts) -> Marks:
    """What a person corrected of a section; a duration that it takes from the guide is corrected there."""
    declared = of_guide(facts).get("declared.duration")
    taken = {"duration": declared} if declared and section.duration.status == "inherited" else {}
    return {**taken, **_own(section)}


def of_head(section: Section) -> dict[str, Correction]:
    """What a person corrected of what a section's head shows, by the keys of the head."""
    marks = _own(section)
    return {key: marks[name] for key, name in SECTION_SUMMARY_VALUES.items() if name in marks}


def of_side(facts: GuideFacts) -> dict[str, Correction]:
    """What a person corrected of what tells which guide it is, by the keys of the side."""
    marks = of_guide(facts)
    return {key: marks[key] for key in GUIDE_SUMMARY_VALUES if key in marks}


def _own(section: Section) -> dict[str, Correction]:
    fields = {name: getattr(section, name).corrected for name in FIELDS}
    return {**(section.corrected or {}), **{name: mark for name, mark in fields.items() if mark}}


def marked(changes: Iterable[Change], before: Marks, after: Marks) -> tuple[Change, ...]:
    """Changes with the corrections of the values that they are about, side by side."""
    return tuple(_marked(change, before, after) for change in changes)


def _marked(change: Change, before: Marks, after: Marks) -> Change:
    name = VALUES.get(change.what, "")
    found = {side: marks[name] for side, marks in (("before", before), ("after", after)) if name in marks}
    return replace(change, corrected=found, kind=_kind(change)) if found else change


def _kind(change: Change) -> Kind:
    """Other words with the same value are no matter of wording where a person says what the value is."""
    apart = change.what in FIELDS or change.what.startswith("declared_")  # the value is not the words themselves
    return "corrected" if apart and change.kind == "worded" else change.kind
