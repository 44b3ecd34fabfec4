"""What styles and attributes let a reader of a web page see: colours and grounds, sizes, and places off the page."""

import re
from collections.abc import Mapping, Set
from typing import NamedTuple

from lxml import html

from extract.pull.sight import WHITE, Colour, Sight, parse_colour, sight_of_colour, sight_of_size, worst

USED = frozenset(
    {"animation", "animation-name", "background", "background-color", "background-image", "bottom", "clip",
     "clip-path", "color", "float", "font-size", "height", "left", "margin-left", "max-height", "max-width", "opacity",
     "overflow", "position", "right", "text-indent", "top", "transform", "transition", "width",
     "-webkit-text-fill-color"}
)  # fmt: skip
_CLEAR = 0.06  # opacity: type of less differs too little from paper
_FAR = -500.0  # pixels: what is moved so far is off the page
_FLAT = 1.0  # pixels: a box without room for words
_USUAL_SIZE = 16.0  # pixels
_POINTS = 0.75  # of a pixel
_OF_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))(?P<unit>[a-z]*|%)")
_RGB = re.compile(r"rgba?\((?P<parts>[^)]*)\)")
_PICTURE = re.compile(r"url\(|gradient\(|image|element\(|var\(")
_CLIP = re.compile(r"rect\((?P<parts>[^)]*)\)")
_NO_SHAPE = re.compile(r"inset\((?:[5-9]\d|100)%|circle\(0(?![\d.])|polygon\((?:0(?:px|%)?[ ,]*)+\)")
_NO_SCALE = re.compile(r"scale[xy3]?d?\(\s*0(?:\.0+)?\s*[,)]")
_MOVED = re.compile(r"translate[xy3]?d?\((?P<parts>[^)]*)\)")
_POSITIONED = ("absolute", "fixed")
_TINY = 2.0  # pixels: a picture that counts visits
_TALL = 2.5  # lines of type of this size


class Look(NamedTuple):
    """What an element hands down of how its words look.

    `colour` is None where no style that was read names one. `ground` is None where it is not known; it is `assumed` to
    be paper where no element has one. `size` is in pixels; `is_far`: the first lines begin off the page. `knows_all` is
    False for a page with styles in other files.
    """

    colour: Colour | None = None
    opacity: float = 1.0
    ground: Colour | None = WHITE
    is_assumed: bool = True
    size: float = _USUAL_SIZE
    is_far: bool = False
    knows_all: bool = True

    @property
    def sight(self) -> Sight:
        """How words of this look are seen."""
        if self.is_far or self.opacity < _CLEAR:
            return "hidden"
        of_colour: Sight = "doubtful" if self.is_like_paper else self._sight_of_colour
        return worst(sight_of_size(self.size * _POINTS), of_colour)

    @property
    def is_like_paper(self) -> bool:
        """True for type in the colour of paper, where another file may say on which ground it stands."""
        return self.is_assumed and not self.knows_all and self._sight_of_colour == "hidden"

    @property
    def _sight_of_colour(self) -> Sight:
        return sight_of_colour(_mixed(self.colour, self.ground, self.opacity), self.ground)

    def within(self, element: html.HtmlElement, declared: Mapping[str, str]) -> "Look":
        """The look of an element within one of this look."""
        look = self._coloured(element, declared)._grounded(element, declared)
        size, indent = declared.get("font-size"), declared.get("text-indent")
        if size is not None:
            look = look._replace(size=_font_size(size, self.size))
        if indent is not None:
            look = look._replace(is_far=_is_far(indent, self.size))
        return look

    def _coloured(self, element: html.HtmlElement, declared: Mapping[str, str]) -> "Look":
        words = declared.get("-webkit-text-fill-color") or declared.get("color")
        if words is None and element.tag in ("font", "body"):
            words = element.get("color" if element.tag == "font" else "text")
        if words is None:
            return self._replace(colour=None, opacity=1.0) if element.tag == "a" and element.get("href") else self
        if words == "inherit":
            return self
        colour, opacity = _parse(words) or (None, 1.0)
        return self._replace(colour=colour, opacity=opacity)

    def _grounded(self, element: html.HtmlElement, declared: Mapping[str, str]) -> "Look":
        names = ("background", "background-color", "background-image")
        words = [declared[name] for name in names if name in declared]
        words += [found] if (found := element.get("bgcolor")) and not words else []
        if element.get("background") is not None or any(map(_PICTURE.search, words)):
            return self._replace(ground=None, is_assumed=False)
        for part in words:
            for word in _tokens(part):
                if (found := _parse(word)) is not None and found[1] > 0:
                    colour, opacity = found
                    return self._replace(ground=_mixed(colour, self.ground, opacity), is_assumed=False)
        if declared.get("position") in _POSITIONED:  # over any other element
            return self._replace(ground=None, is_assumed=False)
        return self


def sight_of_element(element: html.HtmlElement, declared: Mapping[str, str], size: float) -> Sight:
    """How an element is seen with all that is in it: in no opacity, in a box without room, cut off, or off the page.

    One that a script or an animation may show is doubtful, as all of a page is. `size` is that of the type around it.
    """
    if not USED & declared.keys():
        return "seen"
    opacity = _number(declared.get("opacity", "1"))
    if opacity < _CLEAR:
        moves = element.tag in ("html", "body") or any(
            name in declared for name in ("animation", "animation-name", "transition")
        )
        return "doubtful" if moves else "hidden"
    is_gone = _is_without_room(declared) or _is_cut_off(declared) or _is_moved_off(declared, size)
    return "hidden" if is_gone else "seen"


