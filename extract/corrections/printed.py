"""The record without what a person says: a value that was corrected need not be printed as it stands in the record."""

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from extract.model.record import FIELDS, GuideFacts, Section

_NOTHING: dict[str, Any] = {"title": "", "partners": (), "basis": ()}  # None for all others


def printed(facts: GuideFacts, sections: Sequence[Section]) -> tuple[GuideFacts, tuple[Section, ...]]:
    """What the ink can be asked for: what the guide and its sections hold, but for values that were corrected."""
    marks = facts.corrected or {}
    own = {name: _NOTHING.get(name) for name in marks if "." not in name}
    declared = {name.partition(".")[2]: None for name in marks if "." in name}
    left = structs.replace(facts, declared=structs.replace(facts.declared, **declared), **own)
    return left, tuple(_section(section, declared="duration" not in declared) for section in sections)


def _section(section: Section, *, declared: bool) -> Section:
    """`declared`: whether the duration that sections inherit is printed."""
    left: dict[str, Any] = {name: _NOTHING[name] for name in section.corrected or ()}
    if "title" in left:
        left["evidence"] = ()  # a number is looked for in the ink of its heading, before the title
    for name in FIELDS:
        field = getattr(section, name)
        if field.corrected or (field.status == "inherited" and not declared):
            left[name] = structs.replace(field, value=None)
    return structs.replace(section, **left)
