"""Report what was seen on the pages while they were repaired: each report is a row of a table."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

from msgspec import Struct

from extract.layout import PageLayout
from extract.layout.collisions import find_collisions
from extract.layout.columns import find_columns
from extract.layout.furniture import missing_pages, numbers_alone
from extract.layout.furniture.changing_heads import doubtful_heads
from extract.layout.lines import MeasuredLine
from extract.layout.notes import normalise_mark
from extract.layout.pictures import find_pictures
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import ExcludedReason
from extract.model.stages import Annotation, Pulled
from extract.model.text import GLUE, Text, enclosing_box, is_unmapped, text_of_glyphs
from extract.model.values import Evidence

_UNSEEN: Set[ExcludedReason] = {"hidden", "rotated", "outside", "nowhere"}
_TOLD = {"struck-out": "text-struck-out", "watermark": "text-watermark"}  # the finding on what stood within the text


class ReadPages(Struct, frozen=True):
    """The pages of a guide as they were read.

    `lines` are those of the text, `renamed` the new text of each unified glyph, `copies` the folded glyphs and
    `repeats` the stacks of glyphs that are no copies of one another.
    """

    pulled: Pulled
    layout: PageLayout
    lines: Sequence[MeasuredLine]
    renamed: dict[int, str]
    copies: Set[int]
    repeats: Sequence[Sequence[int]]


def report_pages(pages: ReadPages) -> list[FindingDraft]:
    """Return the findings of all reports."""
    return [draft for report in _REPORTS for draft in report(pages)]


def _report_numbers_alone(pages: ReadPages) -> list[FindingDraft]:
    """Report lines of plain text that are nothing but a number; other forms say themselves what a page number is."""
    layout = pages.layout
    rows = [] if layout.ink.drawn or layout.ink.blocks else numbers_alone(layout.printed, layout.furniture)
    return [finding("number-alone", row.text, words=str(row.text)) for row in rows]


def _report_repeats(pages: ReadPages) -> list[FindingDraft]:
    """Report glyphs that lie on one another and are no copies."""
    texts = [text_of_glyphs(pages.layout.ink, stack) for stack in pages.repeats]
    return [finding("overprint-uneven", text, words=str(text)) for text in texts]


def _report_hidden(pages: ReadPages) -> list[FindingDraft]:
    """Report what cannot be seen on its page as text of it, once for each page and reason (rotated, outside).

    What is hidden is reported once for the words between two lines, which may be of two sections; without pages, once
    for each line. Words that are rotated on most pages are a watermark.
    """
    blocks, above = pages.pulled.blocks, _LineAbove(pages.lines)
    unseen: dict[tuple[int, int, ExcludedReason], list[Text]] = defaultdict(list)
    for piece in pages.layout.excluded:
        if piece.reason in _UNSEEN:
            if blocks:
                line = pages.layout.ink.lines[piece.text.origins[0]]
            else:
                line = above.index(piece.text) if piece.reason == "hidden" else 0
            unseen[_page(piece.text), line, piece.reason].append(piece.text)
    texts = {key: text_of_glyphs(pieces[0].ink, sorted(_glyphs_of(pieces))) for key, pieces in unseen.items()}
    times = Counter(str(text) for (*_, reason), text in texts.items() if reason == "rotated")
    return [
        finding("text-watermark", text, words=str(text))
        if times[str(text)] > max(1, pages.pulled.pages // 2)
        else finding("text-hidden", evidence=cite(text)[:1], variant="block", reason=reason, words=str(text))
        if blocks
        else finding("text-hidden", evidence=cite(text)[:1], variant="page", reason=reason, page=page, words=str(text))
        for (page, _, reason), text in texts.items()
    ]


class _LineAbove:
    """Find the line of the text at which words stand, or below which."""

    def __init__(self, lines: Sequence[MeasuredLine]) -> None:
        self._lines: dict[int, list[tuple[int, MeasuredLine]]] = defaultdict(list)
        for index, line in enumerate(lines):
            self._lines[line.page].append((index, line))

    def index(self, text: Text) -> int:
        """The index of the lowest line of their column that begins above the words; -1 without any."""
        left, top, right, bottom = enclosing_box([text.ink.glyphs[number] for number in text.origins if number != GLUE])
        above = [
            (line.top, index)
            for index, line in self._lines[_page(text)]
            if line.left < right and line.right > left and line.top <= (top + bottom) / 2
        ]
        return max(above, default=(0.0, -1))[1]


def _report_doubtful(pages: ReadPages) -> list[FindingDraft]:
    """Report words that are read as text and may be invisible, once for each line."""
    ink = pages.layout.ink
    if not any(glyph.is_doubtful for glyph in ink.glyphs):
        return []
    doubtful = (
        [number for number in line.text.origins if number != GLUE and ink.glyphs[number].is_doubtful]
        for line in pages.lines
    )
    texts = [text_of_glyphs(ink, dict.fromkeys(numbers)) for numbers in doubtful if numbers]
    return [finding("visibility-doubtful", text, words=str(text)) for text in texts if text.strip()]


def _page(text: Text) -> int:
    return text.ink.glyphs[text.origins[0]].page


def _glyphs_of(texts: Iterable[Text]) -> set[int]:
    return {origin for text in texts for origin in text.origins if origin != GLUE}


def _report_unmapped(pages: ReadPages) -> list[FindingDraft]:
    """Report glyphs without a character, once for each line: their fonts map them to none."""
    ink = pages.layout.ink
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, glyph in enumerate(ink.glyphs):
        if is_unmapped(glyph.text) and number not in pages.copies:
            lines[glyph.page, ink.lines[number]].append(number)
    return [finding("glyph-unmapped", text_of_glyphs(ink, numbers), count=len(numbers)) for numbers in lines.values()]


def _report_columns(pages: ReadPages) -> list[FindingDraft]:
    return find_columns([line for line in pages.lines if line.cell is None])


def _report_doubtful_heads(pages: ReadPages) -> list[FindingDraft]:
    """Report lines at the edges of pages that may be heads or feet, and are read as text."""
    rows = [line for line in pages.lines if line.cell is None] if pages.layout.ink.drawn else []
    return [finding("head-doubtful", row.text, words=str(row.text)) for row in doubtful_heads(rows)]


def _report_collisions(pages: ReadPages) -> list[FindingDraft]:
    return find_collisions(pages.layout.ink, pages.layout.rows) if pages.layout.ink.drawn else []


def _report_missing_pages(pages: ReadPages) -> list[FindingDraft]:
    return missing_pages(pages.layout.printed, pages.layout.furniture)


def _report_unified(pages: ReadPages) -> list[FindingDraft]:
    """Report the unified characters with their counts; those that became spaces or nothing are left out."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, text in pages.renamed.items():
        if text.strip():
            pairs[pages.pulled.glyphs[number].text, text].append(number)
    if not pairs:
        return []
    firsts = [text_of_glyphs(pages.layout.ink, numbers[:1]) for numbers in pairs.values()]
    forms: list[dict[str, str | int]] = [
        {"printed": was, "read": became, "count": len(numbers)} for (was, became), numbers in pairs.items()
    ]
    return [finding("forms-unified", *firsts, forms=forms)]


