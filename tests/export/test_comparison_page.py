"""A comparison as people see it: terminal, workbook, and the page in a browser."""

import io
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from extract.cli.comparison_view import comparison_view
from extract.compare import compare
from extract.export import labels
from extract.export.excel.comparison import comparison_workbook
from extract.export.html.comparison import comparison_page, text_difference
from extract.model.comparison import CAUTIONS, KINDS, OUTCOMES, TRENDS, WHATS, Comparison, RangeSum, Total
from extract.model.conditions import Condition
from extract.model.record import Correction, Guide
from tests.support.golden import ROOT, record

HOSTILE = "=1+1</td><script>alert(1)</script>\x1b[31m\u202e&amp;"


@cache
def years() -> Comparison:
    """The 2017 guide against the guide that follows it."""
    return compare(record("guide_2017"), record("made_next_year"))


@cache
def doubtful() -> Comparison:
    return compare(record("made_2023"), record("made_2025"))


@cache
def hostile() -> Comparison:
    """A guide whose title, section title and requirement would do harm where they are taken for anything but words."""
    guide = record("guide_2017")
    section = guide.sections[0]
    asked = section.requirements.value
    assert asked
    bad = replace(
        section,
        title=HOSTILE,
        requirements=replace(
            section.requirements, value=replace(asked, items=(replace(asked.items[0], text=HOSTILE),))
        ),
    )
    other = replace(guide, guide=replace(guide.guide, title=HOSTILE), sections=(bad, *guide.sections[1:]))
    return compare(guide, other)


MARK = Correction(was='{"min":60,"max":60}', by="王芳", why="更正通知<b>\x1b")


@cache
def corrected() -> Comparison:
    """A guide against itself: one count is other, one is said otherwise, and a person corrected these and the year."""
    guide = record("guide_2017")
    first, second, *others = guide.sections
    count: Any = first.project_count
    made = (
        replace(first, project_count=replace(count, value=replace(count.value, max=70), corrected=MARK)),
        replace(second, project_count=replace(second.project_count, text="见通知", corrected=MARK)),
        replace(others[0], corrected={"title": MARK}),
        *others[1:],
    )
    other = replace(guide, sections=made, guide=replace(guide.guide, corrected={"year": MARK}))
    return compare(guide, other)


ONE = Condition(
    fact="enterprises",
    op="at_least",
    value=1,
    binding="must",
    by="chinese_side",
    basis="requirements",
    text="须有<b>1家企业\x1b",
)


@cache
def conditioned() -> Comparison:
    """A guide whose conditions alone are others: one of the guide is new, one of a section has another value."""
    guide = record("guide_2017")
    first, *others = guide.sections

    def with_conditions(of_guide: tuple[Condition, ...], of_section: tuple[Condition, ...]) -> Guide:
        facts = replace(guide.guide, conditions=of_guide)
        return replace(guide, guide=facts, sections=(replace(first, conditions=of_section), *others))

    months = replace(ONE, fact="project_months", op="at_most", value=36, unit="months", by="project")
    return compare(with_conditions((), (ONE,)), with_conditions((months,), (replace(ONE, value=2, binding="prefer"),)))


def printed(comparison: Comparison, width: int) -> str:
    from rich.console import Console

    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(comparison_view(comparison))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_word_of_a_comparison_has_a_label_and_is_explained() -> None:
    told = (ROOT / "docs" / "compare.md").read_text("utf-8")
    tables: list[tuple[tuple[str, ...], dict[Any, Any]]] = [
        (OUTCOMES, labels.OUTCOME_NAMES),
        (KINDS, labels.KIND_NAMES),
        (TRENDS, labels.TREND_NAMES),
        (WHATS, labels.WHAT_NAMES),
        (CAUTIONS, labels.CAUTIONS),
    ]
    for words, names in tables:
        assert tuple(names) == words
        assert [word for word in words if f"`{word}`" not in told] == []


