"""The review page in a browser: choosing, searching, keys, languages, narrow screens, and corrections as a file."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.corrections.plain_values import to_plain
from extract.export.html.review import review_page
from extract.export.number_format import format_money
from extract.model.values import Money
from extract.pipeline import open_guide
from extract.pull.page_images import render_pages
from tests.support.golden import RAW
from tests.support.hostile_guide import HARM, hostile

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


FILED = """
[[correction]]
section = "1.2"
field = "project_count"
value = { max = 2 }
was = { min = 1, max = 1 }
by = "王芳"
why = "第 7 页"
"""
SHORT = """“政府间国际科技创新合作”重点专项2024年度项目申报指南
1.1中美合作项目
合作协议：《中美科技合作协定》。
领域方向：农业、能源。
拟支持项目数：若干。
拟支持经费：1000万元人民币。
其他要求：无。
"""
STALE = """
[[correction]]
section = "1.1"
field = "funding"
value = { max = 13000000, per_project = { max = 1525000 } }
was = { max = 1 }
by = "王芳"
why = "更正通知"
[[correction]]
section = "9.9"
field = "fields"
value = { items = [{ name = "农业", items = [{ name = "育种" }] }], open_ended = true }
was = "absent"
by = "王芳"
why = "更正通知"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the 2017 guide, that of a hostile guide in plain text, and that of one with corrections gone stale."""
    made = tmp_path_factory.mktemp("pages")
    (made / "filed.toml").write_text(FILED, "utf-8")
    one = open_guide(RAW / "guide_2017.pdf", corrections=made / "filed.toml")
    (made / "guide_2017.html").write_bytes(review_page(one, render_pages(one.data, one.guide.source.pages or 0)))
    (made / "hostile.html").write_bytes(review_page(hostile(), ()))
    (made / "stale.toml").write_text(STALE, "utf-8")
    stale = open_guide("guide_2017.txt", data=SHORT.encode(), corrections=made / "stale.toml")
    (made / "stale.html").write_bytes(review_page(stale, ()))
    return made


class Opener:
    """Opens pages from disk, and knows what went wrong in them and what they asked the network for."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.faults: list[str] = []
        self.contexts: list[Any] = []

    def __call__(self, name: str = "guide_2017", **options: Any) -> Any:
        context = self.browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.contexts.append(context)
        return self.open(context, name)

    def open(self, context: Any, name: str) -> Any:
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))
        page.goto((self.folder / f"{name}.html").as_uri())
        return page

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.faults.append(f"asked for {url}")


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Opener]:
    opener = Opener(browser, folder)
    yield opener
    for context in opener.contexts:
        context.close()
    assert opener.faults == []


def field(page: Any, section: int, words: str) -> Any:
    """The row of a field in a section, by its label."""
    return page.locator(f"#section-{section} .row").filter(has=page.locator("dt", has_text=words))


def focused(page: Any) -> str:
    words: str = page.evaluate("document.activeElement.textContent.trim()")
    return words


# ── values and boxes ──────────────────────────────────────────────────────────────────────────────────


def test_a_value_shows_its_box_on_the_page_that_holds_it(visit: Opener) -> None:
    page = visit()
    field(page, 10, "拟支持经费").locator(".figure .cited").click()
    box = page.locator("#page-10 .box.chosen")
    assert box.count() == 1
    assert page.locator(".box.chosen").count() == 1
    sync_api.expect(box).to_be_in_viewport(ratio=1)
    sheet, mark = page.locator("#page-10 .sheet").bounding_box(), box.bounding_box()
    assert (mark["x"] - sheet["x"]) / sheet["width"] == pytest.approx(201.64 / 595.28, abs=0.005)
    assert (mark["y"] - sheet["y"]) / sheet["height"] == pytest.approx(198.1 / 841.89, abs=0.005)
    assert "1.10 拟支持经费" in page.locator("#chosen").inner_text()


def test_enter_chooses_like_a_click_and_boxes_of_several_pages_are_shown(visit: Opener) -> None:
    page = visit()
    field(page, 10, "领域方向").locator(".quote .cited").focus()
    page.keyboard.press("Enter")
    assert page.locator("#page-9 .box.chosen").count() == 1
    assert page.locator("#page-10 .box.chosen").count() == 2
    page.keyboard.press("Escape")
    assert page.locator(".box.chosen").count() == 0


