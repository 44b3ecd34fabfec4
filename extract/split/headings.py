"""Find the headings of sections. A number at the start of a line is not enough: 4.0生产单元, 2.578亿元."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.errors import ProfileError
from extract.language.numerals import parse_ordinal
from extract.layout.text_block import first_word_width
from extract.model.section_numbers import may_begin, may_follow
from extract.model.stages import Line
from extract.model.text import display_width
from extract.profile.schema import Heading, Profile
from extract.split.chapters import is_chapter
from extract.split.labels import LineLabel

_MAX_LINES, _MAX_LENGTH = 4, 90  # printed lines of one heading; in narrow columns it has more, but no more characters
_FULL = 0.8  # the width of a line that is full, in larger type, in widths of long lines, at the least
_MIN_LONE_FIELDS = 3  # labelled fields of a section without a heading
_WITHIN_SENTENCE = tuple("，、：（《“第")  # no heading follows a line that ends in these
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_SENTENCE_MARK = re.compile("[。；，]")
_ENDED = re.compile(
    r"(?:。|(?:元(?:人民币)?|(?<!\d{3})[\d一二两三四五六七八九十百] *(?:年|个?月|[个项]|个项目))"
    r"(?:以内|左右|以上|以下)?)$"
)


class HeadingMatch(Struct, frozen=True):
    """A heading: its lines, its number, and the offset of its title in the first line.

    `group`: it has no parts of its own, only sections below it (2.2 above 2.2.1).
    `counted`: the number is not printed, or restarts in every group (1. 2. 1. 2.).
    `is_of_other_style`: it is written in another way than the others of the guide (专题四 after 1.3).
    """

    lines: slice
    number: str
    title: int
    group: bool = False
    counted: bool = False
    is_of_other_style: bool = False


class Candidate(Struct, frozen=True):
    """Lines that a style matches: a heading if one of three reasons holds (see `is_heading`).

    `label` is the field of the label on the line right below. `next_match` is the style's next match, where no label
    stands before it. `is_paragraph`: the layout sets the lines apart; `is_within_paragraph`: it joins them to the line
    before. `is_open`: the first ends like a sentence, or within one.
    """

    lines: slice
    match: re.Match[str]
    label: str | None
    next_match: re.Match[str] | None
    is_paragraph: bool
    is_within_paragraph: bool
    is_open: bool

    @property
    def has_count(self) -> bool:
        """Return True if the style's headings have a number or an ordinal."""
        return self.is_numbered or "ordinal" in self.match.re.groupindex

    @property
    def is_numbered(self) -> bool:
        """Return True if the style's headings are numbered."""
        return "number" in self.match.re.groupindex

    def number_after(self, previous: HeadingMatch | None) -> str:
        """Return the number, given the heading before it."""
        return _parse_number(self.match, previous.number if previous else "")[0]

    def is_due_after(self, previous: HeadingMatch | None) -> bool:
        """Return True if the number may come next."""
        number = self.number_after(previous)
        return self.is_numbered and (may_follow(number, previous.number) if previous else may_begin(number))

    def has_next_ordinal(self, previous: HeadingMatch | None) -> bool:
        """Return True if the ordinal is the one after that of the heading before, or the first."""
        if "ordinal" not in self.match.re.groupindex:
            return False
        ordinal = parse_ordinal(self.match["ordinal"])
        return ordinal == 1 or (previous is not None and ordinal == int(previous.number) + 1)

    @property
    def family(self) -> tuple[str, str | None]:
        """The number of the section above, and the label below: both are those of its siblings."""
        return (self.match["number"].rpartition(".")[0] if self.is_numbered else ""), self.label

    def is_below(self, previous: HeadingMatch | None) -> bool:
        """Return True if the number is one level below that of a section: 1.1.1 after 1.1, which is no group."""
        return (
            previous is not None
            and not previous.group
            and self.number_after(previous).startswith(previous.number + ".")
        )


