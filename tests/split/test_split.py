"""Structure: where sections and labelled parts begin and end, in plain text, line by line."""

from math import inf
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

from extract import Guide, UnreadableGuide, extract_guide
from extract.model.stages import Line
from extract.model.text import MAYBE, Cell, Glyph, GlyphTable, text_of_glyphs
from extract.profile.files import load_profile
from extract.split.headings import find_headings
from extract.split.labels import label_matcher
from extract.split.line_joining import close_words, join_lines
from tests.support.case_tables import plain_guide, text

TITLE = "“政府间国际科技创新合作”重点专项2018年度项目申报指南"
A, F, C, M = "合作协议：《甲》。", "领域方向：农业、能源。", "拟支持项目数：3个项目。", "拟支持经费：600万元。"
R = "其他要求：双方须同时申报，并由推荐部门推荐。"


def cut(*lines: str) -> dict[str, dict[str, str]]:
    """The sections of a guide of these lines: number and title, and the text under each label."""
    return {
        f"{piece.number} {piece.title}": {part.label.printed: part.text.printed for part in piece.parts}
        for piece in plain_guide([TITLE, *lines]).pieces
    }


def guide(tmp_path: Path, *lines: str) -> Guide:
    file = tmp_path / "guide.txt"
    file.write_text("\n".join([TITLE, *lines]), "utf-8")
    return extract_guide(file)


def codes(record: Guide) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.section) for finding in record.findings if finding.code != "field-absent"}


