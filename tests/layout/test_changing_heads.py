"""Heads that change with the chapter, above the text of its pages; and headings at the top of pages that look like them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest

from extract.layout.furniture.changing_heads import doubtful_heads
from extract.model.text import Glyph
from tests.layout.test_page_roles import SIZE, layout_of, set_words
from tests.layout.test_page_roles import prose as columned
from tests.layout.test_running_heads import FAR, FOOT, LOWEST, NEAR, STEP, excluded, prose

OWN, OTHER, THIRD = "双边合作", "多边合作", "周边国家"
HEADING = "1.1 中欧联合研究"


class Guide(NamedTuple):
    """How many lines of prose each page has, and what stands above it, by page; `firsts` begin the text of their pages."""

    counts: Sequence[int]
    heads: Mapping[int, str]
    baseline: float = FAR
    size: float = SIZE
    firsts: Mapping[int, str] = {}
    end: str = "无。"

    def glyphs(self) -> list[Glyph]:
        glyphs = []
        for page, count in enumerate(self.counts, 1):
            *above, first = self.firsts.get(page, "").split("\n")  # a line is left for the head
            top = 80 + STEP * len(above)
            glyphs += set_words(first, 80, top, page=page)
            glyphs += prose(page, count, top=top + STEP * bool(first), end=self.end)
            for place, words in enumerate(self.heads.get(page, "").split("\n")):
                glyphs += set_words(words, 80, self.baseline + self.size * place, size=self.size, page=page)
        return glyphs


HEADS = {
    "the same on the next page, the one before being full": Guide((30, 30, 30, 12), {2: OWN, 3: OWN, 4: OTHER}),
    "in smaller type": Guide((30, 30, 30, 12), {2: OWN, 3: OTHER, 4: THIRD}, NEAR, 9),
    "numbers of pages beside them": Guide((30, 10, 12), {2: f"{OWN}{' ' * 20}2", 3: f"{OTHER}{' ' * 20}3"}),
    "numbers of pages on the left": Guide((30, 10, 12), {2: f"2{' ' * 20}{OWN}", 3: f"3{' ' * 20}{OTHER}"}),
    "numbers of pages that begin anew": Guide((30, 10, 12), {2: f"{OWN}{' ' * 20}1", 3: f"{OTHER}{' ' * 20}2"}),
    "a number of the page beside one of them": Guide((10, 10, 12), {1: THIRD, 2: f"{OWN}{' ' * 20}2", 3: OTHER}),
    "a sentence goes on below them": Guide((30, 30, 30), {2: OWN, 3: OTHER}, end=""),
    "a page of the middle begins without one": Guide((30, 12, 12, 30), {2: OWN, 3: OTHER}),
    "the heading right below": Guide((10, 30, 12), {2: HEADING, 3: HEADING}, firsts={2: HEADING}),
    "a long heading, cut": Guide((10, 10, 12), {2: f"{HEADING}与交流", 3: OWN}, firsts={2: f"{HEADING}与交流项目（第一批）"}),
    "a long head in two lines": Guide((10, 30, 12), {2: f"{HEADING}\n与交流", 3: f"{HEADING}\n与交流"}, FAR - SIZE, firsts={2: f"{HEADING}与交流"}),
    "a heading with the figure of a page, and the page": Guide(
        (10, 10, 12), {2: f"1.1.3 中欧联合研究{' ' * 20}2", 3: f"1.1.3 中欧联合研究{' ' * 20}3"}, firsts={2: "1.1.3 中欧联合研究"}
    ),
    "a small head in two lines above a page of one line": Guide(
        (30, 30, 1), {2: f"{OWN}与交流\n项目 2", 3: f"{OWN}与交流\n项目 3"}, FAR - SIZE, 10
    ),
    "on all pages, a little farther from the text than its lines are from one another": Guide(
        (30, 30, 30, 30, 9), {1: THIRD, 2: THIRD, 3: f"{OWN}{' ' * 20}3", 4: OTHER, 5: OTHER}, 80 - 1.2 * STEP
    ),
    "the number of the page below a long head": Guide((10, 10, 12), {2: f"{OWN}\n2", 3: f"{OTHER}{' ' * 20}3"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_heads_that_change(name: str) -> None:
    guide = HEADS[name]
    words = [" ".join(line.split()) for head in guide.heads.values() for line in head.split("\n")]
    assert [" ".join(line.split()) for line in excluded(guide.glyphs())] == words


NUMBERED = {
    "of its page beside each": {page: f"{words}{' ' * 20}{page}" for page, words in enumerate((OWN, OTHER, OWN), 2)},
    "beside most": {1: THIRD, 2: f"{OWN}{' ' * 20}2", 3: f"{OWN}{' ' * 20}3"},
}


@pytest.mark.parametrize("name", NUMBERED)
def test_heads_with_numbers_of_pages_that_no_space_sets_off(name: str) -> None:
    glyphs = Guide((30, 30, 12, 9)[: max(NUMBERED[name])], NUMBERED[name], 80 - STEP, end="").glyphs()
    assert [line.split() for line in excluded(glyphs)] == [head.split() for head in NUMBERED[name].values()]


def test_lines_far_above_the_text_of_both_of_two_pages_are_told() -> None:
    glyphs = Guide((30, 12), {1: OWN, 2: OTHER}).glyphs()
    assert excluded(glyphs) == []
    assert {str(line.text) for line in doubtful_heads(layout_of(glyphs).lines)} == {OWN, OTHER}


def test_a_line_above_the_text_of_one_page_that_begins_higher_than_the_others_is_told() -> None:
    glyphs = Guide((30, 30, 30), {2: OWN}, 80 - STEP).glyphs()
    assert excluded(glyphs) == []
    assert [str(line.text) for line in doubtful_heads(layout_of(glyphs).lines)] == [OWN]


def test_lines_above_columns_that_begin_at_one_height_are_told() -> None:
    """Each page has a line of its own over one of its columns, one and a half steps above it."""
    glyphs = []
    for page, (words, column) in {1: (OWN, 300), 2: (OTHER, 60)}.items():
        glyphs += set_words(words, column, 80 - 1.6 * STEP, page=page)
        glyphs += [one for x in (60, 300) for one in columned(30, x, 80, 17, page=page, first=page)]
    assert excluded(glyphs) == []
    assert {str(line.text) for line in doubtful_heads(layout_of(glyphs).lines)} == {OWN, OTHER}


TEXT = {
    "a title on each page": Guide((10, 12, 9, 12), {1: "附件1", 2: OWN, 3: OTHER, 4: THIRD}),
    "a title on each page but the first": Guide((10, 12, 9, 12), {2: OWN, 3: OTHER, 4: THIRD}),
    "a heading on each page": Guide((10, 12, 9), {1: HEADING, 2: "1.2 中日联合研究", 3: "1.3 中美联合研究"}),
    "headings that the contents have, too": Guide(
        (2, 12, 9), {2: HEADING, 3: "1.2 中日联合研究"}, firsts={1: f"{HEADING}......2    1.2 中日联合研究......3"}
    ),
    "a label": Guide((30, 30, 12), {2: "申报要求：", 3: "有关说明："}, end=""),
    "a section on each page, two of them with one title": Guide(
        (30, 8, 8, 8, 29, 8, 8),
        {2: OWN, 3: OTHER, 4: THIRD, 5: "联合研究", 6: OWN, 7: "产业合作"},
        80,
        firsts={page: f"\n合作协议：《{words}》。" for page, words in enumerate("甲甲乙丙丁戊", 2)},
    ),
    "a sentence": Guide((30, 30, 12), {2: "其他要求另定。", 3: "有关说明见下。"}),
    "a figure that is no page": Guide((30, 12, 9), {2: f"经费{' ' * 20}7", 3: f"项目{' ' * 20}4"}),
    "a page on which the text begins as high": Guide(
        (30, 30, 30, 30), {1: "企业应提供配套出资。", 2: OWN, 3: OTHER, 4: THIRD}, end=""
    ),
}


@pytest.mark.parametrize("name", TEXT)
def test_headings_at_the_top_of_pages_stay(name: str) -> None:
    assert excluded(TEXT[name].glyphs()) == []


@pytest.mark.parametrize("name", ["a title on each page", "a title on each page but the first"])
def test_what_may_be_a_head_is_told(name: str) -> None:
    guide = TEXT[name]
    assert [str(line.text) for line in doubtful_heads(layout_of(guide.glyphs()).lines)] == [*guide.heads.values()]


@pytest.mark.parametrize(
    ("heads", "told"), [((OWN, OTHER, OWN, THIRD), [OWN, OWN]), ((OWN, OTHER, OWN), [OWN, OTHER, OWN])]
)
def test_first_lines_that_no_space_sets_off_and_that_come_again_are_told(heads: Sequence[str], told: list[str]) -> None:
    guide = Guide((30,) * len(heads), dict(enumerate(heads, 1)), 80 - STEP)
    assert excluded(guide.glyphs()) == []
    assert [str(line.text) for line in doubtful_heads(layout_of(guide.glyphs()).lines)] == told


@pytest.mark.parametrize("number", ["1", "·1·", "— 1 —"])
def test_the_foot_of_a_page_that_is_not_full(number: str) -> None:
    foot = f"国家重点研发计划{' ' * 20}{number}"
    assert excluded([*prose(1, 12, end=""), *set_words(foot, 80, LOWEST + STEP, size=9)]) == [foot]
    assert excluded([*prose(1, 12, end=""), *set_words(f"经费{' ' * 20}7", 80, LOWEST + STEP, size=9)]) == []


def test_a_foot_that_changes() -> None:
    glyphs = [glyph for page, count in enumerate((30, 12, 30, 9), 1) for glyph in prose(page, count, end="无。")]
    feet = {1: OWN, 2: OWN, 3: OTHER, 4: OTHER}
    for page, words in feet.items():
        glyphs += set_words(f"{FOOT}{words}", 80, LOWEST, size=9, page=page)
    assert excluded(glyphs) == [f"{FOOT}{words}" for words in feet.values()]


def test_a_line_that_begins_a_column_as_high_as_heads_is_text() -> None:
    glyphs = [*columned(9, 60, 100, 17), *columned(9, 300, 100, 17)]
    for page in (2, 3, 4):
        glyphs += set_words(f"附件{page - 1}", 60, 100, page=page)
        glyphs += columned(9, 60, 118, 17, page=page, first=page)
        glyphs += columned(9, 300, 118 if page > 2 else 100, 17, page=page, first=page + 3)
    assert excluded(glyphs) == ["附件1", "附件2", "附件3"]


@pytest.mark.parametrize("baseline", [FAR, 80 - STEP])
def test_a_head_of_one_page_that_repeats_the_heading_right_below_it(baseline: float) -> None:
    assert excluded(Guide((30, 10), {2: HEADING}, baseline, firsts={2: HEADING}).glyphs()) == [HEADING]


def test_a_heading_as_high_as_the_second_line_of_heads_is_text() -> None:
    """Odd pages have no head, and the table of contents has the number of the heading, too."""
    glyphs = [*set_words(f"{HEADING} …… 3", 80, 80 + STEP), *prose(1, 28, top=80 + 2 * STEP)]
    glyphs += [
        *set_words(HEADING, 80, 80 + STEP, page=3),
        *prose(3, 28, top=80 + 2 * STEP),
        *prose(5, 29, top=80 + STEP),
    ]
    for page in (2, 4, 6):
        glyphs += [*set_words(f"{page}{' ' * 20}{OWN}项目重点", 80, 80, page=page)]
        glyphs += [*set_words("专项", 80, 80 + STEP, page=page), *prose(page, 28, top=80 + 2 * STEP)]
    assert not any(HEADING in line for line in excluded(glyphs))
