"""Words that stand in the place of a value and point elsewhere are no value, under any label: 同上, 同1.1, 详见附件."""

from pathlib import Path

import pytest

from extract import extract_guide
from extract.language.references import points_elsewhere, reference_in
from extract.model.record import Field, Guide
from tests.support.case_tables import PARTS, TITLE, text

WHOLE = [
    "同上。", "同上", "（同上）", "同 上", "同前。", "同左", "要求同上。", "如上。", "如前所述。", "见上。", "见下文。", "见总体要求。",
    "同1.1", "同1.1。", "同1.1节。", "同第1.1节要求。", "同1.1项目要求。", "同1.1、1.2。", "见1.1", "参见1.1。", "参照1.1执行。", "按1.1执行。",
    "与1.1相同。", "与上同。", "与上一方向一致。", "与中美项目相同。", "同中美项目。", "同上一项目。", "同去年。", "与上一年度相同。",
    "详见附件。", "参见附件2。", "见附件1。", "见表1", "已发布，见官网。", "详见官网https://www.most.gov.cn。", "以外方指南为准。",
    "另行通知。", "待定。", "略。", "暂缺", "不详", "N/A", "〃",
]  # fmt: skip


def second(folder: Path, **others: str) -> Guide:
    """A guide of two sections, the second with other words under some labels."""
    own = [f"{line.partition('：')[0]}：{others[name]}" if name in others else line for name, line in PARTS.items()]
    path = folder / "guide.txt"
    lines = [TITLE, "1.1中美政府间合作项目", *PARTS.values(), "1.2中德政府间合作项目", *own]
    path.write_text("\n".join(lines), "utf-8")
    return extract_guide(path)


@pytest.mark.parametrize("words", WHOLE)
def test_words_that_point_elsewhere_are_no_value_of_any_field(words: str, tmp_path: Path) -> None:
    record = second(tmp_path, **dict.fromkeys(PARTS, words))
    fields: dict[str, Field[object]] = {name: getattr(record.sections[1], name) for name in PARTS}
    assert {name: (field.status, field.value) for name, field in fields.items()} == dict.fromkeys(
        PARTS, ("unread", None)
    )
    told = [one.args["unread"] for one in record.findings if one.code == "value-unread" and one.section == "1.2"]
    assert told == ["postponed"] * len(PARTS)


WITHIN = {
    "同1.1，但须有企业参与。": "同1.1",
    "同上，另须提交意向书。": "同上",
    "除同上外，须有企业参与。": "同上",
    "要求同1.1，且须企业牵头。": "同1.1",
    "1）须有企业参与；2）同上述要求。": None,
    "1）同1.1；2）须有企业参与。": "同1.1",
    "按1.1要求执行，并须提交意向书。": "按1.1要求",
}


@pytest.mark.parametrize("words", WITHIN)
def test_a_value_of_which_part_stands_elsewhere_is_told(words: str, tmp_path: Path) -> None:
    record = second(tmp_path, requirements=words)
    assert record.sections[1].requirements.status == "stated"
    told = [one.args["words"] for one in record.findings if one.code == "value-elsewhere"]
    assert told == ([WITHIN[words]] if WITHIN[words] else [])


HEADLESS = {
    "应符合以下要求：1因荷方先于中方征集，须先行申报。2.执行期不超过2年。": "2.",
    "须有企业参与。（二）须签署合作协议。": "（二）",
    "1.须有企业参与。2.执行期不超过2年。": None,
    "须有企业参与。2.5倍以上自筹。": None,
    "须有企业参与。2018年前注册。": None,
}


@pytest.mark.parametrize("words", HEADLESS)
def test_a_list_whose_first_mark_was_not_found_is_told(words: str, tmp_path: Path) -> None:
    record = second(tmp_path, requirements=words)
    told = [one.args["mark"] for one in record.findings if one.code == "list-headless"]
    assert told == ([HEADLESS[words]] if HEADLESS[words] else [])


def test_a_title_that_points_elsewhere_names_no_partner(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    rows = [
        "| 序号 | 合作国别 | 领域方向 | 拟支持项目数 |",
        "|---" * 4 + "|",
        "| 1 | 美国 | 农业 | 2 |",
        "| 2 | 同上 | 环境 | 3 |",
    ]
    path.write_text("\n".join([f"# {TITLE}", "", *rows]), "utf-8")
    told = [one.args["words"] for one in extract_guide(path).findings if one.code == "partner-unknown"]
    assert told == ["同上"]


@pytest.mark.parametrize(
    "words",
    [
        "农业、能源。", "双方须同时申报。", "与外方申报内容一致。", "同上海市科委联合申报。", "与上海市合作的项目优先。", "须与外方项目保持一致。",
        "同一单位不得申报多个项目。", "见习人员不得申报。", "参照国际惯例执行。", "如上报材料不全，不予受理。", "与德方项目同步申报。", "按1.1倍配套。",
        "同等条件下优先。", "项目须按照申报指南要求提交材料。", "以双方商定为准。", "同期支持3个项目。", "如上海、北京等地。", "申报材料见附件1，一式两份。",
    ],
)  # fmt: skip
def test_words_of_a_value_point_nowhere(words: str) -> None:
    assert not points_elsewhere(text(words).plain)
    assert reference_in(text(words)) is None
