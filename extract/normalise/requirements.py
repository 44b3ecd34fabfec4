"""其他要求 → Requirements: one item per numbered point, else one per sentence, with kinds and facts.

What a requirement states in numbers, dates and addresses. What is not stated for sure is not set, but reported.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from extract.language import dates
from extract.language.lexicon import lexicon_of
from extract.language.list_markers import find_markers
from extract.language.numerals import NUMERAL, parse_numeral
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.model.values import Facts, Requirement, RequirementKind, Requirements
from extract.normalise import duration
from extract.normalise.duration import DurationStatement, clause_before
from extract.normalise.points import SPACE, split_sentences
from extract.profile.schema import FactPatterns, Profile, RequirementWords

# Addresses are the same everywhere, so they are no matter of profiles. An address ends where Chinese begins.
_URL = re.compile(r"(?:https?[:：]//|www\.)[!-+\--:<-~：]+", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ABROAD = r"(?:\+|00)\d{1,3}(?:[- ]?（?\d{1,4}）?)?(?:[- ]?\d{2,8}){1,3}|86-?\d{2,3}-\d{7,8}"
_PHONE = re.compile(
    rf"(?<![\d.-])(?:{_ABROAD}|(?:0\d{{2,3}}-|（0\d{{2,3}}）)\d{{7,8}}(?:-\d{{1,5}})?|1[3-9]\d{{9}}"
    r"|(?P<local>[2-9]\d{6,7}))(?![\d-])"
)
_CALLED = re.compile(r"(?:电话|热线|Tel\.?)$", re.IGNORECASE)  # 58881341 is a number to call only there
_PARTNER = re.compile("外方|对方|[^中\\W]方")
# A fact that is stated tells its kind, whatever the words around it.
TELLS: dict[str, RequirementKind] = {
    "per_department_max": "department_quota",
    "min_enterprises": "enterprise_participation",
    "cofunding_ratio": "cofunding",
    "deadline": "deadline",
    "max_months": "duration",
    "min_partner_countries": "multilateral_partners",
    "phones": "contact",
}
# Figures that belong to the fact of a kind. A kind with such a figure and without its fact is not understood.
_FIGURES: dict[str, re.Pattern[str]] = {
    "per_department_max": re.compile(rf"{NUMERAL} *[个项]"),
    "cofunding_ratio": re.compile(
        rf"{NUMERAL} *倍|\d *[：∶] *\d|(?<![\d.])(?<!总(?:经费|投入|预算|投资)的)\d+(?:\.\d+)?%"
    ),
    "deadline": re.compile(r"\d{1,2} *月|\d{4}[./-]\d{1,2}"),
}


def parse_facts(
    text: Text, words: RequirementWords, terms: Collection[DurationStatement]
) -> tuple[dict[str, Any], list[FindingDraft]]:
    """The facts that a requirement states, and what it states unclearly."""
    text = _affirmed(text, words.negations)
    patterns = words.facts
    found: dict[str, Collection[Any]] = {
        "per_department_max": _numbers(text, patterns.per_department_max),
        "min_enterprises": _numbers(text, patterns.min_enterprises),
        "cofunding_ratio": _ratios(text, patterns),
        "deadline": _dates(text, patterns.deadline),
        "min_partner_countries": _numbers(text, patterns.min_partner_countries),
    }
    facts = {
        **{name: _only(values) for name, values in found.items()},
        "max_months": _most(terms),
        "urls": tuple(match[0].rstrip(".,;)") for match in _URL.finditer(text.chars)),
        "emails": tuple(text.chars[slice(*match.span())] for match in _EMAIL.finditer(text.plain)),
        "phones": tuple(text.chars[place] for place in _phones(text.plain)),
    }
    unclear = [
        finding("requirement-unclear", text, variant="facts", name=name, words=text.printed)
        for name, values in found.items()
        if len(values) > 1
    ]
    return {name: value for name, value in facts.items() if value not in (None, ())}, unclear


def missing_facts(text: Text, kinds: Collection[RequirementKind], facts: Collection[str]) -> list[FindingDraft]:
    """The facts that a requirement of these kinds has figures for, and none of them understood."""
    lost = [name for name in _FIGURES if TELLS[name] in kinds and name not in facts]
    return [
        finding("requirement-unclear", text, variant="fact-unread", name=name, words=text.printed)
        for name in lost
        if _FIGURES[name].search(text.plain)
    ]


def _affirmed(text: Text, negations: tuple[str, ...]) -> Text:
    """A text without the clauses that deny something (无需配套资金): they state no fact."""
    return text.without(_denials(negations))


@cache
def _denials(negations: tuple[str, ...]) -> re.Pattern[str]:
    denied = "|".join(map(re.escape, negations))
    return re.compile(f"(?<![^，。；])[^，。；]*(?:{denied})[^，。；]*")


def _matches(text: Text, patterns: Iterable[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns for match in pattern.finditer(text.plain))


def _numbers(text: Text, patterns: Iterable[re.Pattern[str]]) -> set[int | None]:
    numbers = (parse_numeral(match["value"]) for match in _matches(text, patterns))
    return {None if number is None else int(number) for number in numbers}


def _ratios(text: Text, patterns: FactPatterns) -> set[float | None]:
    """The applicant's own money against the grant: 1.0 is at least as much."""
    found: set[float | None] = set()
    for match in _matches(text, patterns.cofunding_ratio):
        number, grant = parse_numeral(match["value"]), parse_numeral(match.groupdict().get("grant") or "1")
        if number is not None and grant:
            number /= 100 if match["unit"] == "%" else grant
        found.add(None if number is None or not grant else float(number))
    equal = any(_matches(text, patterns.cofunding_equal))
    return found or ({1.0} if equal else set())


