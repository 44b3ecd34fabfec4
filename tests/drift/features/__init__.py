"""What real documents have beside their text, each drawn at random with what it changes in the truth.

A feature is a function from a guide to a guide: it changes the document and the truth before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.drift.features import around, before, changes, inserts, look, notes, scripts
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

Apply = Callable[[Dice, GuideText], GuideText]


@dataclass(frozen=True)
class Feature:
    """How a guide gets it, what goes before the rules of its style, and who cannot draw it."""

    apply: Apply
    rules: Mapping[str, Any] = field(default_factory=dict)
    not_by: tuple[str, ...] = ()


_PAGES_ONLY = ("markdown",)  # what has no pages
_NOT_SCANNED = ("scan",)  # OCR does not tell raised type, lines through words, or what lies under them

FEATURES: dict[str, Feature] = {
    "plain": Feature(lambda _, guide: guide),
    "scripts": Feature(scripts.scripts, not_by=_NOT_SCANNED),
    "struck": Feature(changes.struck, not_by=_NOT_SCANNED),
    "tracked": Feature(changes.tracked, not_by=_NOT_SCANNED),
    "footnotes": Feature(notes.footnotes, not_by=_NOT_SCANNED),
    "marks": Feature(notes.marks_behind_figures, not_by=_NOT_SCANNED),
    "headings": Feature(look.headings, not_by=_PAGES_ONLY),
    "indents": Feature(look.indents, not_by=_PAGES_ONLY),
    "columns": Feature(look.columns, not_by=_PAGES_ONLY),
    "line_numbers": Feature(look.line_numbers, not_by=("chromium", *_PAGES_ONLY)),
    "table": Feature(inserts.table),
    "repeated": Feature(around.repeated_last_lines, rules=around.UNIFORM),
    "contents": Feature(before.contents),
    "red_head": Feature(before.red_head),
    "notice": Feature(before.notice),
    "furniture": Feature(around.heads_and_feet, rules={"sections": (4, 45)}, not_by=_PAGES_ONLY),
    "running": Feature(around.running, rules={"sections": (4, 12)}, not_by=_PAGES_ONLY),
    "browser": Feature(around.browser_print, not_by=_PAGES_ONLY),
    "watermark": Feature(around.watermark, not_by=(*_PAGES_ONLY, *_NOT_SCANNED)),
    "comment": Feature(inserts.comment, not_by=(*_PAGES_ONLY, *_NOT_SCANNED)),
}
"""In the order in which they are applied: what stands before the title comes after what looks for the text."""
