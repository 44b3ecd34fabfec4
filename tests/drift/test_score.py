"""The scorer: what is silent, what is told, what is noise."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.drift.compare import compare
from tests.drift.generate import invent
from tests.drift.guide_style import STYLES
from tests.drift.report import report
from tests.drift.run import jobs
from tests.drift.score import Score, score

Value = dict[str, Any]


def record(truth: Value) -> Value:
    """A record that is the truth, without any finding."""
    return {**copy.deepcopy(truth), "findings": [], "checks": []}


def judged(change: Callable[[Value], None], *, text: bool = False) -> Score:
    """The score of a record that is the truth, but for a change."""
    truth = invent(0, "2017").truth
    got = record(truth)
    change(got)
    return score(compare(truth, got), got, seed=0, style="2017", text=text)


def rows(score: Score) -> tuple[list[tuple[str | None, str]], ...]:
    return tuple([(row.section, row.field) for row in kind] for kind in (score.silent, score.told, score.noise))


def wrong(got: Value) -> None:
    got["sections"][0]["project_count"]["text"] = "another"


def finding(code: str, section: str | None, severity: str = "warning") -> Value:
    return {"code": code, "severity": severity, "message": "…", "section": section}


def check(code: str, *numbers: str) -> Value:
    return {"code": code, "outcome": "contradicted", "message": "…", "sections": list(numbers)}


def test_the_truth_itself_is_right() -> None:
    found = judged(lambda got: None)
    assert rows(found) == ([], [], [])
    assert all(tally.right == tally.all for tally in found.fields.values())


def test_a_wrong_value_is_a_silent_error() -> None:
    found = judged(wrong)
    assert rows(found) == ([("1.1", "project_count")], [], [])
    assert found.fields["project_count"].wrong == 1
    assert found.fields["funding"].wrong == 0
    assert "seed 0 style 2017 · 1.1 · project_count" in report(found)


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_wrong_value_with_a_warning_is_told(severity: str) -> None:
    def change(got: Value) -> None:
        wrong(got)
        got["findings"] = [finding("value-unread", "1.1", severity)]

    assert rows(judged(change)) == ([], [("1.1", "project_count")], [])


@pytest.mark.parametrize("place", [("info", "1.1"), ("warning", "1.2"), ("warning", None)])
def test_what_is_said_elsewhere_or_softly_does_not_tell(place: tuple[str, str | None]) -> None:
    def change(got: Value) -> None:
        wrong(got)
        got["findings"] = [finding("field-absent", place[1], place[0])]

    assert rows(judged(change))[0] == [("1.1", "project_count")]


def test_a_contradicted_check_tells_of_the_sections_that_it_names() -> None:
    def change(got: Value, *numbers: str) -> None:
        wrong(got)
        got["checks"] = [check("numbers-in-ink", *numbers)]

    assert rows(judged(lambda got: change(got, "1.1")))[:2] == ([], [("1.1", "project_count")])
    assert rows(judged(lambda got: change(got, "1.2")))[:2] == ([("1.1", "project_count")], [])


def test_of_a_scan_widths_and_dashes_are_alike_and_figures_are_not() -> None:
    truth = invent(0, "2017").truth
    texts = ("5～10个（ＬＥＤ—Ａ）", "5~10个(LED-A)", "5~10个(LEO-A)", "5~19个(LED-A)")
    for text, same in zip(texts, (True, True, False, False), strict=True):
        got = record(truth)
        truth["sections"][0]["project_count"]["text"] = texts[0]
        got["sections"][0]["project_count"]["text"] = text
        assert all(one.outcome == "right" for one in compare(truth, got, by_ocr=True)) == same
        assert all(one.outcome == "right" for one in compare(truth, got)) == (text == texts[0])


def test_a_lost_section_is_silent_unless_the_guide_says_so() -> None:
    def change(got: Value, *, said: Value | None = None) -> None:
        del got["sections"][1]
        got["findings"] = [said] if said else []

    assert rows(judged(change)) == ([("1.2", "section")], [], [])
    for said in (finding("heading-garbled", None, "error"), finding("label-repeated", "1.1")):
        assert rows(judged(lambda got, said=said: change(got, said=said)))[:2] == ([], [("1.2", "section")])  # type: ignore[misc]
    assert rows(judged(lambda got: change(got, said=finding("value-unread", "1.1"))))[0] == [("1.2", "section")]


def test_a_section_that_nobody_wrote_is_silent() -> None:
    def change(got: Value) -> None:
        got["sections"].append(
            {**copy.deepcopy(got["sections"][0]), "number": "9.9", "title": "无", "id": "2017-2/9.9"}
        )

    assert rows(judged(change))[0] == [("9.9", "section")]


def test_a_wrong_number_is_an_error_of_the_title_and_loses_no_section() -> None:
    def change(got: Value) -> None:
        got["sections"][0] |= {"number": "7.7", "title": "题目"}
        got["sections"][1] |= {"number": "8.8"}

    silent = rows(judged(change))[0]
    assert ("1.2", "title") in silent
    assert ("1.1", "section") in silent
    assert ("7.7", "section") in silent


def test_a_fact_of_the_guide_is_told_by_a_finding_without_a_section() -> None:
    def change(got: Value, section: str | None) -> None:
        got["guide"]["year"] = 1999
        got["findings"] = [finding("year-unknown", section, "error")]

    assert rows(judged(lambda got: change(got, None)))[:2] == ([], [(None, "year")])
    assert rows(judged(lambda got: change(got, "1.1")))[0] == [(None, "year")]


def test_unread_with_a_finding_is_lost_recall_and_nothing_worse() -> None:
    def change(got: Value) -> None:
        got["sections"][0]["project_count"] |= {"status": "unread", "value": None}
        got["findings"] = [finding("value-unread", "1.1")]

    found = judged(change)
    tally = found.fields["project_count"]
    assert rows(found)[0] == []
    assert (tally.unread, tally.wrong, tally.hits, tally.claimed, tally.wanted) == (
        1, 0, tally.all - 1, tally.all - 1, tally.all,
    )  # fmt: skip


def test_a_warning_on_what_is_right_is_noise() -> None:
    def change(got: Value) -> None:
        got["findings"] = [finding("break-ambiguous", "1.2"), finding("field-absent", "1.3", "info")]

    assert rows(judged(change)) == ([], [], [("1.2", "break-ambiguous")])
    assert rows(judged(change, text=True)) == ([], [], [])
    assert rows(judged(lambda got: got["checks"].append(check("numbers-run", "1.2"))))[2] == [(None, "numbers-run")]


def test_the_styles_go_round_and_the_report_is_the_same_twice() -> None:
    assert [job[1] for job in jobs(9, 0, None, text=False)] == list(STYLES)
    assert jobs(2, 5, "2018", text=True) == [(5, "2018", True), (6, "2018", True)]
    assert report(judged(wrong)) == report(judged(wrong))
