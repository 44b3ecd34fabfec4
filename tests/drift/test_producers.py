"""Guides that real programs set: a small sample of what `make drift-producers` reads."""

from __future__ import annotations

import pytest

from tests.drift.cases import Case, cases, made
from tests.drift.features import FEATURES
from tests.drift.produced_report import produced_report
from tests.drift.produced_run import run_produced
from tests.drift.producers import PRODUCERS

HELD = [name for name, feature in FEATURES.items() if feature.held]
GUIDES, SEED = 4, 1


@pytest.mark.slow
@pytest.mark.parametrize("producer", PRODUCERS)
def test_guides_that_a_program_sets_are_read_right(producer: str) -> None:
    if reason := PRODUCERS[producer].missing():
        pytest.skip(reason)
    found = run_produced(cases(GUIDES, SEED, [producer], HELD, alone=True), 1)
    right = [score.whole.right == score.whole.all and not score.silent + score.told + score.noise for _, score in found]
    assert all(right), produced_report(found, SEED)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_guide_is_the_same_twice_and_its_truth_stands_before_it_is_drawn(feature: str) -> None:
    case = Case(3, "2018", "typst", (feature,))
    assert made(case) == made(case)


def test_each_feature_leads_in_its_turn() -> None:
    names = list(FEATURES)
    for producer in PRODUCERS:
        drawable = [name for name in names if producer not in FEATURES[name].not_by]
        work = cases(len(drawable), 0, [producer], names, alone=True)
        assert [case.features for case in work] == [(name,) for name in drawable]
