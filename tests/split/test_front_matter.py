"""One row, one test: title and introduction behind notices, red heads and contents, from tests/cases/front_matter.toml."""

from pathlib import Path
from typing import Any

import pytest

from extract.pipeline import extract_guide
from tests.pull.test_bad_pdf import BACK, FRONT, content, guide, read, right
from tests.support.case_tables import SECTIONS, plain_guide, rows
from tests.typeset import raw

OF_THE_FRONT = ("title-unknown", "title-doubtful", "text-before-guide", "year-unknown")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"][:40]) for row in rows("front_matter")])
def test_front_matter(row: dict[str, Any], tmp_path: Path) -> None:
    want = row["want"]
    lines = [*row["given"], *SECTIONS]
    cut = plain_guide(lines)
    assert cut.title.printed == want["title"], row["why"]
    if "introduction" in want:
        assert cut.introduction.printed == "".join(want["introduction"]), row["why"]
    file = tmp_path / "guide.txt"
    file.write_text("\n".join(lines), "utf-8")
    record = extract_guide(file)
    assert [section.number for section in record.sections] == ["1.1", "1.2"]
    assert record.account.unclaimed == 0
    declared = record.guide.declared.projects
    assert (declared and declared.max) == want.get("projects", 12), row["why"]
    codes = [finding.code for finding in record.findings if finding.code in OF_THE_FRONT]
    assert codes == row.get("findings", []), row["why"]


def test_a_running_head_at_the_right_of_the_page_is_no_line_of_the_title() -> None:
    head = raw.coded("国家重点研发计划", 420, 784)
    assert content(read(guide(head + FRONT, BACK))) == right()