PARTS: dict[str, tuple[list[str], dict[str, dict[str, str]]]] = {
    "two figures on one line": (
        ["1.1中美合作项目", A, "拟支持项目数：3个项目，拟支持经费：600万元。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "拟支持项目数": "3个项目", "拟支持经费": "600万元。"}},
    ),
    "a label in the middle of a line": (
        ["1.1中美合作项目", "合作协议：《甲》。领域方向：农业（含食品）拟支持项目数：3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业（含食品）", "拟支持项目数": "3个项目。"}},
    ),
    "a value on the next line": (
        ["1.1中美合作项目", "合作协议：", "《甲》。", "拟支持项目数", "3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "拟支持项目数": "3个项目。"}},
    ),
    "the longest label": (
        ["1.1中美合作项目", A, "共拟支持经费：600万元。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "共拟支持经费": "600万元。"}},
    ),
    "half-width colons and numbered labels": (
        ["1.1中美合作项目", "1. 合作协议:《甲》。", "2. 领域方向:农业。", "3. 拟支持项目数:3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业。", "拟支持项目数": "3个项目。"}},
    ),
    "labels numbered in brackets": (
        ["1.1中美合作项目", "（1）合作协议：《甲》。", "（2）领域方向：农业。", "（3） 拟支持项目数：3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业。", "拟支持项目数": "3个项目。"}},
    ),
    "labels numbered in brackets in Chinese": (
        ["1.1中美合作项目", "（一）合作协议：《甲》。", "（二）领域方向：农业。", "（三）拟支持项目数：3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业。", "拟支持项目数": "3个项目。"}},
    ),
    "labels numbered in Chinese": (
        ["1.1中美合作项目", "一、合作协议：《甲》。", "二、领域方向：农业。", "三、拟支持项目数：3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业。", "拟支持项目数": "3个项目。"}},
    ),
    "labels with half a bracket behind their numbers": (
        ["1.1中美合作项目", "1）合作协议：《甲》。", "2）领域方向：农业。", "3） 拟支持项目数：3个项目。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业。", "拟支持项目数": "3个项目。"}},
    ),
    "points of a list that look like labels numbered in brackets": (
        ["1.1中美合作项目", A, "其他要求：（1）须有企业参与。", "（2）联系人：王某。", "（3）须由一家单位牵头。"],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "其他要求": "（1）须有企业参与。（2）联系人：王某。（3）须由一家单位牵头。",
            }
        },
    ),
    "labels in cells": (
        ["1.1中美合作项目", A, "【拟支持项目数】3个项目。", "拟支持经费 600万元。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "拟支持项目数": "3个项目。", "拟支持经费": "600万元。"}},
    ),
    "all labels in cells": (
        ["1.1中美合作项目", "合作协议 《甲》", "拟支持项目数 3个", "执行期 3年", "1.2中德合作项目", "合作协议 《乙》"],
        {
            "1.1 中美合作项目": {"合作协议": "《甲》", "拟支持项目数": "3个", "执行期": "3年"},
            "1.2 中德合作项目": {"合作协议": "《乙》"},
        },
    ),
    "all labels in 【】": (
        [
            "1.1中美合作项目",
            "【合作依据】《甲》",
            "【支持数量】3个",
            "1.2中德合作项目",
            "【合作依据】《乙》",
            "【支持数量】2个",
        ],
        {
            "1.1 中美合作项目": {"合作依据": "《甲》", "支持数量": "3个"},
            "1.2 中德合作项目": {"合作依据": "《乙》", "支持数量": "2个"},
        },
    ),
    "labels in 【】 above their words": (
        ["1.1中美合作项目", "【合作依据】", "《甲》。", "【支持领域】", "农业、能源。", "【支持数量】", "3个。"],
        {"1.1 中美合作项目": {"合作依据": "《甲》。", "支持领域": "农业、能源。", "支持数量": "3个。"}},
    ),
    "short labels in 【】": (
        ["1.1中美合作项目", "【合作依据】《甲》", "【背景】合作已久"],
        {"1.1 中美合作项目": {"合作依据": "《甲》", "背景": "合作已久"}},
    ),
    "a label word after a line whose sentence goes on": (
        ["1.1中美合作项目", A, "其他要求：须符合项目，", "支持经费：600万元的规定。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "须符合项目，支持经费：600万元的规定。"}},
    ),
    "headings at the margin below a full line of indented text": (
        [
            "1.1中美合作项目",
            "　　合作协议：《甲》。",
            "　　领域方向：农业、能源。",
            "　　其他要求：双方须同时申报，由推荐部门推荐。",
            "1.2中德合作项目",
            "　　合作协议：《乙》。",
            "　　其他要求：双方须同时申报。",
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业、能源。",
                "其他要求": "双方须同时申报，由推荐部门推荐。",
            },
            "1.2 中德合作项目": {"合作协议": "《乙》。", "其他要求": "双方须同时申报。"},
        },
    ),
    "ordinals at the margin below a full line of indented text": (
        [
            "一、中美合作项目",
            "　　合作协议：《甲》。",
            "　　领域方向：农业、能源。",
            "　　其他要求：双方须同时申报，由推荐部门推荐。",
            "二、中德合作项目",
            "　　合作协议：《乙》。",
            "　　其他要求：双方须同时申报。",
        ],
        {
            "1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业、能源。",
                "其他要求": "双方须同时申报，由推荐部门推荐。",
            },
            "2 中德合作项目": {"合作协议": "《乙》。", "其他要求": "双方须同时申报。"},
        },
    ),
    "a due number at the margin below a full line, above another label than the first section's": (
        [
            "1.1中美合作项目",
            "　　合作协议：《甲》。",
            "　　领域方向：农业、能源。",
            "　　其他要求：双方须同时申报，由推荐部门统一推荐，逾期不予受理。",
            "1.2中德合作项目",
            "　　领域方向：农业、能源。",
            "　　其他要求：双方须同时申报。",
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业、能源。",
                "其他要求": "双方须同时申报，由推荐部门统一推荐，逾期不予受理。",
            },
            "1.2 中德合作项目": {"领域方向": "农业、能源。", "其他要求": "双方须同时申报。"},
        },
    ),
    "a heading without a number above a label that the section before has": (
        ["中美合作项目", A, "领域方向：农业。", C, "中德合作项目", "领域方向：能源。", C],
        {
            "1 中美合作项目": {"合作协议": "《甲》。", "领域方向": "农业。", "拟支持项目数": "3个项目。"},
            "2 中德合作项目": {"领域方向": "能源。", "拟支持项目数": "3个项目。"},
        },
    ),
    "the second line of a heading, indented below a full first one": (
        [
            "中美合作项目",
            f"　　{A}",
            "　　领域方向：农业、能源、环境、材料科学、信息科学与技术、数学与物理学。",
            "中国和法国科技合作联合委员会框架下重大传染病防控与公共卫生技术联合研",
            "　　发与示范项目",
            f"　　{A}",
            "　　领域方向：能源。",
        ],
        {
            "1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业、能源、环境、材料科学、信息科学与技术、数学与物理学。",
            },
            "2 中国和法国科技合作联合委员会框架下重大传染病防控与公共卫生技术联合研发与示范项目": {
                "合作协议": "《甲》。",
                "领域方向": "能源。",
            },
        },
    ),
    "a group at the margin below a full line of indented text": (
        [
            "1.1双边合作项目",
            "1.1.1中美合作项目",
            "　　合作协议：《甲》。",
            "　　其他要求：双方须同时申报，由推荐部门统一推荐，逾期不予受理。",
            "1.2多边合作项目",
            "1.2.1中德合作项目",
            "　　合作协议：《乙》。",
        ],
        {
            "1.1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "其他要求": "双方须同时申报，由推荐部门统一推荐，逾期不予受理。",
            },
            "1.2.1 中德合作项目": {"合作协议": "《乙》。"},
        },
    ),
    "the last words of a sentence are no label alone on its line": (
        [
            "1.1中美合作项目",
            "　　合作协议：《甲》。",
            "　　领域方向：农业、能源、环境、材料科学、信息科学与技术、数学与物理学等",
            "重点领域",
            "　　拟支持项目数：3个项目。",
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业、能源、环境、材料科学、信息科学与技术、数学与物理学等重点领域",
                "拟支持项目数": "3个项目。",
            }
        },
    ),
    "a number within a sentence that is not due heads nothing": (
        [
            "1.1中美合作项目",
            "　　合作协议：《甲》。",
            "　　其他要求：双方须同时申报，由推荐部门推荐，参照第",
            "1.2节所述办法",
            "　　合作协议：《乙》。",
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《乙》。",
                "其他要求": "双方须同时申报，由推荐部门推荐，参照第1.2节所述办法",
            }
        },
    ),
    "a label word in prose is no label": (
        ["1.1中美合作项目", A, "其他要求：须符合拟支持项目数的规定，按其他要求办理。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "须符合拟支持项目数的规定，按其他要求办理。"}},
    ),
    "a label within the points of a list": (
        ["1.1中美合作项目", A, "其他要求：1）须有企业参与；2）申报时间：2020年3月1日前提交；3）联系人：王某。"],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "其他要求": "1）须有企业参与；2）申报时间：2020年3月1日前提交；3）联系人：王某。",
            }
        },
    ),
    "a label in a point of a list, at the start of a line": (
        ["1.1中美合作项目", A, "其他要求：（1）须有企业参与，并由推荐部门推荐至科技部；（2）", "联系人：王某。"],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "其他要求": "（1）须有企业参与，并由推荐部门推荐至科技部；（2）联系人：王某。",
            }
        },
    ),
    "a label in a point of a list, at the start of a line, circled": (
        ["1.1中美合作项目", A, "其他要求：①须有企业参与，并由推荐部门推荐至科技部；②", "联系人：王某。"],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "其他要求": "①须有企业参与，并由推荐部门推荐至科技部；②联系人：王某。",
            }
        },
    ),
    "a point with a circled mark is no label": (
        ["1.1中美合作项目", A, "其他要求：①须有企业参与。", "②联系人：王某。", "③须由一家单位牵头。"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "①须有企业参与。②联系人：王某。③须由一家单位牵头。"}},
    ),
    "a heading whose first line ends within a list": (
        ["1.1中美合作项目", A, "1.2中日政府间科技合作协定框架下先进制造、能源、", "人工智能联合研究项目", A],
        {
            "1.1 中美合作项目": {"合作协议": "《甲》。"},
            "1.2 中日政府间科技合作协定框架下先进制造、能源、人工智能联合研究项目": {"合作协议": "《甲》。"},
        },
    ),
    "a number that is due is no other printed twice": (
        ["1.10中美合作项目", A, "1.11中德政府间合作", "1.11.1农业合作项目", A, "1.11.2能源合作项目", A],
        {
            title: {"合作协议": "《甲》。"}
            for title in ("1.10 中美合作项目", "1.11.1 农业合作项目", "1.11.2 能源合作项目")
        },
    ),
    "a value that begins with a label's words": (
        ["1.1中美合作项目", A, "支持额度：", "国拨经费 1100万元"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "支持额度": "国拨经费1100万元"}},
    ),
    "a wrapped number before a bracket": (
        [
            "1.1中美合作项目",
            A,
            "领域方向：渔业与水产养殖、现代农业装备与智能制造（工业",
            "4.0）",
            "任务目标：两篇论文。",
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "渔业与水产养殖、现代农业装备与智能制造（工业4.0）",
                "任务目标": "两篇论文。",
            }
        },
    ),
    "a short line before a bracket that goes on": (
        ["1.1中美合作项目", A, "领域方向：作物育种与荒漠化防治以及绿色化工技术；量子信息", "（PLM）；交通。", C],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "作物育种与荒漠化防治以及绿色化工技术；量子信息（PLM）；交通。",
                "拟支持项目数": "3个项目。",
            }
        },
    ),
    "a heading without a number over two lines": (
        [
            "中国和法国政府间科技合作协定框架下先进制造、人工智能与新一代信息技术",
            "联合研究与产业化示范合作项目",
            A,
            "领域方向：农业食品（重点是现代农业加工和绿色食品）、能源、环境、信息通讯。",
            "中国和德国政府间科技合作协定框架下先进制造、人工智能与新一代信息技术",
            "联合研究与产业化示范合作项目",
            A,
        ],
        {
            "1 中国和法国政府间科技合作协定框架下先进制造、人工智能与新一代信息技术联合研究与产业化示范合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业食品（重点是现代农业加工和绿色食品）、能源、环境、信息通讯。",
            },
            "2 中国和德国政府间科技合作协定框架下先进制造、人工智能与新一代信息技术联合研究与产业化示范合作项目": {
                "合作协议": "《甲》。"
            },
        },
    ),
    "a label broken over two lines": (
        [
            "1.1中美合作项目",
            A,
            "领域方向：农业食品（重点是现代农业加工和绿色食品）、能源、环境。拟支持",
            "项目数：3个项目。",
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "农业食品（重点是现代农业加工和绿色食品）、能源、环境。",
                "拟支持项目数": "3个项目。",
            }
        },
    ),
    "numbers roll over": (
        ["1.9中美合作项目", A, "2.0中法合作项目", A, "2.1中德合作项目", A],
        {title: {"合作协议": "《甲》。"} for title in ("1.9 中美合作项目", "2.0 中法合作项目", "2.1 中德合作项目")},
    ),
    "a wrapped line that begins with a decimal": (
        [
            "1.1中美合作项目",
            "合作协议：《中华人民共和国科学技术部与有关部门关于智能制造和工业",
            "4.0生产单元合作的协议》。",
            C,
        ],
        {
            "1.1 中美合作项目": {
                "合作协议": "《中华人民共和国科学技术部与有关部门关于智能制造和工业4.0生产单元合作的协议》。",
                "拟支持项目数": "3个项目。",
            }
        },
    ),
    "third level below a group": (
        ["2.2中欧合作", "2.2.1中欧航空合作项目", A, "2.2.2中欧能源合作项目", A],
        {title: {"合作协议": "《甲》。"} for title in ("2.2.1 中欧航空合作项目", "2.2.2 中欧能源合作项目")},
    ),
    "decimals in a list of topics": (
        ["1.1中美合作项目", A, "领域方向：", "1.1.1 新能源技术", "1.1.2 新材料技术", C],
        {
            "1.1 中美合作项目": {
                "合作协议": "《甲》。",
                "领域方向": "1.1.1新能源技术1.1.2新材料技术",
                "拟支持项目数": "3个项目。",
            }
        },
    ),
    "a table of contents": (
        ["1.1中美合作项目……………3", "1.2中法合作项目……………4", "1.1中美合作项目", A, "1.2中法合作项目", A],
        {title: {"合作协议": "《甲》。"} for title in ("1.1 中美合作项目", "1.2 中法合作项目")},
    ),
    "a table of contents without leaders": (
        ["1.1中美合作项目", "1.2中法合作项目", "1.1中美合作项目", A, "1.2中法合作项目", A],
        {title: {"合作协议": "《甲》。"} for title in ("1.1 中美合作项目", "1.2 中法合作项目")},
    ),
    "no numbers at all": (
        ["中美合作项目", A, C, "上海合作组织联合研究", A, C],
        {
            "1 中美合作项目": {"合作协议": "《甲》。", "拟支持项目数": "3个项目。"},
            "2 上海合作组织联合研究": {"合作协议": "《甲》。", "拟支持项目数": "3个项目。"},
        },
    ),
    "a title that begins with a digit": (
        ["1.1 中美合作项目", A, "1.2 5G与6G中德合作项目", A],
        {title: {"合作协议": "《甲》。"} for title in ("1.1 中美合作项目", "1.2 5G与6G中德合作项目")},
    ),
    "a heading with a colon at its end": (
        ["1.1 中美合作项目", A, "1.2 中德合作项目：", A],
        {title: {"合作协议": "《甲》。"} for title in ("1.1 中美合作项目", "1.2 中德合作项目：")},
    ),
    "a list that counts 一、二、 is no chapter": (
        ["一、总体目标", "二、国别", "1.1中德合作项目", "领域方向：", "一、电动汽车", "二、能源", "三、环境", C],
        {"1.1 中德合作项目": {"领域方向": "一、电动汽车二、能源三、环境", "拟支持项目数": "3个项目。"}},
    ),
    "a list that counts from the label's line on": (
        [
            "一、总体目标",
            "二、国别",
            "1.1中德合作项目",
            "领域方向：一、电动汽车：",
            "1）电池；2）电机",
            "二、能源",
            "三、环境",
            C,
        ],
        {
            "1.1 中德合作项目": {
                "领域方向": "一、电动汽车：1）电池；2）电机二、能源三、环境",
                "拟支持项目数": "3个项目。",
            }
        },
    ),
    "a chapter with the number that a list before would have next": (
        [
            "一、总体目标",
            "二、国别",
            "1.1中德合作项目",
            "领域方向：一、电动汽车",
            "二、能源",
            C,
            "三、其他合作任务",
            "2.1中法合作项目",
            C,
        ],
        {
            "1.1 中德合作项目": {"领域方向": "一、电动汽车二、能源", "拟支持项目数": "3个项目。"},
            "2.1 中法合作项目": {"拟支持项目数": "3个项目。"},
        },
    ),
    "ordinals": (
        ["一、总体目标", "1. 中国和美国合作项目", A, C, "2. 中国和法国合作项目", A, C],
        {
            title: {"合作协议": "《甲》。", "拟支持项目数": "3个项目。"}
            for title in ("1 中国和美国合作项目", "2 中国和法国合作项目")
        },
    ),
    "ordinals in Chinese": (
        ["（一）中国和美国合作项目", A, "（二）中国和法国合作项目", A, "方向三：中国和德国合作项目", A],
        {t: {"合作协议": "《甲》。"} for t in ("1 中国和美国合作项目", "2 中国和法国合作项目", "3 中国和德国合作项目")},
    ),
    "ordinals that start anew in groups": (
        ["一、双边", "（一）中国和美国合作项目", A, "二、多边", "（一）中国和欧盟合作项目", A],
        {title: {"合作协议": "《甲》。"} for title in ("1 中国和美国合作项目", "2 中国和欧盟合作项目")},
    ),
    "ordinals of a list are no headings": (
        [
            "中国和美国合作项目",
            A,
            "领域方向：",
            "1. 农业",
            "2. 能源",
            C,
            "中国和法国合作项目",
            A,
            "领域方向：",
            "1. 水",
            C,
        ],
        {
            "1 中国和美国合作项目": {"合作协议": "《甲》。", "领域方向": "1.农业2.能源", "拟支持项目数": "3个项目。"},
            "2 中国和法国合作项目": {"合作协议": "《甲》。", "领域方向": "1.水", "拟支持项目数": "3个项目。"},
        },
    ),
    "the head of a group between two sections": (
        [
            "1.1中美合作项目",
            A,
            R,
            "（二）与欧洲国家合作项目",
            "1.2中法合作项目",
            A,
            R,
            "非洲国家",
            "1.3中埃（及）合作项目",
            A,
            R,
        ],
        {
            title: {"合作协议": "《甲》。", "其他要求": "双方须同时申报，并由推荐部门推荐。"}
            for title in ("1.1 中美合作项目", "1.2 中法合作项目", "1.3 中埃（及）合作项目")
        },
    ),
    "the last point of a list is no head of a group": (
        ["1.1中美合作项目", A, "其他要求：1. 须有企业参与", "2. 双方须同时申报", "1.2中法合作项目", A],
        {
            "1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "1.须有企业参与2.双方须同时申报"},
            "1.2 中法合作项目": {"合作协议": "《甲》。"},
        },
    ),
    "who signs the guide, and when": (
        ["1.1中美合作项目", A, R, "科技部国际合作司", "2024年3月1日"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "双方须同时申报，并由推荐部门推荐。"}},
    ),
    "who signs the guide, and when, and their seal": (
        ["1.1中美合作项目", A, R, "科技部国际合作司", "2024年3月1日", "科技部国际合作司"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "双方须同时申报，并由推荐部门推荐。"}},
    ),
    "two that sign the guide, and what stands below the date": (
        [
            "1.1中美合作项目",
            A,
            R,
            "科学技术部",
            "财政部",
            "二〇二四年三月一日",
            "（此件主动公开）",
            "抄送：各省、自治区、直",
            "辖市科技厅（委、局）。",
        ],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "双方须同时申报，并由推荐部门推荐。"}},
    ),
    "who gets copies of a guide that nobody signs": (
        ["1.1中美合作项目", A, R, "抄送：外交部。", "科技部办公厅 2024年3月2日印发"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "双方须同时申报，并由推荐部门推荐。"}},
    ),
    "appendices": (
        [
            "1.1中美合作项目",
            A,
            R,
            "“政府间国际科技创新合作”重点专项2024年度形式审查条件要求",
            "1.推荐程序",
            "（1）由推荐部门推荐。",
        ],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "其他要求": "双方须同时申报，并由推荐部门推荐。"}},
    ),
    "a value right above an appendix with a short title": (
        ["1.1中美合作项目", "合作协议：《甲》以及", "《乙》", "附件2", "推荐项目清单（样表）", "序号 姓名 工作单位"],
        {"1.1 中美合作项目": {"合作协议": "《甲》以及《乙》"}},
    ),
    "units in the labels": (
        ["1.1中美合作项目", A, "拟支持项目数（个）：5", "拟支持经费 (万元)：1000"],
        {"1.1 中美合作项目": {"合作协议": "《甲》。", "拟支持项目数（个）": "5", "拟支持经费(万元)": "1000"}},
    ),
    "a list that counts on from the chapters of the introduction, set apart from its label": (
        ["一、申报说明", "二、总体要求", "1.1中德合作项目", "领域方向： 一、水", "二、能源", "三、核安全：", C],
        {"1.1 中德合作项目": {"领域方向": "一、水二、能源三、核安全：", "拟支持项目数": "3个项目。"}},
    ),
    "a chapter after the sections": (
        ["一、总体目标", "1.1中德合作项目", C, "二、申报要求", "按规定申报。"],
        {"1.1 中德合作项目": {"拟支持项目数": "3个项目。"}},
    ),
    "a chapter after sections that stand in none": (
        ["1.1中德合作项目", C, "其他要求：双方须同时申报。", "二、申报要求", "1.申报单位须为法人。"],
        {"1.1 中德合作项目": {"拟支持项目数": "3个项目。", "其他要求": "双方须同时申报。"}},
    ),
    "points that count 一、二、 after a label": (
        ["1.1中德合作项目", C, "其他要求：", "一、双方须同时申报。", "二、须有企业参与。"],
        {"1.1 中德合作项目": {"拟支持项目数": "3个项目。", "其他要求": "一、双方须同时申报。二、须有企业参与。"}},
    ),
    **{
        f"the end of the guide: {lines[0]}": (
            ["1.1中德合作项目", C, "其他要求：双方须同时申报。", *lines],
            {"1.1 中德合作项目": {"拟支持项目数": "3个项目。", "其他要求": "双方须同时申报。"}},
        )
        for lines in (
            ["“政府间国际科技创新合作”重点专项", "2018年度第一批项目申报指南编制专家组", "序号 姓名 单位"],
            ["申报资格要求：", "1.牵头申报单位为中国大陆境内注册的科研院所。"],
            ["指南编写专家：张三、李四"],
            ["（此件主动公开）"],
        )
    },
}


