"""Characters printed over one another that are no copies: one of them was meant for another place, or for none."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from extract.model.findings import FindingDraft, finding
from extract.model.text import Glyph, GlyphTable, display_width, text_of_glyphs

_OVER = 0.25  # of the narrower of two characters: type that is set tight reaches less far over


def find_collisions(ink: GlyphTable, rows: Sequence[Sequence[int]]) -> list[FindingDraft]:
    """One report for each line on which letters or figures lie over others."""
    findings = []
    glyphs = ink.glyphs
    for row in rows:  # nearly all glyphs of a line stand behind the one before them
        pairs = [(n, m) for n, m in pairwise(row) if glyphs[m].x0 < glyphs[n].x1 and _collide(glyphs[n], glyphs[m])]
        if pairs:
            collisions = [{"one": glyphs[one].text, "other": glyphs[other].text} for one, other in pairs]
            words = text_of_glyphs(ink, dict.fromkeys(number for pair in pairs for number in pair))
            findings.append(finding("glyphs-collide", words, collisions=collisions))
    return findings


def _collide(one: Glyph, other: Glyph) -> bool:
    narrow, flat = min(_wide(one), _wide(other)), min(one.bottom - one.top, other.bottom - other.top)
    if one.text == other.text or narrow <= 0 or flat <= 0:
        return False
    over = min(one.x0 + _wide(one), other.x0 + _wide(other)) - max(one.x0, other.x0) > _OVER * narrow
    beside = min(one.bottom, other.bottom) - max(one.top, other.top) > flat / 2
    return over and beside and _written(one.text) and _written(other.text)


def _wide(glyph: Glyph) -> float:
    """How wide a character is set: what its font says, but letters no wider than half an em, for fonts that are not
    embedded have widths of their own, and the letters of another font were set.
    """
    return min(glyph.x1 - glyph.x0, sum(map(display_width, glyph.text)) * glyph.size)


def _written(text: str) -> bool:
    return bool(text) and all(unicodedata.category(char)[0] in "LN" for char in text)
