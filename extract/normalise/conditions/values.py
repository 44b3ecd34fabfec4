"""The value of a condition, from the words of a rule's groups: a count, a ratio, a day, a list of words."""

import re
from collections.abc import Callable

from extract.language import dates
from extract.language.numerals import parse_numeral
from extract.model.conditions import ConditionValue, Fact, Op, Unit
from extract.normalise.partners.gazetteer import Gazetteer
from extract.profile.schema import ConditionWords

_BETWEEN = re.compile(r"、|，|或者?|及其?|和|与")
_TO = "-~至到"
_HOUR = re.compile(" *\\d{1,2} *[时点：]")
_OTHERS = re.compile("等$|^其他")

Parse = Callable[[re.Match[str], ConditionWords], ConditionValue | None]


def _count(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    """Parse a count; one without a figure is one (须有企业参与)."""
    figure = match.groupdict().get("value")
    number = parse_numeral(figure) if figure else 1
    return int(number) if number is not None and number == int(number) else None


def _countries(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    """Parse a count of partner countries, of which ours is none: 至少三个国家（含中国） are two others."""
    number = parse_numeral(match["value"])
    return int(number) - bool(words.home.search(match.string)) if number is not None else None


def _age(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    """Parse the greatest age; 未满40周岁 is 39."""
    number = parse_numeral(match["value"])
    return int(number) - bool(match.groupdict().get("below")) if number is not None else None


def _months(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    number = parse_numeral(match["value"])
    months = number and (number if "月" in match["unit"] else number * 12)
    return int(months) if months and months == int(months) else None


def _ratio(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    """Parse a ratio of own money to the grant; 国拨与自筹比例为2：1 states the grant's share as `grant`."""
    if "value" not in match.re.groupindex:
        return 1.0  # 等额
    number, grant = parse_numeral(match["value"]), parse_numeral(match.groupdict().get("grant") or "1")
    if number is None or not grant:
        return None
    return float(number / 100 if match["unit"] == "%" else number / grant)


def _moment(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    """Parse the last day of a period, with its time if that is ours: not 布鲁塞尔时间17:00."""
    moment = dates.parse_closing_moment(match.string, match.start("value"))
    if moment is None:
        return None
    first = dates.parse_closing_moment(match["value"].rstrip(_TO), 0)
    if match["value"][-1] in _TO and first and moment.day == first.day and not _HOUR.match(match.string, match.end()):
        return None  # 受理时间2018年3月1日（含本日和次日的节假日）至3月30日: the last day was not found
    before, behind = (re.split("[，。；]", part) for part in (match.string[: match.end()], match.string[match.end() :]))
    return str(moment.day if words.foreign_time.search(before[-1] + behind[0]) else moment)


def _day(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    moment = dates.parse_closing_moment(match.string, match.start("value"))
    return str(moment.day) if moment else None


def _words(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    pieces = [piece.strip() for piece in _BETWEEN.split(match["value"])]
    return tuple(piece for piece in pieces if piece and not _OTHERS.search(piece)) or None


def _kinds(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    """Parse the kinds of units that words name, in their order; None where one of them is of no kind.

    等独立法人单位 at the end of a list is any other institution.
    """
    found = []
    others = match.groupdict().get("others") or ""
    for piece in [*_BETWEEN.split(match["value"].removesuffix(others)), *([others] if others else [])]:
        kind = next((kind for kind, pattern in words.unit_kinds.items() if pattern.search(piece)), None)
        if kind is None:
            return None
        found.append(kind)
    return tuple(dict.fromkeys(found))


def _address(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    return match["value"].replace("：", ":").rstrip(".,;") if match.groupdict().get("value") else True


def _true(match: re.Match[str], words: ConditionWords) -> ConditionValue | None:
    return True


# The usual comparison of each fact, the unit of its value, and how the value is parsed.
FACTS: dict[Fact, tuple[Op | None, Unit | None, Parse]] = {
    "enterprises": ("at_least", None, _count),
    "research_institutes": ("at_least", None, _count),
    "participants": ("at_most", None, _count),
    "subprojects": ("at_most", None, _count),
    "lead_units": ("equals", None, _count),
    "lead_kind": ("one_of", None, _kinds),
    "unit_kind": ("one_of", None, _kinds),
    "partner_kind": ("one_of", None, _kinds),
    "applications": ("at_most", None, _count),
    "running_projects": ("at_most", None, _count),
    "same_topic_elsewhere": ("equals", None, _true),
    "partner_countries": ("at_least", None, _countries),
    "partner_units": ("at_least", None, _count),
    "cofunding": ("equals", None, _true),
    "cofunding_ratio": ("at_least", "of_grant", _ratio),
    "partner_funding": ("one_of", None, _true),
    "requested_funding": ("at_most", "CNY", _count),
    "applied": ("one_of", None, _true),
    "parallel_application": ("equals", None, _true),
    "deadline": ("before", None, _moment),
    "agreement": ("equals", None, _true),
    "document": ("equals", None, _true),
    "online_form": ("equals", None, _address),
    "designated": ("equals", None, _true),
    "membership": ("equals", None, _true),
    "registered_in": ("one_of", None, _words),
    "registered_months": ("at_least", "months", _months),
    "registered": ("before", None, _day),
    "legal_person": ("equals", None, _true),
    "clean_record": ("equals", None, _true),
    "age": ("at_most", "years", _age),
    "born": ("after", None, _day),
    "qualification": ("one_of", None, _words),
    "working_months": ("at_least", "months", _count),
    "topics": ("equals", None, _true),
    "project_months": ("at_most", "months", _months),
    "region": ("one_of", None, _words),
    "partner": ("one_of", None, _words),
    "partner_region": ("one_of", None, _words),
    "contact": ("one_of", None, _words),
    "manual": (None, None, _true),
}


def codes_in(words: str, names: Gazetteer, vocabulary: ConditionWords) -> tuple[str, ...] | None:
    """Return the codes of the countries that words name, or of a group; None if one of the names is not known.

    巴西、俄罗斯、印度、南非 → BR, RU, IN, ZA
    """
    if words in vocabulary.groups:
        return vocabulary.groups[words]
    codes = []
    for name in _BETWEEN.split(words):
        known = names.full.get(name.strip())
        if known is None:
            return None
        codes.append(known[1])
    return tuple(codes)
