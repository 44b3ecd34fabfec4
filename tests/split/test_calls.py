"""Calls whose chapters name the fields: of one section, of directions in prose, of topics with chapters of their own."""

from pathlib import Path
from typing import Any

import pytest

from extract import Guide, UnreadableGuide, extract_guide
from extract.model.stages import Line, SplitGuide
from extract.profile.files import load_profile
from extract.split.chapters import names_of, read_outline
from tests.support.case_tables import plain_guide, text

LETTER = "关于征集2024年度中国和奥地利政府间联合研究项目的通知"
GUIDE = "2025年度滨江市软科学研究项目申报指南"


def cut(profile: str, *lines: str) -> SplitGuide:
    return plain_guide(list(lines), profile)


def parts(guide: SplitGuide) -> dict[str, dict[str, str]]:
    """The sections, and what holds for all: each field, else label, with its words."""
    sections = {f"{piece.number} {piece.title}": piece.parts for piece in guide.pieces} | {"common": guide.common}
    return {
        name: {part.field or part.label.printed: part.text.printed for part in of}
        for name, of in sections.items()
        if of
    }


ROWS: dict[str, tuple[str, list[str], dict[str, Any]]] = {
    "chapters are the fields of the one section": (
        "bilateral",
        [LETTER, "一、合作领域", "量子技术。", "二、资助期限", "3年。", "三、申报条件", "1.须为法人。", "2.须有经验。"],
        {
            "1 2024年度中国和奥地利政府间联合研究项目": {
                "fields": "量子技术。",
                "duration": "3年。",
                "requirements": "1.须为法人。2.须有经验。",
            }
        },
    ),
    "a chapter of two names": (
        "bilateral",
        [LETTER, "一、合作领域", "量子技术。", "二、支持数量及资助标准", "10项，每项50万元。"],
        {
            "1 2024年度中国和奥地利政府间联合研究项目": {
                "fields": "量子技术。",
                "project_count": "10项，每项50万元。",
                "funding": "10项，每项50万元。",
            }
        },
    ),
    "who signs, and when": (
        "bilateral",
        [LETTER, "一、合作领域", "量子技术。", "二、资助期限", "3年。", "科技合作处", "2024年3月5日"],
        {"1 2024年度中国和奥地利政府间联合研究项目": {"fields": "量子技术。", "duration": "3年。"}},
    ),
    "a label in brackets": (
        "bilateral",
        [LETTER, "【支持领域】", "量子技术。", "【支持强度】", "600万元。"],
        {"1 2024年度中国和奥地利政府间联合研究项目": {"fields": "量子技术。", "funding": "600万元。"}},
    ),
    "chapters within a chapter that only holds them": (
        "nsfc",
        ["2025年度中波合作研究项目指南", "一、项目说明", "（一）资助领域", "化学。", "（二）资助强度", "100万元。"],
        {"1 2025年度中波合作研究项目": {"fields": "化学。", "funding": "100万元。"}},
    ),
    "a chapter of another field within one": (
        "bilateral",
        [LETTER, "一、合作领域", "量子。", "二、申报要求", "（一）申报单位要求", "须为法人。", "（二）执行期", "2年。"],
        {
            "1 2024年度中国和奥地利政府间联合研究项目": {
                "fields": "量子。",
                "requirements": "（一）申报单位要求须为法人。",
                "duration": "2年。",
            }
        },
    ),
    "a chapter whose words stand under labels of its own field": (
        "bilateral",
        [LETTER, "一、合作领域", "量子。", "二、申报条件", "中方申报要求：", "1.须为企业。", "外方申报要求：", "1.须有企业。"],
        {
            "1 2024年度中国和奥地利政府间联合研究项目": {
                "fields": "量子。",
                "requirements": "中方申报要求：1.须为企业。外方申报要求：1.须有企业。",
            }
        },
    ),
    "two chapters of points are one field": (
        "bilateral",
        [LETTER, "一、合作领域", "量子。", "二、申请资格", "须为法人。", "三、限项规定", "限报1项。"],
        {
            "1 2024年度中国和奥地利政府间联合研究项目": {
                "fields": "量子。",
                "requirements": "须为法人。限报1项。",
            }
        },
    ),
    "sentences state what no chapter names": (
        "bilateral",
        [LETTER, "一、申报领域和要求", "1.本次征集的项目合作领域确定为：能源；", "2.合作期限为3年；", "3.单方申请无效。"],
        {
            "1 2024年度中国和奥地利政府间联合研究项目": {
                "fields": "能源",
                "duration": "3年",
                "requirements": "1.本次征集的项目合作领域确定为：能源；2.合作期限为3年；3.单方申请无效。",
            }
        },
    ),
    "directions in prose, and what holds for all": (
        "local-science",
        [GUIDE, "一、总体要求", "开展研究。", "二、支持方向", "1.科技成果转化研究", "分析现状。", "2.未来产业研究", "研判趋势。",
         "三、申报条件", "须为法人。", "四、执行期", "1年。"],
        {
            "1 科技成果转化研究": {"content": "分析现状。"},
            "2 未来产业研究": {"content": "研判趋势。"},
            "common": {"requirements": "须为法人。", "duration": "1年。"},
        },
    ),
    "directions in groups": (
        "local-science",
        [GUIDE, "一、支持方向", "（一）产业", "1.未来产业研究", "研判趋势。", "（二）民生", "1.养老研究", "分析需求。"],
        {"1 未来产业研究": {"content": "研判趋势。"}, "2 养老研究": {"content": "分析需求。"}},
    ),
    "directions that are names alone are topics": (
        "local-science",
        [GUIDE, "一、支持领域", "（一）人工智能", "（二）生物技术", "二、申报条件", "须为法人。"],
        {"1 2025年度滨江市软科学研究项目申报指南": {"fields": "（一）人工智能（二）生物技术", "requirements": "须为法人。"}},
    ),
    "directions with lists below them are topics": (
        "nsfc",
        ["2023年度中国和波兰合作研究项目指南", "一、资助领域", "（一）量子材料", "1.低维材料；", "2.强耦合体系。", "（二）高山生态", "1.碳循环；",
         "申请代码须为A20。", "二、资助期限", "3年。"],
        {
            "1 2023年度中国和波兰合作研究项目": {
                "fields": "（一）量子材料1.低维材料；2.强耦合体系。（二）高山生态1.碳循环；申请代码须为A20。",
                "duration": "3年。",
            }
        },
    ),
    "a chapter that only holds those of other fields": (
        "nsfc",
        ["2023年度中国和波兰合作研究项目指南", "一、资助领域", "化学。", "二、资助规模与强度", "（一）资助期限", "4年。", "（二）资助强度", "100万元。"],
        {"1 2023年度中国和波兰合作研究项目": {"fields": "化学。", "duration": "4年。", "funding": "100万元。"}},
    ),
    "directions 1 and 2 below topic 1": (
        "provincial",
        [GUIDE, "专题一：产业研发", "一、支持内容", "设两个方向：", "方向1：水处理", "膜材料。", "方向2：制造", "机床。", "二、支持强度", "100万元。",
         "专题二：科技合作", "一、支持内容", "示范。", "二、支持强度", "80万元。"],
        {
            "1 产业研发": {"支持内容": "设两个方向：方向1：水处理膜材料。方向2：制造机床。", "funding": "100万元。"},
            "2 科技合作": {"支持内容": "示范。", "funding": "80万元。"},
        },
    ),
    "topics with chapters of their own": (
        "provincial",
        [GUIDE, "一、支持专题", "专题一：中国和以色列研发", "（一）支持方向", "水处理。", "（二）支持强度", "100万元。",
         "专题二：中国和德国研发", "（一）支持方向", "制造。", "（二）支持强度", "80万元。", "二、申报要求", "须为法人。"],
        {
            "1 中国和以色列研发": {"fields": "水处理。", "funding": "100万元。"},
            "2 中国和德国研发": {"fields": "制造。", "funding": "80万元。"},
            "common": {"requirements": "须为法人。"},
        },
    ),
    **{
        f"labels as headings in sections: {one}": (
            "intergovernmental",
            ["“政府间国际科技创新合作”重点专项2018年度项目申报指南", "1.1中国和美国合作项目", one, "《甲》。", other, "农业。",
             "1.2中国和德国合作项目", one, "《乙》。", other, "能源。"],
            {
                "1.1 中国和美国合作项目": {"agreement": "《甲》。", "fields": "农业。"},
                "1.2 中国和德国合作项目": {"agreement": "《乙》。", "fields": "能源。"},
            },
        )
        for one, other in (("（一）合作协议", "（二）领域方向"), ("【合作协议】", "【领域方向】"), ("1.合作协议", "2.领域方向"), ("合作协议", "领域方向"))
    },
    "sections with two numbers that have chapters of their own": (
        "provincial",
        [GUIDE, "1.1中国和以色列研发", "（一）支持方向", "水处理。", "（二）支持强度", "100万元。",
         "1.2中国和德国研发", "（一）支持方向", "制造。", "（二）支持强度", "80万元。"],
        {
            "1.1 中国和以色列研发": {"fields": "水处理。", "funding": "100万元。"},
            "1.2 中国和德国研发": {"fields": "制造。", "funding": "80万元。"},
        },
    ),
    "what stands behind sections under headings holds for all": (
        "intergovernmental",
        ["“政府间国际科技创新合作”重点专项2018年度项目申报指南", "一、总体目标", "加强合作。", "1.1中国和美国合作项目",
         "合作协议：《甲》。", "领域方向：农业。", "二、申报要求", "（一）执行期", "2年。"],
        {
            "1.1 中国和美国合作项目": {"agreement": "《甲》。", "fields": "农业。"},
            "common": {"duration": "2年。"},
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_chapters_become_parts(name: str) -> None:
    profile, lines, want = ROWS[name]
    assert parts(cut(profile, *lines)) == want


def test_a_point_over_two_lines_is_no_heading() -> None:
    printed = [("1.须为法人。", True), ("2.检测限达到", True), ("10ppm。", False), ("3.须有经验。", True)]
    lines = [Line(text(words), 1, starts) for words, starts in [("一、申报条件", True), *printed]]
    (chapter,) = read_outline(lines, load_profile("bilateral")).chapters
    assert [str(line.text) for line in chapter.lines] == [words for words, _ in printed]
    assert chapter.children == []


def test_numbers_run_on_through_groups_of_a_chapter() -> None:
    printed = [
        "一、支持方向",
        "（一）数字",
        "1.服务",
        "甲。",
        "（二）治理",
        "2.社区",
        "乙。",
        "二、材料",
        "3.不是标题",
        "丙。",
    ]
    lines = [Line(text(words), 1, True) for words in printed]
    directions, papers = read_outline(lines, load_profile("local-science")).chapters
    assert [[item.number for item in group.children] for group in directions.children] == [["1"], ["2"]]
    assert papers.children == []


NAMES = {
    "支持方向": ("fields", "directions"),
    "项目申报条件": ("requirements",),
    "资助标准和期限": ("funding", "duration"),
    "联系人及电话": ("other",),
    "申报材料与程序": ("other",),
    "总体要求": ("outer",),
    "支持方向的说明文字": (),
    "项目": (),
}


@pytest.mark.parametrize(("words", "want"), NAMES.items())
def test_words_of_headings_name_what_stands_below(words: str, want: tuple[str, ...]) -> None:
    assert names_of(words, load_profile("local-science")) == want


def read(tmp_path: Path, profile: str, *lines: str) -> Guide:
    file = tmp_path / "call.txt"
    file.write_text("\n".join(lines), "utf-8")
    return extract_guide(file, profile=profile)


def test_an_unknown_chapter_is_kept_and_told(tmp_path: Path) -> None:
    record = read(tmp_path, "bilateral", LETTER, "一、合作领域", "量子。", "二、特别安排", "另行商定。")
    assert [(part.label, part.text) for part in record.sections[0].other] == [("特别安排", "另行商定。")]
    assert [one.code for one in record.findings if one.section == "1" and one.code == "label-unknown"]


def test_every_character_of_a_call_is_held(tmp_path: Path) -> None:
    for profile, lines, _ in ROWS.values():
        assert read(tmp_path, profile, *lines).account.unclaimed == 0


def test_a_letter_says_who_signed_it_and_until_when(tmp_path: Path) -> None:
    lines = [LETTER, "国科外便〔2023〕88号", "一、合作领域", "量子。", "二、申报时间", "受理时间为2023年11月1日至12月15日16:00。",
             "三、联系方式", "联系人：张三", "电话：010-55550101", "科技部国际合作司", "2023年10月20日"]  # fmt: skip
    document = read(tmp_path, "bilateral", *lines).guide.document
    assert document is not None
    assert document.number is not None
    assert document.date is not None
    assert document.period is not None
    assert (document.number.text, document.date.date) == ("国科外便〔2023〕88号", "2023-10-20")
    assert [one.text for one in document.issuer] == ["科技部国际合作司"]
    assert (document.period.start, document.period.end) == ("2023-11-01", "2023-12-15T16:00")


def test_families_with_headings_alone_read_no_call(tmp_path: Path) -> None:
    with pytest.raises(UnreadableGuide, match="no sections found"):
        read(
            tmp_path,
            "intergovernmental",
            GUIDE,
            "一、支持方向",
            "1.成果转化研究",
            "分析现状。",
            "二、申报条件",
            "须为法人。",
        )


@pytest.mark.parametrize("chapter", ["二、申报要求", "（二）申报要求", "二、支持领域"])
def test_a_chapter_of_the_introduction_is_no_label(chapter: str) -> None:
    lines = ["“政府间国际科技创新合作”重点专项2020年度港澳台项目申报指南", "一、总体要求", "编制形成了本专项项目申报指南。", chapter, "按照指南方向申报。",
             "内地与香港联合研究项目", "合作协议：《甲》。", "支持领域：农业。", "内地与澳门联合研究项目", "合作协议：《乙》。", "支持领域：能源。"]  # fmt: skip
    guide = cut("intergovernmental", *lines)
    assert [piece.title.printed for piece in guide.pieces] == ["内地与香港联合研究项目", "内地与澳门联合研究项目"]


def test_a_gap_in_an_introduction_is_no_colon() -> None:
    lines = ["“政府间国际科技创新合作”重点专项2018年度项目申报指南", "本专项拟支持项目12项。", "国拨经费 5.65亿元左右，项目执行期限一般为1-2年。",
             "1.1中国和美国合作项目", "合作协议：《甲》。", "领域方向：农业。"]  # fmt: skip
    assert cut("intergovernmental", *lines).common == ()


def test_an_annex_holds_nothing_for_all() -> None:
    lines = ["“政府间国际科技创新合作”重点专项2018年度项目申报指南", "1.1中国和美国合作项目", "合作协议：《甲》。", "领域方向：农业。",
             "附件：形式审查条件要求", "二、申报条件", "须为法人。"]  # fmt: skip
    assert cut("intergovernmental", *lines).common == ()
