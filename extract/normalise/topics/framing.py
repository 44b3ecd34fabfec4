"""The words around a list of topics: 支持双方在…等领域开展联合研究, 领域不限，…, …以及双方商定的其他领域.

What opens and closes a list is in the profile. Words that say something and name no topic are remarks; every word
that is understood is noted, so that one that is not can be told.
"""

import re
from collections.abc import Iterator, Sequence

from extract.language import brackets
from extract.language.lexicon import Lexicon
from extract.language.numerals import parse_numeral
from extract.model.text import Text, join_texts
from extract.normalise.topics.coverage import TopicCoverage
from extract.profile.schema import TopicWords

_GOES_ON = re.compile("并|且|同时|应(?!用|急)|须|需(?!求)|不")
STOPS = " \n\u2028，、；。：."


class SentenceFraming:
    """Takes the words around a list away, and keeps what they say."""

    def __init__(self, rules: TopicWords, words: Lexicon, said: TopicCoverage) -> None:
        self._rules, self._words, self._said = rules, words, said
        worked, work = rules.activities.pattern, rules.bare_work.pattern
        tail = f"(?:的|内|中|上|之间|范围内)?(?:{worked})*$"
        self._open_ended = re.compile(f"(?:{rules.open_ended.pattern}){tail}|等$")
        self._ended = re.compile(f"(?:{rules.open_ended.pattern})$|等$")
        self._counted = re.compile(f"(?:{rules.counted.pattern}){tail}")
        self._only_work = re.compile(f"(?:开展|进行|加强|推动|推进|促进|深化)(?:{worked}|人员|人才|互访|，)+")
        self._and_others = re.compile(f"(?:以及|[及和与或])(?:{rules.others.pattern})$")
        self._works = re.compile(f"(?:{rules.works.pattern})(?:{worked})+$|(?P<bare>{work})$")

    def aside(self, clause: Text, *, remarks: bool = True) -> bool:
        """Whether a clause names no topic at all: 领域不限, 以及双方商定的其他领域, 具体以外方发布的指南为准."""
        bare = clause.strip(STOPS)
        words, note = brackets.closing(bare)
        if _any(self._rules.unrestricted, words):
            self._said.free.append(words)
            self._said.understood.append(words)
            self._said.remarks += [note] if note else []
            return True
        if self._rules.others.fullmatch(bare.plain):
            self._said.open_ended = True
            self._said.understood.append(bare)
            return True
        if remarks and bare and _any(self._rules.remarks, bare) and not self._rules.leading.match(bare.plain):
            self._said.remarks.append(bare)
            return True
        return False

    def without_asides(self, text: Text, *, remarks: bool = True) -> Text:
        """A text without the clauses before and after its list that name no topic.

        A remark before the list may have several clauses: 但应符合两国规划，并具有创新性.
        """
        text = text.strip(STOPS)
        clauses = _clauses(text)
        while clauses and not self._introduces(text, clauses[0]) and self.aside(text[clauses[0]], remarks=remarks):
            before = text[clauses.pop(0)].strip(STOPS)
            while clauses and before in self._said.remarks and _GOES_ON.match(text[clauses[0]].strip(STOPS).plain):
                before = text[clauses.pop(0)].strip(STOPS)
                self._said.remarks.append(before)
        while clauses and self.aside(text[clauses[-1]], remarks=remarks):
            clauses.pop()
        return text[clauses[0].start : clauses[-1].stop] if clauses else text[:0]

    def _introduces(self, text: Text, clause: slice) -> bool:
        """Whether a clause leads to a list: 双方共同关注的领域，包括农业、能源."""
        link = self._rules.links.match(text.plain, clause.stop)
        return bool(link and not link["prefers"] and self.announced(text[clause]))

    def announced(self, words: Text) -> bool:
        """Whether words say whose fields a list has (双方共同关注的领域), and not that there are others."""
        plain = words.strip(STOPS).plain
        return bool(self._rules.others.fullmatch(plain)) and "其" not in plain and "限于" not in plain

    def segments(self, text: Text) -> Iterator[Text]:
        """The lists in a row that each have a closing of their own: …等前沿领域及农业、能源等民生领域.

        A closing stands between two of the words that may part lists.
        """
        last = brackets.find(text, self._open_ended)
        start = before = 0
        for match in brackets.outside(text, "以及|[及和与，、]"):
            if last and match.start() > last.start():
                break
            closing = brackets.find(text[before : match.start()], self._ended)
            place = before + closing.start() - start if closing else 0
            before = match.end()
            if place and not self._words.within_word(head := text[start : match.start()], place):
                yield head
                self._said.understood.append(text[match.start() : match.end()])
                start = match.end()
        yield text[start:]

    def unframed(self, text: Text, *, listed: bool = False, sentence: bool = False) -> Text:
        """A list without the words that close it (等领域) and, where they do, those that open it (在).

        `listed`: the names are a list's, which 等技术 may close; of one name it is a part. `sentence`: the list may
        also be the object of a sentence: 支持两国企业在能源、环境领域开展联合研究.
        """
        bare = self._without_others(text.strip(STOPS))
        body, inside = brackets.closing(bare)
        note = bare[len(body) :]
        if inside and brackets.find(body, self._ended):
            if self._rules.others.fullmatch(inside.plain):
                self._said.understood.append(inside)
                note = note[:0]
            elif _any(self._rules.remarks, inside):  # 信息通信等（具体领域以外方指南为准）: said of the whole list
                self._said.remarks.append(inside)
                note = note[:0]
            elif brackets.find(body, "[、，]"):
                self._said.doubts.append(bare)
        patterns = (self._open_ended, self._counted, self._works)
        for pattern in patterns if sentence else patterns[:1]:
            closing = brackets.find(body, pattern)
            if not closing or not closing.start() or self._words.within_word(body, closing.start()):
                continue
            if not listed and closing.groupdict().get("thing"):
                continue
            start = self._start(body[: closing.start()], closing, sentence=sentence)
            if start is not None:
                self._said.open_ended |= pattern is self._open_ended
                return join_texts([self._closed(body, start, closing), note], text)
        return bare

    def only_work(self, text: Text) -> bool:
        """Whether a sentence tells what is done, and names no topic: 开展合作研究、人员交流."""
        return bool(self._only_work.fullmatch(text.strip(STOPS).plain))

    def _closed(self, body: Text, start: int, closing: re.Match[str]) -> Text:
        """The list between its opening and its closing; 等民生领域 says of which kind its topics are."""
        groups = closing.groupdict()
        if groups.get("bare") and _ends_alike(body[start : closing.start()], closing[0]):
            return body[start:]
        self._said.understood.append(body[closing.start() :])
        if number := groups.get("number"):
            self._said.counted = parse_numeral(number)
        if groups.get("kind"):
            self._said.remarks.append(body[closing.start("kind") : closing.end("kind")])
        return body[start : closing.start()].strip(STOPS)

    def _without_others(self, text: Text) -> Text:
        match = brackets.find(text, self._and_others)
        if not match or not match.start() or self._words.within_word(text, match.start()):
            return text
        self._said.open_ended = True
        self._said.understood.append(text[match.start() :])
        return text[: match.start()].strip(STOPS)

    def _start(self, inner: Text, closing: re.Match[str], *, sentence: bool) -> int | None:
        """Where the list begins that is closed; None where what closes it closes nothing.

        等 alone needs no opening, 领域开展合作 does, and 研究 needs a verb.
        """
        if closing[0] == "等":
            return 0
        works = closing.re is self._works
        for opening in reversed(list(self._openings(inner))):
            before, rest = inner[: opening.start()], inner[opening.end() :].strip(STOPS)
            bare_work = works and bool(closing["bare"])
            if self._rules.binds.fullmatch(opening[0]) and "的" in rest.plain and brackets.find(before, "；"):
                continue  # …；面向天文、环境的数据处理技术等领域: a name's own
            if self._is_list(rest, opening, bare_work=bare_work) and self._subject(before, sentence=sentence):
                self._said.understood.append(inner[opening.start() : opening.end()])
                return opening.end()
        *names, last = brackets.split(inner, "；")  # 面向… within an earlier name opens nothing
        own = bool(names) and "的" in last.plain
        return None if works or (self._rules.binds.search(last.plain) and not own) else 0

    def _is_list(self, rest: Text, opening: re.Match[str], *, bare_work: bool) -> bool:
        """Whether what stands between an opening and a closing is topics: not who works together, or what is done."""
        first, *others = brackets.split(rest, "、，")
        if bare_work and (not opening["verb"] or not others):
            return False  # 支持基础研究
        own = brackets.split(rest, "；")[0] if brackets.find(rest, "；") else first
        if "的" in own.plain and self._rules.binds.fullmatch(opening[0]):
            return False  # 面向老龄化的医疗、机器人等领域; 面向天文、环境的数据处理；材料科学等领域
        works = any(self._works.fullmatch(piece.plain) for piece in (first, *others))
        return bool(rest) and not works and not self.tells_who(rest)

    def tells_who(self, words: Text) -> bool:
        """Whether words only tell who works together, or what for; what for may be a list of topics as well."""
        match = self._rules.subject.search(words.plain)
        return match is not None and not (match["aim"] and brackets.find(words, "、"))

    def _openings(self, inner: Text) -> Iterator[re.Match[str]]:
        for match in brackets.outside(inner, self._rules.opens):
            if not any(self._words.within_word(inner, place) for place in match.span()):
                yield match

    def _subject(self, before: Text, *, sentence: bool) -> bool:
        """Whether words before an opening only tell who does it, and how; who is not listed becomes a remark."""
        listed = re.search(rf"(?:{self._rules.fillers.pattern})*$", before.plain)
        assert listed is not None
        free = before[: listed.start()].strip(STOPS)
        if free and not (sentence and self.tells_who(free)):
            return False
        self._said.understood.append(before[listed.start() :])
        if free:
            self._said.remarks.append(free)
        return True


def _any(patterns: Sequence[re.Pattern[str]], text: Text) -> bool:
    return any(pattern.fullmatch(text.plain) for pattern in patterns)


def _clauses(text: Text) -> list[slice]:
    """The places of the clauses of a text, cut at ， and ； outside of brackets."""
    cuts = [match.start() for match in brackets.outside(text, "[，；]")]
    return [slice(start, end) for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)]


def _ends_alike(names: Text, work: str) -> bool:
    """Whether a name before the last ends in the work, too: in 开展基础研究、应用研究 the last 研究 is a name's."""
    return any(piece.plain.endswith(work) for piece in brackets.split(names, "、，")[:-1])
