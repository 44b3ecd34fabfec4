"""Excel files: what their cells, numbers, merged ranges, tables, comments and hidden parts become."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.limits import Limits
from extract.model.stages import Pulled
from extract.model.text import Cell
from extract.pull import pull
from extract.repair import repair
from tests.pull.test_docx import refusal as refusal_of
from tests.support.excel import data, excel_file, formats, number, rewritten, text, texts


def read(file: bytes) -> Pulled:
    return pull(Path("guide.xlsx"), data=file)


def lines(file: bytes) -> list[str]:
    return [str(line.text) for line in repair(read(file)).lines]


def excluded(file: bytes) -> list[tuple[str, str]]:
    return [(piece.reason, str(piece.text)) for piece in repair(read(file)).excluded]


def told(file: bytes) -> list[tuple[str, object]]:
    return [(one.code, one.args.get("variant", one.args)) for one in read(file).findings]


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────

STRINGS = (
    "<si><t>项目</t></si>"
    '<si><r><t>支持</t></r><r><rPr><strike/></rPr><t>3</t></r><r><rPr><b/><strike val="0"/></rPr><t>5个</t></r></si>'
    '<si><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>4</t></r><r><t>t、CO</t></r>'
    '<r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></si>'
    '<si><t>中国</t><rPh sb="0" eb="2"><t>ちゅうごく</t></rPh><phoneticPr fontId="1"/></si>'
    "<si><t>甲_x000D_\n乙</t></si>"
    "<si><t>_x005F_x000D_</t></si>"
    "<si><t>\n  缩进  </t></si>"
    '<si><t xml:space="preserve">　　指南</t></si>'
)


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ('<c t="s"><v>0</v></c>', ["项目"]),
        ('<c t="s"><v>1</v></c>', ["支持5个"]),
        ('<c t="s"><v>2</v></c>', ["10⁴t、CO₂"]),
        ('<c t="s"><v>3</v></c>', ["中国"]),
        ('<c t="s"><v>4</v></c>', ["甲", "乙"]),
        ('<c t="s"><v>5</v></c>', ["_x000D_"]),
        ('<c t="s"><v>6</v></c>', ["缩进"]),
        ('<c t="s"><v>7</v></c>', ["指南"]),
        ('<c t="inlineStr"><is><r><t>支持</t></r><r><t>5个</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', ["支持5个"]),
        ('<c t="str"><f>A1&amp;"个"</f><v>5个</v></c>', ["5个"]),
        ('<c t="str"><f>IF(1,"","a")</f><v></v></c>', ["末"]),
        ('<c t="b"><v>1</v></c>', ["TRUE"]),
        ("<c><v>1800</v></c>", ["1800"]),
        ("<c><f>SUM(B1:B2)</f><v>1800</v></c>", ["1800"]),
        ("<c><v>1.8E3</v></c>", ["1800"]),
        ("<c><v>0.30000000000000004</v></c>", ["0.3"]),
        ('<c s="9"/>', ["末"]),
        ('<c t="inlineStr"><is><t> </t></is></c>', ["末"]),
    ],
)  # fmt: skip
def test_words_of_a_cell(cell: str, want: list[str]) -> None:
    file = excel_file(data(cell, "", text("末")) if want == ["末"] else data(cell), strings=STRINGS)
    assert lines(file) == want


def test_what_is_struck_out_is_no_text() -> None:
    fonts = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    rich = '<c t="inlineStr" s="1"><is><r><rPr><b/></rPr><t>5个</t></r><r><t>旧</t></r></is></c>'
    file = excel_file(data(text("3个", 's="1"'), rich, '<c t="s"><v>1</v></c>'), strings=STRINGS, styles=fonts)
    assert lines(file) == ["5个", "支持5个"]
    assert excluded(file)[:3] == [("struck-out", "3个"), ("struck-out", "旧"), ("struck-out", "3")]


def styled(font: str, fill: str = "") -> str:
    """The styles of a file in which the cells s="1" have this font and this filling."""
    fills = f"<fills><fill/><fill>{fill}</fill></fills>"
    return f"<fonts><font/><font>{font}</font></fonts>{fills}<cellXfs><xf/><xf fontId='1' fillId='{int(bool(fill))}'/></cellXfs>"


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/></patternFill>'


WHITE = '<color rgb="FFFFFFFF"/>'
UNSEEN = {
    "white": styled(WHITE),
    "white by the theme": styled('<color theme="0"/>'),
    "white by the theme, darker": styled('<color theme="0" tint="-0.04"/>'),
    "white by the palette": styled('<color indexed="9"/>'),
    "white on white": styled(WHITE, solid('theme="0"')),
    "red on red": styled('<color rgb="FFC00000"/>', solid('rgb="FFC00000"')),
    "one point": styled('<sz val="1"/>'),
}
SEEN = {
    "automatic": styled('<color auto="1"/>'),
    "black by the theme": styled('<color theme="1"/>'),
    "a light grey": styled('<color rgb="FFA6A6A6"/>'),
    "white on blue": styled(WHITE, solid('rgb="FF4472C4"')),
    "white on a colour of the theme": styled('<color theme="0"/>', solid('theme="1" tint="0.3"')),
    "black on yellow": styled('<color indexed="8"/>', solid('indexed="13"')),
    "small": styled('<sz val="8"/>'),
}
DOUBTFUL = {
    "on a pattern": styled(WHITE, '<patternFill patternType="gray125"/>'),
    "on a gradient": styled(WHITE, "<gradientFill/>"),
    "on a colour that is not known": styled(WHITE, solid('indexed="44"')),
}


def seen(styles: str, more: str = "") -> tuple[list[str], list[tuple[str, str]], str]:
    """The lines of two cells of which the second has the style s="1", what is excluded, and what may be invisible."""
    file = excel_file(data(text("甲"), text("3", 's="1"')) + more, styles=styles)
    doubtful = "".join(glyph.text for glyph in pull(Path("guide.xlsx"), data=file).glyphs if glyph.is_doubtful)
    return lines(file), excluded(file)[:-1], doubtful


@pytest.mark.parametrize("name", UNSEEN)
def test_words_in_the_colour_of_their_cell_are_hidden(name: str) -> None:
    assert seen(UNSEEN[name]) == (["甲"], [("hidden", "3")], "")


@pytest.mark.parametrize("name", SEEN)
def test_words_in_another_colour_than_their_cell_are_read(name: str) -> None:
    assert seen(SEEN[name]) == (["甲", "3"], [], "")


@pytest.mark.parametrize("name", DOUBTFUL)
def test_white_words_in_a_cell_of_an_unknown_colour_are_read_and_told(name: str) -> None:
    assert seen(DOUBTFUL[name]) == (["甲", "3"], [], "3")


def test_white_words_are_in_doubt_where_rules_may_colour_their_cells() -> None:
    rule = '<conditionalFormatting sqref="A1"><cfRule type="expression"/></conditionalFormatting>'
    for more in (rule, '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'):
        assert seen(styled(WHITE), more) == (["甲", "3"], [], "3")
        assert seen(styled(WHITE, solid('theme="0"')), more)[2] == "3"


def test_a_run_has_a_colour_of_its_own() -> None:
    rich = (
        f'<c t="inlineStr" s="1"><is><r><rPr>{WHITE}</rPr><t>9</t></r><r><rPr/><t>5个</t></r><r><t>乙</t></r></is></c>'
    )
    file = excel_file(data(rich), styles=styled(WHITE))
    assert (lines(file), excluded(file)[:2]) == (["5个"], [("hidden", "9"), ("hidden", "乙")])


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "code", "want"),
    [
        # figures
        (1800, "General", "1800"),
        (1800.5, "General", "1800.5"),
        (1 / 3, "General", "0.333333333"),
        (13800138000, "General", "13800138000"),
        (1800, "0", "1800"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (45, "00000", "00045"),
        (0.5, "#.##", ".5"),
        (1234567.5, "#,##0", "1,234,568"),
        (1234567.5, "#,##0.00_);(#,##0.00)", "1,234,567.50"),
        (1800, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "1,800"),
        (0.125, "0.0%", "12.5%"),
        # what stands around them
        (18000, '#,##0"万元"', "18,000万元"),
        (5, "0个项目", "5个项目"),
        (1800, 'General"万元"', "1800万元"),
        (1800, 'G/通用格式"万元"', "1800万元"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, '"￥"#,##0.00;"￥"\\-#,##0.00', "￥1,234.50"),
        (5, '[Red]"共"0\\个', "共5个"),
        (5, "[红色]0;[颜色10]-0", "5"),
        # a comma behind the digits, and a point that is typed in
        (18000, '0!.0,"万"', "1.8万"),
        (18000, '0\\.0,"万"', "1.8万"),
        (1234567, "0,.0", "1234.6"),
        (1234567, '0.0,,"百万"', "1.2百万"),
        # sections
        (-5, "0", "-5"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (0, '0;-0;"无"', "无"),
        (18000, '[>=10000]0!.0,"万";0', "1.8万"),
        (800, '[>=10000]0!.0,"万";0', "800"),
        # days
        (43525, "yyyy/m/d", "2019/3/1"),
        (43525, 'yyyy"年"m"月"d"日";@', "2019年3月1日"),
        (43525, "yyyy-mm-dd", "2019-03-01"),
        (43525, "[$-804]yyyy年m月", "2019年3月"),
        (43525, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2019年3月1日"),
        (43525, "[$-x-sysdate]dddd, mmmm dd, yyyy", "2019年3月1日"),
        (43525, "m-d-yy", "3-1-19"),
        (43525, "aaaa", "星期五"),
        (43525.75, "yyyy/m/d h:mm", "2019/3/1 18:00"),
        (43525.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (43525.25, "h:mm AM/PM", "6:00 AM"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (0.0001, "mm:ss.0", "00:08.6"),
        # the numbers of formats
        (1800, 3, "1,800"),
        (43525, 14, "2019/3/1"),
        (43525, 22, "2019/3/1 0:00"),
        (43525, 27, "2019年3月"),
        (43525, 28, "3月1日"),
        (43525, 31, "2019年3月1日"),
        (0.75, 32, "18时00分"),
        (0.75, 34, "下午6时00分"),
        (43525, 57, "2019年3月"),
        (43525, 58, "3月1日"),
        (1800, 43, "1,800.00"),
        (1800, 49, "1800"),
    ],
)  # fmt: skip
def test_a_number_is_what_its_format_shows(value: float, code: str | int, want: str) -> None:
    file = excel_file(data(number(value, 's="1"')), styles=formats(code))
    assert lines(file) == [want]
    assert told(file) == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1800, "[DBNum1]General"),
        (1800, "[DBNum2][$-804]0"),
        (43525, "d-mmm-yy"),
        (43525, 15),
        (43525, '[$-411]e"年"'),
        (43525, '[$-411]ggge"年"'),
        (43525, "[$-1010804]yyyy"),
        (0.5, "# ?/?"),
        (1800, "0.00E+00"),
        (1800, "0x"),
        (1800, "*-0"),
        (12.5, ".00"),
        (1800, ",0"),
        (-1800, "[>=10000]0;0"),
        (1800, "[>=10000]0;[<1000]0"),
        (5, "yyyy"),  # of a day that Excel counts wrongly
        (9999999, "yyyy"),
        (0.00001234567891, "General"),
        (1800, 99),
        ("1E999", "General"),
        ("五", "General"),
    ],
)
def test_a_number_in_a_form_that_is_not_understood_is_told(value: object, code: str | int) -> None:
    file = excel_file(data(number(value, 's="1"')), styles=formats(code))
    assert lines(file) == [str(value)]
    assert told(file) == [("cell-doubtful", "format")]


def test_days_may_be_counted_from_1904() -> None:
    from_1904 = '<workbookPr date1904="1"/>'
    assert lines(excel_file(data(number(42063, 's="1"')), styles=formats(31), workbook=from_1904)) == ["2019年3月1日"]


def test_a_day_may_be_stored_as_it_is_written() -> None:
    cells = '<c t="d" s="1"><v>2019-03-01T00:00:00</v></c>', '<c t="d" s="1"><v>2019-03-01T00:00:00Z</v></c>'
    assert lines(excel_file(data(*cells), styles=formats(31))) == ["2019年3月1日"] * 2


@pytest.mark.parametrize(
    ("code", "want"),
    [
        ("@", ["五"]),
        ("0.00", ["五"]),
        ('@"个"', ["五个"]),
        ('0;0;0;"共"@"个"', ["共五个"]),
        ("[DBNum1]0", ["五"]),
    ],
)
def test_a_text_in_a_format(code: str, want: list[str]) -> None:
    file = excel_file(data(text("五", 's="1"')), styles=formats(code))
    assert lines(file) == want
    assert told(file) == []


def test_a_text_that_a_format_replaces_is_told() -> None:
    file = excel_file(data(text("五", 's="1"')), styles=formats("0;0;0;[DBNum1]@"))
    assert (lines(file), told(file)) == (["五"], [("cell-doubtful", "format")])


def test_what_a_format_hides_is_hidden() -> None:
    cells = number(1800, 's="1"'), text("五", 's="1"'), number(0, 's="2"'), text("末")
    file = excel_file(data(*cells), styles=formats(";;;", "0;-0;;@"))
    assert lines(file) == ["末"]
    assert excluded(file)[:3] == [("hidden", "1800"), ("hidden", "五"), ("hidden", "0")]


def test_a_sheet_may_show_no_zeros() -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    file = excel_file(view + data(number(0), number(10), text("0")))
    assert lines(file) == ["10", "0"]


# ── formulas ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "words", "variant"),
    [
        ("<c><f>SUM(A1:A2)</f></c>", "=SUM(A1:A2)", "formula"),
        ("<c><f>SUM(A1:A2)</f><v/></c>", "=SUM(A1:A2)", "formula"),
        ('<c><f t="shared" si="0"/></c>', "=", "formula"),
        ('<c t="e"><f>A1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "error"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!", "error"),
    ],
)
def test_a_formula_without_a_result_is_told(cell: str, words: str, variant: str) -> None:
    file = excel_file(data("", f"<c/>{cell}"))
    assert lines(file) == [words]
    (finding,) = read(file).findings
    assert (finding.code, finding.args) == ("cell-doubtful", {"variant": variant, "cell": "Sheet1!B2", "words": words})
    assert [(one.block, one.quote) for one in finding.evidence] == [(1, words)]


def test_results_that_are_to_be_worked_out_anew_are_told() -> None:
    stale = excel_file(data("<c><f>5+1</f><v>0</v></c>", number(7)), workbook='<calcPr fullCalcOnLoad="1"/>')
    assert (lines(stale), told(stale)) == (["0", "7"], [("cell-doubtful", "stale")])


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────


def places(file: bytes) -> list[tuple[str, Cell | None]]:
    return [(str(line.text), line.cell) for line in repair(read(file)).lines]


def cell(row: int, column: int, table: int = 1, tall: int = 1, wide: int = 1) -> Cell:
    return Cell(table, range(row, row + tall), range(column, column + wide))


def merged(*areas: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={area!r}/>' for area in areas)}</mergeCells>"


def test_a_sheet_of_single_cells_is_paragraphs() -> None:
    assert places(excel_file(data(text("指南"), text("1.1中美"), "", "<c/>" + text("合作协议：无。")))) == [
        ("指南", None),
        ("1.1中美", None),
        ("合作协议：无。", None),
    ]


def test_rows_of_one_cell_above_and_below_a_table_are_paragraphs() -> None:
    sheet = data(
        text("指南"), texts("", "单位：万元"), texts("国别", "经费"), texts("美国", "900"), text("注：略。"), text("科技部")
    )  # fmt: skip
    assert places(excel_file(sheet + merged("A1:B1"))) == [
        ("指南", None),
        ("单位：万元", None),
        ("国别", cell(0, 0)),
        ("经费", cell(0, 1)),
        ("美国", cell(1, 0)),
        ("900", cell(1, 1)),
        ("注：略。", None),
        ("科技部", None),
    ]


def test_an_empty_row_parts_tables() -> None:
    sheet = data(texts("甲", "乙"), texts("1", "2"), "", texts("丙", "丁"))
    assert [place for _, place in places(excel_file(sheet))] == [
        cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1), cell(0, 0, 2), cell(0, 1, 2),
    ]  # fmt: skip


RULED = "<borders><border/><border><left/><bottom style='thin'/></border></borders><cellXfs><xf/><xf borderId='1'/></cellXfs>"


@pytest.mark.parametrize(
    "between",
    [
        '<row hidden="1"><c/></row>',
        '<row ht="0" customHeight="1"><c/></row>',
        '<row><c s="1"/><c s="1"/></row>',
    ],
)
def test_an_empty_row_that_is_hidden_or_has_lines_parts_nothing(between: str) -> None:
    sheet = data(texts("甲", "乙"), between, texts("1", "2"))
    assert [place for _, place in places(excel_file(sheet, styles=RULED))] == [
        cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1),
    ]  # fmt: skip


def test_tables_of_several_sheets_are_counted_on() -> None:
    sheet = data(texts("甲", "乙"))
    assert [place for _, place in places(excel_file(sheet, sheet))] == [
        cell(0, 0), cell(0, 1), cell(0, 0, 2), cell(0, 1, 2),
    ]  # fmt: skip


def test_merged_cells_fill_their_rows_and_columns() -> None:
    sheet = data(
        text("国别") + "<c/>" + text("数量与经费") + "<c/>",
        "<c/><c/>" + texts("数量", "经费"),
        texts("美国", "", "5", "900"),
        "<c/><c/>" + texts("6", "700"),
    ) + merged("A1:A2", "C1:D1", "A3:B4")  # fmt: skip
    assert places(excel_file(sheet)) == [
        ("国别", cell(0, 0, tall=2)),
        ("数量与经费", cell(0, 1, wide=2)),
        ("数量", cell(1, 1)),
        ("经费", cell(1, 2)),
        ("美国", cell(2, 0, tall=2)),
        ("5", cell(2, 1)),
        ("900", cell(2, 2)),
        ("6", cell(3, 1)),
        ("700", cell(3, 2)),
    ]


def test_what_a_merged_cell_covers_cannot_be_seen() -> None:
    file = excel_file(data(texts("甲", "乙"), texts("丙", "丁"), texts("", "戊")) + merged("A1:B1", "A3:B3"))
    assert lines(file) == ["甲", "丙", "丁"]
    assert excluded(file)[:2] == [("hidden", "乙"), ("hidden", "戊")]


def test_of_merged_ranges_that_overlap_the_first_counts() -> None:
    file = excel_file(data(texts("甲", "乙", "丙"), texts("1", "2", "3")) + merged("A1:B1", "B1:C1", "B1:B2"))
    assert lines(file) == ["甲", "丙", "1", "2", "3"]


CENTRED = "<cellXfs><xf/><xf><alignment horizontal='centerContinuous'/></xf></cellXfs>"


def test_a_cell_that_is_centred_over_others_fills_them() -> None:
    sheet = data(texts("一", "", "", attributes='s="1"'), texts("甲", "乙", "丙"))
    assert places(excel_file(sheet, styles=CENTRED))[0] == ("一", None)
    below = data(texts("甲", "乙", "丙"), texts("一", "", "", attributes='s="1"'), texts("丁", "戊", "己"))
    assert places(excel_file(below, styles=CENTRED))[3] == ("一", cell(1, 0, wide=3))


def test_words_that_are_wider_than_their_column_go_on_over_empty_cells() -> None:
    sheet = '<cols><col min="1" max="1" width="5"/></cols>' + data(
        texts("序号", "国别"), text("一、双边合作"), texts("1", "美国"), text("2"), texts("3", "埃及")
    )
    assert places(excel_file(sheet))[2] == ("一、双边合作", cell(1, 0, wide=2))
    assert places(excel_file(sheet))[5] == ("2", cell(3, 0))


def test_a_single_cell_below_a_table_that_belongs_to_its_last_row() -> None:
    sheet = data(texts("国别", "领域"), texts("美国", "农业、"), texts("", "能源"), text("注：略。"))
    assert [place for _, place in places(excel_file(sheet))][-2:] == [cell(2, 1), None]
    ruled = data(texts("国别", "领域", attributes='s="1"'), texts("美国", "农业"), text("埃及", 's="1"'))
    assert places(excel_file(ruled, styles=RULED))[-1] == ("埃及", cell(2, 0))


def test_lines_of_a_cell_are_lines_of_its_paragraph() -> None:
    made = repair(read(excel_file(data(texts("领域", "农业、\n能源")))))
    assert [(str(line.text), line.starts) for line in made.lines] == [("领域", True), ("农业、", True), ("能源", None)]


# ── what is no text ───────────────────────────────────────────────────────────────────────────────────


def test_hidden_rows_columns_and_sheets_are_set_aside() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="4" max="4" width="0"/></cols>'
    rows = data(texts("甲", "列", "乙", "零"), f'<row hidden="1">{texts("行", "", "又")}</row>', texts("丙", "", "丁"))
    file = excel_file(columns + rows, (data(texts("单", "元")), 'name="词表" state="veryHidden"'))
    assert lines(file) == ["甲", "乙", "丙", "丁"]
    assert excluded(file) == [
        *(("hidden", words) for words in ("列", "零", "行", "又", "词表 单 元")),
        ("running-head", "Sheet1"),
    ]


def test_a_merged_cell_is_hidden_with_all_its_rows_alone() -> None:
    rows = [f'<row hidden="1">{texts("甲", "乙")}</row>', texts("", "丙"), text("丁")]
    assert lines(excel_file(data(*rows) + merged("A1:A2"))) == ["甲", "丙", "丁"]


def test_heads_of_pages_and_names_of_sheets() -> None:
    heads = (
        '<headerFooter differentFirst="1"><oddHeader>&amp;L&amp;"宋体,常规"&amp;12内部资料&amp;R研究&amp;&amp;开发</oddHeader>'
        "<oddFooter>&amp;C第 &amp;P 页</oddFooter><evenHeader>偶数页</evenHeader><firstHeader>首页</firstHeader></headerFooter>"
    )
    file = excel_file((data(text("项目")) + heads, 'name="指南"'))
    assert lines(file) == ["项目"]
    heads_of_pages = ["内部资料", "研究&开发", "第  页", "首页", "指南"]
    assert excluded(file) == [("running-head", words) for words in heads_of_pages]


COMMENTS = (
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList>'
    '<comment ref="B1"><text><r><t>更正：</t></r><r><t xml:space="preserve">\n5个</t></r></text></comment>'
    '<comment ref="C3"><text><t>空格</t></text></comment>'
    '<comment ref="A2"><text><t>[Threaded comment] Comment: 旧</t></text></comment></commentList></comments>'
)
THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="A2" id="{1}"><text>是否有误？</text></threadedComment>'
    '<threadedComment ref="A2" id="{2}" parentId="{1}"><text>无误。</text></threadedComment></ThreadedComments>'
)


def test_comments_are_remarks_of_their_cells() -> None:
    file = excel_file(
        data(texts("甲", "乙"), texts("丙", "丁")), related={"comments": COMMENTS, "threadedComment": THREADS}
    )
    assert [(one.kind, one.words, one.block) for one in read(file).annotations] == [
        ("Comment", "更正： 5个", 2),
        ("Comment", "是否有误？ 无误。", 3),
        ("Comment", "空格", 4),
    ]


def test_text_boxes_stand_below_the_cells() -> None:
    box = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>注：</a:t></a:r><a:r><a:t>略。</a:t></a:r></a:p><a:p/></xdr:txBody></xdr:sp>"
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></xdr:wsDr>"
    )  # fmt: skip
    assert lines(excel_file(data(text("项目")), related={"drawing": drawing})) == ["项目", "注：略。"]


def test_a_sheet_that_is_a_chart_is_told() -> None:
    kinds = b'relationships/worksheet" Target="worksheets/sheet2.xml'
    file = rewritten(
        excel_file(data(text("项目")), data()),
        lambda name, content: (name, content.replace(kinds, kinds.replace(b'/worksheet"', b'/chartsheet"'))),
    )
    assert (lines(file), told(file)) == (["项目"], [("sheet-unread", {"sheet": "Sheet2", "kind": "chartsheet"})])


# ── files of many programs ────────────────────────────────────────────────────────────────────────────

USUAL = excel_file(
    data('<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" s="1"><v>43525</v></c></row>'),
    strings="<si><t>申报截止</t></si>",
    styles=formats(31),
)
SPREADSHEET, PACKAGE = b"spreadsheetml/2006/main", b"http://schemas.openxmlformats.org/package/2006/relationships"


def everywhere(*changes: tuple[bytes, bytes]) -> bytes:
    """The usual file with its bytes replaced."""

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        for before, after in changes:
            content = content.replace(before, after)
        return name, content

    return rewritten(USUAL, change)


def with_prefixes(name: str, content: bytes) -> tuple[str, bytes]:
    """As PowerBI and the Open XML SDK write: x:worksheet."""
    if SPREADSHEET in content:
        head, _, rest = content.partition(b"?>")
        rest = rest.replace(b"</", b"\0").replace(b"<", b"<x:").replace(b"\0", b"</x:").replace(b"xmlns=", b"xmlns:x=")
        content = head + b"?>" + rest
    return name, content


@pytest.mark.parametrize(
    "file",
    [
        USUAL,
        rewritten(USUAL, with_prefixes),
        everywhere((b' r="2"', b""), (b' r="B2"', b""), (b' r="C2"', b"")),
        everywhere((b' r="2"', b' r=""'), (b' r="B2"', b' r="B"'), (b' r="C2"', b' r="?"')),
        everywhere((b"<sheetData>", b'<dimension ref="A1"/><sheetData>')),
        everywhere((b'Target="xl/', b'Target="/xl/'), (b'Target="worksheets/', b'Target="/xl/worksheets/')),
        everywhere((b'Target="worksheets/', b'Target="./../xl/worksheets/')),
        everywhere((b'"sharedStrings.xml"', b'"SharedStrings.xml"'), (b"worksheets/sheet1", b"worksheets/Sheet1")),
        rewritten(USUAL, lambda name, content: (name.replace("/", "\\") if name.startswith("xl/") else name, content)),
        everywhere(
            (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
            (b"<workbook ", b'<workbook conformance="strict" '),
        ),
        everywhere((b"<sheetData>", b"<!-- WPS --><sheetData>"), (b"<v>0</v>", b"<v>0</v><extLst><ext/></extLst>")),
        everywhere((b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")),
        everywhere((b"xl/workbook.xml", b"xl/workbook2.xml"), (b"_rels/workbook.xml", b"_rels/workbook2.xml")),
    ],
)  # fmt: skip
def test_files_of_many_programs(file: bytes) -> None:
    if b"workbook2" in b"".join(ZipFile(BytesIO(file)).read(name) for name in ZipFile(BytesIO(file)).namelist()):
        file = rewritten(file, lambda name, content: (name.replace("workbook.xml", "workbook2.xml"), content))
    assert lines(file) == ["申报截止", "2019年3月1日"]
    assert told(file) == []


def test_a_file_may_lack_styles_and_strings() -> None:
    file = rewritten(
        excel_file(data(text("项目") + number(5, 's="3"'))),
        lambda name, content: None if "styles" in name or "Strings" in name else (name, content),
    )
    assert lines(file) == ["项目", "5"]


def from_openpyxl(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Cf", "Mn", "Me")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.none() | WORDS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_all_words_that_openpyxl_writes_are_read(rows: list[list[str | None]]) -> None:
    written = [words for row in rows for words in row if words]
    if written:
        book = openpyxl.Workbook()
        for place, row in enumerate(rows, 1):
            for column, words in enumerate(row, 1):
                if words:
                    book.active.cell(place, column).value = words
                    book.active.cell(place, column).data_type = "s"
        made = BytesIO()
        book.save(made)
        assert ["".join(glyph.text for glyph in read(made.getvalue()).glyphs)] == ["".join([*written, "Sheet"])]


# ── broken and hostile files ──────────────────────────────────────────────────────────────────────────


refusal = partial(refusal_of, name="guide.xlsx")


def without(part: str) -> bytes:
    return rewritten(USUAL, lambda name, content: None if name == part else (name, content))


def replaced(part: str, content: bytes) -> bytes:
    return rewritten(USUAL, lambda name, before: (name, content if name == part else before))


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><{0} xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{1}</{0}>'
)


@pytest.mark.parametrize(
    ("file", "want"),
    [
        (without("xl/workbook.xml"), "damaged Excel file (it lacks xl/workbook.xml)"),
        (without(SHEET), "damaged Excel file (it lacks the sheet Sheet1)"),
        (without("xl/_rels/workbook.xml.rels"), "damaged Excel file (it lacks the sheet Sheet1)"),
        (without("xl/sharedStrings.xml"), "damaged Excel file (a cell refers to a string '0' that there is not)"),
        (replaced("xl/sharedStrings.xml", b""), "that there is not"),
        (everywhere((b"<v>0</v>", b"<v>-1</v>")), "that there is not"),
        (replaced(SHEET, b"<worksheet"), "damaged Excel file (xl/worksheets/sheet1.xml: "),
        (replaced("xl/styles.xml", b"\0"), "damaged Excel file (xl/styles.xml: "),
        (everywhere((b"officeDocument\"", b"other\"")), "it names no document"),
        (replaced(SHEET, ENTITIES.format("worksheet", data(text("&b;"))).encode()), "it declares entities"),
        (replaced("xl/sharedStrings.xml", ENTITIES.format("sst", "<si><t>&c;</t></si>").encode()), "it declares entities"),
        (replaced("xl/workbook.xml", ENTITIES.format("workbook", "&b;").encode()), "it declares entities"),
        (USUAL[:-100], "a damaged ZIP archive"),
        (excel_file(), "guide.xlsx: the file is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(file: bytes, want: str) -> None:
    assert want in refusal(file)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "the limit size" in refusal(excel_file(data(text("项目")) + " " * (2 << 20)), Limits(size=1))


def test_a_cell_of_a_million_characters() -> None:
    assert "the limit glyphs" in refusal(excel_file(data(text("项" * 1_000_000))), Limits(glyphs=999_999))


def test_a_string_that_many_cells_name_is_counted_each_time() -> None:
    cells = "".join('<c t="s"><v>0</v></c>' for _ in range(30))
    assert "the limit glyphs" in refusal(
        excel_file(data(cells), strings=f"<si><t>{'项' * 1000}</t></si>"), Limits(glyphs=20_000)
    )


def test_a_sheet_as_large_as_excel_lets_it() -> None:
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>末</t></is></c></row>'
    file = excel_file(data(texts("甲", "乙"), last) + merged("A1:A1048576", "B1:XFC1048576", "XFD1:XFD1048575"))
    assert places(file) == [("甲", cell(0, 0, tall=2)), ("乙", cell(0, 1, tall=2)), ("末", cell(1, 2))]
    over_all = excel_file(data(texts("甲", "乙"), last) + merged("A1:XFD1048576"))
    assert places(over_all) == [("甲", None)]


def test_thousands_of_empty_cells_take_no_time() -> None:
    empty = '<c s="1"/>' * 16_384
    row = f"<row>{text('甲')}{text('乙')}{empty}</row>"
    file = excel_file(data(*[row] * 3, *[f"<row>{empty}</row>"] * 20), styles=RULED)
    assert len(places(file)) == 6


def test_merged_ranges_without_number_are_read() -> None:
    areas = [f"A{row}:C{row}" for row in range(1, 3000)] + ["A0:B1", "A1:XFE1", "", "B2"] + ["A1:C9"] * 3000
    file = excel_file(data(*[texts("甲")] * 50) + merged(*areas))
    assert lines(file) == ["甲"] * 50


def test_places_of_no_sheet_follow_the_cell_before() -> None:
    odd = '<row r="0"><c r="XFE1" t="inlineStr"><is><t>甲</t></is></c><c r="A9999999" t="inlineStr"><is><t>乙</t></is></c></row>'
    assert places(excel_file(data(odd))) == [("甲", cell(0, 0)), ("乙", cell(0, 1))]


def test_cells_at_one_place_are_all_read() -> None:
    cells = '<c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="A1" t="inlineStr"><is><t>乙</t></is></c>'
    assert lines(excel_file(data(f'<row r="1">{cells}</row>'))) == ["甲", "乙"]
