"""Pages with heads and feet close to the text, in its size, in two cells; and lines of the text that look like them."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from extract.layout.furniture import find_furniture, missing_pages
from extract.layout.lines import measured_line, plain_rows
from extract.model.text import Glyph, GlyphTable
from tests.layout.test_page_roles import SIZE, layout_of, set_words

PROSE = "为进一步提升我国国际科技创新合作的水平全面推动政府间科技合作根据有关要求编制形成"
STEP = 18.0


class Line(NamedTuple):
    """Words at the top or the foot of each page; {n} is its number."""

    words: str
    baseline: float
    size: float = SIZE
    x: float = 80


def prose(page: int, count: int, *, top: float = 80, end: str = "") -> list[Glyph]:
    """Full lines of a sentence that goes on from page to page, the last of them with other words."""
    glyphs: list[Glyph] = []
    for place in range(count):
        words = "".join(PROSE[(7 * page + 5 * place + at) % len(PROSE)] for at in range(34))
        last = end and place == count - 1
        glyphs += set_words(end if last else words, 80, top + STEP * place, page=page)
    return glyphs


def pages_with(counts: Sequence[int], around: Sequence[Line], *, end: str = "") -> list[Glyph]:
    glyphs = []
    for page, count in enumerate(counts, 1):
        glyphs += prose(page, count, end=end)
        for line in around:
            glyphs += set_words(line.words.format(n=page), line.x, line.baseline, size=line.size, page=page)
    return glyphs


def excluded(glyphs: Sequence[Glyph]) -> list[str]:
    return [str(piece.text) for piece in layout_of(glyphs).excluded]


HEAD, NEAR, FAR = "国家重点研发计划", 80 - 1.6 * STEP, 80 - 2.5 * STEP
FOOT, LOW, LOWEST = "科学技术部", 80 + 31.5 * STEP, 80 + 33 * STEP
FURNITURE: dict[str, tuple[Sequence[int], Line]] = {
    "a small head close to two pages": ((30, 12), Line(HEAD, NEAR, 9)),
    "a small head close to three pages": ((30, 30, 12), Line(HEAD, NEAR, 9)),
    "a small head close to thirty pages": ([30] * 30, Line(HEAD, NEAR, 9)),
    "a foot as large as the text on two pages": ((30, 12), Line(FOOT, LOWEST)),
    "a head as large as the text on two pages": ((30, 30), Line(HEAD, FAR)),
    "a head as large as the text, close to four pages": ((30, 30, 30, 12), Line(HEAD, 80 - 1.1 * STEP)),
    "a label over a sentence": ((30, 30), Line("申报要求：", FAR, 9)),
    "a large label over a sentence": ((30, 30), Line("申报要求：", FAR)),
    "a label over three pages": ((30, 30, 12), Line("申报要求：", NEAR, 9)),
    "a large label far from four pages": ([20] * 4, Line("有关说明：", FAR)),
    "two cells on a page": ((30,), Line("内部资料    第 {n} 页", LOWEST, 9)),
    "two cells as large as the text": ((20,), Line("内部资料    第 {n} 页", LOWEST)),
    "words and a page of all pages": ((30,), Line("内部资料    1/1", LOWEST)),
    "words and the page in English": ((30,), Line("内部资料    Page {n} of 1", LOWEST)),
    "how many pages, then which": ((30,), Line("共1页，第{n}页", LOWEST)),
    "the word for a page number": ((30,), Line("页码：{n}", LOWEST)),
    "two page numbers on a page": ((30,), Line("— {n} —      第{n}页 共1页", LOW)),
    "an adorned page and the issuer on two pages": ((30, 30), Line("- {n} -    科技部", LOW, 9)),
}


def test_a_head_as_close_as_lines_of_the_text_over_the_title_and_on_the_next_page() -> None:
    """The next page has nothing but the end of a note."""
    heads = [glyph for page in (1, 2) for glyph in set_words(HEAD, 80, FAR, size=10, page=page)]
    note = set_words("以批复的任务书为准。", 80, 80 - 2 * STEP, size=7, page=2)
    first = [*set_words("年度项目申报指南", 140, 80 - STEP, size=20), *prose(1, 30)]
    assert excluded([*heads, *first, *note]) == [HEAD, HEAD]
    assert excluded([*heads, *prose(1, 32, top=80 - 1.5 * STEP), *note]) == []


@pytest.mark.parametrize("name", FURNITURE)
def test_heads_and_feet(name: str) -> None:
    counts, line = FURNITURE[name]
    assert excluded(pages_with(counts, [line])) == [line.words.format(n=page) for page in range(1, len(counts) + 1)]


def test_a_foot_as_large_as_the_text_on_two_pages_that_end_at_other_heights() -> None:
    assert excluded(pages_with((30, 29), [Line("科学技术部 {n}", LOW)], end="无。")) == ["科学技术部 1", "科学技术部 2"]
    assert excluded(pages_with((30, 30), [Line("科学技术部 {n}", LOW)], end="无。")) == []


TEXT: dict[str, tuple[Sequence[int], Sequence[Line], str]] = {
    "a last line of every page": ([12] * 7, [], "其他要求：无。"),
    "a last line of two pages": ([12] * 2, [], "其他要求：无。"),
    "a last line of words alone": ([12] * 4, [], "推荐单位见附件"),
    "a last line after a space between paragraphs": ([12] * 4, [Line("其他要求：无。", 80 + 12.6 * STEP)], "农业。"),
    "numbered headings": ([12] * 4, [Line("1.{n} 中欧联合研究", NEAR)], "无。"),
    "small numbered headings": ([12] * 4, [Line("1.{n} 中欧联合研究", NEAR, 10.5)], "无。"),
    "pages that are all the same": ([0] * 3, [Line(PROSE[at : at + 20], 80 + 2 * STEP * at) for at in range(5)], ""),
    "enclosures": ((30, 20), [Line("附件{n}", FAR)], "无。"),
    "a part of all on the last line": ((30,), [Line("经费    1/2", LOWEST, 9)], ""),
    "a sum on the last line": ((30,), [Line("经费    第1类", 80 + 30 * STEP, 9)], ""),
}


@pytest.mark.parametrize("name", TEXT)
def test_lines_of_the_text(name: str) -> None:
    counts, lines, end = TEXT[name]
    assert excluded(pages_with(counts, lines, end=end)) == []


@pytest.mark.parametrize("head", [Line("2.1 中欧联合研究", NEAR, 9), Line("2.1 中欧联合研究", FAR)])
def test_a_heading_that_is_due_stays_though_it_comes_again(head: Line) -> None:
    """What the heads of pages say is the heading itself on the first of them."""
    assert excluded(pages_with((30, 30, 30), [head])) == []
    heading = [*set_words("2.1 中欧联合研究", 80, 80 + 30 * STEP, page=1)]
    assert excluded([*pages_with((30, 30, 30), [head]), *heading]) == [head.words] * 3


@pytest.mark.parametrize(
    ("firsts", "is_head"),
    [
        (("附件1", "1.1 中欧联合研究", "合作协议：无。"), True),
        (("附件1", "科技部", "申报单位"), False),
        (("合作协议：无。", "支持领域：农业。", "1.2 中欧联合研究"), False),
    ],
)
@pytest.mark.parametrize("words", ["申报要求：", HEAD])
def test_a_line_as_large_as_the_text_over_lines_of_different_kinds(
    words: str, firsts: tuple[str, ...], is_head: bool
) -> None:
    """A part of the text that begins with the same line on every page goes on with the same kind of line."""
    glyphs = pages_with((12, 8, 10), [Line(words, 80 - 2.2 * STEP)], end="无。")
    for page, first in enumerate(firsts, 1):
        glyphs += set_words(first, 80, 80 - STEP, page=page)
    assert excluded(glyphs) == [words] * 3 * is_head


@pytest.mark.parametrize("size", [9, SIZE])
def test_heads_of_odd_and_even_pages(size: float) -> None:
    """The one even page has words of its own, at the height of the others."""
    glyphs = pages_with((30, 30, 12), [], end="无。")
    words = {1: HEAD, 2: "项目申报指南", 3: HEAD}
    for page, head in words.items():
        glyphs += set_words(head, 80 if page % 2 else 350, FAR, size=size, page=page)
    assert excluded(glyphs) == list(words.values())


@pytest.mark.parametrize("words", ["二、有关要求", "2.1 中欧联合研究"])
def test_a_line_of_the_text_where_other_pages_have_heads(words: str) -> None:
    """On a page without a head the text may begin higher up."""
    glyphs = [*prose(1, 30, end="无。"), *prose(2, 30, top=FAR + STEP, end="无。"), *prose(3, 12, end="无。")]
    glyphs += [glyph for page in (1, 3) for glyph in set_words(HEAD, 80, FAR, page=page)]
    assert excluded([*glyphs, *set_words(words, 80, FAR, page=2)]) == [HEAD] * 2


def test_a_known_label_with_its_value_stays() -> None:
    line = Line("其他要求：无。", LOW, 9)
    inside = set_words("其他要求：无。", 80, 80 + 30 * STEP, page=1)
    assert excluded([*pages_with((30, 30, 30), [line]), *inside]) == []


def test_a_head_as_large_as_the_text_above_two_pages_that_begin_anew() -> None:
    glyphs = pages_with((30, 30), [Line(HEAD, FAR)], end="其他要求：无。")
    assert excluded(glyphs) == [HEAD] * 2


def test_heads_of_two_lines_and_feet_in_one() -> None:
    lines = [Line(HEAD, FAR, 9), Line("2019年度指南", FAR + 12, 9), Line("第{n}页    共3页", LOW, 9)]
    assert len(excluded(pages_with((30, 30, 12), lines))) == 9


def test_a_page_is_missing_though_its_number_stands_beside_other_words() -> None:
    glyphs = [
        *prose(1, 30), *prose(2, 30), *prose(3, 30), *set_words("内部资料    第 1 页", 80, LOW, size=9, page=1),
        *set_words("内部资料    第 2 页", 80, LOW, size=9, page=2), *set_words("内部资料    第 4 页", 80, LOW, size=9, page=3),
    ]  # fmt: skip
    layout = layout_of(glyphs)
    assert [(one.code, one.args["number"]) for one in missing_pages(layout.printed, layout.furniture)] == [
        ("page-missing", 4)
    ]


# Numbers alone on lines of plain text, and which of them are page numbers: the longest run, a lost one left out.
RUNS: dict[str, list[int]] = {
    "1 2 3": [0, 1, 2],
    "1 2 4": [0, 1, 2],
    "7 1 2 9 3 2 4": [1, 2, 4, 6],
    "5 6 1 2 3": [2, 3, 4],
    "1 4": [],
}


@pytest.mark.parametrize("numbers", RUNS)
def test_page_numbers_of_plain_text_count_up(numbers: str) -> None:
    words = [part for number in numbers.split() for part in ("正文", number)]
    glyphs = [Glyph(char, 1) for line in words for char in line]
    lines = [place for place, line in enumerate(words, 1) for _ in line]
    ink = GlyphTable(glyphs, lines, drawn=False)
    rows = [measured_line(ink, row) for row in plain_rows(lines)]
    found = [index for index, reason in find_furniture(rows, drawn=False).items() if reason == "page-number"]
    assert found == [2 * place + 1 for place in RUNS[numbers]]


def test_a_head_with_the_number_of_its_page_on_a_page_without_text() -> None:
    """Nothing sets it apart there: notes alone stand below it."""
    heads = [g for page in (2, 4) for g in set_words(f"{page}{' ' * 30}科技部文件", 80, 80 - STEP, page=page)]
    glyphs = [*(g for page in (1, 2, 3) for g in prose(page, 30, end="无。")), *heads]
    assert [line.split() for line in excluded(glyphs)] == [["2", "科技部文件"], ["4", "科技部文件"]]
