"""Bad PDFs, kind by kind: refused with a clear line, or read with a finding; docs/broken-input.md lists them."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Collection
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.errors import ExtractError, LimitPassed, UnreadableGuide
from extract.limits import Limits
from extract.model.finding_catalogue import FINDINGS
from extract.model.record import READER_CHOICES, Guide, Readers
from extract.model.stages import Pulled
from extract.model.text import Glyph
from extract.pipeline import open_guide
from extract.pull import pull
from extract.pull.damage.stream_decoding import StreamDecoder
from extract.pull.reading import Fault
from extract.pull.two_readers import exclude_invisible
from extract.repair import repair
from tests.end_to_end.test_docs import DOCS
from tests.end_to_end.test_guide_2017 import PDF, values
from tests.typeset import raw
from tests.typeset.draw import FONT

TITLE = ("“政府间国际科技创新合作”重点专项", "2018年度项目申报指南")
FIRST = (
    "1.1中美政府间合作项目", "合作协议：《中美科学技术合作协定》。", "领域方向：农业、能源。",
    "拟支持项目数：5个项目。", "拟支持经费：1000万元。",
)  # fmt: skip
SECOND = (
    "1.2中德政府间合作项目", "合作协议：《中德科学技术合作协定》。", "领域方向：材料、信息。",
    "拟支持项目数：6个项目。", "拟支持经费：1200万元。",
)  # fmt: skip
PACKED = b"/Filter /FlateDecode"


def lines(*words: str, top: float = 760) -> bytes:
    """The commands that draw lines of a guide below one another."""
    return b"".join(raw.coded(line, 72, top - 24 * place) for place, line in enumerate(words))


def guide(*pages: bytes, head: bytes = b"", extra: bytes = b"", edit: Any = None) -> bytes:
    """A guide of these pages, the streams of commands with the entries of `head`; `edit` changes the objects of the
    font (4 its descendant, 6 what its characters are).
    """
    font, more = raw.coded_font()
    if edit:
        font, more = edit(font, more)
    data = raw.pdf(pages, font=font, more=more, extra=extra)
    if not head:
        return data
    for page in pages:
        data = data.replace(raw.stream(page), raw.stream(zlib.compress(page), head))
    return raw.rebuilt(data)


FRONT, BACK = lines(*TITLE, *FIRST), lines(*SECOND)
GOOD = guide(FRONT, BACK)


def read(data: bytes, reader: Readers = "both", **given: Any) -> Guide:
    return open_guide(Path("guide.pdf"), data=data, reader=reader, **given).guide


def codes(record: Guide) -> set[str]:
    """What a person is told to look at."""
    doubts = {finding.code for finding in record.findings if finding.severity != "info"}
    return doubts | {check.code for check in record.checks if check.outcome == "contradicted"}


def message(record: Guide, code: str) -> str:
    return next(finding.message for finding in record.findings if finding.code == code)


def content(record: Guide) -> Any:
    plain = msgspec.to_builtins(record)
    return values([plain["guide"], plain["sections"]])


@cache
def right() -> Any:
    record = read(GOOD)
    assert (codes(record), len(record.sections)) == (set(), 2)
    return content(record)


# ── what is refused, and what is read and told ────────────────────────────────────────────────────────


def damaged(stream: bytes) -> bytes:
    """A packed stream with a byte in its middle turned over."""
    return stream[: len(stream) // 2] + bytes([stream[len(stream) // 2] ^ 0xFF]) + stream[len(stream) // 2 + 1 :]


def spoiled(change: Callable[[bytes], bytes]) -> bytes:
    """The guide with its pages packed, and the stream of the second one changed."""
    packed = zlib.compress(BACK)
    good, bad = (raw.stream(stream, PACKED) for stream in (packed, change(packed)))
    return raw.rebuilt(guide(FRONT, BACK, head=PACKED).replace(good, bad))


def with_form(form: bytes) -> bytes:
    """The guide with its second page in a form, object 8."""
    font, more = raw.coded_font()
    data = raw.pdf([FRONT, b"/X Do\n"], font=font, more=[*more, form])
    return raw.rebuilt(data.replace(b"/Resources << /Font", b"/Resources << /XObject << /X 8 0 R >> /Font"))


def form(stream: bytes) -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> " + PACKED
    return raw.stream(stream, head)


def characters(change: Callable[[bytes], bytes]) -> bytes:
    """The guide with the table of what its characters are packed, and changed."""

    def edit(font: bytes, more: list[bytes]) -> tuple[bytes, list[bytes]]:
        table = more[2].partition(b"stream\n")[2].removesuffix(b"\nendstream")
        return font, [*more[:2], raw.stream(change(zlib.compress(table)), PACKED), more[3]]

    return guide(FRONT, BACK, edit=edit)


def pages_left_out() -> bytes:
    """A page tree that lists the first of two pages."""
    return raw.rebuilt(GOOD.replace(b"/Kids [8 0 R 10 0 R] /Count 2", b"/Kids [8 0 R] /Count 1"))


BOX = b"1 1 1 rg 60 600 400 200 re f 0 g\n"
IMAGE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def picture(*pages: bytes) -> bytes:
    """A guide whose pages can show a grey picture, /X."""
    font, more = raw.coded_font()
    data = raw.pdf(pages, font=font, more=[*more, raw.stream(b"\xcc", IMAGE)])
    return raw.rebuilt(data.replace(b"/Resources << /Font", b"/Resources << /XObject << /X 8 0 R >> /Font"))


SHOWN = b"q 500 0 0 780 40 30 cm /X Do Q\n"
REFUSED: dict[str, tuple[bytes, str]] = {
    "no PDF": (b"hello", "not a PDF, as its name says, but text"),
    "zero bytes": (b"", "the file is empty"),
    "a head alone": (b"%PDF-1.7\n", "damaged PDF|no pages"),
    "pictures alone": (picture(SHOWN, SHOWN), r"2 page\(s\) without any text$"),
}
TOLD: dict[str, tuple[bytes, str, str]] = {
    "a damaged stream of commands": (spoiled(damaged), "file-damaged", "page 2: its commands: it"),
    "a stream with a wrong checksum": (
        spoiled(lambda packed: packed[:-1] + bytes([packed[-1] ^ 1])),
        "file-damaged",
        "page 2: its commands: its checksum is wrong",
    ),
    "a stream that is cut off": (
        spoiled(lambda packed: packed[:-40]),
        "file-damaged",
        "page 2: its commands: it ends too",
    ),
    "a damaged form": (with_form(form(damaged(zlib.compress(BACK)))), "file-damaged", "the form X: it"),
    "a damaged table of characters": (
        characters(lambda packed: packed[:-1] + bytes([packed[-1] ^ 1])),
        "file-damaged",
        "pages 1, 2: the font F1, what its characters are: its checksum is wrong",
    ),
    "commands that there are not": (
        guide(FRONT, BACK.replace(b"> Tj", b"> Tx", 1)),
        "file-damaged",
        "page 2: a command that",
    ),
    "a command whose operands do not fit": (
        guide(FRONT, BACK.replace(b" 16 Tf", b" Tf", 1)),
        "file-damaged",
        "page 2: a command with too few or too many operands",
    ),
    "a font that the page lacks": (
        guide(FRONT, BACK.replace(b"/F1", b"/F9", 1)),
        "file-damaged",
        "page 2: a font that the page does not have: 'F9'",
    ),
    "a form that the page lacks": (
        guide(FRONT, BACK + b"/X Do\n"),
        "file-damaged",
        "page 2: a picture or form that the page does not have: 'X'",
    ),
    "a form with commands that there are not": (
        with_form(form(zlib.compress(BACK.replace(b"> Tj", b"> Tx", 1)))),
        "file-damaged",
        "page 2: a command that there is not: 'Tx'",
    ),
    "text that does not end": (guide(FRONT, BACK.replace(b"> Tj", b"( Tj", 1)), "file-damaged", "page 2: "),
    "a page tree that leaves a page out": (pages_left_out(), "file-damaged", "holds 1 page(s) that it does not list"),
    "a page tree that is a loop": (
        raw.rebuilt(GOOD.replace(b"/Kids [8 0 R 10 0 R]", b"/Kids [2 0 R 2 0 R]")),
        "reader-failed",
        "only pdfplumber reads this file",
    ),
    "a form that draws itself": (
        with_form(form(zlib.compress(BACK + b"/X Do"))),
        "page-lost",
        "pdfplumber loses page 2",
    ),
    "a wrong count of pages": (
        raw.rebuilt(GOOD.replace(b"/Count 2", b"/Count 3")),
        "file-damaged",
        "the file counts 3 pages and lists 2",
    ),
    "characters over one another": (
        guide(FRONT, BACK + raw.coded("三", 128, 760 - 4 * 24)),
        "glyphs-collide",
        "are printed over one another",
    ),
    "a page that is a picture": (picture(FRONT, SHOWN, BACK), "page-wordless", "page 2: a picture without text"),
    "text that OCR put over a scan": (picture(FRONT, SHOWN + b"3 Tr " + BACK), "text-from-ocr", "page 2: a scan"),
    "text that OCR put under a scan": (picture(FRONT, b"3 Tr " + BACK + SHOWN), "text-from-ocr", "page 2: a scan"),
    "two guides": (
        guide(FRONT, BACK, lines(TITLE[0], TITLE[1].replace("2018", "2019"), *FIRST)),
        "guide-second",
        "2019年度项目申报指南",
    ),
    "a page that is missing": (
        guide(*(page + raw.coded(f"- {number} -", 280, 40) for number, page in ((1, FRONT), (3, BACK)))),
        "page-missing",
        "page 2 has the number 3, page 1 the number 1",
    ),
    "a last page that is missing": (
        guide(*(page + raw.coded(f"第{number}页共3页", 280, 40) for number, page in ((1, FRONT), (2, BACK)))),
        "page-missing",
        "the last page has the number 2, of 3",
    ),
}
FINE: dict[str, bytes] = {
    "a page without a size": raw.rebuilt(GOOD.replace(b"/MediaBox [0 0 595 842]", b"")),
    "a page that is turned": guide(
        *(b"0 1 -1 0 842 0 cm\n" + page for page in (FRONT, BACK)), extra=b"/MediaBox [0 0 842 595] /Rotate 90"
    ),
    "a page of two thousand million points": guide(FRONT, BACK, extra=b"/MediaBox [0 0 595 2147483647]"),
    "a page of 8,400 by 8,400 points": guide(FRONT, BACK, extra=b"/MediaBox [0 0 8400 8400]"),
    "page labels that are none": raw.rebuilt(GOOD.replace(b"/Type /Catalog", b"/Type /Catalog /PageLabels 7")),
    "text over a picture": picture(SHOWN + FRONT, BACK),
    "white text on a dark box": guide(FRONT, b"0 g 60 600 400 200 re f 1 g\n" + BACK),
    "text on a highlight": guide(FRONT, b"1 1 0 rg 60 600 400 200 re f 0 g\n" + BACK),
    "pages with their numbers": guide(
        *(page + raw.coded(f"- {n} -", 280, 40) for n, page in enumerate((FRONT, BACK), 7))
    ),
}


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, reader: Readers) -> None:
    data, why = REFUSED[name]
    with pytest.raises(UnreadableGuide, match=why) as caught:
        read(data, reader)
    assert str(caught.value).startswith("guide.pdf: ")


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        (name, r)
        for name in TOLD
        for r in READER_CHOICES
        if r == "both" or TOLD[name][1] not in ("reader-failed", "page-lost")
    ],
)
def test_told(name: str, reader: Readers) -> None:
    data, code, words = TOLD[name]
    record = read(data, reader)
    assert code in codes(record)
    assert any(words in finding.message for finding in record.findings if finding.code == code)


def test_a_file_that_pdfium_alone_can_open_is_told() -> None:
    """Then nothing looks for damage, whichever reader was asked for."""
    data = raw.rebuilt(GOOD.replace(b"/Resources <<", b"/Resources << 0", 1))
    assert "pdfminer cannot open it" in message(read(data, "pdfium"), "file-damaged")
    assert "reader-failed" in codes(read(data, "both"))


@pytest.mark.parametrize("name", FINE)
def test_read_without_a_word(name: str) -> None:
    record = read(FINE[name])
    assert codes(record) == set()
    assert content(record) == right()


OF_HOW_MANY = (
    "{}/{}", "{} / {}", "Page {}/{}", "page {} of {}", "P.{}/{}", "{} of {}", "第{}页/共{}页", "第{}页，共{}页",
)  # fmt: skip


@pytest.mark.parametrize("foot", OF_HOW_MANY)
def test_a_last_page_that_is_missing_is_told_by_the_foot_of_the_one_before(foot: str) -> None:
    whole, cut = (
        read(guide(*(page + raw.coded(foot.format(n, of), 280, 40) for n, page in ((1, FRONT), (2, BACK)))))
        for of in (2, 5)
    )
    assert codes(whole) == set()
    assert codes(cut) == {"page-missing"}
    assert "the last page has the number 2, of 5" in message(cut, "page-missing")


# ── text that cannot be seen ──────────────────────────────────────────────────────────────────────────

LIE = raw.coded("拟支持经费：9999万元。", 72, 600)
HIDDEN: dict[str, bytes] = {
    "white on white": b"1 g " + LIE + b"0 g\n",
    "nearly white": b"0.98 g " + LIE + b"0 g\n",
    "drawn in no way": b"3 Tr " + LIE + b"0 Tr\n",
    "under a white box": LIE + b"1 g 60 590 400 30 re f 0 g\n",
    "under a black box": LIE + b"60 590 400 30 re f\n",
    "under a picture": LIE + b"q 400 0 0 30 60 590 cm /X Do Q\n",
    "clipped away": b"q 300 100 50 50 re W n " + LIE + b"Q\n",
    "clipped by a shape that leaves it out": b"q 0 0 595 842 re 60 590 500 30 re W* n " + LIE + b"Q\n",
    "in hardly any colour": b"q /HardlyThere gs " + LIE + b"Q\n",
    "in no opacity": b"q /Clear gs " + LIE + b"Q\n",
    "a pale yellow": b"1 1 0.88 rg " + LIE + b"0 g\n",
    "outlined in white": b"q 1 Tr 1 G " + LIE + b"Q\n",
    "under its own white outline": b"q 2 Tr 1 G 20 w " + LIE + b"Q\n",
    "what clips nothing": b"q 7 Tr " + LIE + b"Q\n",
    "black on a black box": b"60 590 400 30 re f " + LIE,
    "nearly black on a black box": b"60 590 400 30 re f 0.03 g " + LIE + b"0 g\n",
    "red on a red box": b"0.8 0 0 rg 60 590 400 30 re f " + LIE + b"0 g\n",
    "red on a red box, in inks": b"0 1 1 0 k 60 590 400 30 re f " + LIE + b"0 g\n",
    "black on a broad black line": b"q 30 w 60 605 m 460 605 l S Q " + LIE,
    "grey on a picture of that grey": b"q 400 0 0 30 60 590 cm /X Do Q 0.8 g " + LIE + b"0 g\n",
    "type of one point": raw.coded("拟支持经费：9999万元。", 72, 600, 1),
    "type of a hundredth of a point": raw.coded("拟支持经费：9999万元。", 72, 600, 0.01),
    "type that is scaled to a point": b"q 0.0625 0 0 0.0625 67.5 562.5 cm " + LIE + b"Q\n",
    "type without breadth": b"1 Tz " + LIE + b"100 Tz\n",
    "outside the page": LIE.replace(b" 72 600 Td", b" 72 -600 Td"),
    "turned": b"q 0 1 -1 0 600 0 cm " + LIE + b"Q\n",
}


OPACITIES = b"/ExtGState << /Clear << /ca 0 /CA 0 >> /HardlyThere << /ca 0.03 >> >>"


def transparent(data: bytes) -> bytes:
    """The guide whose pages can draw in no opacity, /Clear, or nearly none, /HardlyThere."""
    return raw.rebuilt(data.replace(b"/Resources <<", b"/Resources << " + OPACITIES))


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("name", HIDDEN)
def test_what_cannot_be_seen_is_told_and_not_read(name: str, reader: Readers) -> None:
    record = read(transparent(picture(FRONT + HIDDEN[name], BACK)), reader)
    assert codes(record) == {"text-hidden"}
    assert "拟支持经费：9999万元。" in message(record, "text-hidden")
    assert content(record) == right()


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_white_words_under_a_pale_watermark_are_not_read(reader: Readers) -> None:
    mark = raw.coded("征求意见稿", 0, 0, 80)
    marked = HIDDEN["white on white"] + b"q 1 0.1 -0.1 1 60 580 cm 0.8 g " + mark + b"Q "
    record = read(guide(FRONT + marked, BACK), reader)
    assert {one.section for one in record.findings if "拟支持经费：9999万元。" in one.message} == {"1.1"}
    assert content(record) == right()


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("form", [b"", b"/Group << /S /Transparency >> "])
def test_text_in_a_clear_form_is_not_read(form: bytes, reader: Readers) -> None:
    font, more = raw.coded_font()
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> " + form
    data = raw.pdf([FRONT, BACK + b"/Clear gs /X Do\n"], font=font, more=[*more, raw.stream(LIE, head)])
    record = read(
        transparent(
            data.replace(
                b"/Resources << /Font << /F1 3 0 R >> >> /Con",
                b"/Resources << /XObject << /X 8 0 R >> /Font << /F1 3 0 R >> >> /Con",
            )
        ),
        reader,
    )
    assert codes(record) == {"text-hidden"}
    assert content(record) == right()


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("extra", [b"", b"/Rotate 90"])
def test_text_that_is_cropped_off_the_page_is_not_read(extra: bytes, reader: Readers) -> None:
    turned = b"0 1 -1 0 842 0 cm\n" if extra else b""
    box = b"[0 0 842 842] /CropBox [0 0 232 842]" if extra else b"[0 0 595 842] /CropBox [0 610 595 842]"
    data = guide(turned + FRONT + LIE, turned + BACK, extra=b"/MediaBox " + box + extra)
    record = read(data, reader)
    assert codes(record) == {"text-hidden"}
    assert content(record) == right()


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_invisible_text_on_a_picture_behind_the_page_is_not_read_as_that_of_a_scan(reader: Readers) -> None:
    behind = b"q 595 0 0 842 0 0 cm /X Do Q "
    record = read(picture(behind + FRONT + b"3 Tr " + LIE + b"0 Tr\n", BACK), reader)
    assert codes(record) == {"text-hidden"}
    assert content(record) == right()


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("hidden", ["9", "9999万元以内，其中国拨经费另有说明"])
def test_hidden_words_within_a_line_part_nothing(hidden: str, reader: Readers) -> None:
    """What stands behind them is no other column."""
    height, label, value = 760 - 24 * 6, "拟支持经费：", FIRST[-1].removeprefix("拟支持经费：")
    places = [72 + 16 * len(words) for words in ("", label, label + hidden)]
    pieces = [raw.coded(words, x, height) for words, x in zip((label, hidden, value), places, strict=True)]
    record = read(
        guide(lines(*TITLE, *FIRST[:-1]) + pieces[0] + b"1 g " + pieces[1] + b"0 g\n" + pieces[2], BACK), reader
    )
    assert [(one.code, one.section) for one in record.findings if one.severity != "info"] == [("text-hidden", "1.1")]
    assert content(record) == right()


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_what_is_hidden_in_two_sections_is_told_of_both(reader: Readers) -> None:
    first, second = (760 - 24 * line - 12 for line in (len(TITLE) + 2, len(TITLE + FIRST) + 2))
    lies = b"1 g " + b"".join(raw.coded("不见", 72, height, 8) for height in (first, second)) + b"0 g\n"
    record = read(guide(lies + lines(*TITLE, *FIRST, *SECOND)), reader)
    assert [(one.code, one.section) for one in record.findings if one.severity != "info"] == [
        ("text-hidden", "1.1"),
        ("text-hidden", "1.2"),
    ]


def next_line(words: str, before: bytes = b"", *, size: float = 16) -> bytes:
    """A line below the second section, drawn after other commands, in black afterwards."""
    return b"q " + before + raw.coded(words, 72, 760 - 24 * len(SECOND), size) + b"Q\n"


SEEN: dict[str, bytes] = {
    "white on a dark box": b"0.2 0.3 0.6 rg 60 634 400 24 re f 1 g ",
    "red on a green as bright": b"0 0.51 0 rg 60 634 400 24 re f 1 0 0 rg ",
    "pale blue on a pale red as bright": b"1 0.8 0.8 rg 60 634 400 24 re f 0.8 0.87 1 rg ",
    "a light grey that is legible": b"0.8 g ",
    "a link": b"0.1 0.3 1 rg ",
    "white on a dark picture": b"q 400 0 0 24 60 634 cm /X Do Q 1 g ",
    "black on a picture": b"q 400 0 0 24 60 634 cm /X Do Q ",
    "on a yellow mark": b"1 1 0 rg 60 634 400 24 re f 0 g ",
    "over a white box": b"1 g 60 634 400 24 re f 0 g ",
    "with an underline": b"72 637 100 1 re f ",
    "in a clip that holds it": b"0 600 595 100 re W n ",
}


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("name", SEEN)
def test_what_can_be_seen_is_read_without_a_word(name: str, reader: Readers) -> None:
    record = read(picture(FRONT, BACK + next_line("执行期：3年。", SEEN[name])).replace(b"\xcc", b"\x60"), reader)
    assert codes(record) == set()
    assert record.sections[1].duration.value is not None


DOUBTFUL = {
    "a grey that is nearly white": next_line("执行期：3年。", b"0.92 g "),
    "a light yellow": next_line("执行期：3年。", b"1 1 0.6 rg "),
    "type of two points": next_line("执行期：3年。", size=2),
    "white on a stripe of grey": b"0.7 g 60 %d 400 3 re f " % (765 - 24 * len(SECOND)) + next_line("执行期：3年。", b"1 g "),
    "a clip through which something is painted": next_line("执行期：3年。", b"7 Tr ")
    .replace(b"Q\n", b"0.1 0.1 0.8 rg 60 620 400 30 re f Q\n"),
}  # fmt: skip


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_can_hardly_be_seen_is_read_and_told(name: str, reader: Readers) -> None:
    record = read(guide(FRONT, BACK + DOUBTFUL[name]), reader)
    assert [(one.code, one.section) for one in record.findings if one.severity != "info"] == [
        ("visibility-doubtful", "1.2")
    ]
    assert "执行期：3年。" in message(record, "visibility-doubtful")
    assert record.sections[1].duration.value is not None


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("before", ["9000", "1900", "0100"])
def test_a_figure_over_a_white_box_is_no_copy_of_the_one_below(before: str, reader: Readers) -> None:
    """The last line of the first section (拟支持经费：1000万元。) stands over another figure."""
    at = 760 - 24 * (len(TITLE) + len(FIRST) - 1)
    covered = raw.coded(before, 72 + 6 * 16, at) + b"1 g 72 %d 400 20 re f 0 g\n" % (at - 4)
    record = read(guide(covered + FRONT, BACK), reader)
    assert codes(record) == {"text-hidden"}
    assert before in message(record, "text-hidden")
    assert content(record) == right()


BOXES = {"a box of a line": (60, 590, 400, 30), "a box larger than the page": (-2000, -2000, 5000, 5000)}
IN_FORM = {"nothing": "", "the box": "box", "the box and the text": "text box"}


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("size", BOXES)
@pytest.mark.parametrize("inside", IN_FORM)
def test_text_under_a_white_box_is_not_read_whatever_is_in_a_form(inside: str, size: str, reader: Readers) -> None:
    """The form has a space of its own, 300 points above the page's; what stands on the page comes after it."""
    x, y, width, height = BOXES[size]
    here = {"text": LIE, "box": b"1 g %d %d %d %d re f 0 g\n" % (x, y, width, height)}
    lower = {
        "text": LIE.replace(b" 72 600 Td", b" 72 300 Td"),
        "box": b"1 g %d %d %d %d re f 0 g\n" % (x, y - 300, width, height),
    }
    assert lower["text"] != LIE
    held = IN_FORM[inside].split()
    on_page = b"".join(one for name, one in here.items() if name not in held)
    font, more = raw.coded_font()
    covered = on_page + b"q 1 0 0 1 0 300 cm /X Do Q\n" + BACK
    packed = form(zlib.compress(b"".join(lower[name] for name in held)))
    data = raw.pdf(
        [FRONT, covered], font=font, more=[*more, packed.replace(b"[0 0 595 842]", b"[-3000 -3000 5000 5000]")]
    )
    data = data.replace(b"/Resources << /Font", b"/Resources << /XObject << /X 8 0 R >> /Font")
    record = read(raw.rebuilt(data), reader)
    assert codes(record) == {"text-hidden"}
    assert "拟支持经费：9999万元。" in message(record, "text-hidden")
    assert content(record) == right()


