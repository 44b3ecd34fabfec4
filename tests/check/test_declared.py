"""The record against itself and the introduction: what cannot both be true is contradicted."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from extract.check import absences, check, doubtful_title
from extract.model.record import (
    Check,
    Correction,
    Declared,
    DeclaredCount,
    DeclaredProjects,
    Field,
    GuideFacts,
    Section,
)
from extract.model.values import Count, Money, Partner, Topic, Topics
from extract.pipeline import extract_guide
from tests.layout.test_layouts import FILES


@cache
def plain() -> tuple[GuideFacts, Section]:
    """A guide's facts, and one of its sections, to forge others from."""
    guide = extract_guide(FILES / "about.txt")
    return guide.guide, guide.sections[0]


def checked(code: str, declared: Declared, sections: Sequence[Section]) -> Check:
    facts = replace(plain()[0], declared=declared)
    return next(one for one in check(facts, sections, exceptions=False) if one.code == code)


def numbered(**changes: Sequence[Any]) -> list[Section]:
    """Sections 1.1, 1.2, … with the values of each key in turn."""
    rows = zip(*changes.values(), strict=True)
    return [
        replace(plain()[1], number=f"1.{count}", **dict(zip(changes, row, strict=True)))
        for count, row in enumerate(rows, 1)
    ]


def stated(value: Any) -> Field[Any]:
    return Field(status="stated", value=value) if value is not None else Field(status="unread")


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────


def partner(name: str, code: str | None) -> Partner:
    return Partner(name=name, code=code, kind="country")


US, DE, GB = partner("美国", "US"), partner("德国", "DE"), partner("英国", "GB")
STRANGE, OTHER = partner("某国", None), partner("某组织", None)

PARTNERS = [
    # declared, the partners of each section, outcome, the message's end
    (2, [(US,), (DE,)], "proved", "2 distinct partners, 2 declared"),
    (1, [(US,), (US,)], "proved", "1 distinct partners, 1 declared"),
    (3, [(US,), (DE,)], "contradicted", "2 distinct partners, 3 declared"),
    (10, [(STRANGE,)], "contradicted", "1 distinct partners, 10 declared"),
    (10, [(US, STRANGE), (DE,)], "contradicted", "2 to 3 distinct partners, 10 declared"),
    (1, [(US, STRANGE), (DE,)], "contradicted", "2 to 3 distinct partners, 1 declared"),
    (3, [(US, STRANGE), (DE,)], "consistent", "2 to 3 distinct partners, 3 declared"),
    (2, [(US, STRANGE), (DE,)], "consistent", "2 to 3 distinct partners, 2 declared"),
    (2, [(STRANGE, OTHER)], "consistent", "1 to 2 distinct partners, 2 declared"),
    (3, [(US,), (), (DE, GB)], "proved", "3 distinct partners, 3 declared; none in 1.2"),
    (4, [(US,), (), ()], "contradicted", "1 distinct partners, 4 declared; none in 1.2, 1.3"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "named", "outcome", "message"), PARTNERS)
def test_partners_declared(declared: int, named: Sequence[Any], outcome: str, message: str) -> None:
    result = checked("partners-declared", Declared(partners=DeclaredCount(count=declared)), numbered(partners=named))
    assert (result.outcome, result.message) == (outcome, message)


# ── sums ──────────────────────────────────────────────────────────────────────────────────────────────


def projects(low: int | None, high: int | None, about: bool = False) -> DeclaredProjects:
    return DeclaredProjects(min=low, max=high, approximate=about)


def counts(*bounds: Any) -> list[Section]:
    values = [bound and Count(min=bound[0], max=bound[1], approximate=len(bound) > 2) for bound in bounds]
    return numbered(project_count=[stated(value) for value in values])


PROJECTS = [
    (projects(None, 232), counts((190, 232)), "proved"),
    (projects(None, 232), counts((190, 246)), "consistent"),
    (projects(None, 232), counts((240, 246)), "contradicted"),
    (projects(15, 15, True), counts((80, 80), (78, 78)), "contradicted"),
    (projects(15, 15, True), counts((18, 18)), "consistent"),  # a fifth more
    (projects(15, 15, True), counts((19, 19)), "contradicted"),
    (projects(15, 15, True), counts((12, 12)), "consistent"),
    (projects(15, 15, True), counts((11, 11)), "contradicted"),
    (projects(15, 15, True), counts((15, 15)), "consistent"),  # about proves nothing
    (projects(3, 3, True), counts((4, 4)), "consistent"),  # at least one to either side
    (projects(12, 12), counts((10, 10, "about")), "consistent"),
    (projects(13, 13), counts((10, 10, "about")), "contradicted"),
    (projects(40, 40), counts((10, 10), None), "consistent"),  # what is unread may be the rest
    (projects(5, 5), counts((10, 10), None), "contradicted"),  # … and cannot make it less
    (projects(8, 8, True), counts((10, 10), None), "contradicted"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "sections", "outcome"), PROJECTS)
