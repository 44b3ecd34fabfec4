"""What is stated once for all sections: where it stands in the record, and what sections inherit."""

from typing import Any

import pytest
from msgspec.structs import replace

from extract.model.fields import FIELDS, held_value
from extract.model.finding_catalogue import FINDINGS
from extract.model.record import Field, Section
from extract.model.stages import Normalised
from extract.normalise import normalise
from extract.profile.files import load_profile
from tests.support.case_tables import bare, plain_guide
from tests.support.common_parts import parts

PROFILE = load_profile()
TITLE = "“政府间国际科技创新合作”重点专项2019年度项目申报指南"
AGREEMENT = "合作协议：《中美科学技术合作协定》。"
ONE = ["1.1中美政府间合作项目", AGREEMENT]
TWO = [*ONE, "1.2中德政府间合作项目", "合作协议：《中德科学技术合作协定》。"]


def read(common: dict[str, str], *lines: str) -> Normalised:
    """A guide with parts for all sections, and with these lines below its title."""
    return normalise(replace(plain_guide([TITLE, *lines]), common=parts(common, PROFILE)), PROFILE)


def stated(field: Field[Any]) -> Any:
    return bare(field.value) if field.status == "stated" else field.status


def loud(values: Normalised) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in values.findings if FINDINGS[one.code].severity != "info"]


# ── where it stands ───────────────────────────────────────────────────────────────────────────────────

EACH = {"currency": "CNY", "per_project": {"max": 500000}}
HALF = {"currency": "CNY", "min": 5000000, "max": 5000000}

