"""ReportLab's page layout engine (platypus), which sets type without an office suite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from math import inf
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from reportlab.platypus import Paragraph as Flowed
from reportlab.platypus import Table as Grid

from tests.drift.document import Block, Document, Furniture, Paragraph, Rules, Run, Table

FOLDER = Path("/usr/share/fonts/truetype")
FILES = {"Song": FOLDER / "arphic-gbsn00lp/gbsn00lp.ttf", "Hei": FOLDER / "wqy/wqy-zenhei.ttc"}
REMOTE = "STSong-Light"
MINUS = str.maketrans("−", "-")
"""No font here has a minus sign."""
_LEAST_TYPE = 5  # points, in tables
_ALIGNMENTS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}


def missing() -> str | None:
    """Name the font that is not there."""
    return next((f"there is no {file}" for file in FILES.values() if not file.is_file()), None)


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Build each document."""
    targets = [folder / f"{number:04d}.pdf" for number in range(len(documents))]
    for target, document in zip(targets, documents, strict=True):
        _Setter(document).build(target)
    return targets


_UNSEEN = {
    "paper": 'color="white"',
    "box": 'color="black" backColor="black"',
    "tiny": 'size="1"',
    "clear": 'color="rgba(0, 0, 0, 0)"',
}


class _Numbered(Flowed):  # type: ignore[misc]
    """A paragraph with the number of each of its lines in the left margin, counted through the document."""

    at_right = False

    def draw(self) -> None:
        """Draw the paragraph, then the numbers."""
        super().draw()
        canvas, style = self.canv, self.style
        canvas.saveState()
        canvas.setFont("Helvetica", style.fontSize * 0.6)
        for line in range(len(self.blPara.lines)):
            canvas.lines_so_far = getattr(canvas, "lines_so_far", 0) + 1
            height = self.height - style.fontSize - line * style.leading
            if self.at_right:
                canvas.drawString(self.width + 10, height, str(canvas.lines_so_far))
            else:
                canvas.drawRightString(-10, height, str(canvas.lines_so_far))
        canvas.restoreState()


class _NumberedAtRight(_Numbered):
    """The same, in the right margin."""

    at_right = True


_FLOWED = {"": Flowed, "left": _Numbered, "right": _NumberedAtRight}


_RULES: dict[Rules, tuple[tuple[Any, ...], ...]] = {
    "all": (("GRID", (0, 0), (-1, -1)),),
    "three": (("LINEABOVE", (0, 0), (-1, 0)), ("LINEBELOW", (0, 0), (-1, 0)), ("LINEBELOW", (0, -1), (-1, -1))),
    "none": (),
}


