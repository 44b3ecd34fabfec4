"""What stands beside a label holds for its value: 拟支持经费（每项）：100万元 is read as 每项100万元."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extract import Guide, extract_guide
from extract.normalise.label_brackets import without_label
from tests.support.case_tables import PARTS, TITLE, bare, text


def read(folder: Path, lines: Iterable[str]) -> Guide:
    """A guide of one section."""
    path = folder / "guide.txt"
    path.write_text("\n".join([TITLE, "1.1中美政府间合作项目", *lines]), "utf-8")
    return extract_guide(path)


def guide(folder: Path, field: str, *lines: str) -> Guide:
    """A guide whose one section has these lines in the place of a field."""
    return read(folder, [line for name, one in PARTS.items() for line in (lines if name == field else [one])])


def told(record: Guide) -> set[str]:
    return {finding.code for finding in record.findings}


def contradicted(record: Guide) -> set[str]:
    return {check.code for check in record.checks if check.outcome == "contradicted"}


EACH = {"min": 1_000_000, "max": 1_000_000}
VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    # how a sum is meant
    "拟支持经费（上限）：300万元。": ("funding", {"max": 3_000_000}),
    "拟支持经费（不超过）：300万元。": ("funding", {"max": 3_000_000}),
    "拟支持经费（约）：300万元。": ("funding", {"min": 3_000_000, "max": 3_000_000, "approximate": True}),
    "拟支持经费（每项）：100万元。": ("funding", {"per_project": EACH}),
    "拟支持经费(每项)：100万元。": ("funding", {"per_project": EACH}),
    "拟支持经费［每项］：100万元。": ("funding", {"per_project": EACH}),
    "拟支持经费【每项】：100万元。": ("funding", {"per_project": EACH}),
    "（每项）拟支持经费：100万元。": ("funding", {"per_project": EACH}),
    "【拟支持经费（每项）】100万元。": ("funding", {"per_project": EACH}),
    "拟支持经费（每项） 100万元": ("funding", {"per_project": EACH}),
    "拟支持经费（每项（不含外方））：100万元。": ("funding", {"per_project": EACH}),
    "拟支持经费（每项上限）：100万元。": ("funding", {"per_project": {"max": 1_000_000}}),
    "拟支持经费（上限）：每项100万元。": ("funding", {"per_project": {"max": 1_000_000}}),
    "拟支持经费（每项）：不超过100万元，共5项。": ("funding", {"per_project": {"max": 1_000_000}}),
    "资助经费（每年）：100万元。": ("funding", {"per": {"unit": "年", **EACH}}),
    "资助经费（每人每年）：100万元。": ("funding", {"per": {"unit": "人每年", **EACH}}),
    "拟支持项目数（每国）：2项。": ("project_count", {"per": {"unit": "国", "min": 2, "max": 2}}),
    "拟支持项目数（每国）：2": ("project_count", {"per": {"unit": "国", "min": 2, "max": 2}}),
    "拟支持项目数（上限）：2项。": ("project_count", {"max": 2}),
    "拟支持项目数（含青年项目）：2项。": ("project_count", {"min": 2, "max": 2}),
    "执行期（最长）：3年。": ("duration", {"max_months": 36}),
    # what changes nothing
    "拟支持经费（人民币）：600万元。": ("funding", {"min": 6_000_000, "max": 6_000_000}),
    "拟支持经费（总额）：总经费600万元，每项100万元。": (
        "funding",
        {"min": 6_000_000, "max": 6_000_000, "per_project": EACH},
    ),
    "拟支持经费（中方）：600万元。": ("funding", {"min": 6_000_000, "max": 6_000_000}),
    "拟支持经费（1）：600万元。": ("funding", {"min": 6_000_000, "max": 6_000_000}),
    # units
    "拟支持经费（单位：万元）：600": ("funding", {"min": 6_000_000, "max": 6_000_000}),
    "拟支持经费（万元）：不超过600": ("funding", {"max": 6_000_000}),
    "拟支持经费（万元/项）：100": ("funding", {"per_project": EACH}),
    "拟支持经费（万元/项）：100万元": ("funding", {"per_project": EACH}),
    "拟支持经费（每项，万元）：100": ("funding", {"per_project": EACH}),
    "拟支持经费（每项）（单位：万元）：100": ("funding", {"per_project": EACH}),
    "拟支持经费（上限、万元）：100": ("funding", {"max": 1_000_000}),
    "拟支持经费（万美元）：100": ("funding", {**EACH, "currency": "USD"}),
    "拟支持经费（美元）：100万美元。": ("funding", {**EACH, "currency": "USD"}),
    "拟支持项目数（项/个）：3": ("project_count", {"min": 3, "max": 3}),
    "执行期（个月）：36": ("duration", {"min_months": 36, "max_months": 36}),
}


@pytest.mark.parametrize("line", VALUES)
def test_words_beside_a_label_hold_for_the_value(line: str, tmp_path: Path) -> None:
    field, want = VALUES[line]
    record = guide(tmp_path, field, line)
    (section,) = record.sections
    currency = {"currency": "CNY"} if field == "funding" else {}
    assert bare(getattr(section, field).value) == bare({**currency, **want})
    assert contradicted(record) == set()
    assert told(record) <= {"figure-misplaced"}


UNREAD = {
    "拟支持经费（外方）：600万元。": "外方600万元",
    "（外方）拟支持经费：600万元。": "外方600万元",
    "拟支持经费（含税）：600万元。": "含税",
    "拟支持经费（首年）：300万元。": "首年300万元",
    "拟支持经费（企业自筹）：300万元。": "企业自筹300万元",
    "拟支持经费（美元）：100万元。": "美元100万元",
    "拟支持经费（万元）：100万美元。": "万元100万美元",
    "资助经费（年）：100万元。": "年",
    "拟支持经费（上限）：总额300万元，每项50万元。": "总额300万元，每项50万元",
    "拟支持经费（每项）：重点300万元，一般100万元。": "重点300万元，一般100万元",
}


@pytest.mark.parametrize("line", UNREAD)
def test_words_that_are_not_understood_leave_the_value_unread(line: str, tmp_path: Path) -> None:
    record = guide(tmp_path, "funding", line)
    assert record.sections[0].funding.status == "unread"
    (finding,) = (finding for finding in record.findings if finding.code == "value-unread")
    assert finding.args["words"] == UNREAD[line]
    assert contradicted(record) == set()


QUALIFIED = {
    "合作协议（拟签）：《中美科技合作协定》。": "agreement",
    "领域方向（优先）：农业、能源。": "fields",
    "其他要求（外方）：双方须同时申报。": "requirements",
    "其他要求（外方）：无。": "requirements",
    "拟支持经费（外方）：无。": "funding",
}


@pytest.mark.parametrize("line", QUALIFIED)
def test_words_beside_a_label_that_no_value_holds_are_told(line: str, tmp_path: Path) -> None:
    field = QUALIFIED[line]
    record = guide(tmp_path, field, line)
    (finding,) = (finding for finding in record.findings if finding.code == "label-qualified")
    assert (finding.section, finding.args["label"]) == ("1.1", line.partition("：")[0])


def test_the_sums_of_two_labels_are_one_value(tmp_path: Path) -> None:
    record = guide(tmp_path, "funding", "拟支持经费（总额）：600万元。", "支持强度（每项）：不超过200万元。")
    assert bare(record.sections[0].funding.value) == {
        "min": 6_000_000, "max": 6_000_000, "currency": "CNY", "per_project": {"max": 2_000_000}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chapter", "words", "want"),
    [
        ("三、资助强度（每项）", "100万元。", {"per_project": EACH}),
        ("三、资助强度（万元/项）", "100万元。", {"per_project": EACH}),
        ("三、资助强度（每年）", "100万元。", {"per": {"unit": "年", **EACH}}),
    ],
)
def test_words_beside_the_name_of_a_chapter(chapter: str, words: str, want: dict[str, Any], tmp_path: Path) -> None:
    lines = [line for name, line in PARTS.items() if name != "funding"]
    funding = read(tmp_path, [*lines, chapter, words]).guide.common.field("funding")
    assert bare(funding.value) == bare({"currency": "CNY", **want})


SIGNS = ["★", "☆ ", "▲", "*", "＊", "※", "● ", "• ", "- ", "— ", "◆", "√", "※※"]
MARKS = ["新增 ", "修订 ", "【新增】", "（新增）", "［新］", "〔调整〕", "★新增 "]


def texts(record: Guide) -> dict[str, str | None]:
    return {name: getattr(record.sections[0], name).text for name in PARTS}


@pytest.mark.parametrize("field", [name for name in PARTS if name != "duration"])
@pytest.mark.parametrize("mark", [*SIGNS, *MARKS])
def test_a_mark_before_a_label_does_not_hide_it(mark: str, field: str, tmp_path: Path) -> None:
    record = guide(tmp_path, field, f"{mark}{PARTS[field]}")
    assert texts(record) == {name: line.partition("：")[2] for name, line in PARTS.items()}
    assert (told(record), contradicted(record)) == (set(), set())


@pytest.mark.parametrize("marks", ["①②③④⑤⑥", ["A.", "B.", "C.", "D.", "E.", "F."], ["1.★", *"234567"], ["● "] * 6])
def test_marks_before_all_labels(marks: Sequence[str], tmp_path: Path) -> None:
    marks = [mark if mark[-1] not in "234567" else f"{mark}." for mark in marks]
    record = read(tmp_path, [f"{mark}{line}" for mark, line in zip(marks, PARTS.values(), strict=False)])
    assert texts(record) == {name: line.partition("：")[2] for name, line in PARTS.items()}
    assert (told(record), contradicted(record)) == (set(), set())


def test_words_that_are_no_mark_are_kept_in_the_label(tmp_path: Path) -> None:
    record = guide(tmp_path, "agreement", "新增 合作协议：《中美科技合作协定》。")
    assert record.sections[0].agreement.label == "新增合作协议"


@pytest.mark.parametrize("field", ["agreement", "fields", "project_count", "funding", "duration"])
@pytest.mark.parametrize("words", ["韩方 ", "1★"])
def test_a_label_with_other_words_before_it_is_told(words: str, field: str, tmp_path: Path) -> None:
    line = f"{words}{PARTS[field]}"
    record = guide(tmp_path, field, line)
    section = record.sections[0]
    assert getattr(section, field).status == "absent"
    assert [f"{part.label}：{part.text}" for part in section.other] == [line]
    assert "label-unknown" in told(record)


@pytest.mark.parametrize("line", ["其他要求（如有）：双方须同时申报。", "合作协议（名称）：《中美科技合作协定》。"])
def test_words_that_say_nothing_of_a_value_are_not_told(line: str, tmp_path: Path) -> None:
    field = "requirements" if line.startswith("其他") else "agreement"
    assert told(guide(tmp_path, field, line)) == set()


def test_heads_of_topics_are_no_labels_with_words_before_them(tmp_path: Path) -> None:
    record = guide(tmp_path, "fields", "领域方向：", "农业 研究领域：育种。", "能源 研究领域：储能。")
    assert record.sections[0].other == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["● 双方须同时申报。", "● 支持经费：由双方承担。"],
        ["- 双方须同时申报。", "- 合作内容：育种。"],
        ["① 双方须同时申报；", "② 联系人：王某。"],
    ],
)
def test_points_of_a_list_are_no_labels(lines: list[str], tmp_path: Path) -> None:
    record = guide(tmp_path, "requirements", "其他要求：", *lines)
    assert record.sections[0].funding.text == "600万元。"
    assert contradicted(record) == set()


def test_marks_and_brackets_in_the_heads_of_a_table(tmp_path: Path) -> None:
    heads = "| 序号 | 合作国别 | ★领域方向 | 拟支持项目数（每国） | 资助强度（每项，万元） |"
    rows = ["| 1 | 美国 | 农业 | 2 | 不超过100 |", "| 2 | 法国 | 能源 | 3 | 200 |"]
    path = tmp_path / "guide.md"
    path.write_text("\n".join([f"# {TITLE}", "", heads, "|---" * 5 + "|", *rows]), "utf-8")
    record = extract_guide(path)
    first, second = record.sections
    assert bare(first.funding.value) == {"currency": "CNY", "per_project": {"max": 1_000_000}}
    assert bare(second.project_count.value) == {"per": {"unit": "国", "min": 3, "max": 3}}
    assert [topic.name for topic in second.fields.value.items] == ["能源"]  # type: ignore[union-attr]
    assert contradicted(record) == set()


@pytest.mark.parametrize(
    ("label", "words", "rest"),
    [
        ("攻坚时长", "课题攻坚时长不超过2年。", "课题不超过2年。"),
        ("资助体量", "资助体量为100万元。", "为100万元。"),
        ("资助体量", "外方600万元，资助体量100万元。", None),  # it may be part of what stands before it
        ("资助体量", "100万元。", None),
        ("", "100万元。", None),
    ],
)
def test_words_that_repeat_their_label_are_read_without_it(label: str, words: str, rest: str | None) -> None:
    found = without_label(text(words), text(label))
    assert (found.printed if found else None) == rest
