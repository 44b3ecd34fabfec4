"""Tell Markdown from plain text by what stands in it."""

import re
from itertools import islice

from extract.pull.plain_text import decode

_SIGNS_NEEDED = 2  # a single # or ** may stand in any text
_INSIDE = r"^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)]|#{1,6}|\|)[ \t]+)*"  # a list, a quote, a heading, a cell
_SIGN = re.compile(
    r"^ {0,3}(?P<heading>#{1,6}[ \t]+\S)"
    rf"|{_INSIDE}(?P<bold>(?:\*\*|__)[\w《“（(][^\n*_]{{0,80}}(?:\*\*|__))"
    r"|(?P<escape>^\d{1,9}\\[.)])"
    r"|(?P<raised>\w\^[0-9+\-−]{1,4}\^|[A-Z]~[0-9.]{1,4}~)"
    r"|(?P<formula>\$[^$\n]{0,40}[\\^_][^$\n]{0,40}\$)"
    r"|(?P<struck>~~[\w《“（(][^\n~]{0,80}~~)",
    re.MULTILINE,
)
_CERTAIN = re.compile(
    r"^ {0,3}(?:"
    r"\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?[ \t]*)?[ \t]*$"  # below the head of a table
    r"|\[\^[^\]\s]{1,40}\]:[ \t]"
    r"|(?:`{3,}|~{3,})[ \t]*(?:markdown|md)?[ \t]*$"
    r"|!\[[^\]\n]{0,200}\]\([^)\s]{1,400}\)"
    r"|<table\b[^>\n]{0,200}>)",
    re.MULTILINE,
)
_EMBEDDED = re.compile(r"\(\s*<?data:[^)\s]*\)")


def is_markdown(data: bytes) -> bool:
    """True for a text with a sign that only Markdown has, or with two of those that text seldom has.

    >>> is_markdown("# 1.1 中国和美国\\n\\n# 1.2 中国和德国".encode()), is_markdown("# 1.1 中国和美国\\n1.2".encode())
    (True, False)
    """
    try:
        text = without_embedded_files(decode(data).text.replace("\r\n", "\n").replace("\r", "\n"))
    except ValueError:
        return False
    if "\0" in text:
        return False
    return _CERTAIN.search(text) is not None or len(list(islice(_SIGN.finditer(text), _SIGNS_NEEDED))) == _SIGNS_NEEDED


def without_embedded_files(text: str) -> str:
    """The text without the pictures that converters write into it: ![](data:image/png;base64,…)."""
    return _EMBEDDED.sub("()", text)
