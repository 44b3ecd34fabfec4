"""The types passed between stages, immutable. Published types are in record.py."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from extract.model.conditions import Condition
from extract.model.finding_catalogue import Reason
from extract.model.findings import FindingDraft
from extract.model.record import Attachment, ExcludedReason, Guide, GuideFacts, Reader, Section
from extract.model.text import Block, Cell, Glyph, GlyphTable, Text
from extract.model.values import Count, Evidence, Money

Role = Literal[
    "overprint", "furniture", "struck-out", "mark", "note",
    "title", "preamble", "heading", "label", "value", "space", "unclaimed",
]  # fmt: skip

Layout = Literal["page", "lines", "blocks"]
Script = Literal["raised", "lowered"]


class Ruling(Struct, frozen=True, gc=False):
    """A thin line, or a thin filled box, that is drawn on a page; points from the top left of the page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class PageCell(Struct, frozen=True):
    """A cell of a table that is ruled on a page; its box is in points from the top left of the page."""

    page: int
    box: tuple[float, float, float, float]
    cell: Cell


class PageTurn(Struct, frozen=True):
    """How a scanned page was turned before it was read: by quarters, then by degrees, both anticlockwise."""

    quarters: int
    degrees: float


class Annotation(Struct, frozen=True):
    """An annotation: its words, and the boxes that it marks, in points from the page's top left, or its block.

    `kind` is its subtype in the PDF: FreeText, StrikeOut, Text, Highlight, …; Comment in other documents.
    """

    page: int
    kind: str
    words: str
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    block: int = 0


class Picture(Struct, frozen=True, gc=False):
    """A picture whose words nobody reads: on a page its box, in points from the top left.

    In a document without pages the index of the glyph behind which it stands; `is_tall` if its form says that it is
    taller than 2.5 lines.
    """

    page: int = 0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    behind: int = -1
    is_tall: bool = False


