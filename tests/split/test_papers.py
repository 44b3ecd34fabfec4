"""Several papers in one file: annexes end the guide, and a second guide is another part of the file."""

from pathlib import Path

import pytest

from extract.errors import UnreadableGuide
from extract.model.record import Guide
from extract.pipeline import extract_guide
from extract.verify import verify

NOTICE = [
    "科技部关于发布两份项目申报指南的通知",
    "国科发外〔2022〕31号",
    "现将指南予以公布。",
    "科技部",
    "2022年4月8日",
    "附件1",
]
GUIDE = [
    "“海岛生态”重点专项2022年度项目申报指南",
    "2022年，本专项拟支持12个项目，每个项目实施周期为3年。",
    "1.1 中国和美国政府间合作项目",
    "合作协议：《中美科学技术合作协定》。",
    "领域方向：农业、能源。",
    "拟支持项目数：7个项目。",
    "其他要求：无。",
    "1.2 中国和德国政府间合作项目",
    "合作协议：《中德科学技术合作协定》。",
    "领域方向：交通、海洋。",
    "拟支持项目数：5个项目。",
    "其他要求：（1）项目执行期为3年。",
    "（2）中方须有企业参与",
]
SECOND = [
    "“高山牧场”重点专项2022年度项目申报指南",
    "2022年，本专项拟支持3个项目。",
    "1.1 中国和法国政府间合作项目",
    "合作协议：《中法科学技术合作协定》。",
    "领域方向：牧业。",
    "拟支持项目数：3个项目。",
    "其他要求：无。",
]
OWN = "（1）项目执行期为3年。（2）中方须有企业参与"


def read(lines: list[str], folder: Path, part: int = 1) -> Guide:
    file = folder / "guide.txt"
    file.write_text("\n".join(lines), "utf-8")
    guide = extract_guide(file, part=part)
    assert guide.account.unclaimed == 0
    assert [check.message for check in guide.checks if check.outcome == "contradicted"] == []
    return guide


ANNEXES = {
    "a mark alone": [
        "附件2",
        "形式审查条件要求",
        "申报项目须符合以下要求。",
        "1.推荐程序和填写要求",
        "（1）由推荐单位推荐。",
    ],
    "a mark before the title": [
        "附件2 “海岛生态”重点专项2022年度项目申报指南形式审查条件要求",
        "（1）由推荐单位推荐。",
    ],
    "the guide's title in the annex's": [
        "附件2",
        "“海岛生态”重点专项",
        "2022年度项目申报指南",
        "形式审查条件要求",
        "1.推荐程序。",
    ],
    "… without a mark": ["“海岛生态”重点专项", "2022年度项目申报指南", "形式审查条件要求", "申报项目须符合以下要求。"],
    "… over two lines": ["“海岛生态”重点专项2022年度项目申报指南", "形式审查条件要求", "申报项目须符合以下要求。"],
    "a title that breaks within a word": [
        "国家重点研发计划“海岛生态”重点专项",
        "2022年度项目申报指南形式审查",
        "条件要求",
        "申报项目须符合以下要求。",
    ],
    "… at any character": [
        "国家重点研发计划“海岛生态”重点专项2022年度项目申报指南形式审",
        "查条件要求",
        "申报项目须符合以下要求。",
    ],
    "experts over two lines": ["“海岛生态”重点专项2022年度项目申报指南编制专", "家组名单", "1 某某 某大学 教授"],
    "a form": ["国家重点研发计划项目申报书", "（格式）", "项目名称：", "申报单位："],
    "a form over two lines": ["国家重点研发计划", "项目申报书", "项目名称：", "申报单位："],
    "a letter": ["推荐函", "科技部：", "经审核，推荐下列项目，请予支持。"],
    "a list": ["推荐项目清单", "序号 项目名称 申报单位", "1 某项目 某单位"],
    "a promise": ["承诺书", "本单位承诺所提交材料真实有效。"],
    "a sample": ["联合申报协议（参考格式）", "甲方：某大学", "乙方：某公司"],
    "experts": ["“海岛生态”重点专项2022年度项目申报指南编制专家名单", "1 某某 某大学 教授"],
    "a signature, enclosures": ["附件：1. 申报书格式", "2. 推荐函格式", "科技部", "2022年4月8日"],
    "several": ["附件2", "形式审查条件要求", "须由推荐单位推荐。", "附件3", "推荐函格式", "科技部："],
    "numbers that would be due": ["附件2", "形式审查条件要求", "1.3 推荐程序", "申报要求：由推荐单位推荐。"],
    "numbers without labels": ["附件2", "形式审查条件要求", "1.3 申报单位限报1个项目", "1.4 执行期不超过3年"],
    "labels of a form": ["附件2：项目申报书（格式）", "一、基本信息", "项目名称：", "执行期限：    年"],
}


