"""The workbook as openpyxl reads it: headers, filters, numbers, what is empty and why, charts, and text that stays text."""

import io
import re
import zipfile
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from extract import ExtractError, Guide
from extract.export import labels
from extract.export.excel.records import record_workbook
from extract.export.excel.sheet import CUT_MARK, MAX_CELL_LENGTH, cell_text
from extract.export.table_files import table_bytes
from extract.export.tables.frames import FRAMES
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS
from extract.model.finding_catalogue import Outcome, Severity
from extract.model.record import Correction, Field, Finding, Status
from extract.model.values import Count, Document, Money, Partner, Requirement, Topic, Topics
from tests.export.test_tables import MARK, all_corrected, guide_2017, made, section, stated
from tests.support.golden import record

SHEETS = ["说明", "图表", *(frame.sheet for frame in FRAMES)]


def opened(*guides: Guide) -> Any:
    return load_workbook(io.BytesIO(record_workbook(guides)))


@cache
def book_2017() -> Any:
    return opened(guide_2017())


@cache
def book_of_two() -> Any:
    return opened(guide_2017(), record("made_2021_second_batch"))


def at(book: Any, frame: str, key: str, row: int) -> Any:
    """The cell of a frame's column, rows from 0."""
    (found,) = (one for one in FRAMES if one.key == frame)
    keys = [column.key for column in found.columns]
    return book[found.sheet].cell(row + 2, keys.index(key) + 1)


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


# ── sheets ────────────────────────────────────────────────────────────────────────────────────────────


def test_each_frame_has_a_sheet_with_all_of_its_rows() -> None:
    assert book_2017().sheetnames == SHEETS
    for frame in FRAMES:
        sheet = book_2017()[frame.sheet]
        assert sheet.max_row == 1 + len(guide_2017().to_frames()[frame.key])


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.key)
def test_headers_explain_themselves_and_stay_in_place(frame: Any) -> None:
    sheet = book_2017()[frame.sheet]
    for place, column in enumerate(frame.columns, 1):
        head = sheet.cell(1, place)
        assert head.value == column.header
        assert head.comment.text.split("\n")[:2] == [column.key, column.meaning]
        assert head.comment.height >= 18 * 3
    assert sheet.freeze_panes == f"{get_column_letter(frame.identifying + 1)}2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(frame.columns))}{max(sheet.max_row, 1)}"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert all(6 <= one.width <= 50 for one in sheet.column_dimensions.values())


def test_columns_are_wide_enough_for_chinese() -> None:
    sheet = book_2017()["合作方"]
    longest = max(len(cell.value) for cell in sheet["E"][1:])
    assert sheet.column_dimensions["E"].width >= 2 * longest


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("key", "row", "value", "shape"),
    [
        ("funding_max", 0, 180_000_000, "#,##0"),
        ("funding_max_wan", 0, 18_000, "#,##0"),
        ("project_count_max", 2, 6, "General"),
        ("year", 0, 2017, "General"),
        ("section", 9, "1.10", "General"),
        ("duration_status", 0, "沿用", "General"),
        ("funding_approximate", 0, "否", "General"),
    ],
)
def test_figures_are_numbers_and_words_are_chinese(key: str, row: int, value: Any, shape: str) -> None:
    cell = at(book_2017(), "sections", key, row)
    assert (cell.value, cell.number_format) == (value, shape)
    assert cell.data_type == ("s" if isinstance(value, str) else "n")


def test_a_part_of_ten_thousand_is_not_rounded() -> None:
    cell = at(
        opened(made(section("1", "美国", money=Money(min=None, max=12_345_678)))), "sections", "funding_max_wan", 0
    )
    assert (cell.value, cell.number_format) == (1234.5678, "#,##0.####")


def test_kinds_of_a_requirement_are_all_told() -> None:
    kinds = [cell.value for cell in book_2017()["要求"]["G"][1:]]
    assert "企业参与、配套经费" in kinds


