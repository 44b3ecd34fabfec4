"""Repair takes copies and leaves genuine repeats: as properties, and as the traps that real files have set."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from extract.model.stages import Pulled
from extract.model.text import Glyph
from extract.repair import repair
from extract.repair.characters import unify_character
from extract.repair.garbled_headings import dechained_readings, title_year
from tests.support.case_tables import text

WORDS = st.text(alphabet="中美政府间合作项目的巴1234567890.（）CERC", min_size=1, max_size=24).map(
    lambda words: words + "中"
)


def typeset(chars: str, *, size: float = 16, x: float = 72, y: float = 100, factor: float = 1) -> list[Glyph]:
    """A line of glyphs; `factor` scales the advance that the font declares."""
    glyphs = []
    for char in chars:
        advance = size * (0.5 if char.isascii() else 1)
        glyphs.append(Glyph(char, 1, x, y, x + advance, y + size, "Song", size, advance * factor))
        x += advance
    return glyphs


def moved(glyphs: list[Glyph], dx: float, dy: float = 0) -> list[Glyph]:
    return [replace(g, x0=g.x0 + dx, x1=g.x1 + dx, top=g.top + dy, bottom=g.bottom + dy) for g in glyphs]


def read(glyphs: list[Glyph]) -> list[str]:
    return [str(line.text) for line in repair(Pulled("guide.pdf", "", 1, "pdfplumber", glyphs, None)).lines]


OFFSETS = st.floats(0, 0.06)  # of the type size, from one copy to the next


@given(WORDS, st.integers(2, 5), OFFSETS, OFFSETS, st.sampled_from([8, 10.5, 16, 22]))
def test_a_line_printed_again_comes_back_once(words: str, copies: int, dx: float, dy: float, size: float) -> None:
    line = typeset(words, size=size)
    layers = [moved(line, k * dx * size, k * dy * size / 2) for k in range(copies)]
    by_run = [glyph for layer in layers for glyph in layer]
    by_glyph = [glyph for same in zip(*layers, strict=True) for glyph in same]
    assert read(by_run) == read(by_glyph) == read(line) == [words]


@given(WORDS, st.sampled_from([1, 6, 10.5, 16]))
def test_a_line_printed_once_stays(words: str, size: float) -> None:
    assert read(typeset(words, size=size)) == [words]


@pytest.mark.parametrize("size", [0.5, 2, 4, 16])
def test_a_narrow_glyph_is_moved_as_the_others_of_its_line_are(size: float) -> None:
    line = [replace(g, advance=size / 4) if g.text == "." else g for g in typeset("中美合作.项目", size=size)]
    assert read(line + moved(line, 0.15 * size)) == ["中美合作.项目"]


@pytest.mark.parametrize(("size", "want"), [(16.1, "中国"), (15, "中中国")])
def test_a_glyph_of_another_size_is_no_copy(size: float, want: str) -> None:
    first, second = typeset("中国")
    assert read([first, replace(first, size=size), second]) == [want]


NUMBERS = st.tuples(st.integers(1, 9), st.integers(0, 19)).map(lambda pair: f"{pair[0]}.{pair[1]}")
TITLES = st.text(alphabet="中美德国政府间合作项目（）CER的巴人", min_size=3, max_size=20).filter(
    lambda title: sum("\u4e00" <= char <= "\u9fff" for char in title) >= 2
)


@given(NUMBERS, TITLES, st.integers(2, 5), st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_a_garbled_heading_comes_back(number: str, title: str, copies: int, sizes: list[int]) -> None:
    heading, runs, start = number + title, [], 0
    for size in sizes * len(number + title):
        runs.append(heading[start : start + size])
        start += size
    found = [str(reading) for reading in dechained_readings(text("".join(run * copies for run in runs)))]
    # Where every run is a repeat of its own (人人), more copies fit and the reading is shorter; none is longer.
    assert found
    assert heading in found or all(len(reading) < len(heading) for reading in found)


@pytest.mark.parametrize(
    "words",
    [
        "1111",
        "18000万元",
        "www.tcpdf.org",
        "的的",
        "常常看看",
        "……………………",
        "..............12",
        "合作协议：1111万元",
        "巴巴多斯",
    ],
)
@pytest.mark.parametrize("size", [1, 7.5, 16])
def test_genuine_repeats_stay(words: str, size: float) -> None:
    assert read(typeset(words, size=size)) == [words]


def test_genuine_repeats_stay_beside_fake_bold() -> None:
    heading = typeset("1.11中美")
    value = typeset("1111万元，18000万元", y=130, size=10.5)
    assert read([*heading, *moved(heading, 0.3), *value]) == ["1.11中美", "1111万元，18000万元"]


def test_glyphs_without_a_width_stay_whole_in_the_order_of_the_stream() -> None:
    stacked = [replace(g, x0=72, x1=72, advance=0) for g in typeset("Hello PDF-world!")]
    assert read(stacked) == ["Hello PDF-world!"]


def test_a_second_layer_far_away_in_the_stream_is_a_copy() -> None:
    heading, body = typeset("1.1中美政府间"), typeset("合作协议：无。", y=130)
    assert read([*heading, *body, *moved(heading, 0.4)]) == ["1.1中美政府间", "合作协议：无。"]


def test_sizes_that_differ_in_the_last_digit_are_the_same() -> None:
    line = typeset("安徽安利")
    copy = [replace(g, size=g.size + 1e-12) for g in moved(line, 0.24)]
    assert read([*line, *copy]) == ["安徽安利"]


def test_a_tight_leader_is_kept_and_reported() -> None:
    dots = [replace(g, x0=72 + n * 1.5, x1=76 + n * 1.5) for n, g in enumerate(typeset("." * 30, size=8))]
    repaired = repair(Pulled("guide.pdf", "", 1, "pdfplumber", dots, None))
    assert str(repaired.lines[0].text) == "." * 30
    assert [finding.code for finding in repaired.findings] == ["overprint-uneven"]


def test_a_loose_pair_unlike_all_else_on_its_line_is_kept_and_reported() -> None:
    line = typeset("2200万元")
    tight = [*line[:1], *moved(line[1:2], -5.5), *line[2:]]
    repaired = repair(Pulled("guide.pdf", "", 1, "pdfplumber", tight, None))
    assert str(repaired.lines[0].text) == "2200万元"
    assert [finding.code for finding in repaired.findings] == ["overprint-uneven"]


def test_every_removed_glyph_is_on_the_record() -> None:
    line = typeset("1.1中美")
    repaired = repair(Pulled("guide.pdf", "", 1, "pdfplumber", [*line, *moved(line, 0.3), *moved(line, 0.6)], None))
    assert [(done.name, len(done.became)) for done in repaired.repairs] == [("fold overprints", 10)]


@pytest.mark.parametrize(
    ("given", "want"), [("⽅", "方"), ("⻓", "长"), ("⼯", "工"), ("中", "中"), ("１", "１"), ("，", "，")]
)
def test_radicals_become_the_characters_they_stand_for(given: str, want: str) -> None:
    assert unify_character(given) == want


@pytest.mark.parametrize(
    ("font", "given", "want"),
    [
        ("EAAAAA+OpenSymbol", "\uf0b7", "•"),
        ("SymbolMT", "\uf0b7", "•"),
        ("ABCDEF+Wingdings-Regular", "\uf06c", "●"),
        ("Song", "\uf0b7", "\uf0b7"),
    ],
)
def test_signs_of_symbol_fonts(font: str, given: str, want: str) -> None:
    """Word and LibreOffice begin the items of a list with them."""
    bullet, *words = typeset(f"{given}合作协议")
    assert read([replace(bullet, font=font), *words]) == [f"{want}合作协议"]


def test_the_year_in_a_title_is_taken_once() -> None:
    assert str(title_year(text("重点专项2017201720172017年度项目申报指南"))) == "重点专项2017年度项目申报指南"
    assert str(title_year(text("重点专项2017年度项目申报指南"))) == "重点专项2017年度项目申报指南"


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 1e308])
@pytest.mark.parametrize("key", ["x0", "top", "x1", "bottom", "size", "advance"])
def test_a_glyph_at_no_place_is_set_aside_and_told(key: str, number: float) -> None:
    line = typeset("中美合作项目")
    odd: dict[str, Any] = {"text": "错", key: number}
    pulled = Pulled("guide.pdf", "", 1, "pdfplumber", [*line, replace(line[0], **odd)], None)
    repaired = repair(pulled)
    assert [str(one.text) for one in repaired.lines] == ["中美合作项目"]
    assert [(one.code, one.evidence[0].bbox) for one in repaired.findings] == [("text-hidden", (0, 0, 0, 0))]


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1e-9, 0.0, -12.0])
def test_type_too_small_to_see_is_never_folded(size: float) -> None:
    line = [replace(glyph, size=size, advance=size) for glyph in typeset("中美")]
    assert not repair(Pulled("guide.pdf", "", 1, "pdfplumber", line * 2, None)).repairs
