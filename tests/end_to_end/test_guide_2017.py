"""The 2017 guide, whole: from PDF and from text, written and read back. Its golden file is held by test_golden_files.py."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract import Guide, extract_guide, load
from extract.export.json import dumps, schema
from tests.typeset.facsimile import EXTRACTED

ROOT = Path(__file__).parents[2]
PDF = ROOT / "raw" / "guide_2017.pdf"


@cache
def from_pdf() -> Guide:
    return extract_guide(PDF)


@cache
def from_text() -> Guide:
    return extract_guide(EXTRACTED)


def values(record: Any) -> Any:
    """Plain data without evidence."""
    if isinstance(record, dict):
        return {key: values(item) for key, item in record.items() if key not in ("evidence", "corrected")}
    return [values(item) for item in record] if isinstance(record, list | tuple) else record


def plain(guide: Guide) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(guide))
    return data


def test_the_committed_output_is_the_record() -> None:
    assert (ROOT / "output" / "guide_2017.json").read_bytes() == dumps(from_pdf())


def test_text_and_pdf_give_the_same_values() -> None:
    assert values(plain(from_text())["sections"]) == values(plain(from_pdf())["sections"])
    assert values(plain(from_text())["guide"]) == values(plain(from_pdf())["guide"])
    on_paper_alone = ("readers-agree", "copies-fold")
    shared = [check for check in plain(from_pdf())["checks"] if check["code"] not in on_paper_alone]
    assert values(plain(from_text())["checks"]) == values(shared)


def test_findings_are_the_absent_funding_and_what_plain_text_leaves_open() -> None:
    pdf = [(finding.code, finding.section) for finding in from_pdf().findings]
    text = [(finding.code, finding.section) for finding in from_text().findings]
    assert pdf == [("field-absent", "1.2")]
    assert text == [("break-ambiguous", "1.9"), ("field-absent", "1.2")]


def test_two_runs_give_the_same_bytes() -> None:
    assert dumps(extract_guide(PDF)) == dumps(from_pdf())


def test_a_record_read_back_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    file.write_bytes(dumps(from_pdf()))
    assert dumps(load(file)) == dumps(from_pdf())


@pytest.mark.parametrize("guide", [from_pdf, from_text])
def test_the_record_fits_its_schema(guide: Any) -> None:
    import jsonschema

    jsonschema.Draft202012Validator(schema()).validate(plain(guide()))
    broken = plain(guide())
    broken["sections"][0]["funding"]["value"]["max"] = "180000000"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(broken)


@pytest.mark.parametrize("guide", [from_pdf, from_text])
def test_every_character_has_one_role(guide: Any) -> None:
    account = guide().account
    assert sum(account.by_role.values()) == account.glyphs
    assert account.unclaimed == account.by_role["unclaimed"] == 0
    assert account.by_role["overprint"] == 777  # counted in the extracted text: three copies of 259 characters
    assert account.by_role["furniture"] == len("— 12 —")
