"""Records as frames, CSV and Parquet: nothing lost, nothing made up, and docs/tables.md tells every column."""

import csv
import doctest
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, to_builtins
from msgspec.structs import replace
from pyarrow.parquet import ParquetFile

from extract import ExtractError, Guide, load
from extract.cli import main
from extract.export.json import dumps
from extract.export.table_files import KINDS, table_bytes, write_csv, write_parquet
from extract.export.tables.frames import FRAMES, frames
from extract.model.conditions import Basis, Binding, Condition, Fact, Op, Party, Unit
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, is_field
from extract.model.record import Attachment, Correction, Field, Section
from extract.model.values import Count, Money, Partner
from extract.run.run_log import Run
from tests.end_to_end.test_guide_2017 import ROOT
from tests.support.golden import record


@cache
def guide_2017() -> Guide:
    return load(ROOT / "output" / "guide_2017.json")


def plain(column: "pd.Series[Any]") -> list[Any]:
    """The cells of a column, None for what is missing."""
    cells: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return cells


def stated(value: Any) -> Field[Any]:
    return Field(status="stated", label="", text="", value=value)


def section(number: str, partners: str, count: Count | None = None, money: Money | None = None) -> Section:
    """A section with partners by their names, and with figures or without."""
    return replace(
        guide_2017().sections[0],
        id=f"2017-1/{number}",
        number=number,
        partners=tuple(Partner(name=name, code=None, kind="country") for name in partners.split()),
        project_count=stated(count) if count else Field(status="absent"),
        funding=stated(money) if money else Field(status="unread", label="", text=""),
    )


def made(*sections: Section, **changes: Any) -> Guide:
    return replace(guide_2017(), sections=sections, findings=(), checks=(), **changes)


# ── what frames hold ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("frame", "row", "cells"),
    [
        ("sections", {"section": "1.10"}, {"id": "2017-1/1.10", "page": 9, "year": 2017, "batch": 1, "partner_codes": "GR"}),
        ("sections", {"section": "1.10"}, {"funding_max": 30_000_000, "funding_max_wan": 3000.0, "funding_currency": "CNY"}),
        ("sections", {"section": "1.3"}, {"project_count_min": None, "project_count_max": 6, "partner_names": "加拿大"}),
        ("sections", {"section": "1.2"}, {"funding_status": "absent", "funding_max": None, "funding_currency": None}),
        ("sections", {"section": "1.16"}, {"project_count_per": "领域", "project_count_per_min": 1, "fields_topics": 5}),
        ("sections", {"section": "1.1"}, {"duration_status": "inherited", "duration_min_months": 24, "duration_start": None}),
        ("partners", {"section": "1.3"}, {"name": "加拿大", "code": "CA", "subdivision_code": "CA-QC", "quote": "加（魁北克省）"}),
        ("tracks", {"section": "1.12", "field": "funding", "max": 7_000_000}, {"max_wan": 700.0, "currency": "CNY"}),
        ("tracks", {"section": "1.12", "field": "project_count", "max": 1}, {"max_wan": None, "currency": None}),
        ("requirements", {"section": "1.4", "marker": "2）"}, {"kinds": "enterprise_participation; cofunding", "page": 5}),
        ("checks", {"code": "projects-declared"}, {"outcome": "consistent", "section": None, "page": 3, "quote": "不超过232项"}),
        ("findings", {"code": "field-absent"}, {"severity": "info", "section": "1.2", "page": 4}),
        ("guides", {"guide": "2017-1"}, {"sections": 16, "declared_projects_max": 232, "common_duration_min_months": 24, "reader": "pdfplumber"}),
    ],
)  # fmt: skip
def test_cells(frame: str, row: dict[str, Any], cells: dict[str, Any]) -> None:
    table = guide_2017().to_frames()[frame]
    for key, value in row.items():
        table = table[table[key] == value]
    assert len(table) == 1
    assert {key: plain(table[key])[0] for key in cells} == cells


