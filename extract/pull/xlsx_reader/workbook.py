"""A workbook: its sheets in order, their cells and text boxes as blocks; what is hidden, and what is in doubt."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.model.findings import FindingDraft, finding
from extract.model.record import ExcludedReason
from extract.model.values import Evidence
from extract.pull.block_builder import BlockBuilder
from extract.pull.office.package import Element, OfficePackage
from extract.pull.sight import WHITE
from extract.pull.xlsx_reader.arrangement import PlacedCell, arrange
from extract.pull.xlsx_reader.colours import Colours
from extract.pull.xlsx_reader.comments import read_comments
from extract.pull.xlsx_reader.contents import ContentReader
from extract.pull.xlsx_reader.sheet import Sheet
from extract.pull.xlsx_reader.spreadsheetml import (
    COMPATIBILITY,
    DRAWING,
    RELATION,
    SPREADSHEET_DRAWING,
    children,
    is_on,
    name_of,
    path,
)
from extract.pull.xlsx_reader.strings import Run, plain
from extract.pull.xlsx_reader.styles import Styles


class _SheetName(NamedTuple):
    """A sheet: its name, its part and the kind of that, and whether it can be seen."""

    name: str
    part: str
    kind: str
    is_hidden: bool


class WorkbookReader:
    """Write the sheets of a workbook to a document."""

    def __init__(self, package: OfficePackage, root: Element, builder: BlockBuilder) -> None:
        self._package = package
        self._root = root
        self._builder = builder
        styles = next(package.related_to(package.main or "", "styles"), None)
        colours = Colours(package.related("theme"))
        self._styles = Styles(package.tree(styles) if styles else None, colours)
        self._contents = ContentReader(
            package,
            colours,
            from_1904=is_on(path(root, "workbookPr"), "date1904"),
            is_stale=is_on(path(root, "calcPr"), "fullCalcOnLoad"),
        )
        self._tables = 0
        self.findings: list[FindingDraft] = []

    def read(self) -> None:
        """Write the sheets in order, then what stands at the head and foot of pages, and the names of sheets."""
        heads: dict[str, None] = {}
        for name in self._sheet_names():
            if name.kind != "worksheet":
                self.findings.append(finding("sheet-unread", sheet=name.name, kind=name.kind))
                continue
            sheet = Sheet(self._package, name.part, self._contents, self._styles)
            if name.is_hidden:
                self._write_hidden(name, sheet)
            else:
                self._write_sheet(name, sheet)
                heads.update(dict.fromkeys((*sheet.heads, name.name)))
        for words in heads:
            self._builder.start()
            self._builder.write(words, excluded="running-head")

    def _sheet_names(self) -> Iterator[_SheetName]:
        relations = self._package.relations(self._package.main or "")
        for sheet in children(path(self._root, "sheets"), "sheet"):
            named = relations.get(sheet.get(f"{RELATION}id", ""))
            name = sheet.get("name", "")
            if named is None or not named.part or not self._package.has(named.part):
                raise self._package.damaged(f"it lacks the sheet {name}")
            yield _SheetName(name, named.part, named.kind, sheet.get("state", "visible") != "visible")

    def _write_hidden(self, name: _SheetName, sheet: Sheet) -> None:
        """Write a sheet that is hidden as one paragraph, so that one finding tells it."""
        words = (" ".join(plain(cell.content.text).split()) for cell in sheet.cells)
        self._builder.start()
        self._builder.write(" ".join((name.name, *words)), excluded="hidden")

    def _write_sheet(self, name: _SheetName, sheet: Sheet) -> None:
        comments = read_comments(self._package, name.part)
        for one in arrange(sheet, self._tables):
            place = one.cell.row, one.cell.column
            self._builder.start(one.table)
            for commented in [other for other in comments if other <= place]:
                self._builder.remark("Comment", comments.pop(commented))
            self._write_cell(one, has_other_grounds=sheet.has_other_grounds)
            if one.cell.content.doubt and one.excluded is None:
                self._tell_doubt(f"{name.name}!{name_of(place)}", one)
            self._tables = max(self._tables, one.table.table if one.table else 0)
        for words in comments.values():
            self._builder.remark("Comment", words)
        for paragraph in self._text_boxes(name.part):
            self._builder.start()
            self._write_lines(paragraph, None)

    def _write_cell(self, one: PlacedCell, *, has_other_grounds: bool) -> None:
        style = one.cell.style
        for run in one.cell.content.text:
            font = style.font if run.font is None else run.font
            sight = font.sight_on(None if has_other_grounds and style.ground == WHITE else style.ground)
            unseen: ExcludedReason | None = "hidden" if sight == "hidden" else None
            excluded = one.excluded or ("struck-out" if font.is_struck else unseen)
            self._write_lines(run, excluded, is_doubtful=sight == "doubtful")

    def _write_lines(self, run: Run, excluded: ExcludedReason | None, *, is_doubtful: bool = False) -> None:
        for number, line in enumerate(run.words.split("\n")):
            if number:
                self._builder.break_line()
            self._builder.write(line, script=run.script, excluded=excluded, is_doubtful=is_doubtful)

    def _tell_doubt(self, cell: str, one: PlacedCell) -> None:
        words = plain(one.cell.content.text)
        place = Evidence(page=None, bbox=None, block=self._builder.number, quote=words)
        doubt = one.cell.content.doubt or {}
        self.findings.append(finding("cell-doubtful", evidence=(place,), cell=cell, words=words, **doubt))

    def _text_boxes(self, sheet: str) -> Iterator[Run]:
        """The paragraphs of the text boxes that lie on a sheet."""
        for part in self._package.related_to(sheet, "drawing"):
            root = self._package.tree(part)
            for shape in () if root is None else root.iter(f"{SPREADSHEET_DRAWING}sp"):
                if next(shape.iterancestors(f"{COMPATIBILITY}Fallback"), None) is None:
                    for paragraph in shape.iter(f"{DRAWING}p"):
                        yield Run("".join(text.text or "" for text in paragraph.iter(f"{DRAWING}t")))
