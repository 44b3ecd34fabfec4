"""Guides with labelled parts for all sections, whole: proved by every check, and shown in every form."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from extract import Guide
from extract.check import PrintedGuide
from extract.check.quote_lookup import QuoteFinder
from extract.check.quotes import quotes_in_section
from extract.corrections.plain_values import to_plain
from extract.export.json import dumps
from extract.model.fields import corrections_of
from extract.model.record import Field
from extract.model.stages import Repaired, SplitGuide
from extract.model.values import Duration
from extract.pipeline import extract_guide
from extract.profile.files import load_profile
from extract.profile.schema import Profile
from extract.pull import pull
from extract.repair import repair
from extract.split import split
from extract.verify import verify
from tests.corrections.test_files import entry
from tests.support import records
from tests.support.common_parts import with_labelled_introduction

TITLE = "“政府间国际科技创新合作”重点专项2019年度项目申报指南"
COMMON = [
    "本专项支持中国与有关国家开展合作。",
    "合作依据：《政府间科技合作协定》。",
    "支持领域：农业、能源。",
    "资助强度：总经费500万元，每项不超过50万元，执行期3年。",
    "支持数量：1）联合研究，10项；2）人员交流，5项。",
    "申报要求：1）须有企业参与；2）须附合作协议。",
    "联系人：王芳。",
]
ONE = ["1.1中美政府间合作项目", "领域方向：环境。"]
TWO = [*ONE, "拟支持项目数：10项。", "1.2中德政府间合作项目", "拟支持项目数：5项。", "拟支持经费：每项20万元。"]


def lifting(cut: Callable[..., SplitGuide]) -> Callable[..., SplitGuide]:
    def with_common(repaired: Repaired, profile: Profile, part: int = 1) -> SplitGuide:
        return with_labelled_introduction(cut(repaired, profile, part), profile)

    return with_common


@pytest.fixture
def lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labelled lines below the introduction are parts for all sections."""
    monkeypatch.setattr("extract.pipeline.split", lifting(split))


def read(folder: Path, *lines: str) -> Guide:
    (folder / "guide.txt").write_text("\n".join([TITLE, *lines]), "utf-8")
    return extract_guide(folder / "guide.txt")


def outcomes(guide: Guide) -> dict[str, str]:
    return {check.code: check.outcome for check in guide.checks}


@pytest.mark.parametrize("sections", [ONE, TWO], ids=["one section", "two sections"])
@pytest.mark.usefixtures("lifted")
def test_every_check_holds(sections: list[str], tmp_path: Path) -> None:
    guide = read(tmp_path, *COMMON, *sections)
    sums = {
        code: outcome for code, outcome in outcomes(guide).items() if code in ("projects-declared", "funding-declared")
    }
    assert sums == ({} if sections == ONE else {"projects-declared": "proved", "funding-declared": "consistent"})
    assert {outcome for code, outcome in outcomes(guide).items() if code not in sums} == {"proved"}
    assert [one.code for one in guide.findings if one.severity != "info"] == []
    labels = next(check for check in guide.checks if check.code == "labels-accounted")
    assert labels.message == f"{6 + len([line for line in sections if '：' in line])} labels are held by the sections"
    pulled = pull(tmp_path / "guide.txt")
    records.prove(guide, pulled)
    records.prove_outputs(guide, pulled, repair(pulled), guide)
    (tmp_path / "guide.json").write_bytes(dumps(guide))
    assert [proof.failures for proof in verify(tmp_path / "guide.json", tmp_path / "guide.txt")] == [()] * 4


@pytest.mark.usefixtures("lifted")
def test_what_is_inherited_cites_what_the_guide_states_for_all(tmp_path: Path) -> None:
    guide = read(tmp_path, *COMMON, *TWO)
    pulled = pull(tmp_path / "guide.txt")
    paper = QuoteFinder(pulled, repair(pulled))
    first, second = guide.sections
    assert second.fields.status == "inherited"
    strange = replace(second, fields=replace(second.fields, evidence=first.fields.evidence))
    check = quotes_in_section(paper, guide.guide, [first, strange])
    assert (check.outcome, check.sections) == ("contradicted", ("1.2",))


@pytest.mark.parametrize(
    ("name", "label"), [("requirements", "申报要求"), ("other", "联系人"), ("agreement", "合作依据")]
)
@pytest.mark.usefixtures("lifted")
def test_a_label_for_all_sections_that_the_record_does_not_hold_stands_apart(
    name: str, label: str, tmp_path: Path
) -> None:
    guide = read(tmp_path, *COMMON, *TWO)
    rules, repaired = load_profile(), repair(pull(tmp_path / "guide.txt"))
    cut = with_labelled_introduction(split(repaired, rules), rules)
    without = replace(guide.guide, common=replace(guide.guide.common, **{name: UNSET}))
    printed = PrintedGuide(repaired, None, cut, without, guide.sections, rules.labels.fields_by_name)
    check = printed.labels_accounted()
    assert (check.outcome, check.message.count(f"1 apart from them: {label}：")) == ("consistent", 1)


@pytest.mark.usefixtures("lifted")
def test_sections_follow_what_a_person_corrects_for_all(tmp_path: Path) -> None:
    plain = read(tmp_path, *COMMON, *TWO)
    (tmp_path / "guide.corrections.toml").write_text(
        entry("common.duration", '"absent"', None, "{ min_months = 36, max_months = 36 }")
        + entry("common.funding", "{ per_project = { max = 600000 } }", None, "{ per_project = { max = 500000 } }")
        + entry("common.content", '{ items = [{ text = "育种。" }] }', None, '"absent"')
        + entry("duration", "{ min_months = 12, max_months = 12 }", "1.2", "{ min_months = 36, max_months = 36 }"),
        "utf-8",
    )
    guide = read(tmp_path, *COMMON, *TWO)
    first, second = guide.sections
    assert first.duration == Field(status="absent")
    assert second.duration.value == Duration(min_months=12, max_months=12, evidence=plain.sections[1].duration.evidence)
    assert to_plain(first.funding.value) == {"per_project": {"max": 600000}}
    assert first.funding.corrected == guide.guide.common.field("funding").corrected
    assert second.funding == plain.sections[1].funding
    assert outcomes(guide) == outcomes(plain)
    assert corrections_of(first) == {"funding": first.funding.corrected}
    (tmp_path / "guide.json").write_bytes(dumps(guide))
    assert not any(proof.failures for proof in verify(tmp_path / "guide.json", tmp_path / "guide.txt"))


@pytest.mark.usefixtures("lifted")
def test_the_only_section_follows_a_corrected_total(tmp_path: Path) -> None:
    read(tmp_path, *COMMON, *ONE)
    (tmp_path / "guide.corrections.toml").write_text(
        entry("declared.funding", "{ max = 4000000 }", None, "{ min = 5000000, max = 5000000 }"), "utf-8"
    )
    (section,) = read(tmp_path, *COMMON, *ONE).sections
    assert section.funding.status == "inherited"
    assert to_plain(section.funding.value) == {"max": 4000000, "per_project": {"max": 500000}}
    assert list(corrections_of(section)) == ["funding"]
