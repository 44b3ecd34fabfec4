"""A guide file → its glyphs. One file per door: pdfplumber for PDFs, plain text for what was extracted before."""

import hashlib
from pathlib import Path

from extract.errors import UnreadableGuide
from extract.handoff import Pulled


def pull(path: Path) -> Pulled:
    """Read a guide file: a PDF (told by its first bytes, not its name) or plain text.

    Raises UnreadableGuide where there is no such file, it is damaged, or it holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableGuide(f"{path}: {error.strerror or error}; check the path and its permissions") from None
    if b"%PDF-" in data[:1024]:
        from extract.pull.pdfplumber_door import read as read_pdf

        pages, glyphs = read_pdf(data, str(path))
        pulled = Pulled(path.name, _hash(data), pages, "pdfplumber", glyphs, None)
    elif path.suffix.lower() == ".pdf":
        raise UnreadableGuide(f"{path}: not a PDF (it does not begin with %PDF-); download the guide again")
    else:
        from extract.pull.plain_door import read as read_plain

        pages, glyphs, lines = read_plain(data, str(path))
        pulled = Pulled(path.name, _hash(data), pages, "text", glyphs, lines)
    if all(glyph.text.isspace() for glyph in pulled.glyphs):
        raise UnreadableGuide(f"{path}: {_without_text(pulled)}")
    return pulled


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _without_text(pulled: Pulled) -> str:
    if pulled.reader == "text":
        return "the file is empty"
    return f"{pulled.pages} page(s) without any text; a scanned guide needs OCR first"
