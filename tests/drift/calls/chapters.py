"""The chapters of a call: a name, paragraphs, and the fields that they state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.drift.calls.wordings import wording
from tests.drift.fields import count, money, topics
from tests.drift.fields.duration import core
from tests.drift.fields.requirements import point
from tests.drift.fields.trees import topic
from tests.drift.supply.chinese_numbers import Said, Value, one
from tests.drift.supply.chinese_numbers import field as stated
from tests.drift.supply.numerals import chinese, dash
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

_MONEY = ("per_only", "per_only", "upto", "wan", "total_per", "range", "around")
_EACH = ("per_only",)
_COUNTS = ("exact", "upto", "range", "around", "hanzi")
_DURATIONS = ("exact", "upto", "range", "months", "hanzi")
_TOPICS = ("flat", "semicolons", "framed")
LEVELS = (
    ("{cn}、", "（{cn}）", "{n}.", "（{n}）"),
    ("{cn}、", "（{cn}）", "{n}.", "①"),
    ("第{cn}部分 ", "{cn}、", "（{cn}）", "{n}."),
    ("{cn}、", "{n}.", "（{n}）", "①"),
)
"""The marks of chapters on three levels, and of points."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name, its own paragraphs, the fields and other parts that they are, and chapters below."""

    name: str
    paragraphs: tuple[str, ...] = ()
    fields: Value = field(default_factory=dict)
    other: tuple[Value, ...] = ()
    below: tuple[Chapter, ...] = ()
    section: str | None = None


@dataclass(frozen=True)
class Writer:
    """How a call writes: the marks of its levels, its year, and how long its projects run."""

    dice: Dice
    year: int
    marks: tuple[str, str, str, str]
    span: tuple[int, int]

    def mark(self, level: int, number: int) -> str:
        if self.marks[level] == "①":
            return chr(ord("①") + number - 1)
        return self.marks[level].format(n=number, cn=chinese(number))

    def name(self, kind: str) -> str:
        name: str = self.dice.pick(pool("calls")["names"][kind])
        return name

    def chapter(self, kind: str, *, each: bool = False) -> Chapter:
        """A chapter of a field; `each`: money is that of each project, as it is where it holds for all sections."""
        return _WRITERS[kind](self, each)


def _of_field(writer: Writer, kind: str, said: Said) -> Chapter:
    name = writer.name(kind)
    return Chapter(name, said.paragraphs, {kind: stated(name, said)})


def _fields(writer: Writer, _: bool) -> Chapter:
    dice = writer.dice
    if dice.chance(0.35):
        return _of_field(writer, "fields", _listed(writer))
    return _of_field(writer, "fields", topics.topics(dice, dice.pick(_TOPICS), indented=True))


def _listed(writer: Writer) -> Said:
    """A topic to a paragraph, with the marks of points."""
    names = writer.dice.some(pool("topics")["names"], writer.dice.between(2, 5))
    marks = [writer.mark(3, number) for number in range(1, len(names) + 1)]
    items = [topic(name, marker=mark) for name, mark in zip(names, marks, strict=True)]
    ends = ["；"] * (len(names) - 1) + ["。"] if writer.dice.chance(0.5) else [""] * len(names)
    paragraphs = [f"{mark}{name}{end}" for mark, name, end in zip(marks, names, ends, strict=True)]
    return Said(tuple(paragraphs), topics.value(items))


def _count(writer: Writer, each: bool) -> Chapter:
    if not each and writer.dice.chance(0.3):
        return _of_field(writer, "project_count", wording(writer.dice, "project_count", writer.year))
    return _of_field(writer, "project_count", count.counts(writer.dice, writer.dice.pick(_COUNTS)))


def _money(writer: Writer, each: bool) -> Chapter:
    if not each and writer.dice.chance(0.4):
        return _of_field(writer, "funding", wording(writer.dice, "funding", writer.year))
    return _of_field(writer, "funding", money.moneys(writer.dice, writer.dice.pick(_EACH if each else _MONEY)))


def _count_and_money(writer: Writer, _: bool) -> Chapter:
    """支持数量及资助标准: 拟支持10项，每项不超过50万元。"""
    dice, name = writer.dice, writer.name("count_and_funding")
    low = dice.between(2, 20)
    counts = [
        (f"{dice.pick(('拟支持', '共支持', ''))}{low}{dice.pick(('项', '个项目'))}", count.count(low, low)),
        (f"不超过{low}项", count.count(None, low)),
        (f"{low}{dash(dice)}{low + 3}项", count.count(low, low + 3)),
    ]
    words, many = dice.pick(counts)
    share, each = money.per_project(dice)
    text = f"{words}，{dice.pick(('每个项目', '每项'))}{share}。"
    funding = money.money(None, None, per_project=each)
    fields = {"project_count": stated(name, one(text, many)), "funding": stated(name, one(text, funding))}
    return Chapter(name, (text,), fields)


def _duration(writer: Writer, _: bool) -> Chapter:
    if writer.dice.chance(0.3):
        return _of_field(writer, "duration", wording(writer.dice, "duration", writer.year))
    words, value = core(writer.dice, writer.dice.pick(_DURATIONS), writer.span, writer.year)
    return _of_field(writer, "duration", one(f"{words}。", value))


def _requirements(writer: Writer, _: bool) -> Chapter:
    """Points with marks, a paragraph to each, or one paragraph of sentences."""
    rows = writer.dice.some(pool("calls")["around"]["conditions"], writer.dice.between(2, 5))
    items = [point(f"{row['text']}。", ["other"], row["conditions"]) for row in rows]
    if writer.dice.chance(0.3):
        return _of_field(writer, "requirements", one("".join(item["text"] for item in items), _points(items)))
    marked = [item | {"marker": writer.mark(3, number)} for number, item in enumerate(items, 1)]
    paragraphs = tuple(item["marker"] + item["text"] for item in marked)
    return _of_field(writer, "requirements", Said(paragraphs, _points(marked)))


def _points(items: Sequence[Value]) -> Value:
    return {"lead": None, "items": list(items)}


def _agreement(writer: Writer, _: bool) -> Chapter:
    document = f"《关于{writer.year - 2}年度联合征集项目的谅解备忘录》"
    value = {"documents": [{"title": document[1:-1], "kind": "memorandum"}], "remarks": []}
    return _of_field(writer, "agreement", one(document + "。", value))


_WRITERS: dict[str, Callable[[Writer, bool], Chapter]] = {
    "agreement": _agreement,
    "fields": _fields,
    "project_count": _count,
    "funding": _money,
    "count_and_funding": _count_and_money,
    "duration": _duration,
    "requirements": _requirements,
}


def contact(writer: Writer) -> Chapter:
    """Whom to ask, each under a label of its own."""
    dice = writer.dice
    named = [("联系人", f"{dice.pick('王李张刘陈')}老师"), ("联系电话", f"010-588{dice.between(10000, 99999)}")]
    other = tuple({"label": label, "text": text} for label, text in named)
    return Chapter(writer.name("contact"), tuple(f"{label}：{text}" for label, text in named), other=other)


def prose(writer: Writer, kind: str, *, held: bool) -> Chapter:
    """A chapter of words that are no field; `held`: its words are a part of their own in the record."""
    words = tuple(writer.dice.some(pool("calls")["around"][kind], writer.dice.between(1, 2)))
    name = writer.name(kind)
    return Chapter(name, words, other=({"label": name, "text": "".join(words)},) if held else ())


def merged_other(chapters: Sequence[Chapter]) -> list[Value]:
    return [part for chapter in chapters for part in chapter.other]
