"""Convert values to plain data as a person writes it (without derived keys, nulls, defaults), and back."""

import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import UNSET
from msgspec.structs import FieldInfo, fields

from extract.errors import parse_validation_error
from extract.model.fields import DERIVED, FIELDS
from extract.model.ranges import MONTHS, contains, months_between, range_of
from extract.model.record import DeclaredProjects, walk
from extract.model.values import Duration, Partner, Record

_NEVER_EMPTY = (DeclaredProjects, *(spec.type for spec in FIELDS.values()))
_MAX_NUMBER = 2**53 - 1  # the largest that every JSON parser keeps exact
_BOUNDS = (("min", "max"), ("min_months", "max_months"), ("start", "end"))

KeyPath = tuple[str | int, ...]


class InvalidValue(ValueError):
    """Plain data that is no value, with path and reason."""

    def __init__(self, path: KeyPath, reason: str) -> None:
        super().__init__(reason)
        self.path = path


# ── value → plain data ────────────────────────────────────────────────────────────────────────────────


def to_plain(value: object) -> Any:
    """Return a value as plain data, without evidence, keywords, nulls and defaults."""
    if isinstance(value, Record):
        kept = [(field, getattr(value, field.name)) for field in fields(value) if field.name not in DERIVED]
        return {field.name: to_plain(item) for field, item in kept if item not in (None, UNSET, field.default)}
    return [to_plain(item) for item in value] if isinstance(value, tuple) else value


def as_one_line(value: object, status: str = "absent") -> str:
    """Format a value as one line of JSON, or as its status."""
    if value is None or value == ():
        return status
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


# ── plain data → value ────────────────────────────────────────────────────────────────────────────────


def from_plain(data: object, kind: Any) -> Any:
    """Return the value of plain data: missing keys are null, and there is no evidence.

    `kind` is the type in the record. Raises InvalidValue where the data does not fit it.
    """
    try:
        return msgspec.convert(_filled(data, kind, ()), kind)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None


def validate(value: object, name: str) -> None:
    """Raise InvalidValue for a value that cannot be meant: reversed bounds, a day that does not exist.

    `name` is the key of the value in the record. Extracted values are not validated: they may be wrong.
    """
    for path, key, item in _leaves(to_plain(value), (), name):
        reason = _leaf_fault(key, item)
        if reason:
            raise InvalidValue(path, reason)
    for location, record in walk(value):
        reason = _record_fault(record)
        if reason:
            raise InvalidValue(_path(location), reason)


def _filled(data: object, kind: Any, path: KeyPath) -> Any:
    """Add null for missing optional keys; msgspec checks the rest."""
    if get_origin(kind) is UnionType:
        kind = next(option for option in get_args(kind) if option not in (NoneType, msgspec.UnsetType))
    if get_origin(kind) is tuple and isinstance(data, list):
        return [_filled(item, get_args(kind)[0], (*path, index)) for index, item in enumerate(data)]
    if get_origin(kind) is Literal and isinstance(data, str) and data not in get_args(kind):
        raise InvalidValue(path, f"{data!r} is none of {', '.join(get_args(kind))}")
    if not (isinstance(kind, type) and issubclass(kind, Record) and isinstance(data, dict)):
        return data
    for key, why in DERIVED.items():
        if key in data:
            raise InvalidValue((*path, key), f"leave it out: {why}")
    known = {field.name: field for field in fields(kind)}
    filled = {key: _filled(item, known[key].type, (*path, key)) if key in known else item for key, item in data.items()}
    return _empty(kind, known, filled) | filled


def _empty(kind: type[Record], known: dict[str, FieldInfo], data: dict[str, Any]) -> dict[str, Any]:
    """Return nulls for missing required keys, without which a record does not fit its schema."""
    if kind is Duration:  # dates alone leave the months unset
        are_dates_alone = ("start" in data or "end" in data) and not data.keys() & {"min_months", "max_months"}
        return {} if are_dates_alone else {"min_months": None, "max_months": None}
    required = [field for field in known.values() if field.required]
    return {field.name: None for field in required if NoneType in get_args(field.type)}


def _invalid(error: str) -> InvalidValue:
    """Convert msgspec's error."""
    message = parse_validation_error(error)
    path = _path(message.location)
    if message.unknown:
        return InvalidValue((*path, message.unknown), "there is no such key")
    if message.missing:
        return InvalidValue((*path, message.missing), "is missing")
    reason = message.reason.replace("`", "").replace(" | ", " or ").replace("object", "table")
    hint = '; write it in quotation marks: "2018-01-31"' if reason.endswith("got date") else ""
    return InvalidValue(path, reason[:1].lower() + reason[1:] + hint)


