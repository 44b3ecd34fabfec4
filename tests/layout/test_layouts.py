"""Small files in the layouts of real life, set by Word's form, browsers and printers: each says what is right in it."""

from collections.abc import Mapping, Sequence
from ctypes import c_float
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from extract.model.record import Guide, Section
from extract.pipeline import extract_guide

FILES = Path(__file__).with_name("files")
TITLE = "“政府间国际科技创新合作”重点专项2019年度第一批项目申报指南"
AGREEMENTS = {
    "1.1": "《中华人民共和国政府和美利坚合众国政府科学技术合作协定》。",
    "1.2": "《中德两国政府关于科学技术合作的联合声明》。",
    "1.3": "《中华人民共和国科学技术部与阿拉伯埃及共和国高等教育与科研部关于科技合作的谅解备忘录》。",
    "1.4": "《中泰科技合作联委会第21次会议纪要》。",
}
# The four sections as each of these files has them: title, fields, projects, yuan, and how the requirements end.
SECTIONS: dict[str, tuple[str, str, int, int, str]] = {
    "1.1": ("中国和美国政府间合作项目", "先进制造、农业与食品科学、环境科学、医药卫生、能源。", 6, 18_000_000, "推荐不超过5个项目。"),
    "1.2": ("中国和德国政府间合作项目", "电动汽车、清洁水。", 3, 9_000_000, "无。"),
    "1.3": ("中国和埃及政府间合作项目", "可再生能源、水、食品与农业、卫生。", 4, 6_000_000, "等额的配套出资。"),
    "1.4": ("中国和泰国政府间合作项目", "铁路、遥感卫星、技术转移。", 2, 4_000_000, "2018年12月31日前完成注册。"),
}  # fmt: skip


@cache
def read(name: str) -> Guide:
    return extract_guide(FILES / name, profile="key-special" if "_ks_" in name else "intergovernmental")


def stated(section: Section) -> tuple[str, str | None, int | None, int | None, str]:
    count, funding = section.project_count.value, section.funding.value
    assert section.requirements.text is not None
    return (
        section.title,
        section.fields.text,
        count.max if count else None,
        funding.max if funding else None,
        section.requirements.text,
    )


FOUR_SECTIONS = (
    "v01_base.pdf",
    "t01_base.html",
    "t02_site.mhtml",
    "t03_tables.html",
    "v29_sup_values.pdf",
    "v28_sup_heading.pdf",
    "z11_footnote_mid.pdf",
    "u01_webprint.pdf",
    "v06_tracked.pdf",
    "v07_linenum.pdf",
    "w1_freetext.pdf",
    "w3b_ocg_digit.pdf",
    "z01_noindent.pdf",
    "v04_autonum.docx",
    "v06_tracked.docx",
    "x02_md_headings.txt",
    "x03_md_bold_label.txt",
)
# What v06_tracked holds after the change that is tracked.
CHANGED = {"v06_tracked.pdf": {"1.2": 5}, "v06_tracked.docx": {"1.2": 5}}
ENDS = {("z11_footnote_mid.pdf", "1.3"): "接受主管部门的监督检查。"}


@pytest.mark.parametrize("name", FOUR_SECTIONS)
def test_the_four_sections(name: str) -> None:
    guide = read(name)
    assert guide.guide.title == TITLE
    assert [section.number for section in guide.sections] == list(SECTIONS)
    for section in guide.sections:
        title, fields, count, funding, end = SECTIONS[section.number]
        count = CHANGED.get(name, {}).get(section.number, count)
        *values, requirements = stated(section)
        assert values == [title, fields, count, funding]
        assert requirements.endswith(ENDS.get((name, section.number), end))
        assert section.agreement.text == AGREEMENTS[section.number]
    assert [check.code for check in guide.checks if check.outcome == "contradicted"] == []
    assert guide.account.unclaimed == 0


