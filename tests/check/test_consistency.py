"""The record against itself: what each check of consistency gives for small guides of plain text."""

from pathlib import Path

import pytest

from extract.pipeline import extract_guide

US, DE = "1.1中美政府间合作项目", "1.2中德政府间合作项目"
NOBODY = "1.2中国与乌有乡联盟合作项目"  # a partner that nobody knows


def section(title: str, **values: str) -> list[str]:
    labels = {"count": "拟支持项目数", "funding": "拟支持经费", "duration": "执行期限"}
    named = [f"{labels[name]}：{words}。" for name, words in values.items()]
    return [title, "合作协议：《甲》。", "领域方向：农业、能源。", *named]


def introduced(words: str, *sections: list[str]) -> list[str]:
    return [words, *(line for lines in sections for line in lines)]


WITHIN = [section("1.1.1海洋", count="3个项目"), section("1.1.2遥感", count="2个项目")]

# Lines of a guide, the code of a check, its outcome (None where there is none) and the sections that it names.
CHECKS: dict[str, tuple[list[str], str, str | None, tuple[str, ...]]] = {
    "numbers without a gap": (introduced("", section(US), section(DE)), "numbers-run", "proved", ()),
    "one section": (introduced("", section(US)), "numbers-run", "proved", ()),
    "a gap": (
        introduced("", section(US), section("1.4中德政府间合作项目")),
        "numbers-run",
        "contradicted",
        ("1.4",),
    ),
    "no beginning": (introduced("", section("1.3中美政府间合作项目")), "numbers-run", "contradicted", ("1.3",)),
    "tracks that are the total": (
        introduced("", section(US, count="共5个项目，其中联合研究项目3个，青年项目2个")),
        "tracks-sum",
        "proved",
        (),
    ),
    "tracks below the total": (
        introduced("", section(US, count="共5个项目，其中青年项目2个")),
        "tracks-sum",
        "consistent",
        (),
    ),
    "sub-sections that are the total": (
        introduced("", section(US, count="5个项目"), *WITHIN), "subsections-sum", "proved", (),
    ),
    "sub-sections that are fewer": (
        introduced("", section(US, count="6个项目"), *WITHIN), "subsections-sum", "contradicted", ("1.1",),
    ),
    "money of sub-sections, of which one states none": (
        introduced("", section(US, funding="900万元"), section("1.1.1海洋", funding="500万元"), section("1.1.2遥感")),
        "subsections-sum", "consistent", (),
    ),
    "no figures of sub-sections": (introduced("", section(US, count="5个项目"), section("1.1.1海洋")), "subsections-sum", None, ()),
    "figures of sub-sections alone": (introduced("", section(US), *WITHIN), "subsections-sum", None, ()),
    "projects of sub-sections, which are in those of their section": (
        introduced("2018年度拟支持项目7项。", section(US, count="5个项目"), *WITHIN, section(DE, count="2个项目")),
        "projects-declared", "proved", (),
    ),
    "projects of sub-sections below a section that states none": (
        introduced("2018年度拟支持项目7项。", section(US), *WITHIN, section(DE, count="2个项目")),
        "projects-declared", "proved", (),
    ),
    "projects of sub-sections below a section whose own are not understood": (
        introduced("2018年度拟支持项目7项。", section(US, count="若干个"), *WITHIN, section(DE, count="2个项目")),
        "projects-declared", "consistent", (),
    ),
    "no tracks": (introduced("", section(US, count="5个项目")), "tracks-sum", None, ()),
    "as many partners as declared": (
        introduced("2018年度拟与2个国家合作。", section(US), section(DE)),
        "partners-declared",
        "proved",
        (),
    ),
    "fewer partners than declared": (
        introduced("2018年度拟与3个国家合作。", section(US), section(DE)),
        "partners-declared",
        "contradicted",
        (),
    ),
    "a partner twice": (
        introduced("2018年度拟与1个国家合作。", section(US), section("1.2中美创新合作项目")),
        "partners-declared",
        "proved",
        (),
    ),
    "a partner that is not known, beside one that is": (
        introduced("2018年度拟与2个国家合作。", section(US), section(NOBODY)),
        "partners-declared",
        "consistent",
        (),
    ),
    "a partner that is not known, and more are declared than that": (
        introduced("2018年度拟与3个国家合作。", section(US), section(NOBODY)),
        "partners-declared",
        "contradicted",
        (),
    ),
    "no declared partners": (introduced("", section(US)), "partners-declared", None, ()),
    "as many projects as declared": (
        introduced("2018年度拟支持项目5项。", section(US, count="3个项目"), section(DE, count="2个项目")),
        "projects-declared",
        "proved",
        (),
    ),
    "more projects than declared": (
        introduced("2018年度拟支持项目4项。", section(US, count="3个项目"), section(DE, count="2个项目")),
        "projects-declared",
        "contradicted",
        (),
    ),
    "about as many projects as declared": (
        introduced("2018年度拟支持项目4项。", section(US, count="约3个项目"), section(DE, count="2个项目")),
        "projects-declared",
        "consistent",
        (),
    ),
    "projects that may be as many": (
        introduced("2018年度拟支持项目4项。", section(US, count="1-3个项目"), section(DE, count="2个项目")),
        "projects-declared",
        "consistent",
        (),
    ),
    "projects of a section that are not told": (
        introduced("2018年度拟支持项目4项。", section(US, count="3个项目"), section(DE)),
        "projects-declared",
        "consistent",
        (),
    ),
    "as much money as declared": (
        introduced("2018年度国拨经费1000万元。", section(US, funding="600万元"), section(DE, funding="400万元")),
        "funding-declared",
        "proved",
        (),
    ),
    "less money than declared": (
        introduced("2018年度国拨经费1100万元。", section(US, funding="600万元"), section(DE, funding="400万元")),
        "funding-declared",
        "contradicted",
        (),
    ),
    "money of another currency": (
        introduced("2018年度国拨经费1100万元。", section(US, funding="600万元"), section(DE, funding="400万欧元")),
        "funding-declared",
        "consistent",
        (),
    ),
    "a duration within the declared one": (
        introduced("项目实施周期为2-3年。", section(US, duration="3年"), section(DE, duration="2年")),
        "duration-declared",
        "proved",
        (),
    ),
    "a duration beyond the declared one": (
        introduced("项目实施周期为2-3年。", section(US, duration="3年"), section(DE, duration="4年")),
        "duration-declared",
        "contradicted",
        ("1.2",),
    ),
    "a duration that may be within": (
        introduced("项目实施周期为2-3年。", section(US, duration="3年"), section(DE, duration="不超过3年")),
        "duration-declared",
        "consistent",
        (),
    ),
    "durations of which some are beyond the declared ones": (
        introduced("项目实施周期为2-3年。", section(US, duration="2-4年")),
        "duration-declared",
        "contradicted",
        ("1.1",),
    ),
    "a duration without an end": (
        introduced("项目实施周期为2-3年。", section(US, duration="不少于3年")),
        "duration-declared",
        "consistent",
        (),
    ),
    "a duration that the introduction excepts": (
        introduced(
            "项目实施周期为2-3年（有特殊说明的除外）。", section(US, duration="3年"), section(DE, duration="4年")
        ),
        "duration-declared",
        "consistent",
        (),
    ),
    "no duration of its own": (introduced("项目实施周期为2-3年。", section(US)), "duration-declared", None, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", CHECKS)
def test_a_check(name: str, tmp_path: Path) -> None:
    lines, code, outcome, sections = CHECKS[name]
    path = tmp_path / "guide.txt"
    path.write_text("\n".join(["2018年度项目申报指南", *filter(None, lines)]), "utf-8")
    found = [check for check in extract_guide(path).checks if check.code == code]
    assert [(check.outcome, check.sections) for check in found] == ([] if outcome is None else [(outcome, sections)])
