"""Guides that nobody would draw: the glyphs of real ones mutated, and texts put together from pieces of guides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, reduce
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec.structs import replace

from extract.model.record import Readers
from extract.model.stages import Pulled
from extract.model.text import Glyph
from extract.pull import pull

ROOT = Path(__file__).parents[2]
# Guides with the pages that are mutated: enough for a title, an introduction and a few sections.
Source = tuple[str, Readers, tuple[int, ...]]
SOURCES: tuple[Source, ...] = (
    ("docs/example/guide_2018.pdf", "both", (1, 2)),
    ("docs/example/guide_2018.pdf", "pdfium", (1, 2)),
    ("raw/guide_2017.pdf", "pdfplumber", (1, 3, 4)),
)
# What a number of a glyph may be where a file is damaged, or made to do harm.
NUMBERS = (0.0, -0.0, -1.0, 5e-324, 1e-9, 0.5, 1e6, -1e6, 1e308, -1e308, math.inf, -math.inf, math.nan)
CHARS = (
    "",
    " ",
    "0",
    "9",
    "万",
    "。",
    "：",
    "《",
    "（",
    "1.1",
    "ﬁ",
    "\ufffd",
    "\u2f45",
    "\u202e",
    "\n",
    "\u2028",
    "\U0001f600",
    "\0",
)


@cache
def source(name: str, readers: Readers, pages: tuple[int, ...]) -> Pulled:
    """Some pages of a real guide, as it is read."""
    return _some(pull(ROOT / name, readers), pages)


def _some(pulled: Pulled, pages: tuple[int, ...]) -> Pulled:
    glyphs = [replace(g, page=pages.index(g.page) + 1) for g in pulled.glyphs if g.page in pages]
    witness = _some(pulled.witness, pages) if pulled.witness else None
    return replace(pulled, pages=len(pages), glyphs=glyphs, witness=witness, unconfirmed=())


# ── glyphs ────────────────────────────────────────────────────────────────────────────────────────────

PLACES = st.integers(0, 1 << 16)  # of a glyph, or of a line: taken modulo how many there are


class Change(NamedTuple):
    """One change to a run of `many` glyphs from `place` on; what `value` is depends on what is done."""

    done: str
    place: int
    many: int
    value: Any = None


def _made(kind: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Change]:
    return st.builds(Change, st.just(kind), PLACES, st.integers(1, 60), values)


_FIELDS = st.one_of(
    st.tuples(st.sampled_from(("x0", "top", "x1", "bottom", "size", "advance")), st.sampled_from(NUMBERS)),
    st.tuples(st.just("text"), st.sampled_from(CHARS) | st.characters(codec="utf-8")),
    st.tuples(st.just("font"), st.sampled_from(("", "Other"))),
    st.tuples(st.just("page"), st.integers(1, 3)),
)
CHANGES = st.lists(
    st.one_of(
        *[_made("set", _FIELDS)] * 3,
        _made("drop", st.none()),
        _made("print again", st.sampled_from((0.0, 0.05, 0.3, 0.6, 1.0))),  # so many advance widths to the right
        _made("print again at the end", st.sampled_from((0.0, 0.05, 0.3, 0.6, 1.0))),
        _made("swap with", PLACES),
        _made("move", st.tuples(*[st.sampled_from((-300.0, -5.0, 0.2, 5.0, 1e7))] * 2)),
        _made("turn pages", st.none()),
        _made("keep alone", st.none()).filter(lambda change: change.place % 7 == 0),
    ),
    min_size=1,
    max_size=6,
)


def broken(pulled: Pulled, changes: Sequence[Change], *, both: bool, empty: int) -> Pulled:
    """A guide with changes, and so many empty pages more; `both`: the witness has the same changes."""
    witness = pulled.witness
    if witness is not None and both:
        again: list[Glyph] = reduce(_changed, changes, list(witness.glyphs))
        witness = replace(witness, glyphs=again)
    glyphs: list[Glyph] = reduce(_changed, changes, list(pulled.glyphs))
    return replace(pulled, pages=pulled.pages + empty, glyphs=glyphs, witness=witness)


def _changed(glyphs: list[Glyph], change: Change) -> list[Glyph]:
    if not glyphs:
        return glyphs
    start, value = change.place % len(glyphs), change.value
    before, run, after = glyphs[:start], glyphs[start : start + change.many], glyphs[start + change.many :]
    match change.done:
        case "set":
            return [*before, *(replace(glyph, **{value[0]: value[1]}) for glyph in run), *after]
        case "drop":
            return before + after
        case "print again":
            return [*before, *run, *(_moved(glyph, value * glyph.advance, 0) for glyph in run), *after]
        case "print again at the end":
            return [*glyphs, *(_moved(glyph, value * glyph.advance, 0) for glyph in run)]
        case "swap with":
            other = value % len(glyphs)
            glyphs[start], glyphs[other] = glyphs[other], glyphs[start]
            return glyphs
        case "move":
            return [*before, *(_moved(glyph, *value) for glyph in run), *after]
        case "turn pages":
            return sorted(glyphs, key=lambda glyph: -glyph.page)
        case "keep alone":
            return run[:1]
    raise ValueError(change.done)


def _moved(glyph: Glyph, right: float, down: float) -> Glyph:
    x0, top, x1, bottom = glyph.x0 + right, glyph.top + down, glyph.x1 + right, glyph.bottom + down
    return replace(glyph, x0=x0, top=top, x1=x1, bottom=bottom)


# ── texts ─────────────────────────────────────────────────────────────────────────────────────────────

_TITLE = "“政府间国际科技创新合作”重点专项2017年度第一批项目申报指南\n"
_NUMERALS = (
    "0", "00", "1", "3", "60-40", "40—60", "65", "1,500", "15，00", "2.578", "九十九亿亿", "亿", "万万亿", "二三百", "十", "零",
    "〇", "一百零", "两千五百", "七八", "1.5.2", "9" * 25, "1" + "0" * 400, "9" * 5000, "一" * 40, "３", "٣", "①", "半",
)  # fmt: skip
_UNITS = (
    "个",
    "个项目",
    "项",
    "万元",
    "亿元人民币",
    "万亿元",
    "元",
    "万美元",
    "年",
    "个月",
    "%",
    "倍",
    "：1",
    "家企业",
    "个国家",
    "批",
)
_DAYS = (
    "2017年13月45日", "0000年0月0日", "9999年12月31日", "2018年1月至9999年12月", "2018年2月30日", "2019年12月1日至2022年11月30日",
    "2024.10-2027.09", "2020年至2018年", "1年6个月", "一年半", "2.5年", "3年（9999年1月1日至9999年12月31日）", "240年", "10000年",
)  # fmt: skip
_LABELS = (
    "合作协议：", "领域方向：", "拟支持项目数：", "拟支持经费：", "共拟支持经费：", "拟支持经费（万元）：", "每个项目拟支持经费：",
    "拟支持时间：", "其他要求：", "联系人：", "技术指标：", "【领域方向】", "拟支持经费 ",
)  # fmt: skip
_HEADINGS = (
    "1.1中美政府间科技合作项目", "1.2中国和德国、法国合作项目", "1.1 3D打印", "2.1中国-东盟", "1.10中国与加拿大魁北克省", "0.0无", "99.99中欧",
    "1.1.1中日", "1111.1.1.1.1中美中美中美中美", "一、", "（二）欧洲", "2. 多边合作", "三、申报要求", "附件1", "2017年5月1日", "- 3 -", "12",
)  # fmt: skip
_WORDS = (
    "《中美科技合作协定》", "《", "》", "“", "”", "（", "）", "、", "，", "；", "。", "：", "等", "其中", "共", "约", "不超过", "不少于", "每个",
    "各", "至", "-", "~", "或", "以上", "以内", "左右", "无", "若干", "农业", "新能源、材料", "1、", "2、", "（1）", "3）", "①", "●", "A.", "方向一：",
    "一是", "须先于中方", "企业参与", "配套经费", "截止日期为", "http://a.b/c", "a@b.cn", "010-58881354", "外方", "联合研究", "平台", "项目",
    "根据《国家中长期规划》（国发〔2006〕1号）", "本批指南拟支持", "来自", "\t", "\u3000", " ", "\u2028", "\f", "\u200b", "\u202e", "\x1b[31m", "<b>",
)  # fmt: skip
_PIECES = st.one_of(
    st.tuples(st.just("\n"), st.sampled_from(_HEADINGS), st.just("\n")),
    st.tuples(st.sampled_from(("\n", "。", "")), st.sampled_from(_LABELS)),
    st.tuples(st.sampled_from(_LABELS), st.sampled_from(_NUMERALS), st.sampled_from(_UNITS)),
    st.tuples(st.sampled_from(_NUMERALS), st.sampled_from(_UNITS)),
    st.tuples(st.just("拟支持时间："), st.sampled_from(_DAYS)),
    st.tuples(st.sampled_from(_DAYS)),
    st.tuples(st.sampled_from(_WORDS)),
    st.tuples(st.sampled_from(_WORDS)),
    st.tuples(st.text(max_size=6)),
).map("".join)


WORDS = st.lists(_PIECES, max_size=8).map("".join)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A guide as plain text, from pieces of guides in any order; most begin so that sections are found."""
    start = draw(st.sampled_from((_TITLE, _TITLE + "一、总则\n", "")))
    sure = "\n1.1中美政府间科技合作项目\n合作协议：《中美科技合作协定》\n" if draw(st.integers(0, 3)) else ""
    body = draw(st.lists(_PIECES, max_size=30))
    return start + "".join(draw(st.lists(_PIECES, max_size=8))) + sure + "".join(body)


@st.composite
def worn(draw: st.DrawFn, whole: str) -> str:
    """A text with lines dropped, joined, repeated, cut short or exchanged."""
    lines = whole.split("\n")
    for kind, place, other in draw(st.lists(st.tuples(st.integers(0, 4), PLACES, PLACES), min_size=1, max_size=12)):
        at, to = place % len(lines), other % len(lines)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1 and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        elif kind == 2:
            lines[at:at] = [lines[at]] * (other % 4)
        elif kind == 3:
            lines[at] = lines[at][: other % (len(lines[at]) + 1)]
        else:
            lines[at], lines[to] = lines[to], lines[at]
    return "\n".join(lines)
