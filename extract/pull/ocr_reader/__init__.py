"""Read scans by OCR: pictures of pages → straightened → without seals → lines of two engines → glyphs with boxes.

RapidOCR reads, Tesseract confirms where it is installed. Boxes are those of the straightened page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extract.limits import Limits
from extract.model.findings import FindingDraft, finding
from extract.model.stages import PageTurn
from extract.model.text import Glyph, enclosing_box, shortened
from extract.model.values import Evidence
from extract.processes.child import allow_memory, report_step, start_clock
from extract.pull.ocr_reader import rapidocr_engine, tesseract
from extract.pull.ocr_reader.confirm import Unsure, unsure_lines
from extract.pull.ocr_reader.glyphs import to_glyphs
from extract.pull.ocr_reader.line import OcrLine
from extract.pull.ocr_reader.pictures import count_pictures, pictures_in_file, pictures_of_pages
from extract.pull.ocr_reader.seals import without_seals
from extract.pull.ocr_reader.straightening import straighten
from extract.pull.reading import FileReading

if TYPE_CHECKING:
    from PIL.Image import Image

is_installed = rapidocr_engine.is_installed
_POINTS_PER_INCH = 72
_MAX_WORDS = 60  # characters in a message


class _Page(NamedTuple):
    """A page as it is read: its glyphs, how it was turned, how many seals it had, and what is not certain."""

    glyphs: list[Glyph]
    turn: PageTurn
    seals: int
    unsure: list[FindingDraft]


def read_pictures(data: bytes, name: str, limits: Limits) -> FileReading:
    """Read a picture file; each of its pictures is a page. Raises UnreadableGuide, and LimitPassed."""
    pages = range(1, count_pictures(data, name, limits) + 1)
    return _reading(_read_pages(pages, pictures_in_file(data, name, limits), limits))


def read_scanned_pages(
    data: bytes, name: str, pages: Sequence[int], limits: Limits, password: str | None
) -> FileReading:
    """Read pages of a PDF as pictures. Raises UnreadableGuide, and LimitPassed."""
    return _reading(_read_pages(pages, pictures_of_pages(data, name, pages, password), limits))


def _read_pages(numbers: Sequence[int], pictures: "Iterable[tuple[Image, float]]", limits: Limits) -> dict[int, _Page]:
    """Read pictures of pages, each with the size of its pixels in points, within limits of their own."""
    pages = dict[int, _Page]()
    _report(pages, numbers)
    allow_memory(limits.ocr_memory)
    start_clock("ocr_seconds", limits)
    engine = rapidocr_engine.RapidOcr()
    for number, (picture, scale) in zip(numbers, pictures, strict=False):  # a file may claim more than it holds
        start_clock("ocr_seconds", limits)
        pages[number] = _read_page(picture, number, scale, engine, limits)
        _report(pages, numbers)
    start_clock("seconds", limits)
    return pages


def _report(read: Mapping[int, _Page], numbers: Sequence[int]) -> None:
    report_step("pages read by OCR", len(read), len(numbers))


def _read_page(picture: "Image", number: int, scale: float, engine: rapidocr_engine.RapidOcr, limits: Limits) -> _Page:
    cleaned, seals = without_seals(picture)
    upright, turn, boxes = straighten(cleaned, engine)
    lines = engine.read_lines(upright, boxes)
    words = None
    if tesseract.is_installed():
        words = tesseract.read_words(upright, round(_POINTS_PER_INCH / scale), limits) or []
    glyphs = to_glyphs(lines, upright, number, scale)
    boxes_read = {id(line): enclosing_box(drawn) for line, drawn in zip(lines, glyphs, strict=True)}
    unsure = [
        _finding(found, number, boxes_read.get(id(found.line)) or _scaled(found.line, scale))
        for found in unsure_lines(lines, words)
    ]
    return _Page([glyph for line in glyphs for glyph in line], turn, seals, unsure)


def _scaled(line: OcrLine, scale: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (side * scale for side in line.box)
    return left, top, right, bottom


def _finding(found: Unsure, page: int, box: tuple[float, float, float, float]) -> FindingDraft:
    left, top, right, bottom = (round(side, 2) for side in box)
    args = (
        {"other": tesseract.NAME, "other_words": shortened(found.other, _MAX_WORDS)}
        if found.why in ("differs", "missing")
        else {}
    )
    return finding(
        "ocr-unsure",
        evidence=[Evidence(page=page, bbox=(left, top, right, bottom), quote=found.line.words)],
        variant=found.why,
        page=page,
        words=shortened(found.line.words, _MAX_WORDS),
        **args,
    )


def _reading(pages: Mapping[int, _Page]) -> FileReading:
    return FileReading(
        len(pages),
        [glyph for page in pages.values() for glyph in page.glyphs],
        tuple(_findings(pages)),
        turns={number: page.turn for number, page in pages.items()},
    )


def _findings(pages: Mapping[int, _Page]) -> Iterator[FindingDraft]:
    read = [number for number, page in pages.items() if page.glyphs]
    wordless = [number for number, page in pages.items() if not page.glyphs]
    sealed = [number for number, page in pages.items() if page.seals]
    if read:
        yield finding("ocr-read", pages=read, reader=rapidocr_engine.NAME)
        if not tesseract.is_installed():
            yield finding("ocr-unconfirmed", reader=rapidocr_engine.NAME, other=tesseract.NAME)
    if wordless:
        yield finding("page-wordless", variant="nothing", pages=wordless)
    if sealed:
        yield finding("seal-removed", pages=sealed)
    for page in pages.values():
        yield from page.unsure