def test_every_key_of_a_comparison_is_explained() -> None:
    told = (ROOT / "docs" / "compare.md").read_text("utf-8").partition("## The JSON")[2]
    schema = msgspec.json.schema(Comparison)["$defs"]
    named = {key for kind in schema.values() for key in kind.get("properties", {})}
    parts = {"partners", "fields", "agreement", "other"}  # of likeness: in its own table
    assert sorted(key for key in named - parts if not re.search(rf"`[^`]*\b{key}\b[^`]*`", told)) == []


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        ("不超过6个项目", "不超过12个项目", "不超过[-6-][+12+]个项目"),
        ("截止2016年8月31日", "截止2017年9月30日", "截止[-2016年8月31-][+2017年9月30+]日"),
        ("能源", "能源", "能源"),
        ("新能源", "新能源汽车", "新能源[+汽车+]"),
        ("先进制造", "医药卫生", None),
    ],
)
def test_differences_of_words(before: str, after: str, want: str | None) -> None:
    pieces = text_difference(before, after)
    marks = {"both": "{}", "before": "[-{}-]", "after": "[+{}+]"}
    assert (pieces and "".join(marks[piece.side].format(piece.words) for piece in pieces)) == want


def test_the_pieces_of_a_difference_are_both_wordings() -> None:
    for change in (change for pair in years().pairs for change in pair.changes if change.before and change.after):
        assert change.before
        assert change.after
        pieces = text_difference(change.before.text, change.after.text)
        if pieces:
            assert "".join(piece.words for piece in pieces if piece.side != "after") == change.before.text
            assert "".join(piece.words for piece in pieces if piece.side != "before") == change.after.text


# ── terminal ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_terminal_shows_every_section_and_no_line_is_too_long(width: int) -> None:
    from rich.cells import cell_len

    told = printed(years(), width)
    assert max(cell_len(line) for line in told.splitlines()) <= width
    if width >= 80:
        for line in (
            "*1.3→1.2中加（魁北克省）政府间合作项目≤6→≤8800→1,000",
            "+1.8中国和巴西政府间合作项目5750",
            "-1.15中埃（及）政府间合作项目101,500",
        ):
            assert line in squeezed(told)
        assert "+ 1 new · - 8 gone · * 7 changed · ~ 0 wording only · = 1 same" in told
        assert "190–246 项 (16 of 16 sections) → 121–157 项 (9 of 9 sections) ↓" in told


def test_the_terminal_writes_a_foreign_total_with_its_unit() -> None:
    euros = RangeSum(min=1_500_000, max=None, approximate=True, stated=1, sections=2)
    told = printed(replace(years(), totals=(Total(unit="EUR", before=euros, after=None, trend=None),)), 120)
    assert "约 ≥150 万 EUR (1 of 2 sections) → none stated" in told


def test_the_terminal_tells_what_is_in_doubt_and_what_to_be_careful_of() -> None:
    told = printed(doubtful(), 100)
    assert "? 1.2.1 → 8  likeness 63; nearly as good: 1.2.3 → 8 (59)" in told
    assert "differently named programmes" in told


def test_the_terminal_marks_what_a_person_corrected_and_says_what_the_mark_means() -> None:
    told = printed(corrected(), 120)
    for line in (
        "*1.1中美政府间合作项目65→65–70*18,000",
        "1.3中加（魁北克省）政府间合作项目*≤6800",
        "*1.1projects↑*",
        "*1.2projects=1*",
        "(2017-1*,guide_2017.pdf)",
        "*correctedbyaperson",
    ):
        assert line in squeezed(told)
    assert "corrected" not in printed(years(), 120)
    assert "*" not in squeezed(printed(compare(record("guide_2017"), record("guide_2017")), 120)).replace(
        "*0changed", ""
    )


def test_the_terminal_tells_what_conditions_changed() -> None:
    told = printed(conditioned(), 120)
    assert "*1.1condition*1(enterprises)" in squeezed(told)
    assert "+ condition  duration: must · at most 36 months · project: 须有<b>1家企业\\u001b" in told


def test_hostile_words_stay_words_in_the_terminal() -> None:
    told = printed(hostile(), 120)
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "\\u001b[31m\\u202e" in squeezed(told)


# ── workbook ──────────────────────────────────────────────────────────────────────────────────────────


