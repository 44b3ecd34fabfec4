"""The tables of readers and of exporters are whole: every kind has a row, and a row does what it says."""

from pathlib import Path
from typing import get_args

import pytest

from extract import extract_guide
from extract.model.record import Reader
from extract.pipeline import open_guide
from extract.pull import READERS, SUFFIXES, pull, recognise
from extract.run.outputs import DEFAULT_KINDS, EXPORTERS, ONE_FILE_KINDS, Kind
from tests.typeset.facsimile import EXTRACTED

PDF = Path(__file__).parents[2] / "raw" / "guide_2017.pdf"


def test_every_reader_and_every_kind_of_file_has_a_row() -> None:
    assert tuple(READERS) == get_args(Reader)
    assert tuple(EXPORTERS) == get_args(Kind)
    assert (
        *(
            ".pdf",
            ".docx",
            ".doc",
            ".wps",
            ".rtf",
            ".odt",
            ".xlsx",
            ".xlsm",
            ".xls",
            ".et",
            ".ods",
            ".html",
            ".htm",
            ".mhtml",
            ".mht",
        ),
        *(".md", ".markdown", ".mdown", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"),
    ) == SUFFIXES


def test_a_file_is_recognised_by_what_it_holds() -> None:
    assert recognise(b"\xef\xbb\xbf \n%PDF-1.7") == "pdfplumber"
    assert recognise(b" " * 1024 + b"%PDF-1.7") == "text"
    assert recognise("2018年度项目申报指南".encode()) == "text"


def test_a_witness_reads_the_same_files_in_the_same_layout() -> None:
    for name, spec in READERS.items():
        witness = READERS[spec.witness or name]
        assert (witness.suffixes, witness.layout) == (spec.suffixes, spec.layout)
        assert witness.witness in (name, None)


@pytest.mark.parametrize("guide", [PDF, EXTRACTED])
def test_what_is_pulled_has_the_layout_of_its_reader(guide: Path) -> None:
    pulled = pull(guide)
    assert pulled.layout == READERS[pulled.reader].layout
    assert {one.bbox is None for one in extract_guide(guide).sections[0].evidence} == {pulled.layout == "lines"}


@pytest.mark.parametrize("kind", EXPORTERS)
def test_an_exporter_makes_the_files_that_it_names(kind: Kind) -> None:
    files = EXPORTERS[kind].make(open_guide(EXTRACTED), "guide")
    assert list(files) == EXPORTERS[kind].names("guide")
    assert all(files.values())
    assert (len(files) == 1) == (kind in ONE_FILE_KINDS)


def test_the_default_kinds_are_some_of_all() -> None:
    assert DEFAULT_KINDS == ("json", "xlsx", "html")
