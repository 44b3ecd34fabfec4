"""Lists without markers, an item on each line: 农业 | 能源 in a cell of a table, or between line breaks of a web page.

Words that are no prose and no figure, and that are broken where the next word had room, are items.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.layout.lines import MeasuredLine
from extract.model.text import Cell, Text, display_width, join_texts

_MAX_ITEM = 24  # ems
_NO_ITEM = re.compile(r"[。，；？！《》]|\d *(?:个|项|[十百千万亿]|元|年|月|日|%|家|人)|：(?=.)")
_OPEN_END = re.compile("[、（(“‘的和及与或在于对为将由以]$|^[^（）]*（[^）]*$")
_OPEN_START = re.compile("[、）)”’的和及与或等]")
_HEAD = re.compile("[^：]{1,12}：[^：]+$")
_FIRST_WORD = re.compile(r"(?:[（(“‘]*(?:[!-~]+|.))[、，。；：！？）)”’》]*")
_SLACK = 0.5  # ems


def are_items(lines: Sequence[Text]) -> bool:
    """Return True if lines are the items of a list: short, and words of no sentence, figure or title.

    The first may have a label before it, or be one (领域方向：农业 | 能源), and each a head: 农业：育种 | 能源：储能.
    """
    first, *others = [line.plain.strip() for line in lines]
    has_heads = all(map(_HEAD.match, others))
    if "：" in first and not (has_heads and _HEAD.match(first)):
        first = first.partition("：")[2]
    plains = [first, *others] if first else others
    if all(map(_HEAD.match, plains)):
        plains = [plain.partition("：")[2] for plain in plains]
    return bool(others) and not any(
        not plain
        or sum(map(display_width, plain)) > _MAX_ITEM
        or _NO_ITEM.search(plain)
        or (after is not None and (_OPEN_END.search(plain) or _OPEN_START.match(after)))
        for plain, after in zip(plains, [*plains[1:], None], strict=True)
    )


def item_starts(rows: Sequence[MeasuredLine], starts: Sequence[bool | None]) -> list[bool | None]:
    """Return which lines start paragraphs, given what the layout says: in the cells of a page also items of lists."""
    found = list(starts)
    edges = _room_at_edges(rows)
    cells: dict[Cell, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.cell:
            cells[row.cell].append(index)
    for cell, indices in cells.items():
        breaks = {
            index for before, index in pairwise(indices) if _is_broken(rows[before], rows[index], edges[cell.table])
        }
        if breaks and are_items(
            list(_items([rows[index].text for index in indices], [at in breaks for at in indices]))
        ):
            for index in indices[1:]:
                found[index] = True if index in breaks else None  # a full line may end an item, too
    return found


def _items(lines: Sequence[Text], breaks: Sequence[bool]) -> Iterator[Text]:
    """Yield the words between breaks."""
    pieces = [lines[0]]
    for line, is_break in zip(lines[1:], breaks[1:], strict=True):
        if is_break:
            yield join_texts(pieces, line)
            pieces = []
        pieces.append(line)
    yield join_texts(pieces, lines[0])


def _room_at_edges(rows: Sequence[MeasuredLine]) -> dict[int, float]:
    """The least room at the left edge of the cells of each table, in points; that at the right is as wide."""
    room: dict[int, float] = {}
    for row in rows:
        if row.cell:
            room[row.cell.table] = max(0.0, min(room.get(row.cell.table, row.size), row.x0 - row.left))
    return room


def _is_broken(before: MeasuredLine, row: MeasuredLine, edge: float) -> bool:
    """True if a line ends where the first word of the next had room; what may not begin a line stays behind it."""
    match = _FIRST_WORD.match(row.text.plain)
    word = sum(map(display_width, match[0])) if match else 1
    return before.right - edge - before.x1 > (word + _SLACK) * before.size
