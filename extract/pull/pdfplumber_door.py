"""The door to pdfplumber: every character of a PDF with its box, in the order of the content stream."""

import io
from typing import Any

from extract.errors import UnreadableGuide
from extract.text import Glyph

_OUTSIDE = "outside the page"


def read(data: bytes, name: str) -> tuple[int, list[Glyph]]:
    """The number of pages and their glyphs.

    Raises UnreadableGuide where pdfplumber cannot read the file: pdfminer raises whatever its parser stumbled
    over, from its own errors to a bare TypeError, so everything it raises is one thing here.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            glyphs = []
            for page in pdf.pages:
                glyphs += _page([_glyph(char, page.page_number, page.bbox) for char in page.chars])
                page.close()
            pages = len(pdf.pages)
    except Exception as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise UnreadableGuide(f"{name}: the PDF is encrypted; save a copy without password") from None
        what = str(cause) or type(cause).__name__
        raise UnreadableGuide(f"{name}: damaged PDF ({what}); download the guide again") from None
    if not pages:
        raise UnreadableGuide(f"{name}: the PDF has no pages that can be read; download the guide again")
    return pages, glyphs


def _page(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs of a page. Where much of it seems to lie outside, it is the page's box that is not to be believed."""
    outside = sum(glyph.aside == _OUTSIDE for glyph in glyphs)
    if outside * 5 < len(glyphs):
        return glyphs
    return [glyph._replace(aside="") if glyph.aside == _OUTSIDE else glyph for glyph in glyphs]


def _glyph(char: dict[str, Any], page: int, box: tuple[float, float, float, float]) -> Glyph:
    """pdfplumber's character as ours; its own `top` and `bottom` count from the top of the page.

    The advance is the box's width in points: pdfplumber's own `adv` leaves out the matrix that text is drawn with.
    """
    x0, top, x1, bottom = char["x0"], char["top"], char["x1"], char["bottom"]
    aside = "" if char["upright"] else "rotated"
    if x1 <= box[0] or x0 >= box[2] or bottom <= box[1] or top >= box[3]:
        aside = _OUTSIDE
    return Glyph(char["text"], page, x0, top, x1, bottom, char["fontname"], bottom - top, x1 - x0, aside)