def click_on(page: Any, number: int, x: float, y: float) -> None:
    """Click at a point of a page, in points."""
    sheet = page.locator(f"#page-{number} .sheet")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    sheet.click(position={"x": x / 595.28 * box["width"], "y": y / 841.89 * box["height"]})


def test_a_click_on_the_page_focuses_the_smallest_value_then_the_next_larger(visit: Opener) -> None:
    page = visit()
    click_on(page, 10, 420, 119)
    assert focused(page) == "环境"
    sync_api.expect(page.locator(".cited[aria-current]")).to_be_in_viewport()
    assert page.locator(".rail a[aria-current]").inner_text() == "1.10"
    click_on(page, 10, 420, 119)
    assert focused(page) == "7 个领域7 topics"
    click_on(page, 10, 420, 119)
    assert focused(page).startswith("农业食品（重点是")
    click_on(page, 10, 420, 119)
    assert focused(page) == "环境"
    click_on(page, 10, 20, 20)
    assert page.locator(".cited[aria-current]").inner_text() == "环境", "there is nothing to choose"


def test_a_finding_shows_its_place(visit: Opener) -> None:
    page = visit()
    page.locator("#look .findings .cited").first.click()
    assert page.locator("#page-4 .box.chosen").count() == 1


def test_a_finding_leads_to_the_value_that_it_doubts(visit: Opener) -> None:
    page = visit("stale")
    doubted = page.locator("#look .findings li").filter(has_text="内容未读懂").locator(".cited")
    doubted.click()
    assert "1.1 拟支持项目数" in page.locator("#chosen").inner_text()
    page.keyboard.press("e")
    assert field(page, 1, "拟支持项目数").locator("form.edit-form").is_visible()


def test_toggles_show_all_boxes_copies_and_furniture(visit: Opener) -> None:
    page = visit()
    for name, kind, least in (("boxes", "all", 500), ("overprint", "overprint", 50), ("furniture", "furniture", 1)):
        button = page.locator(f"[data-toggle={name}]")
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator(f".box.{kind}").count() >= least
        button.click()
        assert page.locator(f".box.{kind}").count() == 0


def test_lines_of_plain_text_are_chosen_and_choose(visit: Opener) -> None:
    page = visit("hostile")
    field(page, 3, "拟支持经费").locator(".figure .cited").click()
    assert page.locator("#line-20 i.chosen").all_inner_texts() == ["1000万元"]
    page.locator("#line-19 i[data-of]").click()
    assert focused(page).startswith("6 项")
    page.locator("[data-toggle=boxes]").click()
    assert page.locator(".lines i.all").count() > 10


# ── search, keys, languages ───────────────────────────────────────────────────────────────────────────


def test_search_counts_and_goes_to_matches_in_record_and_quotes(visit: Opener) -> None:
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("谅解备忘录")
    output = page.locator("#search output")
    total = int(output.inner_text().split("/")[1])
    assert total == page.locator("mark").count() >= 10
    assert output.inner_text() == f"1/{total}"
    page.keyboard.press("Enter")
    assert output.inner_text() == f"2/{total}"
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    assert output.inner_text() == f"{total}/{total}"
    sync_api.expect(page.locator("mark.now")).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.locator("mark").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("没有这样的字")
    assert output.inner_text() == "0/0"
    page.locator("#search input").fill("introduction")
    assert output.inner_text() == "0/0", "what is in the other language is not on view"
    page.locator("#search input").fill("cerc")
    assert page.locator("mark").first.inner_text() == "CERC"


def test_keys_travel_between_sections(visit: Opener) -> None:
    page = visit()

    def here() -> str:
        return str(page.evaluate("document.activeElement.id"))

    for _ in range(3):
        page.keyboard.press("j")
    before = here()
    page.keyboard.press("j")
    after = here()
    assert (before, after) == ("section-1", "section-2")
    sync_api.expect(page.locator("#section-2 h2")).to_be_in_viewport()
    assert page.locator(".rail a[aria-current]").inner_text() == "1.2"
    page.keyboard.press("k")
    assert here() == "section-1"


def test_help_and_toggles_by_key(visit: Opener) -> None:
    page = visit()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    assert "查找" in page.locator("#help").inner_text()
    page.keyboard.press("b")
    assert page.locator(".box.all").count() == 0, "keys belong to the dialog"
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("b")
    assert page.locator(".box.all").count() > 0


