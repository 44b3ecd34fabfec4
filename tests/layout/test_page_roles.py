"""Glyphs on a page, and the role that each gets: scripts, marks and notes, columns, watermarks, line numbers, strikes."""

from collections.abc import Sequence
from math import inf

import pytest
from msgspec.structs import replace

from extract.layout import PageLayout, read_layout
from extract.layout.columns import find_columns
from extract.layout.reading_order.stretches import measure_row
from extract.model.stages import Annotation, PageCell, Pulled, Ruling
from extract.model.text import Cell, Glyph
from extract.repair import repair

SIZE = 12.0


def set_words(words: str, x: float, baseline: float, *, size: float = SIZE, page: int = 1) -> list[Glyph]:
    """Words on a baseline, from x on: Chinese as wide as its size, the rest half as wide."""
    glyphs = []
    for char in words:
        width = size * (0.5 if char.isascii() else 1)
        top = baseline - 0.88 * size
        glyphs.append(Glyph(char, page, x, top, x + width, top + size, "Song", size, width, "", baseline))
        x += width
    return glyphs


def with_scripts(
    words: str, *, rise: float = 4.0, drop: float = 2.0, size: float = 7.0, baseline: float = 100.0
) -> list[Glyph]:
    """A line in which what stands between ^ is raised, and what stands between _ lowered."""
    glyphs: list[Glyph] = []
    shift, x = 0.0, 80.0
    for char in words:
        if char in "^_":
            wanted = -rise if char == "^" else drop
            shift = 0.0 if shift else wanted
            continue
        glyphs += set_words(char, x, baseline + shift, size=size if shift else SIZE)
        x = glyphs[-1].x1
    return glyphs


def layout_of(
    glyphs: Sequence[Glyph],
    rulings: Sequence[Ruling] = (),
    annotations: Sequence[Annotation] = (),
    cells: Sequence[PageCell] = (),
) -> PageLayout:
    pulled = Pulled("guide.pdf", "", 1, "pdfplumber", glyphs, None)
    drawn = replace(pulled, rulings=tuple(rulings), annotations=tuple(annotations), cells=tuple(cells))
    return read_layout(drawn, glyphs, ())


def read(glyphs: Sequence[Glyph], rulings: Sequence[Ruling] = ()) -> list[str]:
    return [str(line.text) for line in layout_of(glyphs, rulings).lines]


SCRIPTS = {
    "排放10^4^t以上": "排放10⁴t以上",
    "面积500m^2^": "面积500m²",
    "比表面积1500m^2^/g": "比表面积1500m²/g",
    "检出限10^-9^以下": "检出限10⁻⁹以下",
    "CO_2_捕集": "CO₂捕集",
    "PM_2.5_浓度": "PM₂.₅浓度",
    "x^n^次": "xⁿ次",
    "农业^3^、能源": "农业、能源",
    "《协定》^2^。": "《协定》。",
    "农业^[3]^、能源": "农业、能源",
    "农业^③^、能源": "农业、能源",
    "农业^*^、能源": "农业、能源",
    "支持1800^4^万元": "支持1800⁴万元",  # no note, and no mark that counts up to it: left in the text, and no figure
    "农业^3^支持1800^4^万元": "农业支持1800万元",
    "第35^2^届": "第35²届",
    "同位素：^13^C标记、^18^F药物、^6^Li电池": "同位素：¹³C标记、¹⁸F药物、⁶Li电池",
    "人工智能^2^AI技术": "人工智能AI技术",
    "占比99%^2^以上": "占比99%以上",
}


@pytest.mark.parametrize("words", SCRIPTS)
def test_scripts_and_marks(words: str) -> None:
    assert read(with_scripts(words)) == [SCRIPTS[words]]


@pytest.mark.parametrize(("rise", "size"), [(1.5, 7.0), (4.0, 10.0), (8.5, 6.0), (11.0, 6.0), (4.0, 12.0)])
def test_how_high_and_how_large_a_script_is(rise: float, size: float) -> None:
    assert read(with_scripts("排放10^4^t以上", rise=rise, size=size)) == ["排放10⁴t以上"]


def test_a_subscript_half_a_size_below_the_baseline() -> None:
    """ReportLab sets it there, give or take a rounding error."""
    assert read(with_scripts("PM_2.5_浓度", drop=SIZE / 2 + 1e-9)) == ["PM₂.₅浓度"]


def test_a_subscript_before_a_mark_above_the_end_of_a_line_that_is_set_close() -> None:
    """The figure below the baseline of CO₂ touches O, and the full stop under it; no note shows that ² is a mark."""
    glyphs = [
        *set_words("多头申报，CO", 80, 100),
        *set_words("2", 152, 101.7, size=8),
        *set_words("2", 156, 94.3, size=8),
    ]
    glyphs += [*set_words("年减排量", 160, 100), *set_words("人才培养二。", 81.3, 112)]
    assert read(glyphs) == ["多头申报，CO₂²年减排量", "人才培养二。"]


def test_a_script_between_two_lines_belongs_to_the_one_that_it_fits_in() -> None:
    """Where lines are set close, it touches glyphs of both."""
    lines = [*set_words("1.", 84, 97), *set_words("印尼方合作单位", 102, 97)]
    lines += [*set_words("到500m", 60, 113), *set_words("。其他", 99, 113)]
    assert read([*lines, *set_words("2", 96, 101, size=6)]) == ["1. 印尼方合作单位", "到500m²。其他"]


def test_a_script_below_the_end_of_a_sentence_is_raised_on_the_next_line() -> None:
    """A minus of its own height parts it from the figure; nothing is lowered behind a full stop."""
    upper = set_words("截至2019年1月。④合作方", 70.5, 100)
    lower = [*set_words("检测限达到10", 80, 116.5), *set_words("−", 152, 112, size=7), *set_words("。", 162, 116.5)]
    assert read([*upper, *lower, *set_words("9", 159, 106, size=6)]) == ["截至2019年1月。④合作方", "检测限达到10⁻⁹。"]


def test_a_mark_between_brackets_that_are_set_close() -> None:
    """Typesetters let it stand on the empty halves of their boxes."""
    glyphs = [*set_words("《规划》", 80, 100), *set_words("1", 123, 95, size=8), *set_words("（国科发", 125, 100)]
    assert read(sorted(glyphs, key=lambda glyph: glyph.x0)) == ["《规划》（国科发"]


def test_a_script_in_a_line_that_is_justified() -> None:
    glyphs: list[Glyph] = []
    for part in ("支", "持", "1800", "④", "万", "元"):
        x = glyphs[-1].x1 + 20 if glyphs else 80.0
        glyphs += set_words(part, x, 94 if part == "④" else 100, size=9 if part == "④" else SIZE)
    assert list(layout_of(glyphs).signs.values()) == ["④"]


def test_a_script_between_two_lines_belongs_to_the_one_that_it_touches() -> None:
    lines = [*set_words("关于共建联合实验室的协议与实施方案的说明", 80, 100), *set_words("《公报》。", 80, 115)]
    mark = set_words("1", lines[-1].x1, 104.6, size=6)
    assert read([*lines, *mark]) == ["关于共建联合实验室的协议与实施方案的说明", "《公报》。"]


