"""Two records compared: rows of small edits, and whole guides with a next year made up from known edits."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace

from extract import ExtractError, Guide, load
from extract.compare import compare
from extract.compare.corrected import VALUES
from extract.compare.pairing import assign
from extract.compare.wording import fold_wording, likeness
from extract.export.json import dumps, schema
from extract.model.comparison import WHATS, Change, Comparison, Pair
from extract.model.conditions import Condition, Fact, Op
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, is_field
from extract.model.record import ApplicationPeriod, Correction, DeclaredProjects, Field, Notice, OtherPart, Section
from extract.model.values import Count, Document, Duration, Money, PerProject, Requirement, Topic, Topics, Track
from tests.support.golden import record

MADE = ("made_2017_second_batch", "made_2018", "made_2019", "made_2020", "made_2020_hmt", "made_2021_second_batch",
        "made_2023", "made_2025", "key_special")  # fmt: skip
PAIRS = [*((name, name) for name in ("guide_2017", *MADE)), *zip(("guide_2017", *MADE[:-1]), MADE, strict=True)]


@cache
def guide(name: str = "guide_2017") -> Guide:
    return record(name)


def section(number: str) -> Section:
    return next(one for one in guide().sections if one.number == number)


def with_sections(sections: Sequence[Section], base: Guide | None = None) -> Guide:
    """The guide with other sections, as another file."""
    base = base or guide()
    return replace(base, sections=tuple(sections), source=replace(base.source, sha256="0" * 64))


def edited(of: str, /, **fields: Any) -> Section:
    return replace(section(of), **fields)


def value(number: str, name: str, text: str | None = None, **parts: Any) -> Section:
    """A section with parts of one field's value replaced, and its words."""
    one = getattr(section(number), name)
    return edited(number, **{name: replace(one, text=text or one.text, value=replace(one.value, **parts))})


def only(after: Section, number: str | None = None) -> Pair:
    """What a comparison finds for one section that was edited."""
    (pair,) = compare(with_sections([section(number or after.number)]), with_sections([after])).pairs
    return pair


def brief(pair: Pair) -> list[str]:
    return [f"{change.what} {change.kind}" + (f" {change.trend}" if change.trend else "") for change in pair.changes]


# ── rows: one edit, the changes that it has to give ───────────────────────────────────────────────────


NESTED = Topics(
    items=(
        Topic(
            name="信息通信技术",
            items=tuple(Topic(name=name) for name in ("绿色信息通信技术", "医疗信息通信技术", "标准")),
        ),
        Topic(
            name="可持续发展技术",
            items=(Topic(name="新材料", note="含生物材料"), Topic(name="海洋技术"), Topic(name="标准")),
        ),
    )
)
ASKED: Any = section("1.10").requirements.value


def renamed(items: tuple[Topic, ...], old: str, new: str) -> tuple[Topic, ...]:
    return tuple(
        replace(topic, name=new if topic.name == old else topic.name, items=renamed(topic.items, old, new))
        for topic in items
    )


def nested(items: tuple[Topic, ...]) -> Pair:
    """What a comparison finds for other topics in place of the nested ones."""
    old, new = (value("1.3", "fields", items=topics) for topics in (NESTED.items, items))
    (pair,) = compare(with_sections([old]), with_sections([new])).pairs
    return pair


def point(place: int, **parts: Any) -> tuple[Requirement, ...]:
    return tuple(replace(item, **parts) if at == place else item for at, item in enumerate(ASKED.items))


def absent(number: str, name: str) -> Section:
    return edited(number, **{name: Field(status="absent")})


