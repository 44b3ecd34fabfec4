"""A call of one family: its chapters in order, and the record that a careful reader would write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from extract.model.fields import FIELDS as REGISTRY
from tests.drift.calls.chapters import LEVELS, Chapter, Writer, contact, merged_other, prose
from tests.drift.document import Document, Kind, Look, Paragraph, Run
from tests.drift.fields.heading import partner
from tests.drift.fields.requirements import lifted
from tests.drift.guide_text import GuideText
from tests.drift.supply.chinese_numbers import Value, absent
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

CALLS = ("bilateral", "nsfc", "provincial", "local-science")
"""Names of families, which are those of their profiles."""
_INHERITED = ("agreement", "fields", "funding", "duration", "requirements")

Row = dict[str, Any]
Blocks = list[Paragraph]


def call_text(seed: int, family: str, dice: Dice) -> GuideText:
    """The call of this seed, as a person would set it at random."""
    year = dice.between(2018, 2026)
    writer = Writer(dice, year, dice.pick(LEVELS), dice.pick(((2, 3), (1, 2), (3, 3), (1, 1))))
    title, truth, blocks = _FAMILIES[family](writer, family)
    before = [_paragraph(title, "title")]
    if family == "bilateral" or dice.chance(0.3):
        before.append(_paragraph(dice.pick(pool("calls")["around"]["salutation"]), "flush"))
    before.append(_paragraph(dice.pick(pool("calls")["around"]["opening"])))
    behind = []
    if family == "bilateral" or dice.chance(0.3):
        behind.append(_paragraph(dice.pick(pool("calls")["around"]["signature"]), "right"))
        behind.append(_paragraph(f"{year}年{dice.between(1, 12)}月{dice.between(1, 28)}日", "right"))
    look = Look(
        font=dice.between(0, 11),
        size=dice.pick((10.5, 12, 14, 16)),
        leading=dice.pick((1.3, 1.5, 1.75, 2)),
        margin=dice.pick((56, 72, 80, 90)),
        justified=dice.chance(0.7),
    )
    return GuideText(Document((*before, *blocks, *behind), look), truth)


def _paragraph(words: str, kind: Kind = "body", section: str | None = None, *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(words, bold),), kind, section)


# ── one section ───────────────────────────────────────────────────────────────────────────────────────


def _whole(writer: Writer, family: str) -> tuple[str, Value, Blocks]:
    """A call that is one section: each chapter is a field."""
    dice = writer.dice
    row: Row = dice.pick(pool("partners")["country"])
    title = dice.pick(pool("calls")["title"][family]).format(year=writer.year, **row)
    first = [writer.chapter("fields")]
    if dice.chance(0.3):
        first.insert(0, writer.chapter("agreement"))
    kinds = ["count_and_funding"] if dice.chance(0.4) else ["project_count", "funding"]
    chapters = first + [writer.chapter(kind) for kind in dice.some([*kinds, "duration"], 3)]
    chapters.append(writer.chapter("requirements"))
    chapters += [prose(writer, "procedure", held=True)] if dice.chance(0.5) else []
    chapters += [contact(writer)] if dice.chance(0.6) else []
    if family == "nsfc" and dice.chance(0.5):
        chapters = [Chapter("项目说明", below=tuple(chapters[: len(first) + 2])), *chapters[len(first) + 2 :]]
    elif dice.chance(0.4):
        chapters.insert(0, prose(writer, "background", held=False))
    named = _subject(title)
    fields = lifted({name: absent() for name in REGISTRY} | _fields_of(chapters), "requirements")
    section = {
        "id": f"{writer.year}/1",
        "number": "1",
        "title": named,
        "partners": [partner(row["name"], row["code"])],
        **fields,
        "other": _other_of(chapters),
    }
    return title, _truth(writer, title, [section], {}, None), list(_written(writer, chapters, "1"))


def _subject(title: str) -> str:
    """What a letter calls for, and a guide of the foundation is of."""
    for start in ("关于征集", "关于组织申报", "关于开展征集", "关于发布", "国家自然科学基金委员会"):
        title = title.removeprefix(start)
    return title.removesuffix("的通知").removesuffix("指南")


# ── sections, and what holds for all of them ──────────────────────────────────────────────────────────


def _province(writer: Writer, family: str) -> tuple[str, Value, Blocks]:
    """Topics with chapters of their own, and chapters for all."""
    dice, words = writer.dice, pool("calls")
    place = dice.pick(words["places"][family])
    title = dice.pick(words["title"][family]).format(year=writer.year, place=place)
    rows: list[Row] = dice.some(pool("partners")["country"], dice.between(2, 5))
    sections, topics = [], []
    own = ["fields", *dice.some(["funding", "project_count", "requirements"], dice.between(1, 2))]
    for number, row in enumerate(rows, 1):
        is_free = number == len(rows) and dice.chance(0.3)
        named = dice.pick(words["topics"]["free" if is_free else "partner"]).format(place=place, **row)
        below = tuple(writer.chapter(kind) for kind in own)
        topics.append(Chapter(named, below=below, section=str(number)))
        partners = [] if is_free else [partner(row["name"], row["code"])]
        sections.append(_section(writer, number, named, partners, below))
    above = Chapter(writer.name("topics"), below=tuple(topics))
    kinds = [kind for kind in ("funding", "duration", "requirements") if kind not in own]
    return _with_common(writer, title, sections, above, kinds, title.split("年度")[-1].split("年", 1)[-1])


def _city(writer: Writer, family: str) -> tuple[str, Value, Blocks]:
    """Directions in prose, and chapters for all."""
    dice, words = writer.dice, pool("calls")
    place, topic = dice.pick(words["places"][family]), dice.pick(words["places"]["fields"])
    title = dice.pick(words["title"][family]).format(year=writer.year, place=place, field=topic)
    sections, directions = [], []
    for number, named in enumerate(dice.some(words["around"]["directions"], dice.between(2, 6)), 1):
        content = dice.some(words["around"]["content"], dice.between(1, 2))
        directions.append(Chapter(named, ("".join(content),), section=str(number)))
        section = _section(writer, number, named, [], ())
        points = {"lead": None, "items": [{"marker": None, "text": text, "items": []} for text in content]}
        section["content"] = {"status": "stated", "label": None, "text": "".join(content), "value": points}
        sections.append(section)
    above = Chapter(writer.name("directions"), below=tuple(directions))
    kinds = ["funding", "duration", "requirements"]
    return _with_common(writer, title, sections, above, kinds, title.split("年度")[-1].split("年", 1)[-1])


def _section(writer: Writer, number: int, title: str, partners: list[Value], below: Sequence[Chapter]) -> Value:
    return {
        "id": f"{writer.year}/{number}",
        "number": str(number),
        "title": title,
        "partners": partners,
        **lifted({name: absent() for name in REGISTRY} | _fields_of(below), "requirements"),
        "other": _other_of(below),
    }


def _with_common(
    writer: Writer, title: str, sections: list[Value], above: Chapter, kinds: Sequence[str], programme: str
) -> tuple[str, Value, Blocks]:
    """The call with chapters that hold for all its sections around them."""
    dice = writer.dice
    common = [writer.chapter(kind, each=True) for kind in dice.some(kinds, dice.between(1, len(kinds)))]
    chapters = [prose(writer, "background", held=False)] if dice.chance(0.5) else []
    chapters += [above, *common]
    chapters += [prose(writer, "procedure", held=True)] if dice.chance(0.4) else []
    chapters += [contact(writer)] if dice.chance(0.5) else []
    shared = lifted(_fields_of(common), "common")
    for section in sections:
        for name in _INHERITED:
            if name in shared and section[name]["status"] == "absent":
                section[name] = shared[name] | {"status": "inherited", "label": None}
    for ending in ("项目申报指南", "申报指南"):
        programme = programme.removesuffix(ending)
    truth = _truth(writer, title, sections, shared, programme)
    return title, truth, list(_written(writer, chapters, None))


# ── the record, and the document ──────────────────────────────────────────────────────────────────────


def _all(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _all(chapter.below)


def _fields_of(chapters: Sequence[Chapter]) -> Value:
    return {name: value for chapter in _all(chapters) for name, value in chapter.fields.items()}


def _other_of(chapters: Sequence[Chapter]) -> list[Value]:
    return merged_other(list(_all(chapters)))


def _truth(writer: Writer, title: str, sections: list[Value], common: Value, programme: str | None) -> Value:
    common = dict(common)
    conditions = common.pop("conditions", [])
    facts: Value = {
        "title": title,
        "programme": programme,
        "year": writer.year,
        "batch": None,
        "declared": dict.fromkeys(("partners", "directions", "projects", "funding")),
        "common": common,
        "conditions": conditions,
        "previous": None,
        "basis": [],
    }
    return {"guide": facts, "sections": sections}


def _written(writer: Writer, chapters: Sequence[Chapter], section: str | None, level: int = 0) -> Iterator[Paragraph]:
    """The paragraphs of chapters with their marks."""
    for number, chapter in enumerate(chapters, 1):
        own = chapter.section or section
        words = writer.mark(level, number) + chapter.name
        yield _paragraph(words, "body", own, bold=True)
        yield from (_paragraph(words, "body", own) for words in chapter.paragraphs)
        yield from _written(writer, chapter.below, own, level + 1)


_FAMILIES: dict[str, Callable[[Writer, str], tuple[str, Value, Blocks]]] = {
    "bilateral": _whole,
    "nsfc": _whole,
    "provincial": _province,
    "local-science": _city,
}
