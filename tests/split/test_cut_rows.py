"""Tables on pages whose rows the end of a page cuts: drawn glyph by glyph, with the lines that are ruled around cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import pytest

from extract.model.record import Guide
from extract.model.stages import Pulled, Ruling
from extract.model.text import Glyph
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.pull.ruled_tables import find_cells
from extract.repair import repair

TITLE = "“政府间国际科技创新合作”重点专项2019年度第一批项目申报指南"
SIZE, LINE, EDGE, TOP = 10.0, 12.0, 4.0, 100.0
WIDTHS = {
    "序号": 3,
    "合作国别": 7,
    "合作项目": 7,
    "合作协议": 7,
    "领域方向": 7,
    "拟支持项目数": 7,
    "拟支持经费（万元）": 10,
    "其他要求": 9,
}
Row = Sequence[str]
"""The cells of a row, with the ends of their lines; an empty line puts words further down."""


def read(*pages: Sequence[Row], heads: Row) -> Guide:
    """The record of a guide that is a table, by the rows on each page."""
    edges = [50 + SIZE * width for width in accumulate((WIDTHS[head] for head in heads), initial=0)]
    glyphs = list(_words(1, 50, 50, TITLE))
    rulings: list[Ruling] = []
    for page, rows in enumerate(pages, 1):
        tops = list(accumulate((2 * EDGE + LINE * _height(row) for row in rows), initial=TOP))
        rulings += [Ruling(page, edges[0], top, edges[-1], top) for top in tops]
        rulings += [Ruling(page, edge, tops[0], edge, tops[-1]) for edge in edges]
        for row, top in zip(rows, tops, strict=False):
            for cell, left in zip(row, edges, strict=False):
                for at, line in enumerate(cell.split("\n")):
                    glyphs += _words(page, left + EDGE, top + EDGE + at * LINE, line)
    cells = find_cells(rulings)
    pulled = Pulled("a.pdf", "0" * 64, len(pages), "pdfplumber", glyphs, None, rulings=tuple(rulings), cells=cells)
    return assemble(pulled, repair(pulled), load_profile("intergovernmental"))


def _height(row: Row) -> int:
    return max(cell.count("\n") + 1 for cell in row)


def _words(page: int, x: float, top: float, words: str) -> Iterator[Glyph]:
    for char in words:
        width = SIZE / 2 if char.isascii() else SIZE
        yield Glyph(char, page, x, top, x + width, top + SIZE, "Song", SIZE, width, "", top + 0.88 * SIZE)
        x += width


def told(guide: Guide) -> list[str | None]:
    """The sections of which it is told that a page may go on with them."""
    return [one.section for one in guide.findings if one.code == "row-doubtful"]


def values(guide: Guide) -> list[tuple[str | int | None, ...]]:
    return [
        (
            section.number,
            section.title,
            section.agreement.text,
            section.fields.text,
            section.project_count.value.max if section.project_count.value else None,
        )
        for section in guide.sections
    ]


NUMBERED: Row = ["序号", "合作项目", "合作协议", "领域方向", "拟支持项目数"]
USA: Row = ["1", "中美合作项目", "《中美协定》", "农业、能源。", "6个项目。"]
EGYPT: Row = ["2", "中埃合作项目", "《中埃协定》", "卫生。", "4个项目。"]
THREE = [
    ("1", "中美合作项目", "《中美协定》", "农业、能源。", 6),
    ("2", "中埃合作项目", "《中埃协定》", "卫生。", 4),
    ("3", "中国与泰国联合研究项目", "《中泰科技合作协定》", "铁路、遥感卫星。", 2),
]
CUT: dict[str, tuple[Sequence[Row], ...]] = {
    "within a title": (
        [NUMBERED, USA, EGYPT, ["3", "中国与泰国", "《中泰科技", "铁路、遥感", "2个项目。"]],
        [["", "联合研究项目", "合作协定》", "卫星。", ""]],
    ),
    "below heads that come again": (
        [NUMBERED, USA, EGYPT, ["3", "中国与泰国", "《中泰科技", "铁路、遥感", "2个项目。"]],
        [NUMBERED, ["", "联合研究项目", "合作协定》", "卫星。", ""]],
    ),
    "the number on the next page": (
        [NUMBERED, USA, EGYPT, ["", "", "《中泰科技", "", ""]],
        [["3", "中国与泰国联\n合研究项目", "合作协定》", "铁路、遥感卫\n星。", "2个项目。"]],
    ),
    "over three pages": (
        [NUMBERED, USA, EGYPT, ["3", "中国与泰国联", "《中泰", "", ""]],
        [["", "合研究项目", "科技合", "铁路、", ""]],
        [["", "", "作协定》", "遥感卫星。", "2个项目。"]],
    ),
    "between rows": (
        [NUMBERED, USA, EGYPT],
        [["3", "中国与泰国联\n合研究项目", "《中泰科技合\n作协定》", "铁路、遥感卫\n星。", "2个项目。"]],
    ),
    "behind the heads": (
        [NUMBERED],
        [USA, EGYPT, ["3", "中国与泰国联\n合研究项目", "《中泰科技合\n作协定》", "铁路、遥感卫\n星。", "2个项目。"]],
    ),
}


@pytest.mark.parametrize("name", CUT)
def test_a_row_that_a_page_cuts_is_one(name: str) -> None:
    guide = read(*CUT[name], heads=NUMBERED)
    assert values(guide) == THREE
    assert told(guide) == []
    assert [one.code for one in guide.checks if one.outcome == "contradicted"] == []
    assert guide.account.unclaimed == 0


TITLED = NUMBERED[1:]
GERMANY: Row = ["中德合作项目", "《中德协定》", "能源。", "2个项目。"]
UNNUMBERED: dict[str, tuple[Row, Row, int, Sequence[str]]] = {
    "brackets that the next page closes": (
        ["中国与泰国联", "《中泰科技", "铁路。", "2个项目。"],
        ["合研究项目", "合作协定》", "能源。", ""],
        3,
        [],
    ),
    "a title that leaves room for the next word": (
        ["中泰项目", "《中泰协定》", "铁路、遥感。", "2个项目。"],
        GERMANY,
        4,
        [],
    ),
    "a word too long for the room behind a title": (
        ["中国与国际", "《中外协定》", "铁路、遥感。", "2个项目。"],
        ["（ITER）组织", "", "", ""],
        3,
        [],
    ),
    "room below for what stands on the next page": (
        ["中泰合作项目", "《中泰\n科技合\n作协定\n》", "铁路。", "2个项目。"],
        GERMANY,
        4,
        [],
    ),
    "a title alone": (["中国与泰国联", "《中泰协定》", "铁路。", "2个项目。"], ["合研究项目", "", "", ""], 3, []),
    "what all others have is lacking": (
        ["中国与泰国联", "《中泰协定》", "铁路、遥感卫", "2个项目。"],
        ["合研究项目", "", "星、灾害。", ""],
        3,
        [],
    ),
    "what all others have is lacking, and words end above": (
        ["中泰合作项目", "《中泰协定》", "铁路。\n能源。", "2个项目。"],
        [*GERMANY[:3], ""],
        4,
        ["3", "4"],
    ),
    "full lines": (
        ["中泰合作项目", "《中泰协定》", "铁路、能源。", "2个项目。"],
        GERMANY,
        4,
        ["3", "4"],
    ),
}


@pytest.mark.parametrize("name", UNNUMBERED)
def test_rows_without_numbers_are_one_by_their_words(name: str) -> None:
    above, below, count, doubtful = UNNUMBERED[name]
    guide = read([TITLED, USA[1:], EGYPT[1:], above], [below], heads=TITLED)
    assert len(guide.sections) == count
    assert told(guide) == doubtful


def test_a_title_that_ends_begins_no_row_without_a_number() -> None:
    """A number that is left out, and a title that its words do not go on with: nobody knows which of both is right."""
    guide = read(
        [NUMBERED, USA, ["2", "中埃项目", *EGYPT[2:]]], [["", "中德项目", "《中德协定》", "能源。", ""]], heads=NUMBERED
    )
    assert len(told(guide)) == 2


def test_parts_of_a_section_at_the_end_of_a_page_are_told() -> None:
    """Rows without a number go on with the one above them in this table; the last of a page may begin the next one."""
    part: Row = ["", "", "《公报》", "水。", ""]
    guide = read([NUMBERED, USA, part, EGYPT, part], [["3", *USA[1:]]], heads=NUMBERED)
    assert guide.sections[0].fields.text == "农业、能源。水。"
    assert told(guide) == ["2", "3"]


def test_numbers_below_a_doubtful_row_are_told() -> None:
    above, below, *_ = UNNUMBERED["full lines"]
    guide = read([TITLED, USA[1:], EGYPT[1:], above], [below, USA[1:]], heads=TITLED)
    assert told(guide) == ["3", "4", "5"]


MONEY: Row = ["合作国别", "领域方向", "拟支持经费（万元）", "拟支持项目数"]


def test_a_figure_wider_than_its_cell_stays_whole() -> None:
    figure = "10900.00-11650.00-1234"
    assert SIZE / 2 * len(figure) > SIZE * WIDTHS["拟支持经费（万元）"]
    guide = read([MONEY, ["美国", "农业", figure, "4"], ["埃及", "卫生", "600", "3"]], heads=MONEY)
    assert [section.funding.text for section in guide.sections] == [figure, "600"]
    assert [section.project_count.text for section in guide.sections] == ["4", "3"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("中德LE\nD照明项目", "中德LED照明项目"),
        ("中德L\nNG船舶项目", "中德LNG船舶项目"),
        ("中德Open\nScience项目", "中德Open Science项目"),
        ("中国与平方公\n里阵列（SK\nA）项目", "中国与平方公里阵列（SKA）项目"),
        ("中国与日本科\n学技术振兴机\n构\n（JST）合作\n项目", "中国与日本科学技术振兴机构（JST）合作项目"),
        ("中欧\nHorizon\nEurope项目", "中欧Horizon Europe项目"),
    ],
)
def test_a_title_in_a_narrow_cell_is_one_line(lines: str, joined: str) -> None:
    guide = read([TITLED, [lines, "《协定》", "农业。", "6个项目。"], EGYPT[1:]], heads=TITLED)
    assert guide.sections[0].title == joined


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("http://www.example.\norg/abc/def/ghij\nklm/no\np在线", "http://www.example.org/abc/def/ghijklm/nop在线"),
        ("电子邮件至cstec_\neu@most.cn。", "电子邮件至cstec_eu@most.cn。"),
        ("电子邮件至 cste\nc_eu@most.cn。", "电子邮件至cstec_eu@most.cn。"),
        ("请发送至Email\nzs@most.cn。", "请发送至Email zs@most.cn。"),
        ("联系人Zhang San\nzs@most.cn。", "联系人Zhang San zs@most.cn。"),
    ],
)
def test_an_address_that_a_line_end_cuts(lines: str, joined: str) -> None:
    heads: Row = [*TITLED[:3], "其他要求"]
    guide = read(
        [heads, ["中美合作项目", "《协定》", "农业。", lines], ["中埃合作项目", "《协定》", "水。", "无。"]],
        heads=heads,
    )
    assert guide.sections[0].requirements.text == joined
