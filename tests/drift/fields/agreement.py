"""The documents that a section rests on: words and what they say."""

from __future__ import annotations

from typing import Any

from tests.drift.supply.chinese_numbers import Said
from tests.drift.supply.numerals import chinese
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool


def agreements(dice: Dice, partner: dict[str, Any], year: int) -> Said:
    """One to three titles with what joins them, and perhaps a remark."""
    words = pool("agreements")
    kind = "country" if "state" in partner else "home" if "home" in partner else "other"
    documents = [_filled(dice, row, partner, year) for row in dice.some(words[kind], dice.pick((1, 1, 2, 2, 3)))]
    printed = f"《{documents[0]['title']}》"
    for document in documents[1:]:
        printed += f"{dice.pick(words['joins'])}《{document['title']}》"
    if dice.chance(0.15):
        under = dice.pick(words["under"])
        documents.append(dict(under))
        printed += f"{dice.pick(words['below'])}《{under['title']}》"
    remarks = []
    if dice.chance(0.12):
        remarks.append(_slots(dice, dice.pick(words["remarks"]), partner, year))
        printed += dice.pick(("及", "以及")) + remarks[0]
    if dice.chance(0.05):
        printed = "依据" + printed
    return Said((printed + dice.pick(("。", "。", "。", "。", "")),), {"documents": documents, "remarks": remarks})


def _filled(dice: Dice, row: dict[str, str], partner: dict[str, Any], year: int) -> dict[str, str]:
    return {"title": _slots(dice, row["title"], partner, year), "kind": row["kind"]}


def _slots(dice: Dice, words: str, partner: dict[str, Any], year: int) -> str:
    """The words with the partner's names and some numbers; no year is the guide's own."""
    number, past = dice.between(2, 29), year - dice.between(1, 6)
    known = {key: value for key, value in partner.items() if isinstance(value, str)}
    return words.format(**known, n=number, cn=chinese(number), year=past, later=past + 1)
