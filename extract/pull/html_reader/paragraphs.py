"""Walk through a page as it is shown: its paragraphs in order, with the element, the cells and the words of each."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html
from msgspec import Struct

from extract.model.record import ExcludedReason
from extract.model.stages import Script
from extract.model.text import display_width
from extract.pull.html_reader.list_numbers import list_style_of, mark_nested_items, number_items
from extract.pull.html_reader.looks import Look, is_tall, sight_of_element, stands_in_line
from extract.pull.html_reader.notes.linked import find_linked_notes
from extract.pull.html_reader.styles import Styles
from extract.pull.html_reader.tables import CellOf, Grid, find_cells
from extract.pull.sight import Sight

# As the HTML standard's default style shows them.
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
     "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext",
     "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp"}
)  # fmt: skip
_WITHOUT_TEXT = frozenset(
    {"applet", "area", "audio", "base", "canvas", "datalist", "frame", "frameset", "head", "iframe", "link",
     "map", "meta", "noembed", "noframes", "noscript", "object", "param", "script", "style", "svg", "template",
     "title", "video"}
)  # fmt: skip
_PICTURES = frozenset({"applet", "canvas", "embed", "iframe", "img", "object", "svg", "video"})
_STRUCK = frozenset({"del", "s", "strike"})
_SCRIPTS: dict[str, Script] = {"sup": "raised", "sub": "lowered", "super": "raised"}
_KEEPS_SPACE = frozenset({"pre", "listing", "plaintext", "xmp"})
_CHANGING = frozenset(
    {*_STRUCK, *_SCRIPTS, *_KEEPS_SPACE, "a", "dialog", "menu", "ol", "rp", "rt", "td", "textarea", "th", "ul"}
)  # what hands down more than it was handed, without any attribute
_UNSEEN_INPUTS = frozenset({"checkbox", "color", "file", "hidden", "image", "password", "radio", "range"})
_SPACE = re.compile(r"([ \t\n\r\f]+)")
_MIN_INDENT = 1.2  # ems of spaces that begin a paragraph behind a break: <br>


class Drawn(NamedTuple):
    """A picture, or what else is drawn in a frame: the link in which it stands, and if it is said to be tall."""

    link: str | None
    is_tall: bool


class Piece(NamedTuple):
    """Words of a line that are alike. `link` is the address of the link in which they stand.

    Those are doubtful that a reader may not see; those that have the colour of paper are so `on_paper` alone. `picture`
    is the one that follows them.
    """

    words: str
    script: Script | None = None
    excluded: ExcludedReason | None = None
    link: str | None = None
    is_doubtful: bool = False
    on_paper: bool = False
    picture: Drawn | None = None


Line = list[Piece]


class Paragraph(Struct):
    """A paragraph: the element in which it stands, its lines, its cells from the outermost table inwards.

    `text` has the words that are not excluded, `note` is the number of its footnote, if it is one.
    """

    element: html.HtmlElement
    lines: list[Line]
    text: str
    cells: tuple[CellOf, ...] = ()
    note: int | None = None

    @property
    def pieces(self) -> Iterator[Piece]:
        return (piece for line in self.lines for piece in line)


class _Place(NamedTuple):
    """What an element hands down to those within it."""

    gone: bool = False
    unseen: bool = False
    struck: bool = False
    ruby: bool = False
    script: Script | None = None
    space: str = "normal"
    list_style: str = ""
    link: str | None = None
    leads_back: bool = False
    cells: tuple[CellOf, ...] = ()
    note: int | None = None
    look: Look = Look()
    sight: Sight = "seen"
    is_doubtful: bool = False

    @property
    def excluded(self) -> ExcludedReason | None:
        if self.gone or self.unseen or self.sight == "hidden":
            return "hidden"
        if self.struck:
            return "struck-out"
        if self.leads_back:
            return "navigation"
        return "ruby" if self.ruby else None


def walk_page(root: html.HtmlElement) -> tuple[list[Paragraph], list[Grid]]:
    """Return the paragraphs of a page, and its tables."""
    walk = _Walk(root)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if not walk.enter(element):
                events.skip_subtree()
        else:
            walk.leave(element)
    walk.end_paragraph()
    return walk.paragraphs, walk.grids


class _Walk:
    """The state of a walk: where it stands, and the paragraph that it gathers."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.paragraphs: list[Paragraph] = []
        self.grids: list[Grid] = []
        self._styles = Styles(root)
        self._notes = find_linked_notes(root)
        self._places = [_Place(look=Look(knows_all=self._styles.are_whole))]
        self._blocks: list[html.HtmlElement] = [root]
        self._numbers: dict[html.HtmlElement, Piece] = {}
        self._cells: dict[html.HtmlElement, CellOf] = {}
        self._here = self._places[0]
        self._lines: list[Line] = [[]]
        self._space = ""
        self._number: Piece | None = None

    def enter(self, element: html.HtmlElement) -> bool:
        """Begin an element. Returns False where nothing within it is shown as text."""
        declared = self._styles.of(element)
        place = self._place_in(element, declared)
        self._places.append(place)
        if _is_block(element.tag, declared):
            self.end_paragraph()
            self._blocks.append(element)
        if element.tag in _PICTURES:
            self._draw(element, declared, place)
        if element.tag in _WITHOUT_TEXT:
            return False
        if element in self._notes.notes:
            mark = self._notes.notes[element][1]
            self._number = Piece(mark, "raised") if mark else None
        if element.tag == "br":
            self._break_line()
        elif element.tag in ("ol", "ul", "menu"):
            numbers = number_items(element, place.list_style)
            if not numbers and element.tag != "ol" and self._numbers.keys().isdisjoint(element.iterchildren("li")):
                numbers = mark_nested_items(element)
            self._numbers |= {item: Piece(number) for item, number in numbers.items()}
        elif element.tag == "table":
            grid, cells = find_cells(element, len(self.grids))
            self.grids.append(grid)
            self._cells |= cells
        elif element.tag == "li" and element not in self._notes.notes:
            self._number = self._numbers.get(element)
        elif element.tag in ("input", "textarea", "select"):
            self._write(_value(element), place)
            return False
        self._write(element.text or "", place)
        return True

    def leave(self, element: html.HtmlElement) -> None:
        """End an element, and read on behind it."""
        self._places.pop()
        if self._blocks[-1] is element and len(self._blocks) > 1:
            self.end_paragraph()
            self._blocks.pop()
            if element.tag == "li" or element in self._notes.notes:
                self._number = None
        self._write(element.tail or "", self._places[-1])

    def end_paragraph(self) -> None:
        """End the paragraph; what is indented behind a break in it begins one of its own."""
        lines, self._lines, self._space = self._lines, [[]], ""
        start = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or _is_indented(lines[index]):
                self._keep([line for line in lines[start:index] if not _is_empty(line)])
                start = index

    def _keep(self, lines: list[Line]) -> None:
        if any(map(_is_seen, (piece for line in lines for piece in line))):
            lines = [[_without_paper(piece) for piece in line] for line in lines]
        if lines:
            text = "".join(piece.words for line in lines for piece in line if piece.excluded is None)
            self.paragraphs.append(Paragraph(self._blocks[-1], lines, text, self._here.cells, self._here.note))

    def _break_line(self) -> None:
        """Break the line; two breaks in a row end the paragraph."""
        self._space = ""
        if _is_empty(self._lines[-1]):
            self.end_paragraph()
        else:
            self._lines.append([])

    def _write(self, words: str, place: _Place) -> None:
        if not words:
            return
        if place.space in ("normal", "nowrap"):
            self._write_words(words, place)
            return
        first, *others = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for index, line in enumerate((first, *others)):
            if index:
                self._break_line()
            if place.space == "pre-line":
                self._write_words(line, place)
            elif line:
                self._append(line, place)

    def _write_words(self, words: str, place: _Place) -> None:
        for token in _SPACE.split(words):
            if _SPACE.fullmatch(token):
                self._space = self._space or token
            elif token:
                self._append(self._space_before(token) + token, place)
                self._space = ""

    def _space_before(self, token: str) -> str:
        """What is left of the space before a word: none at the start of a line, or where a line of the file ends
        between two Chinese characters.
        """
        line = self._lines[-1]
        if not self._space or not line:
            return ""
        is_end = "\n" in self._space or "\r" in self._space
        return "" if is_end and _is_wide(line[-1].words[-1]) and _is_wide(token[0]) else " "

    def _append(self, words: str, place: _Place) -> None:
        line = self._lines[-1]
        if self._number is not None and not words.isspace():
            line.append(self._number._replace(excluded=place.excluded))
            self._number = None
        self._here = place
        is_doubtful = place.is_doubtful or place.sight == "doubtful"
        on_paper = place.sight == "doubtful" and place.look.is_like_paper
        line.append(Piece(words, place.script, place.excluded, place.link, is_doubtful, on_paper))

    def _draw(self, element: html.HtmlElement, declared: dict[str, str], place: _Place) -> None:
        """Keep a picture that stands behind words of the line."""
        line = self._lines[-1]
        if line and place.excluded is None and stands_in_line(element, declared):
            drawn = Drawn(place.link, is_tall(element, declared, place.look.size))
            line[-1] = line[-1]._replace(picture=drawn)

    def _address(self, link: html.HtmlElement) -> str | None:
        """Where a link leads; a mark of a note is none."""
        is_mark = link in self._notes.marks or link in self._notes.back_links
        return None if is_mark else link.get("href")

    def _place_in(self, element: html.HtmlElement, declared: dict[str, str]) -> _Place:
        """What an element hands down, after what was handed down to it."""
        place, tag = self._places[-1], element.tag
        if tag not in _CHANGING and not declared and not element.attrib and element not in self._notes.notes:
            return place
        hidden = element.get("hidden") is not None and "display" not in declared
        decoration = declared.get("text-decoration", "") + declared.get("text-decoration-line", "")
        closed = tag == "dialog" and element.get("open") is None and "display" not in declared
        aligned = declared.get("vertical-align", tag if tag in _SCRIPTS else "")
        own = self._cells.get(element)
        note = self._notes.notes.get(element)
        look = place.look.within(element, declared)
        whole = sight_of_element(element, declared, look.size)
        return _Place(
            gone=place.gone or hidden or closed or declared.get("display") == "none" or whole == "hidden",
            unseen=declared.get("visibility", "hidden" if place.unseen else "visible") in ("hidden", "collapse"),
            struck=place.struck or tag in _STRUCK or "line-through" in decoration,
            ruby=place.ruby or tag in ("rt", "rp"),
            script="raised"
            if element in self._notes.marks
            else _SCRIPTS.get(aligned, None if aligned == "baseline" else place.script),
            space=declared.get("white-space", "pre" if tag in _KEEPS_SPACE or tag == "textarea" else place.space),
            list_style=list_style_of(element, declared, place.list_style),
            link=self._address(element) if tag == "a" else place.link,
            leads_back=place.leads_back or element in self._notes.back_links,
            cells=(*place.cells, own) if own else place.cells,
            note=place.note if note is None else note[0],
            look=look,
            sight=place.sight if look == place.look else look.sight,
            is_doubtful=place.is_doubtful or whole == "doubtful",
        )


