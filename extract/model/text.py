"""Text with provenance: a string that maps each of its characters to the printed glyph that it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import le

from msgspec import Struct

GLUE = -1  # the origin of a character that is not printed
PARAGRAPH = "\n"  # glue: a paragraph starts here, by the layout
MAYBE = "\u2028"  # glue: a printed line ends here, and possibly a paragraph: the layout does not decide
APART = "\u205f"  # glue: other words stand between those before it and those behind it on paper; folds to a space


class Glyph(Struct, frozen=True, gc=False):
    """One drawn character; coordinates in points from the top left of the page, all 0 without pages that are drawn."""

    text: str
    page: int  # from 1; 0 in a document without pages
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    font: str = ""
    size: float = 0.0
    advance: float = 0.0  # the declared width in points; 0 if the font declares none
    excluded_reason: str = ""  # rotated, outside, hidden, nowhere; "" for text of the page
    baseline: float = 0.0  # points from the top of the page; 0 in plain text
    is_doubtful: bool = False  # it may be invisible, and is read as text


class GlyphTable(Struct, frozen=True, eq=False):
    """All glyphs of one guide in stream order, and the printed line (from 1 on each page) of each.

    `lines[i]` is 0 for an excluded glyph. `drawn` is False without pages that are drawn: glyphs have no box, and their
    lines are those of the file. `blocks` has the block of each line of a document without pages.
    """

    glyphs: Sequence[Glyph]
    lines: Sequence[int]
    drawn: bool
    blocks: Sequence[Block] = ()

    def row(self, line: int) -> int:
        """The number by which evidence names a line that has no box: that of its block, or its own."""
        return self.blocks[line - 1].number if self.blocks else line


_SUBSET = re.compile(r"[A-Z]{6}\+")


def typeface(font: str) -> str:
    """Return the name of a font without the tag of a subset that is embedded.

    >>> typeface("BAAAAA+SimSun")
    'SimSun'
    """
    tag = _SUBSET.match(font)
    return font[tag.end() :] if tag else font


class Cell(Struct, frozen=True):
    """A cell of a table: the number of the table, from 1, and the rows and columns that it fills, from 0."""

    table: int
    rows: range
    columns: range


class Block(Struct, frozen=True):
    """A paragraph of a document without pages: its number, from 1, and where it stands.

    `line` is that of the file on which it begins, `note` the number of its footnote, if it is one.
    """

    number: int
    cell: Cell | None = None
    line: int | None = None
    note: int | None = None


def _plain_forms() -> dict[int, str]:
    """The variants of characters that are folded; one to one, so that offsets stay."""
    forms = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}  # full width → ASCII
    forms |= dict(zip("(),:;?!", "（），：；？！", strict=True))  # but punctuation → the Chinese form
    forms |= dict.fromkeys("（），：；？！", "")  # and the Chinese form stays as it is
    forms |= dict.fromkeys("–—―−‐‑‒－─━", "-") | dict.fromkeys("～〜∼", "~")
    forms |= dict.fromkeys(f"\u3000\xa0\u2002\u2003\u2009\u202f\t{APART}", " ") | {"○": "〇", "﹒": ".", "﹑": "、"}
    return {ord(old): new for old, new in forms.items() if new and old != new}


_PLAIN = _plain_forms()


def folded(chars: str) -> str:
    """Return characters with variants folded, as `Text.plain` has them.

    >>> folded("拟支持经费(３项)")
    '拟支持经费（3项）'
    """
    return chars.translate(_PLAIN)


class Text:
    """A string and, for every character, the index of its glyph in `ink` (its origin), or GLUE.

    Slices, joins and splits keep the origins, so that the position of a value on the page is never searched for again.
    Patterns run on `plain`, which has the same length with variants folded (３ → 3, `:` → `：`, every dash → `-`), so
    offsets of a match are offsets in the printed text.
    """

    __slots__ = ("_plain", "chars", "ink", "origins")

    def __init__(self, chars: str, origins: Sequence[int], ink: GlyphTable) -> None:
        if len(chars) != len(origins):
            raise ValueError(f"{len(chars)} characters with {len(origins)} origins")
        self.chars, self.origins, self.ink = chars, tuple(origins), ink
        self._plain: str | None = None

    def __str__(self) -> str:
        return self.chars

    def __repr__(self) -> str:
        return f"Text({self.chars!r})"

    def __len__(self) -> int:
        return len(self.chars)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return (self.chars, self.origins) == (other.chars, other.origins) and self.ink is other.ink

    def __hash__(self) -> int:
        return hash((self.chars, self.origins))

    def __getitem__(self, span: slice) -> Text:
        piece = Text(self.chars[span], self.origins[span], self.ink)
        piece._plain = self._plain and self._plain[span]
        return piece

    def __add__(self, other: Text) -> Text:
        return join_texts((self, other), self)

    @property
    def plain(self) -> str:
        """The folded characters, for patterns; as long as the text."""
        if self._plain is None:
            self._plain = folded(self.chars)
        return self._plain

    def glue(self, chars: str) -> Text:
        """Create a text of unprinted characters with the same glyph table."""
        return Text(chars, [GLUE] * len(chars), self.ink)

    def group(self, match: re.Match[str], group: str | int = 0) -> Text | None:
        """Return the text of a group of a match in `plain`; None if the group did not take part."""
        start, end = match.span(group)
        return None if start < 0 else self[start:end]

    def strip(self, chars: str = " \n\u2028") -> Text:
        """Strip characters (of `plain`) from both ends."""
        start = len(self) - len(self.plain.lstrip(chars))
        return (self[start:] if start else self).rstrip(chars)

    def rstrip(self, chars: str = " \n\u2028") -> Text:
        """Strip characters (of `plain`) from the end."""
        end = len(self.plain.rstrip(chars))
        return self[:end] if end < len(self) else self

    def cut(self, offsets: Iterable[int]) -> Iterator[Text]:
        """Cut the text at ascending offsets; the pieces together are the whole text."""
        start = 0
        for offset in (*offsets, len(self)):
            yield self[start:offset]
            start = offset

    def split(self, pattern: str | re.Pattern[str]) -> list[Text]:
        """Return the pieces between the matches of a pattern."""
        pieces, start = [], 0
        for match in re.finditer(pattern, self.plain):
            pieces.append(self[start : match.start()])
            start = match.end()
        return [*pieces, self[start:]] if pieces else [self]

    def without(self, pattern: str | re.Pattern[str]) -> Text:
        """Remove every match of a pattern."""
        pieces = self.split(pattern)
        return join_texts(pieces, self) if len(pieces) > 1 else self

    def masked(self, patterns: Iterable[re.Pattern[str]]) -> Text:
        """Return the text with every match of the patterns blanked in `plain`, by one space for each character."""
        text = self[:]
        text._plain = self.plain
        for pattern in patterns:
            text = text.blanked(slice(*match.span()) for match in pattern.finditer(text.plain))
        return text

    def blanked(self, spans: Iterable[slice]) -> Text:
        """Return the text with spans blanked in `plain`, by one space for each character."""
        plain = list(self.plain)
        for span in spans:
            plain[span] = " " * len(plain[span])
        text = self[:]
        text._plain = "".join(plain)
        return text

    @property
    def printed(self) -> str:
        """The characters without the glue that marks paragraphs, and words that stand apart."""
        return self.chars.replace(PARAGRAPH, "").replace(MAYBE, "").replace(APART, "")


def join_texts(pieces: Iterable[Text], like: Text) -> Text:
    """Concatenate texts that share the glyph table of `like`."""
    pieces = list(pieces)
    text = Text("".join([p.chars for p in pieces]), [o for p in pieces for o in p.origins], like.ink)
    plains = [p._plain for p in pieces]
    text._plain = None if None in plains else "".join(filter(None, plains))
    return text


def text_of_glyphs(ink: GlyphTable, numbers: Iterable[int]) -> Text:
    """Create a text of glyphs, in this order; a glyph may have no character, or several."""
    numbers = list(numbers)
    texts = [ink.glyphs[number].text for number in numbers]
    chars = "".join(texts)
    if len(chars) != len(texts) or "" in texts:
        numbers = [number for number, text in zip(numbers, texts, strict=True) for _ in text]
    return Text(chars, numbers, ink)


def left_to_right(glyphs: Sequence[Glyph], numbers: Iterable[int]) -> list[int]:
    """Sort the glyphs of a line from left to right; those within a tenth of a point keep the order of the stream.

    They are sorted by their middles where their boxes lie over one another: a bracket that is set tight begins left of
    the colon before it.
    """
    stream = sorted(numbers)
    starts = [glyphs[number].x0 for number in stream]
    if all(map(le, starts, islice(starts, 1, None))):  # as nearly all lines are drawn
        return stream
    return sorted(stream, key=lambda number: round(glyphs[number].x0 + glyphs[number].x1, 1))


def enclosing_box(glyphs: Sequence[Glyph]) -> tuple[float, float, float, float]:
    """Return the union of the boxes of glyphs: left, top, right, bottom."""
    left, top = min([glyph.x0 for glyph in glyphs]), min([glyph.top for glyph in glyphs])
    right, bottom = max([glyph.x1 for glyph in glyphs]), max([glyph.bottom for glyph in glyphs])
    return left, top, right, bottom


@lru_cache(maxsize=1 << 14)
def is_unmapped(text: str) -> bool:
    """Return True if the font maps a glyph to no character, or to one for private use.

    >>> is_unmapped("(cid:12)"), is_unmapped("\\ue000"), is_unmapped("中")
    (True, True, False)
    """
    return text.startswith("(cid:") or any(
        unicodedata.category(char) in ("Co", "Cn", "Cs") or char in "\0\ufffd" for char in text
    )


@lru_cache(maxsize=1 << 14)
def display_width(char: str) -> float:
    """Return the width of a character in ems: 1 for Chinese, 0.5 for Latin letters, digits and spaces.

    >>> display_width("中"), display_width("a")
    (1.0, 0.5)
    """
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def shortened(words: str, most: int) -> str:
    """Truncate words to a number of characters, for a message.

    >>> shortened("拟支持经费", 3)
    '拟支持…'
    """
    return words if len(words) <= most else f"{words[:most]}…"
