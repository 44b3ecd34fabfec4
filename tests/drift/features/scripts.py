"""Sub- and superscripts that belong to the text: CO₂, m², 10⁴t, PM₂.₅, 10⁻⁹."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from tests.drift.document import Paragraph, Run, Script
from tests.drift.guide_text import GuideText, substituted
from tests.drift.supply.seeded_random import Dice

_PHRASES = (
    "CO₂年减排量达到10⁴t", "PM₂.₅年均浓度明显降低", "检测限达到10⁻⁹", "示范面积达到500m²", "H₂O₂用量减少", "渗透率为10⁻³μm²",
    "库容达到2×10⁸m³", "CO₂捕集能耗降低",
)  # fmt: skip
_RAISED = re.compile(r"[⁰¹²³⁴-⁹⁻]+|[₀-₉]+(?:\.[₀-₉]+)*")
_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉"


def scripts(dice: Dice, guide: GuideText) -> GuideText:
    """Phrases with such signs at the end of some requirements, raised and lowered as a typesetter does."""
    for section in dice.some([one for one in guide.truth["sections"] if _points(guide, one)], dice.between(2, 6)):
        words = dice.pick(_points(guide, section))
        guide = substituted(guide, section["number"], words, f"{words}，{dice.pick(_PHRASES)}")
    plain = str.maketrans(_SIGNS, f"0123456789{dice.pick('-−')}0123456789")
    return guide.with_document(blocks=guide.document.with_paragraphs(partial(_raised, plain=plain)).blocks)


def _points(guide: GuideText, section: dict[str, Any]) -> list[str]:
    """Requirements that stand in one piece, once in their section."""
    value = section["requirements"]["value"]
    own = "".join(one.text for one in guide.document.paragraphs if one.section == section["number"])
    texts = [item["text"].removesuffix("。") for item in value["items"]] if value else []
    return [text for text in texts if not re.search(r"[\x00-\x7f。：]", text) and own.count(text) == 1]


def _raised(paragraph: Paragraph, plain: dict[int, int]) -> Paragraph:
    return replace(paragraph, runs=tuple(part for run in paragraph.runs for part in _parts(run, plain)))


def _parts(run: Run, plain: dict[int, int]) -> list[Run]:
    """The run, with its signs as runs of their own."""
    parts, start = [], 0
    for match in _RAISED.finditer(run.text):
        script: Script = "superscript" if match[0][0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻" else "subscript"
        parts += [replace(run, text=run.text[start : match.start()])]
        parts += [replace(run, text=match[0].translate(plain), script=script)]
        start = match.end()
    parts.append(replace(run, text=run.text[start:]))
    return [part for part in parts if part.text or part.note]