def find_headings(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], profile: Profile
) -> tuple[list[HeadingMatch], Heading | None]:
    """Return the headings in order, and the style of the profile that found them; `labels` are those of the lines."""
    lines = _with_open_rests(lines, labels)
    for style in profile.headings:
        headings = _find_of_style(lines, labels, style, profile)
        if all(heading.group for heading in headings):
            continue
        if not (style.ordinal and _has_label_before(headings[0], lines, labels)):
            return _with_other_styles(_count(headings, style), lines, labels, style, profile), style
    return [], None


def _with_other_styles(
    headings: list[HeadingMatch],
    lines: Sequence[Line],
    labels: Sequence[LineLabel | None],
    style: Heading,
    profile: Profile,
) -> list[HeadingMatch]:
    """Add headings of other styles: lines that begin with a word and an ordinal, above the label that opens sections,
    which the section above has already (1.3, 专题四). Their number is the ordinal.
    """
    openings = Counter(label.field for one in headings if (label := _label_at(labels, one.lines.stop)))
    if not openings:
        return headings
    opening = openings.most_common(1)[0][0]
    found = list(headings)
    for other in (one for one in profile.headings if one is not style and one.ordinal):
        for candidate in _find_candidates(lines, labels, other, profile):
            above = [one for one in found if one.lines.stop <= candidate.lines.start]
            number = candidate.number_after(None)
            has_word = bool(candidate.match.string[: candidate.match.start("ordinal")].strip("（ "))
            is_new = has_word and above and not above[-1].group and number not in {one.number for one in found}
            if candidate.label != opening or candidate.is_within_paragraph or not is_new:
                continue
            between = labels[above[-1].lines.stop : candidate.lines.start]
            if any(label and label.field == opening for label in between):
                title = candidate.match.start("title")
                heading = HeadingMatch(candidate.lines, number, title, is_of_other_style=True)
                found.insert(len(above), heading)
    return found


def _label_at(labels: Sequence[LineLabel | None], index: int) -> LineLabel | None:
    return labels[index] if index < len(labels) else None


def _with_open_rests(lines: Sequence[Line], labels: Sequence[LineLabel | None]) -> list[Line]:
    """Leave open whether the last lines above a label start paragraphs, if they may be the rest of a full heading.

    However such a rest is indented, it is shorter than the line above, and neither has a mark of a sentence.
    """
    widths = [sum(map(display_width, line.text.chars)) for line in lines]
    full = _full_widths(lines, widths)
    rests = set[int]()
    for index in range(len(lines) - 2, 0, -1):
        is_last = labels[index + 1] is not None or index + 1 in rests
        is_bare = not (labels[index - 1] or labels[index])
        no_room = full[index - 1] <= widths[index - 1] + first_word_width(lines[index].text) - 1
        is_shorter = no_room and widths[index - 1] >= widths[index]
        words = lines[index - 1].text.plain + lines[index].text.plain
        if is_last and is_bare and is_shorter and not _SENTENCE_MARK.search(words):
            rests.add(index)
    return [replace(line, starts=None) if line.starts and n in rests else line for n, line in enumerate(lines)]