@pytest.mark.parametrize("name", PARTS)
def test_parts(name: str) -> None:
    lines, want = PARTS[name]
    assert cut(*lines) == want


FINDINGS: dict[str, tuple[list[str], set[tuple[str, str | None]]]] = {
    "an unknown label": (["1.1中美合作项目", A, "绩效指标：三篇论文。", C, M, F], {("label-unknown", "1.1")}),
    "an unknown label after the fields": (
        ["1.1中美合作项目", A, "领域方向：农业、能源。", "经费来源额度：600万元。", C, M],
        {("label-unknown", "1.1")},
    ),
    "words under no label": (["1.1中美合作项目", "请注意以下几点。", A, F, C, M], {("text-unclaimed", "1.1")}),
    "words after 无": (
        ["1.1中美合作项目", A, F, C, M, "其他要求：无。", "请各单位注意。"],
        {("text-unclaimed", "1.1")},
    ),
    "a list that labels tear": (
        ["1.1中美合作项目", A, C, M, "领域方向：1.农业", "研究内容：育种。", "2.能源", "研究内容：储能。"],
        {("label-repeated", "1.1")},
    ),
    "a unit that says that it is one": (["1.1中美合作项目", A, F, C, "拟支持经费（单位：万元）：1000"], set()),
    "a label twice": (["1.1中美合作项目", A, F, C, M, M], {("label-repeated", "1.1")}),
    "a field that no section has": (["1.1中美合作项目", A, F, C], {("field-missing", None)}),
    "words that are not understood": (["1.1中美合作项目", A, F, C, "拟支持经费：面议。"], {("value-unread", "1.1")}),
    "an unknown partner": (["1.1中某合作项目", A, F, C, M], {("partner-unknown", "1.1")}),
    "a first section without known labels": (
        ["1.1中美合作项目", "协议名称《甲》。", "1.2中法合作项目", A, F, C, M],
        {("text-unclaimed", "1.1")},
    ),
    "a number alone on its line": (
        [
            "1.1中美合作项目",
            "合作协议：《中华人民共和国科学技术部与加拿大魁北克省",
            "3",
            "政府关于科学技术领域合作的联合声明》。",
            F,
            C,
            M,
        ],
        {("number-alone", "1.1")},
    ),
    "lists in paragraphs without markers": (
        ["1.1中美合作项目", A, "领域方向：", "农业、能源", "环境、水", C, M],
        {("topics-unclear", "1.1")},
    ),
    "an announcement between paragraphs": (
        ["1.1中美合作项目", A, "领域方向：双方同意开展合作。", "优先资助领域为：电动汽车、清洁水。", C, M],
        {("topics-unclear", "1.1")},
    ),
    "an announcement at the start of a line": (
        ["1.1中美合作项目", A, F, C, M, "其他要求：项目须围绕", "以下方向：电动汽车。"],
        set(),
    ),
    "a label of the guide's own between known ones": (
        ["1.1中美合作项目", A, "主攻范畴：农业、能源。", C, M],
        {("label-unknown", "1.1"), ("field-missing", None)},
    ),
    "a figure under a label of the guide's own, among the fields": (
        ["1.1中美合作项目", A, F, "计划数目：5个项目。", M],
        {("label-unknown", "1.1"), ("field-missing", None)},
    ),
    "words on all sections": (
        ["1.1中美合作项目", A, F, C, M, R, "以上各项目执行期均为3年。"],
        {("text-for-all", None)},
    ),
    "an item that looks like a heading": (
        ["1.1中美合作项目", A, "领域方向：", "1.1 食品安全", "2.1 中日水资源", C, M, "2.2中法合作项目", A, F, C, M],
        {("heading-doubtful", "1.1"), ("heading-doubtful", "2.1")},
    ),
    "ordinals that start anew": (
        ["1. 中国和美国合作项目", A, F, C, M, "1. 中国和法国合作项目", A, F, C, M],
        {("heading-unnumbered", None)},
    ),
    "ordinals with a gap": (["1. 中国和美国合作项目", A, F, C, M, "3. 中国和法国合作项目", A, F, C, M], set()),
    "a label that ends like a known one": (["1.1中美合作项目", A, F, C, M, "韩方联系人：李某。"], set()),
    "nothing odd": (["1.1中美合作项目", A, F, C, M], set()),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_findings(name: str, tmp_path: Path) -> None:
    lines, want = FINDINGS[name]
    assert codes(guide(tmp_path, *lines)) == want


def contradicted(record: Guide) -> list[tuple[str, tuple[str, ...]]]:
    return [(check.code, check.sections) for check in record.checks if check.outcome == "contradicted"]


def test_numbers_that_jump_or_begin_late_are_contradicted(tmp_path: Path) -> None:
    record = guide(tmp_path, "1.1中美合作项目", A, "1.3中法合作项目", A)
    assert contradicted(record) == [("numbers-run", ("1.3",))]
    record = guide(tmp_path, "1.2中美合作项目", A, "1.3中法合作项目", A)
    assert contradicted(record) == [("numbers-run", ("1.2",))]


def test_a_total_and_what_each_project_gets_under_two_labels(tmp_path: Path) -> None:
    each = "每个项目拟支持经费：300万元。"
    funding = guide(tmp_path, "1.1中美合作项目", A, each).sections[0].funding.value
    assert funding is not None
    assert (funding.min, funding.max) == (None, None)
    assert funding.per_project is not None
    assert funding.per_project.max == 3_000_000
    funding = guide(tmp_path, "1.1中美合作项目", A, M, each).sections[0].funding.value
    assert funding is not None
    assert funding.per_project is not None
    assert (funding.max, funding.per_project.max) == (6_000_000, 3_000_000)


def test_a_guide_of_another_family_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text(f"国家自然科学基金2018年度项目申报指南\n1.1量子计算\n{F}\n{C}\n{M}\n", "utf-8")
    assert ("profile-unfit", None) in codes(extract_guide(file))


def test_what_each_project_gets_is_kept_beside_a_total_that_is_unread(tmp_path: Path) -> None:
    section = guide(
        tmp_path, "1.1中美合作项目", A, "拟支持经费：若干万元。", "支持力度：每个项目300万元左右。"
    ).sections[0]
    assert section.funding.status == "unread"
    assert [(part.label, part.text) for part in section.other] == [("支持力度", "每个项目300万元左右。")]


INTRODUCTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "a bound": ("本批拟与5个国家合作，项目数不超过60项。", {"partners": 5, "projects": (None, 60, False)}),
    "a range, about": ("拟支持项目数约190-246项。", {"projects": (190, 246, True)}),
    "countries and organisations": ("将与12个国家和2个国际组织开展合作。", {"partners": 14}),
    "directions and money": ("部署20个方向，国拨经费总概算2.578亿元。", {"directions": 20, "funding": 257_800_000}),
    "money in Chinese numerals": ("总经费三亿五千万元。", {"funding": 350_000_000}),
    "decoys": ("科技部会同教育部等12个单位编制。每个项目资助经费不超过300万元。每个方向拟支持1-2项。", {}),
    "a total beside parts": (
        "与5个国家联合资助，项目数不超过60项；总项目数不超过232项。",
        {"partners": 5, "projects": (None, 232, False)},
    ),
    "ranges with a unit at either end": (
        "拟支持项目10项至20项，国拨经费总概算1亿元至2亿元，项目执行期一般为2年至3年。",
        {"projects": (10, 20, False), "funding": (100_000_000, 200_000_000), "months": (24, 36)},
    ),
    "thousands separators": (
        "拟支持1,200项，总概算15,300万元。",
        {"projects": (1200, 1200, False), "funding": 153_000_000},
    ),
    "two bounds": (
        "总经费不低于1000万元，不超过2000万元。执行期不少于1年，不超过3年。",
        {"funding": (10_000_000, 20_000_000), "months": (12, 36)},
    ),
    "years and months": ("项目执行期为1年6个月。", {"months": (18, 18)}),
    "years and a half": ("项目执行期为一年半至两年。", {"months": (18, 24)}),
    "an open count": ("拟支持10项以上。", {"projects": (10, None, False)}),
    "last year's partners, the year in Chinese": (
        "二〇一七年，支持了我国与美国、法国等两个国家的项目。将支持我国与3个国家合作。",
        {"partners": 3},
    ),
    "last year's partners": (
        "2017年，支持了我国与美国、法国等2个国家的项目。将支持我国与3个国家合作。",
        {"partners": 3},
    ),
}


