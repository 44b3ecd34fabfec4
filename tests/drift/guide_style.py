"""The manner of a guide: what its year's style leaves open, settled once for the whole guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.drift.fields.duration import Span
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

STYLES = ("2017", "2018", "2019", "2020", "2021", "hmt", "2023", "2025", "any")
ORDINALS = {0: "", 1: "第一批", 2: "第二批", 3: "第三批"}
_BATCHES = ((0, "nowhere"), (1, "title"), (2, "title"), (1, "introduction"), (2, "introduction"))
"""What a style of no year leaves open: the batch, and what says it."""


@dataclass(frozen=True)
class Manner:
    """How one guide says things. `rules` are the tables of its year's style."""

    year: int
    batch: int | None
    says_batch: str
    programme: str
    title: tuple[str, ...]
    numbering: str
    gap: str
    colon: str
    labels: dict[str, str]
    span: Span
    indented: bool
    rules: dict[str, Any]

    @property
    def ordinal(self) -> str:
        return ORDINALS[self.batch or 0]

    @property
    def key(self) -> str:
        """What section ids begin with."""
        return f"{self.year}-{self.batch}" if self.batch else str(self.year)


def manner(dice: Dice, style: str, *, indented: bool, rules: Mapping[str, Any] | None = None) -> Manner:
    """Settle what the style leaves to chance; `rules` go before those of the style."""
    tables = pool("styles")
    rules = {**tables["every"], **tables["style"][style], **(rules or {})}
    year = rules["year"] or dice.between(2016, 2026)
    number: int = rules["batch"]
    batch, says = (number, str(rules["says_batch"])) if rules["year"] else dice.pick(_BATCHES)
    words = {"year": year, "batch": ORDINALS[batch] if says == "title" else ""}
    return Manner(
        year=year,
        batch=batch or None,
        says_batch=says,
        programme=rules["programme"],
        title=tuple(line.format(**words) for line in dice.pick(rules["titles"])),
        numbering=dice.pick([scheme for scheme in rules["numbering"] if indented or scheme != "none"]),
        gap=dice.pick(rules["gap"]),
        colon=":" if dice.chance(0.1) else "：",
        labels={name: dice.pick(rules["labels"].get(name) or known) for name, known in pool("labels").items()},
        span=dice.pick(((2, 3), (2, 3), (3, 3), (1, 2), (2, 2), (1, 3))),
        indented=indented,
        rules=rules,
    )
