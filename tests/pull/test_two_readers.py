"""Two readers on one PDF: the same glyphs from both, and a lost page or a line that differs is told."""

import logging
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec import structs
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from extract import extract_guide
from extract.check import readers_agree
from extract.cli import main
from extract.errors import UnreadableGuide
from extract.model.record import Reader
from extract.model.stages import Pulled
from extract.model.text import Glyph
from extract.pull import pull
from extract.pull.pdfium_reader import bindings
from extract.pull.pdfium_reader import read_with_pdfium as read_with_pdfium
from extract.pull.pdfium_reader.bindings import box_fonts_installed
from extract.pull.pdfplumber_reader import read_with_pdfplumber as read_with_pdfplumber
from extract.pull.reading import FileReading, damaged_error
from extract.pull.two_readers import read_with_both
from extract.repair import repair
from tests.end_to_end.test_guide_2017 import PDF
from tests.typeset import raw
from tests.typeset.boxes import boxes
from tests.typeset.facsimile import facsimile
from tests.typeset.style import Style

DOORS: dict[str, Callable[[bytes, str], FileReading]] = {
    "pdfplumber": read_with_pdfplumber,
    "pdfium": read_with_pdfium,
}


def words(data: bytes, reader: str) -> str:
    return "".join(glyph.text for glyph in DOORS[reader](data, "guide.pdf")[1])


