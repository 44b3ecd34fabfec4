"""What stands around the text: heads and feet, what a browser prints, watermarks; and lines that only look like feet."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tests.drift.document import Furniture, Paragraph, Watermark
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_HEADS = ("国家重点研发计划", "科技部文件", "内部资料 注意保管", "政府间国际科技创新合作重点专项")
_FEET = ("{n}", "— {n} —", "- {n} -", "第{n}页", "第 {n} 页 共 {total} 页", "{n}/{total}", "·{n}·")
_ADDRESSES = (
    "https://service.most.gov.cn/kjjh_tztg_all/20180112/2345.html",
    "http://www.example.org/zbgg/t20200305_12.htm",
)
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
    return guide.with_document(head=head, foot=foot or (None if head else Furniture(centre="{n}"))).with_look(**small)


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
    changed = guide.with_document(head=dice.pick((head, head, None)), foot=dice.pick((foot, foot, None)))
    return changed if told in _HEADS else replace(changed, may_warn=changed.may_warn | {None})


def _split(dice: Dice, guide: GuideText) -> Furniture:
    return Furniture(left=dice.pick(_HEADS), right=f"{guide.truth['guide']['year']}年度项目申报指南")


def browser_print(dice: Dice, guide: GuideText) -> GuideText:
    """Date and title above, address and page below."""
    when = f"{guide.truth['guide']['year']}/{dice.between(1, 12)}/{dice.between(1, 28)} {dice.between(8, 23)}:{dice.between(10, 59)}"
    titles = (guide.truth["guide"]["title"], "项目申报指南-中国科技网", "通知公告")
    title = dice.pick([words for words in titles if len(words) <= LONGEST])
    head, foot = Furniture(left=when, centre=title), Furniture(left=dice.pick(_ADDRESSES), right="{n}/{total}")
    return guide.with_document(head=head, foot=foot).with_look(size=dice.pick((10.5, 12)))


def repeated_last_lines(dice: Dice, guide: GuideText) -> GuideText:
    """A section to a page, so that every page of them ends with the same words."""
    blocks = guide.document.blocks
    kinds = ["", *(one.kind if isinstance(one, Paragraph) else "" for one in blocks)]
    first = [kind == "heading" and before != "heading" for before, kind in pairwise(kinds)]
    changed = (
        replace(one, starts_page=True) if starts and isinstance(one, Paragraph) else one
        for one, starts in zip(blocks, first, strict=True)
    )
    return guide.with_document(blocks=tuple(changed))


def watermark(dice: Dice, guide: GuideText) -> GuideText:
    """Grey words across the page, flat or slanted; each section on which they stand may say that they are set aside."""
    mark = Watermark(dice.pick(_MARKS), dice.pick((0, 30, 45)), dice.pick((3, 3, 1, 1.3)))
    sections = {section["number"] for section in guide.truth["sections"]}
    return replace(guide.with_document(watermark=mark), may_warn=guide.may_warn | sections | {None})