ROWS: dict[str, tuple[Callable[[], Section], list[str]]] = {
    "nothing": (lambda: section("1.1"), []),
    "another number": (lambda: edited("1.1", number="3.4"), []),
    "width of punctuation and spaces": (
        lambda: value("1.3", "funding", "８００万 人民币"),
        [],
    ),
    "the same money in other words": (lambda: value("1.3", "funding", "人民币捌佰万元"), ["funding worded"]),
    "more projects": (lambda: value("1.1", "project_count", "70个", min=70, max=70), ["project_count changed up"]),
    "at most fewer": (lambda: value("1.3", "project_count", max=4), ["project_count changed down"]),
    "at most six, now six": (lambda: value("1.3", "project_count", min=6), ["project_count changed unclear"]),
    "a range, now its middle": (lambda: value("1.8", "project_count", min=50, max=50), ["project_count changed unclear"]),
    "about as many": (lambda: value("1.1", "project_count", approximate=True), ["project_count changed unclear"]),
    "more money": (lambda: value("1.1", "funding", min=190_000_000, max=190_000_000), ["funding changed up"]),
    "another currency": (lambda: value("1.1", "funding", currency="EUR"), ["funding changed unclear"]),
    "each project's money too": (
        lambda: value("1.1", "funding", per_project=PerProject(min=None, max=3_000_000)),
        ["funding_per_project added"],
    ),
    "no total any more": (lambda: value("1.1", "funding", min=None, max=None), ["funding removed"]),
    "one track less money": (
        lambda: value("1.12", "funding", min=21_000_000, max=21_000_000, tracks=tuple(
            replace(track, min=track.min - 1_000_000, max=track.max - 1_000_000) if at else track
            for at, track in enumerate(section("1.12").funding.value.tracks)  # type: ignore[union-attr]
        )),
        ["funding changed down", "funding_track changed down"],
    ),
    "no money stated": (lambda: absent("1.1", "funding"), ["funding removed"]),
    "money stated at last": (lambda: edited("1.2", funding=section("1.1").funding), ["funding added"]),
    "a duration of its own": (
        lambda: edited("1.1", duration=Field(status="stated", text="3年", value=Duration(min_months=36, max_months=36))),
        ["duration changed up"],
    ),
    "the guide's duration, said here": (
        lambda: edited("1.1", duration=replace(section("1.1").duration, status="stated")),
        ["duration worded"],
    ),
    "another duration in the introduction": (
        lambda: value("1.1", "duration", min_months=12, max_months=12),
        [],
    ),
    "requirements none, then not listed": (lambda: absent("1.6", "requirements"), ["requirements changed"]),
    "a topic fewer": (lambda: value("1.1", "fields", items=section("1.1").fields.value.items[1:]), ["topic removed"]),  # type: ignore[union-attr]
    "a note of a topic": (
        lambda: value("1.3", "fields", items=tuple(replace(topic, note=None) for topic in section("1.3").fields.value.items)),  # type: ignore[union-attr]
        ["topic_note removed", "topic_note removed"],
    ),
    "any field": (lambda: value("1.1", "fields", unrestricted=True), ["unrestricted added"]),
    "other words of a requirement": (
        lambda: value("1.10", "requirements", items=point(0, text=ASKED.items[0].text.replace("2016", "2017"))),
        ["requirement changed"],
    ),
    "a requirement in other punctuation": (
        lambda: value("1.10", "requirements", items=point(0, text=ASKED.items[0].text.replace("，", "；"))),
        ["requirement worded"],
    ),
    "requirements numbered otherwise": (lambda: value("1.10", "requirements", items=point(0, marker="①")), []),
    "a requirement fewer": (lambda: value("1.10", "requirements", items=ASKED.items[:1]), ["requirement removed"]),
    "a document more": (
        lambda: value("1.10", "agreement", documents=(*section("1.10").agreement.value.documents, Document(title="中希科技合作路线图", kind="plan"))),  # type: ignore[union-attr]
        ["document added"],
    ),
    "the partner written out": (lambda: edited("1.10", title="中国与希腊政府间合作项目"), ["title worded"]),
    "another title": (lambda: edited("1.10", title="中希（腊）联合研究项目"), ["title changed"]),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_an_edit_gives_its_changes(row: str) -> None:
    make, want = ROWS[row]
    pair = only(make(), make().number if row != "another number" else "1.1")
    assert brief(pair) == want
    kinds = {change.kind for change in pair.changes}
    assert pair.outcome == ("same" if not want else "worded" if kinds == {"worded"} else "changed")
    assert pair.renumbered == (row == "another number")
    assert pair.renamed == any(what.startswith("title") for what in want)


def below(place: int, **parts: Any) -> tuple[Topic, ...]:
    return tuple(replace(topic, **parts) if at == place else topic for at, topic in enumerate(NESTED.items))


FIRST, SECOND = NESTED.items
TREES: dict[str, tuple[tuple[Topic, ...], list[tuple[str, str, str]]]] = {
    "nothing": (NESTED.items, []),
    "another order": ((SECOND, FIRST), []),
    "one below another renamed": (
        renamed(NESTED.items, "绿色信息通信技术", "绿色信息与通信技术"),
        [("topic", "changed", "信息通信技术 › 绿色信息与通信技术")],
    ),
    "one with others below it renamed": (
        renamed(NESTED.items, "可持续发展技术", "可持续的发展技术"),
        [("topic", "changed", "可持续的发展技术")],
    ),
    "one moved below another": (
        (replace(FIRST, items=FIRST.items[1:]), replace(SECOND, items=(*SECOND.items, FIRST.items[0]))),
        [("topic_place", "changed", "可持续发展技术 › 绿色信息通信技术")],
    ),
    "one gone with those below it": (
        (FIRST,),
        [
            ("topic", "removed", place)
            for place in (
                "可持续发展技术",
                "可持续发展技术 › 新材料",
                "可持续发展技术 › 海洋技术",
                "可持续发展技术 › 标准",
            )
        ],
    ),
    "the same name below both": (
        below(1, items=(*SECOND.items, Topic(name="医疗信息通信技术"))),
        [("topic", "added", "可持续发展技术 › 医疗信息通信技术")],
    ),
    "another note": (
        below(1, items=(replace(SECOND.items[0], note="不含生物材料"), *SECOND.items[1:])),
        [("topic_note", "changed", "可持续发展技术 › 新材料")],
    ),
}


@pytest.mark.parametrize("row", TREES)
def test_nested_topics_are_told_by_their_path(row: str) -> None:
    items, want = TREES[row]
    assert [(change.what, change.kind, change.place) for change in nested(items).changes] == want


def condition(fact: Fact, op: Op | None, value: Any, **parts: Any) -> Condition:
    others = {"binding": "must", "by": "applicant", "basis": "requirements", "text": "须有"}
    return Condition(fact=fact, op=op, value=value, **{**others, **parts})


ONE = condition("enterprises", "at_least", 1)
LEAST, MOST = (condition("project_months", op, 24, unit="months", by="project") for op in ("at_least", "at_most"))
PAPER = condition("document", "equals", True, of="推荐函")
JUDGED = condition("manual", None, None, text="中方申报单位应具有良好的国际合作基础")
CONDITIONS: dict[str, tuple[tuple[Condition, ...], tuple[Condition, ...], list[tuple[str, str]]]] = {
    "the same": ((ONE, PAPER), (ONE, PAPER), []),
    "another order": ((ONE, PAPER), (PAPER, ONE), []),
    "other words and places": ((ONE,), (replace(ONE, text="应有", basis="common", evidence=()),), []),
    "one more": ((ONE,), (ONE, PAPER), [("added", "document")]),
    "one fewer": ((ONE, PAPER), (PAPER,), [("removed", "enterprises")]),
    "another number": ((ONE,), (replace(ONE, value=2),), [("changed", "enterprises")]),
    "another binding": ((ONE,), (replace(ONE, binding="prefer"),), [("changed", "enterprises")]),
    "another unit": ((LEAST,), (replace(LEAST, unit="years"),), [("changed", "project_months")]),
    "another case": ((ONE,), (replace(ONE, when="多家单位联合申报的"),), [("changed", "enterprises")]),
    "another party": ((ONE,), (replace(ONE, by="partner"),), [("added", "enterprises"), ("removed", "enterprises")]),
    "another track": ((ONE,), (replace(ONE, track="甲"),), [("added", "enterprises"), ("removed", "enterprises")]),
    "another object": ((PAPER,), (replace(PAPER, of="承诺书"),), [("added", "document"), ("removed", "document")]),
    "the object in other width": ((replace(PAPER, of="（A）"),), (replace(PAPER, of="(A)"),), []),
    "both bounds": ((LEAST, MOST), (replace(MOST, value=36), replace(LEAST, value=12)), [("changed", "project_months")] * 2),
    "a bound less": ((LEAST, MOST), (MOST,), [("removed", "project_months")]),
    "bounds that become one": ((LEAST, MOST), (replace(MOST, op="equals"),), [("changed", "project_months"), ("removed", "project_months")]),
    "what a person judges in other marks": ((JUDGED,), (replace(JUDGED, text=JUDGED.text + "；"),), []),
    "what a person judges in other words": ((JUDGED,), (replace(JUDGED, text=JUDGED.text.replace("良好", "长期")),), [("changed", "manual")]),
    "something else to judge": ((JUDGED,), (replace(JUDGED, text="遵守法规"),), [("added", "manual"), ("removed", "manual")]),
}  # fmt: skip


@pytest.mark.parametrize("row", CONDITIONS)
def test_conditions_change_by_what_they_test(row: str) -> None:
    before, after, want = CONDITIONS[row]
    old, new = edited("1.10", conditions=before), edited("1.10", conditions=after)
    (pair,) = compare(with_sections([old]), with_sections([new])).pairs
    assert [(change.what, change.kind, change.place) for change in pair.changes] == [
        ("condition", *one) for one in want
    ]
    for change in pair.changes:
        assert change.before is None or (change.before.condition, change.before.text) in [
            (one, one.text) for one in before
        ]
        assert change.after is None or (change.after.condition, change.after.text) in [(one, one.text) for one in after]


def test_bounds_of_one_fact_are_paired_with_their_own_kind() -> None:
    before, after = (
        (condition("requested_funding", "at_least", low), condition("requested_funding", "at_most", high))
        for low, high in ((1_111_111, 2_222_222), (2_222_222, 3_333_333))
    )
    old, new = edited("1.10", conditions=before), edited("1.10", conditions=after)
    (pair,) = compare(with_sections([old]), with_sections([new])).pairs
    assert [change.condition for change in pair.changes] == [*after]
    assert [change.before and change.before.condition for change in pair.changes] == [*before]


def test_conditions_of_the_guide_are_changes_of_the_guide() -> None:
    bare, asking = (
        replace(guide(), guide=replace(guide().guide, conditions=conditions)) for conditions in ((), (ONE,))
    )
    (change,) = compare(bare, asking).guide
    assert (change.what, change.kind, change.condition) == ("condition", "added", ONE)


def test_conditions_of_a_corrected_field_say_who_corrected_it() -> None:
    months = replace(MOST, basis="duration")
    before, after = edited("1.10", conditions=(ONE, months)), edited("1.10", conditions=())
    (pair,) = compare(with_sections([before]), with_sections([corrected(after, "requirements")])).pairs
    assert [(change.place, change.corrected) for change in pair.changes] == [
        ("enterprises", {"after": MARK}),
        ("project_months", {}),
    ]


def test_a_section_of_one_guide_alone_has_all_its_conditions() -> None:
    (pair,) = compare(with_sections([]), with_sections([edited("1.10", conditions=(ONE, JUDGED))])).pairs
    told = [(change.kind, change.condition) for change in pair.changes if change.what == "condition"]
    assert told == [("added", ONE), ("added", JUDGED)]


def test_both_sides_cite_where_they_stand() -> None:
    (change,) = only(ROWS["more projects"][0]()).changes
    assert change.before
    assert change.after
    assert change.before.evidence == section("1.1").project_count.evidence
    assert change.before.text == "65个项目。"
    assert change.after.text == "70个"
    assert change.before.range
    assert (change.before.range.min, change.before.range.unit) == (65, "projects")


# ── what a person corrected ───────────────────────────────────────────────────────────────────────────


MARK = Correction(was='{"min":60,"max":60}', by="王芳", why="更正通知")


def corrected(one: Section, name: str) -> Section:
    """A section of which a person corrected a value."""
    if name in ("title", "partners"):
        return replace(one, corrected={name: MARK})
    return replace(one, **{name: replace(getattr(one, name), corrected=MARK)})


AND_CORRECTED: dict[str, tuple[str, str, list[str]]] = {
    "more projects": ("project_count", "changed", ["project_count changed up"]),
    "the same money in other words": ("funding", "changed", ["funding corrected"]),
    "the guide's duration, said here": ("duration", "changed", ["duration corrected"]),
    "no money stated": ("funding", "changed", ["funding removed"]),
    "a topic fewer": ("fields", "changed", ["topic removed"]),
    "a requirement fewer": ("requirements", "changed", ["requirement removed"]),
    "a requirement in other punctuation": ("requirements", "worded", ["requirement worded"]),
    "a document more": ("agreement", "changed", ["document added"]),
    "another title": ("title", "changed", ["title changed"]),
    "nothing": ("funding", "same", []),
}


@pytest.mark.parametrize("row", AND_CORRECTED)
def test_a_change_of_a_corrected_value_says_who_corrected_it(row: str) -> None:
    name, became, want = AND_CORRECTED[row]
    before = section(ROWS[row][0]().number)
    after = corrected(ROWS[row][0](), name)
    for sides, key in (((before, after), "after"), ((after, before), "before")):
        (pair,) = compare(with_sections([sides[0]]), with_sections([sides[1]])).pairs
        assert [change.corrected for change in pair.changes] == [{key: MARK}] * len(want)
        assert pair.outcome == became
    assert brief(only(after)) == want


def test_changes_of_other_values_have_no_mark() -> None:
    both_edited = replace(ROWS["more projects"][0](), funding=ROWS["more money"][0]().funding)
    pair = only(corrected(both_edited, "funding"))
    assert [(change.what, [*change.corrected]) for change in pair.changes] == [
        ("project_count", []),
        ("funding", ["after"]),
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [("title", "title"), ("partners", "partners"), ("project_count", "projects"), ("funding", "funding")],
)
def test_a_head_says_what_was_corrected_in_it(name: str, key: str) -> None:
    pair = only(corrected(section("1.1"), name))
    assert pair.before
    assert pair.after
    assert (pair.before.corrected, pair.after.corrected) == ({}, {key: MARK})
    gone = compare(with_sections([corrected(section("1.1"), name)]), with_sections([])).pairs[0]
    assert gone.before == pair.after
    assert [change.what for change in gone.changes if change.corrected] == [name] * (
        name in ("project_count", "funding")
    )


def test_the_same_points_in_other_words_are_told_where_they_were_corrected() -> None:
    asked = section("1.10").requirements
    other = edited("1.10", requirements=replace(asked, text="另有要求，见附件。"))
    assert brief(only(other)) == []
    assert brief(only(corrected(other, "requirements"))) == ["requirements corrected"]


def test_a_status_that_a_person_gave_is_no_wording() -> None:
    before, after = (edited("1.1", requirements=Field(status="none", text=words)) for words in ("无。", "从略"))
    (pair,) = compare(with_sections([before]), with_sections([after])).pairs
    assert brief(pair) == ["requirements worded"]
    (pair,) = compare(with_sections([before]), with_sections([corrected(after, "requirements")])).pairs
    assert brief(pair) == ["requirements corrected"]


def facts(base: Guide, corrected: Sequence[str], **declared: Any) -> Guide:
    """A guide that declares something else, of which a person corrected values."""
    said = replace(base.guide.declared, **declared)
    return replace(base, guide=replace(base.guide, declared=said, corrected=dict.fromkeys(corrected, MARK)))


def test_what_the_guides_say_of_themselves_says_who_corrected_it() -> None:
    fewer = DeclaredProjects(min=None, max=200)
    (change,) = compare(guide(), facts(guide(), ["declared.projects", "year"], projects=fewer)).guide
    assert (change.what, change.kind, change.corrected) == ("declared_projects", "changed", {"after": MARK})
    (change,) = compare(guide(), facts(guide(), ["declared.projects"], projects=None)).guide
    assert (change.kind, change.corrected) == ("removed", {"after": MARK})


def test_a_declared_figure_that_is_the_same_once_corrected_is_told() -> None:
    was: Any = guide().guide.declared.projects
    same = replace(was, evidence=())
    assert compare(guide(), facts(guide(), [], projects=same)).guide == ()
    (change,) = compare(guide(), facts(guide(), ["declared.projects"], projects=same)).guide
    assert (change.what, change.kind) == ("declared_projects", "corrected")


def test_another_period_of_application_is_told() -> None:
    def noticed(end: str | None) -> Guide:
        period = ApplicationPeriod(start=None, end=end, evidence=guide().guide.evidence) if end else None
        notice = Notice(title=None, issuer=(), number=None, date=None, period=period, contacts=())
        return replace(guide(), guide=replace(guide().guide, document=notice))

    assert compare(noticed("2018-12-28"), noticed("2018-12-28")).guide == ()
    (change,) = compare(noticed("2018-12-28"), noticed("2019-12-28T17:00")).guide
    assert (change.what, change.kind) == ("apply_period", "changed")
    (change,) = compare(guide(), noticed("2018-12-28")).guide
    assert (change.what, change.kind) == ("apply_period", "added")


def test_a_side_says_that_its_year_was_corrected() -> None:
    found = compare(guide(), facts(guide(), ["year", "declared.funding"]))
    assert (found.before.corrected, found.after.corrected) == ({}, {"year": MARK})


def with_common(base: Guide, **fields: Any) -> Guide:
    return replace(base, guide=replace(base.guide, common=replace(base.guide.common, **fields)))


def test_a_duration_from_the_introduction_was_corrected_there() -> None:
    own = ROWS["a duration of its own"][0]()
    assert section("1.1").duration.status == "inherited"
    taken = with_sections([corrected(section("1.1"), "duration")])
    (pair,) = compare(taken, with_sections([own])).pairs
    (change,) = pair.changes
    assert (change.what, change.corrected) == ("duration", {"before": MARK})


def test_what_all_sections_inherit_is_told_once_of_the_guide() -> None:
    duration = guide().guide.common.field("duration")
    longer = replace(duration, value=Duration(min_months=48, max_months=48), corrected=MARK)
    told = OtherPart(label="其他", text="另行通知。")
    taken = [replace(one, duration=replace(longer, status="inherited")) for one in guide().sections]
    found = compare(guide(), with_sections(taken, with_common(guide(), duration=longer, other=(told,))))
    assert [(change.what, change.kind, change.corrected) for change in found.guide] == [
        ("duration", "changed", {"after": MARK}),
        ("other", "added", {}),
    ]
    own = [one.number for one in guide().sections if one.duration.status == "stated"]
    changed = [pair.after.number for pair in found.pairs if pair.after and pair.changes]
    assert changed == own != []
    (gone,) = compare(with_common(guide(), duration=longer), with_common(guide(), duration=UNSET)).guide
    assert (gone.what, gone.kind, gone.corrected) == ("duration", "removed", {"before": MARK})


def test_every_value_that_can_be_corrected_is_that_of_a_change() -> None:
    assert set(VALUES) == set(WHATS) - {"condition", "other", "apply_period"}
    own = {name for name in CORRECTABLE_GUIDE if not is_field(name)}  # a common field has the items of a section's
    assert set(VALUES.values()) == (set(CORRECTABLE_SECTION) | own) - {"year", "batch"}


# ── which section is which ────────────────────────────────────────────────────────────────────────────


def test_a_province_is_not_its_country() -> None:
    country = edited("1.3", partners=tuple(replace(one, subdivision=None) for one in section("1.3").partners))
    pairs = compare(with_sections([section("1.3")]), with_sections([country])).pairs
    assert [(pair.outcome, pair.doubtful) for pair in pairs] == [("new", False), ("gone", False)]


def test_a_section_of_one_guide_alone_has_all_that_it_says() -> None:
    new, gone = compare(with_sections([section("1.1")]), with_sections([section("1.6")])).pairs
    said = ["agreement", "fields", "project_count", "funding", "duration", "requirements"]
    assert [(change.what, change.kind, change.before) for change in new.changes] == [
        (one, "added", None) for one in said
    ]
    assert [(change.what, change.kind, change.after) for change in gone.changes] == [
        (one, "removed", None) for one in (*said, "condition", "condition")
    ]
    assert [change.after.status for change in new.changes if change.after] == [*["stated"] * 4, "inherited", "none"]
    assert not new.doubtful
    assert not gone.doubtful


def test_an_unknown_partner_goes_by_its_name() -> None:
    def called(name: str) -> Section:
        return edited("1.5", partners=(replace(section("1.5").partners[0], name=name, code=None),))

    assert [
        pair.outcome for pair in compare(with_sections([called("甲国")]), with_sections([called("甲国")])).pairs
    ] == ["same"]
    assert [
        pair.outcome for pair in compare(with_sections([called("甲国")]), with_sections([called("乙国")])).pairs
    ] == ["new", "gone"]


def test_a_partner_more_keeps_the_section() -> None:
    more = edited(
        "1.12", title="中俄蒙政府间合作项目", partners=(*guide("made_2021_second_batch").sections[1].partners,)
    )
    pair = only(more)
    assert pair.outcome == "changed"
    assert "partner added" in brief(pair)


def test_two_that_would_do_are_doubtful_with_their_rivals() -> None:
    twins = [edited("1.5"), edited("1.5", number="1.6", id="2017-1/1.6")]
    pairs = compare(with_sections([section("1.5")]), with_sections(twins)).pairs
    assert [(pair.outcome, pair.doubtful) for pair in pairs] == [("same", True), ("new", True)]
    assert [(rival.before, rival.after) for rival in pairs[0].rivals] == [("1.5", "1.6")]
    assert pairs[1].rivals == pairs[0].rivals


def test_sections_without_partners_go_by_title_and_content() -> None:
    old = guide("key_special")
    renamed_ = [
        replace(one, number=f"3.{place}", title=one.title.replace("（应用示范类）", "").replace("共性关键", "关键"))
        for place, one in enumerate(reversed(old.sections), 1)
    ]
    stranger = replace(old.sections[0], number="3.9", title="深海采矿装备（应用示范类）", other=())
    found = compare(old, with_sections([*renamed_, stranger], old))
    assert by_numbers(found) == {
        *((one.number, other.number) for one, other in zip(reversed(old.sections), renamed_, strict=True)),
        (None, "3.9"),
    }
    assert not any(pair.doubtful for pair in found.pairs)
    assert {change.what for pair in found.pairs if pair.before for change in pair.changes} == {"title"}


def test_the_best_pairing_overall_is_chosen_and_a_clear_one_is_no_doubt() -> None:
    one, other = section("1.1"), section("1.2")  # both with the US
    pairs = compare(with_sections([one, other]), with_sections([other, one])).pairs
    assert [(pair.outcome, pair.doubtful) for pair in pairs] == [("same", False), ("same", False)]


@pytest.mark.parametrize(
    ("worth", "want"),
    [
        ([], []),
        ([[0]], []),
        ([[5, 5], [5, 5]], [(0, 0), (1, 1)]),
        ([[9, 8], [8, 0]], [(0, 1), (1, 0)]),
        ([[9, 3], [3, 0]], [(0, 0)]),
        ([[1], [2], [3]], [(2, 0)]),
        ([[1, 2, 3]], [(0, 2)]),
    ],
)
def test_assignment(worth: list[list[int]], want: list[tuple[int, int]]) -> None:
    assert assign(worth) == want


def test_assignment_is_worth_as_much_as_any_and_of_those_keeps_order_best() -> None:
    dice = random.Random(5)
    for highest in (2, 9) * 100:
        rows, columns = dice.randint(1, 5), dice.randint(1, 5)
        worth = [[dice.randint(-1, highest) for _ in range(columns)] for _ in range(rows)]
        assert scored(worth, assign(worth)) == max(scored(worth, pairs) for pairs in every(worth))


def scored(worth: list[list[int]], pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    return sum(worth[row][column] for row, column in pairs), -sum(abs(row - column) for row, column in pairs)


def every(worth: list[list[int]]) -> Iterator[list[tuple[int, int]]]:
    """Every pairing of what is worth something."""
    size = max(len(worth), len(worth[0]))
    for order in permutations(range(size)):
        pairs = [(row, column) for row, column in enumerate(order) if row < len(worth) and column < len(worth[0])]
        yield [(row, column) for row, column in pairs if worth[row][column] > 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("（2—3 年）。", "(2-3年)"), ("“十三五”", '"十三五"'), ("LED 照明", "ＬＥＤ照明"), ("能源；", "能源")],
)
def test_form_is_no_difference(one: str, other: str) -> None:
    assert fold_wording(one) == fold_wording(other)


def test_numbers_and_words_are_differences() -> None:
    assert fold_wording("3.5万") != fold_wording("35万")
    assert fold_wording("不超过3年") != fold_wording("超过3年")
    assert likeness("先进制造", "医药卫生") < 50


# ── whole guides ──────────────────────────────────────────────────────────────────────────────────────


def by_numbers(comparison: Comparison) -> set[tuple[str | None, str | None]]:
    return {
        (pair.before.number if pair.before else None, pair.after.number if pair.after else None)
        for pair in comparison.pairs
    }


@pytest.mark.parametrize("name", ["guide_2017", *MADE])
def test_a_guide_against_itself_is_all_the_same(name: str) -> None:
    found = compare(guide(name), guide(name))
    assert {pair.outcome for pair in found.pairs} == {"same"}
    assert not any(pair.doubtful or pair.renumbered or pair.renamed for pair in found.pairs)
    assert found.guide == ()
    assert found.cautions == ("same_file",)
    assert all(total.before == total.after and total.trend is None for total in found.totals)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_sides_can_be_swapped(one: str, other: str) -> None:
    there, back = compare(guide(one), guide(other)), compare(guide(other), guide(one))
    assert {(b, a) for a, b in by_numbers(there)} == by_numbers(back)
    assert mirrored(there) == sorted(map(told, both(back)))


def both(comparison: Comparison) -> list[Change]:
    return [*comparison.guide, *(change for pair in comparison.pairs for change in pair.changes)]


def told(change: Change) -> str:
    """A change but for its place, which is named from the later side."""
    return str((change.what, change.kind, change.before, change.after, change.trend))


def mirrored(comparison: Comparison) -> list[str]:
    kinds: dict[str, Any] = {"added": "removed", "removed": "added"}
    ways: dict[Any, Any] = {"up": "down", "down": "up"}
    return sorted(
        told(
            replace(
                change,
                kind=kinds.get(change.kind, change.kind),
                before=change.after,
                after=change.before,
                trend=ways.get(change.trend, change.trend),
            )
        )
        for change in both(comparison)
    )


@pytest.mark.parametrize("name", ["guide_2017", "made_2023", "key_special"])
@pytest.mark.parametrize("seed", range(3))
def test_another_order_changes_nothing_but_numbers(name: str, seed: int) -> None:
    sections = list(guide(name).sections)
    random.Random(seed).shuffle(sections)
    again = [replace(one, number=f"9.{place}") for place, one in enumerate(sections, 1)]
    found = compare(guide(name), with_sections(again, guide(name)))
    assert {pair.outcome for pair in found.pairs} == {"same"}
    assert all(pair.before and pair.after and pair.before.title == pair.after.title for pair in found.pairs)


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        ("guide_2017", "guide_2017", ("same_file",)),
        ("guide_2017", "made_2017_second_batch", ("same_year",)),
        ("made_2017_second_batch", "guide_2017", ("years_reversed", "same_year")),
        ("made_2018", "made_2019", ()),
        ("made_2019", "made_2018", ("years_reversed",)),
        ("made_2020", "made_2021_second_batch", ("programmes_differ",)),
        ("guide_2017", "key_special", ("programmes_differ", "nothing_paired")),
    ],
)
def test_cautions(one: str, other: str, want: tuple[str, ...]) -> None:
    assert compare(guide(one), guide(other)).cautions == want


