"""Guides that are one ruled table, set by LibreOffice and Chromium: rows go on over the ends of pages, heads come again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from extract.layout.lines import drawn_rows
from extract.model.record import Guide
from extract.model.stages import PageCell, Ruling
from extract.model.text import Cell
from extract.pull.ruled_tables import find_cells
from tests.layout.test_layouts import AGREEMENTS, SECTIONS, TITLE, read
from tests.layout.test_page_roles import set_words

# What the eight rows say that come three times in the files: partner, projects, ten thousand yuan, fields, requirements.
ROWS = [
    ("美国", 6, 1800, "农业、能源、环境科学、医药卫生，以及双方商定的其他领域", "1．项目执行期不超过3年。2．中方企业须提供配套出资。"),
    ("埃及", 4, 600, "可再生能源、水、食品与农业、卫生", "无。"),
    ("德国", 3, 900, "电动汽车、清洁水", "企业须提供至少与政府资助等额的配套出资。"),
    ("泰国", 2, 400, "铁路、遥感卫星、技术转移", "无。"),
    ("日本", 5, 1500, "材料、灾害", "无。"),
    ("韩国", 5, 1000, "生物技术", "项目执行期2年。"),
    ("南非", 7, 2100, "天文、矿业", "无。"),
    ("巴西", 3, 750, "农业、纳米技术", "无。"),
]  # fmt: skip


def rows(guide: Guide) -> list[tuple[str, int | None, int | None, str | None, str | None]]:
    return [
        (
            section.title,
            section.project_count.value.max if section.project_count.value else None,
            section.funding.value.max // 10_000 if section.funding.value and section.funding.value.max else None,
            section.fields.text,
            section.requirements.text,
        )
        for section in guide.sections
    ]


@pytest.mark.parametrize("name", ["table_over_pages_office.pdf", "table_over_pages_browser.pdf"])
def test_rows_go_on_over_the_ends_of_pages(name: str) -> None:
    guide = read(name)
    assert rows(guide) == ROWS * 3
    assert [section.number for section in guide.sections] == [str(number) for number in range(1, 25)]
    assert guide.account.unclaimed == 0
    contradicted = [check.code for check in guide.checks if check.outcome == "contradicted"]
    assert contradicted == ["projects-declared", "funding-declared"]  # the introduction tells the sums of eight rows
    assert [one.code for one in guide.findings if one.severity != "info"] == ["text-for-all"]


@pytest.mark.parametrize("name", ["v13_table.pdf", "v13_table.docx", "v13_table.xlsx"])
def test_a_guide_that_is_one_table(name: str) -> None:
    guide = read(name)
    assert guide.guide.title == TITLE
    assert [section.number for section in guide.sections] == ["1", "2", "3", "4"]
    for section, (number, (title, fields, count, funding, _)) in zip(guide.sections, SECTIONS.items(), strict=True):
        assert (section.title, section.fields.text, section.agreement.text) == (title, fields, AGREEMENTS[number])
        assert section.project_count.value
        assert section.funding.value
        assert (section.project_count.value.max, section.funding.value.max) == (count, funding)
    assert guide.findings == ()
    assert [check.code for check in guide.checks if check.outcome == "contradicted"] == []


def level(page: int, x0: float, x1: float, y: float) -> Ruling:
    return Ruling(page, x0, y - 0.25, x1, y + 0.25)


def upright(page: int, x: float, top: float, bottom: float) -> Ruling:
    return Ruling(page, x - 0.25, top, x + 0.25, bottom)


def grid(page: int, *, last: bool = True) -> list[Ruling]:
    """Two columns and two rows, the second of which may be open below."""
    return [
        *(level(page, 100, 300, y) for y in ((100, 150, 200) if last else (100, 150))),
        *(upright(page, x, 100, 200) for x in (100, 200, 300)),
    ]


def places(rulings: list[Ruling]) -> list[tuple[int, int, range, range]]:
    return [(one.page, one.cell.table, one.cell.rows, one.cell.columns) for one in find_cells(rulings)]


FOUR = [(range(row, row + 1), range(column, column + 1)) for row in (0, 1) for column in (0, 1)]


def test_cells_have_rows_and_columns() -> None:
    assert places(grid(1)) == [(1, 1, *cell) for cell in FOUR]


def test_a_row_that_a_page_ends_has_cells() -> None:
    assert places(grid(1, last=False)) == [(1, 1, *cell) for cell in FOUR]


def test_a_merged_cell_fills_its_rows() -> None:
    rulings = [*grid(1), level(1, 200, 300, 175)]
    assert (1, 1, range(1, 3), range(1)) in places(rulings)


def test_a_table_goes_on_on_the_next_page() -> None:
    later = [(2, 1, range(rows.start + 2, rows.stop + 2), columns) for rows, columns in FOUR]
    assert places([*grid(1), *grid(2)]) == [*((1, 1, *cell) for cell in FOUR), *later]
    assert [place[:2] for place in places([*grid(1), *grid(3)])][-1] == (3, 2)


def row(page: int, *, right: float = 300) -> list[Ruling]:
    """One row of two columns."""
    return [*(level(page, 100, right, y) for y in (100, 150)), *(upright(page, x, 100, 150) for x in (100, 200, right))]


@pytest.mark.parametrize(
    ("rulings", "pages"),
    [
        ([*grid(1), *row(2)], [(1, 1), (2, 1)]),
        ([*row(1), *grid(2)], [(1, 1), (2, 1)]),
        ([*grid(1), *row(2), *row(3)], [(1, 1), (2, 1), (3, 1)]),
        ([*grid(1), *row(3)], [(1, 1)]),
        ([*grid(1), *row(2, right=340)], [(1, 1)]),
        ([*row(1), *row(2)], []),
        ([*grid(1), *row(2, right=340), *(replace(one, top=one.top + 200, bottom=one.bottom + 200) for one in row(2))],
         [(1, 1), (2, 1)]),
    ],
)  # fmt: skip
def test_a_page_may_have_one_row_of_a_table(rulings: list[Ruling], pages: list[tuple[int, int]]) -> None:
    assert sorted({place[:2] for place in places(rulings)}) == pages


def test_frames_and_rules_are_no_tables() -> None:
    frame = [level(1, 50, 500, 50), level(1, 50, 500, 800), upright(1, 50, 50, 800), upright(1, 500, 50, 800)]
    assert find_cells(frame) == ()
    assert find_cells([*frame, level(1, 50, 500, 90)]) == ()  # a head within a frame
    assert find_cells([*frame, upright(1, 275, 50, 800)]) == ()  # two columns of text
    assert find_cells([level(1, 50, 500, y) for y in range(100, 700, 20)]) == ()


def test_a_raised_mark_beside_the_words_of_another_cell() -> None:
    glyphs = [*set_words("能源10", 80, 100), *set_words("4", 114, 95, size=7), *set_words("农业", 122, 100)]
    cells = [
        PageCell(1, (75, 85, 113, 110), Cell(1, range(1), range(1))),
        PageCell(1, (113, 85, 160, 110), Cell(1, range(1), range(1, 2))),
    ]
    lines, _ = drawn_rows(glyphs, range(len(glyphs)), [], cells)
    assert ["".join(glyphs[n].text for n in row.numbers) for row in lines] == ["能源10", "4农业"]
