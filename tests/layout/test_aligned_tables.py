"""Tables without rules between their columns: what stands in line tells cells, and what cannot be told is told."""

from collections import defaultdict
from collections.abc import Sequence

import pytest

from extract.model.stages import Pulled, Repaired, Ruling
from extract.model.text import Glyph
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.repair import repair
from tests.layout.test_layouts import TITLE, read
from tests.layout.test_paragraphs import EM, line
from tests.layout.test_tables import ROWS, rows

COLUMNS = (4, 7, 12, 21, 28)  # ems from the edge of the page; one lies between two columns that are full
HEADS = "序号|合作国别|领域方向|拟支持项目数|拟支持经费"
USA_AND_EGYPT = "1|美国|农业、能源、环境|6|1800万元\n||科学||\n2|埃及|水|4|600万元"
PITCH = 13.0


def drawn(pages: Sequence[str]) -> tuple[list[Glyph], list[Ruling]]:
    """Pages line by line, with words in columns. ½: half a line down; an empty line: a gap; ---: a rule."""
    glyphs: list[Glyph] = []
    rulings: list[Ruling] = []
    for page, words in enumerate(pages, 1):
        y = 80.0
        for text in words.strip("\n").split("\n"):
            if text == "---":
                rulings.append(Ruling(page, 4 * EM, y + PITCH - 1, 36 * EM, y + PITCH - 0.5))
                continue
            y += PITCH / 2 if text.startswith("½") or not text else PITCH
            cells = text.removeprefix("½").split("|")
            for x, cell in zip(COLUMNS[-len(cells) :] if len(cells) > 1 else COLUMNS, cells, strict=False):
                glyphs += line(cell, page, x, y)
    return glyphs, rulings


def pulled(pages: Sequence[str]) -> Pulled:
    glyphs, rulings = drawn(pages)
    return Pulled("guide.pdf", "", len(pages), "pdfplumber", glyphs, None, rulings=tuple(rulings))


def repaired(pages: Sequence[str]) -> Repaired:
    return repair(pulled(pages), load_profile())