COMMON: dict[str, tuple[dict[str, str], list[str], dict[str, Any], list[tuple[str, str]]]] = {
    # labels with their words, the introduction, what stands where, warnings with the values that they doubt
    "nothing": ({}, [], {}, []),
    "the introduction's duration": ({}, ["项目执行期为3年。"], {"common.duration": {"min_months": 36, "max_months": 36}}, []),
    "a duration": ({"资助期限": "2年。"}, [], {"common.duration": {"min_months": 24, "max_months": 24}}, []),
    "a duration in months, as the introduction": (
        {"资助期限": "36个月"}, ["项目执行期为3年。"], {"common.duration": {"min_months": 36, "max_months": 36}}, [],
    ),
    "another duration than the introduction": (
        {"资助期限": "2年。"}, ["项目执行期为3年。"], {"common.duration": {"min_months": 24, "max_months": 24}},
        [("common-differs", "common.duration")],
    ),
    "no duration that can be read": (
        {"资助期限": "另行通知。"}, ["项目执行期为3年。"],
        {"common.duration": {"min_months": 36, "max_months": 36}, "other": ["资助期限：另行通知。"]},
        [("value-unread", "common.duration")],
    ),
    "no duration that can be read, and none of the introduction": (
        {"资助期限": "另行通知。"}, [], {"common.duration": "unread"}, [("value-unread", "common.duration")],
    ),
    "a duration in a requirement": (
        {"申报要求": "项目执行期为2年。"}, ["项目执行期为3年。"],
        {"common.duration": {"min_months": 24, "max_months": 24}, "common.requirements": "项目执行期为2年。"},
        [("common-differs", "common.duration")],
    ),
    "an upper bound that the introduction keeps": (
        {"申报要求": "项目执行期不超过3年。"}, ["项目执行期为3年。"],
        {"common.duration": {"min_months": 36, "max_months": 36}, "common.requirements": "项目执行期不超过3年。"}, [],
    ),
    "money for each project": ({"资助强度": "每项不超过50万元。"}, [], {"common.funding": EACH}, []),
    "money under a label for each project": ({"每项经费": "不超过50万元。"}, [], {"common.funding": EACH}, []),
    "a total": ({"总经费": "500万元。"}, [], {"declared.funding": HALF}, []),
    "a total and money for each project": (
        {"资助强度": "总经费500万元，每项不超过50万元。"}, [], {"declared.funding": HALF, "common.funding": EACH}, [],
    ),
    "both under labels of their own": (
        {"总经费": "500万元。", "每项经费": "不超过50万元。"}, [],
        {"declared.funding": HALF, "common.funding": EACH}, [],
    ),
    "a total with its parts": (
        {"总经费": "联合研究300万元，人员交流200万元。"}, [],
        {"declared.funding": HALF | {"tracks": [
            {"name": "联合研究", "min": 3000000, "max": 3000000}, {"name": "人员交流", "min": 2000000, "max": 2000000}]}},
        [],
    ),
    "about so much for each project": (
        {"资助强度": "每项约50万元。"}, [],
        {"common.funding": {"currency": "CNY", "approximate": True, "per_project": {"min": 500000, "max": 500000}}}, [],
    ),
    "the introduction's total again": (
        {"总经费": "500万元。"}, ["2019年拟安排国拨总经费500万元。"],
        {"declared.funding": HALF, "other": ["总经费：500万元。"]}, [],
    ),
    "another total than the introduction": (
        {"总经费": "500万元，每项不超过50万元。"}, ["2019年拟安排国拨总经费600万元。"],
        {"declared.funding": {"currency": "CNY", "min": 6000000, "max": 6000000}, "common.funding": EACH},
        [("common-differs", "declared.funding")],
    ),
    "a number of projects": ({"支持数量": "20项。"}, [], {"declared.projects": {"min": 20, "max": 20}}, []),
    "a number of projects by kind": (
        {"支持数量": "1）联合研究，10项；2）人员交流，5项。"}, [],
        {"declared.projects": {"min": 15, "max": 15, "tracks": [
            {"name": "联合研究", "min": 10, "max": 10}, {"name": "人员交流", "min": 5, "max": 5}]}},
        [],
    ),
    "a number of projects for each field": (
        {"支持数量": "每个领域1-2个项目，共5-10个项目。"}, [],
        {"declared.projects": {"min": 5, "max": 10},
         "common.project_count": {"per": {"unit": "领域", "min": 1, "max": 2}}},
        [],
    ),
    "another number than the introduction": (
        {"支持数量": "20项。"}, ["2019年拟支持项目30项。"],
        {"declared.projects": {"min": 30, "max": 30}, "other": ["支持数量：20项。"]},
        [("common-differs", "declared.projects")],
    ),
    "projects and a duration under the label of money": (
        {"资助强度": "拟支持20项，每项不超过50万元，执行期3年。"}, [],
        {"declared.projects": {"min": 20, "max": 20}, "common.funding": EACH,
         "common.duration": {"min_months": 36, "max_months": 36}},
        [],
    ),
    "projects under a label of which not all is understood": (
        {"资助强度": "支持20项左右。每项资助额度折合甲乙50万元。"}, [], {"common.funding": "unread"},
        [("value-unread", "common.funding"), ("figure-misplaced", "common.project_count")],
    ),
    "各, which may mean each section": (
        {"支持领域": "农业、能源。", "支持数量": "各1个项目。"}, [],
        {"common.fields": [{"name": "农业"}, {"name": "能源"}], "common.project_count": "unread"},
        [("value-unread", "common.project_count")],
    ),
    "one label twice": (
        {"资助期限": "3年。", "执行期": "2年。"}, [],
        {"common.duration": {"min_months": 36, "max_months": 36}, "other": ["执行期：2年。"]},
        [("label-repeated", "common")],
    ),
    "a label of no field": ({"联系人": "王芳。"}, [], {"other": ["联系人：王芳。"]}, []),
    "none": ({"其他要求": "无"}, [], {"common.requirements": "none"}, []),
}  # fmt: skip


def held(values: Normalised) -> dict[str, Any]:
    """What the guide holds of this, as a row writes it."""
    facts = values.guide
    found = {f"common.{name}": stated(facts.common.field(name)) for name in FIELDS}
    found = {name: value for name, value in found.items() if value != "absent"}
    for name, key in (("common.requirements", "text"), ("common.fields", None)):
        if isinstance(value := found.get(name), dict):
            found[name] = value["items"][0][key] if key else value["items"]
    declared = {f"declared.{name}": bare(getattr(facts.declared, name)) for name in ("projects", "funding")}
    found |= {name: value for name, value in declared.items() if value is not None}
    if facts.common.other:
        found["other"] = [f"{part.label}：{part.text}" for part in facts.common.other]
    return found


