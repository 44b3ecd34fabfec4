"""Text keeps its origins whatever is done to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model.evidence import cite
from extract.model.text import GLUE, Glyph, GlyphTable, Text, display_width, join_texts

CHARS = st.text(alphabet="中文，,：:１2３ab -—\n\u2028（(", max_size=40)


def inked(chars: str) -> Text:
    """A text each of whose characters is its own glyph, on line 1."""
    return Text(chars, range(len(chars)), GlyphTable([Glyph(char, 1) for char in chars], [1] * len(chars), drawn=False))


def kept(text: Text) -> bool:
    """Whether every character still is the glyph that it came from."""
    glyphs = text.ink.glyphs
    return all(o == GLUE or glyphs[o].text == char for char, o in zip(text.chars, text.origins, strict=True))


@given(CHARS, st.integers(-50, 50), st.integers(-50, 50))
def test_a_slice_is_the_slice_of_the_string(chars: str, start: int, end: int) -> None:
    piece = inked(chars)[start:end]
    assert str(piece) == chars[start:end]
    assert kept(piece)


@given(CHARS, st.lists(st.integers(0, 40), max_size=5))
def test_pieces_of_a_cut_are_the_whole(chars: str, places: list[int]) -> None:
    text = inked(chars)
    places = sorted(place for place in places if place <= len(chars))
    assert join_texts(text.cut(places), text) == text


@given(CHARS)
def test_split_and_strip_do_what_they_do_to_strings(chars: str) -> None:
    text = inked(chars)
    assert [str(piece) for piece in text.split("中")] == chars.split("中")
    assert str(text.strip(" \n")) == chars.strip(" \n")
    assert all(kept(piece) for piece in text.split("文"))


@given(CHARS)
def test_without_takes_out_every_match_and_nothing_else(chars: str) -> None:
    text = inked(chars).without("[ab ]")
    assert str(text) == chars.translate({ord(c): None for c in "ab "})
    assert kept(text)


@given(CHARS)
def test_the_plain_form_is_as_long_as_the_text(chars: str) -> None:
    assert len(inked(chars).plain) == len(chars)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("１２，０00", "12，000"),
        ("(a):", "（a）："),
        ("40—60–70", "40-60-70"),
        ("6～8~9", "6~8~9"),
        ("。、《》", "。、《》"),
    ],
)
def test_plain_folds_width_and_dashes_alone(printed: str, plain: str) -> None:
    assert inked(printed).plain == plain


def test_characters_and_origins_have_to_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 characters with 1 origins"):
        Text("ab", [0], GlyphTable([], [], drawn=False))


@pytest.mark.parametrize(("char", "ems"), [("中", 1), ("（", 1), ("1", 0.5), ("a", 0.5), ("，", 1), ("１", 1)])
def test_width(char: str, ems: float) -> None:
    assert display_width(char) == ems


def test_masked_words_keep_their_print() -> None:
    text = drawn(["5项（约３年）。"]).masked([re.compile("（[^）]*）")])
    assert (text.plain, text.chars) == ("5项     。", "5项（约３年）。")
    assert (text[2:].plain.strip(), text[2:7].chars) == ("。", "（约３年）")


def drawn(rows: list[str]) -> Text:
    """Rows of 10-point characters on page 1, as one text."""
    glyphs = [
        Glyph(char, 1, x * 10.0, y * 20.0, x * 10.0 + 10, y * 20.0 + 10, "F", 10, 10)
        for y, row in enumerate(rows)
        for x, char in enumerate(row)
    ]
    lines = [y for y, row in enumerate(rows, 1) for _ in row]
    return Text("".join(rows), range(len(glyphs)), GlyphTable(glyphs, lines, drawn=True))


def test_evidence_is_one_box_for_each_printed_line() -> None:
    text = drawn(["合作协议", "《中美》。"])
    assert [(e.page, e.bbox, e.quote) for e in cite(text[2:7])] == [
        (1, (20.0, 0.0, 40.0, 10.0), "协议"),
        (1, (0.0, 20.0, 30.0, 30.0), "《中美"),
    ]


def test_words_with_ink_between_them_are_quoted_apart() -> None:
    text = drawn(["甲，支持10个"])
    assert [e.quote for e in cite(text[:1], text[4:])] == ["甲", "10个"]
    assert [e.quote for e in cite(text[:1], text[1:4])] == ["甲，支持"]


def test_glue_is_not_quoted_at_the_ends_of_a_line() -> None:
    text = drawn(["中文"])
    assert [e.quote for e in cite(join_texts([text.glue("\n"), text, text.glue(" ")], text))] == ["中文"]
