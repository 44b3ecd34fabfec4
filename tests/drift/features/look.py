"""How the text is set: indents, headings and their numbers, columns, line numbers."""

from __future__ import annotations

from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_NUMBERED_GUTTER = 24  # points


def headings(dice: Dice, guide: GuideText) -> GuideText:
    """Headings at the margin, in the middle, or with their further lines set in."""
    return guide.with_look(heading=dice.pick(("flush", "flush", "centred", "hanging")))


def automatic(dice: Dice, guide: GuideText) -> GuideText:
    """Numbers of headings that Word counts."""
    return guide.with_look(automatic=dice.pick(("flat", "levels")))


def indents(dice: Dice, guide: GuideText) -> GuideText:
    """First lines set in by any width, or all the other lines in their place."""
    if not guide.indented:
        return guide
    indent, hanging = dice.pick(((1, 0), (1.5, 0), (3, 0), (4, 0), (0, 2)))
    return guide.with_look(indent=indent, hanging=hanging)


def labels(dice: Dice, guide: GuideText) -> GuideText:
    """Labels in a column of their own, on lines of their own, or in boxes, in type and lines of any size."""
    return guide.with_look(
        labels=dice.pick(("beside", "above", "boxed")),
        size=dice.pick((9, 10.5, 12, 14)),
        margin=dice.pick((48, 64, 80)),
        leading=dice.pick((1.2, 1.5, 1.8)),
        justified=dice.chance(0.5),
    )


def columns(dice: Dice, guide: GuideText) -> GuideText:
    """Two or three columns, of one width or not, below the title, below each heading, or with everything in them."""
    columns = dice.pick((2, 2, 3))
    return guide.with_look(
        columns=columns,
        size=dice.pick((9, 10.5)) if columns == 2 else 9,
        margin=dice.pick((48, 56)) if columns == 2 else 40,
        first_column=dice.pick((1, 1, 1, 0.7, 1.5)) if columns == 2 else 1,
        gutter=dice.pick((14, 18, 24)),
        gutter_rule=dice.chance(0.3),
        spanning=dice.pick(("title", "title", "headings", "nothing")),
    )


def line_numbers(dice: Dice, guide: GuideText) -> GuideText:
    """A number in the margin of each line; between columns there is room for it."""
    look = guide.document.look
    return guide.with_look(line_numbers=dice.pick(("left", "left", "right")), gutter=max(look.gutter, _NUMBERED_GUTTER))
