"""Word files: what their paragraphs, numbers, notes, changes, fields and tables become."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from extract.errors import UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.stages import Pulled, Repaired
from extract.model.text import Cell
from extract.pull import pull
from extract.repair import repair
from tests.support.word import paragraph, part, run, word_file


def pulled(body: str, **parts: str) -> Pulled:
    return pull(Path("guide.docx"), data=word_file(body, **parts))


def repaired(body: str, **parts: str) -> Repaired:
    return repair(pulled(body, **parts))


def lines(body: str, **parts: str) -> list[str]:
    return [str(line.text) for line in repaired(body, **parts).lines]


def excluded(body: str, **parts: str) -> list[tuple[str, str]]:
    return [(piece.reason, str(piece.text)) for piece in repaired(body, **parts).excluded]


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BOX = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("content", "want"),
    [
        ("<w:r><w:t> 支持 </w:t><w:t>项目</w:t></w:r>", ["支持项目"]),
        (run("　　支持 ") + run("项目"), ["支持 项目"]),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲 乙"]),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", ["甲", "乙"]),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', ["甲", "乙"]),
        ("<w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>2021年</w:t><w:softHyphen/></w:r>", ["2019-2021年"]),
        ('<w:r><w:t>5</w:t><w:sym w:font="Symbol" w:char="F06D"/><w:t>m</w:t></w:r>', ["5μm"]),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标签')}</w:smartTag>", ["链接标签"]),
        (f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", ["控件"]),
        (f'<w:fldSimple w:instr="REF a">{run("1.1")}</w:fldSimple>', ["1.1"]),
        (
            FIELD.format("begin")
            + "<w:r><w:instrText> DATE </w:instrText></w:r>"
            + FIELD.format("separate")
            + run("5个")
            + FIELD.format("end")
            + run("项目"),
            ["5个项目"],
        ),
        (FIELD.format("begin") + r"<w:r><w:instrText>eq \o\ac(○,11)</w:instrText></w:r>" + FIELD.format("end"), ["⑪"]),
        (run("10") + run("4", '<w:vertAlign w:val="superscript"/>') + run("t"), ["10⁴t"]),
        (run("CO", '<w:sz w:val="32"/>') + run("2", '<w:position w:val="-6"/><w:sz w:val="20"/>'), ["CO₂"]),
        (run("2019", '<w:position w:val="6"/>') + run("年", '<w:position w:val="6"/>'), ["2019年"]),
        (
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice><mc:Fallback>"
            f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("正文"),
            ["正文", "框内"],
        ),
        (f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>", ["框内"]),
        (
            "<m:oMath><m:r><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>"
            "</m:sup></m:sSup></m:oMath>",
            ["E=mc²"],
        ),
        (
            "<m:oMath><m:d><m:e><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"
            "</m:e></m:d></m:oMath>",
            ["(1/3)"],
        ),
        ("<w:r><w:ruby><w:rt><w:r><w:t>zhong</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>中</w:t></w:r></w:rubyBase></w:ruby></w:r>", ["中"]),
    ],
)  # fmt: skip
def test_words_of_a_paragraph(content: str, want: list[str]) -> None:
    assert lines(f"<w:p>{content}</w:p>") == want


def test_a_space_of_a_paragraph_that_words_do_not_keep_is_none() -> None:
    assert lines("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>" + paragraph("项目")) == ["项目"]


def test_dots_lead_to_the_page_in_a_table_of_contents() -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="400"/><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'
    words = "<w:r><w:t>1.1</w:t><w:tab/><w:t>中美</w:t><w:tab/><w:t>3</w:t></w:r>"
    assert lines(f"<w:p><w:pPr>{stops}</w:pPr>{words}</w:p>") == ["1.1 中美......3"]


def test_alternatives_and_changes_around_paragraphs() -> None:
    choice = f"<mc:Choice Requires='wps'>{paragraph('新')}</mc:Choice><mc:Fallback>{paragraph('旧')}</mc:Fallback>"
    body = f"<mc:AlternateContent>{choice}</mc:AlternateContent><w:moveFrom>{paragraph('移走')}</w:moveFrom>"
    assert lines(body) == ["新"]
    assert excluded(body) == [("struck-out", "移走")]


def test_a_dropped_capital_belongs_to_its_paragraph() -> None:
    assert lines(paragraph("拟", '<w:framePr w:dropCap="drop"/>') + paragraph("支持项目数：5个。")) == [
        "拟支持项目数：5个。"
    ]


def test_strict_files_are_read() -> None:
    strict = DOCUMENT.format("项目").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    rels = archive_part("_rels/.rels").replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
    )
    made = pull(Path("guide.docx"), data=archive(word_document_xml=strict, rels__rels=rels))
    assert [str(line.text) for line in repair(made).lines] == ["项目"]


def archive_part(name: str) -> str:
    with ZipFile(BytesIO(word_file(paragraph("项目")))) as source:
        return source.read(name).decode()


def test_a_field_that_does_not_end_takes_no_words_of_the_next_paragraph() -> None:
    begun = f"<w:p>{FIELD.format('begin')}{run('失')}</w:p>" + paragraph("支持5个项目")
    assert lines(begun) == ["支持5个项目"]
    assert excluded(begun) == [("hidden", "失")]


# ── what is no text ───────────────────────────────────────────────────────────────────────────────────

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    '<w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="gone2"><w:basedOn w:val="gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="unseen"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="turned"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("content", "want", "out"),
    [
        (run("3", "<w:strike/>") + run("5个"), ["5个"], [("struck-out", "3")]),
        (run("3", "<w:dstrike/>") + run("5个"), ["5个"], [("struck-out", "3")]),
        (run("3", '<w:strike w:val="0"/>') + run("个"), ["3个"], []),
        (run("3", '<w:rStyle w:val="gone2"/>') + run("5个"), ["5个"], [("struck-out", "3")]),
        (run("3", '<w:rStyle w:val="gone2"/><w:strike w:val="false"/>'), ["3"], []),
        (run("3", "<w:vanish/>") + run("5个"), ["5个"], [("hidden", "3")]),
        (run("m") + run("2", '<w:rStyle w:val="note"/>'), ["m²"], []),
        ("<w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins>" + run("5个") + "</w:ins>", ["5个"], [("struck-out", "3")]),
        ("<w:ins><w:del><w:r><w:delText>3</w:delText></w:r></w:del></w:ins>" + run("5个"), ["5个"], [("struck-out", "3")]),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", ["新"], [("struck-out", "旧")]),
    ],
)  # fmt: skip
def test_words_that_are_struck_out_or_hidden(content: str, want: list[str], out: list[tuple[str, str]]) -> None:
    body = f"<w:p>{content}</w:p>"
    assert lines(body, styles=STYLES) == want
    assert excluded(body, styles=STYLES) == out


def test_switches_of_two_styles_turn_one_another_round() -> None:
    hidden = '<w:p><w:pPr><w:pStyle w:val="unseen"/></w:pPr>'
    turned = "<w:rStyle w:val='turned'/>"
    body = f"{hidden}{run('不见')}</w:p>" + paragraph("可见") + f"{hidden}{run('又见', turned)}</w:p>"
    assert lines(body, styles=STYLES) == ["可见", "又见"]


GONE_MARK = "<w:rPr><w:del/></w:rPr>"


def test_a_paragraph_mark_that_is_deleted_joins_paragraphs() -> None:
    body = paragraph("拟支持项目数：", GONE_MARK) + paragraph("5个项目。") + paragraph("其他要求：无。")
    assert lines(body) == ["拟支持项目数：5个项目。", "其他要求：无。"]


def test_a_paragraph_that_is_deleted_whole_is_one_of_its_own() -> None:
    deleted = f"<w:p><w:pPr>{GONE_MARK}</w:pPr><w:del><w:r><w:delText>旧。</w:delText></w:r></w:del></w:p>"
    made = pulled(paragraph("甲。") + deleted + paragraph("乙。"))
    assert [str(line.text) for line in repair(made).lines] == ["甲。", "乙。"]
    assert [block.number for block in made.blocks] == [1, 2, 3]


def test_heads_and_feet_are_furniture() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    number = "<w:p>" + run("第") + f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>' + run("页") + "</w:p>"
    parts = {"header1": paragraph("内部资料"), "header2": paragraph("首页"), "footer1": number}
    assert lines(paragraph("项目") + section, **parts) == ["项目"]
    assert excluded(paragraph("项目") + section, **parts) == [
        ("running-head", "内部资料"),
        ("running-head", "第页"),
        ("page-number", "1"),
    ]


def test_a_comment_is_a_remark_of_its_paragraph() -> None:
    comments = f'<w:comment w:id="0">{paragraph("更正：")}{paragraph("5个")}</w:comment>'
    body = paragraph("甲") + f'<w:p>{run("乙")}<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    assert [(one.kind, one.words, one.block) for one in pulled(body, comments=comments).annotations] == [
        ("Comment", "更正： 5个", 2)
    ]


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────


def level(depth: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'


def item(words: str, depth: int = 0, number: int = 1, more: str = "") -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>{more}')


CHAPTERS = numbering(
    level(0, "%1、", "chineseCountingThousand"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "（%3）")
)
RESTARTED = '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'


@pytest.mark.parametrize(
    ("body", "parts", "want"),
    [
        (
            item("总则") + item("中美", 1) + item("甲", 2) + item("乙", 2) + item("中德", 1) + item("附则") + item("丙", 1),
            CHAPTERS,
            ["一、总则", "1.1 中美", "（1）甲", "（2）乙", "1.2 中德", "二、附则", "2.1 丙"],
        ),
        (item("甲", 1) + item("乙", 1) + item("总则"), CHAPTERS, ["1.1 甲", "1.2 乙", "二、总则"]),
        (item("总则") + item("甲", 1) + item("附则") + item("一", 2), CHAPTERS, ["一、总则", "1.1 甲", "二、附则", "（1）一"]),
        (
            item("甲") + item("乙", 1),
            numbering(level(0, "%1", "upperRoman"), level(1, "%1.%2", "decimalZero", "<w:isLgl/>")),
            ["I 甲", "1.01 乙"],
        ),
        (item("甲") + paragraph("文") + item("乙"), numbering(level(0, "1.%1", start=3)), ["1.3 甲", "文", "1.4 乙"]),
        (
            item("甲") + item("乙") + item("丙", number=2) + item("丁", number=2) + item("戊"),
            numbering(level(0, "%1."), more=RESTARTED),
            ["1. 甲", "2. 乙", "1. 丙", "2. 丁", "3. 戊"],
        ),
        (
            item("甲") + item("一", 1) + item("乙") + item("二", 1),
            numbering(level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')),
            ["1. 甲", "1)一", "2. 乙", "2)二"],
        ),
        (
            item("甲") + item("乙", number=2),
            numbering(
                level(0, "%1."),
                more='<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
                + level(0, "第%1条", "chineseCounting", '<w:suff w:val="nothing"/>')
                + "</w:lvlOverride></w:num>",
            ),
            ["1. 甲", "第二条乙"],
        ),
        (item("5个"), numbering(level(0, "%1")), ["1 5个"]),
        (item("甲", number=0) + item("乙", number=9), numbering(level(0, "%1.")), ["甲", "乙"]),
        (
            item("甲") + item("旧", more=GONE_MARK).replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>") + item("乙"),
            numbering(level(0, "%1.")),
            ["1. 甲", "2. 乙"],
        ),
        (
            item("甲"),
            numbering(level(0, "\uf0b7", "bullet", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>')),
            ["• 甲"],
        ),
        (
            item("甲"),
            numbering(
                level(0, "%1").replace(
                    '<w:numFmt w:val="decimal"/>',
                    '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
                    '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>',
                )
            ),
            ["001 甲"],
        ),
    ],
)  # fmt: skip
def test_automatic_numbers(body: str, parts: str, want: list[str]) -> None:
    assert lines(body, numbering=parts) == want


def test_text_boxes_count_on_their_own() -> None:
    box = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{item('框')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    body = item("甲") + box + item("乙")
    assert lines(body, numbering=numbering(level(0, "%1."))) == ["1. 甲", "1. 框", "2. 乙"]


def test_numbers_of_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="2"/></w:style>'
    )
    of_style = '<w:pStyle w:val="{}"/>'.format
    body = (
        paragraph("总则", of_style(1))
        + paragraph("中美", of_style(2))
        + paragraph("中德", of_style(3))
        + paragraph("无", of_style(1) + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    linked = numbering(level(0, "%1、", more='<w:pStyle w:val="1"/>'), level(1, "%1.%2", more='<w:pStyle w:val="2"/>'))
    assert lines(body, numbering=linked, styles=styles) == ["1、总则", "1.1 中美", "1.2 中德", "无"]


def test_a_list_that_refers_to_a_style_of_lists() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="list"/></w:abstractNum>'
        + numbering(level(0, "（%1）", "chineseCounting"))
        + '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    assert lines(item("甲", number=2), numbering=linked, styles=styles) == ["（一）甲"]


# ── notes ─────────────────────────────────────────────────────────────────────────────────────────────


def note(number: int, content: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{number}"><w:p>{content}</w:p></w:{kind}>'


def mark(number: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'


OWN_MARK = "<w:r><w:footnoteRef/></w:r>"


def test_notes_and_their_marks() -> None:
    body = (
        f"<w:p>{run('农业')}{mark(5)}{run('、能源10')}{mark(3)}{run('项')}</w:p>"
        f"<w:p>{run('经费1800')}{mark(2, 'endnote')}{run('万元')}</w:p>"
    )
    made = repaired(
        body,
        footnotes=note(3, OWN_MARK + run("、二。"))
        + note(4, OWN_MARK + run("无人引用。"))
        + note(5, OWN_MARK + run("一。")),
        endnotes=note(2, "<w:r><w:endnoteRef/></w:r>" + run(" 尾注。"), "endnote"),
    )
    assert [str(line.text) for line in made.lines] == ["农业、能源10项", "经费1800万元"]
    assert [(one.mark, str(one.text), [str(text) for text in one.references]) for one in made.notes] == [
        ("1", "一。", ["农业"]),
        ("2", "二。", ["农业、能源10"]),
        ("i", "尾注。", ["经费1800"]),
    ]


@pytest.mark.parametrize(
    ("properties", "want"),
    [
        ('<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>', ["①", "②"]),
        ('<w:footnotePr><w:numStart w:val="4"/></w:footnotePr>', ["4", "5"]),
    ],
)
def test_marks_are_counted_as_the_section_says(properties: str, want: list[str]) -> None:
    body = f"<w:p>{run('甲')}{mark(1)}{run('乙')}{mark(2)}</w:p><w:sectPr>{properties}</w:sectPr>"
    notes = repaired(body, footnotes=note(1, OWN_MARK + run("一")) + note(2, OWN_MARK + run("二"))).notes
    assert [one.mark for one in notes] == want


def test_marks_count_anew_in_each_section() -> None:
    anew = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = f"<w:p><w:pPr>{anew}</w:pPr>{run('甲')}{mark(1)}</w:p><w:p>{run('乙')}{mark(2)}</w:p>{anew}"
    notes = repaired(body, footnotes=note(1, OWN_MARK + run("一")) + note(2, OWN_MARK + run("二"))).notes
    assert [(one.mark, [str(text) for text in one.references]) for one in notes] == [("1", ["甲"]), ("1", ["乙"])]


def test_a_mark_of_its_own_is_not_counted() -> None:
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>＊</w:t></w:r>'
    body = f"<w:p>{run('甲')}{custom}{run('乙')}{mark(2)}</w:p>"
    made = repaired(body, footnotes=note(1, run("＊ 一。")) + note(2, OWN_MARK + run("二。")))
    assert [str(line.text) for line in made.lines] == ["甲乙"]
    assert [(one.mark, str(one.text)) for one in made.notes] == [("＊", "一。"), ("1", "二。")]


def test_a_note_that_is_typed_as_a_paragraph() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = (
        f"<w:p>{run('能源')}{run('1', raised)}{run('、农业')}</w:p>"
        + f"<w:p>{run('1', raised)}{run(' 含水能。')}</w:p>"
    )
    made = repaired(body)
    assert [str(line.text) for line in made.lines] == ["能源、农业"]
    assert [(one.mark, str(one.text)) for one in made.notes] == [("1", "含水能。")]


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def cells(body: str) -> list[tuple[str, Cell | None]]:
    return [(str(line.text), line.cell) for line in repaired(body).lines]


def test_cells_have_their_rows_and_columns() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        "<w:tbl>"
        f"<w:tr>{cell('国别', down)}{cell('数量与经费', '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('数量')}{cell('经费')}</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("5") + cell("900") + "</w:tr></w:tbl>"
    )
    assert cells(paragraph("前") + table + paragraph("后")) == [
        ("前", None),
        ("国别", Cell(1, range(2), range(1))),
        ("数量与经费", Cell(1, range(1), range(1, 3))),
        ("数量", Cell(1, range(1, 2), range(1, 2))),
        ("经费", Cell(1, range(1, 2), range(2, 3))),
        ("5", Cell(1, range(2, 3), range(1, 2))),
        ("900", Cell(1, range(2, 3), range(2, 3))),
        ("后", None),
    ]


def test_a_table_within_a_cell_belongs_to_it() -> None:
    inner = f"<w:tbl><w:tr>{cell('内')}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('上')}{inner}{paragraph('下')}</w:tc></w:tr></w:tbl>"
    outer = Cell(1, range(1), range(1))
    assert cells(table + f"<w:tbl><w:tr>{cell('二')}</w:tr></w:tbl>") == [
        ("上", outer),
        ("内", outer),
        ("下", outer),
        ("二", Cell(2, range(1), range(1))),
    ]


def test_rows_that_are_deleted_and_cells_that_are_covered() -> None:
    table = (
        f"<w:tbl><w:tr>{cell('甲', '<w:vMerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}</w:tr>"
        f"<w:tr>{cell('盖', '<w:vMerge/>')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}</w:tr></w:tbl>"
    )
    assert [words for words, _ in cells(table)] == ["甲"]
    assert excluded(table) == [("hidden", "盖"), ("struck-out", "旧")]


# ── broken and hostile files ──────────────────────────────────────────────────────────────────────────


def archive(**parts: str) -> bytes:
    """The file of a paragraph with parts replaced, or left out where they are empty; names have _ for / and ."""
    made = BytesIO()
    with ZipFile(BytesIO(word_file(paragraph("项目")))) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = parts.get(name.replace("/", "_").replace(".", "_").strip("_"), source.read(name))
            if content:
                target.writestr(name, content)
    return made.getvalue()


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS, *, name: str = "guide.docx") -> str:
    """The one line that says why a file is not read."""
    with pytest.raises(UnreadableGuide) as caught:
        pull(Path(name), data=data, limits=limits)
    message = str(caught.value)
    assert "\n" not in message
    return message


ENTITIES = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
DOCUMENT = part("document", "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body>")


def with_entities(words: str) -> str:
    head, _, rest = DOCUMENT.format(words).partition("?>")
    return f"{head}?>{ENTITIES}{rest}"


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (archive(word_document_xml=""), "lacks word/document.xml"),
        (archive(word_document_xml="<w:document"), "damaged Word file (word/document.xml: "),
        (archive(rels__rels="<Relationships/>"), "it names no document"),
        (archive(word_document_xml=with_entities("&b;")), "it declares entities"),
        (archive(word_document_xml=with_entities("&c;")), "it declares entities"),
        (word_file("<w:tbl><w:tr><w:tc>" * 100 + paragraph("内") + "</w:tc></w:tr></w:tbl>" * 100), "damaged Word file"),
        (word_file(paragraph("项目"))[:-200], "a damaged ZIP archive"),
        (word_file(""), "guide.docx: "),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, want: str) -> None:
    assert want in refusal(data)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "the limit size" in refusal(word_file(paragraph("项目") + " " * (2 << 20)), Limits(size=1))


def test_too_many_characters() -> None:
    assert "the limit glyphs" in refusal(word_file(paragraph("项" * 100)), Limits(glyphs=50))


def test_tables_are_nested_as_deep_as_the_parser_reads() -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 80 + paragraph("内") + "</w:tc></w:tr></w:tbl>" * 80
    assert lines(nested) == ["内"]


def test_circles_of_styles_and_lists_end() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    circle = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="list"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    assert lines(item("甲", more='<w:pStyle w:val="1"/>'), styles=styles, numbering=circle) == ["甲"]


def test_numbers_of_any_size_are_short() -> None:
    body = (
        item("甲")
        + f"<w:tbl><w:tr>{cell('乙', '<w:gridSpan w:val=' + chr(34) + '999999999' + chr(34) + '/>')}</w:tr></w:tbl>"
    )
    first, second = repaired(body, numbering=numbering(level(0, "%1." * 3, "upperRoman", start=10**30))).lines
    assert len(str(first.text)) < 40
    assert second.cell == Cell(1, range(1), range(63))


def test_another_document_within_is_told() -> None:
    (told,) = pulled(paragraph("项目") + '<w:altChunk r:id="rId9"/>').findings
    assert (told.code, told.args) == ("part-unread", {"part": "altChunk"})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def packed(**parts: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("_", "."), content)
    return made.getvalue()


BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
XLSB = archive(**{"[Content_Types]_xml": f'<Override PartName="/xl/workbook.bin" ContentType="{BINARY}"/>'})


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted Office file; save a copy without a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "a Word file of the old form (.doc, .wps); install LibreOffice"),
        (
            OLE + "Workbook".encode("utf-16-le"),
            "an Excel file of the old form (.xls, .et); install LibreOffice with Calc",
        ),
        (OLE, "an Office file of an old form; save it as PDF or .docx"),
        (rb"{\rtf1\ansi}", "an RTF file; install LibreOffice"),
        (
            packed(mimetype="application/vnd.oasis.opendocument.text"),
            "an OpenDocument file (.odt); install LibreOffice",
        ),
        (
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "an OpenDocument file (.ods); install LibreOffice with Calc",
        ),
        (XLSB, "a binary Excel file (.xlsb); save it as .xlsx"),
        (packed(OFD_xml="<OFD/>"), "an OFD file; save it as PDF"),
        (packed(guide_docx="项目"), "an archive (.zip); unpack it and name the guide in it"),
        (b"PK\3\4" + bytes(100), "a damaged ZIP archive"),
    ],
)
def test_other_forms_are_named(data: bytes, want: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pull.office.conversion.has_converter", lambda: False)
    assert refusal(data).startswith(f"guide.docx: {want}")
