"""Characters printed over one another that are no copies: one of them was meant for another place, or for none.

Cells of a table whose lines stand beside one another: read line by line, a label comes behind words of its value.

A label that stands in the middle of its cell's height has lines of its value above it, and these would be read under
the label before. Whether a cell ends between two lines is told by rules that no reader hands out, so such a place is
reported, not repaired.
"""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from extract.model.findings import FindingDraft, finding
from extract.model.text import Glyph, GlyphTable, display_width, text_of_glyphs
from extract.repair.lines import MeasuredLine, goes_on_at

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


_SENTENCE_END = tuple("。；：！？")
_SOLID = 1.05  # ems from line to line, at least, in one cell
_DEEP = 2.5  # ems from a label to the words of its value, at least


def find_columns(rows: Sequence[MeasuredLine]) -> list[FindingDraft]:
    """Where a line of one cell stands above, or between, lines of the cell beside it: one report for each place."""
    mixed = [
        one.text.ink.drawn and before.page == one.page and (_beside(before, one) or _above(before, one, below))
        for (before, one), below in zip_longest(pairwise(rows), rows[2:])
    ]
    return [_mixed(rows[place]) for place, here in enumerate(mixed, 1) if here and not (place > 1 and mixed[place - 2])]


def _beside(before: MeasuredLine, one: MeasuredLine) -> bool:
    """Whether two lines lie closer than lines of one cell do, and one ends where the other has not begun."""
    close = abs(one.top - before.top) < _SOLID * min(before.size, one.size)
    return close and (before.x1 < one.x0 or one.x1 < before.x0)


def _above(before: MeasuredLine, one: MeasuredLine, below: MeasuredLine | None) -> bool:
    """Whether the lines above and below begin where this one goes on after a gap, and the one above belongs to it.

    The last line of another value ends with a full stop, or stands further away.
    """
    deep = before.x0 - one.x0 > _DEEP * one.size
    if not deep or below is None or below.page != one.page or abs(below.x0 - before.x0) > 0.5 * one.size:
        return False
    near = one.top - before.top <= 1.1 * (below.top - one.top)
    return near and not before.text.plain.endswith(_SENTENCE_END) and goes_on_at(one, before.x0)


def _mixed(row: MeasuredLine) -> FindingDraft:
    return finding("columns-mixed", row.text, words=str(row.text))
