"""Word files whose words cannot be seen: their colour and their ground, their size, and what leaves both open."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from extract.pull import pull
from extract.repair import repair
from tests.pull.test_docx import excluded, lines, pulled
from tests.support.word import paragraph, part, run, word_file


def colour(words: str) -> str:
    return f'<w:color w:val="{words}"/>'


def shade(words: str, more: str = "") -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{words}"{more}/>'


COLOURED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    f'<w:style w:type="character" w:styleId="white"><w:rPr>{colour("FFFFFF")}</w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="white2"><w:basedOn w:val="white"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="whiteP"><w:rPr>{colour("FFFFFF")}</w:rPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="darkP"><w:pPr>{shade("1F3864")}</w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="dot"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
)
THEME = (
    '<a:themeElements><a:clrScheme><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window"'
    ' lastClr="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme></a:themeElements>'
)
UNSEEN_RUNS = {
    "white": colour("FFFFFF"),
    "nearly white": colour("FEFEFA"),
    "white by a style": '<w:rStyle w:val="white2"/>',
    "white by the theme": '<w:color w:val="000000" w:themeColor="background1"/>',
    "white by the theme, darker": '<w:color w:val="F2F2F2" w:themeColor="background1" w:themeShade="F2"/>',
    "black on a black shading": colour("000000") + shade("000000"),
    "of the colour of its shading": colour("4472C4") + shade("4472C4"),
    "of the colour of its shading, by the theme": colour("4472C4") + shade("auto", ' w:themeFill="accent1"'),
    "on a solid pattern": colour("C00000") + '<w:shd w:val="solid" w:color="C00000" w:fill="auto"/>',
    "black on a black mark": colour("000000") + '<w:highlight w:val="black"/>',
    "white on a white mark on a dark shading": colour("FFFFFF") + '<w:highlight w:val="white"/>' + shade("000000"),
    "one point": '<w:sz w:val="2"/>',
    "half a point": '<w:sz w:val="1"/>',
    "one point by a style": '<w:rStyle w:val="dot"/>',
    "a hundredth as wide": '<w:w w:val="1"/>',
    "without a filling": "<w14:textFill><w14:noFill/></w14:textFill>",
    "with a clear filling": '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/>'
    "</w14:srgbClr></w14:solidFill></w14:textFill>",
}
SEEN_RUNS = {
    "automatic": colour("auto"),
    "automatic on a dark shading": colour("auto") + shade("000000"),
    "black": colour("000000"),
    "a link": colour("0563C1"),
    "a light grey": colour("BFBFBF"),
    "red on a yellow mark": colour("FF0000") + '<w:highlight w:val="yellow"/>',
    "white on a blue shading": colour("FFFFFF") + shade("4472C4"),
    "white on a shading of the theme": '<w:color w:val="FFFFFF" w:themeColor="background1"/>' + shade("auto", ' w:themeFill="accent1"'),
    "a style that is overridden": '<w:rStyle w:val="white"/>' + colour("000000"),
    "a style of one point that is overridden": '<w:rStyle w:val="dot"/><w:sz w:val="21"/>',
    "with an outline alone": "<w14:textOutline/><w14:textFill><w14:noFill/></w14:textFill>",
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN_RUNS)
def test_words_that_cannot_be_seen(name: str) -> None:
    body = f"<w:p>{run('拟支持：')}{run('3', UNSEEN_RUNS[name])}{run('5个')}</w:p>"
    assert lines(body, styles=COLOURED, theme=THEME) == ["拟支持：5个"]
    assert excluded(body, styles=COLOURED, theme=THEME) == [("hidden", "3")]


@pytest.mark.parametrize("name", SEEN_RUNS)
def test_words_that_can_be_seen(name: str) -> None:
    body = f"<w:p>{run('拟支持')}{run('5个', SEEN_RUNS[name])}</w:p>"
    assert lines(body, styles=COLOURED, theme=THEME) == ["拟支持5个"]
    assert doubtful(body, styles=COLOURED, theme=THEME) == ""


def doubtful(body: str, **parts: str) -> str:
    """The words that may be invisible."""
    return "".join(glyph.text for glyph in pulled(body, **parts).glyphs if glyph.is_doubtful)


WHITE = colour("FFFFFF")
ON_DARK = '<w:style w:type="table" w:styleId="t">{}</w:style>'
HEAD_ROW = f'<w:tblStylePr w:type="firstRow"><w:rPr>{WHITE}</w:rPr><w:tcPr>{shade("4472C4")}</w:tcPr></w:tblStylePr>'
BANDS = f'<w:tblStylePr w:type="band1Horz"><w:tcPr>{shade("1F3864")}</w:tcPr></w:tblStylePr>'
LOOK = '<w:tblPr><w:tblStyle w:val="t"/><w:tblLook w:val="{}"/></w:tblPr>'


def white_cell(words: str, form: str = "", own: str = WHITE) -> str:
    return f"<w:tc><w:tcPr>{form}</w:tcPr><w:p>{run(words, own)}</w:p></w:tc>"


def rows(*cells: str, look: str = "", form: str = "") -> str:
    inner = "".join(f"<w:tr><w:trPr>{form}</w:trPr>{cell}</w:tr>" for cell in cells)
    return f"<w:tbl>{look}{inner}</w:tbl>"


GROUNDS = {
    "a shaded paragraph": (f"<w:p><w:pPr>{shade('1F3864')}</w:pPr>{run('甲', WHITE)}</w:p>", "甲"),
    "a paragraph that its style shades": (f"<w:p><w:pPr><w:pStyle w:val='darkP'/></w:pPr>{run('甲', WHITE)}</w:p>", "甲"),
    "a paragraph without the shading of its style": (
        f"<w:p><w:pPr><w:pStyle w:val='darkP'/>{shade('auto')}</w:pPr>{run('甲', WHITE)}</w:p>", ""
    ),
    "a white style": (f"<w:p><w:pPr><w:pStyle w:val='whiteP'/></w:pPr>{run('甲')}</w:p>", ""),
    "a number of a list in white": (
        f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:rPr>{WHITE}</w:rPr></w:pPr>{run('甲', WHITE)}</w:p>", ""
    ),
    "a shaded cell": (rows(white_cell("甲", shade("4472C4")), white_cell("乙")), "甲"),
    "a shaded table": (rows(white_cell("甲"), look=f"<w:tblPr>{shade('4472C4')}</w:tblPr>"), "甲"),
    "a cell within a shaded one": (
        rows(f"<w:tc><w:tcPr>{shade('4472C4')}</w:tcPr>{rows(white_cell('甲'))}<w:p/></w:tc>"), "甲"
    ),
    "the head row of a style": (rows(white_cell("甲", own=""), white_cell("乙", own=""), look=LOOK.format("0020")), "甲乙"),
    "white below the head row of a style": (rows(white_cell("甲"), white_cell("乙"), look=LOOK.format("0020")), "甲"),
    "a style whose head row is off": (rows(white_cell("甲"), white_cell("乙"), look=LOOK.format("0600")), ""),
    "bands of a style": (
        rows(*(white_cell(word) for word in "甲乙丙丁"), look=LOOK.format("0020").replace('"t"', '"b"')), "甲乙丁"
    ),
    "a cell without the shading of its style": (rows(white_cell("甲", shade("auto")), look=LOOK.format("0020")), ""),
    "a table style in white": (
        rows(white_cell("甲", own=""), look=LOOK.format("0000").replace('"t"', '"w"')), ""
    ),
    "a row as low as a line": (rows(white_cell("甲", own=""), form='<w:trHeight w:val="20" w:hRule="exact"/>'), ""),
    "a row of some height": (rows(white_cell("甲", own=""), form='<w:trHeight w:val="20" w:hRule="atLeast"/>'), "甲"),
    "lines of a point": (paragraph("甲", '<w:spacing w:line="20" w:lineRule="exact"/>'), ""),
    "lines of a multiple": (paragraph("甲", '<w:spacing w:line="20" w:lineRule="auto"/>'), "甲"),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUNDS)
def test_the_ground_of_words(name: str) -> None:
    body, want = GROUNDS[name]
    styles = (
        COLOURED
        + ON_DARK.format(HEAD_ROW)
        + ON_DARK.format(HEAD_ROW + BANDS).replace('"t"', '"b"')
        + ON_DARK.format(f"<w:rPr>{WHITE}</w:rPr>").replace('"t"', '"w"')
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = {"styles": styles, "numbering": numbering}
    assert lines(body + paragraph("尾"), **parts) == [*want, "尾"]
    assert doubtful(body, **parts) == ""


BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>".format(run("甲", WHITE))
BOXES = {
    "filled": (f'<wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="4472C4"/></a:solidFill></wps:spPr><wps:txbx>{BOX}</wps:txbx></wps:wsp>', "seen"),
    "filled by the theme": (f'<wps:wsp><wps:spPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></wps:spPr><wps:txbx>{BOX}</wps:txbx></wps:wsp>', "seen"),
    "white": (f'<wps:wsp><wps:spPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></wps:spPr><wps:txbx>{BOX}</wps:txbx></wps:wsp>', "hidden"),
    "not filled": (f"<wps:wsp><wps:spPr><a:noFill/></wps:spPr><wps:txbx>{BOX}</wps:txbx></wps:wsp>", "doubtful"),
    "with a picture": (f"<wps:wsp><wps:spPr><a:blipFill/></wps:spPr><wps:txbx>{BOX}</wps:txbx></wps:wsp>", "doubtful"),
    "filled by a style": (f"<wps:wsp><wps:spPr/><wps:txbx>{BOX}</wps:txbx></wps:wsp>", "doubtful"),
    "of VML": (f'<w:pict><v:rect fillcolor="#4472c4 [3204]"><v:textbox>{BOX}</v:textbox></v:rect></w:pict>', "seen"),
    "that is switched off": (f'<w:drawing><wp:anchor><wp:docPr hidden="1"/><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="4472C4"/></a:solidFill></wps:spPr><wps:txbx>{BOX}</wps:txbx></wps:wsp></wp:anchor></w:drawing>', "hidden"),
    "of VML, switched off": (f'<w:pict><v:rect fillcolor="#4472c4" style="width:9pt; visibility: hidden"><v:textbox>{BOX}</v:textbox></v:rect></w:pict>', "hidden"),
    "of VML, white": (f"<w:pict><v:rect><v:textbox>{BOX}</v:textbox></v:rect></w:pict>", "hidden"),
    "of VML, not filled": (f'<w:pict><v:rect filled="f"><v:textbox>{BOX}</v:textbox></v:rect></w:pict>', "doubtful"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOXES)
def test_the_ground_of_text_boxes(name: str) -> None:
    box, want = BOXES[name]
    body = f"<w:p>{run('首')}<w:r>{box}</w:r></w:p>"
    assert lines(body, theme=THEME) == ["首", *(["甲"] if want != "hidden" else [])]
    assert (doubtful(body, theme=THEME) == "甲") == (want == "doubtful")


def test_automatic_type_on_a_black_mark_is_read_and_told() -> None:
    body = f"<w:p>{run('5个', '<w:highlight w:val=' + repr('black') + '/>')}</w:p>"
    assert (lines(body), doubtful(body)) == (["5个"], "5个")


def test_the_background_of_the_page() -> None:
    background = part(
        "document", f'<w:background w:color="1F3864"/><w:body>{paragraph("头")}<w:p>{run("甲", WHITE)}</w:p></w:body>'
    )
    for shown, want in (("<w:displayBackgroundShape/>", ["头", "甲"]), ("", ["头"])):
        made = BytesIO()
        with ZipFile(BytesIO(word_file("", settings=shown))) as source, ZipFile(made, "w") as target:
            for name in source.namelist():
                target.writestr(name, background if name == "word/document.xml" else source.read(name))
        repaired = repair(pull(Path("guide.docx"), data=made.getvalue()))
        assert [str(line.text) for line in repaired.lines] == want
