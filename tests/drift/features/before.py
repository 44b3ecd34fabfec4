"""What stands before the title: contents, the notice that issues the guide, a red head."""

from __future__ import annotations

from dataclasses import replace

from tests.drift.document import Kind, Paragraph, Run
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_ISSUERS = (("科学技术部文件", "国科发资", "科技部"), ("科学技术部办公厅文件", "国科办资", "科技部办公厅"))


def contents(dice: Dice, guide: GuideText) -> GuideText:
    """A page with the headings, dots and pages."""
    headings = [one.text for one in guide.document.paragraphs if one.kind == "heading"]
    page, lines = 1, []
    for heading in headings:
        page += dice.chance(0.4)
        lines.append(_paragraph(f"{heading}\t{page}", "contents"))
    return _before(guide, [_paragraph(dice.pick(("目录", "目　录", "目 录")), "centred"), *lines], new_page=True)


def red_head(dice: Dice, guide: GuideText) -> GuideText:
    """Who issues the guide in large red type, the document's number, then the title on the same page."""
    issuer, series, _ = dice.pick(_ISSUERS)
    return _before(guide, _head(dice, guide, issuer, series), new_page=False)


def notice(dice: Dice, guide: GuideText) -> GuideText:
    """The notice that issues the guide, and the guide on a page of its own."""
    issuer, series, signed = dice.pick(_ISSUERS)
    year, title = guide.truth["guide"]["year"], guide.truth["guide"]["title"]
    head = _head(dice, guide, issuer, series) if dice.chance(0.5) else []
    month = dice.between(1, 10)
    lines = [
        *head,
        _paragraph(f"{signed}关于发布{title}的通知", "centred"),
        _paragraph("各省、自治区、直辖市及计划单列市科技厅（委、局），各有关单位：", "flush"),
        _paragraph("现将项目申报指南予以发布，请根据指南要求组织项目申报工作。有关事项通知如下。"),
        _paragraph("一、申报单位根据指南支持方向的研究内容以项目形式组织申报，项目负责人应具有高级职称。"),
        _paragraph(f"二、网上填报的受理时间为：{year}年{month}月1日8:00至{month + 1}月8日16:00。"),
        _paragraph(f"附件：1.{title}"),
        _paragraph(signed, "right"),
        _paragraph(f"{year}年{month}月{dice.between(1, 28)}日", "right"),
    ]
    return _before(guide, lines, new_page=True)


def _head(dice: Dice, guide: GuideText, issuer: str, series: str) -> list[Paragraph]:
    number = f"{series}〔{guide.truth['guide']['year']}〕{dice.between(1, 300)}号"
    return [_paragraph(number, "centred"), _paragraph(issuer, "red")][:: dice.pick((1, -1))]


def _paragraph(words: str, kind: Kind = "body") -> Paragraph:
    return Paragraph((Run(words),), kind)


def _before(guide: GuideText, lines: list[Paragraph], *, new_page: bool) -> GuideText:
    first, *rest = guide.document.blocks
    assert isinstance(first, Paragraph)
    changed = guide.with_document(blocks=(*lines, replace(first, starts_page=new_page), *rest))
    return replace(changed, may_warn=changed.may_warn | {None})