def _is_block(tag: str, declared: dict[str, str]) -> bool:
    display = declared.get("display", "")
    if display in ("inline", "inline-block", "contents"):
        return False
    return tag in _BLOCKS or display.startswith(("block", "list-item", "table")) or display in ("flex", "grid")


def _value(element: html.HtmlElement) -> str:
    """The value that a form's control shows."""
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        options = list(element.iter("option"))
        shown = [one for one in options if one.get("selected") is not None] or options[:1]
        return " ".join(" ".join(one.itertext()) for one in shown)
    return "" if (element.get("type") or "text").lower() in _UNSEEN_INPUTS else element.get("value") or ""


def _is_seen(piece: Piece) -> bool:
    return piece.excluded is None and not piece.is_doubtful and not piece.words.isspace()


def _without_paper(piece: Piece) -> Piece:
    """A piece of a paragraph of which others are seen: its ground is paper."""
    if piece.excluded is None and piece.on_paper:
        return piece._replace(excluded="hidden", is_doubtful=False)
    return piece


def _is_empty(line: Line) -> bool:
    return all(not piece.words or piece.words.isspace() for piece in line)


def _is_indented(line: Line) -> bool:
    words = "".join(piece.words for piece in line)
    indent = words[: len(words) - len(words.lstrip())]
    return sum(map(display_width, indent)) >= _MIN_INDENT


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
