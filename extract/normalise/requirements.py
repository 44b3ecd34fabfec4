"""其他要求 → Requirements: an item for each numbered point, else for each sentence, with kinds and facts.

Facts are numbers, dates and addresses. Uncertain ones are not set, but reported.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from extract.language import dates
from extract.language.dates import Moment
from extract.language.lexicon import lexicon_of
from extract.language.list_markers import find_markers
from extract.language.numerals import NUMERAL, parse_numeral
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Parsed
from extract.model.text import Text
from extract.model.values import Facts, Requirement, RequirementKind, Requirements
from extract.normalise.duration_in_prose import DurationStatement, clause_before, find_durations
from extract.normalise.points import SPACE, split_sentences
from extract.profile.schema import FactPatterns, Profile, RequirementWords

# Addresses have the same form in every guide. An address ends before a Chinese character.
_URL = re.compile(r"(?:https?[:：]//|www\.)[!-+\--:<-~：]+", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ABROAD = r"(?:\+|00)\d{1,3}(?:[- ]?（?\d{1,4}）?)?(?:[- ]?\d{2,8}){1,3}|86-?\d{2,3}-\d{7,8}"
_PHONE = re.compile(
    rf"(?<![\d.-])(?:{_ABROAD}|(?:0\d{{2,3}}-|（0\d{{2,3}}）)\d{{7,8}}(?:-\d{{1,5}})?|1[3-9]\d{{9}}"
    r"|(?P<local>[2-9]\d{6,7}))(?![\d-])"
)
_PHONE_LABEL = re.compile(r"(?:电话|热线|Tel\.?)$", re.IGNORECASE)  # 58881341 is a telephone number only behind one
_PARTNER = re.compile("外方|对方|[^中\\W]方")
# The kind that each stated fact implies.
KIND_OF_FACT: dict[str, RequirementKind] = {
    "per_department_max": "department_quota",
    "min_enterprises": "enterprise_participation",
    "cofunding_ratio": "cofunding",
    "deadline": "deadline",
    "max_months": "duration",
    "min_partner_countries": "multilateral_partners",
    "phones": "contact",
}
# Figures of the fact of a kind. A requirement of the kind with such a figure but without the fact is reported.
_FIGURES: dict[str, re.Pattern[str]] = {
    "per_department_max": re.compile(rf"{NUMERAL} *[个项]"),
    "min_enterprises": re.compile(
        rf"(?:至少|不少于|不低于)[^，。；]{{0,8}}?{NUMERAL} *[个家](?![^中]方)[^，。；]{{0,10}}?企业"
        rf"|{NUMERAL} *[个家]及?以上[^，。；]{{0,8}}企业"
    ),
    "min_partner_countries": re.compile(rf"{NUMERAL} *个[^，。；]{{0,8}}?(?:国家(?!级|重点|实验)|成员国)"),
    "cofunding_ratio": re.compile(
        rf"{NUMERAL} *倍|\d *[：∶] *\d|(?<![\d.])(?<!总(?:经费|投入|预算|投资)的)\d+(?:\.\d+)?%"
    ),
    "deadline": re.compile(r"\d{1,2} *月|\d{4}[./-]\d{1,2}"),
}


def parse_facts(
    text: Text, words: RequirementWords, durations: Collection[DurationStatement]
) -> tuple[dict[str, Any], list[FindingDraft]]:
    """Parse the facts of a requirement: None for one whose value is refused; facts with several values are reported."""
    text = _affirmed(text, words.negations)
    patterns = words.facts
    with_home = patterns.with_home.search(text.plain)
    values_by_fact: dict[str, Collection[Any]] = {
        "per_department_max": _numbers(text, patterns.per_department_max),
        "min_enterprises": _numbers(text, patterns.min_enterprises),
        "cofunding_ratio": _ratios(text.without(words.others_money), patterns),
        "deadline": _closing_moments(text, patterns),
        "min_partner_countries": {
            None if with_home else number for number in _numbers(text, patterns.min_partner_countries)
        },
    }
    facts = {
        **{name: _only(values) for name, values in values_by_fact.items() if values},
        "max_months": _max_months(durations),
        "urls": tuple(match[0].rstrip(".,;)") for match in _URL.finditer(text.chars)),
        "emails": tuple(text.chars[slice(*match.span())] for match in _EMAIL.finditer(text.plain)),
        "phones": tuple(text.chars[span] for span in _phones(text.plain)),
    }
    unclear = [
        finding("requirement-unclear", text, variant="facts", name=name, words=text.printed)
        for name, values in values_by_fact.items()
        if len(values) > 1
    ]
    unclear += _unheld_money(text, words)
    return {name: value for name, value in facts.items() if name in values_by_fact or value not in (None, ())}, unclear


def missing_facts(text: Text, kinds: Collection[RequirementKind], facts: Collection[str]) -> list[FindingDraft]:
    """Report the facts for which a requirement of these kinds has figures, but no value."""
    missing = [name for name in _FIGURES if KIND_OF_FACT[name] in kinds and name not in facts]
    return [
        finding("requirement-unclear", text, variant="fact-unread", name=name, words=text.printed)
        for name in missing
        if _FIGURES[name].search(text.plain)
    ]


def _unheld_money(text: Text, words: RequirementWords) -> Iterator[FindingDraft]:
    """Report figures of the money of others, which has no place: 由政府按1:1配套."""
    for match in words.others_money.finditer(text.plain):
        clause = text[slice(*match.span())]
        if _FIGURES["cofunding_ratio"].search(clause.plain):
            yield finding("figure-unheld", clause, variant="beside", words=clause.printed)


def _affirmed(text: Text, negations: tuple[str, ...]) -> Text:
    """Drop clauses with a negation (无需配套资金): they state no fact."""
    return text.without(_negated_clause(negations))


@cache
def _negated_clause(negations: tuple[str, ...]) -> re.Pattern[str]:
    denied = "|".join(map(re.escape, negations))
    return re.compile(f"(?<![^，。；])[^，。；]*(?:{denied})[^，。；]*")


def _matches(text: Text, patterns: Iterable[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns for match in pattern.finditer(text.plain))


def _numbers(text: Text, patterns: Iterable[re.Pattern[str]]) -> set[int | None]:
    numbers = (parse_numeral(match["value"]) for match in _matches(text, patterns))
    return {None if number is None else int(number) for number in numbers}


def _ratios(text: Text, patterns: FactPatterns) -> set[float | None]:
    """Return the ratios of the applicant's own money to the grant: 1.0 is at least as much."""
    ratios: set[float | None] = set()
    for match in _matches(text, patterns.cofunding_ratio):
        number, grant = parse_numeral(match["value"]), parse_numeral(match.groupdict().get("grant") or "1")
        if number is not None and grant:
            number /= 100 if match["unit"] == "%" else grant
        ratios.add(None if number is None or not grant else float(number))
    equal = any(_matches(text, patterns.cofunding_equal))
    return ratios or ({1.0} if equal else set())