CONDITION = {"fact": "enterprises", "op": "at_least", "value": 1, "binding": "must", "by": "chinese_side"}
CONDITIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"order": 2, "section": "1.1", "fact": "enterprises", "op": "at_least", "value": "1", "value_number": 1.0}),
    ({}, {"unit": None, "among": None, "by": "chinese_side", "of": None, "track": None, "when": None, "text": "须有"}),
    ({"value": 0.5, "unit": "of_grant"}, {"value": "0.5", "value_number": 0.5, "unit": "of_grant"}),
    ({"value": 1.0, "unit": "of_grant"}, {"value": "1", "value_number": 1.0}),
    ({"value": False, "op": "equals"}, {"value": "false", "value_number": None}),
    ({"value": ("provided", "promised"), "op": "one_of"}, {"value": "provided; promised", "value_number": None}),
    ({"value": "2016-08-31", "op": "before"}, {"op": "before", "value": "2016-08-31", "value_number": None}),
    ({"among": ("BR", "RU"), "of": "秘书处"}, {"among": "BR; RU", "of": "秘书处"}),
    ({"track": "联合研究", "when": "多家单位"}, {"track": "联合研究", "when": "多家单位", "basis": "requirements"}),
    ({"fact": "manual", "op": None, "value": None, "by": None}, {"op": None, "value": None, "value_number": None, "by": None}),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "cells"), CONDITIONS)
def test_cells_of_a_condition(parts: dict[str, Any], cells: dict[str, Any]) -> None:
    cited = guide_2017().sections[0].evidence
    others: dict[str, Any] = {"basis": "requirements", "text": "须有", "evidence": cited}
    condition = Condition(**{**CONDITION, **others, **parts})
    facts = replace(guide_2017().guide, conditions=(condition,))
    first = replace(guide_2017().sections[0], conditions=(condition, condition))
    table = made(first, guide=facts).to_frames()["conditions"]
    assert [*zip(plain(table.section), plain(table.order), strict=True)] == [(None, 1), ("1.1", 1), ("1.1", 2)]
    assert plain(table.page) == [cited[0].page] * 3
    assert {key: plain(table[key])[2] for key in cells} == cells


def test_every_word_of_conditions_has_a_label() -> None:
    types = {"fact": Fact, "op": Op, "unit": Unit, "binding": Binding, "by": Party, "basis": Basis}
    words = {column.key: column.words for frame in FRAMES for column in frame.columns if frame.key == "conditions"}
    assert {key: tuple(words[key] or ()) for key in types} == {key: get_args(kind) for key, kind in types.items()}


def walk(data: Any, keys: set[str]) -> Iterator[dict[str, Any]]:
    """Every object of a record that has all of these keys."""
    if isinstance(data, dict):
        if keys <= data.keys():
            yield data
        for value in data.values():
            yield from walk(value, keys)
    if isinstance(data, list | tuple):
        for value in data:
            yield from walk(value, keys)


@pytest.mark.parametrize("name", ["guide_2017", "made_2021_second_batch", "key_special"])
def test_each_thing_of_a_record_is_one_row(name: str) -> None:
    guide = guide_2017() if name == "guide_2017" else record(name)
    sections = to_builtins(guide)["sections"]
    rows = {key: len(frame) for key, frame in guide.to_frames().items()}
    assert rows["topics"] == len(list(walk(sections, {"note", "items", "name"})))
    assert rows["agreements"] == len(list(walk(sections, {"title", "kind"})))
    assert rows["requirements"] == len(list(walk(sections, {"kinds"})))
    assert rows["partners"] == len(list(walk(sections, {"subdivision", "agency"})))
    assert rows["tracks"] == sum(len(one["tracks"]) for one in walk(sections, {"tracks"}))
    assert rows["conditions"] == len(list(walk(to_builtins(guide), {"fact", "op"})))
    assert rows["other_parts"] == sum(len(one["other"]) for one in sections)


def test_topics_keep_their_order_and_what_is_above_them() -> None:
    topics = guide_2017().to_frames()["topics"]
    shown = topics[topics.section == "1.9"]
    want = list(walk(to_builtins(guide_2017().sections[8].fields.value), {"note", "items", "name"}))
    assert shown.name.tolist() == [topic["name"] for topic in want]
    assert set(shown.level) >= {1, 2}
    assert shown.path.isna().tolist() == (shown.level == 1).tolist()
    below = topics[topics.level == 2].path
    assert below.isin(topics[topics.level == 1].name).all()


