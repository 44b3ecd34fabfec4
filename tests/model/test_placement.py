"""The section of a finding: the one in which its words are read, in columns as elsewhere."""

from functools import cache
from math import inf
from pathlib import Path

import msgspec
import pytest

from extract.model.finding_catalogue import FINDINGS
from extract.model.findings import FindingDraft, finding
from extract.model.placement import place_findings
from extract.model.record import Section
from extract.model.stages import Line
from extract.model.text import Glyph, GlyphTable, Text
from extract.model.values import Evidence
from extract.pipeline import extract_guide

ROOT = Path(__file__).parents[2]
NOTHING = Text("", [], GlyphTable([], [], drawn=True))
LEFT, RIGHT = (-inf, 290.0), (290.0, inf)


@cache
def any_section() -> Section:
    return extract_guide(ROOT / "raw/guide_2017.pdf").sections[0]


def at(page: int, top: float, x: float = 80) -> tuple[Evidence, ...]:
    return (Evidence(page=page, bbox=(x, top, x + 10, top + 10), quote="甲"),)


def remark(page: int, top: float, x: float = 80, **where: str) -> FindingDraft:
    return finding("text-unclaimed", evidence=at(page, top, x), words="甲", **where)


def lines(page: int, tops: range, column: tuple[float, float] = (-inf, inf)) -> list[Line]:
    return [Line(NOTHING, page, None, float(top), *column) for top in tops]


def section_of(draft: FindingDraft, starts: dict[str, tuple[Evidence, ...]], order: list[Line]) -> str | None:
    sections = [
        msgspec.structs.replace(any_section(), number=number, evidence=start) for number, start in starts.items()
    ]
    (placed,) = place_findings([draft], sections, order)
    assert placed.severity == FINDINGS[draft.code].severity
    return placed.section


@pytest.mark.parametrize(
    ("draft", "section"),
    [
        (remark(2, 80), None),
        (remark(2, 99), "1.1"),
        (remark(2, 100), "1.1"),
        (remark(3, 20), "1.1"),
        (remark(3, 80), "1.1"),
        (remark(3, 100), "1.2"),
        (remark(3, 700), "1.2"),
        (remark(4, 100), "1.2"),
        (finding("text-unclaimed", words="甲"), None),
        (remark(3, 100, section="1.1"), "1.1"),
        (finding("text-outside", evidence=at(3, 200)), None),
        (finding("partner-unknown", field="previous", evidence=at(3, 200), variant="unknown", words="甲"), None),
    ],
)  # fmt: skip
def test_the_section_of_a_finding(draft: FindingDraft, section: str | None) -> None:
    order = [*lines(2, range(60, 300, 20)), *lines(3, range(60, 300, 20))]
    assert section_of(draft, {"1.1": at(2, 100), "1.2": at(3, 100)}, order) == section


# 1.1 begins in the left column, 1.2 in the right one, higher up; 1.3 stands across both, below it 1.4 in the left one.
COLUMNS = [
    *lines(1, range(60, 80, 20)),
    *lines(1, range(100, 300, 20), LEFT),
    *lines(1, range(100, 300, 20), RIGHT),
    *lines(1, range(300, 320, 20)),
    *lines(1, range(340, 500, 20), LEFT),
    *lines(1, range(340, 400, 20), RIGHT),
]
STARTS = {"1.1": at(1, 200), "1.2": at(1, 140, 300), "1.3": at(1, 300), "1.4": at(1, 400)}


@pytest.mark.parametrize(
    ("top", "x", "section"),
    [
        (60, 500, None), (180, 80, None), (200, 80, "1.1"), (280, 80, "1.1"), (120, 300, "1.1"), (140, 300, "1.2"),
        (280, 570, "1.2"), (300, 400, "1.3"), (380, 20, "1.3"), (400, 80, "1.4"), (340, 300, "1.4"), (480, 300, "1.4"),
    ],
)  # fmt: skip
def test_the_section_of_words_in_columns(top: float, x: float, section: str | None) -> None:
    assert section_of(remark(1, top, x), STARTS, COLUMNS) == section


@pytest.mark.parametrize(("line", "section"), [(3, None), (5, "1.1"), (6, "1.1"), (8, "1.2"), (20, "1.2")])
def test_the_section_of_a_line_of_a_file(line: int, section: str | None) -> None:
    def on(number: int) -> tuple[Evidence, ...]:
        return (Evidence(page=1, bbox=None, line=number, quote="甲"),)

    draft = finding("text-unclaimed", evidence=on(line), words="甲")
    assert section_of(draft, {"1.1": on(5), "1.2": on(8)}, lines(1, range(1, 12))) == section


def test_a_remark_belongs_to_the_line_that_it_covers_most() -> None:
    """Its middle is above the heading, and its lower edge below that."""
    order = []
    for top in range(100, 200, 20):
        glyph = Glyph("甲", 2, x0=80, x1=90, top=float(top), bottom=top + 10.0, size=10.0)
        order.append(Line(Text("甲", [0], GlyphTable([glyph], [1], drawn=True)), 2, None, float(top), -inf, inf))
    box = (300.0, 131.0, 420.0, 147.0)
    draft = finding("text-unclaimed", evidence=(Evidence(page=2, bbox=box, quote="甲"),), words="甲")
    assert section_of(draft, {"1.1": at(2, 100), "1.2": at(2, 140)}, order) == "1.2"
