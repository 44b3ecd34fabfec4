"""What joins a name, or words that lead to a list, to the names of the list: ： and ，包括, 支持 before a name."""

import re

from extract.language import brackets
from extract.language.lexicon import Words
from extract.model.text import Text
from extract.normalise.topics.coverage import Said
from extract.normalise.topics.framing import STOPS, Frames
from extract.profile.schema import TopicWords

_FIELD = ("领域", "方向", "主题", "方面")
# What may stand before 领域 where it is no name of a field: 合作领域, 5个优先领域, 双方商定的领域.
_IN_GENERAL = re.compile(
    "的|(?:^|[个项大类，：]|合作|研究|支持|资助|优先|重点|主要|关键|前沿|具体|下列|申报|项目|指南|科技|创新"
    "|关注|关心|感兴趣|商定|确定|约定|议定|同意|认可)$"
)


class Links:
    """Finds the words that join; what could be joined in two ways is a doubt."""

    def __init__(self, rules: TopicWords, words: Words, said: Said, frames: Frames) -> None:
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
