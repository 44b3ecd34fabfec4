"""The order in which the lines of a page are read: columns of running text one after the other.

A line across the page ends the columns above it, and others may begin below it. Cells of a table stand side by side,
too, and are read line by line: they are ruled, or their lines do not fill their columns.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from extract.layout.reading_order.gutters import bands_of, find_gutters
from extract.layout.reading_order.places import places_of, set_off
from extract.layout.reading_order.stretches import (
    MIN_COLUMN,
    MIN_GUTTER,
    MIN_LINES,
    Gutter,
    Row,
    Stretch,
    measure_row,
    sides_of,
)
from extract.layout.reading_order.titles import labels_below_short_heads, with_short_heads, with_titles
from extract.model.stages import Ruling
from extract.model.text import Cell, Glyph


class Column(NamedTuple):
    """The column of a line: its bounds, and how far the edges of its text lie from those of the page's, in points.

    Lines of columns are measured as if their column were as wide as the page, so that a full one reaches its edge.
    """

    left: float = -inf
    right: float = inf
    from_left: float = 0.0
    from_right: float = 0.0


_PAGE = Column()
_LAST_LINES = 3  # of a page: the last of its columns is one of them, the others a heading across and the number


class OrderedRow(NamedTuple):
    """The glyphs of a line, its column, and its cell in a table."""

    numbers: list[int]
    column: Column = _PAGE
    cell: Cell | None = None


Cluster = Callable[[Sequence[int]], list[list[int]]]


def order_rows(
    glyphs: Sequence[Glyph], pages: Sequence[Sequence[int]], rulings: Sequence[Ruling], cluster: Cluster
) -> list[OrderedRow]:
    """The lines of all pages in reading order. `pages` are the glyphs of each, which `cluster` groups into lines.

    A gutter is looked for on all pages together: a page on which columns are short has it from the others.
    """
    lines = [cluster(page) for page in pages]
    if not _has_starts(glyphs, lines):
        return [OrderedRow(numbers) for page in lines for numbers in page]
    rows = [[measure_row(glyphs, numbers) for numbers in page] for page in lines]
    ruled = [_of_page(glyphs, page, rulings) for page in pages]
    ends = [set_off(page) for page in rows]
    bodies = [page[first:end] for page, (first, end) in zip(rows, ends, strict=True)]
    gutters = find_gutters(bodies, ruled)
    if not gutters:
        return [OrderedRow(row.numbers) for page in rows for row in page]
    edges = [gutter.right for gutter in gutters]
    bodies = [[measure_row(glyphs, row.numbers, edges) for row in body] for body in bodies]
    labels = {gutter: labels_below_short_heads(bodies, ruled, gutter) for gutter in gutters}
    short_heads = {gutter: below for gutter, below in labels.items() if below is not None}
    order = _Order(glyphs, cluster, gutters, short_heads)
    ordered: list[OrderedRow] = []
    goes_on = False  # the page before ends in columns
    for page, own, body, (first, end) in zip(rows, ruled, bodies, ends, strict=True):
        head, foot = ([OrderedRow(row.numbers) for row in part] for part in (page[:first], page[end:]))
        in_columns = list(order.read(body, own, goes_on=goes_on))
        goes_on = any(row.column != _PAGE for row in in_columns[-_LAST_LINES:])
        ordered += [*head, *in_columns, *foot]
    return ordered


def _has_starts(glyphs: Sequence[Glyph], pages: Sequence[Sequence[Sequence[int]]]) -> bool:
    """True if enough lines begin at one place far from the margin or behind a gap, as those of columns do."""
    margin = min((glyphs[numbers[0]].x0 for page in pages for numbers in page), default=0.0)
    starts = Counter[int]()
    for page in pages:
        for numbers in page:
            right = -inf
            for number in numbers:
                glyph = glyphs[number]
                if glyph.x0 - right > MIN_GUTTER / 2 * glyph.size and glyph.x0 - margin > MIN_COLUMN / 2 * glyph.size:
                    starts[round(glyph.x0)] += 1
                right = glyph.x1
    return any(count + starts[x0 + 1] >= min(MIN_LINES) for x0, count in list(starts.items()))


def _of_page(glyphs: Sequence[Glyph], page: Sequence[int], rulings: Sequence[Ruling]) -> list[Ruling]:
    number = glyphs[page[0]].page
    return sorted((rule for rule in rulings if rule.page == number), key=lambda rule: rule.top)


class _Order:
    """The gutters of a guide, and how its pages are cut along them."""

    def __init__(
        self,
        glyphs: Sequence[Glyph],
        cluster: Cluster,
        gutters: Sequence[Gutter],
        short_heads: Mapping[Gutter, Container[str]],
    ) -> None:
        self.glyphs, self.cluster, self.gutters, self.short_heads = glyphs, cluster, gutters, short_heads
        self.edges = [gutter.right for gutter in gutters]
        self.text_left = min(gutter.text_left for gutter in gutters)
        self.text_right = max(gutter.text_right for gutter in gutters)

    def read(
        self,
        rows: Sequence[Row],
        rulings: Sequence[Ruling],
        column: Column = _PAGE,
        *,
        ends_page: bool = True,
        goes_on: bool = False,
    ) -> Iterator[OrderedRow]:
        """The lines of a column, or of a page, from the last gutter on: bands of it from top to bottom."""
        reach = self.gutters[-1].left if ends_page else None
        for gutter in self.gutters if rows else ():
            if not column.left < gutter.left < gutter.right < column.right:
                continue
            places = places_of(rows, gutter.right, rulings)
            if gutter in self.short_heads:
                places = with_short_heads(rows, places, gutter, rulings, reach, self.short_heads[gutter])
            if column == _PAGE:
                places = with_titles(rows, places, self.gutters)
            band = next(bands_of(rows, gutter, places, goes_on=goes_on), None)
            if band is None:
                continue
            middle = (gutter.left + gutter.right) / 2
            sides = sides_of(rows[slice(*band)], gutter.right)
            left = column._replace(right=middle, from_right=self.text_right - gutter.left)
            right = column._replace(left=middle, from_left=gutter.right - self.text_left)
            is_last = ends_page and band[1] == len(rows)
            yield from self.read(rows[: band[0]], rulings, column, ends_page=False)
            yield from self.read(self._rows(sides.left), rulings, left, ends_page=is_last)
            yield from self.read(self._rows(sides.right), rulings, right, ends_page=is_last)
            yield from self.read(rows[band[1] :], rulings, column, ends_page=ends_page)
            return
        yield from (OrderedRow(row.numbers, column) for row in rows)

    def _rows(self, parts: Sequence[Sequence[Stretch]]) -> list[Row]:
        """The lines of one column, which need not stand at the heights of those beside it."""
        numbers = [number for part in parts for stretch in part for number in stretch.numbers]
        return [measure_row(self.glyphs, line, self.edges) for line in self.cluster(numbers)]