def test_hidden_text_is_set_aside_by_its_place_where_the_readers_differ_in_order() -> None:
    seen = [Glyph("中", 1, 72, 100, 88, 116), Glyph("中", 1, 72, 124, 88, 140, excluded_reason="hidden")]
    ours = [
        Glyph("A", 1, 10, 10, 20, 20),
        *(structs.replace(glyph, excluded_reason="", top=glyph.top + 2) for glyph in reversed(seen)),
    ]
    pulled = Pulled("guide.pdf", "", 1, "pdfplumber", ours, None)
    other = Pulled("guide.pdf", "", 1, "pdfium", seen, None)
    assert [bool(glyph.excluded_reason) for glyph in exclude_invisible(pulled, other).glyphs] == [False, True, False]


# ── what a file may ask for ───────────────────────────────────────────────────────────────────────────

LEVEL = bytes([129, 129]) * 400  # two bytes of a run stand for 128, which are runs again
SMALL = Limits(memory=64)


def in_an_object_stream(packed: bytes) -> bytes:
    """A PDF of one page whose catalog and page tree stand in a stream of objects."""
    held = b"1 0 2 36 " + b"<< /Type /Catalog /Pages 2 0 R >>".ljust(36) + b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    body = b"%PDF-1.7\n"
    places = {}
    for number, thing in {
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        4: raw.stream(zlib.compress(held + packed), b"/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode"),
    }.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + thing + b"\nendobj\n"
    rows = [(0, 0, 255), (2, 4, 0), (2, 4, 1), (1, places[3], 0), (1, places[4], 0), (1, len(body), 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(3, "big") + bytes([last]) for kind, place, last in rows)
    last = raw.stream(table, b"/Type /XRef /Size 6 /W [1 3 1] /Root 1 0 R")
    return body + b"5 0 obj\n" + last + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


BOMBS: dict[str, bytes] = {
    "objects": in_an_object_stream(b" " * (8 << 20)),
    "commands": raw.rebuilt(GOOD.replace(raw.stream(BACK), raw.stream(zlib.compress(b" " * (8 << 20)), PACKED))),
    "packed twice": raw.rebuilt(
        GOOD.replace(
            raw.stream(BACK),
            raw.stream(zlib.compress(zlib.compress(b" " * (8 << 20))), b"/Filter [/FlateDecode /FlateDecode]"),
        )
    ),
    "runs of runs": raw.rebuilt(
        GOOD.replace(raw.stream(BACK), raw.stream(LEVEL, b"/Filter [%s]" % (b"/RunLengthDecode " * 6)))
    ),
    "a table of characters": characters(lambda packed: zlib.compress(b" " * (8 << 20))),
    "a form": with_form(form(zlib.compress(b" " * (8 << 20)))),
}


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("name", BOMBS)
def test_a_stream_that_unpacks_to_too_much_is_refused(name: str, reader: Readers) -> None:
    with pytest.raises(LimitPassed, match="the limit memory"):
        read(BOMBS[name], reader, limits=SMALL)


def test_many_streams_of_which_each_is_small_enough_are_refused_together() -> None:
    page = zlib.compress(b" " * (3 << 20))
    data = guide(*[b"%d" % number for number in range(8)])
    for number in range(8):
        data = data.replace(raw.stream(b"%d" % number), raw.stream(page, PACKED))
    with pytest.raises(LimitPassed, match="the limit memory"):
        read(raw.rebuilt(data), limits=SMALL)


HEADS = {  # of a stream that is packed with Flate: 8 in the lower half, and a multiple of 31
    "no multiple of 31": b"\x78\x9d",
    "no method of packing": b"\x77\x85",
    "half": b"\x78",
}


@pytest.mark.parametrize("name", HEADS)
def test_the_head_of_a_packed_stream_is_looked_at(name: str) -> None:
    packed = zlib.compress(b"BT ET")
    assert packed[:2] == b"\x78\x9c"
    data = HEADS[name] if len(HEADS[name]) == 1 else HEADS[name] + packed[2:]
    decoder = StreamDecoder(Limits())
    decoder.decode(PDFStream({"Filter": LITERALS_FLATE_DECODE[0]}, data))
    assert decoder.faults == {None: Fault("ends-early" if name == "half" else "head-wrong")}


def test_what_a_wrong_checksum_follows_is_unpacked_in_large_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfminer would unpack it again byte by byte."""
    steps = 0

    class Counting:
        def __init__(self, *arguments: Any) -> None:
            self.packer = plain(*arguments)

        def decompress(self, *arguments: Any) -> bytes:
            nonlocal steps
            steps += 1
            return self.packer.decompress(*arguments)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.packer, name)

    plain = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    noise = random.Random(1).randbytes(150_000).hex().encode()
    packed = zlib.compress(BACK + b"%" + noise + b"\n")
    stream = raw.stream(packed[:-1] + bytes([packed[-1] ^ 1]), PACKED)
    record = read(raw.rebuilt(GOOD.replace(raw.stream(BACK), stream)))
    assert "file-damaged" in codes(record)
    assert content(record) == right()
    assert 100 < steps < len(packed) / 500


def test_a_row_of_a_predictor_that_is_longer_than_the_stream_takes_no_memory() -> None:
    head = PACKED + b" /DecodeParms << /Predictor 12 /Columns 2000000000 >>"
    record = read(raw.rebuilt(GOOD.replace(raw.stream(BACK), raw.stream(zlib.compress(BACK), head))))
    assert "its rows have no true length" in message(record, "file-damaged")


LIMITED: dict[str, tuple[bytes, Limits]] = {
    "pages": (guide(FRONT, *[BACK] * 4), Limits(pages=4)),
    "glyphs": (guide(FRONT, raw.coded("中" * 2000, 72, 700)), Limits(glyphs=1000)),
    "size": (GOOD + b" " * (1 << 20), Limits(size=1)),
}


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize("name", LIMITED)
def test_a_limit_that_is_passed_is_named(name: str, reader: Readers) -> None:
    data, limits = LIMITED[name]
    with pytest.raises(LimitPassed, match=rf"^guide.pdf: .*the limit {name};.* --limit {name}=\d+$"):
        read(data, reader, limits=limits)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    with file.open("wb") as large:
        large.truncate(1 << 40)  # a hole: it takes no room on the disk, and would take it in memory
    with pytest.raises(LimitPassed, match="the limit size"):
        open_guide(file, limits=Limits(size=1))


def test_a_stream_of_objects_is_read() -> None:
    with pytest.raises(UnreadableGuide, match="without any text"):  # read, and the page is empty
        read(in_an_object_stream(b""), "both")


# ── encrypted ─────────────────────────────────────────────────────────────────────────────────────────


@cache
def encrypted() -> bytes:
    registerFont(TTFont("Embedded", str(FONT)))
    target = BytesIO()
    canvas = Canvas(target, invariant=1, encrypt=StandardEncryption("sesame", "owner", strength=128))
    for page in ((*TITLE, *FIRST), SECOND):
        canvas.setFont("Embedded", 16)
        for place, line in enumerate(page):
            canvas.drawString(72, 760 - 24 * place, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("reader", READER_CHOICES)
@pytest.mark.parametrize(
    ("password", "why"),
    [(None, r"is encrypted; give its password \(--password\)"), ("open", "encrypted with another password")],
)
def test_an_encrypted_guide_asks_for_its_password(password: str | None, why: str, reader: Readers) -> None:
    with pytest.raises(UnreadableGuide, match=why):
        read(encrypted(), reader, password=password)


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_an_encrypted_guide_opens_with_its_password(reader: Readers) -> None:
    opened = open_guide(Path("guide.pdf"), data=encrypted(), reader=reader, password="sesame")
    assert codes(opened.guide) == set()
    assert content(opened.guide) == right()
    assert "sesame" not in repr(opened)


# ── text that is none ─────────────────────────────────────────────────────────────────────────────────


def unmapped(font: bytes, more: list[bytes]) -> tuple[bytes, list[bytes]]:
    return font.replace(b"/ToUnicode 6 0 R", b""), [part.replace(b"(GB1)", b"(Identity)") for part in more]


def private(chars: str) -> Any:
    """A font that says characters for private use in the place of some."""

    def edit(font: bytes, more: list[bytes]) -> tuple[bytes, list[bytes]]:
        lines = b"".join(b"<%04x> <%04x>\n" % (ord(char), 0xE000 + place) for place, char in enumerate(chars))
        table = more[2].partition(b"stream\n")[2].removesuffix(b"\nendstream")
        block = b"%d beginbfchar\n%sendbfchar\nendcmap" % (len(chars), lines)
        return font, [*more[:2], raw.stream(table.replace(b"endcmap", block)), more[3]]

    return edit


def swapped(font: bytes, more: list[bytes]) -> tuple[bytes, list[bytes]]:
    """A font whose table gives each character with its bytes swapped."""
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    words = "".join((*TITLE, *FIRST, *SECOND, "The quick brown fox jumps over the lazy dog"))
    chars = sorted(set(words))
    for at in range(0, len(chars), 100):
        some = chars[at : at + 100]
        pairs = b"".join(b"<%04x> <%s>\n" % (ord(c), c.encode("utf-16-le").hex().encode()) for c in some)
        table += b"%d beginbfchar\n%sendbfchar\n" % (len(some), pairs)
    return font, [*more[:2], raw.stream(table + b"endcmap end"), more[3]]


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_text_whose_characters_nobody_can_tell_is_refused(reader: Readers) -> None:
    with pytest.raises(UnreadableGuide, match=r"\d+ of \d+ characters cannot be told, .*OCR"):
        read(guide(FRONT, BACK, edit=unmapped), reader)


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_a_few_characters_that_nobody_can_tell_are_told(reader: Readers) -> None:
    record = read(guide(FRONT, BACK, edit=private("农材")), reader)
    assert codes(record) == {"glyph-unmapped"}
    assert {finding.section for finding in record.findings} == {"1.1", "1.2"}


@pytest.mark.parametrize("reader", READER_CHOICES)
def test_text_with_its_bytes_swapped_is_refused(reader: Readers) -> None:
    with pytest.raises(UnreadableGuide, match="two bytes swapped"):
        read(guide(FRONT, BACK, edit=swapped), reader)


def test_some_text_with_its_bytes_swapped_is_told() -> None:
    (kind, more), (_, table) = raw.coded_font(), swapped(*raw.coded_font())
    odd = kind.replace(b"/ToUnicode 6 0 R", b"/ToUnicode 9 0 R")
    fox = raw.coded("The quick brown fox jumps", 72, 40).replace(b"/F1", b"/F2")
    data = raw.pdf([FRONT + fox, BACK], font=kind, more=[*more, odd, table[2]])
    record = read(raw.rebuilt(data.replace(b"/Font << /F1", b"/Font << /F2 8 0 R /F1")))
    assert "text-garbled" in codes(record)
    assert message(record, "text-garbled").startswith("page 1: ")


# ── cut off, and changed byte by byte ─────────────────────────────────────────────────────────────────


def told_or_right(data: bytes) -> str:
    """How a damaged guide comes out: refused, told, right, or silent where it is neither."""
    try:
        record = read(data)
    except ExtractError:
        return "refused"
    if codes(record):
        return "told"
    return "right" if content(record) == right() else "silent"


@pytest.mark.parametrize("packed", [b"", PACKED], ids=["plain", "packed"])
def test_a_file_that_is_cut_off_is_never_read_wrong_in_silence(packed: bytes) -> None:
    data = guide(FRONT, BACK, head=packed)
    ways = [told_or_right(data[: len(data) * tenth // 10]) for tenth in range(10)]
    assert "silent" not in ways
    assert "refused" in ways


def mutant(data: bytes, seed: int) -> bytes:
    """A file with one byte, or eight, turned into others."""
    dice, changed = random.Random(seed), bytearray(data)
    for _ in range(1 if seed % 3 else 8):
        changed[dice.randrange(len(changed))] ^= dice.randrange(1, 256)
    return bytes(changed)


@pytest.mark.slow
def test_packed_pages_that_are_changed_are_never_read_wrong_in_silence() -> None:
    start, stop = GUIDE_PACKED.index(b"8 0 obj"), GUIDE_PACKED.rindex(b"xref\n0")
    ways = []
    for seed in range(24):
        part = mutant(GUIDE_PACKED[start:stop], seed)
        ways.append(told_or_right(GUIDE_PACKED[:start] + part + GUIDE_PACKED[stop:]))
    assert "silent" not in ways
    assert {"told", "refused"} & set(ways)


GUIDE_PACKED = guide(FRONT, BACK, head=PACKED)


@pytest.mark.parametrize("seed", [15, 35, 40, 58, 84, 106])
@pytest.mark.slow
def test_the_guide_with_changed_bytes_is_not_read_in_silence(seed: int) -> None:
    """Changes that nothing told of once: a command that nobody knows, and characters that land on others."""
    pulled = pull(PDF, data=flipped(PDF.read_bytes(), seed))
    findings = [*pulled.findings, *repair(pulled).findings]
    assert {finding.code for finding in findings} & {"file-damaged", "glyphs-collide"}


def flipped(data: bytes, seed: int) -> bytes:
    dice, changed = random.Random(seed), bytearray(data)
    for _ in range(1 if seed % 3 else 8):
        place = dice.randrange(len(changed))
        changed[place] ^= dice.randrange(1, 256) if seed % 2 else 1 << dice.randrange(8)
    return bytes(changed)


# ── the page that lists them ──────────────────────────────────────────────────────────────────────────


def test_the_table_of_bad_pdfs_names_tests_that_exist() -> None:
    rows = re.findall(
        r"^\| .* \| `(test_\w+)(?:\[([^`]+)\])?` \|$", (DOCS / "broken-input.md").read_text("utf-8"), re.M
    )
    assert len(rows) > 30
    kinds: dict[str, Collection[str]] = {
        "test_refused": REFUSED,
        "test_told": TOLD,
        "test_read_without_a_word": FINE,
        "test_what_cannot_be_seen_is_told_and_not_read": HIDDEN,
        "test_a_stream_that_unpacks_to_too_much_is_refused": BOMBS,
        "test_a_limit_that_is_passed_is_named": LIMITED,
    }
    for test, case in rows:
        assert callable(globals().get(test)), test
        assert not case or case in kinds[test], (test, case)
    for test, cases in kinds.items():
        assert (test, "") in rows or {case for one, case in rows if one == test} == set(cases), test


def test_codes_of_the_table_are_codes() -> None:
    table = (DOCS / "broken-input.md").read_text("utf-8")
    assert set(re.findall(r"[|,] `([a-z]+-[a-z-]+)`", table)) <= set(FINDINGS)
