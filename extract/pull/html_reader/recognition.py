"""Tell web pages, and web archives (MHTML), from other files by their content."""

import codecs
import re

_HEAD = 8192  # bytes: comments, scripts and a BOM may stand before the first telling tag
_BEFORE = r"(?>\s+|<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>)*"
_PAGE = re.compile(_BEFORE + r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    _BEFORE + r"<(?:article|center|div|h[1-6]|main|meta|ol|p|section|span|style|table|title|ul)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
# What Markdown writes and no page does: a heading, bold words, a row of a pipe table, a line of a code block.
_MARKDOWN = re.compile(r"^\s*(?:#{1,6}\s|\*\*|\||```)", re.MULTILINE)
_TAG = re.compile(r"<(?:[a-z][a-z0-9]*(?:\s[^<>]*)?|/[a-z][a-z0-9]*)>", re.IGNORECASE)
_HEADERS = re.compile(r"\s*[A-Za-z][\w-]*:")
_ARCHIVE = re.compile(r"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_WEB_PARTS = re.compile(r"^Content-Type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.I | re.M)


def is_web_page(data: bytes) -> bool:
    """Return True for HTML: it begins with <!DOCTYPE html> or <html>, or it is a body of tags from end to end.

    >>> is_web_page(b"<!-- saved --><!DOCTYPE html><p>"), is_web_page("<p>申报指南</p>".encode())
    (True, True)
    >>> is_web_page("<2019年>申报指南".encode()), is_web_page("<p>图</p>\\n# 申报指南".encode())
    (False, False)
    """
    head = _head(data)
    if _PAGE.match(head):
        return True
    ends_with_tag = data[-64:].replace(b"\0", b"").rstrip().endswith(b">")
    return bool(_FRAGMENT.match(head)) and ends_with_tag and not _MARKDOWN.search(head)


def has_tags(data: bytes) -> bool:
    """Return True for a text with a tag in its head, which is a page if its name says so.

    >>> has_tags("<font size=3>申报指南</font>".encode()), has_tags("<2019年> x<y".encode())
    (True, False)
    """
    return _TAG.search(_head(data)) is not None


def is_web_archive(data: bytes) -> bool:
    """Return True for MHTML: MIME headers, of which one announces a page or parts.

    >>> is_web_archive(b"From: <Saved by Blink>\\r\\nMIME-Version: 1.0\\r\\nContent-Type: multipart/related;\\r\\n")
    True
    """
    head = _head(data)
    headers = re.split(r"\n\r?\n", head.lstrip(), maxsplit=1)[0]
    is_mail = _HEADERS.match(headers) is not None and _ARCHIVE.search(headers) is not None
    return is_mail and _WEB_PARTS.search(head) is not None


def _head(data: bytes) -> str:
    """The first characters, of which those of markup are ASCII in every encoding but UTF-16."""
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
