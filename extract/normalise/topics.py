"""领域方向 → Topics: lists with and without markers, nested by their marker styles.

No words are lost: what is no name, marker, note or lead has to be one of the words that the profile lists, else it
is reported.
"""

import re
from collections.abc import Sequence

from extract.cite import cite
from extract.handoff import Reading, Trouble
from extract.normalise import brackets
from extract.normalise.breaks import settled
from extract.normalise.frames import STOPS, Frames
from extract.normalise.lists import Lists
from extract.normalise.markers import markers
from extract.normalise.said import Said
from extract.normalise.tree import Node, tree
from extract.profile import Profile, TopicWords
from extract.text import PARAGRAPH, Text
from extract.values import Topic, Topics
from extract.words import Words, words_of


def read(text: Text, profile: Profile) -> Reading[Topics]:
    """The topics of a section, or None where the words name none (待定, 详见附件)."""
    rules, words = profile.topics, words_of(profile)
    whole = text.strip().without("[\n\u2028](?=等。?$)")
    if rules.undetermined.fullmatch(whole.plain):
        return Reading(None)
    whole, troubles = settled(whole, words)
    reader = _Reader(rules, words)
    marked = markers(whole.plain)
    if marked:
        items = [reader.topic(node) for node in tree(whole, marked)]
        reader.lead(whole[: marked[0].start])
        reader.left_out(whole[: marked[0].start])
    else:
        items = reader.unmarked(whole)
    found = tuple(item for item in items if item is not None)
    lead = reader.said.lead(whole)
    if not found and not reader.said.unrestricted:
        lead = whole.strip(STOPS)
        message = f"these words are no list of topics: {whole.printed}"
        troubles.append(Trouble("topics-unclear", message, None, cite(whole)))
    else:
        troubles += reader.said.troubles(whole, lead)
    value = Topics(
        lead=lead.printed or None if lead is not None else None,
        items=found,
        unrestricted=reader.said.unrestricted,
        open_ended=reader.said.open_ended,
        keywords=words.keywords(sorted(reader.names, key=lambda name: name.origins[0])),
        evidence=cite(text),
    )
    return Reading(value, tuple(troubles))


