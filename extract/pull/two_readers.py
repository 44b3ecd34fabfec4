"""Two readers on one PDF: one hands out the glyphs, what the other read is its witness; no lost page goes on.

Each reader loses text that the other has, and says nothing: pages that a damaged table of contents leaves out, a page
whose stream is damaged, all text in a font whose encoding it does not know.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec import structs
from msgspec.structs import replace

from extract.errors import UnreadableGuide
from extract.model.findings import FindingDraft, finding, format_pages
from extract.model.record import Reader
from extract.model.stages import Pulled
from extract.model.text import Glyph, is_unmapped
from extract.pull.reading import HIDDEN, RefusedPdf

_PREFERRED: tuple[Reader, Reader] = ("pdfplumber", "pdfium")
_LOST = 3  # a page is lost by a reader that reads less than this part of what the other reads there


def read_with_both(read: Callable[[Reader], Pulled], name: str) -> Pulled:
    """What pdfplumber reads, with what PDFium reads as its witness; the other way round where only PDFium has all.

    Raises UnreadableGuide where neither can read the file, or each loses pages that the other has; LimitPassed where
    one of them meets a limit.
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
    odd = (*first.findings, *second.findings)
    lost, lost_too = _lost(first, second), _lost(second, first)
    if lost and lost_too:
        raise UnreadableGuide(
            f"{name}: no reader has all pages: {first.reader} loses {format_pages(lost)}, {second.reader} loses "
            f"{format_pages(lost_too)}; download the guide again, or print it to a new PDF"
        )
    if lost:
        findings = (_finding_of(first, second, lost), *odd)
        return replace(second, witness=first, unconfirmed=lost, findings=findings, annotations=first.annotations)
    findings = (_finding_of(second, first, lost_too),) if lost_too else ()
    return replace(first, witness=second, unconfirmed=lost_too, findings=(*findings, *odd))


def exclude_invisible(pulled: Pulled, seen: Pulled) -> Pulled:
    """A reading in which a glyph is set aside that cannot be seen; only PDFium, which draws pages, can tell.

    Both readers hand out the glyphs of a page in one order. Where they do not, a glyph is told by its place.
    """
    if not any(glyph.excluded_reason == HIDDEN for glyph in seen.glyphs):
        return pulled
    ours, theirs = _by_page(pulled.glyphs), _by_page(seen.glyphs)
    hidden: set[int] = set()
    for page, numbers in ours.items():
        pairs = zip(numbers, theirs[page], strict=False)
        if [pulled.glyphs[n].text for n in numbers] == [seen.glyphs[n].text for n in theirs[page]]:
            hidden |= {one for one, other in pairs if seen.glyphs[other].excluded_reason == HIDDEN}
        else:
            hidden |= set(_hidden_by_place(pulled.glyphs, numbers, [seen.glyphs[n] for n in theirs[page]]))
    glyphs = [
        structs.replace(g, excluded_reason=g.excluded_reason or HIDDEN) if n in hidden else g
        for n, g in enumerate(pulled.glyphs)
    ]
    return replace(pulled, glyphs=glyphs)


def _by_page(glyphs: Sequence[Glyph]) -> dict[int, list[int]]:
    pages: dict[int, list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        pages[glyph.page].append(number)
    return pages


def _hidden_by_place(glyphs: Sequence[Glyph], numbers: Sequence[int], seen: Sequence[Glyph]) -> Iterator[int]:
    """The glyphs of a page whose nearest one of the same text, at the same point across, is hidden."""
    places: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for glyph in seen:
        places[glyph.text, round(glyph.x0)].append(glyph)
    for number in numbers:
        glyph = glyphs[number]
        near = places[glyph.text, round(glyph.x0)]
        if near and min(near, key=lambda one: abs(one.bottom - glyph.bottom)).excluded_reason == HIDDEN:
            yield number


def _lost(one: Pulled, other: Pulled) -> tuple[int, ...]:
    """The pages of which one reader has nothing, or under a third of the characters that the other has."""
    mine, others = _characters(one), _characters(other)
    pages = range(1, max(one.pages, other.pages) + 1)
    return tuple(page for page in pages if mine[page] * _LOST < others[page] or one.pages < page <= other.pages)


def _characters(pulled: Pulled) -> Counter[int]:
    """How many characters a reader has on each page; one that it cannot tell is none."""
    return Counter(
        glyph.page
        for glyph in pulled.glyphs
        if not is_unmapped(glyph.text)
        for char in glyph.text
        if not char.isspace()
    )


def _finding_of(loser: Pulled, keeper: Pulled, lost: tuple[int, ...]) -> FindingDraft:
    return finding("page-lost", reader=loser.reader, pages=lost, other=keeper.reader)
