"""Notes at the foot of pages and columns: how they are set and marked, and what below a rule or in small type is none."""

from collections.abc import Sequence

import pytest

from extract.layout import PageLayout
from extract.layout.notes import printed_mark
from extract.model.stages import Pulled, Ruling
from extract.model.text import Glyph, display_width
from extract.repair import repair
from tests.layout.test_page_roles import layout_of, set_words, with_scripts

WORDS = "企业应提供配套出资并签署合作协议，其中"
NOTE = 9.0
RULE = 400.0


def text_lines(count: int = 8, *, page: int = 1, x: float = 80, top: float = 100) -> list[Glyph]:
    """Lines of the text, others on each page."""
    starts = [(3 * place + 5 * page) % len(WORDS) for place in range(count)]
    lines = [
        set_words(WORDS[start:] + WORDS[:start], x, top + 20 * place, page=page) for place, start in enumerate(starts)
    ]
    return [glyph for line in lines for glyph in line]


def referring(marks: Sequence[str], *, page: int = 1, raised: bool = True, y: float = 300) -> list[Glyph]:
    """A line with words before each of these marks, which are raised or of the size of the text."""
    glyphs: list[Glyph] = []
    for mark in marks:
        x = glyphs[-1].x1 if glyphs else 80.0
        glyphs += set_words("科技合作" if page == 1 else WORDS[page : page + 4], x, y, page=page)
        size, rise = (7.0, 4.0) if raised else (12.0, 0.0)
        glyphs += set_words(mark, glyphs[-1].x1, y - rise, size=size, page=page)
    return glyphs + set_words("，其他。", glyphs[-1].x1, y, page=page)


def notes_from(lines: Sequence[str], *, leading: float = 14, x: float = 80, page: int = 1) -> list[Glyph]:
    """Lines of small type below the place of the rule."""
    return [
        g for n, words in enumerate(lines) for g in set_words(words, x, RULE + 14 + leading * n, size=NOTE, page=page)
    ]


def rule(*, x: float = 80, page: int = 1, width: float = 100) -> Ruling:
    return Ruling(page, x, RULE, x + width, RULE + 0.5)


def notes_of(layout: PageLayout) -> list[tuple[str, str, list[str]]]:
    return [(note.mark, str(note.text), [str(words)[-4:] for words in note.references]) for note in layout.notes]


LINES = [
    "1 本条由专项管理办公室负责解释，未尽事宜另行",
    "通知，有关要求如有变化的，以变化后的",
    "要求为准。",
    "2 下同。",
]


@pytest.mark.parametrize("leading", [11, 14, 18, 22, 28])
def test_a_note_that_is_set_with_any_leading(leading: float) -> None:
    layout = layout_of([*text_lines(), *referring("12"), *notes_from(LINES, leading=leading)], [rule()])
    assert [str(note.text)[-5:] for note in layout.notes] == ["要求为准。", "下同。"]
    assert len(layout.lines) == 9


