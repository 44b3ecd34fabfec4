"""Pictures among the words of a line, whose words nobody reads: they are told in each form, with their section."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from extract.model.record import Readers
from extract.pipeline import extract_guide
from extract.pull import pull
from extract.repair import repair
from tests.pull.test_web_pages import GUIDE
from tests.support.word import run, word_file

TITLE = "“政府间国际科技创新合作”重点专项2019年度第一批项目申报指南"


def told(name: str, data: bytes, reader: Readers = "both") -> list[str]:
    findings = repair(pull(Path(name), reader, data=data)).findings
    return [str(one.args["words"]) for one in findings if one.code == "picture-unread"]


# ── web pages ─────────────────────────────────────────────────────────────────────────────────────────

IN_PAGES = {
    "between words": ("<p>拟支持经费：4600<img src=a.png>万元人民币。</p>", ["拟支持经费：4600［图］万元人民币。"]),
    "ten characters on each side": ("<p>一二三四五六七八九十甲乙<img src=a.png>丙丁一二三四五六七八九十</p>", ["三四五六七八九十甲乙［图］丙丁一二三四五六七八"]),
    "in an element of its own": ("<p>经费：<b>4600</b> <span><img src=a.png></span> <i>万元</i></p>", ["经费：4600［图］万元"]),
    "an object": ("<p>经费：4600<object data=a.svg><p>无</p></object>万元</p>", ["经费：4600［图］万元"]),
    "a formula that is drawn": ("<p>功率<svg width=30 height=20><path d='M0 0'/></svg>以上</p>", ["功率［图］以上"]),
    "a canvas, a frame, a film": ("<p>甲<canvas></canvas>乙<iframe src=b></iframe>丙<video src=c></video>丁<embed src=d>戊</p>",
                                  ["甲［图］乙丙丁戊", "甲乙［图］丙丁戊", "甲乙丙［图］丁戊", "甲乙丙丁［图］戊"]),
    "two, as one": ("<p>经费：4600<img src=a.png><img src=b.png>万元</p>", ["经费：4600［图］万元"]),
    "behind words that end no sentence": ("<p>拟支持经费：4600<img src=a.png></p><p>其他</p>", ["拟支持经费：4600［图］"]),
    "before a break": ("<p>拟支持经费：<img src=a.png><br>其他</p>", ["拟支持经费：［图］"]),
    "before a full stop": ("<p>经费为<img src=a.png>。</p>", ["经费为［图］。"]),
    "in a cell": ("<table border=1><tr><td>经费<td>46<img src=a.png>万元</table>", ["46［图］万元"]),
    "behind struck words": ("<p>经费：<del>3</del><img src=a.png>万元</p>", ["经费：［图］万元"]),
    "that leads to a larger one": ("<p>经费：4600<a href=b.png><img src=a.png></a>万元</p>", ["经费：4600［图］万元"]),
    "tall between words": ("<p>经费：4600<img src=a.png height=300>万元</p>", ["经费：4600［图］万元"]),
    "alone": ("<p>一。</p><p><img src=a.png></p><p>二</p>", []),
    "shown as a block": ("<p>一<img src=a.png style='display:block'>二</p>", []),
    "at the start of a line": ("<p><img src=a.png>一<br><img src=b.png>二</p>", []),
    "behind a marker": ("<ol><li><img src=a.png>甲</ol><p>1.<img src=a.png>乙</p><p>（一）<img src=a.png>丙</p>", []),
    "behind a sentence": ("<p>见通知。<img src=a.png></p><p>（见通知。）<img src=a.png></p>", []),
    "before links": ("<p>附件：<img src=doc.gif><a href=a.doc>附件1</a> <img src=doc.gif><a href=b.doc>附件2</a></p>", []),
    "within a link": ("<p>附件：<a href=a.doc><img src=doc.gif>附件1</a></p>", []),
    "behind a link": ("<p>附件：<a href=a.doc>附件1</a><img src=new.gif></p>", []),
    "a link at an end": ("<p>分享到<a href=b><img src=b.gif></a></p>", []),
    "tiny": ("<p>一<img src=a.png width=1 height=1>二<img src=a.png style='width:1px'>三</p>", []),
    "hidden": ("<p>一<img src=a.png style='display:none'>二<img src=a.png hidden>三</p>", []),
    "afloat": ("<p>一<img src=a.png align=right>二<img src=a.png style='float:left'>三<img src=a.png style='position:absolute'>四</p>", []),
    "tall at an end": ("<p>申报流程图：<img src=a.png height=300></p>", []),
    "a code to be scanned": ("<p>扫描二维码<img src=qr.png>加入QQ群</p><p>申报二维码：<img src=qr.png></p>", []),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_PAGES)
def test_in_web_pages(name: str) -> None:
    body, want = IN_PAGES[name]
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    assert told("guide.html", page.encode()) == want


def test_around_the_article() -> None:
    menu = "<div><ul><li><a href=/>首页</a><li><a href=/zw>政务公开</a><img src=a.png>热线</ul></div>"
    foot = "<div><p>版权所有：某部<img src=b.png>　主办单位：某部办公厅</p></div>"
    page = f"<!DOCTYPE html><meta charset='utf-8'>{menu}<div>{GUIDE}</div>{foot}"
    assert told("guide.html", page.encode()) == []
    assert told("guide.html", page.replace("1800", "18<img src=c.png>00").encode()) == [
        "拟支持经费：18［图］00万元人民币。"
    ]


# ── Word files ────────────────────────────────────────────────────────────────────────────────────────

PLACED = "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"


def drawing(
    place: str = "inline", size: int = 200_000, more: str = "", within: str = "<a:blip r:embed='rId9'/>"
) -> str:
    graphic = f"<a:graphic><a:graphicData>{within}</a:graphicData></a:graphic>"
    frame = f"<wp:extent cx='{size}' cy='{size}'/><wp:docPr id='1' name='图' {more}/>{graphic}"
    return f"<w:r><w:drawing {PLACED}><wp:{place}>{frame}</wp:{place}></w:drawing></w:r>"


def shape(style: str = "width:20pt;height:15pt", kind: str = "pict") -> str:
    return f"<w:r><w:{kind}><v:shape style='{style}'><v:imagedata r:id='rId9'/></v:shape></w:{kind}></w:r>"


BEFORE, BEHIND = run("拟支持经费：4600"), run("万元。")
AMONG = ["拟支持经费：4600［图］万元。"]
BOX = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
IN_WORD: dict[str, tuple[str, list[str]]] = {
    "between words": (BEFORE + drawing() + BEHIND, AMONG),
    "as Word 2003 writes it": (BEFORE + shape() + BEHIND, AMONG),
    "an equation of old": (BEFORE + shape(kind="object") + BEHIND, AMONG),
    "an object without a picture": (BEFORE + "<w:r><w:object/></w:r>" + BEHIND, AMONG),
    "in a round shape": (BEFORE + "<w:r><w:pict><v:oval><v:imagedata/></v:oval></w:pict></w:r>" + BEHIND, AMONG),
    "in a shape of a group": (BEFORE + "<w:r><w:pict><v:group style='width:1.5in;height:.3in'><v:shape style='width:1;height:1'><v:imagedata/></v:shape></v:group></w:pict></w:r>" + BEHIND, AMONG),
    "in a choice": (
        f"{BEFORE}<mc:AlternateContent><mc:Choice Requires='x'>{drawing()}</mc:Choice><mc:Fallback>{shape()}</mc:Fallback>"
        f"</mc:AlternateContent>{BEHIND}",
        AMONG,
    ),
    "within a text box": (
        "<w:r><w:pict><v:shape style='position:absolute'><v:textbox><w:txbxContent><w:p>"
        f"{BEFORE}{shape()}{BEHIND}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        AMONG,
    ),
    "behind words that end no sentence": (BEFORE + drawing(), ["拟支持经费：4600［图］"]),
    "before a break": (BEFORE + drawing() + "<w:r><w:br/></w:r>" + BEHIND, ["拟支持经费：4600［图］"]),
    "alone": (drawing(), []),
    "at the start": (drawing() + BEHIND, []),
    "at the start of a line": (BEFORE + "<w:r><w:br/></w:r>" + drawing() + BEHIND, []),
    "behind a sentence": (BEHIND + drawing(), []),
    "afloat": (BEFORE + drawing("anchor") + shape("position:absolute;width:20pt;height:15pt") + BEHIND, []),
    "tiny": (BEFORE + drawing(size=9525) + shape("width:1pt;height:1pt") + BEHIND, []),
    "hidden": (BEFORE + drawing(more="hidden='1'") + drawing().replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>") + BEHIND, []),
    "taken out": (f"{BEFORE}<w:del>{drawing()}</w:del>{BEHIND}", []),
    "tall at an end": (run("科技部国际合作司") + drawing(size=1_500_000), []),
    "a line": (BEFORE + drawing(within="<wps:wsp/>") + BEHIND, []),
    "a text box": (BEFORE + drawing(within=f"<a:blip/><wps:txbx>{BOX}</wps:txbx>") + BEHIND, []),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_WORD)
def test_in_word_files(name: str) -> None:
    content, want = IN_WORD[name]
    assert told("guide.docx", word_file(f"<w:p>{content}</w:p><w:p>{run('其他要求：无。')}</w:p>")) == want


def test_in_the_head_of_a_page() -> None:
    section = "<w:sectPr><w:headerReference w:type='default' r:id='header1'/></w:sectPr>"
    head = f"<w:p>{BEFORE}{drawing()}{BEHIND}</w:p>"
    assert told("guide.docx", word_file(f"<w:p>{run('其他要求：无。')}</w:p>{section}", header1=head)) == []


# ── Markdown ──────────────────────────────────────────────────────────────────────────────────────────

IN_MARKDOWN = {
    "经费：4600![](a.png)万元": ["经费：4600［图］万元"],
    "经费：**4600**![图](a.png \"x\")**万元**": ["经费：4600［图］万元"],
    "经费：4600![](data:image/png;base64,AAAA)万元": ["经费：4600［图］万元"],
    '经费：4600![](a.png){width="0.5in"\nheight="0.2in"}万元': ["经费：4600［图］万元"],
    "经费：4600\n![](a.png)万元": ["经费：4600［图］"],
    "经费：4600<br>![](a.png)万元": [],
    "经费：4600<img src='a.png' width=20/>万元": ["经费：4600［图］万元"],
    "<p>经费：4600<img src='a.png'>万元</p>": ["经费：4600［图］万元"],
    "经费：4600![](a.png)": ["经费：4600［图］"],
    "经费：4600[![](a.png)](b.png)万元": ["经费：4600［图］万元"],
    "| 经费 | 数 |\n|---|---|\n| 46![](a.png)万元 | 3 |": ["46［图］万元"],
    "见通知。\n\n![](a.png)\n\n领域": [],
    "见通知\n![](a.png)\n领域": [],
    "![](a.png)领域": [],
    "- ![](a.png)领域\n- 方向": [],
    "见通知。![](a.png)": [],
    "附件：![](doc.gif)[附件1](a.doc)": [],
    "附件：[![](doc.gif)附件1](a.doc)": [],
    "附件：[附件1](a.doc)![](new.gif)": [],
}  # fmt: skip


@pytest.mark.parametrize("text", IN_MARKDOWN)
def test_in_markdown(text: str) -> None:
    headings = "# 1.1 中国和美国政府间合作项目\n\n# 1.2 中国和德国政府间合作项目\n\n"
    assert told("guide.md", f"{headings}{text}\n".encode()) == IN_MARKDOWN[text]


# ── PDFs ──────────────────────────────────────────────────────────────────────────────────────────────

SIZE, LEFT, LINE = 16, 72, 28
Drawn = tuple[float, float, float, float]  # in ems: left from the first character, low from the baseline, width, height
IN_PDF: dict[str, tuple[str, Drawn, list[str]]] = {
    "in a gap": ("经费：4600□万元。", (5, 0, 2, 1), ["经费：4600［图］万元。"]),
    "in a gap, taller": ("经费：4600□万元。", (5, -0.5, 2, 2), ["经费：4600［图］万元。"]),
    "close behind the last word": ("经费：4600", (5.1, 0, 2, 1), ["经费：4600［图］"]),
    "behind a sentence": ("经费：无。", (5.1, 0, 2, 1), []),
    "under words": ("经费：4600万元。", (2, -0.2, 3, 1.5), []),
    "under a gap and words": ("经费：4600□万元。", (4, -0.2, 4, 1.5), []),
    "before the line": ("经费：4600万元。", (-2, 0, 1.5, 1), []),
    "far behind the line": ("经费：4600", (12, 0, 2, 1), []),
    "in a wide gap": ("经费：4600□万元。", (5, 0, 0.5, 0.6), []),
    "a line": ("经费：4600□万元。", (5, -0.1, 2, 0.1), []),
    "tall": ("经费：4600□万元。", (5, -2, 2, 4), []),
}  # fmt: skip


def page_of(words: str, drawn: Drawn, above: str = "领域方向：农业、能源、材料。") -> bytes:
    """A page with a line among others; □ is a gap of two ems."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    canvas.setFont("STSong-Light", SIZE)
    picture = ImageReader(Image.new("RGB", (30, 15), (200, 40, 40)))
    x, y, width, height = (SIZE * edge for edge in drawn)
    canvas.drawImage(picture, LEFT + x, 700 - LINE + y, width, height)
    for number, text in enumerate([above, words, "其他要求：无。", "申报说明：" + "一" * 20]):
        across, first = LEFT, 700 - LINE * number
        for part in text.split("□"):
            canvas.drawString(across, first, part)
            across += canvas.stringWidth(part, "STSong-Light", SIZE) + 2 * SIZE
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("reader", ["pdfplumber", "pdfium", "both"])
@pytest.mark.parametrize("name", IN_PDF)
def test_in_pdfs(name: str, reader: Readers) -> None:
    words, drawn, want = IN_PDF[name]
    data = page_of(words, drawn)
    assert len(pull(Path("guide.pdf"), reader, data=data).pictures) == 1
    assert told("guide.pdf", data, reader) == want


