"""Tokens of markdown-it → paragraphs: headings, lists with their numbers, tables, code, HTML, notes."""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from extract.model.text import Cell
from extract.pull.markdown_reader.dialect import NOTE_CLOSE, NOTE_OPEN, PIECES, REMARK
from extract.pull.markdown_reader.html_tags import HtmlTags, Tag, parse_html
from extract.pull.markdown_reader.mathematics import Piece, parse_mathematics
from extract.pull.markdown_reader.nested_lists import mark_nested_items
from extract.pull.markdown_reader.pandoc_tables import CELL_CLOSE, CELL_OPEN
from extract.pull.markdown_reader.paragraphs import HARD_BREAK, PICTURE, SOFT_BREAK, Paragraphs

_FORMULA = re.compile(r"\$([^$\n]+)\$")
_NEWLINE = re.compile(r"[ \t]*\n[ \t]*")
_WIDE = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000]")
_PAGE_NUMBER = re.compile(r"[-–—]+ ?\d{1,4} ?[-–—]+|第 ?\d{1,4} ?页(?:[ ，,/]*共 ?\d{1,4} ?页)?|\{\d{1,4}\}-{5,}")
_BREAKS = {"softbreak": SOFT_BREAK, "hardbreak": HARD_BREAK}
_DASHES = re.compile(r"(?<=\d)---?(?=\d)")  # of pandoc: 2--3 is 2–3
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]*|\{.*\}")  # of a fence; other words are text
_FENCED_MARKDOWN = ("markdown", "md")  # a whole guide in a fence, as chats hand it out


