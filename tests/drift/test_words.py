"""The words and how they are printed: pools, numerals, layout space, plain text."""

from __future__ import annotations

from typing import get_args

from extract.model.values import RequirementKind
from tests.drift.plaintext import dumped
from tests.drift.supply.layout_space import Spacing, spaced
from tests.drift.supply.numerals import chinese, decimal_yi
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool
from tests.typeset.layout import Line, Page, Run
from tests.typeset.style import Style


def test_the_pool_of_requirements_is_large_and_has_every_kind() -> None:
    words = pool("requirements")
    rows, kinds = [*words["point"], *words["pair"]], get_args(RequirementKind)
    assert len(rows) >= 60
    assert {kind for row in rows for kind in row["kinds"]} == set(kinds) - {"duration"}
    for row in rows:
        assert row["kinds"] == sorted(row["kinds"], key=kinds.index)
        assert "。" not in row["text"] or row in words["pair"]


def test_topics_hold_no_separator_that_would_cut_them() -> None:
    words = pool("topics")
    assert not [name for name in words["names"] if set("、，；。：（") & set(name)]
    assert not [name for name in words["compound"] if "；" in name]


def test_numerals() -> None:
    assert [chinese(n) for n in (1, 10, 12, 20, 105, 120, 2000, 2050)] == [
        "一", "十", "十二", "二十", "一百零五", "一百二十", "二千", "二千零五十",
    ]  # fmt: skip
    assert [decimal_yi(n) for n in (257_800_000, 100_000_000, 5_000_000)] == ["2.578", "1", "0.05"]


def test_layout_space_stands_only_beside_digits_and_latin() -> None:
    words = "不超过6个LED（工业4.0）项目"
    assert spaced(words, Dice(1, "x"), Spacing(1, 0)) == "不超过 6个 LED（工业 4.0）项目"
    assert spaced(words, Dice(1, "x"), Spacing(1, 1)) == "不超过 6 个 LED（工业 4.0）项目"
    assert spaced(words, Dice(1, "x"), Spacing(0, 0)) == words


def test_plain_text_repeats_headings_as_they_are_printed() -> None:
    heading = Line((Run("1", True), Run(".1", True), Run("中美", True)), "heading")
    page = Page((heading, Line((Run("合作协议", True), Run("：无。")), "body")), "— 3 —")
    assert dumped([page], Style(copies=3)) == "— 3 —\n111.1.1.1中美中美中美\n合作协议：无。\n"
    assert dumped([page], Style(copies=2, by="glyph")) == "— 3 —\n11..11中中美美\n合作协议：无。\n"
    assert dumped([page, page], Style(copies=4, bold="real", footer="{n}")).startswith(
        "1\n1.1中美\n合作协议：无。\n\f2\n"
    )
