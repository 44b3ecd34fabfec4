"""TOML tables as records, read strictly: a wrong key stops with file, key and reason."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec
from msgspec import Struct

from extract.errors import ProfileError

T = TypeVar("T")
FOLDER = Path(__file__).parent / "profiles"  # what is shipped with the package


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One table of a profile; a key that it does not know is an error. Each is itself alone, so it can be a key."""


def need(pattern: re.Pattern[str], group: str, key: str) -> None:
    """Raises ValueError where a pattern lacks the group that is read from it."""
    if group not in pattern.groupindex:
        raise ValueError(f"{key}: the pattern {pattern.pattern!r} has no group named {group}")


def read_table(path: Path, kind: type[T]) -> T:
    """A TOML file as a table. Raises ProfileError with file, key and reason where it is wrong."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind, dec_hook=_pattern)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: {error}") from None


def _pattern(kind: type, value: Any) -> Any:
    """A TOML string as the compiled pattern that a profile asks for."""
    if get_origin(kind) is not re.Pattern:
        raise NotImplementedError(f"a profile cannot hold {kind}")
    if not isinstance(value, str):
        raise ValueError(f"a pattern is a string, not {value!r}")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"the pattern {value!r} does not compile: {error}") from None
