"""Read a PDF with pdfplumber: every character with its box, in the order of the content stream."""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extract.errors import LimitPassed
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.stages import Picture, Ruling
from extract.model.text import Glyph
from extract.pull.reading import (
    ASCENT,
    DESCENT,
    HIDDEN,
    ROTATED,
    UNMAPPED,
    Damage,
    Fault,
    FileReading,
    damaged_error,
    encrypted_error,
    is_outside,
    is_thin,
    is_upright,
    no_pages_error,
    with_credible_boxes,
)

if TYPE_CHECKING:
    from extract.pull.layers import Layers


def read_with_pdfplumber(
    data: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS, password: str | None = None
) -> FileReading:
    """Read the pages, the glyphs and the damage of a PDF. An unreadable page has no glyphs.

    Raises LimitPassed, and UnreadableGuide for any other exception: pdfminer raises anything from its own errors to a
    bare TypeError on a damaged file.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    from extract.pull.annotations import document_annotations
    from extract.pull.damage import damage_findings, document_pages, find_damage
    from extract.pull.damage.stream_decoding import StreamDecoder, bounded_decoding
    from extract.pull.layers import Layers

    streams, glyphs, rulings, pictures = StreamDecoder(limits), list[Glyph](), list[Ruling](), list[Picture]()
    lost: dict[int, list[Damage]] = {}
    try:
        with bounded_decoding(streams):
            pdf = pdfplumber.open(io.BytesIO(data), password=password)  # closing it would read the pages once more
            pages, layers = document_pages(pdf.doc, limits), Layers(pdf.doc)
            for number, page in enumerate(pages, 1):
                try:
                    found, lines, drawn = _page(pdf, page, number, limits.glyphs - len(glyphs), layers, limits)
                except _UnreadablePage as error:
                    lost[number] = [Damage(Fault("pdfplumber-fails", str(error)))]
                else:
                    glyphs += found
                    rulings += lines
                    pictures += drawn
            findings = (*damage_findings(lost, ()), *find_damage(pdf.doc, pages, data, streams))
            annotations = document_annotations(pages)
    except Exception as error:
        cause = _cause(error)
        if isinstance(cause, LimitPassed):
            raise cause from None
        if isinstance(cause, PDFPasswordIncorrect):
            raise encrypted_error(name, password) from None
        raise damaged_error(name, str(cause) or type(cause).__name__) from None
    if not pages:
        raise no_pages_error(name)
    return FileReading(len(pages), glyphs, findings, tuple(rulings), annotations, pictures=tuple(pictures))


class _UnreadablePage(Exception):
    """pdfplumber cannot read a page."""


def _page(
    pdf: Any, page_object: Any, number: int, left: int, layers: "Layers", limits: Limits
) -> tuple[list[Glyph], list[Ruling], list[Picture]]:
    """The glyphs of a page, at most `left`, its thin lines and pictures. Raises LimitPassed, and _UnreadablePage."""
    from pdfminer.layout import LTChar, LTCurve, LTImage
    from pdfplumber.page import Page

    from extract.pull.pdfplumber_reader.interpreter import layout_page

    try:
        page = Page(pdf, page_object, page_number=number)
        page_object.mediabox = _upright(page_object.mediabox)
        items = list(_flat(layout_page(page, left, layers, limits)))
        wide, high = page.width, page.height
        glyphs = with_credible_boxes([_glyph(item, number, wide, high) for item in items if isinstance(item, LTChar)])
        rulings = [ruling for item in items if isinstance(item, LTCurve) for ruling in _rulings(item, page)]
        return glyphs, rulings, [_picture(item, page) for item in items if isinstance(item, LTImage)]
    except Exception as error:
        cause = _cause(error)
        if isinstance(cause, LimitPassed):
            raise cause from None
        raise _UnreadablePage(str(cause) or type(cause).__name__) from None


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """Flatten the items of a page and of its figures, in the order of the content stream."""
    from pdfminer.layout import LTContainer

    for item in items:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _cause(error: Exception) -> Exception:
    """Unwrap an exception that pdfplumber has wrapped."""
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, Exception) else error


def _upright(box: Sequence[float]) -> tuple[float, float, float, float]:
    """Order a page's box from lower left to upper right; files may name any two corners, pdfminer expects these."""
    (x0, x1), (y0, y1) = sorted(box[::2]), sorted(box[1::2])
    return x0, y0, x1, y1


def _glyph(char: Any, page: int, wide: float, high: float) -> Glyph:
    """Convert a pdfminer character, whose box counts from the lower left corner of its page, y upwards, to a Glyph.

    pdfminer's object is used directly: pdfplumber's dict of it costs a fifth of the reading time and adds only colours.
    The advance is the box's width in points: pdfminer's `adv` ignores the text matrix.
    """
    x0, top, x1, bottom = char.x0, high - char.y1, char.x1, high - char.y0
    a, b, c, d, _, y = char.matrix
    size, baseline = bottom - top, high - y
    excluded = is_outside(x0, top, x1, bottom, wide, high) if is_upright((a, b), (c, d)) else ROTATED
    if hasattr(char, "rise"):
        baseline -= char.rise * d
        excluded = excluded or (HIDDEN if char.hidden else "")
    if not excluded and not bottom - size / 2 <= baseline <= bottom + size / 10:  # the font's metrics are wrong
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
    return Glyph(_text(char.get_text()), page, x0, top, x1, bottom, _name(char), size, x1 - x0, excluded, baseline)


def _rulings(curve: Any, page: Any) -> Iterator[Ruling]:
    """Yield a painted shape that is as thin as a line."""
    if (curve.stroke or curve.fill) and is_thin(curve.x1 - curve.x0, curve.y1 - curve.y0):
        yield Ruling(page.page_number, curve.x0, page.height - curve.y1, curve.x1, page.height - curve.y0)


def _picture(image: Any, page: Any) -> Picture:
    return Picture(page.page_number, (image.x0, page.height - image.y1, image.x1, page.height - image.y0))


def _name(char: Any) -> str:
    """The name of a character's font; in a damaged file it may be bytes."""
    if isinstance(char.fontname, bytes):
        from pdfplumber.page import fix_fontname_bytes

        return str(fix_fontname_bytes(char.fontname))
    return str(char.fontname)


@lru_cache(maxsize=1 << 14)
def _text(text: str) -> str:
    """The text of a glyph; UNMAPPED if the font maps it to no character."""
    halves = any("\ud800" <= char <= "\udfff" for char in text)  # of a character beyond the first 65,536
    return UNMAPPED if text.startswith("(cid:") or "\0" in text or halves else text
