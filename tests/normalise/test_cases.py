"""One row, one test: what the words of a guide mean, from tests/cases/*.toml."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from extract.errors import UnreadableGuide
from extract.model.fields import FIELDS
from extract.model.finding_catalogue import REASONS, Reason
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.normalise import duration_in_prose, normalise, partners, sections, topics
from extract.profile.files import load_profile
from tests.support.case_tables import bare, plain_guide, rows, text

PROFILE = load_profile()

# The case files of fields that are not called like them.
CASE_FILES = {
    "fields": "topics", "project_count": "count", "funding": "money", "content": "points", "indicators": "points",
}  # fmt: skip


def parser_of(name: str) -> Callable[[Text, dict[str, Any]], Parsed[Any]]:
    """The parser of a field, given the topics of a row."""
    return lambda given, row: sections.PARSERS[name](given, sections.Context(PROFILE, topics=row.get("topics", ())))


OF_FIELDS = {name: parser_of(name) for name in FIELDS}
KINDS = {name: CASE_FILES.get(name, name) for name in FIELDS}  # the rows of each field
PARSERS: dict[str, Callable[[Text, dict[str, Any]], Parsed[Any]]] = {
    **{KINDS[name]: parse for name, parse in OF_FIELDS.items()},
    "terms": lambda given, _: fixed(duration_in_prose.binding_duration([given], PROFILE)),
    "partners": lambda given, _: partners.parse_partners(given, PROFILE),
}


def fixed(parsed: Parsed[duration_in_prose.DurationStatement]) -> Parsed[Any]:
    """The duration that words fix, None where they are unclear, and nothing where they state none."""
    return Parsed(parsed.value.value if parsed.value else None if parsed.findings else {})


def read_row(kind: str, row: dict[str, Any]) -> Any:
    value = PARSERS[kind](text(row["given"]), row).value
    return "unread" if value is None else value


def refused(kind: str) -> list[dict[str, Any]]:
    """The rows of which nothing may be read."""
    return [row for row in rows(kind) if row["want"] == "unread"]


CASES = [
    pytest.param(kind, row, id=f"{kind}:{row['given'][:24]}")
    for kind in PARSERS
    for row in rows(kind)
    if row["want"] != "none"
]


@pytest.mark.parametrize(("kind", "row"), CASES)
def test_value(kind: str, row: dict[str, Any]) -> None:
    got = read_row(kind, row)
    want = row["want"] if kind != "money" or row["want"] == "unread" else {"currency": "CNY", **row["want"]}
    assert bare(got) == bare(want), row["why"]


TOLD = [
    pytest.param(kind, row, id=f"{kind}:{row['given'][:24]}")
    for kind in ("count", "money")
    for row in rows(kind)
    if "told" in row
]


@pytest.mark.parametrize(("kind", "row"), TOLD)
def test_figures_without_a_place_are_told_and_no_others(kind: str, row: dict[str, Any]) -> None:
    findings = PARSERS[kind](text(row["given"]), row).findings
    assert {finding.args["words"] for finding in findings} == set(row["told"]), row["why"]
    assert {finding.code for finding in findings} == {"figure-unheld"}


@pytest.mark.parametrize(
    ("kind", "row"),
    [pytest.param(kind, row, id=f"{kind}:{row['given'][:24]}") for kind in KINDS.values() for row in refused(kind)],
)
def test_a_refusal_says_why_and_at_which_words(kind: str, row: dict[str, Any]) -> None:
    unread = PARSERS[kind](text(row["given"]), row).unread
    assert unread is not None
    assert unread.words.printed
    assert unread.words.printed in row["given"]
    if "reason" in row:
        assert (unread.reason, unread.words.printed) == (row["reason"], row["words"]), row["why"]


def test_each_reason_has_a_row_and_words() -> None:
    reasons = {row["reason"] for kind in KINDS.values() for row in refused(kind) if "reason" in row}
    reasons |= {reason for row in rows("introduction") for reason in row.get("reasons", ())}
    assert reasons == set(get_args(Reason)) == set(REASONS)


@pytest.mark.parametrize("name", ["project_count", "funding", "duration"])
def test_value_unread_cites_exactly_the_words_that_were_refused(name: str) -> None:
    label = getattr(PROFILE.labels, name)[0]
    for row in (row for row in refused(KINDS[name]) if "reason" in row):
        cut = plain_guide(["2018年度项目申报指南", "1.1中美政府间合作项目", f"{label}：{row['given']}"])
        (finding,) = (one for one in normalise(cut, PROFILE).findings if one.code == "value-unread")
        assert "".join(line.quote for line in finding.evidence) == row["words"], row["why"]
        assert finding.message == f"{label}: not understood, {REASONS[row['reason']]}: {row['words']}"


@pytest.mark.parametrize("row", [pytest.param(row, id=row["given"]) for row in rows("partners")])
def test_a_partner_is_reported_where_it_is_not_known_and_nowhere_else(row: dict[str, Any]) -> None:
    findings = partners.parse_partners(text(row["given"]), PROFILE).findings
    assert bool(findings) == row.get("reported", False), findings


NONE = {name: [row for row in rows(kind) if row["want"] == "none"] for name, kind in KINDS.items()}


@pytest.mark.parametrize("name", [name for name, found in NONE.items() if found])
def test_none_is_a_status_and_no_value(name: str) -> None:
    label = getattr(PROFILE.labels, name)[0]
    for row in NONE[name]:
        cut = plain_guide(["2018年度项目申报指南", "1.1中美政府间合作项目", f"{label}：{row['given']}"])
        field = getattr(normalise(cut, PROFILE).sections[0], name)
        assert (field.status, field.value) == ("none", None), row["why"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["given"][:24]) for row in rows("topics")])
def test_topics_that_could_be_others_are_reported_and_no_others(row: dict[str, Any]) -> None:
    codes = {finding.code for finding in topics.parse_topics(text(row["given"]), PROFILE).findings}
    assert ("topics-unclear" in codes) == row.get("unclear", False), row["why"]


HEADINGS = [pytest.param(row, id=row["given"][:24]) for row in rows("heading")]
LABEL = "合作协议：《中美科学技术合作协定》。"


@pytest.mark.parametrize("row", HEADINGS)
def test_heading(row: dict[str, Any]) -> None:
    before = [f"{row['after']}中美政府间合作项目", LABEL] if "after" in row else []
    if row["want"] == "none":
        before = ["8.8中美政府间合作项目", LABEL]
    try:
        pieces = plain_guide(["2018年度项目申报指南", *before, row["given"], LABEL]).pieces
    except UnreadableGuide:
        pieces = ()
    found = [(piece.number, piece.title.printed) for piece in pieces[len(before) // 2 :]]
    want = [] if row["want"] == "none" else [(row["want"]["number"], row["want"]["title"])]
    assert found == want, row["why"]
