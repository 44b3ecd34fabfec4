"""The pages of a PDF that are pictures are read by OCR, and no others; what is read there is told to be so."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import pypdfium2
import pytest
from PIL import Image

from extract.check.reader_agreement import readers_agree
from extract.errors import UnreadableGuide
from extract.limits import Limits
from extract.model.findings import finding
from extract.model.stages import PageTurn
from extract.model.text import Glyph
from extract.pull import pull
from extract.pull.reading import FileReading
from extract.repair import repair
from tests.end_to_end.test_guide_2017 import PDF
from tests.pull.test_bad_pdf import BACK, FRONT, SHOWN, picture
from tests.support.scans import as_pdf, scan
from tests.typeset import raw

WORDS = "第二页"


def read(data: bytes, name: str, pages: Sequence[int], limits: Limits, password: str | None) -> FileReading:
    """Stands for OCR: the same words on each page."""
    glyphs = [
        Glyph(char, page, 100.0 + 16 * place, 100.0, 116.0 + 16 * place, 116.0, "ocr", 16.0, 16.0, "", 114.0)
        for page in pages
        for place, char in enumerate(WORDS)
    ]
    turns = dict.fromkeys(pages, PageTurn(0, 1.0))
    return FileReading(len(pages), glyphs, (finding("ocr-read", pages=pages, reader="RapidOCR"),), turns=turns)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first three pages of the guide of 2017, the second as a scan."""
    file = io.BytesIO()
    with (
        pypdfium2.PdfDocument(PDF) as guide,
        pypdfium2.PdfDocument(as_pdf(scan(PDF.read_bytes(), [2]))) as scanned,
        pypdfium2.PdfDocument.new() as made,
    ):
        made.import_pages(guide, [0])
        made.import_pages(scanned, [0])
        made.import_pages(guide, [2])
        made.save(file)
    path = tmp_path_factory.mktemp("mixed") / "mixed.pdf"
    path.write_bytes(file.getvalue())
    return path


@pytest.fixture
def ocr() -> Iterator[None]:
    with patch("extract.pull.ocr_reader.read_scanned_pages", read):
        yield


@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize("readers", ["both", "pdfplumber", "pdfium"])
def test_only_the_pages_without_text_are_read_by_ocr(mixed: Path, readers: str) -> None:
    pulled = pull(mixed, readers)  # type: ignore[arg-type]
    assert "".join(glyph.text for glyph in pulled.glyphs if glyph.page == 2) == WORDS
    assert [glyph.page for glyph in pulled.glyphs] == sorted(glyph.page for glyph in pulled.glyphs)
    assert pulled.reader in ("pdfplumber", "pdfium")
    assert list(pulled.turns) == [2]
    assert "page-wordless" not in {draft.code for draft in pulled.findings}


@pytest.mark.usefixtures("ocr")
def test_a_page_read_by_ocr_is_confirmed_by_neither_reader(mixed: Path) -> None:
    pulled = pull(mixed)
    assert pulled.witness is not None
    repaired = repair(pulled)
    check, _ = readers_agree(pulled, repaired, repair(pulled.witness))
    assert check.outcome == "proved"
    own = sum(line.page != 2 for line in repaired.lines)
    assert check.message == f"pdfium reads the {own} lines of pdfplumber the same"


@pytest.mark.usefixtures("ocr")
def test_where_all_pages_are_scans_ocr_is_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(scan(PDF.read_bytes(), [2])))
    pulled = pull(path)
    assert (pulled.reader, pulled.witness, "".join(glyph.text for glyph in pulled.glyphs)) == ("ocr", None, WORDS)


def test_without_the_extra_the_error_names_the_pages(mixed: Path, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    page = Image.new("L", (827, 1169), 200)
    path.write_bytes(as_pdf([page, page]))
    with patch("extract.pull.ocr_reader.is_installed", return_value=False):
        with pytest.raises(
            UnreadableGuide,
            match=r"scan\.pdf: pages 1, 2: scans; to read them, install OCR: pip install 'guide-extract\[ocr\]'$",
        ):
            pull(path)
        (told,) = [draft for draft in pull(mixed).findings if draft.code == "page-wordless"]
    assert told.message == (
        "page 2: a picture without text, or with hardly any; what it says is not read "
        "(scans are read with pip install 'guide-extract[ocr]')"
    )


def test_a_scan_on_which_the_number_of_the_page_is_printed_is_one(tmp_path: Path) -> None:
    path = tmp_path / "numbered.pdf"
    path.write_bytes(picture(FRONT, SHOWN + raw.coded("第2页", 280, 40), BACK))
    with patch("extract.pull.ocr_reader.is_installed", return_value=False):
        assert [draft.args["pages"] for draft in pull(path).findings if draft.code == "page-wordless"] == [(2,)]
    with patch("extract.pull.ocr_reader.read_scanned_pages", read):
        assert "".join(glyph.text for glyph in pull(path).glyphs if glyph.page == 2) == WORDS
    with patch("extract.pull.ocr_reader.read_scanned_pages", lambda *_: FileReading(1, [])):
        assert "".join(glyph.text for glyph in pull(path).glyphs if glyph.page == 2) == "第2页"
