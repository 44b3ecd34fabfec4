"""NAME.corrections.toml → what a person says that values are. Strict: what is wrong stops with file and line."""

import os
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from types import NoneType
from typing import Any, get_args

from extract.corrections.plain_values import (
    OF_A_SECTION,
    OF_THE_GUIDE,
    InvalidValue,
    Place,
    as_one_line,
    from_plain,
    validate,
)
from extract.errors import CorrectionError
from extract.model.record import FIELDS
from extract.model.stages import CorrectionEntry
from extract.toml_files import parse_toml, read_limited

_EFFORT = 20_000_000  # characters that are parsed at most to find the line of an error
_KEYS = ("section", "field", "value", "was", "quote", "by", "why")


def find_corrections(guide: Path | None, given: Path | None = None) -> tuple[CorrectionEntry, ...]:
    """A person's corrections of a guide: those of the file that is given, else of the one that lies beside the guide.

    `guide` is None where it is no file on a disk. No corrections where none are given and there is no such file.
    Raises CorrectionError where the file is wrong.
    """
    taken = corrections_file(guide, given)
    return () if taken is None else load_corrections(taken)


def corrections_file(guide: Path | None, given: Path | None = None) -> Path | None:
    """Which file has the corrections of a guide: the one that is given, else the one beside it; None without either."""
    beside = corrections_path(guide) if guide is not None else None
    return given or (beside if beside is not None and os.path.lexists(beside) else None)


def corrections_path(guide: Path) -> Path:
    """Where the corrections of a guide lie: raw/guide_2017.corrections.toml beside raw/guide_2017.pdf."""
    return guide.parent / f"{guide.stem}.corrections.toml"


def load_corrections(path: Path) -> tuple[CorrectionEntry, ...]:
    """The corrections of a file, in its order.

    Raises CorrectionError with file, line, value and reason where it cannot be read or is wrong.
    """
    text = _text(path)
    data = _parsed(text, path)
    try:
        return _amendments(data)
    except InvalidValue as error:
        line = _line(text, data, error.path)
        where = f"{path}, line {line}" if line else str(path)
        raise CorrectionError(f"{where}: {_place(data, error.path)}{error}") from None


def _text(path: Path) -> str:
    try:
        read = read_limited(path)
    except OSError as error:
        raise CorrectionError(f"{path}: {error.strerror or error}; check the path of the corrections") from None
    try:
        return read.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise CorrectionError(f"{path}, line {line}: not UTF-8; save the corrections as UTF-8") from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        found = re.match(r"line (\d+), column (\d+)", place)
        line = found[1] if found else len(text.rstrip("\n").split("\n"))
        where = f" (column {found[2]})" if found else ""
        raise CorrectionError(f"{path}, line {line}: not TOML: {what[:1].lower()}{what[1:]}{where}") from None
    except ValueError as error:
        raise CorrectionError(f"{path}: {error}; see docs/corrections.md") from None


# ── an entry ──────────────────────────────────────────────────────────────────────────────────────────


def _amendments(data: Mapping[str, Any]) -> tuple[CorrectionEntry, ...]:
    """The entries of a file's data. Raises Misfit with the place in it."""
    for key in data:
        if key != "correction":
            raise InvalidValue((key,), "there is no such key; a correction begins with [[correction]]")
    entries = data.get("correction", [])
    if not isinstance(entries, list):
        raise InvalidValue(("correction",), "a correction begins with [[correction]], in two brackets")
    made: dict[tuple[str | None, str], CorrectionEntry] = {}
    for number, entry in enumerate(entries):
        try:
            one = _amendment(entry)
        except InvalidValue as error:
            raise InvalidValue(("correction", number, *error.path), str(error)) from None
        if (one.section, one.field) in made:
            raise InvalidValue(("correction", number), "a second correction of the same value; one of them has to go")
        made[one.section, one.field] = one
    return tuple(made.values())


