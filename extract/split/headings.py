"""Lines → where sections start. A number at the start of a line is no heading by itself: 4.0生产单元, 2.578亿元."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.model.section_numbers import may_begin, may_follow
from extract.model.stages import Line
from extract.profile.schema import Heading, Profile
from extract.split.labels import match_label
from extract.split.section_ends import ordinal_value

LONGEST = 4  # a heading runs over this many printed lines at most


class HeadingMatch(Struct, frozen=True):
    """Where a section starts: its heading's lines, its number, and where in the first line the title begins.

    `group`: it holds no parts of its own but heads the sections below it (2.2 above 2.2.1).
    `counted`: the number is not printed, or starts anew in every group (1. 2. 1. 2.).
    """

    lines: slice
    number: str
    title: int
    group: bool = False
    counted: bool = False


def find_headings(lines: Sequence[Line], profile: Profile) -> tuple[list[HeadingMatch], Heading | None]:
    """The headings in order, and the profile's style that found them."""
    for style in profile.headings:
        found = _of_style(lines, style, profile)
        if any(not start.group for start in found) and not (style.ordinal and _label_before(lines, found[0], profile)):
            return _counted(found, style), style
    return [], None


def _counted(found: list[HeadingMatch], style: Heading) -> list[HeadingMatch]:
    """The headings with numbers counted where the style has none, or ordinals that do not run through the guide."""
    ordinals = [int(start.number) for start in found] if style.ordinal else []
    if style.numbered or (ordinals and all(one < other for one, other in pairwise(ordinals))):
        return found
    return [replace(start, number=str(count), counted=True) for count, start in enumerate(found, 1)]


def _label_before(lines: Sequence[Line], first: HeadingMatch, profile: Profile) -> bool:
    """Whether a label stands before the first heading: then the ordinals are those of a list in a section's part."""
    return any(line.starts is not False and match_label(line.text, profile) for line in lines[: first.lines.start])


def _of_style(lines: Sequence[Line], style: Heading, profile: Profile) -> list[HeadingMatch]:
    """The lines of a style that head something: labels, or numbered headings below their own number.

    A line that only has the number that is due, at the start of a paragraph, is a heading too: its section may
    have labels that the profile does not know.
    """
    matches = _candidates(lines, style, profile)
    opening = _opening(lines, matches, profile)
    found: list[HeadingMatch] = []
    for place, match in matches.items():
        number, title = _number(match, found[-1].number if found else "")
        end = _end(lines, place, matches, profile)
        label = match_label(lines[end].text, profile) if end < len(lines) else None
        below = bool(found) and not found[-1].group and number.startswith(found[-1].number + ".")
        heads = label is not None and (label == opening or (style.numbered and not below))
        due = style.numbered and (may_follow(number, found[-1].number) if found else may_begin(number))
        group = style.numbered and not heads and _heads_group(lines, end, number, matches, profile)
        bare = due and not below and _alone(lines, place, end) and _labels_follow(lines, end, matches, profile)
        if (heads or group or bare) and (due or not style.numbered or not _goes_on(lines[place])):
            found.append(HeadingMatch(slice(place, end), number, title, group))
    return _with_first(_without_contents(found), lines, matches, profile)


def _candidates(lines: Sequence[Line], style: Heading, profile: Profile) -> dict[int, re.Match[str]]:
    """The lines that a style matches and that may start a paragraph.

    Without a number a line may be the rest of the heading above it, which the layout does not tell where that is full.
    """
    found: dict[int, re.Match[str]] = {}
    for place, line in enumerate(lines):
        goes_on = line.starts is None and not style.numbered and place - 1 in found
        if line.starts is not False and not goes_on and (match := _matches(line, style, profile)):
            found[place] = match
    return found


def _alone(lines: Sequence[Line], place: int, end: int) -> bool:
    """Whether a heading is a paragraph of its own: the layout says so of its start, or of the line after it."""
    return bool(lines[place].starts or (end < len(lines) and lines[end].starts))


