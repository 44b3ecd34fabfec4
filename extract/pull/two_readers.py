"""Read one PDF with two readers: one provides the glyphs, the other confirms them and reveals lost pages.

Each reader silently loses text that the other has: pages missing from a damaged page tree, a page with a damaged
stream, all text in a font of an unsupported encoding.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from extract.errors import UnreadableGuide
from extract.model.findings import FindingDraft, finding, format_pages
from extract.model.record import Reader
from extract.model.stages import Pulled
from extract.model.text import Glyph, is_unmapped
from extract.pull.reading import HIDDEN, RefusedPdf

_PREFERRED: tuple[Reader, Reader] = ("pdfplumber", "pdfium")
_SAME_SIZE = 1.0  # points by which the readers measure a glyph otherwise, at the most
_LOST_PAGE_RATIO = 3  # a reader that finds less than 1/3 of the other's characters has lost the page


def read_with_both(read: Callable[[Reader], Pulled], name: str) -> Pulled:
    """Read with pdfplumber, and PDFium as witness; the other way round if only PDFium has all pages.

    Raises UnreadableGuide if neither can read the file, or each loses pages that the other has; LimitPassed if one of
    them exceeds a limit.
    """
    readings: list[Pulled] = []
    refusals: list[RefusedPdf] = []
    for reader in _PREFERRED:
        try:
            readings.append(read(reader))
        except RefusedPdf as error:
            refusals.append(error)
    if not readings:
        raise refusals[0]
    if refusals:
        failed = finding("reader-failed", reader=readings[0].reader, **refusals[0].parts)
        return replace(readings[0], findings=(failed, *readings[0].findings))
    first, second = readings
    first = exclude_invisible(first, second)
    second = replace(second, annotations=first.annotations)  # what they strike out is no text for either
    others = (*first.findings, *second.findings)
    lost_by_first, lost_by_second = _lost_pages(first, second)
    if lost_by_first and lost_by_second:
        raise UnreadableGuide(
            f"{name}: no reader has all pages: {first.reader} loses {format_pages(lost_by_first)}, "
            f"{second.reader} loses {format_pages(lost_by_second)}; download the guide again, or print it to a new PDF"
        )
    if lost_by_first:
        findings = (_finding_of(first, second, lost_by_first), *others)
        return replace(second, witness=first, unconfirmed=lost_by_first, findings=findings)
    findings = (_finding_of(second, first, lost_by_second), *others) if lost_by_second else others
    return replace(first, witness=second, unconfirmed=lost_by_second, findings=findings)


def exclude_invisible(pulled: Pulled, seen: Pulled) -> Pulled:
    """Exclude the glyphs that PDFium, which renders pages, found to be invisible (`seen`), and mark those in doubt.

    Both readers return the glyphs of a page in the order of the content stream. If the orders differ, glyphs are
    matched by position.
    """
    if not any(map(_is_told, seen.glyphs)):
        return pulled
    ours, theirs = _by_page(pulled.glyphs), _by_page(seen.glyphs)
    glyphs = list(pulled.glyphs)
    for page, numbers in ours.items():
        others = [seen.glyphs[n] for n in theirs[page]]
        if [glyphs[n].text for n in numbers] == [other.text for other in others]:
            pairs: Iterable[tuple[int, Glyph]] = zip(numbers, others, strict=True)
        else:
            pairs = _pairs_by_position(glyphs, numbers, others)
        for number, other in pairs:
            if _is_told(other):
                glyphs[number] = _seen_as(glyphs[number], other)
    return replace(pulled, glyphs=glyphs)


def _is_told(glyph: Glyph) -> bool:
    """True for a glyph that is invisible, or may be."""
    return glyph.excluded_reason == HIDDEN or glyph.is_doubtful


def _seen_as(glyph: Glyph, other: Glyph) -> Glyph:
    """A glyph as visible as that of the other reader."""
    reason = HIDDEN if other.excluded_reason == HIDDEN else ""
    return replace(glyph, excluded_reason=glyph.excluded_reason or reason, is_doubtful=other.is_doubtful)


def _by_page(glyphs: Sequence[Glyph]) -> dict[int, list[int]]:
    pages: dict[int, list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        pages[glyph.page].append(number)
    return pages


def _pairs_by_position(
    glyphs: Sequence[Glyph], numbers: Iterable[int], others: Iterable[Glyph]
) -> Iterator[tuple[int, Glyph]]:
    """Yield the glyphs of a page, each with its nearest counterpart that has the same text, size and rounded x0."""
    counterparts: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for other in others:
        counterparts[other.text, round(other.x0)].append(other)
    for number in numbers:
        glyph = glyphs[number]
        near = [
            other for other in counterparts[glyph.text, round(glyph.x0)] if abs(other.size - glyph.size) <= _SAME_SIZE
        ]
        if near:
            yield number, min(near, key=lambda other: abs(other.bottom - glyph.bottom))


def _lost_pages(first: Pulled, second: Pulled) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The pages on which the first reader has fewer than a third of the other's characters, and those of the second."""
    one, other = _characters(first), _characters(second)
    pages = range(1, max(first.pages, second.pages) + 1)
    return (
        tuple(n for n in pages if one[n] * _LOST_PAGE_RATIO < other[n] or first.pages < n <= second.pages),
        tuple(n for n in pages if other[n] * _LOST_PAGE_RATIO < one[n] or second.pages < n <= first.pages),
    )


def _characters(pulled: Pulled) -> Counter[int]:
    """Count the mapped, printed characters of each page."""
    characters = Counter[int]()
    for (page, text), times in Counter([(glyph.page, glyph.text) for glyph in pulled.glyphs]).items():
        if not is_unmapped(text):
            characters[page] += times * sum(not char.isspace() for char in text)
    return characters


def _finding_of(loser: Pulled, keeper: Pulled, lost: tuple[int, ...]) -> FindingDraft:
    return finding("page-lost", reader=loser.reader, pages=lost, other=keeper.reader)
