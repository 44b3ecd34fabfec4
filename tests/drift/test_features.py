"""The features: each is the same from the same seed, does what it says, and leaves the truth in the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from extract.model.fields import FIELDS
from tests.drift.cases import Case, cases, guide_of
from tests.drift.compare import compare, refused
from tests.drift.document import Document, Paragraph, Run, Table
from tests.drift.features import FEATURES
from tests.drift.features.notes import with_run
from tests.drift.guide_style import STYLES
from tests.drift.guide_text import GuideText
from tests.drift.producers import PRODUCERS

pytestmark = pytest.mark.slow

SIGNS = {
    "superscript": str.maketrans("0123456789−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}


@cache
def guides(feature: str) -> tuple[GuideText, ...]:
    return tuple(guide_of(Case(seed, STYLES[seed % len(STYLES)], "typst", (feature,))) for seed in range(9))


def meant(document: Document, section: str) -> str:
    """What a careful reader reads in a section: no mark, no struck text, signs for what is raised; or its row's cells."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    rows = (row for table in tables for row, own in zip(table.rows, table.sections, strict=False) if own == section)
    return "".join(cell for row in rows for cell in row).replace(" ", "") + "".join(
        run.text.translate(SIGNS[run.script]) if run.script else run.text
        for paragraph in document.paragraphs
        if paragraph.section == section
        for run in paragraph.runs
        if run.note is None and run.unseen is None and run.change not in ("struck", "deleted")
    ).replace(" ", "")


@pytest.mark.parametrize("feature", FEATURES)
def test_the_same_seed_gives_the_same_guide(feature: str) -> None:
    case = Case(3, "2018", "typst", (feature,))
    assert guide_of(case) == guide_of(case)


@pytest.mark.parametrize("feature", FEATURES)
def test_the_words_of_the_truth_stand_in_their_section(feature: str) -> None:
    for guide in guides(feature):
        for section in guide.truth["sections"]:
            words = meant(guide.document, section["number"])
            own = [field for field in (section[name] for name in FIELDS) if field["status"] in ("stated", "none")]
            for text in [section["title"], *(field["text"] for field in own)]:
                assert text.replace(" ", "") in words


def test_the_words_of_a_notice_stand_above_the_title() -> None:
    for guide in guides("notice"):
        above = list(guide.document.paragraphs)[: kinds(guide).index("title")]
        words = "".join(one.text for one in above if one.kind != "red").replace(" ", "")
        document = guide.truth["guide"]["document"]
        quoted = [document["title"], document["number"] or document["title"], *document["contacts"]]
        assert all(one["text"].replace(" ", "") in words for one in quoted)


def runs(guide: GuideText) -> list[Run]:
    return [run for paragraph in guide.document.paragraphs for run in paragraph.runs]


def kinds(guide: GuideText) -> list[str]:
    return [paragraph.kind for paragraph in guide.document.paragraphs]


DRAWN: dict[str, Callable[[GuideText], Any]] = {
    "scripts": lambda guide: re.search("[₂⁴⁹²₅]", str(guide.truth)) and any(run.script for run in runs(guide)),
    "struck": lambda guide: guide.must_warn and any(run.change == "struck" for run in runs(guide)),
    "tracked": lambda guide: guide.must_warn and any(run.change == "deleted" for run in runs(guide)),
    "hidden": lambda guide: guide.must_warn and any(run.unseen for run in runs(guide)),
    "footnotes": lambda guide: guide.truth["notes"] and any(run.note for run in runs(guide)),
    "marks": lambda guide: len(guide.truth["notes"]) > 1,
    "headings": lambda guide: guide.document.look.heading != "indented",
    "automatic": lambda guide: guide.document.look.automatic and "heading" in kinds(guide),
    "indents": lambda guide: guide.document.look.indent not in (0, 2) or guide.document.look.hanging,
    "labels": lambda guide: guide.document.look.labels,
    "columns": lambda guide: guide.document.look.columns > 1,
    "line_numbers": lambda guide: guide.document.look.line_numbers,
    "table": lambda guide: any(isinstance(block, Table) for block in guide.document.blocks),
    "repeated": lambda guide: sum(one.starts_page for one in guide.document.paragraphs) >= 4,
    "contents": lambda guide: kinds(guide).index("contents") < kinds(guide).index("title"),
    "red_head": lambda guide: kinds(guide).index("red") < kinds(guide).index("title"),
    "notice": lambda guide: guide.truth["guide"]["document"]["period"] and "announcement" in kinds(guide),
    "annexes": lambda guide: any(one.starts_page for one in guide.document.paragraphs),
    "odd_even": lambda guide: guide.document.even_head != guide.document.head,
    "chapters": lambda guide: len({one.head for one in guide.document.paragraphs if one.head}) > 1,
    "rows": lambda guide: any(one.sections for one in guide.document.blocks if isinstance(one, Table)),
    "aligned_rows": lambda guide: any(one.rules != "all" for one in guide.document.blocks if isinstance(one, Table)),
    "furniture": lambda guide: guide.document.head or guide.document.foot,
    "running": lambda guide: guide.document.head or guide.document.foot,
    "browser": lambda guide: guide.document.head and guide.document.foot,
    "watermark": lambda guide: guide.document.watermark,
    "comment": lambda guide: guide.must_warn and guide.document.comments,
}