def test_absent_none_unread_unstated_and_zero_look_different() -> None:
    guide = made(
        section("1", "美国"),
        replace(section("2", "美国"), project_count=Field(status="none", label="", text="无")),
        replace(section("3", "美国"), project_count=Field(status="unread", label="", text="?")),
        section("4", "美国", Count(min=None, max=6)),
        section("5", "美国", Count(min=0, max=6)),
    )
    book = opened(guide)
    shown = [at(book, "sections", "project_count_min", row) for row in range(5)]
    assert [cell.value for cell in shown] == [None, None, None, None, 0]
    assert [at(book, "sections", "project_count_status", row).value for row in range(5)] == [
        "未列", "写无", "未读懂", "写明", "写明",
    ]  # fmt: skip
    fills = [(cell.fill.patternType, cell.fill.fgColor.rgb) for cell in shown[:4]]
    assert len(set(fills)) == 4
    assert fills[0][0] == "lightUp"
    assert fills[3][0] is None
    legend = {(cell.fill.patternType, cell.fill.fgColor.rgb) for cell in book["说明"]["A"]}
    assert set(fills[:3]) < legend


def test_what_a_person_corrected_is_marked() -> None:
    first = guide_2017().sections[0]
    field = replace(first.funding, corrected=Correction(was=None, by="王芳", why=""))
    book = opened(made(replace(first, funding=field)))
    assert at(book, "sections", "corrected", 0).value == FIELDS["funding"].label.zh
    assert at(book, "sections", "funding_max", 0).font.b
    assert not at(book, "sections", "project_count_max", 0).font.b


def test_all_that_a_person_can_correct_is_named_and_marked() -> None:
    book = opened(all_corrected())
    assert at(book, "sections", "corrected", 0).value == "、".join(label.zh for label in labels.OF_A_SECTION.values())
    assert at(book, "guides", "corrected", 0).value == "、".join(label.zh for label in labels.OF_THE_GUIDE.values())
    for frame, names, plain in (
        ("sections", CORRECTABLE_SECTION, {"id", "year", "batch", "findings_warning", "findings_error"}),
        (
            "guides",
            CORRECTABLE_GUIDE,
            {"sections", "glyphs", "unclaimed", "contradicted", "findings_warning", "reader"},
        ),
    ):
        (found,) = (one for one in FRAMES if one.key == frame)
        marked = {one.corrected or one.field: one.key for one in found.columns if one.corrected or one.field}
        assert set(marked) == set(names)
        assert [key for key in marked.values() if (cell := at(book, frame, key, 0)).value and not cell.font.b] == []
        assert [key for key in plain if at(book, frame, key, 0).font.b] == []


def test_a_correction_of_what_nobody_knows_is_shown_as_it_is() -> None:
    first = replace(guide_2017().sections[0], corrected={"=a\x1b": MARK, "title": MARK})
    assert at(opened(made(first)), "sections", "corrected", 0).value == "=a\\u001b、标题"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (labels.OF_A_SECTION, tuple(CORRECTABLE_SECTION)),
        (labels.OF_THE_GUIDE, tuple(CORRECTABLE_GUIDE)),
        (labels.STATUSES, get_args(Status)),
        (labels.OUTCOMES, get_args(Outcome)),
        (labels.SEVERITIES, get_args(Severity)),
        (labels.PARTNER_KINDS, get_args(get_type_hints(Partner)["kind"])),
        (labels.DOCUMENT_KINDS, get_args(get_type_hints(Document)["kind"])),
        (labels.REQUIREMENT_KINDS, get_args(get_args(get_type_hints(Requirement)["kinds"])[0])),
    ],
)
def test_every_closed_word_of_a_record_has_a_name(names: dict[str, Any], words: tuple[str, ...]) -> None:
    assert sorted(names) == sorted(words) != []


def test_contradictions_and_errors_are_red() -> None:
    wrong = replace(guide_2017().checks[0], outcome="contradicted")
    found = Finding(code="text-unclaimed", severity="error", message="?", args={"words": "?"}, section="1.1")
    book = opened(replace(guide_2017(), checks=(wrong, *guide_2017().checks[1:]), findings=(found,)))
    fills = [at(book, "checks", "outcome", row).fill.fgColor.rgb for row in (0, 1)]
    assert [fill == "FFF8CBAD" for fill in fills] == [True, False]
    assert at(book, "findings", "severity", 0).value == "错误"
    assert at(book, "sections", "findings_error", 0).value == 1


