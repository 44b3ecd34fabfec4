"""Two readers on one PDF: one hands out the glyphs, what the other read is its witness; no lost page goes on.

Each reader loses text that the other has, and says nothing: pages that a damaged table of contents leaves out, a page
whose stream is damaged, all text in a font whose encoding it does not know.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from extract.errors import UnreadableGuide
from extract.handoff import Pulled, Trouble
from extract.records import Reader

_PREFERRED: tuple[Reader, Reader] = ("pdfplumber", "pdfium")
_LOST = 3  # a page is lost by a reader that reads less than this part of what the other reads there


def read_with_both(read: Callable[[Reader], Pulled], name: str) -> Pulled:
    """What pdfplumber reads, with what PDFium reads as its witness; the other way round where only PDFium has all.

    Raises UnreadableGuide where neither can read the file, or each loses pages that the other has.
    """
    readings: list[Pulled] = []
    refusals: list[UnreadableGuide] = []
    for reader in _PREFERRED:
        try:
            readings.append(read(reader))
        except UnreadableGuide as error:
            refusals.append(error)
    if not readings:
        raise refusals[0]
    if refusals:
        message = f"only {readings[0].reader} reads this file, so nothing confirms it; the other reader: {refusals[0]}"
        return replace(readings[0], troubles=(Trouble("reader-failed", message),))
    first, second = readings
    lost, lost_too = _lost(first, second), _lost(second, first)
    if lost and lost_too:
        raise UnreadableGuide(
            f"{name}: no reader has all pages: {first.reader} loses {_told(lost)}, {second.reader} loses "
            f"{_told(lost_too)}; download the guide again, or print it to a new PDF"
        )
    if lost:
        return replace(second, witness=first, unconfirmed=lost, troubles=(_trouble(first, second, lost),))
    troubles = (_trouble(second, first, lost_too),) if lost_too else ()
    return replace(first, witness=second, unconfirmed=lost_too, troubles=troubles)


def _lost(one: Pulled, other: Pulled) -> tuple[int, ...]:
    """The pages of which one reader has nothing, or under a third of the characters that the other has."""
    mine, others = _characters(one), _characters(other)
    pages = range(1, max(one.pages, other.pages) + 1)
    return tuple(page for page in pages if mine[page] * _LOST < others[page] or one.pages < page <= other.pages)


def _characters(pulled: Pulled) -> Counter[int]:
    return Counter(glyph.page for glyph in pulled.glyphs for char in glyph.text if not char.isspace())


def _trouble(loser: Pulled, keeper: Pulled, lost: tuple[int, ...]) -> Trouble:
    message = f"{loser.reader} loses {_told(lost)}, which {keeper.reader} reads; nothing confirms what stands there"
    return Trouble("page-lost", message)


def _told(pages: tuple[int, ...]) -> str:
    return f"page{'s' * (len(pages) > 1)} {', '.join(map(str, pages))}"
