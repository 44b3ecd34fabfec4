"""Read plain text that was extracted from a guide: no geometry, and the file's own lines.

The start of a page is marked in one of three ways, all observed:
1. a form feed;
2. a line with exactly one leading space;
3. a page number on a line of its own. It ends its page if the next line is marked as a start, else it starts one
   (it was drawn before the page's body).

Bytes are decoded strictly. GB18030 accepts nearly any bytes, so its result must also read as Chinese.
"""

import codecs
import re
from typing import NamedTuple

from extract.errors import UnreadableGuide
from extract.model.text import Glyph

_FREQUENT_CHARACTERS = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "项目合作申报指南支持技术研究经费开展领域重点科创新单位应期限实施请须本部门各及与等进建设机构农业能源"
)
_MIN_USUAL_SHARE = (
    0.2  # of the characters beyond ASCII: Chinese prose has 0.3 and more, what was decoded wrongly hardly any
)
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
# Mojibake: (wrong decoder, right decoder) of text that was decoded wrongly and saved again.
_MISREAD = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"))
_MIN_LINE_EVIDENCE = 6  # characters beyond ASCII in a line, before it is tested for mojibake
_MIN_FILE_EVIDENCE = 20  # … and in a file without a byte order mark, before it counts as Chinese


class Decoded(NamedTuple):
    """A text, and the encoding that was assumed, None for UTF-8 and for a byte order mark."""

    text: str
    taken: str | None = None


def decode(data: bytes) -> Decoded:
    """Decode UTF-8, UTF-16, or GB18030 that reads as Chinese. Raises ValueError with the reason.

    >>> decode("申报指南".encode())
    Decoded(text='申报指南', taken=None)
    >>> decode(("国家重点研发计划项目申报指南，支持合作研究" * 2).encode("gb18030")).taken
    'GB18030'
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    if b"\0" in data:
        return _decode_unmarked_utf16(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        fault = f"byte {error.start}: {error.reason}"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not _is_surely_chinese(text):
        others = "nor UTF-16, nor GB18030 that reads as Chinese"
        raise ValueError(f"neither a PDF nor UTF-8 text ({fault}), {others}; save it as UTF-8")
    return Decoded(text, "GB18030")


def is_text(data: bytes) -> bool:
    """Return True if bytes can be decoded."""
    try:
        decode(data)
    except ValueError:
        return False
    return True


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    """Decode a text that begins with a byte order mark."""
    name = encoding.removesuffix("-sig").upper()
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise ValueError(
            f"begins like {name} and is none (byte {error.start}: {error.reason}); save it as UTF-8"
        ) from None


def _decode_unmarked_utf16(data: bytes) -> Decoded:
    """Decode UTF-16 without a byte order mark, if it reads as Chinese in exactly one byte order."""
    texts = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _is_surely_chinese(text):
            texts.append(text)
    if len(texts) != 1:
        raise ValueError("neither a PDF nor text (it holds NUL characters, and is no UTF-16); save it as UTF-8")
    return Decoded(texts[0], "UTF-16")


def _is_surely_chinese(text: str) -> bool:
    """True if a text is long enough to judge and reads as Chinese."""
    return sum(not char.isascii() for char in text) >= _MIN_FILE_EVIDENCE and is_chinese(text)


def is_chinese(text: str) -> bool:
    """True if enough of the characters beyond ASCII are among the most frequent of Chinese.

    >>> is_chinese("支持合作研究"), is_chinese("鍚堜綔鐮旂┒")
    (True, False)
    """
    beyond = sum(not char.isascii() for char in text)
    return beyond > 0 and sum(char in _FREQUENT_CHARACTERS for char in text) >= _MIN_USUAL_SHARE * beyond


def is_garbled(line: str) -> bool:
    """True if a line is mojibake: 鍚堜綔 is 合作 in UTF-8, decoded as GB18030.

    >>> is_garbled("支持合作研究".encode().decode("gb18030")), is_garbled("支持合作研究")
    (True, False)
    """
    judged = sum(not char.isascii() for char in line) >= _MIN_LINE_EVIDENCE and not is_chinese(line)
    return judged and any(_reads_as(line, *pair) for pair in _MISREAD)


def _reads_as(line: str, wrong: str, right: str) -> bool:
    """True if a line becomes Chinese when encoded with the wrong encoding and decoded with the right one."""
    again = line.encode(wrong, "replace").decode(right, "replace")
    kept = again.replace("\ufffd", "")
    lost = len(again) - len(kept) + again.count("?") - line.count("?")
    return is_chinese(kept) and 2 * lost < sum(not char.isascii() for char in kept)


_NUMBER = re.compile(r"\s*[-–—]+\s*\d{1,4}\s*[-–—]+\s*")


def decode_guide(data: bytes, name: str) -> Decoded:
    """Decode a guide, with \\n between its lines.

    Raises UnreadableGuide if the encoding cannot be determined, or the text is mojibake.
    """
    try:
        text, taken = decode(data)
    except ValueError as error:
        raise UnreadableGuide(f"{name}: {error}") from None
    if "\0" in text:
        raise UnreadableGuide(f"{name}: neither a PDF nor text (it holds NUL characters)")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, row in enumerate(text.split("\n"), 1):
        if is_garbled(row):
            reason = "garbled: Chinese that was read in a wrong encoding and saved; get the text again"
            raise UnreadableGuide(f"{name}, line {number}: {reason}, and save it as UTF-8")
    return Decoded(text, taken)


def read_plain_text(data: bytes, name: str) -> tuple[int, list[Glyph], list[int], str | None]:
    """Return the number of pages, the glyphs, the line number of each glyph, and the assumed encoding, if any.

    Raises UnreadableGuide as `decode_guide` does.
    """
    text, taken = decode_guide(data, name)
    rows = text.split("\n")
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
        for index, row in enumerate(rows):
            following = next((i for i in range(index + 1, len(rows)) if rows[i].strip()), index)
            if _NUMBER.fullmatch(row) and not starts[following]:
                starts[index] = True
    pages, page, seen = [], 1, False
    for row, start in zip(rows, starts, strict=True):
        page += start and seen
        seen = seen or bool(row.strip())
        pages.append(page)
    return pages
