"""Titles and headings that stand across the columns, though they may be no wider than one of them."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from statistics import median, mode

from extract.layout.reading_order.places import Place, columned, places_of, runs_of
from extract.layout.reading_order.stretches import MAX_INDENT, MAX_ROOM, SMALLER, Gutter, Row, is_right_of, leading_of
from extract.model.stages import Ruling

_MAX_HEADS = 6  # lines of headings across the columns, and of the columns above, one below the other
_MAX_LONGER = 2  # lines by which the left one of two columns of equal height is longer
_CENTRED = 0.6  # ems from the middle of a title to that of the page
_OTHER_SIZE = 0.05  # the difference between two sizes, in sizes
_HOLE = 1.5  # the distance between two lines with a line between them that stands across, in leadings, at least
_MEETING = 1.0  # points between two rules that meet, at the most
_OVERLAP = 0.2  # ems that two lines may overlap
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.]*[%亿万年）)、，])")  # of a section
_SENTENCE_END = tuple("。；：！？")
# An item of a list, or a label with its value: no heading below columns begins so.
_ITEM = re.compile(r"（?\d{1,2}[）)、.](?!\d)|[①-⑳]|[\u4e00-\u9fff（）]{2,16}：.")
_LABEL = re.compile(r"[\u4e00-\u9fff（）]{2,16}：")
_PAGE_NUMBER = re.compile(r"\W*(?:第 ?)?\d{1,4}(?: ?页)?\W*")
_COLUMNS: tuple[Place, Place] = "left", "right"


def with_titles(rows: Sequence[Row], places: Sequence[Place], gutters: Sequence[Gutter]) -> list[Place]:
    """The places of lines, where titles above columns stand across: they are centred on the page, or in larger type.

    Below a line of the text stands none: the middle one of three columns is centred, too. Nor has one a line beside it.
    """
    text_left, text_right = min(one.text_left for one in gutters), max(one.text_right for one in gutters)
    changed = list(places)
    for first, end in columned(places):
        size = median(row.size for row in rows[first:end])
        for index in range(first, end):
            row = rows[index]
            room = row.stretches[0].x0 - text_left, text_right - row.stretches[-1].x1
            is_centred = abs(room[0] - room[1]) < 2 * _CENTRED * row.size and min(room) > MAX_INDENT * row.size
            is_large = row.size > (1 + _OTHER_SIZE) * size
            if index and not _is_apart(rows, index):
                break
            is_in_columns = _is_in_columns(row, gutters)
            is_title = is_centred and (is_large or not is_in_columns)
            if not is_title and (is_in_columns or (_fills_column(row, gutters) and not is_large)):
                break
            if is_title or is_large:
                changed[index] = "across"
    return changed


def _is_in_columns(row: Row, gutters: Sequence[Gutter]) -> bool:
    return any(len({is_right_of(part, gutter.right, row) for part in row.stretches}) == 2 for gutter in gutters)


def _fills_column(row: Row, gutters: Sequence[Gutter]) -> bool:
    return any(abs(gutter.left - row.stretches[-1].x1) <= MAX_ROOM * row.size for gutter in gutters)


def labels_below_short_heads(
    pages: Sequence[Sequence[Row]], rulings: Sequence[Sequence[Ruling]], gutter: Gutter
) -> set[str] | None:
    """The labels below lines of the left column that have nothing beside them, where these stand across: none of the
    right column stands so; None where they do not.

    Where there is space between paragraphs, lines of both columns do. Longer headings of sections cross the gutter.
    """
    labels: set[str] = set()
    alone: list[Place] = []
    for rows, ruled in zip(pages, rulings, strict=True):
        places = places_of(rows, gutter.right, ruled)
        alone += ["left" for first, end in _crossing(places) if any(_NUMBER.match(row.text) for row in rows[first:end])]
        for side in _COLUMNS:
            groups = [
                (first, end)
                for first, end in _alone(rows, places, gutter.right, side, ruled)
                if end - first <= _MAX_HEADS
            ]
            heads = [end - 1 for first, end in groups if places[first - 1] == "both" == "".join(places[end : end + 1])]
            alone += [side] * len(heads)
            labels.update(label for head in heads if (label := _label_below(rows, head)))
    return labels if set(alone) == {"left"} else None


def _crossing(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """The lines that cross a gutter below and above columns."""
    for first, end in runs_of(places, str):
        if places[first] == "across" and "both" in places[:first] and "both" in places[end:]:
            yield first, end


def with_short_heads(
    rows: Sequence[Row],
    places: Sequence[Place],
    gutter: Gutter,
    rulings: Sequence[Ruling],
    reach: float | None,
    labels: Container[str],
) -> list[Place]:
    """The places of lines, where those that have nothing beside them stand across, but for a longer left column.

    They are set in other type, begin with the number of a section, or stand beside no rule between the columns. `reach`
    is the right edge of the first column where the lines are the last of a page, or None; `labels` stand below others.
    """
    within = [rule for rule in rulings if gutter.left - 1 <= rule.x0 <= rule.x1 <= gutter.right + 1]
    rules = [rule for rule in within if not _is_border(rule, rulings)]
    if not _part_columns(rules, rows, places):
        rules = []
    body = mode([row.font for row in rows if row.font] or [""])
    changed = list(places)
    for first, end in _alone(rows, places, gutter.right, "left", rulings):
        group = range(first, end)
        heads = [index for index in group if rows[index].font not in (body, "")]
        heads = heads or [index for index in group if _NUMBER.match(rows[index].text)]
        if not heads and rules:
            heads = [index for index in group if not any(map(partial(_is_beside, rows[index]), rules))]
        elif not heads and end - first <= _MAX_HEADS:
            is_sentence = rows[end - 1].text.endswith(_SENTENCE_END)
            is_before_columns = end < len(rows) and places[end] == "both" and not is_sentence
            heads = [end - 1] if is_before_columns or _ends_page(rows, first, end, reach) else []
        elif not heads and end == len(rows) and reach is not None:
            heads = _head_below(rows, first, reach, labels)
        if heads:
            changed[heads[0] : end] = ["across"] * (end - heads[0])
    return changed


def _alone(
    rows: Sequence[Row], places: Sequence[Place], edge: float, side: Place, rulings: Sequence[Ruling]
) -> Iterator[tuple[int, int]]:
    """Lines one below the other that have nothing beside them, not even a table, below lines of both columns.

    The lines above and below them in the other column are farther apart than those of a column, and are no notes: these
    stand apart at the foot of their own.
    """
    least = _HOLE * leading_of(rows)
    largest = SMALLER * median([row.size for row in rows] or [0.0])
    for start, end in runs_of(places, str):
        if places[start] != side or start == 0 or places[start - 1] == "across":
            continue
        below_table = (at for at in range(end, start, -1) if _is_beside_table(rows[at - 1], edge, side, rulings))
        if (first := next(below_table, start)) == end:
            continue
        is_hole = end == len(rows) or places[end] == "across" or rows[end].top - rows[first - 1].top > least
        around = (rows[first - 1], *rows[end : end + 1])
        has_notes = any(_has_notes(row, edge, side, largest) for row in around)
        text = [row for row in rows[first - 1 : end + 1] if row.size > largest]
        if is_hole and not has_notes and all(_is_below(*pair) for pair in pairwise(text)):
            yield first, end


def _has_notes(row: Row, edge: float, side: Place, largest: float) -> bool:
    """True if smaller type stands on a line in the other column, other than the number of the page."""
    beside = [part for part in row.stretches if is_right_of(part, edge, row) == (side == "left")]
    return any(part.size <= largest and not _PAGE_NUMBER.fullmatch(part.text) for part in beside)


def _is_beside_table(row: Row, edge: float, side: Place, rulings: Iterable[Ruling]) -> bool:
    """True if an upright rule stands in the other column at the height of a line."""
    return any(
        _is_beside(row, rule) and rule.bottom - rule.top > rule.x1 - rule.x0
        for rule in rulings
        if (rule.x0 >= edge - 1 if side == "left" else rule.x1 <= edge + 1)
    )


def _part_columns(rules: Sequence[Ruling], rows: Sequence[Row], places: Sequence[Place]) -> bool:
    """True if rules stand beside most lines of both columns; the bar beside a tracked change may stand between them."""
    beside = [
        any(_is_beside(row, rule) for rule in rules) for row, place in zip(rows, places, strict=True) if place == "both"
    ]
    return 2 * sum(beside) > len(beside)


def _is_border(rule: Ruling, rulings: Iterable[Ruling]) -> bool:
    """True if a rule is the edge of a table, which meets rules across."""
    return any(
        other.x1 - other.x0 > other.bottom - other.top
        and other.x0 <= rule.x1 + _MEETING
        and other.x1 >= rule.x0 - _MEETING
        and rule.top - _MEETING <= other.top <= rule.bottom + _MEETING
        for other in rulings
    )


def _is_apart(rows: Sequence[Row], index: int) -> bool:
    """True if a line begins below the one above, and ends above the one below."""
    return all(_is_below(*pair) for pair in pairwise(rows[index - 1 : index + 2]))


def _is_below(upper: Row, lower: Row) -> bool:
    return upper.bottom <= lower.top + _OVERLAP * lower.size


def _head_below(rows: Sequence[Row], first: int, reach: float, labels: Container[str]) -> list[int]:
    """The heading of a last section that fills no second column, below columns of equal height: a sentence ends above,
    or below it stands the label that sections begin with.
    """
    group = range(first, min(first + _MAX_LONGER + 1, len(rows)))
    opened = (at for at in group if _is_open(rows, at, reach))
    return [at for at in opened if _ends_sentence(rows[at - 1], reach) or _label_below(rows, at) in labels][:1]


def _label_below(rows: Sequence[Row], index: int) -> str | None:
    """The label with which the line below begins; None where it has none."""
    match = _LABEL.match(rows[index + 1].text) if index + 1 < len(rows) else None
    return match and match[0]


def _ends_sentence(row: Row, reach: float) -> bool:
    """True if the words of a line in the first column end a sentence."""
    words = [part.text for part in row.stretches if part.x1 <= reach + MAX_ROOM * row.size]
    return bool(words) and words[-1].endswith(_SENTENCE_END)


def _ends_page(rows: Sequence[Row], first: int, end: int, reach: float | None) -> bool:
    """True if the last line of a page is a heading below columns of equal height."""
    is_below = end == len(rows) and end - first <= _MAX_LONGER + 1
    return is_below and reach is not None and _is_open(rows, end - 1, reach)


def _is_beside(row: Row, rule: Ruling) -> bool:
    return rule.top <= (row.top + row.bottom) / 2 <= rule.bottom


def _is_open(rows: Sequence[Row], index: int, reach: float) -> bool:
    """True if a line is no sentence, no item and no value, and neither it nor the one above fills the first column."""
    row = rows[index]
    ends = [one.stretches[0].x1 for one in rows[index - 1 : index + 1]]
    is_text = row.text.endswith(_SENTENCE_END) or _ITEM.match(row.text)
    return not is_text and all(reach - end > MAX_ROOM * row.size for end in ends)