# What each file tells: code, section, and a part of the message.
TOLD: dict[str, list[tuple[str, str | None, Mapping[str, Any]]]] = {
    "v01_base.pdf": [],
    "t01_base.html": [],
    "v06_tracked.pdf": [("text-struck-out", "1.2", {"words": "3"})],
    "v06_tracked.docx": [("text-struck-out", "1.2", {"words": "3"})],
    "v04_autonum.docx": [],
    "w1_freetext.pdf": [("page-remark", "1.2", {"kind": "FreeText", "words": "更正：5个项目"})],
    "w3b_ocg_digit.pdf": [("text-hidden", "1.2", {"variant": "page", "reason": "hidden", "page": 1, "words": "1"})],
}


@pytest.mark.parametrize("name", TOLD)
def test_findings(name: str) -> None:
    assert [(one.code, one.section, one.args) for one in read(name).findings] == TOLD[name]


EXCLUDED = {
    "t03_tables.html": [
        "首页政务公开办事服务互动交流",
        "组织机构",
        "信息公开",
        "科技政策",
        "相关新闻",
        "科技部关于发布国家重点研发计划2018年度项目申报指南的通知2018-05-02",
        "关于开展2019年度项目申报的补充通知2018-06-02",
        "发布时间：2019-03-02　来源：科技部　【字体：大 中 小】 浏览次数：1203",
        "版权所有：中华人民共和国某部　京ICP备05000000号-1　网站标识码bm00000001",
        "主办单位：某部办公厅　地址：北京市复兴路　邮编：100862",
        "联系我们 | 网站地图",
        "建议使用IE9以上浏览器浏览本网站。",
    ],
    "v29_sup_values.pdf": ["²", "³", "⁴"] * 4,
    "v28_sup_heading.pdf": ["¹"] * 4,
    "v06_tracked.pdf": ["3"],
    "w3b_ocg_digit.pdf": ["1"],
    "v07_linenum.pdf": [str(number) for number in range(1, 37)],
    "u01_webprint.pdf": [
        "11/28/26, 2:58 PM 关于发布2019年度第一批项目申报指南的通知",
        "http://127.0.0.1:8765/u01_webprint.html 1/2",
        "11/28/26, 2:58 PM 关于发布2019年度第一批项目申报指南的通知",
        "http://127.0.0.1:8765/u01_webprint.html 2/2",
    ],
}


@pytest.mark.parametrize("name", EXCLUDED)
def test_what_is_excluded(name: str) -> None:
    assert ["".join(one.quote for one in piece.evidence) for piece in read(name).account.excluded] == EXCLUDED[name]


def test_a_note_is_tied_to_the_section_that_refers_to_it() -> None:
    guide = read("z11_footnote_mid.pdf")
    (note,) = guide.sections[2].notes
    assert (note.mark, note.text) == ("1", "本指南所称企业不含外资控股企业。")
    assert [one.quote[-2:] for one in note.references] == ["企业"]
    assert [section.notes for section in (*guide.sections[:2], guide.sections[3])] == [(), (), ()]


def with_strike_out(name: str, words: str, target: Path) -> Path:
    """A copy of a file in which a remark strikes out words of its first page."""
    opened = pypdfium2.PdfDocument((FILES / name).read_bytes())
    page = opened[0]
    text = page.get_textpage()
    start = text.get_text_range().index(words)
    boxes = [text.get_charbox(at) for at in range(start, start + len(words))]
    left, low, right, high = boxes[0][0], min(box[1] for box in boxes), boxes[-1][2], max(box[3] for box in boxes)
    remark = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_STRIKEOUT)
    corners = (left, high, right, high, left, low, right, low)
    pdfium.FPDFAnnot_AppendAttachmentPoints(remark, pdfium.FS_QUADPOINTSF(*map(c_float, corners)))
    pdfium.FPDFAnnot_SetRect(remark, pdfium.FS_RECTF(*map(c_float, (left, high, right, low))))
    pdfium.FPDFPage_CloseAnnot(remark)
    opened.save(target)
    opened.close()
    return target