def test_a_frame_without_rows_keeps_columns_and_types() -> None:
    empty = frames([])
    for frame in FRAMES:
        want = {column.key: column.dtype for column in frame.columns}
        for table in (empty[frame.key], guide_2017().to_frames()[frame.key]):
            assert {key: str(dtype) for key, dtype in table.dtypes.items()} == want


def test_the_page_is_that_of_the_first_words() -> None:
    first = guide_2017().sections[0]
    over = replace(first.evidence[0], page=(first.evidence[0].page or 0) + 1)
    pages = made(replace(first, evidence=(*first.evidence, over))).to_frames()["sections"].page
    assert pages.tolist() == [first.evidence[0].page]


def test_what_has_no_value_has_no_figure() -> None:
    sections = record("made_2025").to_frames()["sections"]
    missing = sections[sections.funding_status == "absent"]
    figures = [
        key
        for key in map(str, sections)
        if key.startswith("funding_") and key not in ("funding_status", "funding_text")
    ]
    assert len(missing) > 0
    assert missing[figures].isna().all(axis=None)


def test_attachments_have_their_addresses() -> None:
    names = [("申报书", "./a.docx"), ("2.须知.pdf", "https://a.cn/2.pdf")]
    files = tuple(Attachment(name=name, address=address, evidence=()) for name, address in names)
    listed = replace(guide_2017(), source=replace(guide_2017().source, attachments=files))
    tables = frames([guide_2017(), listed])["guides"]
    assert plain(tables.attachments) == [None, "申报书（./a.docx）; 2.须知.pdf（https://a.cn/2.pdf）"]


def test_what_a_person_corrected_is_named() -> None:
    first = guide_2017().sections[0]
    changed = replace(first, funding=replace(first.funding, corrected=Correction(was=None, by="王芳", why="")))
    assert made(changed).to_frames()["sections"].corrected.tolist() == ["funding"]
    assert made(first).to_frames()["sections"].corrected.isna().all()


MARK = Correction(was="absent", by="王芳", why="更正通知")


@cache
def all_corrected() -> Guide:
    """The 2017 guide, of which a person corrected every value that can be: of the guide, and of its first section."""
    first, *others = guide_2017().sections
    facts = guide_2017().guide
    common = {name: replace(facts.common.field(name), corrected=MARK) for name in FIELDS}
    of_guide = dict.fromkeys([name for name in CORRECTABLE_GUIDE if not is_field(name)], MARK)
    facts = replace(facts, common=replace(facts.common, **common), corrected=of_guide)
    fields = {name: replace(getattr(first, name), corrected=MARK) for name in FIELDS}
    own = dict.fromkeys([name for name in CORRECTABLE_SECTION if not is_field(name)], MARK)
    return replace(guide_2017(), guide=facts, sections=(replace(first, **fields, corrected=own), *others))


