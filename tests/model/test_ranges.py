"""Ranges with bounds: sums, overlap, trend, and the months between two days."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from extract.check.consistency import declared_duration
from extract.export.json import load
from extract.model.ranges import MONTHS, Range, add, contains, months_between, months_of, overlaps, range_of, trend
from extract.model.record import Common, DeclaredCount, DeclaredProjects, Field
from extract.model.values import Count, Duration, Money, PerProject


def bounds(low: int | None, high: int | None, unit: str = "projects", *, approximate: bool = False) -> Range:
    return Range(min=low, max=high, approximate=approximate, unit=unit)


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (Count(min=6, max=8), bounds(6, 8)),
        (Count(min=None, max=6, approximate=True), bounds(None, 6, approximate=True)),
        (Count(min=0, max=0), bounds(0, 0)),
        (Money(min=None, max=None, per_project=PerProject(min=None, max=5)), None),
        (DeclaredCount(count=12), bounds(12, 12)),
        (DeclaredProjects(min=None, max=100, approximate=True), bounds(None, 100, approximate=True)),
        (Duration(min_months=24, max_months=36), bounds(24, 36)),
        (Duration(start="2018-01-01", end="2020-12-31"), None),
        (None, None),
    ],
)
def test_range_of_a_value(value: Count | Money | Duration | None, want: Range | None) -> None:
    assert range_of(value, "projects") == want


@pytest.mark.parametrize(
    ("parts", "want"),
    [
        ([bounds(1, 2), bounds(3, 4)], bounds(4, 6)),
        ([bounds(None, 2), bounds(3, 4)], bounds(3, 6)),
        ([bounds(None, 2), bounds(None, 4)], bounds(None, 6)),
        ([bounds(1, 2), bounds(3, None)], bounds(4, None)),
        ([bounds(1, 2, approximate=True), bounds(3, 4)], bounds(4, 6, approximate=True)),
        ([], bounds(None, None)),
    ],
)
def test_add_is_open_where_its_parts_are(parts: list[Range], want: Range) -> None:
    assert add(parts, "projects") == want


@pytest.mark.parametrize(
    ("one", "other", "overlap", "inside"),
    [
        (bounds(2, 4), bounds(1, 4), True, True),
        (bounds(2, 4), bounds(4, 6), True, False),
        (bounds(2, 4), bounds(5, 6), False, False),
        (bounds(2, None), bounds(1, None), True, True),
        (bounds(2, None), bounds(1, 4), True, False),
        (bounds(None, 4), bounds(0, 4), True, True),
        (bounds(None, 4), bounds(5, None), False, False),
    ],
)
def test_overlap_and_containment(one: Range, other: Range, overlap: bool, inside: bool) -> None:
    assert overlaps(one, other) is overlaps(other, one) is overlap
    assert contains(other, one) is inside


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        (bounds(1, 2), bounds(1, 2), None),
        (bounds(1, 2), None, None),
        (bounds(1, 2), bounds(1, 3), "up"),
        (bounds(2, 2), bounds(1, 2), "down"),
        (bounds(1, 3), bounds(2, 2), "unclear"),
        (bounds(None, 2), bounds(None, 3), "up"),
        (bounds(1, 2), bounds(1, None), "unclear"),
        (bounds(1, 2, "CNY"), bounds(2, 3, "EUR"), "unclear"),
        (bounds(1, 2), bounds(1, 2, approximate=True), "unclear"),
    ],
)
def test_trend_needs_bounds_that_decide(before: Range, after: Range | None, want: str | None) -> None:
    assert trend(before, after) == want


@pytest.mark.parametrize(
    ("start", "end", "low", "high"),
    [
        (date(2019, 12, 1), date(2022, 11, 30), 36, 36),
        (date(2018, 1, 15), date(2021, 1, 14), 36, 36),
        (date(2018, 1, 15), date(2018, 6, 30), 5, 6),
        (date(2018, 1, 1), date(2018, 1, 30), 0, 1),
        (date(2018, 1, 31), date(2018, 2, 28), 1, 2),
        (date(2020, 2, 1), date(2020, 2, 29), 1, 1),
        (date(9999, 1, 1), date(9999, 12, 31), 12, 12),
    ],
)
def test_months_between_counts_both_days(start: date, end: date, low: int, high: int) -> None:
    assert months_between(start, end) == bounds(low, high, MONTHS, approximate=low != high)


def test_months_of_a_duration_that_is_open_on_both_sides() -> None:
    assert months_of(Duration()) == bounds(None, None, MONTHS)


@pytest.mark.parametrize(
    ("own", "want"),
    [
        (Duration(min_months=36, max_months=36), "proved"),
        (Duration(min_months=24, max_months=36), "contradicted"),
        (Duration(min_months=None, max_months=36), "consistent"),
        (Duration(start="2018-01-01", end="2020-12-31"), "proved"),
        (Duration(start="2018-01-15", end="2020-12-31"), "consistent"),  # between 35 and 36 months
        (Duration(start="2018-01-15", end="2020-11-30"), "contradicted"),  # between 34 and 35
    ],
)
def test_declared_duration_of_three_years(own: Duration, want: str) -> None:
    section = load(Path(__file__).parents[2] / "output" / "guide_2017.json").sections[0]
    section = replace(section, duration=Field(status="stated", value=own))
    common = Common(duration=Field(status="stated", value=Duration(min_months=36, max_months=36)))
    check = declared_duration(common, [section], exceptions=False)
    assert check is not None
    assert check.outcome == want
