"""What stands before the sections: title, prose, grounds, earlier partners, and what the guide declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.drift.fields.declared import declare
from tests.drift.fields.heading import by_code, partner
from tests.drift.guide_style import Manner
from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.numerals import chinese
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool


@dataclass(frozen=True)
class Opening:
    """The paragraphs of an introduction, how many chapters it has, and the facts of the guide."""

    paragraphs: tuple[str, ...]
    chapters: int
    facts: Value


def introduction(
    dice: Dice, manner: Manner, sections: Sequence[Value], duration: tuple[str, str, Value] | None
) -> Opening:
    """An introduction that fits the sections; `duration` is a template, its words, and what they say."""
    words, declares = pool("introduction"), manner.rules["declares"]
    grounds, basis = _basis(dice) if dice.chance(declares["basis"]) else ("", [])
    made = dice.pick(words["made"]).format(
        n=dice.between(9, 30), programme=manner.programme, year=manner.year, batch=manner.ordinal
    )
    earlier, previous = _previous(dice, manner.year) if dice.chance(declares["previous"]) else ("", None)
    sentence, declared = declare(dice, manner, sections, duration)
    prose = iter(dice.some(words["plain"], len(words["plain"])))
    chapters = dice.some(words["chapters"], 2) if manner.rules["chapters"] and dice.chance(0.6) else []
    paragraphs = [next(prose), grounds + made]
    paragraphs += [f"一、{chapters[0]}"] if chapters else []
    paragraphs += [next(prose), *([earlier] if earlier else [])]
    paragraphs += [f"二、{chapters[1]}"] if chapters else []
    decoy = dice.pick(words["decoys"]).format(past=manner.year - 1) if dice.chance(0.4) else ""
    paragraphs += [next(prose) + decoy, sentence + dice.pick(words["closing"])]
    if manner.numbering == "chapters":
        chapters.append(dice.pick(words["sections"]))
        paragraphs.append(f"{chinese(len(chapters))}、{chapters[-1]}")
    facts = {
        "title": "".join(manner.title).removesuffix("（征求意见稿）"),
        "programme": manner.programme,
        "year": manner.year,
        "batch": manner.batch,
        "declared": declared,
        "common": {
            "duration": duration and {"status": "stated", "label": None, "text": duration[1], "value": duration[2]}
        },
        "conditions": [],
        "previous": previous,
        "basis": basis,
    }
    return Opening(tuple(paragraphs), len(chapters), facts)


def _basis(dice: Dice) -> tuple[str, list[Value]]:
    """根据《…》（国发〔2014〕64号）和《…》要求，结合《…》任务安排，"""
    words = pool("introduction")["basis"]
    documents = [
        {"title": row["title"], "number": row.get("number")}
        for row in dice.some(words["documents"], dice.between(1, 3))
    ]
    printed = dice.pick(words["opens"])
    for number, document in enumerate(documents):
        printed += dice.pick(words["joins"]) if number else ""
        printed += f"《{document['title']}》" + (f"（{document['number']}）" if document["number"] else "")
    printed += dice.pick(words["closes"])
    if dice.chance(0.5):
        documents.append({"title": dice.pick(words["plans"]), "number": None})
        printed += dice.pick(words["further"]).format(doc=f"《{documents[-1]['title']}》")
    return printed, documents


def _previous(dice: Dice, year: int) -> tuple[str, Value]:
    """Whom the round of the year before supported, all of them by name."""
    words = pool("partners")
    countries = dice.some(words["country"], dice.between(3, 20))
    printed = [row["name"] for row in countries]
    found = [partner(row["name"], row["code"]) for row in countries]
    if dice.chance(0.4):
        part: dict[str, Any] = dice.pick([row for row in words["province"] if row["country"] == "CA"])
        canada = by_code("CA")
        taken = [place for place, row in enumerate(countries) if row["code"] == "CA"]
        at = taken[0] if taken else 0
        printed[at] = f"加拿大（{part['name']}）"
        below = {"name": part["name"], "code": part["code"]}
        found[at] = partner(canada["name"], canada["code"], subdivision=below)
    for row in dice.some(words["organisation"], dice.between(0, 3)):
        printed.append(row["printed"])
        found.append(partner(row["name"], row["code"], "organisation"))
    sentence = dice.pick(pool("introduction")["previous"])
    said = sentence.format(past=year - 1, list="、".join(printed), n=len(found))
    return said, {"year": year - 1, "count": len(found), "partners": found}
