"""Clean lines → title, introduction, and sections with their labelled parts. Cut at headings first, then join lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.cite import cite
from extract.errors import UnreadableGuide
from extract.handoff import Line, Piece, Repaired, Split, Trouble
from extract.profile import Profile
from extract.split.headings import Start, headings
from extract.split.joining import running, tidy
from extract.split.labels import parts
from extract.text import Text, join

_TOP = 30  # the title block ends within this many lines
_TITLE = 6  # and has at most this many
_CHINESE = "一二三四五六七八九十"


def split(repaired: Repaired, profile: Profile) -> Split:
    """Cut a guide up. Raises UnreadableGuide where it has no sections that the profile knows."""
    title, body, troubles = _title(repaired.lines, profile)
    starts, style = headings(body, profile)
    if style is None:
        known = ", ".join(profile.labels.agreement[:1] + profile.labels.fields[:2] + profile.labels.project_count[:1])
        raise UnreadableGuide(
            f"no sections found: no heading that the profile {profile.name} knows is followed by one of its labels"
            f" ({known}, …); is this a guide of that family?"
        )
    if style == "unnumbered":
        troubles.append(Trouble("heading-unnumbered", "headings carry no number; sections are counted in order"))
    above = repaired.lines[: len(repaired.lines) - len(body) - len(title)]
    before = [*above, *body[: starts[0].lines.start]]
    introduction = running(before) if before else title[0].text[:0]
    pieces, groups, outside, more = _pieces(body, starts, profile, _chapters(before, profile))
    troubles += more
    return Split(_joined(title), introduction, (introduction, *outside), tuple(groups), tuple(pieces), tuple(troubles))


def _title(lines: Sequence[Line], profile: Profile) -> tuple[list[Line], Sequence[Line], list[Trouble]]:
    """The lines of the title block, those after it, and what is odd about them."""
    words = profile.introduction
    for end, line in enumerate(lines[:_TOP]):
        if words.title_end.search(line.text.plain) and not words.contents.search(line.text.plain):
            start = end
            while start and end - start < _TITLE and _in_title(lines[start - 1], profile):
                start -= 1
            while end + 1 < len(lines) and re.fullmatch("（[^（）]*）", lines[end + 1].text.plain):
                end += 1
            return list(lines[start : end + 1]), lines[end + 1 :], []
    message = "no title found: no line at the top ends like the title of a guide"
    return list(lines[:1]), lines[1:], [Trouble("title-unknown", message, None, cite(lines[0].text))]


def _in_title(line: Line, profile: Profile) -> bool:
    plain = line.text.plain
    return not plain.endswith(("。", "：", "；")) and not profile.introduction.before_title.fullmatch(plain)


def _joined(title: Sequence[Line]) -> Text:
    return tidy(running([replace(line, starts=False) for line in title]))


def _chapters(introduction: Sequence[Line], profile: Profile) -> int:
    """How many chapters (一、 二、) the introduction has."""
    count = 0
    for line in introduction:
        match = profile.introduction.chapter.match(line.text.plain)
        count += bool(match and line.starts is not False and match["number"] == _numeral(count + 1))
    return count


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _CHINESE[tens - 1]) + ("十" if tens else "") + (_CHINESE[ones - 1] if ones else "")


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
        leaves = _leaves(body[start.lines.stop : end], profile, chapters)
        chapters += leaves is not None
        stop = end if leaves is None else start.lines.stop + leaves
        if stop < end:
            outside.append(running(body[stop:end]))
            troubles.append(
                Trouble("text-outside", "words after a section that belong to no section", None, cite(outside[-1]))
            )
        if start.group:
            groups.append((start.number, heading))
            continue
        lines = body[start.lines.stop : stop]
        loose, labelled, more = parts(running(lines), profile, start.number) if lines else (title[:0], (), [])
        troubles += more
        above = next((text for number, text in reversed(groups) if start.number.startswith(number + ".")), None)
        pieces.append(Piece(start.number, title, heading, above, labelled, loose))
    return pieces, [text for _, text in groups], outside, troubles


def _leaves(lines: Sequence[Line], profile: Profile, chapters: int) -> int | None:
    """Where a section's lines leave it for the guide's next chapter or an appendix.

    A list inside a section begins with 一、 and runs on from there; a chapter goes on from the chapters before.
    """
    last = 0
    for place, line in enumerate(lines):
        if line.starts is False:
            continue
        if profile.introduction.before_title.fullmatch(line.text.plain):
            return place
        match = profile.introduction.chapter.match(line.text.plain)
        if match and match["number"] == _numeral(last + 1):
            last += 1
        elif match and chapters and match["number"] == _numeral(chapters + 1):
            return place
    return None
