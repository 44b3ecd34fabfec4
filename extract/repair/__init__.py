"""Repair glyphs into clean lines: fold copies, leave out what is no text of the guide; each removal is recorded."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from extract.layout import read_layout
from extract.layout.collisions import find_collisions
from extract.layout.columns import find_columns
from extract.layout.notes import normalise_mark
from extract.layout.page_furniture import missing_pages, numbers_alone
from extract.layout.paragraphs import paragraph_starts
from extract.layout.reference_marks import Reference
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import ExcludedReason
from extract.model.stages import Annotation, ExcludedText, Line, Pulled, Repair, Repaired, RepairName
from extract.model.text import GLUE, Glyph, GlyphTable, Text, is_unmapped, text_of_glyphs
from extract.model.values import Evidence
from extract.repair.characters import exclude_unplaced, unify_character
from extract.repair.garbled_headings import repair_garbled
from extract.repair.overprint import fold_overprints

# The repair that takes out what is excluded for a reason.
_REPAIRS: dict[ExcludedReason, RepairName] = {
    "hidden": "set hidden text aside",
    "rotated": "set hidden text aside",
    "outside": "set hidden text aside",
    "nowhere": "set hidden text aside",
    "page-number": "set furniture aside",
    "running-head": "set furniture aside",
    "line-number": "set furniture aside",
    "watermark": "set furniture aside",
    "struck-out": "set struck-out text aside",
    "reference-mark": "set reference marks aside",
}
_UNSEEN = frozenset(reason for reason, repair in _REPAIRS.items() if repair == "set hidden text aside")
_TOLD = {"struck-out": "text-struck-out", "watermark": "text-watermark"}  # the finding on what stood within the text


def repair(pulled: Pulled) -> Repaired:
    """Unify characters, fold copies, read the layout of the pages, take runs of garbled headings once."""
    glyphs, renamed = _unify(exclude_unplaced(pulled.glyphs))
    drawn = pulled.layout == "page"
    folded, real_repeats = fold_overprints(glyphs) if drawn else ([], [])
    copies = {number for stack in folded for number in stack[1:]}
    layout = read_layout(pulled, glyphs, copies)
    body, unchained, findings = repair_garbled(list(layout.lines))
    lines = [Line(line.text, line.page, start) for line, start in zip(body, paragraph_starts(body), strict=True)]
    repairs = [
        Repair("unify forms", renamed),
        Repair("fold overprints", _removed(sorted(copies))),
        Repair("write scripts as signs", layout.signs),
        *_removals(layout.excluded),
        Repair("take repeated runs once", _removed(_glyphs_of(unchained))),
    ]
    notes = {normalise_mark(note.mark) for note in layout.notes}
    findings += [] if drawn else [_alone(line.text) for line in numbers_alone(layout.printed, layout.furniture)]
    findings += [_uneven(layout.ink, stack) for stack in real_repeats] + _hidden(layout.excluded)
    findings += _unmapped(layout.ink, copies) + find_columns(body)
    findings += find_collisions(layout.ink, layout.rows) if drawn else []
    findings += missing_pages(layout.printed, layout.furniture)
    findings += _unified(pulled.glyphs, layout.ink, renamed) + _without_width(pulled, layout.ink)
    findings += _set_aside(layout.excluded) + _without_note(layout.references, notes) + _remarks(pulled.annotations)
    return Repaired(
        ink=layout.ink,
        lines=tuple(lines),
        repairs=tuple(repair for repair in repairs if repair.became),
        findings=tuple(findings),
        notes=layout.notes,
        excluded=layout.excluded,
    )


def _removals(excluded: Iterable[ExcludedText]) -> list[Repair]:
    """The repairs that take out what is excluded, in the order of their table."""
    gone: dict[RepairName, list[int]] = {name: [] for name in _REPAIRS.values()}
    for piece in excluded:
        gone[_REPAIRS[piece.reason]] += _glyphs_of([piece.text])
    return [Repair(name, _removed(numbers)) for name, numbers in gone.items()]


def _glyphs_of(texts: Iterable[Text]) -> Iterator[int]:
    """The indices of the glyphs of texts, without glue."""
    return (origin for text in texts for origin in text.origins if origin != GLUE)


def _removed(numbers: Iterable[int]) -> dict[int, str]:
    """A Repair's `became` for removed glyphs."""
    return dict.fromkeys(numbers, "")


