"""The words of Word files and web pages by other means than their readers, and what verify does with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.export.json import dumps
from extract.pipeline import extract_guide
from extract.pull.plain_words import plain_words
from extract.verify import verify
from tests.support.word import paragraph, run, word_file

FILES = Path(__file__).parents[1] / "layout" / "files"
QUESTION = "the words of every quote stand in the file, parsed by other means"


def words(name: str) -> str:
    found = plain_words("html" if name.endswith(".html") else "docx", (FILES / name).read_bytes(), name)
    assert found is not None
    return found


def test_figures_that_styles_hide_are_no_part_of_a_quote(tmp_path: Path) -> None:
    """The parser of the standard library knows no styles, and has them among the words."""
    white = '<w:style w:type="character" w:styleId="w"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    hidden = "<w:rStyle w:val='w'/>"
    count = f"<w:p>{run('拟支持项目数：')}{run('9', hidden)}{run('5个')}{run('以下的话谁也看不见。' * 6, hidden)}{run('项目。')}</w:p>"
    texts = ("“政府间国际科技创新合作”重点专项2018年度项目申报指南", "1.1中美政府间合作项目", "领域方向：农业、能源。")
    file, record = tmp_path / "guide.docx", tmp_path / "record.json"
    file.write_bytes(word_file("".join(map(paragraph, texts)) + count, styles=white))
    guide = extract_guide(file)
    assert guide.sections[0].project_count.text == "5个项目。"
    record.write_bytes(dumps(guide))
    assert [one.failures for one in verify(record, file) if one.failures] == []


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
