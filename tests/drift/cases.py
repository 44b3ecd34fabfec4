"""Guides for the producers: which features each has, and the guide itself with its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.profile.files import FAMILY
from tests.drift.calls import CALLS, call_text
from tests.drift.features import FEATURES
from tests.drift.guide_style import STYLES
from tests.drift.guide_text import GuideText, guide_text, notes_of
from tests.drift.supply.seeded_random import Dice

ANNOUNCING = "html"
"""A site announces a guide in words of its own, which nobody compares; so is a letter its own notice."""


_SHARE_ALONE = 3
"""How often a feature that stands alone leads, against the others, of which a guide has three."""


class Case(NamedTuple):
    """All that it takes to make a guide again."""

    seed: int
    style: str
    producer: str
    features: tuple[str, ...]

    @property
    def profile(self) -> str:
        """The profile with which it is read."""
        return self.style if self.style in CALLS else FAMILY

    @property
    def label(self) -> str:
        return f"{self.style} by {self.producer} with {','.join(self.features)}"


def cases(
    guides: int,
    seed: int,
    producers: Sequence[str],
    features: Sequence[str],
    *,
    alone: bool,
    styles: Sequence[str] = STYLES,
) -> list[Case]:
    """So many guides for each producer. Each feature leads in its turn; up to three more join it, unless it is to stand alone."""
    return [
        Case(
            seed + at,
            Dice(seed + at, "style").pick(styles),
            producer,
            _features(seed, at, producer, features, alone=alone),
        )
        for producer in producers
        for at in range(guides)
    ]


def _features(seed: int, at: int, producer: str, names: Sequence[str], *, alone: bool) -> tuple[str, ...]:
    """Features that the producer can draw, in the order of the table: the later ones build on the earlier ones.

    Those that stand alone lead more often, so that as many guides have them as the others.
    """
    drawable = [name for name in names if producer not in FEATURES[name].not_by]
    leads = (
        drawable if alone else [name for name in drawable for _ in range(_SHARE_ALONE if FEATURES[name].alone else 1)]
    )
    lead = leads[at % len(leads)]
    if alone or FEATURES[lead].alone:
        return (lead,)
    dice = Dice(seed + at, f"features of {producer}")
    more = dice.some([name for name in drawable if name != lead and not FEATURES[name].alone], dice.pick((2, 3, 3)))
    return tuple(name for name in FEATURES if name in (lead, *more))


def guide_of(case: Case) -> GuideText:
    """The guide of a case: its text, then one feature after the other."""
    dice = Dice(case.seed, f"{case.style} with {','.join(case.features)}")
    rules = {key: value for name in case.features for key, value in FEATURES[name].rules.items()}
    is_call = case.style in CALLS
    guide = call_text(case.seed, case.style, dice) if is_call else guide_text(case.seed, case.style, dice, rules)
    for name in case.features:
        guide = FEATURES[name].apply(dice, guide)
    says_nothing = case.producer == ANNOUNCING or is_call
    facts = ({} if says_nothing else {"document": None}) | guide.truth["guide"]
    return replace(guide, truth={**guide.truth, "guide": facts, "notes": notes_of(guide.document)})
