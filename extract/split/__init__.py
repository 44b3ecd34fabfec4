"""Clean lines → title, introduction, and sections with their labelled parts. Cut at headings first, then join lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from extract.errors import NoSections, UnreadableGuide
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line, Repaired, SectionText, SplitGuide
from extract.model.text import Text, join_texts
from extract.profile.schema import Profile
from extract.split.headings import HeadingMatch, find_headings
from extract.split.labels import cut_at_labels, mark_labels
from extract.split.line_joining import join_lines, tidy_spaces
from extract.split.section_ends import chapter_at, ending_at, find_chapters, for_all_at, is_group_heading
from extract.split.title_block import find_title_block, find_titles_below


def split(repaired: Repaired, profile: Profile) -> SplitGuide:
    """Cut a guide up. Raises UnreadableGuide where it has no sections that the profile knows."""
    if not repaired.lines:
        raise UnreadableGuide("all text is rotated, or page numbers; nothing is left to read")
    title, body, findings = find_title_block(repaired.lines, profile)
    starts, style = find_headings(body, profile)
    if style is None:
        known = ", ".join(profile.labels.agreement[:1] + profile.labels.fields[:2] + profile.labels.project_count[:1])
        raise NoSections(
            f"no sections found: no heading that the profile {profile.name} knows is followed by one of its labels"
            f" ({known}, …); try another --profile, or have one drafted by guide-extract new"
        )
    if any(start.counted for start in starts):
        findings.append(finding("heading-unnumbered"))
    findings += find_titles_below(body[starts[0].lines.stop :], profile)
    above = repaired.lines[: len(repaired.lines) - len(body) - len(title)]
    before = [*above, *body[: starts[0].lines.start]]
    introduction = join_lines(before) if before else title[0].text[:0]
    pieces, groups, outside, more = _pieces(body, starts, profile, find_chapters(before, profile))
    findings += [*more, *_doubtful(pieces)]
    return SplitGuide(
        title=_joined(title),
        style=style.name,
        introduction=introduction,
        preamble=(introduction, *outside),
        groups=tuple(groups),
        pieces=tuple(pieces),
        findings=tuple(findings),
    )


def _doubtful(pieces: Sequence[SectionText]) -> list[FindingDraft]:
    """Headings that may be items of the section before: its parts stop where these begin, and none is there twice."""
    firsts = Counter(piece.parts[0].field for piece in pieces if piece.parts)
    findings = []
    for before, piece in pairwise(pieces):
        fields = [{part.field for part in one.parts} for one in (before, piece)]
        if all(fields) and not fields[0] & fields[1] and piece.parts[0].field != firsts.most_common(1)[0][0]:
            findings += [
                finding(
                    "heading-doubtful", piece.heading, section=one.number, number=piece.number, before=before.number
                )
                for one in (before, piece)
            ]
    return findings


def _joined(title: Sequence[Line]) -> Text:
    """The title's lines as one, whatever their layout says."""
    return tidy_spaces(join_lines([replace(line, starts=False) for line in title]))


def _pieces(
    body: Sequence[Line], starts: Sequence[HeadingMatch], profile: Profile, chapters: int
) -> tuple[list[SectionText], list[Text], list[Text], list[FindingDraft]]:
    """The sections, the headings of groups, what stands outside of both, and what is odd."""
    pieces: list[SectionText] = []
    groups: list[tuple[str, Text]] = []
    outside: list[Text] = []
    findings: list[FindingDraft] = []
    for start, following in zip_longest(starts, starts[1:]):
        heading = join_texts([line.text for line in body[start.lines]], body[0].text)
        title = tidy_spaces(heading[start.title :])
        below = _below(body, start, following, profile, chapters)
        chapters += below.chapter
        if below.group is not None and following is not None:
            groups.append((following.number.split(".")[0], below.group.text))
        if below.outside:
            outside.append(join_lines(below.outside))
        findings += below.findings
        stop = below.stop
        if start.group:
            groups.append((start.number, heading))
            outside += [join_lines(body[start.lines.stop : stop])] if stop > start.lines.stop else []
            continue
        lines = mark_labels(body[start.lines.stop : stop], profile)
        loose, labelled, more = cut_at_labels(join_lines(lines), profile, start.number) if lines else ([], (), [])
        findings += more
        above = next((text for number, text in reversed(groups) if start.number.startswith(number + ".")), None)
        pieces.append(SectionText(start.number, title, heading, above, labelled, tuple(loose)))
    return pieces, [text for _, text in groups], outside, findings


class _SectionEnd(Struct, frozen=True):
    """Where a section's lines end, and what stands between there and the next heading."""

    stop: int
    chapter: bool = False  # the guide's next chapter begins there
    group: Line | None = None  # it heads the group of the next section
    outside: Sequence[Line] = ()
    findings: tuple[FindingDraft, ...] = ()


def _below(
    body: Sequence[Line], start: HeadingMatch, following: HeadingMatch | None, profile: Profile, chapters: int
) -> _SectionEnd:
    """What stands below a section's heading and is no part of it."""
    top, end = start.lines.stop, following.lines.start if following else len(body)
    lines = body[top:end]
    leaves = chapter_at(lines, profile, chapters)
    if leaves is None and following and is_group_heading(body[start.lines.start : end], start.number, following.number):
        return _SectionEnd(end - 1, group=body[end - 1])
    for_all = None if following else for_all_at(lines[:leaves], profile)
    stops = [leaves, for_all, None if following else ending_at(lines[:leaves], profile)]
    stop = min((place for place in stops if place is not None), default=None)
    if stop is None:
        return _SectionEnd(end)
    words = cite(join_lines(lines[stop:]))[:1]
    kept_out = finding("text-for-all" if stop == for_all else "text-outside", evidence=words)
    return _SectionEnd(top + stop, chapter=stop == leaves, outside=lines[stop:], findings=(kept_out,))
