"""pandoc's own tables, which no other Markdown has: grids of + and |, and columns below groups of dashes.

Columns are told by where characters stand, Chinese ones two places wide.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby, pairwise, takewhile
from math import inf

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from extract.pull.markdown_reader.line_breaks import joint

CELL_OPEN, CELL_CLOSE = "cell_open", "cell_close"  # tokens with the rows and columns of a cell in their meta
_GRID_RULE = re.compile(r"\+(?:[-=:]+\+)+")
_RULE = re.compile(r"[-=:]+")
_DASHES = re.compile(r"-{2,}(?: +-{2,})+")
_MIN_RULE = 5  # characters of a rule
_MAX_HEAD = 8  # lines of the head of a table with its rule
_MAX_COLUMNS = 200


def enable_pandoc_tables(parser: MarkdownIt) -> None:
    """Have a parser read them."""
    parser.block.ruler.before("table", "grid_table", _grid_table, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.before("table", "dashed_table", _dashed_table)


class _Cell:
    """A cell in the making."""

    def __init__(self, row: int, columns: range) -> None:
        self.rows = range(row, row + 1)
        self.columns = columns
        self.lines: list[str] = []


def _grid_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A grid; a cell goes on where no rule is below it."""
    if not _GRID_RULE.fullmatch(_line(state, start_line).lstrip()):
        return False
    if silent:
        return True
    numbers = takewhile(lambda number: _line(state, number).lstrip()[:1] in ("+", "|"), range(start_line, end_line))
    lines = [_line(state, number).lstrip() for number in numbers]
    edges = sorted({place for line in lines for place, char in _places(line) if char == "+"})
    cells = _grid_cells(lines, edges) if len(edges) <= _MAX_COLUMNS else None
    if cells is None or not cells:
        return False
    _push(state, cells, start_line, start_line + len(lines))
    return True


def _grid_cells(lines: Sequence[str], edges: Sequence[int]) -> list[_Cell] | None:
    """The cells, None where a line does not stand in the columns."""
    numbers = {place: number for number, place in enumerate(edges)}
    cells: list[_Cell] = []
    below: dict[int, _Cell] = {}  # the cell that is open in each column
    row = 0
    for line in lines[1:]:
        parts = list(_parts(line, numbers))
        if not parts or parts[-1][1] != len(edges) - 1:
            return None
        has_rule = any(_RULE.fullmatch(words) for *_, words in parts)
        row += has_rule
        for first, end, words in parts:
            if _RULE.fullmatch(words):
                for column in range(first, end):
                    below.pop(column, None)
                continue
            cell = below.get(first)
            if cell is None:
                cell = _Cell(row, range(first, end))
                cells.append(cell)
                below |= dict.fromkeys(range(first, end), cell)
            cell.rows = range(cell.rows.start, row + 1)
            cell.lines.append(words.strip())
    return cells


def _parts(line: str, edges: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    """What stands between the marks of a line: from which column to which, and the words."""
    first, words = -1, ""
    for place, char in _places(line):
        if place in edges and char in "|+":
            if first >= 0:
                yield first, edges[place], words
            first, words = edges[place], ""
        else:
            words += char


def _dashed_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A head above groups of dashes, and a row to a line; or between two rules, with empty lines between rows."""
    dashes = _find_dashes(state, start_line, end_line)
    is_simple = dashes == start_line + 1 and not _is_rule(_line(state, start_line))
    numbers = range(dashes + 1, end_line) if dashes is not None else range(0)
    ends = (number for number in numbers if (_is_empty if is_simple else _is_rule)(_line(state, number)))
    end = next(ends, end_line if is_simple else None)
    if dashes is None or end is None:
        return False
    if silent:
        return True
    starts = [match.start() for match in re.finditer("-+", _line(state, dashes))]
    head = [line for number in range(start_line, dashes) if not _is_rule(line := _line(state, number))]
    body = [_line(state, number) for number in range(dashes + 1, end)]
    filled = [list(lines) for is_empty, lines in groupby(body, key=_is_empty) if not is_empty]
    rows = filled if len(filled) > 1 else [[line] for line in body if not _is_empty(line)]
    cells = [cell for row, lines in enumerate([head] * bool(head) + rows) for cell in _cells_below(row, lines, starts)]
    _push(state, cells, start_line, min(end + (not is_simple), end_line))
    return True


def _find_dashes(state: StateBlock, start_line: int, end_line: int) -> int | None:
    """The line with groups of dashes: the first of a table, below a line of head, or below a rule and its lines."""
    for number in range(start_line, min(start_line + _MAX_HEAD, end_line)):
        if _DASHES.fullmatch(_line(state, number).strip()):
            return number
        if number > start_line and not _is_rule(_line(state, start_line)):
            return None
    return None


def _cells_below(row: int, lines: Sequence[str], starts: Sequence[int]) -> Iterator[_Cell]:
    """The cells of a row; what stands left of the first dashes is the first cell's."""
    for column, (start, end) in enumerate(pairwise([0, *starts[1:], inf])):
        cell = _Cell(row, range(column, column + 1))
        cell.lines += ["".join(char for place, char in _places(line) if start <= place < end).strip() for line in lines]
        yield cell


def _is_rule(line: str) -> bool:
    return re.fullmatch(r" *-{2,}(?: +-{2,})* *", line) is not None and len(line.strip()) >= _MIN_RULE


def _is_empty(line: str) -> bool:
    return not line.strip()


def _places(line: str) -> Iterator[tuple[int, str]]:
    """The characters of a line, each with the place at which it begins."""
    place = 0
    for char in line:
        yield place, char
        place += 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _line(state: StateBlock, number: int) -> str:
    start = state.bMarks[number] + min(state.tShift[number], state.blkIndent)
    return state.src[start : state.eMarks[number]].rstrip()


def _push(state: StateBlock, cells: Sequence[_Cell], start_line: int, end_line: int) -> None:
    state.push("table_open", "", 1).map = [start_line, end_line]
    for cell in cells:
        token = state.push(CELL_OPEN, "", 1)
        token.meta = {"rows": cell.rows, "columns": cell.columns}
        token.map = [start_line, end_line]
        for is_empty, lines in groupby(cell.lines, key=_is_empty):
            if not is_empty:
                inline = state.push("inline", "", 0)
                inline.content = reduce(lambda words, line: words + joint(words, line) + line, lines)
                inline.map, inline.children = [start_line, end_line], []
        state.push(CELL_CLOSE, "", -1)
    state.push("table_close", "", -1)
    state.line = end_line