# How notes begin, the mark in the text, and the mark of the note.
FORMS = {
    "1. ": ("1", "1"),
    "1、": ("1", "1"),
    "1": ("1", "1"),
    "(1)": ("1", "(1)"),
    "（1）": ("（1）", "（1）"),
    "[1]": ("[1]", "[1]"),
    "〔1〕": ("〔1〕", "〔1〕"),
    "①": ("①", "①"),
    "注1：": ("注1", "注1"),
    "注1 ": ("注1", "注1"),
    "注①：": ("①", "注①"),
    "注：": ("注", "注"),
    "*": ("*", "*"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ruled", [True, False])
def test_how_notes_are_marked(form: str, ruled: bool) -> None:
    sign, mark = FORMS[form]
    glyphs = [*text_lines(), *referring([sign]), *notes_from([f"{form}含港澳台地区。"])]
    layout = layout_of(glyphs, [rule()] if ruled else [])
    assert notes_of(layout) == [(mark, "含港澳台地区。", ["科技合作"])]
    assert str(layout.lines[-1].text) == "科技合作，其他。"


# Notes that stand on one line: the marks in the text, the line, and the marks of the notes.
ON_ONE_LINE = {
    "numbers": (["1", "2"], "1 含港澳台地区。 2 下同。", ["1", "2"]),
    "numbers with dots": (["1", "2"], "1. 含港澳台地区。2. 下同。", ["1", "2"]),
    "circled": (["①", "②"], "①含港澳台地区。②下同。", ["①", "②"]),
    "in brackets": (["[1]", "[2]"], "[1]含港澳台地区。[2]下同。", ["[1]", "[2]"]),
    "by a word": (["注1", "注2"], "注1：含港澳台地区；注2：下同。", ["注1", "注2"]),
    "three": (["1", "2", "3"], "1 含港澳台地区。 2 下同。 3 不含专项。", ["1", "2", "3"]),
    "a figure in a note": (["1"], "1 含港澳台地区。 2 个以上。", ["1"]),
}


@pytest.mark.parametrize("name", ON_ONE_LINE)
def test_notes_on_one_line(name: str) -> None:
    signs, line, marks = ON_ONE_LINE[name]
    layout = layout_of([*text_lines(), *referring(signs), *notes_from([line])], [rule()])
    assert [mark for mark, _, _ in notes_of(layout)] == marks
    assert [words for _, _, (words,) in notes_of(layout)] == ["科技合作"] * len(marks)
    assert len(layout.lines) == 9


@pytest.mark.parametrize("sign", ["①", "[1]", "〔1〕", "注1", "注①"])
def test_marks_of_the_size_of_the_text(sign: str) -> None:
    glyphs = [*text_lines(), *referring([sign], raised=False), *notes_from([f"{sign} 含港澳台地区。"])]
    layout = layout_of(glyphs, [rule()])
    assert notes_of(layout) == [(sign, "含港澳台地区。", ["科技合作"])]
    assert str(layout.lines[-1].text) == "科技合作，其他。"


def test_a_note_with_a_mark_of_the_size_of_the_text() -> None:
    """As LibreOffice sets it."""
    note = [*set_words("1 ", 80, RULE + 14), *set_words("下同，如有变化另行通知。", 92, RULE + 14, size=NOTE)]
    layout = layout_of([*text_lines(), *referring("1"), *note], [rule()])
    assert notes_of(layout) == [("1", "下同，如有变化另行通知。", ["科技合作"])]


def test_items_of_a_list_are_no_marks() -> None:
    items = set_words("①农业；②能源；③其他①。", 80, 320)
    layout = layout_of([*text_lines(), *items, *notes_from(["① 含港澳台地区。"])], [rule()])
    assert str(layout.lines[-1].text) == "①农业；②能源；③其他。"
    assert notes_of(layout) == [("①", "含港澳台地区。", ["；③其他"])]


def test_a_line_of_a_note_that_begins_with_a_figure_goes_on() -> None:
    lines = [
        "1 不含地方配套资金，其中",
        "20万元按签署当日的汇率折算，包括",
        "（1）甲，",
        "1亿元，3年内不再重复计算。",
        "2 下同。",
    ]
    layout = layout_of([*text_lines(), *referring("12"), *notes_from(lines)], [rule()])
    assert [mark for mark, *_ in notes_of(layout)] == ["1", "2"]


def test_a_note_that_goes_on_at_the_foot_of_the_next_page() -> None:
    glyphs = [*text_lines(), *referring("1"), *notes_from(LINES[:2]), *text_lines(page=2)]
    glyphs += notes_from(LINES[2:], page=2)
    layout = layout_of(glyphs, [rule(), rule(page=2, width=220)])
    assert [str(note.text)[-8:] for note in layout.notes] == ["化后的要求为准。", "下同。"]
    assert len(layout.lines) == 17


def test_notes_at_the_end_that_count_on_without_a_rule_on_the_next_page() -> None:
    glyphs = [
        *text_lines(),
        *referring("1"),
        *notes_from(["1 下同。"]),
        *notes_from(["2 含港澳台。", "3 下同。"], page=2),
    ]
    layout = layout_of(glyphs, [rule()])
    assert [mark for mark, *_ in notes_of(layout)] == ["1", "2", "3"]


def test_notes_of_which_a_mark_stands_alone_below_the_end_of_its_sentence() -> None:
    text = [*text_lines(6), *referring(["1", "3", "4", "5"]), *set_words("支持经费不超过400万元。", 80, 320)]
    alone = set_words("2", 200, 335, size=7)
    glyphs = [*text, *alone, *notes_from([f"{number} 含港澳台。" for number in range(1, 6)])]
    assert [mark for mark, *_ in notes_of(layout_of(glyphs))] == ["1", "2", "3", "4", "5"]


def test_a_mark_at_the_beginning_of_a_line_is_referred_to() -> None:
    text = [*set_words("支持经费不超过1050", 80, 320), *set_words("⑤", 80, 336, size=7), *set_words("万元。", 87, 340)]
    layout = layout_of([*text_lines(), *text, *notes_from(["⑤ 下同。"])])
    assert [mark for mark, *_ in notes_of(layout)] == ["⑤"]


@pytest.mark.parametrize(("sign", "size"), [("3", 7), ("3", 10), ("③", 7), ("[3]", 7), ("注③", 7), ("*", 7)])
@pytest.mark.parametrize("ends_page", [True, False])
def test_a_mark_alone_on_the_line_below_its_words(sign: str, size: float, ends_page: bool) -> None:
    text = [*set_words("中国与国际应用系统分析研究所合作项目", 80, 320), *set_words(sign, 80, 334, size=size)]
    below = [] if ends_page else set_words("支持领域：农业。", 80, 360)
    layout = layout_of([*text_lines(), *text, *below, *notes_from([f"{sign} 含港澳台地区。"])], [rule()])
    assert notes_of(layout) == [(sign, "含港澳台地区。", ["合作项目"])]
    assert str(layout.lines[8].text) == "中国与国际应用系统分析研究所合作项目"
    assert len(layout.lines) == 10 - ends_page


def test_a_mark_alone_on_its_line_that_counts_on_from_a_note_is_none() -> None:
    glyphs = [*text_lines(), *referring(["②"]), *notes_from(["② 下同。"])]
    glyphs += [*text_lines(page=2), *set_words("③", 80, 254, size=7, page=2), *text_lines(3, page=2, top=280)]
    layout = layout_of([*glyphs, *notes_from(["③ 含港澳台。"], page=2)], [rule(), rule(page=2)])
    assert [(mark, text, len(words)) for mark, text, words in notes_of(layout)] == [
        ("②", "下同。", 1),
        ("③", "含港澳台。", 1),
    ]


@pytest.mark.parametrize("number", ["③", "3"])
@pytest.mark.parametrize(("size", "rise"), [(7.0, 4.0), (12.0, 0.0)])
def test_a_mark_that_is_broken_at_the_end_of_a_line(number: str, size: float, rise: float) -> None:
    text = [*set_words("支持经费不超过400万元", 80, 320), *set_words("注", 206, 320 - rise, size=size)]
    text += [
        *set_words(number, 80, 340 - rise, size=size),
        *set_words("，其他。", 80 + size * display_width(number), 340),
    ]
    layout = layout_of([*text_lines(), *text, *notes_from([f"注{number}：下同。"])], [rule()])
    assert [str(line.text) for line in layout.lines[-2:]] == ["支持经费不超过400万元", "，其他。"]
    assert [(str(one.words)[-2:], printed_mark(str(one.sign))) for one in layout.references] == [
        ("万元", f"注{number}")
    ]


def test_a_mark_that_is_most_of_the_last_line_of_a_page_is_no_note() -> None:
    text = [
        *set_words("技术合作项目：12个项目", 80, 320),
        *set_words("[2]", 80, 336, size=7),
        *set_words("。", 92, 340),
    ]
    layout = layout_of([*text_lines(), *referring(["[2]"]), *text, *notes_from(["[2] 下同。"], page=2)])
    assert [str(line.text) for line in layout.lines[-2:]] == ["技术合作项目：12个项目", "。"]
    assert [(mark, len(words)) for mark, _, words in notes_of(layout)] == [("[2]", 2)]


def test_notes_at_the_foot_of_each_column() -> None:
    wide = [set_words(WORDS[n:] + WORDS[:n], x, 100 + 20 * n) for n in range(14) for x in (60, 320)]
    glyphs = [glyph for line in wide for glyph in line]
    for x, mark in ((60, "1"), (320, "2")):
        glyphs += set_words(mark, x + 228, 176, size=7)
        glyphs += notes_from([f"{mark} 不含港澳台地区。"], x=x)
    layout = layout_of(glyphs, [rule(x=60, width=60), rule(x=320, width=60)])
    assert [(note.mark, str(note.text), len(note.references)) for note in layout.notes] == [
        ("1", "不含港澳台地区。", 1),
        ("2", "不含港澳台地区。", 1),
    ]


def test_last_lines_of_notes_at_the_feet_of_columns_are_no_foot_of_the_page() -> None:
    """First lines of notes are set in, where no line of the text begins."""
    wide = [set_words(WORDS[n:] + WORDS[:n], x, 100 + 20 * n) for n in range(14) for x in (60, 320)]
    glyphs = [glyph for line in wide for glyph in line]
    glyphs += set_words("1", 288, 176, size=7) + set_words("2", 548, 176, size=7)
    for words, x, y in (
        ("1 未尽事宜另行通知，有关要求如有变化的，以变", 69, 14),
        ("化后的要求为准。", 60, 26),
        ("2 下同。", 329, 26),
    ):
        glyphs += set_words(words, x, RULE + y, size=NOTE)
    layout = layout_of(glyphs, [rule(x=60, width=60), Ruling(1, 320, RULE + 12, 380, RULE + 12.5)])
    assert [str(note.text)[-5:] for note in layout.notes] == ["要求为准。", "下同。"]


def test_last_lines_of_notes_in_wide_spacing_are_no_running_feet() -> None:
    """The same words at one height of three pages; the lines above them are full."""
    glyphs: list[Glyph] = []
    note = ["1 本条由专项管理办公室负责解释，未尽事宜另行通知，有关要", "求。"]
    for page in range(1, 5):
        glyphs += [*text_lines(page=page), *referring("1", page=page)]
        glyphs += notes_from(note if page < 4 else ["1 下同。"], page=page, leading=24)
    layout = layout_of(glyphs, [rule(page=page) for page in range(1, 5)])
    assert [str(note.text)[-3:] for note in layout.notes] == ["要求。"] * 3 + ["下同。"]


@pytest.mark.parametrize("piece", ["2", "注2", "注"])
def test_a_mark_that_is_printed_again_before_its_note_on_the_next_page(piece: str) -> None:
    """A browser cuts a note above its first line, below the raised mark."""
    form = "注1：" if "注" in piece else "1 "
    other = form.replace("1", "2")
    glyphs = [*text_lines(), *referring([form.strip("： "), other.strip("： ")]), *notes_from([f"{form}下同。"])]
    glyphs += [
        *set_words(piece, 80, RULE + 26, size=6),
        *text_lines(page=2),
        *notes_from([f"{other}另行通知。"], page=2),
    ]
    glyphs = [glyph for glyph in glyphs if glyph.page == 1 or glyph.baseline > RULE]
    layout = layout_of(glyphs, [rule()])
    assert [str(note.text) for note in layout.notes] == ["下同。", "另行通知。"]
    assert ("reference-mark", piece) in [(one.reason, str(one.text)) for one in layout.excluded]


@pytest.mark.parametrize(("mark", "is_again"), [("注①", True), ("1", False)])
def test_a_mark_that_is_printed_again_before_its_words_on_the_next_page(mark: str, is_again: bool) -> None:
    """A browser cuts a page above a line of the text, below its raised mark."""
    words = [*set_words("推荐项目", 80, 100, page=2), *set_words(mark, 128, 96, size=6, page=2)]
    note = [*text_lines(page=3), *notes_from([f"{mark}：下同。" if is_again else "1 下同。"], page=3)]
    layout = layout_of([*text_lines(), *set_words(mark, 80, 244, size=6), *words, *note], [rule(page=3)])
    pages = [layout.ink.glyphs[one.text.origins[0]].page for one in layout.excluded if one.reason == "reference-mark"]
    assert pages == [1, 2][not is_again :]


def test_notes_of_many_pages_are_no_running_feet_and_feet_are_no_notes() -> None:
    glyphs: list[Glyph] = []
    for page in range(1, 5):
        glyphs += [*text_lines(page=page), *referring("1", page=page), *notes_from(["1 下同。"], page=page)]
        glyphs += set_words(f"http://www.most.gov.cn/tztg/201801.htm {page}/4", 80, RULE + 28, size=NOTE, page=page)
    layout = layout_of(glyphs, [rule(page=page) for page in range(1, 5)])
    assert [str(note.text) for note in layout.notes] == ["下同。"] * 4
    assert len(layout.furniture) == 4


@pytest.mark.parametrize("foot", ["内部资料 注意保管", "内部资料 注意保管 第{}页", "- {} -"])
@pytest.mark.parametrize("size", [NOTE, 8.0])
@pytest.mark.parametrize("noted", [(1, 2, 3, 4), (2, 4), (3,)])
def test_running_feet_below_notes(foot: str, size: float, noted: Sequence[int]) -> None:
    glyphs: list[Glyph] = []
    for page in range(1, 5):
        glyphs += [*text_lines(page=page), *(referring(str(page), page=page) if page in noted else [])]
        glyphs += notes_from([f"{page} {WORDS[page:]}。"], page=page) if page in noted else []
        glyphs += set_words(foot.format(page), 80, RULE + 32, size=size, page=page)
    layout = layout_of(glyphs, [rule(page=page) for page in noted])
    assert [str(note.text) for note in layout.notes] == [f"{WORDS[page:]}。" for page in noted]
    assert len(layout.furniture) == 4


def test_a_note_that_goes_on_in_the_same_words_as_another_has_no_foot() -> None:
    glyphs: list[Glyph] = []
    for page in range(1, 5):
        lines = [f"{page} {WORDS[page:]}", "按签署当日的汇率折算。"]
        glyphs += [*text_lines(page=page), *referring(str(page), page=page), *notes_from(lines, page=page)]
    layout = layout_of(glyphs, [rule(page=page) for page in range(1, 5)])
    assert [str(note.text)[-5:] for note in layout.notes] == ["汇率折算。"] * 4


@pytest.mark.parametrize("foot", ["{} / 12", "{} of 12", "— {} —"])
def test_the_number_of_a_page_below_a_short_rule_is_no_note(foot: str) -> None:
    glyphs: list[Glyph] = []
    for page in range(1, 5):
        glyphs += [*text_lines(page=page), *referring("1", page=page), *notes_from([foot.format(page)], page=page)]
    layout = layout_of(glyphs, [rule(page=page) for page in range(1, 5)])
    assert layout.notes == ()
    assert list(layout.furniture.values()) == ["page-number"] * 4


# Below a short rule or in small type, and what of it stays in the text.
NO_NOTES = {
    "a remark between two sections": (["注：本节经费按汇率折算。"], [rule()], True),
    "a caption between lines of text": (["图1 技术路线图"], [rule()], True),
    "a caption at the foot of a page": (["图1 技术路线图"], [rule()], False),
    "a table in small type": (["1 美国 5项", "2 德国 3项"], [rule(), Ruling(1, 80, RULE + 18, 180, RULE + 18.5)], False),
    "a table in small type without marks": (["国别 数量", "德国 3项"], [rule()], True),
    "a list in small type": (["1. 申报书", "2. 承诺书"], [], False),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_NOTES)
def test_small_type_that_is_no_note(name: str) -> None:
    lines, rules, has_text_below = NO_NOTES[name]
    glyphs = [*text_lines(), *referring("1"), *notes_from(lines)]
    glyphs += text_lines(3, top=RULE + 80) if has_text_below else []
    layout = layout_of(glyphs, rules)
    assert layout.notes == ()
    assert all(line in [str(one.text) for one in layout.lines] for line in lines)


# What stands between ^ is raised, between _ lowered, with a note of each of the marks: the line as it is read.
MARKS: dict[str, tuple[str, list[str]]] = {
    "年减排CO_2_^3^，其他": ("年减排CO₂，其他", ["3"]),
    "库容5000m^2^^3^，其他": ("库容5000m²，其他", ["3"]),
    "农业（含林业^2^）、能源": ("农业（含林业）、能源", ["2"]),
    "农业、能源等^2^。": ("农业、能源等。", ["2"]),
    "农业^2,3^、能源": ("农业、能源", ["2", "3"]),
    "农业^[2][3]^、能源": ("农业、能源", ["2", "3"]),
    "农业^②③^、能源": ("农业、能源", ["2", "3"]),
    "领域方向^2^：农业": ("领域方向：农业", ["2"]),
    "支持1800^4^万元": ("支持1800万元", ["4"]),
    "不低于50%^5^。": ("不低于50%。", ["5"]),
    "执行期3^6^年": ("执行期3年", ["6"]),
    "共5—10^4^个项目": ("共5—10个项目", ["4"]),
    "排放10^4^t，共10^4^个项目": ("排放10⁴t，共10个项目", ["4"]),
    "共10^③^个": ("共10个", ["③"]),
    "共10^[4]^个": ("共10个", ["[4]"]),
    "氢耗4Nm^3^，林地5hm^2^，企业^2,3^": ("氢耗4Nm³，林地5hm²，企业", ["2", "3"]),
    "农业^4^排放10^4^吨": ("农业排放10⁴吨", ["4"]),
    "面积500m^2^": ("面积500m²", []),
}


@pytest.mark.parametrize("words", MARKS)
def test_marks_of_notes(words: str) -> None:
    expected, marks = MARKS[words]
    notes = notes_from([f"{mark} 含港澳台地区。" for mark in marks])
    layout = layout_of([*with_scripts(words), *text_lines(top=120), *notes], [rule()])
    assert str(layout.lines[0].text) == expected
    assert [(note.mark, len(note.references)) for note in layout.notes] == [(mark, 1) for mark in marks]


@pytest.mark.parametrize("words", ["排放10^4^个", "检出限10^4^", "检出限10^-4^年", "面积4hm^2^"])
def test_an_exponent_is_no_mark_though_there_is_such_a_note(words: str) -> None:
    layout = layout_of([*with_scripts(words), *text_lines(top=120), *notes_from(["4 含港澳台地区。"])], [rule()])
    assert str(layout.lines[0].text) == words.replace("^4^", "⁴").replace("^-4^", "⁻⁴").replace("^2^", "²")
    assert layout.references == []


# The end of a line and the beginning of the next: the latter as it is read.
EXPONENTS = {
    ("渗透率为10^-^", "^3^μm^2^。"): "³μm²。",
    ("检测限达到10-", "^9^；"): "⁹；",
    ("检测限达到10^-1^", "^2^；"): "²；",
    ("检测限达到10", "^-2^；"): "⁻²；",
    ("库容达到10", "^3^米。"): "³米。",
    ("库容达到10^3^", "米。"): "米。",
}
BROKEN_MARKS = {
    ("支持经费1050", "^3^万元。"): "万元。",
    ("支持新能源汽车", "^2^、农业。"): "、农业。",
    ("支持5—10^2^", "个项目。"): "个项目。",
    ("支持经费10", "^9^万元。"): "万元。",
}


@pytest.mark.parametrize("broken", EXPONENTS | BROKEN_MARKS)
@pytest.mark.parametrize("marks", ["", "239"])
def test_what_is_raised_at_the_beginning_of_a_line(broken: tuple[str, str], marks: str) -> None:
    end, start = broken
    glyphs = [*with_scripts(end), *with_scripts(start, baseline=120), *text_lines(top=140)]
    layout = layout_of([*glyphs, *notes_from([f"注{mark}：下同。" for mark in marks])], [rule()])
    if marks or broken in EXPONENTS:
        assert str(layout.lines[1].text) == (EXPONENTS | BROKEN_MARKS)[broken]
    assert (len(layout.references) > 0) == (broken in BROKEN_MARKS and (marks != "" or "汽车" in end))


def test_a_mark_on_each_page_refers_to_the_note_there() -> None:
    glyphs: list[Glyph] = []
    for page, words in ((1, "农业科技"), (2, "能源科技")):
        glyphs += [*text_lines(page=page), *set_words(words, 80, 300, page=page)]
        glyphs += [*set_words("①", 128, 296, size=7, page=page), *notes_from(["① 下同。"], page=page)]
    layout = layout_of(glyphs, [rule(), rule(page=2)])
    assert [words for *_, words in notes_of(layout)] == [["农业科技"], ["能源科技"]]


# A line, the notes of two pages, and what is told of marks and notes.
TOLD: dict[tuple[str, str, str], list[tuple[str, str]]] = {
    ("农业^3^、能源", "3 下同。", ""): [],
    ("农业^3^、能源", "3 下同。", "3 下同。"): [],
    ("农业^3^、能源", "3 下同。", "3 含港澳台地区。"): [("note-unreferenced", "3")],
    ("农业^2^、能源", "[3] 下同。", ""): [("note-missing", "2"), ("note-unreferenced", "[3]")],
    ("不少于10^3^个", "注3：下同。", ""): [("note-unreferenced", "注3")],
    ("农业、能源", "注：下同。", ""): [],
}


@pytest.mark.parametrize("case", TOLD)
def test_marks_without_notes_and_notes_without_marks_are_told(case: tuple[str, str, str]) -> None:
    words, first, second = case
    glyphs = [*with_scripts(words), *text_lines(top=120), *notes_from([first]), *text_lines(page=2)]
    glyphs += notes_from([second], page=2)
    pulled = Pulled("guide.pdf", "", 2, "pdfplumber", glyphs, None, rulings=(rule(), rule(page=2)))
    told = [(one.code, str(one.args["mark"])) for one in repair(pulled).findings if one.code.startswith("note-")]
    assert told == TOLD[case]
