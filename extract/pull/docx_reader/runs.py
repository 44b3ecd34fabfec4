"""The words of a paragraph: its runs, with what is raised, struck out, hidden, a mark of a note, or a remark."""

import re
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import NamedTuple

from extract.language.symbol_fonts import shown
from extract.model.record import ExcludedReason
from extract.model.stages import Script
from extract.pull.block_builder import BlockBuilder
from extract.pull.docx_reader.fields import Fields, is_page_number
from extract.pull.docx_reader.formulas import formula_pieces
from extract.pull.docx_reader.notes import Note, Notes
from extract.pull.docx_reader.styles import Styles
from extract.pull.docx_reader.surfaces import Surface
from extract.pull.docx_reader.wordml import (
    COMPATIBILITY,
    DRAWING,
    MATH,
    PLACED,
    SPACE,
    VML,
    Element,
    W,
    by_id,
    children,
    is_on_by,
    path,
    value,
)

_SPACES = " \t\n\r"  # of XML, which Word trims; an ideographic space stays
_BOXES = (f"{W}txbxContent",)
_WORDS = (f"{W}t", f"{W}sym", f"{MATH}t", f"{DRAWING}t")
_LEADERS = {"dot": "." * 6, "middleDot": "·" * 6, "hyphen": "-" * 6, "underscore": "_" * 6}
GONE = (f"{W}del", f"{W}moveFrom")
_TINY, _TALL = 1.5, 40.0  # points: a picture of no size, and one taller than 2.5 lines
_UNITS = 12_700  # of DrawingML in a point
_SIDE = re.compile(r"(?:^|;)\s*(?P<name>width|height)\s*:\s*(?P<number>\d+(?:\.\d+)?|\.\d+)(?P<unit>pt|in|cm|mm|px|)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 0.75}
_AFLOAT = re.compile(r"position\s*:\s*absolute|visibility\s*:\s*hidden")
ALTERNATIVES = f"{COMPATIBILITY}AlternateContent"


class TextBox(NamedTuple):
    """A text box that is tied to a paragraph, and why its words are no text of the guide."""

    content: Element
    excluded: ExcludedReason | None


class _Context(NamedTuple):
    """What holds for the words of an element; doubtful ones may be invisible."""

    excluded: ExcludedReason | None
    script: Script | None = None
    font: str = ""
    is_doubtful: bool = False


class RunReader:
    """Write the words of paragraphs to a document. `boxes` are the text boxes of the paragraph that was read last."""

    def __init__(self, builder: BlockBuilder, styles: Styles, notes: Notes, comments: Element | None) -> None:
        self._builder = builder
        self._styles = styles
        self._notes = notes
        self._comments = by_id(comments, "comment")
        self._fields = Fields()
        self._paragraph: Element | None = None
        self._surface = Surface()
        self._size = 0
        self._last_tab: Element | None = None
        self._note: Note | None = None
        self._kept = False
        self.boxes: list[TextBox] = []

    def read(
        self, paragraph: Element, surface: Surface, excluded: ExcludedReason | None, note: Note | None = None
    ) -> bool:
        """Write a paragraph on a surface; `note` is the one that begins with it. Return True if it has text."""
        self._paragraph, self._surface = paragraph, surface
        runs = paragraph.iter(f"{W}r")
        self._size = max((self._styles.form(path(run, "rPr"), paragraph).size for run in runs), default=0)
        self._last_tab = next(reversed([*paragraph.iter(f"{W}tab")]), None)
        self._note, self._kept, self.boxes = note, False, []
        self._children(paragraph, _Context(excluded))
        self._fields.end_paragraph()
        return self._kept

    def has_text(self, paragraph: Element) -> bool:
        """True if words of a paragraph are neither deleted nor hidden."""
        return any(
            next(run.iter(*_WORDS), None) is not None
            and not any(one.tag in GONE for one in run.iterancestors())
            and not self._styles.form(path(run, "rPr"), paragraph).is_hidden
            for run in paragraph.iter(f"{W}r", f"{MATH}r")
        )

    def _children(self, element: Element, context: _Context) -> None:
        for child in element.iterchildren("*"):
            read = _READ.get(child.tag)
            if read is not None:
                read(self, child, context)
            elif not child.tag.endswith(("Pr", "Change")):
                self._children(child, context)

    def _write(self, words: str, context: _Context) -> None:
        excluded = context.excluded
        if excluded == "running-head" and self._fields.in_page_number:
            excluded = "page-number"
        if excluded is None and self._fields.in_instruction:
            excluded = "hidden"
        if self._note is not None and words.strip() and excluded is None:
            words = words.lstrip().removeprefix(self._note.mark)  # a mark that is typed
            self._note_mark(None, context)
        self._builder.write(words, script=context.script, excluded=excluded, is_doubtful=context.is_doubtful)
        self._kept = self._kept or (excluded is None and bool(words.strip()))

    # ── elements ──────────────────────────────────────────────────────────────────────────────────────

    def _run(self, run: Element, context: _Context) -> None:
        assert self._paragraph is not None
        form = self._styles.form(path(run, "rPr"), self._paragraph, self._surface.forms)
        sight = form.sight_on(self._surface.ground)
        unseen: ExcludedReason | None = "hidden" if sight == "hidden" else None
        excluded = context.excluded or form.excluded or unseen
        within = _Context(excluded, form.script_within(self._size), form.font, sight == "doubtful")
        reference = next(run.iterchildren(f"{W}footnoteReference", f"{W}endnoteReference"), None)
        if reference is None:
            self._children(run, within)
        else:
            self._reference(run, reference, within)

    def _reference(self, run: Element, reference: Element, context: _Context) -> None:
        """Write the mark of a note, which stands in the same run where it is not counted."""
        is_custom = is_on_by(reference, "customMarkFollows")
        words = "".join(one.text or "" for one in run.iterchildren(f"{W}t")) if is_custom else ""
        note = self._notes.refer(reference, words) if context.excluded is None else None
        if note is None:
            self._write(words, context._replace(script="raised"))
        else:
            self._builder.refer(note.mark, note.number)
        if not is_custom:
            self._children(run, context)

    def _text(self, element: Element, context: _Context) -> None:
        words = element.text or ""
        if element.get(SPACE) != "preserve":
            words = words.strip(_SPACES)
        self._write(shown(words.replace("\n", " "), context.font), context)

    def _symbol(self, element: Element, context: _Context) -> None:
        code, font = value(element, "char") or "", value(element, "font") or ""
        try:
            number = int(code, 16)
            sign = chr(number | 0xF000 if number < 0x100 else number)
        except (ValueError, OverflowError):
            return
        self._write(shown(sign, font), context)

    def _tab(self, tab: Element, context: _Context) -> None:
        """A space; the dots of a table of contents lead to the last stop of the line."""
        leader = value(tab, "leader")
        if leader is None and self._paragraph is not None and tab is self._last_tab:
            stops = (
                [*children(path(one, "tabs"), "tab")] for one in self._styles.paragraph_properties(self._paragraph)
            )
            leader = next((value(tabs[-1], "leader") for tabs in stops if tabs), None)
        self._write(_LEADERS.get(leader or "", " "), context)

    def _hyphen(self, _: Element, context: _Context) -> None:
        self._write("-", context)

    def _line_break(self, _: Element, context: _Context) -> None:
        self._builder.break_line()

    def _deleted(self, element: Element, context: _Context) -> None:
        self._children(element, context._replace(excluded=context.excluded or "struck-out"))

    def _reading(self, element: Element, context: _Context) -> None:
        self._children(element, context._replace(excluded=context.excluded or "ruby"))

    def _note_mark(self, _: Element | None, context: _Context) -> None:
        """Write the mark with which a note begins."""
        if self._note is not None:
            note, self._note = self._note, None
            self._builder.refer(note.mark, note.number)

    def _alternatives(self, element: Element, context: _Context) -> None:
        self._children(chosen_alternative(element), context)

    def _text_box(self, element: Element, context: _Context) -> None:
        self.boxes.append(TextBox(element, context.excluded))

    def _drawing(self, element: Element, context: _Context) -> None:
        """A picture, or a shape: one that holds text, or stands beside the lines, is no word."""
        self._picture(_sides_in_line(element), context)
        self._children(element, context)

    def _shape(self, element: Element, context: _Context) -> None:
        """A picture as Word 2003 writes it, or an embedded object."""
        self._picture(_sides_of_shape(element), context)
        self._children(element, context)

    def _picture(self, sides: tuple[float, float] | None, context: _Context) -> None:
        """Keep the place of a picture of this width and height, in points."""
        if sides and min(sides) > _TINY and context.excluded is None and not self._fields.in_instruction:
            self._builder.picture(is_tall=sides[1] > _TALL)

    def _word_art(self, element: Element, context: _Context) -> None:
        self._write(element.get("string", ""), context._replace(excluded="watermark"))

    def _field_character(self, element: Element, context: _Context) -> None:
        drawn = self._fields.mark(element)
        if drawn:
            self._write(drawn, context)

    def _instruction(self, element: Element, _: _Context) -> None:
        self._fields.instruct(element.text or "")

    def _simple_field(self, element: Element, context: _Context) -> None:
        is_number = context.excluded == "running-head" and is_page_number(value(element, "instr") or "")
        self._children(element, context._replace(excluded="page-number") if is_number else context)

    def _formula(self, element: Element, context: _Context) -> None:
        for words, script in formula_pieces(element):
            self._write(words, context._replace(script=script))

    def _comment(self, element: Element, _: _Context) -> None:
        """Attach a comment where its range begins, or where Word draws its sign."""
        comment = self._comments.pop(value(element, "id") or "", None)
        if comment is not None:
            paragraphs = ("".join(one.text or "" for one in row.iter(f"{W}t")) for row in comment.iter(f"{W}p"))
            self._builder.remark("Comment", " ".join(filter(None, paragraphs)))


def chosen_alternative(element: Element) -> Element:
    """The alternative that Word draws: the first that it knows; where that has no words, the fallback has them."""
    alternatives = [*element.iterchildren(f"{COMPATIBILITY}Choice", f"{COMPATIBILITY}Fallback")]
    with_words = (one for one in alternatives if next(one.iter(*_WORDS), None) is not None)
    return next(with_words, element if not alternatives else alternatives[-1])


def _sides_in_line(drawing: Element) -> tuple[float, float] | None:
    """The width and height in points of a drawing that is a picture within a line; None for another one."""
    inline = drawing.find(f"{PLACED}inline")
    if inline is None or inline.find(f".//{DRAWING}blip") is None or next(inline.iter(*_BOXES), None) is not None:
        return None
    size, properties = inline.find(f"{PLACED}extent"), inline.find(f"{PLACED}docPr")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return None
    width, height = ((size.get(name, "") if size is not None else "") for name in ("cx", "cy"))
    return _points(width), _points(height)


def _points(units: str) -> float:
    """A length of DrawingML in points; that of a letter where there is none."""
    return int(units) / _UNITS if units.isdecimal() else _TALL / 2


def _sides_of_shape(element: Element) -> tuple[float, float] | None:
    """The width and height in points of a picture in VML within a line; None for another one."""
    picture = next(element.iter(f"{VML}imagedata"), None)
    if (picture is None and element.tag != f"{W}object") or next(element.iter(*_BOXES), None) is not None:
        return None
    shapes = takewhile(lambda one: one is not element, () if picture is None else picture.iterancestors())
    styles = ["", *(shape.get("style", "").lower() for shape in shapes)]  # the last is that of the outermost shape
    if any(map(_AFLOAT.search, styles)):
        return None
    found = {one["name"]: float(one["number"]) * _POINTS[one["unit"]] for one in _SIDE.finditer(styles[-1])}
    return found.get("width", _TALL / 2), found.get("height", _TALL / 2)


_READ: Mapping[str, Callable[[RunReader, Element, _Context], None]] = {
    f"{W}r": RunReader._run,
    f"{W}t": RunReader._text,
    f"{W}delText": RunReader._text,
    f"{DRAWING}t": RunReader._text,
    f"{W}sym": RunReader._symbol,
    f"{W}tab": RunReader._tab,
    f"{W}ptab": RunReader._tab,
    f"{W}br": RunReader._line_break,
    f"{W}cr": RunReader._line_break,
    f"{W}noBreakHyphen": RunReader._hyphen,
    **dict.fromkeys(GONE, RunReader._deleted),
    f"{W}rt": RunReader._reading,
    f"{W}footnoteRef": RunReader._note_mark,
    f"{W}endnoteRef": RunReader._note_mark,
    ALTERNATIVES: RunReader._alternatives,
    f"{W}txbxContent": RunReader._text_box,
    f"{VML}textpath": RunReader._word_art,
    f"{W}drawing": RunReader._drawing,
    f"{W}pict": RunReader._shape,
    f"{W}object": RunReader._shape,
    f"{W}fldChar": RunReader._field_character,
    f"{W}instrText": RunReader._instruction,
    f"{W}delInstrText": RunReader._instruction,
    f"{W}fldSimple": RunReader._simple_field,
    f"{MATH}oMath": RunReader._formula,
    f"{W}commentRangeStart": RunReader._comment,
    f"{W}commentReference": RunReader._comment,
}
