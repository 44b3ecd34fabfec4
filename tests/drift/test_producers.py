"""Guides that real programs set: a small sample of what `make drift-producers` reads."""

from __future__ import annotations

import pytest

from tests.drift.cases import cases
from tests.drift.features import USUAL
from tests.drift.produced_report import produced_report
from tests.drift.produced_run import run_produced
from tests.drift.producers import EXACT, PRODUCERS

NAMES = list(USUAL)
GUIDES, SEED = 5, 2


@pytest.mark.slow
@pytest.mark.parametrize("producer", EXACT)
def test_guides_that_a_program_sets_are_read_right(producer: str) -> None:
    """Producers begin at features of their own, so that the sample has as many as it can."""
    if reason := PRODUCERS[producer].missing():
        pytest.skip(reason)
    first = GUIDES * list(PRODUCERS).index(producer) % len(NAMES)
    found = run_produced(cases(GUIDES, SEED, [producer], [*NAMES[first:], *NAMES[:first]], alone=True), 1)
    right = [score.whole.right == score.whole.all and not score.silent + score.told + score.noise for _, score in found]
    assert all(right), produced_report(found, SEED)
