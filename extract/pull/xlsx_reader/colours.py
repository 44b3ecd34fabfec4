"""The colours that Excel's elements name: as figures, by a colour of the theme, or by a number of an old palette."""

from extract.pull.office.package import Element
from extract.pull.sight import BLACK, WHITE, Colour, parse_colour
from extract.pull.xlsx_reader.spreadsheetml import DRAWING, path, real, whole

_THEME = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
_USUAL_THEME = {"lt1": WHITE, "dk1": BLACK}
_PALETTE = (BLACK, WHITE, (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255)) * 2


class Colours:
    """The colours of a workbook; `theme` is the root of its theme."""

    def __init__(self, theme: Element | None = None) -> None:
        scheme = None if theme is None else next(theme.iter(f"{DRAWING}clrScheme"), None)
        self._theme: dict[str, Colour] = dict(_USUAL_THEME)
        for named in () if scheme is None else scheme.iterchildren("*"):
            words = next((one.get("lastClr") or one.get("val") or "" for one in named), "")
            if (colour := parse_colour(f"#{words}")) is not None:
                self._theme[str(named.tag).removeprefix(DRAWING)] = colour

    def of(self, element: Element | None) -> Colour | None:
        """A colour; None if it is automatic or of no name that is known."""
        if element is None:
            return None
        colour = self._plain(element)
        tint = real(element, "tint") or 0.0
        if colour is None or not tint:
            return colour
        end = 0 if tint < 0 else 255
        return tuple(round(level + (end - level) * min(abs(tint), 1.0)) for level in colour)

    def of_fill(self, fill: Element | None) -> Colour | None:
        """The ground that a filling makes: white without one; None if it is a pattern or not known."""
        pattern = path(fill, "patternFill")
        kind = "none" if pattern is None else pattern.get("patternType", "none")
        if kind == "solid":
            return self.of(path(pattern, "fgColor"))
        return WHITE if kind == "none" and path(fill, "gradientFill") is None else None

    def _plain(self, element: Element) -> Colour | None:
        figures, theme, index = element.get("rgb"), whole(element, "theme"), whole(element, "indexed")
        if figures is not None:
            return parse_colour(f"#{figures[-6:]}")
        if theme is not None:
            return self._theme.get(_THEME[theme]) if theme < len(_THEME) else None
        return _PALETTE[index] if index is not None and index < len(_PALETTE) else None
