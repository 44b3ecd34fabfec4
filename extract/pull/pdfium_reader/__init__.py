"""Read a PDF with PDFium: every character with its box, in the order of the content stream."""

from collections.abc import Iterator, Sequence
from ctypes import addressof, c_float, c_void_p, create_string_buffer
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extract.limits import DEFAULT_LIMITS, Limits, raise_limit_passed
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Picture, Ruling
from extract.model.text import Glyph
from extract.pull.pdfium_reader import bindings as calls
from extract.pull.pdfium_reader.bindings import Address, box_fonts_installed
from extract.pull.pdfium_reader.characters import PageBox, SizedFont, text_runs, to_glyphs
from extract.pull.pdfium_reader.page_objects import page_objects, page_pictures, page_rulings
from extract.pull.pdfium_reader.visibility import PageVisibility
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
    """Read the pages and glyphs of a PDF, with findings on scanned pages. An unreadable page has no glyphs.

    Raises UnreadableGuide if PDFium cannot read the file, and LimitPassed.
    """
    glyphs: list[Glyph] = []
    rulings: list[Ruling] = []
    pictures: list[Picture] = []
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
                page_glyphs, lines, drawn, sight = _page(page, number, limits.glyphs - len(glyphs), limits)
                page.close()
                glyphs += page_glyphs
                rulings += lines
                pictures += drawn
                if sight.ocr:
                    scanned.append(number)
                elif sight.is_wordless(sum(not (g.text.isspace() or g.excluded_reason) for g in page_glyphs)):
                    wordless.append(number)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise encrypted_error(name, password) from None
        raise damaged_error(name, str(error)) from None
    if not pages or len(lost) == pages:
        raise no_pages_error(name)
    findings = tuple(_findings(lost, wordless, scanned))
    return FileReading(pages, glyphs, findings, tuple(rulings), pictures=tuple(pictures))


def _findings(lost: Sequence[int], wordless: Sequence[int], scanned: Sequence[int]) -> Iterator[FindingDraft]:
    if lost:
        yield finding("file-damaged", variant="page", pages=lost, fault="pdfium-fails")
    if wordless:
        yield finding("page-wordless", variant="unread", pages=wordless)
    if scanned:
        yield finding("text-from-ocr", pages=scanned)


def _page(
    page: Any, number: int, left: int, limits: Limits
) -> tuple[list[Glyph], list[Ruling], list[Picture], PageVisibility]:
    """Read at most `left` glyphs of a page, its thin lines, its pictures, and its visibility. Raises LimitPassed."""
    every = page_objects(page)
    texts = [thing.at for thing in every if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    edges = page_box(page, number)
    seen = edges.turned()
    sight = PageVisibility(page, every, edges)
    for text in texts:
        if marks := calls.FPDFPageObj_CountMarks(text):
            _unmark(text, marks)
    kinds = _kinds(texts)
    runs = text_runs(calls.function_address(page), texts, kinds, left, limits)
    glyphs = list(to_glyphs(runs, kinds, seen, edges.turn, number))
    found = sight.judged(glyphs, runs, kinds)
    rulings = list(page_rulings(every, seen, edges.turn, number))
    return with_credible_boxes(found), rulings, list(page_pictures(every, seen, edges.turn, number)), sight


def non_embedded_fonts(page: Any) -> tuple[str, ...]:
    """The names of the fonts of a page that are not embedded, in alphabetical order."""
    kinds = _kinds([thing.at for thing in page_objects(page) if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT])
    return tuple(sorted({kind.font for kind in kinds if kind.remote is not None}))


def _unmark(thing: Address, marks: int) -> None:
    """Remove all marks of a text object: replacement text (ActualText) has no true boxes."""
    for index in reversed(range(marks)):
        calls.FPDFPageObj_RemoveMark(thing, calls.FPDFPageObj_GetMark(thing, index))


def page_box(page: Any, number: int) -> PageBox:
    """The page's media box. PDFium ignores an inherited one, but a copy of the page has it."""
    box = page.get_mediabox(fallback_ok=False)
    if box is None:
        with pypdfium2.PdfDocument.new() as copy:
            copy.import_pages(page.pdf, pages=[number - 1])
            box = copy[0].get_mediabox()
    (left, right), (low, high) = sorted(box[::2]), sorted(box[1::2])
    return PageBox(left, low, right, high, page.get_rotation() // 90)


def _kinds(things: Sequence[Address]) -> list[SizedFont]:
    """The font and size of each text object, cached by font and size."""
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
