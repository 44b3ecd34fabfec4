"""Marked items as a tree: nested by their styles, in the order in which the styles appear.

Line ends that plain text leaves open: does the item end with the printed line, or go on?

On paper the indent tells. In plain text a line that is not full ends its paragraph, and a full one may or may not;
only in a list of items without marks does that change a value, so only there it is asked, and always reported.
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from extract.language.lexicon import Lexicon
from extract.language.list_markers import Marker, find_markers
from extract.model.findings import FindingDraft, finding
from extract.model.text import MAYBE, PARAGRAPH, Text, display_width, join_texts


class OutlineItem(Struct):
    """A topic in the making: its marker, its words, and what stands below it."""

    marker: Text | None
    text: Text
    below: list["OutlineItem"] = field(default_factory=list)


def build_outline(text: Text, marked: Sequence[Marker]) -> list[OutlineItem]:
    """The items at the top; unmarked paragraphs are children of the item before them."""
    roots: list[OutlineItem] = []
    path: list[tuple[str, OutlineItem]] = []
    ends = [*(marker.start for marker in marked[1:]), len(text)]
    for marker, end in zip(marked, ends, strict=True):
        head, *rest = text[marker.end : end].split("[\n\u2028]")
        node = OutlineItem(
            text[marker.start : marker.end], head, [OutlineItem(None, piece) for piece in rest if piece.strip()]
        )
        while any(style == marker.style for style, _ in path):
            path.pop()
        (path[-1][1].below if path else roots).append(node)
        path.append((marker.style, node))
    return roots


_LINE = re.compile(f"[{PARAGRAPH}{MAYBE}]")
_GOES_ON = tuple("，、；：。（《")
_IN_PROSE = "：；"
TAIL = 4  # a last line of at most this many ems goes on from the line before it


def close_open_lines(text: Text, words: Lexicon) -> tuple[Text, list[FindingDraft]]:
    """The text with every open line end either a paragraph's end or nothing, and what could be read two ways."""
    if MAYBE not in text.plain:
        return text, []
    starts = {marker.start for marker in find_markers(text.plain)}
    listed = _has_unmarked_items(text, starts)
    joined = text.without(MAYBE)
    pieces: list[Text] = []
    doubts: list[Text] = []
    for line in _lines(text):
        if pieces and line.start in starts:
            pieces.append(text.glue(PARAGRAPH))
        elif pieces and listed and not _goes_on(text, line.start - 1):
            place = line.start - 1
            if not words.within_word(joined, place - text.plain.count(MAYBE, 0, place)):
                doubts.append(text[max(place - 6, 0) : place + 7])
                if sum(map(display_width, _LINE.split(text.chars[line])[0])) > TAIL:
                    pieces.append(text.glue(PARAGRAPH))
        pieces.append(text[line])
    return join_texts(pieces, text), [_finding_of(doubts)] if doubts else []


def _lines(text: Text) -> list[slice]:
    """The places of the pieces between open line ends."""
    ends = [match.start() for match in re.finditer(MAYBE, text.plain)]
    return [slice(start, end) for start, end in zip([0, *(e + 1 for e in ends)], [*ends, len(text)], strict=True)]


def _has_unmarked_items(text: Text, starts: set[int]) -> bool:
    """Whether a paragraph below a marked item begins without a mark."""
    first = min(starts, default=len(text))
    paragraphs = (match.end() for match in re.finditer(PARAGRAPH, text.plain))
    return any(place not in starts and place > first for place in paragraphs)


def _goes_on(text: Text, place: int) -> bool:
    """Whether the words before a line's end, back to their paragraph's start, cannot be a whole item."""
    paragraph = text.plain[text.plain.rfind(PARAGRAPH, 0, place) + 1 : place]
    if paragraph.count("（") > paragraph.count("）"):
        return True
    return paragraph.endswith(_GOES_ON) or any(mark in paragraph for mark in _IN_PROSE)


def _finding_of(doubts: list[Text]) -> FindingDraft:
    breaks = [_LINE.sub(" ‖ ", str(doubt)) for doubt in doubts]
    return finding("break-ambiguous", *doubts, breaks=breaks)
