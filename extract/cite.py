"""Text → evidence: the printed lines on which it stands, each with its page, box and quote."""

from itertools import groupby

from extract.text import GLUE, Ink, Text, join
from extract.values import Evidence


def cite(*texts: Text) -> tuple[Evidence, ...]:
    """One piece of evidence for each printed line of the texts, in their order.

    Boxes are in points from the page's top left corner, rounded to 0.01. Glue has no ink and is not quoted,
    but a space of glue inside a line (a gap that nobody drew) stays in the quote.
    """
    whole = join(texts, texts[0])
    ink = whole.ink
    printed = [
        (char, origin) for char, origin in zip(whole.chars, whole.origins, strict=True) if char not in "\n\u2028"
    ]
    filled: list[tuple[str, int, tuple[int, int]]] = []
    for char, origin in printed:
        if origin == GLUE and not filled:
            continue
        place = (ink.glyphs[origin].page, ink.lines[origin]) if origin != GLUE else filled[-1][2]
        filled.append((char, origin, place))
    return tuple(
        _line(ink, place, [(char, origin) for char, origin, _ in chars])
        for place, chars in groupby(filled, key=lambda item: item[2])
    )


def _line(ink: Ink, place: tuple[int, int], chars: list[tuple[str, int]]) -> Evidence:
    page, line = place
    quote = "".join(char for char, _ in chars)
    if not ink.drawn:
        return Evidence(page=page, bbox=None, line=line, quote=quote)
    glyphs = [ink.glyphs[origin] for _, origin in chars if origin != GLUE]
    x0, top = min(g.x0 for g in glyphs), min(g.top for g in glyphs)
    x1, bottom = max(g.x1 for g in glyphs), max(g.bottom for g in glyphs)
    box = (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
    return Evidence(page=page, bbox=box, quote=quote)
