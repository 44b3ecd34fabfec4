"""Split a list of topics: at ； if there is one, else at 、 and ，, but not within one name.

基于北斗、GPS等系统的导航技术 is one topic, and so is 结核病、疟疾等疾病的疫苗: a 、 inside them separates no topics.

Also find links between a name or lead and its list: ： and ，包括, 支持 before a name. Ambiguity is a doubt.
"""

import re
from itertools import pairwise

from extract.language import brackets
from extract.language.numerals import parse_numeral
from extract.model.text import Text
from extract.normalise.topics.coverage import Coverage, add_up
from extract.normalise.topics.framing import is_subject
from extract.normalise.topics.grammar import STOPS, TopicGrammar

_BETWEEN_QUOTED_NAMES = re.compile("(?<=[”》])(?:以及|[和与及])(?=[“《])")
_MAX_SINGLE_WORD = 3  # characters; 能源和环境 are two topics, longer words may be one (清洁能源和公共卫生)
_ATTRIBUTE = re.compile("[的其]")
_FIELD_OF_ALL_NAMES = re.compile("(?<=.)(?:领域|方向)[ 。]*$")


def split_list(text: Text, grammar: TopicGrammar) -> tuple[list[Text], Coverage]:
    """Return the names of a list."""
    clauses = brackets.split(text, "；")
    if len(clauses) > 1:
        return clauses, Coverage()
    names: list[Text] = []
    parts: list[Coverage] = []
    for run in brackets.split(text, "，"):
        names_of_run, doubts = _split_run(run, grammar)
        names += names_of_run
        parts.append(Coverage(doubts=tuple(doubts)))
    quoted = [_split_at(name, brackets.find(name, _BETWEEN_QUOTED_NAMES)) for name in names]
    parts += [coverage for _, coverage in quoted]
    *names, last = [piece for pieces, _ in quoted for piece in pieces]
    last_names, last_coverage = _split_last(last, grammar, has_others=bool(names))
    names, field_coverage = _without_field_of_all([*names, *last_names])
    return names, add_up([*parts, last_coverage, field_coverage])


def _without_field_of_all(names: list[Text]) -> tuple[list[Text], Coverage]:
    """Drop a word behind the last name that applies to all: 农业、能源领域."""
    *others, last = names
    field = _FIELD_OF_ALL_NAMES.search(last.plain)
    if not others or not field or any(_FIELD_OF_ALL_NAMES.search(name.plain.strip()) for name in others):
        return names, Coverage()
    return [*others, last[: field.start()]], Coverage(understood=(last[field.start() :],))


def _split_run(run: Text, grammar: TopicGrammar) -> tuple[list[Text], list[Text]]:
    """Return the names between two ，, cut at 、 where that separates names; and doubts."""
    cuts = [0, *(match.start() + 1 for match in brackets.outside(run, "、")), len(run) + 1]
    pieces = [slice(start, end - 1) for start, end in pairwise(cuts)]
    names: list[slice] = []
    doubts: list[Text] = []
    unclosed: set[re.Pattern[str]] = set()
    first, is_doubtful = 0, False
    while first < len(pieces):
        last = _last_piece_of_name(run, pieces, first, unclosed, doubts, grammar)
        name = slice(pieces[first].start, pieces[last].stop)
        if last == first and first and (summing := _match_summing_up(run[name], grammar)):
            if not is_doubtful and not _is_surely_one_name(run, name, pieces, first, summing[0]):
                doubts.append(run)  # 物理、化学等基础科学: the names are before 等
                is_doubtful = True
            names, name = [], slice(0, name.stop)
        names.append(name)
        first = last + 1
    return [run[name] for name in names], doubts


def _is_surely_one_name(run: Text, name: slice, pieces: list[slice], index: int, summing: str) -> bool:
    """Return True if a piece that sums up those before it is one name with them: 艾滋病、结核病等疾病的疫苗.

    The last piece needs 等 followed by 的; a number has to equal that of the pieces: …的ATLAS、CMS两个实验.
    """
    number = parse_numeral(summing[:-1]) if summing != "等" else None
    is_complete = number == index + 1 if number else index == len(pieces) - 1
    return is_complete and run.plain.find("的", 0 if number else name.start, name.stop) >= 0


def _last_piece_of_name(
    run: Text,
    pieces: list[slice],
    first: int,
    unclosed: set[re.Pattern[str]],
    doubts: list[Text],
    grammar: TopicGrammar,
) -> int:
    """Return the index of the last piece of a name with 、 inside: 基于北斗、GPS的导航, 在农业、医学中的应用.

    `unclosed`: closings known not to occur in the rest of the run.
    """
    piece = run[pieces[first]]
    if end := _last_piece_of_adjectives(run, pieces, first, doubts, grammar):
        return end
    openings = brackets.outside(piece, grammar.rules.binds)
    opening = next((match for match in openings if not grammar.is_within_word(piece, *match.span())), None)
    closing = grammar.rules.binds_place if opening and opening[0] == "在" else _ATTRIBUTE
    if not opening or closing.search(piece.plain[opening.end() :]):
        return first
    for index in () if closing in unclosed else range(first + 1, len(pieces)):
        if closing.search(run.plain[pieces[index]]):
            return index
    unclosed.add(closing)
    if first + 1 < len(pieces):
        doubts.append(piece)
    return first


