"""The page within a web archive: the first HTML part, with the encoding that its headers declare."""

import email
import email.policy
from typing import NamedTuple

from extract.errors import UnreadableGuide


class ArchivedPage(NamedTuple):
    """The bytes of a page, and the encoding that its part declares."""

    data: bytes
    declared: str | None


def read_archive(data: bytes, name: str) -> ArchivedPage:
    """Return the page of a web archive. Raises UnreadableGuide if it has none."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        page = part.get_payload(decode=True) if part else None
        declared = part.get_content_charset() if part else None
    except (RecursionError, ValueError, LookupError) as error:
        raise UnreadableGuide(f"{name}: a damaged web archive ({error}); save the page again") from None
    if not isinstance(page, bytes):
        raise UnreadableGuide(f"{name}: a web archive without a page in it; save the page again")
    return ArchivedPage(page, declared)