def _labels_follow(lines: Sequence[Line], end: int, matches: dict[int, re.Match[str]], profile: Profile) -> bool:
    """Whether a label stands between a heading and the next line that looks like one, or that is the last one."""
    for place in range(end, len(lines)):
        if place in matches:
            return False
        if match_label(lines[place].text, profile):
            return True
    return True


def _without_contents(found: list[HeadingMatch]) -> list[HeadingMatch]:
    """The headings without those of a table of contents, in which the same numbers stand before, all without labels."""
    first: dict[str, int] = {}
    again = next((place for place, start in enumerate(found) if first.setdefault(start.number, place) < place), None)
    if again is None or any(not start.group for start in found[:again]):
        return found
    return found[again:]


def _with_first(
    found: list[HeadingMatch], lines: Sequence[Line], matches: dict[int, re.Match[str]], profile: Profile
) -> list[HeadingMatch]:
    """The headings with those before them whose labels nobody knows: a guide that seems to begin with 1.2 has a 1.1."""
    while found and "." in found[0].number:
        before = [place for place in matches if place < found[0].lines.start]
        place = next((p for p in reversed(before) if may_follow(found[0].number, matches[p]["number"])), None)
        if place is None or may_begin(found[0].number):
            break
        end = _end(lines, place, matches, profile)
        if not _alone(lines, place, end):
            break
        found.insert(0, HeadingMatch(slice(place, end), matches[place]["number"], matches[place].start("title")))
    return found


def _opening(lines: Sequence[Line], matches: dict[int, re.Match[str]], profile: Profile) -> str | None:
    """The field of the label that sections begin with: that of the first label that follows a heading."""
    for place in matches:
        end = _end(lines, place, matches, profile)
        if end < len(lines) and (label := match_label(lines[end].text, profile)):
            return label
    return None


def _heads_group(
    lines: Sequence[Line], end: int, number: str, matches: dict[int, re.Match[str]], profile: Profile
) -> bool:
    """Whether the next heading is one below this number, with no label before it (2.2 above 2.2.1)."""
    for place in range(end, len(lines)):
        if place in matches and _number(matches[place], number)[0].startswith(number + "."):
            return True
        if place in matches or match_label(lines[place].text, profile):
            return False
    return False


def _number(match: re.Match[str], after: str) -> tuple[str, int]:
    """The number of a heading, or its ordinal, and where its title starts; headings without numbers are counted.

    Where the title seems to start with a letter, its first digits may have run into the number: the number that is
    due tells 2.1 3D打印 from 2.13 D打印.
    """
    if "ordinal" in match.re.groupindex:
        return str(ordinal_value(match["ordinal"])), match.start("title")
    if "number" not in match.re.groupindex:
        return str(int(after or 0) + 1), match.start("title")
    number = match["number"]
    last = number.rpartition(".")[2]
    if re.match("[A-Za-z+]", match.string[match.end("number") :]):
        for digits in range(len(last)):
            shorter = number[: len(number) - digits]
            if may_follow(shorter, after) if after else may_begin(shorter):
                return shorter, match.end("number") - digits
    return number, match.start("title")


def _matches(line: Line, style: Heading, profile: Profile) -> re.Match[str] | None:
    """The style's match of a whole line that is no part of a sentence and no entry of a table of contents."""
    plain = line.text.plain
    if plain.endswith("；") or profile.introduction.contents.search(plain):
        return None
    if _goes_on(line) and not style.numbered and not (line.starts and plain.endswith("、")):
        return None
    return style.pattern.fullmatch(plain.rstrip("：。"))


def _goes_on(line: Line) -> bool:
    """Whether a line ends like a sentence, or within one; such a heading is believed only where its number is due."""
    return line.text.plain.endswith(("。", "：", "，", "、"))


def _end(lines: Sequence[Line], place: int, matches: dict[int, re.Match[str]], profile: Profile) -> int:
    """The line after a heading, which may run over several lines."""
    end = place + 1
    while end < len(lines) and end - place < LONGEST and lines[end].starts is not True and end not in matches:
        if match_label(lines[end].text, profile):
            break
        end += 1
    return end
