"""研究内容 and 考核指标 of a key special, from the PDF to the workbook, the review page and the comparison."""

from typing import Any

import pytest
from msgspec.structs import replace

from extract import Guide
from extract.check import check_ink
from extract.compare import compare
from extract.export.html.review import review_page
from extract.model.record import Field, Section
from extract.model.stages import GuideForReview
from extract.model.values import Point
from extract.normalise import normalise
from extract.profile.files import load_profile
from extract.pull import pull
from extract.repair import repair
from tests.support.case_tables import plain_guide
from tests.support.golden import GOLDEN, record
from tests.typeset.source import draw_source

PROFILE = load_profile("key-special")


def guide() -> Guide:
    return record("key_special")


def section(number: str = "1.4") -> Section:
    return next(one for one in guide().sections if one.number == number)


def edited(name: str, items: tuple[Point, ...], **parts: Any) -> Guide:
    """The guide with other points in one field of 1.4, as another file."""
    field = getattr(section(), name)
    made = replace(section(), **{name: replace(field, value=replace(field.value, items=items, **parts))})
    sections = tuple(made if one.number == "1.4" else one for one in guide().sections)
    return replace(guide(), sections=sections, source=replace(guide().source, sha256="0" * 64))


def points(name: str = "indicators") -> tuple[Point, ...]:
    items: tuple[Point, ...] = getattr(section(), name).value.items
    return items


def test_the_table_of_points_has_a_row_for_each() -> None:
    frames = guide().to_frames()
    rows = frames["points"].query("section == '1.4' and field == 'indicators'")
    assert list(rows.marker) == ["（1）", "（2）", "（3）", "（4）", "（5）"]
    assert list(rows.level) == [1] * 5
    assert rows.text.iloc[3].endswith("上述数据库应向行业开放，并随本专项其他项目的测试结果持续更新。")
    row = frames["sections"].set_index("section").loc["1.4"]
    assert (row.indicators_status, row.indicators_points, row.content_points) == ("stated", 5, 1)


def test_points_below_a_point_have_rows_of_their_own() -> None:
    first, *rest = points()
    made = edited("indicators", (replace(first, items=(Point(marker="①", text="平台一"),)), *rest))
    rows = made.to_frames()["points"].query("section == '1.4' and field == 'indicators'")
    assert list(zip(rows.level, rows.marker, strict=True))[:3] == [(1, "（1）"), (2, "①"), (1, "（2）")]


def test_the_review_page_shows_every_point_as_a_link_to_its_place() -> None:
    page = review_page(GuideForReview(guide(), b"", {}, ()), ()).decode()
    for one in guide().sections:
        for item in (*one.content.value.items, *one.indicators.value.items):  # type: ignore[union-attr]
            assert page.count(f"{item.text}</a>") >= 1


CHANGES: dict[str, tuple[Guide, list[tuple[str, str]]]] = {
    "nothing": (guide(), []),
    "an indicator fewer": (edited("indicators", points()[:-1]), [("indicator", "removed")]),
    "another figure in it": (
        edited("indicators", (*points()[:-1], replace(points()[-1], text=points()[-1].text.replace("20项", "30项")))),
        [("indicator", "changed")],
    ),
    "other punctuation": (
        edited("indicators", (*points()[:-1], replace(points()[-1], text=points()[-1].text.replace("，", "；")))),
        [("indicator", "worded")],
    ),
    "a point below one": (
        edited("indicators", (replace(points()[0], items=(Point(text="误差不超过1%。"),)), *points()[1:])),
        [("indicator", "added")],
    ),
    "numbered otherwise": (edited("indicators", (replace(points()[0], marker="①"), *points()[1:])), []),
    "words above the points": (edited("indicators", points(), lead="应达到："), [("indicators", "worded")]),
    "more content": (
        edited("content", (*points("content"), Point(text="开展应用示范。"))),
        [("content_point", "added")],
    ),
}


@pytest.mark.parametrize("edit", CHANGES)
def test_a_comparison_tells_what_changed_in_points(edit: str) -> None:
    other, want = CHANGES[edit]
    pairs = compare(guide(), other).pairs
    assert [(change.what, change.kind) for pair in pairs for change in pair.changes] == want


def test_a_field_that_went_is_told_whole() -> None:
    made = replace(section(), indicators=Field(status="absent"))
    sections = tuple(made if one.number == "1.4" else one for one in guide().sections)
    pairs = compare(guide(), replace(guide(), sections=sections)).pairs
    assert [(c.what, c.before and c.before.text) for pair in pairs for c in pair.changes] == [
        ("indicators", section().indicators.text)
    ]


@pytest.mark.parametrize("forged", ["申请发明专利不少于90项。", "（9）"])
def test_forged_points_are_caught_by_the_ink(forged: str, tmp_path: Any) -> None:
    file = tmp_path / "key_special.pdf"
    file.write_bytes(draw_source(GOLDEN / "key_special" / "guide.txt"))
    pulled = pull(file)
    spoilt = replace(points()[0], **({"marker": forged} if forged[0] == "（" else {"text": forged}))
    made = edited("indicators", (spoilt, *points()[1:]))
    outcomes = {
        case: {one.code for one in check_ink(pulled, repair(pulled), PROFILE.names, made.guide, sections)
               if one.outcome != "proved"}
        for case, sections in (("true", guide().sections), ("forged", made.sections))
    }  # fmt: skip
    assert outcomes == {"true": set(), "forged": {"words-in-quotes"}}


LINES = ["2018年度项目申报指南", "1.1机器人感知理论", "拟支持项目数：2个。", "考核指标：（1）样机1台；（2）专利5项。"]


def test_other_families_keep_the_words_under_other_without_a_finding() -> None:
    values = normalise(plain_guide([*LINES[:1], "1.1中美政府间合作项目", *LINES[2:]]), load_profile())
    (one,) = values.sections
    assert (one.indicators.status, one.content.status) == ("absent", "absent")
    assert [part.label for part in one.other] == ["考核指标"]
    assert [finding.code for finding in values.findings if finding.field in ("indicators", "content")] == []
