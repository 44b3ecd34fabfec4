"""Guides whose sections stand in tables, and tables within sections: as readers of forms with cells hand them out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.limits import DEFAULT_LIMITS
from extract.model.record import Guide
from extract.model.stages import Pulled
from extract.model.text import Cell
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.pull.block_builder import BlockBuilder
from extract.repair import repair

TITLE = "“政府间国际科技创新合作”重点专项2019年度第一批项目申报指南"
Row = Sequence[str | tuple[str, int, int]]
"""The cells of a row: words, or words with the number of rows and columns that they fill; None of those of other rows."""


def read(*parts: str | Sequence[Row], title: str = TITLE) -> Guide:
    """The record of a guide: paragraphs, and tables by rows."""
    builder = BlockBuilder(DEFAULT_LIMITS)
    for number, part in enumerate((title, *parts) if title else parts, not title):
        if isinstance(part, str):
            builder.start()
            builder.write(part)
        else:
            _write_table(builder, part, number)
    reading = builder.reading()
    pulled = Pulled("a.docx", "0" * 64, 0, "text", reading.glyphs, reading.lines, reading.blocks)
    return assemble(pulled, repair(pulled), load_profile("intergovernmental"))


def _write_table(builder: BlockBuilder, rows: Sequence[Row], number: int) -> None:
    filled: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            words, tall, wide = (cell, 1, 1) if isinstance(cell, str) else cell
            while (row, column) in filled:
                column += 1
            filled |= {(row + down, column + aside) for down in range(tall) for aside in range(wide)}
            for line in words.split("\n"):
                builder.start(Cell(number, range(row, row + tall), range(column, column + wide)))
                builder.write(line)
            column += wide


def values(guide: Guide) -> list[tuple[str, str, str | None, int | None, int | None]]:
    return [
        (
            section.number,
            section.title,
            section.fields.text,
            section.project_count.value.max if section.project_count.value else None,
            section.funding.value.max if section.funding.value else None,
        )
        for section in guide.sections
    ]


HEADS: Row = ["序号", "合作国别", "合作协议", "领域方向", "拟支持项目数", "拟支持经费（万元）", "其他要求"]
USA: Row = ["1", "美国", "《中美科技合作协定》", "农业、能源", "6", "1800", "无"]
EGYPT: Row = ["2", "埃及", "《中埃科技合作协定》", "卫生", "4个项目", "600", "无"]
BOTH = [("1", "美国", "农业、能源", 6, 18_000_000), ("2", "埃及", "卫生", 4, 6_000_000)]


def test_a_file_may_hold_a_table_alone() -> None:
    guide = read([HEADS, USA, EGYPT], title="")
    assert values(guide) == BOTH
    assert {one.code for one in guide.findings if one.severity != "info"} == {
        "title-unknown",
        "programme-unknown",
        "year-unknown",
    }


def test_each_row_is_a_section() -> None:
    guide = read([HEADS, USA, EGYPT])
    assert values(guide) == BOTH
    assert [[partner.code for partner in section.partners] for section in guide.sections] == [["US"], ["EG"]]
    assert [section.requirements.text for section in guide.sections] == ["无", "无"]
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert [one.code for one in guide.findings] == []
    assert guide.account.unclaimed == 0


OTHERS: dict[str, list[Row]] = {
    "heads again at the top of a page": [HEADS, USA, HEADS, EGYPT],
    "a name of the table and a unit above the heads": [[("项目安排表", 1, 7)], HEADS, USA, EGYPT],
    "a sum below": [HEADS, USA, EGYPT, [("合计", 1, 4), "10", "2400", ""]],
    "heads of two levels": [
        [("序号", 2, 1), ("合作国别", 2, 1), ("领域方向", 2, 1), ("支持", 1, 2)],
        ["拟支持项目数", "拟支持经费（万元）"],
        ["1", "美国", "农业、能源", "6", "1800"],
        ["2", "埃及", "卫生", "4", "600"],
    ],
    "a column for each section": [
        ["序号", "1", "2"],
        ["合作国别", "美国", "埃及"],
        ["领域方向", "农业、能源", "卫生"],
        ["拟支持项目数", "6", "4"],
        ["拟支持经费（万元）", "1800", "600"],
    ],
    "a row that goes on without a title": [
        ["序号", "合作国别", "领域方向", "拟支持项目数", "拟支持经费（万元）"],
        [("1", 2, 1), ("美国", 2, 1), "农业、", ("6", 2, 1), ("1800", 2, 1)],
        ["能源"],
        ["2", "埃及", "卫生", "4", "600"],
    ],
    "spaced heads": [
        ["序 号", "合 作 国 别", "领域\n方向", "拟支持\n项目数", "拟支持经费\n（万元）"],
        ["1", "美国", "农业、能源", "6", "1800"],
        ["2", "埃及", "卫生", "4", "600"],
    ],
}


@pytest.mark.parametrize("name", OTHERS)
def test_tables_of_other_shapes(name: str) -> None:
    guide = read(OTHERS[name])
    got = [(*one[:2], "".join((one[2] or "").split()), *one[3:]) for one in values(guide)]
    assert got == BOTH
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert [one.code for one in guide.findings if one.severity != "info"] == []
    assert guide.account.unclaimed == 0


BARE: Row = [*HEADS[:5], "拟支持经费", HEADS[6]]
TABLE: list[Row] = [BARE, USA, EGYPT]


@pytest.mark.parametrize(
    "parts",
    [
        ("单位：万元", TABLE),
        ("表1 项目安排表（金额单位：人民币万元）", TABLE),
        ("单位: 个、万元", TABLE),
        ("经费单位为万元。", "表1 项目安排表", TABLE),
        ([[("单位：万元", 1, 7)], *TABLE],),
        ([[("", 1, 5), ("项目安排表（单位：万元人民币）", 1, 2)], *TABLE],),
        ("单位：亿元", [[("单位：万元", 1, 7)], *TABLE]),
        ("单位：亿元", [HEADS, USA, EGYPT]),
    ],
)
def test_a_unit_that_stands_above_holds_for_bare_figures(parts: Sequence[str | list[Row]]) -> None:
    guide = read(*parts)
    assert values(guide) == BOTH
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert [one.code for one in guide.findings if one.severity != "info"] == []
    assert guide.account.unclaimed == 0


@pytest.mark.parametrize(
    "above",
    [
        ["单位：个"],
        ["单位：万元、亿元"],
        ["申报单位：万元公司"],
        ["各单位的经费为万元"],
        ["单位：万元", "一行", "二行"],
    ],
)
def test_a_unit_that_is_not_told_leaves_bare_figures_unread(above: list[str]) -> None:
    assert [section.funding.status for section in read(*above, TABLE).sections] == ["unread", "unread"]


def test_a_unit_within_a_table_holds_for_the_rows_below() -> None:
    guide = read("单位：万元", [BARE, USA, [("单位：亿元", 1, 7)], EGYPT])
    assert [section.funding.value and section.funding.value.max for section in guide.sections] == [
        18_000_000,
        60_000_000_000,
    ]
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert guide.account.unclaimed == 0


SWAPPED: Row = [*HEADS[:4], HEADS[5], HEADS[4], HEADS[6]]


@pytest.mark.parametrize("between", [[], [[("二、多边合作", 1, 7)]], [[("表2", 1, 7)], [("单位：万元", 1, 7)]]])
def test_heads_of_other_columns_begin_another_table(between: list[Row]) -> None:
    guide = read([HEADS, USA, *between, SWAPPED, [*EGYPT[:4], "600", "4", "无"]])
    assert values(guide) == BOTH
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert [one.code for one in guide.findings if one.severity != "info"] == []


def test_heads_of_two_levels_may_come_again() -> None:
    rows = OTHERS["heads of two levels"]
    assert values(read([*rows[:3], *rows[:2], rows[3]])) == BOTH


def test_a_table_without_heads_goes_on_with_the_one_before_by_its_numbers() -> None:
    guide = read([HEADS, USA], "续表", [EGYPT])
    assert values(guide) == BOTH
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert [one.code for one in guide.findings if one.severity != "info"] == []


def test_a_table_without_heads_goes_on_though_its_last_column_is_empty() -> None:
    guide = read([HEADS, USA], "续表", [[*EGYPT[:-1], ""]])
    assert [section.title for section in guide.sections] == ["美国", "埃及"]


@pytest.mark.parametrize("row", [["4", *EGYPT[1:]], ["", *EGYPT[1:]], EGYPT[1:6]])
def test_a_table_without_heads_that_may_go_on_is_told(row: Row) -> None:
    heads, usa = (HEADS, USA) if len(row) == 7 else (HEADS[1:6], USA[1:6])
    guide = read([heads, usa], [row])
    assert [section.title for section in guide.sections] == ["美国"]
    assert ("table-unread", None) in [(one.code, one.section) for one in guide.findings]  # sections may be missing


def test_a_table_of_something_else_is_text() -> None:
    guide = read([HEADS, USA, EGYPT], [["联系人", "电话"], ["张三", "010-88888888"]])
    assert values(guide) == BOTH
    assert [one.code for one in guide.findings] == ["text-outside"]


def test_a_figure_in_one_cell_for_several_sections_is_told() -> None:
    rows: list[Row] = [HEADS, [*USA[:5], ("1800", 2, 1), "无"], [*EGYPT[:5], "无"]]
    guide = read(rows)
    told = [(one.section, one.args["label"]) for one in guide.findings if one.code == "figure-shared"]
    assert told == [("1", "拟支持经费（万元）"), ("2", "拟支持经费（万元）")]


def test_a_figure_in_the_rows_of_one_section_is_its_own() -> None:
    guide = read(OTHERS["a row that goes on without a title"])
    assert [one.code for one in guide.findings if one.code == "figure-shared"] == []


def total(words: str, projects: str, money: str) -> Row:
    return [(words, 1, 4), projects, money, ""]


FRANCE: Row = ["3", "法国", "《中法科技合作协定》", "环境", "2", "400", "无"]
TOTALS: dict[str, tuple[list[Row], str | None, tuple[str, ...]]] = {
    "no row of totals": ([HEADS, USA, EGYPT], None, ()),
    "the right total": ([HEADS, USA, EGYPT, total("合计", "10", "2400")], "proved", ()),
    "with units of its own": ([HEADS, USA, EGYPT, total("总　计", "10个项目", "0.24亿元")], "proved", ()),
    "another number of projects": ([HEADS, USA, EGYPT, total("合计", "11", "2400")], "contradicted", ("1", "2")),
    "another sum of money": ([HEADS, USA, EGYPT, total("总数（项）", "10", "2500")], "contradicted", ("1", "2")),
    "above the rows": ([HEADS, total("合计", "10", "2500"), USA, EGYPT], "contradicted", ("1", "2")),
    "right, above the rows": ([HEADS, total("合计", "10", "2400"), USA, EGYPT], "proved", ()),
    "of parts, and of all": (
        [
            HEADS,
            USA,
            EGYPT,
            total("小计", "10", "2400"),
            FRANCE,
            total("小计", "2", "400"),
            total("总计", "12", "2800"),
        ],
        "proved",
        (),
    ),
    "one part wrong": (
        [
            HEADS,
            USA,
            EGYPT,
            total("小计", "10", "2400"),
            FRANCE,
            total("小计", "3", "400"),
            total("总计", "12", "2800"),
        ],
        "contradicted",
        ("3",),
    ),
    "of all, below that of a part": (
        [HEADS, USA, EGYPT, total("合计", "10", "2400"), FRANCE, total("合计", "12", "2800")],
        "proved",
        (),
    ),
    "a figure that is about": ([HEADS, USA, EGYPT, total("合计", "约10", "2400")], "consistent", ()),
    "a total that is not understood": ([HEADS, USA, EGYPT, total("合计", "若干", "2400")], "consistent", ()),
    "nothing beside it": ([HEADS, USA, EGYPT, total("合计", "—", "")], None, ()),
    "a row without a figure": (
        [HEADS, USA, [*EGYPT[:4], "待定", *EGYPT[5:]], total("合计", "10", "2400")],
        "consistent",
        (),
    ),
}


@pytest.mark.parametrize("name", TOTALS)
def test_a_row_of_totals_is_compared_with_the_rows(name: str) -> None:
    rows, outcome, sections = TOTALS[name]
    check = next((one for one in read(rows).checks if one.code == "rows-sum"), None)
    assert (check and check.outcome) == outcome
    assert (check.sections if check else ()) == sections


def test_a_merged_figure_of_each_project_is_that_of_all_its_rows() -> None:
    heads = [*HEADS[:5], "资助强度（每项，万元）", HEADS[6]]
    guide = read([heads, [*USA[:5], ("100", 2, 1), "无"], [*EGYPT[:5], "无"]])
    assert [section.funding.value.per_project.max for section in guide.sections] == [1_000_000] * 2  # type: ignore[union-attr]
    assert [one.code for one in guide.findings if one.code == "figure-shared"] == []


def test_what_each_project_gets_has_no_total() -> None:
    heads = [*HEADS[:5], "资助强度（每项，万元）", HEADS[6]]
    guide = read([heads, USA, EGYPT, total("合计", "10", "2400")])
    (check,) = (one for one in guide.checks if one.code == "rows-sum")
    assert (check.outcome, check.message) == ("proved", "1 total in the rows of tables")


def test_the_total_of_the_last_table_may_be_of_all() -> None:
    guide = read([HEADS, USA, EGYPT, total("小计", "10", "2400")], [HEADS, FRANCE, total("总计", "12", "2800")])
    (check,) = (one for one in guide.checks if one.code == "rows-sum")
    assert check.outcome == "proved"


def test_a_merged_cell_holds_for_all_its_rows() -> None:
    rows: list[Row] = [[*HEADS], [*USA[:6], ("项目执行期不超过3年。", 2, 1)], [*EGYPT[:6]]]
    guide = read(rows)
    assert [section.requirements.text for section in guide.sections] == ["项目执行期不超过3年。"] * 2
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []


def test_rows_without_numbers_are_counted() -> None:
    guide = read([HEADS[1:], USA[1:], EGYPT[1:]])
    assert values(guide) == BOTH
    assert [one.code for one in guide.findings] == ["heading-unnumbered"]


def test_groups_of_rows() -> None:
    guide = read([HEADS, [("一、双边合作", 1, 7)], USA, [("二、多边合作", 1, 7)], EGYPT])
    assert values(guide) == BOTH
    assert guide.account.unclaimed == 0


def test_an_unknown_head_is_told() -> None:
    guide = read([[*HEADS[:4], "名额", HEADS[5]], USA[:6], EGYPT[:6]])
    assert [section.other[0].label for section in guide.sections] == ["名额", "名额"]
    told = [(one.code, one.section) for one in guide.findings if one.severity == "warning"]
    assert ("label-unknown", "1") in told
    assert ("label-unknown", "2") in told


SECTION: list[Row] = [
    ["合作协议", "《中美科技合作协定》"],
    ["领域方向", "农业、能源"],
    ["拟支持项目数", "6个项目"],
    ["拟支持经费", "1800万元人民币"],
    ["其他要求", "无。"],
]
LABELLED: dict[str, list[Row]] = {
    "labels and values": SECTION,
    "two pairs in a row": [SECTION[0], [*SECTION[1], *SECTION[2]], [*SECTION[3], *SECTION[4]]],
    "with colons": [[f"{row[0]}：", row[1]] for row in SECTION],
    "with numbers": [[str(number), *row] for number, row in enumerate(SECTION, 1)],
    "heads and one row": [[row[0] for row in SECTION], [row[1] for row in SECTION]],
    "a label in a tall cell": [SECTION[0], [("领域方向", 2, 1), "农业、"], ["能源"], *SECTION[2:]],
}


@pytest.mark.parametrize("name", LABELLED)
def test_tables_of_labels_within_sections(name: str) -> None:
    guide = read(
        "1.1中国和美国政府间合作项目",
        LABELLED[name],
        "1.2中国和埃及政府间合作项目",
        "领域方向：卫生。",
        "拟支持项目数：4个项目。",
        "拟支持经费：600万元人民币。",
    )
    got = [(*one[:2], "".join((one[2] or "").split()), *one[3:]) for one in values(guide)]
    assert got == [
        ("1.1", "中国和美国政府间合作项目", "农业、能源", 6, 18_000_000),
        ("1.2", "中国和埃及政府间合作项目", "卫生。", 4, 6_000_000),
    ]
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert [one.code for one in guide.findings if one.severity != "info"] == []


def test_a_table_of_text_belongs_to_its_field() -> None:
    table: list[Row] = [["1", "农业"], ["2", "能源"]]
    guide = read(
        "1.1中国和美国政府间合作项目", "领域方向：", table, "拟支持项目数：6个项目。", "拟支持经费：1800万元人民币。"
    )
    assert values(guide)[0][2] == "1农业2能源"


@pytest.mark.parametrize(
    "table",
    [
        [["领域方向", "拟支持项目数"], ["农业", "2"], ["能源", "4"]],
        [["序号", "合作国家", "截止时间"], ["1", "美国", "2021年5月31日"]],
    ],
    ids=["two rows below labels", "one row with a number"],
)
def test_a_table_that_is_not_understood_is_told(table: list[Row]) -> None:
    guide = read("1.1中国和美国政府间合作项目", table, "拟支持经费：1800万元人民币。")
    assert [(one.code, one.section) for one in guide.findings if one.code == "table-unread"] == [
        ("table-unread", "1.1")
    ]


def test_sections_with_headings_keep_a_table_among_them() -> None:
    guide = read(
        "1.1中国和美国政府间合作项目",
        "领域方向：如下表。",
        [HEADS, USA],
        "拟支持项目数：6个项目。",
        "拟支持经费：1800万元人民币。",
    )
    assert [section.number for section in guide.sections] == ["1.1"]
    assert [(one.code, one.section) for one in guide.findings if one.code == "table-unread"] == [
        ("table-unread", "1.1")
    ]
