"""The benchmark tells right from garbled, gives everybody a row, and asks for nothing that is not installed."""

import re
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from benchmarks import batches, correctness, long_guides, report, side_by_side, tools
from benchmarks.__main__ import PAGE, PAGES, PARTS, arguments
from benchmarks.guides import others, sized
from benchmarks.measure import ROOT, in_rounds
from benchmarks.scripts import READ, TEMPLATES
from benchmarks.side_by_side import HEAD, Row
from benchmarks.tools import BASE, CONTENDERS

pytestmark = pytest.mark.slow

RIGHT = "\n".join(f"{number}{title}" for number, title in correctness.expected())


def test_the_guide_has_sixteen_sections_and_one_of_them_is_1_10() -> None:
    wanted = correctness.expected()
    assert len(wanted) == 16
    assert ("1.10", "中希（腊）政府间合作项目") in wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (RIGHT, "as printed"),
        (RIGHT.replace("政府间", " 政府间 "), "spaces in a title"),
        (re.sub(r"^", "  ", RIGHT, flags=re.M), "indented"),
        (re.sub(r"^", "## ", RIGHT, flags=re.M), "headings of Markdown"),
        (re.sub(r"^(.*)$", r"**\1**", RIGHT, flags=re.M), "bold in Markdown"),
        (re.sub(r"^(.*)$", r"无。 \1 合作协议：《协定》。", RIGHT, flags=re.M), "within a paragraph"),
        (f"2017年度\n1）领域\n11.5亿元\n{RIGHT}\n", "other numbers around"),
    ],
)
def test_a_right_text_is_right(text: str, why: str) -> None:
    verdict = correctness.judge(correctness.in_text(text), correctness.expected())
    assert (verdict.bold, verdict.right, verdict.exact) == (True, 16, True), why


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("1111....11110000中中中中希希希希（（（（腊腊腊腊））））", "every glyph four times"),
        ("1111.1.1.1.10000中希（腊）政府间合作项目", "the number four times, run by run"),
        ("1.10中希（腊）政府间合作项目中希（腊）政府间合作项目", "the title twice"),
        ("1.1\n 0中希（腊）政府间合作项目", "the number torn apart"),
        ("1.1中希（腊）政府间合作项目", "the zero lost"),
        ("1.10\n中希（腊）政府间合作项目", "the title on another line"),
        ("1.10中希（腊）政府间合作项目\n1.10中希（腊）政府间合作项目", "the heading twice"),
        ("", "no heading"),
    ],
)
def test_a_garbled_heading_is_wrong(heading: str, why: str) -> None:
    text = RIGHT.replace("1.10中希（腊）政府间合作项目", heading)
    verdict = correctness.judge(correctness.in_text(text), correctness.expected())
    assert not verdict.bold, why
    assert not verdict.exact, why
    assert verdict.right >= 15, why


def test_sections_in_another_order_are_not_all_right() -> None:
    verdict = correctness.judge(correctness.expected()[::-1], correctness.expected())
    assert (verdict.right, verdict.exact) == (16, False)


def test_the_record_is_right() -> None:
    found = correctness.in_record((ROOT / "output/guide_2017.json").read_bytes())
    assert correctness.judge(found, correctness.expected()).exact


def test_the_template_finds_what_a_text_without_copies_has() -> None:
    template = (Path(TEMPLATES) / "guide_2017.yml").read_text("utf-8")
    text = "\n".join(page.get_textpage().get_text_bounded() for page in PdfDocument(ROOT / "raw/guide_2017.pdf"))
    (joined,) = re.findall(r"- \['(.*)', ''\]", template)
    (first,) = re.findall(r"first_line: '(.*)'", template)
    fields = re.findall(r"^ +- '(\^.*)'$", template, re.MULTILINE)
    lines = re.split(r"\r?\n", re.sub(joined, "", text))
    headings = [found for line in lines if (found := re.match(first, line))]
    assert [(found["number"], found["title"]) for found in headings] == correctness.expected()
    assert len(fields) == 6
    assert [sum(bool(re.match(field, line)) for line in lines) for field in fields] == [16, 16, 16, 15, 1, 16]


def test_every_task_has_its_turn_in_every_round() -> None:
    turns: list[str] = []

    def turn(name: str) -> int:
        turns.append(name)
        return len(turns)

    assert in_rounds(2, {name: partial(turn, name) for name in "ab"}) == {"a": [1, 3], "b": [2, 4]}
    assert turns == ["a", "b", "a", "b"]


def test_all_parts_are_measured_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert arguments([]).parts == list(PARTS)
    assert arguments(["pages", "--rounds", "2"]).parts == ["pages"]
    with pytest.raises(SystemExit):
        arguments(["page"])
    assert "there is no part page, there are: tools, pages" in capsys.readouterr().err


