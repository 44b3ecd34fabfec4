"""One row, one test: what a guide says of itself, from tests/cases/introduction.toml."""

from typing import Any

import pytest

from extract.model.finding_catalogue import FINDINGS, REASONS
from extract.model.record import GuideFacts
from extract.normalise import introduction
from extract.profile.files import load_profile
from tests.support.case_tables import plain_guide, rows

PROFILE = load_profile()
TITLE = ["“政府间国际科技创新合作”重点专项2019年度第二批项目申报指南"]
SECTION = ["1.1中美政府间合作项目", "合作协议：《中美科学技术合作协定》。"]


def ends(low: int | None, high: int | None, approximate: bool = False) -> list[int | str]:
    """Bounds as a row writes them."""
    return [-1 if low is None else low, -1 if high is None else high, *(["about"] if approximate else [])]


def told(facts: GuideFacts) -> dict[str, Any]:
    """The facts that a row tells, those that are null left out."""
    declared, previous = facts.declared, facts.previous
    duration = facts.common.field("duration").value
    months = None if duration is None else (duration.min_months or None, duration.max_months or None)
    dates = None if duration is None else [duration.start or "", duration.end or ""]
    got = {
        "title": facts.title,
        "year": facts.year,
        "batch": facts.batch,
        "partners": declared.partners and declared.partners.count,
        "directions": declared.directions and declared.directions.count,
        "projects": (one := declared.projects) and ends(one.min, one.max, one.approximate),
        "funding": (sum_ := declared.funding) and ends(sum_.min, sum_.max, sum_.approximate),
        "months": ends(*months) if months and any(months) else None,
        "dates": dates if dates and any(dates) else None,
        "previous": previous
        and [
            previous.year,
            -1 if previous.count is None else previous.count,
            *(one.subdivision.code if one.subdivision else one.code or one.name for one in previous.partners),
        ],
        "basis": [[one.title, one.number or ""] for one in facts.basis] or None,
    }
    return {key: value for key, value in got.items() if value is not None}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"][:40]) for row in rows("introduction")])
def test_introduction(row: dict[str, Any]) -> None:
    cut = plain_guide([*row.get("title", TITLE), *row["given"], *SECTION])
    reading = introduction.parse_introduction(cut, PROFILE)
    assert reading.value is not None
    got = {key: value for key, value in told(reading.value).items() if key in row["want"] or key not in BLOCK}
    assert got == row["want"], row["why"]
    codes = [
        finding.code for finding in (*cut.findings, *reading.findings) if FINDINGS[finding.code].severity != "info"
    ]
    assert codes == row.get("findings", []), row["why"]
    if "reasons" in row:
        messages = [finding.message for finding in reading.findings if finding.code == "declared-unread"]
        reasons = [reason for message in messages for reason, words in REASONS.items() if f"({words})" in message]
        assert reasons == row["reasons"], row["why"]
    assert introduction.has_exceptions(cut, PROFILE) == row.get("exceptions", False), row["why"]


BLOCK = ("title", "year", "batch")  # facts of the title block, which every row has
