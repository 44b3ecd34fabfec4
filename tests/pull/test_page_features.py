"""Both readers hand out what is drawn and remarked on a page beside its text, and know layers that are switched off."""

from pathlib import Path

import pytest

from extract.model.record import Readers
from extract.pull import pull
from tests.typeset import raw

FILES = Path(__file__).parents[1] / "layout/files"
READERS: tuple[Readers, ...] = ("pdfplumber", "pdfium", "both")


@pytest.mark.parametrize("reader", READERS)
def test_rulings(reader: Readers) -> None:
    """A rule above a footnote, 150 points wide; Word's strike lies above the baseline, its underline below."""
    (rule,) = pull(FILES / "z11_footnote_mid.pdf", reader).rulings
    assert (rule.page, round(rule.x1 - rule.x0), int(rule.top)) == (2, 150, 172)
    pulled = pull(FILES / "v06_tracked.pdf", reader)
    struck, inserted = (
        next(glyph for glyph in pulled.glyphs if glyph.text == digit and 600 < glyph.top < 620) for digit in "35"
    )
    marks = [(ruling.top + ruling.bottom) / 2 for ruling in pulled.rulings if ruling.x1 - ruling.x0 > 3]
    assert any(0.1 * struck.size < struck.baseline - mark < 0.5 * struck.size for mark in marks)
    assert any(0 < mark - inserted.baseline < 0.3 * inserted.size for mark in marks)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("moved", [b"", b"2 0 0 2 0 0 cm ", b"0 1 -1 0 400 0 cm "])
def test_a_line_is_as_long_as_its_points_whatever_its_width(reader: Readers, moved: bytes, tmp_path: Path) -> None:
    """With their width lines of 2 points seemed too thick to strike small type out."""
    file = tmp_path / "guide.pdf"
    file.write_bytes(raw.pdf([raw.line("A", 72, 700) + b" 1 w " + moved + b"72 204 m 100 204 l S"]))
    (ruling,) = pull(file, reader).rulings
    assert {round(ruling.x1 - ruling.x0), round(ruling.bottom - ruling.top)} in ({28, 0}, {56, 0})


@pytest.mark.parametrize("reader", READERS)
def test_annotations(reader: Readers) -> None:
    (remark,) = pull(FILES / "w1_freetext.pdf", reader).annotations
    assert (remark.page, remark.kind, remark.words) == (1, "FreeText", "更正：5个项目")
    assert [round(edge) for edge in remark.boxes[0]] == [322, 617, 462, 637]


@pytest.mark.parametrize("reader", READERS)
def test_layers_that_are_switched_off(reader: Readers) -> None:
    glyphs = pull(FILES / "w3b_ocg_digit.pdf", reader).glyphs
    assert [(glyph.text, glyph.excluded_reason) for glyph in glyphs if glyph.excluded_reason] == [("1", "hidden")]
