"""HTML inside Markdown: tables with merged cells, scripts, struck words, breaks; other tags are no text."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from extract.model.stages import Script
from extract.model.text import Cell
from extract.pull.markdown_reader.mathematics import Piece
from extract.pull.markdown_reader.paragraphs import BREAK, PICTURE, Paragraphs

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_ATTRIBUTE = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,9})", re.IGNORECASE)
_SCRIPTS: Mapping[str, Script] = {"sup": "raised", "sub": "lowered"}
_STRUCK = frozenset(("del", "s", "strike"))
_MUTED = frozenset(("script", "style"))
_PICTURES = frozenset(("canvas", "embed", "iframe", "img", "object", "svg", "video"))
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "center", "pre", "blockquote",
     "section", "article", "details", "summary", "caption", "figure", "figcaption", "hr", "header", "footer", "main")
)  # fmt: skip
_MAX_SPAN = 200  # columns or rows; a table of a guide has fewer
_MAX_COLUMNS = 1000  # beyond which cells are taken for those of one column


class Tag(NamedTuple):
    """A tag: its name in small letters, whether it closes, its attributes as written."""

    name: str
    closes: bool
    attributes: str


def parse_html(source: str) -> Iterator[Tag | str]:
    """The tags and the words between them; comments are left out, but one that never ends is none."""
    position, last_comment_end = 0, source.rfind("-->")
    while position < len(source):
        start = source.find("<", position)
        start = len(source) if start < 0 else start
        if start > position:
            yield source[position:start]
        if start == len(source):
            return
        if source.startswith("<!--", start) and start < last_comment_end:
            position = source.index("-->", start) + 3
        elif match := _TAG.match(source, start):
            yield Tag(match[2].lower(), bool(match[1]), match[3])
            position = match.end()
        else:
            yield "<"
            position = start + 1


class _Grid:
    """The places of a table that are filled, row by row."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._row = -1
        self._column = 0
        self._filled: dict[int, int] = {}  # the row to which each column is filled from above

    def start_row(self) -> None:
        self._row += 1
        self._column = 0

    def place(self, rows: int, columns: int) -> Cell:
        """The next cell, in the first column that is free."""
        while self._column < _MAX_COLUMNS and self._filled.get(self._column, 0) > self._row:
            self._column += 1
        row, first = max(self._row, 0), self._column
        self._column += columns
        self._filled.update(dict.fromkeys(range(first, self._column), row + rows))
        return Cell(self._number, range(row, row + rows), range(first, self._column))


class HtmlTags:
    """What the tags say of the words that follow: script, struck out, cell. A table that never ends is none."""

    def __init__(self, paragraphs: Paragraphs, *, has_tables: bool) -> None:
        self._paragraphs = paragraphs
        self._has_tables = has_tables
        self._scripts: list[Script] = []
        self._struck = 0
        self._grid: _Grid | None = None
        self._depth = 0  # of tables in one another: the words of the inner ones belong to the cell around them
        self._muted = ""
        self.tables = 0
        self.cell: Cell | None = None

    def piece(self, words: str) -> Piece:
        """Words in the form that the tags around them give."""
        return Piece(words, self._scripts[-1] if self._scripts else None, "struck-out" if self._struck else None)

    def start_paragraph(self) -> None:
        """Forget what holds within a paragraph alone."""
        self._scripts.clear()
        self._struck = 0

    def write(self, words: str) -> None:
        """Words between tags, with their entities."""
        if not self._muted:
            self._paragraphs.add(self.piece(unescape(words)))

    def take(self, tag: Tag, line: int) -> None:
        """Do what a tag says at a line of the file."""
        name = tag.name
        if name in _MUTED:
            self._muted = "" if tag.closes else name
        elif self._has_tables and name in ("table", "tr", "td", "th"):
            self._take_table(tag, line)
        elif name == "br":
            self._paragraphs.add(BREAK)
        elif name in _SCRIPTS and not tag.closes:
            self._scripts.append(_SCRIPTS[name])
        elif name in _SCRIPTS and self._scripts:
            self._scripts.pop()
        elif name in _STRUCK:
            self._struck = max(0, self._struck + (-1 if tag.closes else 1))
        elif name in _PICTURES and not tag.closes:
            self._paragraphs.add(PICTURE)
        elif name in _BLOCKS:
            self._paragraphs.start(line, self.cell)

    def _take_table(self, tag: Tag, line: int) -> None:
        if tag.name == "table":
            self._depth = max(0, self._depth + (-1 if tag.closes else 1))
            if self._depth == 1 and not tag.closes:
                self.tables += 1
                self._grid = _Grid(self.tables)
            if self._depth == 0:
                self._grid = self.cell = None
        elif self._grid and self._depth == 1:
            self.cell = None
            if tag.name == "tr" and not tag.closes:
                self._grid.start_row()
            elif tag.name != "tr" and not tag.closes:
                self.cell = self._grid.place(*_spans(tag.attributes))
        self._paragraphs.start(line, self.cell)


def _spans(attributes: str) -> tuple[int, int]:
    """How many rows and columns a cell fills."""
    spans = {name.lower(): int(number) for name, number in _ATTRIBUTE.findall(attributes)}
    rows, columns = (min(max(spans.get(name, 1), 1), _MAX_SPAN) for name in ("rowspan", "colspan"))
    return rows, columns
