"""Guides with a known truth: a handful in each year's style is read, and every value is the true one.

tests/drift makes the guides; its own tests stand beside it. Many more are read by `make drift`.
"""

from __future__ import annotations

import pytest

from tests.drift.run import scored

pytestmark = pytest.mark.slow

SEEDS = {
    "2017": (3, 24),
    "2018": (6, 7),
    "2019": (0, 19),
    "2020": (3, 7),
    "2021": (0, 9),
    "hmt": (18, 7),
    "2023": (4, 2),
    "2025": (5, 17),
    "any": (1, 8),
}
READ = [(seed, style) for style, seeds in SEEDS.items() for seed in seeds]
AS_TEXT = READ[::2]


@pytest.mark.parametrize(("seed", "style"), READ)
def test_the_record_is_the_truth(seed: int, style: str) -> None:
    found = scored(seed, style, text=False)
    assert (found.silent, found.told, found.noise) == ([], [], [])


@pytest.mark.parametrize(("seed", "style"), AS_TEXT)
def test_the_record_of_plain_text_is_the_truth(seed: int, style: str) -> None:
    found = scored(seed, style, text=True)
    assert (found.silent, found.told, found.noise) == ([], [], [])
