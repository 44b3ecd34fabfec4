"""TOML tables as records, read strictly: a wrong key stops with file, key and reason. One file may extend another."""

import re
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec
from msgspec import Struct

from extract.errors import ProfileError, parse_validation_error
from extract.profile.regex_safety import find_hazard
from extract.toml_files import parse_toml

T = TypeVar("T")
FOLDER = Path(__file__).parents[1] / "profiles"  # what is shipped with the package
_PIECE = re.compile("«([^«»]+)»")
_MAX_PATTERN = 10_000  # characters with its pieces, which double quickly where they are made of pieces
NAMED_BY = ("code", "char", "name")  # keys that identify a table in a list; a table has one of them


class ProfileTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One table of a profile; a key that it does not know is an error. Each is itself alone, so it can be a key."""


def require(pattern: re.Pattern[str], group: str, key: str) -> None:
    """Raises ValueError where a pattern lacks the group that is read from it."""
    if group not in pattern.groupindex:
        raise ValueError(f"{key}: the pattern {pattern.pattern!r} has no group named {group}")


def parse(text: str, path: Path) -> dict[str, Any]:
    """TOML as plain data. Raises ProfileError with file and line where it is none."""
    try:
        return parse_toml(text)
    except ValueError as error:
        raise ProfileError(f"{path}: {error}") from None


def table_of(data: dict[str, Any], kind: type[T], path: Path, *, trusted: bool) -> T:
    """Plain data as a table; patterns that could hang are no part of one that is not trusted.

    Raises ProfileError with file, key and reason where it does not fit.
    """
    try:
        return msgspec.convert(data, kind, dec_hook=_pattern if trusted else _ending_pattern)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: {_reason(str(error), 'extends' in data)}") from None


def _reason(error: str, extends: bool) -> str:
    """msgspec's words with the key first, as TOML writes it: labels.funding[0]: expected `str`, got `int`."""
    message = parse_validation_error(error)
    key, reason = re.sub(r"^(?:key in )?\$\.?", "", message.location), message.reason
    if field := message.unknown or message.missing:
        key = f"{key}.{field}" if key else field
        reason = "no such key" if message.unknown else "is missing"
        if message.missing and not extends:
            reason += '; does the profile extend a family (extends = "intergovernmental")?'
    return f"{key}: {reason[:1].lower()}{reason[1:]}; see docs/profiles.md" if key else reason


def merge_tables(base: Any, own: Any) -> Any:
    """What a file says on top of the file that it extends: tables key by key, lists with its own entries first.

    In a list of tables, those that have the same code or name are one. Everything else takes the place of the base's.
    """
    if isinstance(base, dict) and isinstance(own, dict):
        return {key: merge_tables(base[key], own[key]) if key in base and key in own else own.get(key, base.get(key))
                for key in (*base, *(key for key in own if key not in base))}  # fmt: skip
    if isinstance(base, list) and isinstance(own, list):
        known = {_name(entry): entry for entry in base}
        first = [merge_tables(known[_name(entry)], entry) if _name(entry) in known else entry for entry in own]
        taken = {_name(entry) for entry in own}
        return first + [entry for entry in base if _name(entry) not in taken]
    return own


def expand_pieces(value: Any, pieces: dict[str, str], path: Path) -> Any:
    """Plain data with every «name» in its strings replaced by the piece of a pattern that has this name.

    Raises ProfileError where there is no such piece, or too much of them.
    """
    if isinstance(value, dict):
        return {key: expand_pieces(item, pieces, path) for key, item in value.items()}
    if isinstance(value, list):
        return [expand_pieces(item, pieces, path) for item in value]
    if not isinstance(value, str) or "«" not in value:
        return value
    unknown = [name for name in _PIECE.findall(value) if name not in pieces]
    if unknown:
        raise ProfileError(f"{path}: «{unknown[0]}»: no such piece; there are: {', '.join(pieces) or 'none'}")
    names = _PIECE.findall(value)
    if len(value) + sum(len(pieces[name]) for name in names) > _MAX_PATTERN:
        raise ProfileError(f"{path}: «{names[0]}»: longer than {_MAX_PATTERN:,} characters with its pieces")
    return _PIECE.sub(lambda match: pieces[match[1]], value)


def _name(entry: Any) -> Any:
    """What tells an entry of a list from the others."""
    if isinstance(entry, dict):
        return next(((key, str(entry[key])) for key in NAMED_BY if key in entry), repr(entry))
    return repr(entry)


def _pattern(kind: type, value: Any) -> Any:
    """A TOML string as the compiled pattern that a profile asks for."""
    if get_origin(kind) is not re.Pattern:
        raise NotImplementedError(f"a profile cannot hold {kind}")
    if not isinstance(value, str):
        raise ValueError(f"a pattern is a string, not {value!r}")
    try:
        return re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern {value!r} does not compile: {error}") from None


def _ending_pattern(kind: type, value: Any) -> Any:
    """A pattern from outside: one that could try for ever is none."""
    made = _pattern(kind, value)
    if danger := find_hazard(value):
        raise ValueError(f"the pattern {value!r} is not taken: {danger}")
    return made
