"""Where a list of topics is cut: at ； if there is one, else at 、 and ，, but not within what belongs together.

基于北斗、GPS等系统的导航技术 is one topic, and so is 结核病、疟疾等疾病的疫苗: a 、 inside them separates no topics.

What joins a name, or words that lead to a list, to the names of the list: ： and ，包括, 支持 before a name.
"""

import re
from itertools import pairwise

from extract.language import brackets
from extract.language.lexicon import Lexicon
from extract.language.numerals import parse_numeral
from extract.model.text import Text
from extract.normalise.topics.coverage import TopicCoverage
from extract.normalise.topics.framing import STOPS, SentenceFraming
from extract.profile.schema import TopicWords

_QUOTED = re.compile("(?<=[”》])(?:以及|[和与及])(?=[“《])")
_SHORT = 3  # 能源和环境 are two topics; longer words may be one (清洁能源和公共卫生)
_ATTRIBUTE = re.compile("[的其]")
_SAID_OF_ALL = re.compile("(?<=.)(?:领域|方向)[ 。]*$")


class ListSplitter:
    """Cuts lists; what could be cut in two ways is a doubt."""

    def __init__(self, rules: TopicWords, words: Lexicon, said: TopicCoverage) -> None:
        self._rules, self._words, self._said = rules, words, said

    def cut(self, text: Text) -> list[Text]:
        """The names of a list."""
        clauses = brackets.split(text, "；")
        if len(clauses) > 1:
            return clauses
        runs = [self._run(run) for run in brackets.split(text, "，")]
        names = [name for run in runs for name in run]
        *names, last = [piece for name in names for piece in self._at(name, brackets.find(name, _QUOTED))]
        return self._shared([*names, *self._joined(last, listed=bool(names))])

    def _shared(self, names: list[Text]) -> list[Text]:
        """The names without a word behind the last that is said of all: 农业、能源领域."""
        *others, last = names
        word = _SAID_OF_ALL.search(last.plain)
        if not others or not word or any(_SAID_OF_ALL.search(name.plain.strip()) for name in others):
            return names
        self._said.understood.append(last[word.start() :])
        return [*others, last[: word.start()]]

    def _run(self, run: Text) -> list[Text]:
        """The names between two ，: cut at 、 where it separates names."""
        pieces = [0, *(match.start() + 1 for match in brackets.outside(run, "、")), len(run) + 1]
        spans = [slice(start, end - 1) for start, end in pairwise(pieces)]
        names: list[slice] = []
        start, last = 0, len(spans) - 1
        doubtful = False
        unclosed: set[re.Pattern[str]] = set()
        while start <= last:
            end = self._bound(run, spans, start, unclosed)
            name = slice(spans[start].start, spans[end].stop)
            if end == start and start and (sums := self._sums_up(run[name])):
                number = parse_numeral(sums[0][:-1]) if sums[0] != "等" else None  # …的ATLAS、CMS、LHCb、ALICE四个实验
                sure = number == start + 1 if number else start == last
                attributed = run.plain.find("的", 0 if number else name.start, name.stop) >= 0
                if not (sure and attributed) and not doubtful:
                    self._said.doubts.append(run)  # in 物理、化学等基础科学 the names are those before 等
                    doubtful = True
                names, name = [], slice(0, name.stop)
            names.append(name)
            start = end + 1
        return [run[name] for name in names]

    def _bound(self, run: Text, spans: list[slice], start: int, unclosed: set[re.Pattern[str]]) -> int:
        """The last piece of a name that goes over 、: 基于北斗、GPS的导航, 在农业、医学中的应用.

        `unclosed`: what closes such a name, of which the run is known to hold no more.
        """
        piece = run[spans[start]]
        found = brackets.outside(piece, self._rules.binds)
        opening = next((match for match in found if not self._within(piece, match.span())), None)
        closing = self._rules.binds_place if opening and opening[0] == "在" else _ATTRIBUTE
        if not opening or closing.search(piece.plain[opening.end() :]):
            return start
        for place in () if closing in unclosed else range(start + 1, len(spans)):
            if closing.search(run.plain[spans[place]]):
                return place
        unclosed.add(closing)
        if start + 1 < len(spans):
            self._said.doubts.append(piece)
        return start

    def _sums_up(self, name: Text) -> re.Match[str] | None:
        """What within a name sums up the names before it: …、艾滋病等疾病的新型疫苗."""
        found = brackets.outside(name, self._rules.sums_up)
        return next((match for match in found if match.start() > 0 and not self._within(name, match.span())), None)

    def _joined(self, last: Text, *, listed: bool) -> list[Text]:
        """The last name of a list, which 以及, 和 and 及 may join to the one before it.

        健康以及新材料 and, in a list, 能源和环境 are two names; 检验检测和认证 is no two words, and stays whole.
        """
        match = brackets.find(last, "以及|[和及](?!其)")
        if not match or not match.start() or self._within(last, match.span()):
            return [last]
        before, after = last[: match.start()], last[match.end() :]
        alone = all(self._word(brackets.closing(one)[0]) for one in (before, after))
        attributed = _ATTRIBUTE.search(last.plain)
        if match[0] == "以及" and not attributed and (listed or alone):
            return self._at(last, match)
        if match[0] == "以及":
            self._said.doubts.append(last)
        if listed and alone and last.plain not in self._rules.compounds:
            return self._at(last, match)
        return [last]

    def _word(self, name: Text) -> bool:
        """Whether a name is one short word."""
        whole = all(self._words.within_word(name, place) for place in range(1, len(name)))
        return 1 < len(name) <= _SHORT and whole

    def _at(self, name: Text, match: re.Match[str] | None) -> list[Text]:
        if match is None:
            return [name]
        self._said.understood.append(name[match.start() : match.end()])
        return [name[: match.start()], name[match.end() :]]

    def _within(self, text: Text, places: tuple[int, int]) -> bool:
        return any(self._words.within_word(text, place) for place in places)


