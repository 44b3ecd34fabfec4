"""Markdown: what is text, what its marks say, and what is no Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import LimitPassed, UnreadableGuide
from extract.limits import Limits
from extract.model.stages import Pulled
from extract.model.text import Block, Cell
from extract.pull import pull, recognise

BODY = "# 1.1 中国和美国政府间合作项目\n\n# 1.2 中国和德国政府间合作项目\n\n"  # what makes a file Markdown


def read(text: str, limits: Limits | None = None) -> Pulled:
    return pull(Path("guide.md"), data=(BODY + text).encode(), limits=limits or Limits())


def form(pulled: Pulled, number: int) -> str:
    """A character; ^ before what is raised, _ before what is lowered, what is excluded between brackets."""
    glyph = pulled.glyphs[number]
    mark = {"raised": "^", "lowered": "_", None: ""}[pulled.scripts.get(number)]
    return mark + (f"[{glyph.text}]" if glyph.excluded_reason else glyph.text)


def lines(pulled: Pulled) -> list[tuple[Block, str]]:
    """The lines behind BODY, each with its block."""
    assert pulled.lines is not None
    found: dict[int, str] = {}
    for number, line in enumerate(pulled.lines):
        found[line] = found.get(line, "") + form(pulled, number)
    return [(block, found[line]) for line, block in enumerate(pulled.blocks, 1)][2:]


def words(text: str) -> list[str]:
    return [line for _, line in lines(read(text))]


ROWS = {
    # headings and emphasis
    "## 1.3 中国和埃及 ##": ["1.3 中国和埃及"],
    "中国\n====\n\n德国\n----": ["中国", "德国"],
    "**领域方向：** 农业": ["领域方向： 农业"],
    "**领域方向：**农业": ["领域方向：农业"],
    "**领域方向:**农业": ["领域方向:农业"],
    "**领域方向： **农业": ["领域方向： 农业"],
    "**拟支持经费:**1800万元": ["拟支持经费:1800万元"],
    "**领域****方向：**农业": ["领域方向：农业"],
    "__领域方向：__农业": ["领域方向：农业"],
    "*领域*与***方向***": ["领域与方向"],
    "面积5*10*3米": ["面积5*10*3米"],
    "电话138****1234和139****5678": ["电话138****1234和139****5678"],
    "申请人：______年____月": ["申请人：______年____月"],
    "* 注：无\n": ["注：无"],
    "*注：无": ["*注：无"],
    '经费![](a.png){width="0.5in"\nheight="0.2in"}3万元{甲}![](b.png)4': ["经费3万元{甲}4"],
    "~~3~~5个": ["[3]5个"],
    "<del>3</del><ins>5</ins>个<u>项目</u>": ["[3]5个项目"],
    "2~3年，4~5个": ["2~3年，4~5个"],
    # escapes and entities
    r"1\. 农业\*、\#能源": ["1. 农业*、#能源"],
    "a&nbsp;&lt;5&amp;": ["a\xa0<5&"],
    "`x*y*z` ``a`b``": ["x*y*z a`b"],
    "不足<50万元，>30": ["不足<50万元，>30"],
    # lists
    "1. 农业\n2. 能源": ["1. 农业", "2. 能源"],
    "7) 农业\n8) 能源": ["7) 农业", "8) 能源"],
    "1）农业\n2）能源": ["1）农业", "2）能源"],
    "- 农业\n+ 能源\n* 卫生": ["农业", "能源", "卫生"],
    "- 农业\n  1. 水\n     继续\n- 能源": ["• 农业", "1. 水", "继续", "• 能源"],
    "- 农业\n  - 水\n    - 海水\n- 能源": ["• 农业", "◦ 水", "▪ 海水", "• 能源"],
    "1. 农业\n   - 水\n2. 能源": ["1. 农业", "水", "2. 能源"],
    "- 领域方向：\n  - 农业\n    - 水\n  - 能源": ["领域方向：", "• 农业", "◦ 水", "• 能源"],
    "- 1.1 中美合作项目\n  - 领域方向：农业": ["1.1 中美合作项目", "领域方向：农业"],
    "1. - 农业": ["1. 农业"],
    "1.\n\n农业": ["1. ", "农业"],
    "10. 农业\n\n    第二段": ["10. 农业", "第二段"],
    # lines and paragraphs
    "农业、\n能源  \n卫生\\\n水<br>铁路": ["农业、", "能源", "卫生", "水", "铁路"],
    "    领域方向：农业\n\n　　能源": ["领域方向：农业", "能源"],
    "农业\n　　能源\n    水": ["农业", "　　能源", "水"],
    "> 农业\n> > 能源": ["农业", "能源"],
    "```text\n# 农业\n  **能源**\n```": ["# 农业", "**能源**"],
    "~~~ 农业 abc\n能源": ["农业 abc", "能源"],
    "```markdown\n# 农业\n\n**能源**\n```": ["农业", "能源"],
    "````md\n```md\n# 农业\n```\n````": ["# 农业"],
    "农业\n\n---\n\n***\n\n能源": ["农业", "能源"],
    "[农业](http://a.cn/b)、<http://a.cn>、![图](a.png)能源": ["农业、http://a.cn、能源"],
    "[1]: 农业": ["[1]: 农业"],
    "<!-- page 3 -->\n农业<PAGE>\n\n<PAGE>\n\n- 3 -\n\n第 4 页 共 8 页\n\n{5}------------": [
        "农业", "[-][ ][3][ ][-]", "[第][ ][4][ ][页][ ][共][ ][8][ ][页]", "[{][5][}]" + "[-]" * 12
    ],
    # scripts and formulas
    "10^4^t，CO~2~，10^-9^": ["10^4t，CO_2，10^-^9"],
    "10<sup>4</sup>t，CO<sub>2</sub>": ["10^4t，CO_2"],
    "$10^{4}$t，$\\mathrm{CO}_{2}$，$5 \\%$，$1 8 0 0$万元": ["10^4t，CO_2，5%，1800万元"],
    "${ \\mathrm { C O } } _ { 2 }$，$2 \\times 1 0 ^ { 8 } \\mathrm { m } ^ { 3 }$": ["CO_2，2×10^8m^3"],
    "$25^{\\circ}\\mathrm{C}$，$\\geq 5$，$\\textcircled{2}$": ["25°C，≥5，②"],
    "$\\frac{1}{2}_a$与$x^{y^{z}}$": ["$\\frac{1}{2}_a$与$x^{y^{z}}$"],
    "US$100万至US$200万": ["US$100万至US$200万"],
    # what pandoc alone writes
    "# 1.3 中国和埃及 {#_Toc1 .unnumbered}": ["1.3 中国和埃及"],
    "[[]{#_Toc2 .anchor}领域**方向**]{.underline}：[a]{b}": ["领域方向：[a]{b}"],
    '[3]{.deletion author="王" date="2019-01-02"}[5]{.insertion author="王"}个': ["[3]5个"],
    "::: {.center}\n农业\n:::\n\n:::: wide ::::\n能源\n::::": ["农业", "能源"],
    "2--3年，400---500万元，a--b": ["2–3年，400—500万元，a--b"],
    # HTML
    '<div align="center">\n\n农业\n\n</div>\n\n<p>能源</p><p>水&lt;</p>': ["农业", "能源", "水<"],
    "<p>农业\n能源\nwater\nfood</p>": ["农业能源water food"],
    "<style>p {}</style>\n\n农业": ["农业"],
    "<table><tr><td>从未结束": ["从未结束"],
}  # fmt: skip


@pytest.mark.parametrize("text", ROWS)
def test_what_is_text(text: str) -> None:
    assert words(text) == ROWS[text]


def test_blocks_name_their_lines() -> None:
    found = lines(read("农业\n能源\n\n- 水\n\n<p>a</p>\n<p>b</p>\n\n```\nc\n```"))
    assert [(block.number, block.line, line) for block, line in found] == [
        (3, 5, "农业"), (3, 5, "能源"), (4, 8, "水"), (5, 10, "a"), (6, 11, "b"), (7, 14, "c"),
    ]  # fmt: skip


def paragraphs(*parts: str) -> list[str]:
    """The lines of the blocks of a text, with | where the reader leaves open whether a paragraph ends."""
    found: dict[int, list[str]] = {}
    for block, line in lines(read("\n\n".join(parts))):
        found.setdefault(block.number, []).append(line)
    return ["|".join(part) for part in found.values()]


LONG = "领域方向：先进制造、农业与食品科学、环境科学、医药卫生、能源、可再生能源、水、卫生、铁路与 Open Science。"


def test_a_paragraph_to_a_line() -> None:
    assert paragraphs(f"{LONG}\n拟支持项目数：6个\n生物材料\n环境（水、\n食品\n）与 Open Science\n4个") == [
        f"{LONG}|拟支持项目数：6个", "生物材料", "环境（水、|食品|）与 Open Science", "4个"
    ]  # fmt: skip
    item = "面向个性化定制的自适应模块化生产系统的参考实施和示例"  # wider than most lines
    listed = [
        words for at in range(1, 12) for words in (f"（{at}） {'新能源与' * (at % 4)}可再生能源的联合研究。", "水")
    ]
    assert paragraphs("\n".join([*listed, "2、水", item])) == [*listed, "2、水", item]


def test_lines_that_are_filled_between_words_are_joined() -> None:
    parts = [
        "本专项第一批项目将支持我与美利坚合众国、德意志联邦共和国等 4\n个国家开展合作，项目任务数为 15 项左右，每个项目的实施周期为\n3 年。",
        "企业参与的项目优先 Open\nScience，研发基于新型传感器的云计算平台、可再生能源与遥感卫星应用系统以及其他",
        "企业参与的项目优先\n研发基于新型传感器的云计算平台、可再生能源与遥感卫星应用系统以及其他",
    ]
    assert paragraphs(*parts) == [parts[0].replace("\n", ""), parts[1].replace("\n", " "), parts[2].replace("\n", "")]


def test_printed_lines_are_joined() -> None:
    text = "本专项第一批项目将支持我与四个国家\n开展合作，项目任务数为15项左右（含\n农业），每个项目实施周期为三年。对\n应安排如下。"
    assert paragraphs(text) == [text.replace("\n", "")]
    marked = text.replace("\n应安排", "\n1）安排")
    assert paragraphs(marked) == [marked.replace("\n", "").replace("1）", "|1）")]


def test_few_lines_and_short_ones_tell_nothing() -> None:
    assert paragraphs("水资源\n生物学\n新能源\n新材料") == ["水资源|生物学|新能源|新材料"]
    assert paragraphs("项目总数不超过\n504项") == ["项目总数不超过|504项"]


def test_notes_of_pandoc() -> None:
    found = lines(read("农业[^1]、能源[^乙]、水[^3]\n\n[^1]: 含渔业。\n    续\n\n    二\n[^乙]: 含核能。\n\n领域"))
    assert [(block.note, line) for block, line in found] == [
        (None, "农业^1、能源^2、水[^3]"), (1, "^1 含渔业。"), (1, "续"), (1, "二"), (2, "^2 含核能。"), (None, "领域"),
    ]  # fmt: skip


def test_a_paragraph_that_begins_with_a_raised_mark_is_a_note() -> None:
    found = lines(read("^13^C标记\n\n农业<sup>1</sup>。\n\n<sup>1</sup> 含渔业。\n\n^2^ 无"))
    assert [(block.note, line) for block, line in found] == [
        (None, "^1^3C标记"), (None, "农业^1。"), (1, "^1 含渔业。"), (None, "^2 无"),
    ]  # fmt: skip


def test_comments_of_pandoc_are_remarks() -> None:
    pulled = read('农业\n\n拟支持[更正：5个]{.comment-start id="0" author="王"}3个[]{.comment-end id="0"}')
    assert [line for _, line in lines(pulled)] == ["农业", "拟支持3个"]
    assert [(one.kind, one.words, one.block) for one in pulled.annotations] == [("Comment", "更正：5个", 4)]


def cells(text: str) -> list[tuple[Cell | None, str]]:
    return [(block.cell, line) for block, line in lines(read(text))]


def one(table: int, row: int, column: int) -> Cell:
    return Cell(table, range(row, row + 1), range(column, column + 1))


def test_pipe_tables() -> None:
    text = "| 序号 | 国别 |\n|:---|---|\n| 1 |  |\n| 2\\|3 | **美国**<br>德国 | 多出 |\n\n后文\n\n|a|\n|-|"
    assert cells(text) == [
        (one(1, 0, 0), "序号"), (one(1, 0, 1), "国别"), (one(1, 1, 0), "1"), (one(1, 2, 0), "2|3"), (one(1, 2, 1), "美国"),
        (one(1, 2, 1), "德国"), (one(1, 2, 2), "多出"), (None, "后文"), (one(2, 0, 0), "a"),
    ]  # fmt: skip


def test_grid_tables_of_pandoc() -> None:
    text = """+------+----------------+
