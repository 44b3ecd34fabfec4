"""A section: its labelled parts in order, as paragraphs, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extract.model.fields import FIELDS as REGISTRY
from tests.drift.fields import count, money, requirements, topics
from tests.drift.fields.agreement import agreements
from tests.drift.fields.duration import core, months
from tests.drift.fields.heading import Title
from tests.drift.fields.trees import mark
from tests.drift.guide_style import Manner
from tests.drift.supply.chinese_numbers import Said, Value, absent, field, one
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

FIELDS = ("agreement", "fields", "project_count", "funding", "duration", "requirements")


@dataclass(frozen=True)
class Part:
    """A label and the words after it; `field` is None for a part that no field takes."""

    label: str
    said: Said
    field: str | None


@dataclass(frozen=True)
class Body:
    """The parts of a section in order, and its fields as the record has them."""

    parts: tuple[Part, ...]
    fields: Value
    other: tuple[Value, ...]


def body(dice: Dice, manner: Manner, title: Title, declared: tuple[str, Value] | None) -> Body:
    """The parts of a section with such a title; `declared` is the duration that the introduction states."""
    said = _plan(dice, manner)
    has = {name: dice.chance(manner.rules["chance"][name]) for name in FIELDS}
    has["fields"] |= "各" in said["project_count"].text + said["funding"].text
    if manner.numbering == "none":
        has[first_label(manner)] = True
    if has["agreement"]:
        said["agreement"] = agreements(dice, title.partner, manner.year)
    span, more = _duration(dice, manner, declared, stated=has["duration"], asked=has["requirements"])
    if has["duration"]:
        words, value = core(dice, dice.pick(manner.rules["durations"]), manner.span, manner.year)
        said["duration"] = one(words + dice.pick(("。", "")), value)
    if has["requirements"]:
        said["requirements"] = _requirements(dice, manner, title, more)
    parts = [_part(dice, manner, name, said[name]) for name in FIELDS if name in said and has[name]]
    fields: Value = {name: absent() for name in REGISTRY} | {"duration": span}
    fields |= {part.field: field(part.label, part.said) for part in parts if part.field}
    if has["funding"] and dice.pick(manner.rules["moneys"]) == "per_label":
        parts += _per_label(dice, manner, fields)
    other = _others(dice) if dice.chance(manner.rules["chance"]["other"]) else []
    order = manner.rules["order"]
    ranked = sorted([*parts, *other], key=lambda part: order.index(part.field or "other"))
    named = tuple({"label": part.label, "text": part.said.text} for part in other)
    return Body(tuple(ranked), fields, named)


def first_label(manner: Manner) -> str:
    """The field whose label every section begins with where headings have no number."""
    first: str = next(name for name in manner.rules["order"] if name != "other")
    return first


def _plan(dice: Dice, manner: Manner) -> dict[str, Said]:
    """Fields, count and money that speak of the same parts, or each for itself."""
    rules, words = manner.rules, pool("topics")
    plan = dice.pick(rules["plans"])
    funding = money.moneys(dice, dice.pick([form for form in rules["moneys"] if form != "per_label"]))
    if plan == "tracks":
        names, style = dice.some(words["tracks"], 2), dice.pick(("{n}）", "{n}）", "（{n}）"))
        marked = [(mark(style, number), name) for number, name in enumerate(names, 1)]
        fields = topics.tracks(dice, names, [marker for marker, _ in marked])
        paid = money.tracks(dice, marked) if dice.chance(0.6) else funding
        return {"fields": fields, "project_count": count.tracks(dice, marked), "funding": paid}
    if plan == "each":
        names = dice.some(words["labs"], dice.between(2, 3))
        paid = money.each(dice, names) if dice.chance(0.3) else funding
        return {"fields": topics.labs(dice, names), "project_count": count.each(dice, names), "funding": paid}
    fields = topics.topics(dice, dice.pick(rules["topics"]), indented=manner.indented)
    many = count.per_field(dice) if plan == "per_field" else count.counts(dice, dice.pick(rules["counts"]))
    return {"fields": fields, "project_count": many, "funding": funding}


def _part(dice: Dice, manner: Manner, name: str, said: Said) -> Part:
    """A field under the guide's label for it, now and then under another of its year."""
    known = manner.rules["labels"].get(name) or pool("labels")[name]
    label = dice.pick(known) if dice.chance(0.15) else manner.labels[name]
    return Part(label, said, name)


def _duration(
    dice: Dice, manner: Manner, declared: tuple[str, Value] | None, *, stated: bool, asked: bool
) -> tuple[Value, list[Value]]:
    """The duration of a section without a label of its own, and the requirement that may tell it."""
    inherited = absent()
    if declared:
        inherited = {"status": "inherited", "label": None, "text": declared[0], "value": declared[1]}
    if stated or not asked or not dice.chance(0.2):
        return inherited, []
    words, years = pool("requirements"), manner.span[1]
    if dice.chance(0.5):
        x, value = dice.pick((f"不超过{years}年", f"不超过{12 * years}个月")), months(None, 12 * years)
        said = requirements.runs(dice.pick(words["bounds"]).format(x=x), 12 * years, op="at_most")
        own = {"status": "stated", "label": None, "text": x, "value": value}
        return (inherited if declared else own), [said]
    x, value = f"{years}年", months(12 * years, 12 * years)
    if declared and declared[1] == value:
        return inherited, []
    said = requirements.runs(dice.pick(words["fixes"]).format(x=x), 12 * years, op="equals")
    return {"status": "stated", "label": None, "text": x, "value": value}, [said]


def _requirements(dice: Dice, manner: Manner, title: Title, more: Sequence[Value]) -> Said:
    form = dice.pick([form for form in manner.rules["points"] if form != "none" or not more])
    if form == "none":
        return requirements.nothing(dice)
    row: dict[str, Any] = title.partner
    side = f"{row['abbr']}方" if "abbr" in row else "合作方"
    slots = {"side": side, "partner": row["name"], "ministry": row.get("ministry", row["name"])}
    return requirements.requirements(dice, form, slots, manner.year, more)


def _per_label(dice: Dice, manner: Manner, fields: Value) -> list[Part]:
    """A label of its own for what each project gets; only beside a total that says nothing of it."""
    value = fields["funding"]["value"]
    if value["per_project"] or value["tracks"]:
        return []
    words, share = money.per_project(dice)
    value["per_project"] = share
    return [Part(manner.labels["per_project"], one(words + "。", None), "funding")]


def _others(dice: Dice) -> list[Part]:
    labels = pool("parts")["labels"]
    return [
        Part(label, one(dice.pick(labels[label]), None), None)
        for label in dice.some(sorted(labels), dice.pick((1, 1, 2)))
    ]