def test_what_a_remark_strikes_out_is_struck_out_for_both_readers(tmp_path: Path) -> None:
    guide = extract_guide(with_strike_out("v01_base.pdf", "2）每个推荐部门推荐", tmp_path / "struck.pdf"))
    assert guide.sections[0].requirements.text == "1）项目执行期为3年。不超过5个项目。"
    assert [one.code for one in guide.findings] == ["text-struck-out"]
    assert [check.code for check in guide.checks if check.outcome == "contradicted"] == []


def test_scripts_keep_their_meaning() -> None:
    first, second = read("v30_ks_sub.pdf").sections
    assert first.indicators.text == (
        "CO₂捕集率≥90%，再生能耗≤2.4GJ/tCO₂；吸附剂比表面积≥1500m²/g；万吨级装置连续运行≥1000h；累计捕集CO₂不少于10⁴t；"
        "申请发明专利不少于10项。"
    )
    assert second.title == "城市大气PM₂.₅与O₃协同控制技术（共性关键技术类）"
    assert second.indicators.text == "PM₂.₅年均浓度下降15%以上，O₃超标天数下降10%；传感器检出限优于10⁻⁹。"


# Projects, ten thousand yuan and the end of the requirements, section by section, as the pages say.
FURNITURE = [
    (9, 4700, "无。"), (3, 3800, "不超过3个项目。"), (7, 2800, "合作基础的单位。"), (7, 1700, "合作基础的单位。"),
    (7, 3000, "无。"), (10, 1500, "不超过3个项目。"), (7, 6000, "无。"), (5, 3200, "合作基础的单位。"),
    (2, 4500, "合作基础的单位。"), (8, 3500, "不超过3个项目。"), (4, 500, "无。"), (4, 3500, "不超过3个项目。"),
    (2, 4300, "不超过3个项目。"), (3, 3400, "合作基础的单位。"), (11, 4900, "无。"),
]  # fmt: skip


def test_lines_that_end_every_page_are_no_feet() -> None:
    """The last lines of seven pages come again within the text block: 其他要求：无。"""
    guide = read("furniture.pdf")
    assert [section.number for section in guide.sections] == [f"1.{number}" for number in range(1, 16)]
    for section, (count, funding, end) in zip(guide.sections, FURNITURE, strict=True):
        _, _, *figures, requirements = stated(section)
        assert figures == [count, funding * 10_000]
        assert requirements.endswith(end)
    assert guide.account.excluded == ()


# By a browser: y01 has a red head, a notice and its enclosures above the title on the same page, y02 a cover and contents
# on pages before it, y03 remarks, issuer and date below it.
FRONT_MATTER = {
    "x32_notice_before.txt": TITLE,
    "u05_toc.pdf": TITLE,
    "y01_red_head.pdf": TITLE,
    "y02_cover_contents.pdf": TITLE,
    "y03_title_remarks.pdf": f"国家重点研发计划{TITLE}",
}


@pytest.mark.parametrize("name", ["x32_notice_before.txt", "y01_red_head.pdf"])
def test_the_notice_above_the_guide(name: str) -> None:
    notice = read(name).guide.document
    assert notice
    assert notice.title
    assert notice.title.text.startswith("科技部关于发布国家重点研发计划“政府间")
    assert notice.title.text.endswith("2019年度第一批项目申报指南的通知")
    assert [one.text for one in notice.issuer] == ["科技部"]
    assert notice.number
    assert notice.date
    assert notice.period
    assert (notice.number.text, notice.date.date) == ("国科发资〔2018〕300号", "2018-10-10")
    assert (notice.period.start, notice.period.end) == ("2018-11-01T08:00", "2018-12-20T16:00")


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_the_guide_behind_its_front_matter(name: str) -> None:
    guide = read(name)
    assert guide.guide.title == FRONT_MATTER[name]
    assert [(section.number, section.title) for section in guide.sections] == [
        (number, title) for number, (title, *_) in SECTIONS.items()
    ]
    declared = guide.guide.declared
    assert declared.partners is not None
    assert declared.projects is not None
    assert (declared.partners.count, declared.projects.max, declared.funding, guide.guide.basis) == (4, 15, None, ())
    assert guide.account.unclaimed == 0
    assert [one.code for one in guide.findings if one.severity != "info"] == []