def test_what_is_not_installed_is_said_in_its_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nothing(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(tools, "version", nothing)
    monkeypatch.setattr("shutil.which", lambda name, path: None)
    rows = [side_by_side.tried(contender, tmp_path) for contender in CONTENDERS]
    assert [row.version for row in rows] == [f"{one.package or one.name} is not installed" for one in CONTENDERS]
    table = side_by_side.block(rows, [], 5, "Nowhere")
    assert table.count("is not installed") == len(CONTENDERS)


def test_everybody_has_a_row_with_every_column() -> None:
    verdict = correctness.judge(correctness.expected(), correctness.expected())
    rows = [
        Row(contender=one, version="1.0", verdict=verdict, peak=50.4, cold=[2, 9, 4], warm=[1] if one.script else [])
        for one in CONTENDERS
    ]
    table = cells(side_by_side.block(rows, [0.1], 3, "A machine"))
    assert [len(row) for row in table] == [len(HEAD)] * (len(CONTENDERS) + 2)
    assert table[0] == list(HEAD)
    base = next(row for row in table if row[0] == f"**{BASE}**")
    assert base[3:] == ["4.00", "1.00", "1.00", "1.00", "50", "right", "16 of 16"]
    program = next(row for row in table if row[0] == "pdftotext")
    assert program[3:7] == ["4.00", "1.00", "–", "–"]


def test_time_a_page_is_told_against_the_shortest_guide() -> None:
    short = long_guides.Row(pages=10, reader="both", sections=9, read=9, findings=0, seconds=1, grown=3, record=1)
    long = long_guides.Row(
        pages=1000, reader="both", sections=900, read=900, findings=2, seconds=200, grown=300, record=100
    )
    table = cells(long_guides.block([short, long], 3, "A machine"))
    assert [len(row) for row in table] == [len(long_guides.HEAD)] * 4
    assert table[2] == ["both", "10", "9", "9", "0", "1.00", "100.0", "1.00", "3", "1", "205"]
    assert table[3] == ["both", "1,000", "900", "900", "2", "200.00", "200.0", "2.00", "300", "100", "205"]


def test_what_many_pages_take_is_reckoned_from_two_processes() -> None:
    records = {"a.json": "1", "b.json": "2"}
    ran = {
        way: batches.Ran(seconds=seconds, parent=50, other=200, records=got, noted=1 << 20)
        for way, seconds, got in zip(
            batches.WAYS, (200, 100, 125, 250), (records,) * 3 + ({"a.json": "9"},), strict=True
        )
    }
    table = cells(batches.block(ran, 10, 1000, 250.0, "A machine"))
    assert [len(row) for row in table[:6]] == [len(batches.HEAD)] * 6
    assert table[3] == ["2 processes", "100.0", "0.10", "10.0", "2.00", "50", "200", "0"]
    assert table[5][4:] == ["0.80", "50", "200", "2"]
    assert table[8] == ["10,000", "100", "17 min", "62 s", "2 s", "10"]
    assert table[10] == ["100,000,000", "1,000,000", "116 d", "7 d", "5.6 h", "100,000"]
    assert "keeps 5,000 of them busy" in batches.block(ran, 10, 1000, 250.0, "A machine")


def test_a_batch_that_loses_a_worker_loses_no_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "WAYS", dict(list(batches.WAYS.items())[1::2]))  # without and with a death
    monkeypatch.setattr(batches, "CALLS", 10)
    table = cells(batches.batches(6))
    assert [row[-1] for row in table[2:4]] == ["0", "0"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(40, "40 s"), (119, "119 s"), (720, "12 min"), (7200, "2.0 h"), (10**5, "28 h"), (10**8, "1,157 d")]
)  # fmt: skip
def test_a_duration_is_told_in_the_unit_that_suits_it(seconds: float, told: str) -> None:
    assert report.duration(seconds) == told


def cells(block: str) -> list[list[str]]:
    """The cells of a block's table, row by row."""
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in block.split("\n") if line.startswith("|")]


def test_a_block_replaces_what_stood_there_and_nothing_else() -> None:
    page = "a\n<!-- measured: tools -->\nold\n<!-- end: tools -->\nz\n"
    fresh = report.put(page, "tools", r"new \1")
    assert fresh == page.replace("old", r"new \1")
    with pytest.raises(ValueError, match="0 blocks"):
        report.put(page, "pages", "new")


def test_the_page_has_a_block_for_every_part_and_a_licence_for_everybody() -> None:
    page = PAGE.read_text("utf-8")
    assert list(PAGES) == list(PARTS)
    for part, place in PAGES.items():
        report.put(place.read_text("utf-8"), part, "new")
    licences = page.partition("### Who takes part")[2].partition("\n## ")[0]
    assert [row[0] for row in cells(licences)[2:]] == [one.name for one in CONTENDERS]


def test_every_script_and_requirement_belongs_to_a_contender() -> None:
    assert set(READ) == {one.script for one in CONTENDERS if one.script}
    pinned = re.findall(r"^([\w.-]+)(?:\[\w+\])?==[\d.]+$", (ROOT / "benchmarks/requirements.txt").read_text(), re.M)
    own = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text("utf-8"), re.M)
    packages = {one.package for one in CONTENDERS if one.package} - {"guide-extract"}
    assert set(pinned) == packages - set(own)


def test_there_are_nine_guides_before_the_tenth(tmp_path: Path) -> None:
    assert len(others(tmp_path)) == 9


def test_a_guide_of_twenty_sections_has_thirteen_pages() -> None:
    assert len(sized(long_guides.SECTIONS[0])) == 13
