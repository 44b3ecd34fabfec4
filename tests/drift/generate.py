"""From a seed and a year's style to a guide: its paragraphs, how it is drawn, and its true record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.drift.fields.declared import declared_duration
from tests.drift.fields.heading import Title, tail, title
from tests.drift.fields.introduction import introduction
from tests.drift.fields.requirements import lifted
from tests.drift.fields.section import body
from tests.drift.guide_plan import Setting, closing, opening, section_lines
from tests.drift.guide_style import Manner, manner
from tests.drift.layout_variant import drawable, variant
from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.layout_space import spacing
from tests.drift.supply.numbering import Place, places
from tests.drift.supply.numerals import chinese
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool
from tests.typeset.layout import Page, Paragraph, pages_from_paragraphs
from tests.typeset.style import Style


@dataclass(frozen=True)
class Invented:
    """A guide that was made up, as pages to draw and as the record that a careful reader would write.

    `content` has the paragraphs of the pages, each with the number of its section, None for what stands in no section.
    """

    seed: int
    name: str
    content: tuple[tuple[str | None, Paragraph], ...]
    pages: tuple[Page, ...]
    style: Style
    truth: Value


def invent(seed: int, style: str, *, count: int | None = None, rules: Mapping[str, Any] | None = None) -> Invented:
    """The guide of this seed in this year's style, with as many sections as such guides have, or with `count`.

    `rules` go before those of the style.
    """
    dice = Dice(seed, style)
    drawn = variant(dice)
    how = manner(dice, style, indented=drawn.indent > 0, rules=rules)
    low, high = how.rules["sections"]
    usual = dice.between(low, high if dice.chance(0.25) else min(high, low + 12))
    duration = declared_duration(dice, how)
    headed = _headed(dice, how, places(dice, how.numbering, count or usual))
    bodies = [body(dice, how, one, duration[1:] if duration else None) for _, one, _ in headed]
    sections = [
        {
            "id": f"{how.key}/{place.number}",
            "number": place.number,
            "title": one.words,
            "partners": list(one.partners),
            **lifted(parts.fields, "requirements"),
            "other": list(parts.other),
        }
        for (place, one, _), parts in zip(headed, bodies, strict=True)
    ]
    start = introduction(dice, how, sections, duration)
    setting = Setting(dice, how, spacing(dice), bold_labels=drawn.bold != "real" and dice.chance(0.15))
    content: list[tuple[str | None, Paragraph]] = [(None, one) for one in opening(setting, start.paragraphs)]
    chapters = start.chapters
    for (place, one, above), parts in zip(headed, bodies, strict=True):
        if place.chapter:
            chapters += 1
            content.append((None, Paragraph(f"{chinese(chapters)}、{dice.pick(pool('introduction')['further'])}")))
        lines = section_lines(setting, place, one.words, above, parts)
        group = 1 if above and place.group else 0
        content += [(None, line) for line in lines[:group]] + [(place.number, line) for line in lines[group:]]
    content += [(None, one) for one in closing(setting)]
    everything = [line for _, line in content]
    final = drawable(dice, drawn, everything)
    truth = {"guide": start.facts, "sections": sections}
    return Invented(seed, style, tuple(content), pages_from_paragraphs(everything, final), final, truth)


def _headed(dice: Dice, how: Manner, where: list[Place]) -> list[tuple[Place, Title, str | None]]:
    """Each place with its title, and the heading of the group that begins there; a group may name the partner for all."""
    found: list[tuple[Place, Title, str | None]] = []
    partner: Title | None = None
    for place in where:
        above = None
        if place.group:
            partner = title(dice, "and", how.year) if dice.chance(0.4) else None
            above = partner.words if partner else dice.pick(pool("partners")["tails"]["groups"])
        if place.below and partner:
            one = Title(tail(dice, "below", how.year), partner.partners, partner.partner)
        else:
            one = title(dice, dice.pick(how.rules["forms"]), how.year)
        found.append((place, one, above))
    return found
