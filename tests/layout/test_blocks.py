"""Documents without pages: paragraphs that are certain, scripts, notes and what is set aside, as a reader hands them out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.errors import LimitPassed
from extract.limits import DEFAULT_LIMITS
from extract.model.record import Guide
from extract.model.stages import Pulled
from extract.model.text import Cell
from extract.model.values import Evidence
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.pull.block_builder import BlockBuilder
from extract.repair import repair

TITLE = "“政府间国际科技创新合作”重点专项2019年度第一批项目申报指南"


def written(*writes: Callable[[BlockBuilder], object] | str) -> Pulled:
    """A document of blocks: a string is one, a function writes one or more."""
    builder = BlockBuilder(DEFAULT_LIMITS)
    for write in writes:
        builder.start()
        if isinstance(write, str):
            builder.write(write)
        else:
            write(builder)
    reading = builder.reading()
    return Pulled(
        file="guide.docx",
        sha256="0" * 64,
        pages=reading.pages,
        reader="text",
        glyphs=reading.glyphs,
        lines=reading.lines,
        annotations=reading.annotations,
        blocks=reading.blocks,
        scripts=reading.scripts,
    )


def guide(*writes: Callable[[BlockBuilder], object] | str) -> Guide:
    pulled = written(TITLE, "1.1中国和美国政府间合作项目", *writes, "拟支持项目数：6个项目。", "其他要求：无。")
    return assemble(pulled, repair(pulled), load_profile("intergovernmental"))


def test_evidence_names_the_block() -> None:
    (section,) = guide("拟支持经费：1800万元人民币。").sections
    assert section.funding.evidence == (Evidence(page=None, bbox=None, block=3, quote="1800万元人民币。"),)
    assert section.funding.value
    assert section.funding.value.max == 18_000_000


def test_checks_hold_without_pages() -> None:
    made = guide("领域方向：农业、能源。", "拟支持经费：1800万元人民币。")
    assert made.source.pages is None
    assert {check.code: check.outcome for check in made.checks if check.outcome == "contradicted"} == {}
    assert made.account.unclaimed == 0


def test_lines_end_within_a_block() -> None:
    def lines(builder: BlockBuilder) -> None:
        for words in ("领域方向：农业、", "能源。", "　　拟支持经费：1800万元人民币。"):
            builder.write(words)
            builder.break_line()

    (section,) = guide(lines).sections
    assert section.fields.text == "农业、能源。"
    assert section.funding.value
    assert section.funding.value.max == 18_000_000
    assert [piece.block for piece in section.fields.evidence + section.funding.evidence] == [3, 3, 3]


def test_raised_marks_refer_to_notes_and_figures_stay() -> None:
    def marked(builder: BlockBuilder) -> None:
        builder.write("拟支持经费：1800")
        builder.write("1", script="raised")
        builder.write("万元人民币。")

    def note(builder: BlockBuilder) -> None:
        builder.start(note=1)
        builder.write("1", script="raised")
        builder.write(" 含管理费。")

    (section,) = guide(marked, note).sections
    assert section.funding.value
    assert section.funding.value.max == 18_000_000
    assert [(one.mark, one.text) for one in section.notes] == [("1", "含管理费。")]


@pytest.mark.parametrize(
    ("last", "is_note"), [("1 含管理费。", True), ("[1] 含管理费。", True), ("1.含管理费。", False)]
)
def test_a_last_paragraph_that_begins_with_a_mark_is_its_note(last: str, is_note: bool) -> None:
    """Nobody raised it; 1. may begin an item."""

    def marked(builder: BlockBuilder) -> None:
        builder.write("拟支持经费：1800")
        builder.write("1", script="raised")
        builder.write("万元人民币，每国")
        builder.write("1", script="raised")
        builder.write("一项。")

    pulled = written(TITLE, "1.1中国和美国政府间合作项目", marked, "拟支持项目数：6个项目。", "其他要求：无。", last)
    (section,) = assemble(pulled, repair(pulled), load_profile("intergovernmental")).sections
    assert [(one.mark, one.text) for one in section.notes or ()] == [(last.split()[0], "含管理费。")] * is_note


def test_a_mark_that_begins_a_line_before_a_full_stop_begins_no_note() -> None:
    def broken(builder: BlockBuilder) -> None:
        builder.write("领域方向：农业、能源")
        builder.break_line()
        builder.write("1", script="raised")
        builder.write("。拟支持经费：1800万元。")

    def note(builder: BlockBuilder) -> None:
        builder.write("1", script="raised")
        builder.write("含林业。")

    (section,) = guide(broken, note).sections
    assert section.fields.text == "农业、能源。"
    assert section.funding.text == "1800万元。"
    assert [(one.mark, one.text) for one in section.notes] == [("1", "含林业。")]


@pytest.mark.parametrize(("words", "most"), [("3 000万元", 30_000_000), ("3000 1800万元", None), ("30 18万元", None)])
def test_figures_that_a_space_parts_are_not_one(words: str, most: int | None) -> None:
    (section,) = guide(f"拟支持经费：{words}。").sections
    assert (section.funding.value and section.funding.value.max) == most
    assert section.funding.status == ("stated" if most else "unread")


def test_signs_of_units_are_written() -> None:
    def power(builder: BlockBuilder) -> None:
        builder.write("领域方向：CO")
        builder.write("2", script="lowered")
        builder.write("减排10")
        builder.write("4", script="raised")
        builder.write("t。")

    assert guide(power).sections[0].fields.text == "CO₂减排10⁴t。"


def test_what_is_struck_out_is_no_text() -> None:
    def struck(builder: BlockBuilder) -> None:
        builder.write("拟支持经费：")
        builder.write("1", excluded="struck-out")
        builder.write("800万元人民币。")

    made = guide(struck)
    assert made.sections[0].funding.value
    assert made.sections[0].funding.value.max == 8_000_000
    assert [(one.code, one.section, one.args) for one in made.findings] == [
        ("text-struck-out", "1.1", {"words": "1"}),
        *[(one.code, one.section, one.args) for one in made.findings[1:]],
    ]
    assert [(one.reason, one.evidence[0].block) for one in made.account.excluded] == [("struck-out", 3)]


def test_a_remark_is_told_on_its_section() -> None:
    def remarked(builder: BlockBuilder) -> None:
        builder.write("拟支持经费：1800万元人民币。")
        builder.remark("Comment", "更正：5个项目")

    told = [one for one in guide(remarked).findings if one.code == "page-remark"]
    assert [(one.section, one.evidence[0].block) for one in told] == [("1.1", 3)]


def test_lines_have_their_cells() -> None:
    cell = Cell(1, range(2), range(1))
    builder = BlockBuilder(DEFAULT_LIMITS)
    builder.start(cell)
    builder.write("合作国别")
    reading = builder.reading()
    pulled = Pulled("a", "0" * 64, 0, "text", reading.glyphs, reading.lines, reading.blocks)
    assert [line.cell for line in repair(pulled).lines] == [cell]


def test_empty_paragraphs_are_no_blocks() -> None:
    assert [block.number for block in written("一", "", "二").blocks] == [1, 2]


def test_too_many_characters() -> None:
    with pytest.raises(LimitPassed):
        BlockBuilder(DEFAULT_LIMITS).write("申" * (DEFAULT_LIMITS.glyphs + 1))


def test_words_that_come_again_are_no_copies() -> None:
    words = "农业、能源、卫生、材料、" * 4
    assert guide(f"领域方向：{words}").sections[0].fields.text == words
    assert guide(lambda builder: builder.write(words)).account.by_role["overprint"] == 0
