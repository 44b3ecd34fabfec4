"""Find the starts of paragraphs by indents, by the space between lines, or by lines that end short."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

from extract.layout.furniture.plain_heads import OF_TEXT
from extract.layout.lines import MeasuredLine, has_cell_at
from extract.layout.list_lines import item_starts
from extract.layout.text_block import (
    BEGINNING,
    CENTRED_WITHIN,
    MAX_FULL_LINE_ROOM,
    MIN_CENTRED,
    MIN_CONTINUED,
    MIN_JUDGED,
    MIN_MARGIN_LINES,
    SAME_SIZE,
    SENTENCE_END,
    align,
    centre_of,
    ends_full_within_sentence,
    gaps_of,
    is_full,
    level_widths,
    measure_of,
)
from extract.model.text import Cell, typeface

_MIN_INDENT = 1.2  # ems from the margin to an indented line
_UNSTOPPED_ROOM = 6  # more ems left by a line that ends its paragraph without a full stop
_NOT_LAST = tuple("、，（(《〈“‘")  # no paragraph ends with these
_HYPHENED = re.compile(r"\d-$")
_USUAL_INDENT, _MAX_INDENT = 2, 5  # ems
_FULL_IN_CELL = 2.5  # sizes of type that a full line leaves of its cell, with the room at its edges
_SOME_ROOM = 0.1  # ems: a line of the text begins nearer to the margin
_USUAL_SHARE = 0.6  # of the paragraphs have a sign that nearly all should have; headings have none
_LONGEST_PRINTED = 50  # ems of a printed line, at the most
_UNIT = re.compile("个|项|[千万亿]*元|[万亿]|年|月|日|%|家|倍")
_BRACKETED_WORDS = re.compile("（(?!(?:[\\d一二三四五六七八九十]{1,3})）)")
_BARE_LABEL = re.compile("[\u4e00-\u9fff（）]{2,16} *[：:]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NOT_FIRST = tuple("、，。；：！？）》〉”’】,.;:!?)")  # no paragraph starts with these


class LineBreak(Struct, frozen=True):
    """The break between two printed lines: does the second start a paragraph?

    `brackets` counts the brackets that are open at the end of the first, `after_start` is True if the first starts a
    paragraph, or may.
    """

    index: int  # of the second line
    before: MeasuredLine
    row: MeasuredLine
    brackets: Counter[str]
    after_start: bool


class LayoutSigns(Struct, frozen=True):
    """The signs by which a guide's layout sets paragraphs apart, with what they are measured by; computed once.

    A sign has two uses: a line with it starts a paragraph; and where nearly all paragraphs have it, a line without it
    continues one.
    """

    has_whole_lines: bool  # every line is a whole paragraph
    measure: float  # the right edge of full lines
    centre: float  # the middle of centred lines
    first: float | None  # where full first lines begin; one with an indent of 3 may have as much room at its end
    has_indents: bool
    is_usually_indented: bool  # most paragraphs start with an indent
    has_spacing: bool  # space between paragraphs
    is_usually_spaced: bool
    lost_indent: float  # ems
    resumes_at_margin: bool  # a paragraph that a page cuts goes on without an indent
    gaps: Sequence[int | None]
    in_cell: Sequence[bool]
    set_in: Sequence[bool]  # lines of values that are set in as a whole, below their labels

    def has_room(self, at: LineBreak) -> bool:
        """True if a line ends with clear room left; without a full stop it needs more room to end its paragraph."""
        extra_room = 0 if at.before.text.plain.endswith(SENTENCE_END) else _UNSTOPPED_ROOM
        return not (_is_within_number(at) or is_full(at.before, at.row, self.measure, extra_room))


def paragraph_starts(rows: Sequence[MeasuredLine]) -> list[bool | None]:
    """Return for each line True if it starts a paragraph, False if not, None if the layout does not decide.

    Lines of tables are told by their cells, all others as if there were none.
    """
    text = [row for row in rows if row.cell is None]
    starts = iter(_text_starts(text))
    if len(text) == len(rows):
        return list(starts)
    found: list[bool | None] = []
    ends: dict[Cell | None, MeasuredLine] = {}  # the last line of each cell so far, which may stand on the page before
    for before, row in pairwise([None, *rows]):
        assert row is not None
        own = None if row.cell else next(starts)
        below_table = before is not None and before.cell is not None
        found.append(_starts_in_cell(ends.get(row.cell), row) if row.cell else True if below_table else own)
        ends[row.cell] = row
    return item_starts(rows, found)


def _starts_in_cell(before: MeasuredLine | None, row: MeasuredLine) -> bool | None:
    """True for the first line of a cell, and below a short line; None below one that ends within a sentence."""
    if before is None:
        return True
    if before.right - before.x1 <= _FULL_IN_CELL * before.size:
        return False
    return True if before.text.plain.endswith(SENTENCE_END) else None


def _text_starts(rows: Sequence[MeasuredLine]) -> list[bool | None]:
    """Return for each line True if it starts a paragraph, False if not, None if the layout does not decide.

    The rules are asked in order; the first that answers decides.
    """
    in_cell = [_is_in_cell(rows, index) for index in range(len(rows))]
    rows = level_widths(align(rows))
    signs = _find_signs(rows, in_cell)
    starts: list[bool | None] = [True] if rows else []
    brackets = Counter[str]()
    for index, (before, row) in enumerate(pairwise(rows), 1):
        brackets = _left_open(before, Counter() if starts[-1] else brackets)
        at = LineBreak(index, before, row, brackets, after_start=starts[-1] is not False)
        answers = (rule(signs, at) for rule in _RULES)
        starts.append(next((answer for answer in answers if answer is not None), None))
    return starts


def _find_signs(rows: Sequence[MeasuredLine], in_cell: Sequence[bool]) -> LayoutSigns:
    measure, centre = measure_of(rows), centre_of(rows)
    first = _first_indent(rows, measure)
    gaps = gaps_of(rows, measure)
    indented = [_is_indented(row) and not _is_centred(row, centre, first) for row in rows]
    after_end = [
        index
        for index, (before, row) in enumerate(pairwise(rows), 1)
        if before.text.plain.endswith(SENTENCE_END) and not is_full(before, row, measure, 1)
    ]
    return LayoutSigns(
        has_whole_lines=_has_whole_lines(rows),
        measure=measure,
        centre=centre,
        first=first,
        has_indents=_is_sign([sign for row, sign in zip(rows, indented, strict=True) if abs(row.x0) < 8 * row.size]),
        is_usually_indented=_is_usual([indented[index] for index in after_end]),
        has_spacing=_is_sign([gap is not None and gap > 0 for gap in gaps]),
        is_usually_spaced=_is_usual([gaps[index] == 1 for index in after_end if gaps[index] is not None]),
        lost_indent=_lost_indent(rows, measure),
        resumes_at_margin=any(
            before.page != row.page and not _is_indented(row) and ends_full_within_sentence(before, measure)
            for before, row in pairwise(rows)
        ),
        gaps=gaps,
        in_cell=in_cell,
        set_in=_set_in(rows, measure),
    )


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────────


def _rule_by_first_mark(_signs: LayoutSigns, at: LineBreak) -> bool | None:
    """No paragraph starts with a closing mark."""
    return False if at.row.text.chars.startswith(_NOT_FIRST) else None


def _rule_by_whole_line(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """Where lines are whole paragraphs, as Word and browsers save them, every line starts one."""
    return True if signs.has_whole_lines and not _is_open(at) else None


def _rule_by_font(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """Behind the end of a sentence a line set in another font starts a paragraph: a heading in bold."""
    if signs.in_cell[at.index] or not at.before.text.plain.endswith(SENTENCE_END):
        return None
    before, row = _chinese_fonts(at.before), _chinese_fonts(at.row)
    return True if before and row and before.isdisjoint(row) else None


def _chinese_fonts(row: MeasuredLine) -> set[str]:
    glyphs = (row.text.ink.glyphs[origin] for origin in row.text.origins if origin >= 0)
    return {typeface(glyph.font) for glyph in glyphs if glyph.font and _CHINESE.match(glyph.text)}


def _rule_by_centring(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """A centred line and one that is none are two paragraphs; centred lines of one size are one heading.

    The first line of a centred heading may be nearly as wide as the text.
    """
    before, row = (_is_centred(line, signs.centre, signs.first) for line in (at.before, at.row))
    before = before or (row and _is_wide_and_centred(at.before, signs.centre))
    if signs.in_cell[at.index] or not (before or row):
        return None
    if before and row:
        is_apart = signs.gaps[at.index] == 1 or abs(at.before.size - at.row.size) > SAME_SIZE * at.row.size
        is_cells = " " in at.row.text.plain
        return None if is_apart or is_cells or at.before.text.plain.endswith(SENTENCE_END) else False
    return True if before or at.before.text.plain.endswith(SENTENCE_END) or signs.has_room(at) else None


def _rule_by_indent(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """Where first lines are indented (or outdented), a line without an indent continues.

    A heading without an indent stands apart from the sentence before.
    """
    if not signs.has_indents:
        return None
    is_indented = _is_indented(at.row) and not signs.in_cell[at.index]
    # In a value that is set in as a whole, the line may also be the next item of a list without marks.
    is_moved = _is_cut_by_page(signs, at) or _is_of_another_margin(at) or signs.set_in[at.index]
    if is_indented and is_moved and _may_go_on(signs, at):
        return None
    is_heading = signs.gaps[at.index] == 1 and at.before.text.plain.endswith(SENTENCE_END)
    if is_indented or signs.has_room(at) or is_heading:
        return True
    return False if signs.is_usually_indented else None


def _may_go_on(signs: LayoutSigns, at: LineBreak) -> bool:
    """True if the words of a line may go on from a full one above it: that ends within a sentence."""
    is_within = not at.before.text.plain.endswith(SENTENCE_END) and not signs.has_room(at)
    return is_within and not BEGINNING.match(at.row.text.plain)


def _is_cut_by_page(signs: LayoutSigns, at: LineBreak) -> bool:
    """True between two pages where browsers indent the rest of a paragraph on the next one anew."""
    return at.before.page != at.row.page and not signs.resumes_at_margin


def _is_of_another_margin(at: LineBreak) -> bool:
    """True if a line left of the margin stands below one that begins no further right than a first line does.

    Then most lines that go on stand beside labels, as values do in a column of their own.
    """
    return at.row.x0 < 0 and 0 <= at.before.x0 - at.row.x0 <= _MAX_INDENT * at.row.size


def _rule_by_open_words(_signs: LayoutSigns, at: LineBreak) -> bool | None:
    """No paragraph ends with an opening mark, within brackets, or within a number."""
    return False if _is_open(at) else None


def _is_open(at: LineBreak) -> bool:
    """True if the words of a line cannot be the last of a paragraph."""
    has_open_mark = at.before.text.chars.endswith(_NOT_LAST)
    return has_open_mark or _is_within_number(at) or _is_within(at.before, at.row, at.brackets)


def _is_within_number(at: LineBreak) -> bool:
    """True between 010- and 58263448, which may stay with an address behind it."""
    return _HYPHENED.search(at.before.text.plain) is not None and at.row.text.plain[:1].isdecimal()


def _rule_by_gap(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """Where there is space between paragraphs, a line without space above it continues."""
    gap = signs.gaps[at.index]
    if not signs.has_spacing or gap is None:
        return None
    if gap == 1 or signs.has_room(at):
        return True
    return False if signs.is_usually_spaced else None


def _rule_by_room(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """As in most plain text: a line with room left ends its paragraph; a full line decides nothing."""
    indent = signs.lost_indent if at.after_start else 0
    return None if is_full(at.before, at.row, signs.measure, indent) else True


_RULES: Sequence[Callable[[LayoutSigns, LineBreak], bool | None]] = (
    _rule_by_first_mark,
    _rule_by_whole_line,
    _rule_by_font,
    _rule_by_centring,
    _rule_by_indent,
    _rule_by_open_words,
    _rule_by_gap,
    _rule_by_room,
)


# ── signs ─────────────────────────────────────────────────────────────────────────────────────────────


def _is_in_cell(rows: Sequence[MeasuredLine], index: int) -> bool:
    """True if a line continues a cell of a table: a line above has a gap, and words behind it at the same x."""
    line, first = rows[index], index - 1
    if not line.text.ink.drawn:
        return False
    while first > 0 and rows[first].page == line.page and abs(rows[first].x0 - line.x0) < 0.5 * line.size:
        first -= 1
    above = rows[max(first, 0)]
    return above.page == line.page and above.x0 < line.x0 and has_cell_at(above, line.x0)


def _set_in(rows: Sequence[MeasuredLine], measure: float) -> list[bool]:
    """For each line True if it stands where a value begins that is set in below its label, and where lines of such
    values go on: more often than at the margin.
    """
    found = [False] * len(rows)
    indent: float | None = None
    same = back = 0
    for index, (before, row) in enumerate(pairwise(rows), 1):
        is_open = ends_full_within_sentence(before, measure) and not BEGINNING.match(row.text.plain)
        if _BARE_LABEL.fullmatch(before.text.plain) and row.x0 - before.x0 >= _MIN_INDENT * row.size:
            indent = row.x0
        elif indent is not None and abs(row.x0 - indent) < _SOME_ROOM * row.size:
            found[index] = True
            same += is_open
        else:
            back += is_open and indent is not None
            indent = None
    return found if same > back else [False] * len(rows)


def _lost_indent(rows: Sequence[MeasuredLine], measure: float) -> float:
    """The indent in ems that first lines lost in plain text: mostly 2, or the commonest difference from the measure."""
    firsts = [
        round(measure - row.x1)
        for before, row in pairwise(rows)
        if before.text.plain.endswith(SENTENCE_END) and re.search("[\u4e00-\u9fff]$", row.text.plain)
    ]
    lacking = Counter(ems for ems in firsts if 0 <= ems <= _MAX_INDENT)
    ems, times = lacking.most_common(1)[0] if lacking else (0, 0)
    return float(max(ems, _USUAL_INDENT)) if times >= MIN_MARGIN_LINES else _USUAL_INDENT


def _left_open(row: MeasuredLine, above: Counter[str]) -> Counter[str]:
    """Count the brackets of each kind still open at the end of a line, from the start of its paragraph."""
    plain = row.text.plain
    return Counter({kind: above[kind] + plain.count(kind[0]) - plain.count(kind[1]) for kind in ("（）", "《》")})


def _is_within(before: MeasuredLine, row: MeasuredLine, brackets: Counter[str]) -> bool:
    """True if a line begins inside brackets or a title 《》, with a bracketed remark, or with the unit of a figure.

    The line before may have room left because the next word cannot break: 量子信息 | （PLM）.
    """
    if before.text.plain[-1:].isdigit() and _UNIT.match(row.text.plain):
        return True
    if any(count > 0 for count in brackets.values()):
        return True
    return not before.text.plain.endswith(SENTENCE_END) and _BRACKETED_WORDS.match(row.text.plain) is not None


def _is_sign(signs: Sequence[bool]) -> bool:
    """True if a sign of paragraph starts is on at least one in 20 lines, and not on all."""
    return sum(signs) >= len(signs) // 20 + 1 and not all(signs)


def _is_usual(signs: Sequence[bool]) -> bool:
    """True if most lines that follow the end of a paragraph have a sign; too few to judge count as most."""
    return len(signs) < MIN_JUDGED or sum(signs) > _USUAL_SHARE * len(signs)


def _first_indent(rows: Sequence[MeasuredLine], measure: float) -> float | None:
    """Where full lines with an indent begin; centred lines that are full have none."""
    indents = Counter(
        round(row.x0, 1) for row in rows if _is_indented(row) and row.x1 > measure - MAX_FULL_LINE_ROOM * row.size
    )
    first, times = indents.most_common(1)[0] if indents else (0.0, 0)
    return first if times >= MIN_JUDGED else None


def _is_indented(row: MeasuredLine) -> bool:
    return abs(row.x0) >= _MIN_INDENT * row.size


def _has_whole_lines(rows: Sequence[MeasuredLine]) -> bool:
    """True if lines of plain text are whole paragraphs: some are longer than a printed line, and none is continued."""
    if not rows or rows[0].text.ink.drawn or max(row.x1 - row.x0 for row in rows) < _LONGEST_PRINTED:
        return False
    continued = [
        before
        for before, row in pairwise(rows)
        if before.x1 - before.x0 >= MIN_CONTINUED
        and not before.text.plain.endswith(SENTENCE_END)
        and not OF_TEXT.match(row.text.plain)
    ]
    return len(continued) <= len(rows) // 20


def _is_centred(row: MeasuredLine, centre: float, first: float | None) -> bool:
    """True if a line has the same room on both sides, more than an indent, and does not begin where first lines do."""
    aside = row.x0 + row.x1 - 2 * centre
    if first is not None and abs(row.x0 - first) <= _SOME_ROOM * row.size:
        return False
    return row.text.ink.drawn and row.x0 >= MIN_CENTRED * row.size and abs(aside) <= CENTRED_WITHIN * row.size


def _is_wide_and_centred(row: MeasuredLine, centre: float) -> bool:
    """True if a line has the same room on both sides, less than a centred one and yet some."""
    aside = row.x0 + row.x1 - 2 * centre
    return row.x0 > _SOME_ROOM * row.size and abs(aside) <= _SOME_ROOM * row.size
