"""Render a small image of each page of a PDF with PDFium, or of a picture file.

An image shows the rotated media box, since boxes of evidence count from its corner; a page that was read by OCR is
turned as it was then. Fonts that are not embedded are drawn with fonts of this machine, or not at all; so their names
are kept with the image.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from extract.limits import Limits
from extract.model.stages import PageImage, PageTurn
from extract.pull.ocr_reader.pictures import is_picture, pictures_in_file
from extract.pull.ocr_reader.straightening import turned
from extract.pull.reading import encrypted_error

WIDTH, HEIGHT = 1300, 2600  # pixels at the most, whatever size a page claims to have
_MAX_SCALE = 4  # pixels per point at the most: a small page is not enlarged further
_GREY_LEVELS = 8  # type stays smooth, and a page takes about 60 kB
_READ_BEFORE = Limits(pixels=1 << 20)  # the pictures were within the limits of the run
_A4 = (595.28, 841.89)  # the size of a page that cannot be opened


def render_pages(
    data: bytes, pages: int, password: str | None = None, turns: Mapping[int, PageTurn] | None = None
) -> Iterator[PageImage]:
    """Yield an image of each page, rendered on demand; nothing for a file without pages that are drawn.

    Widths and heights are in points. A page that cannot be rendered has no `data` but a reason (`why`). `turns` are
    those of pages that were read by OCR.
    """
    if is_picture(data):
        for number, (picture, scale) in enumerate(pictures_in_file(data, "picture", _READ_BEFORE), 1):
            yield _scan(number, picture, (picture.width * scale, picture.height * scale), (turns or {})[number])
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
                yield _render(document, number, (turns or {}).get(number))
            except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError) as error:
                yield _blank(number, str(error) or type(error).__name__)


def _blank(number: int, why: str) -> PageImage:
    return PageImage(number, *_A4, data=b"", fonts=(), why=why)


def _render(document: Any, number: int, turn: PageTurn | None) -> PageImage:
    from extract.pull.pdfium_reader import non_embedded_fonts, page_box

    page = document[number - 1]
    try:
        left, low, right, high, rotation = page_box(page, number)
        width, height = (right - left, high - low) if rotation % 2 == 0 else (high - low, right - left)
        if not (width > 0 and height > 0):
            return _blank(number, "the page has no size")
        page.set_cropbox(left, low, right, high)
        scale = min(WIDTH / width, HEIGHT / height, _MAX_SCALE)
        picture = page.render(scale=scale, grayscale=True).to_pil()
        if turn is not None:
            return _scan(number, picture, (width, height), turn)
        return PageImage(number, width, height, data=_webp(picture), fonts=non_embedded_fonts(page), why="")
    finally:
        page.close()


def _scan(number: int, picture: Any, size: tuple[float, float], turn: PageTurn) -> PageImage:
    """The image of a scanned page, turned as it was read; `size` is that of the page as it was scanned."""
    width, height = size if turn.quarters % 2 == 0 else size[::-1]
    picture = turned(picture.convert("L"), turn)
    picture.thumbnail((WIDTH, HEIGHT))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=50)  # without loss, its noise would take a megabyte
    return PageImage(number, width, height, data=file.getvalue(), fonts=(), why="")


def _webp(picture: Any) -> bytes:
    """Encode an image as lossless WebP with few grey levels: half as large as PNG."""
    step = 255 / (_GREY_LEVELS - 1)
    file = io.BytesIO()
    grey = picture.convert("L").point([round(round(level / step) * step) for level in range(256)])
    grey.convert("RGB").save(file, "WEBP", lossless=True, quality=50, method=4)
    return file.getvalue()
