"""A guide file → its glyphs. One file per door: pdfplumber and PDFium for PDFs, plain text for what was extracted."""

import hashlib
import os
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from extract.errors import LimitPassed, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, MIB, Limits, raise_limit_passed
from extract.model.findings import FindingDraft, finding
from extract.model.record import Reader, Readers
from extract.model.stages import Pulled
from extract.pull.legibility import legibility_findings
from extract.pull.two_readers import exclude_invisible, read_with_both


def read_content(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """What a guide file holds. Raises UnreadableGuide where there is no such file, and LimitPassed."""
    try:
        with path.open("rb") as file:
            return _bounded(file.read(limits.size * MIB + 1), limits)
    except LimitPassed as error:
        raise LimitPassed(f"{path}: {error}") from None
    except IsADirectoryError:
        raise UnreadableGuide(f"{path}: a folder; name the guides in it, as in {path}/*.pdf") from None
    except OSError as error:
        raise UnreadableGuide(f"{path}: {error.strerror or error}; check the path and its permissions") from None


def pull(
    path: Path,
    readers: Readers = "both",
    *,
    data: bytes | None = None,
    limits: Limits = DEFAULT_LIMITS,
    password: str | None = None,
) -> Pulled:
    """Read a guide file: a PDF (told by its first bytes, not its name) or plain text.

    `data` is what the file holds, where it was read before or does not lie on a disk. `password` opens a PDF that is
    encrypted. Raises UnreadableGuide where there is no such file, it is damaged or encrypted, it holds no text, most
    of its text cannot be read, or each of two readers loses pages that the other has; LimitPassed where it is larger
    than it may be, or has more pages or characters.
    """
    data = read_content(path, limits) if data is None else data
    try:
        pulled = _pulled(_bounded(data, limits), path, readers, limits, password)
    except LimitPassed as error:
        raise LimitPassed(f"{path}: {error}") from None
    if all(glyph.text.isspace() for glyph in pulled.glyphs):
        raise UnreadableGuide(f"{path}: {_without_text(pulled)}")
    return replace(pulled, findings=(*pulled.findings, *legibility_findings(pulled, str(path))))


def _pulled(data: bytes, path: Path, readers: Readers, limits: Limits, password: str | None) -> Pulled:
    if b"%PDF-" in data[:1024]:
        return _pdf(data, path, readers, limits, password)
    if path.suffix.lower() == ".pdf":
        raise UnreadableGuide(f"{path}: not a PDF (it does not begin with %PDF-); download the guide again")
    return _read(data, path, limits, password, "text")


def _bounded(data: bytes, limits: Limits) -> bytes:
    if len(data) > limits.size * MIB:
        raise_limit_passed("size", limits)
    return data


def _pdf(data: bytes, path: Path, readers: Readers, limits: Limits, password: str | None) -> Pulled:
    """What both readers, or one, read of a PDF. Damage is told whichever reads, and so is
    what cannot be seen, which PDFium alone can tell.
    """
    from extract.pull.damage import examine_damage

    read = partial(_read, data, path, limits, password)
    if readers == "both":
        return read_with_both(read, str(path))
    if readers == "pdfium":
        odd = examine_damage(data, limits, password)
        pulled = read("pdfium")
        return replace(pulled, findings=(*pulled.findings, *odd))
    pulled = read("pdfplumber")
    try:
        seen = read("pdfium")
    except LimitPassed:
        raise
    except UnreadableGuide:
        return pulled
    return replace(exclude_invisible(pulled, seen), findings=(*pulled.findings, *seen.findings))


def _read(data: bytes, path: Path, limits: Limits, password: str | None, reader: Reader) -> Pulled:
    """What one reader reads. Readers are loaded when they are needed."""
    lines: list[int] | None = None
    if reader == "pdfplumber":
        from extract.pull.pdfplumber_reader import read_with_pdfplumber as read_with_pdfplumber

        pages, glyphs, findings = read_with_pdfplumber(data, str(path), limits=limits, password=password)
    elif reader == "pdfium":
        from extract.pull.pdfium_reader import read_with_pdfium as read_with_pdfium

        pages, glyphs, findings = read_with_pdfium(data, str(path), limits=limits, password=password)
    else:
        from extract.pull.plain_text import read_plain_text as read_plain

        pages, glyphs, lines, taken = read_plain(data, str(path))
        findings = _decoded(taken)
        if pages > limits.pages or len(glyphs) > limits.glyphs:
            raise_limit_passed("pages" if pages > limits.pages else "glyphs", limits)
    sha256 = hashlib.sha256(data).hexdigest()
    return Pulled(_name(path), sha256, pages, reader, glyphs, lines, findings=findings)


def _name(path: Path) -> str:
    """A file's name as a record may hold it: bytes that are no UTF-8 are written out (\\xff)."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _decoded(taken: str | None) -> tuple[FindingDraft, ...]:
    if taken is None:
        return ()
    return (finding("encoding-taken", encoding=taken),)


def _without_text(pulled: Pulled) -> str:
    if pulled.reader == "text":
        return "the file is empty"
    return f"{pulled.pages} page(s) without any text; a scanned guide needs OCR first"