def test_all_that_a_person_corrected_is_named() -> None:
    made_of_it = all_corrected().to_frames()
    assert plain(made_of_it["sections"].corrected) == ["; ".join(CORRECTABLE_SECTION), *[None] * 15]
    assert plain(made_of_it["guides"].corrected) == ["; ".join(CORRECTABLE_GUIDE)]
    assert guide_2017().to_frames()["guides"].corrected.isna().all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_corrected_record_goes_through_every_format(kind: Any, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(dumps(all_corrected()))
    assert load(tmp_path / "a.json") == all_corrected()
    assert all(table_bytes([all_corrected()], kind, "a").values())


def test_guides_are_stacked_in_their_order() -> None:
    both, first, second = (
        frames(guides) for guides in ([guide_2017(), record("made_2025")], [guide_2017()], [record("made_2025")])
    )
    for key, frame in both.items():
        pd.testing.assert_frame_equal(frame, pd.concat([first[key], second[key]], ignore_index=True))
    assert both["sections"].guide.unique().tolist() == ["2017-1", "2025-1"]


@pytest.mark.parametrize(
    ("year", "batch", "id"),
    [(2017, 1, "2017-1"), (2020, None, "2020"), (None, None, "undated"), (None, 2, "undated-2")],
)
def test_the_id_of_a_guide(year: int | None, batch: int | None, id: str) -> None:
    facts = replace(guide_2017().guide, year=year, batch=batch)
    assert replace(guide_2017(), guide=facts).to_frames()["guides"].guide.tolist() == [id]
    one = record("made_2020")
    assert {section.id.split("/")[0] for section in one.sections} == set(one.to_frames()["sections"].guide)


def test_a_number_of_more_than_64_bits_is_told() -> None:
    huge = made(section("1.1", "美国", money=Money(min=None, max=2**63)))
    with pytest.raises(ExtractError, match=r"guide_2017\.pdf: funding_max of section 1\.1 is 9223372036854775808, too"):
        huge.to_frames()


def test_a_number_that_no_float_holds_is_told() -> None:
    huge = made(section("1.1", "美国", money=Money(min=None, max=10**400)))
    with pytest.raises(ExtractError, match=r"guide_2017\.pdf: funding_max_wan of section 1\.1 is too large"):
        huge.to_frames()


# ── sums ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["made_2018", "made_2021_second_batch", "made_2025"])
@pytest.mark.parametrize(("figure", "field"), [("projects_max", "project_count"), ("funding_max", "funding")])
def test_sums_are_those_of_the_record(name: str, figure: str, field: str) -> None:
    sections = to_builtins(record(name).sections)
    want: dict[str, int] = {}
    for one in sections:
        value = one[field]["value"]
        if value and value["max"] is not None:
            partners = "; ".join(sorted({partner["name"] for partner in one["partners"]}))
            want[partners] = want.get(partners, 0) + value["max"]
    sums = record(name).to_frames()["sums"]
    got = sums[sums[figure].notna()].set_index("partners")[figure]
    assert got.to_dict() == want != {}
    assert sorted("; ".join(sums.sections).split("; ")) == sorted(one["number"] for one in sections)


def test_sums_count_a_section_once_and_leave_out_what_has_no_end() -> None:
    wan = 10_000
    guide = made(
        section("1", "美国", Count(min=2, max=2), Money(min=None, max=100 * wan)),
        section("2", "日本 美国", Count(min=None, max=6), Money(min=50 * wan, max=60 * wan, approximate=True)),
        section("3", "美国", Count(min=5, max=None), Money(min=7, max=7, currency="USD")),
        section("4", "美国 日本", Count(min=1, max=3)),
        section("5", ""),
    )
    sums = guide.to_frames()["sums"].set_index(["partners", "currency"])
    together = "日本; 美国", "CNY"
    assert sums.index.tolist()[:3] == [("美国", "CNY"), together, ("美国", "USD")]
    columns = [
        "sections",
        "projects_min",
        "projects_max",
        "projects_left_out",
        "funding_min",
        "funding_max",
        "funding_left_out",
    ]
    cells = [list(row) for row in zip(*(plain(sums[key]) for key in columns), strict=True)]
    assert cells == [
        ["1", 2, 2, None, None, 100 * wan, None],
        ["2; 4", 1, 9, None, 50 * wan, 60 * wan, "4"],
        ["3", None, None, "3", 7, 7, None],
        ["5", None, None, "5", None, None, "5"],
    ]
    assert sums.funding_max_wan.isna().tolist() == [False, False, True, True]
    assert plain(sums.funding_approximate) == [False, True, False, None]


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────


def whole(written: Any, frame: pd.DataFrame) -> bytes:
    """The file of a frame."""
    file = io.BytesIO()
    with written(file, frame.iloc[:0]) as append:
        append(frame)
    return file.getvalue()


def test_csv_is_what_excel_opens() -> None:
    files = table_bytes([guide_2017()], "csv", "guide_2017")
    assert {"guide_2017.csv", "guide_2017.topics.csv", "guide_2017.findings.csv"} < set(files)
    assert len(files) == len(FRAMES)
    for data in files.values():
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
    assert "中美政府间合作项目".encode() in files["guide_2017.csv"]


def test_csv_read_back_is_the_frame() -> None:
    for frame in frames([guide_2017(), record("made_2025")]).values():
        text = {key: "string" for key, dtype in frame.dtypes.items() if dtype == "string"}
        back = pd.read_csv(io.BytesIO(whole(write_csv, frame)), dtype=text, keep_default_na=False, na_values=[""])
        pd.testing.assert_frame_equal(back.astype(frame.dtypes), frame)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'"])
def test_what_could_be_a_formula_gets_an_apostrophe(start: str) -> None:
    frame = pd.DataFrame({"title": pd.Series([f"{start}1+1", f"a{start}"], dtype="string")})
    written = whole(write_csv, frame)
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows[1][0].startswith("'")
    assert not rows[2][0].startswith("'")


@given(st.lists(st.text(), min_size=1))
def test_any_text_comes_out_of_csv_as_text(texts: list[str]) -> None:
    frame = pd.DataFrame({"a": pd.Series(texts, dtype="string"), "b": pd.Series(texts, dtype="string")})
    written = whole(write_csv, frame)
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))[1:]
    assert [len(row) for row in rows] == [2] * len(texts)
    for row, words in zip(rows, texts, strict=True):
        assert not row[0].startswith(tuple("=+-@＝＋－＠\t\r\n"))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", row[0])
        if words.isprintable():
            assert row[0].removeprefix("'") == words


