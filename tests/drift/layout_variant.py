"""How a guide is drawn: every knob of the typesetter at random, within what can be drawn and read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from fontTools.ttLib import TTFont

from tests.drift.supply.seeded_random import Dice
from tests.typeset.draw import FONT
from tests.typeset.layout import Paragraph, pages_from_paragraphs, paragraphs
from tests.typeset.style import Style

FOOTERS = (None, None, "— {n} —", "- {n} -", "{n}", "第{n}页", "·{n}·")
_AUTHORS_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def variant(dice: Dice) -> Style:
    """A style at random; without indents only now and then."""
    measure = dice.between(24, 40)
    embedded = dice.chance(0.8)
    return Style(
        copies=dice.pick((1, 2, 3, 4, 4, 5)),
        by=dice.pick(("run", "run", "glyph", "layer")),
        spread=dice.pick((0.0, 0.24, 0.48, 0.9, 1.2)),
        bold=dice.pick(("fake", "fake", "fake", "stroke", "real" if embedded else "stroke")),
        embedded=embedded,
        footer=dice.pick(FOOTERS),
        measure=measure,
        size=min(dice.pick((10.5, 12, 14, 16)), int(550 / measure * 10) / 10),
        indent=dice.pick((2, 2, 2, 2, 1, 3, 4, 0)),
    )


def drawable(dice: Dice, style: Style, content: Sequence[Paragraph]) -> Style:
    """The style, without embedding where the font lacks a character, and with no author's space at a line's end."""
    text = "".join(run.text for paragraph in content for run in paragraph.runs)
    if not set(map(ord, text)) <= _characters():
        style = replace(style, embedded=False, bold="stroke" if style.bold == "real" else style.bold)
    wanted = len(_AUTHORS_SPACE.findall(text))
    for measure in dice.some(range(24, 41), 17):
        again = ["".join(run.text for run in one.runs) for one in paragraphs(pages_from_paragraphs(content, style))]
        if sum(len(_AUTHORS_SPACE.findall(one)) for one in again) == wanted:
            break
        style = replace(style, measure=measure, size=min(style.size, int(550 / measure * 10) / 10))
    return style


@cache
def _characters() -> frozenset[int]:
    """What the embedded font can draw."""
    return frozenset(TTFont(FONT).getBestCmap())
