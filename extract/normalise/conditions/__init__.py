"""Requirements → conditions: what an application can be tested by, each with the words that say it.

Rules of the profile find the facts in a sentence. A clause that asks for something that no rule reads is `manual`: a
person judges it, so that no requirement is lost.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.language.list_markers import find_markers
from extract.model.conditions import Basis, Condition, Op, Party
from extract.model.evidence import cite
from extract.model.ranges import months_of
from extract.model.record import Field
from extract.model.text import Text, folded
from extract.model.values import Duration
from extract.normalise.conditions.clauses import Sentence, binding_in, binding_of, first_party, last_party, sentence_of
from extract.normalise.conditions.contacts import find_contacts
from extract.normalise.conditions.values import FACTS, codes_in
from extract.normalise.duration_in_prose import find_durations
from extract.normalise.partners.gazetteer import gazetteer_of
from extract.normalise.points import SPACE, split_sentences
from extract.profile.schema import ConditionRule, Profile

_PAPERS = re.compile("(?<=[书函件料明])(?:、|以及|[和及与])")  # between two papers: 单位推荐函和承诺书
_NO_NAME = re.compile("^(?:相关|有关|相应|所在|的)+|的$")


class _Reading(Struct, frozen=True):
    """A condition, and where its words stand in the sentence."""

    span: tuple[int, int]
    condition: Condition


def read_conditions(text: Text, tracks: Sequence[str], basis: Basis, profile: Profile) -> list[Condition]:
    """Return the conditions of requirements, in their order; `tracks` are the names of parts of the section."""
    return [
        condition
        for point in _points(text.without("[\u2028]").strip())
        for words in split_sentences(point)
        for condition in _conditions(sentence_of(words.without("\n").strip(SPACE)), tracks, basis, profile)
    ]


def _points(text: Text) -> Iterator[Text]:
    """Yield the words before the first point of a list, and those of each, without markers."""
    marked = find_markers(text.plain)
    ends = [*(marker.start for marker in marked), len(text)]
    yield text[: ends[0]]
    yield from (text[marker.end : end] for marker, end in zip(marked, ends[1:], strict=True))


def _conditions(sentence: Sentence, tracks: Sequence[str], basis: Basis, profile: Profile) -> Iterator[Condition]:
    """Yield the conditions of a sentence in the order of its words."""
    if not sentence.text.strip(f"{SPACE}。；"):
        return
    readings = _readings(sentence, basis, profile)
    left = _clauses_left(sentence, readings, basis, profile)
    readings += [_Reading((sentence.offsets[part.start], 0), _manual(sentence, part, basis, profile)) for part in left]
    track = next((name for name in tracks if sentence.text.printed.startswith(name)), None)
    for reading in sorted(readings, key=lambda one: one.span[0]):
        yield replace(reading.condition, track=track)


# ── what rules read ───────────────────────────────────────────────────────────────────────────────────


def _readings(sentence: Sentence, basis: Basis, profile: Profile) -> list[_Reading]:
    """Return what the rules of the profile read; a rule reads no words within those that one above it has read."""
    readings = [*_durations(sentence, basis, profile), *_contacts(sentence, basis, profile)]
    for rule in profile.conditions.rules:
        for match in rule.pattern.finditer(sentence.text.plain):
            is_taken = any(
                start <= match.start() and match.end() <= end
                if one.condition.fact != rule.fact
                else start < match.end() and match.start() < end
                for one in readings
                for start, end in [one.span]
            )
            readings += () if is_taken else _read(sentence, rule, match, basis, profile)
    return readings


def _read(
    sentence: Sentence, rule: ConditionRule, match: re.Match[str], basis: Basis, profile: Profile
) -> list[_Reading]:
    """Return the conditions that a rule reads at a match, one for each paper of several; none without a value."""
    near = rule.near.search(sentence.text.plain, 0, match.start()) if rule.near else None
    if rule.fact == "manual":
        manual = _manual(sentence, sentence.clauses(*match.span()), basis, profile)
        return [_Reading(match.span(), replace(manual, by=rule.by or manual.by))]
    op, unit, parse = FACTS[rule.fact]
    value = parse(match, profile.conditions) if rule.value is None else rule.value
    groups = match.groupdict()
    among = codes_in(groups["among"], gazetteer_of(profile), profile.conditions) if groups.get("among") else None
    if value is None or (groups.get("among") and among is None) or (rule.near and near is None):
        return []
    words = sentence.words(sentence.clauses(*match.span()))
    case = _case(sentence, match.end(), profile)
    named = sentence.text[slice(*near.span())] if near else None
    of = _named(sentence.text, near if near and "of" in near.re.groupindex else match)
    names = _PAPERS.split(of) if of and rule.fact == "document" else [of]
    return [
        _Reading(
            match.span(),
            Condition(
                fact=rule.fact,
                op=rule.op or op,
                value=value,
                unit=unit,
                among=among,
                binding=rule.binding or binding_of(sentence, match.end(), profile.conditions),
                by=rule.by or _party(sentence, match, profile),
                of=name,
                when=case and case.printed,
                basis=basis,
                text=words.printed,
                evidence=cite(*(piece for piece in (case, named, words) if piece is not None)),
            ),
        )
        for name in names
    ]


def _durations(sentence: Sentence, basis: Basis, profile: Profile) -> Iterator[_Reading]:
    """Yield the bounds of the durations that a sentence states."""
    for statement in find_durations(sentence.text, profile):
        if statement.value is not None:
            start = sentence.text.plain.find(statement.words.plain)
            span = start, start + len(statement.words)
            words = sentence.words(sentence.clauses(*span))
            field = Field(status="stated", text=words.printed, value=statement.value, evidence=cite(words))
            for condition in duration_conditions(field, basis, profile):
                yield _Reading(span, condition)


def duration_conditions(field: Field[Duration], basis: Basis, profile: Profile) -> Iterator[Condition]:
    """Yield the bounds of a duration in months, those between its first and last day where it has no others."""
    if field.value is None or field.text is None:
        return
    months = months_of(field.value)
    low, high = months.min, months.max
    bounds: tuple[tuple[Op, int | None], ...] = (("at_least", low), ("at_most", high))
    for op, months in (("equals", low),) if low == high else bounds:
        if months is not None:
            yield Condition(
                fact="project_months",
                op=op,
                value=months,
                unit="months",
                binding=binding_in(folded(field.text), profile.conditions) or "must",
                by="project",
                basis=basis,
                text=field.text.strip("。；"),
                evidence=field.evidence,
            )


def introduced_conditions(text: Text, stated: Field[Duration], profile: Profile) -> Iterator[Condition]:
    """Yield the conditions of an introduction: the duration that it states for all, and sentences to applicants."""
    for words in split_sentences(text.without("[\u2028]")):
        sentence = sentence_of(words.without("\n").strip(SPACE))
        words_of_duration = " *".join(map(re.escape, "".join((stated.text or "").split())))
        match = re.search(words_of_duration, sentence.text.chars) if words_of_duration else None
        if match:
            clause = sentence.words(sentence.clauses(*match.span()))
            case = _case(sentence, match.end(), profile)
            exact = replace(stated, text=clause.printed, evidence=cite(clause))
            for condition in duration_conditions(exact, "introduction", profile):
                yield replace(condition, when=case and case.printed)
        elif profile.conditions.addresses.search(sentence.text.plain):
            yield from _conditions(sentence, (), "introduction", profile)


def openness_conditions(text: Text, profile: Profile) -> Iterator[Condition]:
    """Yield that topics are any at all, for the whole section or for the point of a list that says so."""
    points = [point for point in _points(text.without("[\u2028]")) if point.strip(SPACE)]
    for point in points:
        if any(pattern.search(point.plain) for pattern in profile.topics.unrestricted):
            words = point.without("\n").strip(f"{SPACE}。；，")
            name = sentence_of(words)
            yield Condition(
                fact="topics",
                op="equals",
                value="any",
                binding="info",
                by="project",
                track=name.words(range(1)).printed if len(points) > 1 else None,
                basis="fields",
                text=words.printed,
                evidence=cite(words),
            )


def _contacts(sentence: Sentence, basis: Basis, profile: Profile) -> Iterator[_Reading]:
    """Yield whom to ask: the telephone numbers and addresses of a sentence, as one condition that asks for nothing."""
    is_labelled = basis == "other" or profile.conditions.contact.search(sentence.text.plain)
    spans = find_contacts(sentence.text.plain) if is_labelled else []
    if spans:
        words = sentence.words(sentence.clauses(spans[0].start, spans[-1].stop))
        addresses = tuple(sentence.text.chars[span] for span in spans)
        condition = Condition(
            fact="contact",
            op="one_of",
            value=addresses,
            binding="info",
            by=None,
            basis=basis,
            text=words.printed,
            evidence=cite(words),
        )
        yield _Reading((spans[0].start, spans[-1].stop), condition)


def _named(text: Text, match: re.Match[str]) -> str | None:
    """Return the name that a match has as `of`, without 相关 and the like."""
    if not match.groupdict().get("of"):
        return None
    return _NO_NAME.sub("", text[slice(*match.span("of"))].printed.replace(" ", "")) or None


def _party(sentence: Sentence, match: re.Match[str], profile: Profile) -> Party:
    """Return the party that the words before a match name last, those of its clause first, or those of the match."""
    words, plain = profile.conditions, sentence.text.plain
    clause = sentence.offsets[sentence.clauses(*match.span()).start]
    places = plain[clause : match.start()], match[0], plain[: match.start()]
    return next((party for place in places if (party := last_party(place, words))), "applicant")


def _case(sentence: Sentence, end: int, profile: Profile) -> Text | None:
    """Return the case in which alone a clause holds that ends behind an offset: 多家单位联合申报的，须由一家单位牵头."""
    end = sentence.offsets[sentence.clauses(end - 1, end).stop]
    found = (pattern.search(sentence.text.plain, 0, end) for pattern in profile.conditions.cases)
    match = next(filter(None, found), None)
    return sentence.text[slice(*match.span("case"))] if match else None


# ── what no rule reads ────────────────────────────────────────────────────────────────────────────────


def _clauses_left(
    sentence: Sentence, readings: Sequence[_Reading], basis: Basis, profile: Profile
) -> Iterator[range]:
    """Yield the clauses that ask for something that no rule read, those side by side together.

    A sentence of requirements of which nothing was read is one, unless it only announces a list.
    """
    words = profile.conditions
    if not readings:
        plain = sentence.text.plain
        if words.asks.search(plain) if basis == "other" else not words.announces.search(plain):
            yield sentence.all
        return
    read = {clause for one in readings for clause in sentence.clauses(*one.span)}
    for clause in sentence.all:
        plain, *rest = (sentence.words(range(at, at + 1)).plain for at in range(clause, len(sentence.all))[:2])
        is_explained = bool(rest) and rest[0].startswith("即")  # 采取“2+2”合作模式，即中方至少一个科研机构
        is_asked = words.asks.search(plain) and not words.announces.search(plain)
        if clause not in read and is_asked and not is_explained:
            yield range(clause, clause + 1)


def _manual(sentence: Sentence, clauses: range, basis: Basis, profile: Profile) -> Condition:
    """Return what a person has to judge; a sentence that asks for nothing informs."""
    words = sentence.words(clauses)
    before = sentence.text.plain[: sentence.offsets[clauses.start]]
    asks = profile.conditions.asks.search(words.plain)
    return Condition(
        fact="manual",
        op=None,
        value=None,
        binding=binding_of(sentence, sentence.offsets[clauses.stop], profile.conditions) if asks else "info",
        by=first_party(words.plain, profile.conditions) or last_party(before, profile.conditions),
        basis=basis,
        text=words.printed,
        evidence=cite(words),
    )
