"""Folded copies: each lies on a glyph that stays, or is moved from one as the others on its line are."""

import pytest

from extract.check.copies import copies_fold
from extract.model.stages import Pulled, Repair, Repaired
from extract.model.text import Glyph, GlyphTable


def glyph(char: str, x0: float, width: float = 16, top: float = 100) -> Glyph:
    return Glyph(char, 1, x0, top, x0 + width, top + 16, size=16, advance=width)


# Glyphs that stay, and copies that were folded.
FOLDED = {
    "on its glyph": ([glyph("中", 72)], [glyph("中", 77)], "proved"),
    "beside its glyph": ([glyph("中", 72)], [glyph("中", 81)], "contradicted"),
    "on another character": ([glyph("美", 72)], [glyph("中", 72)], "contradicted"),
    "a third of its height above": ([glyph("中", 72)], [glyph("中", 72, top=105)], "proved"),
    "higher than that": ([glyph("中", 72)], [glyph("中", 72, top=106)], "contradicted"),
    "a narrow one, moved as a wide one": (
        [glyph("中", 72), glyph("。", 88, 4), glyph("。", 120, 4)],
        [glyph("中", 77), glyph("。", 93, 4)],
        "proved",
    ),
    "a narrow one, moved otherwise": (
        [glyph("中", 72), glyph("。", 88, 4)],
        [glyph("中", 77), glyph("。", 95, 4)],
        "contradicted",
    ),
    "a narrow one, moved as a wide one of another line": (
        [glyph("中", 72, top=300), glyph("。", 88, 4)],
        [glyph("中", 77, top=300), glyph("。", 93, 4)],
        "contradicted",
    ),
}


@pytest.mark.parametrize("name", FOLDED)
def test_a_copy_lies_on_what_it_copies(name: str) -> None:
    kept, copies, outcome = FOLDED[name]
    glyphs = [*kept, *copies]
    became = dict.fromkeys(range(len(kept), len(glyphs)), "")
    repaired = Repaired(GlyphTable(glyphs, [1] * len(glyphs), True), (), (Repair("fold overprints", became),), ())
    check = copies_fold(Pulled("guide.pdf", "", 1, "pdfplumber", glyphs, None), repaired)
    assert check is not None
    assert check.outcome == outcome
