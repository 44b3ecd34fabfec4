"""Unify look-alike characters, and exclude glyphs at impossible positions.

PDF fonts map glyphs to Kangxi radicals (⽅ for 方), to the radicals supplement (⻓ for 长) and to compatibility
ideographs, which look the same on paper and fail every comparison. Full-width forms are printed that way and stay.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from extract.model.text import Glyph

# Characters that share a glyph in many fonts, of which the PDF names the less usual one.
_SAME_GLYPH = {"―": "—", "\u2011": "\u2010", "\u2329": "〈", "\u232a": "〉"}
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


@lru_cache(maxsize=1 << 14)
def unify_character(text: str) -> str:
    """Replace radicals, compatibility ideographs and ligatures by their usual characters, and separators by a space.

    Characters invisible on paper (zero-width spaces, soft hyphens, direction marks) are removed.

    >>> [unify_character(char) for char in ("⽅", "⻓", "ﬁ", "\\u200b", "３")]
    ['方', '长', 'fi', '', '３']
    """
    return "".join(map(_unified, text))


def _unified(char: str) -> str:
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if category in ("Zl", "Zp") or char in "\t\n\v\f\r\x85\x1c\x1d\x1e\x1f":
        return " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return _SUPPLEMENT.get(char) or _SAME_GLYPH.get(char, char)


NOWHERE = "nowhere"
_MAX_COORDINATE = 1e10  # points; pages of 2,147,483,647 occur and are readable


def exclude_unplaced(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Exclude glyphs whose position or size is NaN, infinite or absurdly large, as damaged or hostile files have."""
    if all(map(_has_position, glyphs)):
        return glyphs
    return [
        glyph
        if _has_position(glyph)
        else Glyph(glyph.text, glyph.page, excluded_reason=glyph.excluded_reason or NOWHERE)
        for glyph in glyphs
    ]


def _has_position(glyph: Glyph) -> bool:
    return (
        -_MAX_COORDINATE <= glyph.x0 <= _MAX_COORDINATE
        and -_MAX_COORDINATE <= glyph.x1 <= _MAX_COORDINATE
        and -_MAX_COORDINATE <= glyph.top <= _MAX_COORDINATE
        and -_MAX_COORDINATE <= glyph.bottom <= _MAX_COORDINATE
        and -_MAX_COORDINATE <= glyph.size <= _MAX_COORDINATE
        and -_MAX_COORDINATE <= glyph.advance <= _MAX_COORDINATE
    )
