"""Check the record against itself and the introduction: section numbers, stated topics, durations, absent fields."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from extract.language.numerals import NUMERAL, parse_numeral
from extract.model.fields import FIELDS
from extract.model.finding_catalogue import OUTCOMES, Outcome
from extract.model.findings import FindingDraft, finding
from extract.model.ranges import Range, contains, months_of, overlaps
from extract.model.record import Check, Common, GuideFacts, Section
from extract.model.section_numbers import may_begin, may_follow, parent_of
from extract.model.values import Evidence, Topics

_NO_TITLE = re.compile("。|^(?:附件|根据)")
# 以下9个合作领域; 每个领域, 其中2个方向 and 在2个领域各… say nothing of the whole list.
_STATED = re.compile(
    rf"(?<![\d一二两三四五六七八九十每其中])(?P<number>{NUMERAL}) *(?:个|大|类|项)"
    "(?:重点|优先|主要|合作|研究|支持|关键)*(?:领域|方向|主题|专题)(?:方向)?"
)


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


def absences(
    sections: Sequence[Section], expected: Sequence[str], overlooked: Callable[[int, str], tuple[Evidence, ...]]
) -> list[FindingDraft]:
    """Report each field that a section lacks and most others have, or that no section has (a missed label).

    `expected`: the fields that every guide of the family has. `overlooked`: the words of a section, by its index, that
    begin with a label of a field and that nothing took.
    """
    findings = []
    numbers = {section.number for section in sections}
    for name in FIELDS:
        stating = {section.number for section in sections if getattr(section, name).status != "absent"}
        above = {parent_of(number, numbers) for number in stating}  # what the sections below state is not missing
        lacking = [index for index, one in enumerate(sections) if one.number not in stating | above]
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
    worst = max((outcome for outcome, _ in outcomes.values()), key=OUTCOMES.index)
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
    worst = max((outcome for _, outcome in own), key=OUTCOMES.index)
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