def test_a_mark_behind_a_unit_that_has_no_square_refers_to_its_note() -> None:
    body = [*set_words("年产能达到500t", 80, 100), *set_words("2", 164, 96, size=7), *set_words("面积500m", 80, 130)]
    body += [*set_words("2", 128, 126, size=7), *set_words("的企业应提供配套出资并签署合作协议", 80, 160)]
    note = [*set_words("2", 80, 236, size=6), *set_words(" 不含外资企业。", 84, 240, size=9)]
    assert read([*body, *note], [Ruling(1, 80, 225, 160, 225.5)])[:2] == ["年产能达到500t", "面积500m²"]


def test_an_initial_is_no_watermark() -> None:
    words = set_words("为进一步提升合作的层次", 110, 100) + set_words("与水平编制形成本指南", 110, 115)
    assert layout_of([*set_words("国", 80, 116, size=28), *words]).excluded == ()


def test_a_note_below_a_short_rule() -> None:
    body = [
        glyph for place in range(6) for glyph in set_words("企业应提供配套出资并签署合作协议" * 2, 80, 100 + 20 * place)
    ]
    mark = set_words("1", body[-1].x1, 196, size=7)
    note = [*set_words("1", 80, 236, size=6), *set_words(" 不含外资企业。", 84, 240, size=9)]
    layout = layout_of([*body, *mark, *note], [Ruling(1, 80, 225, 200, 225.5)])
    assert [(note.mark, str(note.text), [str(one)[-4:] for one in note.references]) for note in layout.notes] == [
        ("1", "不含外资企业。", ["合作协议"])
    ]
    assert len(layout.lines) == 6


COLUMN = "为进一步提升我国国际科技创新合作的水平全面推动政府间合作根据有关要求编制"


@pytest.mark.parametrize("offset", [0, 7.0])
def test_columns_are_read_one_after_the_other(offset: float) -> None:
    """Lines of the second column may stand between those of the first."""
    left = [set_words(COLUMN[n : n + 17], 60, 140 + 18 * n) for n in range(10)]
    right = [set_words(COLUMN[n + 10 : n + 27], 300, 140 + offset + 18 * n) for n in range(10)]
    title = set_words("年度项目申报指南的标题横跨两栏之上", 180, 100)
    text = read([*title, *(glyph for pair in zip(left, right, strict=True) for part in pair for glyph in part)])
    assert text == ["年度项目申报指南的标题横跨两栏之上"] + [
        COLUMN[n + first : n + first + 17] for first in (0, 10) for n in range(10)
    ]


def test_a_line_that_is_stretched_beside_a_close_word_has_no_spaces() -> None:
    address = set_words("https://sbs.example.cn/a_b-1", 60, 100)
    stretched = [glyph for n, char in enumerate("在线注") for glyph in set_words(char, 236 + 17 * n, 100)]
    assert read([*address, *stretched]) == ["https://sbs.example.cn/a_b-1在线注"]


def test_a_line_that_is_stretched_between_two_characters_behind_a_word() -> None:
    stretched = [
        *set_words("http://brics.example.cn/a", 60, 100),
        *set_words("上", 216, 100),
        *set_words("提", 234, 100),
    ]
    assert read([*stretched, *set_words(COLUMN[:14], 60, 118)])[0] == "http://brics.example.cn/a 上提".replace(" ", "")


