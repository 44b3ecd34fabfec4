"""Tell tables of a guide from tables that only arrange a page, and number them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from extract.model.text import Cell
from extract.pull.html_reader.paragraphs import Paragraph
from extract.pull.html_reader.tables import CellOf, Grid

_ALL = 0.9  # of the article's characters: a cell with so many in many paragraphs holds the article itself
_MANY = 10


def number_tables(paragraphs: Sequence[Paragraph], grids: Sequence[Grid], kept: Sequence[bool]) -> list[Cell | None]:
    """The cell of each paragraph, in the outermost table that is one of the guide's."""
    characters: dict[int, Counter[CellOf]] = defaultdict(Counter)
    holds: Counter[CellOf] = Counter()
    whole = 0
    outside: set[int] = set()
    for paragraph, is_kept in zip(paragraphs, kept, strict=True):
        size = len(paragraph.text)
        whole += size * is_kept
        outside |= set() if is_kept else {cell.table for cell in paragraph.cells}
        for cell in paragraph.cells if is_kept else ():
            characters[cell.table][cell] += size
            holds[cell] += 1
    tables = {
        index: 0
        for index, cells in characters.items()
        if not grids[index].is_for_layout
        and index not in outside
        and len(cells) > 1
        and not any(cells[cell] >= _ALL * whole and holds[cell] >= _MANY for cell in cells)
    }
    for number, index in enumerate(sorted(tables), 1):
        tables[index] = number
    return [_cell(paragraph, tables) if is_kept else None for paragraph, is_kept in zip(paragraphs, kept, strict=True)]


def _cell(paragraph: Paragraph, tables: dict[int, int]) -> Cell | None:
    own = next((cell for cell in paragraph.cells if cell.table in tables), None)
    return None if own is None else Cell(tables[own.table], own.rows, own.columns)
