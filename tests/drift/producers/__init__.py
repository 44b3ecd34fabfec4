"""Programs that set a guide: each draws the documents of tests/drift/document.py as PDF files or in other forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.drift.document import Document
from tests.drift.producers import chromium, docx, html, libreoffice, markdown, reportlab, scan, text, typst


class Producer(NamedTuple):
    """`draw` puts a file for each document into a folder; `missing` names what is not installed."""

    draw: Callable[[Sequence[Document], Path], list[Path]]
    missing: Callable[[], str | None]


PRODUCERS: dict[str, Producer] = {
    "libreoffice": Producer(libreoffice.draw, libreoffice.missing),
    "chromium": Producer(chromium.draw, chromium.missing),
    "typst": Producer(typst.draw, typst.missing),
    "reportlab": Producer(reportlab.draw, reportlab.missing),
    "docx": Producer(docx.draw, docx.missing),
    "html": Producer(html.draw, html.missing),
    "markdown": Producer(markdown.draw, markdown.missing),
    "text": Producer(text.draw, text.missing),
    "scan": Producer(scan.draw, scan.missing),
}
EXACT = tuple(name for name in PRODUCERS if name != "scan")
"""Those whose guides are read without a fault; what OCR reads wrongly has to be told, and is measured by the command."""
