"""What stands on the pages: every glyph has its line or a reason why it is no text of the guide."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from extract.layout.aligned_tables import find_aligned_tables
from extract.layout.blocks import block_rows, find_block_notes
from extract.layout.furniture import find_furniture
from extract.layout.furniture.line_numbers import find_line_numbers
from extract.layout.furniture.ruby import find_ruby
from extract.layout.furniture.watermarks import find_watermarks
from extract.layout.hidden import find_in_flow
from extract.layout.lines import MeasuredLine, ReadRows, drawn_rows, measured_line, plain_rows
from extract.layout.notes import (
    NoteLines,
    find_cut_marks,
    find_notes,
    find_ruled_notes,
    marked_note,
    normalise_mark,
    printed_mark,
    rules_by_page,
)
from extract.layout.reference_marks import Reference, marks_in_text, take_reference_marks
from extract.layout.struck_out import find_struck_out
from extract.model.record import ExcludedReason
from extract.model.stages import ExcludedText, Layout, NoteText, Pulled
from extract.model.text import Glyph, GlyphTable, Text, join_texts, text_of_glyphs
from extract.profile.schema import Profile

_BESIDE_TEXT: tuple[tuple[ExcludedReason, Callable[[Sequence[Glyph], Sequence[Sequence[int]]], set[int]]], ...] = (
    ("line-number", find_line_numbers),  # the first: marks are in the middle of the text without them
    ("watermark", find_watermarks),
    ("ruby", find_ruby),
)
_LEVEL = ("hidden", "watermark", "line-number", "ruby")  # what stands on no line and yet on a baseline


class PageLayout(Struct, frozen=True):
    """The pages of a guide: the lines of its text, its notes, and what else is printed.

    `rows` are the glyphs line by line, `printed` the lines with all that stands on them but what is excluded within
    them, `furniture` those of them that are no text, by their indices. `signs` are the glyphs that are written
    as superscripts and subscripts. `unread_tables` are the lines with the heads of tables whose rows cannot be told.
    """

    ink: GlyphTable
    rows: Sequence[Sequence[int]]
    printed: Sequence[MeasuredLine]
    furniture: Mapping[int, ExcludedReason]
    lines: Sequence[MeasuredLine]
    notes: tuple[NoteText, ...]
    references: Sequence[Reference]
    excluded: tuple[ExcludedText, ...]
    signs: Mapping[int, str]
    unread_tables: tuple[Text, ...] = ()


def read_layout(
    pulled: Pulled, glyphs: Sequence[Glyph], copies: Collection[int], profile: Profile | None = None
) -> PageLayout:
    """The layout of a guide. `glyphs` are those of `pulled`, their characters unified; `copies` stand on no line.

    A profile knows the heads of tables without rules.
    """
    layout = _read_lines(pulled, glyphs, copies)
    if profile is None or pulled.layout != "page":
        return layout
    lines = [(line, index in layout.furniture) for index, line in enumerate(layout.printed) if line.cell is None]
    first = max((cell.cell.table for cell in pulled.cells), default=0) + 1
    tables = find_aligned_tables(lines, pulled.rulings, profile, first=first)
    if tables.cells:
        layout = _read_lines(replace(pulled, cells=(*pulled.cells, *tables.cells)), glyphs, copies)
    return replace(layout, unread_tables=tables.unread)


def _read_lines(pulled: Pulled, glyphs: Sequence[Glyph], copies: Collection[int]) -> PageLayout:
    rows, signs, excluded = _READ_ROWS[pulled.layout](pulled, glyphs, copies)
    signed = [replace(g, text=signs[n]) if n in signs else g for n, g in enumerate(glyphs)] if signs else glyphs
    drawn = pulled.layout == "page"
    numbers = [row.numbers for row in rows]
    lines = _number_lines(glyphs, numbers) if pulled.lines is None else pulled.lines
    ink = GlyphTable(signed, lines, drawn, pulled.blocks)
    printed = _inked([measured_line(ink, row, excluded) for row in rows])
    furniture, notes = _find_apart(pulled, printed, signs)
    noted = {index for note in notes for index in note.lines}
    body = [line for index, line in enumerate(printed) if index not in furniture and index not in noted]
    typed = [str(_sign(note, printed)) for note in notes if note.number is None]
    texts, references = take_reference_marks(body, signs, typed, pulled.references)
    return PageLayout(
        ink=ink,
        rows=numbers,
        printed=printed,
        furniture=furniture,
        lines=[replace(line, text=text) for line, text in zip(body, texts, strict=True) if text],
        notes=_note_texts(notes, printed, references),
        references=references,
        excluded=(
            *_by_line(ink, excluded),
            *(ExcludedText(reason, printed[index].text) for index, reason in furniture.items()),
            *(ExcludedText("reference-mark", reference.sign) for reference in references),
        ),
        signs=signs,
    )


def _find_apart(
    pulled: Pulled, printed: Sequence[MeasuredLine], signs: Mapping[int, str]
) -> tuple[Mapping[int, ExcludedReason], Sequence[NoteLines]]:
    """The lines that are furniture, and the notes. Documents of blocks say themselves what stands apart."""
    if pulled.blocks:
        return {}, find_block_notes(printed, pulled.blocks, signs, pulled.references)
    rules = rules_by_page(pulled.rulings)
    # Notes may be the same on many pages, at their feet: those below a rule are no running feet.
    tabular = {index for index, line in enumerate(printed) if line.cell}
    furniture = find_furniture(printed, pulled.layout == "page", tabular | find_ruled_notes(printed, rules))
    furniture = {**furniture, **dict.fromkeys(find_cut_marks(printed, tabular | furniture.keys()), "reference-mark")}
    text = [line for index, line in enumerate(printed) if index not in furniture]
    return furniture, find_notes(printed, tabular | furniture.keys(), rules, marks_in_text(text, signs))


def _plain(pulled: Pulled, glyphs: Sequence[Glyph], copies: Collection[int]) -> ReadRows:
    """The rows of plain text."""
    return plain_rows(pulled.lines or ()), {}, {}


def _inked(lines: Iterable[MeasuredLine]) -> list[MeasuredLine]:
    """The lines with words. Below one may be words that are struck out: it ends as short as they do, so that a
    paragraph is over where its last line is struck out.
    """
    inked: list[MeasuredLine] = []
    for line in lines:
        if line.text:
            inked.append(line)
        elif inked and inked[-1].page == line.page and inked[-1].baseline < line.baseline:
            inked[-1] = replace(inked[-1], x1=min(inked[-1].x1, line.x1))
    return inked


def _drawn(pulled: Pulled, glyphs: Sequence[Glyph], copies: Collection[int]) -> ReadRows:
    """The rows of drawn glyphs, the signs of scripts, and the excluded glyphs; those within a line keep their place."""
    excluded = {
        n: cast(ExcludedReason, g.excluded_reason)
        for n, g in enumerate(glyphs)
        if g.excluded_reason and n not in copies
    }
    kept = [n for n in range(len(glyphs)) if n not in copies and n not in excluded]
    excluded |= _find_beside_text(glyphs, kept)
    kept = [n for n in kept if n not in excluded]
    hidden = find_in_flow(glyphs, kept, excluded)
    rows, signs = drawn_rows(glyphs, sorted([*kept, *hidden]) if hidden else kept, pulled.rulings, pulled.cells)
    struck = find_struck_out(glyphs, pulled.rulings, pulled.annotations)
    excluded |= dict.fromkeys(struck - excluded.keys() - set(copies), "struck-out")
    return rows, {n: sign for n, sign in signs.items() if n not in excluded}, excluded


def _find_beside_text(glyphs: Sequence[Glyph], kept: Iterable[int]) -> dict[int, ExcludedReason]:
    """What is drawn over or beside lines of the text and stands on none of them."""
    found: dict[int, ExcludedReason] = {}
    pages = _inked_by_page(glyphs, kept)
    for reason, find in _BESIDE_TEXT:
        if numbers := find(glyphs, pages):
            found |= dict.fromkeys(numbers, reason)
            pages = [left for page in pages if (left := [number for number in page if number not in numbers])]
    return found


def _inked_by_page(glyphs: Sequence[Glyph], numbers: Iterable[int]) -> list[list[int]]:
    """The indices of the glyphs that are no space, page by page."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        if not glyphs[number].text.isspace():
            pages[glyphs[number].page].append(number)
    return list(pages.values())