class TokenWriter:
    """Write what a parser makes of a text."""

    def __init__(self, parser: MarkdownIt, paragraphs: Paragraphs, text: str) -> None:
        self._parser = parser
        self._paragraphs = paragraphs
        self._text = text
        self._tags = HtmlTags(paragraphs, has_tables=_has_whole_tables(text))
        self._marker = ""  # of a list item whose words have not begun
        self._note: tuple[int, str] | None = None
        self._env: dict[str, Any] = {}
        self._bullets: dict[int, str] = {}  # of nested items without numbers, by the identities of their tokens
        self._cell: Cell | None = None  # of a pipe table, and the row and column in which the next one stands
        self._row = self._column = 0
        self._row_line, self._row_source = 1, ""
        self._is_in_fence = False
        self._deepest = 0

    def write(self) -> int:
        """Write all paragraphs; return how deep tokens stand in one another."""
        self._write_source(self._text, 0)
        return self._deepest

    def _write_source(self, source: str, offset: int) -> None:
        lines = source.split("\n")
        tokens = self._parser.parse(source, self._env)
        self._bullets |= mark_nested_items(tokens)
        place = 0
        for token in tokens:
            place = token.map[0] if token.map else place
            self._deepest = max(self._deepest, token.level)
            self._write_token(token, offset + place + 1, lines[place])

    def _write_token(self, token: Token, line: int, source: str) -> None:
        kind = token.type
        if kind == "inline":
            self._write_inline(token, line, source)
        elif kind == "fence":
            self._write_fence(token, line)
        elif kind == "html_block":
            self._write_html(token.content, line)
        elif kind == "list_item_open":
            self._marker += f"{token.info}{token.markup} " if token.info else self._bullets.get(id(token), "")
        elif kind == "list_item_close":
            self._start(line)
        elif kind == NOTE_OPEN:
            self._note = (self._paragraphs.next_note(), token.meta["mark"])
        elif kind == NOTE_CLOSE:
            self._note = None
        else:
            self._write_table(token, line, source)

    def _start(self, line: int) -> None:
        """Start a paragraph, with the number of its list item or the mark of its note."""
        note, mark = self._note or (None, "")
        self._paragraphs.start(line, self._tags.cell or self._cell, note)
        self._tags.start_paragraph()
        if mark:
            self._paragraphs.add(Piece(mark, "raised"))
            self._paragraphs.add(Piece(" "))
            self._note = (note or 0, "")
        self._paragraphs.add(Piece(self._marker))
        self._marker = ""

    def _write_inline(self, token: Token, line: int, source: str) -> None:
        if _PAGE_NUMBER.fullmatch(source.strip()) and token.map and token.map[1] - token.map[0] == 1:
            self._marker = ""
            self._start(line)
            self._paragraphs.add(Piece(source.strip(), excluded="page-number"))
            return
        self._start(line)
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "image" and not _is_icon(children[:index], children[index + 1 :]):
                self._paragraphs.add(PICTURE)
            self._write_child(child, line)

    def _write_child(self, child: Token, line: int) -> None:
        if child.type == "text":
            self._paragraphs.add(self._tags.piece(_DASHES.sub(_dash, child.content)))
        elif child.type == "code_inline":
            self._paragraphs.add(self._tags.piece(child.content))
        elif child.type == REMARK:
            self._paragraphs.remark(child.content)
        elif child.type in _BREAKS:
            self._paragraphs.add(_BREAKS[child.type])
        elif child.type == PIECES:
            for piece in child.meta[PIECES]:
                form = self._tags.piece(piece.words)
                self._paragraphs.add(form._replace(script=piece.script or form.script))
        elif child.type in ("s_open", "s_close"):
            self._tags.take(Tag("s", child.nesting < 0, ""), line)
        elif child.type == "html_inline":
            for part in parse_html(child.content):
                if isinstance(part, Tag):
                    self._tags.take(part, line)

    def _write_fence(self, token: Token, line: int) -> None:
        if token.info.strip().lower() in _FENCED_MARKDOWN and not self._is_in_fence:
            self._is_in_fence = True
            self._write_source(token.content, line)
            self._is_in_fence = False
            return
        is_language = _LANGUAGE.fullmatch(token.info.strip())
        self._start(line + bool(is_language))
        for words in [*([] if is_language else [token.info]), *token.content.split("\n")]:
            self._paragraphs.add(Piece(words))
            self._paragraphs.add(HARD_BREAK)

    def _write_html(self, source: str, line: int) -> None:
        """A block of HTML; formulas stand in the cells of its tables."""
        self._start(line)
        for part in parse_html(source):
            if isinstance(part, Tag):
                self._tags.take(part, line)
            else:
                self._write_words(part)
                line += part.count("\n")

    def _write_words(self, words: str) -> None:
        words = _NEWLINE.sub(_joint, words)
        for number, part in enumerate(_FORMULA.split(words)):
            pieces = parse_mathematics(part) if number % 2 else None
            if pieces is None:
                self._tags.write(f"${part}$" if number % 2 else part)
            for piece in pieces or ():
                form = self._tags.piece(piece.words)
                self._paragraphs.add(form._replace(script=piece.script or form.script))

    def _write_table(self, token: Token, line: int, source: str) -> None:
        """Pipe tables. The cells that a row has beyond those of its head, which GFM drops, are written as well."""
        if token.type == "table_open":
            self._tags.tables += 1
            self._row = -1
        elif token.type == "tr_open":
            self._row += 1
            self._column = 0
            self._row_line, self._row_source = line, source
        elif token.type in ("th_open", "td_open"):
            self._cell = Cell(self._tags.tables, range(self._row, self._row + 1), range(self._column, self._column + 1))
            self._column += 1
        elif token.type == CELL_OPEN:
            self._cell = Cell(self._tags.tables, token.meta["rows"], token.meta["columns"])
        elif token.type in ("th_close", "td_close", CELL_CLOSE):
            self._cell = None
        elif token.type == "tr_close":
            self._write_further_cells()
        elif token.type == "table_close":
            self._start(line)

    def _write_further_cells(self) -> None:
        words = escapedSplit(self._row_source.strip().removeprefix("|"))
        words = words[:-1] if words and not words[-1].strip() else words
        for further in words[self._column :]:
            cell = Cell(self._tags.tables, range(self._row, self._row + 1), range(self._column, self._column + 1))
            self._column += 1
            for token in self._parser.parseInline(further.strip(), self._env):
                self._cell = cell
                self._write_inline(token, self._row_line, self._row_source)
        self._cell = None


def _has_whole_tables(text: str) -> bool:
    small = text.lower()
    return 0 < small.count("<table") == small.count("</table")


def _is_icon(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """True for a picture that begins a link or stands before one, and for one at the end of a line behind a link."""
    last, following = ((rows[0].type if rows else "") for rows in (before[::-1], behind))
    if last == "link_open":
        return following != "link_close"
    return following == "link_open" or (last == "link_close" and following in ("", *_BREAKS))


def _dash(hyphens: re.Match[str]) -> str:
    return "—" if len(hyphens[0]) == 3 else "–"


def _joint(newline: re.Match[str]) -> str:
    """What a line break in HTML is: nothing between Chinese characters, else a space."""
    text, (start, end) = newline.string, newline.span()
    around = text[start - 1 : start] + text[end : end + 1]
    return "" if not around or _WIDE.search(around) else " "
