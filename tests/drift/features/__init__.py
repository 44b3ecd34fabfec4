"""What real documents have beside their text, each drawn at random with what it changes in the truth.

A feature is a function from a guide to a guide: it changes the document and the truth before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

Apply = Callable[[Dice, GuideText], GuideText]


def _unchanged(_: Dice, guide: GuideText) -> GuideText:
    return guide


@dataclass(frozen=True)
class Feature:
    """How a guide gets it; what has to hold in the guide's style; who cannot draw it; whether the program reads it today."""

    apply: Apply = _unchanged
    rules: Mapping[str, Any] = field(default_factory=dict)
    not_by: tuple[str, ...] = ()
    held: bool = False


FEATURES: dict[str, Feature] = {
    "plain": Feature(held=True),
}
