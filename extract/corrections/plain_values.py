"""Values as a person writes them: without what is derived, nulls and defaults; and back."""

import json
import math
import re
from collections.abc import Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import UNSET
from msgspec.structs import FieldInfo, fields

from extract.model.record import FIELDS, Basis, DeclaredCount, DeclaredProjects, Previous, walk
from extract.model.values import Agreement, Count, Duration, Money, Partner, Record, Requirements, Topics

# What a person can correct, in the record's order, with what the values are.
OF_A_SECTION: dict[str, Any] = {
    "title": str,
    "partners": tuple[Partner, ...],
    **dict(zip(FIELDS, (Agreement, Topics, Count, Money, Duration, Requirements), strict=True)),
}
OF_THE_GUIDE: dict[str, Any] = {
    "title": str,
    "programme": str | None,
    "year": int | None,
    "batch": int | None,
    "declared.partners": DeclaredCount | None,
    "declared.directions": DeclaredCount | None,
    "declared.projects": DeclaredProjects | None,
    "declared.funding": Money | None,
    "declared.duration": Duration | None,
    "previous": Previous | None,
    "basis": tuple[Basis, ...],
}
_STATING = (Count, Money, Duration, DeclaredProjects, Agreement, Topics, Requirements)  # none of them says nothing
_MOST = 2**53 - 1  # what every reader of JSON holds exactly
_BOUNDS = (("min", "max"), ("min_months", "max_months"), ("start", "end"))
_DAYS = ("start", "end", "deadline")

DERIVED = {  # found in the guide, or made from the rest of the value: nobody writes them
    "evidence": "a corrected value cites what the value cited before",
    "keywords": "they are those of the old ones that stand in the topics",
}

Place = tuple[str | int, ...]


class InvalidValue(ValueError):
    """Plain data that is no value: where in it, and why."""

    def __init__(self, path: Place, reason: str) -> None:
        super().__init__(reason)
        self.path = path


# ── value → plain data ────────────────────────────────────────────────────────────────────────────────


def to_plain(value: object) -> Any:
    """A value of the record as plain data, without evidence, keywords, nulls and defaults."""
    if isinstance(value, Record):
        kept = [(field, getattr(value, field.name)) for field in fields(value) if field.name not in DERIVED]
        return {field.name: to_plain(item) for field, item in kept if item not in (None, UNSET, field.default)}
    return [to_plain(item) for item in value] if isinstance(value, tuple) else value


def as_one_line(value: object, status: str = "absent") -> str:
    """A value as one line of JSON, or the status that stands in its place."""
    if value is None or value == ():
        return status
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


# ── plain data → value ────────────────────────────────────────────────────────────────────────────────


def from_plain(data: object, kind: Any) -> Any:
    """The value that plain data stands for, with nulls for the keys that were left out, and without evidence.

    `kind` is its type in the record. Raises Misfit where the data does not fit it.
    """
    try:
        return msgspec.convert(_filled(data, kind, ()), kind)
    except msgspec.ValidationError as error:
        raise _misfit(str(error)) from None


def validate(value: object, name: str) -> None:
    """Raises Misfit where a value of the right type cannot be meant: bounds turned around, a day that is none.

    `name` is the value's key in the record. What was extracted may be unsound, and is corrected for it.
    """
    for path, key, item in _leaves(to_plain(value), (), name):
        reason = _leaf_fault(key, item)
        if reason:
            raise InvalidValue(path, reason)
    for place, record in walk(value):
        reason = _fault(record)
        if reason:
            raise InvalidValue(_path(place), reason)


def _filled(data: object, kind: Any, path: Place) -> Any:
    """Plain data with null for what may be null, and no facts where none are stated; the rest is left to msgspec."""
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one not in (NoneType, msgspec.UnsetType))
    if get_origin(kind) is tuple and isinstance(data, list):
        return [_filled(item, get_args(kind)[0], (*path, number)) for number, item in enumerate(data)]
    if get_origin(kind) is Literal and isinstance(data, str) and data not in get_args(kind):
        raise InvalidValue(path, f"{data!r} is none of {', '.join(get_args(kind))}")
    if not (isinstance(kind, type) and issubclass(kind, Record) and isinstance(data, dict)):
        return data
    for key, why in DERIVED.items():
        if key in data:
            raise InvalidValue((*path, key), f"leave it out: {why}")
    known = {field.name: field for field in fields(kind)}
    made = {key: _filled(item, known[key].type, (*path, key)) if key in known else item for key, item in data.items()}
    return _empty(kind, known, made) | made