def _unify(glyphs: Sequence[Glyph]) -> tuple[Sequence[Glyph], dict[int, str]]:
    """Unify the characters of glyphs; also return the new text of each changed glyph, by index (⽅ → 方)."""
    variants = {text for text in {glyph.text for glyph in glyphs} if unify_character(text) != text}
    if not variants:
        return glyphs, {}
    renamed = {n: unify_character(glyph.text) for n, glyph in enumerate(glyphs) if glyph.text in variants}
    return [replace(g, text=renamed[n]) if n in renamed else g for n, g in enumerate(glyphs)], renamed


def _alone(text: Text) -> FindingDraft:
    return finding("number-alone", text, words=str(text))


def _hidden(excluded: Iterable[ExcludedText]) -> list[FindingDraft]:
    """Findings on what cannot be seen on its page as text of it (rotated, outside), one for each page and reason."""
    pages: dict[tuple[int, ExcludedReason], list[Text]] = defaultdict(list)
    for piece in excluded:
        if piece.reason in _UNSEEN:
            pages[_page(piece.text), piece.reason].append(piece.text)
    texts = {key: text_of_glyphs(pieces[0].ink, sorted(_glyphs_of(pieces))) for key, pieces in pages.items()}
    return [
        finding("text-hidden", evidence=cite(text)[:1], reason=reason, page=page, words=str(text))
        for (page, reason), text in texts.items()
    ]


def _page(text: Text) -> int:
    return text.ink.glyphs[text.origins[0]].page


def _set_aside(excluded: Iterable[ExcludedText]) -> list[FindingDraft]:
    """Findings on words that stand within the text and are none of it, one for each line."""
    return [
        finding(code, piece.text, words=str(piece.text))
        for piece in excluded
        if (code := _TOLD.get(piece.reason)) and piece.text.strip()
    ]


def _without_note(references: Iterable[Reference], notes: Container[str]) -> list[FindingDraft]:
    """Findings on marks that refer to no note of the guide, one for each mark."""
    lost: dict[str, list[Text]] = defaultdict(list)
    for reference in references:
        if reference.mark not in notes and reference.words:
            lost[reference.mark].append(reference.words)
    return [
        finding("note-missing", *words, mark=mark, words=[str(text) for text in words]) for mark, words in lost.items()
    ]


def _remarks(annotations: Iterable[Annotation]) -> list[FindingDraft]:
    """Findings on remarks that were put on pages and say something."""
    return [
        finding(
            "page-remark",
            evidence=(Evidence(page=remark.page, bbox=_rounded(remark.boxes[0]), quote=remark.words),),
            kind=remark.kind,
            words=remark.words,
        )
        for remark in annotations
        if remark.words
    ]


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


def _unified(raw: Sequence[Glyph], ink: GlyphTable, renamed: Mapping[int, str]) -> list[FindingDraft]:
    """A finding on the unified characters with their counts; characters that became spaces or nothing are left out."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, text in renamed.items():
        if text.strip():
            pairs[raw[number].text, text].append(number)
    if not pairs:
        return []
    firsts = [text_of_glyphs(ink, numbers[:1]) for numbers in pairs.values()]
    forms: list[dict[str, str | int]] = [
        {"printed": was, "read": became, "count": len(numbers)} for (was, became), numbers in pairs.items()
    ]
    return [finding("forms-unified", *firsts, forms=forms)]


def _without_width(pulled: Pulled, ink: GlyphTable) -> list[FindingDraft]:
    """A finding on type without widths: PDFium silently drops repeated characters of such type (1111 becomes 1)."""
    flat = [n for n, g in enumerate(ink.glyphs) if g.size > 0 and g.advance <= 0 and g.text.strip()]
    if pulled.reader != "pdfium" or not flat:
        return []
    return [finding("width-missing", evidence=cite(text_of_glyphs(ink, flat))[:1], count=len(flat))]


def _unmapped(ink: GlyphTable, dropped: set[int]) -> list[FindingDraft]:
    """Findings on glyphs without a character, one for each line: their fonts map them to none."""
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, glyph in enumerate(ink.glyphs):
        if is_unmapped(glyph.text) and number not in dropped:
            lines[glyph.page, ink.lines[number]].append(number)
    return [finding("glyph-unmapped", text_of_glyphs(ink, numbers), count=len(numbers)) for numbers in lines.values()]


def _uneven(ink: GlyphTable, stack: list[int]) -> FindingDraft:
    text = text_of_glyphs(ink, stack)
    return finding("overprint-uneven", text, words=str(text))
