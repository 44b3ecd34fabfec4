"""Footnotes, and the raised marks that refer to them behind words, figures and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from tests.drift.document import Block, Paragraph, Run
from tests.drift.guide_text import GuideText
from tests.drift.supply.seeded_random import Dice

_TEXTS = (
    "以最终批复的任务书为准。", "指由双方共同商定的内容。", "详见国家科技管理信息系统公共服务平台。", "含港澳台地区。", "按签署当日的汇率折算。",
    "本条由专项管理办公室负责解释，未尽事宜另行通知，有关要求如有变化的，以变化后的要求为准。", "下同。", "不含地方配套资金，其中2016年度已安排的800万元不再重复计算。",
)  # fmt: skip
# The mark in the text, and what stands before the note.
_FORMS = (("{}", "{} "), ("注{}", "注{}："), ("{}", "{}. "), ("{}", "{}、"), ("[{}]", "[{}] "), ("{}", "{} "))
_BEHIND_WORDS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[，。；、])|(?<=》)")
_BEHIND_FIGURES = re.compile(r"(?<=\d)(?= ?(?:万|个|项|年))|(?<=\d万元)|(?<=\d个项目)")


def footnotes(dice: Dice, guide: GuideText) -> GuideText:
    """Marks behind words, mostly in mid-sentence."""
    return _noted(dice, guide, _BEHIND_WORDS, dice.between(1, 5), headings=0)


def marks_behind_figures(dice: Dice, guide: GuideText) -> GuideText:
    """Marks that a hasty reader takes for a digit, and marks at the end of a heading."""
    return _noted(dice, guide, _BEHIND_FIGURES, dice.between(2, 6), headings=dice.between(0, 3))


def _noted(dice: Dice, guide: GuideText, places: re.Pattern[str], count: int, *, headings: int) -> GuideText:
    blocks = guide.document.blocks
    spots = [
        (at, match.start())
        for at, one in _bodies(blocks, "body")
        for match in places.finditer(one.text)
        if match.start() and not _is_struck_out(one, match.start())
    ]
    chosen = dice.some(spots, count)
    if headings:
        chosen += dice.some([spot for at, one in _bodies(blocks, "body") for spot in _behind_formulas(at, one)], 1)
    titled = [(at, len(one.text)) for at, one in _bodies(blocks, "heading") if one.section]
    chosen += dice.some(titled, headings)
    for at, offset in sorted(set(chosen), reverse=True):
        paragraph = blocks[at]
        assert isinstance(paragraph, Paragraph)
        noted = with_run(paragraph, offset, Run("", note=dice.pick(_TEXTS)))
        blocks = (*blocks[:at], noted, *blocks[at + 1 :])
    circled = dice.chance(0.3)
    mark, sign = dice.pick(_FORMS[:2] if circled else _FORMS)
    return guide.with_document(blocks=blocks).with_look(
        circled_notes=circled,
        end_notes=dice.chance(0.3),
        note_mark=mark,
        note_sign=sign,
        level_marks=(circled or mark != "{}") and dice.chance(0.3),
        note_leading=dice.pick((1.33, 1.33, 1.6, 2, 2.6)),
    )


def _is_struck_out(paragraph: Paragraph, offset: int) -> bool:
    """True within words that are struck out or deleted: a mark among them would go with them."""
    ends = list(accumulate(len(run.text) for run in paragraph.runs))
    return any(
        run.change in ("struck", "deleted") and end - len(run.text) < offset < end
        for run, end in zip(paragraph.runs, ends, strict=True)
    )


def _behind_formulas(at: int, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """The offsets behind what is lowered: CO₂."""
    offset = 0
    for run in paragraph.runs:
        offset += len(run.text)
        if run.script == "subscript" and not re.match("[A-Za-z]", paragraph.text[offset:]):
            yield at, offset


def _bodies(blocks: Sequence[Block], kind: str) -> Iterator[tuple[int, Paragraph]]:
    return ((at, one) for at, one in enumerate(blocks) if isinstance(one, Paragraph) and one.kind == kind)


def with_run(paragraph: Paragraph, offset: int, *more: Run) -> Paragraph:
    """The paragraph with further runs at an offset in its text."""
    runs: list[Run] = []
    start = 0
    for run in paragraph.runs:
        cut = offset - start
        start += len(run.text)
        if 0 < cut <= len(run.text):
            parts = (replace(run, text=run.text[:cut]), *more, replace(run, text=run.text[cut:]))
            runs += [part for part in parts if part.text or part.note]
        else:
            runs.append(run)
    return replace(paragraph, runs=tuple(runs))
