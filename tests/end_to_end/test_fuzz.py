"""Whatever a guide holds: our own error or a whole record, the same each time, and no value without its ink.

A few examples each time, always the same. `FUZZ=2000 pytest tests/end_to_end/test_fuzz.py` tries so many of each kind, others
every time.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.export.json import dumps
from extract.model.record import Guide
from extract.model.stages import Pulled
from extract.pipeline import assemble
from extract.profile.files import load_profile
from extract.pull.plain_text import read_plain_text as read_plain
from extract.repair import repair
from tests.support.broken_guides import CHANGES, ROOT, SOURCES, Change, Source, broken, source, texts, worn
from tests.support.records import prove_outputs, read

pytestmark = pytest.mark.slow

TRIED = int(os.environ.get("FUZZ", "0"))
EXAMPLES = settings(
    max_examples=TRIED or 10,
    derandomize=not TRIED,
    deadline=None,
    print_blob=bool(TRIED),
    suppress_health_check=list(HealthCheck),
)
MADE = re.sub("^@.*\\n|^[=#] ", "", (ROOT / "tests/golden/made_2018/guide.txt").read_text("utf-8"), flags=re.M)[:3000]


def plain(text: str) -> Pulled:
    """A text as the door to plain text hands it out."""
    pages, glyphs, lines, _ = read_plain(text.encode("utf-8", "replace"), "guide.txt")
    return Pulled("guide.txt", "0" * 64, pages, "text", glyphs, lines)


@cache
def drawn(*guide: Any) -> Guide:
    """The record of pages of a real guide."""
    pulled = source(*guide)
    return assemble(pulled, repair(pulled), load_profile())


@cache
def written(text: str) -> Guide:
    pulled = plain(text)
    return assemble(pulled, repair(pulled), load_profile())


def assert_whole(pulled: Pulled, before: Guide) -> None:
    """What was pulled gives our own error, or a whole record, the same each time, and outputs that hold all of it."""
    if found := read(pulled, load_profile()):
        guide, repaired = found
        prove_outputs(guide, pulled, repaired, before)
        assert dumps(assemble(pulled, repair(pulled), load_profile())) == dumps(guide), "the same each time"


@EXAMPLES
@given(st.sampled_from(SOURCES), CHANGES, st.booleans(), st.integers(0, 2))
def test_glyphs_that_nobody_would_draw(guide: Source, changes: list[Change], both: bool, empty: int) -> None:
    assert_whole(broken(source(*guide), changes, both=both, empty=empty), drawn(*guide))


@EXAMPLES
@given(texts())
def test_texts_that_nobody_would_write(text: str) -> None:
    if text.strip() and "\0" not in text:
        assert_whole(plain(text), written(MADE))


@EXAMPLES
@given(worn(MADE))
def test_texts_that_lost_their_lines(text: str) -> None:
    if text.strip():
        assert_whole(plain(text), written(MADE))
