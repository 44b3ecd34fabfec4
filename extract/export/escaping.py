"""Escape text from files for the terminal: nothing in it moves the cursor, hides text or reverses it."""

import unicodedata
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_INVISIBLE_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")


def escape_control_characters(words: str) -> str:
    """The words with every control character written out (\\u001b), and what is no character of Unicode."""
    if words.isprintable():  # the common case
        return words
    return "".join(f"\\u{ord(char):04x}" if _is_invisible(char) else char for char in words)


def _is_invisible(char: str) -> bool:
    code_point = ord(char)
    return (
        unicodedata.category(char) in _INVISIBLE_CATEGORIES
        or code_point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code_point <= 0xFDEF
    )


def escape_all(record: T) -> T:
    """Return a record with every string escaped."""
    return msgspec.convert(_plain(msgspec.to_builtins(record)), type(record))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return escape_control_characters(value) if isinstance(value, str) else value
