"""Find the papers of a file: a title below the sections of one guide may begin another.

What else stands behind a guide, its annexes, is found by section_ends.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extract.model.section_numbers import may_begin
from extract.model.stages import Line
from extract.model.text import Text
from extract.profile.schema import Profile
from extract.split.headings import find_headings
from extract.split.labels import FIELDS_OF_SECTIONS, label_matcher
from extract.split.section_ends import annex_at
from extract.split.title_block import YEAR, is_annex_mark, title_start

_SENTENCE_MARKS = ("。", "；", "：", "，", "、")  # titles have none


class FurtherTitle(NamedTuple):
    """A title that may be that of a further guide: its lines, with the mark of its annex (附件2) if there is one."""

    lines: slice
    is_marked: bool
    words: str
    texts: tuple[Text, Text]  # its first line and its last


class GuideLines(NamedTuple):
    """The lines of one guide of a file, and the words of its title; those of the first are not looked for."""

    lines: slice
    title: str = ""


def find_guides(lines: Sequence[Line], profile: Profile) -> list[GuideLines]:
    """Return the guides of a file: the first from the top, each other from its title.

    A title begins another guide where sections stand above and below it, and it is the head of an annex, or the numbers
    of the sections below begin again.
    """
    starts: list[tuple[int, str]] = [(0, "")]
    titles = find_titles(lines, profile)
    ends = [*(one.lines.start for one in titles), len(lines)][1:]
    for title, following in zip(titles, ends, strict=True):
        above, below = lines[starts[-1][0] : title.lines.start], lines[title.lines.stop : following]
        is_within_sections = _has_section(above, profile) and _has_section(below, profile)
        if is_within_sections and (title.is_marked or _begins_again(below, profile)):
            starts.append((title.lines.start, title.words))
    stops = [*(start for start, _ in starts[1:]), len(lines)]
    return [GuideLines(slice(start, stop), words) for (start, words), stop in zip(starts, stops, strict=True)]


def _has_section(lines: Sequence[Line], profile: Profile) -> bool:
    """Return True if a label stands in the lines that only sections have."""
    labels = map(label_matcher(profile).match_line, (line.text for line in lines))
    return any(label is not None and label.field in FIELDS_OF_SECTIONS for label in labels)


def _begins_again(lines: Sequence[Line], profile: Profile) -> bool:
    """Return True if the first section in the lines may be the first of a guide."""
    labels = [label_matcher(profile).match_line(line.text) for line in lines]
    headings, _ = find_headings(lines, labels, profile)
    return bool(headings) and may_begin(headings[0].number)


def find_titles(lines: Sequence[Line], profile: Profile) -> list[FurtherTitle]:
    """Return the titles of guides in the lines. A title is a paragraph that has a year, ends like a title and is no
    sentence; with more lines behind it, it may be that of an annex (…项目申报指南 | 形式审查条件要求).
    """
    words = profile.introduction
    titles: list[FurtherTitle] = []
    for index, line in enumerate(lines):
        joined = lines[index - 1].text.plain + line.text.plain if index else line.text.plain
        if not words.title_end.search(joined) or words.contents.search(line.text.plain):
            continue
        top = titles[-1].lines.stop if titles else 0
        start = title_start(lines, index, top, words)
        plain = "".join(one.text.plain.strip() for one in lines[start : index + 1])
        is_title = YEAR.search(plain) and not any(mark in plain for mark in _SENTENCE_MARKS)
        is_annex = any(at + annex_at(lines, at, profile) > index + 1 for at in range(start, index + 1))
        if start <= index and is_title and not is_annex:
            mark = start > top and is_annex_mark(lines[start - 1].text.plain.strip(), words)
            titles.append(FurtherTitle(slice(start - mark, index + 1), mark, plain, (lines[start].text, line.text)))
    return titles
