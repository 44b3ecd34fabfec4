"""Split clean lines into title, introduction and sections with labelled parts: at headings first, then join lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extract.errors import NoSections, UnreadableGuide
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line, NoteText, Repaired, SectionText, SplitGuide
from extract.model.text import Text, join_texts
from extract.profile.schema import Heading, Profile
from extract.split.calls import STYLE as CALL
from extract.split.calls import Call, read_call, read_common
from extract.split.headings import HeadingMatch, find_headings, find_lone_section
from extract.split.label_tables import read_as_text, read_label_table
from extract.split.labels import LineLabel, cut_at_labels, label_matcher, mark_labels
from extract.split.line_joining import close_words, join_lines, tidy_spaces
from extract.split.papers import find_guides, find_titles
from extract.split.section_ends import (
    annexes_at,
    chapter_at,
    ending_at,
    find_chapters,
    for_all_at,
    is_group_heading,
    letter_ends_at,
)
from extract.split.table_sections import SectionTable, cut_at_heads, find_section_table, read_section_tables
from extract.split.tables import find_tables
from extract.split.title_block import FrontMatter, read_front_matter, untitled


def split(repaired: Repaired, profile: Profile, part: int = 1) -> SplitGuide:
    """Split a guide, the first of its file or another. Raises UnreadableGuide where it has no sections that the profile
    knows, or the file has no such part.
    """
    if not repaired.lines:
        raise UnreadableGuide("all text is rotated, or page numbers; nothing is left to read")
    printed = [replace(line, text=close_words(line.text, profile)) for line in repaired.lines]
    guides = find_guides(printed, profile)
    if part > len(guides):
        raise UnreadableGuide(f"no part {part}: the file holds {len(guides)} guide{'s' * (len(guides) > 1)}")
    cut = _split_guide(printed[guides[part - 1].lines], repaired.notes, profile)
    if len(guides) == 1:
        return cut
    others = [join_lines(printed[guide.lines]) for number, guide in enumerate(guides, 1) if number != part]
    first = cut if part == 1 else _split_guide(printed[guides[0].lines], (), profile)
    if part == 1:
        start = printed[guides[1].lines.start].text
        told = finding("guide-second", start, variant="apart", count=len(guides), title=guides[1].title)
    else:
        told = finding("guide-part", part=part, count=len(guides))
    return replace(
        cut,
        notice=first.notice,
        preamble=(*cut.preamble, *others),
        other_guides=tuple(others),
        findings=(*cut.findings, told),
    )


def _split_guide(printed: Sequence[Line], notes: tuple[NoteText, ...], profile: Profile) -> SplitGuide:
    """Split one guide, given its lines: at the rows of tables, at the chapters of a call, else at headings."""
    lines, tables, told = _read_tables(printed, profile)
    found = _find_headings(lines, profile) if lines else _Headed(untitled(printed[0].text), [], [], [], None)
    if tables and found.style is None:
        return _split_tables(notes, found, tables, told, profile)
    if tables:  # sections have headings, and a table among them is one of their text
        lines, _, told = _read_tables(printed, profile, as_text=True)
        found = _find_headings(lines, profile)
    if "headings" not in profile.forms:
        found = found._replace(style=None)
    if found.style is None and profile.forms != ("headings",):
        letter = found.body[: letter_ends_at(found.body, profile)]
        if call := read_call(letter, found.front.title, profile):
            return _split_call(notes, lines, found, call, told, profile)
    return _split_at_headings(notes, found, told, profile)


class _Headed(NamedTuple):
    """The title block of a guide, the lines below it with their labels, and the headings among them."""

    front: FrontMatter
    body: Sequence[Line]
    labels: Sequence[LineLabel | None]
    headings: Sequence[HeadingMatch]
    style: Heading | None


def _find_headings(lines: Sequence[Line], profile: Profile) -> _Headed:
    labels = [label_matcher(profile).match_line(line.text) for line in lines]
    front = read_front_matter(lines, labels, profile)
    body, labels = lines[front.end :], labels[front.end :]
    end = annexes_at(body, labels, profile)
    return _Headed(front, body, labels, *find_headings(body[:end], labels[:end], profile))


def _read_tables(
    lines: Sequence[Line], profile: Profile, *, as_text: bool = False
) -> tuple[list[Line], list[SectionTable], list[FindingDraft]]:
    """Return the lines without the tables whose rows are sections, these tables, and findings on others.

    `as_text`: no table holds sections.
    """
    read: list[Line] = []
    sections: list[SectionTable] = []
    findings: list[FindingDraft] = []
    end = 0
    for table in (piece for whole in find_tables(lines) for piece in cut_at_heads(whole, profile)):
        read += lines[end : table.lines.start]
        end = table.lines.stop
        section_table = find_section_table(table, profile)
        rows = [] if section_table else read_label_table(table, profile)
        before = sections[-1] if sections else None
        if section_table and not as_text:
            sections.append(section_table)
        elif rows:
            read += rows
        elif before and before.goes_on_in(table):
            sections[-1] = before.with_below(table)
        else:
            rows, told = read_as_text(table, profile, is_doubtful=before is not None and before.might_go_on_in(table))
            read += rows
            findings += told
    return [*read, *lines[end:]], sections, findings


def _split_tables(
    notes: tuple[NoteText, ...],
    found: _Headed,
    tables: Sequence[SectionTable],
    told: Sequence[FindingDraft],
    profile: Profile,
) -> SplitGuide:
    """Split a guide whose sections are rows of tables."""
    front, first = found.front, tables[0].table.cells[0].lines[0]
    before, contents = _without_contents([line for line in found.body if _is_before(line, first)], profile)
    after = [line for line in found.body if not _is_before(line, first)]
    introduction = join_lines(before) if before else front.title[:0]
    outside = [join_lines(after)] if after else []
    for_all = for_all_at(after, profile) is not None
    sections = read_section_tables(tables, profile)
    return SplitGuide(
        title=front.title,
        style="table",
        introduction=introduction,
        notice=front.notice,
        preamble=(*front.aside, *contents, introduction, *outside, *sections.outside),
        groups=tuple(sections.groups),
        pieces=tuple(sections.pieces),
        other_guides=(),
        notes=notes,
        findings=(
            *front.findings,
            *(replace(one, field="sections") for one in told),  # a table that is not read may hold some of them
            *(finding("text-for-all" if for_all else "text-outside", text) for text in outside),
            *sections.findings,
        ),
        common=(
            *read_common(before, profile, is_introduction=True),
            *read_common(after, profile, is_introduction=False),
        ),
        totals=tuple(sections.totals),
    )


def _split_call(
    notes: tuple[NoteText, ...],
    lines: Sequence[Line],
    found: _Headed,
    call: Call,
    told: Sequence[FindingDraft],
    profile: Profile,
) -> SplitGuide:
    """Split a guide whose chapters name the fields."""
    front, body = found.front, found.body
    introduction = join_lines(call.introduction) if call.introduction else front.title[:0]
    tail = body[letter_ends_at(body, profile) :]
    whole = join_lines([replace(line, starts=line.starts or None) for line in lines])
    common = [text for part in call.common for text in (part.lead, part.text)]
    return SplitGuide(
        title=front.title,
        style=CALL,
        introduction=introduction,
        notice=front.notice or whole,
        preamble=(*front.aside, introduction, *([join_lines(tail)] if tail else []), *common),
        other_guides=(),
        groups=tuple(call.groups),
        pieces=tuple(call.pieces),
        notes=notes,
        findings=(*front.findings, *told, *call.findings),
        common=tuple(call.common),
    )


def _split_at_headings(
    notes: tuple[NoteText, ...], found: _Headed, told: Sequence[FindingDraft], profile: Profile
) -> SplitGuide:
    """Split a guide whose sections have headings, or that is one section. Raises NoSections."""
    front, body = found.front, found.body
    headings, doubts = _checked_headings(found, profile)
    below = find_titles(body[headings[0].lines.stop :], profile)
    before, contents = _without_contents(body[: headings[0].lines.start], profile)
    introduction = join_lines(before) if before else front.title[:0]
    pieces, groups, after, more = _cut_sections(body, found.labels, headings, profile, find_chapters(before, profile))
    outside = [join_lines(lines) for lines in after]
    return SplitGuide(
        title=front.title,
        style=found.style.name if found.style else "",
        introduction=introduction,
        notice=front.notice,
        preamble=(*front.aside, *contents, introduction, *outside),
        groups=tuple(groups),
        pieces=tuple(pieces),
        other_guides=(),
        notes=notes,
        findings=(
            *front.findings,
            *told,
            *doubts,
            *(finding("guide-second", *one.texts, variant="within", title=one.words) for one in below),
            *more,
            *_doubtful_headings(pieces),
        ),
        common=(
            *read_common(before, profile, is_introduction=True),
            *(part for lines in after for part in read_common(lines, profile, is_introduction=False)),
        ),
    )


def _checked_headings(found: _Headed, profile: Profile) -> tuple[Sequence[HeadingMatch], list[FindingDraft]]:
    """Return the headings, or that of the only section, and findings on them. Raises NoSections without any."""
    headings, findings = found.headings, []
    if found.style is None:
        lone = find_lone_section(found.body, found.labels)
        if lone is None:
            raise NoSections(_no_sections(profile))
        headings = [lone]
        findings.append(finding("heading-missing", found.body[lone.lines.start].text, section=lone.number))
    findings += [
        finding("heading-style", found.body[heading.lines.start].text, section=heading.number)
        for heading in headings
        if heading.is_of_other_style
    ]
    if any(heading.counted for heading in headings):
        findings.append(finding("heading-unnumbered"))
    return headings, findings


def _no_sections(profile: Profile) -> str:
    known = ", ".join(profile.labels.agreement[:1] + profile.labels.fields[:2] + profile.labels.project_count[:1])
    return (
        f"no sections found: no heading that the profile {profile.name} knows is followed by one of its labels"
        f" ({known}, …); try another --profile, or have one drafted by guide-extract new"
    )


def _is_before(line: Line, other: Line) -> bool:
    """Return True if a line stands before another."""
    return (line.page, line.top) < (other.page, other.top)


def _doubtful_headings(pieces: Sequence[SectionText]) -> list[FindingDraft]:
    """Report headings that may be items of the section before: it has only the fields that they lack."""
    firsts = Counter(piece.parts[0].field for piece in pieces if piece.parts)
    siblings = Counter(piece.number.rpartition(".")[0] for piece in pieces)
    findings = []
    for before, piece in pairwise(pieces):
        fields = [{part.field for part in one.parts} for one in (before, piece)]
        is_one_of_several = piece.number.startswith(before.number + ".") and siblings[before.number] > 1
        if is_one_of_several or not all(fields) or fields[0] & fields[1]:
            continue
        if piece.parts[0].field != firsts.most_common(1)[0][0]:
            findings += [
                finding(
                    "heading-doubtful", piece.heading, section=one.number, number=piece.number, before=before.number
                )
                for one in (before, piece)
            ]
    return findings


def _without_contents(lines: Sequence[Line], profile: Profile) -> tuple[list[Line], list[Text]]:
    """Return the lines of the introduction, and the lines of a table of contents below the title."""
    is_contents = [profile.introduction.contents.search(line.text.plain) is not None for line in lines]
    contents = [line.text for line, listed in zip(lines, is_contents, strict=True) if listed]
    return [line for line, listed in zip(lines, is_contents, strict=True) if not listed], contents


def _cut_sections(
    body: Sequence[Line],
    labels: Sequence[LineLabel | None],
    headings: Sequence[HeadingMatch],
    profile: Profile,
    chapters: int,
) -> tuple[list[SectionText], list[Text], list[Sequence[Line]], list[FindingDraft]]:
    """Return the sections, the headings of groups, the lines outside of both, and findings."""
    pieces: list[SectionText] = []
    groups: list[tuple[str, Text]] = []
    outside: list[Sequence[Line]] = []
    findings: list[FindingDraft] = []
    for heading, following in zip_longest(headings, headings[1:]):
        words = join_texts([line.text for line in body[heading.lines]], body[0].text)
        end = _section_end(body, labels, heading, following, profile, chapters)
        chapters += end.chapter
        if end.group is not None and following is not None:
            groups.append((following.number.split(".")[0], end.group.text))
        if end.outside:
            outside.append(end.outside)
        findings += end.findings
        below = slice(heading.lines.stop, end.stop)
        if heading.group:
            groups.append((heading.number, words))
            outside += [body[below]] if body[below] else []
            continue
        lines = mark_labels(body[below], labels[below], profile)
        loose, parts, more = cut_at_labels(join_lines(lines), profile, heading.number) if lines else ([], (), [])
        findings += more
        title = tidy_spaces(words[heading.title :])
        above = next((text for number, text in reversed(groups) if heading.number.startswith(number + ".")), None)
        pieces.append(SectionText(heading.number, title, words, above, parts, tuple(loose)))
    return pieces, [text for _, text in groups], outside, findings


class _SectionEnd(Struct, frozen=True):
    """The end of a section, and the lines between it and the next heading."""

    stop: int
    chapter: bool = False  # the next chapter of the guide begins there
    group: Line | None = None  # heading of the group of the next section
    outside: Sequence[Line] = ()
    findings: tuple[FindingDraft, ...] = ()


def _section_end(
    body: Sequence[Line],
    labels: Sequence[LineLabel | None],
    heading: HeadingMatch,
    following: HeadingMatch | None,
    profile: Profile,
    chapters: int,
) -> _SectionEnd:
    """Find the end of a section, before the next heading or the end of the guide."""
    top, end = heading.lines.stop, following.lines.start if following else len(body)
    lines = body[top:end]
    chapter = chapter_at(lines, labels[top:end], profile, chapters)
    if chapter is None and following:
        section = body[heading.lines.start : end]
        if is_group_heading(section, heading.number, following.number):
            return _SectionEnd(end - 1, group=body[end - 1])
    for_all = None if following else for_all_at(lines[:chapter], profile)
    stops = [chapter, for_all, None if following else ending_at(lines[:chapter], profile)]
    stop = min((index for index in stops if index is not None), default=None)
    if stop is None:
        return _SectionEnd(end)
    quotes = cite(join_lines(lines[stop:]))[:1]
    kept_out = finding("text-for-all" if stop == for_all else "text-outside", evidence=quotes)
    return _SectionEnd(top + stop, chapter=stop == chapter, outside=lines[stop:], findings=(kept_out,))
