"""The grammar that counts and money share: bounds, ranges, 每个…, 各…, totals with 其中, tracks.

A text is read as a row of mentions (不超过 6个项目) with names between them (1）联合研究项目，…). Every word
has to be part of a mention, a name, or one of the words that say nothing here; else nothing is read at all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.cite import cite
from extract.text import Text
from extract.values import Track

PROJECTS = "项"  # the unit of counts; every other unit is a currency
HIGH = "不得?能?超过|不多于|不高于|最多|至多|最高|最大|上限为?"
LOW = "不少于|不低于|至少|最少|最低"
ABOUT = "约为|约|大约|预计|大致"
LIMITS = "左右|上下|以内|之内|以下|以上"
_EACH = "各(?:支持|资助|安排)?"
# Words around a number that change nothing about it.
_FILL = (
    "原则上|一般|拟|共计|总共|合计|总计|共|总数|总额|总经费|计划|将|支持|资助|安排|立项|部署|其中|包括|国拨|中央财政|财政|专项|经费|资金|总"
    r"|概算|预算|数量|任务|控制在|为|在|均|约合|(?:19|20)\d\d *年度?|人民币"
)
_MARKER = re.compile(
    r"[ \n\u2028，、；。：]*(?:（?\d{1,2}[）、.]|[①-⑳]|[一二三四五六七八九十]、|（[一二三四五六七八九十]）)"
)
_EDGES = " \n\u2028，、；。：（）"
_EMPTY = re.compile(r"(?:项目(?:数量|总数|数)?|其中|和|以及|及|的)*")
_NO_NAME = re.compile(r"[\d。]|或|若干|视|按|根据|详见|待定|数|多$|几|余|近|上$|每年|第.年|年度$")
# Whose money it is: no part of the section's total.
_OTHERS = re.compile("方$|方(?:出资|资助|提供|经费|投入)|企业|自筹|配套|地方|单位|匹配")


@dataclass(frozen=True)
class Mention:
    """One quantity as the guide words it: bounds (None where open), and what it is said of."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    place: slice
    name: Text
    said: slice  # from the start of the name to the end of the mention
    marked: bool
    per: str | None = None
    each: bool = False
    approximate: bool = False


@dataclass(frozen=True)
class Quantities:
    """What a text says: at most one total, at most one figure per something, and tracks."""

    total: Mention | None
    per: Mention | None
    each: Mention | None
    tracks: tuple[Mention, ...]
    place: slice


_Name = tuple[Text, int, bool]
Bounds = Callable[[re.Match[str]], tuple[Decimal | None, Decimal | None, str] | None]


def pattern(quantity: str, per: str) -> re.Pattern[str]:
    """A pattern for mentions: `quantity` is a number with its unit, `per` what 每个 may stand before."""
    words = rf"{HIGH}|{LOW}|{ABOUT}|{_EACH}|{per}|{_FILL}|[ ：（]"
    return re.compile(
        rf"(?P<before>(?:{words})*)(?P<quantity>{quantity})(?P<after>(?:{LIMITS}| )*)"
        r"(?P<slash>/ *每?(?:个项目|项目?|个))?"
    )


def read(
    text: Text, mention: re.Pattern[str], per: re.Pattern[str], asides: re.Pattern[str], bounds: Bounds
) -> Quantities | None:
    """The quantities of a text, or None where any of its words is not understood."""
    plain = asides.sub(lambda m: " " * len(m[0]), text.plain)
    found: list[Mention] = []
    end = 0
    for match in mention.finditer(plain):
        one = _mention(match, _name(text, plain, slice(end, match.start()), len(found) + 1), per, bounds)
        if one is None:
            return None
        found.append(one)
        end = match.end()
    if not found or _EMPTY.fullmatch(plain[end:].strip(_EDGES)) is None:
        return None
    return _assemble(_merge(found))


def _name(text: Text, plain: str, between: slice, due: int) -> _Name:
    """What stands before a mention without its marker and punctuation, where that starts, and whether it is marked.

    A marker has the number that is due and a name after it: in 7、8个项目 the 7 is none.
    """
    start, end = between.start, between.stop
    marker = _MARKER.match(plain, start, end)
    marked = bool(marker and _ordinal(marker[0]) == due and plain[marker.end() : end].strip(_EDGES))
    start = marker.end() if marker and marked else start
    bare = plain[start:end].lstrip(_EDGES).removeprefix("其中").lstrip(_EDGES)
    start = end - len(bare)
    return text[start : start + len(bare.rstrip(_EDGES))], start, marked


