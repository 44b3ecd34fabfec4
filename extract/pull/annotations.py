"""Read the annotations on the pages of a PDF: comments, highlights and strike-outs."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSException, PSLiteral
from pdfminer.utils import decode_text

from extract.model.stages import Annotation
from extract.pull.reading import Box

# Widgets are form fields, and a popup repeats the words of the annotation that it belongs to.
_IGNORED = ("Link", "Widget", "Popup")
_HIDDEN_FLAGS = 1 << 1 | 1 << 5  # Hidden and NoView (PDF 32000-1, table 165)


def document_annotations(pages: Sequence[PDFPage]) -> tuple[Annotation, ...]:
    """Read the visible annotations of all pages; damaged ones are skipped."""
    found: list[Annotation] = []
    for number, page in enumerate(pages, 1):
        with suppress(PDFException, PSException, ValueError, TypeError, RecursionError):
            found += _page_annotations(page, number)
    return tuple(found)


def _page_annotations(page: PDFPage, number: int) -> Iterator[Annotation]:
    """Yield the visible annotations of a page."""
    listed = resolve1(page.annots)
    for entry in listed if isinstance(listed, list) else ():
        found = resolve1(entry)
        attributes = found if isinstance(found, dict) else {}
        subtype, flags = resolve1(attributes.get("Subtype")), resolve1(attributes.get("F"))
        kind = str(subtype.name) if isinstance(subtype, PSLiteral) else ""
        if not kind or kind in _IGNORED or (isinstance(flags, int) and flags & _HIDDEN_FLAGS):
            continue
        boxes = tuple(_boxes(attributes, page))
        if boxes:
            yield Annotation(number, kind, _words(resolve1(attributes.get("Contents"))), boxes)


def _words(contents: Any) -> str:
    if not isinstance(contents, bytes | str):
        return ""
    return " ".join(decode_text(contents).split()) if isinstance(contents, bytes) else " ".join(contents.split())


def _boxes(attributes: dict[str, Any], page: PDFPage) -> Iterator[Box]:
    """Yield the boxes of the marked words (QuadPoints), else the annotation's own."""
    marked = _numbers(attributes.get("QuadPoints"))
    quads = [marked[start : start + 8] for start in range(0, len(marked) - 7, 8)]
    for corners in quads or [_numbers(attributes.get("Rect"))]:
        if len(corners) >= 4:
            yield _on_page(corners, page)


def _numbers(value: Any) -> list[float]:
    found = resolve1(value)
    numbers = [resolve1(number) for number in found] if isinstance(found, list) else []
    return [float(number) for number in numbers if isinstance(number, int | float)]


def _on_page(corners: list[float], page: PDFPage) -> Box:
    """Convert corners in user space to a box in points from the top left of the rotated page."""
    left, low, right, high = page.mediabox
    left, right, low, high = min(left, right), max(left, right), min(low, high), max(low, high)
    turn = page.rotate % 360
    points = []
    for x, y in zip(corners[::2], corners[1::2], strict=False):
        x, y = x - left, high - y
        points.append(
            {
                90: (high - low - y, x),
                180: (right - left - x, high - low - y),
                270: (y, right - left - x),
            }.get(turn, (x, y))
        )
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