def test_the_first_sheet_tells_of_each_guide() -> None:
    words = [cell.value for row in book_of_two()["说明"].iter_rows() for cell in row]
    for guide in (guide_2017(), record("made_2021_second_batch")):
        assert {guide.source.file, guide.source.sha256, guide.source.reader, guide.guide.title} < set(words)


def test_the_first_sheet_points_to_the_record_of_each_guide() -> None:
    for book in (book_2017(), book_of_two()):
        words = " ".join(str(cell.value) for cell in book["说明"]["A"])
        assert "各份指南自己的 JSON 记录" in words
        assert "同名的 JSON" not in words


# ── hostile text ──────────────────────────────────────────────────────────────────────────────────────


def titled(*titles: str) -> Guide:
    """A guide whose topics have these names, and a heading, a partner and a file of the first."""
    first = guide_2017().sections[0]
    topics = Topics(items=tuple(Topic(name=title) for title in titles))
    partner = replace(first.partners[0], name=titles[0])
    one = replace(first, title=titles[0], partners=(partner,), fields=stated(topics))
    return made(one, source=replace(guide_2017().source, file=titles[0]))


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://a.cn\")", "http://a.cn", "mailto:a@b.cn", "internal:'各节'!A1",
     "{=SUM(1)}", "<b>&amp;", "_x0041_", "1.10", "2017-1", "TRUE", " a ", "'a"],
)  # fmt: skip
def test_hostile_text_stays_text(title: str) -> None:
    book = opened(titled(title))
    for frame, key in (
        ("sections", "title"),
        ("topics", "name"),
        ("guides", "file"),
        ("partners", "name"),
        ("sums", "partners"),
    ):
        cell = at(book, frame, key, 0)
        assert (cell.value, cell.data_type, cell.hyperlink) == (title, "s", None)
    assert {cell.data_type for cell in cells(book)} <= {"s", "n"}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=30))
def test_any_text_comes_out_as_text(titles: list[str]) -> None:
    book = opened(titled(*titles))
    for row, title in enumerate(titles):
        cell = at(book, "topics", "name", row)
        assert (cell.value or "") == cell_text(title)
    assert {cell.data_type for cell in cells(book)} <= {"s", "n"}


@pytest.mark.parametrize(
    ("words", "want"), [("a\0b", "a\\u0000b"), ("\x1b[31m", "\\u001b[31m"), ("\u202ea", "\\u202ea"), ("a\nb", "a\nb")]
)
def test_control_characters_are_written_out(words: str, want: str) -> None:
    assert at(opened(titled(words)), "topics", "name", 0).value == want


@pytest.mark.parametrize("char", ["字", "\U0002070e", "\0"])
def test_a_text_too_long_for_excel_is_cut_where_it_can_be_seen(char: str) -> None:
    value = at(opened(titled(char * 40_000)), "topics", "name", 0).value
    assert value.endswith(CUT_MARK)
    assert MAX_CELL_LENGTH - 1 <= len(value.encode("utf-16-le")) // 2 <= MAX_CELL_LENGTH
    assert cell_text(char * 10) + CUT_MARK != value
    assert cell_text("字" * MAX_CELL_LENGTH) == "字" * MAX_CELL_LENGTH


def test_a_number_that_excel_would_round_is_written_as_text() -> None:
    amount = 1_234_567_890_123_456_789
    book = opened(made(section("1", "美国", money=Money(min=None, max=amount))))
    assert at(book, "sections", "funding_max", 0).value == str(amount)


def test_more_rows_than_a_sheet_holds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.export.excel.records.MAX_ROWS", 100)
    with pytest.raises(ExtractError, match="117 rows of topics"):
        record_workbook([guide_2017()])


# ── charts ────────────────────────────────────────────────────────────────────────────────────────────


