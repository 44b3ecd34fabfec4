"""Footnotes without links: the last paragraphs of a page that begin with raised marks."""

from collections.abc import Sequence

from extract.layout.notes import normalise_mark
from extract.pull.html_reader.paragraphs import Paragraph


def mark_last_paragraphs(paragraphs: Sequence[Paragraph], kept: Sequence[bool]) -> None:
    """Number the last paragraphs that begin with raised marks, to all of which the text refers, as notes."""
    body = [paragraph for paragraph, is_kept in zip(paragraphs, kept, strict=True) if is_kept]
    if any(paragraph.note is not None for paragraph in body):
        return
    referred = {
        normalise_mark(piece.words)
        for paragraph in body
        for line in paragraph.lines
        for piece in line[1:]
        if piece.script == "raised" and piece.excluded is None
    }
    number = sum(1 for _ in body)
    for paragraph in reversed(body):
        first = paragraph.lines[0][0]
        if first.script != "raised" or normalise_mark(first.words) not in referred:
            break
        paragraph.note = number
        number -= 1