def _empty(kind: type[Record], known: dict[str, FieldInfo], data: dict[str, Any]) -> dict[str, Any]:
    """What a record has in the place of keys that are left out."""
    if kind is Duration:  # the keys of its other form are no nulls
        return {} if "start" in data or "end" in data else {"min_months": None, "max_months": None}
    required = [field for field in known.values() if field.required]
    nulls: dict[str, Any] = {field.name: None for field in required if NoneType in get_args(field.type)}
    return nulls | ({"facts": {}} if "facts" in known else {})


def _misfit(error: str) -> InvalidValue:
    """msgspec's words about what does not fit."""
    what, _, place = error.partition(" - at ")
    path = _path(place.strip("`$"))
    about = re.fullmatch(r"Object (contains unknown|missing required) field `(.+)`", what)
    if about:
        return InvalidValue(
            (*path, about[2]), "there is no such key" if about[1] == "contains unknown" else "is missing"
        )
    words = what.replace("`", "").replace(" | ", " or ").replace("object", "table")
    hint = '; write it in quotation marks: "2018-01-31"' if words.endswith("got date") else ""
    return InvalidValue(path, words[:1].lower() + words[1:] + hint)


def _path(place: str) -> Place:
    """A place in words (.items[0].name) as keys and numbers."""
    return tuple(int(number) if number else key for key, number in re.findall(r"(\w+)|\[(\d+)\]", place))


def _leaves(data: object, path: Place, key: str) -> Iterator[tuple[Place, str, object]]:
    """What is no table and no list, each with its path and the key that it stands under."""
    if isinstance(data, dict):
        for name, item in data.items():
            yield from _leaves(item, (*path, name), name)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _leaves(item, (*path, number), key)
    else:
        yield path, key, data


def _leaf_fault(key: str, item: object) -> str | None:
    """Why a text or a number is none that a record can hold."""
    match item:
        case str() if not item.strip():
            return "is empty"
        case str() if key in _DAYS and not _is_day(item):
            return f"{item!r} is no date; write it as 2018-01-31"
        case str() if key == "currency" and not _is_currency(item):
            return f"{item!r} is no currency of ISO 4217; yuan are CNY"
        case bool() | None:
            return None
        case int() | float() if not math.isfinite(item) or not 0 <= item <= _MOST:
            return f"{item} is no number that can be meant; it is 0 or more, in whole units"
        case int() if key == "year" and not 1000 <= item <= 9999:
            return f"{item} is no year of four digits"
    return None


def _is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _is_currency(code: str) -> bool:
    import pycountry

    found = pycountry.currencies.get(alpha_3=code)
    return found is not None and found.alpha_3 == code


def _is_country(code: str | None) -> bool:
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if code else None
    return code is None or (found is not None and found.alpha_2 == code)


def _fault(record: Record) -> str | None:
    """Why the parts of a record do not go together."""
    for low, high in _BOUNDS:
        least, most = getattr(record, low, None), getattr(record, high, None)
        if type(least) is type(most) and least not in (None, UNSET) and least > most:
            return f"{low} is over {high}"
    stated = {key for key, item in to_plain(record).items() if item != []} - {"approximate", "currency", "open_ended"}
    if isinstance(record, _STATING) and not stated:
        return 'says nothing; where there is no value, write "absent" in its place'
    if isinstance(record, Duration) and stated & {"start", "end"} and stated != {"start", "end"}:
        return "start and end, or months; both dates, and nothing beside them"
    if isinstance(record, Partner) and record.kind == "country" and not _is_country(record.code):
        return f"{record.code!r} is the code of no country in ISO 3166-1; leave code out where it is not known"
    return None