def opened(comparison: Comparison) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(comparison_workbook(comparison)))


def test_the_workbook_has_a_row_for_each_change_and_each_pair() -> None:
    book = opened(years())
    assert book.sheetnames == ["总览", "变化", "项目数与经费"]
    changes = len(years().guide) + sum(len(pair.changes) for pair in years().pairs)
    assert book["变化"].max_row == changes + 1
    rows = {row[5]: row for row in book["项目数与经费"].iter_rows(min_row=2, max_row=18, values_only=True)}
    assert len(rows) == len(years().pairs)
    assert rows["中加（魁北克省）政府间合作项目"][:12] == (
        "有变化",
        None,
        "1.3",
        "1.2",
        "CA-QC",
        "中加（魁北克省）政府间合作项目",
        96,
        None,
        6,
        None,
        8,
        800,
    )
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert len(book["项目数与经费"]._charts) == 2


def test_the_workbook_says_who_corrected_what() -> None:
    book = opened(corrected())
    who = '王芳：更正通知<b>\\u001b（原为 {"min":60,"max":60}）'
    for sheet, want in (
        ("变化", [(None, who), (None, who)]),
        (
            "项目数与经费",
            [
                (None, f"拟支持项目数：{who}"),
                (None, f"拟支持项目数：{who}"),
                (None, f"标题：{who}"),
                *[(None, None)] * 13,
            ],
        ),
    ):
        heads = [cell.comment.text for cell in book[sheet][1]]
        columns = [heads.index(f"{side}.corrected") for side in ("before", "after")]
        rows = [row for row in book[sheet].iter_rows(min_row=2, values_only=True) if row[0]]
        assert [tuple(row[at] for at in columns) for row in rows] == want
    assert ("人工更正", None, f"年度：{who}") in book["总览"].iter_rows(values_only=True)
    assert "人工更正" not in [cell.value for cell in opened(years())["总览"]["A"]]
    assert [row[6] for row in book["变化"].iter_rows(min_row=2, values_only=True)] == ["修改", "更正后相同"]


