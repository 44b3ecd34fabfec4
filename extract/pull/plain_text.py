"""The door to plain text: a guide that someone extracted before. No geometry; lines are the file's lines.

A dump marks where a page starts in one of three ways, all seen: a form feed; a line led by exactly one
space; or nothing but the page number, on a line of its own. A page number ends its page where the next
line is marked as a start, else it starts one (it was drawn before the page's body).

Bytes → the text that they are, by strict decoders. GB18030 takes nearly anything, and has to prove itself.
"""

import codecs
import re
from typing import NamedTuple

from extract.errors import UnreadableGuide
from extract.model.text import Glyph

_USUAL = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "项目合作申报指南支持技术研究经费开展领域重点科创新单位应期限实施请须本部门各及与等进建设机构农业能源"
)
_ENOUGH = 0.2  # of the characters beyond ASCII: Chinese prose has 0.3 and more, what was decoded wrongly hardly any
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
# What UTF-8 and GB18030 look like that were read as something else and saved again.
_MISREAD = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"))
_FEWEST = 6  # characters beyond ASCII that a line has to have before it is judged
_PROOF = 20  # … and a file, before it is taken for Chinese that does not say so


class Decoded(NamedTuple):
    """A text, and the name of its encoding where the bytes do not say it themselves."""

    text: str
    taken: str | None = None


def decode(data: bytes) -> Decoded:
    """The text that bytes are: UTF-8; UTF-16; GB18030 that reads as Chinese.

    Raises ValueError with the reason where they are none of these, or not for certain.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\0" in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        fault = f"byte {error.start}: {error.reason}"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not _proved(text):
        told = "nor UTF-16, nor GB18030 that reads as Chinese"
        raise ValueError(f"neither a PDF nor UTF-8 text ({fault}), {told}; save it as UTF-8")
    return Decoded(text, "GB18030")


def _strict(data: bytes, encoding: str) -> Decoded:
    """A text that says by its first bytes what it is."""
    name = encoding.removesuffix("-sig").upper()
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise ValueError(
            f"begins like {name} and is none (byte {error.start}: {error.reason}); save it as UTF-8"
        ) from None


def _without_mark(data: bytes) -> Decoded:
    """UTF-16 without a mark, where it reads as Chinese from one end and not from the other."""
    read = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _proved(text):
            read.append(text)
    if len(read) != 1:
        raise ValueError("neither a PDF nor text (it holds NUL characters, and is no UTF-16); save it as UTF-8")
    return Decoded(read[0], "UTF-16")


def _proved(text: str) -> bool:
    """Whether there is enough of a text, and it reads as Chinese."""
    return sum(not char.isascii() for char in text) >= _PROOF and is_chinese(text)


def is_chinese(text: str) -> bool:
    """Whether a text reads as Chinese: enough of it are characters that Chinese is mostly written with."""
    beyond = sum(not char.isascii() for char in text)
    return beyond > 0 and sum(char in _USUAL for char in text) >= _ENOUGH * beyond


def is_garbled(line: str) -> bool:
    """Whether a line is Chinese that was read in a wrong encoding: 鍚堜綔 is 合作 in UTF-8, read as GB18030."""
    judged = sum(not char.isascii() for char in line) >= _FEWEST and not is_chinese(line)
    return judged and any(_reads_as(line, *pair) for pair in _MISREAD)


def _reads_as(line: str, wrong: str, right: str) -> bool:
    """Whether a line becomes Chinese when it is put back into the wrong encoding and read in the right one."""
    again = line.encode(wrong, "replace").decode(right, "replace")
    kept = again.replace("\ufffd", "")
    lost = len(again) - len(kept) + again.count("?") - line.count("?")
    return is_chinese(kept) and 2 * lost < sum(not char.isascii() for char in kept)


_NUMBER = re.compile(r"\s*[-–—]+\s*\d{1,4}\s*[-–—]+\s*")


def read_plain_text(data: bytes, name: str) -> tuple[int, list[Glyph], list[int], str | None]:
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
        if is_garbled(row):
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
