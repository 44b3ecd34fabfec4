"""Split a call whose chapters name the fields (二、支持方向, 三、资助强度), around sections or of the whole call.

Sections are the items of a chapter of directions, and chapters side by side that have chapters of fields of their own
(专题一, 专题二). What stands outside of them holds for all. A call without any is one section.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from extract.language.label_words import read_label_words
from extract.language.list_markers import ITEM_MARK
from extract.model.fields import FIELDS
from extract.model.findings import FindingDraft, finding
from extract.model.stages import LabelledText, Line, SectionText
from extract.model.text import GLUE, PARAGRAPH, Text, join_texts
from extract.profile.schema import Profile
from extract.split.chapters import Chapter, read_outline
from extract.split.labels import cut_at_labels, label_matcher, mark_labels
from extract.split.line_joining import join_lines
from extract.split.section_ends import first_annex_at
from extract.split.statements import find_statements

STYLE = "chapters"
_FIGURES = [name for name, spec in FIELDS.items() if spec.figure]
_FIRST_POINT = re.compile(r"(?:1|一)[.、]|（[1一]）")
_ITEM = re.compile(ITEM_MARK)
_TOTAL = re.compile(r"共(?![同商])|总(?![^，。；\d]{0,8}\d[\d.]*%)|合计")  # not 总投资的30%
_MIN_SIBLINGS = 2  # chapters side by side with the same field, which are sections


class Call(NamedTuple):
    """A call: its sections, the parts that hold for all of them, the lines of introduction, and the heads of groups."""

    pieces: list[SectionText]
    common: list[LabelledText]
    introduction: list[Line]
    groups: list[Text]
    findings: list[FindingDraft]


class _Section(NamedTuple):
    """A chapter that is a section, and the chapter of its group, if it stands in one."""

    chapter: Chapter
    group: Chapter | None


def read_call(lines: Sequence[Line], title: Text, profile: Profile) -> Call | None:
    """Split the lines below the title of a call; None without a chapter that names a field, or points of a letter."""
    outline = read_outline(lines, profile)
    call = Call([], [], list(outline.before), [], [])
    if not any(_fields(chapter) for chapter in _all(outline.chapters)):
        return _read_points(lines, title, call, profile)
    has_sections = "directions" in profile.forms
    sections = list(_sections(outline.chapters, among_directions=False)) if has_sections else []
    if not sections and "call" not in profile.forms:
        return None
    numbers = _numbers([section.chapter.number for section in sections], call)
    taken = {id(section.chapter) for section in sections} | {id(one.group) for one in sections if one.group}
    parts = _parts(outline.chapters, taken, call, profile, None)
    if not sections:
        call.pieces.append(_whole(title, parts, call, profile))
        return call
    groups: dict[int, Text] = {}
    for number, section in zip(numbers, sections, strict=True):
        if section.group and id(section.group) not in groups:
            groups[id(section.group)] = section.group.words
            call.introduction.extend(section.group.lines)
        call.pieces.append(_section(number, section, title, call, profile))
    call.groups.extend(groups.values())
    call.common.extend(_of_each_project(part, profile) for part in parts)
    held = [part.field for part in parts] + [part.field for piece in call.pieces for part in piece.parts]
    call.common.extend(find_statements(_texts(call, parts), held, profile))
    return call


def _read_points(lines: Sequence[Line], title: Text, call: Call, profile: Profile) -> Call | None:
    """Split a letter without chapters: its points are the requirements, and state the rest. None for other texts."""
    is_letter = any(pattern.search(title.plain) for pattern in profile.introduction.letters)
    if "call" not in profile.forms or not is_letter:
        return None
    points = next((at for at, line in enumerate(lines) if _FIRST_POINT.match(line.text.plain)), len(lines))
    own, inner = _cut(lines[points:], "1", call, profile, is_named=True)
    call.introduction[:] = lines[:points]
    empty = title[:0]
    parts = [LabelledText("requirements", empty, empty, join_texts(_with_glue(own), empty), None)] if own else []
    whole = _whole(title, [*parts, *inner], call, profile)
    if not {part.field for part in whole.parts} & {"fields", *_FIGURES}:
        return None
    call.pieces.append(whole)
    call.findings.append(finding("chapters-missing", title, section=whole.number))
    return call


def read_common(lines: Sequence[Line], profile: Profile, *, is_introduction: bool) -> list[LabelledText]:
    """Return the parts that stand outside of sections under headings, and of annexes: 三、执行期限, 四、申报要求.

    An introduction may have words about the guide below 二、申报说明; only figures are taken from it.
    """
    call = Call([], [], [], [], [])
    own = lines[: first_annex_at(lines, profile)]
    parts = _parts(read_outline(own, profile).chapters, set(), call, profile, None)
    fields = _FIGURES if is_introduction else [*_FIGURES, "requirements"]
    return [
        part
        for part in parts
        if part.field in fields and part.text and not (is_introduction and _has_gap_for_colon(part))
    ]


def _has_gap_for_colon(part: LabelledText) -> bool:
    """Return True for words before a gap, which begin a sentence in an introduction: 国拨经费 5.65亿元左右，…"""
    return bool(part.lead) and part.lead.plain.endswith("：") and part.lead.origins[-1] == GLUE


def _all(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _all(chapter.children)


def _fields(chapter: Chapter) -> list[str]:
    """Return the fields that a chapter names; one of 领域和要求 has points of all kinds, as requirements have."""
    if "outer" in chapter.names:
        return []
    fields = [name for name in chapter.names if name in FIELDS]
    figures = [name for name in fields if name in _FIGURES]
    if figures or "requirements" not in fields:
        return figures or fields[:1]
    return ["requirements"]


# ── sections ──────────────────────────────────────────────────────────────────────────────────────────


def _sections(
    chapters: Sequence[Chapter], *, among_directions: bool, group: Chapter | None = None
) -> Iterator[_Section]:
    """Yield the chapters that are sections.

    1. an item of a chapter of directions that has words below it; one that has only items is a group; where some have
       no more than a list, all are topics
    2. chapters side by side that have chapters of the same field
    """
    among_directions = among_directions and not any(chapter.lines and _is_list(chapter) for chapter in chapters)
    unknown = [chapter for chapter in chapters if not chapter.names]
    below = Counter(field for chapter in unknown for field in {f for child in chapter.children for f in _fields(child)})
    for chapter in chapters:
        if chapter.names:
            yield from _sections(chapter.children, among_directions="directions" in chapter.names)
            continue
        has_fields = any(below[field] >= _MIN_SIBLINGS for child in chapter.children for field in _fields(child))
        is_group = not chapter.lines and chapter.children and not any(child.names for child in chapter.children)
        if among_directions and is_group:
            yield from _sections(chapter.children, among_directions=True, group=chapter)
        elif has_fields or (among_directions and not _is_list(chapter)):
            yield _Section(chapter, group)
        else:
            yield from _sections(chapter.children, among_directions=False)


def _is_list(chapter: Chapter) -> bool:
    """Return True for a chapter without words, or with no others than items that are no sentences: 1.低维材料；"""
    lines = [line.text.plain for line in chapter.below]
    are_items = all(_ITEM.match(plain) and "。" not in plain[:-1] for plain in lines)
    return not lines or (are_items and not all(plain.endswith("。") for plain in lines))


def _numbers(printed: Sequence[str], call: Call) -> list[str]:
    """Return the numbers of sections; where they begin again, or are not printed, they are counted."""
    if all(printed) and len(set(printed)) == len(printed):
        return list(printed)
    call.findings.append(finding("heading-unnumbered"))
    return [str(count) for count in range(1, len(printed) + 1)]


def _section(number: str, section: _Section, title: Text, call: Call, profile: Profile) -> SectionText:
    """Return a section; the title of its group, or of the call, may name its partner."""
    chapter = section.chapter
    parts = _parts(chapter.children, set(), call, profile, number)
    if chapter.lines:
        own, inner = _cut(chapter.lines, number, call, profile, is_named=False)
        empty = chapter.title[:0]
        parts[:0] = [LabelledText(profile.chapters.prose, empty, empty, text, None) for text in own] + inner
    parts += find_statements([part.text for part in parts], (part.field for part in parts), profile)
    above = section.group.title if section.group else title
    return SectionText(number, chapter.title, chapter.words, above, tuple(parts), ())


def _whole(title: Text, parts: list[LabelledText], call: Call, profile: Profile) -> SectionText:
    """Return the one section of a call that has none."""
    subject = next((m for pattern in profile.introduction.letters if (m := pattern.search(title.plain))), None)
    texts = _texts(call, parts)
    parts = [*parts, *find_statements(texts, (part.field for part in parts), profile)]
    named = title.group(subject, "value") if subject else None
    return SectionText("1", named or title, title, None, tuple(parts), ())


def _of_each_project(part: LabelledText, profile: Profile) -> LabelledText:
    """Return money that holds for all sections as that of each project, unless it is called a total: 资助强度."""
    is_of_each = part.field == "funding" and profile.chapters.each.search(part.label.plain)
    return replace(part, field="per_project") if is_of_each and not _TOTAL.search(part.text.plain) else part


def _texts(call: Call, parts: Sequence[LabelledText]) -> list[Text]:
    """Return the words in which a value may be stated without a label."""
    introduction = [join_lines(call.introduction)] if call.introduction else []
    return [*(part.text for part in parts), *introduction]


# ── parts ─────────────────────────────────────────────────────────────────────────────────────────────


def _parts(
    chapters: Sequence[Chapter], taken: set[int], call: Call, profile: Profile, section: str | None
) -> list[LabelledText]:
    """Return the labelled parts of chapters; what only holds others adds its words to the introduction."""
    parts: list[LabelledText] = []
    for chapter in chapters:
        if id(chapter) in taken:
            continue
        if _is_outer(chapter, taken):
            call.introduction.extend([*chapter.heading, *chapter.lines])
            parts += _parts(chapter.children, taken, call, profile, section)
            continue
        if not chapter.names:
            told = finding("label-unknown", chapter.title, section=section, label=str(chapter.title))
            call.findings.append(told)
        parts += _parts_of(chapter, taken, call, profile, section)
    return _merged(parts)


def _is_outer(chapter: Chapter, taken: set[int]) -> bool:
    """Return True for a chapter that only holds others, by its name or what is in it."""
    if "outer" in chapter.names:
        return True
    if chapter.names:
        return _holds_fields(chapter) or any(id(one) in taken for one in _all(chapter.children))
    return any(_fields(one) or id(one) in taken for one in _all(chapter.children))


def _holds_fields(chapter: Chapter) -> bool:
    """Return True for a chapter of figures that only holds others: 资助规模与强度 | （一）资助期限."""
    only_holds = not chapter.lines and bool(chapter.children) and all(_fields(one) for one in chapter.children)
    return only_holds and set(_fields(chapter)) <= set(_FIGURES)


def _parts_of(
    chapter: Chapter, taken: set[int], call: Call, profile: Profile, section: str | None
) -> Iterator[LabelledText]:
    """Yield the parts of a chapter: its own words, those with a label of their own, and chapters of other fields."""
    fields = _fields(chapter)
    lines, others = _own(chapter, fields)
    own, inner = _cut(lines, section, call, profile, is_named=bool(chapter.names))
    lead = chapter.words
    if own or not inner:
        text = join_texts(_with_glue(own), chapter.title)
        beside = read_label_words([chapter.title])
        yield from (LabelledText(field, chapter.title, lead, text, beside.unit, beside.words) for field in fields)
        if not fields:
            yield LabelledText(None, chapter.title, lead, text, None)
    else:  # 六、联系方式 | 联系人：…
        inner[0] = replace(inner[0], lead=join_texts([lead, lead.glue(PARAGRAPH), inner[0].lead], lead))
    yield from inner
    yield from _parts(others, taken, call, profile, section)


def _merged(parts: Sequence[LabelledText]) -> list[LabelledText]:
    """Join the parts of a field that has points: those of 三、限项规定 go on behind those of 二、申请资格."""
    merged: dict[str | int, LabelledText] = {}
    for index, part in enumerate(parts):
        key = part.field if part.field and part.field not in _FIGURES else index
        if key in merged:
            before = merged[key]
            pairs = (before.lead, part.lead), (before.text, part.text)
            lead, text = (join_texts(_with_glue(list(filter(None, pair))), before.text) for pair in pairs)
            part = replace(before, lead=lead, text=text)
        merged[key] = part
    return list(merged.values())


def _own(chapter: Chapter, fields: Sequence[str]) -> tuple[list[Line], list[Chapter]]:
    """Return the lines of a chapter with those of its items, and the chapters in it that name another field."""
    lines, others = list(chapter.lines), []
    for child in chapter.children:
        if _fields(child) and _fields(child) != list(fields):
            others.append(child)
        else:
            inner, more = _own(child, fields)
            lines += [*child.heading, *inner]
            others += more
    return lines, others


def _cut(
    lines: Sequence[Line], section: str | None, call: Call, profile: Profile, *, is_named: bool
) -> tuple[list[Text], list[LabelledText]]:
    """Return the words of a chapter, and the parts that have a label with a colon in it: 联系人：…

    In a chapter that names something, words that only look like a label are its own.
    """
    if not lines:
        return [], []
    labels = [label_matcher(profile).match_line(line.text) for line in lines]
    body = join_lines(mark_labels(lines, labels, profile))
    loose, parts, findings = cut_at_labels(body, profile, section, known_only=is_named)
    call.findings.extend(findings)
    return loose, list(parts)


def _with_glue(texts: Sequence[Text]) -> Iterator[Text]:
    for index, text in enumerate(texts):
        if index:
            yield text.glue(PARAGRAPH)
        yield text
