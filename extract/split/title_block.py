"""The title block: the lines at the top of a guide that end in …项目申报指南; and the title of another guide below."""

import re
from collections.abc import Sequence

from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line
from extract.profile.schema import Profile

_TOP = 30  # the title block ends within this many lines
_SHORT = 10  # characters of a line that only ends it
_LONGEST = 6  # and has at most this many
_YEAR = re.compile(r"(?:19|20)\d\d *年")
_SENTENCE = ("。", "；", "：", "，", "、")  # marks that no title has


def find_title_block(lines: Sequence[Line], profile: Profile) -> tuple[list[Line], Sequence[Line], list[FindingDraft]]:
    """The lines of the title block, those after it, and what is odd about them."""
    words = profile.introduction
    for end, line in enumerate(lines[:_TOP]):
        over = lines[end - 1].text.plain + line.text.plain if end else line.text.plain  # 申报指 | 南
        if words.title_end.search(over) and not words.contents.search(line.text.plain):
            start = end
            while start and end - start < _LONGEST and _in_title(lines[start - 1], profile):
                start -= 1
            while end + 1 < len(lines) and _ends_title(lines[end].text.plain, lines[end + 1].text.plain, profile):
                end += 1
            return list(lines[start : end + 1]), lines[end + 1 :], []
    return list(lines[:1]), lines[1:], [finding("title-unknown", lines[0].text, field="title")]


def find_titles_below(lines: Sequence[Line], profile: Profile) -> list[FindingDraft]:
    """Titles of guides among the lines below the first heading: the file holds more than one guide.

    A title is a paragraph that names a year, ends like a title and is no sentence.
    """
    words = profile.introduction
    findings = []
    start = 0
    for place, line in enumerate(lines):
        start = start if place and line.starts is False else place
        start = max(start, place - _LONGEST + 1)
        over = lines[place - 1].text.plain + line.text.plain if place else line.text.plain
        if not words.title_end.search(over) or words.contents.search(line.text.plain):
            continue
        ends = [end for end in range(start, place) if lines[end].text.plain.endswith(_SENTENCE)]
        title = lines[ends[-1] + 1 if ends else start : place + 1]
        plain = "".join(one.text.plain for one in title)
        if _YEAR.search(plain) and not any(mark in plain for mark in _SENTENCE):
            findings.append(finding("guide-second", title[0].text, title[-1].text, title=plain))
    return findings


def _ends_title(above: str, plain: str, profile: Profile) -> bool:
    """Whether a line goes on from one that could end the title: （征求意见稿）, 建议 of 指南 | 建议."""
    goes_on = len(plain) <= _SHORT and profile.introduction.title_end.search(above + plain) is not None
    return re.fullmatch("（[^（）]*）", plain) is not None or goes_on


def _in_title(line: Line, profile: Profile) -> bool:
    """Whether a line above the title's end belongs to it: no sentence, and no appendix's head, issuer, mark or date."""
    plain, words = line.text.plain.strip(), profile.introduction
    heads = (words.before_title, words.above_title)
    return not plain.endswith(("。", "：", "；")) and not any(pattern.fullmatch(plain) for pattern in heads)