class Pulled(Struct, frozen=True):
    """The glyphs of a guide file: pull → repair.

    `lines` is the line of each glyph, from 1; None for PDFs. In a document without pages `pages` is 0, `blocks` has the
    block of each line, `scripts` the glyphs that are raised or lowered, by their indices, and `references` those of
    marks with the number of the note that they belong to.
    `witness` is the result of a second reader, `unconfirmed` are the pages that the second reader has lost. `turns` are
    those of the pages that were read by OCR, in a PDF or a picture file.
    """

    file: str
    sha256: str
    pages: int
    reader: Reader
    glyphs: Sequence[Glyph]
    lines: Sequence[int] | None
    blocks: Sequence[Block] = ()
    scripts: Mapping[int, Script] = {}
    references: Mapping[int, int] = {}
    witness: "Pulled | None" = None
    unconfirmed: tuple[int, ...] = ()
    findings: tuple[FindingDraft, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    cells: tuple[PageCell, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    turns: Mapping[int, PageTurn] = {}
    pictures: tuple[Picture, ...] = ()

    @property
    def layout(self) -> Layout:
        """The position of glyphs: in boxes on pages, on the lines of a file, or in the blocks of a document."""
        if self.lines is None:
            return "page"
        return "blocks" if self.blocks else "lines"


class Line(Struct, frozen=True):
    """One printed line, repaired. `starts`: True if it starts a paragraph, None if the layout does not decide.

    `top` is in points, else the number of the line in the file; `left` and `right` bound its column, `cell` is its cell
    in a table.
    """

    text: Text
    page: int
    starts: bool | None
    top: float = 0.0
    left: float = -inf
    right: float = inf
    cell: Cell | None = None


RepairName = Literal[
    "unify forms",
    "fold overprints",
    "write scripts as signs",
    "set hidden text aside",
    "set furniture aside",
    "set struck-out text aside",
    "set reference marks aside",
    "take repeated runs once",
]


class Repair(Struct, frozen=True):
    """One repair: its name, and the new text of each changed glyph ("" if removed)."""

    name: RepairName
    became: Mapping[int, str]


class NoteText(Struct, frozen=True):
    """A footnote: its mark, as it is compared and as it is printed, its words, and those before each place that refers
    to it.
    """

    mark: str
    sign: Text
    text: Text
    references: tuple[Text, ...]


class ExcludedText(Struct, frozen=True):
    """Words that stand on a page and are no text of the guide, on one line, and why."""

    reason: ExcludedReason
    text: Text


class Repaired(Struct, frozen=True):
    """Repaired lines in reading order, with all repairs: repair → split."""

    ink: GlyphTable
    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    findings: tuple[FindingDraft, ...]
    notes: tuple[NoteText, ...] = ()
    excluded: tuple[ExcludedText, ...] = ()


class LabelledText(Struct, frozen=True):
    """A label and the words after it; `field` is None for a label of no known field.

    `lead` is everything before the text: a marker, the label, its colon. `unit` is the unit of bare figures, from a
    bracket of the label (拟支持经费（万元）：1000), `beside` are other words in such brackets: 每项, 上限.
    """

    field: str | None
    label: Text
    lead: Text
    text: Text
    unit: Text | None
    beside: Text | None = None


class SectionText(Struct, frozen=True):
    """One section: its heading, its labelled parts, and the words without a label (`loose`).

    `above` is the heading of the section's group (2.2 above 2.2.1), if any.
    """

    number: str
    title: Text
    heading: Text
    above: Text | None
    parts: tuple[LabelledText, ...]
    loose: tuple[Text, ...]


class TotalRow(Struct, frozen=True):
    """A row of a table that sums up others (合计): its words, its figures by column, and the sections that it sums up.

    `sums` are the numbers of the sections of which it may be the total: those since the row of totals before it, those
    of its table so far, and those of all tables so far.
    """

    words: Text
    parts: tuple[LabelledText, ...]
    sums: tuple[tuple[str, ...], ...]


class SplitGuide(Struct, frozen=True):
    """The texts of the guide's parts, which together contain every character of the lines: split → normalise.

    `preamble` is everything outside the title and the sections; the introduction is its part before the sections.
    `style` is the name of the profile's heading style that matched, empty for a lone section without a heading.
    `notice` is the notice above the guide, with MAYBE at the ends of its printed lines; `other_guides` are those
    that the file holds beside this one. Both are parts of the preamble. `common` are labelled parts that hold for all
    sections, as they stand outside of them; their texts are parts of the preamble, too.
    """

    title: Text
    style: str
    introduction: Text
    notice: Text | None
    preamble: tuple[Text, ...]
    other_guides: tuple[Text, ...]
    groups: tuple[Text, ...]
    pieces: tuple[SectionText, ...]
    notes: tuple[NoteText, ...]
    findings: tuple[FindingDraft, ...]
    common: tuple[LabelledText, ...] = ()
    totals: tuple[TotalRow, ...] = ()


V = TypeVar("V")


class Unread(Struct, frozen=True):
    """A refusal to parse: the reason, and the words at which the parser stopped."""

    reason: Reason
    words: Text


class Parsed(Struct, Generic[V], frozen=True):
    """A parser's result: a value, or None; `unread` is set if the words state a value and cannot be parsed.

    `conditions` are what an application can be tested by, in words of requirements.
    """

    value: V | None
    findings: tuple[FindingDraft, ...] = ()
    unread: Unread | None = None
    conditions: tuple[Condition, ...] = ()


class StatedTotal(Struct, frozen=True):
    """A total that a row of a table states, with the words of the row and its column; None if it is not understood.

    `sums` as in `TotalRow`.
    """

    words: str
    value: Count | Money | None
    sums: tuple[tuple[str, ...], ...]


class Normalised(Struct, frozen=True):
    """The parsed values: normalise → correct → check. `exceptions`: sections may deviate from the declared duration.

    `totals` are those that tables state of their rows.
    """

    guide: GuideFacts
    sections: tuple[Section, ...]
    exceptions: bool
    findings: tuple[FindingDraft, ...]
    totals: tuple[StatedTotal, ...] = ()


class CorrectionEntry(Struct, frozen=True):
    """One entry of a corrections file: the value that a person supplies.

    `section` is None for a value of the guide as a whole. `value` is plain data without evidence; None if `status` is
    none or absent. `was` is the extracted value (see `as_one_line`), `quote` the words of its evidence; one of the two
    may be None. `entry` is the plain data of the file.
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
    """The record of a guide with the material of its review page.

    `data` is the content of the file. `asides` are the removed texts, by role. `lines` are the lines of a plain-text
    file or the blocks of a document, and `cells` those of tables in which blocks stand; a PDF has none, as its pages
    are shown. `corrections` are the entries of its corrections file, `password` opens the file. `turns` are those of
    pages that were read by OCR.
    """

    guide: Guide
    data: bytes
    asides: Mapping[Role, tuple[Evidence, ...]]
    lines: tuple[str, ...]
    corrections: tuple[Mapping[str, object], ...] = ()
    password: str | None = None
    cells: tuple[Cell | None, ...] = ()
    turns: Mapping[int, PageTurn] = {}

    def __repr__(self) -> str:
        """Show the name of the file alone: the password must not appear in messages."""
        return f"GuideForReview({self.guide.source.file!r})"


class PageImage(Struct, frozen=True):
    """An image of a page (`data`, WebP), with the page's size in points after rotation.

    `fonts` are the fonts that are not embedded, for which the image depends on the machine. If the page cannot be
    rendered, `data` is empty and `why` is the reason.
    """

    page: int
    width: float
    height: float
    data: bytes
    fonts: tuple[str, ...]
    why: str


def part_stem(stem: str, part: int) -> str:
    """Return the name of the files of a guide, without suffix, in a file that holds several.

    >>> part_stem("guides", 1), part_stem("guides", 2)
    ('guides', 'guides.2')
    """
    return stem if part == 1 else f"{stem}.{part}"
