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
        from extract.pull import pdfplumber_door as door
    elif path.suffix.lower() == ".pdf":
        raise UnreadableGuide(f"{path}: not a PDF (it does not begin with %PDF-); download the guide again")
    else:
        from extract.pull import plain_door as door
    pages, glyphs, lines = door.read(data, str(path))
    if not any(not glyph.text.isspace() for glyph in glyphs):
        raise UnreadableGuide(f"{path}: {pages} pages without any text; a scanned guide needs OCR first")
    return Pulled(path.name, hashlib.sha256(data).hexdigest(), pages, door.READER, glyphs, lines)
