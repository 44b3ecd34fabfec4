"""Pages as other producers lay them out: margins, paragraphs, heads and feet, and what is no text of the page."""

from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from msgspec.structs import replace
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from extract.model.stages import Pulled, Repaired
from extract.model.text import Glyph
from extract.pull import pull
from extract.repair import repair

EM = 10.0
WORDS = "为进一步提升我国国际科技创新合作的层次与水平全面推动政府间科技创新合作根据有关要求编制形成了本专项指南"


def line(words: str, page: int, x: float, y: float) -> list[Glyph]:
    """A printed line; x in ems from the left edge, y in points."""
    glyphs = []
    for char in words:
        width = EM * (0.5 if char.isascii() else 1)
        glyphs.append(Glyph(char, page, x * EM, y, x * EM + width, y + EM, "Song", EM, width, "", y + 0.88 * EM))
        x += width / EM
    return glyphs


def pages(
    count: int, *, margin: float = 9, odd: float = 0, first: float = 2, rest: float = 0, gap: float = 0,
    head: tuple[str, ...] = (), foot: tuple[str, ...] = (),
) -> list[Glyph]:  # fmt: skip
    """Pages of eight paragraphs of three full lines (20 ems) each, with heads and feet ({n}: the page's number)."""
    glyphs: list[Glyph] = []
    for page in range(1, count + 1):
        left, y = margin + (odd if page % 2 else 0), 80.0
        for number, text in enumerate(head):
            glyphs += line(text.format(n=page), page, left, 30.0 + 12 * number)
        for paragraph in range(8):
            words = (WORDS * 9)[(page * 8 + paragraph) * 7 :]
            for row in range(3):
                indent = first if row == 0 else rest
                size = 20 if row < 2 else 12
                glyphs += line(words[row * 12 : row * 12 + size - int(indent)], page, left + indent, y)
                y += 18
            y += gap
        for number, text in enumerate(foot):
            glyphs += line(text.format(n=page), page, left, 780.0 + 12 * number)
    return glyphs


def repaired(glyphs: list[Glyph]) -> Repaired:
    return repair(Pulled("guide.pdf", "", 1, "pdfplumber", glyphs, None))


