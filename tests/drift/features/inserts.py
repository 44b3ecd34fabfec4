"""What is put into a guide: a table between the paragraphs, a comment on the page."""

from __future__ import annotations

from dataclasses import replace

from tests.drift.document import Comment, Paragraph, Table
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_PEOPLE = ("王老师", "李老师", "张老师", "刘老师")
_DEPARTMENTS = ("欧洲处", "美洲处", "亚非处", "综合处", "港澳台处")


def table(dice: Dice, guide: GuideText) -> GuideText:
    """A table of contacts at the end of the introduction."""
    rows = [("序号", "联系部门", "联系人", "联系电话")]
    for number in range(1, dice.between(2, 5) + 1):
        phone = f"010-588{dice.between(10000, 99999)}"
        rows.append((str(number), dice.pick(_DEPARTMENTS), dice.pick(_PEOPLE), phone))
    blocks = guide.document.blocks
    at = next(at for at, one in enumerate(blocks) if isinstance(one, Paragraph) and one.section)
    changed = guide.with_document(blocks=(*blocks[:at], Table(tuple(rows)), *blocks[at:]))
    return replace(changed, may_warn=changed.may_warn | {None})


def comment(dice: Dice, guide: GuideText) -> GuideText:
    """A visible note beside the heading of a section, which corrects it."""
    section = dice.pick(guide.truth["sections"])["number"]
    words = dice.pick(("更正：5个项目", "经费改为900万元", "此项已取消", "以补充通知为准"))
    comments = (*guide.document.comments, Comment(words, section))
    changed = guide.with_document(comments=comments)
    return replace(changed, may_warn=changed.may_warn | {section}, must_warn=changed.must_warn | {section})
