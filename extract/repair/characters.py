"""Characters that PDF fonts hand out in place of the ones that were meant: each maps one to one.

Kangxi radicals (⽅ for 方), the radicals supplement (⻓ for 长) and compatibility ideographs look the same on
paper, so a record that kept them would fail every comparison. Full-width forms are printed that way and stay.

Where glyphs lie: a damaged or hostile file may draw some at no place that a page can have.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from extract.model.text import Glyph

# One glyph often stands for two characters; a PDF names only one of them.
_TWINS = {"―": "—", "\u2011": "\u2010"}
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


@lru_cache(maxsize=1 << 14)
def unify_character(text: str) -> str:
    """The usual form of a glyph's text: radicals, compatibility ideographs and ligatures unified, separators a space.

    What is not seen on paper (zero-width spaces and joiners, soft hyphens, marks of direction) is nothing.
    """
    return "".join(map(_usual, text))


def _usual(char: str) -> str:
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if category in ("Zl", "Zp") or char in "\t\n\v\f\r\x85\x1c\x1d\x1e\x1f":
        return " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return _SUPPLEMENT.get(char) or _TWINS.get(char, char)


NOWHERE = "nowhere"
_FARTHEST = 1e10  # points: files claim pages of 2,147,483,647, and what stands on them can be read


def is_placed(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs; those whose numbers are none (not a number, infinite) or absurdly large are set aside."""
    if all(map(_has_place, glyphs)):
        return glyphs
    return [
        glyph if _has_place(glyph) else Glyph(glyph.text, glyph.page, excluded_reason=glyph.excluded_reason or NOWHERE)
        for glyph in glyphs
    ]


def _has_place(glyph: Glyph) -> bool:
    return (
        -_FARTHEST <= glyph.x0 <= _FARTHEST
        and -_FARTHEST <= glyph.x1 <= _FARTHEST
        and -_FARTHEST <= glyph.top <= _FARTHEST
        and -_FARTHEST <= glyph.bottom <= _FARTHEST
        and -_FARTHEST <= glyph.size <= _FARTHEST
        and -_FARTHEST <= glyph.advance <= _FARTHEST
    )
