"""Plain text in several encodings: what it is for certain is read, and all else is refused with a line that says why."""

from pathlib import Path

import pytest

from extract import UnreadableGuide
from extract.pipeline import open_guide
from extract.pull import pull
from extract.pull.plain_text import is_garbled
from tests.support.golden import GOLDEN
from tests.support.hostile_guide import GUIDE

TAKEN = {"gb18030": "GB18030", "gbk": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
TOLD = ("utf-8", "utf-8-sig", "utf-16", "utf-32")
PLAIN = "\n".join(line for line in GUIDE.split("\n") if "\u202e" not in line)  # GBK has no such character
TRADITIONAL = "政府間國際科技創新合作重點專項申報指南。合作協議：中美科技合作協定。領域方向：農業、能源。" * 3


def values(data: bytes) -> object:
    return open_guide(Path("guide.txt"), data=data).guide.sections


@pytest.mark.parametrize("encoding", [*TAKEN, *TOLD])
def test_a_guide_says_the_same_in_every_encoding(encoding: str) -> None:
    guide = open_guide(Path("guide.txt"), data=PLAIN.encode(encoding)).guide
    assert guide.sections == values(PLAIN.encode())
    told = [one.message for one in guide.findings if one.code == "encoding-taken"]
    assert told == ([f"the file is read as {TAKEN[encoding]}; it does not say so itself"] if encoding in TAKEN else [])


def test_a_mark_of_utf_16_counts_at_either_end() -> None:
    for mark, encoding in (("\ufeff", "utf-16-le"), ("\ufeff", "utf-16-be")):
        assert values((mark + PLAIN).encode(encoding)) == values(PLAIN.encode())


NO_TEXT = {
    "Big5": (TRADITIONAL.encode("big5"), "neither a PDF nor UTF-8 text"),
    "Latin-1": (("Ésta es una guía técnica más allá. " * 9).encode("latin-1"), "neither a PDF nor UTF-8 text"),
    "EUC-KR": (("대한민국 정부는 국제 과학기술 협력 사업을 공고합니다. " * 9).encode("euc_kr"), "neither a PDF nor UTF-8 text"),
    "EUC-JP": (("日本政府は国際科学技術協力を募集します。" * 9).encode("euc_jp"), "neither a PDF nor UTF-8 text"),
    "KOI8-R": (("наука и техника " * 9).encode("koi8-r"), "neither a PDF nor UTF-8 text"),
    "too little to tell": ("指南".encode("gb18030"), "neither a PDF nor UTF-8 text"),
    "a lone surrogate": (b"\xed\xb3\xbf" + PLAIN.encode(), "neither a PDF nor UTF-8 text"),
    "half a character of UTF-16": (PLAIN.encode("utf-16")[:-1], "begins like UTF-16 and is none"),
    "a surrogate of UTF-16": (b"\xff\xfe" + b"\x00\xd8" + b"a\x00", "begins like UTF-16 and is none"),
    "bytes": (bytes(range(256)) * 9, "it holds NUL characters"),
    "NUL in UTF-8": (PLAIN.encode() + b"\0", "it holds NUL characters"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_for_certain_is_refused(name: str) -> None:
    data, reason = NO_TEXT[name]
    with pytest.raises(UnreadableGuide, match=reason) as error:
        open_guide(Path("guide.txt"), data=data)
    assert "save it as UTF-8" in str(error.value)


MISREAD = [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gb18030", "latin-1")]


@pytest.mark.parametrize(("right", "wrong"), MISREAD)
def test_what_was_read_in_a_wrong_encoding_before_is_refused(right: str, wrong: str) -> None:
    text = PLAIN.encode(right).decode(wrong, "replace")
    with pytest.raises(UnreadableGuide, match=r"line 1: garbled: .* get the text again"):
        open_guide(Path("guide.txt"), data=text.encode())


def test_one_garbled_line_is_told_with_its_number() -> None:
    lines = PLAIN.split("\n")
    lines[4] = "领域方向：一、农业合作研究".encode().decode("gb18030", "replace")
    with pytest.raises(UnreadableGuide, match="line 5: garbled"):
        open_guide(Path("guide.txt"), data="\n".join(lines).encode())


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("made_*")))
def test_no_line_of_a_guide_is_taken_for_garbled(name: str) -> None:
    assert [one for one in (GOLDEN / name / "guide.txt").read_text("utf-8").split("\n") if is_garbled(one)] == []


@pytest.mark.parametrize(
    "line", [TRADITIONAL, "鄂尔多斯鎏金饕餮魑魅魍魉", "Ésta está ñandú más allá", "——————————", "ÄÖÜäöüß"]
)
def test_rare_words_are_not_garbled(line: str) -> None:
    assert not is_garbled(line)


def test_a_page_begins_at_a_feed_that_has_words_before_it(tmp_path: Path) -> None:
    path = tmp_path / "guide.txt"
    path.write_text(
        "\n\f\n2018年度项目申报指南\n\f1.1中美合作项目\n合作协议：《甲》。\n\f\n合作领域：农业。\n", "utf-8"
    )
    pulled = pull(path)
    pages = {glyph.text: glyph.page for glyph in pulled.glyphs}
    assert (pages["年"], pages["美"], pages["农"], pulled.pages) == (1, 2, 3, 3)
