"""What words of a Word file stand on: the page, a shaded paragraph or cell, a text box."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.pull.docx_reader.colours import PAPER, UNKNOWN, Colours, Ground, parse_figures
from extract.pull.docx_reader.styles import Styles
from extract.pull.docx_reader.tables import LOWEST, GridCell
from extract.pull.docx_reader.wordml import (
    DRAWING,
    PLACING,
    SHAPE,
    VML,
    Element,
    children,
    is_on_by,
    number,
    path,
    value,
)
from extract.pull.sight import parse_colour

_ON = ("1", "true", "on")
_FILLS = ("solidFill", "noFill", "gradFill", "blipFill", "pattFill", "grpFill")
_LOOK = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


class Surface(NamedTuple):
    """The ground of a block, and the properties of runs that the style of its table gives, the strongest first."""

    ground: Ground = PAPER
    forms: tuple[Element, ...] = ()


class Surfaces:
    """The surfaces of a document."""

    def __init__(self, styles: Styles, colours: Colours) -> None:
        self._styles = styles
        self._colours = colours

    def of_page(self, document: Element, settings: Element | None) -> Surface:
        """The page, whose background may be shown."""
        background = path(document, "background")
        if background is None or path(settings, "displayBackgroundShape") is None:
            return Surface()
        if len(background):
            return Surface(UNKNOWN)  # a picture or a pattern
        colour = parse_figures(value(background, "color"))
        return Surface() if colour is None else Surface(Ground(colour))

    def of_paragraph(self, paragraph: Element, below: Surface) -> Surface:
        """A paragraph, which may be shaded."""
        for properties in self._styles.paragraph_properties(paragraph):
            shading = path(properties, "shd")
            if shading is not None:
                return below._replace(ground=self._colours.of_shading(shading) or below.ground)
        return below

    def is_flat(self, paragraph: Element) -> bool:
        """True if the lines of a paragraph are set so low that nobody can read them."""
        spacings = (path(properties, "spacing") for properties in self._styles.paragraph_properties(paragraph))
        spacing = next((one for one in spacings if value(one, "line") is not None), None)
        return value(spacing, "lineRule") == "exact" and (number(spacing, "line") or 0) < LOWEST

    def of_cell(self, table: Element, cell: GridCell, size: tuple[int, int], below: Surface) -> Surface:
        """A cell of a table with so many rows and columns: shaded itself, or by the table or its style."""
        parts = [*self._parts(table, cell, size)]
        forms = tuple(form for part in parts if (form := path(part, "rPr")) is not None)
        own = path(cell.content, "tcPr", "shd")
        shadings = [own, *(path(part, "tcPr", "shd") for part in parts), path(table, "tblPr", "shd")]
        shading = next((one for one in shadings if one is not None), None)
        return Surface(self._colours.of_shading(shading) or below.ground, (*forms, *below.forms))

    def of_text_box(self, content: Element) -> Surface:
        """A text box; the ground of one that is not filled is what it lies on."""
        for shape in content.iterancestors():
            if shape.tag == f"{SHAPE}wsp":
                properties = shape.find(f"{SHAPE}spPr")
                fills = () if properties is None else properties.iterchildren(*(DRAWING + name for name in _FILLS))
                return Surface(self._colours.of_drawing(next(iter(fills), None)))
            if shape.tag.startswith(VML) and shape.tag != f"{VML}textbox":
                is_plain = shape.get("filled") not in ("f", "false") and shape.find(f"{VML}fill") is None
                named = shape.get("fillcolor", "white").partition(" ")[0]
                colour = parse_colour(named)
                return Surface(Ground(colour) if is_plain else UNKNOWN)
        return Surface(UNKNOWN)

    def _parts(self, table: Element, cell: GridCell, size: tuple[int, int]) -> Iterator[Element]:
        """The parts of the style of a table that hold for a cell, the strongest first."""
        properties = path(table, "tblPr")
        chain = self._styles.chain(value(path(properties, "tblStyle")))
        for kind in _kinds(path(properties, "tblLook"), cell, size, _bands(chain)):
            for style in chain:
                yield from (part for part in children(style, "tblStylePr") if value(part, "type") == kind)
        yield from chain


def is_hidden_box(content: Element) -> bool:
    """True if the shape of a text box, or the drawing in which it is, is switched off."""
    for around in content.iterancestors():
        style = around.get("style") or "" if around.tag.startswith(VML) else ""
        drawing = around.find(f"{PLACING}docPr")
        if "visibility:hidden" in style.replace(" ", "") or (drawing is not None and drawing.get("hidden") in _ON):
            return True
    return False


def _bands(chain: Sequence[Element]) -> tuple[int, int]:
    """The rows and the columns of a band of a table's style."""
    rows, columns = (
        next((found for style in chain if (found := number(path(style, "tblPr", f"tblStyle{name}BandSize")))), 1)
        for name in ("Row", "Col")
    )
    return rows, columns


def _kinds(look: Element | None, cell: GridCell, size: tuple[int, int], bands: tuple[int, int]) -> Iterator[str]:
    """The parts of a style that hold for a cell, the strongest first: its row, its column, its bands."""
    shown = {name for name, bit in _LOOK.items() if _is_shown(look, name, bit)}
    row, column = cell.rows.start, cell.columns.start
    at_top, at_left = row == 0 and "firstRow" in shown, column == 0 and "firstColumn" in shown
    at_foot = cell.rows.stop == size[0] and "lastRow" in shown
    at_right = cell.columns.stop == size[1] and "lastColumn" in shown
    corners = (("nwCell", at_top, at_left), ("neCell", at_top, at_right), ("swCell", at_foot, at_left),
               ("seCell", at_foot, at_right))  # fmt: skip
    yield from (kind for kind, is_row, is_column in corners if is_row and is_column)
    edges = (("firstRow", at_top), ("lastRow", at_foot), ("firstCol", at_left), ("lastCol", at_right))
    yield from (kind for kind, holds in edges if holds)
    for kind, place, band in (("Horz", row - ("firstRow" in shown), bands[0]),
                              ("Vert", column - ("firstColumn" in shown), bands[1])):  # fmt: skip
        if f"no{kind[0]}Band" not in shown and place >= 0:
            yield f"band{1 + place // band % 2}{kind}"
    yield "wholeTable"


def _is_shown(look: Element | None, name: str, bit: int) -> bool:
    """True if a switch of a table's look is on: an attribute of its own, or one bit of all of them."""
    if value(look, name) is not None:
        return look is not None and is_on_by(look, name)
    try:
        return bool(int(value(look) or "0", 16) & bit)
    except ValueError:
        return False