def test_totals_are_sums_of_intervals_with_how_many_state_them() -> None:
    projects, money = compare(guide(), guide("made_2019")).totals
    assert projects.before
    assert (projects.before.min, projects.before.max, projects.before.stated) == (190, 246, 16)
    assert projects.after
    assert (projects.after.min, projects.after.max, projects.trend) == (97, None, "unclear")
    assert money.before
    assert (money.unit, money.before.max, money.before.stated, money.before.sections) == ("CNY", 582_000_000, 15, 16)


# ── a next year with known truth ──────────────────────────────────────────────────────────────────────


@dataclass
class Truth:
    """What was done to a guide: by the old number, the new one (None: dropped) and the changes."""

    became: dict[str, str | None] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)


def _count(one: Section) -> tuple[Section, list[str]]:
    count = one.project_count.value or Count(min=None, max=1)
    more = replace(count, min=count.min and count.min + 3, max=count.max and count.max + 3, tracks=())
    lost = [f"projects_track removed {track.name}" for track in count.tracks]
    field_ = replace(one.project_count, value=more, text=f"{more.max}个左右")
    return replace(one, project_count=field_), ["project_count changed", *lost]


def _money(one: Section) -> tuple[Section, list[str]]:
    money = one.funding.value
    if money is None:
        return one, []
    less = Money(min=1_230_000, max=1_230_000)
    lost = [f"funding_track removed {track.name}" for track in money.tracks]
    return replace(one, funding=replace(one.funding, value=less, text="123万元")), ["funding changed", *lost]


