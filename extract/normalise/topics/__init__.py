"""领域方向 → Topics: lists with and without markers, nested by their marker styles.

No words are lost: what is no name, marker, note or lead has to be one of the words that the profile lists, else it
is reported.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from extract.language import brackets
from extract.language.lexicon import Lexicon, lexicon_of
from extract.language.list_markers import find_markers
from extract.model.evidence import cite
from extract.model.findings import finding
from extract.model.stages import Parsed
from extract.model.text import PARAGRAPH, Text
from extract.model.values import Topic, Topics
from extract.normalise.topics.coverage import TopicCoverage
from extract.normalise.topics.framing import STOPS, SentenceFraming
from extract.normalise.topics.outline import OutlineItem, build_outline, close_open_lines
from extract.normalise.topics.splitting import ListLinks, ListSplitter
from extract.profile.schema import Profile, TopicWords

P = TypeVar("P")
# A first paragraph that ends by announcing the others: 食品旗舰计划，气候旗舰计划。具体见工作方案：
_ANNOUNCED = re.compile("。[^。]+：$")


def parse_topics(text: Text, profile: Profile) -> Parsed[Topics]:
    """The topics of a section, or None where the words name none (待定, 详见附件)."""
    rules, words = profile.topics, lexicon_of(profile)
    whole = text.strip().without("[\n\u2028](?=等。?$)")
    if not whole.strip(STOPS) or rules.undetermined.fullmatch(whole.plain):
        return Parsed(None)
    whole, findings = close_open_lines(whole, words)
    reader = _TopicParser(rules, words)
    marked = find_markers(whole.plain)
    if marked:
        items = reader.parts(build_outline(whole, marked), lambda node: [reader.topic(node)])
        reader.lead(whole[: marked[0].start])
        reader.left_out(whole[: marked[0].start])
    else:
        items = reader.unmarked(whole)
    found = tuple(item for item in items if item is not None)
    lead = reader.said.lead(whole)
    if not found and not reader.said.unrestricted:
        lead = whole.strip(STOPS)
        findings.append(finding("topics-unclear", whole, variant="no-list", words=whole.printed))
    else:
        findings += reader.said.findings(whole, lead)
    value = Topics(
        lead=lead.printed or None if lead is not None else None,
        items=found,
        unrestricted=reader.said.unrestricted,
        open_ended=reader.said.open_ended,
        keywords=words.keywords(sorted(reader.names, key=lambda name: name.origins[0])),
        evidence=cite(text),
    )
    return Parsed(value, tuple(findings))


class _TopicParser:
    """Reads names; what the words around them say gathers on the way."""

    def __init__(self, rules: TopicWords, words: Lexicon) -> None:
        self._rules, self._words = rules, words
        self.said = TopicCoverage()
        self._frames = SentenceFraming(rules, words, self.said)
        self._lists = ListSplitter(rules, words, self.said)
        self._links = ListLinks(rules, words, self.said, self._frames)
        self.names: list[Text] = []

    def lead(self, text: Text) -> None:
        """The words before a list, which may also say that it is not complete or not restricted."""
        bare = text.strip(STOPS)
        if not self._frames.announced(bare):
            bare = self._frames.without_asides(bare, remarks=False).strip(STOPS)
        self.said.remarks[:0] = [bare] if bare else []

    def left_out(self, lead: Text) -> None:
        """Doubts a lead that lists topics of which only some are items: 农业、海洋，具体包括：1.农业."""
        names = [name.plain for name in self.names]
        for clause in brackets.split(lead, "，；：。"):
            listed = [piece.strip(STOPS).plain for piece in brackets.split(self._links.unled(clause), "、")]
            known = [any(one and (one in name or name in one) for name in names) for one in listed]
            self.said.doubts += [clause] if any(known) and not all(known) else []

    def topic(self, node: OutlineItem) -> Topic | None:
        """A node as a topic: `name：rest` splits its rest, a node without ： is one name."""
        if node.marker is None and self._frames.aside(node.text):
            return None
        return self._named(None, node.text) if node.marker is None else self._clause(node)

    def parts(self, pieces: Iterable[P], read_one: Callable[[P], list[Topic | None]]) -> list[Topic | None]:
        """The topics of parts side by side; 领域不限 of one, beside another with topics of its own, is a doubt."""
        found: list[Topic | None] = []
        free, listed = [], False
        for piece in pieces:
            said = len(self.said.free)
            topics = [topic for topic in read_one(piece) if topic is not None]
            free += self.said.free[said:] if topics else []
            listed |= said == len(self.said.free) and any(topic.items for topic in topics)
            found += topics
        self.said.doubts += free if listed else []
        return found

    def unmarked(self, text: Text) -> list[Topic | None]:
        """The topics of a field without markers."""
        paragraphs = [piece for piece in text.split(PARAGRAPH) if piece.strip() and not self._frames.aside(piece)]
        if len(paragraphs) > 1 and self._leads(paragraphs[0]):
            self.lead(paragraphs.pop(0))
        if len(paragraphs) > 1:
            for piece in paragraphs:
                end = brackets.find(piece, "[：。]")
                name = piece[: end.start()] if end else piece
                listed = len(brackets.split(name.strip(STOPS), "、，；")) > 1
                self.said.doubts += [piece] if listed and not (end and end[0] == "：") else []
            return self.parts(paragraphs, lambda piece: [self._clause(OutlineItem(None, piece))])
        return self._sentences(paragraphs[0]) if paragraphs else []

    def _leads(self, paragraph: Text) -> bool:
        plain = paragraph.plain.strip()
        if plain.endswith(("：", "。")) and self._rules.lead.search(plain.rstrip("：。")):
            return True
        announces = _ANNOUNCED.search(plain) is not None
        self.said.doubts += [paragraph] if announces else []
        return announces

    def _sentences(self, text: Text) -> list[Topic | None]:
        """The topics of one paragraph: those of the sentence that lists them, the others only lead to it."""
        sentences = [piece for piece in brackets.split(text, "。") if piece.strip(STOPS)]
        while len(sentences) > 1 and self._frames.aside(sentences[-1]):
            sentences.pop()
        while len(sentences) > 1 and (self._frames.aside(sentences[0]) or self._announces(sentences[0])):
            sentences.pop(0)
        if len(sentences) != 1:
            self.said.remarks.clear()
            return []
        return self._list(self._frames.without_asides(sentences[0]))

    def _announces(self, sentence: Text) -> bool:
        if not self._rules.announces.search(sentence.plain) or brackets.find(sentence, "："):
            return False
        self.said.remarks.append(sentence.strip(STOPS))
        return True

    def _list(self, text: Text) -> list[Topic | None]:
        """The topics of a sentence: `lead：list`, clauses `name：list`, or a list, perhaps within a frame."""
        clauses = [clause for clause in brackets.split(text, "；") if clause.strip(STOPS)]
        linked = [clause for clause in clauses if self._links.link(clause)]
        if linked and linked[0] is clauses[0] and (link := self._links.link(clauses[0])):
            head, rest = text[: link.start()], text[link.end() :]
            listed = link[0] != "：" and bool(brackets.find(head, "、")) and bool(self._rules.lead.search(head.plain))
            leads = listed or self._links.leads_to(head, led=link[0] == "：")
            if (leads or link["prefers"]) and (len(linked) == 1 or self._links.link(clauses[0][link.end() :])):
                self._links.joins(text, link)
                if link[0] != "：" and brackets.find(
                    head, "、"
                ):  # 农业、能源等领域，包括育种: of which is that a part?
                    self.said.doubts.append(clauses[0])
                    if not self._frames.tells_who(head):
                        return [*self._names(head, sentence=True), *self._list(rest)]
                self.lead(head)
                return self._list(rest)
        if linked:
            return self.parts(clauses, self._linked)
        if self._frames.only_work(text):
            self.said.remarks.clear()
            return []
        return self._names(text, sentence=True)

    def _linked(self, clause: Text) -> list[Topic | None]:
        """A clause `name：list` or `name，如 list`; of several names before 如, the last may not own the list."""
        link = self._links.link(clause)
        if not link:
            return [self._named(None, clause, sentence=True)]
        head, rest = clause[: link.start()], clause[link.end() :]
        if link[0] == "：":
            several = brackets.find(head, "、") and head.plain.endswith(("领域", "方向"))
            self.said.doubts += [clause] if several else []  # 农业、医药方向：育种、疫苗
            return [self._split(None, head, rest, [])]
        self._links.joins(clause, link)
        *others, name = self._lists.cut(head)
        if others or brackets.find(rest.strip(STOPS), "，"):
            self.said.doubts.append(clause)
        return [*(self._named(None, one, sentence=True) for one in others), self._split(None, name, rest, [])]

    def _clause(self, node: OutlineItem) -> Topic | None:
        """An item or a paragraph of its own: `name：list`, a name and prose, or a name."""
        end = brackets.find(node.text, "[：。]")
        if not end or not node.text[end.end() :].strip(STOPS):
            return self._named(node.marker, node.text, below=node.below)
        name, rest = node.text[: end.start()], node.text[end.end() :]
        if end[0] == "。":
            return self._named(node.marker, name, prose=rest.strip(), below=node.below)
        return self._split(node.marker, name, rest, node.below)

    def _split(self, marker: Text | None, name: Text, rest: Text, below: list[OutlineItem]) -> Topic | None:
        """`name：rest`: prose with a full stop inside is a note, else the rest splits into children."""
        if brackets.find(rest.rstrip(" \n\u2028。"), "。"):
            return self._named(marker, name, prose=rest.strip(), below=below)
        return self._named(marker, name, children=self._names(rest), below=below)

    def _names(self, text: Text, *, sentence: bool = False) -> list[Topic | None]:
        """A list's names; `sentence`: they are no item's of their own, and may stand in a sentence."""
        segments = self._frames.segments(self._frames.without_asides(text, remarks=sentence))
        lists = (self._frames.unframed(segment, listed=True, sentence=sentence) for segment in segments)
        pieces = [piece for one in lists for name in self._lists.cut(one) for piece in self._framed(name)]
        names = [self._named(None, piece, sentence=sentence) for piece in pieces]
        if self.said.counted not in (None, len(names)):
            self.said.doubts.append(text)
        self.said.counted = None
        return names

    def _framed(self, name: Text) -> list[Text]:
        """The names of a list in a frame of its own behind another: 农业、能源，在氢能、储能等领域开展合作."""
        inner = self._frames.unframed(name)
        if not inner or not brackets.find(inner, "、") or inner.origins[0] == name.strip(STOPS).origins[0]:
            return [name]
        self.said.doubts.append(name)
        return self._lists.cut(inner)

    def _named(
        self,
        marker: Text | None,
        text: Text,
        *,
        prose: Text | None = None,
        children: Sequence[Topic | None] = (),
        below: Sequence[OutlineItem] = (),
        sentence: bool = False,
    ) -> Topic | None:
        """A topic by its name; None where nothing is left of it."""
        words = self._frames.without_asides(text, remarks=False)
        bare = self._frames.unframed(words)
        name, note = brackets.closing(self._links.unled(bare).strip(STOPS))
        if not name:
            self.said.understood += [marker] if marker is not None else []
            return None
        if sentence and self._rules.sentence.search(brackets.closing(self._links.unled(words))[0].plain):
            self.said.doubts.append(words)
        self.names.append(name)
        items = [*children, *(self.topic(node) for node in below)]
        note = note if prose is None else prose
        self.said.named += [piece for piece in (marker, name, note) if piece is not None]
        body, _ = brackets.closing(bare)
        apart = (marker, body, bare[len(body) :], prose)  # 信息通信等（含5G）: between the two, 等 is no part of either
        cited = [piece for piece in apart if piece is not None]
        return Topic(
            marker=marker.printed.strip(" ：:，,") if marker is not None else None,
            name=name.printed,
            note=note.printed if note is not None else None,
            items=tuple(item for item in items if item is not None),
            evidence=cite(*cited),
        )
