"""From a guide that no profile knows to its record with TOML alone: the worked example, and what drafts suggest."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from extract import UnreadableGuide, extract_guide
from extract.authoring import draft_profile
from extract.authoring.draft_toml import draft_toml
from extract.cli import main
from extract.profile.files import load_profile
from tests.end_to_end.test_guide_2017 import PDF, ROOT
from tests.split.test_split import TITLE, A, C, F, M, R
from tests.typeset.source import draw_source

pytestmark = pytest.mark.slow

DOC = (ROOT / "docs" / "new-year.md").read_text("utf-8")
EXAMPLE = ROOT / "docs" / "example"


def block(mark: str) -> str:
    """The code that follows a mark in the docs."""
    return re.findall(rf"<!-- {mark} -->\n```\w+\n(.*?)```", DOC, re.DOTALL)[0]  # type: ignore[no-any-return]


def test_the_example_is_drawn_from_its_source() -> None:
    assert draw_source(ROOT / "tests" / "typeset" / "guide_2031.txt") == (EXAMPLE / "guide_2031.pdf").read_bytes()


def test_the_profile_of_the_example_has_eight_lines_and_is_the_one_shown() -> None:
    profile = (EXAMPLE / "guide_2031.toml").read_text("utf-8")
    assert profile == block("profile")
    assert len(profile.splitlines()) == 8


def test_the_example_goes_through_as_the_docs_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "docs" / "example")
    monkeypatch.chdir(tmp_path)
    commands = [line for code in re.findall(r"```bash\n(.*?)```", DOC, re.DOTALL) for line in code.splitlines()]
    codes = [main(shlex.split(command)[1:]) for command in commands]
    refused = [command for command in commands if command.startswith("guide-extract run docs")]
    assert dict(zip(commands, codes, strict=True)) == dict.fromkeys(commands, 0) | dict.fromkeys(refused, 3)
    told = capsys.readouterr().err
    assert [words for words in re.findall(r"```text\n(.*?)```", DOC, re.DOTALL) if words not in told] == []
    assert block("draft") in (tmp_path / "my.toml").read_text("utf-8")
    assert "Nothing was left over" in (tmp_path / "left.toml").read_text("utf-8")


def test_the_example_is_read_whole_with_its_profile() -> None:
    with pytest.raises(UnreadableGuide, match="no sections found"):
        extract_guide(EXAMPLE / "guide_2031.pdf")
    guide = extract_guide(EXAMPLE / "guide_2031.pdf", profile=EXAMPLE / "guide_2031.toml")
    assert (guide.guide.programme, guide.guide.year) == ("全球科技协作计划", 2031)
    read = [
        (
            section.number,
            section.partners[0].code,
            [topic.name for topic in section.fields.value.items],  # type: ignore[union-attr]
            section.project_count.value.max,  # type: ignore[union-attr]
            section.funding.value.max,  # type: ignore[union-attr]
            section.duration.value and section.duration.value.max_months,
        )
        for section in guide.sections
    ]
    assert read == [
        ("1.1", "SG", ["城市水资源", "可再生能源", "人工智能"], 10, 30_000_000, None),
        ("1.2", "HU", ["生物医药", "农业与食品"], 8, 16_000_000, 24),
        ("1.3", "CL", ["天文", "地震", "海洋"], 5, 10_000_000, 36),
        ("1.4", "UZ", ["传统医药", "节水灌溉"], 3, 6_000_000, None),
    ]
    assert [finding.code for finding in guide.findings if finding.severity != "info"] == []


# What a guide has that nobody claims, and what the draft says of it.
LEFT: dict[str, tuple[list[str], list[str]]] = {
    "a label like a known one": (
        [TITLE, "1.1中美合作项目", A, F, C, M, "其他申报要求：须有企业参与。"],
        [
            "[labels]",
            '\nrequirements = ["其他申报要求"]',
            "#: 1 section, first 1.1, page 1, line 7; its words read as requirements, most like",
            "in force: 1 of 1 section",
        ],
    ),
    "a label whose words read as money": (
        [TITLE, "1.1中美合作项目", A, F, C, "安排额度：600万元。"],
        ['\nfunding = ["安排额度"]', "its words read as funding"],
    ),
    "a label in the middle of another part": (
        [TITLE, "1.1中美合作项目", A, F, C, M, "其他要求：双方须同时申报。", "牵头人：须为高级职称。"],
        ['# requirements = ["牵头人"]', "left out: it names what a section has already"],
    ),
    "money that another brings": (
        [TITLE, "1.1中美合作项目", A, F, C, "外方投入：600万元。"],
        ['# other = ["外方投入"]', "its words read as funding, and its name says that it is another's"],
    ),
    "a partner": (
        [TITLE, "1.1中国和利比利亚合作项目", A, F, C, M],
        ["# [[names.country]]", '# code = "LY"', '# aliases = ["利比利亚"]'],
    ),
    "a partner like none": (
        [TITLE, "1.1中国和瓦坎达共和国合作项目", A, F, C, M],
        ["# [[names.country]]", '# code = "??"', '["瓦坎达共和国"]'],
    ),
    "an organisation with its letters": (
        [TITLE, "1.1中国和星海联盟组织（XHO）合作项目", A, F, C, M],
        ["# [[names.organisation]]", '# code = "XHO"', '# aliases = ["星海联盟组织"]'],
    ),
    "a programme": (
        ["“国际科创合作”重点专项2018年度项目申报指南", "1.1中美合作项目", A, F, C, M],
        ['\nprogrammes = ["国际科创合作"]', "#: the title “国际科创合作”", "most like 国际科技创新合作"],
    ),
    "a requirement of no kind": (
        [TITLE, "1.1中美合作项目", A, F, C, M, "其他要求：须遵守生物安全管理规定。"],
        ["[requirements.kinds]", "# other = [", "“须遵守生物安全管理规定。” in 1.1, page 1, line 7"],
    ),
    "headings of a new style": (
        [TITLE, "甲篇1.1：中美合作项目", A, F, C, M, "甲篇1.2：中法合作项目", A, F, C, M],
        ["\n[[headings]]", r"pattern = '甲篇(?P<number>\d{1,2}(?:\.\d{1,3})*)：(?P<title>[^。；]+)'"],
    ),
    "what no profile can mend": (
        [TITLE, "1.1中美合作项目", A, F, C, "拟支持经费：面议。"],
        [
            "#: What no profile can mend",
            "#: 1.1: 拟支持经费: not understood, no figure with its unit: 面议 (value-unread, page 1, line 6)",
        ],
    ),
    "nothing": ([TITLE, "1.1中美合作项目", A, F, C, M, R], ["#: Nothing was left over"]),
}


@pytest.mark.parametrize("name", LEFT)
def test_a_draft_says_what_nobody_claimed(name: str, tmp_path: Path) -> None:
    lines, told = LEFT[name]
    (tmp_path / "guide.txt").write_text("\n".join(lines), "utf-8")
    made = draft_toml(draft_profile(tmp_path / "guide.txt")).decode()
    assert [words for words in told if words not in made] == [], made
    (tmp_path / "draft.toml").write_text(made, "utf-8")
    assert load_profile(tmp_path / "draft.toml").extends == "intergovernmental"


@pytest.mark.parametrize("name", [name for name in LEFT if name not in ("a partner like none", "nothing")])
def test_what_a_draft_suggests_is_a_profile_once_the_marks_are_off(name: str, tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text("\n".join(LEFT[name][0]), "utf-8")
    first = draft_profile(guide)
    lines = draft_toml(first).decode().split("\n")
    (tmp_path / "mine.toml").write_text("\n".join(line.removeprefix("# ") for line in lines), "utf-8")
    again = draft_profile(guide, profile=str(tmp_path / "mine.toml"))
    left_out = {one.entry for one in first.left_out}  # rules that are of no use stay so
    assert {one.entry for one in first.suggestions}.isdisjoint({one.entry for one in again.suggestions} - left_out)


def test_the_family_that_fits_best_is_found(tmp_path: Path) -> None:
    special = tmp_path / "special.pdf"
    special.write_bytes(draw_source(ROOT / "tests" / "golden" / "key_special" / "guide.txt"))
    assert draft_profile(special).family == "key-special"
    assert draft_profile(PDF).family == "intergovernmental"


def test_a_guide_of_new_labels_and_headings_needs_one_draft(tmp_path: Path) -> None:
    section = ["合作文件：《甲》。", "研究主题：农业、能源。", "立项名额：5个项目。"]
    lines = [TITLE, "【甲01】中国与法国合作研发", *section, "【甲02】中国与德国合作研发", *section]
    (tmp_path / "guide.txt").write_text("\n".join(lines), "utf-8")
    made = draft_toml(draft_profile(tmp_path / "guide.txt")).decode()
    (tmp_path / "mine.toml").write_text("\n".join(line.removeprefix("# ") for line in made.split("\n")), "utf-8")
    read = extract_guide(tmp_path / "guide.txt", profile=tmp_path / "mine.toml")
    assert [(one.number, one.title, one.partners[0].code) for one in read.sections] == [
        ("01", "中国与法国合作研发", "FR"),
        ("02", "中国与德国合作研发", "DE"),
    ]
    assert [check.outcome for check in read.checks if check.code == "numbers-run"] == ["proved"]


def test_a_draft_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "mine.toml"
    target.write_text("my work", "utf-8")
    assert main(["new", str(PDF), "-o", str(target)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert target.read_text("utf-8") == "my work"


# Rules of a profile, and whether they fire in the 2017 guide.
RULES = """
name = "mine"
extends = "intergovernmental"
programmes = ["政府间国际科技创新合作", "甲计划"]
dictionary = ["先进制造", "甲制造"]
labels.funding = ["拟支持经费", "甲经费"]
labels.other = ["甲指标"]
introduction.directions = ['(?P<value>\\d+)项甲']
introduction.exceptions = '对应安排'
partners.tails = ["政府", "甲"]
agreement.connectors = ["及其", "甲"]
topics.stop = ["技术", "甲"]
topics.others = '甲'
requirements.negations = ["甲"]
requirements.kinds.priority = ["优先支持 中德", "优先 甲"]
requirements.duration = ['甲期', '执行期']
conditions.spares = '甲方自便'
conditions.rules = [{ name = "an elephant", fact = "manual", pattern = '大象' }, { name = "a day", fact = "manual", pattern = '2016年8月31日' }]
outside.date = '甲'
headings = [{ name = "甲", pattern = '甲(?P<title>.+)' }, { name = "numbered", pattern = '(?P<number>\\d+\\.\\d+)(?P<title>.+)' }]
names.country = [{ code = "US", short = ["米"] }, { code = "JM", short = ["甲"] }]
"""


def test_rules_that_never_fire_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.toml").write_text(RULES, "utf-8")
    (tmp_path / "guides").mkdir()
    shutil.copy(PDF, tmp_path / "guides")
    assert main(["profile", "check", str(tmp_path / "mine.toml"), str(tmp_path / "guides")]) == 1
    told = capsys.readouterr().out
    idle = re.findall(r"^(\S+) +(\S.*?) *$", told.partition("never fires")[2], re.MULTILINE)
    assert idle == [
        ("programmes", "甲计划"),
        ("dictionary", "甲制造"),
        ("labels.funding", "甲经费"),
        ("labels.other", "甲指标"),
        ("introduction.directions", r"(?P<value>\d+)项甲"),
        ("partners.tails", "甲"),
        ("agreement.connectors", "甲"),
        ("topics.stop", "甲"),
        ("topics.others", "甲"),
        ("requirements.negations", "甲"),
        ("requirements.kinds.priority", "优先 甲"),
        ("requirements.duration", "甲期"),
        ("conditions.spares", "甲方自便"),
        ("conditions.rules", "an elephant"),
        ("outside.date", "甲"),
        ("headings", "甲"),
        ("names.country", "JM"),
    ]


def test_a_guide_that_a_profile_cannot_read_does_not_stop_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text('name = "mine"\nextends = "intergovernmental"\nlabels.other = ["甲"]', "utf-8")
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    assert main(["profile", "check", str(tmp_path / "mine.toml"), str(tmp_path / "a.txt"), str(PDF)]) == 3
    captured = capsys.readouterr()
    assert "a.txt: no sections found" in captured.err
    assert "1 guide read" in captured.out
    assert main(["profile", "check", str(tmp_path / "mine.toml"), str(tmp_path / "none")]) == 3
    assert capsys.readouterr().out == ""
    (tmp_path / "empty").mkdir()
    assert main(["profile", "check", str(tmp_path / "mine.toml"), str(tmp_path / "empty")]) == 2
