"""What one stage hands to the next: frozen, no behaviour. What is published is in record.py."""

from collections.abc import Mapping, Sequence
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from extract.model.findings import FindingDraft, Reason
from extract.model.record import Guide, GuideFacts, Reader, Section
from extract.model.text import Glyph, GlyphTable, Text
from extract.model.values import Evidence

Role = Literal["overprint", "furniture", "title", "preamble", "heading", "label", "value", "space", "unclaimed"]

Layout = Literal["page", "lines"]


class Ruling(Struct, frozen=True, gc=False):
    """A thin line, or a thin filled box, that is drawn on a page; points from the top left of the page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Annotation(Struct, frozen=True):
    """A remark that was put on a page: its words, and the boxes that it marks; points from the top left of the page.

    `kind` is PDF's own name for it: FreeText, StrikeOut, Text, Highlight, ….
    """

    page: int
    kind: str
    words: str
    boxes: tuple[tuple[float, float, float, float], ...]


class Pulled(Struct, frozen=True):
    """A guide file as its reader hands it out: pull → repair.

    `witness` is what a second reader reads, and `unconfirmed` the pages that it has lost.
    """

    file: str
    sha256: str
    pages: int
    reader: Reader
    glyphs: Sequence[Glyph]
    lines: Sequence[int] | None  # the line of each glyph, from 1, where the file itself has lines
    witness: "Pulled | None" = None
    unconfirmed: tuple[int, ...] = ()
    findings: tuple[FindingDraft, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    annotations: tuple[Annotation, ...] = ()

    @property
    def layout(self) -> Layout:
        """Where its glyphs stand: in boxes on pages, or on the lines of a file."""
        return "page" if self.lines is None else "lines"


class Line(Struct, frozen=True):
    """One printed line, repaired. `starts`: does it start a paragraph (None: the layout does not tell)."""

    text: Text
    page: int
    starts: bool | None


class Repair(Struct, frozen=True):
    """One repair on the record: what was done, and what each glyph became that it touched ("": it was taken out)."""

    name: str
    became: Mapping[int, str]


class Repaired(Struct, frozen=True):
    """Clean lines in reading order, and every repair that made them: repair → split."""

    ink: GlyphTable
    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    findings: tuple[FindingDraft, ...]


class LabelledText(Struct, frozen=True):
    """A label and the words after it; `field` is None for a label of no known field.

    `label` is the label's words, `lead` all that stands before the text: a marker, the label, its colon. `unit` is
    the unit that a bracket of the label gives to the bare figures after it: 拟支持经费（万元）：1000.
    """

    field: str | None
    label: Text
    lead: Text
    text: Text
    unit: Text | None


class SectionText(Struct, frozen=True):
    """One section as the guide lays it out: its heading, its labelled parts, and words under no label.

    `above` is the heading of the group that the section stands in (2.2 above 2.2.1), if there is one.
    """

    number: str
    title: Text
    heading: Text
    above: Text | None
    parts: tuple[LabelledText, ...]
    loose: tuple[Text, ...]


class SplitGuide(Struct, frozen=True):
    """The guide cut up: split → normalise. Together the texts hold every character of the lines.

    `preamble` is everything outside the title and the sections; the introduction is the part of it before them.
    `style` is the name of the profile's style of headings that was found.
    """

    title: Text
    style: str
    introduction: Text
    preamble: tuple[Text, ...]
    groups: tuple[Text, ...]
    pieces: tuple[SectionText, ...]
    findings: tuple[FindingDraft, ...]


V = TypeVar("V")


class Unread(Struct, frozen=True):
    """A refusal: why a parser makes no value of a text, and the words at which it stops."""

    reason: Reason
    words: Text


class Parsed(Struct, Generic[V], frozen=True):
    """A parser's result: a value, or None; `unread` is set where the words state a value and are not understood."""

    value: V | None
    findings: tuple[FindingDraft, ...] = ()
    unread: Unread | None = None


class Normalised(Struct, frozen=True):
    """The values: normalise → correct → check. `exceptions`: sections may differ from the introduction's duration."""

    guide: GuideFacts
    sections: tuple[Section, ...]
    exceptions: bool
    findings: tuple[FindingDraft, ...]


class CorrectionEntry(Struct, frozen=True):
    """One entry of a corrections file: what a person says that a value is.

    `section` is None for what the guide says of itself. `value` is the record's value without evidence; None where
    `status` says that there is none. `was` is what had been extracted (see `as_one_line`), `quote` the words that it
    was read from; one of the two may be None. `entry` is the plain data of the file.
    """

    section: str | None
    field: str
    status: Literal["stated", "none", "absent"]
    value: object
    was: str | None
    quote: str | None
    by: str
    why: str
    entry: Mapping[str, object]


class GuideForReview(Struct, frozen=True):
    """A guide as it was read: its record, and what a person wants to see beside it.

    `data` is the file. `asides` is what repair took out of the text, by its role. `lines` are the lines of plain text,
    as the file has them; a PDF has pages to look at instead. `corrections` are the entries of its corrections file,
    `password` opens the file.
    """

    guide: Guide
    data: bytes
    asides: Mapping[Role, tuple[Evidence, ...]]
    lines: tuple[str, ...]
    corrections: tuple[Mapping[str, object], ...] = ()
    password: str | None = None

    def __repr__(self) -> str:
        """Which guide; the password is not for showing."""
        return f"GuideForReview({self.guide.source.file!r})"


class PageImage(Struct, frozen=True):
    """What a page of a PDF looks like: its picture (`data`, WebP), and its size in points as it is turned.

    `fonts` are the fonts that the file only names, so that the picture depends on the machine. Where the page cannot
    be drawn, `data` is empty and `why` tells.
    """

    page: int
    width: float
    height: float
    data: bytes
    fonts: tuple[str, ...]
    why: str
