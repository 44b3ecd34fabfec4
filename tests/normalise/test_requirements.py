"""What a section's requirements and other words change in its other fields, and what they leave unclear."""

from pathlib import Path

import pytest

from tests.split.test_split import A, C, F, M, codes, guide

INTRODUCTION = "每个项目实施周期一般为2—3年。"
UNCLEAR = ("requirement-unclear", "1.1")

DURATIONS = [
    ("其他要求：无。", "inherited", 24, 36, False),
    ("其他要求：项目期限为3年。", "stated", 36, 36, False),
    ("其他要求：项目执行期不超过3年。", "inherited", 24, 36, False),
    ("其他要求：项目执行期不超过4年。", "stated", None, 48, False),
    ("其他要求：项目执行期不超过2年。", "stated", None, 24, False),
    ("其他要求：项目应于四年内完成。", "stated", None, 48, False),
    ("其他要求：项目执行期为2-3年。", "inherited", 24, 36, False),
    ("其他要求：项目执行期为3年，具体为2025年1月1日至2027年12月31日。", "stated", 36, 36, False),
    ("其他要求：合作项目应于两年内执行完毕或取得阶段性成果。", "inherited", 24, 36, True),
    ("其他要求：项目执行期一般为3年，最长不超过5年。", "stated", 36, 60, False),
    ("其他要求：项目执行期须与外方一致。", "inherited", 24, 36, True),
    ("其他要求：1）重大项目执行期3年；2）一般项目执行期2年。", "inherited", 24, 36, True),
    ("其他要求：项目执行期为1年，且须符合以下条件：1）须有企业参与；2）须附协议。", "stated", 12, 12, False),
    ("备注：所有项目执行期均为3年。", "stated", 36, 36, False),
    ("执行期限：2年。\n其他要求：项目执行期为2年。", "stated", 24, 24, False),
    ("执行期限：2年。\n其他要求：项目执行期不超过3年。", "stated", 24, 24, False),
    ("执行期限：2年。\n其他要求：项目执行期为3年。", "stated", 24, 24, True),
    ("执行期限：2年。\n其他要求：项目起止时间为2025年1月至2026年12月。", "stated", 24, 24, False),
    ("执行期限：2年，起始时间为2025年1月。\n其他要求：项目起止时间为2025年1月至2026年12月。", "stated", 24, 24, False),
    ("执行期限：2年，起始时间为2025年1月。\n其他要求：项目起止时间为2025年7月至2027年6月。", "stated", 24, 24, True),
]


@pytest.mark.parametrize(("words", "status", "low", "high", "unclear"), DURATIONS)
def test_a_duration_that_other_words_fix(
    words: str, status: str, low: int | None, high: int, unclear: bool, tmp_path: Path
) -> None:
    record = guide(tmp_path, INTRODUCTION, "1.1中美合作项目", A, F, C, M, *words.split("\n"))
    duration = record.sections[0].duration
    assert duration.value is not None
    assert (duration.status, duration.value.min_months, duration.value.max_months) == (status, low, high)
    assert (UNCLEAR in codes(record)) is unclear


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("每个项目拟支持经费不超过150万元人民币。", 1500000),
        ("1.须有企业参与。2.每个项目不超过150万元。", 1500000),
        ("须有企业参与，每个项目不超过150万元。", None),
        ("每个项目不超过150万元。每个项目不超过100万元。", None),
    ],
)
def test_what_a_project_gets_may_be_a_requirement(words: str, most: int | None, tmp_path: Path) -> None:
    value = guide(tmp_path, "1.1中美合作项目", A, F, C, M, f"其他要求：{words}").sections[0].funding.value
    assert value is not None
    assert (value.max, value.per_project and value.per_project.max) == (6000000, most)


@pytest.mark.parametrize(
    "words",
    [
        "截止日期：3月31日。",
        "自筹资金不低于50%。",
        "国拨与自筹经费比例不低于2:1。",
        "国拨经费与自筹经费比例为0:1。",
        "自筹经费不低于国拨经费的9007199254740993倍。",
        "自筹经费不低于国拨经费的9007199254740993%。",
        "国拨经费与自筹经费比例为9007199254740993:1。",
        "每个推荐单位每个领域推荐不超过2项。",
        "项目执行期为3年左右。",
    ],
)
def test_figures_that_are_not_understood_are_left_to_a_person(words: str, tmp_path: Path) -> None:
    section = guide(tmp_path, "1.1中美合作项目", A, F, C, M, f"其他要求：{words}").sections[0]
    read = [one for one in section.conditions if one.basis != "derived"]
    assert [(one.fact, one.binding, one.text) for one in read] == [("manual", "must", words[:-1])]


@pytest.mark.parametrize(
    "words",
    [
        "企业自筹经费不低于项目总经费的50%。",
        "服务期覆盖项目执行期。",
        "推荐单位限中国科学院、教育部。",
        "每位申请人限报1项。",
    ],
)
def test_words_that_state_no_duration_are_no_finding(words: str, tmp_path: Path) -> None:
    assert UNCLEAR not in codes(guide(tmp_path, "1.1中美合作项目", A, F, C, M, f"其他要求：{words}"))
