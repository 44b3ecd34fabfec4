"""How much of what was read is text: glyphs without a character, and fonts whose characters are given with their bytes
swapped, so that English looks like Chinese and Chinese like nothing at all.
"""

from collections import Counter
from collections.abc import Sequence

from extract.errors import UnreadableGuide
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Pulled
from extract.model.text import Glyph, is_unmapped

_MOST = 0.5  # of a guide's characters: where more than this cannot be read, nothing is handed on
_ENOUGH = 8  # different unusual characters that show whether bytes are swapped
_NEARLY_ALL = 0.8  # of the unusual characters are usual ones when their bytes are swapped; of rare words' few are
_SHOWN = 20


def legibility_findings(pulled: Pulled, name: str) -> tuple[FindingDraft, ...]:
    """What is wrong with the characters of a guide. Raises UnreadableGuide where that is most of them."""
    every = Counter([glyph.text for glyph in pulled.glyphs])
    counts = {text: count for text, count in every.items() if not text.isspace()}
    total, unread = sum(counts.values()), sum(count for text, count in counts.items() if is_unmapped(text))
    if unread > _MOST * total:
        raise UnreadableGuide(
            f"{name}: {unread} of {total} characters cannot be told, for the fonts do not say what they are; "
            "have the guide read by OCR, or print it to a new PDF from the program that made it"
        )
    unusual = {text for text in counts if not _usual(text)}
    usual = {text for text in unusual if _usual(_swap(text))}
    if pulled.layout == "lines" or len(usual) < _ENOUGH or len(usual) < _NEARLY_ALL * len(unusual):
        return ()
    swapped = [glyph for glyph in pulled.glyphs if glyph.text in usual]
    if len(swapped) > _MOST * total:
        raise UnreadableGuide(
            f"{name}: the fonts say the wrong characters (their two bytes swapped); "
            "have the guide read by OCR, or print it to a new PDF from the program that made it"
        )
    pages = sorted({glyph.page for glyph in swapped})
    return (finding("text-garbled", pages=pages, count=len(swapped), sample=_sample(swapped)),)


def _swap(text: str) -> str:
    return "".join(chr(ord(c) % 256 * 256 + ord(c) // 256) if ord(c) < 0x10000 else c for c in text)


def _usual(text: str) -> bool:
    """Whether characters are printable ASCII or stand in GB 2312, as nearly all of a guide's do."""
    if text.isascii():
        return text.isprintable()
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _sample(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs[:_SHOWN])
