"""The form of words: raised, lowered, struck out or hidden, by their own properties and those of their styles."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.model.stages import Script
from extract.pull.docx_reader.wordml import Element, by_id, children, is_on, is_on_by, number, path, value

_MOST_STYLES = 20  # on which one is based; a circle of styles ends there
_USUAL_SIZE = 20  # half-points: where nothing says the size
_SMALLER = 0.9  # the size of raised type, in that of its paragraph, at the most
_SCRIPTS: dict[str | None, Script] = {"superscript": "raised", "subscript": "lowered"}


class RunForm(NamedTuple):
    """The form of a run. `size` and `rise` above the baseline are in half-points."""

    script: Script | None = None
    is_struck: bool = False
    is_hidden: bool = False
    size: int = _USUAL_SIZE
    rise: int = 0
    font: str = ""

    @property
    def excluded(self) -> ExcludedReason | None:
        """Why the words are no text of the guide."""
        return "hidden" if self.is_hidden else "struck-out" if self.is_struck else None

    def script_within(self, size: int) -> Script | None:
        """Raised or lowered, also by smaller type that is moved off the baseline of a paragraph of this size."""
        if self.script is None and self.rise and self.size <= _SMALLER * size:
            return "raised" if self.rise > 0 else "lowered"
        return self.script


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
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
        self._chain = lru_cache(maxsize=None)(self._chain_of)
        self._forms: dict[tuple[object, ...], RunForm] = {}

    def paragraph_properties(self, paragraph: Element) -> Iterator[Element]:
        """The properties of a paragraph: its own, then those of its style and of those that it is based on."""
        own = path(paragraph, "pPr")
        if own is not None:
            yield own
        yield from (found for style in self.paragraph_chain(paragraph) if (found := path(style, "pPr")) is not None)

    def paragraph_chain(self, paragraph: Element) -> Sequence[Element]:
        """The style of a paragraph and those that it is based on."""
        return self._chain(self._paragraph_style(paragraph))

    def style(self, style_id: str | None) -> Element | None:
        return self._by_id.get(style_id or "")

    def form(self, properties: Element | None, paragraph: Element) -> RunForm:
        """The form of a run with these properties (rPr) in a paragraph; the same ones are looked up once."""
        style = self._paragraph_style(paragraph)
        own = () if properties is None else ((one.tag, *one.attrib.items()) for one in properties)
        key = (style, *own)
        if key not in self._forms:
            self._forms[key] = self._resolve(properties, style)
        return self._forms[key]

    def _paragraph_style(self, paragraph: Element) -> str | None:
        return value(path(paragraph, "pPr", "pStyle")) or self._default

    def _resolve(self, properties: Element | None, paragraph_style: str | None) -> RunForm:
        """The form of a run by its own properties, its character style, the paragraph's style and the document's.

        Switches of a character style turn those of the paragraph style round; a run's own are the last word.
        """
        of_paragraph = [path(style, "rPr") for style in self._chain(paragraph_style)]
        of_run = [path(style, "rPr") for style in self._chain(value(path(properties, "rStyle")))]
        levels = [properties, *of_run, *of_paragraph, self._defaults]

        def switch(name: str) -> bool:
            own = is_on(path(properties, name))
            return _first_switch(of_run, name) != _first_switch(of_paragraph, name) if own is None else own

        def found(name: str) -> Element | None:
            return next((one for level in levels if (one := path(level, name)) is not None), None)

        fonts = found("rFonts")
        return RunForm(
            script=_SCRIPTS.get(value(found("vertAlign"))),
            is_struck=switch("strike") or bool(is_on(found("dstrike"))),
            is_hidden=switch("vanish"),
            size=number(found("sz")) or _USUAL_SIZE,
            rise=number(found("position")) or 0,
            font=value(fonts, "ascii") or value(fonts, "hAnsi") or "",
        )

    def _chain_of(self, style_id: str | None) -> Sequence[Element]:
        chain: list[Element] = []
        while (style := self.style(style_id)) is not None and style not in chain and len(chain) < _MOST_STYLES:
            chain.append(style)
            style_id = value(path(style, "basedOn"))
        return chain


def _first_switch(levels: Sequence[Element | None], name: str) -> bool:
    return next((on for level in levels if (on := is_on(path(level, name))) is not None), False)
