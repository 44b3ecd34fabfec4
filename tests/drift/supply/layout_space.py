"""Layout space: what an office suite puts beside digits and Latin letters, and no person wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.drift.supply.seeded_random import Dice

_BEFORE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")
_AFTER = re.compile(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Spacing:
    """How often a space stands before digits and Latin letters, and after them."""

    before: float
    after: float


def spacing(dice: Dice) -> Spacing:
    """A guide's own habit."""
    return Spacing(*dice.pick(((0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (0.4, 0.4), (1.0, 1.0))))


def spaced(words: str, dice: Dice, habit: Spacing) -> str:
    """The words with layout space at random."""
    words = _BEFORE.sub(lambda _: " " if dice.chance(habit.before) else "", words)
    return _AFTER.sub(lambda _: " " if dice.chance(habit.after) else "", words)