@pytest.mark.parametrize("name", COMMON)
def test_parts_for_all_sections(name: str) -> None:
    common, introduction, want, warnings = COMMON[name]
    values = read(common, *introduction, *TWO)
    assert held(values) == want
    assert [(code, field) for code, field in loud(values) if code != "inherited-doubtful"] == warnings


def test_what_a_part_states_has_its_label_words_and_evidence() -> None:
    duration = read({"资助期限": "2年。"}, *TWO).guide.common.field("duration")
    assert (duration.status, duration.label, duration.text) == ("stated", "资助期限", "2年。")
    assert "".join(piece.quote for piece in duration.evidence) == "2年。"
    introduced = read({}, "项目执行期为3年。", *TWO).guide.common.field("duration")
    assert (introduced.status, introduced.label, introduced.text) == ("stated", None, "3年")


# ── what sections inherit ─────────────────────────────────────────────────────────────────────────────

ALL = {
    "合作协议": "《政府间科技合作协定》。",
    "支持领域": "农业、能源。",
    "资助期限": "3年。",
    "资助强度": "总经费500万元，每项不超过50万元。",
    "支持数量": "20项。",
    "申报要求": "须有企业参与。",
}


def taken(section: Section) -> list[str]:
    return [name for name in FIELDS if getattr(section, name).status == "inherited"]


INHERITED: dict[str, tuple[list[str], list[str]]] = {
    # lines below the heading of the second of two sections, what it inherits
    "all that it lacks": ([], ["fields", "funding", "duration", "requirements"]),
    "the agreement": (["领域方向：环境。"], ["agreement", "funding", "duration", "requirements"]),
    "no requirements beside its own": (["其他要求：须有合作协议。"], ["fields", "funding", "duration"]),
    "no duration beside its own": (["执行期：2年。"], ["fields", "funding", "requirements"]),
    "no duration beside that of a requirement": (["其他要求：项目执行期为2年。"], ["fields", "funding"]),
    "the duration that a requirement keeps": (["其他要求：项目执行期不超过3年。"], ["fields", "funding", "duration"]),
    "no money beside its own total": (["拟支持经费：100万元。"], ["fields", "duration", "requirements"]),
    "no money beside its own for each project": (["拟支持经费：每项30万元。"], ["fields", "duration", "requirements"]),
    "nothing where it says that there is none": (["其他要求：无。"], ["fields", "funding", "duration"]),
    "nothing where its own is not understood": (["执行期：另行通知。"], ["fields", "funding", "requirements"]),
}


@pytest.mark.parametrize("name", INHERITED)
def test_a_section_inherits(name: str) -> None:
    lines, want = INHERITED[name]
    last = TWO[2:] if name != "the agreement" else TWO[2:3]
    values = read(ALL, *ONE, *last, *lines)
    second = values.sections[1]
    assert taken(second) == want
    for field in want:
        own, common = getattr(second, field), values.guide.common.field(field)
        assert (own.label, own.text, own.evidence, own.value) == (None, common.text, common.evidence, common.value)
    assert second.project_count.status == "absent"


