"""Detect illegible text: glyphs without a character, and fonts with byte-swapped character codes, which turn English
into Chinese, and Chinese into rare or unassigned characters.
"""

from collections import Counter
from collections.abc import Sequence

from extract.errors import UnreadableGuide
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Pulled
from extract.model.text import Glyph, is_unmapped

_MAX_UNREADABLE = 0.5  # of a guide's characters: a guide with more is refused
_MIN_SWAPPED = 8  # different unusual characters, before they count as byte-swapped
_MIN_SWAPPED_SHARE = 0.8  # of the unusual characters become common when swapped; of merely rare ones few do
_MAX_SAMPLE_LENGTH = 20  # characters in the message


def legibility_findings(pulled: Pulled, name: str) -> tuple[FindingDraft, ...]:
    """Report illegible characters. Raises UnreadableGuide if most of them are."""
    every = Counter([glyph.text for glyph in pulled.glyphs])
    counts = {text: count for text, count in every.items() if not text.isspace()}
    total, unread = sum(counts.values()), sum(count for text, count in counts.items() if is_unmapped(text))
    if unread > _MAX_UNREADABLE * total:
        raise UnreadableGuide(
            f"{name}: {unread} of {total} characters cannot be told, for the fonts do not say what they are; "
            "have the guide read by OCR, or print it to a new PDF from the program that made it"
        )
    unusual = {text for text in counts if not _is_usual(text)}
    usual = {text for text in unusual if _is_usual(_swap(text))}
    if pulled.layout == "lines" or len(usual) < _MIN_SWAPPED or len(usual) < _MIN_SWAPPED_SHARE * len(unusual):
        return ()
    swapped = [glyph for glyph in pulled.glyphs if glyph.text in usual]
    if len(swapped) > _MAX_UNREADABLE * total:
        raise UnreadableGuide(
            f"{name}: the fonts say the wrong characters (their two bytes swapped); "
            "have the guide read by OCR, or print it to a new PDF from the program that made it"
        )
    pages = sorted({glyph.page for glyph in swapped})
    return (finding("text-garbled", pages=pages, count=len(swapped), sample=_sample(swapped)),)


def _swap(text: str) -> str:
    return "".join(chr(ord(c) % 256 * 256 + ord(c) // 256) if ord(c) < 0x10000 else c for c in text)


def _is_usual(text: str) -> bool:
    """True if all characters are printable ASCII or in GB 2312, as nearly all of a guide's are.

    >>> _is_usual("申报"), _is_usual("龘")
    (True, False)
    """
    if text.isascii():
        return text.isprintable()
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _sample(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs[:_MAX_SAMPLE_LENGTH])
