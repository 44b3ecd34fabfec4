"""Every guide gives what its golden file says, and only a file that a person has signed says anything."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.golden import GOLDEN, ROOT, Unsigned, bless, expected, names, record, told
from tests.typeset.source import draw_source


@pytest.mark.parametrize("name", names())
def test_a_guide_gives_what_a_person_has_signed(name: str, request: pytest.FixtureRequest) -> None:
    got = told(record(name))
    path = GOLDEN / name / "expected.json"
    try:
        if request.config.getoption("--bless"):
            bless(path, got)
        want = expected(path)
    except Unsigned as unsigned:
        pytest.fail(str(unsigned), pytrace=False)
    for place in ("guide", "findings", "checks"):
        assert got[place] == want[place]
    assert [section["number"] for section in got["sections"]] == [section["number"] for section in want["sections"]]
    for section, signed in zip(got["sections"], want["sections"], strict=True):
        assert section == signed
    assert got.keys() == want.keys()


GOT: dict[str, Any] = {"guide": {"year": 2018}, "sections": [], "findings": [], "checks": {}}


def test_a_draft_fails_until_it_is_signed(tmp_path: Path) -> None:
    file = tmp_path / "new" / "expected.json"
    with pytest.raises(Unsigned, match="is missing: pytest --bless drafts it"):
        expected(file)
    with pytest.raises(Unsigned, match="is a draft now"):
        bless(file, GOT)
    with pytest.raises(Unsigned, match="is not signed"):
        expected(file)
    drafted = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**drafted, "read_by": " "}), "utf-8")
    with pytest.raises(Unsigned, match="is not signed"):
        expected(file)
    file.write_text(json.dumps({**drafted, "read_by": "王芳"}), "utf-8")
    assert expected(file) == GOT


def test_a_draft_may_be_drafted_again_and_a_signed_file_never(tmp_path: Path) -> None:
    file = tmp_path / "expected.json"
    for year in (2018, 2019):
        with pytest.raises(Unsigned, match="is a draft now"):
            bless(file, {**GOT, "guide": {"year": year}})
    assert json.loads(file.read_text("utf-8"))["guide"]["year"] == 2019
    file.write_text(json.dumps({**GOT, "read_by": "王芳"}), "utf-8")
    before = file.read_bytes()
    bless(file, GOT)
    with pytest.raises(AssertionError, match="is signed and says otherwise"):
        bless(file, {**GOT, "guide": {"year": 2020}})
    assert file.read_bytes() == before


def test_the_next_year_of_the_readme_is_the_golden_guide_drawn() -> None:
    shown = (ROOT / "docs" / "example" / "guide_2018.pdf").read_bytes()
    assert shown == draw_source(GOLDEN / "made_next_year" / "guide.txt")
