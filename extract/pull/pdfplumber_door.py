"""The door to pdfplumber: every character of a PDF with its box, in the order of the content stream."""

import io
from collections.abc import Sequence
from typing import Any

from extract.pull.page import ASCENT, DESCENT, UNMAPPED, believed, damaged, encrypted, why_aside, without_pages
from extract.text import Glyph


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
                page.page_obj.mediabox = _upright(page.page_obj.mediabox)
                glyphs += believed([_glyph(char, page.page_number, page.bbox) for char in page.chars])
                page.close()
            pages = len(pdf.pages)
    except Exception as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise encrypted(name) from None
        what = str(cause) or type(cause).__name__
        raise damaged(name, what) from None
    if not pages:
        raise without_pages(name)
    return pages, glyphs


def _upright(box: Sequence[float]) -> tuple[float, float, float, float]:
    """A page's box from its lower left corner to its upper right one; files may name any two, and pdfminer minds."""
    (x0, x1), (y0, y1) = sorted(box[::2]), sorted(box[1::2])
    return x0, y0, x1, y1


def _glyph(char: dict[str, Any], page: int, frame: tuple[float, float, float, float]) -> Glyph:
    """pdfplumber's character as ours: its boxes count from the corner of the user space, ours from the page's.

    The advance is the box's width in points: pdfplumber's own `adv` leaves out the matrix that text is drawn with.
    """
    left, over, right, under = frame
    x0, top, x1, bottom = char["x0"] - left, char["top"] - over, char["x1"] - left, char["bottom"] - over
    a, b, c, d, _, y = char["matrix"]
    size, baseline = bottom - top, under - over - y
    aside = why_aside((x0, top, x1, bottom), (a, b), (c, d), right - left, under - over)
    if not aside and not bottom - size / 2 <= baseline <= bottom + size / 10:  # fonts' own figures may be wrong
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
    return Glyph(_text(char["text"]), page, x0, top, x1, bottom, char["fontname"], size, x1 - x0, aside)


def _text(text: str) -> str:
    """What a glyph says; one character where the font does not tell which it is."""
    halves = any("\ud800" <= char <= "\udfff" for char in text)  # of a character beyond the first 65,536
    return UNMAPPED if text.startswith("(cid:") or "\0" in text or halves else text