def feeds(book: Any) -> list[dict[str, list[float | None]]]:
    """The figures beside the charts: for each chart a row for each name."""
    made: list[dict[str, list[float | None]]] = []
    for name, *figures in book["图表"].iter_rows(min_row=5, values_only=True):
        if name in ("合作方", "指南"):
            made.append({})
        elif name and any(figures):
            made[-1][name] = figures
    return made


def total(rows: dict[str, list[float | None]]) -> float:
    return sum(figure or 0 for row in rows.values() for figure in row)


def test_charts_show_money_and_projects_by_partner() -> None:
    assert len(book_2017()["图表"]._charts) == 2
    money, projects = feeds(book_2017())
    sections = to_builtins(guide_2017().sections)
    assert total(money) == sum(one["funding"]["value"]["max"] for one in sections if one["funding"]["value"]) / 10_000
    assert total(projects) == sum(one["project_count"]["value"]["max"] for one in sections)
    assert list(money)[:2] == ["欧盟", "美国"]
    assert list(projects)[:2] == ["美国", "欧盟"]


def test_charts_of_several_guides_compare_them() -> None:
    assert len(book_of_two()["图表"]._charts) == 4
    money, projects, each_money, each_projects = feeds(book_of_two())
    for partners, guides in ((money, each_money), (projects, each_projects)):
        assert list(guides) == ["2017-1", "2021-2"]
        columns = list(zip(*partners.values(), strict=True))
        assert [sum(figure or 0 for figure in column) for column in columns[:2]] == [row[0] for row in guides.values()]


def test_partners_that_share_a_section_are_one_bar() -> None:
    partners = ["", "美国", "日本 美国", "美国"]
    guide = made(*(section(str(at), names, Count(min=1, max=at)) for at, names in enumerate(partners, 1)))
    (projects,) = feeds(opened(guide))
    assert projects == {"美国": [6], "日本、美国": [3], "（未写明合作方）": [1]}


def test_charts_read_the_figures_beside_them() -> None:
    with zipfile.ZipFile(io.BytesIO(record_workbook([guide_2017()]))) as packed:
        chart = packed.read("xl/charts/chart1.xml").decode()
    last = 6 + len(feeds(book_2017())[0])
    assert f"图表!$A$7:$A${last}" in chart
    assert f"图表!$B$7:$B${last}" in chart
    assert "欧盟" in chart


def chart_xml(*guides: Guide) -> str:
    with zipfile.ZipFile(io.BytesIO(record_workbook(guides))) as packed:
        return packed.read("xl/charts/chart1.xml").decode()


def test_guides_stand_side_by_side_and_are_never_added_up() -> None:
    xml = chart_xml(guide_2017(), record("made_2021_second_batch"))
    assert 'grouping val="clustered"' in xml
    assert "stacked" not in xml
    assert xml.count("<c:ser>") == 2
    colours = re.findall(r'<c:ser>.*?<a:srgbClr val="(\w+)"', xml)
    assert len(set(colours)) == 2


def test_of_many_guides_the_last_eight_are_shown_and_the_title_says_so() -> None:
    one = made(section("1", "美国", Count(min=1, max=2)))
    guides = [
        replace(
            one,
            sections=(section("1", "美国", Count(min=1, max=number)),),
            source=replace(one.source, file=f"{number}.pdf"),
        )
        for number in range(1, 26)
    ]
    projects, each = feeds(opened(*guides))
    assert projects == {"美国": [*range(18, 26)]}
    assert each["2017-1 7.pdf"][0] == 7
    assert len(each) == 25
    xml = chart_xml(*guides)
    assert xml.count("<c:ser>") == 8
    assert "（25 份指南的后 8 份，其余见“汇总”）" in xml
    assert "（8 份指南" not in chart_xml(*guides[:8])
    assert chart_xml(*guides[:8]).count("<c:ser>") == 8


def test_a_guide_without_figures_has_no_charts() -> None:
    book = opened(made(section("1", "美国")))
    assert book["图表"]._charts == []


# ── bytes ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_workbook_is_the_same_twice() -> None:
    assert table_bytes([guide_2017()], "xlsx", "a") == {"a.xlsx": record_workbook([guide_2017()])}


def test_the_workbook_knows_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(record_workbook([guide_2017()]))) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