def _number_lines(glyphs: Sequence[Glyph], rows: Sequence[Sequence[int]]) -> list[int]:
    """The line number of every glyph, from 1 on each page; 0 for glyphs on no line."""
    lines = [0] * len(glyphs)
    page = line = 0
    for numbers in rows:
        line = line + 1 if glyphs[numbers[0]].page == page else 1
        page = glyphs[numbers[0]].page
        for number in numbers:
            lines[number] = line
    return lines


def _sign(note: NoteLines, printed: Sequence[MeasuredLine]) -> Text:
    """The mark of a note as it stands before its words."""
    return printed[note.lines[0]].text[: note.start]


def _note_texts(
    notes: Sequence[NoteLines], printed: Sequence[MeasuredLine], references: Iterable[Reference]
) -> tuple[NoteText, ...]:
    """The notes with the words that refer to them: marks may begin anew on each page, and refer to its own notes."""
    pages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, note in enumerate(notes):
        pages[note.mark].append((printed[note.lines[0]].page, place))
    numbers = {note.number: place for place, note in enumerate(notes) if note.number is not None}
    words: dict[int, list[Text]] = defaultdict(list)
    missing: dict[str, list[Text]] = defaultdict(list)
    for one in references:
        if one.note in numbers:
            words[numbers[one.note]].append(one.words)
        elif one.mark in pages and one.words:
            page = one.sign.ink.glyphs[one.sign.origins[0]].page
            later = [place for at, place in pages[one.mark] if at >= page]
            words[later[0] if later else pages[one.mark][-1][1]].append(one.words)
        elif one.words:
            missing[one.mark].append(one.words)
    texts = (_note_text(note, printed, words[place]) for place, note in enumerate(notes))
    return tuple(note for text in texts for note in _on_one_line(text, missing))


