"""Group glyphs into printed lines in reading order, with spaces at wide gaps."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise, repeat
from math import inf
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extract.layout.reading_order import OrderedRow, order_rows
from extract.layout.reading_order.tables import glyphs_by_cell, with_cells
from extract.layout.scripts import find_minus_signs, find_scripts
from extract.model.record import ExcludedReason
from extract.model.stages import PageCell, Ruling
from extract.model.text import GLUE, Cell, Glyph, GlyphTable, Text, display_width, left_to_right, text_of_glyphs

_MIN_SPACE = 0.35  # ems: a gap wider than this, beyond the line's median gap, is read as a space
_MIN_CELL_GAP = 1.0  # ems between two cells of a table
_HAN = re.compile("[\u4e00-\u9fff]")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_UNSPACED = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")


class MeasuredLine(Struct, frozen=True):
    """A printed line with its position on the page, in points.

    In plain text x0, x1 and size are in ems, and top is the number of the line in the file.
    """

    text: Text
    page: int
    x0: float
    x1: float
    size: float
    top: float = 0.0
    baseline: float = 0.0
    left: float = -inf  # the bounds of its column, or of its cell
    right: float = inf
    cell: Cell | None = None


# The glyphs line by line, the signs of what is raised or lowered, and why glyphs are no text of the guide.
ReadRows = tuple[list[OrderedRow], dict[int, str], dict[int, ExcludedReason]]


def drawn_rows(
    glyphs: Sequence[Glyph], kept: Sequence[int], rulings: Sequence[Ruling] = (), cells: Sequence[PageCell] = ()
) -> tuple[list[OrderedRow], dict[int, str]]:
    """The indices of the kept glyphs, line by line, and the signs of superscripts and subscripts.

    A glyph joins the line that it overlaps by half its height, a script the line of the glyph beside it.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for number in kept:
        pages[glyphs[number].page].append(number)
    hosts: dict[int, int] = {}
    signs: dict[int, str] = {}
    for page in pages.values():
        for number, (host, sign) in find_scripts(glyphs, page).items():
            hosts[number], signs[number] = host, sign
    scripted = {glyphs[number].page for number in signs}
    cluster = partial(_page_rows, glyphs, hosts)
    inside = glyphs_by_cell(glyphs, kept, cells)
    in_tables = {number for numbers in inside.values() for number in numbers}
    apart = [[number for number in pages[page] if number not in in_tables] for page in sorted(pages)]
    rows = order_rows(glyphs, [page for page in apart if page], rulings, cluster)
    rows = with_cells(glyphs, rows, inside, cells, cluster)
    signs |= {
        number: "⁻"
        for row in rows
        if glyphs[row.numbers[0]].page in scripted
        for number in find_minus_signs(glyphs, row.numbers, signs)
    }
    return rows, signs


def _right_edge(glyph: Glyph) -> float:
    """The right edge of a glyph; without a declared width, computed from its display width."""
    return glyph.x1 if glyph.x1 > glyph.x0 else glyph.x0 + sum(map(display_width, glyph.text)) * glyph.size