def _dates(text: Text, patterns: Iterable[re.Pattern[str]]) -> set[str]:
    """The closing dates that a text states, as ISO dates; the partner's own only where there is no other."""
    found: dict[str, bool] = {}
    for match in _matches(text, patterns):
        clause = clause_before(text.plain, match.start("value"), "，。；")
        if day := dates.parse_closing_day(match["value"]):
            found[day.isoformat()] = found.get(day.isoformat(), True) and bool(_PARTNER.search(clause))
    ours = {day for day, theirs in found.items() if not theirs}
    return ours or set(found)


def _phones(plain: str) -> Iterator[slice]:
    """Telephone numbers; one without area code has to be called so, or to stand beside one (010-58881354、58881341)."""
    last = -1
    for match in _PHONE.finditer(plain):
        beside = last >= 0 and re.fullmatch("[、，/；或和 ]{1,2}", plain[last : match.start()])
        if match["local"] is None or beside or _called(plain, match.start()):
            yield slice(*match.span())
            last = match.end()


def _called(plain: str, place: int) -> bool:
    """Whether a number stands behind a word for a telephone."""
    while place and plain[place - 1] in "：为 ":
        place -= 1
    return _CALLED.search(plain, max(place - len("Tel."), 0), place) is not None


def _most(terms: Collection[DurationStatement]) -> int | None:
    """The longest that a project may run, where the requirement says one thing of it."""
    one = _only({term.told: term.value for term in terms}.items())
    most = one[1].max_months if one and one[1] else None
    return most if isinstance(most, int) else None


def _only(found: Collection[Any]) -> Any:
    """The one thing found, or None."""
    return next(iter(found)) if len(found) == 1 else None


def parse_requirements(text: Text, profile: Profile) -> Parsed[Requirements]:
    """The points or sentences of a section's requirements; every text is a list of them, so all are read.

    What a point states twice, differently, is no fact, and is reported; of durations, `binding_duration` reports.
    """
    whole = text.without("[\u2028]").strip()
    marked = find_markers(whole.plain)
    if marked:
        ends = [*(marker.start for marker in marked[1:]), len(whole)]
        points = [(whole[m.start : m.end], whole[m.end : end]) for m, end in zip(marked, ends, strict=True)]
        items = [_item(marker, words, profile) for marker, words in points]
        lead = whole[: marked[0].start].strip(SPACE)
    else:
        items = [_item(None, sentence, profile) for sentence in split_sentences(whole)]
        lead = whole[:0]
    findings = [finding for _, doubts in items for finding in doubts]
    found = tuple(item for item, _ in items)
    return Parsed(Requirements(lead=lead.printed or None, items=found, evidence=cite(text)), tuple(findings))


def _item(marker: Text | None, words: Text, profile: Profile) -> tuple[Requirement, list[FindingDraft]]:
    """A point or sentence, and what it leaves unclear."""
    text = words.without("\n").strip(SPACE).rstrip("；" + SPACE)
    lasting = duration.find_durations(text, profile.requirements.facts.duration)
    stated, doubts = parse_facts(text, profile.requirements, lasting)
    told = {*lexicon_of(profile).requirement_kinds(text), *(TELLS[fact] for fact in stated if fact in TELLS)}
    if lasting:
        told.add("duration")
    elif "duration" in told:
        doubts.append(finding("requirement-unclear", text, variant="duration-unread", words=text.printed))
    doubts += missing_facts(text, told, stated) if not doubts else []
    item = Requirement(
        marker=marker.printed.strip() if marker is not None else None,
        text=text.printed,
        kinds=tuple(kind for kind in profile.requirements.kinds if kind in told) or ("other",),
        facts=Facts(**stated),
        evidence=cite(*(piece for piece in (marker, text) if piece is not None)),
    )
    return item, doubts
