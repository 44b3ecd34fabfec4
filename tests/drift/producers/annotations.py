"""Free-text annotations, put onto the pages of a file that is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_float
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tests.drift.document import Comment, Document

SIZE = (120, 16)


def annotate(file: Path, document: Document) -> None:
    """Put each comment beside the heading of its section, at the right edge of the page; over it in columns."""
    opened = pypdfium2.PdfDocument(file.read_bytes())
    for comment in document.comments:
        page, x, y = _place(opened, document, comment)
        _put(page, comment.text, x if document.look.columns > 1 else page.get_width() - SIZE[0] - 4, y)
    opened.save(file)
    opened.close()


def _place(opened: Any, document: Document, comment: Comment) -> tuple[Any, float, float]:
    """The page of the section, and the place of its heading there, its left edge and its middle.

    Contents may stand before the headings, and several of these may have the same words: they are counted from the end.
    A running head with these words is none.
    """
    headings = [one for one in document.paragraphs if one.kind == "heading"]
    first = next(at for at, one in enumerate(headings) if one.section == comment.section)
    words, *later = (re.sub(r"\s", "", one.text) for one in headings[first:])
    for length in range(min(len(words), 24), 3, -1):
        start = words[:length]
        below = sum(other.count(start) for other in later)
        places = (place for page in reversed(list(opened)) for place in _places_of(page, start, document.look.margin))
        if found := next(islice(places, below, None), None):
            return found
    raise ValueError(f"the heading {words!r} is on no page")


def _places_of(page: Any, words: str, margin: float) -> Iterator[tuple[Any, float, float]]:
    """Where words begin on a page below its margin, from the last place to the first."""
    text = page.get_textpage()
    chars = text.get_text_range()
    solid = [at for at, char in enumerate(chars) if not char.isspace()]
    found = [match.start() for match in re.finditer(re.escape(words), "".join(chars[at] for at in solid))]
    for place in reversed(found):
        left, low, _, high = text.get_charbox(solid[place])
        if low < page.get_height() - margin:
            yield page, left, (low + high) / 2


def _put(page: Any, words: str, x: float, middle: float) -> None:
    """A free-text annotation, which a viewer draws in its default type."""
    y = middle - SIZE[1] / 2
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_FREETEXT)
    edges = pdfium.FS_RECTF(c_float(x), c_float(y + SIZE[1]), c_float(x + SIZE[0]), c_float(y))
    pdfium.FPDFAnnot_SetRect(annotation, edges)
    for key, value in (("Contents", words), ("DA", "0 0 1 rg /Helv 10 Tf")):
        encoded = (value + "\0").encode("utf-16-le")
        pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(encoded))
    pdfium.FPDFPage_CloseAnnot(annotation)


def _wide(encoded: bytes) -> Any:
    return (pdfium.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
