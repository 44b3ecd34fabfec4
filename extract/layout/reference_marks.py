"""Marks that refer to notes (农业³, 协定》², 1800⁴万元) leave the text; what else is raised stays in it (m², 10⁴t)."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extract.layout.lines import MeasuredLine
from extract.layout.notes import normalise_mark
from extract.layout.scripts import SUPERSCRIPTS
from extract.model.text import Text, join_texts

_SIGN = rf"[⁺⁻ⁿⁱ{SUPERSCRIPTS}]"
_DIGITS_ONLY = re.compile(rf"[{SUPERSCRIPTS}]{{1,2}}")
_RUN = re.compile(
    rf"(?<!{_SIGN})[{SUPERSCRIPTS}]{{1,2}}(?!{_SIGN})|[①-⑳*†‡※]+|[\[〔(（]\d{{1,2}}[\]〕)）]|[\[〔]{_SIGN}{{1,2}}[\]〕]"
)
_FIGURE = re.compile(r"(?<![\d.])\d[\d,.]*$")
_LETTERS = re.compile(r"[A-Za-zμµΩ°]+$")
_POWERS = frozenset(("m", "cm", "mm", "km", "dm", "nm", "um", "μm", "µm", "s"))  # units that have squares and cubes
_NO_POWERS = frozenset("tghdaLW")  # units that have none: 500t² refers to note 2
_ISOTOPE = re.compile(r"[A-Z][a-z]?(?![A-Za-z])")  # ¹³C, ⁶Li
_CITED = 12  # characters of the words before a mark that a reference quotes


class Reference(Struct, frozen=True):
    """A place that refers to a note: the mark, the words right before it, and the mark's own characters."""

    mark: str
    words: Text
    sign: Text


class _Raised(Struct, frozen=True):
    """A raised mark in a line: where it stands, the mark, and what stands before it."""

    span: tuple[int, int]
    mark: str
    before: str


def raised_marks(rows: Sequence[MeasuredLine], signs: dict[int, str]) -> set[str]:
    """All marks that stand raised somewhere, as notes are looked for."""
    return {found.mark for row in rows for found in _raised(row.text, signs, "") if found.span[0]}


def take_reference_marks(
    rows: Sequence[MeasuredLine], signs: dict[int, str], noted: set[str]
) -> tuple[list[Text], list[Reference]]:
    """The lines without the marks that refer to notes, and these. `noted` are the marks of the notes.

    A raised digit behind words is a mark. Behind 10 it is an exponent; behind another figure it is a mark where such
    a note exists, or where marks behind words count up to it (², ³ before 1800⁴万元), else it stays.
    """
    raised: list[list[_Raised]] = []
    above = ""
    for row in rows:
        raised.append(list(_raised(row.text, signs, above)))
        above = row.text.plain[-_CITED:] or above
    sure = {found.mark for line in raised for found in line if _kind(found, noted) == "mark"}
    counted = noted | {str(int(mark) + 1) for mark in sure if mark.isdecimal()} | sure
    texts: list[Text] = []
    references: list[Reference] = []
    above_words: Text | None = None
    for row, line in zip(rows, raised, strict=True):
        taken = [found for found in line if _refers(found, noted, counted)]
        for found in taken:
            start, end = found.span
            words = row.text[max(0, start - _CITED) : start] or above_words or row.text[:0]
            references.append(Reference(found.mark, words, row.text[start:end]))
        texts.append(_without(row.text, taken))
        above_words = texts[-1][-_CITED:] or above_words
    return texts, references


def _refers(found: _Raised, noted: set[str], counted: set[str]) -> bool:
    kind = _kind(found, noted)
    return kind == "mark" or (kind == "figure" and found.mark in counted)


def _without(text: Text, taken: Sequence[_Raised]) -> Text:
    """A line without its marks."""
    if not taken:
        return text
    starts = [0, *(found.span[1] for found in taken)]
    ends = [*(found.span[0] for found in taken), len(text)]
    return join_texts((text[start:end] for start, end in zip(starts, ends, strict=True)), text)


def _raised(text: Text, signs: dict[int, str], above: str) -> Iterator[_Raised]:
    """The marks of a line that are raised: superscript digits, and other marks in raised type."""
    if text.chars.isascii():
        return
    for match in _RUN.finditer(text.chars):
        start, end = match.span()
        is_raised = bool(_DIGITS_ONLY.search(match[0])) or all(n in signs for n in text.origins[start:end])
        before = text.plain[start - 1 : start]
        if _ISOTOPE.match(text.plain, end) and not (before and (before.isalnum() or before in "）》”")):
            continue
        if is_raised:
            before = text.plain[:start].rstrip() or above
            yield _Raised((start, end), normalise_mark(match[0]), before)


def _kind(found: _Raised, noted: set[str]) -> str:
    """Return "mark", "figure" for one behind a figure that is none by itself, or "script" for what stays."""
    figure = _FIGURE.search(found.before)
    if figure:
        return "script" if figure[0] == "10" else "mark" if found.mark in noted else "figure"
    letters = _LETTERS.search(found.before)
    if letters is None or not found.mark.isdecimal():
        return "mark"
    is_unit = letters[0] in _POWERS or (len(letters[0]) == 1 and letters[0] not in _NO_POWERS)
    return "mark" if found.mark in noted and not is_unit else "script"