def stands_in_line(element: html.HtmlElement, declared: Mapping[str, str]) -> bool:
    """True for a picture that can be seen and stands where words would: it does not float, nor is it tiny."""
    sides = [side for name in ("width", "height") if (side := _side(element, declared, name)) is not None]
    if any(side <= _TINY for side in sides) or declared.get("position") in _POSITIONED:
        return False
    return declared.get("float", element.get("align", "")).lower() not in ("left", "right")


def is_tall(element: html.HtmlElement, declared: Mapping[str, str], size: float) -> bool:
    """True if a page says that a picture is taller than 2.5 lines of type of this size."""
    height = _side(element, declared, "height")
    return height is not None and height > _TALL * size


def _side(element: html.HtmlElement, declared: Mapping[str, str], name: str) -> float | None:
    """The width or height of a picture in pixels; None where it is not said, or is a share of something else."""
    words = declared.get(name) or element.get(name) or ""
    return None if words.rstrip().endswith(("%", "vw", "vh")) else _pixels(words, _USUAL_SIZE)


def _is_without_room(declared: Mapping[str, str]) -> bool:
    names = ("height", "width", "max-height", "max-width")
    is_flat = any((length := _pixels(declared.get(name, ""), 0)) is not None and 0 <= length <= _FLAT for name in names)
    return is_flat and declared.get("overflow", "").startswith(("hidden", "clip"))


def _is_cut_off(declared: Mapping[str, str]) -> bool:
    clip = _CLIP.search(declared.get("clip", ""))
    if clip and declared.get("position") in _POSITIONED:
        edges = [_pixels(part, 0) for part in re.split(r"[\s,]+", clip["parts"].strip())]
        if len(edges) == 4 and None not in edges:
            top, right, bottom, left = (edge or 0.0 for edge in edges)
            return right - left <= _FLAT or bottom - top <= _FLAT
    return bool(_NO_SHAPE.search(declared.get("clip-path", "")))


def _is_moved_off(declared: Mapping[str, str], size: float) -> bool:
    is_moved = declared.get("position") in (*_POSITIONED, "relative")
    names: Set[str] = {"left", "top", "right", "bottom", "margin-left"} if is_moved else {"margin-left"}
    if any(_is_far(declared.get(name, ""), size) for name in names):
        return True
    transform = declared.get("transform", "")
    moved = _MOVED.search(transform)
    parts = re.split(r"[\s,]+", moved["parts"].strip()) if moved else []
    return bool(_NO_SCALE.search(transform)) or any(_is_far(part, size) for part in parts if not part.endswith("%"))


def _is_far(words: str, size: float) -> bool:
    length = _pixels(words, size)
    return length is not None and length <= _FAR


def _pixels(words: str, size: float) -> float | None:
    """A length in pixels, where it is one and known; all of a page is as far as it takes to be off it."""
    match = _LENGTH.fullmatch(words.strip())
    if not match:
        return None
    number, unit = float(match["number"]), match["unit"]
    if unit in ("em", "rem", "ex", "ch"):
        return number * size
    if unit in ("%", "vw", "vh"):
        return number / 100 * -_FAR
    return number * _OF_PIXELS[unit] if unit in _OF_PIXELS else None


def _font_size(words: str, above: float) -> float:
    """The size that a style names, in pixels: the usual one where its name or its unit has another meaning."""
    match = _LENGTH.fullmatch(words.strip())
    if not match:
        return above if words in ("inherit", "smaller", "larger") else _USUAL_SIZE
    number, unit = float(match["number"]), match["unit"]
    if unit in ("em", "%"):
        return above * (number if unit == "em" else number / 100)
    return number * _OF_PIXELS[unit] if unit in _OF_PIXELS else number * _USUAL_SIZE


def _number(words: str) -> float:
    match = _LENGTH.fullmatch(words.strip())
    return 1.0 if not match else float(match["number"]) / (100 if match["unit"] == "%" else 1)


def _tokens(words: str) -> list[str]:
    """The words of a value; a function with its parts is one."""
    return re.findall(r"[^\s(]+(?:\([^)]*\))?", words)


def _parse(words: str) -> tuple[Colour, float] | None:
    """A colour and its opacity; None where words name none.

    >>> _parse("#fff"), _parse("rgba(0, 0, 0, 0)"), _parse("transparent"), _parse("inherit")
    (((255, 255, 255), 1.0), ((0, 0, 0), 0.0), ((0, 0, 0), 0.0), None)
    """
    if words == "transparent":
        return (0, 0, 0), 0.0
    if match := _RGB.fullmatch(words):
        parts = [part for part in re.split(r"[\s,/]+", match["parts"].strip()) if _LENGTH.fullmatch(part)]
        if len(parts) not in (3, 4):
            return None
        colour = tuple(round(_number(part) * (255 if part.endswith("%") else 1)) for part in parts[:3])
        return colour, _number(parts[3]) if len(parts) == 4 else 1.0
    colour_of = parse_colour(words) or (parse_colour(f"#{words}") if re.fullmatch("[0-9a-f]{6}", words) else None)
    if colour_of is None:
        return None
    is_with_opacity = re.fullmatch("#[0-9a-f]{4}|#[0-9a-f]{8}", words)
    return colour_of, int(words[-(len(words) // 4) :], 16) / (
        15 if len(words) == 5 else 255
    ) if is_with_opacity else 1.0


def _mixed(colour: Colour | None, ground: Colour | None, opacity: float) -> Colour | None:
    """What a translucent colour is on a ground; None where that is not known."""
    if colour is None or opacity >= 1:
        return colour
    if ground is None:
        return None
    return tuple(round(a * opacity + b * (1 - opacity)) for a, b in zip(colour, ground, strict=True))
