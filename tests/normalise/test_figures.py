"""What counts and money are read as holds in a whole guide: every row against the ink, and what is said elsewhere."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.check.held_to_ink import stated
from extract.model.record import Guide, records_in
from extract.model.text import Text
from extract.normalise.quantities import count, money
from extract.pipeline import extract_guide
from tests.normalise.test_cases import PARSERS
from tests.support.case_tables import bare, rows, text

A, F, C, M = "合作协议：《甲》。", "领域方向：农业、能源。", "拟支持项目数：3个项目。", "拟支持经费：600万元。"


def guide(folder: Path, *lines: str) -> Guide:
    path = folder / "guide.txt"
    path.write_text("\n".join(["2018年度项目申报指南", *lines]), "utf-8")
    return extract_guide(path)


@pytest.mark.parametrize(("kind", "label"), [("count", "拟支持项目数"), ("money", "拟支持经费")])
def test_every_row_is_proved_by_the_ink(kind: str, label: str, tmp_path: Path) -> None:
    lines = []
    for number, row in enumerate(rows(kind), 1):
        fields = f"领域方向：{'；'.join(row.get('topics', ('农业', '能源')))}。"
        lines += [f"1.{number}中美合作项目{number}", A, fields, f"{label}：{row['given']}"]
    record = guide(tmp_path, *lines)
    assert len(record.sections) == len(rows(kind))
    # the rows state fields (围绕3个领域) that are not those of the made-up sections
    checks = [check for check in record.checks if check.code != "topics-stated"]
    assert [check.message for check in checks if check.outcome == "contradicted"] == []


# The digits of a sum, a percentage or a number of projects; that of topics (3个领域) is for the check topics-stated.
_FIGURES = {
    "money": re.compile(r"[\d.,]*\d(?= *(?:%|亿|百|十|千|万|元))"),
    "count": re.compile(r"\d+(?= *(?:个(?!月|\w*(?:领域|方向|主题|专题))|项))"),
}
_ELSEWHERE: dict[str, Callable[[Text], list[tuple[str, Text]]]] = {
    "money": money.money_elsewhere,
    "count": count.count_elsewhere,
}
_SAID_AGAIN = re.compile("（[^（）]*(?:合|相当于|等值|等额|含)[^（）]*）")  # a conversion, the bound itself


@pytest.mark.parametrize("kind", ["count", "money"])
def test_every_figure_of_a_row_is_in_the_value_or_told(kind: str) -> None:
    lost = {}
    for row in rows(kind):
        words = text(row["given"])
        parsed = PARSERS[kind](words, row)
        if parsed.value is None:
            continue
        told = [str(finding.args["words"]) for finding in parsed.findings]
        elsewhere = [part.plain for _, part in _ELSEWHERE[kind](words)]
        held = [str(value) for record in records_in(parsed.value) for _, _, value in stated(record)]
        seen = _digits("|".join([*told, *elsewhere, *held, *_SAID_AGAIN.findall(words.plain)]))
        figures = [match[0] for match in _FIGURES[kind].finditer(words.plain)]
        if missing := [figure for figure in figures if _digits(figure).strip("0") not in seen]:
            lost[row["given"]] = missing
    assert lost == {}


def _digits(words: str) -> str:
    return re.sub("(?<=\\d)[.,，](?=\\d)", "", words)


ELSEWHERE = {
    "a duration beside the count": ([A, F, "拟支持项目数：5项（执行期3年）。", M], set()),
    "a duration beside the money": ([A, F, C, "拟支持经费：每个项目不超过200万元，执行期3年。"], set()),
    "a duration of its own": ([A, F, "拟支持项目数：5项（执行期3年）。", M, "执行期限：3年。"], set()),
    "money beside the count, and none of its own": (
        [A, F, "拟支持项目数：5项，共拟支持经费1000万元。"],
        {"figure-misplaced", "field-missing"},
    ),
    "what each project gets beside the count": (
        [A, F, "拟支持项目数：5项，每项支持经费不超过300万元。", M],
        {"figure-misplaced"},
    ),
    "a count beside the money, and one of its own": ([A, F, C, "拟支持经费：3个项目，共600万元。"], set()),
    "what each of a kind gets": (
        [A, F, C, "拟支持经费：1700万元，联合实验室每个250万元，联合研究项目每个150万元。"],
        {"figure-unheld"},
    ),
    "about so much for each, under a label of its own": (
        [A, F, C, "拟支持经费：1000万元。", "每个项目拟支持经费：约300万元。"],
        {"figure-unheld"},
    ),
    "what each project gets, under a second label of money": ([A, F, C, M, "支持力度：每个项目不超过200万元。"], set()),
    "a total and what each project gets, under a second label of money": (
        [A, F, C, M, "支持力度：总经费600万元，每个项目不超过200万元。"],
        {"label-repeated"},
    ),
    "a list that is torn by a label of another field": (
        [A, "领域方向：1.农业", "研究内容：育种。2.能源", "研究内容：储能。", C, M],
        {"label-repeated"},
    ),
    "a list before another label": ([A, "领域方向：1.农业", "研究内容：育种。2.能源", "研究目标：储能。", C, M], set()),
    "others' money": ([A, F, C, "拟支持经费：1000万元，企业自筹1000万元。"], {"figure-unheld"}),
    "about, of what each project gets": ([A, F, C, "拟支持经费：1000万元，每个项目约300万元。"], {"figure-unheld"}),
    "课题 of each project": ([A, F, "拟支持项目数：5项，每项下设课题不超过4个。", M], {"figure-unheld"}),
}


EACH: dict[str, tuple[list[str], dict[str, Any], set[str]]] = {
    "both sides' money for each project, under its label": (
        ["每个项目拟支持经费：中方不超过200万元，日方不超过3000万日元。"],
        {"per_project": {"max": 2_000_000}, "foreign": {"currency": "JPY", "per_project": {"max": 30_000_000}}},
        set(),
    ),
    "totals of both sides, and each project's": (
        ["拟支持经费：中方1000万元，日方1亿日元。", "每个项目拟支持经费：中方200万元，日方2000万日元。"],
        {
            "min": 10_000_000,
            "max": 10_000_000,
            "per_project": {"min": 2_000_000, "max": 2_000_000},
            "foreign": {
                "min": 100_000_000,
                "max": 100_000_000,
                "currency": "JPY",
                "per_project": {"min": 20_000_000, "max": 20_000_000},
            },
        },
        set(),
    ),
    "a share under the label of each project": (
        [M, "支持力度：每项不超过50万元，且不超过总预算的30%。"],
        {
            "min": 6_000_000,
            "max": 6_000_000,
            "per_project": {"max": 500_000},
            "share": {"max": 30.0, "of": "总预算"},
        },
        set(),
    ),
    "each laboratory's money under the label of each project": (
        ["单项支持额度：每个联合实验室500万元。"],
        {"per": {"unit": "联合实验室", "min": 5_000_000, "max": 5_000_000}},
        set(),
    ),
    "what each project gets, stated twice and otherwise": (
        ["拟支持经费：1500万元（每个项目不超过750万元）。", "每个项目拟支持经费：600万元。"],
        {"min": 15_000_000, "max": 15_000_000, "per_project": {"max": 7_500_000}},
        {"figure-unheld"},
    ),
    "what each project brings of its own, under the label of each project": (
        [M, "支持力度：每个项目不超过200万元，企业自筹不低于100万元。"],
        {"min": 6_000_000, "max": 6_000_000, "per_project": {"max": 2_000_000}},
        {"figure-unheld"},
    ),
}


@pytest.mark.parametrize("name", EACH)
def test_money_under_a_label_of_each_project(name: str, tmp_path: Path) -> None:
    lines, want, codes = EACH[name]
    record = guide(tmp_path, "1.1中日合作项目", A, F, C, *lines)
    assert bare(record.sections[0].funding.value) == {"currency": "CNY", **want}
    assert {finding.code for finding in record.findings} - {"programme-unknown"} == codes
    assert [check.message for check in record.checks if check.outcome == "contradicted"] == []


@pytest.mark.parametrize("name", ELSEWHERE)
def test_figures_without_a_place_are_reported(name: str, tmp_path: Path) -> None:
    lines, want = ELSEWHERE[name]
    record = guide(tmp_path, "1.1中美合作项目", *lines)
    told = {finding.code for finding in record.findings if finding.code not in ("programme-unknown",)}
    assert told == want


@pytest.mark.parametrize(
    ("title", "status"), [("中美合作项目", "stated"), ("中国和巴西、中国和阿根廷合作项目", "unread")]
)
def test_each_of_several_partners_or_of_the_fields_is_not_told(title: str, status: str, tmp_path: Path) -> None:
    record = guide(tmp_path, f"1.1{title}", A, F, "拟支持项目数：各3项。", "拟支持经费：各900万元。")
    assert (record.sections[0].project_count.status, record.sections[0].funding.status) == (status, status)


def test_each_of_several_partners_or_of_places_of_work_beside_a_field_is_not_told(tmp_path: Path) -> None:
    fields = "领域方向：农业、传统医药联合中心。"
    record = guide(tmp_path, "1.1中俄蒙联合研究项目", A, fields, "拟支持项目数：各3项。", M)
    assert record.sections[0].project_count.status == "unread"


def test_each_of_several_places_of_work_whoever_the_partners_are(tmp_path: Path) -> None:
    fields = "领域方向：海洋科学联合观测站、传统医药联合中心。"
    record = guide(tmp_path, "1.1中俄蒙联合研究项目", A, fields, "拟支持项目数：各3项。", "拟支持经费：各900万元。")
    count, money = record.sections[0].project_count.value, record.sections[0].funding.value
    assert count is not None
    assert money is not None
    assert (count.max, money.max, [track.name for track in count.tracks]) == (
        6,
        18_000_000,
        ["海洋科学联合观测站", "传统医药联合中心"],
    )
