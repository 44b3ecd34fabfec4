"""Measure the block of text: its margins and right edge, its middle, and the distance of its lines."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from extract.layout.lines import MeasuredLine
from extract.model.text import GLUE, Text, display_width

MAX_FULL_LINE_ROOM = 1.6  # ems left of the measure by a full line
# What stays on one line; 网https://… is one word to some programs.
_UNBREAKABLE = re.compile(r"[（(《〈“‘【\[]*(?:[!-~²³¹µμΩ°⁰-₟−–—×±≤≥]+|.[!-~]{8,}|.)[，。、；：！？）》〉”’】]*")
MIN_MARGIN_LINES = 4  # continuation lines that begin at the same x, to establish a margin
SENTENCE_END = tuple("。；：！？")
MIN_CENTRED = 3  # ems left on both sides of a centred line
CENTRED_WITHIN = 0.6  # ems between the room on the left and on the right of a centred line
_OTHER_WIDTH = 3  # ems by which pages are set narrower or wider than the rest
_MIN_EDGE_LINES = 5  # open lines that establish the right edge of such pages
_SHARED = 0.4  # of the lines end at one right edge, which is that of the text
SAME_SIZE = 0.05  # the difference between two sizes of the lines of one heading, in sizes
MIN_JUDGED = 3  # lines by which a sign, or the distance of lines, is judged
_MEDIAN_STEPS = 1.3  # from line to line, in median steps, at the start of a paragraph
_LINE_STEPS = 1.12  # the same, in steps from line to line within paragraphs
MIN_CONTINUED = 15  # ems of a line that the next line continues
# A label, a number or a marker, with which a line begins something of its own.
BEGINNING = re.compile(
    r"[\u4e00-\u9fff（）]{2,16} *：|【|\d{1,2}[.、]|（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）、]"
    r"|[①-⒇]|第.{1,3}[部章条]"
)


def align(rows: Sequence[MeasuredLine]) -> list[MeasuredLine]:
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
    is_hanging = len(positions) == 1 and _follow_full_lines(rows, commonest)
    if not is_hanging and (times < MIN_MARGIN_LINES or times * 2 < len(continued)):
        return None
    return float(median(x0 for x0 in continued if round(x0) == commonest))


def _follow_full_lines(rows: Sequence[MeasuredLine], x0: int) -> bool:
    """True if all lines that begin at an x stand below full lines: a sentence may end with one."""
    reach = measure_of(rows)
    above = [before for before, row in pairwise([None, *rows]) if row is not None and round(row.x0) == x0]
    return all(one is not None and one.x1 > reach - MAX_FULL_LINE_ROOM * one.size for one in above)


def _continued(rows: Sequence[MeasuredLine]) -> list[float]:
    """The x of lines that follow a full line of their size, and are not centred below it."""
    reach = measure_of(rows)
    return [
        row.x0
        for before, row in pairwise(rows)
        if ends_full_within_sentence(before, reach)
        and before.x1 - before.x0 >= MIN_CONTINUED * before.size  # not who signs, and when, at the right
        and abs(before.size - row.size) <= SAME_SIZE * row.size
        and not _is_centred_below(before, row)
    ]


def _is_centred_below(before: MeasuredLine, row: MeasuredLine) -> bool:
    """True if two lines have one middle, and the second is the shorter."""
    middles = [(line.x0 + line.x1) / 2 for line in (before, row)]
    return row.x0 > before.x0 and abs(middles[0] - middles[1]) < CENTRED_WITHIN / 2 * row.size


def _leftmost(rows: Sequence[MeasuredLine]) -> float | None:
    """The leftmost x at which several lines begin, or one that goes on from a full line."""
    shared = Counter(round(row.x0) for row in rows)
    positions = [index for index, lines in shared.items() if lines > 1] or list(shared)
    positions += map(round, _continued(rows))
    return float(min(positions)) if positions else None


def measure_of(rows: Sequence[MeasuredLine]) -> float:
    """The right edge of full lines: the 90th percentile of all lines, or the second longest if few lines are full.

    A narrow text has an edge that many lines reach, though titles are wider: those in larger type do not count. A text
    of short lines has few full ones, which end within a sentence.
    """
    if not rows:
        return 0.0
    largest = (1 + SAME_SIZE) * median(row.size for row in rows)
    rows = [row for row in rows if row.size <= largest] or rows
    reach = sorted((row.x1 for row in rows), reverse=True)
    tenth, second = reach[len(reach) // 10], reach[min(1, len(reach) - 1)]
    shared = sum(abs(row.x1 - tenth) <= MAX_FULL_LINE_ROOM * row.size for row in rows)
    if shared >= _SHARED * len(rows):
        return tenth
    return max(tenth if tenth > 0.85 * second else second, _edge_of_open_lines(rows))


def level_widths(rows: Sequence[MeasuredLine]) -> list[MeasuredLine]:
    """The lines, with those of pages that are set narrower or wider measured as if their text were as wide as the rest.

    A section of a Word file has page sizes and columns of its own: of two columns, a page may hold the left one alone.
    """
    if not rows or not rows[0].text.ink.drawn:
        return list(rows)
    rest, size = measure_of(rows), median(row.size for row in rows)
    reach = {page: x1 for page, x1 in _reach_of_pages(rows).items() if abs(x1 - rest) > _OTHER_WIDTH * size}
    edges = list(_page_edges(rows, reach)) if reach else []
    shifts = {
        page: rest - edge for page, x1 in reach.items() for edge in edges if 0 <= edge - x1 <= MAX_FULL_LINE_ROOM * size
    }
    return [replace(row, x1=row.x1 + shifts[row.page]) if row.page in shifts else row for row in rows]


def _reach_of_pages(rows: Sequence[MeasuredLine]) -> dict[int, float]:
    """How far the lines of each page reach, but for headings in larger type."""
    largest = (1 + SAME_SIZE) * median(row.size for row in rows)
    reach: dict[int, float] = {}
    for row in rows:
        if row.size <= largest:
            reach[row.page] = max(reach.get(row.page, row.x1), row.x1)
    return reach


def _page_edges(rows: Sequence[MeasuredLine], reach: Mapping[int, float]) -> Iterator[float]:
    """The right edges of pages that reach equally far, where enough lines show that the text goes on below them."""
    room = MAX_FULL_LINE_ROOM * median(row.size for row in rows)
    open_lines = _open_lines(rows)
    pages = sorted(reach, key=reach.__getitem__, reverse=True)
    while pages:
        edge = reach[pages[0]]
        alike = {page for page in pages if edge - reach[page] <= room}
        pages = pages[len(alike) :]
        full = [row for row in open_lines if row.page in alike and edge - row.x1 <= room]
        if len(full) >= _MIN_EDGE_LINES:
            yield edge


def _edge_of_open_lines(rows: Sequence[MeasuredLine]) -> float:
    """The furthest edge that two lines of the text reach which end within a sentence; 0 if there are no two."""
    edges = [row.x1 for row in _open_lines(rows)]
    edge, room = max(edges, default=0.0), MAX_FULL_LINE_ROOM * median(row.size for row in rows)
    return edge if sum(edge - one <= room for one in edges) > 1 else 0.0


def _open_lines(rows: Sequence[MeasuredLine]) -> list[MeasuredLine]:
    """The drawn lines in the size of the text that end within a sentence, and are long enough to be printed lines."""
    size = median(row.size for row in rows)
    return [
        before
        for before, row in pairwise(rows)
        if before.text.ink.drawn
        and abs(before.size - size) <= SAME_SIZE * size
        and before.x1 - before.x0 >= MIN_CONTINUED * size
        and not before.text.plain.endswith(SENTENCE_END)
        and not BEGINNING.match(row.text.plain)
    ]


def centre_of(rows: Sequence[MeasuredLine]) -> float:
    """The middle that lines of different widths share; else that of the measure."""
    middles: dict[int, list[MeasuredLine]] = defaultdict(list)
    for row in rows:
        if row.x0 >= MIN_CENTRED * row.size:
            middles[round((row.x0 + row.x1) / 4)].append(row)  # within two points
    starts = {middle: {round(row.x0 / 10) for row in lines} for middle, lines in middles.items()}
    shared = max(starts, key=lambda middle: len(starts[middle]), default=0)
    if len(starts.get(shared, ())) < 2:
        return measure_of(rows) / 2
    return float(median((row.x0 + row.x1) / 2 for row in middles[shared]))


def gaps_of(rows: Sequence[MeasuredLine], measure: float) -> list[int | None]:
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
        if step is not None and ends_full_within_sentence(before, measure)
    )
    least = _MEDIAN_STEPS * median(known) if known else 0.0
    if len(within) >= MIN_JUDGED:
        tenth = within[-1 - len(within) // 10]
        least = min(least, max(_LINE_STEPS * median(within), 1.02 * tenth))
    return [None, *(None if step is None else int(step > least) for step in steps)]


def _level(row: MeasuredLine) -> float:
    """How far down a line stands, whatever is raised in it: points on a page, lines in a file."""
    if not row.text.ink.drawn:
        return row.top
    return median(row.text.ink.glyphs[n].baseline or row.text.ink.glyphs[n].top for n in row.text.origins if n != GLUE)


def ends_full_within_sentence(row: MeasuredLine, measure: float) -> bool:
    return row.x1 > measure - MAX_FULL_LINE_ROOM * row.size and not row.text.plain.endswith(SENTENCE_END)


def first_word_width(text: Text) -> float:
    """The width in ems of the first character or unbreakable Latin word of a line, with the marks that stay with it."""
    match = _UNBREAKABLE.match(text.chars)
    return sum(map(display_width, match[0])) if match else 1.0


def is_full(row: MeasuredLine, following: MeasuredLine, measure: float, indent: float) -> bool:
    """True if a line had no room for the first character or unbreakable Latin word of the next."""
    word = first_word_width(following.text)
    return row.x1 + (indent + word + MAX_FULL_LINE_ROOM - 1) * row.size > measure