def _topic(one: Section) -> tuple[Section, list[str]]:
    topics = one.fields.value or Topics()
    more = replace(topics, items=(*topics.items, Topic(name="量子精密测量")))
    return replace(one, fields=replace(one.fields, value=more)), ["topic added 量子精密测量"]


def _requirement(one: Section) -> tuple[Section, list[str]]:
    asked = one.requirements.value
    if asked is None:
        return one, []
    return (
        replace(one, requirements=replace(one.requirements, value=replace(asked, items=asked.items[1:]))),
        ["requirement removed"],
    )


def _title(one: Section) -> tuple[Section, list[str]]:
    return replace(one, title=one.title.removesuffix("项目") + "联合资助项目"), ["title changed"]


EDITS = (_count, _money, _topic, _requirement, _title)


def next_year(seed: int) -> tuple[Guide, Truth]:
    """The 2017 guide a year later: sections dropped, added, edited and put in another order."""
    dice, truth = random.Random(seed), Truth()
    sections: list[tuple[str | None, Section]] = []
    for one in guide().sections:
        if dice.random() < 0.2:
            truth.became[one.number] = None
            continue
        done: list[str] = []
        edits = dice.sample(EDITS, dice.choice((0, 0, 1, 2, 3)))
        after = one
        for edit in edits:
            after, changes = edit(after)
            done += changes
        truth.changed[one.number] = sorted(done)
        sections.append((one.number, after))
    strangers = [one for one in guide("made_2018").sections if one.partners[0].code not in ("DE",)]
    sections += [(None, one) for one in dice.sample(strangers, 3)]
    dice.shuffle(sections)
    renumbered = []
    for place, (was, one) in enumerate(sections, 1):
        number = f"2.{place}"
        renumbered.append(replace(one, number=number, id=f"2018/{number}"))
        if was is None:
            truth.new.append(number)
        else:
            truth.became[was] = number
    facts = replace(guide().guide, year=2018, batch=None, title=guide().guide.title.replace("2017", "2018"))
    return replace(with_sections(renumbered), guide=facts), truth


