"""A guide as every producer draws it: paragraphs of runs, tables, notes, and what stands around the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

Script = Literal["superscript", "subscript"]
Change = Literal["struck", "deleted", "inserted"]
"""Struck through by hand; or put out and put in while changes were tracked."""
Unseen = Literal["paper", "box", "tiny", "clear"]
"""In the colour of the paper, in that of the box under it, too small to be read; or in no colour, however that is done."""
Kind = Literal["title", "heading", "body", "flush", "centred", "right", "red", "contents", "announcement"]
Spanning = Literal["nothing", "title", "headings"]
HeadingAlignment = Literal["indented", "flush", "centred", "hanging"]
Alignment = Literal["left", "center", "right", "justify"]
Rules = Literal["all", "three", "none"]
"""Around all cells; above and below the head row and at the foot; or none."""


@dataclass(frozen=True)
class Run:
    """Characters in one form. `note` is the text of the note to which they are the mark."""

    text: str
    bold: bool = False
    script: Script | None = None
    change: Change | None = None
    unseen: Unseen | None = None
    note: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Runs, and what they are. `section` is the number of the section in which they stand.

    `head` is the running head of the pages from here on, which a page begins with.
    """

    runs: tuple[Run, ...]
    kind: Kind = "body"
    section: str | None = None
    starts_page: bool = False
    head: Furniture | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def scale(self) -> float:
        """The size against that of the body text."""
        return {"title": 1.375, "announcement": 1.375, "red": 2.2}.get(self.kind, 1)


@dataclass(frozen=True)
class Table:
    """Rows of cells with rules.

    `widths` are those of the columns against each other; without them each is as wide as its words. `sections` are the
    numbers of the sections that rows hold; `repeats_heads`: the first row stands at the top of each page.
    """

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    sections: tuple[str | None, ...] = ()
    repeats_heads: bool = False
    rules: Rules = "all"

    def shares(self, room: float) -> list[float]:
        """The widths of the columns in a room."""
        return [room * width / sum(self.widths) for width in self.widths]


Block = Paragraph | Table


@dataclass(frozen=True)
class Furniture:
    """A running head or foot: what stands at the left, in the middle and at the right; {n} is the page, {total} their number.

    `scale` is its size against that of the body text, `edge` its distance from the edge of the paper in points: half of
    the margin unless it is given.
    """

    left: str = ""
    centre: str = ""
    right: str = ""
    scale: float = 0.75
    edge: float | None = None

    @property
    def places(self) -> tuple[str, str, str]:
        return (self.left, self.centre, self.right)

    def edge_in(self, look: Look) -> float:
        """The distance from the edge of the paper, in points."""
        return look.margin / 2 if self.edge is None else self.edge


@dataclass(frozen=True)
class Watermark:
    """Grey words across each page; the angle is in degrees, the scale is against the size of the body text."""

    text: str
    angle: int
    scale: float = 3


@dataclass(frozen=True)
class Comment:
    """Free text that is put on a page as an annotation, beside the heading of a section."""

    text: str
    section: str


