"""Web pages: what is text in which block, what is set aside and why, by small pages."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from extract.errors import UnreadableGuide
from extract.model.record import Attachment
from extract.model.stages import Pulled
from extract.model.values import Evidence
from extract.pipeline import open_guide
from extract.pull import pull, recognise
from extract.pull.html_reader.recognition import is_web_archive, is_web_page


def read(body: str, head: str = "") -> Pulled:
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return pull(Path("guide.html"), data=page.encode())


def blocks(pulled: Pulled, *, excluded: bool = False) -> list[str]:
    """The words of each block, lines divided by |; without those that are set aside, or these alone."""
    rows: dict[int, list[str]] = {}
    for index, block in enumerate(pulled.blocks, 1):
        glyphs = [g for g, line in zip(pulled.glyphs, pulled.lines or (), strict=True) if line == index]
        rows.setdefault(block.number, []).append("".join(g.text for g in glyphs if bool(g.excluded_reason) == excluded))
    return ["|".join(lines) for lines in rows.values() if any(lines)]


TEXT = {
    "paragraphs": ("<p>一</p>二<div>三<p>四</p>五</div>", ["一", "二", "三", "四", "五"]),
    "inline elements": ("<p>拟<b>支持</b><span>经费</span><font>：</font></p>", ["拟支持经费："]),
    "white space collapses": ("<p> \n 3 \t 个\n  项目 </p>", ["3 个项目"]),
    "spaces that stay": ("<p>　　领域&nbsp;&nbsp;方向</p>", ["　　领域\xa0\xa0方向"]),
    "a space between words": ("<p>Horizon <i>2020</i>\n<i>Europe</i></p>", ["Horizon 2020 Europe"]),
    "a break": ("<p>领域：农业、<br>能源。</p>", ["领域：农业、|能源。"]),
    "two breaks": ("<p>一<br> <br>二<br>&nbsp;<br>三</p>", ["一", "二", "三"]),
    "a break before an indent": ("　　一<br>　　二<br>&nbsp;&nbsp;&nbsp;&nbsp;三<br>四", ["　　一", "　　二", "\xa0\xa0\xa0\xa0三|四"]),
    "pre": ("<pre>\n1.1 中国\n领域：a  b\n\n其他</pre>", ["1.1 中国|领域：a  b", "其他"]),
    "no text": ("<p>一<script>x</script><style>p{}</style><noscript>n</noscript><svg><text>t</text></svg><img alt=图></p>", ["一"]),
    "an embedded file": ("<p>一<embed src=a.swf>二<embed src=b.swf></embed>三</p>", ["一二三"]),
    "comments": ("<p>一<!-- 注 -->二<!--[if gte mso 9]>三<![endif]--></p>", ["一二"]),
    "entities": ("<p>R&amp;D &lt;1&gt; &#19968;</p>", ["R&D <1> 一"]),
    "controls": ("<p>经费<input value='3万元'><input type=hidden value=4><select><option>一<option selected>二</select></p>", ["经费3万元二"]),
    "display": ("<p>一<span style='display:block'>二</span><em>三</em></p>", ["一", "二", "三"]),
    "ins counts": ("<p>3<ins>5</ins>个</p>", ["35个"]),
    "definitions": ("<dl><dt>经费<dd>3万元</dl>", ["经费", "3万元"]),
    "hr": ("一<hr>二", ["一", "二"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXT)
def test_blocks_of_text(name: str) -> None:
    body, want = TEXT[name]
    assert blocks(read(body)) == want


LISTS = {
    "decimal": ("<ol><li>农业<li>能源</ol>", ["1. 农业", "2. 能源"]),
    "start and value": ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"]),
    "reversed": ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
    "letters": ("<ol type=A><li>甲</ol><ol type=i><li>乙<li>丙</ol>", ["A. 甲", "i. 乙", "ii. 丙"]),
    "Chinese numerals": ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、 甲", "二、 乙"]),
    "none": ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
    "bullets": ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    "bullets of two levels": ("<ul><li>甲<ul><li>乙</ul><li>丙</ul>", ["• 甲", "◦ 乙", "• 丙"]),
    "bullets within numbers": ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", ["1. 甲", "乙", "2. 丙"]),
    "numbers within bullets": ("<ul><li>甲<ol><li>乙</ol><li>丙</ul>", ["• 甲", "1. 乙", "• 丙"]),
    "bullets of two levels below a label": (
        "<ul><li>领域方向：<ul><li>甲<ul><li>乙</ul><li>丙</ul></ul>",
        ["领域方向：", "• 甲", "◦ 乙", "• 丙"],
    ),
    "labels within sections": ("<ul><li>1.1 甲<ul><li>领域方向：乙</ul></ul>", ["1.1 甲", "领域方向：乙"]),
    "paragraphs of an item": ("<ol><li><p>甲<p>乙</li><li></li><li>丙</ol>", ["1. 甲", "乙", "3. 丙"]),
    "within one another": ("<ol><li>甲<ol type=a><li>乙</ol><li>丙</ol>", ["1. 甲", "a. 乙", "2. 丙"]),
    "numbered by hand": ("<ol><li>1）甲<li>2）乙</ol>", ["1）甲", "2）乙"]),
}


@pytest.mark.parametrize("name", LISTS)
def test_numbers_of_lists(name: str) -> None:
    body, want = LISTS[name]
    assert blocks(read(body)) == want


EXCLUDED = {
    "struck": ("<p><del>3</del><s>4</s><strike>5</strike><span style='text-decoration: line-through red'>6</span>个</p>", "3456", "struck-out"),
    "hidden": ("<p hidden>1</p><p style='display:none'>2</p><p>甲<span style='visibility:hidden'>3</span></p>", "123", "hidden"),
    "ruby": ("<p><ruby>甲<rp>（<rt>jiǎ<rp>）</ruby></p>", "（jiǎ）", "ruby"),
    "a style sheet": ("<style>.no, p#x{display:none} @media print{p{display:none}}</style><p class='a no'>1</p><p>甲</p><p id=x>2", "12", "hidden"),
    "within": ("<style>.a .b{display:none}</style><p class=b>甲</p><div class=a><p><i class=b>1</i></p></div>", "1", "hidden"),
    "inline wins": ("<style>#a{display:none}</style><p id=a style='display:block'>甲</p><p id=a>1</p>", "1", "hidden"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXCLUDED)
def test_what_is_shown_and_no_text(name: str) -> None:
    body, want, reason = EXCLUDED[name]
    pulled = read(body + "<p>正文</p>")
    assert "".join(blocks(pulled, excluded=True)) == want
    assert {glyph.excluded_reason for glyph in pulled.glyphs} - {""} == {reason}


def spans(style: str, words: str = "3") -> str:
    return f"<p>拟支持：<span style='{style}'>{words}</span>5个</p>"


UNSEEN = {
    "white": spans("color:#fff"),
    "nearly white": spans("color: rgb(254, 254, 250)"),
    "white by an old attribute": "<p>拟支持：<font color=white>3</font>5个</p>",
    "white by a class": "<style>.w{color:#FFFFFF}</style><p>拟支持：<span class=w>3</span>5个</p>",
    "transparent": spans("color:transparent"),
    "hardly opaque": spans("color:rgba(0,0,0,.02)"),
    "hardly opaque, in figures": spans("color:#00000005"),
    "white by its filling": spans("color:#000;-webkit-text-fill-color:transparent"),
    "black on black": spans("color:#000;background:#000"),
    "of the colour of a block": "<div style='background-color:#336699'><p>拟支持：<span style='color:#369'>3</span>5个</p></div>",
    "of the colour of a cell": "<table><tr><td bgcolor='#336699'>拟支持：<font color='#336699'>3</font>5个</table>",
    "of the colour of the page": "<style>body{background:#eee}</style>" + spans("color:#eee"),
    "no opacity": spans("opacity:0"),
    "hardly any opacity": spans("opacity:1%"),
    "no size": spans("font-size:0"),
    "a pixel": spans("font-size:1px"),
    "a pixel within": "<p>拟支持：<span style='font-size:1px'><b>3</b></span>5个</p>",
    "a twentieth": spans("font-size:0.05em"),
    "a percent": spans("font-size:1%"),
    "an indent": "<p>拟支持：<b style='display:inline-block;text-indent:-9999px'>3</b>5个</p>",
    "off the page": spans("position:absolute;left:-9999px"),
    "above the page": spans("position:fixed;top:-100em"),
    "a margin": spans("display:inline-block;margin-left:-9999px"),
    "a clip": spans("position:absolute;clip:rect(0,0,0,0)"),
    "a clip of a pixel": spans("position:absolute;clip:rect(1px, 1px, 1px, 1px)"),
    "a clip path": spans("clip-path:inset(50%)"),
    "a circle of nothing": spans("clip-path: circle(0)"),
    "no height": spans("display:inline-block;height:0;overflow:hidden"),
    "no width": spans("display:inline-block;max-width:1px;overflow:hidden"),
    "no scale": spans("display:inline-block;transform:scale(0)"),
    "moved": spans("display:inline-block;transform:translateX(-9999px)"),
    "for screen readers": "<style>.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}</style>"
    "<p>拟支持：<span class=sr-only>3</span>5个</p>",
    "white among other words, with styles in other files": "<link rel=stylesheet href=a.css>" + spans("color:#fff"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_seen(name: str) -> None:
    pulled = read(UNSEEN[name])
    assert "".join(blocks(pulled)) == "拟支持：5个"
    assert "".join(blocks(pulled, excluded=True)) == "3"
    assert {glyph.excluded_reason for glyph in pulled.glyphs} == {"", "hidden"}


HEAD = "<table><tr class=h><th style='color:#fff'>3</th></tr></table>"
SEEN = {
    "white on a dark block": "<div style='background:#036'><p style='color:#fff'>3</p></div>",
    "white on a dark row": "<style>.h{background:#4472c4}</style>" + HEAD,
    "white on a row by an old attribute": HEAD.replace("class=h", "bgcolor=navy"),
    "white on a row by an old attribute, in figures": HEAD.replace("class=h", "bgcolor=336699"),
    "black on a white block of a black page": "<style>body{background:#000}div{background:#fff}</style><div style='color:#000'>3</div>",
    "a light grey": "<p style='color:#999'>3</p>",
    "a link in white words": "<p style='color:#fff'><a href=x style='color:#00f'>3</a></p>",
    "a yellow mark": "<p style='background:yellow'>3</p>",
    "small": "<p style='font-size:9px'>3</p>",
    "a size that is set again": "<p style='font-size:0'><span style='font-size:14px'>3</span></p>",
    "a colour that is set again": "<div style='color:#fff'><p style='color:#333'>3</p></div>",
    "a hanging indent": "<p style='text-indent:-2em;padding-left:2em'>3</p>",
    "a place": "<p style='position:relative;left:-20px;top:3px'>3</p>",
    "a high line": "<p style='height:0'>3</p>",
    "half opaque": "<p style='opacity:.5'>3</p>",
    "scaled": "<p style='transform:scale(0.5)'>3</p>",
    "moved into the middle": "<p style='position:relative;left:50%;transform:translate(-50%, -50%)'>3</p>",
    "a clip that holds it": "<p style='position:absolute;clip:rect(0,200px,200px,0)'>3</p>",
    "a size in words": "<p style='font-size:small'>3</p>",
    "a colour that nobody knows": "<p style='color:var(--w)'>3</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN)
def test_what_can_be_seen(name: str) -> None:
    pulled = read(SEEN[name])
    assert "".join(blocks(pulled)) == "3"
    assert not any(glyph.is_doubtful for glyph in pulled.glyphs)


DOUBTFUL = {
    "white on a picture": "<div style='background:url(a.png)'><p style='color:#fff'>3</p></div>",
    "white on a picture by an old attribute": "<table background=a.gif><tr><td style='color:#fff'>3</table>",
    "white on a gradient": "<p style='color:#fff;background-image:linear-gradient(red, blue)'>3</p>",
    "white over something": "<p style='color:#fff;position:absolute'>3</p>",
    "white, with styles in other files": "<link rel=stylesheet href=a.css>" + HEAD,
    "white, with styles that are imported": "<style>@import url(a.css);</style>" + HEAD,
    "what an animation shows": "<p style='opacity:0;animation:show 1s'>3</p>",
    "a page that a script shows": "<style>body{opacity:0}</style><p>3</p>",
    "three pixels": "<p style='font-size:3px'>3</p>",
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_may_be_seen_is_read(name: str) -> None:
    pulled = read(DOUBTFUL[name])
    assert "".join(blocks(pulled)) == "3"
    assert [glyph.text for glyph in pulled.glyphs if glyph.is_doubtful] == ["3"]


def test_what_a_site_hides_around_an_article_is_its_frame() -> None:
    article = "".join(
        f"<p>1.{number}中国和法国政府间合作项目。拟支持项目数：{number}个项目。拟支持经费：900万元。</p>"
        for number in range(1, 12)
    )
    pulled = read(f"<div class=m><p style='display:none'>菜单</p><a href=a>首页</a></div><div>{article}</div>")
    assert {glyph.excluded_reason for glyph in pulled.glyphs} == {"", "navigation"}
    assert "菜单" in blocks(pulled, excluded=True)


def test_scripts() -> None:
    pulled = read("<p>CO<sub>2</sub>10<sup>4</sup>m<span style='vertical-align:super'>2</span></p>")
    assert {pulled.glyphs[index].text + script for index, script in pulled.scripts.items()} == {
        "2lowered",
        "4raised",
        "2raised",
    }


def cells(body: str) -> list[tuple[str, int, tuple[int, int], tuple[int, int]]]:
    pulled = read(body)
    words = blocks(pulled)
    return [
        (words[block.number - 1], block.cell.table, (block.cell.rows.start, block.cell.rows.stop), (block.cell.columns.start, block.cell.columns.stop))
        for block in pulled.blocks
        if block.cell
    ]  # fmt: skip


def test_cells_span_rows_and_columns() -> None:
    body = "<table><tr><th rowspan=2>序号<th colspan=2>经费<tr><td>甲<td>乙<tr><td>1<td rowspan=0>丙</table>"
    assert cells(body) == [
        ("序号", 1, (0, 2), (0, 1)),
        ("经费", 1, (0, 1), (1, 3)),
        ("甲", 1, (1, 2), (1, 2)),
        ("乙", 1, (1, 2), (2, 3)),
        ("1", 1, (2, 3), (0, 1)),
        ("丙", 1, (2, 3), (1, 2)),
    ]


def test_a_table_in_a_cell_belongs_to_the_cell() -> None:
    body = "<table><tr><td>甲<table><tr><td>乙<td>丙</table>丁<td>戊</table>"
    assert [(words, columns) for words, _, _, columns in cells(body)] == [
        ("甲", (0, 1)), ("乙", (0, 1)), ("丙", (0, 1)), ("丁", (0, 1)), ("戊", (1, 2)),
    ]  # fmt: skip


def test_tables_that_arrange_the_page_are_none() -> None:
    assert cells("<table><tr><td>一</table><table><tr><td>二<tr><td>三</table>") == []
    article = "".join(f"<p>第{number}段：支持合作研究。</p>" for number in range(12))
    assert cells(f"<table><tr><td>目录<td>{article}</table>") == []


@pytest.mark.parametrize("size", ["1000000000", "9" * 999, "-1", "1e9"])
def test_spans_are_bounded(size: str) -> None:
    (first, second) = cells(f"<table><tr><td colspan={size} rowspan={size}>甲<td>乙</table>")
    assert first[2] == (0, 1)
    assert 1 <= second[3][0] < second[3][1] <= 1000


NO_PAGES = {
    "text with a sign": "<2019年度>申报指南\n1.1 中国",
    "text with tags later": "申报指南\n<p>甲</p>",
    "Markdown with a table": "<table><tr><td>甲</td></tr></table>\n\n# 申报指南\n",
    "Markdown with an image": '<p align="center">图</p>\n\n**拟支持经费**：3万元',
    "headers of a letter": "From: 科技部\nTo: 各单位\n\n申报指南",
}


@pytest.mark.parametrize("name", NO_PAGES)
def test_other_text_is_no_page(name: str) -> None:
    data = NO_PAGES[name].encode()
    assert not is_web_page(data)
    assert not is_web_archive(data)


def test_pages_are_told_by_their_content() -> None:
    for start in (
        "<!DOCTYPE html>",
        "\ufeff<HTML>",
        "<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>",
        "<p>甲</p>",
    ):
        assert recognise(f"{start}<p>申报指南</p>".encode()) == "html"
    assert recognise("<!DOCTYPE html><p>申报指南</p>".encode("utf-16")) == "html"


TEXT_WITH_MARK = "拟支持经费：1800{}万元。"
NOTES = {
    "pandoc": (
        '<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a>',
        '<section class="footnotes"><hr><ol><li id="fn1"><p>含管理费。<a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol></section>',
        "1含管理费。",
    ),
    "Python-Markdown": (
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        '<div class="footnote"><ol><li id="fn:1"><p>含管理费。&nbsp;<a class="footnote-backref" href="#fnref:1">&#8617;</a></p></li></ol></div>',
        "1含管理费。\xa0",
    ),
    "Word": (
        "<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>",
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p><a href='#_ftnref1' name='_ftn1'>"
        "<span class=MsoFootnoteReference>[1]</span></a> 含管理费。</p></div></div>",
        "[1] 含管理费。",
    ),
    "LibreOffice": (
        '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>含管理费。</p></div>',
        "1含管理费。",
    ),
    "by hand": ("<sup>1</sup>", "<p><sup>1</sup>含管理费。</p>", "1含管理费。"),
}


@pytest.mark.parametrize("name", NOTES)
def test_notes(name: str) -> None:
    mark, note, want = NOTES[name]
    pulled = read(f"<p>{TEXT_WITH_MARK.format(mark)}</p><p>其他要求：无。</p>{note}")
    number = "[1]" if name == "Word" else "1"
    assert blocks(pulled) == [TEXT_WITH_MARK.format(number), "其他要求：无。", want]
    assert [block.note is not None for block in pulled.blocks] == [False, False, True]
    assert "".join(pulled.glyphs[index].text for index in pulled.scripts) == number * 2


def test_links_to_headings_are_no_marks() -> None:
    pulled = read(
        "<p><a href='#s1' id=c1>1</a> 中国</p><h2 id=s1>1.1 中国</h2><p>m<sup>2</sup>。</p><p><sup>2</sup>H</p><p>完"
    )
    assert {block.note for block in pulled.blocks} == {None}
    assert blocks(pulled) == ["1 中国", "1.1 中国", "m2。", "2H", "完"]


GUIDE_WORDS = (
    "“政府间国际科技创新合作”重点专项2019年度项目申报指南",
    "1.1 中国和美国政府间合作项目",
    "领域方向：先进制造、农业与食品科学、环境科学、医药卫生、能源、水资源、气候变化、可再生能源、先进材料、传染病防控、信息通信技术、"
    * 4,
    "拟支持经费：1800万元人民币。",
    "其他要求：项目执行期为3年，每个推荐部门推荐不超过5个项目。",
)
GUIDE = "".join(f"<p>{words}</p>" for words in GUIDE_WORDS)
MENU = "<ul><li><a href=/>首页</a><li><a href=/zw>政务公开</a></ul>"
FOOT = "<p>版权所有：某部　主办单位：某部办公厅</p><p>地址：北京市　邮编：100000</p>"
FRAMES = {
    "bare": (GUIDE, []),
    "divisions": (
        f"<div>{MENU}</div><div class=wrap><div>当前位置：<a href=/>首页</a> > 正文</div><div id=zoom>{GUIDE}</div>"
        f"<div>分享到：<a href=#>微信</a></div></div><div>{FOOT}</div>",
        ["首页", "政务公开", "当前位置：首页 > 正文", "分享到：微信", "版权所有：某部　主办单位：某部办公厅", "地址：北京市　邮编：100000"],
    ),
    "a title outside": (
        f"<div>{MENU}</div><h1>{GUIDE_WORDS[0]}</h1><div>来源：某部　<a href=#>打印</a></div><div>{GUIDE[GUIDE.index('</p>') + 4 :]}</div>{FOOT}",
        ["首页", "政务公开", "来源：某部　打印", "版权所有：某部　主办单位：某部办公厅", "地址：北京市　邮编：100000"],
    ),
    "parts of an article": (
        f"<div>{MENU}</div><div><div>{GUIDE.replace('<p>1.1', '</div><div><p>1.1').replace('<p>其他', '</div><div><p>其他')}</div></div><div>{FOOT}</div>",
        ["首页", "政务公开", "版权所有：某部　主办单位：某部办公厅", "地址：北京市　邮编：100000"],
    ),
    "all in one element": (f"{MENU}{GUIDE}<p>版权所有：某部</p><p>支持单位：某公司</p>", ["首页", "政务公开", "版权所有：某部", "支持单位：某公司"]),
    "a footer without words of its own": (f"<div>{MENU}</div><div>{GUIDE}</div><div>某厅　电话：010-1</div>", ["首页", "政务公开", "某厅　电话：010-1"]),
    "comments": (f"{MENU}<div>{GUIDE}</div><div><h3>网友评论</h3><p>何时开始？</p></div>", ["首页", "政务公开", "网友评论", "何时开始？"]),
    "contents with links": (f"<div>{MENU}</div><div><ul><li><a href=#a>1.1 中国和美国</a></ul>{GUIDE}</div>", ["首页", "政务公开", "1.1 中国和美国"]),
    "no article": ("<p>申报指南</p><p>1.1 中国</p><div><a href=/>首页</a></div>", None),
}  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_what_stands_around_the_article_is_navigation(name: str) -> None:
    body, around = FRAMES[name]
    pulled = read(body)
    if around is None:
        assert not any(glyph.excluded_reason for glyph in pulled.glyphs)
        return
    assert blocks(pulled) == list(GUIDE_WORDS)
    assert blocks(pulled, excluded=True) == around
    assert {glyph.excluded_reason for glyph in pulled.glyphs} <= {"", "navigation"}


def test_attachments_are_listed() -> None:
    body = (
        f"<div>{GUIDE}<p>附件：1.<a href='./P02019.docx?download=1'>申报书</a></p></div>"
        "<p><a href='/down?id=3'>形式审查\n条件.pdf</a> <a href='/a.html'>其他</a> <a href='http://[::1'>坏</a></p>"
    )
    guide = open_guide(Path("guide.html"), data=f"<!DOCTYPE html><meta charset=utf-8>{body}".encode()).guide
    assert guide.source.attachments == (
        Attachment(name="申报书", address="./P02019.docx?download=1", evidence=(placed(6, "申报书"),)),
        Attachment(name="形式审查条件.pdf", address="/down?id=3", evidence=(placed(7, "形式审查条件.pdf"),)),
    )


def placed(block: int, quote: str) -> Evidence:
    return Evidence(page=None, bbox=None, block=block, quote=quote)


DECLARED = {
    "gb2312": ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030", None),
    "gbk": ("<META CHARSET=GBK>", "gb18030", None),
    "big5": ('<meta charset="big5">', "big5", None),
    "XHTML": ('<?xml version="1.0" encoding="gb2312"?>', "gb18030", None),
    "nothing declared": ("", "gb18030", "GB18030"),
    "UTF-8 after all": ('<meta charset="gb2312">', "utf-8", None),
    "GBK after all": ('<meta charset="utf-8">', "gb18030", "GB18030"),
    "a BOM": ('<meta charset="gb2312">', "utf-16", None),
    "an unknown one": ('<meta charset="klingon">', "utf-8", None),
    "one that is no text": ('<meta charset="base64">', "utf-8", None),
}


@pytest.mark.parametrize("name", DECLARED)
def test_encodings(name: str) -> None:
    declaration, encoding, taken = DECLARED[name]
    words = "項目指南" if encoding == "big5" else GUIDE_WORDS[4] * 3
    before = declaration if declaration.startswith("<?xml") else ""
    page = f"{before}<!DOCTYPE html><html>{'' if before else declaration}<body><p>{words}</p></body></html>"
    pulled = pull(Path("guide.html"), data=page.encode(encoding))
    assert blocks(pulled) == [words]
    assert [one.args["encoding"] for one in pulled.findings] == ([taken] if taken else [])


def test_damaged_bytes_do_not_refuse_a_page() -> None:
    page = f'<html><meta charset="gb2312"><p>{GUIDE_WORDS[4]}</p>'.encode("gb18030") + b"<p>\xff\xff</p>"
    pulled = pull(Path("guide.html"), data=page)
    assert blocks(pulled)[0] == GUIDE_WORDS[4]
    assert "\ufffd" in blocks(pulled)[1]


def archive(page: bytes, transfer: str, charset: str) -> bytes:
    body = quopri.encodestring(page) if transfer == "quoted-printable" else base64.encodebytes(page)
    return (
        b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E6=8C=87?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n------b\r\n'
        b"Content-Type: image/png\r\n\r\nx\r\n------b\r\n"
        + f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode()
        + body
        + b"\r\n------b\r\nContent-Type: text/html\r\n\r\n<p>frame</p>\r\n------b--\r\n"
    )


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
def test_web_archives(transfer: str, charset: str, encoding: str) -> None:
    page = f"<html><p>{GUIDE_WORDS[4]}</p></html>".encode(encoding)
    assert blocks(pull(Path("guide.mhtml"), data=archive(page, transfer, charset))) == [GUIDE_WORDS[4]]


DEEP = 1_000_000
REFUSED = {
    "a million elements in one another": ("<div>" * DEEP + "申报指南" + "</div>" * DEEP, "elements in one another"),
    "a million open tags": ("<b>" * DEEP + "申报指南", "elements in one another"),
    "no text": ("<div id=app></div><script>render('申报指南')</script>", "without text"),
    "frames": ("<frameset><frame src=a.html></frameset>", "without text"),
    "NUL": ("<p>申报\0指南", "NUL"),
    "text of another encoding": ("<p>" + "拟支持经费：1800万元人民币。".encode().decode("gb18030", "replace"), "garbled"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_pages_that_cannot_be_read(name: str) -> None:
    body, reason = REFUSED[name]
    with pytest.raises(UnreadableGuide, match=reason) as error:
        pull(Path("guide.html"), data=f"<!DOCTYPE html><body>{body}</body>".encode())
    assert "\n" not in str(error.value)


def test_an_archive_without_a_page() -> None:
    data = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/css\n\na{}\n--b--\n"
    )
    with pytest.raises(UnreadableGuide, match="web archive without a page"):
        pull(Path("guide.mhtml"), data=data)


def test_what_is_large_and_well_formed_is_read() -> None:
    long = f"<p title='{'x' * 20_000_000}'>申报指南</p>"
    assert blocks(read(long)) == ["申报指南"]
    endless = f"{'1' * 1_000_000}!"
    assert blocks(read(f"<p style='font-size:{endless};color:rgb({endless});left:{endless}'>申报指南</p>")) == [
        "申报指南"
    ]
    assert blocks(read("<p>申报指南</p>" + "<a href='#x'>1</a>" * 20_000))[0] == "申报指南"
    assert (
        blocks(read("<style>" + "p.a{display:none}" * 20_000 + "</style>" + "<p class=b>申报指南</p>" * 2_000))[0]
        == "申报指南"
    )


def test_tables_of_many_cells_over_many_rows() -> None:
    rows = "<tr>" + "<td rowspan=65534>甲" * 30
    assert len(read(f"<table>{rows * 300}</table>").glyphs) == 9000
    assert blocks(read("<p>申报指南</p><style>" + "/*" * 200_000 + "</style>")) == ["申报指南"]


def test_entities_are_not_expanded() -> None:
    page = b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "xx"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><html><p>\xe7\x94\xb2&b;&c;</p></html>'
    assert "root" not in "".join(blocks(pull(Path("guide.html"), data=page)))
