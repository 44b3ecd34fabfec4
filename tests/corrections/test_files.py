"""A corrections file is read strictly: what is wrong is told with its line."""

import json
import re
from pathlib import Path

import pytest

from extract import CorrectionError
from extract.cli import main
from extract.corrections.files import corrections_path, load_corrections
from extract.model.stages import CorrectionEntry
from tests.end_to_end.test_guide_2017 import PDF

BY = 'by = "王芳"\nwhy = "见原文"\n'


def entry(field: str, value: str, section: str | None = "1.10", was: str | None = None, quote: str = "") -> str:
    """One correction as TOML."""
    lines = ["[[correction]]", f'section = "{section}"' if section else "", f'field = "{field}"', f"value = {value}"]
    lines += [f"was = {was}"] if was else []
    lines += [f"quote = {json.dumps(quote, ensure_ascii=False)}"] if quote else []
    return "\n".join(line for line in lines if line) + f"\n{BY}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "guide.corrections.toml"


def loaded(file: Path, text: str) -> tuple[CorrectionEntry, ...]:
    file.write_text(text, "utf-8")
    return load_corrections(file)


GOOD = entry("funding", "{ max = 5000000 }", was='"unread"')
WRONG = {
    "a type": (GOOD.replace("5000000", '"x"'), 4, "[funding] value.max: expected int or null, got str"),
    "a broken number": (GOOD.replace("5000000", "5.5"), 4, "[funding] value.max: expected int or null, got float"),
    "no number": (GOOD.replace("5000000", "true"), 4, "[funding] value.max: expected int or null, got bool"),
    "a negative number": (GOOD.replace("5000000", "-5"), 4, "[funding] value.max: -5 is no number that can be meant"),
    "a number without end": (GOOD.replace("5000000", f"1{'0' * 30}"), 4, "[funding] value.max: 1000"),
    "bounds": (GOOD.replace("max", "min = 9000000, max"), 4, "[funding] value: min is over max"),
    "a currency": (GOOD.replace("{ max", '{ currency = "YUA", max'), 4, "[funding] value.currency: 'YUA' is no currency"),
    "a small currency": (GOOD.replace("{ max", '{ currency = "cny", max'), 4, "[funding] value.currency: 'cny' is no"),
    "nothing said": (GOOD.replace("max = 5000000", 'currency = "USD"'), 4, "[funding] value: says nothing"),
    "an unknown key": (GOOD.replace("max", "maxi"), 4, "[funding] value.maxi: there is no such key"),
    "evidence": (GOOD.replace("max", "evidence = [], max"), 4, "[funding] value.evidence: leave it out"),
    "keywords": (entry("fields", '{ items = [{ name = "农业" }], keywords = ["农业"] }', was='"unread"'), 4, "[fields] value.keywords: leave it out"),
    "no topics": (entry("fields", "{ open_ended = true }", was='"unread"'), 4, "[fields] value: says nothing"),
    "no documents": (entry("agreement", "{ documents = [] }", was='"unread"'), 4, "[agreement] value: says nothing"),
    "no country": (entry("partners", '[{ name = "捷克", code = "ZZ", kind = "country" }]', was='"absent"'), 4, "[partners] value[0]: 'ZZ' is the code of no country"),
    "a small code": (entry("partners", '[{ name = "捷克", code = "cz", kind = "country" }]', was='"absent"'), 4, "[partners] value[0]: 'cz' is the code of no country"),
    "evidence within": (GOOD.replace("max", 'tracks = [{ name = "a", evidence = [] }], max'), 4, "[funding] value.tracks[0].evidence: leave it out"),
    "a status that is none": (GOOD.replace("{ max = 5000000 }", '"nix"'), 4, '[funding] value: expected table, got str; or write "none" or "absent"'),
    "unread": (GOOD.replace("{ max = 5000000 }", '"unread"'), 4, "[funding] value: expected table"),
    "a wrong was": (GOOD.replace('"unread"', "{ maxi = 3 }"), 5, "[funding] was.maxi: there is no such key"),
    "a quote that is none": (GOOD.replace('was = "unread"', "quote = 3"), 5, "[funding] quote: expected str, got int"),
    "no value": (GOOD.replace("value = { max = 5000000 }\n", ""), 1, "[funding] value: is missing"),
    "no field": (GOOD.replace('field = "funding"\n', ""), 1, "field: is missing"),
    "nobody": (GOOD.replace('by = "王芳"\n', ""), 1, "[funding] by: is missing"),
    "an empty name": (GOOD.replace('"王芳"', '" "'), 6, "[funding] by: is empty"),
    "no reason": (GOOD.replace('"见原文"', '""'), 7, "[funding] why: is empty"),
    "neither was nor quote": (GOOD.replace('was = "unread"\n', ""), 1, "[funding] neither was nor quote"),
    "an unknown key of an entry": (GOOD.replace("was", "wass"), 5, "[funding] wass: there is no such key; there are: section,"),
    "an unknown field": (GOOD.replace('"funding"', '"money"'), 3, "field: 'money': no such field; a section has: title,"),
    "a field of the other": (GOOD.replace('section = "1.10"\n', ""), 2, "[funding] field: 'funding': no such field; the guide has: title,"),
    "a field of the guide": (GOOD.replace('"funding"', '"declared.funding"'), 3, "[declared.funding] field: 'declared.funding': no such field"),
    "a number for a section": (GOOD.replace('"1.10"', "1.10"), 2, "[funding] section: a number of a section is a text"),
    "an empty section": (GOOD.replace('"1.10"', '""'), 2, "[funding] section: is empty"),
    "two of one": (GOOD + "\n\n" + GOOD, 10, "[funding] a second correction of the same value"),
    "two of the guide's": (2 * entry("year", "2018", None, "2017"), 7, "[year] a second correction of the same value"),
    "one bracket": (GOOD.replace("[[correction]]", "[correction]"), 1, "correction: a correction begins with [[correction]]"),
    "no table": ("correction = [3]\n", 1, "a correction is a table"),
    "another table": (f"{GOOD}[other]\n", 8, "other: there is no such key; a correction begins with [[correction]]"),
    "a kind of partner": (entry("partners", '[\n{ name = "德国", code = "DE", kind = "land" }]', was="[]"), 4, "[partners] value[0].kind: 'land' is none of country, region, organisation, group"),
    "a kind of requirement": (entry("requirements", '{ items = [{ text = "甲。", kinds = ["x"] }] }', was='"none"'), 4, "[requirements] value.items[0].kinds[0]: 'x' is none of partner_applied_first"),
    "a kind of document": (entry("agreement", '{ documents = [{ title = "甲", kind = "x" }] }', was='"none"'), 4, "[agreement] value.documents[0].kind: 'x' is none of agreement"),
    "a name that is empty": (entry("fields", '{ items = [{ name = "" }] }', was='"none"'), 4, "[fields] value.items[0].name: is empty"),
    "no date": (entry("duration", '{ start = "2018-02-30", end = "2019-01-01" }', was='"absent"'), 4, "[duration] value.start: '2018-02-30' is no date"),
    "another way to write it": (entry("duration", '{ start = "20180201", end = "2019-01-01" }', was='"absent"'), 4, "[duration] value.start: '20180201' is no date"),
    "a date of TOML": (entry("duration", "{ start = 2018-02-03 }", was='"absent"'), 4, '[duration] value.start: expected str, got date; write it in quotation marks: "2018-01-31"'),
    "dates turned around": (entry("duration", '{ start = "2019-01-01", end = "2018-01-01" }', was='"absent"'), 4, "[duration] value: start is over end"),
    "half a time": (entry("duration", '{ start = "2019-01-01" }', was='"absent"'), 4, "[duration] value: a start needs an end, or months"),
    "the other half": (entry("duration", '{ end = "2019-01-01", max_months = 12 }', was='"absent"'), 4, "[duration] value: there is an end without a start"),
    "months and dates that differ": (entry("duration", '{ start = "2018-01-01", end = "2018-12-31", max_months = 6 }', was='"absent"'), 4, "[duration] value: the months are not those from start to end"),
    "months and dates a day apart": (entry("duration", '{ start = "2018-01-01", end = "2019-01-01", max_months = 12 }', was='"absent"'), 4, "[duration] value: the months are not those from start to end"),
    "a fact of a requirement": (entry("requirements", '{ items = [{ text = "甲", kinds = ["deadline"], facts = { deadline = "2018-01-31" } }] }', was='"none"'), 4, "[requirements] value.items[0].facts: there is no such key"),
    "no share": (entry("funding", "{ share = { max = nan } }", was='"none"'), 4, "[funding] value.share.max: nan is no number"),
    "a year": (entry("year", "17", None, "2017"), 3, "[year] value: 17 is no year of four digits"),
    "a title that is absent": (entry("title", "3", None, '"甲"'), 3, "[title] value: expected str, got int"),
    "no list": (entry("basis", '"absent"', None, '"absent"'), 3, "[basis] value: expected array, got str"),
    "a sub-table": (GOOD.replace("value = { max = 5000000 }\n", "") + '\n[correction.value]\nmax = 3\nmin = "q"\n', 10, "[funding] value.min: expected int or null, got str"),
    "dotted keys": (GOOD.replace("value = { max = 5000000 }", "value.max = 3\nvalue.min = 4"), 4, "[funding] value: min is over max"),
    "words that look like an entry": (f'{GOOD}quote = """\n[[correction]]\nfield = 3\n"""\n\n# [[correction]]\n' + GOOD.replace("1.10", "1.9").replace("5000000", "'x'"), 17, "[funding] value.max: expected"),
    "an entry over many lines": (GOOD.replace("max = 5000000", "tracks = [\n# a\n{ name = 3 },\n]"), 4, "[funding] value.tracks[0].name: expected str, got int"),
    "a key that hides something": (f'{GOOD}"\\u001b[31m" = 3\n', 8, "[funding] '\\x1b[31m': there is no such key"),
    "no TOML": (f"{GOOD}\nx = \n", 9, "not TOML: invalid value (column 5)"),
    "a key twice": (f'{GOOD}by = "李明"\n', 8, "not TOML: cannot overwrite a value"),
    "cut off": (f"{GOOD}[[correction]]\nvalue = {{ tracks = [\n", 9, "not TOML: invalid value"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_file_is_told_with_its_line(name: str, file: Path) -> None:
    text, line, message = WRONG[name]
    for told in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        with pytest.raises(CorrectionError) as error:
            loaded(file, told)
        assert str(error.value).startswith(f"{file}, line {line}: {message}")
        assert "\n" not in str(error.value)


ENCODED = {
    "utf-16": (GOOD.encode("utf-16"), ", line 1: not UTF-8"),
    "gb18030": (GOOD.encode("gb18030"), ", line 6: not UTF-8"),
    "too deep": (b"value = " + b"[" * 100_000, ": nested too deep"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_what_is_no_text_is_told(name: str, file: Path) -> None:
    data, message = ENCODED[name]
    file.write_bytes(data)
    with pytest.raises(CorrectionError, match=re.escape(f"{file}{message}")):
        load_corrections(file)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(CorrectionError, match="check the path of the corrections"):
            load_corrections(path)


def test_a_wrong_file_beside_a_guide_is_exit_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(PDF.read_bytes())
    corrections_path(guide).write_text(GOOD.replace("5000000", '"x"'), "utf-8")
    assert main(["run", str(guide), "-o", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "guide.corrections.toml, line 4: [funding] value.max" in printed.err
    assert not (tmp_path / "guide.json").exists()


def test_an_empty_file_corrects_nothing(file: Path) -> None:
    assert loaded(file, "") == loaded(file, "# nothing yet\n") == ()
