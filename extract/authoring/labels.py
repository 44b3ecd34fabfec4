"""Suggest labels that a profile does not list, in all their forms: 工期：, 【工期】, （三）工期, 工期 on its line."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from extract.authoring.field_kinds import DUTY, STEP, TOLD_BY_WORDS, field_of, is_guess
from extract.authoring.suggestion import Suggestion, describe_position, quoted
from extract.language.label_words import name_of
from extract.language.numerals import CHINESE_ORDINAL, ORDINAL
from extract.model.evidence import cite
from extract.model.fields import FIELDS
from extract.model.record import Guide, OtherPart, Section
from extract.model.stages import Line
from extract.model.text import Text
from extract.model.values import Evidence, Topic
from extract.profile.schema import Profile
from extract.split.chapters import Chapter, names_of, read_outline
from extract.split.labels import label_matcher

_MARK = rf"第{ORDINAL}(?:部分|[章节])[、：.]?|{ORDINAL}[、.](?!\d)|（{ORDINAL}）[、.]?|\d{{1,2}}(?:\.\d{{1,2}})+|[①-⑳]"
_WORDS = r"[\u4e00-\u9fff]{2,12}"
_HEAD = re.compile(
    rf"(?P<mark>{_MARK})? *"
    rf"(?:【(?P<bracketed>{_WORDS})】[ ：]*|(?P<words>{_WORDS})(?: ?（[^（）：]{{1,8}}）)?(?P<colon> *： *|$))"
)
_MAX_ALONE = 8  # characters of a label that stands alone on its line
_MIN_DIRECTIONS = 2
_MAX_BELOW = 12  # printed lines below a label that are looked at
_STOP_BEFORE_LABEL = re.compile(rf"[。；] *(?={_WORDS}：)")
# What announces a list in the same part.
_ANNOUNCES = re.compile("^(?:以下|下列|如下|上述)|(?:如下|以下|包括|学科为|领域为|方向为|主题为)$")
# What addresses readers, names other papers or numbers a section: 各有关单位：, 方向一：.
_NO_LABEL = re.compile(
    f"^(?:各|有关单位|附件|附)|(?:通知|公告)$|(?:方向|专题|任务|课题|项目|领域|板块|主题){CHINESE_ORDINAL}$"
)


_Occurrences = list[tuple[str, Sequence[Evidence]]]  # section number and evidence


class Head(NamedTuple):
    """Words that may be a label, what stands below them, and the kind of mark before them: （N） of （一）.

    `is_alone`: nothing else stands on the line; `is_first`: nothing stands before them.
    """

    line: int
    text: Text
    words: str
    below: str
    mark: str
    is_alone: bool
    is_first: bool


def unknown_heads(lines: Sequence[Line], profile: Profile) -> dict[str, list[Head]]:
    """Return the heads of lines that the profile does not know, by their words, and those behind 。 within lines.

    One without a number has to come again, as labels do, or stand before a colon at the start of a line.
    """
    matcher = label_matcher(profile)
    pieces = [(index, piece) for index, line in enumerate(lines) for piece in _pieces(line)]
    rows = [piece for _, piece in pieces]
    matches = {at: match for at, row in enumerate(rows) if row.starts is not False and (match := _match(row))}
    known = {at for at, row in enumerate(rows) if matcher.match_line(row.text)}
    stops = [at for at in range(len(rows)) if at in matches or at in known]
    found: dict[str, list[Head]] = defaultdict(list)
    for at, match in matches.items():
        words, is_alone = _words(match), match["colon"] == ""
        is_known = bool(names_of(words, profile)) if is_alone and match["mark"] else at in known
        if is_known or _NO_LABEL.search(words) or words in profile.labels.fields_by_name:
            continue
        stop = next((other for other in stops if other > at), len(rows))
        below = _below(rows[at:stop], match, is_last=stop == len(rows))
        mark = re.sub(ORDINAL, "N", match["mark"] or "")
        is_first = at == 0 or pieces[at - 1][0] != pieces[at][0]
        found[words].append(Head(pieces[at][0], rows[at].text, words, below, mark, is_alone, is_first))
    return {words: heads for words, heads in found.items() if _may_be_label(heads)}


def _pieces(line: Line) -> Iterator[Line]:
    """Yield a line in pieces that may begin with a label: 名额：4个。 | 经费：150万元。"""
    starts = [0, *(match.end() for match in _STOP_BEFORE_LABEL.finditer(line.text.plain))]
    for start, end in pairwise([*starts, len(line.text)]):
        yield line if end - start == len(line.text) else replace(line, text=line.text[start:end])


def _match(line: Line) -> re.Match[str] | None:
    match = _HEAD.match(line.text.plain)
    if match is None or (match["colon"] == "" and not match["mark"] and len(match["words"]) > _MAX_ALONE):
        return None
    return None if _ANNOUNCES.search(_words(match)) else match


def _words(match: re.Match[str]) -> str:
    return match["bracketed"] or match["words"]


def _may_be_label(heads: Sequence[Head]) -> bool:
    return len(heads) > 1 or (heads[0].is_first and not heads[0].is_alone) or bool(heads[0].mark)


def _below(lines: Sequence[Line], match: re.Match[str], *, is_last: bool) -> str:
    """Return the words under a head, up to the next one.

    The line right above the next may be the heading of a section: one that ends no sentence is left out.
    """
    rest, rows = match.string[match.end() :], list(lines[1:_MAX_BELOW])
    if not is_last and rows and (rest or len(rows) > 1) and not rows[-1].text.plain.endswith(("。", "；")):
        rows.pop()
    below = rest
    for row in rows:
        below += ("" if row.starts is False or not below else "\n") + row.text.plain
    return below


def suggest_labels(lines: Sequence[Line], guide: Guide | None, profile: Profile) -> Iterator[Suggestion]:
    """Suggest each unknown label once, under a field or `other`; names of chapters under [chapters]."""
    heads = unknown_heads(lines, profile)
    seen = _unclaimed(guide, profile.labels.fields_by_name) if guide else {}
    topics = {name for section in guide.sections for name in topic_names(section)} if guide else set[str]()
    first_mark = next(iter(_marks(lines).values()), "")
    for words, of in heads.items():
        is_chapter = any(head.mark and head.is_alone for head in of)
        samples = [head.below for head in of if head.below]
        field, reasons, places = field_of(words, samples, profile)
        if words in topics and field not in TOLD_BY_WORDS:  # 农业：粮食、畜牧; but 立项名额：5个 may stand below topics
            continue
        if words not in seen and not _is_likely(of, field, first_mark):
            continue
        where = _in_sections(seen[words]) if words in seen else _in_lines(of)
        why = f"{where}; {', '.join(reasons)}"
        recurs = len(of) > 1 and not any(head.is_alone for head in of)
        are_targets = field == "indicators" and recurs and places == len(samples)  # bounds wherever it stands
        is_guessed = is_guess(words, field, profile) and not are_targets
        label = suggest_label(words, field, why, profile, is_chapter=is_chapter, is_guessed=is_guessed, recurs=recurs)
        yield replace(label, places=places)
    for words, occurrences in seen.items():
        if words in heads:
            continue
        after = next((part.text for part in _others(guide) if part.label == words), "")
        field, reasons, places = field_of(words, [after], profile)
        why = f"{_in_sections(occurrences)}; {', '.join(reasons)}"
        is_guessed = is_guess(words, field, profile)
        label = suggest_label(words, field, why, profile, is_chapter=False, is_guessed=is_guessed, recurs=False)
        yield replace(label, places=places)


def _in_sections(occurrences: _Occurrences) -> str:
    sections = list(dict.fromkeys(section for section, _ in occurrences))
    first = f"first {sections[0]}{describe_position(occurrences[0][1])}"
    return f"{len(sections)} section{'s' * (len(sections) > 1)}, {first}"


def _in_lines(heads: Sequence[Head]) -> str:
    begin = "lines begin" if len(heads) > 1 else "line begins"
    return f"{len(heads)} {begin} so, the first{describe_position(cite(heads[0].text))}"


def _is_likely(heads: Sequence[Head], field: str, first_mark: str) -> bool:
    """Return True for heads that come again, and for one whose words are those of a field.

    A chapter of the guide has its place, too: （三）智能网联汽车 below another is rather a direction.
    """
    if len(heads) > 1:
        return True
    if field == "other" or not heads[0].below:
        return False
    return not heads[0].is_alone or heads[0].mark == first_mark or field not in ("requirements", "content")


def suggest_label(
    words: str, field: str, why: str, profile: Profile, *, is_chapter: bool, is_guessed: bool, recurs: bool
) -> Suggestion:
    """Suggest words for a field, as a name of a chapter if the table of chapters has that field.

    A label that recurs before a colon is one whatever its field: where that is a guess, `other` keeps its words out of
    the value above it.
    """
    if is_guessed and recurs:
        field, why = "other", f"{why}; no field is told for certain, perhaps {field}"
    table = "chapters" if is_chapter and hasattr(profile.chapters, field) else "labels"
    needs_person = not recurs and (is_guessed or field == "other")
    return Suggestion(table, field, quoted(words), why, words, needs_person=needs_person, recurs=recurs)


def suggest_directions(lines: Sequence[Line], profile: Profile) -> Iterator[Suggestion]:
    """Suggest a chapter whose items are sections: one without a known name, of items with prose below them.

    The items may stand in groups, which are chapters without words of their own.
    """
    labels = {words for words, heads in unknown_heads(lines, profile).items() if len(heads) > 1}
    chapters = list(read_outline(lines, profile).chapters)
    while chapters:
        chapter = chapters.pop(0)
        items = list(_items(chapter, labels))
        if chapter.names or not chapter.number or len(items) < _MIN_DIRECTIONS or _is_for_applicants(chapter):
            chapters[:0] = chapter.children
            continue
        words = _name(chapter)
        where = f"{len(items)} headings with words below them{describe_position(cite(chapter.words))}"
        yield Suggestion("chapters", "directions", quoted(words), where, words)


def _items(chapter: Chapter, labels: Collection[str]) -> Iterator[Chapter]:
    """Yield the chapters below one that have prose, or stand in a group; `labels` are headings that come again."""
    is_grouped = not any(child.names or child.lines for child in chapter.children)
    for child in chapter.children:
        if _has_prose(child) and not child.names and _name(child) not in labels:
            yield child
        elif is_grouped:
            yield from _items(child, labels)


def _name(chapter: Chapter) -> str:
    """Return the words of a heading, as the profile would list them."""
    return name_of("".join(chapter.title.plain.split()))


def _has_prose(chapter: Chapter) -> bool:
    return any(line.text.plain.endswith("。") for line in chapter.lines)


def _is_for_applicants(chapter: Chapter) -> bool:
    """Return True if most sentences say what applicants have to do or to be: conditions and steps, no directions."""
    sentences = [line.text.plain for line in chapter.below if line.text.plain.endswith(("。", "；"))]
    applying = [words for words in sentences if DUTY.search(words) or STEP.search(words)]
    return 2 * len(applying) > len(sentences)


def _marks(lines: Sequence[Line]) -> dict[int, str]:
    """Return the kinds of marks of the lines that are nothing but a mark and a few words: 一、攻关选题."""
    matches = {index: match for index, line in enumerate(lines) if (match := _match(line))}
    return {
        index: re.sub(ORDINAL, "N", match["mark"])
        for index, match in matches.items()
        if match["mark"] and match["colon"] == ""
    }


def _others(guide: Guide | None) -> Iterator[OtherPart]:
    for section in guide.sections if guide else ():
        yield from section.other


def _unclaimed(guide: Guide, known: Mapping[str, str]) -> dict[str, _Occurrences]:
    """Unknown labels with the sections and places where they stand: from findings, and printed lines within parts."""
    found: dict[str, _Occurrences] = defaultdict(list)
    for finding in guide.findings:
        if finding.code in ("label-unknown", "text-unclaimed") and finding.section:
            words = "".join(line.quote for line in finding.evidence)
            head = _HEAD.match(words + "：" if finding.code == "label-unknown" else words)
            if head and head["colon"] != "" and _words(head) not in known:
                found[_words(head)].append((finding.section, finding.evidence))
    for section in guide.sections:
        for line in _lines(section):
            head = _HEAD.match(line.quote.replace(":", "："))
            if head and head["colon"] and _words(head) not in known and _words(head) not in topic_names(section):
                found[_words(head)].append((section.number, (line,)))
    return found


def _lines(section: Section) -> Iterator[Evidence]:
    """Yield the printed lines of a section's parts, without the first of each, which follows its label."""
    for name in FIELDS:
        yield from getattr(section, name).evidence[1:]


def topic_names(section: Section) -> set[str]:
    """The names of a section's topics, which may precede a colon, too: 农业：粮食、畜牧."""

    def names(topics: Sequence[Topic]) -> Iterator[str]:
        for topic in topics:
            yield topic.name
            yield from names(topic.items)

    return set(names(section.fields.value.items)) if section.fields.value else set()
