"""Where glyphs lie: a damaged or hostile file may draw some at no place that a page can have."""

from collections.abc import Sequence

from extract.text import Glyph

NOWHERE = "at no place of the page"
_FARTHEST = 1e6  # points: pages go to 15 million in theory, and to 5,000 in any file


def placed(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs; those whose numbers are none (not a number, infinite) or absurdly large lie nowhere, and are aside."""
    if all(map(_has_place, glyphs)):
        return glyphs
    return [
        glyph if _has_place(glyph) else Glyph(glyph.text, glyph.page, aside=glyph.aside or NOWHERE) for glyph in glyphs
    ]


def _has_place(glyph: Glyph) -> bool:
    return all(abs(number) <= _FARTHEST for number in (*glyph[2:6], glyph.size, glyph.advance))