def prose(count: int, x: float, top: float, width: int, *, page: int = 1, first: int = 0) -> list[Glyph]:
    """Lines of running text, one below the other, the last of them short."""
    lines = [COLUMN[(first + n) % 7 : (first + n) % 7 + (width if n < count - 1 else width // 2)] for n in range(count)]
    return [glyph for n, words in enumerate(lines) for glyph in set_words(words, x, top + 18 * n, page=page)]


def heads(glyphs: Sequence[Glyph], rulings: Sequence[Ruling] = ()) -> list[tuple[int, int, int]]:
    """Where each line begins: its page, its left edge and its baseline, as printed."""
    layout = layout_of(glyphs, rulings)
    first = [layout.ink.glyphs[line.text.origins[0]] for line in layout.lines]
    return [(glyph.page, round(glyph.x0), round(glyph.baseline)) for glyph in first]


def down(count: int, x: int, top: int, *, page: int = 1) -> list[tuple[int, int, int]]:
    return [(page, x, top + 18 * n) for n in range(count)]


def in_turn(x: int, top: int) -> list[tuple[int, int, int]]:
    """Where six lines begin of which every other is set in by two."""
    return [(1, x + 24 * (n % 2 == 0), top + 18 * n) for n in range(6)]


# Two columns of 17 and 17 ems from 60 and 300, three of 13 from 60, 240 and 420, two of 12 and 22 from 60 and 230.
COLUMNS: dict[str, tuple[list[Glyph], list[tuple[int, int, int]]]] = {
    "two below a page on which a signature stands at the right of the words before and after it": (
        [
            *set_words("特此通知。", 84, 140),
            *set_words("岭东省科学技术厅", 330, 158),
            *set_words("（联系人：李某某）", 84, 176),
            *prose(8, 60, 140, 17, page=2),
            *prose(8, 300, 140, 17, page=2),
        ],
        [(1, 84, 140), (1, 330, 158), (1, 84, 176), *down(8, 60, 140, page=2), *down(8, 300, 140, page=2)],
    ),
    "two of which one is short": (
        [*prose(10, 60, 140, 17), *prose(3, 300, 140, 17)],
        [*down(10, 60, 140), *down(3, 300, 140)],
    ),
    "three below a title": (
        [*set_words("申报指南", 294, 100), *prose(8, 60, 140, 13), *prose(8, 240, 140, 13), *prose(5, 420, 140, 13)],
        [(1, 294, 100), *down(8, 60, 140), *down(8, 240, 140), *down(5, 420, 140)],
    ),
    "of two widths": (
        [*prose(8, 60, 140, 12), *prose(8, 230, 140, 22)],
        [*down(8, 60, 140), *down(8, 230, 140)],
    ),
    "above and below a line across": (
        [
            *prose(6, 60, 140, 17), *prose(6, 300, 147, 17), *set_words("国际合作项目" * 6, 60, 270),
            *prose(6, 60, 300, 17), *prose(6, 300, 300, 17),
        ],
        [*down(6, 60, 140), *down(6, 300, 147), (1, 60, 270), *down(6, 60, 300), *down(6, 300, 300)],
    ),
    "above and below a short heading across": (
        [
            *prose(6, 60, 140, 17), *prose(6, 300, 140, 17), *set_words("1.2 国际合作项目", 60, 248),
            *prose(6, 60, 266, 17), *prose(5, 300, 266, 17),
        ],
        [*down(6, 60, 140), *down(6, 300, 140), (1, 60, 248), *down(6, 60, 266), *down(5, 300, 266)],
    ),
    "above a short heading without a number, under which one of them is filled": (
        [
            *set_words("合作协议：《甲》", 60, 140), *prose(4, 60, 158, 17), *prose(5, 300, 140, 17),
            *set_words("国际合作项目", 60, 248),
            *set_words("合作协议：《乙》", 60, 266), *prose(4, 60, 284, 17), *prose(5, 300, 266, 17),
            *set_words("智能合作项目", 60, 356), *set_words("合作协议：《丙》", 60, 374), *prose(8, 60, 392, 17),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 248), *down(5, 60, 266), *down(5, 300, 266), (1, 60, 356),
            *down(9, 60, 374),
        ],
    ),
    "above a short heading across, under which one of them is filled, and the number of the page": (
        [
            *prose(6, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("1.2 国际合作项目", 60, 248),
            *prose(5, 60, 266, 17), *prose(5, 300, 266, 17), *set_words("1.3 国际合作项目", 60, 356),
            *prose(8, 60, 374, 17), *set_words("·1·", 300, 700, size=10),
        ],
        [
            *down(6, 60, 140), *down(5, 300, 140), (1, 60, 248), *down(5, 60, 266), *down(5, 300, 266), (1, 60, 356),
            *down(8, 60, 374),
        ],
    ),
    "with space between paragraphs": (
        [
            *prose(4, 60, 140, 17), *prose(4, 60, 230, 17), *prose(2, 60, 320, 17),
            *prose(2, 300, 140, 17), *prose(4, 300, 194, 17), *prose(3, 300, 284, 17),
        ],
        [
            *down(4, 60, 140), *down(4, 60, 230), *down(2, 60, 320),
            *down(2, 300, 140), *down(4, 300, 194), *down(3, 300, 284),
        ],
    ),
    "with smaller type at the foot of the shorter one": (
        [
            *prose(14, 60, 140, 17), *prose(6, 300, 140, 17), *set_words("由专项办公室解释", 300, 262, size=9),
            *set_words("下同", 300, 274, size=9),
        ],
        [*down(14, 60, 140), *down(6, 300, 140), (1, 300, 262), (1, 300, 274)],
    ),
    "close to one another, with a bracket that hangs out of the right one": (
        [*prose(8, 60, 140, 19), *set_words("（" + COLUMN[:16], 294, 140), *prose(7, 300, 158, 17)],
        [*down(8, 60, 140), (1, 294, 140), *down(7, 300, 158)],
    ),
    "of which the right one has but one line that is not set in": (
        [
            *prose(8, 60, 140, 17), *set_words(COLUMN[:15], 324, 140), *set_words("学等领域。", 300, 158),
            *(glyph for n in range(5) for glyph in set_words(COLUMN[n : n + 15], 324, 176 + 18 * n)),
            *set_words("目", 276, 310),
        ],
        [*down(8, 60, 140), (1, 276, 310), (1, 324, 140), (1, 300, 158), *down(5, 324, 176)],
    ),
    "close to one another, with a stop that hangs over the left one": (
        [
            *prose(4, 60, 140, 19), *set_words(COLUMN[:19] + "。", 60, 212), *prose(4, 60, 230, 19),
            *prose(9, 302, 140, 17),
        ],
        [*down(9, 60, 140), *down(9, 302, 140)],
    ),
    "of which the left one has an address that is too long for it": (
        [
            *prose(5, 60, 140, 17), *set_words("https://service.example.cn/call/of/2019/batch/1", 60, 230),
            *prose(5, 60, 248, 17), *prose(4, 300, 140, 17),
        ],
        [*down(11, 60, 140), *down(4, 300, 140)],
    ),
    "of which the left one has an address that is printed over the right one": (
        [
            *prose(5, 60, 140, 17), *set_words("https://service.example.cn/call/of/2019/batch/1", 60, 230),
            *prose(5, 60, 248, 17), *prose(9, 300, 140, 17),
        ],
        [*down(11, 60, 140), *down(9, 300, 140)],
    ),
    "above and below a heading of two lines across, and a last one that is short": (
        [
            *prose(5, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("1.1 " + "国际合作项目" * 5, 60, 230),
            *prose(5, 60, 248, 17), *prose(5, 300, 248, 17), *set_words("1.2 国际合作项目", 60, 338),
            *prose(9, 60, 356, 17),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 230), *down(5, 60, 248), *down(5, 300, 248),
            *down(10, 60, 338),
        ],
    ),
    "three above a heading across, of which the first ends last": (
        [
            *prose(4, 60, 140, 13), *set_words("3）文物", 60, 212), *prose(4, 240, 140, 13), *prose(4, 420, 140, 13),
            *set_words("1.8 国际合作", 60, 230), *prose(3, 60, 248, 13), *prose(3, 240, 248, 13), *prose(3, 420, 248, 13),
        ],
        [
            *down(5, 60, 140), *down(4, 240, 140), *down(4, 420, 140), (1, 60, 230),
            *down(3, 60, 248), *down(3, 240, 248), *down(3, 420, 248),
        ],
    ),
    "of which every other line is set in": (
        [
            *(glyph for place in in_turn(60, 140) for glyph in set_words(COLUMN[:15], place[1], place[2])),
            *(glyph for place in in_turn(300, 140) for glyph in set_words(COLUMN[:15], place[1], place[2])),
            *set_words("1.2 国际合作项目", 60, 248),
            *(glyph for place in in_turn(60, 266) for glyph in set_words(COLUMN[:15], place[1], place[2])),
            *(glyph for place in in_turn(300, 266) for glyph in set_words(COLUMN[:15], place[1], place[2])),
        ],
        [*in_turn(60, 140), *in_turn(300, 140), (1, 60, 248), *in_turn(60, 266), *in_turn(300, 266)],
    ),
    "three, and two on the last page, of which one is centred": (
        [
            *prose(8, 60, 140, 13), *prose(8, 240, 140, 13), *prose(8, 420, 140, 13),
            *prose(8, 60, 140, 13, page=2), *prose(6, 240, 149, 13, page=2),
        ],
        [
            *down(8, 60, 140), *down(8, 240, 140), *down(8, 420, 140),
            *down(8, 60, 140, page=2), *down(6, 240, 149, page=2),
        ],
    ),
    "with first lines set in by four below a line across": (
        [
            *prose(6, 60, 140, 17), *prose(6, 300, 140, 17), *set_words("国际合作项目" * 6, 60, 270),
            *prose(3, 60, 300, 17), *set_words("支持经费：三百万元。", 348, 300), *set_words("其他要求：无。", 348, 318),
        ],
        [*down(6, 60, 140), *down(6, 300, 140), (1, 60, 270), *down(3, 60, 300), *down(2, 348, 300)],
    ),
    "three below a short heading across, of which the first ends last": (
        [
            *prose(4, 60, 140, 13), *prose(4, 240, 140, 13), *prose(4, 420, 140, 13), *set_words("国际合作", 60, 212),
            *set_words(COLUMN[:13], 60, 230), *set_words(COLUMN[9:22], 60, 248), *set_words("协议》", 60, 266),
            *prose(2, 240, 230, 13), *prose(2, 420, 230, 13),
        ],
        [
            *down(4, 60, 140), *down(4, 240, 140), *down(4, 420, 140), (1, 60, 212),
            *down(3, 60, 230), *down(2, 240, 230), *down(2, 420, 230),
        ],
    ),
    "of which the first lines are set in and end as far from the edge": (
        [*set_words(COLUMN[:13], 108, 140), *set_words(COLUMN[:13], 300, 140),
         *prose(8, 60, 158, 17), *prose(8, 300, 158, 17)],
        [(1, 108, 140), *down(8, 60, 158), *down(9, 300, 140)],
    ),
    "above a last section that fills no second one": (
        [
            *prose(5, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("国际合作项目", 60, 230),
            *prose(4, 60, 248, 17), *set_words("无。", 60, 320), *prose(4, 300, 248, 17),
            *set_words("国际合作项目", 60, 338), *prose(9, 60, 356, 17),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 230), *down(5, 60, 248), *down(4, 300, 248),
            *down(10, 60, 338),
        ],
    ),
    "above a last section, beside whose last line above a sentence of the second one goes on": (
        [
            *prose(5, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("国际合作项目", 60, 230),
            *prose(3, 60, 248, 17), *set_words("无。", 60, 302), *prose(4, 300, 248, 17),
            *set_words("国际合作项目", 60, 320), *prose(9, 60, 338, 17),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 230), *down(4, 60, 248), *down(4, 300, 248),
            *down(10, 60, 320),
        ],
    ),
    "of which the left one ends the page with an item of a list": (
        [
            *prose(5, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("国际合作项目", 60, 230),
            *prose(4, 60, 248, 17), *prose(5, 300, 248, 17), *set_words("三、极地研究", 60, 320),
            *set_words("（1）大气", 60, 338), *prose(5, 60, 140, 17, page=2), *prose(5, 300, 140, 17, page=2),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 230), *down(6, 60, 248), *down(5, 300, 248),
            *down(5, 60, 140, page=2), *down(5, 300, 140, page=2),
        ],
    ),
    "of which the last one has a single line": (
        [*prose(24, 60, 140, 13), *prose(24, 240, 140, 13), *set_words("截止日期为四月。", 420, 140)],
        [*down(24, 60, 140), *down(24, 240, 140), (1, 420, 140)],
    ),
    "of which the left one ends the page with a label": (
        [
            *prose(5, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("国际合作项目", 60, 230),
            *prose(4, 60, 248, 17), *prose(4, 300, 248, 17), *set_words("领域方向：一、量子信息", 60, 320),
            *prose(5, 60, 140, 17, page=2), *prose(5, 300, 140, 17, page=2),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 230), *down(5, 60, 248), *down(4, 300, 248),
            *down(5, 60, 140, page=2), *down(5, 300, 140, page=2),
        ],
    ),
    "of which the left one ends the page with a group of a list": (
        [
            *prose(5, 60, 140, 17), *prose(5, 300, 140, 17), *set_words("国际合作项目", 60, 230),
            *prose(4, 60, 248, 17), *prose(5, 300, 248, 17), *set_words("三、极地研究：", 60, 320),
            *(g for at in range(3) for g in set_words(f"{at + 1}、大气。", 60, 338 + 18 * at)), *set_words("四、海洋", 60, 392),
            *prose(5, 60, 140, 17, page=2), *prose(5, 300, 140, 17, page=2),
        ],
        [
            *down(5, 60, 140), *down(5, 300, 140), (1, 60, 230), *down(9, 60, 248), *down(5, 300, 248),
            *down(5, 60, 140, page=2), *down(5, 300, 140, page=2),
        ],
    ),
    "of which a last section fills two of three, with small type below the second": (
        [
            *(g for x in (60, 240, 420) for top in (140, 230) for g in prose(4, x, top, 13)),
            *set_words("1.3.1 国际合作", 60, 212), *set_words("1.3.2 国际合作", 60, 302), *prose(9, 60, 320, 13),
            *prose(4, 240, 320, 13), *(g for at in range(4) for g in set_words("含港澳台", 240, 406 + 13 * at, size=9)),
        ],
        [
            *down(4, 60, 140), *down(4, 240, 140), *down(4, 420, 140), (1, 60, 212),
            *down(4, 60, 230), *down(4, 240, 230), *down(4, 420, 230), (1, 60, 302),
            *down(9, 60, 320), *down(4, 240, 320), *((1, 240, 406 + 13 * at) for at in range(4)),
        ],
    ),
    "on the first page, and a last page with the left one alone": (
        [*prose(8, 60, 140, 17), *prose(8, 300, 140, 17), *prose(4, 60, 140, 17, page=2)],
        [*down(8, 60, 140), *down(8, 300, 140), *down(4, 60, 140, page=2)],
    ),
}  # fmt: skip


def test_one_full_line_shows_that_the_left_column_goes_on_alone() -> None:
    items = [glyph for at in range(12) for glyph in set_words(f"{at + 1}）大气。", 60, 158 + 18 * at, page=2)]
    layout = layout_of([*prose(8, 60, 140, 17), *prose(8, 300, 140, 17), *prose(2, 60, 122, 17, page=2), *items])
    assert {round(line.x1) for line in layout.lines if len(line.text) == 17} == {504}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_read_in_bands(name: str) -> None:
    glyphs, order = COLUMNS[name]
    assert heads(glyphs) == order


@pytest.mark.parametrize(("title", "left", "size"), [("年度申报指南", 284, 16), ("编目录", 276, SIZE)])
def test_a_title_that_begins_between_columns_is_not_their_edge(title: str, left: float, size: float) -> None:
    """It is in larger type, or stands in the middle of the page."""
    columns = [*prose(8, 60, 140, 17), *prose(8, 300, 140, 19), *prose(8, 60, 140, 17, page=2)]
    glyphs = [*set_words(title, left, 110, size=size), *columns, *prose(8, 300, 140, 19, page=2)]
    lines = [line for line in layout_of(glyphs).lines if str(line.text) != title]
    assert {round(line.x0) for line in lines} == {60}


def test_a_large_heading_beside_a_line_of_the_other_column_stands_in_its_own() -> None:
    """The space above it lets the second column begin higher."""
    left = [*set_words("1.1 国际合作项目", 60, 148, size=13), *prose(8, 60, 170, 17)]
    right = [*prose(9, 300, 140, 17)]
    found = heads([*set_words("年度项目申报指南", 230, 100, size=16), *left, *right])
    assert found == [(1, 230, 100), (1, 60, 148), *down(8, 60, 170), *down(9, 300, 140)]


def test_the_bar_beside_a_tracked_change_is_no_rule_between_columns() -> None:
    """The left column above a short heading is longer by two lines."""
    title = set_words("国际合作项目", 60, 284)
    above = [*prose(8, 60, 140, 17), *prose(6, 300, 140, 17)]
    below = [*prose(5, 60, 302, 17), *prose(5, 300, 302, 17)]
    bar = Ruling(1, 282, 180, 283, 194)
    assert heads([*above, *title, *below], [bar]) == heads([*above, *title, *below])


def test_two_cells_on_a_line_of_each_section_are_no_columns() -> None:
    pairs = [
        [
            *prose(2, 60, 100 + 90 * n, 37),
            *set_words("拟支持项目数：3个。", 60, 136 + 90 * n),
            *set_words("拟支持经费：4600万元人民币左右。", 300, 136 + 90 * n),
            *prose(2, 60, 154 + 90 * n, 37),
        ]
        for n in range(6)
    ]
    lines = read([glyph for pair in pairs for glyph in pair])
    assert sum(line.startswith("拟支持项目数：3个。") and line.endswith("左右。") for line in lines) == 6


def test_headings_in_the_middle_of_the_page_are_no_column() -> None:
    """They are equally long, and the lines around them short."""
    lines = []
    for place in range(24):
        of_section = place % 6
        words = COLUMN[place % 5 :][:11] if of_section else "中国与冰岛联合研究项目二"
        words = COLUMN if of_section == 5 else words
        lines.append((words, 80 if of_section else 228))
    glyphs = [g for place, (words, x) in enumerate(lines) for g in set_words(words, x, 100 + 18 * place)]
    assert read(glyphs) == [words for words, _ in lines]


def test_a_ruled_table_across_columns_is_read_line_by_line() -> None:
    cells = [(x, 278 + 18 * n) for n in range(3) for x in (60, 300)]
    table = [glyph for x, baseline in cells for glyph in set_words("联系部门", x, baseline)]
    rulings = [Ruling(1, 56, top, 510, top + 0.5) for top in (264, 282, 300, 318)]
    above, below = [*prose(6, 60, 140, 17), *prose(6, 300, 140, 17)], [*prose(6, 60, 350, 17), *prose(6, 300, 350, 17)]
    rows = [(1, 60, 278 + 18 * n) for n in range(3)]
    order = [*down(6, 60, 140), *down(6, 300, 140), *rows, *down(6, 60, 350), *down(6, 300, 350)]
    assert heads([*above, *table, *below], rulings) == order


@pytest.mark.parametrize("left", [300, 292], ids=["at the edge of the column", "with room around its words"])
def test_a_ruled_table_in_the_second_column(left: int) -> None:
    """What stands beside it in the first is text, though nothing of the second column is: it is no heading across."""
    columns = [*prose(6, 60, 140, 17), *set_words("作各项重点工作。", 60, 248), *prose(5, 60, 266, 17)]
    columns += [*prose(2, 300, 140, 17), *prose(5, 300, 266, 17)]
    words = [glyph for n in range(3) for x in (304, 384) for glyph in set_words("联系部门", x, 194 + 18 * n)]
    across = [Ruling(1, x0, top, x1, top + 0.5) for top in (180, 198, 216, 234) for x0, x1 in ((left, 380), (380, 504))]
    upright = [Ruling(1, x, 180, x + 0.5, 234) for x in (left, 380, 504)]
    cells = [
        PageCell(1, (x0, top, x1, top + 18), Cell(1, range(row, row + 1), range(column, column + 1)))
        for row, top in enumerate((180, 198, 216))
        for column, (x0, x1) in enumerate(((left, 380), (380, 504)))
    ]
    heading = [*set_words("1.2 国际合作项目", 60, 374), *prose(3, 60, 392, 17), *prose(3, 300, 392, 17)]
    layout = layout_of([*columns, *words, *heading], [*across, *upright], cells=cells)
    text = [layout.ink.glyphs[line.text.origins[0]] for line in layout.lines if line.cell is None]
    assert [(1, round(glyph.x0), round(glyph.baseline)) for glyph in text] == [
        *down(12, 60, 140), *down(2, 300, 140), *down(5, 300, 266), (1, 60, 374), *down(3, 60, 392), *down(3, 300, 392),
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["合作协议", "拟支持项目数量和经费"])
def test_labels_beside_their_values_are_no_column(label: str) -> None:
    """The labels are of one length, and the values fill their lines."""
    pairs = [(set_words(label, 60, 140 + 36 * n), prose(2, 240, 140 + 36 * n, 20)) for n in range(8)]
    assert heads([glyph for pair in pairs for part in pair for glyph in part]) == [
        (1, x, 140 + 36 * n + drop) for n in range(8) for x, drop in ((60, 0), (240, 18))
    ]


def test_columns_are_measured_as_if_they_were_as_wide_as_the_page() -> None:
    layout = layout_of(COLUMNS["on the first page, and a last page with the left one alone"][0])
    full = [line for line in layout.lines if len(line.text) == 17]
    assert {(round(line.x0), round(line.x1)) for line in full} == {(60, 504)}
    assert {(round(line.left, 0), round(line.right, 0)) for line in layout.lines} == {(-inf, 282), (282, inf)}


def test_a_left_column_alone_is_one_below_a_running_head_at_the_right() -> None:
    columns = [*prose(8, 60, 140, 17), *prose(8, 300, 140, 17), *prose(4, 60, 140, 17, page=2)]
    below = [*set_words("1.3 " + "国际合作项目" * 5, 60, 230, page=2), *prose(3, 60, 248, 17, page=2)]
    head = set_words("科技部文件", 420, 110, page=2)
    layout = layout_of([*columns, *head, *below, *prose(3, 300, 248, 17, page=2)])
    assert {line.right for line in layout.lines if line.page == 2 and line.baseline in (140, 158, 176)} == {282}


# What stands on one line with a gap of so many ems, whether it is told, and what it is.
BESIDE = {
    ("1.2 中国和德国合作项目", "更正：五个项目", 5): True,
    ("此项已取消", "1.2 中国和德国合作项目", 4): True,
    ("1.2 中国和德国合作项目", "更正：五个项目", 1): False,
    ("联系人：", "欧洲处王老师", 5): False,
    ("1.2", "中国和德国合作项目", 5): False,
    ("1.2 中国和德国合作项目", "12", 9): False,
}


@pytest.mark.parametrize("words", BESIDE)
def test_words_beside_a_heading_are_told(words: tuple[str, str, int]) -> None:
    left, right, gap = words
    first = set_words(left, 80, 140)
    glyphs = [*prose(1, 80, 100, 20), *first, *set_words(right, first[-1].x1 + gap * SIZE, 140), *prose(2, 80, 180, 20)]
    told = find_columns(layout_of(glyphs).lines)
    assert [(finding.code, finding.args["words"]) for finding in told] == [
        ("columns-mixed", f"{left} {right}") for _ in range(BESIDE[words])
    ]


def told(glyphs: Sequence[Glyph], rulings: Sequence[Ruling] = ()) -> list[str]:
    """The words that are reported as read with those beside them."""
    return [str(finding.args["words"]) for finding in find_columns(layout_of(glyphs, rulings).lines)]


def test_words_between_columns_that_end_them_on_a_line_are_told_where_the_columns_end() -> None:
    """A mark on a single page, which nothing tells from a title: the left column goes on below it."""
    left = [*prose(6, 60, 140, 17), *set_words("学技术合作协定》。", 60, 248), *prose(6, 60, 266, 17)]
    right = [*prose(5, 300, 140, 17), *prose(1, 300, 212, 8)]
    columns = [*prose(9, 60, 140, 17, page=2), *prose(9, 300, 140, 17, page=2)]
    found = told([*left, *right, *set_words("征求意见稿", 252, 250, size=14), *columns])
    assert found == [COLUMN[5:13], COLUMN[:4], "学技术合作协定》。 征求意见稿"]


def test_a_small_line_right_above_a_large_one_is_not_beside_it() -> None:
    """The top of large type is higher above its baseline."""
    title = set_words("年度项目申报指南", 200, 119, size=18)
    assert told([*set_words("附件1", 80, 103, size=9), *title, *prose(6, 80, 150, 30)]) == []


@pytest.mark.parametrize(("leading", "step", "is_told"), [(11.4, 11.4, False), (18.0, 11.4, True), (18.0, 18.0, False)])
def test_lines_are_beside_one_another_where_they_are_closer_than_those_of_the_guide(
    leading: float, step: float, is_told: bool
) -> None:
    lines = [glyph for n in range(6) for glyph in set_words(COLUMN[n : n + 25], 80, 100 + leading * n)]
    end = 100 + 6 * leading
    glyphs = [*lines, *set_words("等领域。", 80, end), *set_words("中国和德国政府间合作项目", 200, end + step)]
    assert (told(glyphs) != []) == is_told


def test_words_struck_out_leave_no_gap_between_words_beside_one_another() -> None:
    words = set_words("经费总额为三百万元现改为四百万元 人民币。", 80, 140)
    strike = Ruling(1, words[4].x0, 135, words[11].x1, 135.5)
    layout = layout_of([*prose(1, 80, 100, 20), *words, *prose(2, 80, 180, 20)], [strike])
    assert str(layout.lines[1].text).replace(" ", "") == "经费总额四百万元人民币。"
    assert find_columns(layout.lines) == []


def test_a_running_head_in_two_parts_is_one_line_above_columns() -> None:
    head = [*set_words("科技部文件", 60, 60), *set_words("年度指南", 420, 60)]
    order = [(1, 60, 60), *down(8, 60, 140), *down(8, 300, 140)]
    assert heads([*head, *prose(8, 60, 140, 17), *prose(8, 300, 140, 17)]) == order


def test_a_head_across_the_columns_of_two_pages_is_no_text() -> None:
    glyphs = [glyph for page in (1, 2) for glyph in set_words("科技部文件", 250, 116, page=page)]
    glyphs += [glyph for x in (60, 300) for glyph in prose(8, x, 140, 17)]
    glyphs += prose(5, 60, 140, 17, page=2, first=3)
    assert [str(piece.text) for piece in layout_of(glyphs).excluded] == ["科技部文件"] * 2


def test_line_numbers_beside_columns_go_on_from_one_to_the_other() -> None:
    """They may stand over the end of the lines at their left."""
    glyphs = [*prose(8, 60, 140, 17), *prose(8, 300, 140, 17)]
    for place in range(16):
        column, line = divmod(place, 8)
        words = str(place + 1)
        glyphs += set_words(words, (50, 272)[column] - 5 * len(words), 140 + 18 * line, size=10)
    layout = layout_of(glyphs)
    assert [len(line.text) for line in layout.lines] == [*[17] * 7, 8] * 2
    assert sorted(int(str(piece.text)) for piece in layout.excluded) == list(range(1, 17))


def test_cells_of_a_table_are_read_line_by_line() -> None:
    cells = [
        (set_words(words, 60, 140 + 18 * n), set_words("数值" * (n % 3 + 1), 320, 140 + 18 * n))
        for n, words in enumerate(
            ("项目名称", "支持数量", "经费", "执行期限要求", "其他", "联系人", "合作国别与领域", "单位")
        )
    ]
    text = read([glyph for pair in cells for part in pair for glyph in part])
    assert text[0].split() == ["项目名称", "数值"]
    assert len(text) == 8


def test_a_watermark_leaves_the_lines_under_it() -> None:
    words = "企业应提供配套出资并签署合作协议且按要求提交报告"
    pages = [glyph for page in (1, 2) for n in range(8) for glyph in set_words(words, 80, 100 + 18 * n, page=page)]
    last = set_words("短页。", 80, 100, page=3)
    marks = [glyph for page in (1, 2, 3) for glyph in set_words("样稿", 150, 180, size=48, page=page)]
    layout = layout_of([*pages, *last, *marks])
    assert [str(line.text) for line in layout.lines] == [words] * 16 + ["短页。"]
    assert [(piece.reason, str(piece.text)) for piece in layout.excluded] == [("watermark", "样稿")] * 3


# Where a mark as large as the text stands: over a line, or beside short lines at other heights.
MARKS = {"over a line": (150, 166), "on a line": (150, 154), "beside short lines": (236, 166)}


@pytest.mark.parametrize("name", MARKS)
def test_a_watermark_as_large_as_the_text(name: str) -> None:
    x, height = MARKS[name]
    lines = []
    for page in range(1, 4):
        for place in range(8):
            start = (page + 3 * place) % 7
            end = 10 if name == "beside short lines" and 3 <= place <= 5 else 30
            lines.append((page, 100 + 18 * place, (COLUMN * 2)[start : start + end]))
    glyphs = [glyph for page, at, words in lines for glyph in set_words(words, 80, at, page=page)]
    glyphs += [glyph for page in range(1, 5) for glyph in set_words("内部资料", x, height, page=page)]
    layout = layout_of(glyphs)
    assert [str(line.text) for line in layout.lines] == [words for *_, words in lines]
    assert [(piece.reason, str(piece.text)) for piece in layout.excluded] == [("watermark", "内部资料")] * 4


def test_a_label_at_one_place_of_two_pages_between_the_heights_of_another_column_is_no_watermark() -> None:
    glyphs = [
        glyph
        for page in (1, 2)
        for place in range(10)
        for words, x, y in (
            (COLUMN[page + place : page + place + 15], 60, 107),
            (("其他要求：" if place == 4 else "") + COLUMN[3 * page + place :][:15], 250, 100),
        )
        for glyph in set_words(words, x, y + 15 * place, page=page)
    ]
    assert layout_of(glyphs).excluded == ()


def test_line_numbers_move_no_watermark_aside() -> None:
    """The mark is in the middle of the text that they stand beside."""
    glyphs = []
    for page in range(1, 4):
        for place in range(8):
            words = (COLUMN * 2)[page + 3 * place :][: 10 if 3 <= place <= 5 else 30]
            glyphs += set_words(words, 80, 100 + 18 * place, page=page)
            glyphs += set_words(str(8 * page + place), 40, 100 + 18 * place, page=page)
    marks = [glyph for page in range(1, 4) for glyph in set_words("内部资料", 236, 166, page=page)]
    excluded = layout_of([*glyphs, *marks]).excluded
    assert [str(piece.text) for piece in excluded if piece.reason == "watermark"] == ["内部资料"] * 3
    assert sum(piece.reason == "line-number" for piece in excluded) == 24


def test_a_line_number_that_a_full_stop_hangs_over() -> None:
    glyphs = []
    for place in range(8):
        glyphs += set_words("企业应提供配套出资并签署合作协议。", 80, 100 + 18 * place)
        glyphs += set_words(str(place + 1), glyphs[-1].x0 + SIZE / 2 + 1.5, 100 + 18 * place, size=7)
    assert read(glyphs) == ["企业应提供配套出资并签署合作协议。"] * 8


def test_the_marks_of_notes_at_the_end_are_no_line_numbers() -> None:
    """They count, and stand one below the other."""
    glyphs = []
    for place in range(8):
        glyphs += set_words(COLUMN[place:], 80, 100 + 18 * place) + set_words(str(place + 41), 40, 100 + 18 * place)
        glyphs += set_words(str(place + 1), glyphs[-3].x1, 95 + 18 * place, size=7) if place < 5 else []
    for place in range(5):
        at = 280 + 14 * place
        glyphs += set_words(str(place + 1), 80, at - 4, size=6) + set_words("按签署当日的汇率。", 84, at, size=9)
    layout = layout_of(glyphs, [Ruling(1, 80, 265, 200, 265.5)])
    assert [note.mark for note in layout.notes] == ["1", "2", "3", "4", "5"]
    assert sum(piece.reason == "line-number" for piece in layout.excluded) == 8


def test_what_stands_at_one_place_of_pages_and_covers_nothing_is_no_watermark() -> None:
    """A label in a cell beside two lines, and lines that all pages have."""
    glyphs = []
    for page in range(1, 4):
        glyphs += set_words("研究内容", 80, 109, page=page) + set_words("其他要求：无。", 80, 136, page=page)
        for place in range(2):
            glyphs += set_words(COLUMN[page + 5 * place :][:20], 160, 100 + 18 * place, page=page)
    assert [piece.reason for piece in layout_of(glyphs).excluded] == []


def test_brackets_that_are_set_close_at_one_place_of_pages_are_no_watermark() -> None:
    glyphs = []
    for page in (1, 2):
        for at in range(8):
            glyphs += set_words(COLUMN[page + at :][:20], 80, 100 + 18 * at, page=page)
        line = [("合作协定", 140), ("》", 200), ("、", 204 + page), ("《中", 209), ("德科技"[page - 1 :], 233)]
        glyphs += [one for words, x in line for one in set_words(words, x, 260, page=page)]
    assert layout_of(glyphs).excluded == ()


def test_a_watermark_of_two_characters_over_a_bracket_and_a_word() -> None:
    """It stands within half a point of the line of the first page, and alone on the second."""
    glyphs = [
        *set_words("《内地与台湾关于建立更紧密经贸关系的安排》及其框架下《实施计划》", 80, 140.4),
        *(g for n in range(8) for g in set_words(COLUMN[n:][:30], 80, 158 + 18 * n)),
        *(g for n in range(8) for g in set_words(COLUMN[n:][:30], 80, 158 + 18 * n, page=2)),
        *(g for page in (1, 2) for g in set_words("样稿", 320.1, 140, page=page)),
    ]
    assert [str(piece.text) for piece in layout_of(glyphs).excluded] == ["样稿", "样稿"]


def test_words_put_over_a_line_of_one_page_are_no_watermark() -> None:
    glyphs = [
        g for page in (1, 2) for n in range(8) for g in set_words(COLUMN[page + n :][:20], 80, 100 + 18 * n, page=page)
    ]
    assert layout_of([*glyphs, *set_words("另定", 120, 140)]).excluded == ()


@pytest.mark.parametrize("first", [1, 5])
def test_line_numbers_in_the_margin(first: int) -> None:
    glyphs = []
    for place in range(10):
        glyphs += set_words(str(first + place).rjust(3), 40, 100 + 18 * place)
        glyphs += set_words(f"1.{place + 1} 企业应提供配套出资", 80, 100 + 18 * place)
    assert read(glyphs) == [f"1.{place + 1} 企业应提供配套出资" for place in range(10)]


@pytest.mark.parametrize("count", [7, 2000])
def test_line_numbers_in_the_right_margin(count: int) -> None:
    """Lines may end with figures of their own; a page number and a short line have no number."""
    glyphs = set_words("- 1 -", 250, 40)
    for place in range(12):
        words = f"1.{place + 1} 企业应提供配套出资{place * 50 if place % 3 else '人民币'}"
        glyphs += set_words(words, 80, 100 + 18 * place) + set_words(str(count + place), 420, 100 + 18 * place, size=8)
    layout = layout_of(glyphs)
    assert [str(line.text)[-3:] for line in layout.lines][:3] == ["人民币", "资50", "100"]
    assert [str(piece.text) for piece in layout.excluded[:-1]] == [str(count + place) for place in range(12)]


def test_line_numbers_close_to_lines_that_hang_over() -> None:
    """The numbers are in smaller type, 4 points behind a full stop that hangs over the right edge."""
    glyphs = []
    for place in range(10):
        words = COLUMN[place : place + 20] + ("。" if place == 4 else "")
        glyphs += set_words(words, 80, 100 + 18 * place) + set_words(str(30 + place), 330, 100 + 18 * place, size=7)
    layout = layout_of(glyphs)
    assert [str(piece.text) for piece in layout.excluded] == [str(30 + place) for place in range(10)]


def test_a_figure_that_begins_a_line_is_no_line_number_beside_others() -> None:
    """A table has numbers of its own, in line with a figure at the start of a line (于2015年 | 11月)."""
    glyphs = []
    for place in range(20):
        words = {5: "1  甲", 6: "2  乙", 7: "3  丙", 8: "4  丁", 15: "11  月14日签署"}.get(
            place, COLUMN[place : place + 20]
        )
        glyphs += set_words(str(place + 1), 50, 100 + 18 * place) + set_words(words, 80, 100 + 18 * place)
    assert read(glyphs)[15].replace(" ", "") == "11月14日签署"
    assert [line[0] for line in read(glyphs)[5:9]] == ["1", "2", "3", "4"]


def test_line_numbers_of_a_last_column_that_is_short() -> None:
    words = [COLUMN[n % 7 : n % 7 + 17] for n in range(25)]
    glyphs = []
    for place, line in enumerate(words):
        x, height = (60, 140 + 18 * place) if place < 20 else (320, 140 + 18 * (place - 20))
        glyphs += set_words(line, x, height) + set_words(str(place + 1), x - 20 if x == 60 else 540, height, size=8)
    assert read(glyphs) == words


def test_line_numbers_of_two_columns() -> None:
    """A line of the first column begins with a figure of its own, left of the numbers of the second."""
    words = [("150" if n == 4 else "") + COLUMN[n : n + 17] for n in range(20)]
    glyphs = []
    for place, line in enumerate(words):
        x, height = (60, 140 + 18 * place) if place < 10 else (320, 140 + 18 * (place - 10))
        glyphs += set_words(line, x, height) + set_words(str(place + 1), x - 20, height, size=8)
    assert read(glyphs) == words


def test_a_line_number_over_the_last_figure_of_the_column_before() -> None:
    """LibreOffice leaves it no room: 每个推荐单位限报 2 ends where the numbers of the second column begin."""
    words = [COLUMN[n : n + 19] for n in range(20)]
    glyphs = [glyph for n in range(10) for glyph in set_words(words[n], 60, 140 + 18 * n)]
    glyphs += set_words("2", 289.4, 140 + 18 * 4)
    glyphs += [glyph for n in range(10) for glyph in set_words(words[10 + n], 330, 140 + 18 * n)]
    for place in range(20):
        glyphs += set_words(str(101 + place), (40, 289)[place // 10], 140 + 18 * (place % 10), size=8)
    assert [line.replace(" ", "") for line in read(glyphs)] == [f"{w}2" if w is words[4] else w for w in words]


def test_line_numbers_that_begin_anew_beside_notes() -> None:
    """Those of the second column go on from the notes of the first, with figures that stand beside its text, too."""
    glyphs: list[Glyph] = []
    words = [COLUMN[n : n + 17] for n in range(24)]
    for place, line in enumerate(words):
        row, first = place % 12, place // 12
        number = place - 2 * first if row < 10 else row - 10 + 2 * first
        glyphs += set_words(line, (60, 320)[first], 140 + 18 * row)
        glyphs += set_words(str(number + 1), (60, 320)[first] - 20, 140 + 18 * row, size=8)
    assert read(glyphs) == words


def test_figures_at_the_end_of_lines_are_no_line_numbers() -> None:
    """A column of sums, and pages of contents."""
    glyphs = [
        g
        for n in range(12)
        for g in set_words(f"1.{n} 合作项目", 80, 100 + 18 * n) + set_words(f"{n // 2 + 1}", 420, 100 + 18 * n)
    ]
    assert layout_of(glyphs).excluded == ()


def test_a_list_with_a_gap_behind_its_figures_has_no_line_numbers() -> None:
    glyphs = [
        g for n in range(8) for g in set_words(f"{7 - n if n % 2 else 90 + n}   企业应提供配套出资", 80, 100 + 18 * n)
    ]
    assert all(line[0].isdigit() for line in read(glyphs))


# Words above 企业, how far their baseline is above that of the line, their size, and whether they are ruby.
RUBY = {
    "qǐ yè": (12.0, 6.0, True),
    "ㄑㄧˇ": (11.5, 5.0, True),
    "Qiye": (13.5, 6.0, True),
    "qǐ yè ": (12.0, 10.0, False),  # too large
    "qǐyè": (24.0, 6.0, False),  # too high
    "企": (12.0, 6.0, False),
}


@pytest.mark.parametrize("words", RUBY)
def test_ruby_above_characters(words: str) -> None:
    rise, size, is_ruby = RUBY[words]
    body = set_words("配套资金由", 80, 100) + set_words("企业", 140, 100) + set_words("提供并签署协议", 164, 100)
    layout = layout_of([*body, *set_words(words, 142, 100 - rise, size=size)])
    assert [piece.reason for piece in layout.excluded] == (["ruby"] if is_ruby else [])
    assert not is_ruby or [str(line.text) for line in layout.lines] == ["配套资金由企业提供并签署协议"]


# How far above the baseline a line is drawn, in points of type of 12, and whether it strikes the word out.
STRIKES = {-1.5: False, 0.0: False, 1.0: False, 2.5: True, 4.5: True, 6.5: True, 11.0: False}


@pytest.mark.parametrize("height", STRIKES)
def test_a_line_through_the_middle_of_words_strikes_them_out(height: float) -> None:
    glyphs = set_words("支持3个5个项目", 80, 100)
    x0, x1 = glyphs[2].x0, glyphs[3].x1
    layout = layout_of(glyphs, [Ruling(1, x0, 100 - height, x1, 100.5 - height)])
    struck = STRIKES[height]
    assert [str(line.text) for line in layout.lines] == ["支持5个项目" if struck else "支持3个5个项目"]
    assert [str(piece.text) for piece in layout.excluded] == (["3个"] if struck else [])


def test_a_mark_that_is_struck_out_on_its_half() -> None:
    glyphs = set_words("支持3个。2个。5个项目", 80, 100)
    x0, x1 = glyphs[2].x0, glyphs[4].x0 + 5.9
    assert read(glyphs, [Ruling(1, x0, 96, x1, 96.5)]) == ["支持2个。5个项目"]


def test_a_rule_that_runs_on_beside_the_words_strikes_nothing_out() -> None:
    glyphs = set_words("支持5个项目", 80, 100)
    assert read(glyphs, [Ruling(1, 40, 96, 500, 96.5)]) == ["支持5个项目"]


def test_a_remark_strikes_words_out() -> None:
    glyphs = set_words("支持3个5个项目", 80, 100)
    box = (glyphs[2].x0, 88.0, glyphs[3].x1, 102.0)
    layout = layout_of(glyphs, annotations=[Annotation(1, "StrikeOut", "", (box,))])
    assert [str(line.text) for line in layout.lines] == ["支持5个项目"]


# The words that are struck out below a full line: whether the line below them starts a paragraph.
STRUCK_LINES = {"执行期不超过两年。": True, "企业应提供配套出资并签署合作协议及补充协议书": False}


@pytest.mark.parametrize("struck", STRUCK_LINES)
def test_a_paragraph_ends_where_its_last_line_is_struck_out(struck: str) -> None:
    text = "企业应提供配套出资并签署合作协议及补充协议书"
    glyphs = [g for n in range(8) for g in set_words(text[n % 2 :], 80 + 24 * (n % 2 == 0), 100 + 20 * n)]
    glyphs += [*set_words(text[:-2], 104, 260), *set_words(struck, 80, 280), *set_words("附件及其内容", 80, 300)]
    pulled = Pulled(
        "guide.pdf", "", 1, "pdfplumber", glyphs, None, rulings=(Ruling(1, 80, 275, 80 + 12 * len(struck), 275.5),)
    )
    last = repair(pulled).lines[-1]
    assert (str(last.text), last.starts) == ("附件及其内容", STRUCK_LINES[struck])


def test_the_empty_halves_of_two_marks_are_no_gap_between_columns() -> None:
    """》、《 in a justified line: half of the comma's box and half of the bracket's are empty."""
    words = "《甲协定》、《乙协定》"
    glyphs = [
        Glyph(char, 1, 12.0 * place, 100, 12.0 * place + 12, 112, "Song", 12, 12) for place, char in enumerate(words)
    ]
    assert [len(row.stretches) for row in (measure_row(glyphs, range(len(glyphs))),)] == [1]


def test_a_lowered_digit_between_two_letters_belongs_to_them_and_not_to_the_end_of_the_line_below() -> None:
    upper = [
        *set_words("配套资金，H", 80, 100),
        *set_words("2", 146, 102.5, size=7),
        *set_words("O用量减少", 149.5, 100),
    ]
    below = set_words("请发送电子邮件", 57.2, 111.5)
    assert read([*upper, *below, *set_words("。", 141.2, 111.5)])[0] == "配套资金，H₂O用量减少"


def test_a_raised_mark_belongs_to_the_figure_before_it_and_not_to_a_word_behind_it_on_the_line_above() -> None:
    upper = [*set_words("于2021年12", 80, 100), *set_words("月前成立的单位", 147, 100)]
    below = [*set_words("不得超过这2", 78, 116), *set_words("6", 144, 106, size=6), *set_words("个项目", 153, 116)]
    assert read([*upper, *below])[0].replace(" ", "") == "于2021年12月前成立的单位"