def drawn(put: Callable[[Canvas], None]) -> bytes:
    """A page that a function draws."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    put(canvas)
    canvas.save()
    return target.getvalue()


# ── both doors hand out the same glyphs ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "style", [Style(), Style(copies=5, by="layer", spread=1.2), Style(copies=3, embedded=False)], ids=repr
)
def test_both_doors_hand_out_the_same_glyphs_in_the_same_order(style: Style) -> None:
    data = facsimile(style)
    first, second = (read(data, "guide.pdf") for read in DOORS.values())
    ours, theirs = first.glyphs, second.glyphs
    assert first.pages == second.pages
    assert [(g.text, g.page) for g in ours] == [(g.text, g.page) for g in theirs]
    assert max(abs(a.x0 - b.x0) for a, b in zip(ours, theirs, strict=True)) < 0.01
    assert max(abs(a.size - b.size) for a, b in zip(ours, theirs, strict=True)) < 0.01
    assert max(abs(a.top - b.top) for a, b in zip(ours, theirs, strict=True)) < 0.3 * 22
    assert max(abs(a.baseline - b.baseline) for a, b in zip(ours, theirs, strict=True)) < 0.01


REPEATS = "的的确确11111万1"


@pytest.mark.parametrize("scale", [0.1, 0.24, 0.5, 1, 2])
@pytest.mark.parametrize("condense", [60, 100])
def test_pdfium_keeps_real_repeats_that_its_own_text_drops(scale: float, condense: int) -> None:
    def put(canvas: Canvas) -> None:
        canvas.scale(scale, scale)
        text = canvas.beginText()
        text.setFont("STSong-Light", 16 / scale)
        text.setHorizScale(condense)
        x = 72.0
        for char in REPEATS:
            text.setTextOrigin(x / scale, 700 / scale)
            text.textOut(char)
            x += (8 if char.isascii() else 16) * condense / 100
        canvas.drawText(text)

    data = drawn(put)
    assert words(data, "pdfium") == words(data, "pdfplumber") == REPEATS


def test_the_doors_agree_on_places_however_the_page_lies() -> None:
    for page in (
        b"",
        b"/Rotate 90",
        b"/Rotate 180",
        b"/Rotate 270",
        b"/MediaBox [100 200 695 1042]",
        b"/CropBox [50 50 500 700]",
        b"/MediaBox [595 842 0 0]",
    ):
        for turn in (
            b"",
            b"0 1 -1 0 600 0 cm\n",
            b"-1 0 0 -1 600 842 cm\n",
            b"0 -1 1 0 0 800 cm\n",
            b".5 0 0 .5 100 100 cm\n",
            b".7 .7 -.7 .7 300 100 cm\n",
        ):
            data = raw.pdf([turn + raw.line("11 Hello", 150, 400)], extra=page)
            ours, theirs = (read(data, "guide.pdf")[1] for read in DOORS.values())
            assert [g.text for g in ours] == [g.text for g in theirs]
            assert [g.excluded_reason for g in ours] == [g.excluded_reason for g in theirs], (page, turn)
            if not ours[0].excluded_reason:
                assert [round(g.x0) for g in ours] == [round(g.x0) for g in theirs], (page, turn)
                assert abs(ours[0].top - theirs[0].top) < 3, (page, turn)


def test_boxes_count_from_the_corner_of_the_page_whatever_its_media_box() -> None:
    data = raw.pdf([raw.line("Hello", 172, 942)], extra=b"/MediaBox [100 200 695 1042]")
    for read in DOORS.values():
        first = read(data, "guide.pdf")[1][0]
        assert first.x0 == pytest.approx(72)
        assert first.top == pytest.approx(100 - 16, abs=4)


def test_a_form_and_a_ligature_read_the_same() -> None:
    def put(canvas: Canvas) -> None:
        canvas.beginForm("form")
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(72, 600, "中美合作")
        canvas.endForm()
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(72, 700, "拟支持")
        canvas.doForm("form")
        canvas.drawString(72, 500, "经费 领域")

    data = drawn(put)
    assert words(data, "pdfium") == words(data, "pdfplumber") == "拟支持中美合作经费 领域"


def test_reading_with_pdfium_leaves_the_fonts_of_the_process_as_they_were() -> None:
    data = drawn(lambda canvas: (canvas.setFont("STSong-Light", 16), canvas.drawString(72, 700, "中"))[0])

    def machine() -> str:
        return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())

    before = machine()
    with box_fonts_installed():
        assert machine() == "中"
    for _ in range(3):
        read_with_pdfium(data, "guide.pdf")
    assert machine() == before


@pytest.mark.parametrize(("level", "is_logged"), [(logging.DEBUG, True), (logging.INFO, False)])
def test_pdfminer_logs_the_tokens_of_a_page_where_somebody_listens(
    level: int, is_logged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    data = drawn(lambda page: page.drawString(72, 700, "token"))
    with caplog.at_level(level, "pdfminer.psparser"):
        read_with_pdfplumber(data, "guide.pdf")
        logging.getLogger("pdfminer.psparser").debug("as before")
    assert ("b'token'" in caplog.text) is is_logged
    assert ("as before" in caplog.text) is is_logged


def test_the_font_of_boxes_is_the_one_that_is_drawn() -> None:
    assert Path(bindings.__file__).with_name("boxes.ttf").read_bytes() == boxes()


# ── a lost page ───────────────────────────────────────────────────────────────────────────────────────

PAGE = "1.1中美政府间合作项目"


def pulled(reader: Reader, *pages: int) -> Pulled:
    """A guide with so many characters on each page."""
    glyphs = [Glyph("中", page) for page, count in enumerate(pages, 1) for _ in range(count)]
    return Pulled("guide.pdf", "", len(pages), reader, glyphs, None)


LOST: dict[str, tuple[Any, Any, str, tuple[int, ...]]] = {
    "the same": ((9, 9), (9, 9), "pdfplumber", ()),
    "a few more": ((9, 9), (9, 14), "pdfplumber", ()),
    "a blank page": ((9, 0, 9), (9, 0, 9), "pdfplumber", ()),
    "pdfplumber has fewer pages": ((9,), (9, 9, 9), "pdfium", (2, 3)),
    "pdfplumber has an empty page": ((9, 0, 9), (9, 9, 9), "pdfium", (2,)),
    "pdfplumber has a quarter of a page": ((9, 2), (9, 9), "pdfium", (2,)),
    "pdfplumber has no text at all": ((0, 0), (9, 9), "pdfium", (1, 2)),
    "a blank page at the end is missing": ((9,), (9, 0), "pdfium", (2,)),
    "pdfium has an empty page": ((9, 9), (0, 9), "pdfplumber", (1,)),
}


@pytest.mark.parametrize("name", LOST)
def test_who_has_all_pages_hands_out(name: str) -> None:
    plumber, pdfium, reader, lost = LOST[name]
    readings = {"pdfplumber": pulled("pdfplumber", *plumber), "pdfium": pulled("pdfium", *pdfium)}
    got = read_with_both(readings.__getitem__, "guide.pdf")
    assert (got.reader, got.unconfirmed) == (reader, lost)
    assert [finding.code for finding in got.findings] == ["page-lost"] * bool(lost)
    assert got.witness is not None
    assert got.witness.reader != got.reader


def test_where_each_reader_loses_a_page_nothing_is_handed_on() -> None:
    readings = {"pdfplumber": pulled("pdfplumber", 9, 0), "pdfium": pulled("pdfium", 0, 9)}
    with pytest.raises(UnreadableGuide, match=r"guide.pdf: no reader has all pages: pdfplumber loses page 2, pdfium"):
        read_with_both(readings.__getitem__, "guide.pdf")


@pytest.mark.parametrize(("fails", "reads"), [("pdfplumber", "pdfium"), ("pdfium", "pdfplumber")])
def test_a_reader_that_fails_is_told(fails: Reader, reads: Reader) -> None:
    def read(reader: Reader) -> Pulled:
        if reader == fails:
            raise damaged_error("guide.pdf", "odd")
        return pulled(reader, 9)

    got = read_with_both(read, "guide.pdf")
    assert (got.reader, got.witness) == (reads, None)
    assert [finding.code for finding in got.findings] == ["reader-failed"]
    assert "damaged PDF (odd)" in got.findings[0].message


def guide_in_an_encoding_of_its_own() -> bytes:
    """A small guide whose text pdfminer reads as nothing."""
    font, more = raw.coded_font(own_table=True)
    lines = [
        "2018年度项目申报指南", "1.1中美政府间合作项目", "合作协议：《中美科学技术合作协定》。", "领域方向：农业、能源。",
        "拟支持项目数：5个项目。", "拟支持经费：1000万元。",
    ]  # fmt: skip
    return raw.pdf([b"".join(raw.coded(line, 72, 700 - 24 * n) for n, line in enumerate(lines))], font=font, more=more)


def test_text_that_pdfplumber_loses_in_silence_is_read_by_pdfium_and_flagged(tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(guide_in_an_encoding_of_its_own())
    record = extract_guide(file)
    assert record.source.reader == "pdfium"
    assert record.sections[0].funding.value is not None
    assert record.sections[0].funding.value.max == 10_000_000
    assert ("page-lost", "error") in [(finding.code, finding.severity) for finding in record.findings]
    assert {check.code: check.outcome for check in record.checks}["readers-agree"] == "contradicted"
    assert main(["run", "-q", str(file), "-o", str(tmp_path / "out")]) == 1
    assert main(["run", "-q", "--reader", "pdfium", str(file), "-o", str(tmp_path / "out")]) == 0
    assert main(["run", "-q", "--reader", "pdfplumber", str(file), "-o", str(tmp_path / "none")]) == 3
    assert not (tmp_path / "none").exists()


# ── a line that differs ───────────────────────────────────────────────────────────────────────────────


def test_a_line_that_one_reader_has_otherwise_is_told_with_both_readings() -> None:
    got = pull(PDF)
    assert got.witness is not None
    places = [n for n, glyph in enumerate(got.witness.glyphs) if glyph.page == 4 and glyph.text == "8"]
    glyphs = list(got.witness.glyphs)
    glyphs[places[0]] = structs.replace(glyphs[places[0]], text="3")
    check, findings = readers_agree(got, repair(got), repair(replaced(got.witness, glyphs)))
    assert check.outcome == "contradicted"
    (finding,) = findings
    assert finding.code == "readers-differ"
    assert finding.message.startswith("page 4, line ")
    assert "pdfplumber reads “" in finding.message
    assert "pdfium “" in finding.message
    assert [piece.page for piece in finding.evidence] == [4]


@pytest.mark.parametrize("missing", ["ours", "theirs"])
def test_a_line_that_one_reader_lacks_is_told(missing: str) -> None:
    got = pull(PDF)
    assert got.witness is not None
    ours, theirs = repair(got), repair(got.witness)
    line = next(line for line in ours.lines if line.text.plain.startswith("拟支持经费"))
    lacking = {ours.ink.lines[line.text.origins[0]]}
    glyphs = got.glyphs if missing == "ours" else got.witness.glyphs
    ink = ours.ink if missing == "ours" else theirs.ink
    kept = [g for g, at in zip(glyphs, ink.lines, strict=True) if not (g.page == line.page and at in lacking)]
    if missing == "ours":
        check, findings = readers_agree(got, repair(replaced(got, kept)), theirs)
    else:
        check, findings = readers_agree(got, ours, repair(replaced(got.witness, kept)))
    assert check.outcome == "contradicted"
    assert [finding.code for finding in findings] == ["readers-differ"]
    assert "nothing" in findings[0].message


def test_a_first_line_of_one_character_that_the_readers_have_otherwise_is_told() -> None:
    def read(reader: Reader, char: str) -> Pulled:
        return Pulled("guide.pdf", "", 1, reader, [Glyph(char, 1, 72, 72, 88, 88, "Song", 16, 16)], None)

    one, other = read("pdfplumber", "八"), read("pdfium", "入")
    check, (finding,) = readers_agree(structs.replace(one, witness=other), repair(one), repair(other))
    assert check.outcome == "contradicted"
    assert finding.message == "page 1, line 1: pdfplumber reads “八”, pdfium “入”"


def replaced(pulled: Pulled, glyphs: list[Glyph]) -> Pulled:
    return Pulled(pulled.file, pulled.sha256, pulled.pages, pulled.reader, glyphs, None)


def test_width_and_space_are_no_difference() -> None:
    got = pull(PDF)
    assert got.witness is not None
    wide = [
        structs.replace(glyph, text=chr(ord(glyph.text) + 0xFEE0)) if glyph.text.isdigit() else glyph
        for glyph in got.witness.glyphs
    ]
    check, findings = readers_agree(got, repair(got), repair(replaced(got.witness, wide)))
    assert (check.outcome, findings) == ("proved", [])


@pytest.mark.parametrize("reader", ["pdfplumber", "pdfium"])
def test_one_reader_alone_makes_no_check_of_two(reader: Any) -> None:
    record = extract_guide(PDF, reader=reader)
    assert record.source.reader == reader
    assert "readers-agree" not in {check.code for check in record.checks}


# ── what looks like copies, and is none; what looks like another character, and is the same ──────────


def lines_of(data: bytes, path: Path) -> list[list[str]]:
    """The lines that each reader reads, after repair."""
    path.write_bytes(data)
    got = pull(path)
    assert got.witness is not None
    return [[line.text.chars for line in repair(one).lines] for one in (got, got.witness)]


def song(*lines: tuple[str, float, float, float], **font: Any) -> bytes:
    """A page of lines (words, x, y, size) in a font that is not embedded."""
    kind, more = raw.coded_font(**font)
    return raw.pdf([b"".join(raw.coded(*line) for line in lines)], font=kind, more=more)


GENUINE = {
    "small type": song(("1111万元 18000万元 www", 72, 700, 5)),
    "type of two points": song(("中中美美 的的 1111", 72, 700, 2)),
    "a table of contents": song(("1.1中美政府间合作项目" + "." * 30 + "3", 72, 700, 8)),
    "leaders": song(("一、总体目标" + "…" * 20 + "12", 72, 700, 12)),
    "prose": song(("他的的确确在为为什么做的的事常常看看", 72, 700, 16)),
    "no widths": raw.pdf(
        [raw.line("Hello 1111 www", 72, 700)], font=b"<< /Type /Font /Subtype /Type1 /BaseFont /Nobody >>"
    ),
    "a footer of two points": raw.pdf([raw.line("Body text", 72, 700) + raw.line("www.tcpdf.org", 72, 30, 2)]),
}


@pytest.mark.parametrize("name", GENUINE)
def test_genuine_repeats_stay_with_both_readers(name: str, tmp_path: Path) -> None:
    ours, theirs = lines_of(GENUINE[name], tmp_path / "guide.pdf")
    want = {
        "small type": ["1111万元 18000万元 www"],
        "type of two points": ["中中美美 的的 1111"],
        "a table of contents": ["1.1中美政府间合作项目" + "." * 30 + "3"],
        "leaders": ["一、总体目标" + "…" * 20 + "12"],
        "prose": ["他的的确确在为为什么做的的事常常看看"],
        "no widths": ["Hello 1111 www"],
        "a footer of two points": ["Body text", "www.tcpdf.org"],
    }[name]
    assert ours == want
    assert theirs == want


@pytest.mark.parametrize("words", ["www.tcpdf.org", "1111 中中"])
def test_repeats_stay_in_type_that_is_set_aside_and_beside_it(words: str, tmp_path: Path) -> None:
    """PDFium takes characters beside such type for copies of it."""
    file = tmp_path / "guide.pdf"
    file.write_bytes(song((words, 72, 700, 1), (words, 72 + len(words), 700, 12)))
    got = pull(file)
    assert got.witness is not None
    for one in map(repair, (got, got.witness)):
        assert [str(line.text) for line in one.lines] == [words]
        assert [(piece.reason, str(piece.text)) for piece in one.excluded] == [("hidden", words)]


def test_type_of_no_width_is_told_where_pdfium_drops_its_repeats(tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(song(("Hello 1111 的的", 72, 700, 16), width=0))
    got = pull(file)
    assert got.witness is not None
    ours, theirs = repair(got), repair(got.witness)
    assert [line.text.chars for line in ours.lines] == ["Hello 1111 的的"]
    assert [finding.code for finding in ours.findings] == []
    assert [finding.code for finding in theirs.findings] == ["width-missing"]
    assert [finding.code for finding in readers_agree(got, ours, theirs)[1]] == ["readers-differ"]


def test_genuine_repeats_stay_beside_fake_bold(tmp_path: Path) -> None:
    bold = [("1.11中美合作的的项目", 72 + step, 700, 16) for step in (0, 0.3, 0.6)]
    small = [("拟支持经费：1111万元，共18000万元", 72, 670, 6), ("他的的确确", 72, 640, 16)]
    for lines in lines_of(song(*bold, *small), tmp_path / "guide.pdf"):
        assert lines == ["1.11中美合作的的项目", "拟支持经费：1111万元，共18000万元", "他的的确确"]


def test_radicals_and_full_width_forms_are_read_as_what_they_stand_for(tmp_path: Path) -> None:
    lines = [
        ("２０１８年度项⽬申报指南", 72, 760, 16), ("１．１中美政府间合作项⽬", 72, 720, 16),
        ("合作协议：《中美科学技术合作协定》。", 72, 690, 16), ("领域⽅向：农业、能源。", 72, 660, 16),
        ("拟⽀持项⽬数：５个项⽬。", 72, 630, 16), ("拟⽀持经费：１０００万元。", 72, 600, 16),
    ]  # fmt: skip
    file = tmp_path / "guide.pdf"
    file.write_bytes(song(*lines))
    record = extract_guide(file)
    (section,) = record.sections
    assert (record.guide.year, section.number, section.title) == (2018, "1.1", "中美政府间合作项目")
    assert section.project_count.value is not None
    assert section.funding.value is not None
    assert (section.project_count.value.max, section.funding.value.max) == (5, 10_000_000)
    assert section.funding.text == "１０００万元。"
    assert {check.outcome for check in record.checks} == {"proved"}
    (told,) = [finding for finding in record.findings if finding.code == "forms-unified"]
    assert (told.severity, told.message.count("⽬")) == ("info", 1)
    assert "⽬ as 目 (4)" in told.message
    assert main(["run", "-q", str(file), "-o", str(tmp_path)]) == 0
    assert main(["verify", str(tmp_path / "guide.json"), str(file)]) == 0


# ── what real producers write ─────────────────────────────────────────────────────────────────────────


def agree(data: bytes, path: Path) -> list[str]:
    """The lines that both readers read, the same words at the same places."""
    path.write_bytes(data)
    ours, theirs = lines_of(data, path)
    assert ours == theirs
    starts = [[(round(g.x0), g.excluded_reason) for g in read(data, "guide.pdf")[1]] for read in DOORS.values()]
    assert starts[0] == starts[1]
    return ours


def test_a_media_box_above_the_page_is_the_page_s(tmp_path: Path) -> None:
    data = raw.pdf([raw.line("Top of a tall page", 72, 820)])
    tall = data.replace(b" /MediaBox [0 0 595 842]", b" " * 24).replace(
        b"/Count 1 ", b"/Count 1 /MediaBox [0 0 595 842]"
    )
    assert agree(raw.rebuilt(tall), tmp_path / "guide.pdf") == ["Top of a tall page"]
    top = read_with_pdfium(raw.rebuilt(tall), "guide.pdf")[1][0].top
    assert top == pytest.approx(842 - 820 - 0.88 * 16)


def test_text_that_a_mark_gives_instead_is_not_taken(tmp_path: Path) -> None:
    kind, more = raw.coded_font()
    marked = b"/Span << /ActualText <feff2f47> >> BDC " + raw.coded("日", 72, 700) + b"EMC " + raw.coded("本", 88, 700)
    assert agree(raw.pdf([marked], font=kind, more=more), tmp_path / "guide.pdf") == ["日本"]


def test_narrow_digits_of_a_font_that_is_not_embedded_are_no_copies(tmp_path: Path) -> None:
    assert agree(song(("11100万元1122项", 72, 700, 14), width=400), tmp_path / "guide.pdf") == ["11100万元1122项"]


@pytest.mark.parametrize(("given", "want"), [("rﬃ", "rffi"), ("2011―2022年", "2011—2022年"), ("a\u2011b", "a\u2010b")])
def test_ligatures_and_twins_are_read_the_same(given: str, want: str, tmp_path: Path) -> None:
    assert agree(song((given, 72, 700, 16)), tmp_path / "guide.pdf") == [want]


def test_a_glyph_that_no_reader_can_tell_is_the_same_to_both() -> None:
    kind, more = raw.coded_font()
    more = [part.replace(b"(GB1)", b"(Identity)") for part in more]
    data = raw.pdf([raw.coded("中美", 72, 700)], font=kind.replace(b"/ToUnicode 6 0 R", b""), more=more)
    assert words(data, "pdfplumber") == words(data, "pdfium") == "\ufffd\ufffd"


def test_heights_that_a_font_has_wrong_are_not_believed(tmp_path: Path) -> None:
    kind, more = raw.coded_font()
    odd = [part.replace(b"/Ascent 880 /Descent -120", b"/Ascent 3000 /Descent -2000") for part in more]
    data = raw.pdf([raw.coded("中美", 72, 700)], font=kind, more=odd)
    tops = [read(data, "guide.pdf")[1][0].top for read in DOORS.values()]
    assert tops[0] == pytest.approx(tops[1], abs=0.5)