def _full_widths(lines: Sequence[Line], widths: Sequence[float]) -> list[float]:
    """For each line the width of a full one in its column."""
    columns: dict[tuple[float, float], list[float]] = defaultdict(list)
    for line, width in zip(lines, widths, strict=True):
        columns[line.left, line.right].append(width)
    full = {column: _FULL * sorted(of)[-1 - len(of) // 10] for column, of in columns.items()}
    return [full[line.left, line.right] for line in lines]


def find_lone_section(lines: Sequence[Line], labels: Sequence[LineLabel | None]) -> HeadingMatch | None:
    """Return an empty heading above the labels of a lone section that has none; None if they are too few, or repeated.

    Labels that come again are those of several sections, whose headings are unknown.
    """
    starts = [
        (index, label.field)
        for index, (line, label) in enumerate(zip(lines, labels, strict=True))
        if label and label.field != "other" and line.starts is not False
    ]
    fields = [field for _, field in starts]
    if len(set(fields)) < _MIN_LONE_FIELDS or len(set(fields)) < len(fields):
        return None
    top = starts[0][0]
    return HeadingMatch(slice(top, top), "1", 0)


def _count(headings: list[HeadingMatch], style: Heading) -> list[HeadingMatch]:
    """Number headings whose style has no numbers, or ordinals that restart."""
    ordinals = [int(heading.number) for heading in headings] if style.ordinal else []
    if style.numbered or (ordinals and all(one < other for one, other in pairwise(ordinals))):
        return headings
    return [replace(heading, number=str(count), counted=True) for count, heading in enumerate(headings, 1)]


def _has_label_before(first: HeadingMatch, lines: Sequence[Line], labels: Sequence[LineLabel | None]) -> bool:
    """Return True if a label precedes the first heading: then the ordinals are those of a list in a section."""
    above = slice(first.lines.start)
    return any(label and line.starts is not False for line, label in zip(lines[above], labels[above], strict=True))


def _find_of_style(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], style: Heading, profile: Profile
) -> list[HeadingMatch]:
    """Return the candidates of a style that are headings."""
    candidates = _find_candidates(lines, labels, style, profile)
    opening = next((candidate.label for candidate in candidates if candidate.label), None)
    siblings = Counter(candidate.family for candidate in candidates)
    headings: list[HeadingMatch] = []
    for candidate in candidates:
        previous = headings[-1] if headings else None
        openings = {opening} | _fields_between(lines, labels, previous, candidate)
        if candidate.label and candidate.is_below(previous) and siblings[candidate.family] > 1:
            openings.add(candidate.label)
        if is_heading(candidate, previous, openings):
            number, title = _parse_number(candidate.match, previous.number if previous else "")
            group = not opens_section(candidate, previous, openings) and heads_group(candidate, previous)
            headings.append(HeadingMatch(candidate.lines, number, title, group))
    return _with_first(_without_contents(headings), candidates)


def _fields_between(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], previous: HeadingMatch | None, candidate: Candidate
) -> set[str]:
    """Return the fields that the section above a line of its own has: labels that come again open another section."""
    if previous is None or not candidate.is_paragraph or candidate.is_within_paragraph:
        return set()
    if candidate.has_count and not candidate.has_next_ordinal(previous):
        return set()
    above = slice(previous.lines.stop, candidate.lines.start)
    if not lines[above] or not lines[above][-1].text.plain.endswith("。"):
        return set()
    return {label.field for label in labels[above] if label and label.field != "other"}


# ── reasons ───────────────────────────────────────────────────────────────────────────────────────────


def is_heading(candidate: Candidate, previous: HeadingMatch | None, openings: Container[str | None]) -> bool:
    """Return True if one of the three reasons holds. A line that ends like a sentence also needs a number that is due.

    A line that the layout joins to the one before needs the label that opens sections, and a number that is due if its
    style has one; with a number of two levels (1.5) any label that starts a paragraph is enough.
    `previous` is the heading before it, `openings` are the fields whose labels open a section there: that with which
    the sections of the guide begin, and those that the section above has already.
    """
    if candidate.is_within_paragraph:
        is_due = candidate.is_due_after(previous) or candidate.has_next_ordinal(previous)
        if candidate.label is None:
            return is_due and heads_group(candidate, previous)
        return (
            (is_due or not candidate.has_count)
            and (candidate.label in openings or (candidate.is_paragraph and "." in candidate.number_after(previous)))
            and not candidate.is_below(previous)
        )
    if candidate.is_numbered and candidate.is_open and not candidate.is_due_after(previous):
        return False
    return (
        opens_section(candidate, previous, openings)
        or heads_group(candidate, previous)
        or has_number_due(candidate, previous)
    )


def opens_section(candidate: Candidate, previous: HeadingMatch | None, openings: Container[str | None]) -> bool:
    """First reason: a label that opens sections is on the next line; outside of a section any label is enough."""
    if candidate.label is None:
        return False
    return candidate.label in openings or (candidate.is_numbered and not candidate.is_below(previous))