@pytest.mark.parametrize("seed", range(20))
def test_exactly_what_was_done_to_a_guide_is_found(seed: int) -> None:
    after, truth = next_year(seed)
    found = compare(guide(), after)
    want: set[tuple[str | None, str | None]] = {*truth.became.items(), *((None, number) for number in truth.new)}
    assert by_numbers(found) == want
    got = {
        pair.before.number: sorted(_named(change) for change in pair.changes)
        for pair in found.pairs
        if pair.before and pair.after
    }
    assert got == truth.changed
    assert found.guide == ()
    assert found.cautions == ()


def _named(change: Change) -> str:
    named = change.place if change.what in ("topic", "projects_track", "funding_track") else None
    return f"{change.what} {change.kind}" + (f" {named}" if named else "")


# ── the JSON, and what is no record ───────────────────────────────────────────────────────────────────


def test_the_json_is_the_same_each_time_fits_its_schema_and_reads_back() -> None:
    import jsonschema

    found = compare(guide("made_2018"), guide("made_2019"))
    data = dumps(found)
    assert data == dumps(compare(guide("made_2018"), guide("made_2019")))
    assert msgspec.json.decode(data, type=Comparison) == found
    jsonschema.Draft202012Validator(schema(Comparison)).validate(msgspec.json.decode(data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "a PDF; read it with guide-extract run"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1, 2]", "other JSON"),
        (b'{"schema": "other/1"}', "other JSON"),
        (b'{"schema": "guide-extract-comparison/1"}', "a comparison of two records; give one of the records"),
        (b'{"schema": "guide-extract/2"}', "missing required field"),
        (b'{"schema": "guide-extract/1"}', "another version .guide-extract/1, not guide-extract/2.; run guide-extract"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_is_no_record_says_what_it_is(data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "some.json"
    file.write_bytes(data)
    with pytest.raises(ExtractError, match=message):
        load(file)


def test_tracks_are_named() -> None:
    tracks = (Track(name="甲", min=1, max=1), Track(name="乙", min=2, max=2))
    pair = only(value("1.1", "project_count", min=3, max=3, tracks=tracks))
    assert [change.place for change in pair.changes if change.what == "projects_track"] == ["甲", "乙"]
