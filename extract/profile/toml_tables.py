"""Convert TOML to the types of a profile, strictly, and merge the tables of files that extend each other."""

import re
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec
from msgspec import Struct

from extract.errors import ProfileError, parse_validation_error
from extract.profile.pattern_groups import always_matches
from extract.profile.regex_safety import find_hazard
from extract.toml_files import parse_toml

T = TypeVar("T")
FOLDER = Path(__file__).parents[1] / "profiles"  # the profiles of the package
_PIECE = re.compile("«([^«»]+)»")
_MAX_PATTERN = 10_000  # characters with its pieces, which grow exponentially if nested
NAMED_BY = ("code", "char", "name")  # keys that identify a table in a list; a table has one of them


class ProfileTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One table of a profile; unknown keys are errors. Compared by identity, hence hashable."""


def require(pattern: re.Pattern[str], group: str, key: str) -> None:
    """Raise ValueError if a pattern lacks a required group."""
    if group not in pattern.groupindex:
        raise ValueError(f"{key}: the pattern {pattern.pattern!r} has no group named {group}")


def require_always(pattern: re.Pattern[str], group: str, key: str) -> None:
    """Raise ValueError if a pattern lacks a required group, or can match without it."""
    require(pattern, group, key)
    if not always_matches(pattern.pattern, group):
        raise ValueError(f"{key}: the pattern {pattern.pattern!r} can match without its group {group}")


def parse(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML into plain data. Raises ProfileError with file and line if it is invalid."""
    try:
        return parse_toml(text)
    except ValueError as error:
        raise ProfileError(f"{path}: {error}") from None


def table_of(data: dict[str, Any], kind: type[T], path: Path, *, trusted: bool) -> T:
    """Convert plain data to a table; patterns with exponential backtracking are refused unless `trusted`.

    Raises ProfileError with file, key and reason if it does not fit.
    """
    try:
        return msgspec.convert(data, kind, dec_hook=_compile if trusted else _compile_safe)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: {_reason(str(error), 'extends' in data)}") from None


def _reason(error: str, extends: bool) -> str:
    """Format an error of msgspec with the TOML key first.

    >>> _reason("Expected `str`, got `int` - at `$.labels.funding[0]`", True)
    'labels.funding[0]: expected `str`, got `int`; see docs/profiles.md'
    """
    message = parse_validation_error(error)
    key, reason = re.sub(r"^(?:key in )?\$\.?", "", message.location), message.reason
    if field := message.unknown or message.missing:
        key = f"{key}.{field}" if key else field
        reason = "no such key" if message.unknown else "is missing"
        if message.missing and not extends:
            reason += '; does the profile extend a family (extends = "intergovernmental")?'
    return f"{key}: {reason[:1].lower()}{reason[1:]}; see docs/profiles.md" if key else reason


def merge_tables(base: Any, own: Any) -> Any:
    """Merge a file into the one that it extends: tables key by key, lists with its own entries first.

    In lists of tables, those with the same code or name are merged. Other values replace the base's.

    >>> merge_tables({"labels": {"funding": ["经费"]}}, {"labels": {"funding": ["资助额度"]}})
    {'labels': {'funding': ['资助额度', '经费']}}
    """
    if isinstance(base, dict) and isinstance(own, dict):
        return {key: merge_tables(base[key], own[key]) if key in base and key in own else own.get(key, base.get(key))
                for key in (*base, *(key for key in own if key not in base))}  # fmt: skip
    if isinstance(base, list) and isinstance(own, list):
        known = {_identity(entry): entry for entry in base}
        first = [merge_tables(known[_identity(entry)], entry) if _identity(entry) in known else entry for entry in own]
        own_names = {_identity(entry) for entry in own}
        return first + [entry for entry in base if _identity(entry) not in own_names]
    return own


def expand_pieces(value: Any, pieces: dict[str, str], path: Path) -> Any:
    """Replace every «name» in the strings of plain data by the piece of this name.

    Raises ProfileError if there is no such piece, or the result is too long.

    >>> expand_pieces(["每«unit»"], {"unit": "(?:项|个)"}, Path("p.toml"))
    ['每(?:项|个)']
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


def _identity(entry: Any) -> Any:
    """The identity of an entry of a list: its code or name, else its value."""
    if isinstance(entry, dict):
        return next(((key, str(entry[key])) for key in NAMED_BY if key in entry), repr(entry))
    return repr(entry)


def _compile(kind: type, value: Any) -> Any:
    """Compile a string for a field of type Pattern. Raises ValueError."""
    if get_origin(kind) is not re.Pattern:
        raise NotImplementedError(f"a profile cannot hold {kind}")
    if not isinstance(value, str):
        raise ValueError(f"a pattern is a string, not {value!r}")
    try:
        return re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern {value!r} does not compile: {error}") from None


def _compile_safe(kind: type, value: Any) -> Any:
    """Compile a pattern that cannot backtrack exponentially. Raises ValueError."""
    pattern = _compile(kind, value)
    if hazard := find_hazard(value):
        raise ValueError(f"the pattern {value!r} is not taken: {hazard}")
    return pattern