def test_projects_declared(declared: DeclaredProjects, sections: Sequence[Section], outcome: str) -> None:
    result = checked("projects-declared", Declared(projects=declared), sections)
    assert result.outcome == outcome
    unread = [section.number for section in sections if section.project_count.value is None]
    assert result.message.endswith(f"; no figure in {', '.join(unread)}") == bool(unread)


def money(low: int | None, high: int | None, currency: str = "CNY", about: bool = False) -> Money:
    return Money(min=low, max=high, currency=currency, approximate=about)


FUNDING = [
    (money(100, 100), [money(60, 60), money(40, 40)], "proved", ""),
    (money(100, 100), [money(60, 60), money(30, 30)], "contradicted", ""),
    (money(100, 100, about=True), [money(60, 60), money(30, 30)], "consistent", "; some figures are about"),
    (money(100, 100, about=True), [money(60, 60), money(10, 10)], "contradicted", "; some figures are about"),
    (money(100, 100), [money(60, 60), None], "consistent", "; no figure in 1.2"),
    (money(50, 50), [money(60, 60), None], "contradicted", "; no figure in 1.2"),
    (money(100, 100), [money(60, 60), money(40, 40, "EUR")], "consistent", "; no figure in 1.2"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "figures", "outcome", "end"), FUNDING)
def test_funding_declared(declared: Money, figures: Sequence[Money | None], outcome: str, end: str) -> None:
    sections = numbered(funding=[stated(figure) for figure in figures])
    result = checked("funding-declared", Declared(funding=declared), sections)
    assert result.outcome == outcome
    assert result.message.partition("declared")[2] == end


# ── topics ────────────────────────────────────────────────────────────────────────────────────────────

FIELDS = [
    # the words of the fields, those of the projects, how many topics are listed, if 等 follows, outcome
    ("拟在5个优先合作领域征集项目：…", "", 5, False, "proved"),
    ("双方确定以下5个合作领域：…", "", 4, False, "contradicted"),
    ("双方确定以下5个合作领域：…", "", 4, True, "consistent"),
    ("双方确定以下5个合作领域：…", "", 6, True, "contradicted"),
    ("包括九个领域方向：…", "", 9, False, "proved"),
    ("包括九个领域方向：…", "", 8, False, "contradicted"),
    ("…", "围绕9个领域方向，共支持20个项目。", 8, False, "contradicted"),
    ("…", "每个领域1-2个项目。", 8, False, None),
    ("…", "其中2个方向各1个项目。", 8, False, None),
    ("3个重点领域和2个方向：…", "", 4, False, None),
    ("…", "8个项目。", 4, False, None),
]


@pytest.mark.parametrize(("words", "count", "listed", "is_open", "outcome"), FIELDS)
def test_topics_stated(words: str, count: str, listed: int, is_open: bool, outcome: str | None) -> None:
    topics = Topics(items=tuple(Topic(name=str(index)) for index in range(listed)), open_ended=is_open)
    section = replace(
        plain()[1],
        fields=Field(status="stated", text=words, value=topics),
        project_count=Field(status="stated", text=count),
    )
    checks = {one.code: one for one in check(plain()[0], [section], exceptions=False)}
    result = checks.get("topics-stated")
    assert (result and result.outcome) == outcome
    assert result is None or result.sections == (("1.1",) if outcome == "contradicted" else ())


def test_topics_with_their_subfields_may_be_as_many_as_stated() -> None:
    parts = tuple(Topic(name=str(index), items=(Topic(name="a"), Topic(name="b"))) for index in range(3))
    section = replace(plain()[1], fields=Field(status="stated", text="以下6个领域方向：…", value=Topics(items=parts)))
    assert checked_code(section) == "proved"


def checked_code(section: Section) -> str:
    checks = {one.code: one for one in check(plain()[0], [section], exceptions=False)}
    return checks["topics-stated"].outcome


# ── fields and title ──────────────────────────────────────────────────────────────────────────────────


def test_a_field_that_the_family_does_not_expect_is_not_missed() -> None:
    sections = numbered(funding=[Field(status="absent")] * 2)
    for expected, codes in ((["project_count", "funding"], ["field-missing"]), (["project_count"], [])):
        found = absences(sections, expected, lambda index, name: ())
        assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("title", "is_doubtful"),
    [
        ("“政府间国际科技创新合作”重点专项2019年度项目申报指南", False),
        ("附件：1.2019年度项目申报指南", True),
        ("根据通知要求，现发布2019年度项目申报指南", True),
        ("现发布指南。2019年度项目申报指南", True),
    ],
)
def test_a_title_that_is_none(title: str, is_doubtful: bool) -> None:
    facts = replace(plain()[0], title=title)
    assert [one.code for one in doubtful_title(facts)] == ["title-doubtful"] * is_doubtful
    corrected = replace(facts, corrected={"title": Correction(was=None, by="王芳", why="…")})
    assert doubtful_title(corrected) == []
