"""What stands around the text: heads and feet, what a browser prints, watermarks; and lines that only look like feet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tests.drift.document import Block, Furniture, Paragraph, Watermark
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_HEADS = ("国家重点研发计划", "科技部文件", "内部资料 注意保管", "政府间国际科技创新合作重点专项")
_FEET = ("{n}", "— {n} —", "- {n} -", "第{n}页", "第 {n} 页 共 {total} 页", "{n}/{total}", "·{n}·")
_ADDRESSES = (
    "https://service.most.gov.cn/kjjh_tztg_all/20180112/2345.html",
    "http://www.example.org/zbgg/t20200305_12.htm",
)
_CHAPTERS = ("双边合作", "多边合作", "发达国家", "周边国家", "国际组织和多边机制")
_MARKS = ("内部资料", "征求意见稿", "仅供参考", "样稿")
LONGEST = 28
"""Characters of a title that has room between the date and the edge of the page."""
UNIFORM = {
    "sections": (4, 8),
    "points": ("none",),
    "chance": {
        "agreement": 1.0, "fields": 1.0, "project_count": 1.0, "funding": 1.0, "duration": 1.0, "requirements": 1.0,
        "other": 0.0, "next_line": 0.0, "joined": 0.0,
    },
}  # fmt: skip
"""Sections that end alike."""


def heads_and_feet(dice: Dice, guide: GuideText) -> GuideText:
    """A running head, a foot with the page, or both, on few or many pages."""
    head = dice.pick((None, Furniture(centre=dice.pick(_HEADS)), _split(dice, guide)))
    foot = dice.pick(
        (Furniture(centre=dice.pick(_FEET)), Furniture(left=dice.pick(_HEADS), right=dice.pick(_FEET)), None)
    )
    small = {"size": 9, "leading": 1.2, "margin": 50} if dice.chance(0.3) else {}
    foot = foot or (None if head else Furniture(centre="{n}"))
    return guide.with_document(head=head, even_head=None, foot=foot).with_look(**small)


def running(dice: Dice, guide: GuideText) -> GuideText:
    """Heads and feet close to the text, as Word sets them, or as large as it; two cells; words of a section or a label."""
    sizes = (10.5, 12, 14) if guide.document.look.columns < 3 else (9, 10.5)
    guide = guide.with_look(margin=72, size=dice.pick(sizes))
    size = guide.document.look.size
    section = dice.pick(guide.truth["sections"])
    words = (*_HEADS, f"{section['number']} {section['title']}"[:LONGEST], dice.pick(("申报要求：", "有关说明：")))
    cells = dice.pick(
        (("— {n} —", "第{n}页 共{total}页"), ("内部资料", "第 {n} 页"), ("第 {n} 页", "科技部"), ("内部资料", ""))
    )
    head, foot = (Furniture(scale=dice.pick((9 / size, 1)), edge=dice.pick((42.5, 30))) for _ in range(2))
    told = dice.pick(words)
    head = replace(head, left=told) if dice.chance(0.5) else replace(head, centre=told)
    foot = replace(foot, left=cells[0], right=cells[1])
    heads = {"head": dice.pick((head, head, None)), "even_head": None}
    changed = guide.with_document(**heads, foot=dice.pick((foot, foot, None)))
    return changed if told in _HEADS else replace(changed, may_warn=changed.may_warn | {None})


def _split(dice: Dice, guide: GuideText) -> Furniture:
    return Furniture(left=dice.pick(_HEADS), right=f"{guide.truth['guide']['year']}年度项目申报指南")


def odd_and_even(dice: Dice, guide: GuideText) -> GuideText:
    """Another head on even pages, its page at the outer edge or at the foot."""
    told = dice.some((*_HEADS, f"{guide.truth['guide']['year']}年度项目申报指南"), 2)
    at_edge = dice.chance(0.4)
    size = dice.pick((9, 10.5, guide.document.look.size)) / guide.document.look.size
    odd = Furniture(left=told[0] if at_edge else "", right="{n}" if at_edge else told[0], scale=size)
    even = Furniture(left="{n}" if at_edge else told[1], right=told[1] if at_edge else "", scale=size)
    foot = None if at_edge else dice.pick((None, Furniture(centre=dice.pick(_FEET))))
    return guide.with_document(head=dice.pick((odd, odd, None)), even_head=even, foot=foot)


def chapters(dice: Dice, guide: GuideText) -> GuideText:
    """Sections in chapters, each from a page of its own, with its name or its first heading as the head of its pages."""
    blocks = list(guide.document.blocks)
    first = list(_first_headings(blocks))
    starts = sorted({first[0], *dice.some(first[1:], dice.between(1, 3))})
    form, scale = dice.pick(("{name}", "第{at}章 {name}", "heading", "{name}")), dice.pick((0.75, 0.9, 1))
    names = dice.some(_CHAPTERS, len(starts))
    for number, at in enumerate(starts):
        block = blocks[at]
        assert isinstance(block, Paragraph)
        words = block.text[:LONGEST] if form == "heading" else form.format(at="一二三四"[number], name=names[number])
        head = dice.pick((Furniture(centre=words, scale=scale), Furniture(left=words, right="{n}", scale=scale)))
        blocks[at] = replace(block, starts_page=True, head=head)
    return guide.with_document(blocks=tuple(blocks), head=dice.pick((None, Furniture(centre=_HEADS[0], scale=scale))))


def _first_headings(blocks: Sequence[Block]) -> Iterator[int]:
    """Where sections begin, with the heading of their group if one stands above."""
    kinds = ["", *(one.kind if isinstance(one, Paragraph) else "" for one in blocks)]
    for at, (before, kind) in enumerate(pairwise(kinds)):
        if kind == "heading" and before != "heading":
            yield at


def browser_print(dice: Dice, guide: GuideText) -> GuideText:
    """Date and title above, address and page below."""
    when = f"{guide.truth['guide']['year']}/{dice.between(1, 12)}/{dice.between(1, 28)} {dice.between(8, 23)}:{dice.between(10, 59)}"
    titles = (guide.truth["guide"]["title"], "项目申报指南-中国科技网", "通知公告")
    title = dice.pick([words for words in titles if len(words) <= LONGEST])
    head, foot = Furniture(left=when, centre=title), Furniture(left=dice.pick(_ADDRESSES), right="{n}/{total}")
    return guide.with_document(head=head, even_head=None, foot=foot).with_look(size=dice.pick((10.5, 12)))


def repeated_last_lines(dice: Dice, guide: GuideText) -> GuideText:
    """A section to a page, so that every page of them ends with the same words."""
    first = set(_first_headings(guide.document.blocks))
    changed = (
        replace(one, starts_page=True) if at in first and isinstance(one, Paragraph) else one
        for at, one in enumerate(guide.document.blocks)
    )
    return guide.with_document(blocks=tuple(changed))


def watermark(dice: Dice, guide: GuideText) -> GuideText:
    """Grey words across the page, flat or slanted; each section on which they stand may say that they are set aside."""
    mark = Watermark(dice.pick(_MARKS), dice.pick((0, 30, 45)), dice.pick((3, 3, 1, 1.3)))
    sections = {section["number"] for section in guide.truth["sections"]}
    return replace(guide.with_document(watermark=mark), may_warn=guide.may_warn | sections | {None})