def heads_group(candidate: Candidate, previous: HeadingMatch | None) -> bool:
    """Second reason: the next match is one below this number, with no label before it (2.2 above 2.2.1)."""
    if not candidate.is_numbered or candidate.next_match is None:
        return False
    number = candidate.number_after(previous)
    return _parse_number(candidate.next_match, number)[0].startswith(number + ".")


def has_number_due(candidate: Candidate, previous: HeadingMatch | None) -> bool:
    """Third reason: a paragraph of its own with the number that is due; its labels may be unknown."""
    is_due = candidate.is_due_after(previous) and not candidate.is_below(previous)
    return is_due and candidate.is_paragraph and candidate.next_match is None


# ── candidates ────────────────────────────────────────────────────────────────────────────────────────


def _find_candidates(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], style: Heading, profile: Profile
) -> list[Candidate]:
    """Return the matches of a style in order, with what is below each."""
    matches = _match_lines(lines, labels, style, profile)
    next_matches = _next_matches(labels, matches)
    candidates = []
    for index, match in matches.items():
        end = _heading_end(lines, labels, index, matches)
        label = labels[end] if end < len(lines) else None
        candidates.append(
            Candidate(
                lines=slice(index, end),
                match=match,
                label=label.field if label else None,
                next_match=next_matches[end],
                is_paragraph=bool(lines[index].starts or (end < len(lines) and lines[end].starts)),
                is_within_paragraph=lines[index].starts is False,
                is_open=_is_open(lines[index]),
            )
        )
    return candidates


def _match_lines(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], style: Heading, profile: Profile
) -> dict[int, re.Match[str]]:
    """Return the matches of a style in lines that may start a paragraph, or stand right above a label, by index.

    Without a number a line may also continue the heading above it, which the layout does not show if that is full.
    """
    matches: dict[int, re.Match[str]] = {}
    end = 0  # of the heading above
    for index, line in enumerate(lines):
        may_head = line.starts is not False or _may_head_label(lines, labels, index, style)
        if not (may_head or _may_head_group(lines, index, style)):
            continue
        is_rest = not line.starts and not style.numbered and index < end
        if not is_rest and (match := _match_line(line, style, profile)):
            heading = slice(index, _heading_end(lines, labels, index, {}))
            if line.starts or style.numbered or style.ordinal or not _has_sentence(lines[heading]):
                matches[index] = match
                end = heading.stop
    return matches


def _has_sentence(lines: Sequence[Line]) -> bool:
    """Return True if a sentence ends in lines: those of the text above a heading, which may go on as its lines do."""
    return any("。" in line.text.plain for line in lines)


def _may_head_label(lines: Sequence[Line], labels: Sequence[LineLabel | None], index: int, style: Heading) -> bool:
    """Return True if a line that the layout joins to the one before may be a heading of a label right below it.

    A heading without a number follows a line that ends a sentence, or a figure.
    """
    before = lines[index - 1].text.plain if index else ""
    if not (style.numbered or style.ordinal or _ENDED.search(before)) or before.endswith(_WITHIN_SENTENCE):
        return False
    end = _heading_end(lines, labels, index, {})
    heading = "".join(line.text.plain for line in lines[index:end])
    return end < len(lines) and labels[end] is not None and not _SENTENCE_MARK.search(heading)


def _may_head_group(lines: Sequence[Line], index: int, style: Heading) -> bool:
    """Return True if a line that the layout joins to a sentence before may head a group: 1.4 right above 1.4.1, or with
    a table between them.
    """
    following = next((line for line in lines[index + 1 :] if line.cell is None), None)
    if not style.numbered or following is None or not (index and lines[index - 1].text.plain.endswith("。")):
        return False
    match, below = (style.pattern.fullmatch(line.text.plain) for line in (lines[index], following))
    return bool(match and below and below["number"].startswith(match["number"] + "."))


