"""The words of Word files and web pages by other means than their readers, and what verify does with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.export.json import dumps
from extract.pipeline import extract_guide
from extract.pull.plain_words import plain_words
from extract.verify import verify

FILES = Path(__file__).parents[1] / "layout" / "files"
QUESTION = "the words of every quote stand in the file, parsed by other means"


def words(name: str) -> str:
    found = plain_words("html" if name.endswith(".html") else "docx", (FILES / name).read_bytes(), name)
    assert found is not None
    return found


def test_what_is_deleted_is_no_word_of_a_file() -> None:
    assert "5个项目" in words("v06_tracked.docx")
    assert "35个项目" not in words("v06_tracked.docx")


def test_numbers_that_word_counts_are_no_words_of_a_file() -> None:
    assert "中国和美国政府间合作项目" in words("v04_autonum.docx")
    assert "1.1中国和美国" not in words("v04_autonum.docx")


def test_other_forms_have_other_proofs() -> None:
    assert plain_words("pdfplumber", (FILES / "v01_base.pdf").read_bytes(), "a.pdf") is None
    assert plain_words("docx", b"{\\rtf1 converted}", "a.rtf") is None


@pytest.mark.parametrize(
    ("name", "was", "forged"),
    [
        ("v06_tracked.docx", "5个项目。", "3个项目。"),
        ("v13_table.docx", "电动汽车、清洁水。", "电动汽车、清洁油。"),
        ("v13_table.xlsx", "1,800", "1,900"),
        ("v13_table.xlsx", "3个项目", "9个项目"),
        ("t01_base.html", "900万元人民币。", "800万元人民币。"),
    ],
)
def test_a_quote_that_is_not_in_the_file_is_not_proved(name: str, was: str, forged: str, tmp_path: Path) -> None:
    record = dumps(extract_guide(FILES / name)).decode()
    target = tmp_path / "record.json"
    proved = {}
    for state in (record, record.replace(json.dumps(was, ensure_ascii=False), json.dumps(forged, ensure_ascii=False))):
        target.write_text(state, "utf-8")
        proved[state == record] = {one.question: not one.failures for one in verify(target, FILES / name)}
    assert all(proved[True].values())
    assert not proved[False][QUESTION]
