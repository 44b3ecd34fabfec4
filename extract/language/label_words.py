"""The words beside a label: marks (★, 新增), and what holds for the value as if it stood there (每项, 上限, 万元)."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.language.currencies import currency_codes
from extract.model.text import APART, Text, join_texts

_INSIDE = r"(?:[^（）【】〔〕\[\]。；\n]|（[^（）\n]{0,12}）){1,24}"
BRACKET = rf"(?:（{_INSIDE}）|\[{_INSIDE}\]|〔{_INSIDE}〕|【{_INSIDE}】)"
# Signs before a label, as those of a list or of what is new; the forms of Text.plain.
SIGNS = "-★☆▲△▼▽*●〇•·◆◇■□※◎⊙◈▶►→✱✦#§√✓"
# Words that say when something came into the guide, and nothing of the value.
MARK = "(?:本次|今年|本年度?)?(?:新增|新设|修订|修改|更新|更正|调整|变更|补充)"

_ORDINAL = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z]")
_EMPTY = f"{MARK}|新|如有|如下|见下|名称|全称|必填|选填|可选|可多选"
_EITHER = re.compile("[个项]目?[/、或][个项]目?")  # 项/个
_UNIT_IS = re.compile("^(?:金额|经费|计量)?单位[：为]?")
_PER = r"(?: */ *每?[\u4e00-\u9fff]{1,5})*"


_AHEAD = re.compile(rf"[{SIGNS}][{SIGNS} ]*|{BRACKET}(?=.)")
_BEHIND = re.compile(rf"(?<=.){BRACKET}：?$")


class LabelWords(NamedTuple):
    """What the brackets and words beside a label say: the unit of bare figures, and other words, in their order."""

    unit: Text | None
    words: Text | None


@cache
def _unit() -> re.Pattern[str]:
    """Return the pattern of units: 万元, 亿元人民币, 万美元, 万元/项, 个, 项, 个月, 年."""
    currencies = "|".join(map(re.escape, currency_codes()))
    money = rf"(?:人民币)?(?P<money>(?:[百千十]?[万亿])?(?:元|{currencies})(?:人民币)?{_PER})(?:人民币)?"
    return re.compile(rf"{money}|(?P<count>个项目|个月|[个项年]){_PER}")


def read_label_words(pieces: Sequence[Text]) -> LabelWords:
    """Read the brackets beside a label: （万元）, （每项，单位：万元）; numbers and marks say nothing."""
    unit, words = None, []
    brackets = [piece[slice(*match.span())] for piece in pieces for match in re.finditer(BRACKET, piece.plain)]
    for inner in (bracket[1:-1].strip() for bracket in brackets):
        parts = inner.split("[，、；]")
        units = [_unit_in(part) if unit is None else None for part in parts]
        unit = unit or next(filter(None, units), None)
        rest = [part for part, found in zip(parts, units, strict=True) if found is None] if any(units) else [inner]
        words += [part for part in rest if part and not _says_nothing(part.plain)]
    joined = [piece for part in words for piece in (part.glue(f"，{APART}"), part)][1:]
    return LabelWords(unit, join_texts(joined, words[0]) if words else None)


def _unit_in(part: Text) -> Text | None:
    """Return the unit that words are: 万元 of 单位：万元 and of 人民币万元."""
    named = _UNIT_IS.match(part.plain)
    bare = part[named.end() if named else 0 :].strip()
    if _EITHER.fullmatch(bare.plain):
        return bare[:1]
    match = _unit().fullmatch(bare.plain)
    return (bare.group(match, "money") or bare) if match else None


def _says_nothing(plain: str) -> bool:
    return _ORDINAL.fullmatch(plain) is not None or re.fullmatch(_EMPTY, plain) is not None


def name_of(words: str) -> str:
    """Return a label, in the forms of Text.plain and without space, as a profile names it: ★拟支持经费（万元）.

    >>> name_of("★【新增】拟支持经费（每项）（万元）：")
    '拟支持经费'
    """
    while match := _BEHIND.search(words):
        words = words[: match.start()]
    while match := _AHEAD.match(words):
        words = words[match.end() :]
    return words.rstrip("：")
