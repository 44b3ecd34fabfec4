"""The blocks of a Word document in reading order: paragraphs, cells of tables, text boxes, notes, heads and feet."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.model.findings import FindingDraft, finding
from extract.model.record import ExcludedReason
from extract.model.text import Cell
from extract.pull.block_builder import BlockBuilder
from extract.pull.docx_reader.colours import Colours
from extract.pull.docx_reader.notes import Note, Notes
from extract.pull.docx_reader.numbering import Numbering
from extract.pull.docx_reader.runs import ALTERNATIVES, GONE, RunReader, chosen_alternative
from extract.pull.docx_reader.styles import Styles
from extract.pull.docx_reader.surfaces import Surface, Surfaces, is_hidden_box
from extract.pull.docx_reader.tables import grid_cells
from extract.pull.docx_reader.wordml import MATH, RELATION, Element, W, is_on, path, value
from extract.pull.office.package import OfficePackage

_PARAGRAPHS = (f"{W}p", f"{MATH}oMathPara")
_DROPPED = ("drop", "margin")  # a capital that is set apart from its paragraph
_OTHER_DOCUMENTS = (f"{W}altChunk", f"{W}subDoc")


class _Place(NamedTuple):
    """Where a block stands: its cell, its note, its surface, its story; and why it is no text of the guide."""

    cell: Cell | None = None
    note: int | None = None
    excluded: ExcludedReason | None = None
    story: str = "text"
    surface: Surface = Surface()


class DocumentReader:
    """Write the parts of a package to a document."""

    def __init__(self, package: OfficePackage, builder: BlockBuilder) -> None:
        self._package = package
        self._builder = builder
        self._settings = package.related("settings")
        colours = Colours(package.related("theme"))
        self._styles = Styles(package.related("styles"), colours)
        self._surfaces = Surfaces(self._styles, colours)
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes = Notes(package.related("footnotes"), package.related("endnotes"), self._settings)
        self._runs = RunReader(builder, self._styles, self._notes, package.related("comments"))
        self._sections: list[Element] = []
        self._page = _Place()
        self._tables = 0
        self._goes_on = False  # the mark of the paragraph before is gone, so the next one continues it
        self._note: Note | None = None  # that begins
        self.findings: list[FindingDraft] = []

    def read(self, document: Element) -> None:
        """Write the body, then the notes to which it refers, then what stands at the head and foot of pages."""
        self._sections = [*document.iterfind(f".//{W}p/{W}pPr/{W}sectPr"), *document.iterfind(f"{W}body/{W}sectPr")]
        self.findings += [
            finding("part-unread", part=one.tag.removeprefix(W)) for one in document.iter(*_OTHER_DOCUMENTS)
        ]
        self._next_section(0)
        page = self._page = _Place(surface=self._surfaces.of_page(document, self._settings))
        self._read_blocks(document, page)
        for note in self._notes.referred:
            self._note = note
            self._read_blocks(note.content, page._replace(note=note.number, story="notes"))
        for part in self._furniture():
            self._read_blocks(part, _Place(excluded="running-head", story="furniture"))

    def _read_blocks(self, parent: Element, place: _Place) -> None:
        self._goes_on = False
        for child in parent.iterchildren("*"):
            if child.tag in _PARAGRAPHS:
                self._read_paragraph(child, place)
            elif child.tag == ALTERNATIVES:
                self._read_blocks(chosen_alternative(child), place)
            elif child.tag in GONE:
                self._read_blocks(child, place._replace(excluded=place.excluded or "struck-out"))
            elif child.tag == f"{W}tbl":
                self._read_table(child, place)
            elif not child.tag.endswith(("Pr", "Change")):
                self._read_blocks(child, place)

    def _read_paragraph(self, paragraph: Element, place: _Place) -> None:
        properties = path(paragraph, "pPr", "rPr")
        is_mark_gone = (
            path(properties, "del") is not None
            or path(properties, "moveFrom") is not None
            or self._styles.form(properties, paragraph).is_hidden
            or value(path(paragraph, "pPr", "framePr"), "dropCap") in _DROPPED
        )
        surface = self._surfaces.of_paragraph(paragraph, place.surface)
        if self._surfaces.is_flat(paragraph):
            place = place._replace(excluded=place.excluded or "hidden")
        number = ""
        if not self._goes_on:
            self._builder.start(place.cell, note=place.note)
            if not is_mark_gone or self._runs.has_text(paragraph):
                number = self._numbering.next_number(paragraph, place.story)
        if number:
            is_unseen = self._styles.form(properties, paragraph, surface.forms).sight_on(surface.ground) == "hidden"
            self._builder.write(number, excluded=place.excluded or ("hidden" if is_unseen else None))
        has_text = self._runs.read(paragraph, surface, place.excluded, self._note)
        self._note = None
        self._goes_on = is_mark_gone and (has_text or self._goes_on)
        for box in self._runs.boxes:
            on_box = self._surfaces.of_text_box(box.content)
            excluded = box.excluded or ("hidden" if is_hidden_box(box.content) else None)
            self._read_blocks(box.content, place._replace(excluded=excluded, story="boxes", surface=on_box))
        if path(paragraph, "pPr", "sectPr") is not None and place == self._page:
            self._next_section(self._section + 1)

    def _read_table(self, table: Element, place: _Place) -> None:
        """Write the cells of a table; one within a cell belongs to that cell."""
        is_outer = place.cell is None
        self._tables += is_outer
        cells = grid_cells(table)
        size = max((one.rows.stop for one in cells), default=0), max((one.columns.stop for one in cells), default=0)
        for cell in cells:
            grid = Cell(self._tables, cell.rows, cell.columns) if is_outer else place.cell
            surface = self._surfaces.of_cell(table, cell, size, place.surface)
            excluded = place.excluded or cell.excluded
            self._read_blocks(cell.content, place._replace(cell=grid, excluded=excluded, surface=surface))
        self._goes_on = False

    def _next_section(self, index: int) -> None:
        self._section = index
        self._notes.enter_section(self._sections[index] if index < len(self._sections) else None)

    def _furniture(self) -> Iterator[Element]:
        """The heads and feet of pages that are printed, each once."""
        relations = self._package.relations(self._package.main or "")
        has_even = bool(is_on(path(self._settings, "evenAndOddHeaders")))
        printed: dict[str, None] = {}
        for section in self._sections:
            has_first = bool(is_on(path(section, "titlePg")))
            for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
                is_printed = {"first": has_first, "even": has_even}.get(value(reference, "type") or "", True)
                named = relations.get(reference.get(f"{RELATION}id", ""))
                if is_printed and named and named.part:
                    printed[named.part] = None
        return (tree for part in printed if (tree := self._package.tree(part)) is not None)
