"""The forms of cells: the format of numbers, type and its ground, how words spread over the cells beside them."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from extract.pull.office.package import Element
from extract.pull.sight import WHITE, Colour
from extract.pull.xlsx_reader.colours import Colours
from extract.pull.xlsx_reader.fonts import Font, read_font
from extract.pull.xlsx_reader.format_codes import BUILT_IN
from extract.pull.xlsx_reader.spreadsheetml import S, children, is_on, path, whole

T = TypeVar("T")
_SPREADING = (None, "general", "left")  # words that are aligned so go on over empty cells at their right


class CellStyle(NamedTuple):
    """The form of a cell; `code` is that of its number format, None where the file names one that there is not.

    `ground` is None where it is not known.
    """

    code: str | None = "General"
    font: Font = Font()
    ground: Colour | None = WHITE
    spreads: bool = True
    is_centred_across: bool = False
    is_ruled: bool = False


class Styles:
    """The forms of cells by their numbers."""

    def __init__(self, root: Element | None, colours: Colours) -> None:
        self._codes: dict[int | None, str] = dict(BUILT_IN.items())
        for one in children(path(root, "numFmts"), "numFmt"):
            self._codes[whole(one, "numFmtId")] = one.get("formatCode", "")
        self._fonts = [read_font(font, colours) for font in children(path(root, "fonts"), "font")]
        self._grounds = [colours.of_fill(fill) for fill in children(path(root, "fills"), "fill")]
        self._ruled = [_is_ruled(border) for border in children(path(root, "borders"), "border")]
        self._styles = [self._style(xf) for xf in children(path(root, "cellXfs"), "xf")]

    def of(self, number: int | None) -> CellStyle:
        return _at(self._styles, number) or CellStyle()

    def _style(self, xf: Element) -> CellStyle:
        alignment = path(xf, "alignment")
        horizontal = None if alignment is None else alignment.get("horizontal")
        return CellStyle(
            code=self._codes.get(whole(xf, "numFmtId") or 0),
            font=_at(self._fonts, whole(xf, "fontId")) or Font(),
            ground=_at(self._grounds, whole(xf, "fillId")) if self._grounds else WHITE,
            spreads=horizontal in _SPREADING and not is_on(alignment, "wrapText"),
            is_centred_across=horizontal == "centerContinuous",
            is_ruled=_at(self._ruled, whole(xf, "borderId")) or False,
        )


def _at(things: Sequence[T], number: int | None) -> T | None:
    return things[number or 0] if (number or 0) < len(things) else None


def _is_ruled(border: Element) -> bool:
    """True for a cell with a line at a side."""
    sides = border.iterchildren(*(f"{S}{side}" for side in ("left", "right", "top", "bottom", "start", "end")))
    return any(side.get("style") not in (None, "none") for side in sides)
