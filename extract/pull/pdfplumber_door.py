"""The door to pdfplumber: every character of a PDF with its box, in the order of the content stream."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.errors import LimitPassed
from extract.limits import USUAL, Limits
from extract.pull.page import (
    ASCENT,
    DESCENT,
    ROTATED,
    UNMAPPED,
    Reading,
    believed,
    damaged,
    encrypted,
    outside,
    upright,
    without_pages,
)
from extract.text import Glyph


def read(data: bytes, name: str, *, limits: Limits = USUAL, password: str | None = None) -> Reading:
    """The pages of a PDF, their glyphs, and what is damaged in it. A page that cannot be read has no glyphs.

    Raises UnreadableGuide where pdfplumber cannot read the file: pdfminer raises whatever its parser stumbled
    over, from its own errors to a bare TypeError, so everything it raises is one thing here. Raises LimitPassed.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    from extract.pull.damage import damage_of_page, damage_of_tree, pages_of, told
    from extract.pull.streams import Streams, bounded

    streams, glyphs = Streams(limits), list[Glyph]()
    odd: dict[int, list[str]] = {}
    try:
        with bounded(streams):
            pdf = pdfplumber.open(io.BytesIO(data), password=password)  # closing it would read the pages once more
            pages = pages_of(pdf.doc, limits)
            for number, page in enumerate(pages, 1):
                found, wrong = _page(pdf, page, number, limits.glyphs - len(glyphs), limits)
                glyphs += found
                odd[number] = [*damage_of_page(page, streams), *wrong]
            troubles = told(odd, damage_of_tree(pdf.doc, data, pages, streams))
    except Exception as error:
        cause = _cause(error)
        if isinstance(cause, LimitPassed):
            raise cause from None
        if isinstance(cause, PDFPasswordIncorrect):
            raise encrypted(name, password) from None
        raise damaged(name, str(cause) or type(cause).__name__) from None
    if not pages:
        raise without_pages(name)
    return Reading(len(pages), glyphs, troubles)


def _page(pdf: Any, page_object: Any, number: int, left: int, limits: Limits) -> tuple[list[Glyph], list[str]]:
    """The glyphs of a page, at most `left`, and what is wrong with its commands. Raises LimitPassed."""
    from pdfminer.layout import LTChar
    from pdfplumber.page import Page

    from extract.pull.interpreter import laid_out

    try:
        page = Page(pdf, page_object, page_number=number)
        page_object.mediabox = _upright(page_object.mediabox)
        layout, odd = laid_out(page, left, limits)
        chars = (page.process_object(item) for item in _flat(layout) if isinstance(item, LTChar))
        return believed([_glyph(char, number, page.bbox) for char in chars]), odd
    except LimitPassed:
        raise
    except Exception as error:
        cause = _cause(error)
        if isinstance(cause, LimitPassed):
            raise cause from None
        return [], [f"pdfplumber cannot read it ({str(cause) or type(cause).__name__})"]


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """What lies on a page, and in the figures on it, in the order of the content stream."""
    for item in items:
        if isinstance(item, Iterable):
            yield from _flat(item)
        else:
            yield item


def _cause(error: Exception) -> Exception:
    """What went wrong, without the wrapping that pdfplumber puts around it."""
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, Exception) else error


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
    aside = outside((x0, top, x1, bottom), right - left, under - over) if upright((a, b), (c, d)) else ROTATED
    if not aside and not bottom - size / 2 <= baseline <= bottom + size / 10:  # fonts' own figures may be wrong
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
    return Glyph(_text(char["text"]), page, x0, top, x1, bottom, char["fontname"], size, x1 - x0, aside)


def _text(text: str) -> str:
    """What a glyph says; one character where the font does not tell which it is."""
    halves = any("\ud800" <= char <= "\udfff" for char in text)  # of a character beyond the first 65,536
    return UNMAPPED if text.startswith("(cid:") or "\0" in text or halves else text
