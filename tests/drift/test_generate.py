"""The generator: the same from the same seed, the shape of a reading, and all that each year's style should have."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from extract.model.fields import FIELDS
from extract.model.record import GuideFacts, Section
from extract.model.values import RequirementKind
from tests.drift.__main__ import show
from tests.drift.generate import Invented, invent
from tests.drift.guide_style import STYLES
from tests.typeset.draw import draw

pytestmark = pytest.mark.slow

Value = dict[str, Any]


@cache
def invented(style: str, count: int = 20) -> tuple[Invented, ...]:
    return tuple(invent(seed, style) for seed in range(count * 2 if style == "any" else count))


@cache
def sections(style: str) -> tuple[Value, ...]:
    return tuple(section for guide in invented(style) for section in guide.truth["sections"])


@pytest.mark.parametrize("style", STYLES)
def test_the_same_seed_gives_the_same_guide(style: str) -> None:
    one, other = invent(7, style), invent(7, style)
    assert one == other
    assert draw(one.pages, one.style) == draw(other.pages, other.style)
    assert invent(8, style) != one


KEYS = {
    "guide": ["title", "programme", "year", "batch", "declared", "common", "conditions", "previous", "basis"],
    "section": ["id", "number", "title", "partners", *FIELDS, "conditions", "other"],
}


def test_the_truth_has_the_shape_of_a_record_without_evidence() -> None:
    for style in STYLES:
        for guide in invented(style):
            assert list(guide.truth) == ["guide", "sections"]
            assert list(guide.truth["guide"]) == KEYS["guide"]
            stated = {name: field for name, field in guide.truth["guide"]["common"].items() if field is not None}
            msgspec.convert(guide.truth["guide"] | {"common": stated}, GuideFacts)
            for section in guide.truth["sections"]:
                assert list(section) == KEYS["section"]
                msgspec.convert(section, Section)


def test_the_words_of_the_truth_stand_in_the_guide() -> None:
    for style in STYLES:
        for guide in invented(style)[:8]:
            printed = "".join(run.text for page in guide.pages for line in page.lines for run in line.runs)
            printed = printed.replace(" ", "")
            for section in guide.truth["sections"]:
                texts = [section["title"], *(section[name]["text"] or "" for name in FIELDS)]
                assert all(text.replace(" ", "") in printed for text in texts)


HEADINGS: dict[str, Callable[[Value], bool]] = {
    "third level": lambda one: one["number"].count(".") == 2,
    "rolls over": lambda one: one["number"] == "2.0",
    "no number": lambda one: "." not in one["number"],
    "short": lambda one: one["title"].startswith("中美"),
    "completed in brackets": lambda one: one["title"][2:3] == "（" and not one["partners"][0]["subdivision"],
    "whole": lambda one: one["title"].startswith(
        ("中国日本", "中国法国", "中国印度", "中国意大利", "中国新西兰", "中国希腊")
    ),
    "和": lambda one: one["title"].startswith("中国和"),
    "与": lambda one: one["title"].startswith("中国与"),
    "—": lambda one: one["title"].startswith("中国—"),
    "province": lambda one: any(partner["subdivision"] for partner in one["partners"]),
    "agency": lambda one: any(partner["agency"] for partner in one["partners"]),
    "group": lambda one: one["partners"][0]["kind"] == "group",
    "region": lambda one: one["partners"][0]["code"] in ("AFRICA", "ARAB", "CEEC", "LAC"),
    "organisation": lambda one: one["partners"][0]["kind"] == "organisation",
    "UN body": lambda one: one["title"].startswith("中国与联合国"),
    "内地与": lambda one: one["title"].startswith("内地与香港"),
    "two partners": lambda one: len(one["partners"]) > 1,
    "quotes": lambda one: "“" in one["title"],
    "long": lambda one: len(one["title"]) > 36,
}
WANTED = {
    "2017": {"short", "completed in brackets", "whole", "province", "group", "—"},
    "2018": {"third level", "rolls over", "和", "whole", "agency", "UN body", "内地与"},
    "2019": {"rolls over", "与", "agency", "organisation", "region", "quotes", "内地与"} - {"内地与"},
    "2020": {"third level", "和", "agency", "organisation", "long"},
    "2021": {"rolls over", "two partners", "region", "agency"},
    "hmt": {"内地与", "no number", "long", "quotes"},
    "2023": {"third level", "quotes", "group", "agency", "和"},
    "2025": {"no number", "third level", "quotes", "long", "organisation"},
    "any": set(HEADINGS),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_has_the_headings_of_its_year(style: str) -> None:
    found = {name for name, holds in HEADINGS.items() if any(holds(section) for section in sections(style))}
    assert found >= WANTED[style]
    if style != "any":
        assert found != set(HEADINGS)


def test_every_kind_of_value_is_made() -> None:
    made = [section for style in STYLES for section in sections(style)]
    counts = [one["project_count"]["value"] for one in made if one["project_count"]["value"]]
    moneys = [one["funding"]["value"] for one in made if one["funding"]["value"]]
    topics = [one["fields"]["value"] for one in made if one["fields"]["value"]]
    asked = [item for one in made if one["requirements"]["value"] for item in one["requirements"]["value"]["items"]]
    for values in (counts, moneys):
        assert {(one["min"] is None, one["max"] is None) for one in values} >= {(False, False), (True, False)}
        assert {one["approximate"] for one in values} == {True, False}
        assert any(one["tracks"] for one in values)
    assert any(one["per"] for one in counts)
    assert any(one["per_project"] and one["max"] is None for one in moneys)
    assert any(one["per_project"] and one["max"] for one in moneys)
    assert any(one["unrestricted"] for one in topics)
    assert any(one["open_ended"] for one in topics)
    assert any(one["lead"] for one in topics)
    assert any(below["items"] for one in topics for item in one["items"] for below in item["items"])
    assert {kind for item in asked for kind in item["kinds"]} == set(get_args(RequirementKind))
    assert {one["duration"]["status"] for one in made} == {"stated", "inherited", "absent"}
    assert {one["requirements"]["status"] for one in made} == {"stated", "none", "absent"}
    assert any(one["other"] for one in made)


def test_every_style_has_a_year_of_its_own_and_its_titles() -> None:
    facts = {style: [guide.truth["guide"] for guide in invented(style)] for style in STYLES}
    assert len({one["year"] for one in facts["any"]}) > 6
    assert {one["batch"] for one in facts["any"]} == {None, 1, 2}
    for style in set(STYLES) - {"any"}:
        assert len({(one["year"], one["batch"], one["programme"]) for one in facts[style]}) == 1
    assert any(one["previous"] for one in facts["2017"])
    assert any(len(one["basis"]) > 2 for one in facts["2018"])
    assert {name for style in STYLES for one in facts[style] for name, value in one["declared"].items() if value} == {
        "partners", "directions", "projects", "funding",
    }  # fmt: skip
    assert {one["common"]["duration"] is None for style in STYLES for one in facts[style]} == {True, False}


def test_every_knob_of_the_typesetter_is_turned() -> None:
    styles = [guide.style for style in STYLES for guide in invented(style)]
    assert {one.copies for one in styles} == {1, 2, 3, 4, 5}
    assert {one.by for one in styles} == {"run", "glyph", "layer"}
    assert {one.bold for one in styles} == {"fake", "stroke", "real"}
    assert {one.embedded for one in styles} == {True, False}
    assert {one.indent for one in styles} == {0, 1, 2, 3, 4}
    assert len({one.footer for one in styles}) == 6
    assert len({one.measure for one in styles}) > 12


def test_one_guide_is_shown_with_its_truth(tmp_path: Path) -> None:
    show(3, "2018", tmp_path / "guide.pdf")
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "guide.json").read_text("utf-8")) == invent(3, "2018").truth
