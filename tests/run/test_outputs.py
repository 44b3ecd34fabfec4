"""What the command writes besides the record, where, and what it shows meanwhile."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from extract import load
from extract.cli import main
from extract.export.json import dumps
from tests.end_to_end.test_guide_2017 import PDF, ROOT, from_pdf
from tests.pull.test_bad_pdf import encrypted
from tests.typeset.facsimile import EXTRACTED

pytestmark = pytest.mark.slow

NEXT = ROOT / "docs" / "example" / "guide_2018.pdf"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records of two years."""
    folder = tmp_path_factory.mktemp("records")
    assert main(["run", "-q", str(PDF), str(NEXT), "--to", "json", "-o", str(folder)]) == 0
    return folder


@pytest.mark.parametrize(
    ("kinds", "names"),
    [
        (None, ["a.html", "a.json", "a.xlsx"]),
        ("json", ["a.json"]),
        ("html, JSON", ["a.html", "a.json"]),
        ("csv", ["a.agreements.csv", "a.checks.csv", "a.conditions.csv", "a.csv", "a.findings.csv", "a.guides.csv",
                 "a.other_parts.csv", "a.partners.csv", "a.points.csv", "a.requirements.csv", "a.sums.csv", "a.topics.csv", "a.tracks.csv"]),
    ],
)  # fmt: skip
def test_the_kinds_that_are_asked_for_are_written(kinds: str | None, names: list[str], tmp_path: Path) -> None:
    guide = tmp_path / "a.txt"
    guide.write_bytes(EXTRACTED.read_bytes())
    assert main(["run", "-q", str(guide), "-o", str(tmp_path / "out"), *(["--to", kinds] if kinds else [])]) == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == names


# ── stdin and stdout ──────────────────────────────────────────────────────────────────────────────────


def piped(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "extract", "run", "-", *arguments], input=data, capture_output=True)


def test_a_guide_from_stdin_gives_its_record_on_stdout() -> None:
    done = piped(PDF.read_bytes())
    assert done.returncode == 0
    assert done.stdout == dumps(from_pdf()).replace(b'"file": "guide_2017.pdf"', b'"file": "stdin"')
    assert "1.16" in done.stderr.decode()


def test_a_guide_from_stdin_that_cannot_be_read_writes_nothing() -> None:
    done = piped(b"%PDF-1.7 rubbish", "-q")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(b"guide-extract: stdin: ")
    assert done.stderr.count(b"\n") == 1


def test_an_encrypted_guide_is_read_and_proved_with_its_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(encrypted())
    run = ["run", "-q", str(guide), "-o", str(tmp_path / "out")]
    assert main(run) == 3
    assert "--password" in capsys.readouterr().err
    assert main([*run, "--password", "sesame"]) == 0
    assert "data:image/webp" in (tmp_path / "out" / "guide.html").read_text("utf-8")
    prove = ["verify", "-q", str(tmp_path / "out" / "guide.json"), str(guide)]
    assert [main(prove), main([*prove, "--password", "sesame"])] == [3, 0]


# ── tables and comparisons of records ─────────────────────────────────────────────────────────────────