WRAPPED = {
    "for which the line had no room": ("农业、" * 8, "等领域。", ["、农业、农业、农业、［图］"]),
    "for which it had room": ("农业、", "等领域。", []),
    "below a line on the right": ("　" * 17 + "科技部国际合作司", "附件", []),
    "behind a sentence": ("农业、" * 7 + "农业。", "能源等领域。", []),
}


@pytest.mark.parametrize("reader", ["pdfplumber", "pdfium"])
@pytest.mark.parametrize("name", WRAPPED)
def test_at_the_start_of_a_line(name: str, reader: Readers) -> None:
    above, words, want = WRAPPED[name]
    assert told("guide.pdf", page_of(f"□{words}", (0, 0, 2, 1), above), reader) == want


# ── the section ───────────────────────────────────────────────────────────────────────────────────────


def sections(money: Sequence[str]) -> list[str]:
    rows = [TITLE]
    for number, words in enumerate(money, 1):
        rows += [
            f"1.{number}中国和{'美德'[number - 1]}国政府间合作项目",
            "领域方向：农业、能源。",
            "拟支持项目数：6个项目。",
        ]
        rows += [f"拟支持经费：{words}万元人民币。", "其他要求：无。"]
    return rows


def test_the_section_is_that_of_the_line(tmp_path: Path) -> None:
    rows = [f"<p>{words}</p>" for words in sections(["1800", "46<img src=a.png>00"])]
    file = tmp_path / "guide.html"
    file.write_text(f"<!DOCTYPE html><meta charset='utf-8'>{''.join(rows)}", "utf-8")
    found = [one for one in extract_guide(file).findings if one.code == "picture-unread"]
    assert [(one.section, one.severity, one.args["words"]) for one in found] == [
        ("1.2", "warning", "拟支持经费：46［图］00万元人民币。")
    ]
    assert [(one.block, one.quote) for one in found[0].evidence] == [(10, "拟支持经费：4600万元人民币。")]
