"""Match the words around a list of topics: 支持双方在…等领域开展联合研究, 领域不限，…, …以及双方商定的其他领域.

Openings and closings are in the profile. Functions return a match (`Frame`, or the `Coverage` of an aside); callers
that remove its words add its coverage.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from extract.language import brackets
from extract.language.numerals import parse_numeral
from extract.model.text import Text, join_texts
from extract.normalise.topics.coverage import Coverage, add_up
from extract.normalise.topics.grammar import STOPS, TopicGrammar, is_any_of

_CONTINUES_REMARK = re.compile("并|且|同时|应(?!用|急)|须|需(?!求)|不")

# The position of a list: the name of a topic, a list of names, or the object of a sentence.
FrameMode = Literal["name", "list", "sentence"]


class Frame(Struct, frozen=True):
    """The frame of a list in a sentence: `两国企业` `支持…在` **能源、环境** `等领域开展联合研究`.

    `subject` (who works) and `kind` (民生 in 等民生领域) become remarks. `count`: the number of topics that the closing
    states (两个领域).
    """

    subject: Text
    opening: Text
    list: Text
    closing: Text
    kind: Text | None = None
    count: Decimal | None = None
    open_ended: bool = False

    @property
    def coverage(self) -> Coverage:
        """The coverage of the words of the frame."""
        return Coverage(
            understood=(self.opening, self.closing),
            remarks=tuple(words for words in (self.subject, self.kind) if words),
            open_ended=self.open_ended,
        )


class Unframed(Struct, frozen=True):
    """A list without frame and trailing other topics, with its note."""

    list: Text
    count: Decimal | None
    coverage: Coverage


def parse_aside(clause: Text, grammar: TopicGrammar, *, remarks: bool = True) -> Coverage | None:
    """Return the coverage of a clause without topics, or None if it may have some.

    CASE 1, no restriction: 领域不限（基础研究除外）
    CASE 2, other topics as well: 以及双方商定的其他领域
    CASE 3, with `remarks`, a remark: 具体以外方发布的指南为准
    """
    rules, bare = grammar.rules, clause.strip(STOPS)
    words, note = brackets.closing(bare)
    if is_any_of(rules.unrestricted, words):
        return Coverage(unrestricted=(words,), understood=(words,), remarks=(note,) if note else ())
    if rules.others.fullmatch(bare.plain):
        return Coverage(open_ended=True, understood=(bare,))
    if remarks and bare and is_any_of(rules.remarks, bare) and not rules.leading.match(bare.plain):
        return Coverage(remarks=(bare,))
    return None


def without_asides(text: Text, grammar: TopicGrammar, *, remarks: bool = True) -> tuple[Text, Coverage]:
    """Drop the clauses without topics before and after a list.

    A remark before the list may have several clauses: 但应符合两国规划，并具有创新性.
    """
    text = text.strip(STOPS)
    clauses = _clauses(text)
    parts: list[Coverage] = []
    while clauses and not _introduces_list(text, clauses[0], grammar):
        aside = parse_aside(text[clauses[0]], grammar, remarks=remarks)
        if aside is None:
            break
        parts.append(aside)
        clause = text[clauses.pop(0)].strip(STOPS)
        while clauses and clause in parts[-1].remarks and _CONTINUES_REMARK.match(text[clauses[0]].strip(STOPS).plain):
            clause = text[clauses.pop(0)].strip(STOPS)
            parts.append(Coverage(remarks=(clause,)))
    while clauses and (aside := parse_aside(text[clauses[-1]], grammar, remarks=remarks)):
        parts.append(aside)
        clauses.pop()
    return text[clauses[0].start : clauses[-1].stop] if clauses else text[:0], add_up(parts)


def _clauses(text: Text) -> list[slice]:
    """Return the clauses of a text, cut at ， and ； outside of brackets."""
    cuts = [match.start() for match in brackets.outside(text, "[，；]")]
    return [slice(start, end) for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)]


def _introduces_list(text: Text, clause: slice, grammar: TopicGrammar) -> bool:
    """Return True if a clause leads to a list: 双方共同关注的领域，包括农业、能源."""
    link = grammar.rules.links.match(text.plain, clause.stop)
    return bool(link and not link["prefers"] and is_owner_of_list(text[clause], grammar))


def is_owner_of_list(words: Text, grammar: TopicGrammar) -> bool:
    """Return True if words name the owner of the fields (双方共同关注的领域), not other fields."""
    plain = words.strip(STOPS).plain
    return bool(grammar.rules.others.fullmatch(plain)) and "其" not in plain and "限于" not in plain


def as_supported(sentence: Text, grammar: TopicGrammar) -> tuple[Text, Coverage]:
    """Return 对农业、能源领域的研究进行资助 as 支持农业、能源领域的研究, with the coverage of the words that go."""
    match = grammar.rules.funds.fullmatch(sentence.plain)
    if match is None:
        return sentence, Coverage()
    start, end = match.span("list")
    subject = sentence[: match.end("subject")]
    is_filler = grammar.fillers_at_end.fullmatch(subject.plain)
    words = (sentence[len(subject) : start], sentence[end:], *((subject,) if is_filler else ()))
    coverage = Coverage(understood=words, remarks=() if is_filler else (subject,))
    return join_texts([sentence.glue("支持"), sentence[start:end]], sentence), coverage


def is_only_work(text: Text, grammar: TopicGrammar) -> bool:
    """Return True if a sentence names activities, no topic: 开展合作研究、人员交流."""
    return bool(grammar.only_work.fullmatch(text.strip(STOPS).plain))


def is_subject(words: Text, grammar: TopicGrammar) -> bool:
    """Return True if words only name who works together, or the aim; an aim may also be a list of topics."""
    match = grammar.rules.subject.search(words.plain)
    return match is not None and not (match["aim"] and brackets.find(words, "、"))


def split_framed_lists(text: Text, grammar: TopicGrammar) -> tuple[list[Text], Coverage]:
    """Split consecutive lists with a closing each: …等前沿领域及农业、能源等民生领域.

    A closing lies between two of the words that may separate lists.
    """
    last = brackets.find(text, grammar.open_ended_closing)
    lists, separators = [], []
    start = before = 0
    for match in brackets.outside(text, "以及|[及和与，、]"):
        if last and match.start() > last.start():
            break
        closing = brackets.find(text[before : match.start()], grammar.closing_alone)
        offset = before + closing.start() - start if closing else 0
        before = match.end()
        if offset and not grammar.is_within_word(head := text[start : match.start()], offset):
            lists.append(head)
            separators.append(text[match.start() : match.end()])
            start = match.end()
    return [*lists, text[start:]], Coverage(understood=tuple(separators))


def unframe(text: Text, mode: FrameMode, grammar: TopicGrammar) -> Unframed:
    """Drop the closing of a list (等领域) and, with one, its opening (在)."""
    bare, coverage = _without_other_topics(text.strip(STOPS), grammar)
    body, note = brackets.closing(bare)
    bracket = bare[len(body) :]
    if note and brackets.find(body, grammar.closing_alone):
        note_coverage = _parse_note_of_list(note, grammar)
        if note_coverage:
            bracket = bracket[:0]
            coverage += note_coverage
        elif brackets.find(body, "[、，]"):
            coverage += Coverage(doubts=(bare,))
    frame = match_frame(body, mode, grammar)
    if frame is None:
        return Unframed(bare, None, coverage)
    return Unframed(join_texts([frame.list, bracket], text), frame.count, coverage + frame.coverage)


def _without_other_topics(text: Text, grammar: TopicGrammar) -> tuple[Text, Coverage]:
    """Drop 及双方商定的其他领域 at the end of a list."""
    match = brackets.find(text, grammar.other_topics)
    if not match or not match.start() or grammar.is_within_word(text, match.start()):
        return text, Coverage()
    return text[: match.start()].strip(STOPS), Coverage(open_ended=True, understood=(text[match.start() :],))


def _parse_note_of_list(note: Text, grammar: TopicGrammar) -> Coverage | None:
    """Return the coverage of a bracket on a whole list, or None: 信息通信等（具体领域以外方指南为准）."""
    if grammar.rules.others.fullmatch(note.plain):
        return Coverage(understood=(note,))
    return Coverage(remarks=(note,)) if is_any_of(grammar.rules.remarks, note) else None


def match_frame(text: Text, mode: FrameMode, grammar: TopicGrammar) -> Frame | None:
    """Return the frame of a list, or None without one.

    CASE 1, an open-ended list: 在能源、环境等领域; of one name, 等技术 is a part
    CASE 2, a counted list, in a sentence: 能源、环境两个领域
    CASE 3, an activity, in a sentence: 支持两国企业在能源、环境领域开展联合研究
    """
    in_sentence = mode == "sentence"
    patterns = (grammar.open_ended_closing, grammar.counted_closing, grammar.work_closing)
    for pattern in patterns if in_sentence else patterns[:1]:
        closing = brackets.find(text, pattern)
        if not closing or not closing.start() or grammar.is_within_word(text, closing.start()):
            continue
        if mode == "name" and closing.groupdict().get("thing"):
            continue
        opening = _match_opening(text[: closing.start()], closing, grammar, in_sentence=in_sentence)
        if opening is not None:
            return _frame_of(text, opening, closing, open_ended=pattern is grammar.open_ended_closing)
    return None


def _frame_of(text: Text, opening: slice, closing: re.Match[str], *, open_ended: bool) -> Frame:
    groups, end = closing.groupdict(), closing.start()
    if groups.get("bare") and _is_end_of_names(text[opening.stop : end], closing[0]):
        end = len(text)
    number = groups.get("number")
    return Frame(
        subject=text[: opening.start].strip(STOPS),
        opening=text[opening],
        list=text[opening.stop : end].strip(STOPS) if end < len(text) else text[opening.stop :],
        closing=text[end:],
        kind=text.group(closing, "kind") if "kind" in groups else None,
        count=parse_numeral(number) if number else None,
        open_ended=open_ended,
    )


def _is_end_of_names(names: Text, work: str) -> bool:
    """Return True if an earlier name ends in the activity too: 开展基础研究、应用研究, where 研究 is part of a name."""
    return any(piece.plain.endswith(work) for piece in brackets.split(names, "、，")[:-1])


def _match_opening(inner: Text, closing: re.Match[str], grammar: TopicGrammar, *, in_sentence: bool) -> slice | None:
    """Return the opening of a list with filler words before it (支持双方在); None if the closing has no list.

    CASE 1, 等 alone: needs no opening
    CASE 2, the last opening with topics behind it and at most a subject before it
    CASE 3, 领域, without an opening: closes a list that begins the sentence
    CASE 4, 领域开展合作, 研究, without an opening: close nothing
    """
    if closing[0] == "等":
        return slice(0, 0)
    is_work, binds = closing.re is grammar.work_closing, grammar.rules.binds
    is_bare_work = is_work and bool(closing["bare"])
    for opening in reversed(list(_openings(inner, grammar))):
        before, rest = inner[: opening.start()], inner[opening.end() :].strip(STOPS)
        if binds.fullmatch(opening[0]) and "的" in rest.plain and brackets.find(before, "；"):
            continue  # …；面向天文、环境的数据处理技术等领域: part of a name
        if not _is_list(rest, opening, grammar, is_bare_work=is_bare_work):
            continue
        fillers = grammar.fillers_at_end.search(before.plain)
        assert fillers is not None
        subject = before[: fillers.start()].strip(STOPS)
        if not subject or (in_sentence and is_subject(subject, grammar)):
            return slice(fillers.start(), opening.end())
    *names, last = brackets.split(inner, "；")  # 面向… within an earlier name opens nothing
    is_part_of_name = bool(names) and "的" in last.plain
    return None if is_work or (binds.search(last.plain) and not is_part_of_name) else slice(0, 0)


def _openings(inner: Text, grammar: TopicGrammar) -> Iterator[re.Match[str]]:
    for match in brackets.outside(inner, grammar.rules.opens):
        if not grammar.is_within_word(inner, *match.span()):
            yield match


def _is_list(rest: Text, opening: re.Match[str], grammar: TopicGrammar, *, is_bare_work: bool) -> bool:
    """Return True if the words between opening and closing are topics, not partners or activities."""
    first, *others = brackets.split(rest, "、，")
    if is_bare_work and (not opening["verb"] or not others):
        return False  # 支持基础研究
    first_name = brackets.split(rest, "；")[0] if brackets.find(rest, "；") else first
    if "的" in first_name.plain and grammar.rules.binds.fullmatch(opening[0]):
        return False  # 面向老龄化的医疗、机器人等领域; 面向天文、环境的数据处理；材料科学等领域
    is_work = any(grammar.work_closing.fullmatch(piece.plain) for piece in (first, *others))
    return bool(rest) and not is_work and not is_subject(rest, grammar)
