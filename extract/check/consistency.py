"""Check the record against itself and the introduction: section numbers, parts of totals, declared figures.

Sums are ranges (40—60, 不超过6): proved within the declared range, contradicted outside of it, consistent where the
two overlap. A figure that is about (约, 左右) may be off by a fifth, and proves nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from extract.language.numerals import NUMERAL, parse_numeral
from extract.model.fields import FIELDS
from extract.model.findings import CheckCode, FindingDraft, Outcome, finding
from extract.model.ranges import Range, add, contains, describe, months_of, open_range, overlaps, range_of
from extract.model.record import Check, Common, Declared, Field, GuideFacts, Section
from extract.model.section_numbers import may_begin, may_follow
from extract.model.values import Count, Evidence, Money, Topics

_NO_TITLE = re.compile("。|^(?:附件|根据)")
# 以下9个合作领域; 每个领域, 其中2个方向 and 在2个领域各… say nothing of the whole list.
_STATED = re.compile(
    rf"(?<![\d一二两三四五六七八九十每其中])(?P<number>{NUMERAL}) *(?:个|大|类|项)"
    "(?:重点|优先|主要|合作|研究|支持|关键)*(?:领域|方向|主题|专题)(?:方向)?"
)
_TOLERANCE_PERCENT = 20  # of an approximate figure (约, 左右, 近), to either side


def numbers_run(sections: Sequence[Section]) -> Check:
    """Check that section numbers begin at a first number and run without gap or repeat."""
    first, last = sections[0], sections[-1]
    jumps = [(before, after) for before, after in pairwise(sections) if not may_follow(after.number, before.number)]
    if not jumps and may_begin(first.number):
        count = f"{len(sections)} section{'s' * (len(sections) > 1)}"
        message = f"{count}, {first.number} to {last.number}, without gap or repeat"
        return Check(code="numbers-run", outcome="proved", message=message)
    faults = [f"{before.number} → {after.number}" for before, after in jumps]
    faults += [] if may_begin(first.number) else [f"the first is {first.number}"]
    to_look_at = [after for _, after in jumps] or [first]
    return Check(
        code="numbers-run",
        outcome="contradicted",
        message=f"section numbers jump: {', '.join(faults)}",
        sections=tuple(section.number for section in to_look_at),
        evidence=tuple(line for section in to_look_at for line in section.evidence),
    )


_BEST_TO_WORST: tuple[Outcome, ...] = ("proved", "consistent", "contradicted")


def tracks_sum(sections: Sequence[Section]) -> Check | None:
    """Check named tracks (1）…10个；2）…1个) against the total of their section; 其中 need not name all of it."""
    outcomes: dict[str, Outcome] = {}
    evidence: list[Evidence] = []
    for section in sections:
        for value in (section.project_count.value, section.funding.value):
            if value is not None and value.tracks:
                evidence += value.evidence
                so_far = outcomes.get(section.number, "proved")
                outcomes[section.number] = max(so_far, _tracks_outcome(value), key=_BEST_TO_WORST.index)
    if not outcomes:
        return None
    worst = max(outcomes.values(), key=_BEST_TO_WORST.index)
    exceeding = tuple(number for number, outcome in outcomes.items() if outcome == "contradicted")
    message = f"{len(outcomes)} of {len(sections)} sections with tracks, {len(exceeding)} whose tracks exceed the total"
    message += f": {', '.join(exceeding)}" if exceeding else ""
    return Check(code="tracks-sum", outcome=worst, message=message, sections=exceeding, evidence=tuple(evidence))


def _unit(value: Count | Money) -> str:
    return value.currency if isinstance(value, Money) else "projects"


def _tracks_outcome(value: Count | Money) -> Outcome:
    """Compare the tracks with their total: proved if equal, contradicted if more."""
    unit = _unit(value)
    total = range_of(value, unit)
    tracks = add((range_of(track, unit) or open_range(unit) for track in value.tracks), unit)
    if total is None:
        return "consistent"
    if total.max is not None and (tracks.min or 0) > total.max:
        return "contradicted"
    return "proved" if (tracks.min or 0, tracks.max) == (total.min or 0, total.max) else "consistent"


def absences(
    sections: Sequence[Section], expected: Sequence[str], overlooked: Callable[[int, str], tuple[Evidence, ...]]
) -> list[FindingDraft]:
    """Report each field that a section lacks and most others have, or that no section has (a missed label).

    `expected`: the fields that every guide of the family has. `overlooked`: the words of a section, by its index, that
    begin with a label of a field and that nothing took.
    """
    findings = []
    for name in FIELDS:
        lacking = [index for index, section in enumerate(sections) if getattr(section, name).status == "absent"]
        if len(lacking) == len(sections) and name in expected:
            findings.append(finding("field-missing", name=name))
        elif len(lacking) * 2 < len(sections):
            findings += [
                _absence(sections[index], name, overlooked(index, name), len(sections) - len(lacking), len(sections))
                for index in lacking
            ]
    return findings


def _absence(section: Section, name: str, words: tuple[Evidence, ...], having: int, sections: int) -> FindingDraft:
    """Report a field that a section lacks, as a warning if words of the section begin with its label."""
    if words:
        return finding(
            "field-overlooked",
            section=section.number,
            evidence=words,
            name=name,
            having=having,
            sections=sections,
            words="".join(piece.quote for piece in words),
        )
    return finding(
        "field-absent",
        section=section.number,
        evidence=section.evidence,
        name=name,
        having=having,
        sections=sections,
    )


def doubtful_title(facts: GuideFacts) -> list[FindingDraft]:
    """Report a title that is a sentence (根据…。) or the head of an annex (附件：1.…)."""
    if "title" in (facts.corrected or ()) or not _NO_TITLE.search(facts.title):
        return []
    return [finding("title-doubtful", field="title", evidence=facts.evidence, variant="sentence", title=facts.title)]


def topics_stated(sections: Sequence[Section]) -> Check | None:
    """Check the number of topics that a section states (以下9个领域方向) against those that it lists.

    An open list (等) may state more than it names; a section that states several numbers, or inherits its topics, is
    left out.
    """
    outcomes: dict[str, tuple[Outcome, str]] = {}
    evidence: list[Evidence] = []
    for section in sections:
        topics = section.fields.value
        is_own = topics is not None and topics.items and section.fields.status != "inherited"
        stated = _stated_topics(section) if is_own else None
        if topics is None or stated is None:
            continue
        listed = {len(topics.items), sum(len(topic.items) or 1 for topic in topics.items)}
        is_equal = stated in listed
        outcome: Outcome = "proved" if is_equal else "consistent" if _may_name(stated, topics) else "contradicted"
        outcomes[section.number] = outcome, f"{section.number} lists {len(topics.items)} of {stated}"
        evidence += section.fields.evidence
    if not outcomes:
        return None
    worst = max((outcome for outcome, _ in outcomes.values()), key=_BEST_TO_WORST.index)
    others = [words for outcome, words in outcomes.values() if outcome != "proved"]
    message = f"{len(outcomes)} sections state how many topics they have"
    return Check(
        code="topics-stated",
        outcome=worst,
        message="; ".join([message, *others]),
        sections=tuple(number for number, (outcome, _) in outcomes.items() if outcome == "contradicted"),
        evidence=tuple(evidence),
    )


def _stated_topics(section: Section) -> int | None:
    """Return the number of topics that a section states around its list; None without one, or with several."""
    words = [section.fields.text or "", section.project_count.text or ""]
    numbers = {parse_numeral(match["number"]) for text in words for match in _STATED.finditer(text)}
    number = numbers.pop() if len(numbers) == 1 else None
    return None if number is None else int(number)


def _may_name(stated: int, topics: Topics) -> bool:
    """Return True if an open list may name some of the topics alone."""
    return topics.open_ended and len(topics.items) < stated


def declared_partners(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Check the number of distinct partners against the declared one.

    A group of countries counts once, a country with its provinces too. A name without a code may be a partner that is
    counted already: the number is then a range.
    """
    if declared.partners is None:
        return None
    named = [partner for section in sections for partner in section.partners]
    codes = {partner.code for partner in named if partner.code is not None}
    names = {partner.name for partner in named if partner.code is None}
    distinct = Range(min=len(codes) or min(1, len(names)), max=len(codes | names), unit="partners")
    stated = declared.partners.count
    message = f"{describe(distinct)} distinct partners, {stated} declared"
    if without := [section.number for section in sections if not section.partners]:
        message += f"; none in {', '.join(without)}"
    return Check(
        code="partners-declared",
        outcome=_outcome(distinct, Range(min=stated, max=stated, unit="partners")),
        message=message,
        evidence=declared.partners.evidence,
    )


