"""Read NAME.corrections.toml, a person's values for a guide. Errors name file and line."""

import os
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import NoneType
from typing import Any, get_args

from extract.corrections.plain_values import (
    InvalidValue,
    KeyPath,
    as_one_line,
    from_plain,
    validate,
)
from extract.errors import CorrectionError
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, is_field
from extract.model.stages import CorrectionEntry, part_stem
from extract.toml_files import parse_toml, read_limited

_MAX_PARSED_CHARACTERS = 20_000_000  # in the search for the line of an error
_KEYS = ("section", "field", "value", "was", "quote", "by", "why")


def find_corrections(guide: Path | None, given: Path | None = None, part: int = 1) -> tuple[CorrectionEntry, ...]:
    """Return the corrections of a guide from the given file, else from the one beside the guide; none without either.

    `guide` is None if it is no file on disk. Raises CorrectionError where the file is wrong.
    """
    path = corrections_file(guide, given, part)
    return () if path is None else load_corrections(path)


def corrections_file(guide: Path | None, given: Path | None = None, part: int = 1) -> Path | None:
    """Return the given corrections file, else the one beside the guide; None without either."""
    beside = corrections_path(guide, part) if guide is not None else None
    return given or (beside if beside is not None and os.path.lexists(beside) else None)


def corrections_path(guide: Path, part: int = 1) -> Path:
    """Return the path beside a guide: raw/guide_2017.corrections.toml for raw/guide_2017.pdf, ….2.… for its part 2."""
    return guide.parent / f"{part_stem(guide.stem, part)}.corrections.toml"


def load_corrections(path: Path) -> tuple[CorrectionEntry, ...]:
    """Return the corrections of a file, in its order.

    Raises CorrectionError with file, line, key and reason where it cannot be read or is wrong.
    """
    text = _text(path)
    data = _parse(text, path)
    try:
        return _parse_entries(data)
    except InvalidValue as error:
        line = _line(text, data, error.path)
        where = f"{path}, line {line}" if line else str(path)
        raise CorrectionError(f"{where}: {_format_path(data, error.path)}{error}") from None


def _text(path: Path) -> str:
    """Read a file as UTF-8. Raises CorrectionError with the line that is not UTF-8."""
    try:
        read = read_limited(path)
    except OSError as error:
        raise CorrectionError(f"{path}: {error.strerror or error}; check the path of the corrections") from None
    try:
        return read.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise CorrectionError(f"{path}, line {line}: not UTF-8; save the corrections as UTF-8") from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML. Raises CorrectionError with the line."""
    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, position = str(error).partition(" (at ")
        match = re.match(r"line (\d+), column (\d+)", position)
        line = match[1] if match else len(text.rstrip("\n").split("\n"))
        where = f" (column {match[2]})" if match else ""
        raise CorrectionError(f"{path}, line {line}: not TOML: {reason[:1].lower()}{reason[1:]}{where}") from None
    except ValueError as error:
        raise CorrectionError(f"{path}: {error}; see docs/corrections.md") from None


# ── an entry ──────────────────────────────────────────────────────────────────────────────────────────


def _parse_entries(data: Mapping[str, Any]) -> tuple[CorrectionEntry, ...]:
    """Parse the entries of a file's data. Raises InvalidValue with the path in it."""
    for key in data:
        if key != "correction":
            raise InvalidValue((key,), "there is no such key; a correction begins with [[correction]]")
    entries = data.get("correction", [])
    if not isinstance(entries, list):
        raise InvalidValue(("correction",), "a correction begins with [[correction]], in two brackets")
    parsed: dict[tuple[str | None, str], CorrectionEntry] = {}
    for index, entry in enumerate(entries):
        try:
            correction = _parse_entry(entry)
        except InvalidValue as error:
            raise InvalidValue(("correction", index, *error.path), str(error)) from None
        if (correction.section, correction.field) in parsed:
            raise InvalidValue(("correction", index), "a second correction of the same value; one of them has to go")
        parsed[correction.section, correction.field] = correction
    return tuple(parsed.values())


