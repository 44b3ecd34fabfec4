"""Drafts for calls whose labels no family knows: what they read without a hand on them, and that they do no harm."""

from pathlib import Path
from typing import Any

import pytest

from extract import Guide, extract_guide
from extract.authoring import draft_profile
from extract.authoring.draft_toml import draft_toml
from extract.authoring.field_kinds import field_of, is_guess
from extract.authoring.labels import suggest_directions
from extract.authoring.trials import values_of
from extract.model.fields import FIELDS
from extract.model.stages import Line
from extract.profile.files import load_profile
from tests.end_to_end.test_guide_2017 import ROOT
from tests.support.case_tables import bare, text
from tests.typeset.source import draw_source

GUIDES = Path(__file__).parent / "guides"
GOLDEN = ROOT / "tests" / "golden"
SHARE = 0.9  # of the fields of a call, which a draft reads right without a hand on it

# What a person reads in each call: the family, and its sections with their partner, the title of the agreement or the
# number of points, topics, projects, millions of yuan in all or for each project, months, and the number of requirements.
TRUTH: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "brackets": (
        "intergovernmental",
        {
            "1.1": {
                "partner": "SG",
                "agreement": "中国和新加坡科技合作协定",
                "fields": ["城市水资源", "可再生能源", "人工智能"],
                "project_count": 10,
                "funding": 30_000_000,
                "duration": 24,
                "requirements": 1,
            },
            "1.2": {
                "partner": "HU",
                "agreement": "中匈科技合作委员会第十次会议纪要",
                "fields": ["生物医药", "农业与食品"],
                "project_count": 8,
                "funding": 16_000_000,
                "duration": 36,
                "requirements": 1,
            },
            "1.3": {
                "partner": "CL",
                "agreement": "中国科技部与智利科技部关于联合资助的谅解备忘录",
                "fields": ["天文", "地震", "海洋"],
                "project_count": 5,
                "funding": 10_000_000,
                "duration": 36,
                "requirements": 1,
            },
        },
    ),
    "numbers": (
        "intergovernmental",
        {
            "1.1": {
                "partner": "FR",
                "agreement": "中法政府科学技术合作协定",
                "fields": ["人工智能", "航空航天"],
                "project_count": 6,
                "funding": 12_000_000,
                "duration": 36,
                "requirements": 1,
            },
            "1.2": {
                "partner": "BR",
                "agreement": "中国和巴西科技合作行动计划",
                "fields": ["热带农业", "生物多样性", "遥感"],
                "project_count": 4,
                "funding": 8_000_000,
                "duration": 24,
                "requirements": 1,
            },
            "2.1": {
                "partner": "EG",
                "agreement": "中埃科技合作协定",
                "fields": ["考古", "太阳能"],
                "project_count": 3,
                "funding": 4_500_000,
                "duration": 36,
                "requirements": 1,
            },
        },
    ),
    "province": (
        "provincial",
        {
            "1": {
                "partner": "SG",
                "agreement": None,
                "fields": ["智能制造", "新材料", "绿色能源"],
                "project_count": 5,
                "funding": 1_000_000,
                "duration": 24,
                "requirements": 2,
            },
            "2": {
                "partner": "FR",
                "agreement": None,
                "fields": ["生物医药", "现代农业"],
                "project_count": 3,
                "funding": 800_000,
                "duration": 36,
                "requirements": 2,
            },
            "3": {
                "partner": "DE",
                "agreement": None,
                "fields": ["量子信息", "先进计算", "海洋工程"],
                "project_count": 4,
                "funding": 1_200_000,
                "duration": 36,
                "requirements": 2,
            },
        },
    ),
    "directions": (
        "local-science",
        {
            number: {
                "partner": None,
                "content": 1,
                "project_count": None,  # 20 for all directions
                "funding": 100_000,
                "duration": 12,
                "requirements": 2,
            }
            for number in ("1", "2", "3")
        },
    ),
    "ranks": (
        "local-science",
        {
            "1": {"content": 1, "indicators": 1, "project_count": 2, "funding": 6_000_000, "duration": 36},
            "2": {"content": 1, "indicators": 1, "project_count": 3, "funding": 9_000_000, "duration": 24},
        },
    ),
}