def _match_line(line: Line, style: Heading, profile: Profile) -> re.Match[str] | None:
    """Return the style's match of a whole line, unless it is part of a sentence or of a table of contents."""
    plain = line.text.plain
    if plain.endswith("；") or profile.introduction.contents.search(plain):
        return None
    if _is_open(line) and not style.numbered and not (line.starts and plain.endswith("、")):
        return None
    match = style.pattern.fullmatch(plain.rstrip("：。"))
    if match and not style.numbered and is_chapter(line, profile):
        return None
    if match and style.numbered and not _NUMBER.fullmatch(match["number"]):
        key = f"headings, {style.name}: pattern"
        raise ProfileError(
            f"{profile.file}: {key}: the group number is {match['number']!r} in {plain!r}; it has to match 1, 1.1, …"
        )
    return None if match and style.ordinal and parse_ordinal(match["ordinal"]) is None else match  # （一一）


def _is_open(line: Line) -> bool:
    """Return True if a line ends like a sentence, or within one."""
    return line.text.plain.endswith(("。", "：", "，", "、"))


def _heading_end(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], index: int, matches: Mapping[int, re.Match[str]]
) -> int:
    """Return the index of the line after a heading, which may have several lines."""
    end, length = index + 1, len(lines[index].text)
    while end < len(lines) and lines[end].starts is not True and end not in matches and not labels[end]:
        length += len(lines[end].text)
        if end - index >= _MAX_LINES and length > _MAX_LENGTH:
            break
        end += 1
    return end


def _next_matches(
    labels: Sequence[LineLabel | None], matches: Mapping[int, re.Match[str]]
) -> list[re.Match[str] | None]:
    """Return the first match on or below each line, None if a label comes first; and None below the last line."""
    following: list[re.Match[str] | None] = [None]
    for index in reversed(range(len(labels))):
        following.append(matches.get(index) or (None if labels[index] else following[-1]))
    return following[::-1]


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────────


def _without_contents(headings: list[HeadingMatch]) -> list[HeadingMatch]:
    """Drop a table of contents: its numbers come again below, and none of its lines has a label."""
    first: dict[str, int] = {}
    again = next((i for i, heading in enumerate(headings) if first.setdefault(heading.number, i) < i), None)
    if again is None or any(not heading.group for heading in headings[:again]):
        return headings
    return headings[again:]


def _with_first(headings: list[HeadingMatch], candidates: Sequence[Candidate]) -> list[HeadingMatch]:
    """Add candidates before the headings whose labels are unknown: if 1.2 seems the first, there is a 1.1."""
    while headings and "." in headings[0].number and not may_begin(headings[0].number):
        first = headings[0]
        above = reversed([candidate for candidate in candidates if candidate.lines.start < first.lines.start])
        missed = next((one for one in above if may_follow(first.number, one.match["number"])), None)
        if missed is None or not missed.is_paragraph:
            break
        headings.insert(0, HeadingMatch(missed.lines, missed.match["number"], missed.match.start("title")))
    return headings


def _parse_number(match: re.Match[str], previous: str) -> tuple[str, int]:
    """Return the number of a heading, or its ordinal, and the offset of its title; without either it is counted.

    Where the title seems to start with a letter, its first digits may have run into the number: the number that is
    due decides between 2.1 3D打印 and 2.13 D打印.

    >>> numbered = re.compile(r"(?P<number>\\d+[.]\\d+) *(?P<title>.+)")
    >>> _parse_number(numbered.match("2.13D打印"), "1.9")
    ('2.1', 3)
    >>> _parse_number(numbered.match("2.13D打印"), "2.12")
    ('2.13', 4)
    """
    if "ordinal" in match.re.groupindex:
        return str(parse_ordinal(match["ordinal"])), match.start("title")
    if "number" not in match.re.groupindex:
        return str(int(previous or 0) + 1), match.start("title")
    number = match["number"]
    last = number.rpartition(".")[2]
    if re.match("[A-Za-z+]", match.string[match.end("number") :]):
        for digits in range(len(last)):
            shorter = number[: len(number) - digits]
            if may_follow(shorter, previous) if previous else may_begin(shorter):
                return shorter, match.end("number") - digits
    return number, match.start("title")