def declared_projects(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Check the sum of the sections' projects against the declared number, unless it is what they inherit."""
    if declared.projects is None or all(section.project_count.status == "inherited" for section in sections):
        return None
    counts = {section.number: range_of(section.project_count.value, "projects") for section in sections}
    stated = range_of(declared.projects, "projects")
    return _compare_sum("projects-declared", counts, stated, "projects", declared.projects.evidence)


def declared_funding(declared: Declared, sections: Sequence[Section]) -> Check | None:
    """Check the sum of the sections' money against the declared total.

    Money in another currency, or without a total, leaves the sum open above. A total that the only section inherits
    is not checked.
    """
    if declared.funding is None or all(_inherits_total(section.funding) for section in sections):
        return None
    unit = declared.funding.currency
    totals = {
        section.number: range_of(money, unit) if (money := section.funding.value) and money.currency == unit else None
        for section in sections
    }
    return _compare_sum("funding-declared", totals, range_of(declared.funding, unit), unit, declared.funding.evidence)


def _inherits_total(funding: Field[Money]) -> bool:
    value = funding.value
    return funding.status == "inherited" and value is not None and (value.min, value.max) != (None, None)


def _compare_sum(
    code: CheckCode,
    parts: Mapping[str, Range | None],
    stated: Range | None,
    unit: str,
    evidence: tuple[Evidence, ...],
) -> Check:
    """Compare the sum of the sections' figures, by section number, with the declared range.

    Approximate figures are compared with a tolerance. The sections without a figure are named.
    """
    figures = [part or open_range(unit) for part in parts.values()]
    total, stated = add(figures, unit), stated or open_range(unit)
    outcome = _outcome(total, stated)
    message = f"the sections' sum is {describe(total)} {unit}, {describe(stated)} declared"
    if total.approximate or stated.approximate:
        outcome = _outcome(add(map(_widened, figures), unit), _widened(stated), at_best="consistent")
        message += "; some figures are about"
    if without := [number for number, part in parts.items() if part is None]:
        message += f"; no figure in {', '.join(without)}"
    return Check(code=code, outcome=outcome, message=message, evidence=evidence)


def _outcome(found: Range, stated: Range, at_best: Outcome = "proved") -> Outcome:
    """Compare ranges: proved within the stated one, contradicted outside, consistent if they overlap.

    >>> one, ten = Range(min=1, max=1, unit="partners"), Range(min=10, max=10, unit="partners")
    >>> _outcome(one, ten), _outcome(ten, ten), _outcome(Range(min=8, max=12, unit="partners"), ten)
    ('contradicted', 'proved', 'consistent')
    """
    if contains(stated, found):
        return at_best
    return "consistent" if overlaps(found, stated) else "contradicted"


def _widened(value: Range) -> Range:
    """Return an approximate range with its tolerance on both sides, at least 1; an exact one as it is.

    >>> describe(_widened(Range(min=15, max=15, approximate=True, unit="projects")))
    '12 to 18'
    """
    if not value.approximate:
        return value
    low, high = value.min, value.max
    return replace(
        value,
        min=None if low is None else max(0, low - max(1, low * _TOLERANCE_PERCENT // 100)),
        max=None if high is None else high + max(1, high * _TOLERANCE_PERCENT // 100),
    )


def declared_duration(common: Common, sections: Sequence[Section], *, exceptions: bool) -> Check | None:
    """Check that sections' own durations are within that of the whole guide, unless it allows exceptions."""
    declared = common.field("duration")
    if declared.value is None:
        return None
    limits = months_of(declared.value)
    own = [
        (section.number, _duration_outcome(months_of(section.duration.value), limits))
        for section in sections
        if section.duration.status == "stated" and section.duration.value
    ]
    if not own:
        return None
    outside = tuple(dict.fromkeys(number for number, outcome in own if outcome == "contradicted"))
    worst = max((outcome for _, outcome in own), key=_BEST_TO_WORST.index)
    return Check(
        code="duration-declared",
        outcome="consistent" if exceptions and outside else worst,
        message=f"{len(own)} of {len(sections)} sections with a duration of their own, {len(outside)} outside of it",
        sections=() if exceptions else outside,
        evidence=declared.evidence,
    )


def _duration_outcome(own: Range, limits: Range) -> Outcome:
    """Compare a section's months with those of the whole guide.

    A duration that is open on a side, or whose dates span no whole number of months, may be within.
    """
    if contains(limits, own):
        return "proved"
    is_exact = own.min is not None and own.max is not None and not own.approximate
    return "contradicted" if is_exact or not overlaps(own, limits) else "consistent"