@given(st.lists(st.text(), min_size=1))
def test_parquet_has_the_bare_text(texts: list[str]) -> None:
    frame = pd.DataFrame({"a": pd.Series(texts, dtype="string")})
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(whole(write_parquet, frame))), frame)


def test_parquet_read_back_is_the_frame() -> None:
    files = table_bytes([guide_2017()], "parquet", "a")
    for key, frame in guide_2017().to_frames().items():
        name = "a.parquet" if key == "sections" else f"a.{key}.parquet"
        pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(files[name])), frame)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_files_are_the_same_twice(kind: Any) -> None:
    assert table_bytes([guide_2017()], kind, "a") == table_bytes([load(ROOT / "output" / "guide_2017.json")], kind, "a")


# ── many records ──────────────────────────────────────────────────────────────────────────────────────

MODULE = "extract.export.tables.frames"  # by its name, for a function of the package has it too


def guides_of_all_kinds() -> list[Guide]:
    """Guides of which the first leaves most columns empty, and some tables without a row."""
    return [made(section("1", "美国")), guide_2017(), record("made_2025"), record("key_special"), all_corrected()]


def test_csv_is_the_same_in_one_piece_and_in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = table_bytes(guides_of_all_kinds(), "csv", "a")
    monkeypatch.setattr(import_module(MODULE), "_MAX_PIECE_CHARACTERS", 1)
    assert table_bytes(guides_of_all_kinds(), "csv", "a") == at_once


def test_parquet_is_the_same_in_one_piece_and_in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = table_bytes(guides_of_all_kinds(), "parquet", "a")
    monkeypatch.setattr(import_module(MODULE), "_MAX_PIECE_CHARACTERS", 1)
    in_pieces = table_bytes(guides_of_all_kinds(), "parquet", "a")
    for name, (key, frame) in zip(in_pieces, frames(guides_of_all_kinds()).items(), strict=True):
        one, many = ParquetFile(io.BytesIO(at_once[name])), ParquetFile(io.BytesIO(in_pieces[name]))
        assert many.schema_arrow.equals(one.schema_arrow, check_metadata=True), name
        pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(in_pieces[name])), frame, obj=key)
        pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(at_once[name])), frame, obj=key)
    assert ParquetFile(io.BytesIO(in_pieces["a.parquet"])).num_row_groups == len(guides_of_all_kinds())


def written(folder: Path, count: int) -> Path:
    """A folder with records of as many guides, of some 65 KB each."""
    folder.mkdir()
    for number in range(count):
        source = replace(guide_2017().source, file=f"{number}.pdf", sha256=sha256(bytes(number)).hexdigest())
        (folder / f"{number}.json").write_bytes(dumps(made(*guide_2017().sections[:4], source=source)))
    return folder