@pytest.mark.parametrize("annex", ANNEXES.values(), ids=ANNEXES)
def test_an_annex_ends_the_guide_and_is_told_once(annex: list[str], tmp_path: Path) -> None:
    guide = read([*GUIDE, *annex], tmp_path)
    assert [section.number for section in guide.sections] == ["1.1", "1.2"]
    last = guide.sections[-1]
    assert (last.requirements.text, last.other) == (OWN, ())
    told = [one.code for one in guide.findings if one.code in ("text-outside", "guide-second", "label-unknown")]
    assert told == ["text-outside"]


SECTION_TEXT = {
    "a sentence": ["申报单位须提交项目申报书", "（3）材料不全的不予受理。"],
    "a list": ["（3）提交以下材料：", "项目申报书；", "承诺书；", "推荐函"],
    "marked items": ["（3）提交以下材料", "1.项目申报书", "2.承诺书", "3.推荐函（格式自拟）"],
    "the last line": ["推荐函"],
    "a condition": ["申报项目须符合形式审查条件要求", "（3）材料不全的不予受理。"],
    "how many are recommended": ["每个部门推荐项目不超过5个", "（3）材料不全的不予受理。"],
}


@pytest.mark.parametrize("words", SECTION_TEXT.values(), ids=SECTION_TEXT)
def test_words_of_the_last_section_are_no_annex(words: list[str], tmp_path: Path) -> None:
    guide = read([*GUIDE, *words], tmp_path)
    assert guide.sections[-1].requirements.text == "".join((OWN, *words))


def test_a_mark_between_sections_ends_nothing(tmp_path: Path) -> None:
    guide = read([*GUIDE[:6], "其他要求：中方须有企业参与。", "附件：外方指南见其网站", *GUIDE[7:]], tmp_path)
    assert [section.number for section in guide.sections] == ["1.1", "1.2"]


# ── two guides ────────────────────────────────────────────────────────────────────────────────────────

SECONDS = {
    "behind a mark": ["附件2", *SECOND],
    "a title over two lines": ["附件2", "“高山牧场”重点专项", "2022年度项目申报指南", *SECOND[1:]],
    "without a mark": SECOND,
    "its numbers go on": ["附件2", *(line.replace("1.1", "2.1") for line in SECOND)],
    "an annex behind it": ["附件2", *SECOND, "附件3", "形式审查条件要求", "须由推荐单位推荐。"],
}


@pytest.mark.parametrize("second", SECONDS.values(), ids=SECONDS)
def test_each_guide_of_a_file_is_a_part(second: list[str], tmp_path: Path) -> None:
    lines = [*NOTICE, *GUIDE, *second]
    first, other = read(lines, tmp_path), read(lines, tmp_path, part=2)
    assert (first.guide.title, other.guide.title) == (GUIDE[0], SECOND[0])
    assert [
        [partner.code for section in guide.sections for partner in section.partners] for guide in (first, other)
    ] == [
        ["US", "DE"],
        ["FR"],
    ]
    assert first.sections[-1].requirements.text == OWN
    assert first.guide.document == other.guide.document
    assert first.guide.document is not None
    projects = [guide.guide.declared.projects for guide in (first, other)]
    assert [one and one.max for one in projects] == [12, 3]
    codes = [{one.code for one in guide.findings} & {"guide-second", "guide-part"} for guide in (first, other)]
    assert codes == [{"guide-second"}, {"guide-part"}]
    assert (first.source.part, other.source.part) == (1, 2)


def test_the_sections_of_another_guide_are_none_of_this_one_though_their_number_is_due(tmp_path: Path) -> None:
    guide = read([*GUIDE, "附件2", *(line.replace("1.1", "1.3") for line in SECOND)], tmp_path)
    assert [section.number for section in guide.sections] == ["1.1", "1.2"]


def test_there_is_no_third_part(tmp_path: Path) -> None:
    with pytest.raises(UnreadableGuide, match=r"no part 3: the file holds 2 guides$"):
        read([*GUIDE, *SECOND], tmp_path, part=3)


def test_a_record_of_the_second_part_is_proved(tmp_path: Path) -> None:
    from extract.export.json import dumps

    record = tmp_path / "guide.2.json"
    record.write_bytes(dumps(read([*GUIDE, *SECOND], tmp_path, part=2)))
    assert [proof.failures for proof in verify(record, tmp_path / "guide.txt") if proof.failures] == []


def test_a_title_without_sections_below_is_told(tmp_path: Path) -> None:
    guide = read([*GUIDE, "“高山牧场”重点专项2022年度项目申报指南", "另行发布。"], tmp_path)
    assert [one.args.get("variant") for one in guide.findings if one.code == "guide-second"] == ["within"]