def read(section: Any, name: str) -> Any:
    """The value of a section as the truth has it."""
    if name == "partner":
        return section.partners[0].code if section.partners else None
    value = getattr(section, name).value
    if value is None:
        return None
    if name == "agreement":
        return value.documents[0].title
    if name == "fields":
        return [topic.name for topic in value.items]
    if name == "funding":
        return value.max if value.max is not None else value.per_project.max
    if name in ("content", "indicators", "requirements"):
        return len(value.items)
    return value.max if name == "project_count" else value.max_months


def drafted(guide: Path, folder: Path, profile: str | None = None) -> Path:
    path = folder / "draft.toml"
    path.write_bytes(draft_toml(draft_profile(guide, profile=profile)))
    return path


@pytest.mark.parametrize("name", TRUTH)
def test_a_draft_reads_a_call_of_unknown_labels(name: str, tmp_path: Path) -> None:
    family, truth = TRUTH[name]
    guide = GUIDES / f"{name}.txt"
    draft = drafted(guide, tmp_path)
    assert load_profile(draft).extends == family
    record = extract_guide(guide, profile=draft)
    sections = {section.number: section for section in record.sections}
    wrong = [
        (number, field, wanted, read(sections[number], field) if number in sections else "no section")
        for number, fields in truth.items()
        for field, wanted in fields.items()
        if number not in sections or read(sections[number], field) != wanted
    ]
    count = sum(map(len, truth.values()))
    assert len(wrong) <= (1 - SHARE) * count, wrong
    assert list(sections) == list(truth)


@pytest.mark.parametrize("name", TRUTH)
def test_a_draft_is_the_same_each_time(name: str) -> None:
    made = [draft_toml(draft_profile(GUIDES / f"{name}.txt")) for _ in range(2)]
    assert made[0] == made[1]


def contradicted(guide: Guide) -> set[str]:
    return {check.code for check in guide.checks if check.outcome == "contradicted"}


@pytest.mark.slow
@pytest.mark.parametrize("label", ["拟支持项目数", "立项名额"])  # as it is, and in words that no family knows
@pytest.mark.parametrize("name", [path.parent.name for path in sorted(GOLDEN.glob("*/guide.txt"))])
def test_a_draft_never_makes_a_record_worse(name: str, label: str, tmp_path: Path) -> None:
    own = GOLDEN / name / "profile.toml"
    family = load_profile(own).extends if own.exists() else None
    source = (GOLDEN / name / "guide.txt").read_text("utf-8")
    (tmp_path / "source.txt").write_text(source.replace("拟支持项目数：", f"{label}："), "utf-8")
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(draw_source(tmp_path / "source.txt"))
    after = extract_guide(guide, profile=drafted(guide, tmp_path))
    before = extract_guide(guide, profile=family or "intergovernmental")
    assert values_of(before) - values_of(after) == set()
    assert contradicted(after) - contradicted(before) == set()


RENAMED = ("拟支持项目数：", "立项名额：")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [path.parent.name for path in sorted(GOLDEN.glob("*/guide.txt")) if RENAMED[0] in path.read_text("utf-8")]
)
def test_a_draft_reads_a_renamed_label_as_the_one_that_it_was(name: str, tmp_path: Path) -> None:
    own = GOLDEN / name / "profile.toml"
    family = load_profile(own).extends if own.exists() else None
    source = (GOLDEN / name / "guide.txt").read_text("utf-8")
    for stem, words in (("known", source), ("renamed", source.replace(*RENAMED))):
        (tmp_path / f"{stem}.txt").write_text(words, "utf-8")
        (tmp_path / f"{stem}.pdf").write_bytes(draw_source(tmp_path / f"{stem}.txt"))
    known = extract_guide(tmp_path / "known.pdf", profile=family or "intergovernmental")
    renamed = extract_guide(tmp_path / "renamed.pdf", profile=drafted(tmp_path / "renamed.pdf", tmp_path))
    read, wanted = (
        {(one.number, field): bare(getattr(one, field).value) for one in guide.sections for field in FIELDS}
        for guide in (renamed, known)
    )
    assert read == wanted