def test_records_of_many_years_are_stacked(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes((records / "guide_2018.json").read_bytes())
    named = [records / "guide_2017.json", records, copy]  # one by its name and in its folder, one under two names
    assert main(["table", *map(str, named), "-o", str(tmp_path / "all.parquet")]) == 0
    stacked = pd.read_parquet(tmp_path / "all.parquet")
    years = [load(records / f"guide_{year}.json") for year in (2017, 2018)]
    assert sorted(stacked["id"]) == sorted(section.id for guide in years for section in guide.sections)
    told = capsys.readouterr().err
    assert "2 guides" in told
    assert [line.partition("; ")[0] for line in told.split("\n") if "left out" in line] == [
        f"  left out: {records / 'run.json'}: not a guide-extract record: other JSON",
        f"  left out: {copy}: a record of the same guide as {records / 'guide_2018.json'}",
    ]


def test_what_is_no_record_is_left_out_of_a_table_or_refused(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = str(records / "guide_2017.json"), str(records / "guide_2018.json")
    assert main(["compare", "-q", old, new, "--to", "json", "-o", str(tmp_path)]) == 0
    both = str(tmp_path / "guide_2017-guide_2018.json")
    assert main(["table", old, both, "-o", str(tmp_path / "all.csv")]) == 0
    assert "a comparison of two records" in capsys.readouterr().err
    assert main(["table", both, "-o", str(tmp_path / "none.csv")]) == 2
    assert main(["compare", old, both]) == 3
    assert main(["compare", old, str(tmp_path / "missing.json")]) == 3
    assert not (tmp_path / "none.csv").exists()


def test_years_are_compared_on_stdout_and_in_files(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["compare", str(records / "guide_2017.json"), str(records / "guide_2018.json")]
    assert main(arguments) == 0
    alone = capsys.readouterr()
    assert alone.err == ""
    assert "中国和巴西政府间合作项目" in alone.out
    assert "1,300 → unread" in alone.out  # why there is no figure, not a blank
    assert main([*arguments, "--to", "html,xlsx,json", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == alone.out
    stem = "guide_2017-guide_2018"
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"{stem}.html", f"{stem}.json", f"{stem}.xlsx"]


# ── what is shown meanwhile ───────────────────────────────────────────────────────────────────────────


def on_a_terminal(*arguments: str, code: int = 0, **environment: str) -> str:
    """What a terminal at stderr gets to see of a run that ends with this code; stdout goes elsewhere."""
    ours, theirs = pty.openpty()
    run = [sys.executable, "-m", "extract", "run", *arguments]
    process = subprocess.Popen(
        run, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm", **environment}
    )
    os.close(theirs)
    seen = io.BytesIO()
    while True:
        try:
            seen.write(os.read(ours, 65536))
        except OSError:  # the other end is closed: the command has ended
            break
    os.close(ours)
    assert process.wait() == code
    return seen.getvalue().decode()


def test_a_terminal_shows_bars_and_a_pipe_does_not(tmp_path: Path) -> None:
    options = ["--to", "html", "--reader", "pdfium", "-o", str(tmp_path)]
    seen = on_a_terminal(str(NEXT), str(PDF), *options)
    assert "guides" in seen
    assert "0/2" in seen
    assert "\x1b[3" in seen  # a colour
    one = [str(NEXT), *options]
    assert "pages drawn" in on_a_terminal(*one)
    done = subprocess.run([sys.executable, "-m", "extract", "run", *one], capture_output=True, text=True)
    assert "\x1b" not in done.stderr
    assert "pages drawn" not in done.stderr
    assert done.stdout == ""


def test_a_terminal_shows_how_many_pages_ocr_has_read(tmp_path: Path) -> None:
    scans = [tmp_path / "one.tiff", tmp_path / "other.tiff"]
    page = Image.new("L", (200, 300), 255)
    for scan in scans:
        page.save(scan, save_all=True, append_images=[page])
    options = ["-o", str(tmp_path / "out")]
    alone = on_a_terminal(str(scans[0]), *options, code=3)
    assert "pages read by OCR" in alone
    assert "2/2" in alone
    both = on_a_terminal(*map(str, scans), *options, code=3)
    assert "one.tiff: pages read by OCR" in both
    assert "other.tiff: pages read by OCR" in both
    run = [sys.executable, "-m", "extract", "run", str(scans[0]), *options]
    piped = subprocess.run(run, capture_output=True, text=True)
    assert piped.stderr == f"guide-extract: {scans[0]}: 2 page(s) without any text\n"


def test_a_terminal_without_colours_has_none(tmp_path: Path) -> None:
    seen = on_a_terminal(str(NEXT), "--to", "json", "--reader", "pdfium", "-o", str(tmp_path), NO_COLOR="1")
    assert "1.9" in seen
    assert "\x1b[3" not in seen


def test_more_is_said_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "-v", str(EXTRACTED), "--to", "json", "-o", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    assert "reader text, profile intergovernmental, " in told
    name = f"{EXTRACTED.stem}.json"
    assert f"  {name}: {(tmp_path / name).stat().st_size:,} bytes\n" in told


def test_corrections_that_are_read_are_told_and_those_of_another_name_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_bytes(EXTRACTED.read_bytes())
    for name in ("guide.corrections.toml", "guide.corrections (1).toml"):
        (tmp_path / name).write_text("")
    assert main(["run", str(guide), "--to", "json", "-o", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert f"  corrections from {tmp_path / 'guide.corrections.toml'}\n" in told
    assert f"  not read: {tmp_path / 'guide.corrections (1).toml'}; " in told