_FIELD = ("领域", "方向", "主题", "方面")
# What may stand before 领域 where it is no name of a field: 合作领域, 5个优先领域, 双方商定的领域.
_IN_GENERAL = re.compile(
    "的|(?:^|[个项大类，：]|合作|研究|支持|资助|优先|重点|主要|关键|前沿|具体|下列|申报|项目|指南|科技|创新"
    "|关注|关心|感兴趣|商定|确定|约定|议定|同意|认可)$"
)


class ListLinks:
    """Finds the words that join; what could be joined in two ways is a doubt."""

    def __init__(self, rules: TopicWords, words: Lexicon, said: TopicCoverage, frames: SentenceFraming) -> None:
        self._rules, self._words, self._said, self._frames = rules, words, said, frames

    def link(self, clause: Text) -> re.Match[str] | None:
        """What joins a name to the names below it: ： or ，包括 or ，如."""
        for link in brackets.outside(clause, self._rules.links):
            head, rest = clause[: link.start()].strip(STOPS), clause[link.end() :].strip(STOPS)
            if not head or not rest or self._words.within_word(clause, link.end()):
                continue
            if not link["prefers"] or self.leads_to(head) or self._frames.tells_who(head):
                return link
            self._said.doubts.append(clause)  # 农业、能源，优先支持氢能: of which is that a part?
        return None

    def joins(self, clause: Text, link: re.Match[str]) -> None:
        self._said.understood.append(clause[link.start() : link.end()])
        self._said.open_ended |= "不限于" in link[0] or "不仅限于" in link[0]

    def leads_to(self, head: Text, *, led: bool = False) -> bool:
        """Whether the words before 包括 or 优先支持 lead to a list: 双方关注的领域, and not 重点支持清洁能源.

        A field with a name of its own (自然科学和技术领域) owns the list. `led`: 支持 before it is part of what leads.
        """
        plain = (head if led else self.unled(head)).plain.strip(STOPS)
        match = self._rules.lead.search(plain)
        if match is None or match[0] not in _FIELD:
            return match is not None
        return bool(_IN_GENERAL.search(plain[: match.start()]) or self._rules.sentence.search(plain))

    def unled(self, text: Text) -> Text:
        """A name without 支持, 包括 and the like before it; a word that only begins like them stays whole."""
        leading = self._rules.leading.match(text.plain)
        rest = text[leading.end() :].strip(STOPS) if leading else text[:0]
        if leading and rest and not self._words.within_word(text, leading.end()):
            self._said.understood.append(text[: leading.end()])
            self._said.open_ended |= "不限于" in leading[0]
            return rest
        return text
