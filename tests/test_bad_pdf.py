"""Bad PDFs, kind by kind: each is refused with a clear line, or read with a finding; docs/broken-input.md lists them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract.errors import UnreadableGuide
from extract.pipeline import open_guide
from extract.records import READERS, Guide, Readers
from tests.test_golden import values
from tests.typeset import raw

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
    "no PDF": (b"hello", r"not a PDF \(it does not begin with %PDF-\)"),
    "zero bytes": (b"", "not a PDF"),
    "a head alone": (b"%PDF-1.7\n", "damaged PDF|no pages"),
    "pictures alone": (picture(SHOWN, SHOWN), r"2 page\(s\) without any text; a scanned guide needs OCR"),
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
    "text that does not end": (guide(FRONT, BACK.replace(b"> Tj", b"( Tj", 1)), "file-damaged", "page 2: "),
    "a page tree that leaves a page out": (pages_left_out(), "file-damaged", "holds 1 page(s) that it does not list"),
    "a page tree that is a loop": (
        raw.rebuilt(GOOD.replace(b"/Kids [8 0 R 10 0 R]", b"/Kids [2 0 R 2 0 R]")),
        "reader-failed",
        "only pdfplumber reads this file",
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
    "a page that is turned": guide(FRONT, BACK, extra=b"/Rotate 0"),
    "a page of two thousand million points": guide(FRONT, BACK, extra=b"/MediaBox [0 0 595 2147483647]"),
    "a page of 8,400 by 8,400 points": guide(FRONT, BACK, extra=b"/MediaBox [0 0 8400 8400]"),
    "a form that draws itself": with_form(form(zlib.compress(BACK + b"/X Do"))),
    "page labels that are none": raw.rebuilt(GOOD.replace(b"/Type /Catalog", b"/Type /Catalog /PageLabels 7")),
    "text over a picture": picture(SHOWN + FRONT, BACK),
    "white text on a dark box": guide(FRONT, b"0 g 60 600 400 200 re f 1 g\n" + BACK),
    "text on a highlight": guide(FRONT, b"1 1 0 rg 60 600 400 200 re f 0 g\n" + BACK),
    "pages with their numbers": guide(
        *(page + raw.coded(f"- {n} -", 280, 40) for n, page in enumerate((FRONT, BACK), 7))
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, reader: Readers) -> None:
    data, why = REFUSED[name]
    with pytest.raises(UnreadableGuide, match=why) as caught:
        read(data, reader)
    assert str(caught.value).startswith("guide.pdf: ")


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str) -> None:
    data, code, words = TOLD[name]
    record = read(data)
    assert code in codes(record)
    assert words in message(record, code)


@pytest.mark.parametrize("name", FINE)
def test_read_without_a_word(name: str) -> None:
    record = read(FINE[name])
    assert codes(record) == set()
    assert content(record) == right()
