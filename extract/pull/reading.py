"""What both doors to PDFs share: which glyphs stand upright on a page, which lie outside, and why none can be read."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from extract.errors import UnreadableGuide
from extract.model.stages import FindingDraft
from extract.model.text import Glyph

ASCENT, DESCENT = 0.88, 0.12  # of the type size: the em box of Chinese type
UNMAPPED = "\ufffd"  # what a glyph says whose font does not tell
ROTATED, OUTSIDE, HIDDEN = "rotated", "outside the page", "that cannot be seen"
_SLANT = 0.02  # a baseline that rises more than this over its length is rotated
Box = tuple[float, float, float, float]


class FileReading(NamedTuple):
    """What a reader makes of a PDF: the number of its pages, its glyphs, and what is wrong with the file."""

    pages: int
    glyphs: list[Glyph]
    findings: tuple[FindingDraft, ...] = ()


def encrypted_error(name: str, password: str | None) -> UnreadableGuide:
    if password is None:
        return UnreadableGuide(
            f"{name}: the PDF is encrypted; give its password (--password), or save a copy without one"
        )
    return UnreadableGuide(f"{name}: the PDF is encrypted with another password than the one that was given")


def damaged_error(name: str, what: str) -> UnreadableGuide:
    return UnreadableGuide(f"{name}: damaged PDF ({what}); download the guide again")


def no_pages_error(name: str) -> UnreadableGuide:
    return UnreadableGuide(f"{name}: the PDF has no pages that can be read; download the guide again")


def format_pages(pages: Sequence[int]) -> str:
    """Pages in words: page 3; pages 3, 5."""
    return f"page{'s' * (len(pages) > 1)} {', '.join(map(str, pages))}"


def is_upright(along: tuple[float, float], up: tuple[float, float]) -> bool:
    """Whether type stands as a page's text does; slanted stems (italic type) do.

    `along` and `up` are the directions of its baseline and of its stem, x to the right and y upwards.
    """
    return along[0] > 0 and up[1] > 0 and abs(along[1]) <= _SLANT * along[0]


def is_outside(x0: float, top: float, x1: float, bottom: float, width: float, height: float) -> str:
    """Why a glyph is no text of a page of this size, in points, or nothing; its box counts from the top left corner."""
    return OUTSIDE if x1 <= 0 or x0 >= width or bottom <= 0 or top >= height else ""


def with_credible_boxes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a page. Where much of it seems to lie outside, it is the page's box that is not to be believed."""
    outside = sum(glyph.excluded_reason == OUTSIDE for glyph in glyphs)
    if outside * 5 < len(glyphs):
        return list(glyphs)
    return [replace(glyph, excluded_reason="") if glyph.excluded_reason == OUTSIDE else glyph for glyph in glyphs]
