"""What real documents have beside their text, each drawn at random with what it changes in the truth.

A feature is a function from a guide to a guide: it changes the document and the truth before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.drift.features import around, before, behind, changes, inserts, look, notes, rows, scripts
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

Apply = Callable[[Dice, GuideText], GuideText]


@dataclass(frozen=True)
class Feature:
    """How a guide gets it, what goes before the rules of its style, who cannot draw it, and whether others may join it."""

    apply: Apply
    rules: Mapping[str, Any] = field(default_factory=dict)
    not_by: tuple[str, ...] = ()
    alone: bool = False


_NO_LOOK = ("markdown", "text")  # words and their order alone
_NO_PAGES = ("html", *_NO_LOOK)
_WORDS_ALONE = ("text", "scan")  # OCR does not tell raised type, lines through words, or what lies under them

FEATURES: dict[str, Feature] = {
    "plain": Feature(lambda _, guide: guide, alone=True),
    "scripts": Feature(scripts.scripts, not_by=_WORDS_ALONE),
    "struck": Feature(changes.struck, not_by=_WORDS_ALONE),
    "tracked": Feature(changes.tracked, not_by=_WORDS_ALONE),
    "hidden": Feature(changes.hidden, not_by=("scan", *_NO_LOOK)),
    "footnotes": Feature(notes.footnotes, not_by=_WORDS_ALONE),
    "marks": Feature(notes.marks_behind_figures, not_by=_WORDS_ALONE),
    "headings": Feature(look.headings, not_by=_NO_LOOK),
    "automatic": Feature(look.automatic, not_by=("chromium", "typst", "reportlab", "scan", *_NO_PAGES)),
    "indents": Feature(look.indents, not_by=_NO_LOOK),
    "labels": Feature(look.labels, not_by=("libreoffice", "typst", "reportlab", "docx", "scan", *_NO_PAGES)),
    "columns": Feature(look.columns, not_by=_NO_LOOK),
    "line_numbers": Feature(look.line_numbers, not_by=("chromium", *_NO_PAGES)),
    "table": Feature(inserts.table, not_by=("text",)),
    "repeated": Feature(around.repeated_last_lines, rules=around.UNIFORM),
    "contents": Feature(before.contents),
    "notice": Feature(before.notice),
    "red_head": Feature(before.red_head),
    "furniture": Feature(around.heads_and_feet, rules={"sections": (4, 45)}, not_by=_NO_PAGES),
    "running": Feature(around.running, rules={"sections": (4, 12)}, not_by=_NO_PAGES),
    "odd_even": Feature(around.odd_and_even, rules={"sections": (14, 30)}, not_by=_NO_PAGES),
    "browser": Feature(around.browser_print, not_by=_NO_PAGES),
    "watermark": Feature(around.watermark, not_by=(*_NO_PAGES, "scan")),
    "comment": Feature(inserts.comment, not_by=(*_NO_PAGES, "scan")),
    "annexes": Feature(behind.annexes),
    "chapters": Feature(around.chapters, rules={"sections": (6, 20)}, not_by=_NO_PAGES, alone=True),
    "rows": Feature(rows.rows, rules=rows.RULES, not_by=("text",), alone=True),
    "aligned_rows": Feature(rows.aligned_rows, rules=rows.RULES, not_by=("text", "markdown"), alone=True),
}
"""In the order in which they are applied: what stands before the title comes after what looks for the text."""

NOT_MENDED = ("labels", "rows", "aligned_rows")
"""Features with which guides are still read wrongly in silence: they are drawn where they are named."""
USUAL = tuple(name for name in FEATURES if name not in NOT_MENDED)