def test_about_is_read() -> None:
    guide = read("about.txt")
    assert guide.guide.title == "“政府间国际科技创新合作”重点专项2019年度项目申报指南"
    assert [stated(section)[2] for section in guide.sections] == [80, 78]
    assert guide.guide.declared.projects is not None
    assert (guide.guide.declared.projects.max, guide.guide.declared.projects.approximate) == (15, True)


# How headings and paragraphs are laid out, and the sections.
HEADINGS = {
    "heading_flush.pdf": (
        "中古（巴） 中美 中法 中巴（西） 中澳（大利亚） 中越（南） 中波（兰） 中德 中埃（及） 中俄 中意（大利） 中韩",
        [9, 3, 2, 6, 11, 5, 5, 9, 10, 5, 2, 5],
    ),
    "k3_long_intro_indented.txt": (
        "美国 德国 埃及 泰国 法国 日本 英国 韩国 意大利 荷兰 波兰 捷克 奥地利 葡萄牙 丹麦",
        [6, 3, 4, 2, *range(5, 16)],
    ),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_at_the_margin_of_indented_text(name: str) -> None:
    guide = read(name)
    partners, counts = HEADINGS[name]
    prefix = "" if name.endswith(".pdf") else "中国和"
    assert [section.title for section in guide.sections] == [
        f"{prefix}{partner}政府间合作项目" for partner in partners.split()
    ]
    assert [section.number for section in guide.sections] == [f"1.{place}" for place in range(1, len(counts) + 1)]
    assert [stated(section)[2] for section in guide.sections] == counts
    assert {finding.code for finding in guide.findings} <= {"forms-unified"}
    assert [check.code for check in guide.checks if check.outcome == "contradicted"] == []


CENTRED = "美国 德国 埃及 泰国 法国 日本 英国 韩国 意大利 荷兰 波兰 捷克 奥地利 葡萄牙 丹麦 巴西 古巴 希腊"


def test_centred_headings_of_two_lines_set_by_a_browser() -> None:
    """Where no other line is continued, and lines of text end shortly before the edge."""
    guide = read("headings_centred.pdf")
    assert [section.title for section in guide.sections] == [
        f"中国和{partner}政府间清洁能源与气候变化应对技术联合研究及成果转化示范推广合作项目"
        for partner in CENTRED.split()
    ]
    assert [stated(section)[2] for section in guide.sections] == list(range(1, 19))
    assert {finding.code for finding in guide.findings} == {"forms-unified"}


HEAD = "国家重点研发计划2019年度指南"
# A text dump: sections whose requirements all have other words, and are broken at 24 ems.
DUMP = [
    "2019年度项目申报指南",
    "2019年，本专项支持我与5个国家开展合作。",
    *chain.from_iterable(
        (
            f"1.{number} 中国和{partner}合作项目", f"合作协议：《中国和{partner}科技协定》。", "领域方向：农业、能源。",
            f"拟支持项目数：{number}个项目。", f"拟支持经费：{number}00万元。",
            f"其他要求：申报{partner}项目的单位须具有独立法人资格和{partner[0]}",
            f"语能力，并与{partner}合作方签署合作协议或者备忘录，由其所在{partner[0]}", "地推荐部门推荐。",
        )
        for number, partner in enumerate(("美国", "德国", "埃及", "泰国", "法国"), 1)
    ),
]  # fmt: skip


def with_lines(at: Mapping[int, Sequence[str]]) -> list[str]:
    """The dump with more lines above those of these numbers."""
    return [words for number, line in enumerate(DUMP) for words in (*at.get(number, ()), line)]


# The lines of a file, and what is left out as heads and feet; everything else is read.
DUMPS: dict[str, tuple[list[str], list[str]]] = {
    "nothing": (DUMP, []),
    "twice in a sentence": (with_lines({8: [HEAD], 25: [HEAD]}), [HEAD] * 2),
    "in a sentence and between paragraphs": (with_lines({8: [HEAD], 18: [HEAD], 28: [HEAD], 36: [HEAD]}), [HEAD] * 4),
    "with numbers of pages": (
        with_lines({n: [f"- {page} -", HEAD] for page, n in enumerate((12, 20, 34), 1)}),
        [words for page in (1, 2, 3) for words in (f"- {page} -", HEAD)],
    ),
    "with its number in it": (
        with_lines({8: [HEAD + " 第2页"], 24: [HEAD + " 第3页"]}),
        [HEAD + " 第2页", HEAD + " 第3页"],
    ),
    "the title": (with_lines({8: [DUMP[0]], 24: [DUMP[0]]}), [DUMP[0]] * 2),
    "head and foot": (with_lines({n: ["国际合作司", HEAD] for n in (8, 24)}), ["国际合作司", HEAD] * 2),
    "at even distances, in no sentence": (with_lines({0: [HEAD], 14: [HEAD], 27: [HEAD], 41: [HEAD]}), [HEAD] * 4),
}


def read_lines(folder: Path, lines: Sequence[str]) -> Guide:
    file = folder / "guide.txt"
    file.write_text("\n".join(lines), "utf-8")
    return extract_guide(file)


@pytest.mark.parametrize("name", DUMPS)
def test_heads_of_a_text_dump_are_left_out(name: str, tmp_path: Path) -> None:
    lines, excluded = DUMPS[name]
    clean, guide = read_lines(tmp_path, DUMP), read_lines(tmp_path, lines)
    assert ["".join(one.quote for one in piece.evidence) for piece in guide.account.excluded] == excluded
    assert guide.guide.title == clean.guide.title == DUMP[0]
    assert [stated(section) for section in guide.sections] == [stated(section) for section in clean.sections]
    assert [(one.code, one.section) for one in guide.findings] == [(one.code, one.section) for one in clean.findings]
    assert len(guide.sections) == 5


# Lines that come again in each section and belong to it.
SAME: dict[str, list[str]] = {
    "a line of the same sentence": ["其他要求：双方须在规定时间内同时提交申请材料，且", "须与外方签署协议", "并由推荐部门推荐。"],
    "a value without a full stop": ["其他要求", "无"],
    "a value below its label": ["其他要求：", "详见外方指南"],
    "a last line without a full stop": ["其他要求：双方须在规定时间内同时提交申请材料，且", "由部门推荐"],
    "a value at the foot of a page": ["其他要求：", "无", "- {page} -"],
    "a paragraph under no label": ["其他要求：无。", "推荐单位见附件"],
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_comes_again_in_the_sections_of_a_text_is_read(name: str, tmp_path: Path) -> None:
    lines = DUMP[:2] + [
        words
        for start in range(2, len(DUMP), 8)
        for words in (
            *DUMP[start : start + 5],
            *(same.format(page=start // 8 + 1) for same in SAME[name]),
            *["拟支持时间：3年。"][: start % 3],
        )
    ]
    excluded = ["".join(one.quote for one in piece.evidence) for piece in read_lines(tmp_path, lines).account.excluded]
    assert excluded == [words for words in lines if words.startswith("- ")]


def test_a_sum_far_from_about_is_contradicted() -> None:
    """The sections sum to 158, 15项左右 is declared."""
    outcomes = {check.code: check.outcome for check in read("about.txt").checks}
    assert (outcomes["projects-declared"], outcomes["partners-declared"]) == ("contradicted", "proved")
