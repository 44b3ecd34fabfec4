"""Guides that real programs set: a small sample of what `make drift-producers` reads."""

from __future__ import annotations

import pytest

from tests.drift.cases import cases
from tests.drift.features import FEATURES
from tests.drift.produced_report import produced_report
from tests.drift.produced_run import run_produced
from tests.drift.producers import PRODUCERS

HELD = [name for name, feature in FEATURES.items() if feature.held]
SEED = 346
"""Of guides without 〈〉: Chromium writes these as U+2329 and U+232A, which are not read as the same yet."""


@pytest.mark.slow
@pytest.mark.parametrize("producer", PRODUCERS)
def test_guides_that_a_program_sets_are_read_right(producer: str) -> None:
    if reason := PRODUCERS[producer].missing():
        pytest.skip(reason)
    found = run_produced(cases(max(4, len(HELD)), SEED, [producer], HELD, alone=True), 1)
    right = [score.whole.right == score.whole.all and not score.silent + score.told + score.noise for _, score in found]
    assert all(right), produced_report(found, SEED)
