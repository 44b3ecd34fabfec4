"""Labels and section numbers that are printed and that no section holds: each check fails where the record is forged."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from extract import Guide, extract_guide
from extract.check import PrintedGuide
from extract.model.record import Check, ExcludedReason, Field, Section
from extract.model.stages import ExcludedText, NoteText, Repaired
from extract.normalise import normalise
from extract.profile.files import load_profile
from extract.pull import pull
from extract.repair import repair
from extract.split import split
from tests.layout.test_layouts import FILES, read

PROFILE = load_profile()
TEXT = FILES / "x01_base.txt"


def read_lines(path: Path = TEXT) -> Repaired:
    return repair(pull(path))


def checked(
    repaired: Repaired, *, witnessed: Repaired | None = None, sections: Sequence[Section] | None = None
) -> dict[str, Check]:
    cut = split(repaired, PROFILE)
    values = normalise(cut, PROFILE)
    sections = sections or values.sections
    printed = PrintedGuide(repaired, witnessed, cut, values.guide, sections, PROFILE.labels.fields_by_name)
    return {check.code: check for check in printed.checks()}


def sections_of(repaired: Repaired) -> tuple[Section, ...]:
    return normalise(split(repaired, PROFILE), PROFILE).sections


def index_of(repaired: Repaired, words: str) -> int:
    return next(index for index, line in enumerate(repaired.lines) if words in line.text.plain)


def set_aside(repaired: Repaired, words: str, reason: ExcludedReason) -> Repaired:
    """Take a line out of the text, as if a repair had."""
    index = index_of(repaired, words)
    piece = ExcludedText(reason, repaired.lines[index].text)
    return replace(repaired, lines=(*repaired.lines[:index], *repaired.lines[index + 1 :]), excluded=(piece,))


def unseen(repaired: Repaired, words: str) -> Repaired:
    """Take a line out of the glyphs: what a reader gives that does not see it."""
    text = repaired.lines[index_of(repaired, words)].text
    lines = [0 if number in text.origins else line for number, line in enumerate(repaired.ink.lines)]
    without = set_aside(repaired, words, "hidden")
    return replace(without, ink=replace(repaired.ink, lines=lines), excluded=())


def test_everything_is_held() -> None:
    checks = checked(read_lines(), witnessed=read_lines())
    assert {code: (check.outcome, check.message) for code, check in checks.items()} == {
        "labels-accounted": ("proved", "20 labels are held by the sections"),
        "headings-accounted": ("proved", "4 section numbers are held by the sections"),
    }


# ── labels ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_field_that_the_record_lacks() -> None:
    repaired = read_lines()
    first, *others = sections_of(repaired)
    check = checked(repaired, sections=(replace(first, funding=Field(status="absent")), *others))["labels-accounted"]
    assert (check.outcome, check.sections) == ("contradicted", ("1.1",))
    assert check.message == "19 labels are held by the sections; 1 not held: 拟支持经费： (1.1, page 1)"
    assert [one.quote for one in check.evidence] == ["拟支持经费："]


@pytest.mark.parametrize(
    ("reason", "outcome", "named"),
    [
        ("running-head", "contradicted", "1 not held"),
        ("watermark", "contradicted", "1 not held"),
        ("struck-out", "consistent", "1 apart from them"),
        ("hidden", "consistent", "1 apart from them"),
    ],
)
def test_a_label_among_words_set_aside(reason: ExcludedReason, outcome: str, named: str) -> None:
    check = checked(set_aside(read_lines(), "拟支持经费：900万元", reason))["labels-accounted"]
    assert check.outcome == outcome
    assert check.message.endswith(f"; {named}: 拟支持经费： ({reason}, page 1)")


@pytest.mark.parametrize(("words", "outcome"), [("拟支持经费：900万元", "contradicted"), ("注：另定", "proved")])
def test_a_label_in_a_note(words: str, outcome: str, tmp_path: Path) -> None:
    """A note of its own may begin with 注：, and what a field states may not stand there."""
    path = tmp_path / "guide.txt"
    path.write_text(TEXT.read_text("utf-8").replace("1.3 ", "注：另定。\n1.3 "), "utf-8")
    repaired = read_lines(path)
    text = repaired.lines[index_of(repaired, words)].text
    noted = set_aside(repaired, words, "running-head")
    noted = replace(noted, excluded=(), notes=(NoteText("1", text[:0], text, ()),))
    assert checked(noted)["labels-accounted"].outcome == outcome


def test_a_label_that_the_second_reader_alone_sees() -> None:
    check = checked(unseen(read_lines(), "拟支持经费：900万元"), witnessed=read_lines())["labels-accounted"]
    assert check.outcome == "contradicted"
    assert check.message.endswith("1 not held: 拟支持经费： (second reader, page 1)")


def guide_of(tmp_path: Path, old: str, new: str) -> Guide:
    path = tmp_path / "guide.txt"
    text = TEXT.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return extract_guide(path)


NO_LABELS = [
    # words in place of 其他要求：无。 of a section
    ("其他要求：1）符合通知要求，并满足、\n申报条件：年满18周岁。2）无。", "proved"),  # a sentence over a line
    ("其他要求：须符合申报条件：年满18周岁。", "proved"),  # within a line
    ("其他要求：1）企业参与。2）联系人：王芳。", "proved"),  # a point of a list
    ("其他要求：无。\n联系人：王芳。", "proved"),  # under `other`
    ("支持力度：每个项目不超过300万元。\n其他要求：无。", "proved"),  # a second label of the money
    ("拟支持经费（万元）：900\n其他要求：无。", "proved"),  # repeated, under `other`
    ("支持力度（每项）：300万元。\n其他要求：无。", "proved"),  # with words beside it
    ("支持力度（每项）（单位：万元）：300\n其他要求：无。", "proved"),
    ("★其他要求：无。", "proved"),  # behind a mark
    ("新增 其他要求：无。", "proved"),
    ("（外方）其他要求：无。", "proved"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "outcome"), NO_LABELS)
def test_words_like_labels(words: str, outcome: str, tmp_path: Path) -> None:
    checks = {check.code: check for check in guide_of(tmp_path, "其他要求：无。", words).checks}
    assert checks["labels-accounted"].outcome == outcome, checks["labels-accounted"].message


def test_a_label_that_begins_the_file(tmp_path: Path) -> None:
    path = tmp_path / "guide.txt"
    path.write_text("拟支持时间：3年\n1.1中美政府间合作项目\n\n1.1中美政府间合作项目\n\n- 3 -\n", "utf-8")
    check = next(check for check in extract_guide(path).checks if check.code == "labels-accounted")
    assert check.outcome in ("proved", "consistent")


def test_labels_outside_of_the_sections_are_named(tmp_path: Path) -> None:
    title = "2019年度第一批项目申报指南"
    guide = guide_of(tmp_path, title, f"{title}\n申报要求：另行通知。")
    check = next(check for check in guide.checks if check.code == "labels-accounted")
    assert check.outcome == "consistent"
    assert check.message.endswith("; 1 apart from them: 申报要求： (outside, page 1)")


# ── section numbers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["u05_toc.pdf", "u01_webprint.pdf", "v06_tracked.pdf", "v07_linenum.pdf", "v30_ks_sub.pdf"]
)
def test_contents_and_line_numbers_are_no_section_numbers(name: str) -> None:
    outcomes = {check.code: check.outcome for check in read(name).checks}
    assert (outcomes["labels-accounted"], outcomes["headings-accounted"]) == ("proved", "proved")


def test_a_section_that_the_record_lacks() -> None:
    repaired = read_lines()
    first, _, *others = sections_of(repaired)
    check = checked(repaired, sections=(first, *others))["headings-accounted"]
    assert (check.outcome, check.sections) == ("contradicted", ("1.1",))
    assert check.message == "3 section numbers are held by the sections; 1 not held: 1.2 (1.1, page 1)"


@pytest.mark.parametrize(("reason", "outcome"), [("running-head", "contradicted"), ("struck-out", "consistent")])
def test_a_number_among_words_set_aside(reason: ExcludedReason, outcome: str) -> None:
    check = checked(set_aside(read_lines(), "1.2 中国和德国", reason))["headings-accounted"]
    assert check.outcome == outcome
    assert f"1.2 ({reason}, page 1)" in check.message


def test_a_number_that_the_second_reader_alone_sees() -> None:
    check = checked(unseen(read_lines(), "1.4 中国和泰国"), witnessed=read_lines())["headings-accounted"]
    assert check.outcome == "contradicted"
    assert check.message.endswith("1 not held: 1.4 (second reader, page 1)")


@pytest.mark.parametrize(
    "words",
    [
        "其他要求：经费按上年的\n1.3倍安排，见\n拟支持经费一栏。",  # a figure at the start of a line
        "其他要求：见国家标准\n1.3版的规定。",  # a number that is due, and no label below
        "其他要求：见附表。\n1.2.1 子方向\n申报条件：无。",  # below the section itself
        "其他要求：见附表。\n5.1 另一表\n申报条件：无。",  # not due
    ],
)
def test_numbers_of_no_section(words: str, tmp_path: Path) -> None:
    checks = {check.code: check for check in guide_of(tmp_path, "其他要求：无。", words).checks}
    assert checks["headings-accounted"].outcome == "proved", checks["headings-accounted"].message


# ── fields that nothing took ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("拟支持经费900万元人民币。", "拟支持经费900万元人民币。"),
        ("拟支持经费为900万元人民币。", "拟支持经费为900万元人民币。"),
        ("另由双方商定。拟支持经费900万元。", "拟支持经费900万元。"),
        ("企业自筹经费，与拟支持经费相当。", None),  # within a sentence
        ("申报单位应说明上年\n拟支持经费使用的情况。", None),
        ("申报单位应说明上年\n拟支持经费，并附有关材料。", None),
        ("申报单位应说明上年\n拟支持经费900万元。", "拟支持经费900万元。"),
        ("", None),
    ],
)
def test_a_field_whose_label_nothing_took(words: str, found: str | None, tmp_path: Path) -> None:
    guide = guide_of(tmp_path, "拟支持经费：900万元人民币。", words)
    section = next(section for section in guide.sections if section.number == "1.2")
    assert section.funding.status == "absent"
    findings = [one for one in guide.findings if one.section == "1.2" and one.code.startswith("field-")]
    assert [(one.code, one.args["name"], one.args.get("words")) for one in findings] == [
        ("field-overlooked" if found else "field-absent", "funding", found)
    ]
