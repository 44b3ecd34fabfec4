"""How the text is set: indents, headings, columns, line numbers."""

from __future__ import annotations

from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice


def headings(dice: Dice, guide: GuideText) -> GuideText:
    """Headings at the margin, in the middle, or with their further lines set in."""
    return guide.with_look(heading=dice.pick(("flush", "flush", "centred", "hanging")))


def indents(dice: Dice, guide: GuideText) -> GuideText:
    """First lines set in by any width, or all the other lines in their place."""
    if not guide.indented:
        return guide
    indent, hanging = dice.pick(((1, 0), (1.5, 0), (3, 0), (4, 0), (0, 2)))
    return guide.with_look(indent=indent, hanging=hanging)


def columns(dice: Dice, guide: GuideText) -> GuideText:
    """Two columns below the title."""
    return guide.with_look(columns=2, size=dice.pick((9, 10.5)), margin=56)


def line_numbers(dice: Dice, guide: GuideText) -> GuideText:
    """A number in the margin of each line."""
    return guide.with_look(line_numbers=dice.pick(("left", "left", "right")))
