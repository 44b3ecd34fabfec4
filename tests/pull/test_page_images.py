"""Pictures of pages: boxes lie on the ink however a page lies, no page is too large, and what cannot be drawn is told."""

import io
from pathlib import Path

import pytest
from PIL import Image

from extract.model.stages import PageImage
from extract.model.text import Glyph
from extract.pull import page_images as rendering
from extract.pull.page_images import render_pages
from extract.pull.pdfium_reader import read_with_pdfium as read_with_pdfium
from extract.pull.pdfplumber_reader import read_with_pdfplumber as read_with_pdfplumber
from tests.pull.test_two_readers import drawn
from tests.typeset import raw

PDF = Path(__file__).parents[2] / "raw" / "guide_2017.pdf"
DARK = 128


def picture(page: PageImage) -> Image.Image:
    return Image.open(io.BytesIO(page.data)).convert("L")


def ink(page: PageImage) -> tuple[float, float, float, float]:
    """The box of the dark pixels, in points."""
    box = picture(page).point([255 * (level < DARK) for level in range(256)]).getbbox()
    assert box is not None, "nothing was drawn"
    wide, tall = picture(page).size
    x0, top, x1, bottom = box
    return x0 / wide * page.width, top / tall * page.height, x1 / wide * page.width, bottom / tall * page.height


def union(glyphs: list[Glyph]) -> tuple[float, float, float, float]:
    return (
        min(g.x0 for g in glyphs),
        min(g.top for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.bottom for g in glyphs),
    )


LYING = [
    (b"", b""),
    (b"/Rotate 90", b"0 1 -1 0 600 0 cm\n"),
    (b"/Rotate 180", b"-1 0 0 -1 600 842 cm\n"),
    (b"/Rotate 270", b"0 -1 1 0 0 800 cm\n"),
    (b"/MediaBox [100 200 695 1042]", b"1 0 0 1 60 200 cm\n"),
    (b"/MediaBox [100 200 695 1042] /Rotate 90", b"0 1 -1 0 700 250 cm\n"),
    (b"/CropBox [50 50 500 700]", b""),
    (b"/CropBox [50 50 500 700] /Rotate 90", b"0 1 -1 0 600 0 cm\n"),
    (b"/MediaBox [595 842 0 0]", b""),
    (b"/MediaBox [-300 -400 295 442]", b"1 0 0 1 -200 -300 cm\n"),
]


@pytest.mark.parametrize(("page", "turn"), LYING)
def test_boxes_lie_on_the_ink_however_the_page_lies(page: bytes, turn: bytes) -> None:
    data = raw.pdf([turn + raw.line("HHHHH", 150, 400, 40)], extra=page)
    (sheet,) = render_pages(data, 1)
    x0, top, x1, bottom = ink(sheet)
    for read in (read_with_pdfium, read_with_pdfplumber):
        left, over, right, under = union(read(data, "guide.pdf")[1])
        assert left <= x0 <= left + 6, "the ink begins where the box does"
        assert right - 6 <= x1 <= right
        assert over - 1 <= top
        assert bottom <= under + 1
        assert bottom - top > (under - over) / 2, "and fills it"


def test_the_guide_is_drawn_sharp_and_small() -> None:
    pages = list(render_pages(PDF.read_bytes(), 13))
    assert [page.page for page in pages] == list(range(1, 14))
    assert {picture(page).size for page in pages} == {(1300, 1839)}
    assert max(len(page.data) for page in pages) < 100_000
    assert not any(page.why or page.fonts for page in pages)


@pytest.mark.parametrize("box", [b"0 0 8400 8400", b"0 0 2147483647 2147483647", b"0 0 10 2000000", b"0 0 2000000 10"])
def test_a_page_of_any_size_takes_few_pixels(box: bytes) -> None:
    (sheet,) = render_pages(raw.pdf([raw.line("Hello", 1, 1)], extra=b"/MediaBox [%s]" % box), 1)
    wide, tall = picture(sheet).size
    assert wide <= rendering.WIDTH
    assert tall <= rendering.HEIGHT


def test_a_small_page_is_not_blown_up() -> None:
    (sheet,) = render_pages(raw.pdf([raw.line("Hi", 5, 5)], extra=b"/MediaBox [0 0 50 50]"), 1)
    assert picture(sheet).size == (200, 200)


def test_pages_come_one_by_one() -> None:
    pages = render_pages(PDF.read_bytes(), 13)
    assert next(pages).page == 1
    assert next(pages).page == 2


def test_a_page_that_cannot_be_drawn_is_told() -> None:
    first, second = render_pages(raw.pdf([raw.line("Hello", 100, 100)]), 2)
    assert first.data
    assert not first.why
    assert not second.data
    assert second.why


@pytest.mark.parametrize("data", [b"%PDF-1.7 rubbish", b"%PDF-"])
def test_a_file_that_cannot_be_opened_is_told_page_by_page(data: bytes) -> None:
    pages = list(render_pages(data, 3))
    assert [page.page for page in pages] == [1, 2, 3]
    assert all(page.why and not page.data for page in pages)


def test_plain_text_has_no_pictures() -> None:
    assert list(render_pages("指南".encode(), 3)) == []


def test_fonts_that_are_not_embedded_are_named() -> None:
    def put(canvas: object) -> None:
        canvas.setFont("STSong-Light", 16)  # type: ignore[attr-defined]
        canvas.drawString(72, 600, "中美合作")  # type: ignore[attr-defined]

    (sheet,) = render_pages(drawn(put), 1)
    assert sheet.fonts == ("STSong-Light",)


def test_the_same_page_gives_the_same_bytes() -> None:
    data = PDF.read_bytes()
    assert next(render_pages(data, 1)) == next(render_pages(data, 1))
