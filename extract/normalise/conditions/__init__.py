"""Requirements → conditions: what an application can be tested by, each with the words that say it.

Rules of the profile find the facts in a sentence. A clause that asks for something that no rule reads is `manual`: a
person judges it, so that no requirement is lost.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.model.conditions import Basis, Condition, Party
from extract.model.evidence import cite
from extract.model.ranges import duration_bounds
from extract.model.record import Field
from extract.model.text import Text, folded
from extract.model.values import Duration
from extract.normalise.conditions.clauses import Sentence, binding_in, binding_of, first_party, last_party, sentence_of
from extract.normalise.conditions.contacts import find_contacts
from extract.normalise.conditions.values import FACTS, codes_in
from extract.normalise.duration_in_prose import find_durations
from extract.normalise.partners.gazetteer import gazetteer_of
from extract.normalise.points import SPACE, all_points, split_sentences
from extract.profile.schema import ConditionRule, ConditionWords, Profile

_PAPERS = re.compile("(?<=[书函件料明])(?:、|以及|[和及与])")  # between two papers: 单位推荐函和承诺书
_LONGEST = re.compile("最长|最多|至多")  # 一般为3年，最长不超过5年: what is usual is no bound
_NO_NAME = re.compile("相关|有关|^的|的$")


class _Reading(Struct, frozen=True):
    """A condition, and where its words stand in the sentence."""

    span: tuple[int, int]
    condition: Condition


def read_conditions(point: Text, tracks: Sequence[str], basis: Basis, profile: Profile) -> list[Condition]:
    """Return the conditions of a point, in the order of its words; `tracks` are the names of parts of the section."""
    return [
        condition
        for words in split_sentences(point)
        for condition in _conditions(sentence_of(words.without("\n").strip(SPACE)), tracks, basis, profile)
    ]


def _conditions(sentence: Sentence, tracks: Sequence[str], basis: Basis, profile: Profile) -> Iterator[Condition]:
    """Yield the conditions of a sentence in the order of its words."""
    if not sentence.text.strip(f"{SPACE}。；"):
        return
    readings = _readings(sentence, basis, profile)
    left = _clauses_left(sentence, readings, basis, profile)
    readings += [_Reading((sentence.offsets[part.start], 0), _manual(sentence, part, basis, profile)) for part in left]
    found = [reading.condition for reading in sorted(readings, key=lambda one: one.span[0])]
    track = next((name for name in tracks if sentence.text.printed.startswith(name)), None)
    if track is None and (named := profile.conditions.track.match(sentence.text.plain)):
        track = sentence.text[slice(*named.span())].printed
    yield from (replace(one, track=track) for at, one in enumerate(found) if one not in found[:at])


# ── what rules read ───────────────────────────────────────────────────────────────────────────────────


def _readings(sentence: Sentence, basis: Basis, profile: Profile) -> list[_Reading]:
    """Return what the rules of the profile read; a rule reads no words within those that one above it has read."""
    readings = [*_durations(sentence, basis, profile), *_contacts(sentence, basis, profile)]
    for rule in profile.conditions.rules:
        for match in rule.pattern.finditer(sentence.text.plain):
            if not _is_taken(match, rule, readings) and not _is_spared(sentence, rule, match, profile):
                readings += _read(sentence, rule, match, basis, profile)
    return readings


def _is_taken(match: re.Match[str], rule: ConditionRule, readings: Sequence[_Reading]) -> bool:
    """Return True if a match is within what another fact was read from, or touches what the same was."""
    return any(
        start <= match.start() and match.end() <= end
        if one.condition.fact != rule.fact
        else start < match.end() and match.start() < end
        for one in readings
        for start, end in [one.span]
    )


def _is_spared(sentence: Sentence, rule: ConditionRule, match: re.Match[str], profile: Profile) -> bool:
    """Return True if the words before a match say that nothing is asked: 无需提供推荐函."""
    clause = sentence.offsets[sentence.clauses(*match.span()).start]
    spared = profile.conditions.spares.finditer(sentence.text.plain, clause)
    return rule.binding != "info" and any(one.start() <= match.start() < one.end() for one in spared)


def _read(
    sentence: Sentence, rule: ConditionRule, match: re.Match[str], basis: Basis, profile: Profile
) -> list[_Reading]:
    """Return the conditions that a rule reads at a match, one for each paper of several; none without a value."""
    near = rule.near.search(sentence.text.plain, 0, match.start()) if rule.near else None
    if rule.fact == "manual":
        manual = _manual(sentence, sentence.clauses(*match.span()), basis, profile)
        return [_Reading(match.span(), replace(manual, by=rule.by or first_party(match[0], profile.conditions)))]
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
                when=case.printed if case else None,
                basis=basis,
                text=words.printed,
                evidence=cite(*(piece for piece in (case, named, words) if piece is not None)),
            ),
        )
        for name in names
    ]


def _durations(sentence: Sentence, basis: Basis, profile: Profile) -> Iterator[_Reading]:
    """Yield the bounds of the durations that a sentence states; one of some projects alone is for a person to judge."""
    for statement in find_durations(sentence.text, profile):
        start = sentence.text.plain.find(statement.words.plain)
        span = start, start + len(statement.words)
        clauses = sentence.clauses(*span)
        words = sentence.words(clauses)
        if statement.value is None:
            binding = binding_of(sentence, span[1], profile.conditions)
            yield _Reading(span, replace(_manual(sentence, clauses, basis, profile), binding=binding))
            continue
        field = Field(status="stated", text=words.printed, value=statement.value, evidence=cite(words))
        for condition in duration_conditions(field, basis, profile):
            yield _Reading(span, condition)


def duration_conditions(field: Field[Duration], basis: Basis, profile: Profile) -> Iterator[Condition]:
    """Yield the bounds of a duration in months, those between its first and last day where it has no others."""
    if field.value is None or field.text is None:
        return
    longest = _LONGEST.search(field.text)
    words = field.text[longest.start() :] if longest else field.text
    quotes = [piece.quote for piece in field.evidence]
    # the unit may be in the label: 执行期（个月）：36
    beside = [piece for piece in field.value.evidence if not any(piece.quote in quote for quote in quotes)]
    for bound, months in duration_bounds(field.value):
        if not (longest and bound == "at_least"):
            yield Condition(
                fact="project_months",
                op=bound,
                value=months,
                unit="months",
                binding=binding_in(folded(words), profile.conditions) or "must",
                by="project",
                basis=basis,
                text=field.text.strip("。；"),
                evidence=(*field.evidence, *beside),
            )


def introduced_conditions(text: Text, stated: Field[Duration], profile: Profile) -> Iterator[Condition]:
    """Yield the conditions of an introduction: the duration that it states for all, and sentences to applicants."""
    for words in split_sentences(text.without("[\u2028]")):
        sentence = sentence_of(words.without("\n").strip(SPACE))
        match = _statement(sentence.text, stated.text or "", profile)
        if match:
            clause = sentence.words(sentence.clauses(*match.span()))
            case = _case(sentence, match.end(), profile)
            exact = replace(stated, text=clause.printed, evidence=cite(clause))
            for condition in duration_conditions(exact, "introduction", profile):
                yield replace(condition, when=case.printed if case else None)
        elif profile.conditions.addresses.search(sentence.text.plain):
            yield from _conditions(sentence, (), "introduction", profile)


def _statement(sentence: Text, words: str, profile: Profile) -> re.Match[str] | None:
    """Return where a sentence states the duration of these words."""
    words = "".join(words.split())
    for pattern in profile.introduction.duration:
        for match in pattern.finditer(sentence.plain):
            value = "".join(sentence[slice(*match.span("value"))].printed.split())
            if words and (words in value or value in words):
                return match
    return None


def openness_conditions(text: Text, profile: Profile) -> Iterator[Condition]:
    """Yield that topics are any at all, for the whole section or for the point of a list that says so."""
    points = [words for words in all_points(text) if words.strip(SPACE)]
    for point in points:
        if any(pattern.search(point.plain) for pattern in profile.topics.unrestricted):
            words = point.without("\n").strip(f"{SPACE}。；，")
            yield Condition(
                fact="topics",
                op="equals",
                value="any",
                binding="info",
                by="project",
                track=sentence_of(words).clause(0).printed if len(points) > 1 else None,
                basis="fields",
                text=words.printed,
                evidence=cite(words),
            )


def _contacts(sentence: Sentence, basis: Basis, profile: Profile) -> Iterator[_Reading]:
    """Yield whom to ask: the telephone numbers and addresses of a sentence, as one condition that asks for nothing."""
    is_labelled = basis == "other" or profile.conditions.contact.search(sentence.text.plain)
    spans = find_contacts(sentence.text.plain) if is_labelled else []
    if spans:
        clauses = sentence.clauses(spans[0].start, spans[-1].stop)
        is_label_before = sentence.text.plain[: sentence.offsets[clauses.start]].endswith("：")
        words = sentence.words(range(clauses.start - is_label_before, clauses.stop))
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
    """Return the case in which alone a clause holds that ends behind an offset: 多家单位联合申报的，须由一家牵头."""
    clause = sentence.clauses(end - 1, end)
    start, end = (sentence.offsets[offset] for offset in (clause.start, clause.stop))
    patterns = profile.conditions.cases
    found = (pattern.search(sentence.text.plain, first, end) for first in (start, 0) for pattern in patterns)
    match = next(filter(None, found), None)
    return sentence.text[slice(*match.span("case"))] if match else None


# ── what no rule reads ────────────────────────────────────────────────────────────────────────────────


def _clauses_left(sentence: Sentence, readings: Sequence[_Reading], basis: Basis, profile: Profile) -> Iterator[range]:
    """Yield the clauses that ask for something that no rule read, those side by side together.

    A sentence of requirements of which nothing was read is one, unless it only announces a list; what it prefers is
    apart from what it asks.
    """
    words = profile.conditions
    if not readings:
        plain = sentence.text.plain
        is_for_applicants = words.asks.search(plain) or words.spares.search(plain)
        if is_for_applicants if basis == "other" else not words.announces.search(plain):
            at = _first_preference(sentence, words)
            yield from (part for part in (sentence.all[:at], sentence.all[at:]) if part)
        return
    read = {clause for one in readings for clause in sentence.clauses(*one.span)}
    cases = {one.condition.when for one in readings}
    for clause in sentence.all:
        plain, *rest = (sentence.clause(index).plain for index in sentence.all[clause : clause + 2])
        is_explained = bool(rest) and rest[0].startswith("即")  # 采取“2+2”合作模式，即中方至少一个科研机构
        is_asked = words.asks.search(words.spares.sub("", plain)) and not words.announces.search(plain)
        is_case = sentence.clause(clause).printed in cases
        if clause not in read and is_asked and not is_explained and not is_case:
            yield range(clause, clause + 1)


def _first_preference(sentence: Sentence, words: ConditionWords) -> int:
    """Return the clause in which a preference follows what is asked of applicants: 申报单位…，鼓励…; 0 if none does."""
    for clause in sentence.all[1:]:
        before = sentence.words(range(clause)).plain
        prefers = binding_in(sentence.clause(clause).plain, words) == "prefer"
        if prefers and words.addresses.search(before) and not before.endswith(("的", "下", "时")):
            return clause
    return 0


def _manual(sentence: Sentence, clauses: range, basis: Basis, profile: Profile) -> Condition:
    """Return what a person has to judge; words that ask for nothing inform."""
    words = sentence.words(clauses)
    before = sentence.text.plain[: sentence.offsets[clauses.start]]
    vocabulary = profile.conditions
    asked = vocabulary.spares.sub("", words.plain)
    told = vocabulary.tells.search(words.plain) or vocabulary.spares.search(words.plain)
    asks = vocabulary.asks.search(asked) or not told
    own = first_party(words.plain, vocabulary)
    return Condition(
        fact="manual",
        op=None,
        value=None,
        binding=binding_of(sentence, sentence.offsets[clauses.stop], vocabulary) if asks else "info",
        by=own if own not in (None, "project") else last_party(before, vocabulary) or own,
        basis=basis,
        text=words.printed,
        evidence=cite(words),
    )
