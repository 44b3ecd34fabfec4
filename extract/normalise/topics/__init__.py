"""领域方向 → Topics: lists with and without markers, nested by their marker styles.

Every word that is no name, marker, note or lead has to be in the profile, else it is reported. Functions return topics
with the coverage of their words; coverage adds up.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from extract.language import brackets
from extract.language.list_markers import find_markers, skipped_markers
from extract.model.evidence import cite
from extract.model.findings import finding
from extract.model.stages import Parsed, Unread
from extract.model.text import PARAGRAPH, Text, join_texts
from extract.model.values import Topic, Topics
from extract.normalise.topics.coverage import Coverage, add_up
from extract.normalise.topics.framing import (
    as_supported,
    is_only_work,
    is_owner_of_list,
    is_subject,
    parse_aside,
    split_framed_lists,
    unframe,
    without_asides,
)
from extract.normalise.topics.grammar import STOPS, TopicGrammar, topic_grammar_of
from extract.normalise.topics.outline import OutlineItem, build_outline, close_open_lines, restarts
from extract.normalise.topics.splitting import find_link, leads_to_list, link_coverage, split_list, without_verb
from extract.profile.schema import Profile

P = TypeVar("P")
_Read = tuple[list[Topic], Coverage]
# A first paragraph that ends by announcing the others: 食品旗舰计划，气候旗舰计划。具体见工作方案：
_ANNOUNCEMENT = re.compile("(?:领域|方向|主题)(?:为|是|包括)$")  # 优先资助领域为 names no topic
_LIST_BELOW = re.compile("(?:以下|下列|如下)[^、，；：。]{0,8}(?:领域|方向|主题)$")
_GAP = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
# 能源的高效利用。包括：热电转换 is one sentence.
_GOES_ON = re.compile("(?:其中)?(?:具体|主要|重点)?包括")
_ANNOUNCES_OTHERS = re.compile("。[^。]+：$")


def parse_topics(text: Text, profile: Profile) -> Parsed[Topics]:
    """Parse the topics of a section; None if the words name none (待定, 详见附件)."""
    grammar = topic_grammar_of(profile)
    field = text.strip().without("[\n\u2028](?=等。?$)")
    if not field.strip(STOPS):
        return Parsed(None, unread=Unread("empty", text))
    if grammar.rules.undetermined.fullmatch(field.plain):
        return Parsed(None, unread=Unread("postponed", field))
    field, findings = close_open_lines(field, grammar.lexicon)
    topics, coverage = _parse_field(field, grammar)
    if topics or coverage.unrestricted:
        lead = coverage.lead(field)
        findings += coverage.findings(field, lead)
    else:
        lead = field.strip(STOPS)
        findings.append(finding("topics-unclear", field, variant="no-list", words=field.printed))
    value = Topics(
        lead=lead.printed or None if lead is not None else None,
        items=tuple(topics),
        unrestricted=bool(coverage.unrestricted),
        open_ended=coverage.open_ended,
        keywords=grammar.lexicon.keywords(sorted(coverage.names, key=lambda name: name.origins[0])),
        evidence=cite(text),
    )
    return Parsed(value, tuple(findings))


def _parse_field(field: Text, grammar: TopicGrammar) -> _Read:
    """Parse a field: CASE 1, marked items (1.农业 2.能源). CASE 2, several paragraphs. CASE 3, one paragraph."""
    markers = find_markers(field.plain)
    if not markers:
        return _parse_paragraphs(field, grammar)
    topics, coverage = _parse_each(build_outline(field, markers), lambda item: _parse_item(item, grammar))
    lead = field[: markers[0].start]
    ends = [*(marker.start for marker in markers[1:]), len(field)]
    doubts = [markers[index].start for index in restarts(markers)]
    doubts += [marker.start for marker in skipped_markers(field.plain, markers)]
    words = tuple(field[start : ends[bisect_right(ends, start)]].strip(STOPS) for start in sorted(doubts))
    return topics, add_up(
        [Coverage(doubts=words), coverage, _parse_lead(lead, grammar), _find_left_out(lead, coverage.names, grammar)]
    )


def _parse_each(pieces: Iterable[P], parse_piece: Callable[[P], _Read]) -> _Read:
    """Parse pieces side by side; 领域不限 in one, beside another with topics below topics, is a doubt."""
    topics: list[Topic] = []
    parts: list[Coverage] = []
    unrestricted: list[Text] = []
    has_list = False
    for piece in pieces:
        topics_of_piece, coverage = parse_piece(piece)
        if topics_of_piece:
            unrestricted += coverage.unrestricted
        has_list |= not coverage.unrestricted and any(topic.items for topic in topics_of_piece)
        topics += topics_of_piece
        parts.append(coverage)
    return topics, add_up([*parts, Coverage(doubts=tuple(unrestricted) if has_list else ())])


def _parse_lead(text: Text, grammar: TopicGrammar) -> Coverage:
    """Parse the words before a list, which may also leave it open or unrestricted."""
    lead, coverage = text.strip(STOPS), Coverage()
    if not is_owner_of_list(lead, grammar):
        lead, coverage = without_asides(lead, grammar, remarks=False)
        lead = lead.strip(STOPS)
    return coverage + Coverage(remarks=(lead,) if lead else ())


def _find_left_out(lead: Text, names: Sequence[Text], grammar: TopicGrammar) -> Coverage:
    """Report a lead that lists topics of which only some are items: 农业、海洋，具体包括：1.农业.

    Its verbs count too: after 包括但不限于以下领域 the list is open.
    """
    parts = []
    for clause in brackets.split(lead, "，；：。"):
        words, verb = without_verb(clause, grammar)
        listed = [piece.strip(STOPS).plain for piece in brackets.split(words, "、")]
        are_items = [any(piece and (piece in name.plain or name.plain in piece) for name in names) for piece in listed]
        is_doubtful = any(are_items) and not all(are_items)
        parts += [verb, Coverage(doubts=(clause,) if is_doubtful else ())]
    return add_up(parts)


def _parse_paragraphs(text: Text, grammar: TopicGrammar) -> _Read:
    """Parse a field without markers: each of several paragraphs is an item, a single one is sentences."""
    parts: list[Coverage] = []
    paragraphs: list[Text] = []
    for paragraph in text.split(PARAGRAPH):
        if paragraph.strip():
            if aside := parse_aside(paragraph, grammar):
                parts.append(aside)
            else:
                paragraphs.append(paragraph)
    if len(paragraphs) > 1:
        lead = _parse_first_paragraph(paragraphs[0], grammar)
        if lead is not None:
            parts.append(lead)
            paragraphs.pop(0)
    if _are_lines_of_list(paragraphs):
        doubts = tuple(line for line in paragraphs if not _has_several(line, "；") and _has_several(line, "、，"))
        parts.append(Coverage(doubts=doubts))
        paragraphs = [join_texts(paragraphs, text)]
    if len(paragraphs) > 1:
        parts.append(Coverage(doubts=tuple(paragraph for paragraph in paragraphs if _is_doubtful_item(paragraph))))
        topics, coverage = _parse_each(paragraphs, lambda piece: _parse_clause(OutlineItem(None, piece), grammar))
    else:
        topics, coverage = _parse_sentences(paragraphs[0], grammar) if paragraphs else ([], Coverage())
    return topics, add_up([*parts, coverage])


def _parse_first_paragraph(paragraph: Text, grammar: TopicGrammar) -> Coverage | None:
    """Return the coverage of a paragraph that leads to the others, or None.

    CASE 1, words that lead to a list: 重点支持以下领域：, 支持以下方向
    CASE 2, a doubt, an announcement behind other words: 食品旗舰计划。具体见工作方案：
    """
    plain = paragraph.plain.strip()
    is_lead = plain.endswith(("：", "。")) and grammar.rules.lead.search(plain.rstrip("：。"))
    if is_lead or _LIST_BELOW.search(plain):
        return _parse_lead(paragraph, grammar)
    if _ANNOUNCES_OTHERS.search(plain):
        return Coverage(doubts=(paragraph,)) + _parse_lead(paragraph, grammar)
    return None


def _are_lines_of_list(paragraphs: Sequence[Text]) -> bool:
    """Return True if paragraphs are lines of one list at ；, which goes on behind each of them."""
    before = paragraphs[:-1]
    go_on = bool(before) and all(paragraph.plain.rstrip(" ").endswith("；") for paragraph in before)
    return go_on and any(_has_several(paragraph, "；") for paragraph in paragraphs)


def _has_several(paragraph: Text, separators: str) -> bool:
    return len(brackets.split(paragraph.strip(STOPS), separators)) > 1


def _is_doubtful_item(paragraph: Text) -> bool:
    """Return True if a paragraph may be several items: 农业、能源 above 环境、健康; 农业：育种、疫苗 is one.

    So may words with gaps between them, which stand in columns.
    """
    end = brackets.find(paragraph, "[：。]")
    name = paragraph[: end.start()] if end else paragraph
    if brackets.find(name, _GAP):
        return True
    return len(brackets.split(name.strip(STOPS), "、，；")) > 1 and not (end and end[0] == "：")


def _parse_sentences(text: Text, grammar: TopicGrammar) -> _Read:
    """Parse one paragraph: one sentence lists the topics, the others lead to it."""
    sentences: list[Text] = []
    for sentence in brackets.split(text, "。"):
        if sentences and _GOES_ON.match(sentence.strip(STOPS).plain):
            sentences[-1] = join_texts([sentences[-1], text.glue("，"), sentence.strip(STOPS)], text)
        elif sentence.strip(STOPS):
            sentences.append(sentence)
    parts: list[Coverage] = []
    while len(sentences) > 1 and (aside := parse_aside(sentences[-1], grammar)):
        parts.append(aside)
        sentences.pop()
    while len(sentences) > 1 and (
        before := parse_aside(sentences[0], grammar) or _parse_announcement(sentences[0], grammar)
    ):
        parts.append(before)
        sentences.pop(0)
    if len(sentences) != 1:
        return [], add_up([*parts, Coverage(no_list=True)])
    sentence, coverage = without_asides(sentences[0], grammar)
    sentence, funds = as_supported(sentence, grammar)
    topics, list_coverage = _parse_list(sentence, grammar)
    return topics, add_up([*parts, coverage, funds, list_coverage])


def _parse_announcement(sentence: Text, grammar: TopicGrammar) -> Coverage | None:
    """Return the coverage of a sentence that announces a list (支持以下领域), or None."""
    if not grammar.rules.announces.search(sentence.plain) or brackets.find(sentence, "："):
        return None
    return Coverage(remarks=(sentence.strip(STOPS),))


def _parse_list(text: Text, grammar: TopicGrammar) -> _Read:
    """Parse the topics of a sentence.

    CASE 1, a lead and its list: 双方关注的领域，包括农业、能源
    CASE 2, clauses, one with a list of its own: 农业：育种、疫苗；能源
    CASE 3, work without topics: 开展合作研究、人员交流
    CASE 4, a list, perhaps within a frame: 在农业、能源等领域开展合作
    """
    clauses = [clause for clause in brackets.split(text, "；") if clause.strip(STOPS)]
    links = [find_link(clause, grammar) for clause in clauses]
    coverage = add_up(doubts for _, doubts in links)
    linked = [(clause, link) for clause, (link, _) in zip(clauses, links, strict=True)]
    count = sum(link is not None for _, link in linked)
    if clauses and (link := links[0][0]):
        leads, doubts = _judge_lead(text, clauses[0], link, grammar, is_only_link=count == 1)
        coverage += doubts
        if leads:
            topics, led = _parse_led(text, clauses[0], link, grammar)
            return topics, coverage + led
    if count:
        topics, rest = _parse_each(linked, lambda pair: _parse_linked(*pair, grammar))
    elif is_only_work(text, grammar):
        topics, rest = [], Coverage(no_list=True)
    else:
        topics, rest = _parse_names(text, grammar, in_sentence=True)
    return topics, coverage + rest


def _judge_lead(
    text: Text, clause: Text, link: re.Match[str], grammar: TopicGrammar, *, is_only_link: bool
) -> tuple[bool, Coverage]:
    """Return True if the words before the first link lead to all that follows, rather than own a list; with doubts.

    If other clauses have links too, the first needs a second one: 支持以下领域：农业，包括育种；能源：氢能.
    """
    head, is_colon = text[: link.start()], link[0] == "："
    lists = not is_colon and bool(brackets.find(head, "、")) and bool(grammar.rules.lead.search(head.plain))
    if not (lists or leads_to_list(head, grammar, with_verb=is_colon) or link["prefers"]):
        return False, Coverage()
    if is_only_link:
        return True, Coverage()
    next_link, doubts = find_link(clause[link.end() :], grammar)
    return next_link is not None, doubts


def _parse_led(text: Text, clause: Text, link: re.Match[str], grammar: TopicGrammar) -> _Read:
    """Parse a list with its lead; topics in the lead as well (农业、能源等领域，包括育种) are a doubt."""
    head, rest = text[: link.start()], text[link.end() :]
    topics: list[Topic] = []
    parts = [link_coverage(text, link)]
    has_topics = link[0] != "：" and bool(brackets.find(head, "、"))
    if has_topics:
        parts.append(Coverage(doubts=(clause,)))
    if has_topics and not is_subject(head, grammar):
        topics, coverage = _parse_names(head, grammar, in_sentence=True)
    else:
        coverage = _parse_lead(head, grammar)
    topics_of_rest, coverage_of_rest = _parse_list(rest, grammar)
    return [*topics, *topics_of_rest], add_up([*parts, coverage, coverage_of_rest])


def _parse_linked(clause: Text, link: re.Match[str] | None, grammar: TopicGrammar) -> _Read:
    """Parse a clause of a sentence.

    CASE 1, a name: 能源
    CASE 2, a name and its list: 农业：育种、疫苗; 农业、医药方向：育种、疫苗 is a doubt
    CASE 3, names, a doubt: the list is read as that of the last one: 农业、能源，如氢能
    """
    if link is None:
        return _parse_name(None, clause, grammar, in_sentence=True)
    head, rest = clause[: link.start()], clause[link.end() :]
    if link[0] == "：":
        are_several = brackets.find(head, "、") and head.plain.endswith(("领域", "方向"))
        topics, coverage = _parse_name_and_rest(None, head, rest, [], grammar)
        return topics, Coverage(doubts=(clause,) if are_several else ()) + coverage
    (*others, name), names_coverage = split_list(head, grammar)
    is_doubtful = others or brackets.find(rest.strip(STOPS), "，")
    doubts = Coverage(doubts=(clause,) if is_doubtful else ())
    read = [_parse_name(None, other, grammar, in_sentence=True) for other in others]
    read.append(_parse_name_and_rest(None, name, rest, [], grammar))
    topics = [topic for topics_of_name, _ in read for topic in topics_of_name]
    return topics, add_up([link_coverage(clause, link), names_coverage, doubts, *(coverage for _, coverage in read)])


def _parse_item(item: OutlineItem, grammar: TopicGrammar) -> _Read:
    """Parse an item of the outline: with a marker a clause, without one a name or an aside."""
    if item.marker is not None:
        return _parse_clause(item, grammar)
    if aside := parse_aside(item.text, grammar):
        return [], aside
    return _parse_name(None, item.text, grammar)


def _parse_clause(item: OutlineItem, grammar: TopicGrammar) -> _Read:
    """Parse an item or a paragraph.

    CASE 1, a name: 农业
    CASE 2, a name and prose: 农业。支持双方开展合作
    CASE 3, a name and its list: 农业：育种、疫苗
    """
    end = brackets.find(item.text, "[：。]")
    if not end or not item.text[end.end() :].strip(STOPS):
        return _parse_name(item.marker, item.text, grammar, below=item.below)
    name, rest = item.text[: end.start()], item.text[end.end() :]
    if end[0] == "。":
        return _parse_name(item.marker, name, grammar, prose=rest.strip(), below=item.below)
    return _parse_name_and_rest(item.marker, name, rest, item.below, grammar)


def _parse_name_and_rest(
    marker: Text | None, name: Text, rest: Text, below: Sequence[OutlineItem], grammar: TopicGrammar
) -> _Read:
    """Parse `name：rest`: prose with a full stop inside is a note, else the rest is a list of children."""
    if brackets.find(rest.rstrip(" \n\u2028。"), "。"):
        return _parse_name(marker, name, grammar, prose=rest.strip(), below=below)
    children, children_coverage = _parse_names(rest, grammar)
    topics, coverage = _parse_name(marker, name, grammar, children=children, below=below)
    return topics, children_coverage + coverage


def _parse_names(text: Text, grammar: TopicGrammar, *, in_sentence: bool = False) -> _Read:
    """Parse the names of a list; `in_sentence`: it is no item, and may be framed by a sentence."""
    names, coverage = without_asides(text, grammar, remarks=in_sentence)
    framed_lists, separators = split_framed_lists(names, grammar)
    parts = [coverage, separators]
    pieces: list[Text] = []
    count = None
    for framed in framed_lists:
        unframed = unframe(framed, "sentence" if in_sentence else "list", grammar)
        count = count if unframed.count is None else unframed.count
        listed, list_coverage = split_list(unframed.list, grammar)
        parts += [unframed.coverage, list_coverage]
        for name in listed:
            inner, inner_coverage = _parse_list_within(name, grammar)
            pieces += inner
            parts.append(inner_coverage)
    read = [_parse_name(None, piece, grammar, in_sentence=in_sentence) for piece in pieces]
    parts += [name_coverage for _, name_coverage in read]
    if count not in (None, len(read)):
        parts.append(Coverage(doubts=(text,)))
    return [topic for topics, _ in read for topic in topics], add_up(parts)


def _parse_list_within(name: Text, grammar: TopicGrammar) -> tuple[list[Text], Coverage]:
    """Return the names of a framed list behind another one, a doubt: 农业、能源，在氢能、储能等领域开展合作."""
    inner = unframe(name, "name", grammar)
    is_framed = inner.list and inner.list.origins[0] != name.strip(STOPS).origins[0]
    if not is_framed or not brackets.find(inner.list, "、"):
        return [name], inner.coverage
    names, coverage = split_list(inner.list, grammar)
    return names, add_up([inner.coverage, Coverage(doubts=(name,)), coverage])


def _parse_name(
    marker: Text | None,
    text: Text,
    grammar: TopicGrammar,
    *,
    prose: Text | None = None,
    children: Sequence[Topic] = (),
    below: Sequence[OutlineItem] = (),
    in_sentence: bool = False,
) -> _Read:
    """Parse a topic with its note in brackets or prose; no topic if no name is left."""
    words, asides = without_asides(text, grammar, remarks=False)
    unframed = unframe(words, "name", grammar)
    without_opening, verb = without_verb(unframed.list, grammar)
    name, note = brackets.closing(without_opening.strip(STOPS))
    parts = [asides, unframed.coverage, verb]
    if not name:
        return [], add_up([*parts, Coverage(understood=(marker,) if marker is not None else ())])
    is_sentence = in_sentence and grammar.rules.sentence.search(
        brackets.closing(without_verb(words, grammar)[0])[0].plain
    )
    if is_sentence or _ANNOUNCEMENT.search(name.plain):
        parts.append(Coverage(doubts=(words,)))
    note = note if prose is None else prose
    understood = tuple(piece for piece in (marker, name, note) if piece is not None)
    parts.append(Coverage(names=(name,), understood=understood))
    read = [_parse_item(item, grammar) for item in below]
    body, _ = brackets.closing(unframed.list)
    bracket = unframed.list[len(body) :]
    # 信息通信等（含5G）: the 等 between the two is no part of either
    cited = [piece for piece in (marker, body, bracket, prose) if piece is not None]
    topic = Topic(
        marker=marker.printed.strip(" ：:，,") if marker is not None else None,
        name=name.printed,
        note=note.printed if note is not None else None,
        items=(*children, *(item for topics, _ in read for item in topics)),
        evidence=cite(*cited),
    )
    return [topic], add_up([*parts, *(coverage for _, coverage in read)])
