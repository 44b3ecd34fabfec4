"""What the pages of a PDF look like: one small picture of each, drawn by PDFium.

A picture shows the page's media box as it is turned, since boxes of evidence count from that corner. Type that is not
embedded is drawn in fonts of this machine, or not at all; so the picture tells which fonts those are.
"""

import io
from collections.abc import Iterator
from typing import Any

from extract.model.stages import PageImage
from extract.pull.reading import encrypted_error

WIDTH, HEIGHT = 1300, 2600  # pixels at the most, whatever size a page claims to have
_ENLARGED = 4  # pixels for a point at the most: a small page is not blown up
_GREYS = 8  # levels of grey: type stays smooth, and a page takes about 60 kB
_A4 = (595.28, 841.89)  # the size of a page that cannot be opened


def render_pages(data: bytes, pages: int, password: str | None = None) -> Iterator[PageImage]:
    """A picture of each of the pages, one by one as they are asked for; none of a file that is no PDF.

    Widths and heights are in points. A page that cannot be drawn has no picture but says why; nothing is raised.
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
                yield _drawn(document, number)
            except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError) as error:
                yield _blank(number, str(error) or type(error).__name__)


def _blank(number: int, why: str) -> PageImage:
    return PageImage(number, *_A4, data=b"", fonts=(), why=why)


def _drawn(document: Any, number: int) -> PageImage:
    from extract.pull.pdfium_reader import non_embedded_fonts, page_box

    page = document[number - 1]
    try:
        left, low, right, high, turn = page_box(page, number)
        width, height = (right - left, high - low) if turn % 2 == 0 else (high - low, right - left)
        if not (width > 0 and height > 0):
            return _blank(number, "the page has no size")
        page.set_cropbox(left, low, right, high)
        scale = min(WIDTH / width, HEIGHT / height, _ENLARGED)
        bitmap = page.render(scale=scale, grayscale=True)
        return PageImage(number, width, height, data=_webp(bitmap.to_pil()), fonts=non_embedded_fonts(page), why="")
    finally:
        page.close()


def _webp(picture: Any) -> bytes:
    """A picture in few greys, without loss from there: half as large as PNG."""
    step = 255 / (_GREYS - 1)
    file = io.BytesIO()
    grey = picture.convert("L").point([round(round(level / step) * step) for level in range(256)])
    grey.convert("RGB").save(file, "WEBP", lossless=True, quality=50, method=4)
    return file.getvalue()
