"""Find the title block, the lines at the top that end in …项目申报指南, and titles of further guides below."""

import re
from collections.abc import Sequence

from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line
from extract.profile.schema import Profile

_MAX_TITLE_END = 30  # lines from the top
_MAX_TAIL_LENGTH = 10  # characters of a last line that only completes the title
_MAX_TITLE_LINES = 6
_YEAR = re.compile(r"(?:19|20)\d\d *年")
_SENTENCE_MARKS = ("。", "；", "：", "，", "、")  # titles have none


def find_title_block(lines: Sequence[Line], profile: Profile) -> tuple[list[Line], Sequence[Line], list[FindingDraft]]:
    """Return the lines of the title block, the lines after it, and findings."""
    words = profile.introduction
    for end, line in enumerate(lines[:_MAX_TITLE_END]):
        joined = lines[end - 1].text.plain + line.text.plain if end else line.text.plain  # 申报指 | 南
        if words.title_end.search(joined) and not words.contents.search(line.text.plain):
            start = end
            while start and end - start < _MAX_TITLE_LINES and _is_in_title(lines[start - 1], profile):
                start -= 1
            while end + 1 < len(lines) and _ends_title(lines[end].text.plain, lines[end + 1].text.plain, profile):
                end += 1
            return list(lines[start : end + 1]), lines[end + 1 :], []
    return list(lines[:1]), lines[1:], [finding("title-unknown", lines[0].text, field="title")]


def find_titles_below(lines: Sequence[Line], profile: Profile) -> list[FindingDraft]:
    """Report titles of guides below the first heading: the file holds more than one guide.

    A title is a paragraph that has a year, ends like a title and is no sentence.
    """
    words = profile.introduction
    findings = []
    start = 0
    for index, line in enumerate(lines):
        start = start if index and line.starts is False else index
        start = max(start, index - _MAX_TITLE_LINES + 1)
        joined = lines[index - 1].text.plain + line.text.plain if index else line.text.plain
        if not words.title_end.search(joined) or words.contents.search(line.text.plain):
            continue
        ends = [end for end in range(start, index) if lines[end].text.plain.endswith(_SENTENCE_MARKS)]
        title = lines[ends[-1] + 1 if ends else start : index + 1]
        plain = "".join(part.text.plain for part in title)
        if _YEAR.search(plain) and not any(mark in plain for mark in _SENTENCE_MARKS):
            findings.append(finding("guide-second", title[0].text, title[-1].text, title=plain))
    return findings


def _ends_title(above: str, plain: str, profile: Profile) -> bool:
    """Return True if a line continues the title above: （征求意见稿）, 建议 of 指南 | 建议."""
    completes_title = (
        len(plain) <= _MAX_TAIL_LENGTH and profile.introduction.title_end.search(above + plain) is not None
    )
    return re.fullmatch("（[^（）]*）", plain) is not None or completes_title


def _is_in_title(line: Line, profile: Profile) -> bool:
    """Return True if a line above the end of the title belongs to it: no sentence, appendix, issuer, mark or date."""
    plain, words = line.text.plain.strip(), profile.introduction
    heads = (words.before_title, words.above_title)
    return not plain.endswith(("。", "：", "；")) and not any(pattern.fullmatch(plain) for pattern in heads)