LAYOUTS = {
    "first lines indented": {"first": 2},
    "mirrored margins": {"first": 2, "odd": 3},
    "hanging indents": {"first": 0, "rest": 2},
    "hanging below an indent": {"first": 2, "rest": 4},
    "space between paragraphs": {"first": 0, "gap": 9},
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_start_where_the_layout_says(name: str) -> None:
    starts = [one.starts for one in repaired(pages(4, **LAYOUTS[name])).lines]  # type: ignore[arg-type]
    on_top = starts[:: 8 * 3]
    assert starts[1:3] == [False, False]
    assert all(start is not False for start in on_top)
    inner = [start for number, start in enumerate(starts) if number % 24]
    assert inner == [number % 3 == 0 for number in range(len(starts)) if number % 24]


@pytest.mark.parametrize("width", [18, 50])
def test_pages_that_are_set_in_another_width_have_a_right_edge_of_their_own(width: int) -> None:
    """A landscape page, or one that holds nothing but the left one of two columns."""

    def paragraphs(page: int, width: int) -> list[Glyph]:
        words = [(WORDS * 6)[7 * place + page :] for place in range(24)]
        lines = [one[:width] if place % 3 < 2 else one[: width - 8] + "。" for place, one in enumerate(words)]
        return [glyph for place, one in enumerate(lines) for glyph in line(one, page, 9, 80 + 18 * place)]

    glyphs = [*chain.from_iterable(paragraphs(page, 36) for page in range(1, 5)), *paragraphs(5, width)]
    starts = [one.starts for one in repaired(glyphs).lines]
    assert starts == [None if place % 3 else True for place in range(5 * 24)]


def test_hanging_indents_below_few_full_lines_of_which_one_ends_a_sentence() -> None:
    full = WORDS[:19] + "。", WORDS[:20], WORDS[5:25]
    words = [part for one in full for part in ((0, one), (2, "与水平全面推动。"), (0, "全面推动。"))]
    glyphs = [glyph for row, (x, part) in enumerate(words) for glyph in line(part, 1, 9 + x, 80 + 18 * row)]
    assert [one.starts for one in repaired(glyphs).lines][1::3] == [False, False, False]


@pytest.mark.parametrize("rest", [2, 0])
def test_values_that_are_set_in_below_their_labels(rest: int) -> None:
    """Lines of a value go on where its first line begins, or at the margin below a first line that is set in."""
    glyphs, y = list[Glyph](), 80.0
    for number in range(6):
        words = WORDS[number : number + 26]
        for indent, part in ((0, "其他要求："), (2, words[:18]), (rest, words[18 : 38 - rest]), (rest, words[:9])):
            glyphs += line(part, 1, 9 + indent, y)
            y += 18
    starts = [one.starts for one in repaired(glyphs).lines]
    assert starts[2::4] == [None if rest else False] * 6
    assert starts[0::4] == starts[1::4] == [True] * 6


def test_a_side_with_few_lines_to_go_by_has_the_margin_of_the_other() -> None:
    words = ("配套资金比例不低于百分之五十的企业应当提", "供证明材料", "另一段到这里为止", "再一段")
    second = [line(text, 2, 9 if place == 1 else 11, 80 + 18 * place) for place, text in enumerate(words)]
    starts = [one.starts for one in repaired([*pages(1, first=2), *chain(*second)]).lines]
    assert starts[24:] == [True, False, True, True]


def test_a_number_that_its_hyphen_ends_goes_on() -> None:
    """Word takes 58263448，a_2@example.cn for one word, which has no room on the line; - 3 - is no number."""
    words = ("电话：010-", "58263448，hezuo_2@example.cn。", "另一段到此-", "3项")
    glyphs = [line(text, 2, 9 if place == 1 else 11, 80 + 18 * place) for place, text in enumerate(words)]
    assert [one.starts for one in repaired([*pages(1, first=2), *chain(*glyphs)]).lines][24:] == [
        True,
        False,
        True,
        True,
    ]


def test_titles_in_larger_type_are_no_measure() -> None:
    """The text is narrow, and few of its lines are full."""
    title = [replace(glyph, size=16.0) for y in (40, 60) for glyph in line(WORDS[:30], 1, 9, y)]
    rows = [
        line(words, 1, x, 80 + 18 * at)
        for at, (words, x) in enumerate([(FULL[:18], 11), ("期为两年。", 9), ("另一段。", 11)] * 3)
    ]
    assert [one.starts for one in repaired([*title, *chain(*rows)]).lines][2:] == [True, False, True] * 3


def test_paragraphs_left_of_the_values_that_most_lines_belong_to() -> None:
    """Labels have a column of their own; what stands above them goes on at their left edge."""
    intro = [(WORDS[:34], 11), (WORDS[:36], 9), ("左右。", 9)]
    values = [("合作协议：", 9), *[(WORDS[at : at + 29], 16) for at in range(5)], ("提供证明。", 16)]
    glyphs = [line(words, 1, x, 80 + 18 * at) for at, (words, x) in enumerate([*intro, *values * 4])]
    starts = [one.starts for one in repaired([*chain(*glyphs)]).lines]
    assert starts[0] is True
    assert True not in starts[1:3]
    assert starts[3] is True


def test_sides_with_one_left_edge_have_one_margin() -> None:
    """Paragraphs hang on the first page; on the second most lines that go on are those of headings at the left."""
    wide = FULL + "甲乙"
    hanging = [(wide, 9), (FULL, 11), (FULL[:5] + "。", 11)]
    first, second = hanging * 3, [(wide, 9), (FULL[:4], 9)] * 5 + hanging
    glyphs = [
        line(words, page, x, 80 + 18 * place)
        for page, rows in ((1, first), (2, second))
        for place, (words, x) in enumerate(rows)
    ]
    assert [one.starts for one in repaired([*chain(*glyphs)]).lines][-3:] == [True, False, False]


def test_without_indents_a_short_line_ends_its_paragraph_and_a_full_one_leaves_it_open() -> None:
    starts = [one.starts for one in repaired(pages(2, first=0)).lines]
    assert starts[:6] == [True, None, None, True, None, None]


@pytest.mark.parametrize(("following", "starts"), [("与，原则上", None), ("与原则上", True)])
def test_a_line_has_no_room_for_a_character_and_the_comma_behind_it(following: str, starts: bool | None) -> None:
    rows = [line(words, 2, 9, 80 + 18 * at) for at, words in enumerate((FULL[:16], following))]
    assert [one.starts for one in repaired([*pages(1, first=0), *chain(*rows)]).lines][-1] is starts


HEADS = {
    "one line": {"head": ("国家重点研发计划申报指南",)},
    "two lines": {"head": ("国家重点研发计划", "申报指南")},
    "with the page number": {"head": ("国家重点研发计划申报指南{n}",)},
    "dashes": {"foot": ("— {n} —",)},
    "a bare number": {"foot": ("{n}",)},
    "dots": {"foot": ("·{n}·",)},
    "Page n of 6": {"foot": ("Page {n} of 6",)},
    "第n页": {"foot": ("第{n}页",)},
    "第n/6页": {"foot": ("第{n}/6页",)},
    "brackets": {"foot": ("[{n}]",)},
    "head and foot": {"head": ("申报指南",), "foot": ("国家重点研发计划", "- {n} -")},
}


@pytest.mark.parametrize("name", HEADS)
def test_heads_and_feet_are_set_aside(name: str) -> None:
    clean, dressed = repaired(pages(6)), repaired(pages(6, **HEADS[name]))  # type: ignore[arg-type]
    assert [str(one.text) for one in dressed.lines] == [str(one.text) for one in clean.lines]
    assert [done.name for done in dressed.repairs] == ["set furniture aside"]


NUMBERS = (
    "- 1 -", "--1--", "第1页", "第 1 页", "第1/6页", "第1页，共6页", "第1页/共6页", "第1页 共6页", "Page 1", "page 1", "P1", "p.1",
    "Page 1 of 6", "P 1/6", "·1·", "•1•", "~ 1 ~", ".1.", "[1]", "[ 1 ]", "1 of 6", "- iv -", "-xii-",
)  # fmt: skip
NO_NUMBERS = (
    "·1•", "- 12345 -", "- a -", "第一页", "第1页码", "共6页", "Page one", "PP1", "[1", "1 von 6", "- ivxlcii -",
)  # fmt: skip


@pytest.mark.parametrize("foot", [*NUMBERS, *NO_NUMBERS])
def test_a_line_is_a_page_number_by_what_is_around_its_number(foot: str) -> None:
    """On one page of two, where nothing but its form tells."""
    found = repaired([*pages(2), *line(foot, 2, 15, 780)])
    assert (foot in [str(one.text) for one in found.lines]) is (foot in NO_NUMBERS)


def test_the_gap_within_a_page_number_is_no_glyph_of_it() -> None:
    foot = [glyph for page in range(1, 4) for glyph in line("第1页", page, 9, 780) + line("共3页", page, 15, 780)]
    found = repaired([*pages(3), *foot])
    assert [(done.name, len(done.became), min(done.became) >= 0) for done in found.repairs] == [
        ("set furniture aside", 18, True)
    ]


def test_a_number_of_the_guide_is_no_page_number() -> None:
    glyphs = [*pages(3), *line("65", 2, 9, 700)]
    assert "65" in [str(one.text) for one in repaired(glyphs).lines]


def test_rotated_text_and_text_outside_the_page_is_set_aside_and_reported() -> None:
    stamp = [replace(glyph, excluded_reason="rotated") for glyph in line("征求意见稿", 1, 12, 200)]
    beyond = [replace(glyph, excluded_reason="outside") for glyph in line("页外", 2, -5, 100)]
    found = repaired([*pages(2), *stamp, *beyond])
    assert [str(one.text) for one in found.lines] == [str(one.text) for one in repaired(pages(2)).lines]
    assert [(finding.code, finding.evidence[0].quote) for finding in found.findings] == [
        ("text-hidden", "征求意见稿"),
        ("text-hidden", "页外"),
    ]


def test_what_is_not_seen_is_no_text() -> None:
    words = [
        *line("拟支持", 1, 9, 80),
        Glyph("\u200b", 1, 120, 80, 120, 90, "Song", EM, 0),
        *line("经费\u2028", 1, 12, 80),
    ]
    assert [str(one.text) for one in repaired(words).lines] == ["拟支持经费"]


def test_what_is_not_seen_is_no_text_of_a_file_either() -> None:
    glyphs = [Glyph(char, 1) for char in "拟支\u200b持经费\ufeff"]
    found = repair(Pulled("guide.txt", "", 1, "text", glyphs, [1] * len(glyphs)))
    assert [str(one.text) for one in found.lines] == ["拟支持经费"]


@pytest.mark.parametrize("char", ["\ufffd", "\0", "\ue000", "(cid:12)"])
def test_a_glyph_without_a_character_is_reported(char: str) -> None:
    glyphs = line("中美合作", 1, 9, 80)
    glyphs[1] = replace(glyphs[1], text=char)
    assert [finding.code for finding in repaired(glyphs).findings] == ["glyph-unmapped"]


def test_glyphs_without_widths_are_set_as_wide_as_their_kind() -> None:
    glyphs = [replace(glyph, x1=glyph.x0, advance=0.0) for glyph in line("登录网站的的确确2018年", 1, 9, 80)]
    assert [str(one.text) for one in repaired(glyphs).lines] == ["登录网站的的确确2018年"]


def test_letterspaced_lines_are_closed_up() -> None:
    words = [
        str(one.text)
        for one in repaired([*line("项 目 申 报 指 南", 1, 9, 80), *line("科技部 财政部关于", 1, 9, 100)]).lines
    ]
    assert words == ["项目申报指南", "科技部 财政部关于"]


def test_a_garbled_heading_over_two_lines_is_read_whole() -> None:
    lines = [
        "2018年度项目申报指南",
        "1111.3.3.3.3中加（魁北克省）政府间合作项目中加（魁北克省）政府间合作",
        "项目中加（魁北克省）政府间合作项目中加（魁北克省）政府间合作项目",
        "合作协议：无。",
    ]
    glyphs = [Glyph(char, 1) for words in lines for char in words]
    numbers = [number for number, words in enumerate(lines, 1) for _ in words]
    found = repair(Pulled("guide.txt", "", 1, "text", glyphs, numbers))
    assert [str(one.text) for one in found.lines] == [lines[0], "1.3中加（魁北克省）政府间合作项目", lines[3]]


def test_a_very_long_line_is_one_line() -> None:
    glyphs = [Glyph("-", 1)] * 4000
    assert len(repair(Pulled("guide.txt", "", 1, "text", glyphs, [1] * 4000)).lines) == 1


@pytest.mark.parametrize("scale", [0.1, 0.24, 1, 4])
def test_widths_are_in_points_whatever_the_matrix(scale: float, tmp_path: Path) -> None:
    registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.scale(scale, scale)
    canvas.setFont("STSong-Light", 16 / scale)
    for copy in range(3):
        canvas.drawString((72 + copy * 0.3) / scale, 700 / scale, "1.1中美合作")
    canvas.drawString(72 / scale, 670 / scale, "拟支持经费：1100万元，纳米纳米材料100个")
    canvas.save()
    file = tmp_path / "guide.pdf"
    file.write_bytes(buffer.getvalue())
    assert [str(one.text) for one in repair(pull(file)).lines] == [
        "1.1中美合作",
        "拟支持经费：1100万元，纳米纳米材料100个",
    ]


TABLES = {
    "a label in the middle of three lines": (["一、人工智能", "二、老龄健康", "三、绿色能源"], 18, 18, True),
    "a label between two lines": (["农业与食品、可再生能", "源、新材料。"], 18, 9, True),
    "a label beside the first line": (["一、人工智能", "二、老龄健康"], 18, 0, False),
    "a value of one line": (["人工智能"], 18, 0, False),
}


@pytest.mark.parametrize(("value", "pitch", "down", "told"), TABLES.values(), ids=TABLES)
def test_a_label_in_the_middle_of_its_cell_is_reported(value: list[str], pitch: int, down: int, told: bool) -> None:
    rows = [glyph for n, words in enumerate(value) for glyph in line(words, 1, 18, 130.0 + n * pitch)]
    above = [*line("合作协议：", 1, 9, 100.0), *line("《协定》。", 1, 18, 100.0)]
    findings = repaired([*above, *line("领域方向：", 1, 9, 130.0 + down), *rows]).findings
    assert [finding.code for finding in findings] == ["columns-mixed"] * told


@pytest.mark.parametrize(("aside", "told"), [(-0.6, False), (-0.4, True), (0.4, True), (0.6, False)])
def test_lines_of_one_cell_begin_within_half_an_em(aside: float, told: bool) -> None:
    above = [*line("合作协议：", 1, 9, 100.0), *line("《协定》。", 1, 18, 100.0)]
    cell = [*line("一、人工智能", 1, 18, 130.0), *line("二、老龄健康", 1, 18, 148.0)]
    last = line("三、绿色能源", 1, 18 + aside, 166.0)
    troubles = repaired([*above, *line("领域方向：", 1, 9, 148.0), *cell, *last]).findings
    assert [trouble.code for trouble in troubles] == ["columns-mixed"] * told


def test_a_heading_at_the_margin_starts_a_paragraph_after_a_full_line() -> None:
    body = [
        ("甲" * 18, 2),
        ("乙" * 19 + "。", 0),
        ("1.1中美政府间合作项目", 0),
        ("丙" * 18, 2),
        ("丁" * 20, 0),
        ("戊" * 9 + "。", 0),
    ]
    tops = [100, 118, 154, 190, 208, 226]
    glyphs = [
        g for page in (1, 2) for (words, x), y in zip(body, tops, strict=True) for g in line(words, page, 9 + x, y)
    ]
    lines = repaired(glyphs).lines
    assert [one.starts for one in lines if one.text.plain.startswith("1.1")] == [True, True]


@pytest.mark.parametrize(("font", "starts"), [("CAAAAA+Hei", True), ("DAAAAA+Song", False)])
def test_a_line_in_another_font_behind_the_end_of_a_sentence_starts_a_paragraph(font: str, starts: bool) -> None:
    """A heading at the margin, where paragraphs begin further right, is told by its type alone."""
    body = [("甲" * 18, 2), ("乙" * 19 + "。", 0), ("中美面向民生科技的", 0), ("丙" * 18, 2), ("丁" * 20, 0)]
    glyphs = [
        replace(glyph, font=font if words.startswith("中美") else "AAAAAA+Song")
        for page in (1, 2)
        for place, (words, x) in enumerate(body * 2)
        for glyph in line(words, page, 9 + x, 100 + 18 * place)
    ]
    lines = repaired(glyphs).lines
    assert [one.starts for one in lines if one.text.plain.startswith("中美")] == [starts] * 4


def test_a_line_goes_on_in_its_cell_though_it_stands_deep() -> None:
    glyphs = pages(2)
    cell = [*line("其他要求", 3, 9, 80), *line("甲" * 11, 3, 18, 80), *line("乙。", 3, 18, 98)]
    assert [one.starts for one in repaired([*glyphs, *cell]).lines][-1:] == [False]


def laid_out(*rows: tuple[str, float, float]) -> list[bool | None]:
    """The starts of paragraphs on a page of lines: words, ems from the left edge, points from the line before."""
    glyphs, y = [], 60.0
    for words, x, step in rows:
        y += step
        glyphs += line(words, 1, x, y)
    return [one.starts for one in repaired(glyphs).lines]


FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"  # 20 ems
CONTINUED = [(FULL, 9, 24), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 2

# Lines, and the starts of paragraphs among the last of them.
STARTS: dict[str, tuple[list[tuple[str, float, float]], list[bool | None]]] = {
    "space between paragraphs that mostly have one line": (
        [*CONTINUED, *[(FULL[:9] + "。", 9, 24)] * 30, (FULL[:19] + "。", 9, 24), ("1.2中国和德国", 9, 24), (FULL, 9, 24)],
        [True, True, True],
    ),
    "two centred lines are no indents": (
        [("某某专项", 17, 24), ("项目申报指南", 16, 24), *CONTINUED, (FULL[:19] + "。", 9, 24), ("1.2中德", 9, 24)],
        [True, True],
    ),
    "a heading at the margin, a little apart, in indented text": (
        [*[(FULL[:18], 11, 18), (FULL, 9, 18), (FULL[:19] + "。", 9, 18)] * 3, ("1.2中德", 9, 21.5), (FULL[:9], 11, 21.5)],
        [True, True],
    ),
    "space below headings alone": (
        [
            *[("1.1中国和美国", 9, 30), (FULL, 9, 30), (FULL[:5] + "。", 9, 18), (FULL[:9] + "。", 9, 18)] * 4,
            (FULL[:19] + "。", 9, 18),
            (FULL, 9, 18),
        ],
        [True, None],
    ),
    "a centred heading of two lines": (
        [*CONTINUED, (FULL[:19] + "。", 9, 18), ("1.2" + FULL[:12], 12.25, 18), (FULL[:4], 17, 18), (FULL, 9, 18)],
        [True, False, True],
    ),
    "centred headings of two lines where nothing else is continued": (
        [*[("1.2" + FULL[:12], 12.25, 18), (FULL[:4], 17, 18), (FULL[:12] + "。", 9, 18), (FULL[:9], 9, 18)] * 4],
        [True, False, True, True],
    ),
    "a centred heading whose first line is nearly full, in indented text": (
        [
            *[(FULL[:18], 11, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 3,
            ("1.2" + FULL[:18], 9.25, 18),
            (FULL[:4], 17, 18),
            (FULL[:9], 11, 18),
        ],
        [True, False, True],
    ),
    "a first line with an indent of 3 that seems centred": (
        [*[(FULL[:17], 12, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 3, (FULL[:13] + "（", 12, 18), (FULL, 9, 18)],
        [True, False],
    ),
    "a first line with an indent of 3 and as much room, for the next words cannot break": (
        [
            *[(FULL[:17], 12, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 3,
            (FULL[:14], 12, 18),
            ("目，850" + FULL[:3] + "。", 9, 18),
        ],
        [True, False],
    ),
    "a character that stays with the address behind it": (
        [
            *[(FULL[:18], 11, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 3,
            (FULL[:18], 11, 18),
            (FULL[:9], 9, 18),
            ("网https://a.cn/abcdefghi" + FULL[:3], 9, 18),
        ],
        [True, False, False],
    ),
    "a power of ten that stays with its unit": (
        [
            *[(FULL[:18], 11, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 3,
            (FULL[:18], 11, 18),
            (FULL[:14], 9, 18),
            ("2×10⁻³kg/m³" + FULL[:3] + "。", 9, 18),
        ],
        [True, False, False],
    ),
    "a narrow column below titles as wide as the page": (
        [
            *[(FULL * 2, 9, 18)] * 3,
            *[(FULL[:18], 11, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 12,
            (FULL[:18], 11, 18),
            (FULL, 9, 18),
        ],
        [True, False],
    ),
    "a narrow text without indents below titles as wide as the page": (
        [*[(FULL * 2, 9, 18)] * 3, *[(FULL, 9, 18), (FULL, 9, 18), (FULL[:5] + "。", 9, 18)] * 12],
        [True, None, None],
    ),
    "few full lines among short ones": (
        [*[(FULL[:4], 9, 18)] * 9, (FULL[:17] + "。", 9, 18), (FULL, 9, 18), (FULL[:3] + "。", 9, 18), (FULL, 9, 18), (FULL[:3] + "。", 9, 18)],
        [True, None],
    ),
    "a lone line that is set in below a full one, among short lines": (
        [*[(FULL[:4], 9, 18)] * 9, (FULL[:17] + "。", 9, 18), (FULL, 9, 18), (FULL[:3] + "。", 11, 18), (FULL[:9], 9, 18)],
        [True, False, True],
    ),
    "centred lines of two sizes of space": (
        [*CONTINUED, ("二、领域", 17, 24), ("1.1中国和美国", 15.75, 24), (FULL, 9, 24)],
        [True, True, True],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STARTS)
def test_starts_by_signs_that_paragraphs_have(name: str) -> None:
    rows, starts = STARTS[name]
    assert laid_out(*rows)[-len(starts) :] == starts


@pytest.mark.parametrize(("first", "starts"), [(FULL[:9], None), ("领域方向：" + FULL[:9], True)])
def test_a_browser_indents_the_rest_of_a_paragraph_on_the_next_page(first: str, starts: bool | None) -> None:
    above = [(FULL[:18], 11), (FULL, 9), (FULL[:5] + "。", 9)] * 3 + [(FULL[:18], 11), (FULL, 9)]
    glyphs = [line(words, 1, x, 80 + 18 * place) for place, (words, x) in enumerate(above)]
    lines = repaired([*chain(*glyphs), *line(first, 2, 11, 80), *line(FULL[:5] + "。", 2, 11, 98)]).lines
    assert lines[len(above)].starts is starts


def test_a_raised_glyph_moves_no_line() -> None:
    rows = [(FULL, 9.0, 24.0), (FULL, 9, 18), (FULL[:19] + "。", 9, 18)] * 3
    glyphs, y = [], 60.0
    for words, x, step in rows:
        y += step
        glyphs += line(words, 1, x, y)
    raised = -3  # of the last line
    glyphs[raised] = replace(glyphs[raised], top=glyphs[raised].top - 4, bottom=glyphs[raised].bottom - 4)
    last = line("须有企业参与", 1, 9, y + 18)
    starts = [one.starts for one in repaired([*glyphs, *last]).lines]
    assert starts == [True, False, False] * 3 + [False]


LONG = FULL * 3
# Lines of plain text, and the starts of paragraphs among the last of them.
PLAIN_STARTS: dict[str, tuple[list[str], list[bool | None]]] = {
    "lines that are whole paragraphs": (
        ["1.1中国和美国", LONG + "。", "领域方向：农业。", "　　" + LONG + LONG + "。", FULL + "。", "1.2中国和德国", "须有企业参与"],
        [True] * 7,
    ),
    "lines that are whole paragraphs, but for one that ends within a sentence": (
        [*[LONG + "。"] * 20, LONG + "，", "乙丙。", "1.2中国和德国"],
        [True, False, True],
    ),
    "one line that was not broken": (["甲" * 30, "乙" * 30, "丙" * 9 + "。"] * 4 + [LONG + "。", "甲" * 29 + "。", "丙" * 30], [None, None]),
    "an empty line between paragraphs": (
        ["甲" * 30, "乙" * 30, "丙" * 9 + "。", ""] * 4 + ["甲" * 29 + "。", "", "1.2中国和德国"],
        [True, True],
    ),
    "no empty line within a paragraph": (["甲" * 30, "乙" * 30, "丙" * 9 + "。", ""] * 4 + ["甲" * 29 + "。", "乙" * 9], [True, False]),
}  # fmt: skip


@pytest.mark.parametrize("name", PLAIN_STARTS)
def test_paragraphs_of_plain_text(name: str) -> None:
    lines, starts = PLAIN_STARTS[name]
    glyphs = [Glyph(char, 1) for words in lines for char in words]
    numbers = [number for number, words in enumerate(lines, 1) for _ in words]
    found = repair(Pulled("guide.txt", "", 1, "text", glyphs, numbers))
    assert [one.starts for one in found.lines][-len(starts) :] == starts
