"""Repair glyphs into clean lines: fold copies, exclude page furniture; each removal is recorded as a Repair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from extract.layout.collisions import find_collisions
from extract.layout.columns import find_columns
from extract.layout.lines import drawn_rows, measured_line, plain_rows
from extract.layout.page_furniture import find_furniture, missing_pages, numbers_alone
from extract.layout.paragraphs import paragraph_starts
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line, Pulled, Repair, Repaired
from extract.model.text import GLUE, Glyph, GlyphTable, Text, is_unmapped, text_of_glyphs
from extract.repair.characters import exclude_unplaced, unify_character
from extract.repair.garbled_headings import repair_garbled
from extract.repair.overprint import fold_overprints


def repair(pulled: Pulled) -> Repaired:
    """Unify characters, fold copies, join glyphs to lines in reading order, exclude furniture, mark paragraphs."""
    glyphs, renamed = _unify(exclude_unplaced(pulled.glyphs))
    drawn = pulled.layout == "page"
    folded, spared = fold_overprints(glyphs) if drawn else ([], [])
    dropped = {number for pile in folded for number in pile[1:]}
    hidden = {number for number, glyph in enumerate(glyphs) if glyph.excluded_reason} - dropped
    rows = (
        drawn_rows(glyphs, (n for n in range(len(glyphs)) if n not in dropped and n not in hidden))
        if pulled.lines is None
        else plain_rows(pulled.lines)
    )
    ink = GlyphTable(glyphs, _lines(glyphs, rows) if pulled.lines is None else pulled.lines, drawn)
    printed = [line for line in (measured_line(ink, row) for row in rows) if line.text]
    furniture = find_furniture(printed, drawn)
    body, unchained, findings = repair_garbled([line for i, line in enumerate(printed) if i not in furniture])
    lines = [Line(line.text, line.page, start) for line, start in zip(body, paragraph_starts(body), strict=True)]
    repairs = [
        Repair("unify forms", renamed),
        Repair("fold overprints", _gone(sorted(dropped))),
        Repair("set hidden text aside", _gone(sorted(hidden))),
        Repair("set furniture aside", _gone(_inked(printed[index].text for index in sorted(furniture)))),
        Repair("take repeated runs once", _gone(_inked(unchained))),
    ]
    findings += [] if drawn else [_alone(line.text) for line in numbers_alone(printed, furniture)]
    findings += (
        [_spared(ink, pile) for pile in spared] + _hidden(ink, hidden) + _unmapped(ink, dropped) + find_columns(body)
    )
    findings += (find_collisions(ink, rows) if drawn else []) + missing_pages(printed, furniture)
    findings += _unified(pulled.glyphs, ink, renamed) + _without_width(pulled, ink)
    return Repaired(ink, tuple(lines), tuple(r for r in repairs if r.became), tuple(findings))


def _inked(texts: Iterable[Text]) -> Iterator[int]:
    """The indices of the glyphs of texts, without glue."""
    return (origin for text in texts for origin in text.origins if origin != GLUE)


def _gone(numbers: Iterable[int]) -> dict[int, str]:
    """A Repair's `became` for removed glyphs."""
    return dict.fromkeys(numbers, "")


def _unify(glyphs: Sequence[Glyph]) -> tuple[Sequence[Glyph], dict[int, str]]:
    """Unify the characters of glyphs; also return the new text of each changed glyph, by index (⽅ → 方)."""
    variants = {text for text in {glyph.text for glyph in glyphs} if unify_character(text) != text}
    if not variants:
        return glyphs, {}
    renamed = {n: unify_character(glyph.text) for n, glyph in enumerate(glyphs) if glyph.text in variants}
    return [replace(g, text=renamed[n]) if n in renamed else g for n, g in enumerate(glyphs)], renamed


def _lines(glyphs: Sequence[Glyph], rows: list[list[int]]) -> list[int]:
    """The line number of every glyph, from 1 on each page; 0 for glyphs on no line."""
    lines = [0] * len(glyphs)
    page = line = 0
    for numbers in rows:
        line = line + 1 if glyphs[numbers[0]].page == page else 1
        page = glyphs[numbers[0]].page
        for number in numbers:
            lines[number] = line
    return lines


def _alone(text: Text) -> FindingDraft:
    return finding("number-alone", text, words=str(text))


def _hidden(ink: GlyphTable, hidden: set[int]) -> list[FindingDraft]:
    """Findings on excluded glyphs (rotated, outside the page), one for each page and reason."""
    pages: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number in sorted(hidden):
        pages[ink.glyphs[number].page, ink.glyphs[number].excluded_reason].append(number)
    texts = {key: text_of_glyphs(ink, numbers) for key, numbers in pages.items()}
    return [
        finding("text-hidden", evidence=cite(text)[:1], reason=reason, page=page, words=str(text))
        for (page, reason), text in texts.items()
        if text.strip()
    ]


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


def _spared(ink: GlyphTable, pile: list[int]) -> FindingDraft:
    text = text_of_glyphs(ink, pile)
    return finding("overprint-uneven", text, words=str(text))
