"""Guides set by ReportLab, printed and scanned: what OCR reads of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.pull import ocr_reader
from tests.drift.document import Document
from tests.drift.producers import reportlab
from tests.support.scans import as_pdf, scan


def missing() -> str | None:
    """What is not installed."""
    return reportlab.missing() or (None if ocr_reader.is_installed() else "rapidocr")


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """A scan for each document."""
    paths = reportlab.draw(documents, folder)
    for path in paths:
        path.write_bytes(as_pdf(scan(path.read_bytes())))
    return paths
