"""What the layout says about where paragraphs start: by indents, by the space between them, or by lines left short."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from extract.layout.lines import MeasuredLine, goes_on_at
from extract.model.text import display_width

INDENT = 1.2  # a line that starts this many ems right of the margin is indented
SLACK = 1.6  # a line ends full when fewer ems than this are left of its measure
_UNBREAKABLE = re.compile(r"[（(《〈“‘【\[]*(?:[!-~]+|.)")
_CLEARLY = 6  # a line without a full stop ends its paragraph where so many more ems are left
_NOT_LAST = tuple("、，（(《〈“‘")  # nor ends one with these
_INDENT, _DEEPEST = 2, 5  # ems of an indent, as it mostly is and at the most
_EVIDENCE = 4  # lines that go on at the same place, to be sure of a margin
_SENTENCE_END = tuple("。；：！？")
_UNIT = re.compile("个|项|[千万亿]*元|[万亿]|年|月|日|%|家|倍")
_ASIDE = re.compile("（(?!(?:[\\d一二三四五六七八九十]{1,3})）)")
_NOT_FIRST = tuple("、，。；：！？）》〉”’】,.;:!?)")  # no line starts a paragraph with these


def paragraph_starts(rows: Sequence[MeasuredLine]) -> list[bool | None]:
    """For each line whether it starts a paragraph: yes, no, or None where the layout does not tell.

    Where first lines are indented (or hang out), that tells; else the space between paragraphs does. Elsewhere,
    as in most plain text, a line that had room for more ends its paragraph, and after a full line either can be.
    """
    cells = [_in_cell(rows, place) for place in range(len(rows))]
    rows = _aligned(rows)
    measure = _measure(rows)
    indents = _tells([abs(row.x0) >= INDENT * row.size for row in rows if abs(row.x0) < 8 * row.size])
    gaps = _gaps(rows)
    spacing = not indents and _tells([gap is not None and gap > 0 for gap in gaps])
    indent = _lost_indent(rows, measure)
    told: list[bool | None] = [True] if rows else []
    brackets = Counter[str]()
    for place, (before, row) in enumerate(pairwise(rows), 1):
        brackets = _left_open(before, Counter() if told[-1] else brackets)
        left = 0 if before.text.plain.endswith(_SENTENCE_END) else _CLEARLY
        ended = not _full(before, row, measure, left)
        if row.text.chars.startswith(_NOT_FIRST):
            told.append(False)
        elif indents:
            apart = gaps[place] == 1 and before.text.plain.endswith(_SENTENCE_END)  # a heading that is not indented
            told.append((abs(row.x0) >= INDENT * row.size and not cells[place]) or ended or apart)
        elif before.text.chars.endswith(_NOT_LAST) or _within(before, row, brackets):
            told.append(False)
        elif spacing and gaps[place] is not None:
            told.append(gaps[place] == 1 or ended)
        else:
            told.append(None if _full(before, row, measure, indent if told[-1] is not False else 0) else True)
    return told


def _in_cell(rows: Sequence[MeasuredLine], place: int) -> bool:
    """Whether a line goes on in a cell of a table: it begins where the line above does, or goes on behind a gap."""
    one, first = rows[place], place - 1
    if not one.text.ink.drawn:
        return False
    while first > 0 and rows[first].page == one.page and abs(rows[first].x0 - one.x0) < 0.5 * one.size:
        first -= 1
    above = rows[max(first, 0)]
    return above.page == one.page and above.x0 < one.x0 and goes_on_at(above, one.x0)


def _lost_indent(rows: Sequence[MeasuredLine], measure: float) -> float:
    """How many ems shorter first lines are in a text whose indents were lost: mostly 2, or what most of them lack."""
    firsts = [
        round(measure - row.x1)
        for before, row in pairwise(rows)
        if before.text.plain.endswith(_SENTENCE_END) and re.search("[\u4e00-\u9fff]$", row.text.plain)
    ]
    lacking = Counter(ems for ems in firsts if 0 <= ems <= _DEEPEST)
    ems, times = lacking.most_common(1)[0] if lacking else (0, 0)
    return float(max(ems, _INDENT)) if times >= _EVIDENCE else _INDENT


def _left_open(row: MeasuredLine, above: Counter[str]) -> Counter[str]:
    """How many more brackets of each kind are opened than closed, from a paragraph's start to the end of a line."""
    plain = row.text.plain
    return Counter({kind: above[kind] + plain.count(kind[0]) - plain.count(kind[1]) for kind in ("（）", "《》")})