def test_the_workbook_tells_what_conditions_changed() -> None:
    sheet = opened(conditioned())["变化"]
    heads = [cell.comment.text for cell in sheet[1]]
    columns = [heads.index(key) for key in ("what", "kind", "place", "before.range", "after.range")]
    rows = [tuple(row[at] for at in columns) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == [
        ("可核验条件", "增加", "执行期", None, "必须 · 不超过 36 个月 · 项目"),
        ("可核验条件", "修改", "企业参与", "必须 · 不少于 1 · 中方", "优先 · 不少于 2 · 中方"),
    ]


def test_the_workbook_is_the_same_each_time() -> None:
    assert comparison_workbook(years()) == comparison_workbook(years())


def test_hostile_words_stay_words_in_the_workbook() -> None:
    cells = [cell for sheet in opened(hostile()) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    bad = [cell.value for cell in cells if isinstance(cell.value, str) and "script" in cell.value]
    assert len(bad) >= 3
    assert all("\\u001b[31m\\u202e" in value and "\x1b" not in value for value in bad)


def test_a_comparison_without_sections_is_a_workbook_too() -> None:
    empty = replace(years(), pairs=(), totals=())
    assert opened(empty)["变化"].max_row == len(empty.guide) + 1
    assert comparison_page(empty)


# ── page ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_the_same_each_time_and_loads_nothing() -> None:
    html = comparison_page(years()).decode()
    assert comparison_page(years()).decode() == html
    assert not re.search(r'(?i)\b(src|href)="(?!#)|url\(|@import', html)
    assert "default-src 'none'" in unescape(html)


def test_the_page_tells_what_conditions_changed() -> None:
    html = comparison_page(conditioned()).decode()
    words = re.sub(r"<[^>]+>", "", html.partition("<body>")[2])
    for told in (
        "企业参与enterprises",
        "必须 · 不少于 1 · 中方must · at least 1 · Chinese side",
        "优先 · 不少于 2 · 中方",
    ):
        assert told in words
    assert "须有&lt;b&gt;1家企业\\u001b" in html


def test_hostile_words_stay_words_on_the_page() -> None:
    html = comparison_page(hostile()).decode()
    assert html.count("<script") == 1
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert "=1+1&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u001b[31m\\u202e&amp;amp;" in html


@pytest.fixture
def look(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens a comparison's page; that the browser complains of nothing and asks for nothing is checked at the end."""
    findings: list[str] = []
    asked: list[str] = []
    pages = []

    def open_page(comparison: Comparison, **given: Any) -> Any:
        file = tmp_path / "comparison.html"
        file.write_bytes(comparison_page(comparison))
        page = browser.new_page(**given)
        pages.append(page)
        page.on("console", lambda message: findings.append(message.text))
        page.on("pageerror", lambda error: findings.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    assert findings == []
    assert [url for url in asked if not url.startswith("file:")] == []
    for page in pages:
        page.close()


def test_filters_show_what_is_asked_for(look: Any) -> None:
    page = look(years())
    articles, shown = page.locator("article:visible"), page.locator("#shown")
    assert (articles.count(), shown.inner_text()) == (17, "17 / 17")
    for outcome in ("gone", "changed", "same"):
        page.click(f'.chip[data-outcome="{outcome}"]')
    assert articles.evaluate_all("found => found.map(one => one.dataset.outcome)") == ["new"]
    assert page.locator(".overview tbody tr:visible").count() == 1
    page.click('.chip[data-outcome="changed"]')
    page.fill("#search", "魁北克")
    assert articles.count() == 1
    assert shown.inner_text() == "1 / 17"
    page.fill("#search", "")
    page.select_option("#what", "requirement")
    kept = page.locator("article:visible tr[data-what]:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.what)"
    )
    assert set(kept) == {"requirement"}


def test_changes_of_wording_can_be_hidden(look: Any) -> None:
    page = look(years())
    worded = page.locator('article tr[data-kind="worded"]:visible')
    assert worded.count() == sum(change.kind == "worded" for pair in years().pairs for change in pair.changes) > 0
    page.check("#wording")
    assert worded.count() == 0
    assert page.locator("article:visible").count() == 17


def test_the_page_says_who_corrected_what_and_never_hides_it_as_wording(look: Any) -> None:
    page = look(corrected())
    page.check("#wording")
    row = page.locator('#s2 tr[data-kind="corrected"]')
    assert row.locator("td.before .correction").count() == 0
    assert "王芳：更正通知<b>\\u001b · 原为" in row.locator("td.after .correction").inner_text()
    assert page.locator("#s1 td.after .correction").is_visible()
    assert "后 · 拟支持项目数 已更正" in page.locator('tr[data-for="s1"] .correction').inner_text()
    assert "后 · 标题 已更正" in page.locator("#s3 header .correction").inner_text()
    assert "年度 已更正" in page.locator(".sides .correction").inner_text()
    assert page.locator(".correction").count() == 6
    assert 'correction">' not in comparison_page(years()).decode()


def test_doubtful_pairs_alone(look: Any) -> None:
    page = look(doubtful())
    page.check("#doubtful")
    assert page.locator("article:visible").count() == 2
    assert "1.2.3 → 8 (59)" in page.locator("article:visible .doubt p, article:visible p.doubt").first.inner_text()


def test_the_language_can_be_switched(look: Any) -> None:
    page = look(years())
    assert page.locator("h1").inner_text() == "指南对比 2017-1 → 2018-1"
    page.click("#language")
    assert page.locator("h1").inner_text() == "Guide against guide 2017-1 → 2018-1"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".overview").locator("xpath=..").get_attribute("aria-label") == "Sections at a glance"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_accessible_and_fits(look: Any, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for comparison in (doubtful(), corrected()):
        page = look(comparison, color_scheme=scheme, viewport={"width": width, "height": 800})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_links_lead_to_sections(look: Any) -> None:
    page = look(years())
    targets = page.locator(".overview a").evaluate_all(
        "links => links.map(link => document.querySelector(link.hash)?.tagName)"
    )
    assert targets == ["ARTICLE"] * 17
