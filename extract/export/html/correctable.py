"""Which values of a record a person can correct on the review page, with what they are and what they were read from."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from extract.corrections.plain_values import DERIVED
from extract.export.json import schema
from extract.export.labels import OF_A_SECTION, OF_THE_GUIDE
from extract.model.record import FIELDS, Correction, Field, Guide, Section
from extract.model.values import Evidence


def correctable(guide: Guide) -> list[dict[str, Any]]:
    """Every value that can be corrected, in the record's order, as plain data.

    `place` is 0 for the guide, else the number of the section from 1; `section` its number, or null. `label` and
    `shape` are those of its kind. `was` is the value that was extracted, where a correction took its place. Sections
    that share a number are left out, for a correction could not tell which of them it means.
    """
    made, numbers = kinds(), Counter(section.number for section in guide.sections)
    sections = [(place, one) for place, one in enumerate(guide.sections, 1) if numbers[one.number] == 1]
    targets = [*_of_the_guide(guide), *(one for place, section in sections for one in _of(section, place))]
    return [{**one, **made["section" if one["place"] else "guide"][one["field"]]} for one in targets]


def kinds() -> dict[str, dict[str, dict[str, Any]]]:
    """What can be corrected of the guide and of a section: for each field its `label`, and the JSON Schema `shape`."""
    made = shapes()
    facts, declared = made["GuideFacts"]["properties"], made["Declared"]["properties"]
    of_the_guide = {**facts, **{f"declared.{name}": shape for name, shape in declared.items()}}
    of_a_section = dict(made["Section"]["properties"])
    for name in FIELDS:
        of_a_section[name] = made[of_a_section[name]["$ref"].rpartition("/")[2]]["properties"]["value"]
    return {
        "guide": {name: {"label": label, "shape": of_the_guide[name]} for name, label in OF_THE_GUIDE.items()},
        "section": {name: {"label": label, "shape": of_a_section[name]} for name, label in OF_A_SECTION.items()},
    }


def shapes() -> dict[str, Any]:
    """The JSON Schema of every record, by name, with the keys that a person types."""
    made: dict[str, Any] = schema()["$defs"]
    return {name: {**shape, **_typed(shape)} for name, shape in made.items()}


def _typed(shape: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {key: part for key, part in shape["properties"].items() if key not in DERIVED}}


def _of_the_guide(guide: Guide) -> Iterator[dict[str, Any]]:
    facts = guide.guide
    for name in OF_THE_GUIDE:
        value = reduce(getattr, name.split("."), facts)
        quote = _quote(facts.evidence if isinstance(value, str | int) else _evidence(value))
        yield _target(0, None, name, value, quote, _corrected(facts.corrected, name))


def _of(section: Section, place: int) -> Iterator[dict[str, Any]]:
    for name in OF_A_SECTION:
        found = getattr(section, name)
        if name not in FIELDS:
            quote = _quote(section.evidence if name == "title" else _evidence(found))
            yield _target(place, section.number, name, found, quote, _corrected(section.corrected, name))
            continue
        field: Field[Any] = found
        target = _target(place, section.number, name, field.value, field.text or "", field.corrected)
        yield {**target, "status": field.status}


def _target(
    place: int, number: str | None, name: str, value: object, quote: str, correction: Correction | None
) -> dict[str, Any]:
    made = {
        "place": place,
        "section": number,
        "field": name,
        "value": _bare(msgspec.to_builtins(value)),
        "quote": quote,
    }
    return {**made, "was": _plain(correction.was)} if correction else made


def _bare(value: Any) -> Any:
    """Plain data with the keys that a person types."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key not in DERIVED}
    return [_bare(item) for item in value] if isinstance(value, list | tuple) else value


def _corrected(table: dict[str, Correction] | UnsetType, name: str) -> Correction | None:
    return None if table is UNSET or not isinstance(table, dict) else table.get(name)


def _plain(was: str | None) -> Any:
    """What a correction says that a value was: JSON, or a status."""
    try:
        return "absent" if was is None else json.loads(was)
    except ValueError:
        return was


def _evidence(value: object) -> Sequence[Evidence]:
    if isinstance(value, tuple):
        return [one for item in value for one in item.evidence]
    return getattr(value, "evidence", ())


def _quote(evidence: Sequence[Evidence]) -> str:
    return "".join(one.quote for one in evidence)
