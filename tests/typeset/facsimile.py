"""The guide of 2017, first batch: typeset from its extracted text, as the published PDF is not at hand."""

from __future__ import annotations

from pathlib import Path

from tests.typeset.draw import draw
from tests.typeset.layout import Page, read, reflow
from tests.typeset.style import PUBLISHED, Style

DATA = Path(__file__).with_name("guide_2017.txt")
EXTRACTED = Path(__file__).with_name("guide_2017.extracted.txt")
TITLE = "2017 guide: a facsimile typeset from the extracted text, not the published file"


def pages(style: Style = PUBLISHED) -> tuple[Page, ...]:
    """The guide's own 13 pages, or as many as it takes where the style has another grid."""
    return reflow(read(DATA.read_text(encoding="utf-8")), style)


def facsimile(style: Style = PUBLISHED) -> bytes:
    """The guide as a PDF."""
    return draw(pages(style), style, title=TITLE)
