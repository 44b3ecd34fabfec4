"""Clean lines → title, introduction, and sections with their labelled parts. Cut at headings first, then join lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.cite import cite
from extract.errors import NoSections, UnreadableGuide
from extract.handoff import Line, Piece, Repaired, Split, Trouble
from extract.profile import Profile
from extract.split.chapters import chapters_of, leaves_at
from extract.split.headings import Start, headings
from extract.split.joining import running, tidy
from extract.split.labels import parts, with_labels
from extract.split.title import title_block
from extract.text import Text, join


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
            f" ({known}, …); is this a guide of that family?"
        )
    if not style.numbered:
        troubles.append(Trouble("heading-unnumbered", "headings carry no number; sections are counted in order"))
    above = repaired.lines[: len(repaired.lines) - len(body) - len(title)]
    before = [*above, *body[: starts[0].lines.start]]
    introduction = running(before) if before else title[0].text[:0]
    pieces, groups, outside, more = _pieces(body, starts, profile, chapters_of(before, profile))
    troubles += more
    return Split(
        title=_joined(title),
        style=style.name,
        introduction=introduction,
        preamble=(introduction, *outside),
        groups=tuple(groups),
        pieces=tuple(pieces),
        troubles=tuple(troubles),
    )


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
    for place, start in enumerate(starts):
        heading = join([line.text for line in body[start.lines]], body[0].text)
        title = tidy(heading[start.title :])
        end = starts[place + 1].lines.start if place + 1 < len(starts) else len(body)
        leaves = leaves_at(body[start.lines.stop : end], profile, chapters)
        chapters += leaves is not None
        stop = end if leaves is None else start.lines.stop + leaves
        if stop == end and place + 1 < len(starts) and _heads_chapter(body[stop - 1], start, starts[place + 1]):
            stop -= 1
            groups.append((starts[place + 1].number.split(".")[0], body[stop].text))
        elif stop < end:
            outside.append(running(body[stop:end]))
            troubles.append(
                Trouble("text-outside", "words after a section that belong to no section", None, cite(outside[-1])[:1])
            )
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


def _heads_chapter(line: Line, start: Start, following: Start) -> bool:
    """Whether a section's last line heads the chapter of the next section: 2. 多边合作 between 1.9 and 2.1."""
    match = re.fullmatch(r"(\d{1,2})(?:[.、]|\.0)? *[^\d\s.、。；：，][^。；：，]{1,40}", line.text.plain)
    chapter = following.number.split(".")[0]
    return match is not None and line.starts is not False and match[1] == chapter != start.number.split(".")[0]
