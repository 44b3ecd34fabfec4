"""The form of words: raised, struck out, hidden, in which colour, by their own properties and those of their styles."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.model.stages import Script
from extract.pull.docx_reader.colours import Colours, Ground
from extract.pull.docx_reader.wordml import EFFECTS, Element, by_id, children, is_on, is_on_by, number, path, value
from extract.pull.sight import BLACK, Colour, Sight, sight_of_colour, sight_of_size, worst

_MOST_STYLES = 20  # on which one is based; a circle of styles ends there
_USUAL_SIZE = 20  # half-points: where nothing says the size
_CLEAR = 94_000  # of 100,000: more translucent type is not seen on paper
_SMALLER = 0.9  # the size of raised type, in that of its paragraph, at the most
_SCRIPTS: dict[str | None, Script] = {"superscript": "raised", "subscript": "lowered"}


class RunForm(NamedTuple):
    """The form of a run. `size` and `rise` above the baseline are in half-points, `stretch` is in percent.

    `colour` is None if it is automatic, `ground` if the run has no shading or mark of its own; `is_marked` if that is a
    mark (w:highlight), `is_clear` if it has no colour.
    """

    script: Script | None = None
    is_struck: bool = False
    is_hidden: bool = False
    size: int = _USUAL_SIZE
    rise: int = 0
    font: str = ""
    stretch: int = 100
    colour: Colour | None = None
    ground: Ground | None = None
    is_marked: bool = False
    is_clear: bool = False

    @property
    def excluded(self) -> ExcludedReason | None:
        """Why the words are no text of the guide."""
        return "hidden" if self.is_hidden else "struck-out" if self.is_struck else None

    def sight_on(self, ground: Ground) -> Sight:
        """How the words are seen on a ground."""
        if self.is_clear:
            return "hidden"
        ground = self.ground or ground
        points = self.size / 2 * min(self.stretch / 100, 1)
        if self.colour is None and self.is_marked and sight_of_colour(BLACK, ground.colour) != "seen":
            return "doubtful"  # programs differ in whether automatic type on a black mark is black
        return worst(sight_of_size(points), sight_of_colour(self.colour, ground.colour))

    def script_within(self, size: int) -> Script | None:
        """Raised or lowered, also by smaller type that is moved off the baseline of a paragraph of this size."""
        if self.script is None and self.rise and self.size <= _SMALLER * size:
            return "raised" if self.rise > 0 else "lowered"
        return self.script


class Styles:
    """The styles of a document, and its colours."""

    def __init__(self, root: Element | None, colours: Colours | None = None) -> None:
        self._colours = colours or Colours(None)
        self._by_id = by_id(root, "style", "styleId")
        self._default = next(
            (
                value(style, "styleId")
                for style in children(root, "style")
                if value(style, "type") == "paragraph" and is_on_by(style, "default")
            ),
            None,
        )
        self._defaults = path(root, "docDefaults", "rPrDefault", "rPr")
        self.chain = lru_cache(maxsize=None)(self._chain_of)
        self._forms: dict[tuple[object, ...], RunForm] = {}

    def paragraph_properties(self, paragraph: Element) -> Iterator[Element]:
        """The properties of a paragraph: its own, then those of its style and of those that it is based on."""
        own = path(paragraph, "pPr")
        if own is not None:
            yield own
        yield from (found for style in self.paragraph_chain(paragraph) if (found := path(style, "pPr")) is not None)

    def paragraph_chain(self, paragraph: Element) -> Sequence[Element]:
        """The style of a paragraph and those that it is based on."""
        return self.chain(self._paragraph_style(paragraph))

    def style(self, style_id: str | None) -> Element | None:
        return self._by_id.get(style_id or "")

    def form(self, properties: Element | None, paragraph: Element, of_table: Sequence[Element] = ()) -> RunForm:
        """The form of a run with these properties (rPr) in a paragraph; the same ones are looked up once.

        `of_table` are the properties that the style of its table gives.
        """
        style = self._paragraph_style(paragraph)
        own = () if properties is None else ((one.tag, *one.attrib.items(), *map(_key, one)) for one in properties)
        key = (style, *of_table, *own)
        if key not in self._forms:
            self._forms[key] = self._resolve(properties, style, of_table)
        return self._forms[key]

    def _paragraph_style(self, paragraph: Element) -> str | None:
        return value(path(paragraph, "pPr", "pStyle")) or self._default

    def _resolve(self, properties: Element | None, paragraph_style: str | None, of_table: Sequence[Element]) -> RunForm:
        """The form of a run by its own properties, its character style, the paragraph's, the table's, the document's.

        Switches of a character style turn those of the paragraph style round; a run's own are the last word.
        """
        of_paragraph = [path(style, "rPr") for style in self.chain(paragraph_style)]
        of_run = [path(style, "rPr") for style in self.chain(value(path(properties, "rStyle")))]
        levels = [properties, *of_run, *of_paragraph, *of_table, self._defaults]

        def switch(name: str) -> bool:
            own = is_on(path(properties, name))
            return _first_switch(of_run, name) != _first_switch(of_paragraph, name) if own is None else own

        def found(name: str) -> Element | None:
            return next((one for level in levels if (one := path(level, name)) is not None), None)

        fonts, mark = found("rFonts"), self._colours.of_mark(found("highlight"))
        return RunForm(
            script=_SCRIPTS.get(value(found("vertAlign"))),
            is_struck=switch("strike") or bool(is_on(found("dstrike"))),
            is_hidden=switch("vanish"),
            size=number(found("sz")) or _USUAL_SIZE,
            rise=number(found("position")) or 0,
            font=value(fonts, "ascii") or value(fonts, "hAnsi") or "",
            stretch=number(found("w")) or 100,
            colour=self._colours.of_type(found("color")),
            ground=mark or self._colours.of_shading(found("shd")),
            is_marked=mark is not None,
            is_clear=_is_clear(levels),
        )

    def _chain_of(self, style_id: str | None) -> Sequence[Element]:
        chain: list[Element] = []
        while (style := self.style(style_id)) is not None and style not in chain and len(chain) < _MOST_STYLES:
            chain.append(style)
            style_id = value(path(style, "basedOn"))
        return chain


def _key(element: Element) -> tuple[object, ...]:
    return (element.tag, *element.attrib.items(), *map(_key, element))


def _is_clear(levels: Sequence[Element | None]) -> bool:
    """True if type is neither filled nor outlined (w14:textFill, w14:textOutline), or hardly."""
    for level in levels:
        filled = None if level is None else level.find(f"{EFFECTS}textFill")
        if level is not None and filled is not None:
            alpha = next((one.get(f"{EFFECTS}val") or "" for one in filled.iter(f"{EFFECTS}alpha")), "")
            is_filled = filled.find(f"{EFFECTS}noFill") is None and not (alpha.isdecimal() and int(alpha) >= _CLEAR)
            return not is_filled and level.find(f"{EFFECTS}textOutline") is None
    return False


def _first_switch(levels: Sequence[Element | None], name: str) -> bool:
    return next((on for level in levels if (on := is_on(path(level, name))) is not None), False)
