"""其他要求 → Requirements: one item per numbered point, else one per sentence, with kinds and facts."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from extract.cite import cite
from extract.handoff import Reading, Trouble
from extract.normalise import brackets, duration
from extract.normalise.markers import markers
from extract.normalise.numerals import numeral
from extract.normalise.quantity import with_tail
from extract.profile import FactPatterns, Profile
from extract.text import Text
from extract.values import Facts, Requirement, RequirementKind, Requirements
from extract.words import words_of

# Addresses are the same everywhere, so they are no matter of profiles. An address ends where Chinese begins.
_URL = re.compile(r"(?:https?[:：]//|www\.)[!-+\--:<-~：]+", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?<![\d.-])(?:(?:0\d{2,3}-|（0\d{2,3}）)\d{7,8}(?:-\d{1,5})?|1[3-9]\d{9})(?![\d-])")
_PARTNER = re.compile("外方|对方|[^中\\W]方")
# A fact that is stated tells its kind, whatever the words around it.
_TELLS: dict[str, RequirementKind] = {
    "per_department_max": "department_quota",
    "min_enterprises": "enterprise_participation",
    "cofunding_ratio": "cofunding",
    "deadline": "deadline",
    "max_months": "duration",
    "min_partner_countries": "multilateral_partners",
}
_SPACE = " \n\u2028"


def read(text: Text, profile: Profile) -> Reading[Requirements]:
    """The points or sentences of a section's requirements; every text is a list of them, so all are read.

    A date or duration that a point states twice, differently, is no fact, and is reported.
    """
    whole = text.without("[\u2028]").strip()
    marked = markers(whole.plain)
    if marked:
        ends = [*(marker.start for marker in marked[1:]), len(whole)]
        points = [(whole[m.start : m.end], whole[m.end : end]) for m, end in zip(marked, ends, strict=True)]
        items = [_item(marker, words, profile) for marker, words in points]
        lead = whole[: marked[0].start].strip(_SPACE)
    else:
        items = [_item(None, sentence, profile) for sentence in _sentences(whole)]
        lead = whole[:0]
    troubles = [trouble for _, doubts in items for trouble in doubts]
    found = tuple(item for item, _ in items)
    return Reading(Requirements(lead=lead.printed or None, items=found, evidence=cite(text)), tuple(troubles))


def _sentences(text: Text) -> Iterable[Text]:
    """The sentences, each with its full stop; a paragraph ends a sentence too."""
    for paragraph in text.split("\n"):
        depth = brackets.depths(paragraph.plain)
        stops = [place + 1 for place, char in enumerate(paragraph.plain) if char == "。" and not depth[place]]
        yield from (piece for piece in paragraph.cut(stops) if piece.strip(_SPACE))


def _item(marker: Text | None, words: Text, profile: Profile) -> tuple[Requirement, list[Trouble]]:
    """A point or sentence, and what it leaves unclear."""
    text = words.without("\n").strip(_SPACE).rstrip("；" + _SPACE)
    patterns = profile.requirements.facts
    facts = _facts(_affirmed(text, profile.requirements.negations), patterns)
    dates, terms = _dates(text, patterns.deadline), durations(text, patterns.duration)
    doubts = ["several dates"] * (len(dates) > 1) + ["several durations"] * (len(terms) > 1)
    doubts += ["a duration that is not understood"] * any(isinstance(low, str) for low, _ in terms)
    told = {*words_of(profile).requirement_kinds(text), *(kind for fact, kind in _TELLS.items() if fact in facts)}
    item = Requirement(
        marker=marker.printed.strip() if marker is not None else None,
        text=text.printed,
        kinds=tuple(kind for kind in profile.requirements.kinds if kind in told) or ("other",),
        facts=Facts(**facts),
        evidence=cite(*(piece for piece in (marker, text) if piece is not None)),
    )
    return item, [Trouble("requirement-unclear", f"{what} in: {text.printed}", None, cite(text)) for what in doubts]


def _affirmed(text: Text, negations: tuple[str, ...]) -> Text:
    """A text without the clauses that deny something (无需配套资金): they state no fact."""
    denied = "|".join(map(re.escape, negations))
    return text.without(f"[^，。；]*(?:{denied})[^，。；]*")


def _facts(text: Text, patterns: FactPatterns) -> dict[str, Any]:
    """What is stated in numbers, dates and addresses; a fact that is not stated is not set."""
    facts = {
        "per_department_max": _number(text, patterns.per_department_max),
        "min_enterprises": _number(text, patterns.min_enterprises),
        "cofunding_ratio": _ratio(text, patterns),
        "deadline": _only(_dates(text, patterns.deadline)),
        "max_months": _only(high for _, high in durations(text, patterns.duration)),
        "min_partner_countries": _number(text, patterns.min_partner_countries),
        "urls": tuple(match[0].rstrip(".,;)") for match in _URL.finditer(text.chars)),
        "emails": tuple(_EMAIL.findall(text.plain)),
        "phones": tuple(_PHONE.findall(text.plain)),
    }
    return {key: value for key, value in facts.items() if value is not None and value != ()}


def _first(text: Text, patterns: Iterable[re.Pattern[str]]) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text.plain))), None)


def _number(text: Text, patterns: Iterable[re.Pattern[str]]) -> int | None:
    match = _first(text, patterns)
    number = numeral(match["value"]) if match else None
    return None if number is None else int(number)


def _ratio(text: Text, patterns: FactPatterns) -> float | None:
    """The applicant's own money against the grant: 1.0 is at least as much."""
    if match := _first(text, patterns.cofunding_ratio):
        number = numeral(match["value"])
        return None if number is None else float(number / 100 if match["unit"] == "%" else number)
    return 1.0 if _first(text, patterns.cofunding_equal) else None


def _dates(text: Text, patterns: Iterable[re.Pattern[str]]) -> set[str]:
    """The closing dates that a text states, as ISO dates; the partner's own only where there is no other."""
    found: dict[str, bool] = {}
    for match in (match for pattern in patterns for match in pattern.finditer(text.plain)):
        clause = re.split("[，。；]", text.plain[: match.start("value")])[-1]
        try:
            day = date(*map(int, re.findall(r"\d+", match["value"]))).isoformat()
        except ValueError:
            continue
        found[day] = found.get(day, True) and bool(_PARTNER.search(clause))
    ours = {day for day, theirs in found.items() if not theirs}
    return ours or set(found)


def durations(text: Text, patterns: Iterable[re.Pattern[str]]) -> dict[tuple[Any, Any], Text]:
    """The different durations that a text states, each with its words; an unreadable one counts as another."""
    found: dict[tuple[Any, Any], Text] = {}
    for match in (match for pattern in patterns for match in pattern.finditer(text.plain)):
        words = with_tail(text, match, duration.TAIL)
        value = duration.read(words)
        found.setdefault((value.min_months, value.max_months) if value else (words.plain, None), words)
    return found


def _only(found: Iterable[Any]) -> Any:
    """The one thing found, or None."""
    several = list(found)
    return several[0] if len(several) == 1 else None
