"""Hostile words in guides and in names of files: they come out as words everywhere, and equal to what went in."""

import io
import os
import tomllib
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from extract.authoring import draft_profile
from extract.authoring.draft_toml import draft_toml
from extract.cli import main
from extract.cli.views import summary_view, verdict_view
from extract.errors import ExtractError, UnreadableGuide
from extract.export.json import dumps
from extract.model.record import Guide
from extract.model.stages import GuideForReview
from extract.pipeline import open_guide
from extract.run.outputs import EXPORTERS, Kind
from extract.verify import Mismatch, Proof, verify

HARM = {
    "controls": "".join(map(chr, (*range(1, 10), 11, *range(14, 32), 127, 0x85))),
    "bidi": "\u202e\u202d\u2066\u2069\u200f\ufeff",
    "no characters": "\ufffe\uffff\ufdd0\U0001ffff",
    "markup": "[bold red]x[/][link=http://a.b]y[/link]:smile:",
    "toml": "\"\"\"\n[x]\n'''\\u0000 = ",
    "paths": "../../../etc/passwd",
    "html": "<script>alert(1)</script>&amp;<!--",
    "formula": "=cmd|' /C calc'!A0",
    "a number without end": "9" * 5000,
    "a large number": "9" * 30 + "亿",
    "broken digits": "1" * 40 + "x",
}  # fmt: skip
_SEEN_NEVER = {
    *map(chr, (*range(10), *range(11, 32), 127, 0x202E, 0x202D, 0x2066, 0x2069, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF))
}


def guide(words: str) -> str:
    """A guide with these words wherever a guide has words."""
    return f"""“政府间国际科技创新合作”重点专项2024年度{words}项目申报指南
拟支持项目约20项，执行期2-3年。
1.1中美{words}合作项目
合作协议：《中美{words}协定》。
领域方向：一、农业{words}
1、育种{words}；2、{words}
拟支持项目数：5{words}个。
拟支持经费：安排1{words}元。
其他要求：1）请{words}填报。
1.2中国与德国合作项目
{words}：乙
合作协议：无
领域方向：{words}
拟支持项目数：6个
"""


def printed(what: object) -> str:
    console = Console(file=io.StringIO(), width=200, highlight=False, force_terminal=False)
    console.print(what)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def assert_words_alone(opened: GuideForReview) -> None:
    """Every output is made of it, and none has in it what a program takes for anything but words."""
    account = opened.guide.account
    assert sum(account.by_role.values()) == account.glyphs
    assert msgspec.json.decode(dumps(opened.guide), type=Guide) == opened.guide
    kinds: tuple[Kind, ...] = ("xlsx", "csv", "html")
    made = {name: data for kind in kinds for name, data in EXPORTERS[kind].make(opened, "guide").items()}
    with zipfile.ZipFile(io.BytesIO(made["guide.xlsx"])) as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(book.read(name))
                assert _SEEN_NEVER.isdisjoint(book.read(name).decode().replace("\r", "").replace("\t", "")), name
    for name, data in made.items():
        if name.endswith((".csv", ".html")):
            assert _SEEN_NEVER.isdisjoint(data.decode("utf-8-sig").replace("\t", "")), name
    assert _SEEN_NEVER.isdisjoint(printed(summary_view(opened.guide)))


@pytest.mark.parametrize("name", HARM)
def test_hostile_words_are_words_in_every_output(name: str) -> None:
    opened = open_guide(Path("guide.txt"), data=guide(HARM[name]).encode())
    assert [section.number for section in opened.guide.sections] == ["1.1", "1.2"]
    assert_words_alone(opened)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
@pytest.mark.slow
def test_any_words_go_through(words: str) -> None:
    with TemporaryDirectory() as folder:
        file, record = Path(folder, "guide.txt"), Path(folder, "guide.json")
        file.write_bytes(guide(words).encode())
        try:
            opened = open_guide(file)
        except UnreadableGuide:
            return  # words may end the sections, or look as if they had been read in a wrong encoding
        assert_words_alone(opened)
        record.write_bytes(dumps(opened.guide))
        assert [failure for proof in verify(record, file) for failure in proof.failures] == []


def test_what_verify_shows_is_words() -> None:
    words = "[bold]\x1b[31m\u202e:smile:"
    told = printed(verdict_view([Proof("question", (Mismatch(words, words, words),))]))
    assert "[bold]" in told
    assert ":smile:" in told
    assert _SEEN_NEVER.isdisjoint(told)


NAMES = [
    "指南 2024.txt", "a'b\"c.txt", "a\nb.txt", "-q.txt", "\u202egnp.txt", "\x1b[31m.txt", "[bold]:smile:.txt", "Ü" * 40 + ".txt",
    os.fsdecode(b"\xff\xfe guide.txt"), " .txt", "руководство.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_a_guide_may_have_any_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / name
    file.write_text(GUIDE, "utf-8")
    assert main(["run", str(file), "-o", str(tmp_path / "out")]) in (0, 1)
    record = tmp_path / "out" / f"{file.stem}.json"
    source = msgspec.json.decode(record.read_bytes(), type=Guide).source
    assert source.file == os.fsencode(name).decode("utf-8", "backslashreplace")
    assert main(["verify", str(record), str(file)]) == 0
    assert main(["compare", str(record), str(record), "-o", str(tmp_path / "c"), "--to", "json,xlsx,html"]) == 0
    assert main(["table", str(record), "-o", str(tmp_path / "t.xlsx")]) == 0
    tomllib.loads(draft_toml(draft_profile(file)).decode())
    told = capsys.readouterr()
    assert _SEEN_NEVER.isdisjoint(told.out + told.err)
    assert "wrote" in told.err


GUIDE = "政府间国际科技创新合作2024年度项目申报指南\n1.1中美合作项目\n合作协议：无\n领域方向：农业\n拟支持项目数：6个\n"


@pytest.mark.parametrize("name", [name for name in NAMES if "\n" not in name] + ["x" * 300 + ".txt", "a\nb.txt"])
def test_an_error_is_one_line_whatever_the_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path / name)]) == ExtractError.exit_code + 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert _SEEN_NEVER.isdisjoint(told.err)
