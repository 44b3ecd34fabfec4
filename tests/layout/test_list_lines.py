"""Lists without markers, an item on each line, in cells of tables and between the line breaks of a web page."""

from pathlib import Path

import pytest

from extract import extract_guide
from extract.layout.list_lines import are_items
from extract.model.record import Section
from tests.layout.test_layouts import read
from tests.support.case_tables import text

LISTS = [
    ["农业", "能源"],
    ["现代农业", "能源与环境", "工业4.0"],
    ["领域方向：", "农业", "能源"],
    ["领域方向：农业", "能源"],
    ["农业：育种", "能源：储能"],
    ["领域方向：农业：育种", "能源：储能"],
    ["农业（含食品）", "能源"],
]
OTHERS = [
    ["农业"],
    ["农业、", "能源"],
    ["农业和", "能源"],
    ["农业（含", "食品）"],
    ["农业", "等领域"],
    ["双方商定的", "其他领域"],
    ["双方须同时申报，", "并由推荐部门推荐。"],
    ["6个", "项目"],
    ["1800万元", "人民币"],
    ["项目执行期", "不超过3年"],
    ["《中美科技", "合作协定》"],
    ["面向碳达峰碳中和目标的可再生能源高效利用与储存运输关键技术", "农业"],
]


@pytest.mark.parametrize(("lines", "want"), [*((one, True) for one in LISTS), *((one, False) for one in OTHERS)])
def test_lines_are_items(lines: list[str], want: bool) -> None:
    assert are_items([text(line) for line in lines]) is want


def topics(section: Section) -> list[str]:
    assert section.fields.value is not None
    return [topic.name for topic in section.fields.value.items]


ROWS = [
    ["农业", "能源", "环境"],
    ["现代农业生物技术", "清洁能源与可再生能源", "生态环境保护"],
    ["面向碳达峰碳中和目标的可再生能源高效利用关键技术"],
    ["农业", "能源", "环境", "生物技术", "新材料", "信息通信", "海洋科学"],
    ["新一代信息技术", "重大传染病防控"],
]


@pytest.mark.parametrize(
    ("name", "told"), [("cell_lists_browser.pdf", ["与可再生能源 ‖ 生态环境保护"]), ("cell_lists_office.pdf", [])]
)
def test_lines_of_a_cell_that_end_where_the_next_word_has_room_are_items(name: str, told: list[str]) -> None:
    guide = read(name)
    assert [topics(section) for section in guide.sections] == ROWS
    # a line that is full may end an item or not
    assert [one.args["breaks"] for one in guide.findings if "breaks" in one.args] == ([tuple(told)] if told else [])


@pytest.mark.parametrize("tag", ["td", "p"])
@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("农业<br>能源<br>环境", ["农业", "能源", "环境"]),
        ("<br>农业<br>能源", ["农业", "能源"]),
        ("农业：育种<br>能源：储能", ["农业", "能源"]),
        ("农业、<br>能源", ["农业", "能源"]),
    ],
)
def test_line_breaks_of_a_web_page_part_items(tag: str, words: str, want: list[str], tmp_path: Path) -> None:
    title = "<h1>“政府间国际科技创新合作”重点专项2018年度项目申报指南</h1>"
    heads = "".join(f"<th>{head}</th>" for head in ("序号", "合作国别", "领域方向", "拟支持项目数"))
    pages = {
        "td": f"{title}<table><tr>{heads}</tr><tr><td>1</td><td>美国</td><td>{words}</td><td>2</td></tr></table>",
        "p": f"{title}<p>1.1中美合作项目</p><p>合作协议：《甲》。</p><p>领域方向：{words}</p><p>拟支持项目数：2个。</p>",
    }
    path = tmp_path / "guide.html"
    path.write_text(f"<html><body>{pages[tag]}</body></html>", "utf-8")
    assert topics(extract_guide(path).sections[0]) == want
