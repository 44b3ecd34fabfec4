"""Which values of a record a person can correct on the review page, with what they are and what they were read from."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from extract.export.json import schema
from extract.export.labels import OF_A_SECTION, OF_THE_GUIDE
from extract.records import FIELDS, Correction, Field, Guide, Section
from extract.values import Evidence


def correctable(guide: Guide) -> list[dict[str, Any]]:
    """Every value that can be corrected, in the record's order, as plain data.

    `place` is 0 for the guide, else the number of the section from 1; `section` its number, or null. `shape` is the
    JSON Schema of the value. `was` is the value that was extracted, where a correction took its place. Sections that
    share a number are left out, for a correction could not tell which of them it means.
    """
    made, numbers = shapes(), Counter(section.number for section in guide.sections)
    sections = [(place, one) for place, one in enumerate(guide.sections, 1) if numbers[one.number] == 1]
    return [*_of_the_guide(guide, made), *(one for place, section in sections for one in _of(section, place, made))]


def shapes() -> dict[str, Any]:
    """The JSON Schema of every record, by name."""
    made: dict[str, Any] = schema()["$defs"]
    return made


def _of_the_guide(guide: Guide, made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    facts = guide.guide
    for name, label in OF_THE_GUIDE.items():
        value = reduce(getattr, name.split("."), facts)
        group, _, key = name.rpartition(".")
        shape = made["Declared" if group else "GuideFacts"]["properties"][key]
        quote = _quote(facts.evidence if isinstance(value, str | int) else _evidence(value))
        yield _target(0, None, name, label, value, shape, quote, _corrected(facts.corrected, name))


def _of(section: Section, place: int, made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, label in OF_A_SECTION.items():
        found = getattr(section, name)
        shape = made["Section"]["properties"][name]
        if name not in FIELDS:
            quote = _quote(section.evidence if name == "title" else _evidence(found))
            correction = _corrected(section.corrected, name)
            yield _target(place, section.number, name, label, found, shape, quote, correction)
            continue
        field: Field[Any] = found
        shape = made[shape["$ref"].rpartition("/")[2]]["properties"]["value"]
        target = _target(place, section.number, name, label, field.value, shape, field.text or "", field.corrected)
        yield {**target, "status": field.status}


def _target(
    place: int,
    number: str | None,
    name: str,
    label: tuple[str, str],
    value: object,
    shape: dict[str, Any],
    quote: str,
    correction: Correction | None,
) -> dict[str, Any]:
    made = {
        "place": place,
        "section": number,
        "field": name,
        "label": label,
        "value": _bare(msgspec.to_builtins(value)),
        "shape": shape,
        "quote": quote,
    }
    return {**made, "was": _plain(correction.was)} if correction else made


def _bare(value: Any) -> Any:
    """Plain data without evidence, which nobody corrects."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key != "evidence"}
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