PEAK = f"""
import re, sys
from importlib import import_module
from extract.cli import main
import_module("{MODULE}")._MAX_PIECE_CHARACTERS = 20_000
if main(["table", "-q", sys.argv[1], "-o", sys.argv[2]]) == 0:
    print(*re.findall(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read()))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells how much memory a process took at the most")
@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_records(kind: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        arguments = [written(tmp_path / str(count), count), tmp_path / f"{count}.{kind}"]
        done = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, cwd=ROOT, check=True)
        return int(done.stdout)

    assert peak(400) - peak(40) < 10_000  # kB; the rows of 400 records alone take 25,000


def test_of_a_folder_what_is_no_record_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "records", 3)
    (folder / "run.json").write_bytes(json.encode(Run(program="1.0", guides=())))
    (folder / "next.json").write_text('{"schema": "guide-extract-next/1", "guide": {}}', "utf-8")
    assert main(["table", str(folder), "-o", str(folder / "all.csv")]) == 0
    assert re.findall(r"left out: (\S+): not a", capsys.readouterr().err) == [
        str(folder / "next.json"),
        str(folder / "run.json"),
    ]
    assert pd.read_csv(folder / "all.guides.csv").file.tolist() == ["0.pdf", "1.pdf", "2.pdf"]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"schema": "guide-extract/2"}', b'{"schema": "x", "sections": []}']
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_record_leaves_no_table(damage: bytes, kind: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "records", 2)
    (folder / "9.json").write_bytes(damage)
    assert main(["table", "-q", str(folder), "-o", str(tmp_path / "new" / f"all.{kind}")]) == 3
    assert [file.name for file in tmp_path.iterdir()] == ["records"]


def test_a_folder_with_the_name_of_a_table_is_told_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "all.topics.csv").mkdir()
    assert main(["table", str(tmp_path / "none.json"), "-o", str(tmp_path / "all.csv")]) == 2
    assert capsys.readouterr().err.endswith("all.topics.csv: is a folder; choose another name with -o\n")
    assert [file.name for file in tmp_path.iterdir()] == ["all.topics.csv"]


FULL = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))  # as if the disk were full after that
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from extract.cli import main
sys.exit(main(["table", "-q", sys.argv[1], "-o", sys.argv[2]]))
"""


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_full_disk_leaves_the_tables_that_were_there(kind: str, tmp_path: Path) -> None:
    records, table = written(tmp_path / "records", 2), tmp_path / f"all.{kind}"
    table.write_bytes(b"good")
    done = subprocess.run([sys.executable, "-c", FULL, records, table], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == f"guide-extract: {table}: cannot be written (File too large); choose another folder with -o\n"
    assert table.read_bytes() == b"good"
    assert sorted(file.name for file in tmp_path.iterdir()) == [table.name, "records"]


# ── docs ──────────────────────────────────────────────────────────────────────────────────────────────


def told() -> dict[str, list[tuple[str, ...]]]:
    """The columns of each frame as docs/tables.md tells them."""
    parts = re.split(r"^### `(\w+)` · (\S+)$", (ROOT / "docs" / "tables.md").read_text("utf-8"), flags=re.MULTILINE)
    rows: Callable[[str], list[tuple[str, ...]]] = re.compile(
        r"^\| `(\w+)` \| (.+) \| (\w+) \| (.+) \|$", re.MULTILINE
    ).findall
    return {
        f"{key} {sheet}": rows(text) for key, sheet, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    }


def test_the_docs_explain_every_frame_and_column() -> None:
    assert told() == {
        f"{frame.key} {frame.sheet}": [(column.key, column.header, column.dtype, column.en) for column in frame.columns]
        for frame in FRAMES
    }


def test_columns_have_keys_and_headers_of_their_own() -> None:
    for frame in FRAMES:
        for names in ([column.key for column in frame.columns], [column.header for column in frame.columns]):
            assert len(set(names)) == len(names), frame.key


def test_the_example_of_the_docs_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    examples = "\n".join(
        re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "tables.md").read_text("utf-8"), re.DOTALL)
    )
    test = doctest.DocTestParser().get_doctest(examples, {}, "tables.md", "tables.md", 0)
    assert len(test.examples) > 4
    assert doctest.DocTestRunner().run(test).failed == 0