| 序号 | **部门**       |
+:====:+=======+========+
| 1    | 欧洲处\\|甲     |
|      |                |
|      | 王老师         |
|      +-------+--------+
|      | a     | b      |
+------+-------+--------+

后文
"""
    assert cells(text) == [
        (one(1, 0, 0), "序号"), (Cell(1, range(1), range(1, 3)), "部门"), (Cell(1, range(1, 3), range(1)), "1"),
        (Cell(1, range(1, 2), range(1, 3)), "欧洲处|甲"), (Cell(1, range(1, 2), range(1, 3)), "王老师"),
        (one(1, 2, 1), "a"), (one(1, 2, 2), "b"), (None, "后文"),
    ]  # fmt: skip


def test_dashed_tables_of_pandoc() -> None:
    simple = "  序号   联系部门\n  ------ ----------\n  1      欧洲处\n  2      美洲处"
    ruled = "  -----------------\n  序号   联系\n         部门\n  ------ ----------\n  1      Open\n         Science\n\n  2      美洲处\n  -----------------"
    bare = "  ------ ----------\n  1      欧洲处\n  ------ ----------"
    assert cells(f"{simple}\n\n{ruled}\n\n{bare}\n\n农业\n\n-----\n\n能源\n\n- - -") == [
        (one(1, 0, 0), "序号"), (one(1, 0, 1), "联系部门"), (one(1, 1, 0), "1"), (one(1, 1, 1), "欧洲处"),
        (one(1, 2, 0), "2"), (one(1, 2, 1), "美洲处"),
        (one(2, 0, 0), "序号"), (one(2, 0, 1), "联系部门"), (one(2, 1, 0), "1"), (one(2, 1, 1), "Open Science"),
        (one(2, 2, 0), "2"), (one(2, 2, 1), "美洲处"), (one(3, 0, 0), "1"), (one(3, 0, 1), "欧洲处"), (None, "农业"),
        (None, "能源"),
    ]  # fmt: skip


def test_html_tables() -> None:
    text = (
        "<table><tr><td rowspan=2>国别</td><td colspan='2'>$10^{4}$元</td></tr>\n<tr><td>a<br/>b</td>\n\n<td>c</td></tr></table>"
        "\n\n后文\n\n<TABLE><TBODY><TR><TH><p>x</p><table><tr><td>y</td></tr></table></TH><TD>z</TD></TR></TBODY></TABLE>"
    )
    assert cells(text) == [
        (Cell(1, range(2), range(1)), "国别"), (Cell(1, range(1), range(1, 3)), "10^4元"), (one(1, 1, 1), "a"),
        (one(1, 1, 1), "b"), (one(1, 1, 2), "c"), (None, "后文"), (one(2, 0, 0), "x"), (one(2, 0, 0), "y"), (one(2, 0, 1), "z"),
    ]  # fmt: skip


FRONT = "---\ntitle: '2019年度项目申报指南'\ndate: 2019-01-02\n---\n"


@pytest.mark.parametrize(
    ("body", "title"), [("", "2019年度项目申报指南"), ("2019年度项目申报指南\n\n", "title: '2019年度项目申报指南'")]
)
def test_front_matter_is_no_text_but_for_a_title_that_stands_there_alone(body: str, title: str) -> None:
    pulled = pull(Path("a.md"), data=(FRONT + body + BODY).encode())
    assert "".join(glyph.text for glyph in pulled.glyphs).startswith(f"{title}date: 2019-01-02")
    excluded = "".join(glyph.text for glyph in pulled.glyphs if glyph.excluded_reason == "navigation")
    assert excluded == ("" if body == "" else title) + "date: 2019-01-02"


@pytest.mark.parametrize(
    "text",
    ["# 一\n\n# 二", "**一：**二\n\n**三：**四", "| 一 |\n|---|", "一[^1]\n\n[^1]: 二", "```\n一\n```", "1\\. 一\n\n2\\. 二",
     "![](a.png)", "一<table><tr>\n<table>", "10^4^、CO~2~", "# 一\n\n**二**"],
)  # fmt: skip
def test_markdown_is_recognised(text: str) -> None:
    assert recognise(text.encode()) == "markdown"
    assert recognise(text.replace("\n", "\r\n").encode("utf-16")) == "markdown"


@pytest.mark.parametrize(
    "text",
    ["# 一\n二", "**一**", "* 一\n* 二\n* 三", "1. 一\n2. 二", "- 一\n- 二", "---\n一\n---", "#一\n#二", "一|二\n三|四", "王**、李**\n王**、李**",
     "138****1234\n139****1234", "2~3年\n3~5年", "US$5\nUS$6", "[1] 一\n[2] 二", "> 5万元\n> 6万元", "    一\n    二", "10^4\n10^5", "____年____月\n____年____月"],
)  # fmt: skip
def test_plain_text_stays_plain_text(text: str) -> None:
    assert recognise(text.encode()) == "text"


def test_text_without_signs_is_markdown_by_its_suffix() -> None:
    text = "1\\. 一\n二".encode()
    assert (recognise(text), recognise(text, ".md"), recognise(b"%PDF-1.7", ".md")) == (
        "text",
        "markdown",
        "pdfplumber",
    )
    assert pull(Path("GUIDE.MD"), data=text).layout == "blocks"


def test_pictures_in_the_file_are_no_characters() -> None:
    assert words(f"![](data:image/png;base64,{'A' * 5000})农业") == ["农业"]
    read(f"![](data:image/png;base64,{'A' * 5000})农业", Limits(glyphs=100))


def test_hostile_files_are_refused_in_a_line() -> None:
    with pytest.raises(LimitPassed, match="100 characters"):
        read("农" * 200, Limits(glyphs=100))
    for deep in (">" * 500 + "农业", "- " * 500 + "农业", "1. " * 300 + "农业", "```md\n" + ">" * 500 + "农业\n```"):
        with pytest.raises(UnreadableGuide, match="nested more than 50 deep"):
            read(deep)


# Many of what opens and never closes, and the words that are left; what makes the file Markdown stands before them.
HOSTILE = {
    "*a_ " * 20_000: ("*a_ " * 20_000).rstrip(),
    "**a" * 20_000: "**a" * 20_000,
    "[" * 50_000: "[" * 50_000,
    "![" * 20_000: "![" * 20_000,
    "`" * 50_000: "",
    "<!--" * 20_000: "<!--" * 20_000,
    "<div><!--" * 20_000: "<!--" * 20_000,
    "<!--\n\n" * 5_000: "<!--" * 5_000,
    "<a " * 20_000: ("<a " * 20_000).rstrip(),
    "$a" * 20_000: "a" * 20_000,
    "$$a" * 20_000: "a" * 20_000,
    "~a" * 20_000: "~" + "a" * 19_999 + "~a",
    "^a" * 20_000: "a" * 20_000,
    "[^1]" * 20_000: "[1]" * 20_000,
    "&" * 50_000: "&" * 50_000,
    "<table>" * 20_000 + "</table>" * 20_000: "",
    "|" * 50_000 + "\n|-|": "|" * 50_000 + "|-|",
    "<table><tr>" + "<td colspan=999999999 rowspan=999999999>a" * 5_000 + "</table>": "a" * 5_000,
    "[^1]: a\n" * 5_000: "1 a" * 5_000,
    "> a\n" * 5_000: "a" * 5_000,
    "- a\n" * 5_000: "a" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_what_never_closes_is_text_and_takes_no_time_without_bounds(text: str) -> None:
    read_words = "".join(glyph.text for glyph in read(text).glyphs)
    assert read_words == "".join(BODY.split("\n")).replace("# ", "") + HOSTILE[text]
