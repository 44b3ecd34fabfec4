"""What stands behind the sections and is no part of the guide: further annexes, as the conditions of a formal check."""

from __future__ import annotations

from dataclasses import replace

from tests.drift.document import Kind, Paragraph, Run
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool


def annexes(dice: Dice, guide: GuideText) -> GuideText:
    """One annex or two, each on a page of its own, with a mark or without; the last may be followed by whom to ask."""
    added: list[Paragraph] = []
    is_marked, facts = dice.chance(0.7), guide.truth["guide"]
    for number, annex in enumerate(dice.some(pool("annexes")["annex"], dice.between(1, 2)), 2):
        title = dice.pick(annex["titles"]).format(title=facts["title"], year=facts["year"])
        lines: list[tuple[Kind, str]] = [("flush", f"附件{number}")] if is_marked else []
        lines += [("centred", title), *(("body", words) for words in annex["lines"])]
        paragraphs = [_paragraph(kind, words) for kind, words in lines]
        added += [replace(paragraphs[0], starts_page=True), *paragraphs[1:]]
    return guide.with_document(blocks=(*guide.document.blocks, *added))


def _paragraph(kind: Kind, words: str) -> Paragraph:
    return Paragraph((Run(words),), kind)
