"""研究内容, 考核指标 → Points: what a section lists, point by point, in its own words.

Sentences of running text, which are points where no marker tells any.
"""

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
    """Parse a list of points: by its markers, nested as they are; without markers one point a sentence.

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
    """Each sentence with its full stop, but for stops in brackets; a paragraph ends a sentence too."""
    for paragraph in text.split("\n"):
        depth = brackets.depths(paragraph.plain)
        stops = [offset + 1 for offset, char in enumerate(paragraph.plain) if char == "。" and not depth[offset]]
        yield from (piece for piece in paragraph.cut(stops) if piece.strip(SPACE))


def _point(item: OutlineItem) -> Point:
    """A point with the points below it; the ； that parts it from the next is left out."""
    marker, text = item.marker, item.text.strip(SPACE).rstrip("；" + SPACE)
    return Point(
        marker=marker.printed.strip() if marker is not None else None,
        text=text.printed,
        items=tuple(_point(below) for below in item.below),
        evidence=cite(*(piece for piece in (marker, text) if piece is not None)),
    )