COUNT = "拟支持项目数：1个。"
ABOVE = ["1.2中国—东盟合作项目", "合作协议：《中国—东盟科技合作谅解备忘录》。"]
BELOW: dict[str, tuple[list[str], list[str], list[str], list[str]]] = {
    # lines of a section, those of the section below it, what that inherits from the section, and from the guide
    "what both state": (["执行期：2年。"], [], ["agreement", "duration"], ["fields", "funding", "requirements"]),
    "money of each project": (
        ["拟支持经费：900万元，每个项目不超过300万元。"], [], ["agreement", "funding"], ["fields", "duration", "requirements"],
    ),
    "no total and no number of projects": (
        ["拟支持经费：900万元。", "拟支持项目数：9个。"], [], ["agreement"], ["fields", "funding", "duration", "requirements"],
    ),
    "nothing beside its own": (
        ["领域方向：环境。", "其他要求：须有合作协议。"],
        ["领域方向：海洋。", "其他要求：无。"], ["agreement"], ["funding", "duration"],
    ),
    "nothing where the section says that there is none": (
        ["其他要求：无。", "执行期：另行通知。"], [], ["agreement"], ["fields", "funding"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BELOW)
def test_a_section_inherits_from_the_one_above_it(name: str) -> None:
    lines, own, from_section, from_guide = BELOW[name]
    values = read(ALL, *ONE, *ABOVE, *lines, "1.2.1海洋环境联合研究", COUNT, *own, "1.2.2遥感应用研究", COUNT)
    _, section, below, _ = values.sections
    assert sorted(taken(below)) == sorted([*from_section, *from_guide])
    assert [partner.code for partner in below.partners] == ["ASEAN"]
    assert below.partners == section.partners
    for field in from_section:
        assert getattr(below, field).evidence == getattr(section, field).evidence
    for field in from_guide:
        assert getattr(below, field).evidence == values.guide.common.field(field).evidence


def test_a_section_below_another_keeps_its_own_partners() -> None:
    values = read({}, *ONE, *ABOVE, "1.2.1中国和泰国海洋环境联合研究", COUNT, "1.2.2遥感应用联合研究", COUNT)
    assert [[one.code for one in section.partners] for section in values.sections] == [
        ["US"],
        ["ASEAN"],
        ["TH"],
        ["ASEAN"],
    ]


def test_a_total_beside_money_for_each_project_is_inherited_by_none_of_several() -> None:
    for section in read(ALL, *TWO).sections:
        assert bare(section.funding.value) == EACH
        assert section.project_count.status == "absent"


ALONE: dict[str, tuple[dict[str, str], list[str], dict[str, Any]]] = {
    # parts, lines of the guide below its section's heading, the section's figures with their words
    "both totals": (
        {"总经费": "500万元。", "支持数量": "约20项。"}, [],
        {"funding": (HALF, "500万元"), "project_count": ({"min": 20, "max": 20, "approximate": True}, "约20项")},
    ),
    "a total and money for each project, in one part": (
        {"资助强度": "总经费500万元，每项不超过50万元。"}, [],
        {"funding": (HALF | EACH, "总经费500万元，每项不超过50万元。")},
    ),
    "a total and money for each project, in two": (
        {"总经费": "500万元。", "每项经费": "不超过50万元。"}, [],
        {"funding": (HALF | EACH, "500万元不超过50万元。")},
    ),
    "in different currencies": (
        {"总经费": "500万元。", "每项经费": "不超过50万欧元。"}, [], {"funding": (HALF, "500万元")},
    ),
    "projects by kind": (
        {"支持数量": "1）联合研究，10项；2）人员交流，5项。"}, [],
        {"project_count": ({"min": 15, "max": 15, "tracks": [
            {"name": "联合研究", "min": 10, "max": 10}, {"name": "人员交流", "min": 5, "max": 5}]},
            "10项；2）人员交流，5项")},
    ),
    "none beside its own": (
        {"总经费": "500万元。", "支持数量": "20项。"}, ["拟支持项目数：3项。", "拟支持经费：每项10万元。"], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_the_only_section_inherits_the_totals_of_the_guide(name: str) -> None:
    common, lines, want = ALONE[name]
    (section,) = read(common, *ONE, *lines).sections
    figures = {key: getattr(section, key) for key in ("funding", "project_count")}
    got = {key: (bare(field.value), field.text) for key, field in figures.items() if field.status == "inherited"}
    assert got == want
    for field in figures.values():
        assert "".join(piece.quote for piece in field.evidence) == (field.text or "")


# ── in doubt ──────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_in_doubt_where_it_is_stated_is_reported_of_each_section_that_inherits_it() -> None:
    lines = ["项目执行期为3年。", *TWO, "执行期：2年。"]
    values = read(
        {"资助期限": "2年。", "支持领域": "农业以及能源技术等应用研究以及其他。", "申报要求": "须有企业参与。"}, *lines
    )
    doubts = [(one.section, one.field) for one in values.findings if one.code == "inherited-doubtful"]
    assert doubts == [("1.1", "fields"), ("1.1", "duration"), ("1.2", "fields")]
    assert {code for code, _ in loud(values)} >= {"common-differs", "topics-unclear"}


def test_a_total_in_doubt_is_reported_of_the_only_section() -> None:
    values = read({"支持数量": "20项。"}, "2019年拟支持项目30项。", *ONE)
    doubts = [(one.section, one.field) for one in values.findings if one.code == "inherited-doubtful"]
    assert doubts == [("1.1", "project_count")]
    assert held_value(values.sections[0], "project_count").text == "30项"