@pytest.mark.parametrize("name", INTRODUCTIONS)
def test_what_the_introduction_declares(name: str, tmp_path: Path) -> None:
    words, want = INTRODUCTIONS[name]
    facts = guide(tmp_path, words, "1.1中美合作项目", A).guide
    declared, duration = facts.declared, facts.common.field("duration").value
    projects, funding = declared.projects, declared.funding
    got = {
        "partners": declared.partners and declared.partners.count,
        "directions": declared.directions and declared.directions.count,
        "projects": projects and (projects.min, projects.max, projects.approximate),
        "funding": funding and (funding.max if funding.min in (None, funding.max) else (funding.min, funding.max)),
        "months": duration and (duration.min_months, duration.max_months),
    }
    assert {key: value for key, value in got.items() if value is not None} == want


def test_what_the_introduction_says_in_words_not_understood_is_told(tmp_path: Path) -> None:
    record = guide(tmp_path, "项目执行期一般为3年左右。", "1.1中美合作项目", A, F, C, M)
    assert record.guide.common.duration is UNSET
    assert codes(record) == {("declared-unread", None)}


def test_a_sum_of_declared_partners_cites_both_numbers(tmp_path: Path) -> None:
    declared = guide(tmp_path, "拟与12个国家和2个国际组织开展合作。", "1.1中美合作项目", A).guide.declared.partners
    assert declared is not None
    assert (declared.count, [piece.quote for piece in declared.evidence]) == (14, ["12", "2"])