def test_all_can_be_reached_by_tab_and_focus_is_seen(visit: Opener) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert focused(page) == "跳到记录Skip to the record"
    sync_api.expect(page.locator(".skip")).to_be_in_viewport()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.className || document.activeElement.id || document.activeElement.localName"
            )
        )
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") in ("solid", "auto")
    assert {"ask", "language", "paper", "edit screen scripted"} <= seen
    unreached = page.evaluate(
        "[...document.querySelectorAll('a, button, input, summary')].filter((one) => one.tabIndex < 0).length"
    )
    assert unreached == 0


def test_english_is_one_switch_away_and_kept(visit: Opener) -> None:
    page = visit()
    page.locator("#language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert field(page, 10, "funding").locator(".figure").inner_text() == "CNY 30,000,000"
    assert page.locator("#search input").get_attribute("placeholder") == "Search  /"
    assert "拟支持" not in page.locator("#section-10 dt").all_inner_texts()
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("name", "language", "scheme"),
    [
        ("guide_2017", "zh", "light"),
        *(("hostile", one, scheme) for one in ("zh", "en") for scheme in ("light", "dark")),
    ],
)
def test_no_barriers(visit: Opener, name: str, language: str, scheme: str) -> None:
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = visit(name, color_scheme=scheme)
    if language == "en":
        page.locator("#language").click()
    page.locator("#section-1 .edit").nth(3).click()
    faults = axe_module.Axe().run(page).response["violations"]
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in faults]
    assert [one for one in faults if one["impact"] in ("serious", "critical", "moderate")] == [], told


