"""Pages of the guide of 2017, printed and scanned, are read by OCR to the letter, or a warning says where they are not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.pipeline import open_guide
from extract.pull.ocr_reader import tesseract
from extract.pull.page_images import render_pages
from tests.end_to_end.test_guide_2017 import PDF
from tests.support.scans import as_pdf, scan

pytestmark = pytest.mark.slow


def test_two_pages_are_read_to_the_letter_however_they_lie(tmp_path: Path) -> None:
    pages = [*scan(PDF.read_bytes(), [3]), *scan(PDF.read_bytes(), [4], slant=-2.0, quarters=1)]
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(pages))
    opened = open_guide(path)
    guide = opened.guide
    assert guide.source.reader == "ocr"
    assert {section.number: section.funding.value and section.funding.value.max for section in guide.sections} == {
        "1.1": 180_000_000,
        "1.2": None,
        "1.3": None,
    }
    assert [turn.quarters for turn in opened.turns.values()] == [0, 3]
    outcomes = {check.code: check.outcome for check in guide.checks}
    assert [outcomes[code] for code in ("quotes-replay", "numbers-in-ink", "labels-accounted")] == ["proved"] * 3
    codes = {finding.code for finding in guide.findings}
    assert "ocr-read" in codes
    assert ("ocr-unconfirmed" in codes) == (not tesseract.is_installed())
    for image in render_pages(opened.data, 2, turns=opened.turns):
        assert image.height > image.width


def test_ocr_reads_nothing_from_the_network_and_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    path, home = tmp_path / "page.png", tmp_path / "home"
    home.mkdir()
    scan(PDF.read_bytes(), [4])[0].save(path)
    program = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('the network is touched')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from pathlib import Path\n"
        "from extract.pull import pull\n"
        "assert len(pull(Path(sys.argv[1])).glyphs) > 400\n"
    )
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, env=environment)
    assert list(home.rglob("*")) == []