@pytest.mark.parametrize(
    ("words", "year", "batch"),
    [
        ("编制形成2018年度第十二批项目申报指南。", 2018, 12),
        ("编制形成2018年度第二批项目申报指南。", 2018, 2),
        ("2017年第一批已发布。现发布本批（第二批）指南。", 2018, 2),
        ("根据2016年签署的协议编制。", 2018, None),
    ],
)
def test_year_and_batch(words: str, year: int, batch: int | None, tmp_path: Path) -> None:
    record = guide(tmp_path, words, "1.1中美合作项目", A)
    assert (record.guide.year, record.guide.batch) == (year, batch)
    assert record.sections[0].id == (f"2018-{batch}/1.1" if batch else "2018/1.1")


def test_a_short_guide_with_indented_paragraphs_keeps_its_sections(tmp_path: Path) -> None:
    words = [
        "　　2018年，本专项将支持我国与2个国家开展合作。",
        *(
            "　　1.1 中美合作项目",
            f"　　{A}",
            "　　领域方向：先进制造、农业与食品科学、环境科学、医药卫",
            "生、能源。",
            f"　　{C}",
        ),
        *("　　1.2 中法合作项目", f"　　{A}", f"　　{F}", f"　　{C}", "　　其他要求：无。"),
    ]
    record = guide(tmp_path, *words)
    assert [section.number for section in record.sections] == ["1.1", "1.2"]
    first = record.sections[0].fields
    assert first.text == "先进制造、农业与食品科学、环境科学、医药卫生、能源。"


