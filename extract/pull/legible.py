"""How much of what was read is text: glyphs without a character, and fonts whose characters are given with their bytes
swapped, so that English looks like Chinese and Chinese like nothing at all.
"""

from collections import defaultdict
from collections.abc import Sequence

from extract.errors import UnreadableGuide
from extract.handoff import Pulled, Trouble
from extract.text import Glyph, unmapped

_MOST = 0.5  # of a guide's characters: where more than this cannot be read, nothing is handed on
_ENOUGH = 20  # characters that show whether a font's bytes are swapped
_USUAL = 0.9  # of the characters of any text are usual ones, at the least
_BETTER = 0.2  # more of them are usual when bytes are swapped back
_SHOWN = 20


def checked(pulled: Pulled, name: str) -> tuple[Trouble, ...]:
    """What is wrong with the characters of a guide. Raises UnreadableGuide where that is most of them."""
    glyphs = [glyph for glyph in pulled.glyphs if not glyph.text.isspace()]
    unread = sum(unmapped(glyph.text) for glyph in glyphs)
    if unread > _MOST * len(glyphs):
        raise UnreadableGuide(
            f"{name}: {unread} of {len(glyphs)} characters cannot be told, for the fonts do not say what they are; "
            "have the guide read by OCR, or print it to a new PDF from the program that made it"
        )
    fonts: dict[str, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if pulled.lines is None:
            fonts[glyph.font].append(glyph)
    odd = {font: same for font, same in fonts.items() if _swapped(same)}
    if sum(map(len, odd.values())) > _MOST * len(glyphs):
        raise UnreadableGuide(
            f"{name}: the fonts say the wrong characters (bytes swapped: {_sample(next(iter(odd.values())))}); "
            "have the guide read by OCR, or print it to a new PDF from the program that made it"
        )
    return tuple(_trouble(font, same) for font, same in odd.items())


def _swapped(glyphs: Sequence[Glyph]) -> bool:
    """Whether characters are far more usual with the two bytes of each swapped."""
    chars = [char for glyph in glyphs for char in glyph.text]
    if len(chars) < _ENOUGH:
        return False
    back = _share([_swap(char) for char in chars])
    return back >= _USUAL and back >= _share(chars) + _BETTER


def _swap(char: str) -> str:
    code = ord(char)
    return chr(code % 256 * 256 + code // 256) if code < 0x10000 else char


def _share(chars: Sequence[str]) -> float:
    """How many of the characters are printable ASCII, or stand in GB 2312, as nearly all of Chinese text does."""
    return sum(map(_usual, chars)) / len(chars)


def _usual(char: str) -> bool:
    if char.isascii():
        return char.isprintable()
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _trouble(font: str, glyphs: Sequence[Glyph]) -> Trouble:
    pages = sorted({glyph.page for glyph in glyphs})
    message = (
        f"page {pages[0]}: {len(glyphs)} characters in the font {font} make no sense ({_sample(glyphs)}): the font "
        "says the wrong characters, with their bytes swapped"
    )
    return Trouble("text-garbled", message)


def _sample(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs[:_SHOWN])
