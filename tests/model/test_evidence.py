"""Evidence points at the ink: the typesetter knows where it put every character, and it is not asked by the reader."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import extract_guide
from tests.end_to_end.test_guide_2017 import from_pdf, from_text, plain
from tests.typeset.facsimile import EXTRACTED, facsimile, pages
from tests.typeset.ink import PAPER, Glyph, ink
from tests.typeset.style import PUBLISHED, Style


def evidence(record: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence in a record, wherever it is."""
    if isinstance(record, dict):
        if "quote" in record:
            yield record
        for item in record.values():
            yield from evidence(item)
    elif isinstance(record, list):
        for item in record:
            yield from evidence(item)


def once(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs of a page without the copies of fake bold: the first of those within half a character."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not any(o.char == glyph.char and abs(o.x - glyph.x) < o.size / 4 and abs(o.y - glyph.y) < 3 for o in kept):
            kept.append(glyph)
    return kept


def in_box(glyphs: list[Glyph], box: list[float]) -> str:
    """The characters that start within a box, from left to right, without spaces."""
    x0, top, x1, bottom = box
    inside = [g for g in glyphs if x0 - 0.1 <= g.x < x1 - 0.1 and top <= PAPER[1] - g.y <= bottom]
    return "".join(glyph.char for glyph in sorted(inside, key=lambda g: g.x)).replace(" ", "")


def placed(style: Style) -> dict[int, list[Glyph]]:
    return {number: once(list(ink(page, number, style))) for number, page in enumerate(pages(style), 1)}


def off_the_mark(record: Any, glyphs: dict[int, list[Glyph]]) -> list[tuple[str, str]]:
    """Quotes that do not stand in their box. Squeezed punctuation lets the edges of neighbours into a box."""
    pieces = list(evidence(record))
    assert len(pieces) > 500
    found = [(piece["quote"].replace(" ", ""), in_box(glyphs[piece["page"]], piece["bbox"])) for piece in pieces]
    return [(quote, seen) for quote, seen in found if quote not in seen or len(seen) > len(quote) + 2]


def test_every_quote_stands_in_its_box() -> None:
    assert off_the_mark(plain(from_pdf()), placed(PUBLISHED)) == []


def test_a_box_moved_by_a_character_is_noticed() -> None:
    record = plain(from_pdf())
    section = record["sections"][0]["funding"]
    box = section["evidence"][0]["bbox"]
    section["evidence"][0]["bbox"] = [box[0] + 16, box[1], box[2] + 16, box[3]]
    assert len(off_the_mark(record, placed(PUBLISHED))) == 1


@pytest.mark.parametrize(
    "style", [Style(measure=23, footer="- {n} -"), Style(measure=34, size=12, by="glyph")], ids=repr
)
@pytest.mark.slow
def test_every_quote_stands_in_its_box_on_another_grid(style: Style, tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(facsimile(style))
    from extract.export.json import dumps

    assert off_the_mark(json.loads(dumps(extract_guide(file))), placed(style)) == []


def test_every_quote_stands_on_its_line_of_the_text_file() -> None:
    lines = EXTRACTED.read_text("utf-8").split("\n")
    for piece in evidence(plain(from_text())):
        line, quote = lines[piece["line"] - 1].replace(" ", ""), piece["quote"].replace(" ", "")
        assert piece["bbox"] is None
        # a garbled heading holds its quote run by run: 1111.1.1.1.1 holds 1.1
        assert quote in line or is_subsequence(quote, line)


def is_subsequence(quote: str, line: str) -> bool:
    rest = iter(line)
    return all(char in rest for char in quote)


def test_text_evidence_is_on_the_page_that_the_pdf_has() -> None:
    pdf, text = list(evidence(plain(from_pdf())["sections"])), list(evidence(plain(from_text())["sections"]))
    assert [(piece["page"], piece["quote"]) for piece in pdf] == [(piece["page"], piece["quote"]) for piece in text]


def test_quotes_put_together_are_the_words() -> None:
    for section in plain(from_pdf())["sections"]:
        for name in ("agreement", "fields", "project_count", "funding", "requirements"):
            field = section[name]
            assert "".join(piece["quote"] for piece in field["evidence"]) == (field["text"] or "")