def _last_piece_of_adjectives(
    run: Text, pieces: list[slice], first: int, doubts: list[Text], grammar: TopicGrammar
) -> int | None:
    """Return the index of the piece with the noun of a row of adjectives, or None: 高效、清洁的能源技术.

    Adjectives behind another name (智慧农业和高效、低成本的储能) are a doubt.
    """
    opening = grammar.adjectives_at_end.search(run.plain[pieces[first]])
    if opening is None:
        return None
    for index in range(first + 1, len(pieces)):
        if grammar.adjectives_of_noun.match(run.plain[pieces[index]]):
            if opening.start():
                doubts.append(run[pieces[first].start : pieces[index].stop])
            return index
        if not grammar.adjectives.fullmatch(run.plain[pieces[index]]):
            return None
    return None


def _match_summing_up(name: Text, grammar: TopicGrammar) -> re.Match[str] | None:
    """Match the word in a name that sums up the names before it: 等 in …、艾滋病等疾病的新型疫苗."""
    for match in brackets.outside(name, grammar.rules.sums_up):
        if match.start() and not grammar.is_within_word(name, *match.span()):
            return match
    return None


def _split_last(last: Text, grammar: TopicGrammar, *, has_others: bool) -> tuple[list[Text], Coverage]:
    """Split the last name of a list if 以及, 和 or 及 joins two.

    CASE 1, 以及 without an attribute, in a list or between single words: 健康以及新材料 are two names
    CASE 2, single words at the end of a list: …、能源和环境 are two names, unless they are known as one
    CASE 3, otherwise whole: 检验检测和认证
    """
    match = brackets.find(last, "以及|[和及](?!其)")
    if not match or not match.start() or grammar.is_within_word(last, *match.span()):
        return [last], Coverage()
    sides = (last[: match.start()], last[match.end() :])
    are_words = all(_is_single_word(brackets.closing(side)[0], grammar) for side in sides)
    has_attribute = bool(_ATTRIBUTE.search(last.plain))
    if match[0] == "以及" and not has_attribute and (has_others or are_words):
        return _split_at(last, match)
    doubts = (last,) if match[0] == "以及" else ()
    if has_others and are_words and last.plain not in grammar.rules.compounds:
        names, coverage = _split_at(last, match)
        return names, Coverage(doubts=doubts) + coverage
    return [last], Coverage(doubts=doubts)


def _is_single_word(name: Text, grammar: TopicGrammar) -> bool:
    """Return True if a name is one short word."""
    is_uncut = all(grammar.is_within_word(name, offset) for offset in range(1, len(name)))
    return 1 < len(name) <= _MAX_SINGLE_WORD and is_uncut


def _split_at(name: Text, match: re.Match[str] | None) -> tuple[list[Text], Coverage]:
    if match is None:
        return [name], Coverage()
    start, end = match.span()
    return [name[:start], name[end:]], Coverage(understood=(name[start:end],))


_FIELD = ("领域", "方向", "主题", "方面")
# Words before 领域 with which it names no field: 合作领域, 5个优先领域, 双方商定的领域.
_IN_GENERAL = re.compile(
    "的|(?:^|[个项大类，：]|合作|研究|支持|资助|优先|重点|主要|关键|前沿|具体|下列|申报|项目|指南|科技|创新"
    "|关注|关心|感兴趣|商定|确定|约定|议定|同意|认可)$"
)


def find_link(clause: Text, grammar: TopicGrammar) -> tuple[re.Match[str] | None, Coverage]:
    """Return the link of a name to the names below it: ： or ，包括 or ，如; with doubts.

    优先支持 links only leads; 农业、能源，优先支持氢能 is a doubt.
    """
    doubts: list[Text] = []
    for link in brackets.outside(clause, grammar.rules.links):
        head, rest = clause[: link.start()].strip(STOPS), clause[link.end() :].strip(STOPS)
        if not head or not rest or grammar.is_within_word(clause, link.end()):
            continue
        if not link["prefers"] or leads_to_list(head, grammar) or is_subject(head, grammar):
            return link, Coverage(doubts=tuple(doubts))
        doubts.append(clause)
    return None, Coverage(doubts=tuple(doubts))


def link_coverage(clause: Text, link: re.Match[str]) -> Coverage:
    """Return the coverage of a link: 包括但不限于 leaves the list open."""
    open_ended = "不限于" in link[0] or "不仅限于" in link[0]
    return Coverage(understood=(clause[link.start() : link.end()],), open_ended=open_ended)


def leads_to_list(head: Text, grammar: TopicGrammar, *, with_verb: bool = False) -> bool:
    """Return True if the words before 包括 or 优先支持 are a lead: 双方关注的领域, but not 重点支持清洁能源.

    A named field (自然科学和技术领域) owns the list instead. `with_verb`: 支持 before it is part of the lead.
    """
    plain = (head if with_verb else without_verb(head, grammar)[0]).plain.strip(STOPS)
    match = grammar.rules.lead.search(plain)
    if match is None or match[0] not in _FIELD:
        return match is not None
    return bool(_IN_GENERAL.search(plain[: match.start()]) or grammar.rules.sentence.search(plain))


def without_verb(text: Text, grammar: TopicGrammar) -> tuple[Text, Coverage]:
    """Drop 支持, 包括 and the like before a name, unless they are part of a longer word."""
    verb = grammar.rules.leading.match(text.plain)
    if verb:
        name = text[verb.end() :].strip(STOPS)
        if name and not grammar.is_within_word(text, verb.end()):
            return name, Coverage(understood=(text[: verb.end()],), open_ended="不限于" in verb[0])
    return text, Coverage()
