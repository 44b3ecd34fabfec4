"""Made-up calls of each family: what their chapters say is read, as Word files and as pages."""

from __future__ import annotations

import pytest

from tests.drift.calls import CALLS
from tests.drift.cases import cases
from tests.drift.produced_run import run_produced
from tests.drift.producers import PRODUCERS

PER_PRODUCER = {"docx": 6, "typst": 3, "chromium": 3, "libreoffice": 3}
FEATURES = ("plain", "scripts", "indents")


@pytest.mark.parametrize("producer", PER_PRODUCER)
@pytest.mark.parametrize("family", CALLS)
def test_calls_have_no_silent_error(family: str, producer: str) -> None:
    if missing := PRODUCERS[producer].missing():
        pytest.skip(missing)
    work = cases(PER_PRODUCER[producer], 500, [producer], FEATURES, alone=False, styles=(family,))
    found = run_produced(work, 1)
    assert [row for _, score in found for row in score.silent] == []
    whole = [score.whole for _, score in found]
    assert sum(tally.right for tally in whole) >= 0.97 * sum(tally.all for tally in whole)
