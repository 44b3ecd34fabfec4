"""The command: exit codes, one clear line for bad input, and files that appear whole or not at all."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract import ExtractError, UnreadableGuide, extract_guide, load
from extract.cli import main
from extract.export.atomic_files import write_files
from tests.end_to_end.test_guide_2017 import PDF, from_pdf
from tests.typeset.facsimile import EXTRACTED


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines of Latin text."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for row, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * row, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


BAD = {
    "missing.pdf": (None, "No such file"),
    "not_a.pdf": (b"hello", "not a PDF"),
    "empty.pdf": (b"", "the file is empty"),
    "empty.txt": (b"", "the file is empty"),
    "blank.pdf": (pdf(), "1 page(s) without any text"),
    "letter.pdf": (pdf("Dear colleague,", "no sections here."), "no sections found"),
    "damaged.pdf": (b"%PDF-1.4\nrubbish", "damaged PDF|no pages"),
    "latin1.txt": ("指南".encode("gb18030"), "neither a PDF nor UTF-8 text"),
    "letter.txt": ("你好。\n再见。\n".encode(), "no sections found"),
}


WRITTEN = ["guide_2017.html", "guide_2017.json", "guide_2017.xlsx"]


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_line_and_writes_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, message = BAD[name]
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    assert main(["run", str(file), "-o", str(tmp_path / "out")]) == 3
    captured = capsys.readouterr()
    lines = captured.err.strip().split("\n")
    assert captured.out == ""
    assert len(lines) == 1
    assert lines[0].startswith(f"guide-extract: {file}: ")
    assert any(part in lines[0] for part in message.split("|"))
    assert not (tmp_path / "out").exists()


def test_a_run_writes_the_record_and_tells_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(PDF), "-o", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "1.16" in captured.err
    assert "no funding" in captured.err
    assert "guide_2017.json" in captured.err
    assert sorted(file.name for file in tmp_path.iterdir()) == WRITTEN
    assert load(tmp_path / "guide_2017.json") == from_pdf()


def test_unknown_labels_are_told_once_with_what_helps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    section = ["合作协议：《甲》。", "安排额度：600万元。", "合作名额：3个项目。"]
    lines = ["“国际科技合作”2018年度项目申报指南", "1.1中美合作项目", *section, "1.2中法合作项目", *section]
    (tmp_path / "guide.txt").write_text("\n".join(lines), "utf-8")
    main(["run", str(tmp_path / "guide.txt"), "-o", str(tmp_path / "out")])
    told = " ".join(capsys.readouterr().err.split())
    assert told.count("安排额度 looks like a label") == 1
    assert "1.1, 1.2: 安排额度 looks like a label" in told
    assert told.count("guide-extract new guide.txt") == 1


def test_a_draft_tells_what_it_kept_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    section = ["合作协议：《甲》。", "安排额度：600万元。", "其他要求：须有企业参与。", "牵头人：须为高级职称。"]
    lines = ["“国际科技合作”2018年度项目申报指南", "1.1中美合作项目", *section, "1.2中法合作项目", *section]
    (tmp_path / "guide.txt").write_text("\n".join(lines), "utf-8")
    assert main(["new", str(tmp_path / "guide.txt"), "-o", str(tmp_path / "draft.toml")]) == 0
    told = capsys.readouterr().err
    assert "guide-extract:   安排额度 → funding: 2 of 2 sections\n" in told
    assert "guide-extract:   牵头人 → other: kept apart in 2 of 2 sections\n" in told
    assert f"wrote {tmp_path / 'draft.toml'}: extends intergovernmental" in told


def test_a_draft_for_a_guide_that_stays_refused_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "guide.txt").write_text("某某专项2027年度项目申报指南\n这里没有任何内容。", "utf-8")
    assert main(["new", str(tmp_path / "guide.txt"), "-o", str(tmp_path / "draft.toml")]) == 0
    told = capsys.readouterr().err
    assert "guide.txt: without a draft no sections found" in told
    assert "the guide is still refused" in told
    assert "nothing left over" not in told


def test_the_second_guide_of_a_file_has_files_of_its_own(tmp_path: Path) -> None:
    guide = tmp_path / "guides.txt"
    text = (Path(__file__).parents[1] / "layout" / "files" / "x01_base.txt").read_text("utf-8")
    guide.write_text(f"{text}\n附件2\n{text}", "utf-8")
    assert main(["run", "-q", str(guide), "--part", "2", "-o", str(tmp_path)]) == 0
    written = {path.name for path in tmp_path.iterdir()} - {guide.name}
    assert written == {"guides.2.html", "guides.2.json", "guides.2.xlsx"}
    assert load(tmp_path / "guides.2.json").source.part == 2


def test_quiet_is_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "-q", str(EXTRACTED), "-o", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


def test_one_bad_guide_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"hello")
    assert main(["run", "-q", str(bad), str(PDF), "-o", str(tmp_path / "out")]) == 3
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [*WRITTEN, "run.json"]


def test_a_contradiction_is_exit_1(tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text(EXTRACTED.read_text("utf-8").replace("14个国家", "15个国家").replace(" 14个", " 15个"), "utf-8")
    assert main(["run", "-q", str(guide), "-o", str(tmp_path / "out")]) == 1
    record = json.loads((tmp_path / "out" / "guide.json").read_text("utf-8"))
    outcomes = {check["code"]: check["outcome"] for check in record["checks"]}
    assert outcomes["partners-declared"] == "contradicted"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no command given"),
        (["run"], "required: guide"),
        (["run", "a.pdf", "--nonsense"], "unrecognized arguments"),
        (["run", "a/guide.pdf", "b/guide.txt"], "would both write"),
        (["run", str(PDF), "--profile", "nobody"], "no profile 'nobody'"),
        (["run", "a.pdf", "-\x1b[2J.pdf"], "-\\u001b[2J.pdf"),
        (
            ["new", str(PDF), "--profile", "../elsewhere/my.toml", "-o", "draft.toml"],
            "extends a file of its own folder",
        ),
        (["run", "a.pdf", "--to", "doc"], "'doc' is none of json, xlsx, csv, parquet, html"),
        (["run", "a.pdf", "--to", ""], "'' is none of"),
        (["run", "-q", "-v", "a.pdf"], "not allowed with"),
        (["run", "a.topics.pdf", "a.pdf", "--to", "csv"], "would both write output/a.topics.csv"),
        (["run", "a.pdf", "b.pdf", "--corrections", "c.toml"], "corrections belong to one guide"),
        (["run", "-", "a.pdf"], "takes no other guide"),
        (["run", "-", "-o", "out"], "takes no other guide"),
        (["run", "-", "--to", "csv"], "as one file"),
        (["run", "-", "--to", "json,html"], "as one file"),
        (["table", "a.json"], "required: -o"),
        (["table", "a.json", "-o", "all.doc"], "ends in none of .xlsx, .csv, .parquet"),
        (["compare", "a.json"], "required: after"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(arguments)
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert message in capsys.readouterr().err


def test_the_schema_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$defs"]["Guide"]["properties"]["schema"] == {
        "enum": ["guide-extract/2"],
        "default": "guide-extract/2",
    }
    assert schema["$defs"]["Section"]["additionalProperties"] is False


def test_python_m_extract_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "extract", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("guide-extract ")


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, extract.cli; extract.cli.parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"pdfplumber", "spacy", "jieba", "rich", "babel", "cn2an"}.isdisjoint(done.stdout.split())


def test_what_was_written_stays_when_a_later_run_fails(tmp_path: Path) -> None:
    target = tmp_path / "guide.json"
    target.write_bytes(b"good")
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(b"hello")
    assert main(["run", "-q", str(guide), "-o", str(tmp_path)]) == 3
    assert target.read_bytes() == b"good"


def test_a_file_is_written_whole_with_the_usual_permissions(tmp_path: Path) -> None:
    write_files(tmp_path / "new" / "file.json", b"{}")
    (tmp_path / "plain").write_bytes(b"")
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["file.json"]
    assert (tmp_path / "new" / "file.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExtractError, match="cannot be written"):
        write_files(tmp_path / "file" / "out.json", b"{}")


def test_a_record_that_is_none_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema": "guide-extract/2"}')
    with pytest.raises(ExtractError, match="not a guide-extract record"):
        load(tmp_path / "a.json")
    with pytest.raises(ExtractError, match="No such file"):
        load(tmp_path / "b.json")


def test_the_api_raises_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableGuide, match=r"none\.pdf"):
        extract_guide(tmp_path / "none.pdf")


def test_an_encrypted_guide_says_so(tmp_path: Path) -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt="secret", invariant=1)
    canvas.drawString(72, 700, "hello")
    canvas.save()
    file = tmp_path / "locked.pdf"
    file.write_bytes(buffer.getvalue())
    with pytest.raises(UnreadableGuide, match="encrypted"):
        extract_guide(file)
