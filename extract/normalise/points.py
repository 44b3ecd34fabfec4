"""研究内容, 考核指标 → Points: the points of a list, or the sentences of running text."""

from collections.abc import Iterator

from extract.language import brackets
from extract.language.list_markers import find_markers
from extract.model.evidence import cite
from extract.model.stages import Parsed
from extract.model.text import MAYBE, Text
from extract.model.values import Point, Points
from extract.normalise.topics.outline import OutlineItem, build_outline

SPACE = f" \n{MAYBE}"


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
