"""Where glyphs lie: a damaged or hostile file may draw some at no place that a page can have."""

from collections.abc import Sequence

from extract.model.text import Glyph

NOWHERE = "at no place of the page"
_FARTHEST = 1e10  # points: files claim pages of 2,147,483,647, and what stands on them can be read


def placed(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs; those whose numbers are none (not a number, infinite) or absurdly large are set aside."""
    if all(map(_has_place, glyphs)):
        return glyphs
    return [
        glyph if _has_place(glyph) else Glyph(glyph.text, glyph.page, aside=glyph.aside or NOWHERE) for glyph in glyphs
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