def _parse_entry(entry: Any) -> CorrectionEntry:
    if not isinstance(entry, dict):
        raise InvalidValue((), "a correction is a table: begin it with [[correction]]")
    for key in entry:
        if key not in _KEYS:
            raise InvalidValue((key,), f"there is no such key; there are: {', '.join(_KEYS)}")
    section = _section(entry)
    field = _words(entry, "field")
    kinds = CORRECTABLE_GUIDE if section is None else CORRECTABLE_SECTION
    if field not in kinds:
        whose = "the guide has" if section is None else "a section has"
        hint = ' (with section = "1.10" it is a section\'s)' if section is None and field in CORRECTABLE_SECTION else ""
        raise InvalidValue(("field",), f"{field!r}: no such field; {whose}: {', '.join(kinds)}{hint}")
    by, why = _words(entry, "by"), _words(entry, "why")
    if "value" not in entry:
        raise InvalidValue(("value",), "is missing")
    if "was" not in entry and "quote" not in entry:
        raise InvalidValue((), "neither was nor quote: what had been extracted, or the words that it was read from?")
    quote = entry.get("quote")
    if not isinstance(quote, str | None):
        raise InvalidValue(("quote",), f"expected str, got {type(quote).__name__}")
    kind = kinds[field].type
    given, before = _statuses(field, kind)
    status, value = _value(entry["value"], kind, field, given, "value")
    was = None
    if "was" in entry:
        stood, old = _value(entry["was"], kind, field, before, "was")
        was = as_one_line(old, "absent" if stood == "stated" else stood)
    return CorrectionEntry(section, field, status, value, was, quote, by, why, entry)


def _statuses(field: str, kind: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the statuses allowed for a value, and for the extracted value."""
    if is_field(field):
        return ("none", "absent"), ("none", "absent", "unread")
    if NoneType in get_args(kind):
        return ("absent",), ("absent",)
    return (), () if kind is str else ("absent",)  # an empty list


def _section(entry: Mapping[str, Any]) -> str | None:
    if "section" not in entry:
        return None
    if isinstance(entry["section"], int | float):
        raise InvalidValue(("section",), 'a number of a section is a text: write it in quotation marks, "1.10"')
    return _words(entry, "section")


def _words(entry: Mapping[str, Any], key: str) -> str:
    """Return a required text."""
    if key not in entry:
        raise InvalidValue((key,), "is missing")
    words = entry[key]
    if not isinstance(words, str):
        raise InvalidValue((key,), f"expected str, got {type(words).__name__}")
    if not words.strip():
        raise InvalidValue((key,), "is empty")
    return words


def _value(data: object, kind: Any, field: str, statuses: tuple[Any, ...], key: str) -> tuple[Any, object]:
    """Return the status and the value under a key; the value is None for a bare status."""
    if isinstance(data, str) and data in statuses:
        return data, None
    try:
        value = from_plain(data, kind)
        if key == "value":
            validate(value, field)
        return "stated", value
    except InvalidValue as error:
        words = " or ".join(f'"{status}"' for status in statuses)
        hint = f"; or write {words}" if isinstance(data, str) and words and not error.path else ""
        raise InvalidValue((key, *error.path), f"{error}{hint}") from None


# ── the line of an error ──────────────────────────────────────────────────────────────────────────


def _format_path(data: Mapping[str, Any], path: KeyPath) -> str:
    """Format a path as the start of a message: [funding] value.min: ."""
    entry = data["correction"][path[1]] if path[0] == "correction" and len(path) > 1 else None
    field = entry.get("field") if isinstance(entry, dict) else None
    head = f"[{field}] " if isinstance(field, str) and field in {**CORRECTABLE_SECTION, **CORRECTABLE_GUIDE} else ""
    keys = path[2:] if entry is not None else path
    names = [key if isinstance(key, int) or re.fullmatch(r"[\w-]+", key) else repr(key) for key in keys]
    dotted = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in names).lstrip(".")
    return f"{head}{dotted}: " if dotted else head


class TooLarge(Exception):
    """A file too large to find the line of an error in."""


def _line(text: str, data: Mapping[str, Any], path: KeyPath) -> int | None:
    """Return the line of the statement at a path, or of its table if the key is missing; None in too large a file."""
    while path and not _holds(data, path):
        path = path[:-1]
    try:
        return first_prefix_holding(text.split("\n"), path)
    except TooLarge:
        return None


def first_prefix_holding(lines: Sequence[str], path: KeyPath) -> int:
    """Bisect for the line on which the statement of a path begins.

    tomllib reports no lines. A prefix of the file is valid TOML only if it ends between two statements, so each prefix
    is extended to the end of its last statement. Raises TooLarge where that takes too long.

    >>> first_prefix_holding(["[value]", "min = 1", "max = [", "2]", ""], ("value", "max"))
    3
    """
    parsed = 0

    def holds(count: int) -> bool:
        nonlocal parsed
        for end in range(count, len(lines)):
            prefix = "\n".join(lines[:end])
            parsed += len(prefix)
            if parsed > _MAX_PARSED_CHARACTERS:
                raise TooLarge
            try:
                return _holds(tomllib.loads(prefix), path)
            except tomllib.TOMLDecodeError:
                continue
        return True

    return bisect_left(range(1, len(lines)), True, key=holds) + 1


def _holds(data: Any, path: KeyPath) -> bool:
    """Return True if plain data has a value at a path."""
    try:
        for key in path:
            data = data[key]
    except (KeyError, IndexError, TypeError):
        return False
    return True