def plain_rows(lines: Sequence[int]) -> list[OrderedRow]:
    """The indices of the glyphs of plain text, line by line."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        rows[line].append(number)
    return [OrderedRow(rows[line]) for line in sorted(rows)]


def _page_rows(glyphs: Sequence[Glyph], hosts: Mapping[int, int], numbers: Sequence[int]) -> list[list[int]]:
    own = set(numbers)
    scripts = [n for n in numbers if hosts.get(n) in own]  # that of a script may stand in the cell beside
    centres = {n: (glyphs[n].top + glyphs[n].bottom) / 2 for n in numbers if hosts.get(n) not in own}
    rows: list[list[int]] = []
    middle = height = 0.0
    for number in sorted(centres, key=centres.__getitem__):
        tall, centre = glyphs[number].bottom - glyphs[number].top, centres[number]
        if rows and centre - middle <= max(height, tall) / 2:
            rows[-1].append(number)
            height = max(height, tall)
        else:
            rows.append([number])
            middle, height = centre, tall
    if scripts:
        place_of = {number: place for place, row in enumerate(rows) for number in row}
        for number in scripts:
            rows[place_of[hosts[number]]].append(number)
    return [left_to_right(glyphs, row) for row in rows]


def drawn_text(ink: GlyphTable, row: list[int], excluded: Container[int] = ()) -> Text:
    """The characters of a line, with a space as glue at each gap that is as wide as one between words.

    Excluded glyphs are left out; they fill the gap in which they stand.
    """
    glyphs = [ink.glyphs[n] for n in row]
    gaps = [right.x0 - left.x1 for left, right in pairwise(glyphs)]
    usual_gap = max(median(gaps), 0.0) if gaps else 0.0
    if not any(gap > _MIN_SPACE * glyph.size + usual_gap for glyph, gap in zip(glyphs[1:], gaps, strict=True)):
        return text_of_glyphs(ink, [number for number in row if number not in excluded])
    usual_gap = max(usual_gap, stretched_gap(glyphs))
    chars: list[str] = []
    origins: list[int] = []
    for number, glyph, gap in zip(row, glyphs, [-inf, *gaps], strict=True):
        is_wide = gap > _MIN_SPACE * glyph.size + usual_gap
        if is_wide and not glyph.text.isspace() and chars and not chars[-1].isspace():
            chars.append(" ")
            origins.append(GLUE)
        if number in excluded:
            continue
        chars += glyph.text
        origins += repeat(number, len(glyph.text))
    return Text("".join(chars), origins, ink)


def stretched_gap(glyphs: Sequence[Glyph]) -> float:
    """The least gap beside Chinese characters, which justified lines stretch where Latin words are set close.

    That between a Chinese and a Latin character counts where there is but one between two Chinese ones.
    """
    gaps, mixed = list[float](), list[float]()
    for left, right in pairwise(glyphs):
        chinese = (_HAN.fullmatch(left.text) is not None) + (_HAN.fullmatch(right.text) is not None)
        if chinese:
            (gaps if chinese == 2 else mixed).append(right.x0 - left.x1)
    gaps += mixed if len(gaps) == 1 else []
    least = min(gaps) if len(gaps) > 1 else 0.0
    return least if least < _MIN_CELL_GAP * glyphs[0].size else 0.0


def measured_line(ink: GlyphTable, row: OrderedRow, excluded: Container[int] = ()) -> MeasuredLine:
    """Measure a line of glyphs, without the excluded ones; in a column, as if that were as wide as the page.

    Spaces at either end are left out; in plain text, leading ones indent the line.
    """
    numbers = row.numbers
    text = (
        drawn_text(ink, numbers, excluded)
        if ink.drawn
        else text_of_glyphs(ink, [number for number in numbers if number not in excluded])
    )
    bare = _closed_up(text.strip())
    if not ink.drawn:
        lead = len(text) - len(text.plain.lstrip())
        x0 = sum(map(display_width, text.chars[:lead])) if lead > 1 else 0.0  # one space marks a new page
        x1 = x0 + sum(map(display_width, bare.chars))
        line = ink.lines[numbers[0]]
        return MeasuredLine(bare, ink.glyphs[numbers[0]].page, x0, x1, 1.0, line, cell=row.cell)
    kept = [n for n in numbers if n not in excluded] or numbers
    glyphs = [ink.glyphs[n] for n in kept if not ink.glyphs[n].text.isspace()] or [ink.glyphs[kept[0]]]
    size = median([glyph.size for glyph in glyphs])
    column = row.column
    x0, x1 = min([g.x0 for g in glyphs]) - column.from_left, max(map(_right_edge, glyphs)) + column.from_right
    top, height = min([g.top for g in glyphs]), median([g.baseline for g in glyphs])
    return MeasuredLine(bare, glyphs[0].page, x0, x1, size, top, height, column.left, column.right, row.cell)


def _closed_up(text: Text) -> Text:
    """Remove the spaces of a letterspaced line (项 目 申 报 指 南)."""
    spaced, close = len(_SPACED.findall(text.plain)), len(_UNSPACED.findall(text.plain))
    return text.without(_SPACED) if spaced >= 3 and spaced > 2 * close else text


def remeasured(line: MeasuredLine, text: Text) -> MeasuredLine:
    """Replace the text of a line after copies were removed. On paper copies overlap, so the box stays."""
    if text.ink.drawn:
        return replace(line, text=text)
    return replace(line, text=text, x1=line.x0 + sum(map(display_width, text.chars)))


def has_cell_at(line: MeasuredLine, x: float) -> bool:
    """True if a cell of a table begins at `x` within a line: words after a wide gap."""
    glyphs = [line.text.ink.glyphs[n] for n in line.text.origins if n != GLUE]
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return any(
        abs(right.x0 - x) < 0.5 * line.size and right.x0 - left.x1 > _MIN_CELL_GAP * line.size
        for left, right in pairwise(inked)
    )


def text_size(rows: Iterable[MeasuredLine]) -> float:
    """The size in which most of the text is set; 0 without any text."""
    sizes = Counter[float]()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