def _note_text(note: NoteLines, printed: Sequence[MeasuredLine], references: Iterable[Text]) -> NoteText:
    first, *others = (printed[index].text for index in note.lines)
    sign = _sign(note, printed)
    return NoteText(
        mark=printed_mark(str(sign)),
        sign=sign,
        text=join_texts([first[note.start :], *others], first).strip(),
        references=tuple(references),
    )


def _on_one_line(note: NoteText, missing: dict[str, list[Text]]) -> Iterator[NoteText]:
    """Yield a note, and those that go on behind it, to which marks refer that have no note: 1 甲。 2 乙。"""
    mark = normalise_mark(note.mark)
    following = str(int(mark) + 1) if mark.isdecimal() else ""
    match = marked_note(note.text, following) if following in missing else None
    if match is None:
        yield note
        return
    yield replace(note, text=note.text[: match.start()].strip())
    sign, text = note.text[slice(*match.span("sign"))], note.text[match.end() :].strip()
    references = tuple(missing.pop(following))
    yield from _on_one_line(NoteText(printed_mark(str(sign)), sign, text, references), missing)


def _by_line(ink: GlyphTable, excluded: Mapping[int, ExcludedReason]) -> Iterator[ExcludedText]:
    """What is excluded, one text for each reason and line; what stands on no line, by how far down it is drawn."""
    lines: dict[tuple[ExcludedReason, int, int, float], list[int]] = defaultdict(list)
    for number in sorted(excluded):
        glyph, line, reason = ink.glyphs[number], ink.lines[number], excluded[number]
        level = round(glyph.bottom) if reason in _LEVEL and not line else 0
        lines[reason, glyph.page, line, level].append(number)
    for (reason, _, line, _), numbers in lines.items():
        if reason == "line-number":
            parts = _figures(ink, numbers)
        else:
            parts = _stretches(numbers) if line and reason == "hidden" else [numbers]
        for part in parts:
            text = text_of_glyphs(ink, part)
            if text.strip():
                yield ExcludedText(reason, text)


def _stretches(numbers: Sequence[int]) -> list[list[int]]:
    """What is hidden on a line of the text, apart where words of the text stand between."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    return stretches


def _figures(ink: GlyphTable, numbers: Sequence[int]) -> list[list[int]]:
    """The line numbers that stand at one height, beside several columns."""
    figures: list[list[int]] = []
    for number in numbers:
        glyph = ink.glyphs[number]
        if figures and 0 <= glyph.x0 - ink.glyphs[figures[-1][-1]].x0 <= glyph.size:
            figures[-1].append(number)
        else:
            figures.append([number])
    return figures


_READ_ROWS: dict[Layout, Callable[[Pulled, Sequence[Glyph], Collection[int]], ReadRows]] = {
    "page": _drawn,
    "lines": _plain,
    "blocks": block_rows,
}
