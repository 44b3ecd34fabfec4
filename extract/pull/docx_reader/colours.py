"""The colours that Word's elements name: as figures, by a colour of the document's theme, as shadings and marks."""

from typing import NamedTuple

from extract.pull.docx_reader.wordml import DRAWING, Element, value
from extract.pull.sight import BLACK, WHITE, Colour, parse_colour

# Of a theme, by the names that Word's elements have for them.
_THEME_NAMES = {
    "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
    "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
    "tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2",
}  # fmt: skip
_USUAL_THEME = {"dk1": BLACK, "lt1": WHITE}
_MARKS: dict[str, Colour] = {
    "black": BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGray": (128, 128, 128), "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0), "green": (0, 255, 0), "lightGray": (192, 192, 192), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "white": WHITE, "yellow": (255, 255, 0),
}  # fmt: skip


class Ground(NamedTuple):
    """What words stand on; `colour` is None where the file does not tell it."""

    colour: Colour | None


PAPER, UNKNOWN = Ground(WHITE), Ground(None)


class Colours:
    """The colours of a document; `theme` is the root of its theme."""

    def __init__(self, theme: Element | None) -> None:
        scheme = None if theme is None else next(theme.iter(f"{DRAWING}clrScheme"), None)
        self._theme: dict[str, Colour] = dict(_USUAL_THEME)
        for named in () if scheme is None else scheme.iterchildren("*"):
            colour = parse_figures(next((one.get("lastClr") or one.get("val") for one in named), None))
            if colour is not None:
                self._theme[named.tag.removeprefix(DRAWING)] = colour

    def of_type(self, element: Element | None) -> Colour | None:
        """The colour of w:color; None if it is automatic, which differs from its ground."""
        return self._colour(element, "val", "theme")

    def of_mark(self, element: Element | None) -> Ground | None:
        """The ground that a mark (w:highlight) makes; None without one."""
        colour = _MARKS.get(value(element) or "")
        return None if colour is None else Ground(colour)

    def of_shading(self, element: Element | None) -> Ground | None:
        """The ground that w:shd makes; None without one."""
        pattern = value(element) or "clear"
        if element is None or pattern == "nil":
            return None
        fill = self._colour(element, "fill", "themeFill")
        if pattern == "clear":
            return None if fill is None else Ground(fill)
        over = self._colour(element, "color", "theme") or BLACK
        share = 1.0 if pattern == "solid" else _share(pattern)
        if share is None:
            return UNKNOWN
        return Ground(tuple(round(a * share + b * (1 - share)) for a, b in zip(over, fill or WHITE, strict=True)))

    def of_drawing(self, fill: Element | None) -> Ground:
        """The ground that a filling of a drawing makes (a:solidFill); that of others is not known."""
        if fill is None or fill.tag != f"{DRAWING}solidFill" or len(fill) != 1 or len(fill[0]):
            return UNKNOWN
        name = fill[0].get("val") or ""
        return Ground(self._theme.get(_THEME_NAMES.get(name, name)) or parse_figures(fill[0].get("lastClr") or name))

    def _colour(self, element: Element | None, plain: str, theme: str) -> Colour | None:
        """A colour by the name of its theme, lighter or darker, else by its figures."""
        prefix = f"{theme}Color" if theme == "theme" else theme
        name = value(element, prefix) or ""
        colour = self._theme.get(_THEME_NAMES.get(name, name))
        if colour is None:
            return parse_figures(value(element, plain))
        for shade, end in ((f"{theme}Shade", 0), (f"{theme}Tint", 255)):
            part = parse_figures(f"0000{value(element, shade) or ''}")
            if part is not None:
                colour = tuple(round(level * part[2] / 255 + end * (1 - part[2] / 255)) for level in colour)
        return colour


def parse_figures(words: str | None) -> Colour | None:
    """A colour in six hexadecimal figures; None for other words.

    >>> parse_figures("4472C4"), parse_figures("auto")
    ((68, 114, 196), None)
    """
    return parse_colour(f"#{words}") if words is not None and len(words) == len("rrggbb") else None


def _share(pattern: str) -> float | None:
    """The share of a pattern that is painted (pct15); None for stripes."""
    figures = pattern.removeprefix("pct")
    return int(figures) / 100 if figures.isdecimal() else None