@dataclass(frozen=True)
class Look:
    """How a guide is set. Lengths are in points, indents in characters."""

    font: int = 0
    """Which of the fonts that the producer has."""
    size: float = 14
    leading: float = 1.5
    margin: float = 80
    indent: float = 2
    """Before the first line of a paragraph."""
    hanging: float = 0
    """Before all its other lines."""
    heading: HeadingAlignment = "indented"
    justified: bool = True
    columns: int = 1
    first_column: float = 1
    """Its width against that of the others, where a producer can choose."""
    gutter: float = 24
    gutter_rule: bool = False
    spanning: Spanning = "title"
    """What stands across all columns."""
    line_numbers: Literal["", "left", "right"] = ""
    """In which margin; a Word file has them at the left alone."""
    circled_notes: bool = False
    """Marks of notes are ① ② ③."""
    note_mark: str = "{}"
    """Around the number of a note in the text: [{}], 注{}."""
    note_sign: str = "{} "
    """Around it before the note: {}. , 注{}：."""
    level_marks: bool = False
    """Marks are of the size of the text and on its baseline, where a producer can choose."""
    note_leading: float = 1.33
    """From line to line of notes, in their sizes."""
    end_notes: bool = False
    """Notes stand at the end, where a producer can choose."""
    labels: Literal["", "beside", "above", "boxed"] = ""
    """Labels stand in a column beside their values, on lines above them, or with them in boxes; where a producer can choose."""
    automatic: Literal["", "flat", "levels"] = ""
    """A word processor counts the numbers of headings: in a list for each prefix, or in one with levels."""

    def column_widths(self, room: float) -> list[float]:
        """The widths of the columns in a room."""
        unit = (room - self.gutter * (self.columns - 1)) / (self.first_column + self.columns - 1)
        return [self.first_column * unit, *[unit] * (self.columns - 1)]

    def indents(self, paragraph: Paragraph) -> tuple[float, float]:
        """Before the first line of a paragraph and before its other lines, in characters."""
        if paragraph.kind == "body":
            return self.indent, self.hanging
        if paragraph.kind == "heading":
            return self.indent * (self.heading == "indented"), 2 * (self.heading == "hanging")
        return 0, 0

    def alignment(self, paragraph: Paragraph) -> Alignment:
        """Where the lines of a paragraph stand."""
        if paragraph.kind in ("title", "announcement", "centred", "red"):
            return "center"
        if paragraph.kind == "heading" and self.heading == "centred":
            return "center"
        if paragraph.kind == "right":
            return "right"
        return "justify" if self.justified and paragraph.kind in ("body", "flush") else "left"

    @property
    def typed_notes(self) -> bool:
        """True if no word processor sets such marks by itself."""
        return self.note_mark != "{}"

    def number(self, number: int) -> str:
        """The number of a note; there are twenty in circles."""
        return chr(ord("①") + number - 1) if self.circled_notes and number <= 20 else str(number)

    def mark(self, number: int) -> str:
        """The mark of a note in the text."""
        return self.note_mark.format(self.number(number))

    def sign(self, number: int) -> tuple[str, str]:
        """What stands before a note: what is raised, and what is not."""
        sign = self.note_sign.format(self.number(number))
        raised = sign.rstrip(" .、：")
        return raised, sign[len(raised) :]


@dataclass(frozen=True)
class Document:
    """All that a producer needs to know."""

    blocks: tuple[Block, ...]
    look: Look = Look()
    head: Furniture | None = None
    foot: Furniture | None = None
    even_head: Furniture | None = None
    """The head of pages with an even number, where they have another one."""
    watermark: Watermark | None = None
    comments: tuple[Comment, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def has_changing_heads(self) -> bool:
        """True if not all pages have the same head."""
        return self.even_head is not None or any(one.head for one in self.paragraphs)

    @property
    def opening(self) -> int:
        """How many blocks there are down to the title; they stand in one column."""
        return max(
            (at for at, one in enumerate(self.blocks, 1) if isinstance(one, Paragraph) and one.kind == "title"),
            default=0,
        )

    @property
    def in_frames(self) -> bool:
        """True if whole pages have columns."""
        return self.look.columns > 1 and self.look.spanning == "nothing"

    @property
    def stretches(self) -> list[tuple[bool, list[Block]]]:
        """The blocks that stand across all columns, and those that stand in them, in turn."""
        if self.look.columns == 1:
            return [(True, list(self.blocks))]
        groups = groupby(enumerate(self.blocks), key=lambda pair: self._spans(*pair))
        return [(spans, [block for _, block in group]) for spans, group in groups]

    def _spans(self, at: int, block: Block) -> bool:
        is_heading = isinstance(block, Paragraph) and block.kind == "heading"
        above = self.look.spanning != "nothing" and at < self.opening
        return above or (self.look.spanning == "headings" and is_heading)

    def with_paragraphs(self, change: Callable[[Paragraph], Paragraph]) -> Document:
        """The document with each paragraph changed."""
        blocks = (change(block) if isinstance(block, Paragraph) else block for block in self.blocks)
        return replace(self, blocks=tuple(blocks))
