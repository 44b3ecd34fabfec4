"""Find the starts of paragraphs by indents, by the space between lines, or by lines that end short."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extract.layout.furniture.plain_heads import OF_TEXT
from extract.layout.lines import MeasuredLine, has_cell_at
from extract.layout.list_lines import item_starts
from extract.model.text import GLUE, Cell, Text, display_width

_MIN_INDENT = 1.2  # ems from the margin to an indented line
_MAX_FULL_LINE_ROOM = 1.6  # ems left of the measure by a full line
# What stays on one line; 网https://… is one word to some programs.
_UNBREAKABLE = re.compile(r"[（(《〈“‘【\[]*(?:[!-~²³¹µμΩ°⁰-₟−–—×±≤≥]+|.[!-~]{8,}|.)[，。、；：！？）》〉”’】]*")
_UNSTOPPED_ROOM = 6  # more ems left by a line that ends its paragraph without a full stop
_NOT_LAST = tuple("、，（(《〈“‘")  # no paragraph ends with these
_HYPHENED = re.compile(r"\d-$")
_USUAL_INDENT, _MAX_INDENT = 2, 5  # ems
_MIN_MARGIN_LINES = 4  # continuation lines that begin at the same x, to establish a margin
_SENTENCE_END = tuple("。；：！？")
_FULL_IN_CELL = 2.5  # sizes of type that a full line leaves of its cell, with the room at its edges
_MIN_CENTRED = 3  # ems left on both sides of a centred line
_CENTRED_WITHIN = 0.6  # ems between the room on the left and on the right of a centred line
_SHARED = 0.4  # of the lines end at one right edge, which is that of the text
_SOME_ROOM = 0.1  # ems: a line of the text begins nearer to the margin
_SAME_SIZE = 0.05  # the difference between two sizes of the lines of one heading, in sizes
_MIN_JUDGED = 3  # lines by which a sign, or the distance of lines, is judged
_USUAL_SHARE = 0.6  # of the paragraphs have a sign that nearly all should have; headings have none
_MEDIAN_STEPS = 1.3  # from line to line, in median steps, at the start of a paragraph
_LINE_STEPS = 1.12  # the same, in steps from line to line within paragraphs
_LONGEST_PRINTED = 50  # ems of a printed line, at the most
_MIN_CONTINUED = 15  # ems of a line that the next line continues
_UNIT = re.compile("个|项|[千万亿]*元|[万亿]|年|月|日|%|家|倍")
_BRACKETED_WORDS = re.compile("（(?!(?:[\\d一二三四五六七八九十]{1,3})）)")
# A label, a number or a marker, with which a line begins something of its own.
_BEGINNING = re.compile(
    r"[\u4e00-\u9fff（）]{2,16} *：|【|\d{1,2}[.、]|（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）、]"
    r"|[①-⒇]|第.{1,3}[部章条]"
)
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

    def has_room(self, at: LineBreak) -> bool:
        """True if a line ends with clear room left; without a full stop it needs more room to end its paragraph."""
        extra_room = 0 if at.before.text.plain.endswith(_SENTENCE_END) else _UNSTOPPED_ROOM
        return not (_is_within_number(at) or _is_full(at.before, at.row, self.measure, extra_room))


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
    return True if before.text.plain.endswith(_SENTENCE_END) else None


def _text_starts(rows: Sequence[MeasuredLine]) -> list[bool | None]:
    """Return for each line True if it starts a paragraph, False if not, None if the layout does not decide.

    The rules are asked in order; the first that answers decides.
    """
    in_cell = [_is_in_cell(rows, index) for index in range(len(rows))]
    rows = _aligned(rows)
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
    measure, centre = _measure(rows), _centre(rows)
    first = _first_indent(rows, measure)
    gaps = _gaps(rows, measure)
    indented = [_is_indented(row) and not _is_centred(row, centre, first) for row in rows]
    after_end = [
        index
        for index, (before, row) in enumerate(pairwise(rows), 1)
        if before.text.plain.endswith(_SENTENCE_END) and not _is_full(before, row, measure, 1)
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
            before.page != row.page and not _is_indented(row) and _ends_full_within_sentence(before, measure)
            for before, row in pairwise(rows)
        ),
        gaps=gaps,
        in_cell=in_cell,
    )


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────────


def _rule_by_first_mark(_signs: LayoutSigns, at: LineBreak) -> bool | None:
    """No paragraph starts with a closing mark."""
    return False if at.row.text.chars.startswith(_NOT_FIRST) else None


def _rule_by_whole_line(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """Where lines are whole paragraphs, as Word and browsers save them, every line starts one."""
    return True if signs.has_whole_lines and not _is_open(at) else None


def _rule_by_centring(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """A centred line and one that is none are two paragraphs; centred lines of one size are one heading.

    The first line of a centred heading may be nearly as wide as the text.
    """
    before, row = (_is_centred(line, signs.centre, signs.first) for line in (at.before, at.row))
    before = before or (row and _is_wide_and_centred(at.before, signs.centre))
    if signs.in_cell[at.index] or not (before or row):
        return None
    if before and row:
        is_apart = signs.gaps[at.index] == 1 or abs(at.before.size - at.row.size) > _SAME_SIZE * at.row.size
        is_cells = " " in at.row.text.plain
        return None if is_apart or is_cells or at.before.text.plain.endswith(_SENTENCE_END) else False
    return True if before or at.before.text.plain.endswith(_SENTENCE_END) or signs.has_room(at) else None


def _rule_by_indent(signs: LayoutSigns, at: LineBreak) -> bool | None:
    """Where first lines are indented (or outdented), a line without an indent continues.

    A heading without an indent stands apart from the sentence before.
    """
    if not signs.has_indents:
        return None
    is_indented = _is_indented(at.row) and not signs.in_cell[at.index]
    if is_indented and (_is_cut_by_page(signs, at) or _is_of_another_margin(signs, at)):
        return None
    is_heading = signs.gaps[at.index] == 1 and at.before.text.plain.endswith(_SENTENCE_END)
    if is_indented or signs.has_room(at) or is_heading:
        return True
    return False if signs.is_usually_indented else None


def _is_cut_by_page(signs: LayoutSigns, at: LineBreak) -> bool:
    """True if a full line within a sentence ends a page: browsers indent the rest of a paragraph on the next anew."""
    is_within = not at.before.text.plain.endswith(_SENTENCE_END) and not signs.has_room(at)
    is_cut = at.before.page != at.row.page and not signs.resumes_at_margin
    return is_cut and is_within and not _BEGINNING.match(at.row.text.plain)


def _is_of_another_margin(signs: LayoutSigns, at: LineBreak) -> bool:
    """True if a line goes on left of the margin from a full line that begins no further right than a first line does:
    most lines that go on stand beside labels, as values do in a column of their own.
    """
    is_left = at.row.x0 < 0 and 0 <= at.before.x0 - at.row.x0 <= _MAX_INDENT * at.row.size
    is_within = not at.before.text.plain.endswith(_SENTENCE_END) and not signs.has_room(at)
    return is_left and is_within and not _BEGINNING.match(at.row.text.plain)


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
    return None if _is_full(at.before, at.row, signs.measure, indent) else True


_RULES: Sequence[Callable[[LayoutSigns, LineBreak], bool | None]] = (
    _rule_by_first_mark,
    _rule_by_whole_line,
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


def _lost_indent(rows: Sequence[MeasuredLine], measure: float) -> float:
    """The indent in ems that first lines lost in plain text: mostly 2, or the commonest difference from the measure."""
    firsts = [
        round(measure - row.x1)
        for before, row in pairwise(rows)
        if before.text.plain.endswith(_SENTENCE_END) and re.search("[\u4e00-\u9fff]$", row.text.plain)
    ]
    lacking = Counter(ems for ems in firsts if 0 <= ems <= _MAX_INDENT)
    ems, times = lacking.most_common(1)[0] if lacking else (0, 0)
    return float(max(ems, _USUAL_INDENT)) if times >= _MIN_MARGIN_LINES else _USUAL_INDENT


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
    return not before.text.plain.endswith(_SENTENCE_END) and _BRACKETED_WORDS.match(row.text.plain) is not None


def _aligned(rows: Sequence[MeasuredLine]) -> list[MeasuredLine]:
    """Return the lines with x relative to the margin of continuation lines, separately for odd and even pages.

    Margins of two sides differ where all lines do: as far as the leftmost ones.
    """
    sides = {side: [row for row in rows if row.page % 2 == side] for side in (0, 1)}
    margins = {side: _margin(lines) for side, lines in sides.items()}
    both = _margin(rows)
    both = _leftmost(rows) if both is None else both
    leftmost_of = {side: _leftmost(lines) for side, lines in sides.items()}
    apart, apart_at_left = _difference(margins), _difference(leftmost_of)
    if apart is None or apart_at_left is None or abs(apart) < 2 or abs(apart - apart_at_left) > 2:
        margins = {0: both, 1: both}
    leftmost = min((row.x0 for row in rows), default=0.0)
    xs = [margins[row.page % 2] for row in rows]
    return [
        replace(row, x0=row.x0 - (leftmost if x is None else x), x1=row.x1 - (leftmost if x is None else x))
        for row, x in zip(rows, xs, strict=True)
    ]


def _difference(edges: Mapping[int, float | None]) -> float | None:
    """The distance of the edges of two sides; None without one of them."""
    first, second = edges[0], edges[1]
    return None if first is None or second is None else first - second


def _margin(rows: Sequence[MeasuredLine]) -> float | None:
    """The x of lines that go on from a full line; None if there are too few, unless no other line begins there."""
    continued = _continued(rows)
    positions = Counter(round(x0) for x0 in continued)
    commonest, times = positions.most_common(1)[0] if positions else (0, 0)
    is_hanging = len(positions) == 1 and sum(round(row.x0) == commonest for row in rows) == times
    if not is_hanging and (times < _MIN_MARGIN_LINES or times * 2 < len(continued)):
        return None
    return float(median(x0 for x0 in continued if round(x0) == commonest))


def _continued(rows: Sequence[MeasuredLine]) -> list[float]:
    """The x of lines that follow a full line of their size, and are not centred below it."""
    reach = _measure(rows)
    return [
        row.x0
        for before, row in pairwise(rows)
        if _ends_full_within_sentence(before, reach)
        and before.x1 - before.x0 >= _MIN_CONTINUED * before.size  # not who signs, and when, at the right
        and abs(before.size - row.size) <= _SAME_SIZE * row.size
        and not _is_centred_below(before, row)
    ]


def _is_centred_below(before: MeasuredLine, row: MeasuredLine) -> bool:
    """True if two lines have one middle, and the second is the shorter."""
    middles = [(line.x0 + line.x1) / 2 for line in (before, row)]
    return row.x0 > before.x0 and abs(middles[0] - middles[1]) < _CENTRED_WITHIN / 2 * row.size


def _leftmost(rows: Sequence[MeasuredLine]) -> float | None:
    """The leftmost x at which several lines begin, or one that goes on from a full line."""
    shared = Counter(round(row.x0) for row in rows)
    positions = [index for index, lines in shared.items() if lines > 1] or list(shared)
    positions += map(round, _continued(rows))
    return float(min(positions)) if positions else None


def _measure(rows: Sequence[MeasuredLine]) -> float:
    """The right edge of full lines: the 90th percentile of all lines, or the second longest if few lines are full.

    A narrow text has an edge that many lines reach, though titles are wider: those in larger type do not count. A text
    of short lines has few full ones, which end within a sentence.
    """
    if not rows:
        return 0.0
    largest = (1 + _SAME_SIZE) * median(row.size for row in rows)
    rows = [row for row in rows if row.size <= largest] or rows
    reach = sorted((row.x1 for row in rows), reverse=True)
    tenth, second = reach[len(reach) // 10], reach[min(1, len(reach) - 1)]
    shared = sum(abs(row.x1 - tenth) <= _MAX_FULL_LINE_ROOM * row.size for row in rows)
    if shared >= _SHARED * len(rows):
        return tenth
    return max(tenth if tenth > 0.85 * second else second, _edge_of_open_lines(rows))


def _edge_of_open_lines(rows: Sequence[MeasuredLine]) -> float:
    """The furthest edge that two lines of the text reach which end within a sentence; 0 if there are no two."""
    size = median(row.size for row in rows)
    edges = [
        before.x1
        for before, row in pairwise(rows)
        if before.text.ink.drawn
        and abs(before.size - size) <= _SAME_SIZE * size
        and before.x1 - before.x0 >= _MIN_CONTINUED * size
        and not before.text.plain.endswith(_SENTENCE_END)
        and not _BEGINNING.match(row.text.plain)
    ]
    edge = max(edges, default=0.0)
    return edge if sum(edge - one <= _MAX_FULL_LINE_ROOM * size for one in edges) > 1 else 0.0


def _is_sign(signs: Sequence[bool]) -> bool:
    """True if a sign of paragraph starts is on at least one in 20 lines, and not on all."""
    return sum(signs) >= len(signs) // 20 + 1 and not all(signs)


def _is_usual(signs: Sequence[bool]) -> bool:
    """True if most lines that follow the end of a paragraph have a sign; too few to judge count as most."""
    return len(signs) < _MIN_JUDGED or sum(signs) > _USUAL_SHARE * len(signs)


def _first_indent(rows: Sequence[MeasuredLine], measure: float) -> float | None:
    """Where full lines with an indent begin; centred lines that are full have none."""
    indents = Counter(
        round(row.x0, 1) for row in rows if _is_indented(row) and row.x1 > measure - _MAX_FULL_LINE_ROOM * row.size
    )
    first, times = indents.most_common(1)[0] if indents else (0.0, 0)
    return first if times >= _MIN_JUDGED else None


def _is_indented(row: MeasuredLine) -> bool:
    return abs(row.x0) >= _MIN_INDENT * row.size


def _has_whole_lines(rows: Sequence[MeasuredLine]) -> bool:
    """True if lines of plain text are whole paragraphs: some are longer than a printed line, and none is continued."""
    if not rows or rows[0].text.ink.drawn or max(row.x1 - row.x0 for row in rows) < _LONGEST_PRINTED:
        return False
    continued = [
        before
        for before, row in pairwise(rows)
        if before.x1 - before.x0 >= _MIN_CONTINUED
        and not before.text.plain.endswith(_SENTENCE_END)
        and not OF_TEXT.match(row.text.plain)
    ]
    return len(continued) <= len(rows) // 20


def _centre(rows: Sequence[MeasuredLine]) -> float:
    """The middle that lines of different widths share; else that of the measure."""
    middles: dict[int, list[MeasuredLine]] = defaultdict(list)
    for row in rows:
        if row.x0 >= _MIN_CENTRED * row.size:
            middles[round((row.x0 + row.x1) / 4)].append(row)  # within two points
    starts = {middle: {round(row.x0 / 10) for row in lines} for middle, lines in middles.items()}
    shared = max(starts, key=lambda middle: len(starts[middle]), default=0)
    if len(starts.get(shared, ())) < 2:
        return _measure(rows) / 2
    return float(median((row.x0 + row.x1) / 2 for row in middles[shared]))


def _is_centred(row: MeasuredLine, centre: float, first: float | None) -> bool:
    """True if a line has the same room on both sides, more than an indent, and does not begin where first lines do."""
    aside = row.x0 + row.x1 - 2 * centre
    if first is not None and abs(row.x0 - first) <= _SOME_ROOM * row.size:
        return False
    return row.text.ink.drawn and row.x0 >= _MIN_CENTRED * row.size and abs(aside) <= _CENTRED_WITHIN * row.size


def _is_wide_and_centred(row: MeasuredLine, centre: float) -> bool:
    """True if a line has the same room on both sides, less than a centred one and yet some."""
    aside = row.x0 + row.x1 - 2 * centre
    return row.x0 > _SOME_ROOM * row.size and abs(aside) <= _SOME_ROOM * row.size


def _gaps(rows: Sequence[MeasuredLine], measure: float) -> list[int | None]:
    """For each line 1 if it is further down than lines of one paragraph are, else 0; None at the top of a page.

    Lines of one paragraph are known by full lines that end within a sentence; without such lines the median is taken.
    """
    levels = [_level(row) for row in rows]
    steps = [
        row_level - level if row.page == before.page and row_level > level else None
        for (before, level), (row, row_level) in pairwise(zip(rows, levels, strict=True))
    ]
    known = sorted(step for step in steps if step is not None)
    within = sorted(
        step
        for step, before in zip(steps, rows, strict=False)
        if step is not None and _ends_full_within_sentence(before, measure)
    )
    least = _MEDIAN_STEPS * median(known) if known else 0.0
    if len(within) >= _MIN_JUDGED:
        tenth = within[-1 - len(within) // 10]
        least = min(least, max(_LINE_STEPS * median(within), 1.02 * tenth))
    return [None, *(None if step is None else int(step > least) for step in steps)]


def _level(row: MeasuredLine) -> float:
    """How far down a line stands, whatever is raised in it: points on a page, lines in a file."""
    if not row.text.ink.drawn:
        return row.top
    return median(row.text.ink.glyphs[n].baseline or row.text.ink.glyphs[n].top for n in row.text.origins if n != GLUE)


def _ends_full_within_sentence(row: MeasuredLine, measure: float) -> bool:
    return row.x1 > measure - _MAX_FULL_LINE_ROOM * row.size and not row.text.plain.endswith(_SENTENCE_END)


def first_word_width(text: Text) -> float:
    """The width in ems of the first character or unbreakable Latin word of a line, with the marks that stay with it."""
    match = _UNBREAKABLE.match(text.chars)
    return sum(map(display_width, match[0])) if match else 1.0


def _is_full(row: MeasuredLine, following: MeasuredLine, measure: float, indent: float) -> bool:
    """True if a line had no room for the first character or unbreakable Latin word of the next."""
    word = first_word_width(following.text)
    return row.x1 + (indent + word + _MAX_FULL_LINE_ROOM - 1) * row.size > measure
