"""A guide before it is drawn: its document, its true record, and where the program has to speak up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.drift.document import Document, Look, Paragraph, Run
from tests.drift.generate import Invented, invent
from tests.drift.supply.seeded_random import Dice
from tests.typeset import layout

_AUTHORS_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class GuideText:
    """What a producer draws and what is true of it.

    `indented` is False for a guide that is read by its words alone. `may_warn` has the sections, None for the guide, on
    which a warning is right; one has to stand on each
    of those in `must_warn`.
    """

    document: Document
    truth: dict[str, Any]
    indented: bool = True
    may_warn: frozenset[str | None] = frozenset()
    must_warn: frozenset[str | None] = frozenset()

    def with_document(self, **changes: Any) -> GuideText:
        return replace(self, document=replace(self.document, **changes))

    def with_look(self, **changes: Any) -> GuideText:
        return self.with_document(look=replace(self.document.look, **changes))


def guide_text(seed: int, style: str, dice: Dice, rules: Mapping[str, Any]) -> GuideText:
    """The guide of this seed, as a person would set it at random."""
    guide = invent(seed, style, rules=rules)
    paragraphs = tuple(_paragraph(one, section) for section, one in guide.content if one.runs)
    document = Document(paragraphs, _look(dice, guide))
    if dice.chance(0.2):
        document = document.with_paragraphs(_light)
    return GuideText(document, without_authors_spaces(guide.truth), guide.style.indent > 0)


def _light(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, runs=tuple(replace(run, bold=False) for run in paragraph.runs))


def _paragraph(typeset: layout.Paragraph, section: str | None) -> Paragraph:
    """A paragraph of the typesetter; a space between two Chinese words would be lost where a line ends at it."""
    runs = tuple(Run(_AUTHORS_SPACE.sub("", run.text), run.bold) for run in typeset.runs)
    return Paragraph(runs, "body" if typeset.kind == "blank" else typeset.kind, section)


def without_authors_spaces(record: Any) -> Any:
    """The record without spaces between Chinese words."""
    if isinstance(record, dict):
        return {key: without_authors_spaces(value) for key, value in record.items()}
    if isinstance(record, list | tuple):
        return [without_authors_spaces(value) for value in record]
    return _AUTHORS_SPACE.sub("", record) if isinstance(record, str) else record


def _look(dice: Dice, guide: Invented) -> Look:
    """Fonts, sizes and margins at random; indents where the guide has them."""
    return Look(
        font=dice.between(0, 11),
        size=dice.pick((10.5, 12, 14, 16)),
        leading=dice.pick((1.3, 1.5, 1.75, 2)),
        margin=dice.pick((56, 72, 80, 90)),
        indent=2 if guide.style.indent else 0,
        justified=dice.chance(0.7),
    )


def substituted(guide: GuideText, section: str, old: str, new: str) -> GuideText:
    """The guide with other words in one section, both in the document and in the truth."""
    document = guide.document.with_paragraphs(
        lambda one: (
            one
            if one.section != section
            else replace(one, runs=tuple(replace(run, text=run.text.replace(old, new)) for run in one.runs))
        )
    )
    sections = [_replaced(one, old, new) if one["number"] == section else one for one in guide.truth["sections"]]
    return replace(guide, document=document, truth={**guide.truth, "sections": sections})


def _replaced(record: Any, old: str, new: str) -> Any:
    if isinstance(record, dict):
        return {key: _replaced(value, old, new) for key, value in record.items()}
    if isinstance(record, list):
        return [_replaced(value, old, new) for value in record]
    return record.replace(old, new) if isinstance(record, str) else record


def notes_of(document: Document) -> list[dict[str, Any]]:
    """The notes in the order of their marks, each with its section."""
    found: list[dict[str, Any]] = []
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if run.note is not None:
                mark, _ = document.look.sign(len(found) + 1)
                found.append({"section": paragraph.section, "mark": mark, "text": run.note})
    return found
