"""What the second engine reads otherwise is told where it counts: in figures, in what bounds them, and in headings."""

import pytest

from extract.pull.ocr_reader.confirm import unsure_lines
from extract.pull.ocr_reader.line import OcrLine

BOX = (100, 100, 900, 140)


def line(words: str, score: float = 0.99, box: tuple[int, int, int, int] = BOX) -> OcrLine:
    return OcrLine(box, words, score)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("每项不超过75万元", "每项不超过15万元"),  # a digit
        ("每项不超过75万元", "每项不超过75亿元"),  # its unit
        ("每项不超过75万元", "每项不起过75万元"),  # what bounds it
        ("每项75万元以上", "每项75万元以下"),
        ("执行期2-3年", "执行期23年"),
        ("支持三个项目", "支持二个项目"),
        ("第三批", "第二批"),
        ("各国合作", "各国3合作"),  # a digit that only the other reads
        ("1.3中加政府间合作项目", "1.3中力政府间合作项目"),
        ("二、国别和方向", "二、国另和方向"),
        ("拟支持项目数：5个", "报文特项国数：5个"),  # more than half of the label
        ("支持10个项目", ""),
    ],
)
def test_what_counts_and_differs_is_told(words: str, other: str) -> None:
    found = unsure_lines([line(words)], [line(other)] if other else [])
    assert [(one.why, one.line.words, one.other) for one in found] == [("differs", words, other)]


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("针对重大议题和共同挑战", "针对重大议题和共同挑成"),  # running text
        ("拟支持项目数：5个", "拟文持项目数:5个"),  # one character of a label
        ("拟支持40—60个", "拟支持40一60个"),  # 一 for a dash
        ("（2017年度），", "(2017年度).",),  # marks
        ("1）为鼓励产学研结合", "1)为或励产学研结合"),  # the words of a list's marker
        ("—12—", ""),  # the number of a page
        ("并由一家牵头", "并由一家率头"),
        ("双方合作", ""),
    ],
)  # fmt: skip
def test_what_does_not_count_is_not(words: str, other: str) -> None:
    assert unsure_lines([line(words)], [line(other, 0.4)] if other else []) == []


def test_in_running_text_the_second_engine_counts_where_it_is_sure() -> None:
    ours = line("每个推荐部内限推荐项目")
    assert [one.why for one in unsure_lines([ours], [line("每个推荐部门限推荐项目", 0.95)])] == ["differs"]
    assert unsure_lines([line("各部门推荐", 0.99)], [line("各部内推荐", 0.7)]) == []


def test_words_are_put_together_by_their_place() -> None:
    parts = [
        line("5个", box=(600, 104, 700, 138)),
        line("支持", box=(400, 104, 590, 138)),
        line("另一行", box=(400, 200, 700, 238)),
    ]
    assert unsure_lines([line("支持5个")], parts[:2]) == []
    assert [(one.why, one.other) for one in unsure_lines([line("支持5个")], parts)] == [("missing", "另一行")]


def test_a_speck_and_a_guess_of_the_second_engine_are_no_lost_words() -> None:
    speck, guess = line("、", box=(0, 300, 9, 309)), line("乱码", 0.3, (0, 400, 90, 440))
    assert unsure_lines([], [speck, guess]) == []


def test_without_a_second_engine_what_is_read_with_little_certainty_is_told() -> None:
    faint = line("支持5个项目", 0.7)
    assert [(one.why, one.line) for one in unsure_lines([line("支持10个项目"), faint], None)] == [("faint", faint)]


def test_a_faint_line_that_both_read_the_same_is_certain() -> None:
    faint = line("合作协议", 0.7)
    assert unsure_lines([faint], [line("合作协议")]) == []
    assert [one.why for one in unsure_lines([faint], [line("合作协汉", 0.7)])] == ["faint"]


def test_a_dash_behind_a_name_may_be_read_as_one() -> None:
    words = "《中国一欧盟技术转移中心建设方案》"
    assert [one.why for one in unsure_lines([line(words)], [line(words)])] == ["dash"]
    assert [one.why for one in unsure_lines([line("声明》、《中国一")], [line("声明》、《中国一")])] == ["dash"]
    assert unsure_lines([line("我国一带一路倡议")], [line("我国一带一路倡议")]) == []


def test_on_a_line_with_a_figure_less_is_enough_to_doubt_what_it_counts() -> None:
    assert [one.why for one in unsure_lines([line("每个部内限推荐三个")], [line("每个部门限推荐三个", 0.56)])] == [
        "differs"
    ]
