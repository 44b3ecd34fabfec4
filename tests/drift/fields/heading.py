"""The title of a section, and with whom it says the work is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.drift.supply.chinese_numbers import Value
from tests.drift.supply.seeded_random import Dice
from tests.drift.supply.word_pools import pool


@dataclass(frozen=True)
class Title:
    """A title with its partners; `partner` has the names that agreements and requirements use."""

    words: str
    partners: tuple[Value, ...]
    partner: dict[str, Any]


def partner(
    name: str, code: str, kind: str = "country", *, subdivision: Value | None = None, agency: str | None = None
) -> Value:
    return {"name": name, "code": code, "kind": kind, "subdivision": subdivision, "agency": agency}


def title(dice: Dice, form: str, year: int) -> Title:
    """A title that names its partner in one of the forms."""
    makers = {
        "group": _group, "region": _region, "beyond": _beyond, "agency": _agency, "special": _special,
        "special_long": _special, "together": _together, "province": _province,
    }  # fmt: skip
    if form in makers:
        return makers[form](dice, form, year)
    return _country(dice, form, year)


def of_country(row: dict[str, Any], words: str) -> Title:
    return Title(words, (partner(row["name"], row["code"]),), row)


def by_code(code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in pool("partners")["country"] if row["code"] == code)
    return found


def tail(dice: Dice, form: str, year: int) -> str:
    """The end of a title."""
    tails = pool("partners")["tails"]
    kind = form if form in tails else "long" if form == "special_long" else "usual"
    words: str = dice.pick(tails[kind])
    return words.format(year=year)


def _country(dice: Dice, form: str, year: int) -> Title:
    """中美…, 中国和美国…, 中国美国…: joined by what the form says, with its end."""
    row = dice.pick(pool("partners")["country"])
    joins = {"and": "和", "with": "与", "whole": "", "dash": dice.pick("—-")}
    if form in joins:
        return of_country(row, f"中国{joins[form]}{row['name']}{tail(dice, 'usual', year)}")
    head = f"中{row['short']}" if form == "short" or dice.chance(0.4) else f"中国{dice.pick('和与')}{row['name']}"
    return of_country(row, head + tail(dice, form, year))


def _province(dice: Dice, form: str, year: int) -> Title:
    part = dice.pick(pool("partners")["province"])
    row = by_code(part["country"])
    below = {"name": part["name"], "code": part["code"]}
    words = dice.pick((f"中{row['abbr']}（{part['name']}）", f"中国与{row['name']}{part['name']}"))
    return Title(words + tail(dice, form, year), (partner(row["name"], row["code"], subdivision=below),), row)


def _group(dice: Dice, form: str, year: int) -> Title:
    row = dice.pick(pool("partners")["group"])
    heads = [f"中国—{row['name']}", f"中国与{row['name']}", f"中国-{row['name']}"]
    if "short" in row:
        heads += [f"中{row['short']}"] * 3
    if row.get("alone"):
        heads = [row["name"]]
    return _other(row, "group", dice.pick(heads) + tail(dice, form, year))


def _region(dice: Dice, form: str, year: int) -> Title:
    row = dice.pick(pool("partners")["region"])
    return _other(row, "region", f"中国{dice.pick('和与')}{row['printed']}{tail(dice, form, year)}")


def _beyond(dice: Dice, form: str, year: int) -> Title:
    row = dice.pick(pool("partners")["organisation"])
    return _other(row, "organisation", f"中国与{row['printed']}{dice.pick(('合作项目', '联合研究项目'))}")


def _other(row: dict[str, Any], kind: str, words: str) -> Title:
    return Title(words, (partner(row["name"], row["code"], kind),), row)


def _agency(dice: Dice, form: str, year: int) -> Title:
    """An agency stands for its country and is kept."""
    row = dice.pick(pool("partners")["agency"])
    country = by_code(row["country"])
    ours = dice.pick(("中国科技部", "中国科学技术部", "科技部"))
    words = f"{ours}与{row['printed']}{dice.pick(('合作项目', '联合资助项目', '联合资助研究项目'))}"
    return Title(words, (partner(country["name"], country["code"], agency=row["printed"]),), country)


def _special(dice: Dice, form: str, year: int) -> Title:
    row = dice.pick(pool("partners")["special"])
    ends = ("联合资助研发项目", "科技合作项目", "联合研究项目", "青年科学家交流项目", "联合实验室合作项目")
    more = ("（第二轮）", "“创新创业”", "面向民生科技与绿色低碳发展的重大疾病防控、先进制造和智慧城市建设")
    middle = dice.pick(more[1:]) if form == "special_long" else ""
    return _other(row, row["kind"], f"{row['home']}与{row['printed']}{middle}{dice.pick(ends)}")


def _together(dice: Dice, form: str, year: int) -> Title:
    row = dice.pick(pool("partners")["together"])
    countries = [by_code(code) for code in row["codes"]]
    found = tuple(partner(one["name"], one["code"]) for one in countries)
    return Title(row["printed"] + dice.pick(("联合研究项目", "三方合作项目", "合作项目")), found, countries[0])
