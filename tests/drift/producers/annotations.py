"""Free-text annotations, put onto the pages of a file that is drawn."""

from __future__ import annotations

import re
from ctypes import c_float
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
    """The page of the section, and the place of its heading there: the last place with its words, behind the contents."""
    heading = next(one.text for one in document.paragraphs if one.section == comment.section and one.kind == "heading")
    words = re.sub(r"\s", "", heading)
    for length in range(min(len(words), 24), 3, -1):
        for page in reversed(list(opened)):
            text = page.get_textpage()
            chars = text.get_text_range()
            solid = [at for at, char in enumerate(chars) if not char.isspace()]
            found = "".join(chars[at] for at in solid).rfind(words[:length])
            if found >= 0:
                x, y, _, _ = text.get_charbox(solid[found])
                return page, x, y
    raise ValueError(f"the heading {heading!r} is on no page")


def _put(page: Any, words: str, x: float, y: float) -> None:
    """A free-text annotation, which a viewer draws in its default type."""
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_FREETEXT)
    edges = pdfium.FS_RECTF(c_float(x), c_float(y + SIZE[1]), c_float(x + SIZE[0]), c_float(y))
    pdfium.FPDFAnnot_SetRect(annotation, edges)
    for key, value in (("Contents", words), ("DA", "0 0 1 rg /Helv 10 Tf")):
        encoded = (value + "\0").encode("utf-16-le")
        pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(encoded))
    pdfium.FPDFPage_CloseAnnot(annotation)


def _wide(encoded: bytes) -> Any:
    return (pdfium.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