def test_a_form_hides_nothing_of_its_row(visit: Opener) -> None:
    page = visit("stale")
    row = field(page, 1, "拟支持项目数")
    row.locator(".edit").click()
    for part in ("dt .status", ".quote .cited", "form.edit-form .main"):
        uppermost = """(one) => {
            one.scrollIntoView({ block: "center" });
            const { x, y, width, height } = one.getBoundingClientRect();
            return one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }"""
        assert row.locator(part).evaluate(uppermost), part
    status, form = row.locator("dt .status").bounding_box(), row.locator("form.edit-form").bounding_box()
    assert status["y"] + status["height"] <= form["y"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_contents_and_overview_fit_a_narrow_screen(visit: Opener, language: str) -> None:
    page = visit(viewport={"width": 420, "height": 900})
    if language == "en":
        page.locator("#language").click()
    beyond = """(one, end) => Math.max(...[...one.querySelectorAll("a, th, td, caption")].map(
        (part) => { const words = document.createRange(); words.selectNodeContents(part); return words.getBoundingClientRect().right; })) - end"""
    for part in (".wide", ".rail"):
        box = page.locator(part).bounding_box()
        assert page.locator(part).evaluate(beyond, box["x"] + box["width"]) <= 0, part


@pytest.mark.parametrize("name", ["guide_2017", "hostile"])
def test_narrow_screens_show_one_side_at_a_time(visit: Opener, name: str) -> None:
    page = visit(name, viewport={"width": 360, "height": 740})

    def overflow() -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    assert overflow() <= 0
    assert not page.locator("#pages").is_visible()
    field(page, 3, "合作协议").locator(".plain .cited").first.click()
    assert page.locator("#pages").is_visible()
    assert not page.locator("#record").is_visible()
    assert overflow() <= 0
    page.locator("#chosen button").click()
    assert page.locator("#record").is_visible()
    assert page.locator(".cited[aria-current]").evaluate("(one) => one === document.activeElement")
    field(page, 3, "领域方向").locator(".edit").click()
    assert overflow() <= 0


def test_paper_has_the_record_with_quotes_and_no_pages(visit: Opener) -> None:
    page = visit(viewport={"width": 700, "height": 900})
    page.emulate_media(media="print")
    assert not page.locator("#pages").is_visible()
    assert not page.locator("#search").is_visible()
    assert page.locator("#section-16 .quote").first.is_visible()
    quote = field(page, 9, "其他要求").locator(".quote")
    assert quote.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1"), "nothing is cut off"
    assert len(page.pdf()) > 50_000


def test_without_script_the_record_can_be_read(visit: Opener) -> None:
    page = visit(java_script_enabled=False)
    assert page.locator("#section-16").is_visible()
    assert page.locator("#page-1 img").is_visible()
    assert not page.locator("#search").is_visible()
    assert field(page, 10, "拟支持经费").locator(".cited").first.get_attribute("href") == "#page-10"


def test_what_a_guide_says_does_not_run(visit: Opener) -> None:
    page = visit("hostile")
    page.locator("[data-toggle=boxes]").click()
    for link in page.locator("a.cited").all():
        link.dispatch_event("click")
    page.locator("#section-1 .edit").nth(2).click()
    assert page.title().endswith("hostile<b>.txt")
    assert page.locator("img").count() == 0
    assert HARM[0] in page.locator("#record").inner_text()


# ── corrections ───────────────────────────────────────────────────────────────────────────────────────


def sign(form: Any, why: str, by: str = "王芳") -> None:
    form.locator(".reason textarea").fill(why)
    form.locator(".reason input").fill(by)
    form.get_by_role("button", name="保存").click()


def named(form: Any, words: str) -> Any:
    """The input behind a label of a form."""
    return (
        form.locator("label")
        .filter(has=form.page.locator(".name", has_text=re.compile(f"^{words}")))
        .locator("input, select, textarea")
    )


def downloaded(page: Any, folder: Path) -> dict[str, Any]:
    with page.expect_download() as waiting:
        page.locator("[data-download]").click()
    assert waiting.value.suggested_filename == "guide_2017.corrections.toml"
    file = folder / "downloaded.toml"
    waiting.value.save_as(file)
    return tomllib.loads(file.read_bytes().decode("utf-8"))


WORDS = "He said \"是\"\\n\n第二行\t\\ \u007f\u0001 \U0001f600 {x} # ''' 结"


def test_a_correction_is_typed_signed_and_downloaded(visit: Opener, tmp_path: Path) -> None:
    page = visit()
    row = field(page, 10, "拟支持经费")
    row.locator(".edit").click()
    form = page.locator("form.edit-form")
    named(form, "最少").first.fill("")
    named(form, "最多").first.fill("5000000")
    assert "= 500 万元" in form.locator(".figure-hint").all_inner_texts()
    form.get_by_role("button", name="保存").click()
    assert form.is_visible(), "a reason has to be given"
    sign(form, WORDS)
    assert "≤500 万元（≤5,000,000 元）" in row.locator(".proposal").inner_text()
    assert "2 条，有未下载的改动" in page.locator("#corrections").inner_text()
    first, second = downloaded(page, tmp_path)["correction"]
    assert first["section"] == "1.2"
    assert (first["value"], first["was"], first["by"]) == ({"max": 2}, {"min": 1, "max": 1}, "王芳"), (
        "the file's own is kept"
    )
    assert second == {
        "section": "1.10",
        "field": "funding",
        "value": {"max": 5_000_000},
        "was": {"min": 30_000_000, "max": 30_000_000},
        "quote": "3000万元人民币。",
        "by": "王芳",
        "why": WORDS,
    }
    assert "未下载" not in page.locator("#corrections").inner_text()


def test_amounts_have_the_unit_of_their_currency(visit: Opener) -> None:
    page = visit()
    field(page, 10, "拟支持经费").locator(".edit").click()
    form = page.locator("form.edit-form")
    names = form.locator("label:has(.figure-hint) .name:visible")
    assert names.all_inner_texts() == ["最少（元）", "最多（元）"]
    named(form, "币种").and_(form.locator(":enabled")).fill("EUR")
    form.get_by_role("button", name="分项").click()
    assert names.all_inner_texts() == ["最少（EUR）", "最多（EUR）"] * 2
    assert form.locator(".figure-hint").first.inner_text() == "= 3,000 万 EUR"
    form.get_by_role("button", name="取消").click()
    page.locator("#language").click()
    field(page, 10, "funding").locator(".edit").click()
    assert names.all_inner_texts() == ["min (yuan)", "max (yuan)"]
    assert form.locator(".figure-hint").first.inner_text() == "= CNY 30,000,000"


MONEY = [
    Money(min=180_000_000, max=180_000_000),
    Money(min=None, max=1_525_001, approximate=True),
    Money(min=1, max=2**53 - 1, currency="EUR"),
    Money(min=0, max=None),
]


@pytest.mark.parametrize("value", MONEY)
def test_money_is_told_as_in_the_record(visit: Opener, value: Money) -> None:
    told = visit("hostile").evaluate("(value) => money.told(value)", to_plain(value))
    assert told == list(format_money(value.min, value.max, value.currency, approximate=value.approximate))


def test_money_is_told_with_its_parts(visit: Opener) -> None:
    value = {"tracks": [{"name": "甲", "max": 20_000}], "per_project": {"min": 15_000}}
    zh, en = visit("hostile").evaluate("(value) => money.told(value)", value)
    assert zh == "未写总数；甲 ≤2 万元（≤20,000 元）；每个项目 ≥1.5 万元（≥15,000 元）"
    assert en == "no total; 甲 CNY ≤20,000; per project CNY ≥15,000"


def test_stale_corrections_are_told_from_those_in_force(visit: Opener) -> None:
    filed = visit().locator("#corrections .pending li")
    assert filed.locator(".chip").all_inner_texts() == ["已在文件中"]
    page = visit("stale")
    first, second = page.locator("#corrections .pending li").all()
    assert page.locator("#corrections .chip").all_inner_texts() == ["已失效，未采用"] * 2
    told = "1.1 拟支持经费≤1,300 万元（≤13,000,000 元）；每个项目 ≤152.5 万元（≤1,525,000 元）"
    assert told in first.inner_text()
    assert "9.9 领域方向条目 名称 农业，条目 名称 育种，未穷尽（等）" in second.inner_text()
    assert "{" not in second.inner_text()


def test_a_stale_correction_that_is_renewed_is_kept_though_it_says_the_same(visit: Opener, tmp_path: Path) -> None:
    page = visit("stale")
    first = page.locator("#corrections .pending li").first
    first.get_by_role("button", name="修改").click()
    page.locator("form.edit-form").get_by_role("button", name="保存").click()
    assert downloaded(page, tmp_path)["correction"][0]["was"] == {"min": 10_000_000, "max": 10_000_000}
    page.reload()
    assert first.locator(".chip").inner_text() == "新"
    assert downloaded(page, tmp_path)["correction"][0]["was"] == {"min": 10_000_000, "max": 10_000_000}


def test_nested_topics_are_moved_added_and_removed(visit: Opener, tmp_path: Path) -> None:
    page = visit()
    was = page.evaluate(
        "shapes.bare(given.targets.find((one) => one.section === '1.9' && one.field === 'fields').value, { $ref: '#/$defs/Topics' })"
    )
    field(page, 9, "领域方向").locator(".edit").click()
    form = page.locator("form.edit-form")
    top = form.locator("[data-list=items]").first.locator("> div > .item")
    count = top.count()
    top.nth(1).locator("> .moves button").nth(0).click()
    top.nth(count - 1).locator("> .moves button").nth(2).click()
    form.locator("[data-list=items]").first.locator("> button.add").click()
    named(top.nth(count - 1), "名称").first.fill("新能源“汽车”\\")
    assert form.get_by_role("button", name=re.compile("^.? ?条目")).count() == 1
    assert "关键词" not in form.inner_text()
    deeper = top.nth(0).locator("button.add")
    assert set(deeper.all_inner_texts()) == {"+ 下级条目"}
    for button, item in zip(
        deeper.all(), top.nth(0).locator("xpath=descendant-or-self::*[@class='item']").all(), strict=True
    ):
        inner = item.locator("> fieldset > label").last.bounding_box()
        assert 0 <= button.bounding_box()["y"] - (inner["y"] + inner["height"]) < 20, "it stands with its own item"
    top.nth(count - 1).get_by_role("button", name="下级条目").click()
    named(top.nth(count - 1).locator(".item"), "名称").fill("电池")
    sign(form, "理由")
    (entry,) = [one for one in downloaded(page, tmp_path)["correction"] if one["section"] == "1.9"]
    items = was["items"]
    assert entry["was"] == was
    assert entry["value"] == {
        **was,
        "items": [items[1], items[0], *items[2:-1], {"name": "新能源“汽车”\\", "items": [{"name": "电池"}]}],
    }


def test_a_status_and_values_of_the_guide_and_of_headings(visit: Opener, tmp_path: Path) -> None:
    page = visit()
    field(page, 3, "其他要求").locator(".edit").click()
    form = page.locator("form.edit-form")
    form.locator("select").first.select_option("none")
    sign(form, "写的是无")
    page.locator("#section-4 .head .edit").click()
    form.locator("label").first.locator("input, textarea").fill("中加合作项目")
    sign(form, "标题")
    page.locator("#guide .row").filter(has=page.locator("dt", has_text="年度")).locator(".edit").click()
    named(form, "年度").fill("2018")
    sign(form, "年")
    field(page, 10, "合作方").locator(".edit").click()
    named(form, "代码").first.fill("")
    named(form, "类别").first.select_option("region")
    sign(form, "合作方")
    made = {(one.get("section"), one["field"]): one for one in downloaded(page, tmp_path)["correction"]}
    assert list(made) == [
        (None, "year"),
        ("1.2", "project_count"),
        ("1.3", "requirements"),
        ("1.4", "title"),
        ("1.10", "partners"),
    ]
    assert made["1.3", "requirements"]["value"] == "none"
    assert (made["1.4", "title"]["value"], made["1.4", "title"]["was"]) == (
        "中加合作项目",
        "中加（安大略省）政府间合作项目",
    )
    assert (made[None, "year"]["value"], made[None, "year"]["was"]) == (2018, 2017)
    assert made["1.10", "partners"]["value"] == [{"name": "希腊", "kind": "region"}]


def test_what_cannot_be_is_not_kept(visit: Opener) -> None:
    page = visit()
    field(page, 10, "拟支持经费").locator(".edit").click()
    form = page.locator("form.edit-form")
    sign(form, "无")
    assert "与读出的值相同" in form.locator(".fault").inner_text()
    named(form, "最少").first.fill("40000000")
    sign(form, "无")
    assert form.is_visible(), "the lower bound is above the upper one"
    named(form, "最少").first.fill("")
    named(form, "最多").first.fill("")
    sign(form, "无")
    assert "没有填写" in form.locator(".fault").inner_text()
    page.keyboard.press("Escape")
    assert form.is_visible(), "typed words are not lost to a key"
    form.get_by_role("button", name="取消").click()
    assert not form.is_visible()
    assert page.locator(".proposal").count() == 0


def test_corrections_survive_a_reload_can_be_changed_and_withdrawn(visit: Opener, tmp_path: Path) -> None:
    page = visit()
    field(page, 5, "拟支持项目数").locator(".edit").click()
    form = page.locator("form.edit-form")
    named(form, "最多").first.fill("99")
    sign(form, "原因一", "李四")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    pending = page.locator("#corrections .pending li").filter(has_text="1.5")
    assert "李四：原因一" in pending.inner_text()
    pending.get_by_role("button", name="修改").click()
    assert named(form, "最多").first.input_value() == "99"
    assert form.locator(".reason input").input_value() == "李四"
    named(form, "最多").first.fill("98")
    sign(form, "原因二")
    filed = page.locator("#corrections .pending li").filter(has_text="1.2")
    filed.get_by_role("button", name="撤回").click()
    (entry,) = downloaded(page, tmp_path)["correction"]
    assert (entry["section"], entry["value"]["max"], entry["why"]) == ("1.5", 98, "原因二")
    filed.get_by_role("button", name="恢复").click()
    pending.get_by_role("button", name="撤回").click()
    assert [one["section"] for one in downloaded(page, tmp_path)["correction"]] == ["1.2"]


def test_leaving_with_corrections_that_were_not_downloaded_is_asked_about(visit: Opener, tmp_path: Path) -> None:
    page = visit()
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.reload()
    assert asked == []
    field(page, 5, "拟支持项目数").locator(".edit").click()
    form = page.locator("form.edit-form")
    named(form, "最多").first.fill("99")
    sign(form, "原因")
    page.reload()
    assert asked == ["beforeunload"]
    downloaded(page, tmp_path)
    page.reload()
    assert asked == ["beforeunload"]


TEXTS = [
    "",
    "a",
    '"',
    "\\",
    "\n\r\t\b\f",
    "\u0000\u001f\u007f\u0080",
    "\ud800",
    "a\udfffb",
    "\U0001f600",
    "中文",
    "'''",
    '"""',
    "#",
    "\u2028",
]


def test_toml_of_any_text_comes_back(visit: Opener) -> None:
    page = visit("hostile")
    for words in TEXTS:
        told = page.evaluate("(codes) => toml.text(String.fromCharCode(...codes))", _units(words))
        want = re.sub("[\ud800-\udfff]", "\ufffd", words)
        assert tomllib.loads(f"a = {told}")["a"] == want


def _units(words: str) -> list[int]:
    data = words.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]


def test_toml_of_tables_and_lists(visit: Opener) -> None:
    value = {"a": [1, 2.5, True, "x"], "b c": {"d": [], "e": {}}, "标": [{"f": [["g"]]}]}
    told = visit("hostile").evaluate("(value) => toml.value(value)", value)
    assert "\n" not in told
    assert tomllib.loads(f"a = {told}")["a"] == value
    assert json.loads(json.dumps(tomllib.loads(f"a = {told}")["a"])) == value
