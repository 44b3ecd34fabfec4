"""A guide file → its glyphs, by the table of readers: pdfplumber and PDFium for PDFs, plain text for extracted text."""

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec.structs import replace

from extract.errors import LimitPassed, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, MIB, Limits, raise_limit_passed
from extract.model.findings import FindingDraft, finding
from extract.model.record import Reader, Readers
from extract.model.stages import Layout, Pulled
from extract.pull.legibility import legibility_findings
from extract.pull.reading import FileReading
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
    reader = recognise(data)
    if READERS[reader].layout == "page":
        return _pdf(data, path, readers, limits, password)
    if path.suffix.lower() == ".pdf":
        raise UnreadableGuide(f"{path}: not a PDF (it does not begin with %PDF-); download the guide again")
    return _read(data, path, limits, password, reader)


def _bounded(data: bytes, limits: Limits) -> bytes:
    if len(data) > limits.size * MIB:
        raise_limit_passed("size", limits)
    return data


def _pdf(data: bytes, path: Path, readers: Readers, limits: Limits, password: str | None) -> Pulled:
    """What both readers, or one, read of a PDF. Damage is told whichever reads, and so is
    what cannot be seen, which PDFium alone can tell.
    """
    from extract.pull.damage import examine

    read = partial(_read, data, path, limits, password)
    if readers == "both":
        return read_with_both(read, str(path))
    if readers == "pdfium":
        odd, annotations = examine(data, limits, password)
        pulled = read("pdfium")
        return replace(pulled, findings=(*pulled.findings, *odd), annotations=annotations)
    pulled = read("pdfplumber")
    try:
        seen = read("pdfium")
    except LimitPassed:
        raise
    except UnreadableGuide:
        return pulled
    return replace(exclude_invisible(pulled, seen), findings=(*pulled.findings, *seen.findings))


def _read(data: bytes, path: Path, limits: Limits, password: str | None, reader: Reader) -> Pulled:
    """What one reader reads."""
    content = READERS[reader].read(data, str(path), limits, password)
    return Pulled(
        file=_name(path),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=content.pages,
        reader=reader,
        glyphs=content.glyphs,
        lines=content.lines,
        findings=content.findings,
        rulings=content.rulings,
        annotations=content.annotations,
    )


def _name(path: Path) -> str:
    """A file's name as a record may hold it: bytes that are no UTF-8 are written out (\\xff)."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _decoded(taken: str | None) -> tuple[FindingDraft, ...]:
    if taken is None:
        return ()
    return (finding("encoding-taken", encoding=taken),)


def _without_text(pulled: Pulled) -> str:
    if pulled.layout == "lines":
        return "the file is empty"
    return f"{pulled.pages} page(s) without any text; a scanned guide needs OCR first"


# ── the readers ───────────────────────────────────────────────────────────────────────────────────────

PdfReader = Literal["pdfplumber", "pdfium"]


class ReaderSpec(NamedTuple):
    """A reader: which files it reads, where their glyphs stand, and which other reader confirms it.

    `recognises` judges by the first bytes, never by the name; of the readers in their order the first takes a file.
    """

    recognises: Callable[[bytes], bool]
    suffixes: tuple[str, ...]
    layout: Layout
    witness: PdfReader | None
    read: Callable[[bytes, str, Limits, str | None], FileReading]


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


# Readers are loaded when they are needed.


def _read_with_pdfplumber(data: bytes, name: str, limits: Limits, password: str | None) -> FileReading:
    from extract.pull.pdfplumber_reader import read_with_pdfplumber

    return read_with_pdfplumber(data, name, limits=limits, password=password)


def _read_with_pdfium(data: bytes, name: str, limits: Limits, password: str | None) -> FileReading:
    from extract.pull.pdfium_reader import read_with_pdfium

    return read_with_pdfium(data, name, limits=limits, password=password)


def _read_plain_text(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.plain_text import read_plain_text

    pages, glyphs, lines, encoding = read_plain_text(data, name)
    if pages > limits.pages or len(glyphs) > limits.glyphs:
        raise_limit_passed("pages" if pages > limits.pages else "glyphs", limits)
    return FileReading(pages, glyphs, _decoded(encoding), lines=lines)


READERS: dict[Reader, ReaderSpec] = {
    "pdfplumber": ReaderSpec(_is_pdf, (".pdf",), "page", "pdfium", _read_with_pdfplumber),
    "pdfium": ReaderSpec(_is_pdf, (".pdf",), "page", "pdfplumber", _read_with_pdfium),
    "text": ReaderSpec(lambda _: True, (".txt",), "lines", None, _read_plain_text),
}
SUFFIXES = tuple(dict.fromkeys(suffix for spec in READERS.values() for suffix in spec.suffixes))


def recognise(data: bytes) -> Reader:
    """The first reader that takes a file."""
    return next(name for name, spec in READERS.items() if spec.recognises(data))
