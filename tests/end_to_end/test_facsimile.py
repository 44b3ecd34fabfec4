"""The facsimile of the 2017 guide reads as the published file was read, and can be drawn again."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from extract.pull.pdfium_reader.bindings import box_fonts_installed
from tests.typeset.draw import draw
from tests.typeset.facsimile import DATA, EXTRACTED, facsimile, pages
from tests.typeset.ink import PAPER, left_edge
from tests.typeset.layout import (
    NOT_FIRST,
    NOT_LAST,
    ROWS,
    Page,
    Paragraph,
    Run,
    pages_from_paragraphs,
    paragraphs,
    read,
)
from tests.typeset.style import PUBLISHED, Style

COMMITTED = Path(__file__).parents[2] / "raw" / "guide_2017.pdf"
STYLES = {
    "published grid": Style(copies=1),
    "stroke": Style(bold="stroke"),
    "real": Style(bold="real"),
    "not embedded": Style(copies=1, embedded=False),
    "footers": Style(copies=1, footer="- {n} -"),
    "narrow": Style(copies=1, measure=23),
    "wide and small": Style(copies=1, measure=40, size=10.5, footer="{n}"),
    "no indent": Style(copies=1, measure=31, size=14, indent=0, footer="— {n} —"),
}
GRIDS = [Style(measure=measure, indent=indent) for measure in (11, 23, 27, 34) for indent in (0, 2)]


def bare(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)


def in_stream_order(pdf: bytes) -> list[str]:
    """The bare text of each page, as pdfplumber meets it."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [bare("".join(char["text"] for char in page.chars)) for page in document.pages]


def by_pdfium(pdf: bytes) -> list[str]:
    """The bare text of each page, as PDFium reads it itself."""
    with box_fonts_installed():
        document = pypdfium2.PdfDocument(pdf)
        return [bare(page.get_textpage().get_text_range()) for page in document]


def text_of(page: Page, number: int, style: Style) -> str:
    """What a page must read when every glyph is there once."""
    footer = page.footer or "" if style.footer is None else style.footer.format(n=number)
    return bare(footer + "".join(line.text for line in page.lines))


@cache
def committed_chars() -> list[list[dict[str, Any]]]:
    """Every glyph of the committed file, page by page."""
    with pdfplumber.open(COMMITTED) as document:
        return [page.chars for page in document.pages]


@pytest.mark.slow
def test_content_order_is_the_text_once_extracted() -> None:
    found = "".join(char["text"] for page in committed_chars() for char in page)
    assert bare(found) == bare(EXTRACTED.read_text(encoding="utf-8"))


def test_data_says_the_same_with_each_bold_run_four_times() -> None:
    data = re.sub(r"(^|\f)[_=] ", "", DATA.read_text(encoding="utf-8"), flags=re.MULTILINE)
    garbled = re.sub(r"\[(.*?)\]", lambda run: run[1] * 4, data)
    assert bare(garbled) == bare(EXTRACTED.read_text(encoding="utf-8"))


def test_thirteen_pages_start_where_the_extracted_text_says() -> None:
    text = EXTRACTED.read_text(encoding="utf-8")
    starts = [bare(start) for start in re.findall(r"^(?: (?! )|(?=— 12 —)).*", text, flags=re.MULTILINE)]
    found = [bare("".join(char["text"] for char in page)) for page in committed_chars()]
    assert len(found) == len(starts) == 13
    assert [page[: len(start)] for page, start in zip(found, starts, strict=True)] == starts


def test_only_page_12_has_a_footer_first_in_stream_and_last_on_paper() -> None:
    assert [number for number, page in enumerate(pages(), 1) if page.footer] == [12]
    chars = committed_chars()[11]
    assert "".join(char["text"] for char in chars[:6]) == "— 12 —"
    assert min(char["top"] for char in chars[:6]) > max(char["bottom"] for char in chars[6:])


def test_drawing_again_gives_the_committed_bytes() -> None:
    first = facsimile()
    assert first == facsimile() == COMMITTED.read_bytes()


