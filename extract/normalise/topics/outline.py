"""Build the tree of marked items: nested by marker style, in order of first appearance of the styles.

Also decide on line ends that plain text leaves open. On paper the indent decides. In plain text a line that is not
full ends its paragraph, a full one may or may not; this changes values only in lists of items without markers, so only
there it is decided, and always reported.
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from extract.language.lexicon import Lexicon
from extract.language.list_markers import Marker, find_markers
from extract.model.findings import FindingDraft, finding
from extract.model.text import MAYBE, PARAGRAPH, Text, display_width, join_texts


class OutlineItem(Struct):
    """An unparsed item: marker, words, and the items below it."""

    marker: Text | None
    text: Text
    below: list["OutlineItem"] = field(default_factory=list)


def build_outline(text: Text, markers: Sequence[Marker]) -> list[OutlineItem]:
    """Return the top items; paragraphs without a marker are children of the item before them."""
    roots: list[OutlineItem] = []
    path: list[tuple[str, OutlineItem]] = []
    ends = [*(marker.start for marker in markers[1:]), len(text)]
    for marker, end in zip(markers, ends, strict=True):
        first, *paragraphs = text[marker.end : end].split("[\n\u2028]")
        below = [OutlineItem(None, paragraph) for paragraph in paragraphs if paragraph.strip()]
        item = OutlineItem(text[marker.start : marker.end], first, below)
        while any(style == marker.style for style, _ in path):
            path.pop()
        (path[-1][1].below if path else roots).append(item)
        path.append((marker.style, item))
    return roots


def restarts(markers: Sequence[Marker]) -> list[int]:
    """Return the indices of markers whose style counts anew: 1. 2. 1. 2. 3. may be a list within a list."""
    last: dict[str, int] = {}
    found = []
    for index, marker in enumerate(markers):
        if marker.style in last:
            styles = list(last)
            last = {style: last[style] for style in styles[: styles.index(marker.style) + 1]}
            if 0 < marker.number <= last[marker.style]:
                found.append(index)
        last[marker.style] = marker.number
    return found


_LINE_END = re.compile(f"[{PARAGRAPH}{MAYBE}]")
_NEVER_ENDS_ITEM = tuple("，、；：。（《")
_ONLY_IN_PROSE = "：；"
_MARK = re.compile("[、，；：。《]")
_MAX_ITEM_LINE = 24  # ems, of lines in a cell of a table
MAX_TAIL_WIDTH = 4  # ems; a last line up to this width continues the line before it


def close_open_lines(text: Text, lexicon: Lexicon) -> tuple[Text, list[FindingDraft]]:
    """Resolve each open line end to a paragraph end or nothing; report ambiguous ones."""
    if MAYBE not in text.plain:
        return text, []
    item_starts = {marker.start for marker in find_markers(text.plain)}
    has_unmarked_items = _has_unmarked_items(text, item_starts)
    joined = text.without(MAYBE)
    pieces: list[Text] = []
    ambiguous: list[Text] = []
    for line in _lines(text):
        line_end = line.start - 1
        if pieces and line.start in item_starts:
            pieces.append(text.glue(PARAGRAPH))
        elif pieces and has_unmarked_items and not _is_within_item(text, line_end):
            offset = line_end - text.plain.count(MAYBE, 0, line_end)  # in the joined text
            if not lexicon.is_within_word(joined, offset):
                ambiguous.append(text[max(line_end - 6, 0) : line_end + 7])
                if sum(map(display_width, _LINE_END.split(text.chars[line])[0])) > MAX_TAIL_WIDTH:
                    pieces.append(text.glue(PARAGRAPH))
        pieces.append(text[line])
    return join_texts(pieces, text), [_ambiguous_ends(ambiguous)] if ambiguous else []


def _lines(text: Text) -> list[slice]:
    """Return the spans between open line ends."""
    ends = [match.start() for match in re.finditer(MAYBE, text.plain)]
    starts = [0, *(end + 1 for end in ends)]
    return [slice(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)]


def _has_unmarked_items(text: Text, item_starts: set[int]) -> bool:
    """Return True if a paragraph below a marked item has no marker, or short lines without marks are items."""
    if not item_starts and PARAGRAPH in text.plain:
        lines = _LINE_END.split(text.plain)
        return not any(_MARK.search(line) or sum(map(display_width, line)) > _MAX_ITEM_LINE for line in lines)
    first = min(item_starts, default=len(text))
    paragraphs = (match.end() for match in re.finditer(PARAGRAPH, text.plain))
    return any(start not in item_starts and start > first for start in paragraphs)


def _is_within_item(text: Text, line_end: int) -> bool:
    """Return True if the words from the start of the paragraph to a line end cannot be a whole item."""
    paragraph = text.plain[text.plain.rfind(PARAGRAPH, 0, line_end) + 1 : line_end]
    if paragraph.count("（") > paragraph.count("）"):
        return True
    return paragraph.endswith(_NEVER_ENDS_ITEM) or any(mark in paragraph for mark in _ONLY_IN_PROSE)


def _ambiguous_ends(ends: list[Text]) -> FindingDraft:
    return finding("break-ambiguous", *ends, breaks=[_LINE_END.sub(" ‖ ", str(end)) for end in ends])