# Words under a label that no profile knows, and the field that they tell.
@pytest.mark.parametrize(
    ("label", "words", "field"),
    [
        ("立约依据", "《中法政府科学技术合作协定》。", "agreement"),
        ("资金盘子", "每项不超过100万元。", "funding"),
        ("立项名额", "不超过5项。", "project_count"),
        ("盘子", "10个项目。", "project_count"),
        ("工期", "2年。", "duration"),
        ("工期", "24个月", "duration"),
        ("攻关内容", "智能制造、新材料；绿色能源。", "fields"),
        ("攻关内容", "1.智能制造；\n2.新材料。", "fields"),
        ("门槛", "申请人应具有高级职称，并按照《管理办法》申报。", "requirements"),
        ("门槛", "须符合《项目管理办法》的规定。", "requirements"),
        ("报送清单", "加盖公章的《申报书》一份。", "other"),
        ("资金盘子", "每个课题匡助不超过200万元。", "funding"),  # money in words that no parser knows
        ("资金盘子", "每个课题资金盘子为200万元。", "funding"),  # … or that repeat the label
        ("单题经费", "不超过150万元。", "per_project"),
        ("合同年限", "3年。", "duration"),
        ("共资学科", "本年度征集：\n1.能源材料；\n2.脑科学。", "fields"),
        ("组队约束", "由企业牵头申报，自筹经费与国拨经费比例不低于1:1。", "requirements"),
        ("填报渠道", "申报人登录平台在线填报。", "other"),
        ("申报说叨", "为推动科技创新，组织本年度项目。", "other"),
        ("合作外方", "能源部、教育和科学部。", "other"),
        ("伙伴机构", "甲大学、乙学院。", "other"),
        ("各方缘起", "根据《中法科技合作协定》，双方共同征集项目。", "other"),
        ("外方投入", "600万元。", "other"),
        ("推荐名额", "3项。", "other"),
        ("缘起", "双方合作由来已久。", "other"),
    ],
)
def test_the_field_of_a_label_is_told_by_the_words_under_it(label: str, words: str, field: str) -> None:
    assert field_of(label, [words], load_profile())[0] == field


@pytest.mark.parametrize(
    ("label", "field", "is_told"),
    [
        ("攻关内容", "content", False),
        ("名额约束", "content", True),
        ("达标线", "indicators", False),
        ("经费用途", "indicators", True),
        ("门槛", "requirements", False),
    ],
)
def test_what_any_words_could_be_is_left_to_a_person(label: str, field: str, is_told: bool) -> None:
    assert is_guess(label, field, load_profile("local-science")) is is_told


@pytest.mark.parametrize(
    ("sentence", "count"), [("须由法人单位申报，不得重复申报。", 0), ("研究纯净度的控制方法。", 1)]
)
def test_a_chapter_of_conditions_is_none_of_directions(sentence: str, count: int) -> None:
    words = ["一、说明", "为推动科技创新，制定本指南。", "二、准入门槛", "（一）轴承", sentence, "（二）齿轮", sentence]
    lines = [Line(text(one), 1, starts=True) for one in words]
    assert len([*suggest_directions(lines, load_profile("local-science"))]) == count


def test_a_refused_guide_is_never_said_to_have_nothing_left_over(tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text("某某专项2027年度项目申报指南\n这里没有任何内容。", "utf-8")
    draft = draft_profile(guide)
    made = draft_toml(draft).decode()
    assert draft.refusal is not None
    assert draft.result is None
    assert "With it run still refuses the guide" in made
    assert "Nothing was left over" not in made


def test_what_does_harm_is_left_out_with_its_reason(tmp_path: Path) -> None:
    lines = (GUIDES / "numbers.txt").read_text("utf-8").replace("工期：3年。", "工期：3年。\n资助总盘：999万元。")
    (tmp_path / "guide.txt").write_text(lines, "utf-8")
    draft = draft_profile(tmp_path / "guide.txt")
    assert [(one.words, one.outcome) for one in draft.left_out] == [("资助总盘", "it names what a section has already")]
    assert {one.key for one in draft.kept} >= {"agreement", "fields", "project_count", "funding", "duration"}