def _ordinal(marker: str) -> int | None:
    """The number of a marker: 2 for 2）, （2）, ② or 二、."""
    digits = re.search(r"\d+|[①-⑳]|[一二三四五六七八九十]", marker)
    if not digits:
        return None
    if "①" <= digits[0] <= "⑳":
        return ord(digits[0]) - ord("①") + 1
    return int(digits[0]) if digits[0].isdigit() else "一二三四五六七八九十".index(digits[0]) + 1


def _mention(match: re.Match[str], named: _Name, per: re.Pattern[str], bounds: Bounds) -> Mention | None:
    name, start, marked = named
    got = bounds(match)
    if got is None:
        return None
    low, high, unit = got
    before, after = match["before"], match["after"]
    lower = bool(re.search(LOW, before)) or "以上" in after
    upper = bool(re.search(HIGH, before)) or bool(re.search("以内|之内|以下", after))
    if (lower and upper) or ((lower or upper) and low != high) or (low is not None and high is not None and low > high):
        return None
    said_per = per.search(before)
    if _EMPTY.fullmatch(name.plain):
        name = name[:0]
    elif len(name) < 2 or _NO_NAME.search(name.plain) or (unit != PROJECTS and _OTHERS.search(name.plain)):
        return None
    return Mention(
        low=None if upper else low,
        high=None if lower else high,
        unit=unit,
        place=slice(match.start(), match.end()),
        name=name,
        said=slice(start, match.end()),
        marked=marked,
        per=(said_per["unit"] or "项目") if said_per else "项目" if match["slash"] else None,
        each="各" in before,
        approximate=bool(re.search(ABOUT, before)) or bool(re.search("左右|上下", after)),
    )


def _merge(found: list[Mention]) -> list[Mention]:
    """不少于5个，不超过8个 is one mention: 5 to 8."""
    merged: list[Mention] = []
    for one in found:
        if merged and _completes(merged[-1], one):
            last = merged.pop()
            low, high = (last.low, one.high) if one.low is None else (one.low, last.high)
            one = replace(last, low=low, high=high, place=slice(last.place.start, one.place.stop))
        merged.append(one)
    return merged


def _completes(last: Mention, one: Mention) -> bool:
    """Whether a mention is nothing but the other bound of the one before it."""
    plain = not one.name and not one.per and not one.each and one.unit == last.unit
    return plain and (last.low is None) != (one.low is None) and (last.high is None) != (one.high is None)


def _assemble(found: Sequence[Mention]) -> Quantities | None:
    """Totals, figures per something and tracks sorted out; None where they cannot all be true."""
    per = [one for one in found if one.per]
    each = [one for one in found if one.each and not one.per]
    rest = [one for one in found if not one.per and not one.each]
    tracks = [one for one in rest if one.name]
    totals = [one for one in rest if not one.name]
    whole = slice(found[0].place.start, found[-1].place.stop)
    if len(totals) > 1 or len(per) > 1 or len(each) > 1 or len({one.unit for one in found}) > 1:
        return None
    if any(one.name for one in per + each) or (each and (rest or per)) or any(_reversed(one) for one in found):
        return None
    if len(tracks) == 1 and not tracks[0].marked and not totals:
        return None
    if tracks and totals and not _agree(totals[0], tracks):
        return None
    return Quantities(next(iter(totals), None), next(iter(per), None), next(iter(each), None), tuple(tracks), whole)


def _reversed(one: Mention) -> bool:
    return one.low is not None and one.high is not None and one.low > one.high


def _agree(total: Mention, tracks: Sequence[Mention]) -> bool:
    """Whether the tracks can be parts of the total; 其中 need not name them all."""
    low, _ = summed(tracks)
    return low is None or total.high is None or low <= total.high


def summed(tracks: Sequence[Mention]) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of a sum: open below where every part is, open above where any part is or there is none."""
    lows = [track.low for track in tracks if track.low is not None]
    highs = [track.high for track in tracks if track.high is not None]
    return (sum(lows, Decimal()) if lows else None), (
        sum(highs, Decimal()) if tracks and len(highs) == len(tracks) else None
    )


def whole(number: Decimal | None) -> int | None:
    """An end of a range as the record writes it."""
    return None if number is None else int(number)


def with_tail(text: Text, match: re.Match[str], tail: re.Pattern[str]) -> Text:
    """The words that a profile's pattern took for a value, with what follows and belongs to them (2年〔至3年〕)."""
    more = tail.match(text.plain, match.end("value"))
    return text[match.start("value") : more.end() if more else match.end("value")]


def track(one: Mention, text: Text) -> Track:
    """A named part of a total."""
    return Track(name=one.name.printed, min=whole(one.low), max=whole(one.high), evidence=cite(text[one.said]))