def table(pages: Sequence[str]) -> list[str]:
    """The rows with the words of their cells."""
    found: dict[int, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    for one in repaired(pages).lines:
        if one.cell:
            found[one.cell.rows.start][one.cell.columns.start] += str(one.text)
    width = max((max(cells) for cells in found.values()), default=-1) + 1
    return ["|".join(found[row][column] for column in range(width)) for row in sorted(found)]


TOLD_APART = {
    "a number begins each row": (f"{HEADS}\n{USA_AND_EGYPT}",),
    "cells in the middle of their rows": (
        f"""
{HEADS}

||农业、能源、环境||
½1|美国||6|1800万元
½||科学||

2|埃及|水|4|600万元
""",
    ),
    "a line ends short before each row": (
        """
合作国别|领域方向|拟支持项目数|拟支持经费
美国|农业、能源、环境|6|1800万元
|科学||
埃及|水|4|600万元
""",
    ),
    "a rule before each row": (
        """
---
合作国别|领域方向|拟支持项目数|拟支持经费
---
美国|农业、能源、环境|6|1800万元
|科学||
---
埃及|水|4|600万元
---
""",
    ),
    "a page ends within a row, and the heads come again": (
        f"{HEADS}\n1|美国|农业、能源、环境|6|1800万元",
        f"{HEADS}\n||科学||\n2|埃及|水|4|600万元",
    ),
    "the number of a row stands on its last page": (
        f"{HEADS}\n\n1|美国|农业、能源、环境|6|1800万元\n||科学||",
        "||水、农业、能源和||",
        "2|埃及|卫生|4|600万元\n\n3|德国|水|4|600万元",
    ),
    "a head is broken": (
        """
|||拟支持项目|
½序号|合作国别|领域方向||拟支持经费
½|||数（个）|

1|美国|农业、能源、环境|6|1800万元
||科学||

2|埃及|水|4|600万元
""",
    ),
    "the characters of a head are set apart": (f"序 号|{HEADS[3:]}\n{USA_AND_EGYPT}",),
    "a comma hangs over the edge of its column": (
        f"""
{HEADS}
1|美国|农业、能源和环境，|6|1800万元
||科学||
2|埃及|水|4|600万元
""",
    ),
    "an appendix begins below": (f"{HEADS}\n{USA_AND_EGYPT}\n附件2",),
}
READ = {
    "the number of a row stands on its last page": [
        "1|美国|农业、能源、环境科学|6|1800万元",
        "2|埃及|水、农业、能源和卫生|4|600万元",
        "3|德国|水|4|600万元",
    ],
    "a comma hangs over the edge of its column": ["1|美国|农业、能源和环境，科学|6|1800万元", "2|埃及|水|4|600万元"],
}
USUAL = ["1|美国|农业、能源、环境科学|6|1800万元", "2|埃及|水|4|600万元"]


@pytest.mark.parametrize("why", TOLD_APART)
def test_rows_are_told_apart(why: str) -> None:
    is_numbered = "序" in TOLD_APART[why][0]
    wanted = READ.get(why, USUAL)
    told = [row for row in table(TOLD_APART[why]) if not row.endswith("拟支持经费")]
    assert told == [row if is_numbered else row[2:] for row in wanted]
    assert not [one for one in repaired(TOLD_APART[why]).findings if one.code == "table-unread"]


UNTOLD = {
    "a page may hold the end of one row, or the top of another": (
        f"{HEADS}\n\n1|美国|农业、能源、环境|6|1800万元",
        "||水、农业、能源和||",
        "2|埃及|卫生|4|600万元\n\n3|德国|水|4|600万元",
    ),
    "rows go on below a line across": (
        f"""
{HEADS}
1|美国|农业、能源、环境|6|1800万元
与亚洲国家的政府间科技创新合作项目包括以下
2|埃及|水|4|600万元
""",
    ),
    "words stand in the column of numbers": (f"{HEADS}\n1|美国|农业|6|1800万元\n注：|埃及|水|4|600万元",),
    "a row has no number": (f"{HEADS}\n\n1|美国|农业|6|1800万元\n\n|埃及|水|4|600万元\n\n2|德国|水|4|600万元",),
    "rows of one line are as long": ("合作国别|领域方向|拟支持项目数\n韩国合作|材料、天文和矿业|1\n美国合作|农业、能源、环境|6",),
}  # fmt: skip


@pytest.mark.parametrize("why", UNTOLD)
def test_rows_that_cannot_be_told_apart_are_told(why: str) -> None:
    assert table(UNTOLD[why]) == []
    assert [one.code for one in repaired(UNTOLD[why]).findings if one.code == "table-unread"]


def test_a_title_that_may_go_on_at_the_top_of_a_page_is_told() -> None:
    guide = pulled(
        (
            "2018年度项目申报指南\n合作国别|领域方向|拟支持项目数|拟支持经费\n美国|水|6|1800万元\n美国合作|农业、能源、环境|6|1800万元",
            "项目|科学|5|",
        )
    )
    made = assemble(guide, repair(guide, load_profile()), load_profile())
    assert [(one.code, one.section) for one in made.findings if one.code == "row-doubtful"] == [
        ("row-doubtful", "2"),
        ("row-doubtful", "3"),
    ]


def test_the_ends_of_cells_at_one_place_of_two_pages_are_no_watermark() -> None:
    glyphs: list[Glyph] = []
    for page, words in enumerate(("农业、能源、环境", "材料、天文和矿业"), 1):
        for y in (100.0, 113.0):
            glyphs += [*line(words, page, 4, y), *line(words, page, 20, y)]
        glyphs += line("目。", page, 15, 106.5)
    made = repair(Pulled("guide.pdf", "", 2, "pdfplumber", glyphs, None))
    assert not [piece for piece in made.excluded if piece.reason == "watermark"]


def test_labels_in_the_text_are_no_table() -> None:
    made = repaired(["领域方向：农业、能源、环境科学\n拟支持项目数：6\n拟支持经费：1800万元"])
    assert [line.cell for line in made.lines] == [None] * 3
    assert made.findings == ()


@pytest.mark.parametrize("name", ["table_aligned_office.pdf", "table_aligned_browser.pdf"])
def test_guides_that_programs_set(name: str) -> None:
    guide = read(name)
    assert guide.guide.title == TITLE
    assert rows(guide) == ROWS * 3
    assert [section.number for section in guide.sections] == [str(number) for number in range(1, 25)]
    assert guide.account.unclaimed == 0
    assert [one.code for one in guide.findings if one.severity != "info"] == []
