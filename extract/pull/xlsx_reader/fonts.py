"""The form of type in a cell: what is struck out, its colour, its size."""

from typing import NamedTuple

from extract.pull.office.package import Element
from extract.pull.sight import Colour, Sight, sight_of_colour, sight_of_size, worst
from extract.pull.xlsx_reader.colours import Colours
from extract.pull.xlsx_reader.spreadsheetml import is_on, path, real


class Font(NamedTuple):
    """The form of type; `colour` is None if it is automatic, `size` in points is 0 where nothing says it."""

    is_struck: bool = False
    colour: Colour | None = None
    size: float = 0.0

    def sight_on(self, ground: Colour | None) -> Sight:
        """How type is seen on a ground."""
        of_size: Sight = sight_of_size(self.size) if self.size else "seen"
        return worst(of_size, sight_of_colour(self.colour, ground))


def read_font(font: Element, colours: Colours) -> Font:
    """The form of type that a font or the properties of a run name."""
    struck, size = path(font, "strike"), path(font, "sz")
    return Font(
        is_struck=struck is not None and is_on(struck, "val", usual=True),
        colour=colours.of(path(font, "color")),
        size=(real(size, "val") or 0.0) if size is not None else 0.0,
    )