def _closing_moments(text: Text, patterns: FactPatterns) -> set[str]:
    """Return the closing dates of a text, with their times; the partner's only if there is no other.

    Several rounds (第一批…，第二批…) have several, even if only one of them is understood.
    """
    plain = text.plain
    is_partners: dict[Moment, bool] = {}
    for match in _matches(text, patterns.deadline):
        start = match.start("value")
        clause = clause_before(plain, start, "，。；") + re.split("[，。；]", plain[start:], maxsplit=1)[0]
        if moment := dates.parse_closing_moment(plain, start):
            if patterns.foreign_time.search(clause):
                moment = moment._replace(time="")
            before = clause_before(plain, start, "，。；")
            is_partners[moment] = is_partners.get(moment, True) and bool(_PARTNER.search(before))
    moments = [moment for moment, of_partner in is_partners.items() if not of_partner] or list(is_partners)
    timed = {moment.day for moment in moments if moment.time}
    rounds = set(patterns.rounds.findall(plain)) if moments else set()
    closing = {str(moment) for moment in moments if moment.time or moment.day not in timed}
    return closing | rounds if len(rounds) > 1 else closing


def _phones(plain: str) -> Iterator[slice]:
    """Yield telephone numbers; without area code only behind a label or another number (010-58881354、58881341)."""
    last = -1
    for match in _PHONE.finditer(plain):
        beside = last >= 0 and re.fullmatch("[、，/；或和 ]{1,2}", plain[last : match.start()])
        if match["local"] is None or beside or _has_phone_label(plain, match.start()):
            yield slice(*match.span())
            last = match.end()


def _has_phone_label(plain: str, offset: int) -> bool:
    """Return True if a label for telephone numbers stands before an offset."""
    while offset and plain[offset - 1] in "：为 ":
        offset -= 1
    return _PHONE_LABEL.search(plain, max(offset - len("Tel."), 0), offset) is not None


def _max_months(durations: Collection[DurationStatement]) -> int | None:
    """Return the maximum duration in months, if the requirement states one duration."""
    value = _only({duration.key: duration.value for duration in durations}.values())
    months = value.max_months if value else None
    return months if isinstance(months, int) else None


def _only(values: Collection[Any]) -> Any:
    """Return the only element, or None."""
    return next(iter(values)) if len(values) == 1 else None


def parse_requirements(text: Text, profile: Profile) -> Parsed[Requirements]:
    """Parse the points or sentences of requirements; any text is a list of them, so none is refused.

    Conflicting facts of a point are reported; `binding_duration` reports those of durations.
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
    requirements = tuple(item for item, _ in items)
    return Parsed(Requirements(lead=lead.printed or None, items=requirements, evidence=cite(text)), tuple(findings))


def _item(marker: Text | None, words: Text, profile: Profile) -> tuple[Requirement, list[FindingDraft]]:
    """Parse a point or sentence, with findings."""
    text = words.without("\n").strip(SPACE).rstrip("；" + SPACE)
    durations = find_durations(text, profile)
    facts, doubts = parse_facts(text, profile.requirements, durations)
    stated = {name: value for name, value in facts.items() if value is not None}
    kinds = {
        *lexicon_of(profile).requirement_kinds(text),
        *(KIND_OF_FACT[fact] for fact in facts if fact in KIND_OF_FACT),
    }
    if durations:
        kinds.add("duration")
    elif "duration" in kinds:
        doubts.append(finding("requirement-unclear", text, variant="duration-unread", words=text.printed))
    if not any(doubt.code == "requirement-unclear" for doubt in doubts):
        doubts += missing_facts(_affirmed(text, profile.requirements.negations), kinds, stated)
    item = Requirement(
        marker=marker.printed.strip() if marker is not None else None,
        text=text.printed,
        kinds=tuple(kind for kind in profile.requirements.kinds if kind in kinds) or ("other",),
        facts=Facts(**stated),
        evidence=cite(*(piece for piece in (marker, text) if piece is not None)),
    )
    return item, doubts