def _amendment(entry: Any) -> CorrectionEntry:
    if not isinstance(entry, dict):
        raise InvalidValue((), "a correction is a table: begin it with [[correction]]")
    for key in entry:
        if key not in _KEYS:
            raise InvalidValue((key,), f"there is no such key; there are: {', '.join(_KEYS)}")
    section = _section(entry)
    field = _words(entry, "field")
    kinds = OF_THE_GUIDE if section is None else OF_A_SECTION
    if field not in kinds:
        whose = "the guide has" if section is None else "a section has"
        hint = ' (with section = "1.10" it is a section\'s)' if section is None and field in OF_A_SECTION else ""
        raise InvalidValue(("field",), f"{field!r}: no such field; {whose}: {', '.join(kinds)}{hint}")
    by, why = _words(entry, "by"), _words(entry, "why")
    if "value" not in entry:
        raise InvalidValue(("value",), "is missing")
    if "was" not in entry and "quote" not in entry:
        raise InvalidValue((), "neither was nor quote: what had been extracted, or the words that it was read from?")
    quote = entry.get("quote")
    if not isinstance(quote, str | None):
        raise InvalidValue(("quote",), f"expected str, got {type(quote).__name__}")
    kind = kinds[field]
    given, before = _statuses(field, kind)
    status, value = _value(entry["value"], kind, field, given, "value")
    was = None
    if "was" in entry:
        stood, old = _value(entry["was"], kind, field, before, "was")
        was = as_one_line(old, "absent" if stood == "stated" else stood)
    return CorrectionEntry(section, field, status, value, was, quote, by, why, entry)


def _statuses(field: str, kind: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand in the place of a value, and of one that had been extracted."""
    if field in FIELDS:
        return ("none", "absent"), ("none", "absent", "unread")
    if NoneType in get_args(kind):
        return ("absent",), ("absent",)
    return (), () if kind is str else ("absent",)  # a list that is empty


def _section(entry: Mapping[str, Any]) -> str | None:
    if "section" not in entry:
        return None
    if isinstance(entry["section"], int | float):
        raise InvalidValue(("section",), 'a number of a section is a text: write it in quotation marks, "1.10"')
    return _words(entry, "section")


def _words(entry: Mapping[str, Any], key: str) -> str:
    """A text that has to be there."""
    if key not in entry:
        raise InvalidValue((key,), "is missing")
    words = entry[key]
    if not isinstance(words, str):
        raise InvalidValue((key,), f"expected str, got {type(words).__name__}")
    if not words.strip():
        raise InvalidValue((key,), "is empty")
    return words


def _value(data: object, kind: Any, field: str, statuses: tuple[Any, ...], key: str) -> tuple[Any, object]:
    """A status and the value under a key; the value is None where the file has the status in its place."""
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


# ── where it stands ───────────────────────────────────────────────────────────────────────────────────


def _place(data: Mapping[str, Any], path: Place) -> str:
    """A place as a message begins with it: [funding] value.min: ."""
    entry = data["correction"][path[1]] if path[0] == "correction" and len(path) > 1 else None
    field = entry.get("field") if isinstance(entry, dict) else None
    head = f"[{field}] " if isinstance(field, str) and field in {**OF_A_SECTION, **OF_THE_GUIDE} else ""
    keys = path[2:] if entry is not None else path
    names = [key if isinstance(key, int) or re.fullmatch(r"[\w-]+", key) else repr(key) for key in keys]
    told = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in names).lstrip(".")
    return f"{head}{told}: " if told else head


def _line(text: str, data: Mapping[str, Any], path: Place) -> int | None:
    """The line on which the statement of a place begins; of a key that is missing, the one that its table begins on.
    None where a file is so large that it takes too long to find.

    tomllib tells no lines. But a file cut off between two statements is TOML, and cut off within one it is none; so
    the place is looked for in the shortest of these beginnings that has it.
    """
    while path and not _holds(data, path):
        path = path[:-1]
    lines = text.split("\n")

    left = _EFFORT

    def begun(count: int) -> bool:
        nonlocal left
        for end in range(count, len(lines)):
            beginning = "\n".join(lines[:end])
            left -= len(beginning)
            if left < 0:
                return True
            try:
                return _holds(tomllib.loads(beginning), path)
            except tomllib.TOMLDecodeError:
                continue
        return True

    found = bisect_left(range(1, len(lines)), True, key=begun) + 1
    return found if left >= 0 else None


def _holds(data: Any, path: Place) -> bool:
    try:
        for key in path:
            data = data[key]
    except (KeyError, IndexError, TypeError):
        return False
    return True
