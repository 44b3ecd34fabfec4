"""From the PDF to a corrected record in a real browser: read, look, correct, download, read again, see it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from extract import load
from extract.cli import main
from tests.support.golden import ROOT

pytestmark = pytest.mark.slow


def test_a_value_is_corrected_on_the_page_and_read_again(browser: Any, tmp_path: Path) -> None:
    guide = tmp_path / "guide_2018.pdf"
    shutil.copy(ROOT / "docs" / "example" / guide.name, guide)
    read = ["run", "-q", str(guide), "-o", str(tmp_path / "out")]
    assert main(read) == 0
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, faults = context.new_page(), []
    page.set_default_timeout(5000)
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((tmp_path / "out" / "guide_2018.html").as_uri())
    row = page.locator("#section-9 .row").filter(has=page.locator("dt", has_text="拟支持经费"))
    assert "未读懂" in row.inner_text()
    row.locator(".edit").click()
    form = page.locator("form.edit-form")
    form.locator("label").filter(has_text="最多").locator("input").first.fill("13000000")
    form.locator(".reason textarea").fill("科技部2018年3月补充通知：1300万元")
    form.locator(".reason input").fill("王芳")
    form.get_by_role("button", name="保存").click()
    with page.expect_download() as waiting:
        page.locator("[data-download]").click()
    waiting.value.save_as(tmp_path / waiting.value.suggested_filename)

    assert main(read) == 0
    funding = load(tmp_path / "out" / "guide_2018.json").sections[-1].funding
    assert funding.value is not None
    assert (funding.value.min, funding.value.max) == (None, 13_000_000)
    assert funding.corrected is not None
    assert funding.corrected.by == "王芳"
    page.goto((tmp_path / "out" / "guide_2018.html").as_uri())
    told = row.inner_text()
    assert "1,300 万元" in told
    assert "王芳" in told
    assert "1300万元" in told
    context.close()
    assert faults == []
    assert main(["verify", "-q", str(tmp_path / "out" / "guide_2018.json"), str(guide)]) == 0
