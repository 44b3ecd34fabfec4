"""The door to PDFium: every character of a PDF with its box, in the order of the content stream."""

from collections.abc import Iterator, Sequence
from ctypes import addressof, c_float, c_void_p, create_string_buffer
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extract.limits import DEFAULT_LIMITS, Limits, raise_limit_passed
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Ruling
from extract.model.text import Glyph
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address, box_fonts_installed
from extract.pull.pdfium_reader.characters import PageBox, SizedFont, text_runs, to_glyphs
from extract.pull.pdfium_reader.visibility import PageVisibility, page_objects, page_rulings
from extract.pull.reading import (
    FileReading,
    damaged_error,
    encrypted_error,
    no_pages_error,
    with_credible_boxes,
)


def read_with_pdfium(
    data: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS, password: str | None = None
) -> FileReading:
    """The pages of a PDF, their glyphs, and which pages are pictures. A page that cannot be read has no glyphs.

    Raises UnreadableGuide where PDFium cannot read the file, and LimitPassed.
    """
    glyphs: list[Glyph] = []
    rulings: list[Ruling] = []
    lost, wordless, scanned = list[int](), list[int](), list[int]()
    try:
        with box_fonts_installed(), pypdfium2.PdfDocument(data, password=password) as document:
            pages = len(document)
            if pages > limits.pages:
                raise_limit_passed("pages", limits)
            for number in range(1, pages + 1):
                try:
                    page = document[number - 1]
                except pypdfium2.PdfiumError:
                    lost.append(number)
                    continue
                found, lines, sight = _page(page, number, limits.glyphs - len(glyphs), limits)
                page.close()
                glyphs += found
                rulings += lines
                if sight.ocr:
                    scanned.append(number)
                elif sight.wordless and all(glyph.text.isspace() or glyph.excluded_reason for glyph in found):
                    wordless.append(number)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise encrypted_error(name, password) from None
        raise damaged_error(name, str(error)) from None
    if not pages or len(lost) == pages:
        raise no_pages_error(name)
    return FileReading(pages, glyphs, tuple(_findings(lost, wordless, scanned)), tuple(rulings))


def _findings(lost: Sequence[int], wordless: Sequence[int], scanned: Sequence[int]) -> Iterator[FindingDraft]:
    if lost:
        yield finding("file-damaged", variant="page", pages=lost, fault="pdfium-fails")
    if wordless:
        yield finding("page-wordless", pages=wordless)
    if scanned:
        yield finding("text-from-ocr", pages=scanned)


def _page(page: Any, number: int, left: int, limits: Limits) -> tuple[list[Glyph], list[Ruling], PageVisibility]:
    """The glyphs of a page, at most `left`, its thin lines, and how it looks."""
    every = page_objects(page)
    texts = [thing.at for thing in every if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    edges = page_box(page, number)
    seen = edges.turned()
    sight = PageVisibility(page, every, (seen.right - seen.left, seen.high - seen.low), edges[:4])
    for text in texts:
        if marks := calls.FPDFPageObj_CountMarks(text):
            _unmark(text, marks)
    found: list[Glyph] = []
    runs = text_runs(calls.function_address(page), texts, left, limits)
    for place, glyphs in enumerate(to_glyphs(runs, _kinds(texts), seen, edges.turn, number)):
        found += map(sight.judged, glyphs) if place in sight.doubtful else glyphs
    return with_credible_boxes(found), list(page_rulings(every, seen, edges.turn, number)), sight


def non_embedded_fonts(page: Any) -> tuple[str, ...]:
    """The names of the fonts that a page is set in and does not bring, in alphabetical order."""
    kinds = _kinds([thing.at for thing in page_objects(page) if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT])
    return tuple(sorted({kind.font for kind in kinds if kind.remote is not None}))


def _unmark(thing: Address, marks: int) -> None:
    """Take all marks off a text object: text that a mark gives in its place (ActualText) has no true boxes."""
    for place in reversed(range(marks)):
        calls.FPDFPageObj_RemoveMark(thing, calls.FPDFPageObj_GetMark(thing, place))


def page_box(page: Any, number: int) -> PageBox:
    """The page's media box. PDFium does not look for one in the tree above the page, but a copy of the page has it."""
    box = page.get_mediabox(fallback_ok=False)
    if box is None:
        with pypdfium2.PdfDocument.new() as copy:
            copy.import_pages(page.pdf, pages=[number - 1])
            box = copy[0].get_mediabox()
    (left, right), (low, high) = sorted(box[::2]), sorted(box[1::2])
    return PageBox(left, low, right, high, page.get_rotation() // 90)


def _kinds(things: Sequence[Address]) -> list[SizedFont]:
    """The types that text objects are set in; what PDFium tells of a font it is asked once."""
    kinds: dict[tuple[Address, float], SizedFont] = {}
    size, found = c_float(), []
    at_size = c_void_p(addressof(size))
    for thing in things:
        calls.FPDFTextObj_GetFontSize(thing, at_size)
        type_of = calls.FPDFTextObj_GetFont(thing), size.value
        kind = kinds.get(type_of)
        if kind is None:
            kind = kinds[type_of] = _kind(*type_of)
        found.append(kind)
    return found


def _kind(font: Address, size: float) -> SizedFont:
    name = create_string_buffer(128)
    calls.FPDFFont_GetBaseFontName(font, addressof(name), len(name))
    remote = font if calls.FPDFFont_GetIsEmbedded(font) == 0 else None
    return SizedFont(name.value.decode("utf-8", "replace"), size, remote)