def test_every_glyph_stands_within_the_text_area() -> None:
    left = left_edge(PUBLISHED)
    right = left + PUBLISHED.measure * PUBLISHED.size
    for page in committed_chars():
        rows = {round(char["bottom"]) for char in page if char["bottom"] < PAPER[1] - 100}
        assert len(rows) <= ROWS
        assert all(left - 0.01 <= char["x0"] and char["x1"] <= right + 0.01 for char in page)
        assert all(char["top"] >= 0 and char["bottom"] <= PAPER[1] for char in page)


def test_full_lines_end_at_the_right_edge() -> None:
    right = left_edge(PUBLISHED) + PUBLISHED.measure * PUBLISHED.size
    for page, chars in zip(pages(), committed_chars(), strict=True):
        edges: dict[int, float] = {}
        for char in chars[6 if page.footer else 0 :]:
            row = round(char["matrix"][5], 2)
            edges[row] = max(edges.get(row, 0), char["x1"])
        ends = [line.ends for line in page.lines if line.runs]
        for edge, ended in zip(edges.values(), ends, strict=True):
            assert ended or edge == pytest.approx(right, abs=0.02)


@pytest.mark.parametrize("name", STYLES)
def test_a_style_reads_back(name: str) -> None:
    style = STYLES[name]
    laid_out = pages(style)[:4]
    want = [text_of(page, number, style) for number, page in enumerate(laid_out, 1)]
    pdf = draw(laid_out, style)
    assert in_stream_order(pdf) == want
    assert by_pdfium(pdf) == want


@pytest.mark.parametrize(
    ("style", "want"),
    [
        (Style(copies=3, by="run"), "111.1.1.1中美中美中美甲"),
        (Style(copies=2, by="glyph"), "11..11中中美美甲"),
        (Style(copies=3, by="layer"), "1.1中美甲1.1中美1.1中美"),
        (Style(copies=3, bold="stroke"), "1.1中美甲"),
        (Style(copies=3, bold="real"), "1.1中美甲"),
    ],
)
def test_copies_come_in_the_order_asked_for(style: Style, want: str) -> None:
    content = [Paragraph("1.1中美", "heading"), Paragraph("甲")]
    assert in_stream_order(draw(pages_from_paragraphs(content, style), style)) == [want]


def test_copies_spread_over_the_points_asked_for() -> None:
    style = Style(copies=4, spread=0.9)
    content = [Paragraph((Run("甲", bold=True),))]
    with pdfplumber.open(BytesIO(draw(pages_from_paragraphs(content, style), style))) as document:
        xs = [char["x0"] for char in document.pages[0].chars]
    assert [x - xs[0] for x in xs] == pytest.approx([0, 0.3, 0.6, 0.9], abs=0.011)


@pytest.mark.parametrize("style", GRIDS, ids=lambda style: f"{style.measure}-{style.indent}")
def test_another_grid_keeps_the_text_and_the_rules(style: Style) -> None:
    source = read(DATA.read_text(encoding="utf-8"))
    laid_out = pages(style)
    lines = [line for page in laid_out for line in page.lines if line.runs]
    assert bare("".join(line.text for line in lines)) == bare(
        "".join(line.text for page in source for line in page.lines)
    )
    assert len(paragraphs(laid_out)) == len(paragraphs(source))
    assert all(len(page.lines) == ROWS for page in laid_out[:-1])
    assert not [line.text for line in lines if line.text[0] in NOT_FIRST]
    assert not [line.text for line in lines if line.text[-1] in NOT_LAST]
    assert {line.indent for line in lines if line.kind == "body" and line.opens} == {style.indent}


@pytest.mark.parametrize("wrong", [{"copies": 6}, {"spread": 2}, {"by": "word"}, {"measure": 60}])
def test_a_style_that_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Style(**wrong)


def test_a_character_that_the_font_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match=r"U\+9F98"):
        draw(pages_from_paragraphs([Paragraph("龘")], PUBLISHED))
