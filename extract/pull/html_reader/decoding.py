"""Decode a page: by its byte order mark, by the encoding that it or its MIME part declares, else as plain text is."""

import codecs
import re

from extract.errors import UnreadableGuide
from extract.pull.plain_text import BYTE_ORDER_MARKS, Decoded, decode, is_chinese, is_garbled

_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile("<[^<>]*>")
_DECLARED_WITHIN = 4096  # bytes; the standard says 1024, editors put more before it
# Pages that declare one of these hold characters of its successor, as browsers know.
_READ_AS = dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "hz-gb-2312"), "gb18030") | {"big5": "big5hkscs"}


def decode_page(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode a page; `declared` is the encoding that its MIME part names.

    What is declared is not taken if it gives no text, as where a page was converted and its declaration was not.
    Raises UnreadableGuide if the encoding cannot be determined.
    """
    encoding = _codec(declared or _declared(data))
    marked = any(data.startswith(mark) for mark in BYTE_ORDER_MARKS)
    if encoding is not None and not marked:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = ""
        if text and not _has_garbled_lines(text):
            return Decoded(text)
    try:
        decoded = decode(data)
    except ValueError as error:
        broken = "" if encoding is None or marked else data.decode(encoding, "replace")
        if not is_chinese(broken):
            raise UnreadableGuide(f"{name}: {error}") from None
        decoded = Decoded(broken)  # some bytes are damaged; each is told as an illegible character
    if "\0" in decoded.text or _has_garbled_lines(decoded.text):
        raise UnreadableGuide(f"{name}: garbled: a page in a wrong encoding; save it again as UTF-8")
    return decoded


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return found[1].decode("ascii", "replace") if found else None


def _codec(declared: str | None) -> str | None:
    """The decoder of a declared encoding; None without one that a file of single bytes can have."""
    if declared is None:
        return None
    name = declared.lower()
    try:
        codec = codecs.lookup(_READ_AS.get(name, name))
    except LookupError:
        return None
    is_text = getattr(codec, "_is_text_encoding", True)
    return (
        codec.name if is_text and not codec.name.startswith(("utf-16", "utf-32", "utf-7", "unicode", "raw")) else None
    )


def _has_garbled_lines(text: str) -> bool:
    return any(is_garbled(line) for line in _TAG.sub("\n", text).splitlines())
