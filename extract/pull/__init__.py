"""A guide file → its glyphs. One file per door: pdfplumber and PDFium for PDFs, plain text for what was extracted."""

import hashlib
from functools import partial
from pathlib import Path

from extract.errors import UnreadableGuide
from extract.handoff import Pulled
from extract.pull.both import read_with_both
from extract.records import Reader, Readers


def content(path: Path) -> bytes:
    """What a guide file holds. Raises UnreadableGuide where there is no such file."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise UnreadableGuide(f"{path}: a folder; name the guides in it, as in {path}/*.pdf") from None
    except OSError as error:
        raise UnreadableGuide(f"{path}: {error.strerror or error}; check the path and its permissions") from None


def pull(path: Path, readers: Readers = "both", *, data: bytes | None = None) -> Pulled:
    """Read a guide file: a PDF (told by its first bytes, not its name) or plain text.

    `data` is what the file holds, where it was read before or does not lie on a disk.
    Raises UnreadableGuide where there is no such file, it is damaged, it holds no text, or each of two readers
    loses pages that the other has.
    """
    data = content(path) if data is None else data
    if b"%PDF-" in data[:1024]:
        pulled = (
            read_with_both(partial(_read, data, path), str(path)) if readers == "both" else _read(data, path, readers)
        )
    elif path.suffix.lower() == ".pdf":
        raise UnreadableGuide(f"{path}: not a PDF (it does not begin with %PDF-); download the guide again")
    else:
        pulled = _read(data, path, "text")
    if all(glyph.text.isspace() for glyph in pulled.glyphs):
        raise UnreadableGuide(f"{path}: {_without_text(pulled)}")
    return pulled


def _read(data: bytes, path: Path, reader: Reader) -> Pulled:
    """What one reader reads. Readers are loaded when they are needed."""
    lines: list[int] | None = None
    if reader == "pdfplumber":
        from extract.pull.pdfplumber_door import read as read_with_pdfplumber

        pages, glyphs = read_with_pdfplumber(data, str(path))
    elif reader == "pdfium":
        from extract.pull.pdfium_door import read as read_with_pdfium

        pages, glyphs = read_with_pdfium(data, str(path))
    else:
        from extract.pull.plain_door import read as read_plain

        pages, glyphs, lines = read_plain(data, str(path))
    return Pulled(path.name, hashlib.sha256(data).hexdigest(), pages, reader, glyphs, lines)


def _without_text(pulled: Pulled) -> str:
    if pulled.reader == "text":
        return "the file is empty"
    return f"{pulled.pages} page(s) without any text; a scanned guide needs OCR first"
