"""Read the pages of a PDF that are pictures without text by OCR, beside those that have text."""

from collections.abc import Sequence

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
    findings = tuple(draft for draft in (*pulled.findings, *scanned.findings) if not _is_wordless(draft))
    pulled = replace(pulled, findings=findings, turns=scanned.turns)
    if all(glyph.text.isspace() for glyph in pulled.glyphs):
        return replace(pulled, reader="ocr", glyphs=scanned.glyphs, witness=None, unconfirmed=())
    witness = pulled.witness and replace(pulled.witness, glyphs=_merged(pulled.witness.glyphs, scanned.glyphs))
    return replace(pulled, glyphs=_merged(pulled.glyphs, scanned.glyphs), witness=witness)


def _merged(glyphs: Sequence[Glyph], scanned: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of all pages, page after page."""
    return sorted([*glyphs, *scanned], key=lambda glyph: glyph.page)
