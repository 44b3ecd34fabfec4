"""Read the pages of a PDF that are pictures without text by OCR, beside those that have text."""

from collections import Counter
from collections.abc import Container, Sequence

from msgspec.structs import replace

from extract.limits import Limits
from extract.model.findings import FindingDraft
from extract.model.stages import Pulled
from extract.model.text import Glyph

_WORDLESS = "page-wordless"


def find_scans(pulled: Pulled) -> tuple[int, ...]:
    """The pages of a PDF that are pictures without text, and were not read."""
    return tuple(sorted({page for draft in pulled.findings if _is_wordless(draft) for page in _pages(draft)}))


def _is_wordless(draft: FindingDraft) -> bool:
    return draft.code == _WORDLESS and draft.args.get("variant") == "unread"


def _pages(draft: FindingDraft) -> list[int]:
    pages = draft.args["pages"]
    return [page for page in pages if isinstance(page, int)] if isinstance(pages, tuple) else []


def with_scanned_pages(pulled: Pulled, data: bytes, name: str, limits: Limits, password: str | None) -> Pulled:
    """Add what OCR reads on scanned pages, if there are any and OCR is installed.

    The pages are the same for both readers of a PDF, so neither confirms them. Where no page has other text, OCR is the
    reader of the file.
    """
    from extract.pull import ocr_reader

    scans = find_scans(pulled)
    if not scans or not ocr_reader.is_installed():
        return pulled
    scanned = ocr_reader.read_scanned_pages(data, name, scans, limits, password)
    read = _better_read(pulled, scanned.glyphs, scans)
    found = [glyph for glyph in scanned.glyphs if glyph.page in read]
    findings = tuple(draft for draft in (*pulled.findings, *scanned.findings) if not _is_wordless(draft))
    turns = {page: turn for page, turn in scanned.turns.items() if page in read}
    merged = replace(_with_pages(pulled, found, read), findings=findings, turns=turns)
    if read and all(glyph.page in read or glyph.text.isspace() for glyph in merged.glyphs):
        return replace(merged, reader="ocr", witness=None, unconfirmed=())
    return replace(merged, witness=pulled.witness and _with_pages(pulled.witness, found, read))


def _better_read(pulled: Pulled, scanned: Sequence[Glyph], scans: Sequence[int]) -> set[int]:
    """The scans on which OCR reads no less than what is printed on them as text, which it reads with the rest."""
    printed, found = _characters(pulled.glyphs), _characters(scanned)
    return {page for page in scans if 0 < found[page] >= printed[page]}


def _characters(glyphs: Sequence[Glyph]) -> Counter[int]:
    return Counter(glyph.page for glyph in glyphs if not glyph.text.isspace())


def _with_pages(pulled: Pulled, scanned: Sequence[Glyph], pages: Container[int]) -> Pulled:
    """The reading with other glyphs on some pages."""
    own = [glyph for glyph in pulled.glyphs if glyph.page not in pages]
    return replace(pulled, glyphs=sorted([*own, *scanned], key=lambda glyph: glyph.page))
