"""The guide of 2017 drawn in many ways: the same values from each, whichever reader reads."""

import json
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest

from extract.export.json import dumps
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.pull import pull
from extract.repair import repair
from tests.end_to_end.test_guide_2017 import from_pdf, plain, values
from tests.typeset.facsimile import facsimile
from tests.typeset.style import Style

pytestmark = pytest.mark.slow

# Every number of copies in every order and spread; what else can vary goes round beside them.
_LAYOUT: tuple[dict[str, Any], ...] = (
    {"measure": 28, "size": 16},
    {"measure": 33, "size": 12, "footer": "— {n} —"},
    {"measure": 24, "size": 14, "footer": "- {n} -"},
    {"measure": 40, "size": 10.5, "footer": "{n}"},
    {"measure": 25, "size": 16, "footer": "— {n} —", "indent": 2},
)
_COPIES = product((2, 3, 4, 5), ("run", "glyph", "layer"), (0, 0.48, 1.2))
VARIANTS = [
    *(
        Style(copies=copies, by=by, spread=spread, **layout)  # type: ignore[arg-type]
        for (copies, by, spread), layout in zip(_COPIES, cycle(_LAYOUT), strict=False)
    ),
    Style(copies=1),
    Style(bold="stroke", footer="— {n} —"),
    Style(bold="stroke", measure=40, size=10.5),
    Style(bold="real", footer="- {n} -", measure=25),
    Style(bold="real", footer="{n}", size=12),
    Style(copies=1, embedded=False, size=14),
    Style(copies=4, embedded=False, footer="— {n} —"),
    Style(copies=3, by="glyph", embedded=False, measure=33, size=12, footer="{n}"),
]
_SAME = ("guide", "sections", "findings")


@pytest.mark.parametrize("style", VARIANTS, ids=repr)
def test_the_guide_drawn_otherwise_has_the_same_values(style: Style, tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(facsimile(style))
    want = plain(from_pdf())
    pulled = pull(file)
    assert pulled.witness is not None
    for one in (pulled, pulled.witness):
        got = json.loads(dumps(assemble(one, repair(one), load_profile())))
        for key in _SAME:
            assert values(got[key]) == values(want[key]), one.reader
        outcomes = {check["code"]: check["outcome"] for check in got["checks"]}
        expected = {check["code"]: check["outcome"] for check in want["checks"]}
        # Not asked where one reads alone, where nothing was printed twice, and where nothing is set aside.
        unasked = dict.fromkeys(("readers-agree", "copies-fold", "excluded-in-ink"), "proved")
        assert {**unasked, **outcomes} == expected, one.reader
        assert got["account"]["unclaimed"] == 0