def test_headings_of_chapters_between_sections_belong_to_none(tmp_path: Path) -> None:
    record = guide(
        tmp_path, "1.1中美合作项目", A, F, C, M, "其他要求：无。", "2. 多边合作", "2.1金砖国家合作项目", A, F, C, M
    )
    assert codes(record) == set()
    assert record.sections[0].requirements.status == "none"


def test_a_numeral_that_makes_no_ordinal_heads_nothing() -> None:
    cut = plain_guide([TITLE, "（一）中美合作项目", A, F, "（一一）中德合作项目", A, "（二）中法合作项目", A, F, C])
    assert [piece.title.printed for piece in cut.pieces] == ["中美合作项目", "中法合作项目"]


def test_a_file_without_sections_is_no_guide() -> None:
    with pytest.raises(UnreadableGuide, match="no sections found"):
        plain_guide([TITLE, "你好。"])


@pytest.mark.parametrize("cut", [2, 5, 9])
def test_a_title_may_break_anywhere(cut: int, tmp_path: Path) -> None:
    file = tmp_path / "guide.txt"
    title = "“政府间国际科技创新合作”重点专项2018年度项目申报指南"
    halves = [title[:20], title[20 : len(title) - cut // 4 - 1], title[len(title) - cut // 4 - 1 :]]
    file.write_text("\n".join([*halves, "1.1中美合作项目", A, F, C, M]), "utf-8")
    record = extract_guide(file)
    assert (record.guide.title, record.guide.year) == (title, 2018)
    assert codes(record) == set()


def test_a_unit_in_a_label_is_the_unit_of_bare_figures(tmp_path: Path) -> None:
    labels = ["拟支持项目数（个）：5", "拟支持经费（万元）：1000-1,200", "拟支持时间（年）：3"]
    record = guide(tmp_path, "1.1中美合作项目", A, F, *labels, "1.2中法合作项目", A, F, "拟支持经费（万元）：600万元。")
    first, second = record.sections
    assert (first.project_count.value.max, first.funding.value.max) == (5, 12_000_000)  # type: ignore[union-attr]
    assert first.duration.value.max_months == 36  # type: ignore[union-attr]
    assert second.funding.value.max == 6_000_000  # type: ignore[union-attr]
    assert [check.outcome for check in record.checks if check.code in ("quotes-replay", "numbers-in-ink")] == [
        "proved"
    ] * 2


def test_ordinals_with_a_gap_contradict(tmp_path: Path) -> None:
    record = guide(tmp_path, "1. 中国和美国合作项目", A, F, C, M, "3. 中国和法国合作项目", A, F, C, M)
    assert [check.outcome for check in record.checks if check.code == "numbers-run"] == ["contradicted"]


@pytest.mark.parametrize("year", ["2019", "222000111999", "22001199", "2019201920192019"])
def test_a_year_of_the_title_printed_several_times(year: str) -> None:
    assert plain_guide(
        [f"“政府间国际科技创新合作”重点专项{year}年度项目申报指南", "1.1中美合作项目", A]
    ).title.printed == ("“政府间国际科技创新合作”重点专项2019年度项目申报指南")


def test_a_title_whose_last_word_stands_on_a_line_of_its_own() -> None:
    lines = [
        "“政府间国际科技创新合作”重点专项",
        "2019年度项目申报指南",
        "建议",
        "（征求意见稿）",
        "根据有关规定，编制本指南。",
        "1.1中美合作项目",
        A,
    ]
    assert plain_guide(lines).title.printed == "“政府间国际科技创新合作”重点专项2019年度项目申报指南建议"


def test_a_heading_of_three_lines_in_a_narrow_column_whose_others_are_set_in() -> None:
    wide = [f"研究目标：{'为进一步提升国际科技创新合作的水平' * 2}。", "联系人：王老师。"]
    narrow = ["中韩政府间科技合作协定框架下先进制", "造、人工智能与新一代信息技术联", "合研究与产业化示范合作长期项目"]
    lines = [
        Line(text(words), 1, starts=True, left=left)
        for left, column in ((-inf, ["中美合作项目", A, *wide * 3]), (300.0, [*narrow, A, F]))
        for words in column
    ]
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [heading.lines for heading in headings] == [slice(0, 1), slice(8, 11)]


def test_a_heading_of_many_lines_in_a_narrow_column() -> None:
    heading = [
        "中埃（及）政府间科技",
        "合作协定框架下先进",
        "制造、人工智能与",
        "新一代信息技术联合",
        "研究与示范合作项目",
    ]
    lines = [Line(text(words), 1, starts=words not in heading[1:]) for words in ("中美合作项目", A, *heading, A, F)]
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [one.lines for one in headings] == [slice(0, 1), slice(2, 7)]


@pytest.mark.parametrize("end", ["无。", "拟支持经费：10000万元人民币以内", "拟支持项目数：3项", "项目执行期：3年"])
def test_a_heading_that_the_layout_joins_to_the_value_above(end: str) -> None:
    words = ("中美合作项目", A, F, end, "内地与香港联合资助项目", A, F)
    lines = [Line(text(one), 1, starts=one != words[4]) for one in words]
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [one.lines for one in headings] == [slice(0, 1), slice(4, 5)]


def test_a_heading_below_sentences_of_which_the_layout_leaves_open_where_paragraphs_start() -> None:
    sentence = ["署的双多边政府间科技合作协议以及国家新近做", "出的重大外交承诺任务，本指南一并予以支持。"]
    words = (*sentence, "内地与香港联合资助项目", A, F, "中美合作项目", A, F)
    lines = [Line(text(one), 1, starts=None) for one in words]
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [one.lines for one in headings] == [slice(2, 3), slice(5, 6)]


@pytest.mark.parametrize("first", ["大陆与台湾面向民生科技的青年", "中国与澳大利亚2025年", "中国与澳大利亚3年"])
def test_the_rest_of_a_heading_behind_a_word_that_ends_like_a_figure_is_no_heading(first: str) -> None:
    words = (first, "科学家交流项目", A, F, "无。", "中美合作项目", A, F)
    lines = [Line(text(one), 1, starts=one != words[1]) for one in words]
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [one.lines for one in headings] == [slice(0, 2), slice(5, 6)]


def test_a_heading_of_two_lines_of_which_the_first_had_no_room_for_a_long_word() -> None:
    wide = [f"研究目标：{'为进一步提升国际科技创新合作的水平' * 2}。", "联系人：王老师。"]
    heading = ["中国与欧洲核子研究中心空间技术", "（CERN-LHC-PS）联合研究项目"]
    labels_below = [A, f"领域方向：{'农业、能源' * 2}。"]
    lines = [Line(text(words), 1, starts=True) for words in (*heading, *labels_below, *(wide[0][:24], wide[1]) * 2)]
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [heading.lines for heading in headings] == [slice(0, 2)]


def test_words_left_out_between_a_name_and_its_note_are_not_quoted(tmp_path: Path) -> None:
    fields = "领域方向：清洁技术、信息通信等（含卫星（NRC）通信）。"
    record = guide(tmp_path, "1.1中加合作项目", A, fields, C, M)
    topic = record.sections[0].fields.value.items[1]  # type: ignore[union-attr]
    assert [piece.quote for piece in topic.evidence] == ["信息通信", "（含卫星（NRC）通信）"]
    assert [check.outcome for check in record.checks if check.code == "quotes-replay"] == ["proved"]


SPACED = {
    "900万元人 民币": "900万元人民币",
    "技 术转 移": "技术转移",
    "新 材料、可 再生能源": "新材料、可再生能源",
    "科技部 财政部": "科技部 财政部",
    "生物 医药": "生物 医药",
    "每个推荐部 门推荐": "每个推荐部门推荐",
    "中国和德 国政府间合作项目": "中国和德国政府间合作项目",
    "由 巴方推荐": "由 巴方推荐",
    "拟 支持  经费": "拟 支持  经费",
}


@pytest.mark.parametrize("words", SPACED)
def test_single_spaces_inside_known_words_are_layout(words: str) -> None:
    glyphs = [Glyph(char, 1) for char in words]
    line = text_of_glyphs(GlyphTable(glyphs, [1] * len(glyphs), drawn=False), range(len(glyphs)))
    closed = close_words(line, load_profile())
    assert str(closed) == SPACED[words]
    assert "".join(words[origin] for origin in closed.origins) == SPACED[words]


def test_a_web_copy_with_spaces_where_its_lines_ended(tmp_path: Path) -> None:
    section = guide(
        tmp_path,
        "1.1中国和德 国合作项目", "合作协议：《中德科学技 术合作协定》。", "领域方向：农业、先进制 造。", "拟支持项目数：3个项 目。",
        "拟支持经费：900万元人 民币。", "其他要求：科技部 财政部另有规定的，按规定执 行。",
    ).sections[0]  # fmt: skip
    assert section.title == "中国和德国合作项目"
    assert section.agreement.text == "《中德科学技术合作协定》。"
    assert section.fields.text == "农业、先进制造。"
    assert section.project_count.text == "3个项目。"
    assert section.funding.text == "900万元人民币。"
    assert section.requirements.text == "科技部 财政部另有规定的，按规定执行。"


@pytest.mark.parametrize("above", [[], ["2018年，本专项支持我与美国开展合作。"]])
def test_a_lone_section_without_a_heading_is_read_and_told(above: list[str], tmp_path: Path) -> None:
    record = guide(tmp_path, *above, A, F, C, M, R)
    assert record.guide.title == TITLE
    (section,) = record.sections
    assert (section.number, section.title) == ("1", "")
    assert section.agreement.text == "《甲》。"
    assert section.project_count.text == "3个项目。"
    assert section.requirements.text == R[5:]
    assert ("heading-missing", "1") in codes(record)
    assert ("text-unclaimed", None) not in codes(record)


@pytest.mark.parametrize("lines", [[A, C], [A, F, C, "外方机构为丙。", A, F, C]])
def test_few_labels_or_labels_that_come_again_are_no_lone_section(lines: list[str], tmp_path: Path) -> None:
    with pytest.raises(UnreadableGuide, match="no sections found"):
        guide(tmp_path, *lines)


def test_a_bracket_before_the_number_of_a_point_may_end_a_line(tmp_path: Path) -> None:
    """Programs that break lines anywhere set it there; the label behind the number begins nothing of its own."""
    record = guide(tmp_path, "1.1中美合作项目", A, "其他要求：（1）须由一家单位牵头。（", "2）联系人：王某。")
    value = record.sections[0].requirements.value
    assert value is not None
    assert [item.marker for item in value.items] == ["（1）", "（2）"]


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("时间为：2018.4.15", "8：00到5月", " "),
        ("时间为：2018-4-15", "8：00到5月", " "),
        ("比例不低于2", "：1，共1", ""),
        ("项目共18", "5：00前", ""),
    ],
)
def test_a_day_and_its_time_are_two_figures(before: str, after: str, between: str) -> None:
    for starts in (None, False):
        lines = [Line(text(before), 1, starts=True), Line(text(after), 1, starts=starts)]
        assert join_lines(lines).plain == before + (between or ("" if starts is False else MAYBE)) + after


@pytest.mark.parametrize("has_table", [False, True])
def test_a_group_that_the_layout_joins_to_a_sentence(has_table: bool) -> None:
    rows = [("有关任务如下。", True), ("1.1中国和马来西亚合作项目", False), ("1.1.1电动汽车合作项目", True), (A, True)]
    lines = [Line(text(words), 1, starts=starts) for words, starts in rows]
    lines[2:2] = [Line(text("综合处"), 1, starts=True, cell=Cell(1, range(1), range(1)))] * has_table
    labels = [label_matcher(load_profile()).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, load_profile())
    assert [(heading.number, heading.group) for heading in headings] == [("1.1", True), ("1.1.1", False)]
