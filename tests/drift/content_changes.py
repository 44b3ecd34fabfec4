"""One character or one line of a guide changed before it is drawn: the record has to follow, or to say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from extract.model.record import without_keys
from tests.drift.document import Document, Paragraph
from tests.drift.supply.seeded_random import Dice

_SIGNS = {"万": "亿", "亿": "万", "年": "月", "个": "家", "过": "于", "～": "、", "-": "、"}
_CHANGEABLE = re.compile(f"[0-9{''.join(_SIGNS)}]")
_PLACES = frozenset({"evidence", "corrected", "keywords"})


@dataclass(frozen=True)
class Change:
    """A paragraph of a section before and after the change; `after` is empty where the line is left out."""

    section: str
    before: str
    after: str


def changed(document: Document, dice: Dice) -> tuple[Document, Change]:
    """The document with one digit, one sign or one line of a section changed."""
    index = dice.pick([at for at, block in enumerate(document.blocks) if _is_changeable(block)])
    paragraph = document.blocks[index]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.section
    blocks = list(document.blocks)
    if dice.chance(0.2):
        del blocks[index]
        return replace(document, blocks=tuple(blocks)), Change(paragraph.section, paragraph.text, "")
    blocks[index] = other = _with_other_character(paragraph, dice)
    return replace(document, blocks=tuple(blocks)), Change(paragraph.section, paragraph.text, other.text)


def _is_changeable(block: object) -> bool:
    is_body = isinstance(block, Paragraph) and block.kind == "body" and block.section is not None
    return is_body and any(_CHANGEABLE.search(run.text) for run in block.runs)  # type: ignore[attr-defined]


def _with_other_character(paragraph: Paragraph, dice: Dice) -> Paragraph:
    at, place = dice.pick(
        [(at, match.start()) for at, run in enumerate(paragraph.runs) for match in _CHANGEABLE.finditer(run.text)]
    )
    run = paragraph.runs[at]
    old = run.text[place]
    new = _SIGNS.get(old) or dice.pick([digit for digit in "123456789" if digit != old])
    runs = list(paragraph.runs)
    runs[at] = replace(run, text=run.text[:place] + new + run.text[place + 1 :])
    return replace(paragraph, runs=tuple(runs))


def unfollowed(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Yield why a record does not follow a change: nothing is different, or a text is and its value is not.

    A new finding or another outcome of a check says so as well.
    """
    if _told(before) != _told(after):
        return
    old, new = ({one["number"]: one for one in record["sections"]} for record in (before, after))
    if _values(before) == _values(after):
        yield "the record is the same"
    for number in old.keys() & new.keys():
        for name, field in old[number].items():
            other = new[number][name]
            if not isinstance(field, dict) or not isinstance(other, dict) or "text" not in field:
                continue
            if field["text"] != other["text"] and without_keys(field["value"], _PLACES) == without_keys(
                other["value"], _PLACES
            ):
                yield f"{number} {name}: {field['text']} became {other['text']}, its value did not"


def _told(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted((one["code"], one["section"] or "", one["message"]) for one in record["findings"])


def _values(record: dict[str, Any]) -> Any:
    return without_keys({key: record[key] for key in ("guide", "sections")}, _PLACES)
