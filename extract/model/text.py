"""Text that keeps its ink: a string that knows, for every character, which printed glyph it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import le

from msgspec import Struct

GLUE = -1  # the origin of a character that nobody printed
PARAGRAPH = "\n"  # glue: a paragraph starts here, the page's layout says so
MAYBE = "\u2028"  # glue: the printed line ends here, and nothing tells whether the paragraph does


class Glyph(Struct, frozen=True, gc=False):
    """One character as the file draws it; points from the top left of the page, all 0 in plain text."""

    text: str
    page: int  # from 1
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    font: str = ""
    size: float = 0.0
    advance: float = 0.0  # the width that the font declares, in points; 0 where it declares none
    excluded_reason: str = ""  # why it is no text of the page: rotated, or outside of it
    baseline: float = 0.0  # on which it stands, in points from the top of the page; 0 in plain text


class GlyphTable(Struct, frozen=True, eq=False):
    """All glyphs of one guide in stream order, and the printed line (from 1) on which each stands.

    `lines[i]` is 0 for a glyph that was set aside. `drawn` is False for plain text, whose glyphs have no box.
    """

    glyphs: Sequence[Glyph]
    lines: Sequence[int]
    drawn: bool


def _plain_forms() -> dict[int, str]:
    """Printed variants that mean the same: each maps one character to one, so that places stay."""
    forms = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}  # full width → ASCII
    forms |= dict(zip("(),:;?!", "（），：；？！", strict=True))  # but punctuation → the Chinese form
    forms |= dict.fromkeys("（），：；？！", "")  # and the Chinese form stays as it is
    forms |= dict.fromkeys("–—―−‐‑‒－─━", "-") | dict.fromkeys("～〜∼", "~")
    forms |= dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u202f\t", " ") | {"○": "〇", "﹒": ".", "﹑": "、"}
    return {ord(old): new for old, new in forms.items() if new and old != new}


_PLAIN = _plain_forms()


class Text:
    """A string and, for every character, the number of the glyph in `ink` that it came from.

    Slices, joins and splits keep the origins, so where a value stands on the page is never searched for
    again. Patterns run on `plain`, the same characters one for one with variants of width folded (３ → 3,
    `:` → `：`, every dash → `-`), so a match's places are places in the text as printed.
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

    def __getitem__(self, place: slice) -> Text:
        piece = Text(self.chars[place], self.origins[place], self.ink)
        piece._plain = self._plain and self._plain[place]
        return piece

    def __add__(self, other: Text) -> Text:
        return join_texts((self, other), self)

    @property
    def plain(self) -> str:
        """The characters as patterns see them; as long as the text."""
        if self._plain is None:
            self._plain = self.chars.translate(_PLAIN)
        return self._plain

    def glue(self, chars: str) -> Text:
        """Characters that nobody printed, to go beside this text."""
        return Text(chars, [GLUE] * len(chars), self.ink)

    def group(self, match: re.Match[str], group: str | int = 0) -> Text | None:
        """What a pattern matched in `plain`, or None where the group took no part."""
        start, end = match.span(group)
        return None if start < 0 else self[start:end]

    def strip(self, chars: str = " \n\u2028") -> Text:
        """Without these characters, as `plain` writes them, at either end."""
        start = len(self) - len(self.plain.lstrip(chars))
        return (self[start:] if start else self).rstrip(chars)

    def rstrip(self, chars: str = " \n\u2028") -> Text:
        """Without these characters, as `plain` writes them, at the end."""
        end = len(self.plain.rstrip(chars))
        return self[:end] if end < len(self) else self

    def cut(self, places: Iterable[int]) -> Iterator[Text]:
        """The pieces between places, in order; together they are the whole text."""
        start = 0
        for place in (*places, len(self)):
            yield self[start:place]
            start = place

    def split(self, pattern: str | re.Pattern[str]) -> list[Text]:
        """The pieces between the matches of a pattern."""
        pieces, start = [], 0
        for match in re.finditer(pattern, self.plain):
            pieces.append(self[start : match.start()])
            start = match.end()
        return [*pieces, self[start:]] if pieces else [self]

    def without(self, pattern: str | re.Pattern[str]) -> Text:
        """The text with every match of a pattern taken out."""
        pieces = self.split(pattern)
        return join_texts(pieces, self) if len(pieces) > 1 else self

    def masked(self, patterns: Iterable[re.Pattern[str]]) -> Text:
        """The same text, in whose `plain` every match of the patterns is spaces: one for each character."""
        plain = self.plain
        for pattern in patterns:
            plain = pattern.sub(lambda match: " " * len(match[0]), plain)
        text = self[:]
        text._plain = plain
        return text

    @property
    def printed(self) -> str:
        """The characters that stand on paper: the text without the glue that marks paragraphs."""
        return self.chars.replace(PARAGRAPH, "").replace(MAYBE, "")


def join_texts(pieces: Iterable[Text], like: Text) -> Text:
    """The pieces one after another, in the ink of `like`."""
    pieces = list(pieces)
    text = Text("".join([p.chars for p in pieces]), [o for p in pieces for o in p.origins], like.ink)
    plains = [p._plain for p in pieces]
    text._plain = None if None in plains else "".join(filter(None, plains))
    return text


def text_of_glyphs(ink: GlyphTable, numbers: Iterable[int]) -> Text:
    """Glyphs as a text, in this order; a glyph may have no character, or several."""
    pairs = [(char, number) for number in numbers for char in ink.glyphs[number].text]
    return Text("".join(char for char, _ in pairs), [number for _, number in pairs], ink)


def left_to_right(glyphs: Sequence[Glyph], numbers: Iterable[int]) -> list[int]:
    """Glyphs of one line in reading order; those that start within a tenth of a point keep the stream's."""
    stream = sorted(numbers)
    places = [glyphs[number].x0 for number in stream]
    if all(map(le, places, islice(places, 1, None))):  # as nearly all lines are drawn
        return stream
    return sorted(stream, key=lambda number: round(glyphs[number].x0, 1))


def enclosing_box(glyphs: Sequence[Glyph]) -> tuple[float, float, float, float]:
    """The box around glyphs: left, top, right, bottom."""
    left, top = min([glyph.x0 for glyph in glyphs]), min([glyph.top for glyph in glyphs])
    right, bottom = max([glyph.x1 for glyph in glyphs]), max([glyph.bottom for glyph in glyphs])
    return left, top, right, bottom


@lru_cache(maxsize=1 << 14)
def is_unmapped(text: str) -> bool:
    """Whether a glyph's text is none: the font gives it no character, or one for private use."""
    return text.startswith("(cid:") or any(
        unicodedata.category(char) in ("Co", "Cn", "Cs") or char in "\0\ufffd" for char in text
    )


@lru_cache(maxsize=1 << 14)
def display_width(char: str) -> float:
    """How wide a character is set, in ems: 1 for Chinese, 0.5 for Latin letters, digits and spaces."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def shortened(words: str, most: int) -> str:
    """The beginning of words that are too long for a message.

    >>> shortened("拟支持经费", 3)
    '拟支持…'
    """
    return words if len(words) <= most else f"{words[:most]}…"