def _path(location: str) -> KeyPath:
    """Parse a location into keys and indices.

    >>> _path("$.items[0].name")
    ('items', 0, 'name')
    """
    return tuple(int(index) if index else key for key, index in re.findall(r"(\w+)|\[(\d+)\]", location))


def _leaves(data: object, path: KeyPath, key: str) -> Iterator[tuple[KeyPath, str, object]]:
    """Yield the texts and numbers of plain data with path and key."""
    if isinstance(data, dict):
        for name, item in data.items():
            yield from _leaves(item, (*path, name), name)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _leaves(item, (*path, index), key)
    else:
        yield path, key, data


# ── validators: return the reason why a value cannot be meant, or None ─────────────────────────────────────


def _day_fault(words: str) -> str | None:
    try:
        is_day = date.fromisoformat(words).isoformat() == words
    except ValueError:
        is_day = False
    return None if is_day else f"{words!r} is no date; write it as 2018-01-31"


def _currency_fault(code: str) -> str | None:
    import pycountry

    currency = pycountry.currencies.get(alpha_3=code)
    is_currency = currency is not None and currency.alpha_3 == code
    return None if is_currency else f"{code!r} is no currency of ISO 4217; yuan are CNY"


def _year_fault(year: int) -> str | None:
    return None if 1000 <= year <= 9999 else f"{year} is no year of four digits"


def _bounds_fault(record: Record) -> str | None:
    for low, high in _BOUNDS:
        lower, upper = getattr(record, low, None), getattr(record, high, None)
        if type(lower) is type(upper) and lower not in (None, UNSET) and lower > upper:
            return f"{low} is over {high}"
    return None


def _stated(record: Record) -> set[str]:
    """Return the keys that state something."""
    return {key for key, item in to_plain(record).items() if item != []} - {"approximate", "currency", "open_ended"}


def _silence_fault(record: Record) -> str | None:
    if isinstance(record, _NEVER_EMPTY) and not _stated(record):
        return 'says nothing; where there is no value, write "absent" in its place'
    return None


def _duration_fault(duration: Duration) -> str | None:
    start, end = duration.start, duration.end
    stated = range_of(duration, MONTHS)
    if not isinstance(start, str):
        return "there is an end without a start" if isinstance(end, str) else None
    if not isinstance(end, str):
        return "a start needs an end, or months" if stated is None else None
    months = months_between(date.fromisoformat(start), date.fromisoformat(end))
    if stated is not None and (months.approximate or not contains(stated, months)):
        return "the months are not those from start to end; leave one of the two out"
    return None


def _country_fault(partner: Partner) -> str | None:
    import pycountry

    if partner.kind != "country" or partner.code is None:
        return None
    country = pycountry.countries.get(alpha_2=partner.code) if partner.code else None
    if country is not None and country.alpha_2 == partner.code:
        return None
    return f"{partner.code!r} is the code of no country in ISO 3166-1; leave code out where it is not known"


# Validators of texts and numbers by key, of records by type.
_TEXTS: dict[str, Callable[[str], str | None]] = {
    "start": _day_fault,
    "end": _day_fault,
    "currency": _currency_fault,
}
_NUMBERS: dict[str, Callable[[int], str | None]] = {"year": _year_fault}
_RECORDS: dict[type[Record], Callable[[Any], str | None]] = {Duration: _duration_fault, Partner: _country_fault}


def _leaf_fault(key: str, item: object) -> str | None:
    """Return the reason why a record cannot hold a text or number."""
    match item:
        case str() if not item.strip():
            return "is empty"
        case str() if key in _TEXTS:
            return _TEXTS[key](item)
        case bool() | None:
            return None
        case int() | float() if not math.isfinite(item) or not 0 <= item <= _MAX_NUMBER:
            return f"{item} is no number that can be meant; it is 0 or more, in whole units"
        case int() if key in _NUMBERS:
            return _NUMBERS[key](item)
    return None


def _record_fault(record: Record) -> str | None:
    """Return the reason why the parts of a record contradict."""
    of_its_type = _RECORDS.get(type(record))
    return _bounds_fault(record) or _silence_fault(record) or (of_its_type(record) if of_its_type else None)
