"""What stands before the title: contents, the notice that issues the guide, a red head."""

from __future__ import annotations

from dataclasses import replace

from tests.drift.document import Kind, Paragraph, Run
from tests.drift.fields.notice import announce
from tests.drift.guide_text import GuideText
from tests.drift.supply.layout_space import spacing
from tests.drift.supply.seeded_random import Dice

_ISSUERS = (("科学技术部文件", "国科发资"), ("科学技术部办公厅文件", "国科办资"))


def contents(dice: Dice, guide: GuideText) -> GuideText:
    """A page with the headings, dots and pages."""
    headings = [one.text for one in guide.document.paragraphs if one.kind == "heading"]
    page, lines = 1, []
    for heading in headings:
        page += dice.chance(0.4)
        lines.append(_paragraph(f"{heading}\t{page}", "contents"))
    return _before(guide, [_paragraph(dice.pick(("目录", "目　录", "目 录")), "centred"), *lines], new_page=True)


def red_head(dice: Dice, guide: GuideText) -> GuideText:
    """Who issues the guide in large red type, the document's number, then the title on the same page.

    A notice has a head of its own.
    """
    if any(one.kind == "announcement" for one in guide.document.paragraphs):
        return guide
    issuer, series = dice.pick(_ISSUERS)
    return _before(guide, _head(dice, guide, issuer, series), new_page=False)


def notice(dice: Dice, guide: GuideText) -> GuideText:
    """The notice that issues the guide, and the guide on a page of its own."""
    facts = guide.truth["guide"]
    told = announce(dice, facts["title"], facts["year"], spacing(dice))
    changed = _before(guide, [_paragraph(words, kind) for kind, words in told.lines], new_page=True)
    open_for = frozenset({None}) if told.is_open else frozenset()
    return replace(
        changed,
        truth={**changed.truth, "guide": {**facts, "document": told.document}},
        may_warn=guide.may_warn | open_for,
        must_warn=guide.must_warn | open_for,
    )


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
