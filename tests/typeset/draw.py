"""From pages to a PDF: fonts, render modes, bytes. The same pages and style give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.typeset.ink import PAPER, Glyph, ink
from tests.typeset.layout import Page
from tests.typeset.style import PUBLISHED, Style

FONT = Path(__file__).with_name("fonts") / "gbsn00lp-subset.ttf"
BODY, HEADING, REMOTE = "body", "heading", "STSong-Light"
FILL, FILL_AND_STROKE = 0, 2
STROKE = 0.03
"""Width of the line around a stroked glyph, in em."""


def draw(pages: Iterable[Page], style: Style = PUBLISHED, *, title: str = "Typeset test guide") -> bytes:
    """The pages as a PDF, uncompressed: zlib's output differs from machine to machine."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=PAPER, invariant=1, pageCompression=0)
    canvas.setTitle(title)
    for number, page in enumerate(pages, 1):
        _put(canvas, ink(page, number, style), style)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _put(canvas: Any, glyphs: Iterable[Glyph], style: Style) -> None:
    """Write glyphs into the content stream one by one, in the order given."""
    text = canvas.beginText()
    canvas.setLineWidth(STROKE * style.size)
    pen = None
    for glyph in glyphs:
        stroked = glyph.bold and style.bold == "stroke"
        wanted = (_font(glyph, style), glyph.size, glyph.condense, stroked)
        if wanted != pen:
            pen = wanted
            text.setFont(_font(glyph, style), glyph.size)
            text.setHorizScale(100 * glyph.condense)
            text.setTextRenderMode(FILL_AND_STROKE if stroked else FILL)
        text.setTextOrigin(round(glyph.x, 2), round(glyph.y, 2))
        text.textOut(glyph.char)
    canvas.drawText(text)


def _font(glyph: Glyph, style: Style) -> str:
    drawable = _fonts()
    if not style.embedded:
        return REMOTE
    if ord(glyph.char) not in drawable:
        raise ValueError(f"the font has no glyph for {glyph.char!r} (U+{ord(glyph.char):04X})")
    return HEADING if glyph.bold and style.bold == "real" else BODY


@cache
def _fonts() -> frozenset[int]:
    """Register the fonts once; what characters the embedded ones can draw."""
    body, heading = TTFont(BODY, FONT, asciiReadable=True), TTFont(HEADING, FONT, asciiReadable=True)
    heading.face.name = b"BousungEG-Bold-GB"
    for font in (body, heading, UnicodeCIDFont(REMOTE)):
        registerFont(font)
    return frozenset(body.face.charToGlyph)