class _Reader:
    """Reads names; what the words around them say gathers on the way."""

    def __init__(self, rules: TopicWords, words: Words) -> None:
        self._rules, self._words = rules, words
        self.said = Said()
        self._frames = Frames(rules, words, self.said)
        self._lists = Lists(rules, words, self.said)
        self.names: list[Text] = []

    def lead(self, text: Text) -> None:
        """The words before a list, which may also say that it is not complete or not restricted."""
        bare = self._frames.without_asides(text.strip(STOPS), remarks=False).strip(STOPS)
        self.said.remarks[:0] = [bare] if bare else []

    def left_out(self, lead: Text) -> None:
        """Doubts a lead that lists topics of which only some are items: 农业、海洋，具体包括：1.农业."""
        names = [name.plain for name in self.names]
        for clause in brackets.split(lead, "，；：。"):
            listed = [piece.strip(STOPS).plain for piece in brackets.split(self._unled(clause), "、")]
            known = [any(one and (one in name or name in one) for name in names) for one in listed]
            self.said.doubts += [clause] if any(known) and not all(known) else []

    def topic(self, node: Node) -> Topic | None:
        """A node as a topic: `name：rest` splits its rest, a node without ： is one name."""
        if node.marker is None and self._frames.aside(node.text):
            return None
        return self._named(None, node.text) if node.marker is None else self._clause(node)

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
            return [self._clause(Node(None, piece)) for piece in paragraphs]
        return self._sentences(paragraphs[0]) if paragraphs else []

    def _leads(self, paragraph: Text) -> bool:
        plain = paragraph.plain.strip()
        return plain.endswith(("：", "。")) and bool(self._rules.lead.search(plain.rstrip("：。")))

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
        linked = [clause for clause in clauses if self._link(clause)]
        if linked and linked[0] is clauses[0] and (link := self._link(clauses[0])):
            head, rest = text[: link.start()], text[link.end() :]
            leads = self._rules.lead.search(head.plain) if link[0] == "：" else self._leads_to(head)
            if (leads or link["prefers"]) and (len(linked) == 1 or self._link(clauses[0][link.end() :])):
                self._joins(text, link)
                self.said.doubts += [clauses[0]] if link[0] != "：" and brackets.find(head, "、") else []
                self.lead(head)
                return self._list(rest)
        if linked:
            return [topic for clause in clauses for topic in self._linked(clause)]
        return self._names(text, sentence=True)

    def _link(self, clause: Text) -> re.Match[str] | None:
        """What joins a name to the names below it: ： or ，包括 or ，如."""
        for link in brackets.outside(clause, self._rules.links):
            head, rest = clause[: link.start()].strip(STOPS), clause[link.end() :].strip(STOPS)
            if not head or not rest or self._words.within_word(clause, link.end()):
                continue
            if not link["prefers"] or self._leads_to(head) or self._frames.tells_who(head):
                return link
            self.said.doubts.append(clause)  # 农业、能源，优先支持氢能: of which is that a part?
        return None

    def _joins(self, clause: Text, link: re.Match[str]) -> None:
        self.said.understood.append(clause[link.start() : link.end()])
        self.said.open_ended |= "不限于" in link[0] or "不仅限于" in link[0]

    def _leads_to(self, head: Text) -> bool:
        """Whether the words before 包括 or 优先支持 lead to a list: 双方关注的领域, and not 重点支持清洁能源."""
        return bool(self._rules.lead.search(self._unled(head).plain))

    def _linked(self, clause: Text) -> list[Topic | None]:
        """A clause `name：list` or `name，如 list`; of several names before 如, the last may not own the list."""
        link = self._link(clause)
        if not link:
            return [self._named(None, clause, sentence=True)]
        head, rest = clause[: link.start()], clause[link.end() :]
        if link[0] == "：":
            return [self._split(None, head, rest, [])]
        self._joins(clause, link)
        *others, name = self._lists.cut(head)
        if others or brackets.find(rest.strip(STOPS), "，"):
            self.said.doubts.append(clause)
        return [*(self._named(None, one, sentence=True) for one in others), self._split(None, name, rest, [])]

    def _clause(self, node: Node) -> Topic | None:
        """An item or a paragraph of its own: `name：list`, a name and prose, or a name."""
        end = brackets.find(node.text, "[：。]")
        if not end or not node.text[end.end() :].strip(STOPS):
            return self._named(node.marker, node.text, below=node.below)
        name, rest = node.text[: end.start()], node.text[end.end() :]
        if end[0] == "。":
            return self._named(node.marker, name, prose=rest.strip(), below=node.below)
        return self._split(node.marker, name, rest, node.below)

    def _split(self, marker: Text | None, name: Text, rest: Text, below: list[Node]) -> Topic | None:
        """`name：rest`: prose with a full stop inside is a note, else the rest splits into children."""
        if brackets.find(rest.rstrip(" \n\u2028。"), "。"):
            return self._named(marker, name, prose=rest.strip(), below=below)
        return self._named(marker, name, children=self._names(rest), below=below)

    def _names(self, text: Text, *, sentence: bool = False) -> list[Topic | None]:
        """A list's names; `sentence`: they are no item's of their own, and may stand in a sentence."""
        segments = self._frames.segments(self._frames.without_asides(text, remarks=sentence))
        lists = (self._frames.unframed(segment, listed=True, sentence=sentence) for segment in segments)
        names = [self._named(None, name, sentence=sentence) for one in lists for name in self._lists.cut(one)]
        if self.said.counted not in (None, len(names)):
            self.said.doubts.append(text)
        self.said.counted = None
        return names

    def _unled(self, text: Text) -> Text:
        """A name without 支持, 包括 and the like before it; a word that only begins like them stays whole."""
        leading = self._rules.leading.match(text.plain)
        rest = text[leading.end() :].strip(STOPS) if leading else text[:0]
        if leading and rest and not self._words.within_word(text, leading.end()):
            self.said.understood.append(text[: leading.end()])
            self.said.open_ended |= "不限于" in leading[0]
            return rest
        return text

    def _named(
        self,
        marker: Text | None,
        text: Text,
        *,
        prose: Text | None = None,
        children: Sequence[Topic | None] = (),
        below: Sequence[Node] = (),
        sentence: bool = False,
    ) -> Topic | None:
        """A topic by its name; None where nothing is left of it."""
        words = self._frames.without_asides(text, remarks=False)
        bare = self._frames.unframed(words)
        name, note = brackets.closing(self._unled(bare).strip(STOPS))
        if not name:
            self.said.understood += [marker] if marker is not None else []
            return None
        if sentence and self._rules.sentence.search(brackets.closing(self._unled(words))[0].plain):
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
