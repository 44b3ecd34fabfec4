"""Shared parts of the two PDF readers: geometry of glyphs, faults of pages, and reasons for refusing a file."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from extract.errors import UnreadableGuide
from extract.model.findings import FindingDraft, format_refusal
from extract.model.record import Attachment
from extract.model.stages import Annotation, PageTurn, Picture, Ruling, Script
from extract.model.text import Block, Glyph

ASCENT, DESCENT = 0.88, 0.12  # of the type size: the em box of Chinese type
UNMAPPED = "\ufffd"  # the text of a glyph whose font maps it to no character
MAX_LINE_WIDTH = 3.0  # points: a thicker shape is not a line
ROTATED, OUTSIDE, HIDDEN = "rotated", "outside", "hidden"
_MAX_SLOPE = 0.02  # a baseline that rises more than this over its length is rotated
Box = tuple[float, float, float, float]


class FileReading(NamedTuple):
    """The result of reading a file: the number of pages, the glyphs, findings, and what is drawn on the pages.

    `lines` is the line of each glyph; None for PDFs. A document without pages has `blocks`, one for each line,
    `scripts`, and `references`: the glyphs of marks with the number of the note that they belong to; a web page also
    `attachments`. `turns` are those of pages that were read by OCR.
    """

    pages: int
    glyphs: list[Glyph]
    findings: tuple[FindingDraft, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    lines: Sequence[int] | None = None
    blocks: Sequence[Block] = ()
    scripts: Mapping[int, Script] = {}
    references: Mapping[int, int] = {}
    attachments: tuple[Attachment, ...] = ()
    turns: Mapping[int, PageTurn] = {}
    pictures: tuple[Picture, ...] = ()


class Fault(NamedTuple):
    """A fault of a page or a stream: a phrase of the catalogue of findings, and a detail."""

    code: str
    detail: str | None = None

    def args(self) -> dict[str, Any]:
        """The arguments of a finding's message."""
        return {"fault": self.code} if self.detail is None else {"fault": self.code, "detail": self.detail}


class Damage(NamedTuple):
    """A fault of a page, or of one of its streams: its commands, the form Fm1, a table of the font F1."""

    fault: Fault
    stream: str | None = None
    stream_name: str | None = None

    def args(self) -> dict[str, Any]:
        """The arguments of a finding's message."""
        if self.stream is None:
            return {"variant": "page", **self.fault.args()}
        name = {} if self.stream_name is None else {"stream_name": self.stream_name}
        return {"variant": "stream", "stream": self.stream, **name, **self.fault.args()}


class RefusedPdf(UnreadableGuide):
    """A reader refused a PDF. `parts` are the arguments of a finding's message: the refusal and its names."""

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
    """True if type is not rotated; slanted stems (italic type) are upright.

    `along` and `up` are the directions of its baseline and of its stem, x to the right and y upwards.
    """
    return along[0] > 0 and up[1] > 0 and abs(along[1]) <= _MAX_SLOPE * along[0]


def is_thin(width: float, height: float) -> bool:
    """True for the size, in points, of what is drawn as a line."""
    return min(width, height) <= MAX_LINE_WIDTH < max(width, height)


def is_outside(x0: float, top: float, x1: float, bottom: float, width: float, height: float) -> str:
    """OUTSIDE if a box, measured from the top left corner, lies off a page of this size in points, else ""."""
    return OUTSIDE if x1 <= 0 or x0 >= width or bottom <= 0 or top >= height else ""


def with_credible_boxes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Keep the glyphs outside the page if they are a fifth or more of all: then the page's box is wrong."""
    outside = sum(glyph.excluded_reason == OUTSIDE for glyph in glyphs)
    if outside * 5 < len(glyphs):
        return list(glyphs)
    return [replace(glyph, excluded_reason="") if glyph.excluded_reason == OUTSIDE else glyph for glyph in glyphs]
