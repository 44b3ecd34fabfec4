"""The YAML that pandoc and static sites put before the text, between lines of ---."""

import re
from typing import NamedTuple

_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_YAML = re.compile(r"[A-Za-z_][\w-]*:(?:\s.*)?|\s+.*|-\s.*|#.*|")
_TITLE = re.compile(r"title:\s*(['\"]?)(?P<title>.+?)\1\s*")


class FrontLine(NamedTuple):
    """A line of the front matter. The title is text of the guide where it does not stand below again."""

    line: int
    words: str
    is_text: bool


def split_front_matter(text: str) -> tuple[list[FrontLine], str]:
    """The lines of the front matter, and the text with these lines empty.

    >>> split_front_matter("---\\ntitle: 指南\\n---\\n1.1 中国")
    ([FrontLine(line=2, words='指南', is_text=True)], '\\n\\n\\n1.1 中国')
    """
    rows = text.split("\n")
    if not _FENCE.fullmatch(rows[0]):
        return [], text
    end = next((number for number, row in enumerate(rows) if number and not _YAML.fullmatch(row)), len(rows))
    if end < 2 or end == len(rows) or not _END.fullmatch(rows[end]):
        return [], text
    below = "".join(rows[end + 1 :])
    front = []
    for number, row in enumerate(rows[1:end], 2):
        title = _TITLE.fullmatch(row)
        is_text = title is not None and title["title"] not in below
        front.append(FrontLine(number, title["title"] if title and is_text else row, is_text))
    return front, "\n".join([""] * (end + 1) + rows[end + 1 :])
