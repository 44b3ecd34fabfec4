"""The notice that issues a guide: its paragraphs, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tests.drift.document import Kind
from tests.drift.fields.moments import period
from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.layout_space import Spacing, spaced
from tests.drift.supply.numerals import DIGITS, chinese
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool

Line = tuple[Kind, str]
"""The kind of a paragraph (announcement, body, flush, centred, right, red), and its words."""
_BRACKETS = ("〔{}〕", "〔{}〕", "〔{}〕", "﹝{}﹞", "[{}]", "（{}）", "【{}】")
_PEOPLE = ("王老师", "李某某", "欧阳某", "赵某")
_ADDRESSES = ("program@example.org", "hezuo_2@example.com.cn")
_MARKS = ("", "{at}. ", "（{chinese}）", "{chinese}、")
_BEFORE_NOTICE = r"(?=的[通公][知告]$)"
_CUTS = ("(?!)", "(?!)", _BEFORE_NOTICE, "(?<=重点专项)", f"(?<=关于发布)|{_BEFORE_NOTICE}")


@dataclass(frozen=True)
class Announcement:
    """The paragraphs of a notice and its truth; `is_open` if nobody can tell the period from its words."""

    lines: tuple[Line, ...]
    document: Value
    is_open: bool


class _Matter(NamedTuple):
    """What a notice says on one thing: its heading, "" without one, its paragraphs, and the contacts that these name."""

    heading: str
    paragraphs: Sequence[str]
    contacts: Sequence[str] = ()


def announce(dice: Dice, title: str, year: int, habit: Spacing) -> Announcement:
    """A notice that issues the guide with this title."""
    words, issuer = pool("notice"), dice.pick(pool("notice")["issuers"])
    head, number = _head(dice, issuer, year)
    named = dice.pick((" ", "、")).join(issuer["signs"])
    heading = dice.pick(words["titles"]).format(body=named, title=title, year=year)
    taken = period(dice, year) if dice.chance(0.92) else None
    dated = _Matter(taken.heading, taken.paragraphs) if taken else None
    matters, contacts = _listed(dice, _matters(dice, year, dated))
    signature, day = _signature(dice, issuer["signs"], year) if dice.chance(0.85) else ([], None)
    if signature and dice.chance(0.2):
        contacts.append(f"（联系人：{dice.pick(_PEOPLE)}，联系电话：{_phone(dice)}）")
        signature.append(("body", contacts[-1]))
    blocks = [
        head,
        _lines("announcement", filter(None, re.split(dice.pick(_CUTS), heading))),
        _lines("centred", [number] if number and not head else []),
        _lines("flush", [dice.pick(words["addressed"])]),
        _lines("body", [dice.pick(words["opens"]), *matters]),
        _lines("body", [dice.pick(words["closings"])] if dice.chance(0.3) else []),
        *[_annexes(dice, title), signature][:: dice.pick((1, 1, 1, -1))],
        _lines("body", [dice.pick(words["below"])] if dice.chance(0.3) else []),
    ]
    headed = [issuer["head"].removesuffix("文件")] if head else []
    document = {
        "title": {"text": heading},
        "issuer": [{"text": body} for body in (issuer["signs"] if day or heading.startswith(named) else headed)],
        "number": {"text": number} if number else None,
        "date": {"date": day} if day else None,
        "period": taken.value if taken else None,
        "contacts": [{"text": one} for one in contacts],
    }
    lines = tuple((kind, spaced(one, dice, habit)) for block in blocks for kind, one in block)
    return Announcement(lines, document, is_open=taken is not None and taken.is_open)


def _lines(kind: Kind, paragraphs: Iterable[str]) -> list[Line]:
    return [(kind, words) for words in paragraphs]


# ── around the matters ────────────────────────────────────────────────────────────────────────────────


def _head(dice: Dice, issuer: Value, year: int) -> tuple[list[Line], str]:
    """A red head with the number of the notice, or none, and the number below the title; a notice may have no number."""
    if dice.chance(0.25):
        return [], ""
    bracket = dice.pick(_BRACKETS).format(year)
    number = f"{dice.pick(issuer['series'])}{bracket}{dice.between(1, 300)}号"
    head: list[Line] = [("red", issuer["head"]), ("centred", number)]
    return head[:: dice.pick((1, -1))] if dice.chance(0.5) else [], number


def _signature(dice: Dice, bodies: Sequence[str], year: int) -> tuple[list[Line], str]:
    """Who signs and when, as offices write it; and the day."""
    day = date(year, dice.between(1, 2), dice.between(1, 28))
    digits = "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", dice.pick("〇○零"))
    printed = dice.pick(
        (
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}年{day.month}月{day.day}日",
            f"{digits}年{chinese(day.month)}月{chinese(day.day)}日",
            f"{day.year}-{day.month:02}-{day.day:02}",
        )
    )
    signs = [" ".join(bodies[0])] if bodies == ["科技部"] and dice.chance(0.3) else bodies
    on_lines = ["  ".join(signs)] if dice.chance(0.5) else signs
    lines = [f"{on_lines[0]}  {printed}"] if len(on_lines) == 1 and dice.chance(0.2) else [*on_lines, printed]
    return _lines("right", lines), day.isoformat()


def _annexes(dice: Dice, title: str) -> list[Line]:
    """附件：1.… and below it 2.…, or the guide alone."""
    more = dice.some(pool("notice")["annexes"], dice.pick((0, 1, 2)))
    if not more:
        return _lines("body", [dice.pick(("附件：{}", "附件：1.{}", "附件1.{}", "附件1：{}")).format(title)])
    gap = dice.pick(("", " "))
    first, *rows = [f"{number}.{gap}{name}" for number, name in enumerate((title, *more), 1)]
    above = ["附件：", first] if dice.chance(0.2) else [f"附件：{first}"]
    return _lines("body", [*above, *rows])


# ── the matters ───────────────────────────────────────────────────────────────────────────────────────


def _matters(dice: Dice, year: int, taken: _Matter | None) -> list[_Matter]:
    """What else there is to say, when applications are taken, and to whom to turn."""
    days = {"y": year, "z": year + 3, "d": f"{year}年11月{dice.between(1, 20)}日", "e": f"12月{dice.between(1, 20)}日"}
    first, *asides = [
        _Matter("", [one.format(**days)]) for one in dice.some(pool("notice")["asides"], dice.between(1, 4))
    ]
    contacts = [_contacts(dice)] if dice.chance(0.85) else []
    return [first, *([taken] if taken else []), *asides, *contacts]


def _contacts(dice: Dice) -> _Matter:
    row = dice.pick(pool("notice")["contacts"])
    people, address = dice.some(_PEOPLE, 2), dice.pick(_ADDRESSES)
    filled = {"p": people[0], "q": people[1], "t": _phone(dice), "u": _phone(dice), "m": address}
    lines, said = ([words.format(**filled) for words in row[key]] for key in ("lines", "said"))
    return _Matter(row.get("heading", ""), lines, said)


def _phone(dice: Dice) -> str:
    line = dice.between(58000000, 58999999)
    return dice.pick((f"010-{line}", f"010-{line}", f"0551-{line}", f"{line}", f"139{line}", f"010—{line}"))


def _listed(dice: Dice, matters: Sequence[_Matter]) -> tuple[list[str], list[str]]:
    """The paragraphs of the matters, numbered or not, and all contacts. The number of a list stays before its words."""
    form, lines = dice.pick(_MARKS), list[str]()
    contacts: list[str] = []
    for at, matter in enumerate(matters, 1):
        mark = form.format(at=at, chinese=chinese(at))
        if matter.heading:
            lines += [mark + matter.heading, *matter.paragraphs]
            contacts += matter.contacts
        else:
            lines += [mark + matter.paragraphs[0], *matter.paragraphs[1:]]
            contacts += [(mark.strip() if number == 0 else "") + one for number, one in enumerate(matter.contacts)]
    return lines, contacts
