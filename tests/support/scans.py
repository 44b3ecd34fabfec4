"""Print the pages of a PDF and scan them: grey, with noise, aslant, packed as JPEG; the same bytes each time."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
_PAPER, _CONTRAST = 20, 0.85  # paper is not white, nor ink black
_NOISE = 12.0  # of 255
_JPEG_QUALITY = 70


def scan(pdf: bytes, pages: Sequence[int] | None = None, *, slant: float = 1.0, quarters: int = 0) -> "list[Image]":
    """Scan pages, or all of them; `slant` is in degrees, anticlockwise as the quarters."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_scan(document, number, slant, quarters) for number in pages or range(1, len(document) + 1)]


def as_pdf(pictures: "Sequence[Image]") -> bytes:
    """A PDF with a picture on each page."""
    file = io.BytesIO()
    first, *more = pictures
    first.save(file, "PDF", resolution=DPI, save_all=True, append_images=more, creationDate=None, modDate=None)
    return file.getvalue()


def _scan(document: pypdfium2.PdfDocument, number: int, slant: float, quarters: int) -> "Image":
    from PIL import Image

    page = document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    page = page.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255).rotate(90 * quarters, expand=True)
    noise = np.random.default_rng(number).normal(0, _NOISE, (page.height, page.width))
    pixels = np.asarray(page, dtype=float) * _CONTRAST + _PAPER + noise
    file = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(file, "JPEG", quality=_JPEG_QUALITY)
    return Image.open(file)
