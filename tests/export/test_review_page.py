"""The review page as a file: all of the record is in it, nothing in it comes from outside or runs, same bytes each time."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from extract.export import labels
from extract.export.html import escape_invisible
from extract.export.html.review import correctable_values, record_shapes, review_page
from extract.export.json import schema
from extract.export.number_format import (
    format_brief,
    format_condition,
    format_duration,
    format_money,
    format_projects,
    format_tested,
)
from extract.model.conditions import Condition, Fact, Op
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, Label
from extract.model.finding_catalogue import CHECKS, FINDINGS
from extract.model.record import Attachment
from extract.model.stages import GuideForReview, PageImage
from extract.model.values import Count, Duration, Evidence, Money
from extract.pipeline import open_guide
from extract.pull.page_images import render_pages
from tests.support.golden import GOLDEN, RAW
from tests.support.hostile_guide import HARM, hostile
from tests.typeset.source import draw_source


@cache
def opened(name: str) -> GuideForReview:
    if name == "hostile":
        return hostile()
    if name == "guide_2017":
        return open_guide(RAW / "guide_2017.pdf")
    return open_guide(f"{name}.pdf", data=draw_source(GOLDEN / name / "guide.txt"))


@cache
def made(name: str) -> str:
    one = opened(name)
    return review_page(one, render_pages(one.data, one.guide.source.pages or 0)).decode()


class Page(HTMLParser):
    """The elements of a page, each as its name and attributes; the words outside of style and script; the data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words, self.data, self._within = "", "", ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script" and self.elements[-1][1].get("id") == "data":
            self.data += data
        elif self._within not in ("script", "style"):
            self.words += data


NAMES = ("guide_2017", "made_2019", "hostile")