class _Setter:
    """One document in the making: its fonts, and its notes so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.look = document.look
        self.font, self.bold = _fonts(document)
        self.notes: list[str] = []

    def build(self, target: Path) -> None:
        """Set it twice, for the number of pages stands on each of them."""
        total = 0
        for _ in range(2):
            self.notes = []
            template = self._template(target, total)
            template.build(self._story())
            total = template.page

    def _template(self, target: Path, total: int) -> Any:
        margin, (width, height) = self.look.margin, A4
        full = height - 2 * margin
        above = self._height_above()
        columns = [Frame(x, margin, column, full, 0, 0, 0, 0) for x, column in self._columns()]
        below = [Frame(x, margin, column, full - above, 0, 0, 0, 0) for x, column in self._columns()]
        title = [Frame(margin, height - margin - above, width - 2 * margin, above, 0, 0, 0, 0)] if above else []
        template = BaseDocTemplate(str(target), pagesize=A4, invariant=1)
        around = partial(self._around, total=total)
        template.addPageTemplates(PageTemplate("first", [*title, *below], onPage=around, autoNextPageTemplate="later"))
        template.addPageTemplates(PageTemplate("later", columns, onPage=around))
        for number, head in enumerate(self._chapter_heads()):
            frames = [Frame(x, margin, column, full, 0, 0, 0, 0) for x, column in self._columns()]
            below_head = partial(self._around, total=total, head=head)
            template.addPageTemplates(PageTemplate(f"chapter{number}", frames, onPage=below_head))
        return template

    def _chapter_heads(self) -> list[Furniture]:
        return [one.head for one in self.document.paragraphs if one.head]

    def _height_above(self) -> float:
        """The height of the title, if it stands across the columns and at the top of the first page."""
        spans, blocks = self.document.stretches[0]
        if not spans or self.look.columns == 1 or any(isinstance(one, Table) or one.starts_page for one in blocks):
            return 0.0
        room = A4[0] - 2 * self.look.margin
        parts = [part for block in blocks for part in self._block(block)]
        height = sum(part.wrap(room, A4[1])[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in parts)
        return float(height) + 1 if height < A4[1] / 2 else 0.0

    def _columns(self) -> list[tuple[float, float]]:
        """The left edges and the widths of the columns."""
        widths = self.look.column_widths(A4[0] - 2 * self.look.margin)
        return [(self.look.margin + sum(widths[:at]) + at * self.look.gutter, width) for at, width in enumerate(widths)]

    def _around(self, canvas: Any, template: Any, *, total: int, head: Furniture | None = None) -> None:
        """Draw the watermark, the head and the foot of a page."""
        is_even = template.page % 2 == 0
        head = head or (is_even and self.document.even_head) or self.document.head
        margin, (width, height) = self.look.margin, A4
        if mark := self.document.watermark:
            canvas.saveState()
            canvas.setFillGray(0.8)
            canvas.setFont(self.font, self.look.size * mark.scale)
            canvas.translate(width / 2, height / 2)
            canvas.rotate(mark.angle)
            canvas.drawCentredString(0, 0, mark.text)
            canvas.restoreState()
        if self.look.gutter_rule:
            for x, _ in self._columns()[1:]:
                canvas.line(x - self.look.gutter / 2, margin, x - self.look.gutter / 2, height - margin)
        for furniture in (head, self.document.foot):
            if furniture:
                size, edge = self.look.size * furniture.scale, furniture.edge_in(self.look)
                y = edge + 0.12 * size if furniture is self.document.foot else height - edge - 0.88 * size
                canvas.setFont(self.font, size)
                left, centre, right = (part.format(n=template.page, total=total) for part in furniture.places)
                canvas.drawString(margin, y, left)
                canvas.drawCentredString(width / 2, y, centre)
                canvas.drawRightString(width - margin, y, right)

    def _story(self) -> list[Flowable]:
        story = [part for block in self.document.blocks for part in self._block(block)]
        if self._height_above():
            opening = [part for block in self.document.blocks[: self.document.opening] for part in self._block(block)]
            story.insert(len(opening), FrameBreak())
        if self.notes:
            style = ParagraphStyle(
                "note",
                fontName=self.font,
                fontSize=self.look.size * 0.75,
                leading=self.look.size * 0.75 * self.look.note_leading,
                wordWrap="CJK",
            )
            story.append(HRFlowable(width="30%", hAlign="LEFT", color=colors.black, spaceBefore=self.look.size))
            rows = (
                f"{self._raised(mark)}{behind}{escape(note)}"
                for at, note in enumerate(self.notes, 1)
                for mark, behind in [self.look.sign(at)]
            )
            story += [Flowed(row, style) for row in rows]
        return story

    def _block(self, block: Block) -> Iterable[Flowable]:
        if isinstance(block, Table):
            yield self._table(block)
            return
        if block.head:
            yield NextPageTemplate(f"chapter{self._chapter_heads().index(block.head)}")
        if block.starts_page or block.head:
            yield PageBreak()
        style = self._style(block)
        if block.kind == "contents":
            yield Flowed(self._with_leaders(block.text, style), style)
            return
        yield _FLOWED[self.look.line_numbers]("".join(map(self._run, block.runs)), style)
        if block.kind == "red":
            yield HRFlowable(width="100%", color=colors.red, thickness=1.5)

    def _table(self, table: Table) -> Flowable:
        """A table as wide as its words; or with columns of given widths, in which words and rows are broken.

        Where it repeats heads it does not cut rows: it would put heads amid a page, and no line below the others.
        """
        if not table.widths:
            return self._fitting_table(table)
        form = self._form(table, self.look.size)
        style = self._style(Paragraph((), "flush"))
        rows = [[Flowed(escape(cell.translate(MINUS)), style) for cell in row] for row in table.rows]
        widths = table.shares(A4[0] - 2 * self.look.margin)
        form.append(("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
        repeats = table.repeats_heads
        return Grid(rows, widths, style=form, repeatRows=int(repeats), splitInRow=int(not repeats))

    def _form(self, table: Table, size: float) -> list[tuple[Any, ...]]:
        rules = ((command, *place, 0.5, colors.black) for command, *place in _RULES[table.rules])
        return [("FONT", (0, 0), (-1, -1), self.font, size), *rules]

    def _fitting_table(self, table: Table) -> Flowable:
        """A table as wide as its words, in smaller type where its column has no room for them."""
        size, room = self.look.size, min(width for _, width in self._columns())
        while True:
            grid = Grid(table.rows, style=self._form(table, size))
            if size <= _LEAST_TYPE or grid.wrap(inf, inf)[0] <= room:
                return grid
            size -= 1

    def _style(self, block: Paragraph) -> ParagraphStyle:
        size, look = self.look.size * block.scale, self.look
        first, hanging = look.indents(block)
        return ParagraphStyle(
            "paragraph",
            fontName=self.font,
            fontSize=size,
            leading=size * look.leading,
            firstLineIndent=(first - hanging) * size,
            leftIndent=hanging * size,
            alignment=_ALIGNMENTS[look.alignment(block)],
            textColor=colors.red if block.kind == "red" else colors.black,
            wordWrap="CJK",
        )

    def _with_leaders(self, text: str, style: ParagraphStyle) -> str:
        """A line of the contents, with the dots that fit between the words and the page."""
        entry, _, page = text.partition("\t")
        room = A4[0] - 2 * self.look.margin - stringWidth(entry + page, self.font, style.fontSize)
        return escape(entry + "." * max(3, int(room / stringWidth(".", self.font, style.fontSize)) - 1) + page)

    def _run(self, run: Run) -> str:
        if run.note is not None:
            self.notes.append(run.note)
            mark = self.look.mark(len(self.notes))
            return mark if self.look.level_marks else self._raised(mark)
        words = escape(run.text.translate(MINUS))
        if run.bold:
            words = f'<font name="{self.bold}">{words}</font>'
        if run.script:
            words = self._raised(words, "super" if run.script == "superscript" else "sub")
        if run.unseen:
            words = f"<font {_UNSEEN[run.unseen]}>{words}</font>"
        if run.change in ("struck", "deleted"):
            words = f"<strike>{words}</strike>"
        return f"<u>{words}</u>" if run.change == "inserted" else words

    def _raised(self, words: str, tag: str = "super") -> str:
        return f'<{tag} size="{self.look.size * 0.6:.1f}">{words}</{tag}>'


def _fonts(document: Document) -> tuple[str, str]:
    """The fonts of the text and of what is bold: an embedded one that has all characters, or one that is only named."""
    known = _characters()
    parts = [part for one in document.paragraphs for run in one.runs for part in (run.text, run.note or "")]
    parts += [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    notes = sum(run.note is not None for one in document.paragraphs for run in one.runs)
    parts += [part for at in range(1, notes + 1) for part in (document.look.mark(at), *document.look.sign(at))]
    text = set("".join(parts).translate(MINUS))
    pairs = (("Song", "Hei"), ("Hei", "Hei"), (REMOTE, REMOTE))
    choices = [pair for pair in pairs if all(text <= known[name] for name in pair)] or [("Hei", "Hei")]
    return choices[document.look.font % len(choices)]


@cache
def _characters() -> dict[str, frozenset[str]]:
    """Register the fonts once; the characters that each has."""
    registerFont(UnicodeCIDFont(REMOTE))
    fonts = {name: TTFont(name, str(file), subfontIndex=0) for name, file in FILES.items()}
    for font in fonts.values():
        registerFont(font)
    known = {name: frozenset({*map(chr, font.face.charToGlyph), "\t"}) for name, font in fonts.items()}
    return {**known, REMOTE: frozenset(char for char in map(chr, range(0x10000)) if char.encode("gbk", "ignore"))}
