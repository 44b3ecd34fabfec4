"""The words of a paragraph: its runs, with what is raised, struck out, hidden, a mark of a note, or a remark."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.model.stages import Script
from extract.pull.block_builder import BlockBuilder
from extract.pull.docx_reader.fields import Fields, is_page_number
from extract.pull.docx_reader.formulas import formula_pieces
from extract.pull.docx_reader.notes import Notes
from extract.pull.docx_reader.styles import Styles
from extract.pull.docx_reader.symbols import shown
from extract.pull.docx_reader.wordml import (
    COMPATIBILITY,
    DRAWING,
    MATH,
    SPACE,
    VML,
    Element,
    W,
    by_id,
    is_on_by,
    path,
    value,
)

_SPACES = " \t\n\r"  # of XML, which Word trims; an ideographic space stays
_WORDS = (f"{W}t", f"{W}sym", f"{MATH}t", f"{DRAWING}t")
_GONE = (f"{W}del", f"{W}moveFrom")


class TextBox(NamedTuple):
    """A text box that is tied to a paragraph, and why its words are no text of the guide."""

    content: Element
    excluded: ExcludedReason | None


class _Context(NamedTuple):
    """What holds for the words of an element."""

    excluded: ExcludedReason | None
    script: Script | None = None
    font: str = ""


class RunReader:
    """Write the words of paragraphs to a document. `boxes` are the text boxes of the paragraph that was read last."""

    def __init__(self, builder: BlockBuilder, styles: Styles, notes: Notes, comments: Element | None) -> None:
        self._builder = builder
        self._styles = styles
        self._notes = notes
        self._comments = by_id(comments, "comment")
        self._fields = Fields()
        self._paragraph: Element | None = None
        self._size = 0
        self._mark = ""
        self._kept = False
        self.boxes: list[TextBox] = []

    def read(self, paragraph: Element, excluded: ExcludedReason | None, mark: str = "") -> bool:
        """Write a paragraph; `mark` is that of the note which begins with it. Return True if it has text."""
        self._paragraph = paragraph
        runs = paragraph.iter(f"{W}r")
        self._size = max((self._styles.form(path(run, "rPr"), paragraph).size for run in runs), default=0)
        self._mark, self._kept, self.boxes = mark, False, []
        if mark and next(paragraph.iter(f"{W}footnoteRef", f"{W}endnoteRef"), None) is not None:
            self._mark = ""  # it stands where the mark is drawn
            self._drawn_mark = mark
        else:
            self._drawn_mark = ""
        self._children(paragraph, _Context(excluded))
        self._fields.end_paragraph()
        return self._kept

    def has_text(self, paragraph: Element) -> bool:
        """True if words of a paragraph are neither deleted nor hidden."""
        return any(
            next(run.iter(*_WORDS), None) is not None
            and not any(one.tag in _GONE for one in run.iterancestors())
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
        if self._mark and words.strip() and excluded is None:
            mark, self._mark = self._mark, ""
            self._builder.write(mark, script="raised")
            words = words.lstrip().removeprefix(mark)
        self._builder.write(words, script=context.script, excluded=excluded)
        self._kept = self._kept or (excluded is None and bool(words.strip()))

    # ── elements ──────────────────────────────────────────────────────────────────────────────────────

    def _run(self, run: Element, context: _Context) -> None:
        assert self._paragraph is not None
        form = self._styles.form(path(run, "rPr"), self._paragraph)
        within = _Context(context.excluded or form.excluded, form.script_within(self._size), form.font)
        reference = next(run.iterchildren(f"{W}footnoteReference", f"{W}endnoteReference"), None)
        if reference is None:
            self._children(run, within)
        else:
            self._reference(run, reference, within)

    def _reference(self, run: Element, reference: Element, context: _Context) -> None:
        """Write the mark of a note, which stands in the same run where it is not counted."""
        is_custom = is_on_by(reference, "customMarkFollows")
        words = "".join(one.text or "" for one in run.iterchildren(f"{W}t")) if is_custom else ""
        if context.excluded is None:
            words = self._notes.refer(reference, words)
        self._write(words, context._replace(script="raised"))
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

    def _space(self, _: Element, context: _Context) -> None:
        self._write(" ", context)

    def _hyphen(self, _: Element, context: _Context) -> None:
        self._write("-", context)

    def _line_break(self, _: Element, context: _Context) -> None:
        self._builder.break_line()

    def _deleted(self, element: Element, context: _Context) -> None:
        self._children(element, context._replace(excluded=context.excluded or "struck-out"))

    def _reading(self, element: Element, context: _Context) -> None:
        self._children(element, context._replace(excluded=context.excluded or "ruby"))

    def _note_mark(self, _: Element, context: _Context) -> None:
        self._write(self._drawn_mark, context._replace(script="raised"))

    def _alternatives(self, element: Element, context: _Context) -> None:
        """Word draws the first alternative that it knows; where that has no words, the fallback has them."""
        choice, fallback = element.find(f"{COMPATIBILITY}Choice"), element.find(f"{COMPATIBILITY}Fallback")
        chosen = choice if choice is not None and (fallback is None or _has_words(choice)) else fallback
        if chosen is not None:
            self._children(chosen, context)

    def _text_box(self, element: Element, context: _Context) -> None:
        self.boxes.append(TextBox(element, context.excluded))

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


def _has_words(element: Element) -> bool:
    return next(element.iter(*_WORDS), None) is not None


_READ: Mapping[str, Callable[[RunReader, Element, _Context], None]] = {
    f"{W}r": RunReader._run,
    f"{W}t": RunReader._text,
    f"{W}delText": RunReader._text,
    f"{DRAWING}t": RunReader._text,
    f"{W}sym": RunReader._symbol,
    f"{W}tab": RunReader._space,
    f"{W}ptab": RunReader._space,
    f"{W}br": RunReader._line_break,
    f"{W}cr": RunReader._line_break,
    f"{W}noBreakHyphen": RunReader._hyphen,
    **dict.fromkeys(_GONE, RunReader._deleted),
    f"{W}rt": RunReader._reading,
    f"{W}footnoteRef": RunReader._note_mark,
    f"{W}endnoteRef": RunReader._note_mark,
    f"{COMPATIBILITY}AlternateContent": RunReader._alternatives,
    f"{W}txbxContent": RunReader._text_box,
    f"{VML}textpath": RunReader._word_art,
    f"{W}fldChar": RunReader._field_character,
    f"{W}instrText": RunReader._instruction,
    f"{W}delInstrText": RunReader._instruction,
    f"{W}fldSimple": RunReader._simple_field,
    f"{MATH}oMath": RunReader._formula,
    f"{W}commentRangeStart": RunReader._comment,
    f"{W}commentReference": RunReader._comment,
}