def evidences(value: Any) -> Iterator[Evidence]:
    """All pieces of evidence in a value, wherever they are."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Struct):
        yield from (one for name in value.__struct_fields__ for one in evidences(getattr(value, name)))
    elif isinstance(value, tuple):
        yield from (one for item in value for one in evidences(item))


@pytest.mark.parametrize("name", NAMES)
def test_every_piece_of_evidence_is_on_the_page(name: str) -> None:
    guide = opened(name).guide
    cited = [json.loads(at) for _, attributes in Page(made(name)).elements if (at := attributes.get("data-at"))]
    places = {tuple(place) for places in cited for place in places}
    wanted = [*evidences(guide.guide), *evidences(guide.sections), *evidences(guide.findings), *evidences(guide.checks)]
    assert len(wanted) > 20
    for one in wanted:
        if one.bbox:
            assert (one.page, *one.bbox) in places, one
        else:
            assert any(one.line == line for line, *_ in places), one


def test_places_of_plain_text_are_the_words_on_their_line() -> None:
    one = opened("hostile")
    (unread,) = [section.project_count for section in one.guide.sections if section.number == "1.2"]
    rows = {line: one.lines[line - 1] for line in (14, 15)}
    links = [attributes for tag, attributes in Page(made("hostile")).elements if tag == "a" and "data-at" in attributes]
    places = [tuple(place) for link in links for place in json.loads(link["data-at"] or "")]
    assert unread.evidence[0].line == 14
    assert (14, rows[14].index("6个"), len(rows[14])) in places


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_the_record_are_on_the_page(name: str) -> None:
    page, guide = Page(made(name)), opened(name).guide
    for section in guide.sections:
        assert str(escape_invisible(section.title)) in page.words
        for field in FIELDS:
            text = getattr(section, field).text
            assert text is None or str(escape_invisible(text)) in page.words, (section.number, field)
    for finding in guide.findings:
        assert str(escape_invisible(finding.message)) in page.words
        assert labels.FINDINGS[finding.code].zh in page.words
    assert guide.source.sha256 in page.words
    assert f"{guide.account.glyphs:,}" in page.words


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_from_outside(name: str) -> None:
    for tag, attributes in Page(made(name)).elements:
        for key in ("src", "href", "action", "srcset", "poster", "background"):
            value = attributes.get(key) or ""
            assert value == "" or value.startswith(("#", "data:image/webp;base64,")), (tag, key, value[:80])
        assert tag not in ("link", "iframe", "object", "embed", "base"), tag
    styles = re.search("<style>(.*?)</style>", made(name), re.DOTALL)
    assert styles is not None
    assert "url(" not in styles[1]
    assert "@import" not in styles[1]


def test_what_a_guide_says_is_text_and_never_markup() -> None:
    page = Page(made("hostile"))
    assert sum(tag == "script" for tag, _ in page.elements) == 2
    assert sum(tag == "b" and "onmouseover" in attributes for tag, attributes in page.elements) == 0
    assert not any(key.startswith("on") for _, attributes in page.elements for key in attributes)
    assert not any(tag == "img" for tag, _ in page.elements)
    for harm in HARM:
        assert str(escape_invisible(harm)) in page.words, harm
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u001b]", made("hostile"))


def test_the_data_cannot_be_ended_by_its_words() -> None:
    text = made("hostile")
    begin = text.index('id="data">') + len('id="data">')
    data = text[begin : text.index("</script>", begin)]
    assert data.isascii()
    assert not set(data) & set("<>&")
    assert json.loads(data)["corrections"][0]["by"] == HARM[1]


def test_the_policy_lets_only_our_script_run() -> None:
    policy = next(a["content"] for _, a in Page(made("hostile")).elements if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.partition("script-src")[2]


def test_the_page_of_a_whole_guide_is_small() -> None:
    assert 500_000 < len(made("guide_2017").encode()) < 6_000_000


def test_the_same_guide_gives_the_same_bytes() -> None:
    one = opened("made_2019")
    assert review_page(one, render_pages(one.data, one.guide.source.pages or 0)).decode() == made("made_2019")


def test_a_page_that_cannot_be_drawn_is_told_in_the_page() -> None:
    sheet = PageImage(1, 595.0, 842.0, data=b"", fonts=(), why="damaged <stream>")
    page = Page(review_page(opened("made_2019"), [sheet]).decode())
    assert "此页无法绘出" in page.words
    assert "damaged <stream>" in page.words


def test_a_guide_without_anything_to_look_at_says_so() -> None:
    one = opened("guide_2017")
    calm = replace(one.guide, findings=())
    said = "没有需要查看的地方"
    assert said in Page(review_page(GuideForReview(calm, one.data, {}, ()), ()).decode()).words
    assert said not in Page(made("guide_2017")).words


def test_corrections_in_force_are_marked_with_was_by_and_why() -> None:
    words = Page(made("hostile")).words
    assert words.count("原为") == 2
    first, second = words.split("原为")[1:]
    assert json.dumps(HARM[1]) in first.partition("· 王")[0], "what the title was"
    assert "未读懂" in second[:40]


def test_the_earlier_round_counts_its_partners() -> None:
    words = Page(made("guide_2017")).words
    assert "2016 · 32 个合作方32 partners" in words


def test_statuses_are_told_apart() -> None:
    marks = {attributes.get("class") for tag, attributes in Page(made("hostile")).elements if tag == "div"}
    assert {"row stated", "row none", "row absent", "row inherited", "row unread"} <= marks


def test_every_value_that_can_be_corrected_has_a_shape_and_words() -> None:
    targets = correctable_values(opened("guide_2017").guide)
    assert [one["field"] for one in targets if one["place"] == 0] == list(labels.OF_THE_GUIDE)
    assert [one["field"] for one in targets if one["place"] == 16] == list(labels.OF_A_SECTION)
    assert all('"evidence"' not in json.dumps(one) and '"keywords"' not in json.dumps(one) for one in targets)
    assert not any({"evidence", "keywords"} & set(shape["properties"]) for shape in record_shapes().values())
    assert all(one["shape"] for one in targets)
    assert targets[0]["quote"].startswith("“政府间国际科技创新合作”")
    (funding,) = [one for one in targets if (one["section"], one["field"]) == ("1.10", "funding")]
    assert (funding["quote"], funding["status"]) == ("3000万元人民币。", "stated")
    assert funding["shape"]["anyOf"][0] == {"$ref": "#/$defs/Money"}


def test_sections_that_share_a_number_cannot_be_corrected() -> None:
    one = opened("hostile")
    first, second, third = one.guide.sections
    guide = replace(one.guide, sections=(first, replace(second, number="1.3"), third))
    assert {target["section"] for target in correctable_values(guide)} == {None, "1.1"}
    page = Page(review_page(GuideForReview(guide, one.data, one.asides, one.lines), ()).decode())
    assert sum("edit" in (attributes.get("class") or "") for _, attributes in page.elements) == len(
        CORRECTABLE_GUIDE
    ) + len(CORRECTABLE_SECTION)


def test_all_words_of_forms_have_labels() -> None:
    shapes = schema()["$defs"]
    names = "Agreement Document Topics Topic Count Per Track Money PerProject Share Foreign Duration Requirements"
    names += " Requirement"
    keys = {key for name in names.split() for key in shapes[name]["properties"]} - {"evidence"}
    keys |= {
        key
        for name in ("Partner", "Subdivision", "DeclaredCount", "Previous", "Basis")
        for key in shapes[name]["properties"]
    }
    assert keys - {"evidence", "keywords"} <= set(labels.KEYS)
    assert set(shapes["Requirement"]["properties"]["kinds"]["items"]["enum"]) == set(labels.REQUIREMENT_KINDS)
    assert set(shapes["Document"]["properties"]["kind"]["enum"]) == set(labels.DOCUMENT_KINDS)
    assert set(shapes["Partner"]["properties"]["kind"]["enum"]) == set(labels.PARTNER_KINDS)


def test_help_and_docs_tell_every_key() -> None:
    root = Path(__file__).parents[2]
    script = (root / "extract" / "export" / "html" / "templates" / "review" / "review.js").read_text("utf-8")
    table = script.partition("const keys = {")[2].partition("start() {")[0]
    known = {
        key.strip('"').replace("Escape", "Esc") for key in re.findall(r'^  ("?[^\s:]+"?): \(\)', table, re.MULTILINE)
    }
    helped = set(re.findall(r"<kbd>(.*?)</kbd>", made("hostile")))
    docs = (root / "docs" / "review.md").read_text("utf-8").partition("## Keys")[2].partition("\n\nOn a narrow")[0]
    told = {key for row in re.findall(r"^\| (`.*?) \|", docs, re.MULTILINE) for key in re.findall(r"`([^`]+)`", row)}
    assert len(known) == 12
    assert known | {"Tab", "Enter"} == helped == told


def test_all_codes_have_labels() -> None:
    assert set(FINDINGS) <= set(labels.FINDINGS)
    assert set(CHECKS) == set(labels.CHECKS)


# ── values in words ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("got", "zh", "en"),
    [
        (format_projects(None, 6), "≤6 项", "≤6"),
        (format_projects(65, 65, approximate=True), "约 65 项", "about 65"),
        (format_projects(2, None), "≥2 项", "≥2"),
        (format_projects(None, None), "", ""),
        (format_money(180_000_000, 180_000_000, "CNY"), "18,000 万元（180,000,000 元）", "CNY 180,000,000"),
        (format_money(None, 1_525_000, "CNY"), "≤152.5 万元（≤1,525,000 元）", "CNY ≤1,525,000"),
        (format_money(73_000_000, 82_000_000, "EUR"), "7,300–8,200 万 EUR（73,000,000–82,000,000 EUR）", "EUR 73,000,000–82,000,000"),
        (format_money(1, 10**15, "CNY"), "0.0001–100,000,000,000 万元（1–1,000,000,000,000,000 元）", "CNY 1–1,000,000,000,000,000"),
        (format_duration(Duration(min_months=24, max_months=36)), "24–36 个月（2–3 年）", "24–36 months (2–3 years)"),
        (format_duration(Duration(min_months=None, max_months=18)), "≤18 个月", "≤18 months"),
        (format_duration(Duration(start="2018-01-01", end="2020-12-31")), "2018-01-01 至 2020-12-31", "2018-01-01 to 2020-12-31"),
        (
            format_duration(Duration(min_months=36, max_months=36, start="2018-01-01", end="2020-12-31")),
            "36 个月（3 年），2018-01-01 至 2020-12-31",
            "36 months (3 years), 2018-01-01 to 2020-12-31",
        ),
        (
            format_duration(Duration(min_months=36, max_months=36, start="2013-04-01")),
            "36 个月（3 年），自 2013-04-01 起",
            "36 months (3 years), from 2013-04-01",
        ),
    ],
)  # fmt: skip
def test_values_in_words(got: Label, zh: str, en: str) -> None:
    assert got == (zh, en)


def condition(fact: Fact, op: Op | None, value: Any, **parts: Any) -> Condition:
    """A condition on the Chinese side, with the evidence of the heading of a section."""
    others = {"binding": "must", "by": "chinese_side", "basis": "requirements", "text": "须有<b>企业</b>"}
    cited = opened("made_2019").guide.sections[0].evidence
    return Condition(fact=fact, op=op, value=value, evidence=cited, **{**others, **parts})


@pytest.mark.parametrize(
    ("got", "zh", "en"),
    [
        (condition("enterprises", "at_least", 1), "不少于 1", "at least 1"),
        (condition("project_months", "at_most", 36, unit="months"), "不超过 36 个月", "at most 36 months"),
        (condition("project_months", "equals", 36, unit="months"), "36 个月", "36 months"),
        (condition("requested_funding", "at_most", 5_000_000, unit="CNY"), "不超过 5,000,000 元", "at most 5,000,000 CNY"),
        (condition("cofunding_ratio", "at_least", 1.0, unit="of_grant"), "不少于 1 倍国拨经费", "at least 1 times the grant"),
        (condition("cofunding_ratio", "at_least", 0.5, unit="of_grant"), "不少于 0.5 倍国拨经费", "at least 0.5 times the grant"),
        (condition("partner_countries", "at_least", 2, among=("BR", "RU")), "不少于 2 限 BR RU", "at least 2 among BR RU"),
        (condition("partner_funding", "one_of", ("provided", "promised")), "已出资 或 已承诺出资", "provided or promised"),
        (condition("qualification", "one_of", ("高级职称",)), "高级职称", "高级职称"),
        (condition("same_topic_elsewhere", "equals", False), "否", "no"),
        (condition("deadline", "before", "guide_deadline"), "不晚于 本指南截止时间", "not after deadline of this guide"),
        (condition("manual", None, None), "", ""),
    ],
)  # fmt: skip
def test_what_a_condition_tests_in_words(got: Condition, zh: str, en: str) -> None:
    assert format_tested(got) == (zh, en)


def test_a_condition_in_one_line() -> None:
    one = condition("applications", "at_most", 1, binding="should", of="同一个项目", track="甲", when="多家单位")
    assert format_condition(one) == (
        "原则上 · 不超过 1 · 中方 · 同一个项目 · 甲 · 多家单位",
        "should · at most 1 · Chinese side · 同一个项目 · 甲 · 多家单位",
    )
    assert format_condition(condition("manual", None, None, by=None)).zh == "必须"


def with_conditions(of_guide: tuple[Condition, ...], of_section: tuple[Condition, ...]) -> Page:
    """The page of a guide with no other conditions than these."""
    one = opened("made_2019")
    bare = [replace(section, conditions=()) for section in one.guide.sections]
    facts = replace(one.guide.guide, conditions=of_guide)
    guide = replace(one.guide, guide=facts, sections=(replace(bare[0], conditions=of_section), *bare[1:]))
    return Page(review_page(GuideForReview(guide, one.data, one.asides, one.lines), ()).decode())


def test_conditions_are_listed_with_who_and_when_and_lead_to_their_words() -> None:
    ratio = condition(
        "cofunding_ratio", "at_least", 1.0, unit="of_grant", by="enterprise", track="甲项", when="多家单位"
    )
    page = with_conditions((), (ratio,))
    assert page.words.count("可核验条件") == 1
    told = " ".join(page.words.partition("可核验条件")[2].split())
    assert told.startswith(
        "conditions 必须must 配套比例co-funding ratio 不少于 1 倍国拨经费at least 1 times the grant "
        "参与企业enterprise 仅限only for 甲项 情形where 多家单位 第 "
    )
    links = [attributes for tag, attributes in page.elements if "data-at" in attributes]
    assert len(links) == len([one for tag, one in with_conditions((), ()).elements if "data-at" in one]) + 1


def test_what_a_person_has_to_judge_is_marked_and_quoted() -> None:
    page = with_conditions((condition("manual", None, None, binding="prefer"),), ())
    told = " ".join(page.words.partition("可核验条件")[2].split())
    assert told.startswith(
        "conditions 优先preferred 需人工判断for a person to judge 须有<b>企业</b> 中方Chinese side 第 "
    )
    assert sum(attributes.get("class") == "chip manual" for _, attributes in page.elements) == 1


def test_without_conditions_nothing_is_said_of_them() -> None:
    assert "可核验条件" not in with_conditions((), ()).words


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Count(min=1, max=2, approximate=True), "约 1–2"),
        (Count(min=None, max=None), "每"),
        (Money(min=None, max=5_000_000), "≤500"),
        (Money(min=500_000, max=500_000, currency="EUR"), "50 EUR"),
        (Duration(min_months=24, max_months=36), "24–36"),
        (Duration(start="2018-01-01", end="2020-12-31"), "2018-01–2020-12"),
        (Duration(min_months=36, max_months=36, start="2018-01-01", end="2020-12-31"), "36"),
        (Duration(min_months=36, max_months=36, start="2013-04-01"), "36"),
    ],
)
def test_values_in_a_cell(value: Count | Money | Duration, cell: str) -> None:
    assert format_brief(value) == cell


ADDRESSES = {
    "https://www.most.gov.cn/a.docx": True,
    "HTTP://most.gov.cn/申报书.pdf?id=1&b=2": True,
    "./P02019.docx": False,
    "//most.gov.cn/a.pdf": False,
    "javascript:alert('a.pdf')": False,
    " javascript:alert(1)//a.pdf": False,
    "data:text/html,<script>a.pdf</script>": False,
    "file:///etc/a.pdf": False,
    "https://most.gov.cn/a.pdf onclick=b": False,
    "https://most.gov.cn/\u202efdp.exe.pdf": False,
    'https://most.gov.cn/"><b>a.pdf': True,
}


@pytest.mark.parametrize(("address", "is_link"), ADDRESSES.items())
def test_attachments_are_listed_and_addresses_of_the_web_are_links(address: str, is_link: bool) -> None:
    one = opened("made_2019")
    files = (Attachment(name="1.申报书<i>", address=address, evidence=one.guide.sections[0].evidence),)
    guide = replace(one.guide, source=replace(one.guide.source, attachments=files))
    page = Page(review_page(GuideForReview(guide, one.data, one.asides, one.lines), ()).decode())
    shown = str(escape_invisible(address)).strip()
    assert f"附件attachments 1.申报书<i> {shown} " in " ".join(page.words.split()) + " "
    outside = [one for _, one in page.elements if not (one.get("href") or "#").startswith("#")]
    assert [(one["href"], one["rel"]) for one in outside] == ([(address, "noreferrer")] if is_link else [])
    assert sum(tag == "script" for tag, _ in page.elements) == 2


def test_a_document_without_pages_is_shown_as_text_with_its_tables() -> None:
    document = open_guide(Path(__file__).parents[1] / "layout" / "files" / "v13_table.docx")
    page = review_page(document, ()).decode()
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count("<tr>") == 5
    assert [words in table for words in ("拟支持经费", "《中德两国政府关于科学技术合作的联合声明》。", "1800")] == [
        True
    ] * 3
    before = page[: page.index("<table>")]
    assert '<li id="line-1" value="1"><span>“政府间国际科技创新合作”重点专项</span></li>' in before
