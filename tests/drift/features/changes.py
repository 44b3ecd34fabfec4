"""Text that is not meant: struck through by hand, deleted while changes were tracked, or hidden from who reads the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.drift.document import Paragraph, Run, Unseen
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_SENTENCES = (
    "同等条件下，优先支持西部地区单位。",
    "执行期不超过2年。",
    "每个项目不超过100万元。",
    "项目须由企业牵头申报。",
)
_FIGURE = re.compile(r"(?<![\d.,—\-~～–至])\d+(?= ?(?:个|项|万))")


def struck(dice: Dice, guide: GuideText) -> GuideText:
    """Figures struck through before the ones that hold, or a sentence that is struck through."""
    return _changed(dice, guide, {"change": "struck"}, {})


def tracked(dice: Dice, guide: GuideText) -> GuideText:
    """Figures deleted and the ones that hold put in, or a sentence that is deleted."""
    return _changed(dice, guide, {"change": "deleted"}, {"change": "inserted"})


def hidden(dice: Dice, guide: GuideText) -> GuideText:
    """Figures or a sentence that nobody sees beside what is printed."""
    unseen: Unseen = dice.pick(("paper", "box", "tiny", "clear"))
    return _changed(dice, guide, {"unseen": unseen}, {})


def _changed(dice: Dice, guide: GuideText, old: Mapping[str, Any], new: Mapping[str, Any]) -> GuideText:
    """The guide with words of the form `old` beside those that hold, which are of the form `new`."""
    blocks, sections = list(guide.document.blocks), set()
    spots = [
        (at, one.section)
        for at, one in enumerate(blocks)
        if isinstance(one, Paragraph) and one.section and one.kind == "body" and _FIGURE.search(one.text)
    ]
    for at, section in dice.some(spots, dice.between(1, 4)):
        block = blocks[at]
        assert isinstance(block, Paragraph)
        if dice.chance(0.3):
            blocks[at] = replace(block, runs=(*block.runs, Run(dice.pick(_SENTENCES), **old)))
        else:
            blocks[at] = _with_old(block, str(dice.between(2, 90)), old, new)
        sections.add(section)
    changed_sections = frozenset(section for section in sections if section)
    changed = guide.with_document(blocks=tuple(blocks))
    return replace(
        changed, may_warn=changed.may_warn | changed_sections, must_warn=changed.must_warn | changed_sections
    )


def _with_old(paragraph: Paragraph, figure: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Paragraph:
    """The paragraph with an old figure before its first one, which is marked as put in."""
    match = _FIGURE.search(paragraph.text)
    assert match
    runs: list[Run] = []
    start = 0
    for run in paragraph.runs:
        inside = start <= match.start() and match.end() <= start + len(run.text)
        if inside and run.note is None:
            first, last = match.start() - start, match.end() - start
            parts = (
                replace(run, text=run.text[:first]),
                replace(run, text=figure, **old),
                replace(run, text=run.text[first:last], **new),
                replace(run, text=run.text[last:]),
            )
            runs += [part for part in parts if part.text]
        else:
            runs.append(run)
        start += len(run.text)
    return replace(paragraph, runs=tuple(runs))
