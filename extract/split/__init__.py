"""Clean lines → title, introduction, and sections with their labelled parts. Cut at headings first, then join lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from extract.errors import NoSections, UnreadableGuide
from extract.model.evidence import cite
from extract.model.stages import Line, Piece, Repaired, Split, Trouble
from extract.model.text import Text, join
from extract.profile.schema import Profile
from extract.split.headings import Start, headings
from extract.split.labels import parts, with_labels
from extract.split.line_joining import running, tidy
from extract.split.section_ends import chapter_at, chapters_of, ending_at, for_all_at, heads_group
from extract.split.title_block import title_block, titles_below


def split(repaired: Repaired, profile: Profile) -> Split:
    """Cut a guide up. Raises UnreadableGuide where it has no sections that the profile knows."""
    if not repaired.lines:
        raise UnreadableGuide("all text is rotated, or page numbers; nothing is left to read")
    title, body, troubles = title_block(repaired.lines, profile)
    starts, style = headings(body, profile)
    if style is None:
        known = ", ".join(profile.labels.agreement[:1] + profile.labels.fields[:2] + profile.labels.project_count[:1])
        raise NoSections(
            f"no sections found: no heading that the profile {profile.name} knows is followed by one of its labels"
            f" ({known}, …); try another --profile, or have one drafted by guide-extract new"
        )
    if any(start.counted for start in starts):
        message = "headings carry no number, or start anew in every group; sections are counted in order"
        troubles.append(Trouble("heading-unnumbered", message))
    troubles += titles_below(body[starts[0].lines.stop :], profile)
    above = repaired.lines[: len(repaired.lines) - len(body) - len(title)]
    before = [*above, *body[: starts[0].lines.start]]
    introduction = running(before) if before else title[0].text[:0]
    pieces, groups, outside, more = _pieces(body, starts, profile, chapters_of(before, profile))
    troubles += [*more, *_doubtful(pieces)]
    return Split(
        title=_joined(title),
        style=style.name,
        introduction=introduction,
        preamble=(introduction, *outside),
        groups=tuple(groups),
        pieces=tuple(pieces),
        troubles=tuple(troubles),
    )


def _doubtful(pieces: Sequence[Piece]) -> list[Trouble]:
    """Headings that may be items of the section before: its parts stop where these begin, and none is there twice."""
    firsts = Counter(piece.parts[0].field for piece in pieces if piece.parts)
    troubles = []
    for before, piece in pairwise(pieces):
        fields = [{part.field for part in one.parts} for one in (before, piece)]
        if all(fields) and not fields[0] & fields[1] and piece.parts[0].field != firsts.most_common(1)[0][0]:
            message = f"{piece.number} has only what {before.number} lacks: a section, or an item of {before.number}?"
            place = cite(piece.heading)
            troubles += [Trouble("heading-doubtful", message, one.number, place) for one in (before, piece)]
    return troubles


def _joined(title: Sequence[Line]) -> Text:
    """The title's lines as one, whatever their layout says."""
    return tidy(running([replace(line, starts=False) for line in title]))


def _pieces(
    body: Sequence[Line], starts: Sequence[Start], profile: Profile, chapters: int
) -> tuple[list[Piece], list[Text], list[Text], list[Trouble]]:
    """The sections, the headings of groups, what stands outside of both, and what is odd."""
    pieces: list[Piece] = []
    groups: list[tuple[str, Text]] = []
    outside: list[Text] = []
    troubles: list[Trouble] = []
    for start, following in zip_longest(starts, starts[1:]):
        heading = join([line.text for line in body[start.lines]], body[0].text)
        title = tidy(heading[start.title :])
        below = _below(body, start, following, profile, chapters)
        chapters += below.chapter
        if below.group is not None and following is not None:
            groups.append((following.number.split(".")[0], below.group.text))
        if below.outside:
            outside.append(running(below.outside))
        troubles += below.troubles
        stop = below.stop
        if start.group:
            groups.append((start.number, heading))
            outside += [running(body[start.lines.stop : stop])] if stop > start.lines.stop else []
            continue
        lines = with_labels(body[start.lines.stop : stop], profile)
        loose, labelled, more = parts(running(lines), profile, start.number) if lines else ([], (), [])
        troubles += more
        above = next((text for number, text in reversed(groups) if start.number.startswith(number + ".")), None)
        pieces.append(Piece(start.number, title, heading, above, labelled, tuple(loose)))
    return pieces, [text for _, text in groups], outside, troubles


class _Below(Struct, frozen=True):
    """Where a section's lines end, and what stands between there and the next heading."""

    stop: int
    chapter: bool = False  # the guide's next chapter begins there
    group: Line | None = None  # it heads the group of the next section
    outside: Sequence[Line] = ()
    troubles: tuple[Trouble, ...] = ()


def _below(body: Sequence[Line], start: Start, following: Start | None, profile: Profile, chapters: int) -> _Below:
    """What stands below a section's heading and is no part of it."""
    top, end = start.lines.stop, following.lines.start if following else len(body)
    lines = body[top:end]
    leaves = chapter_at(lines, profile, chapters)
    if leaves is None and following and heads_group(body[start.lines.start : end], start.number, following.number):
        return _Below(end - 1, group=body[end - 1])
    for_all = None if following else for_all_at(lines[:leaves], profile)
    stops = [leaves, for_all, None if following else ending_at(lines[:leaves], profile)]
    stop = min((place for place in stops if place is not None), default=None)
    if stop is None:
        return _Below(end)
    words = cite(running(lines[stop:]))[:1]
    if stop == for_all:
        trouble = Trouble("text-for-all", "words on all sections, read into none of them", None, words)
    else:
        trouble = Trouble("text-outside", "words after a section that belong to no section", None, words)
    return _Below(top + stop, chapter=stop == leaves, outside=lines[stop:], troubles=(trouble,))
