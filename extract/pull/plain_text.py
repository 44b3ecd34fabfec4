"""The door to plain text: a guide that someone extracted before. No geometry; lines are the file's lines.

A dump marks where a page starts in one of three ways, all seen: a form feed; a line led by exactly one
space; or nothing but the page number, on a line of its own. A page number ends its page where the next
line is marked as a start, else it starts one (it was drawn before the page's body).
"""

import re

from extract.errors import UnreadableGuide
from extract.model.text import Glyph
from extract.pull.encodings import decode, garbled

_NUMBER = re.compile(r"\s*[-–—]+\s*\d{1,4}\s*[-–—]+\s*")


def read(data: bytes, name: str) -> tuple[int, list[Glyph], list[int], str | None]:
    """The number of pages, the glyphs, the line in the file of each, and the encoding where the file does not tell it.

    Raises UnreadableGuide where the file is no text in an encoding that can be told, or was read in a wrong one before.
    """
    try:
        text, taken = decode(data)
    except ValueError as error:
        raise UnreadableGuide(f"{name}: {error}") from None
    if "\0" in text:
        raise UnreadableGuide(f"{name}: neither a PDF nor text (it holds NUL characters)")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, row in enumerate(rows, 1):
        if garbled(row):
            told = "garbled: Chinese that was read in a wrong encoding and saved; get the text again"
            raise UnreadableGuide(f"{name}, line {number}: {told}, and save it as UTF-8")
    pages = _pages(rows)
    glyphs = [Glyph(char, page) for row, page in zip(rows, pages, strict=True) for char in row]
    lines = [number for number, row in enumerate(rows, 1) for _ in row]
    return pages[-1], glyphs, lines, taken


def _pages(rows: list[str]) -> list[int]:
    """The page of every row, from 1."""
    feeds = any("\f" in row for row in rows)
    spaced = next((row for row in rows if row.strip()), "").startswith(" ")
    starts = [("\f" in row) if feeds else spaced and bool(re.match(r" \S", row)) for row in rows]
    if spaced and not feeds:
        for place, row in enumerate(rows):
            following = next((i for i in range(place + 1, len(rows)) if rows[i].strip()), place)
            if _NUMBER.fullmatch(row) and not starts[following]:
                starts[place] = True
    pages, page, seen = [], 1, False
    for row, start in zip(rows, starts, strict=True):
        page += start and seen
        seen = seen or bool(row.strip())
        pages.append(page)
    return pages
