"""Hidden words among those of the text: which of them keep their places in its lines."""

from __future__ import annotations

import pytest

from extract.layout.hidden import find_in_flow
from extract.model.text import Glyph


def row(words: str, x: float, top: float, size: float = 10.0, *, hidden: bool = False) -> list[Glyph]:
    reason = "hidden" if hidden else ""
    return [
        Glyph(
            word, 1, x + size * at, top, x + size * (at + 1), top + size, "Song", size, size, reason, top + 0.88 * size
        )
        for at, word in enumerate(words)
    ]


FLOWS = {
    "within a line": ([row("数：", 0, 0), row("九", 20, 0, hidden=True), row("五个", 30, 0)], "九"),
    "behind marks that are set close": ([row("数：", 0, 0), row("九", 15, 0, hidden=True), row("五个", 25, 0)], "九"),
    "tiny within a line": ([row("数：", 0, 0), row("九九", 20, 8, 1, hidden=True), row("五个", 22, 0)], "九九"),
    "at the end of a line, and on the next one": (
        [row("三年。", 0, 0), row("看不", 30, 0, hidden=True), row("见", 0, 12, hidden=True), row("其他", 0, 24)], "看不见"
    ),
    "a line of its own": ([row("三年。", 0, 0), row("看不见", 0, 12, hidden=True), row("其他", 0, 24)], "看不见"),
    "before the first line": ([row("看不见", 0, 0, hidden=True), row("三年。", 0, 12)], "看不见"),
    "over others": ([row("三年。", 0, 0), row("看不见", 0, 0, hidden=True), row("其他", 0, 12)], ""),
    "under others that follow": ([row("数：", 0, 0), row("九九", 20, 0, hidden=True), row("五个", 20, 0)], ""),
    "far off": ([row("三年。", 0, 0), row("看不见", 0, 400, hidden=True), row("其他", 0, 12)], ""),
    "tiny at the end of a line": ([row("三年。", 0, 0), row("看不见", 30, 8, 1, hidden=True), row("其他", 0, 12)], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FLOWS)
def test_hidden_words_in_the_flow_of_the_text(name: str) -> None:
    rows, want = FLOWS[name]
    glyphs = [glyph for one in rows for glyph in one]
    kept = [number for number, glyph in enumerate(glyphs) if not glyph.excluded_reason]
    found = find_in_flow(glyphs, kept, {n: "hidden" for n, glyph in enumerate(glyphs) if glyph.excluded_reason})
    assert "".join(glyphs[number].text for number in sorted(found)) == want
