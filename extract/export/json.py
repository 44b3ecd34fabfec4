"""Read and write records and comparisons as canonical JSON, with their JSON Schema."""

import re
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import OtherRecord, UnreadableRecord
from extract.model.comparison import Comparison
from extract.model.record import Guide

_BOX = re.compile(rb"\[\s+([-\d.]+),\s+([-\d.]+),\s+([-\d.]+),\s+([-\d.]+)\s+\]")
SCHEMA = "guide-extract/2"
_KEYS = frozenset(Guide.__struct_fields__) - {"schema"}


def dumps(record: Guide | Comparison) -> bytes:
    """Return a record as UTF-8 JSON: keys in declared order, indent 2, a box on one line, final newline."""
    indented = msgspec.json.format(msgspec.json.encode(record), indent=2)
    return _BOX.sub(rb"[\1, \2, \3, \4]", indented) + b"\n"


def load(path: str | Path) -> Guide:
    """Read a record.

    Raises UnreadableRecord with the path of the fault, or OtherRecord for JSON that is no record at all: a comparison,
    or an object without the keys of a record, such as run.json.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableRecord(f"{path}: {error.strerror or error}; check the path of the record") from None
    try:
        return msgspec.json.decode(data, type=Guide)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _refusal(path, data, str(error)) from None


def refuse_other_version(path: str | Path, found: object) -> None:
    """Raise UnreadableRecord for a record of another version."""
    kind = _kind(found)
    if kind.startswith("guide-extract/") and kind != SCHEMA:
        raise UnreadableRecord(
            f"{path}: a record of another version ({kind}, not {SCHEMA}); run guide-extract on the guide again"
        )


def _kind(found: object) -> str:
    return str(found.get("schema")) if isinstance(found, dict) else ""


def _refusal(path: str | Path, data: bytes, error: str) -> UnreadableRecord:
    """Return the error that says what a file is instead of a record, and what to do."""
    where = f"{path}: not a guide-extract record"
    if data.startswith(b"%PDF-"):
        return UnreadableRecord(f"{where}: a PDF; read it with guide-extract run, and give the JSON that it writes")
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return UnreadableRecord(f"{where}: not JSON; give the JSON that guide-extract run wrote")
    refuse_other_version(path, value)
    kind = _kind(value)
    if kind == SCHEMA:
        return UnreadableRecord(f"{where}: {error}")
    if kind.startswith("guide-extract-comparison/"):
        return OtherRecord(f"{where}: a comparison of two records; give one of the records")
    other = kind.startswith("guide-extract-") or (isinstance(value, dict) and _KEYS.isdisjoint(value))
    refusal = OtherRecord if other else UnreadableRecord
    return refusal(f"{where}: other JSON; give the JSON that guide-extract run wrote of a guide")


def schema(kind: type[Guide] | type[Comparison] = Guide) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the record or of a comparison."""
    definition = msgspec.json.schema(kind)
    title = SCHEMA if kind is Guide else "guide-extract-comparison/1"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **definition}
