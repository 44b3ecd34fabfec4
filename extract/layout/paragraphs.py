"""Find the starts of paragraphs by indents, by the space between lines, or by lines that end short."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from extract.layout.lines import MeasuredLine, has_cell_at
from extract.model.text import display_width

_MIN_INDENT = 1.2  # ems from the margin to an indented line
_MAX_FULL_LINE_ROOM = 1.6  # ems left of the measure by a full line
_UNBREAKABLE = re.compile(r"[（(《〈“‘【\[]*(?:[!-~]+|.)")
_UNSTOPPED_ROOM = 6  # more ems left by a line that ends its paragraph without a full stop
_NOT_LAST = tuple("、，（(《〈“‘")  # no paragraph ends with these
_USUAL_INDENT, _MAX_INDENT = 2, 5  # ems
_MIN_MARGIN_LINES = 4  # continuation lines that begin at the same x, to establish a margin
_SENTENCE_END = tuple("。；：！？")
_UNIT = re.compile("个|项|[千万亿]*元|[万亿]|年|月|日|%|家|倍")
_BRACKETED_WORDS = re.compile("（(?!(?:[\\d一二三四五六七八九十]{1,3})）)")
_NOT_FIRST = tuple("、，。；：！？）》〉”’】,.;:!?)")  # no paragraph starts with these


def paragraph_starts(rows: Sequence[MeasuredLine]) -> list[bool | None]:
    """Return for each line True if it starts a paragraph, False if not, None if the layout does not decide.

    1. If first lines are indented (or outdented): by their indent.
    2. Else, if there is space between paragraphs: by that space.
    3. Else, as in most plain text: a line with room left ends its paragraph; after a full line the result is None.
    """
    cells = [_is_in_cell(rows, index) for index in range(len(rows))]
    rows = _aligned(rows)
    measure = _measure(rows)
    indents = _is_sign([abs(row.x0) >= _MIN_INDENT * row.size for row in rows if abs(row.x0) < 8 * row.size])
    gaps = _gaps(rows)
    spacing = not indents and _is_sign([gap is not None and gap > 0 for gap in gaps])
    indent = _lost_indent(rows, measure)
    starts: list[bool | None] = [True] if rows else []
    brackets = Counter[str]()
    for index, (before, row) in enumerate(pairwise(rows), 1):
        brackets = _left_open(before, Counter() if starts[-1] else brackets)
        extra_room = 0 if before.text.plain.endswith(_SENTENCE_END) else _UNSTOPPED_ROOM
        has_ended = not _is_full(before, row, measure, extra_room)
        if row.text.chars.startswith(_NOT_FIRST):
            starts.append(False)
        elif indents:
            # A heading without an indent stands apart from the sentence before.
            is_heading = gaps[index] == 1 and before.text.plain.endswith(_SENTENCE_END)
            starts.append((abs(row.x0) >= _MIN_INDENT * row.size and not cells[index]) or has_ended or is_heading)
        elif before.text.chars.endswith(_NOT_LAST) or _is_within(before, row, brackets):
            starts.append(False)
        elif spacing and gaps[index] is not None:
            starts.append(gaps[index] == 1 or has_ended)
        else:
            starts.append(None if _is_full(before, row, measure, indent if starts[-1] is not False else 0) else True)
    return starts


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
    """Return the lines with x relative to the margin of continuation lines, separately for odd and even pages."""
    margins = {side: _margin([row for row in rows if row.page % 2 == side]) for side in (0, 1)}
    both = _margin(rows)
    both = _leftmost(rows) if both is None else both
    if None in margins.values() or abs((margins[0] or 0) - (margins[1] or 0)) < 2:
        margins = {0: both, 1: both}
    leftmost = min((row.x0 for row in rows), default=0.0)
    xs = [margins[row.page % 2] for row in rows]
    return [
        replace(row, x0=row.x0 - (leftmost if x is None else x), x1=row.x1 - (leftmost if x is None else x))
        for row, x in zip(rows, xs, strict=True)
    ]


def _margin(rows: Sequence[MeasuredLine]) -> float | None:
    """The x of lines that follow a full line; None if there are too few."""
    reach = _measure(rows)
    continued = [
        row.x0
        for before, row in pairwise(rows)
        if before.x1 > reach - _MAX_FULL_LINE_ROOM * before.size and not before.text.plain.endswith(_SENTENCE_END)
    ]
    positions = Counter(round(x0) for x0 in continued)
    commonest, times = positions.most_common(1)[0] if positions else (0, 0)
    if times < _MIN_MARGIN_LINES or times * 2 < len(continued):
        return None
    return float(median(x0 for x0 in continued if round(x0) == commonest))


def _leftmost(rows: Sequence[MeasuredLine]) -> float | None:
    """The leftmost x at which several lines begin."""
    shared = Counter(round(row.x0) for row in rows)
    positions = [index for index, lines in shared.items() if lines > 1] or list(shared)
    return float(min(positions)) if positions else None


def _measure(rows: Sequence[MeasuredLine]) -> float:
    """The right edge of full lines: the 90th percentile of all lines, or the second longest if few lines are full."""
    reach = sorted((row.x1 for row in rows), reverse=True)
    if not reach:
        return 0.0
    tenth, second = reach[len(reach) // 10], reach[min(1, len(reach) - 1)]
    return tenth if tenth > 0.85 * second else second


def _is_sign(signs: Sequence[bool]) -> bool:
    """True if a sign of paragraph starts is on at least one in 20 lines, and not on all."""
    return sum(signs) >= len(signs) // 20 + 1 and not all(signs)


def _gaps(rows: Sequence[MeasuredLine]) -> list[int | None]:
    """For each line 1 if it is clearly further down than the median distance, else 0; None at the top of a page."""
    steps = [
        row.top - before.top if row.page == before.page and row.top > before.top else None
        for before, row in pairwise(rows)
    ]
    known = [step for step in steps if step is not None]
    usual = median(known) if known else 0.0
    return [None, *(None if step is None else int(step > 1.3 * usual) for step in steps)]


def _is_full(row: MeasuredLine, following: MeasuredLine, measure: float, indent: float) -> bool:
    """True if a line had no room for the first character or unbreakable Latin word of the next."""
    match = _UNBREAKABLE.match(following.text.chars)
    word = sum(map(display_width, match[0])) if match else 1.0
    return row.x1 + (indent + word + _MAX_FULL_LINE_ROOM - 1) * row.size > measure
