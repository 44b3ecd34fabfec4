"""Marks that refer to notes (农业³, 协定》², 1800⁴万元) leave the text; what else is raised stays in it (m², 10⁴t)."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, pairwise, zip_longest
from typing import Literal

from msgspec import Struct

from extract.layout.lines import MeasuredLine
from extract.layout.notes import normalise_mark, printed_mark
from extract.layout.scripts import SMALLER, SUBSCRIPTS, SUPERSCRIPTS
from extract.model.text import Text, join_texts

_SIGNS = "⁺⁻ⁿⁱ⁽⁾" + SUPERSCRIPTS
_DIGIT = rf"[\d{SUPERSCRIPTS}]"
_NUMBER = rf"(?:{_DIGIT}{{1,2}}(?!{_DIGIT})|[①-⑳])"
_PART = rf"(?:注释?)?{_NUMBER}|注(?!释?{_NUMBER})释?|[*†‡※]+(?![*†‡※])"
_MARK = re.compile(rf"[⁽(（\[〔【]?(?:{_PART})[⁾)）\]〕】]?[,，、;； ]*")
_PARTS = re.compile(_PART)
_RUN = re.compile("r(?:s?r)*")
_LEVEL = re.compile(r"[①-⑳]|[\[〔【]注?\d{1,2}[\]〕】]|（注\d{1,2}）|注(?:\d{1,2}|[①-⑳])")
_LEVEL_BROKEN = re.compile(r"\d{1,2}(?!\d)")  # behind 注 on the line above
# In small type: a mark of the line above that found no room there.
_ALONE = re.compile(r"[\[〔【（]?(?:注释?)?(?:\d{1,2}|[①-⑳])[\]〕】）]?|[*†‡※]")
_ANY = re.compile(rf"[{_SIGNS}①-⑳*†‡※注\[〔【(（]|^\d")
_WORD_END = re.compile(r"[\w）》”%％]$")  # before a mark of the size of the text, not before the number of an item
_PAUSE = re.compile(r"[，。；：、）》”！？]|$")
_SENTENCE_END = tuple("。；：！？")
_FIGURE = re.compile(r"(?<![\d.])\d[\d,.]*$")
_LETTERS = re.compile(r"[A-Za-zμµΩ°]+$")
# Units that have squares and cubes.
_POWERS = frozenset(
    ("m", "cm", "mm", "km", "dm", "hm", "nm", "pm", "um", "μm", "µm", "Nm", "s", "ms", "ns", "μs", "µs")
)
_NO_POWERS = frozenset("tghdaLW")  # units that have none: 500t² refers to note 2
_COUNTED = re.compile(r"[万亿年项家名]|个[月项]")  # what no power of ten stands before: 10⁴万元, 10⁴个项目
_BEGUN = re.compile(rf"(?:⁻|\d[-−–])[{SUPERSCRIPTS}]*$")  # an exponent that is broken at the end of a line: 10⁻ | ³μm²
_ISOTOPE = re.compile(r"[A-Z][a-z]?(?![A-Za-z])")  # ¹³C, ⁶Li
_LOOKED_AT = 40  # characters before a mark by which it is told
_CITED = 12  # characters of the words before a mark that a reference quotes


class Reference(Struct, frozen=True):
    """A place that refers to a note: the mark, the words right before it, and the mark's own characters.

    `note` is the number of the note, where the form of the document says it.
    """

    mark: str
    words: Text
    sign: Text
    note: int | None = None


_Kind = Literal["mark", "figure", "power", "level", "script"]


class _Candidate(Struct, frozen=True):
    """What may be a mark in a line: where it and its run stand, the mark, and what stands around the run.

    `before` are words of the line above where the run begins its line, `below` those of the next line. `note` is the
    number of the note that it refers to for sure.
    """

    span: tuple[int, int]
    run: tuple[int, int]
    mark: str
    printed: str
    is_raised: bool
    before: str
    behind: str
    below: str
    note: int | None = None


def marks_in_text(rows: Sequence[MeasuredLine], signs: Mapping[int, str]) -> set[str]:
    """All marks that stand behind words, as notes are looked for; notes begin behind the end of a sentence."""
    return {
        one.mark
        for line in _lines_of_candidates(rows, signs)
        for one in line
        if _is_behind_words(one) and _kind(one, {one.mark}) != "script"
    }


def _is_behind_words(one: _Candidate) -> bool:
    """True if words stand before a mark on its line, or a sentence is not at its end on the line above."""
    return one.span[0] > 0 or (one.before != "" and not one.before.endswith(_SENTENCE_END))


def take_reference_marks(
    rows: Sequence[MeasuredLine],
    signs: Mapping[int, str],
    notes: Sequence[str],
    certain: Mapping[int, int],
) -> tuple[list[Text], list[Reference]]:
    """The lines without the marks that refer to notes, and these.

    `certain` are the glyphs of marks of which the form of the document says to which note they refer. `notes` are the
    marks of all other notes as printed.

    1. A raised digit behind words is a mark.
    2. Behind a figure or a formula it is one where such a note exists, or where marks behind words count up to it
       (², ³ before 1800⁴万元).
    3. Behind 10 it is an exponent, but before what is counted (10⁴万元) where nothing else refers to such a note. An
       exponent may go on from the line above (10⁻ | ³μm²).
    4. A mark of the size of the text (①, [1], 注1) is one where such a note exists to which nothing raised refers.
    """
    lines = [
        _with_certain(row.text, line, certain)
        for row, line in zip(rows, _lines_of_candidates(rows, signs), strict=True)
    ]
    taken = _references([one for line in lines for one in line], notes)
    printed = set(map(printed_mark, notes))
    texts: list[Text] = []
    references: list[Reference] = []
    above_words: Text | None = None
    for row, line in zip(rows, lines, strict=True):
        marks = [one for one in line if id(one) in taken]
        for place, one in enumerate(marks):
            sign = row.text[slice(*one.span)]
            if _is_broken(one, texts, printed):
                sign = join_texts((texts[-1][-1:], sign), sign)
                texts[-1] = texts[-1][:-1]
                above_words = texts[-1][-_CITED:] or above_words
            words = _without(row.text[: one.run[0]], [mark for mark in marks[:place] if mark.span[1] <= one.run[0]])
            references.append(Reference(one.mark, words[-_CITED:] or above_words or row.text[:0], sign, one.note))
        texts.append(_without(row.text, marks))
        above_words = texts[-1][-_CITED:] or above_words
    return texts, references


def _is_broken(one: _Candidate, above: Sequence[Text], printed: Container[str]) -> bool:
    """True if a mark begins on the line above: 注 | ③."""
    return one.span[0] == 0 and one.printed in printed and bool(above) and above[-1].plain.endswith("注")


def _references(candidates: Sequence[_Candidate], notes: Sequence[str]) -> set[int]:
    """The candidates that refer to notes, by their identities."""
    noted = set(map(normalise_mark, notes))
    kinds: dict[_Kind, list[_Candidate]] = defaultdict(list)
    for one in candidates:
        kinds[_kind(one, noted)].append(one)
    sure = {one.mark for one in kinds["mark"]}
    counted = noted | {str(int(mark) + 1) for mark in sure if mark.isdecimal()} | sure
    taken = kinds["mark"] + [one for one in kinds["figure"] if one.mark in counted]
    referred = {one.mark for one in taken}
    taken += [one for one in kinds["power"] if one.mark in noted - referred and _COUNTED.match(one.behind or one.below)]
    return {id(one) for one in taken + _level_references(kinds["level"], Counter(map(printed_mark, notes)), referred)}


def _level_references(
    candidates: Sequence[_Candidate], notes: Counter[str], referred: Container[str]
) -> list[_Candidate]:
    """The marks of the size of the text that refer to notes: one for each note, or those before a pause."""
    marks = [one for one in candidates if notes[one.printed] and one.mark not in referred]
    times = Counter(one.printed for one in marks)
    return [one for one in marks if times[one.printed] <= notes[one.printed] or _PAUSE.match(one.behind)]


def _without(text: Text, taken: Sequence[_Candidate]) -> Text:
    """A line without its marks."""
    if not taken:
        return text
    starts = [0, *(one.span[1] for one in taken)]
    ends = [*(one.span[0] for one in taken), len(text)]
    return join_texts((text[start:end] for start, end in zip(starts, ends, strict=True)), text)


def _lines_of_candidates(rows: Sequence[MeasuredLine], signs: Mapping[int, str]) -> Iterator[list[_Candidate]]:
    """What may be a mark, line by line; the numbers of pages are not among the lines."""
    above, size = "", 0.0
    for row, next_row in zip_longest(rows, rows[1:]):
        around = above, next_row.text.plain[:_LOOKED_AT] if next_row else ""
        if row.size <= SMALLER * size and _ALONE.fullmatch(row.text.chars):
            yield list(_parts(row.text, 0, len(row.text), around, is_raised=False))
            continue
        yield list(_candidates(row.text, signs, around))
        above, size = row.text.plain[-_LOOKED_AT:] or above, row.size


def _candidates(text: Text, signs: Mapping[int, str], around: tuple[str, str]) -> Iterator[_Candidate]:
    """The marks of a line: those in raised type, and those of the size of the text that stand behind a word."""
    if not _ANY.search(text.chars):
        return
    raised = "".join(map(partial(_type_of, signs), text.chars, text.origins))
    runs = [run.span() for run in _RUN.finditer(raised)]
    for start, end in runs:
        start, end = _with_brackets(text.chars, start, end)
        if _are_marks(text.chars, start, end) and not _is_isotope(text.plain, start, end):
            yield from _parts(text, start, end, around, is_raised=True)
    broken = _LEVEL_BROKEN.match(text.chars) if around[0].endswith("注") else None
    for match in chain([broken] if broken else [], _LEVEL.finditer(text.chars)):
        start, end = match.span()
        if "r" not in raised[start:end] and _WORD_END.search(text.plain[:start].rstrip() or around[0]):
            yield from _parts(text, start, end, around, is_raised=False)


def _with_certain(text: Text, found: list[_Candidate], certain: Mapping[int, int]) -> list[_Candidate]:
    """The candidates of a line, with the marks of which it is certain to which note they refer."""
    if not certain or not any(origin in certain for origin in text.origins):
        return found
    marks = []
    for note, group in groupby(range(len(text)), key=lambda at: certain.get(text.origins[at])):
        if note is not None:
            places = list(group)
            marks.append(_certain_mark(text, places[0], places[-1] + 1, note))
    spans = [mark.span for mark in marks]
    others = [one for one in found if all(one.span[1] <= start or end <= one.span[0] for start, end in spans)]
    return sorted([*marks, *others], key=lambda one: one.span)


def _certain_mark(text: Text, start: int, end: int, note: int) -> _Candidate:
    words = text.chars[start:end]
    return _Candidate(
        span=(start, end),
        run=(start, end),
        mark=normalise_mark(words),
        printed=printed_mark(words),
        is_raised=True,
        before=text.plain[max(0, start - _LOOKED_AT) : start],
        behind=text.plain[end : end + _LOOKED_AT],
        below="",
        note=note,
    )


def _type_of(signs: Mapping[int, str], char: str, origin: int) -> str:
    """r for a raised character, s for a space, . for any other."""
    if char in _SIGNS or (origin in signs and char not in SUBSCRIPTS):
        return "r"
    return "s" if char.isspace() else "."


def _with_brackets(chars: str, start: int, end: int) -> tuple[int, int]:
    """A raised run with the brackets of the size of the text around it: [²]."""
    around = chars[start - 1 : start] + chars[end : end + 1]
    return (start - 1, end + 1) if around in ("[]", "〔〕", "【】") else (start, end)


def _is_isotope(plain: str, start: int, end: int) -> bool:
    before = plain[start - 1 : start]
    return bool(_ISOTOPE.match(plain, end)) and not (before and (before.isalnum() or before in "）》"))


def _parts(text: Text, start: int, end: int, around: tuple[str, str], *, is_raised: bool) -> Iterator[_Candidate]:
    """The marks of a run, each with the signs behind it, the first with those before it, too: ²,³.

    `around` are the words above and below the line.
    """
    above, below = around
    before = text.plain[max(0, start - _LOOKED_AT) : start].rstrip() or above
    behind = text.plain[end : end + _LOOKED_AT].lstrip()
    letters = _LETTERS.search(before)
    if end - start == 2 and text.chars[start] in "²³" and letters and letters[0] in _POWERS:
        start, before = start + 1, before + text.chars[start]  # m²³: note 3 behind square metres
    numbers = [match.start() for match in _PARTS.finditer(text.chars, start, end)]
    begun = "注" if start == 0 and above.endswith("注") and "注" not in text.chars[start:end] else ""
    for first, last in pairwise([start, *numbers[1:], end]):
        words = text.chars[first:last]
        yield _Candidate(
            span=(first, last),
            run=(start, end),
            mark=normalise_mark(words),
            printed=begun + printed_mark(words.strip("（）")),
            is_raised=is_raised,
            before=before,
            behind=behind,
            below=below,
        )


def _kind(one: _Candidate, noted: Container[str]) -> _Kind:
    """What a candidate is; "figure" for a mark behind a figure or a formula, if there is such a note."""
    if one.note is not None:
        return "mark"
    if not one.is_raised:
        return "level"
    if (one.mark == "注" and one.mark not in noted) or _BEGUN.search(one.before):
        return "script"
    figure = _FIGURE.search(one.before)
    if figure:
        is_power = figure[0] == "10" and one.printed.isdecimal()
        return "power" if is_power else "mark" if one.mark in noted else "figure"
    if one.before[-1:] in (*SUBSCRIPTS, *SUPERSCRIPTS):
        return "figure"
    letters = _LETTERS.search(one.before)
    if letters is None or not one.mark.isdecimal():
        return "mark"
    is_unit = letters[0] in _POWERS or (len(letters[0]) == 1 and letters[0] not in _NO_POWERS)
    return "mark" if one.mark in noted and not is_unit else "script"


def _are_marks(words: str, start: int, end: int) -> bool:
    """True if words are marks, with what stands around and between them: ²,³ and （⁴）."""
    while match := _MARK.match(words, start, end):
        start = match.end()
    return start == end