def _report_without_width(pages: ReadPages) -> list[FindingDraft]:
    """Report type without widths: PDFium silently drops repeated characters of such type (1111 becomes 1)."""
    if pages.pulled.reader != "pdfium":
        return []
    ink = pages.layout.ink
    flat = [n for n, g in enumerate(ink.glyphs) if g.size > 0 and g.advance <= 0 and g.text.strip()]
    if not flat:
        return []
    return [finding("width-missing", evidence=cite(text_of_glyphs(ink, flat))[:1], count=len(flat))]


def _report_set_aside(pages: ReadPages) -> list[FindingDraft]:
    """Report words that stand within the text and are none of it, once for each line."""
    return [
        finding(code, piece.text, words=str(piece.text))
        for piece in pages.layout.excluded
        if (code := _TOLD.get(piece.reason)) and piece.text.strip()
    ]


def _report_missing_notes(pages: ReadPages) -> list[FindingDraft]:
    """Report marks that refer to no note of the guide, once for each mark."""
    notes = {normalise_mark(note.mark) for note in pages.layout.notes}
    lost: dict[str, list[Text]] = defaultdict(list)
    for reference in pages.layout.references:
        if reference.mark not in notes and reference.words:
            lost[reference.mark].append(reference.words)
    return [
        finding("note-missing", *words, mark=mark, words=[str(text) for text in words]) for mark, words in lost.items()
    ]


def _report_unreferenced_notes(pages: ReadPages) -> list[FindingDraft]:
    """Report numbered notes to which no mark refers, but for those that are printed on several pages."""
    notes = [note for note in pages.layout.notes if normalise_mark(note.mark).isdecimal()]
    referred = {(note.mark, str(note.text)) for note in notes if note.references}
    return [
        finding("note-unreferenced", note.sign, note.text, mark=note.mark, words=str(note.text))
        for note in notes
        if (note.mark, str(note.text)) not in referred
    ]


def _report_remarks(pages: ReadPages) -> list[FindingDraft]:
    """Report remarks that were put on pages and say something."""
    return [
        finding(
            "page-remark",
            evidence=(_place_of(remark),),
            kind=remark.kind,
            words=remark.words,
        )
        for remark in pages.pulled.annotations
        if remark.words
    ]


def _report_pictures(pages: ReadPages) -> list[FindingDraft]:
    """Report pictures among the words of the text and of its notes; on scanned pages there are no others."""
    layout, turns = pages.layout, pages.pulled.turns
    lines = [line for index, line in enumerate(layout.printed) if index not in layout.furniture]
    return find_pictures(lines, [picture for picture in pages.pulled.pictures if picture.page not in turns])


def _report_unread_tables(pages: ReadPages) -> list[FindingDraft]:
    """Report tables without rules whose rows cannot be told."""
    return [finding("table-unread", text, words=str(text)) for text in pages.layout.unread_tables]


def _place_of(remark: Annotation) -> Evidence:
    if remark.block:
        return Evidence(page=None, bbox=None, block=remark.block, quote=remark.words)
    return Evidence(page=remark.page, bbox=_rounded(remark.boxes[0]), quote=remark.words)


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


_REPORTS: Sequence[Callable[[ReadPages], list[FindingDraft]]] = (
    _report_numbers_alone,
    _report_repeats,
    _report_hidden,
    _report_doubtful,
    _report_unmapped,
    _report_columns,
    _report_doubtful_heads,
    _report_collisions,
    _report_missing_pages,
    _report_unified,
    _report_without_width,
    _report_set_aside,
    _report_missing_notes,
    _report_unreferenced_notes,
    _report_remarks,
    _report_unread_tables,
    _report_pictures,
)
