"""The reference checker in its three languages gives the verdicts that a person read from the guides."""

import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extract import extract_guide
from extract.export.json import dumps
from tests.support.golden import ROOT

CHECKER = ROOT / "examples" / "checker"
GUIDES = {"guide_2017": ROOT / "raw" / "guide_2017.pdf", "guide_2018": ROOT / "docs" / "example" / "guide_2018.pdf"}
APPLICATIONS = json.loads((CHECKER / "applications.json").read_text("utf-8"))
VERDICTS = json.loads((CHECKER / "verdicts.json").read_text("utf-8"))
Found = tuple[str, list[tuple[str, int]]]  # the verdict, with the fact and the page of each reason


def wanted(number: str) -> Found:
    """What the person found."""
    verdict = VERDICTS[number]
    return verdict["verdict"], sorted((one["fact"], one["page"]) for one in verdict["because"])


@cache
def records(folder: Path) -> dict[str, Path]:
    """The records of the guides, as files."""
    files = {name: folder / f"{name}.json" for name in GUIDES}
    for name, file in files.items():
        file.write_bytes(dumps(extract_guide(GUIDES[name])))
    return files


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return records(tmp_path_factory.mktemp("records"))


def test_every_application_has_a_verdict() -> None:
    assert [one["id"] for one in APPLICATIONS] == list(VERDICTS)
    assert {one["verdict"] for one in VERDICTS.values()} == {"refused", "accepted", "to be judged"}


def in_python(files: dict[str, Path], applications: Path) -> dict[str, Found]:
    spec = importlib.util.spec_from_file_location("check", CHECKER / "check.py")
    assert spec
    assert spec.loader
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    found = {}
    for one in json.loads(applications.read_text("utf-8")):
        verdict, conditions = check.judge(json.loads(files[one["guide"]].read_text("utf-8")), one)
        found[one["id"]] = verdict, sorted((each["fact"], each["evidence"][0]["page"]) for each in conditions)
    return found


def in_javascript(files: dict[str, Path], applications: Path) -> dict[str, Found]:
    if not (node := shutil.which("node")):
        pytest.skip("needs Node.js")
    found: dict[str, Found] = {}
    for name, record in files.items():
        own = applications.with_name(f"{name}.applications.json")
        own.write_text(
            json.dumps([one for one in json.loads(applications.read_text("utf-8")) if one["guide"] == name]), "utf-8"
        )
        command = [node, str(CHECKER / "check.mjs"), str(record), str(own)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for part in re.split(r"^(?=\S)", printed, flags=re.M)[1:]:
            number, verdict = part.split("\n")[0].split(" ", 1)
            reasons = re.findall(r"^ {4}(\w+): .*\(page (\d+)\)$", part, re.M)
            found[number] = verdict, sorted((fact, int(page)) for fact, page in reasons)
    return found


def in_sql(files: dict[str, Path], applications: Path) -> dict[str, Found]:
    folder = applications.parent
    for name in files:
        frame = extract_guide(GUIDES[name]).to_frames()["conditions"]
        frame.to_parquet(folder / f"{name}.conditions.parquet")
    found: dict[str, Found] = {}
    with duckdb.connect() as database:
        database.execute(f"SET file_search_path = '{folder}'")
        for number, verdict, fact, _, page in database.execute((CHECKER / "check.sql").read_text("utf-8")).fetchall():
            reasons = found.setdefault(number, (verdict, []))[1]
            reasons += [(fact, page)] if fact else []
    return {number: (verdict, sorted(reasons)) for number, (verdict, reasons) in found.items()}


CHECKERS: dict[str, Callable[[dict[str, Path], Path], dict[str, Any]]] = {
    "Python": in_python,
    "JavaScript": in_javascript,
    "SQL": in_sql,
}


@pytest.mark.parametrize("language", CHECKERS)
def test_the_verdicts_are_those_of_a_person(language: str, written: dict[str, Path], tmp_path: Path) -> None:
    applications = tmp_path / "applications.json"
    shutil.copy(CHECKER / "applications.json", applications)
    found = CHECKERS[language](written, applications)
    assert found == {number: wanted(number) for number in VERDICTS}
