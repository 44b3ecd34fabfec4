"""Lines → where sections start. A number at the start of a line is no heading by itself: 4.0生产单元, 2.578亿元."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.handoff import Line
from extract.profile import Heading, Profile
from extract.split.labels import starts_with_label

LONGEST = 4  # a heading runs over this many printed lines at most


@dataclass(frozen=True)
class Start:
    """Where a section starts: its heading's lines, its number, and where in the first line the title begins.

    `group`: it holds no parts of its own but heads the sections below it (2.2 above 2.2.1).
    """

    lines: slice
    number: str
    title: int
    group: bool = False


def headings(lines: Sequence[Line], profile: Profile) -> tuple[list[Start], Heading | None]:
    """The headings in order, and the profile's style that found them."""
    for style in profile.headings:
        found = _of_style(lines, style, profile)
        if any(not start.group for start in found):
            return found, style
    return [], None


def _of_style(lines: Sequence[Line], style: Heading, profile: Profile) -> list[Start]:
    matches = {
        p: m for p, line in enumerate(lines) if line.starts is not False and (m := _matches(line, style, profile))
    }
    found: list[Start] = []
    for place, match in matches.items():
        number, title = _number(match, found[-1].number if found else "")
        end = _end(lines, place, matches, profile)
        labelled = end < len(lines) and starts_with_label(lines[end].text, profile)
        below = end in matches and _number(matches[end], number)[0].startswith(number + ".")
        expected = found and "." in number and number in successors(found[-1].number) and bool(lines[place].starts)
        if labelled or below or expected:
            found.append(Start(slice(place, end), number, title, below and not labelled))
    return found


def _number(match: re.Match[str], after: str) -> tuple[str, int]:
    """The number of a heading and where its title starts; headings without numbers are counted.

    Where the title seems to start with a letter, its first digits may have run into the number: the number that is
    due tells 2.1 3D打印 from 2.13 D打印.
    """
    if "number" not in match.re.groupindex:
        return str(int(after or 0) + 1), match.start("title")
    number = match["number"]
    last = number.rpartition(".")[2]
    if re.match("[A-Za-z+]", match.string[match.end("number") :]):
        for digits in range(len(last)):
            shorter = number[: len(number) - digits]
            if shorter in successors(after):
                return shorter, match.end("number") - digits
    return number, match.start("title")


def _matches(line: Line, style: Heading, profile: Profile) -> re.Match[str] | None:
    """The style's match of a whole line that is no sentence and no entry of a table of contents."""
    plain = line.text.plain
    if plain.endswith(("。", "；", "，", "、", "：")) or profile.introduction.contents.search(plain):
        return None
    return style.pattern.fullmatch(plain)


def _end(lines: Sequence[Line], place: int, matches: dict[int, re.Match[str]], profile: Profile) -> int:
    """The line after a heading, which may run over several lines."""
    end = place + 1
    while end < len(lines) and end - place < LONGEST and lines[end].starts is not True and end not in matches:
        if starts_with_label(lines[end].text, profile):
            break
        end += 1
    return end


def successors(number: str) -> set[str]:
    """The numbers that may follow a section's number: 1.9 → 1.10, 1.9.1, 2.0, 2.1; a guide begins with 1.1."""
    if not number:
        return {"1.1", "1.1.1", "2.1"}
    parts = [int(part) for part in number.split(".")]
    raised = [[*parts[:i], parts[i] + 1, *rest] for i in range(len(parts)) for rest in ([], [0], [1])]
    return {".".join(map(str, follower)) for follower in (*raised, [*parts, 1])}
