"""研究内容, 考核指标 → Points: the points of a list, or the sentences of running text."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.language import brackets
from extract.language.list_markers import find_markers
from extract.model.evidence import cite
from extract.model.stages import Parsed
from extract.model.text import MAYBE, Text
from extract.model.values import Point, Points
from extract.normalise.topics.outline import OutlineItem, build_outline

SPACE = f" \n{MAYBE}"


class MarkedPoint(NamedTuple):
    """A point of a list, or a sentence, which has no marker."""

    marker: Text | None
    words: Text


def parse_points(text: Text) -> Parsed[Points]:
    """Parse a list of points, nested by its markers; without markers each sentence is a point.

    （1）建成平台1个：①设备不少于3台；②误差不超过1%。（2）申请专利5项。 is two points, the first with two below it.
    Words before the first marker are the lead.
    """
    whole = text.without(MAYBE).strip()
    marked = find_markers(whole.plain)
    if not marked:
        items = tuple(_point(OutlineItem(None, sentence)) for sentence in split_sentences(whole))
        return Parsed(Points(items=items, evidence=cite(text)))
    lead = whole[: marked[0].start].strip(SPACE)
    items = tuple(_point(item) for item in build_outline(whole, marked))
    return Parsed(Points(lead=lead.printed or None, items=items, evidence=cite(text)))


def split_points(text: Text) -> tuple[Text, list[MarkedPoint]]:
    """Return the words before the first point of a list, and its points; without markers each sentence is one."""
    whole = text.without(MAYBE).strip()
    marked = find_markers(whole.plain)
    if not marked:
        return whole[:0], [MarkedPoint(None, sentence) for sentence in split_sentences(whole)]
    ends = [*(marker.start for marker in marked[1:]), len(whole)]
    points = [MarkedPoint(whole[m.start : m.end], whole[m.end : end]) for m, end in zip(marked, ends, strict=True)]
    return whole[: marked[0].start].strip(SPACE), points


def all_points(text: Text) -> list[Text]:
    """Return the words before the first point of a list, and those of each."""
    lead, points = split_points(text)
    return [lead, *(point.words for point in points)]


def split_sentences(text: Text) -> Iterator[Text]:
    """Yield each sentence with its full stop; stops in brackets end none, a paragraph does."""
    for paragraph in text.split("\n"):
        depth = brackets.depths(paragraph.plain)
        stops = [offset + 1 for offset, char in enumerate(paragraph.plain) if char == "。" and not depth[offset]]
        yield from (piece for piece in paragraph.cut(stops) if piece.strip(SPACE))


def _point(item: OutlineItem) -> Point:
    """Build a point with the points below it, without its final ；."""
    marker, text = item.marker, item.text.strip(SPACE).rstrip("；" + SPACE)
    return Point(
        marker=marker.printed.strip() if marker is not None else None,
        text=text.printed,
        items=tuple(_point(below) for below in item.below),
        evidence=cite(*(piece for piece in (marker, text) if piece is not None)),
    )
