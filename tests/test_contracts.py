"""The import contracts of pyproject.toml: each is broken by an import that it is there to forbid."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to plant imports in."""
    shutil.copytree(ROOT / "extract", tmp_path / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(tree: Path) -> set[str]:
    """Return the names of the contracts that the package in `tree` breaks."""
    run = [str(LINT), "--no-logo", "--no-cache"]
    lines = subprocess.run(run, cwd=tree, capture_output=True, text=True, check=False).stdout.splitlines()
    assert any("KEPT" in line or "BROKEN" in line for line in lines), lines
    return {line.split(" BROKEN")[0] for line in lines if " BROKEN" in line}


def test_the_package_keeps_its_contracts(tree: Path) -> None:
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize(
    ("planted", "module", "contract"),
    [
        ("from extract import cli", "extract/model/text.py", "Imports go down"),
        ("from extract import split", "extract/repair/__init__.py", "Imports go down"),
        ("import pdfplumber", "extract/language/tokens.py", "PDF readers only in pull"),
        ("import pdfminer.pdftypes", "extract/check/copies.py", "PDF readers only in pull"),
        ("import pypdfium2", "extract/processes/worker.py", "PDF readers only in pull"),
        ("from lxml import etree", "extract/layout/blocks.py", "Readers of documents only in pull"),
        ("import markdown_it", "extract/split/tables.py", "Readers of documents only in pull"),
        ("import rapidocr", "extract/pull/scanned_pages.py", "OCR and its arrays only in pull.ocr_reader"),
        ("import onnxruntime", "extract/run/preload.py", "OCR and its arrays only in pull.ocr_reader"),
        ("import cv2", "extract/pull/page_images.py", "OCR and its arrays only in pull.ocr_reader"),
        ("import numpy as np", "extract/layout/lines.py", "OCR and its arrays only in pull.ocr_reader"),
        ("import spacy", "extract/model/stages.py", "jieba and spaCy only in language"),
        ("import jieba.posseg", "extract/normalise/topics/__init__.py", "jieba and spaCy only in language"),
        ("import pandas", "extract/model/evidence.py", "Tables, pages and workbooks only in export"),
        ("import pyarrow", "extract/errors.py", "Tables, pages and workbooks only in export"),
        ("import jinja2", "extract/cli/screen.py", "Tables, pages and workbooks only in export"),
        ("import xlsxwriter", "extract/pipeline.py", "Tables, pages and workbooks only in export"),
        ("import pandas", "extract/new_module.py", "Tables, pages and workbooks only in export"),
        ("", "extract/new_module.py", "Imports go down"),  # a module at the top that no layer has
    ],
)
def test_a_planted_import_breaks_its_contract(planted: str, module: str, contract: str, tree: Path) -> None:
    file = tree / module
    before = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{before}\n{planted}\n", "utf-8")
    assert contract in broken_contracts(tree)
