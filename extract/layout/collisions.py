"""Report different characters printed over one another, of which one is misplaced."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from extract.model.findings import FindingDraft, finding
from extract.model.text import Glyph, GlyphTable, display_width, text_of_glyphs

_MIN_OVERLAP = 0.25  # of the narrower character's width; tightly set type overlaps less


def find_collisions(ink: GlyphTable, rows: Sequence[Sequence[int]]) -> list[FindingDraft]:
    """Report each line on which different letters or figures overlap."""
    findings = []
    glyphs = ink.glyphs
    for row in rows:
        pairs = [(n, m) for n, m in pairwise(row) if glyphs[m].x0 < glyphs[n].x1 and _collide(glyphs[n], glyphs[m])]
        if pairs:
            collisions = [{"one": glyphs[one].text, "other": glyphs[other].text} for one, other in pairs]
            words = text_of_glyphs(ink, dict.fromkeys(number for pair in pairs for number in pair))
            findings.append(finding("glyphs-collide", words, collisions=collisions))
    return findings


def _collide(one: Glyph, other: Glyph) -> bool:
    narrow, flat = min(_set_width(one), _set_width(other)), min(one.bottom - one.top, other.bottom - other.top)
    if one.text == other.text or narrow <= 0 or flat <= 0:
        return False
    over = min(one.x0 + _set_width(one), other.x0 + _set_width(other)) - max(one.x0, other.x0) > _MIN_OVERLAP * narrow
    beside = min(one.bottom, other.bottom) - max(one.top, other.top) > flat / 2
    return over and beside and _is_alphanumeric(one.text) and _is_alphanumeric(other.text)


def _set_width(glyph: Glyph) -> float:
    """The width of a character in points: its box, but Latin letters at most half an em, since the declared widths of a
    font that is not embedded differ from those of the font that is drawn.
    """
    return min(glyph.x1 - glyph.x0, sum(map(display_width, glyph.text)) * glyph.size)


def _is_alphanumeric(text: str) -> bool:
    return bool(text) and all(unicodedata.category(char)[0] in "LN" for char in text)