@pytest.mark.parametrize("feature", [name for name in FEATURES if name != "plain"])
def test_a_feature_is_drawn_in_most_guides(feature: str) -> None:
    assert sum(bool(DRAWN[feature](guide)) for guide in guides(feature)) >= 5


def test_each_feature_leads_in_its_turn_and_others_join_it() -> None:
    names = list(FEATURES)
    for producer in PRODUCERS:
        drawable = [name for name in names if producer not in FEATURES[name].not_by]
        alone = cases(len(drawable), 0, [producer], names, alone=True)
        assert [case.features for case in alone] == [(name,) for name in drawable]
        mixed = cases(60, 0, [producer], names, alone=False)
        assert {len(case.features) for case in mixed} <= {1, 3, 4}
        assert {name for case in mixed for name in case.features} == set(drawable)


@pytest.mark.parametrize("offset", [1, 2, 3, 4])
def test_a_run_is_put_in_where_it_belongs(offset: int) -> None:
    paragraph = with_run(Paragraph((Run("ab", bold=True), Run("cd"))), offset, Run("", note="note"))
    before = [run.text for run in paragraph.runs[: [run.note for run in paragraph.runs].index("note")]]
    assert "".join(before) == "abcd"[:offset]
    assert paragraph.text == "abcd"
    assert all(run.text or run.note for run in paragraph.runs)


def test_a_guide_that_is_refused_has_every_value_wrong() -> None:
    truth = guides("footnotes")[0].truth
    values = refused(truth)
    assert {one.outcome for one in values if one.wanted} <= {"wrong", "unread"}
    assert sum(one.field == "funding" for one in values) == len(truth["sections"])


def test_what_a_notice_says_is_compared_value_by_value() -> None:
    documents = ((guide.truth, guide.truth["guide"]["document"]) for guide in guides("notice"))
    truth, wanted = next((truth, document) for truth, document in documents if document["number"])
    for change, wrong in (
        ({}, {}),
        ({"number": {"text": "国科发资〔1999〕1号"}}, {"document.number": "wrong"}),
        ({"title": None, "issuer": []}, {"document.title": "unread", "document.issuer": "unread"}),
    ):
        values = compare(truth, {**truth, "guide": {**truth["guide"], "document": {**wanted, **change}}})
        assert {one.field: one.outcome for one in values if one.outcome != "right"} == wrong
    none = {**truth, "guide": {**truth["guide"], "document": None}}
    assert [one.field for one in compare(none, truth) if one.outcome != "right"] == ["document"]


def test_notes_are_right_with_their_marks_and_sections_alone() -> None:
    truth = next(guide.truth for guide in guides("marks") if guide.truth["notes"][-1]["section"])
    notes: dict[str | None, list[dict[str, str]]] = {}
    for note in truth["notes"]:
        notes.setdefault(note["section"], []).append({"mark": note["mark"], "text": note["text"]})
    sections = [{**section, "notes": notes.get(section["number"], [])} for section in truth["sections"]]
    record = {"guide": {**truth["guide"], "notes": notes.get(None, [])}, "sections": sections}
    assert [one.outcome for one in compare(truth, record) if one.field == "notes"] == ["right"]
    assert {one.outcome for one in compare(truth, record)} == {"right"}
    next(section for section in sections if section["notes"])["notes"].pop()
    assert [one.outcome for one in compare(truth, record) if one.field == "notes"] == ["wrong"]