def _within(before: MeasuredLine, row: MeasuredLine, brackets: Counter[str]) -> bool:
    """Whether a line begins within a bracket or title, with a bracket that is no mark, or with a figure's unit.

    The line before may be short of room only for a word that cannot break: 量子信息 | （PLM）.
    """
    if before.text.plain[-1:].isdigit() and _UNIT.match(row.text.plain):
        return True
    if any(count > 0 for count in brackets.values()):
        return True
    return not before.text.plain.endswith(_SENTENCE_END) and _ASIDE.match(row.text.plain) is not None


def _aligned(rows: Sequence[MeasuredLine]) -> list[MeasuredLine]:
    """The lines measured from the margin at which paragraphs go on; odd and even pages may each have their own."""
    margins = {side: _margin([row for row in rows if row.page % 2 == side]) for side in (0, 1)}
    both = _margin(rows)
    both = _leftmost(rows) if both is None else both
    if None in margins.values() or abs((margins[0] or 0) - (margins[1] or 0)) < 2:
        margins = {0: both, 1: both}
    usual = min((row.x0 for row in rows), default=0.0)
    places = [margins[row.page % 2] for row in rows]
    return [
        replace(row, x0=row.x0 - (usual if at is None else at), x1=row.x1 - (usual if at is None else at))
        for row, at in zip(rows, places, strict=True)
    ]


def _margin(rows: Sequence[MeasuredLine]) -> float | None:
    """Where lines begin that go on from a full one; None where too few do to be sure."""
    reach = _measure(rows)
    going_on = [
        row.x0
        for before, row in pairwise(rows)
        if before.x1 > reach - SLACK * before.size and not before.text.plain.endswith(_SENTENCE_END)
    ]
    places = Counter(round(x0) for x0 in going_on)
    commonest, times = places.most_common(1)[0] if places else (0, 0)
    if times < _EVIDENCE or times * 2 < len(going_on):
        return None
    return float(median(x0 for x0 in going_on if round(x0) == commonest))


def _leftmost(rows: Sequence[MeasuredLine]) -> float | None:
    """The leftmost place at which several lines begin."""
    shared = Counter(round(row.x0) for row in rows)
    places = [place for place, lines in shared.items() if lines > 1] or list(shared)
    return float(min(places)) if places else None


def _measure(rows: Sequence[MeasuredLine]) -> float:
    """How far right full lines reach: as far as a tenth of all lines, or further where only few lines are full."""
    reach = sorted((row.x1 for row in rows), reverse=True)
    if not reach:
        return 0.0
    tenth, second = reach[len(reach) // 10], reach[min(1, len(reach) - 1)]
    return tenth if tenth > 0.85 * second else second


def _tells(signs: Sequence[bool]) -> bool:
    """Whether a sign is seen often enough to mean something, and not on every line."""
    return sum(signs) >= len(signs) // 20 + 1 and not all(signs)


def _gaps(rows: Sequence[MeasuredLine]) -> list[int | None]:
    """For each line 1 where it stands clearly lower than the usual distance, else 0; None on top of a page."""
    steps = [
        row.top - before.top if row.page == before.page and row.top > before.top else None
        for before, row in pairwise(rows)
    ]
    known = [step for step in steps if step is not None]
    usual = median(known) if known else 0.0
    return [None, *(None if step is None else int(step > 1.3 * usual) for step in steps)]


def _full(row: MeasuredLine, following: MeasuredLine, measure: float, indent: float) -> bool:
    """Whether the line had no room for what the next begins with: a character, or a Latin word that cannot break."""
    match = _UNBREAKABLE.match(following.text.chars)
    word = sum(map(display_width, match[0])) if match else 1.0
    return row.x1 + (indent + word + SLACK - 1) * row.size > measure
