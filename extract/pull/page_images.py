"""Render a small image of each page of a PDF with PDFium.

An image shows the rotated media box, since boxes of evidence count from its corner. Fonts that are not embedded are
drawn with fonts of this machine, or not at all; so their names are kept with the image.
"""

import io
from collections.abc import Iterator
from typing import Any

from extract.model.stages import PageImage
from extract.pull.reading import encrypted_error

WIDTH, HEIGHT = 1300, 2600  # pixels at the most, whatever size a page claims to have
_MAX_SCALE = 4  # pixels per point at the most: a small page is not enlarged further
_GREY_LEVELS = 8  # type stays smooth, and a page takes about 60 kB
_A4 = (595.28, 841.89)  # the size of a page that cannot be opened


def render_pages(data: bytes, pages: int, password: str | None = None) -> Iterator[PageImage]:
    """Yield an image of each page, rendered on demand; nothing for a file that is not a PDF.

    Widths and heights are in points. A page that cannot be rendered has no `data` but a reason (`why`).
    """
    if b"%PDF-" not in data[:1024]:
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        why = str(encrypted_error("PDFium", password) if "password" in str(error).lower() else error)
        yield from (_blank(number, why) for number in range(1, pages + 1))
        return
    with document:
        for number in range(1, pages + 1):
            try:
                yield _render(document, number)
            except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError) as error:
                yield _blank(number, str(error) or type(error).__name__)


def _blank(number: int, why: str) -> PageImage:
    return PageImage(number, *_A4, data=b"", fonts=(), why=why)


def _render(document: Any, number: int) -> PageImage:
    from extract.pull.pdfium_reader import non_embedded_fonts, page_box

    page = document[number - 1]
    try:
        left, low, right, high, turn = page_box(page, number)
        width, height = (right - left, high - low) if turn % 2 == 0 else (high - low, right - left)
        if not (width > 0 and height > 0):
            return _blank(number, "the page has no size")
        page.set_cropbox(left, low, right, high)
        scale = min(WIDTH / width, HEIGHT / height, _MAX_SCALE)
        bitmap = page.render(scale=scale, grayscale=True)
        return PageImage(number, width, height, data=_webp(bitmap.to_pil()), fonts=non_embedded_fonts(page), why="")
    finally:
        page.close()


def _webp(picture: Any) -> bytes:
    """Encode an image as lossless WebP with few grey levels: half as large as PNG."""
    step = 255 / (_GREY_LEVELS - 1)
    file = io.BytesIO()
    grey = picture.convert("L").point([round(round(level / step) * step) for level in range(256)])
    grey.convert("RGB").save(file, "WEBP", lossless=True, quality=50, method=4)
    return file.getvalue()
