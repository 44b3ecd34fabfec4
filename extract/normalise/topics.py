"""领域方向 → Topics: lists with and without markers, nested by their marker styles."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.cite import cite
from extract.handoff import Reading, Trouble
from extract.normalise import brackets
from extract.normalise.breaks import settled
from extract.normalise.markers import Marker, markers
from extract.profile import Profile, TopicWords
from extract.text import PARAGRAPH, Text, join
from extract.values import Topic, Topics
from extract.words import Words, words_of

_STOPS = " \n\u2028，、；。：."


@dataclass
class _Node:
    """A topic in the making: its marker, its words, and what stands below it."""

    marker: Text | None
    text: Text
    below: list["_Node"] = field(default_factory=list)


def read(text: Text, profile: Profile) -> Reading[Topics]:
    """The topics of a section, or None where the words name none (待定, 详见附件)."""
    rules, words = profile.topics, words_of(profile)
    whole = text.strip().without("[\n\u2028](?=等。?$)")
    if rules.undetermined.fullmatch(whole.plain):
        return Reading(None)
    whole, troubles = settled(whole, words)
    marked = markers(whole.plain)
    reader = _Reader(rules, words)
    if marked:
        lead, items = whole[: marked[0].start], [reader.topic(node) for node in _tree(whole, marked)]
    else:
        lead, items = reader.unmarked(whole)
    if not items and not reader.unrestricted:
        message = f"these words are no list of topics: {whole.printed}"
        troubles.append(Trouble("topics-unclear", message, None, cite(whole)))
    if reader.doubtful:
        message = "paragraphs without markers that hold lists: each is read as one topic, and could be several"
        troubles.append(Trouble("topics-unclear", message, None, cite(whole)))
    value = Topics(
        lead=lead.strip(_STOPS).printed or None,
        items=tuple(item for item in items if item is not None),
        unrestricted=reader.unrestricted,
        open_ended=reader.open_ended,
        keywords=words.keywords(sorted(reader.names, key=lambda name: name.origins[0])),
        evidence=cite(text),
    )
    return Reading(value, tuple(troubles))


def _tree(text: Text, marked: Sequence[Marker]) -> list[_Node]:
    """Items nested by their styles, in the order in which the styles appear; unmarked paragraphs are children."""
    roots: list[_Node] = []
    path: list[tuple[str, _Node]] = []
    ends = [*(marker.start for marker in marked[1:]), len(text)]
    for marker, end in zip(marked, ends, strict=True):
        head, *rest = text[marker.end : end].split("[\n\u2028]")
        node = _Node(text[marker.start : marker.end], head, [_Node(None, piece) for piece in rest if piece.strip()])
        while any(style == marker.style for style, _ in path):
            path.pop()
        (path[-1][1].below if path else roots).append(node)
        path.append((marker.style, node))
    return roots


class _Reader:
    """Reads names; what holds for the whole field gathers on the way."""

    def __init__(self, rules: TopicWords, words: Words) -> None:
        self._rules, self._words = rules, words
        self.open_ended = False
        self.unrestricted = False
        self.doubtful = False
        self.names: list[Text] = []

    def topic(self, node: _Node) -> Topic | None:
        """A node as a topic: `name：rest` splits its rest, a node without ： is one name."""
        colon = brackets.find(node.text, "：") if node.marker is not None else None
        if not colon or not node.text[colon.end() :].strip(_STOPS):
            return self._named(node.marker, node.text, below=node.below)
        return self._split(node.marker, node.text[: colon.start()], node.text[colon.end() :], node.below)

    def unmarked(self, text: Text) -> tuple[Text, list[Topic | None]]:
        """The lead and the topics of a field without markers."""
        paragraphs = [piece for piece in text.split(PARAGRAPH) if piece.strip()]
        lead = text[:0]
        if len(paragraphs) > 1 and self._leads(paragraphs[0]):
            lead, *paragraphs = paragraphs
        if len(paragraphs) > 1:
            self.doubtful = any(len(brackets.split(piece.strip(_STOPS), "、，")) > 1 for piece in paragraphs)
            return lead, [self._clause(piece) for piece in paragraphs]
        only = paragraphs[0]
        colon = brackets.find(only, "：")
        clauses = brackets.split(only, "；")
        if sum(brackets.find(clause, "：") is not None for clause in clauses) > 1:
            return lead, [self._clause(clause) for clause in clauses]
        if colon and not lead and self._rules.lead.search(only.plain[: colon.start()]):
            lead, only = only[: colon.start()], only[colon.end() :]
        sentences = [piece for piece in brackets.split(only, "。") if piece.strip(_STOPS)]
        if len(sentences) > 1:
            if len(sentences) > 2 or not self._rules.announces.search(sentences[0].plain):
                return text, []
            lead, only = sentences
        if brackets.find(only, "："):
            return lead, [self._clause(only)]
        return lead, self._names(only)

    def _leads(self, paragraph: Text) -> bool:
        plain = paragraph.plain.strip()
        return plain.endswith(("：", "。")) and bool(self._rules.lead.search(plain.rstrip("：。")))

    def _clause(self, text: Text) -> Topic | None:
        colon = brackets.find(text, "：")
        if colon and text[colon.end() :].strip(_STOPS):
            return self._split(None, text[: colon.start()], text[colon.end() :], [])
        return self._named(None, text)

    def _split(self, marker: Text | None, name: Text, rest: Text, below: list[_Node]) -> Topic | None:
        """`name：rest`: prose with a full stop inside is a note, else the rest splits into children."""
        if brackets.find(rest.rstrip(" \n\u2028。"), "。"):
            return self._named(marker, name, prose=rest.strip(), below=below)
        return self._named(marker, name, children=self._names(rest), below=below)

    def _names(self, text: Text) -> list[Topic | None]:
        """A list's names: cut at ； if there is one, else at 、 and ，, never inside brackets or quotes."""
        bare = self._closed(text)
        pieces = brackets.split(bare, "；")
        return [self._named(None, piece) for piece in (pieces if len(pieces) > 1 else brackets.split(bare, "、，"))]

    def _closed(self, text: Text) -> Text:
        """A list without the words that say that it is not complete, or not restricted."""
        bare = text.strip(_STOPS)
        if match := self._rules.unrestricted.search(bare.plain):
            self.unrestricted = True
            bare = join([bare[: match.start()].rstrip(_STOPS), bare[match.end() :]], bare).strip(_STOPS)
        match = brackets.find(bare, self._rules.open_ended)
        if match and match.start() and not self._words.within_word(bare, match.start()):
            self.open_ended = True
            framed = self._rules.frame.match(bare.plain) if len(match[0]) > 1 else None
            bare = bare[framed.end() if framed else 0 : match.start()].strip(_STOPS)
        return bare

    def _without_leading(self, text: Text) -> Text:
        """A name without 支持, 包括 and the like before it; a word that only begins like them stays whole."""
        leading = self._rules.leading.match(text.plain)
        if leading and not self._words.within_word(text, leading.end()):
            return text[leading.end() :].strip(_STOPS)
        return text

    def _named(
        self,
        marker: Text | None,
        text: Text,
        *,
        prose: Text | None = None,
        children: Sequence[Topic | None] = (),
        below: Sequence[_Node] = (),
    ) -> Topic | None:
        """A topic by its name; None where nothing is left of it."""
        bare = self._closed(text)
        name, note = brackets.closing(self._without_leading(bare))
        if not name:
            return None
        self.names.append(name)
        items = [*children, *(self.topic(node) for node in below)]
        note = note if prose is None else prose
        cited = [piece for piece in (marker, bare, prose) if piece is not None]
        return Topic(
            marker=marker.printed.strip() if marker is not None else None,
            name=name.printed,
            note=note.printed if note is not None else None,
            items=tuple(item for item in items if item is not None),
            evidence=cite(*cited),
        )
