"""Marked items as a tree: nested by their styles, in the order in which the styles appear."""

from collections.abc import Sequence

from msgspec import Struct, field

from extract.language.list_markers import Marker
from extract.model.text import Text


class Node(Struct):
    """A topic in the making: its marker, its words, and what stands below it."""

    marker: Text | None
    text: Text
    below: list["Node"] = field(default_factory=list)


def tree(text: Text, marked: Sequence[Marker]) -> list[Node]:
    """The items at the top; unmarked paragraphs are children of the item before them."""
    roots: list[Node] = []
    path: list[tuple[str, Node]] = []
    ends = [*(marker.start for marker in marked[1:]), len(text)]
    for marker, end in zip(marked, ends, strict=True):
        head, *rest = text[marker.end : end].split("[\n\u2028]")
        node = Node(text[marker.start : marker.end], head, [Node(None, piece) for piece in rest if piece.strip()])
        while any(style == marker.style for style, _ in path):
            path.pop()
        (path[-1][1].below if path else roots).append(node)
        path.append((marker.style, node))
    return roots
