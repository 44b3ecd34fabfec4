"""Record ↔ canonical JSON, and the JSON Schema of the record."""

import re
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import ExtractError
from extract.records import Guide

_BOX = re.compile(rb"\[\s+([-\d.]+),\s+([-\d.]+),\s+([-\d.]+),\s+([-\d.]+)\s+\]")


def dumps(guide: Guide) -> bytes:
    """The record as UTF-8 JSON: keys in declared order, indented by two, a box on one line, a newline at the end."""
    indented = msgspec.json.format(msgspec.json.encode(guide), indent=2)
    return _BOX.sub(rb"[\1, \2, \3, \4]", indented) + b"\n"


def load(path: str | Path) -> Guide:
    """Read a record back. Raises ExtractError with the place where the file is no record."""
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=Guide)
    except OSError as error:
        raise ExtractError(f"{path}: {error.strerror or error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ExtractError(f"{path}: not a guide-extract record: {error}") from None


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the record, made from the records themselves."""
    made = msgspec.json.schema(Guide)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "guide-extract/1"}
    return {**head, **made}
