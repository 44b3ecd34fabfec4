"""Read a guide file into glyphs with the reader of its form; a PDF with two, pdfplumber and PDFium."""

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec.structs import replace

from extract.errors import LimitPassed, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, MIB, Limits, raise_limit_passed
from extract.model.findings import FindingDraft, finding, format_pages
from extract.model.record import Reader, Readers
from extract.model.stages import Layout, Pulled
from extract.pull.foreign_forms import FOREIGN_SUFFIXES, ForeignForm, foreign_form
from extract.pull.legibility import legibility_findings
from extract.pull.reading import FileReading
from extract.pull.ruled_tables import find_cells
from extract.pull.scanned_pages import find_scans, with_scanned_pages
from extract.pull.two_readers import exclude_invisible, read_with_both


def read_content(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read the bytes of a guide file. Raises UnreadableGuide if it cannot be opened, LimitPassed if it is too large."""
    try:
        with path.open("rb") as file:
            return _check_size(file.read(limits.size * MIB + 1), limits)
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
    """Read a guide file of any form that a reader has, recognised by its content; text, by its name as well.

    `data` is the content of the file, if it was read before or is not on a disk. `password` opens an encrypted PDF.
    Raises UnreadableGuide if the file is missing, damaged or encrypted, has no text or mostly unreadable text, or if
    each of two readers loses pages that the other has; LimitPassed if its size, pages or characters exceed a limit.
    """
    data = read_content(path, limits) if data is None else data
    try:
        pulled = _read_guide(_check_size(data, limits), path, readers, limits, password)
    except LimitPassed as error:
        raise LimitPassed(f"{path}: {error}") from None
    if all(glyph.text.isspace() for glyph in pulled.glyphs):
        raise UnreadableGuide(f"{path}: {_without_text(pulled)}")
    return replace(pulled, findings=(*pulled.findings, *legibility_findings(pulled, str(path))))


def _read_guide(data: bytes, path: Path, readers: Readers, limits: Limits, password: str | None) -> Pulled:
    reader = recognise(data, path.suffix.lower())
    if READERS[reader].witness is not None:
        return with_scanned_pages(_read_pdf(data, path, readers, limits, password), data, str(path), limits, password)
    if reader in _TEXT_READERS:
        form = foreign_form(data)
        if form is not None:
            return _read_foreign(data, form, path, limits)
        _refuse_misnamed_text(data, path, reader)
    return _read(data, path, limits, password, reader)


def _refuse_misnamed_text(data: bytes, path: Path, reader: Reader) -> None:
    """Raise UnreadableGuide for text under the name of another form: what is left of a broken file may be text, too."""
    named = _FORMS_BY_SUFFIX.get(path.suffix.lower())
    if named is None or not data.strip():
        return
    from extract.pull.plain_text import is_text

    if not is_text(data):
        raise UnreadableGuide(f"{path}: not {named}, as its name says, nor text; get the file again")
    otherwise, suffix = misnomer(path, reader), READERS[reader].suffixes[0]
    raise UnreadableGuide(f"{path}: {otherwise}; get the file again, or, if this text is the guide, name it {suffix}")


def misnomer(path: Path, reader: Reader) -> str | None:
    """Say what a file is that its name says otherwise; None where the name fits, or may stand for any text.

    >>> misnomer(Path("guide.doc"), "html"), misnomer(Path("guide.txt"), "html")
    ('not a Word file, as its name says, but a web page', None)
    """
    named, form = _FORMS_BY_SUFFIX.get(path.suffix.lower()), READERS[reader].form
    return None if named in (None, form) else f"not {named}, as its name says, but {form}"


def _read_foreign(data: bytes, form: ForeignForm, path: Path, limits: Limits) -> Pulled:
    """Read a file by way of the one that LibreOffice makes of it. Raises UnreadableGuide where there is none."""
    from extract.pull.office.conversion import convert, has_converter

    if form.suffix is None or not has_converter():
        raise UnreadableGuide(f"{path}: {form}")
    pulled = _read(convert(data, form.suffix, form.made, str(path), limits), path, limits, None, form.made)
    converted = finding("file-converted", suffix=form.suffix, made=f".{form.made}")
    return replace(pulled, sha256=hashlib.sha256(data).hexdigest(), findings=(*pulled.findings, converted))


def _check_size(data: bytes, limits: Limits) -> bytes:
    if len(data) > limits.size * MIB:
        raise_limit_passed("size", limits)
    return data


def _read_pdf(data: bytes, path: Path, readers: Readers, limits: Limits, password: str | None) -> Pulled:
    """Read a PDF with both readers, or with one.

    Damage and invisible text are reported with every reader; only PDFium can detect invisible text.
    """
    from extract.pull.damage import examine

    read = partial(_read, data, path, limits, password)
    if readers == "both":
        return read_with_both(read, str(path))
    if readers == "pdfium":
        damage, annotations = examine(data, limits, password)
        pulled = read("pdfium")
        return replace(pulled, findings=(*pulled.findings, *damage), annotations=annotations)
    pulled = read("pdfplumber")
    try:
        rendered = read("pdfium")
    except LimitPassed:
        raise
    except UnreadableGuide:
        return pulled
    return replace(exclude_invisible(pulled, rendered), findings=(*pulled.findings, *rendered.findings))


def _read(data: bytes, path: Path, limits: Limits, password: str | None, reader: Reader) -> Pulled:
    """Read a file with one reader."""
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
        cells=find_cells(content.rulings),
        annotations=content.annotations,
        blocks=content.blocks,
        scripts=content.scripts,
        references=content.references,
        attachments=content.attachments,
        turns=content.turns,
        pictures=content.pictures,
    )


def _name(path: Path) -> str:
    """The file's name as valid UTF-8 for the record; other bytes are escaped (\\xff)."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _encoding_findings(assumed_encoding: str | None) -> tuple[FindingDraft, ...]:
    if assumed_encoding is None:
        return ()
    return (finding("encoding-taken", encoding=assumed_encoding),)


def _without_text(pulled: Pulled) -> str:
    if pulled.layout == "lines":
        return "the file is empty; get it again"
    scans = find_scans(pulled)
    if not scans:
        return f"{pulled.pages} page(s) without any text"
    return f"{format_pages(scans)}: scans; to read them, install OCR: pip install 'guide-extract[ocr]'"


# ── the readers ───────────────────────────────────────────────────────────────────────────────────────

PdfReader = Literal["pdfplumber", "pdfium"]


class ReaderSpec(NamedTuple):
    """A reader: the form of file that it reads, its suffixes and layout, and the reader that confirms it.

    `recognises` tests the content, never the name; the first reader in the order of the table takes a file.
    """

    form: str
    recognises: Callable[[bytes], bool]
    suffixes: tuple[str, ...]
    layout: Layout
    witness: PdfReader | None
    read: Callable[[bytes, str, Limits, str | None], FileReading]


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_word_file(data: bytes) -> bool:
    return _is_office_file("Word", data)


def _is_excel_file(data: bytes) -> bool:
    return _is_office_file("Excel", data)


def _is_office_file(program: Literal["Word", "Excel"], data: bytes) -> bool:
    if not data.startswith(b"PK\3\4"):
        return False
    from extract.pull.office.package import is_office_file

    return is_office_file(program, data)


# Readers are imported on first use.


def _read_with_pdfplumber(data: bytes, name: str, limits: Limits, password: str | None) -> FileReading:
    from extract.pull.pdfplumber_reader import read_with_pdfplumber

    return read_with_pdfplumber(data, name, limits=limits, password=password)


def _read_with_pdfium(data: bytes, name: str, limits: Limits, password: str | None) -> FileReading:
    from extract.pull.pdfium_reader import read_with_pdfium

    return read_with_pdfium(data, name, limits=limits, password=password)


def _read_docx(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.docx_reader import read_docx

    return read_docx(data, name, limits)


def _read_xlsx(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.xlsx_reader import read_xlsx

    return read_xlsx(data, name, limits)


def _is_picture(data: bytes) -> bool:
    from extract.pull.ocr_reader.pictures import is_picture

    return is_picture(data)


def _read_by_ocr(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.ocr_reader import is_installed, read_pictures

    if not is_installed():
        raise UnreadableGuide(f"{name}: a picture; to read it, install OCR: pip install 'guide-extract[ocr]'")
    return read_pictures(data, name, limits)


def _read_plain_text(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.plain_text import read_plain_text

    pages, glyphs, lines, encoding = read_plain_text(data, name)
    if pages > limits.pages or len(glyphs) > limits.glyphs:
        raise_limit_passed("pages" if pages > limits.pages else "glyphs", limits)
    return FileReading(pages, glyphs, _encoding_findings(encoding), lines=lines)


def _is_markdown(data: bytes) -> bool:
    from extract.pull.markdown_reader import is_markdown

    return is_markdown(data)


def _read_markdown(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.markdown_reader import read_markdown

    reading, encoding = read_markdown(data, name, limits)
    return reading._replace(findings=_encoding_findings(encoding))


def _is_web_page(data: bytes) -> bool:
    from extract.pull.html_reader.recognition import is_web_archive, is_web_page

    return is_web_page(data) or is_web_archive(data)


def _has_tags(data: bytes) -> bool:
    from extract.pull.html_reader.recognition import has_tags

    return has_tags(data)


def _read_web_page(data: bytes, name: str, limits: Limits, _: str | None) -> FileReading:
    from extract.pull.html_reader.page import read_web_page

    return read_web_page(data, name, limits)


READERS: dict[Reader, ReaderSpec] = {
    "pdfplumber": ReaderSpec("a PDF", _is_pdf, (".pdf",), "page", "pdfium", _read_with_pdfplumber),
    "pdfium": ReaderSpec("a PDF", _is_pdf, (".pdf",), "page", "pdfplumber", _read_with_pdfium),
    "docx": ReaderSpec(
        "a Word file", _is_word_file, (".docx", ".doc", ".wps", ".rtf", ".odt"), "blocks", None, _read_docx
    ),
    "xlsx": ReaderSpec(
        "an Excel file", _is_excel_file, (".xlsx", ".xlsm", ".xls", ".et", ".ods"), "blocks", None, _read_xlsx
    ),
    "html": ReaderSpec("a web page", _is_web_page, (".html", ".htm", ".mhtml", ".mht"), "blocks", None, _read_web_page),
    "markdown": ReaderSpec("Markdown", _is_markdown, (".md", ".markdown", ".mdown"), "blocks", None, _read_markdown),
    "ocr": ReaderSpec("a picture", _is_picture, (".png", ".jpg", ".jpeg", ".tif", ".tiff"), "page", None, _read_by_ocr),
    "text": ReaderSpec("text", lambda _: True, (".txt",), "lines", None, _read_plain_text),
}
SUFFIXES = tuple(dict.fromkeys(suffix for spec in READERS.values() for suffix in spec.suffixes))
_TEXT_READERS: tuple[Reader, ...] = ("markdown", "text")  # which read what nothing else recognises for certain
_NAMED_BY_SUFFIX: tuple[Reader, ...] = ("pdfplumber", "docx", "xlsx", "ocr")  # forms that text never is
_FORMS_BY_SUFFIX = {
    **{suffix: READERS[reader].form for reader in _NAMED_BY_SUFFIX for suffix in READERS[reader].suffixes},
    **FOREIGN_SUFFIXES,
}


def recognise(data: bytes, suffix: str = "") -> Reader:
    """Return the first reader that recognises a file's content; the suffix counts for text without certain signs."""
    reader = next(name for name, spec in READERS.items() if spec.recognises(data))
    if reader == "text" and suffix in READERS["markdown"].suffixes:
        return "markdown"
    if reader in _TEXT_READERS and suffix in READERS["html"].suffixes and _has_tags(data):
        return "html"
    return reader
