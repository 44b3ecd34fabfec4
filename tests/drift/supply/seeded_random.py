"""Chance from a seed: every choice of a guide, the same for the same seed and style."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """What a generator asks of chance."""

    def __init__(self, seed: int, style: str) -> None:
        self._random = Random(f"{seed}/{style}")

    def pick(self, items: Sequence[T]) -> T:
        return self._random.choice(items)

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """That many different ones, in any order."""
        return self._random.sample(items, min(count, len(items)))

    def between(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def within(self, low: float, high: float) -> float:
        return round(self._random.uniform(low, high), 2)

    def chance(self, share: float) -> bool:
        return self._random.random() < share
