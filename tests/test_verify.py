"""verify proves a record, and nothing that was changed in it gets through."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.cli import main
from extract.export.json import dumps
from extract.profile.files import load_profile
from extract.verify import SecondReading, differences, proofs, read_again
from tests.end_to_end.test_guide_2017 import PDF, ROOT, from_pdf, from_text
from tests.typeset.facsimile import EXTRACTED, facsimile
from tests.typeset.style import Style

pytestmark = pytest.mark.slow

RECORD = ROOT / "output" / "guide_2017.json"
Place = tuple[str | int, ...]


@cache
def opened_again() -> SecondReading:
    return read_again(PDF, "both", load_profile())


def leaves(record: Any, place: Place = ()) -> Iterator[Place]:
    """The places of everything in a record that is no object and no list."""
    if isinstance(record, dict | list):
        for key, item in record.items() if isinstance(record, dict) else enumerate(record):
            yield from leaves(item, (*place, key))
    else:
        yield place


def changed(leaf: Any) -> Any:
    """The least change that leaves the kind of a leaf as it is, where it has one."""
    match leaf:
        case bool():
            return not leaf
        case int():
            return leaf + 1
        case float():
            return round(leaf + 0.01, 2)
        case str():
            return leaf[:-1] if leaf.endswith("。") else f"{leaf}。"
    return 0


class Tampered:
    """A record in which one leaf is changed, for as long as it lasts."""

    def __init__(self, record: Any, place: Place) -> None:
        self.owner, self.key = record, place[-1]
        for key in place[:-1]:
            self.owner = self.owner[key]
        self.leaf = self.owner[self.key]

    def __enter__(self) -> None:
        self.owner[self.key] = changed(self.leaf)

    def __exit__(self, *_: object) -> None:
        self.owner[self.key] = self.leaf


def caught(record: Any) -> list[bool]:
    """Which of the proofs fail."""
    return [bool(proof.failures) for proof in proofs(json.dumps(record).encode(), opened_again())]


def test_the_record_of_2017_is_proved_with_nothing_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(RECORD), str(PDF)]) == 0
    lines = capsys.readouterr().out.strip().split("\n")
    assert len(lines) == 5
    assert all(line.startswith("✓ proved") for line in lines)


def test_every_leaf_that_is_changed_is_caught() -> None:
    record = json.loads(dumps(from_pdf()))
    found = json.loads(dumps(opened_again().record))
    places = list(leaves(record))
    missed = []
    for place in places:
        with Tampered(record, place):
            if not list(differences(record, found)):
                missed.append(place)
    assert missed == []
    assert f"{len(places):,} leaves" in (ROOT / "docs" / "verify.md").read_text("utf-8")


def test_values_and_quotes_are_caught_by_the_other_reader_as_well() -> None:
    record = json.loads(dumps(from_pdf()))
    places = list(leaves(record))
    told = {"quote": 2, "title": 3, "max": 3, "min_months": 3, "text": 3, "kind": 3, "page": 2}
    for key, proof in told.items():
        for place in [place for place in places if place[0] == "sections" and place[-1] == key][::40]:
            with Tampered(record, place):
                assert caught(record)[proof], place


@pytest.mark.parametrize("move", [8, -8, 30])
def test_the_other_reader_sees_a_box_that_was_moved(move: float) -> None:
    record = json.loads(dumps(from_pdf()))
    for section in record["sections"]:
        box = (
            section["funding"]["evidence"][0]["bbox"]
            if section["funding"]["evidence"]
            else section["evidence"][0]["bbox"]
        )
        for side in range(4):
            box[side] += move
            assert caught(record)[2], (section["number"], side)
            box[side] -= move


def test_a_section_taken_out_or_put_in_twice_is_caught() -> None:
    record = json.loads(dumps(from_pdf()))
    for sections in (record["sections"][:-1], record["sections"][1:], [*record["sections"], record["sections"][0]]):
        assert caught({**record, "sections": sections})[3:] == [True, True]
    assert caught({**record, "sections": record["sections"][::-1]})[3:] == [True, True]


def test_a_key_that_comes_twice_is_caught() -> None:
    data = RECORD.read_bytes().replace(b'"max": 180000000,', b'"max": 280000000, "max": 180000000,')
    (schema,) = [proof for proof in proofs(data, opened_again()) if proof.failures]
    assert [failure.place for failure in schema.failures] == ["the key max"]


@pytest.mark.parametrize(
    "change", [{"extra": 1}, {"schema": "guide-extract/0"}, {"sections": {}}, {"checks": None}, {"account": "none"}]
)
def test_what_does_not_fit_the_schema_is_caught(change: dict[str, Any]) -> None:
    assert caught({**json.loads(dumps(from_pdf())), **change})[1]


@pytest.mark.parametrize("data", [b"[]", b"1", b'"guide"', b"null", b"{}"])
def test_json_that_is_no_record_is_not_proved(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "record.json").write_bytes(data)
    assert main(["verify", str(tmp_path / "record.json"), str(EXTRACTED)]) == 1
    assert "not proved" in capsys.readouterr().out


def test_what_failed_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(dumps(from_pdf()))
    record["sections"][9]["funding"]["value"]["max"] += 10_000
    (tmp_path / "record.json").write_text(json.dumps(record))
    assert main(["verify", str(tmp_path / "record.json"), str(PDF)]) == 1
    printed = capsys.readouterr().out
    assert "sections[1.10].funding.value.max" in "".join(printed.split())
    assert main(["verify", "-q", str(tmp_path / "record.json"), str(PDF)]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("reader", ["both", "pdfplumber", "pdfium"])
@pytest.mark.parametrize(
    "style", [Style(copies=2, measure=25), Style(embedded=False, copies=1)], ids=["copies", "remote"]
)
def test_a_record_of_either_reader_is_proved_by_the_other(reader: str, style: Style, tmp_path: Path) -> None:
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(facsimile(style))
    assert main(["run", "-q", "--reader", reader, str(guide), "-o", str(tmp_path)]) == 0
    assert main(["verify", str(tmp_path / "guide.json"), str(guide)]) == 0


def test_a_record_of_plain_text_is_proved(tmp_path: Path) -> None:
    record = tmp_path / "guide.json"
    record.write_bytes(dumps(from_text()))
    assert main(["verify", str(record), str(EXTRACTED)]) == 0


def test_another_guide_is_not_the_file_that_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "guide_2017.pdf"
    other.write_bytes(facsimile(Style(copies=3)))
    assert main(["verify", str(RECORD), str(other)]) == 1
    assert "✗ not proved  the guide is the file that was read" in capsys.readouterr().out


UNREADABLE = {
    "no record": (None, PDF.read_bytes(), "No such file"),
    "no JSON": (b"{", PDF.read_bytes(), "not JSON"),
    "no text": ("指南".encode("gb18030"), PDF.read_bytes(), "not JSON"),
    "earlier version": (b'{"schema": "guide-extract/1"}', PDF.read_bytes(), "another version"),
    "deep": (b"[" * 100_000, PDF.read_bytes(), "not JSON"),
    "no guide": (RECORD.read_bytes(), None, "No such file"),
    "a damaged guide": (RECORD.read_bytes(), b"%PDF-1.4\nrubbish", "damaged PDF"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_exit_3_and_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, guide, message = UNREADABLE[name]
    for file, data in (("record.json", record), ("guide.pdf", guide)):
        if data is not None:
            (tmp_path / file).write_bytes(data)
    assert main(["verify", str(tmp_path / "record.json"), str(tmp_path / "guide.pdf")]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert message in captured.err
    assert str(tmp_path) in captured.err
