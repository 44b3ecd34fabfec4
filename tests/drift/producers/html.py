"""Web pages as files: bare, or within the frame of a site as public offices have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from zlib import crc32

from tests.drift.document import Document
from tests.drift.producers.chromium import web_page

_MENU = "".join(
    f'<li><a href="/{name}/">{words}</a></li>'
    for name, words in (("zz", "组织机构"), ("xxgk", "信息公开"), ("kjzc", "科技政策"), ("hdjl", "互动交流"))
)
_CRUMBS = '当前位置：<a href="/">首页</a> &gt; <a href="/tztg/">通知公告</a> &gt; 正文'
_ABOUT = '发布时间：2019-03-02　　来源：资源配置与管理司　　【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】'
_SHARE = '分享到：<a href="#">微信</a> <a href="#">微博</a>　<a href="javascript:print()">打印本页</a> <a href="javascript:close()">关闭窗口</a>'
_NEWS = "".join(
    f'<li><a href="./t2018{day:04d}.html">{words}</a><span>2018-{day // 100:02d}-{day % 100:02d}</span></li>'
    for day, words in (
        (315, "关于发布国家重点研发计划重点专项2018年度项目申报指南的通知"),
        (502, "关于开展2018年度项目综合绩效评价的通知"),
        (1120, "项目管理培训班报名通知"),
    )
)
_FOOTER = (
    "<p>版权所有：中华人民共和国某部　　主办单位：某部办公厅</p>"
    "<p>地址：北京市复兴路1号　邮编：100000　网站标识码：bm00000001</p>"
    '<p><a href="https://example.org">京ICP备00000000号-1</a>　京公网安备00000000000000号</p>'
)
_FRAMES = (
    '<div class="top"><a href="/">网站首页</a> | <a href="/en">English</a> | <a href="/m">无障碍</a></div><div class="nav"><ul>{menu}</ul></div>'
    '<div class="dqwz">{crumbs}</div><div class="wrap"><div class="xl_main"><h1>{title}</h1><div class="xl_info">{about}</div>'
    '<div id="zoom" class="TRS_Editor">{article}</div><div class="bdsharebuttonbox">{share}</div></div>'
    '<div class="xgxw"><h3>相关新闻</h3><ul>{news}</ul></div></div><div class="foot">{footer}</div>',
    '<table width="980" align="center"><tr><td><ul>{menu}</ul></td></tr></table><table width="980" align="center"><tr>'
    '<td width="200" valign="top"><b>最新信息</b><ul>{news}</ul></td><td valign="top"><table width="100%"><tr><td>{crumbs}</td></tr>'
    '<tr><td class="bt" align="center">{title}</td></tr><tr><td>{about}</td></tr><tr><td class="nr">{article}</td></tr>'
    '<tr><td align="right">{share}</td></tr></table></td></tr></table><table width="980"><tr><td>{footer}</td></tr></table>',
    "<header><nav><ul>{menu}</ul></nav></header><main><nav>{crumbs}</nav><article><h1>{title}</h1><p>{about}</p>{article}</article>"
    "<p>{share}</p><aside><h2>相关链接</h2><ul>{news}</ul></aside></main><footer>{footer}</footer>",
)
"""The divisions of a content system, the tables of an old one, the elements of HTML 5."""


def missing() -> str | None:
    """Nothing is needed."""
    return None


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Write each document as a page."""
    targets = [folder / f"{number:04d}.html" for number in range(len(documents))]
    for target, document in zip(targets, documents, strict=True):
        target.write_text(page(document), "utf-8")
    return targets


def page(document: Document) -> str:
    """The document as a file of HTML. Its words choose the frame, and how lines and notes are written."""
    choice = crc32("".join(one.text for one in document.paragraphs).encode())
    raised = replace(document, look=replace(document.look, level_marks=False))
    html = web_page(raised)
    head, _, rest = html.partition("<body>")
    body = rest.removesuffix("</body></html>")
    if choice & 1:
        body = _with_breaks(body)
    if choice & 2:
        body = _with_links(body)
    if choice & 4:
        body = _FRAMES[(choice >> 3) % len(_FRAMES)].format(
            menu=_MENU, crumbs=_CRUMBS, about=_ABOUT, share=_SHARE, news=_NEWS, footer=_FOOTER, article=body,
            title=_title(document),
        )  # fmt: skip
    return f"{head}<title>{_title(document)}_某部</title><body>{body}</body></html>"


def _title(document: Document) -> str:
    """The title of the page, as an office announces a guide; that of its notice, if it has one."""
    if announced := "".join(one.text for one in document.paragraphs if one.kind == "announcement"):
        return announced
    return f"科技部关于发布{''.join(one.text for one in document.paragraphs if one.kind == 'title')}的通知"


_PARAGRAPH = re.compile(r'<p class="(?:body|flush|heading)" style="[^"]*text-indent: (-?[\d.]+)em[^"]*">(.*?)</p>')
_MARK = re.compile(r'<sup data-note="(\d+)">(.*?)</sup>')
_NOTE = re.compile(r"<p><sup>(.*?)</sup>")


def _with_breaks(body: str) -> str:
    """Lines that end in <br> in the place of paragraphs: indented by spaces, else with an empty line between them."""
    return _PARAGRAPH.sub(lambda found: f"{'　　' if float(found[1]) > 0 else '<br>'}{found[2]}<br>\n", body)


def _with_links(body: str) -> str:
    """Marks and notes that link to each other."""
    text, notes, last = body.partition('<div class="notes">')
    text = _MARK.sub(r'<a href="#fn\1" id="fnref\1"><sup>\2</sup></a>', text)
    numbers = count(1)
    last = _NOTE.sub(lambda found: '<p id="fn{0}"><a href="#fnref{0}">{1}</a>'.format(next(numbers), found[1]), last)
    return text + notes + last
