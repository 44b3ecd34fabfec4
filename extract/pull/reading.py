"""What both doors to PDFs share: which glyphs stand upright on a page, which lie outside, and why none can be read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from extract.errors import UnreadableGuide
from extract.model.findings import FindingDraft, format_refusal
from extract.model.stages import Annotation, Ruling
from extract.model.text import Glyph

ASCENT, DESCENT = 0.88, 0.12  # of the type size: the em box of Chinese type
UNMAPPED = "\ufffd"  # what a glyph says whose font does not tell
THIN = 3.0  # points: what is drawn thicker is no line
ROTATED, OUTSIDE, HIDDEN = "rotated", "outside", "hidden"
_SLANT = 0.02  # a baseline that rises more than this over its length is rotated
Box = tuple[float, float, float, float]


class FileReading(NamedTuple):
    """What a reader makes of a file: the number of its pages, its glyphs, what is wrong with it, and what is drawn.

    `lines` holds the line of each glyph where the file itself has lines.
    """

    pages: int
    glyphs: list[Glyph]
    findings: tuple[FindingDraft, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    lines: Sequence[int] | None = None


class Fault(NamedTuple):
    """What is wrong with a page or a stream: a phrase of the catalogue of findings, and what it tells besides."""

    code: str
    detail: str | None = None

    def args(self) -> dict[str, Any]:
        """The parts of a finding's message."""
        return {"fault": self.code} if self.detail is None else {"fault": self.code, "detail": self.detail}


class Damage(NamedTuple):
    """A fault of a page, or of one of its streams: its commands, the form Fm1, a table of the font F1."""

    fault: Fault
    stream: str | None = None
    stream_name: str | None = None

    def args(self) -> dict[str, Any]:
        """The parts of a finding's message."""
        if self.stream is None:
            return {"variant": "page", **self.fault.args()}
        name = {} if self.stream_name is None else {"stream_name": self.stream_name}
        return {"variant": "stream", "stream": self.stream, **name, **self.fault.args()}


class RefusedPdf(UnreadableGuide):
    """A reader cannot read a PDF. `parts` are those of a finding's message: the refusal, and what it names."""

    parts: dict[str, Any]


def encrypted_error(name: str, password: str | None) -> RefusedPdf:
    return _refused("encrypted" if password is None else "other-password", file=name)


def damaged_error(name: str, detail: str) -> RefusedPdf:
    return _refused("damaged", file=name, detail=detail)


def no_pages_error(name: str) -> RefusedPdf:
    return _refused("no-pages", file=name)


def _refused(refusal: str, **args: str) -> RefusedPdf:
    error = RefusedPdf(format_refusal(refusal, args))
    error.parts = {"refusal": refusal, **args}
    return error


def is_upright(along: tuple[float, float], up: tuple[float, float]) -> bool:
    """Whether type stands as a page's text does; slanted stems (italic type) do.

    `along` and `up` are the directions of its baseline and of its stem, x to the right and y upwards.
    """
    return along[0] > 0 and up[1] > 0 and abs(along[1]) <= _SLANT * along[0]


def is_thin(width: float, height: float) -> bool:
    """True for the size, in points, of what is drawn as a line."""
    return min(width, height) <= THIN < max(width, height)


def is_outside(x0: float, top: float, x1: float, bottom: float, width: float, height: float) -> str:
    """Why a glyph is no text of a page of this size, in points, or nothing; its box counts from the top left corner."""
    return OUTSIDE if x1 <= 0 or x0 >= width or bottom <= 0 or top >= height else ""


def with_credible_boxes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a page. Where much of it seems to lie outside, it is the page's box that is not to be believed."""
    outside = sum(glyph.excluded_reason == OUTSIDE for glyph in glyphs)
    if outside * 5 < len(glyphs):
        return list(glyphs)
    return [replace(glyph, excluded_reason="") if glyph.excluded_reason == OUTSIDE else glyph for glyph in glyphs]
