"""Signs that lines at the edges of pages are no text: what sets them apart from the text that stands on their pages."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

from extract.layout.furniture.page_lines import PageLines
from extract.layout.lines import MeasuredLine, text_size
from extract.model.text import Text

_FEW_LINES = 3  # do not tell the size of the text on their page: a note may stand there alone
_SMALLER = 0.92  # the size of small type, in sizes of the text, at the most
APART = 1.25  # the distance of a running head from the text block, in large steps from line to line, at the least
FAR = 1.6  # of two that are the same to a letter, which counts as another sign
FURTHEST = 4.0  # at the foot of a page that is not full, which counts as one more
_OTHER_HEIGHT = 0.6  # of a step, by which the text beside lines at one height ends at others
_SAME_STEP = 0.1  # of a step, by which those within paragraphs differ
_SAME_SIZE = 0.04  # of the size of the text, by which its lines differ
_FULL_PAGE = 1.5  # steps from the lowest line of the text to the last of a full page, at the most
_ROOM = 2.0  # ems left by a full line, at the most
_INDENT = 0.7  # ems from the left edge of the text to a line that continues a sentence, at the most

_LEAST_GAP = 2.0  # ems between words and the number of the page beside them
_SIGN = r"[·—–-]?"  # on both sides of the number of a page: — 12 —
_PAGE_BESIDE = re.compile(rf"^{_SIGN} ?\d{{1,4}} ?{_SIGN}(?=[^\d·—–-])|(?<=[^\d·—–-]){_SIGN} ?\d{{1,4}} ?{_SIGN}$")

SENTENCE_END = tuple("。；！？：")
# What begins like the heading of a section, or like a label, bare or with its value.
NUMBER = re.compile(r"\d{1,2}(?:[.、]\d{1,2})+")
LABEL = re.compile(r"([\u4e00-\u9fff（）]{2,16}) *：")


def is_small(pages: PageLines, group: Sequence[int]) -> bool:
    """True if lines are mostly set in smaller type than the text, and than that of their page."""
    small = 0
    for index in group:
        if pages.rows[index].size > _SMALLER * pages.size:
            continue
        text = [pages.rows[other] for other in pages.text(pages.rows[index].page) if other not in group]
        size = min(pages.size, text_size(text)) if len(text) >= _FEW_LINES else pages.size
        small += pages.rows[index].size <= _SMALLER * size
    return 2 * small > len(group)


def is_large(pages: PageLines, group: Sequence[int]) -> bool:
    """True if one of the lines is set in larger type than the text."""
    return any(pages.rows[index].size > (1 + _SAME_SIZE) * pages.size for index in group)


def is_small_beside(pages: PageLines, index: int, inner: int) -> bool:
    """True if a line is set in smaller type than the text, and the line next to it is not set as small."""
    return is_small(pages, [index]) and pages.rows[index].size <= _SMALLER * pages.rows[inner].size


def is_apart(pages: PageLines, inwards: Sequence[Sequence[int]], steps: float) -> bool:
    """True if most lines are further from the text than its lines are from each other, by so many large steps."""
    least = steps * pages.large_step
    apart = [len(lines) == 1 or any(pages.step(*pair) > least > 0 for pair in pairwise(lines)) for lines in inwards]
    return 2 * sum(apart) > len(apart)


def keeps_its_height(pages: PageLines, inwards: Sequence[Sequence[int]]) -> bool:
    """True if lines stand at one height while the text beside them ends at others: they do not follow it."""
    tops = [pages.rows[lines[-1]].top for lines in inwards if len(lines) > 1]
    return len(tops) > 1 and max(tops) - min(tops) > _OTHER_HEIGHT * pages.usual_step > 0


def follows_full_pages(pages: PageLines, inwards: Sequence[Sequence[int]]) -> bool:
    """True if most heads stand below a page that is full: no part of the text begins with them on a new page."""
    heads = [lines[0] for lines in inwards if len(lines) > 1 and _is_above(pages, *lines[:2])]
    before = [text for index in heads if (text := pages.text(pages.rows[index].page - 1))]
    full = sum(is_full(pages, text) for text in before)
    return len(before) > 1 and 2 * full > len(before)


def is_full(pages: PageLines, text: Iterable[int]) -> bool:
    """True if the text of a page ends where no more lines have room."""
    return pages.lowest - pages.bottom(text) <= _FULL_PAGE * pages.usual_step


def stands_across(pages: PageLines, inwards: Sequence[Sequence[int]]) -> bool:
    """True if most lines stand across the columns of the text beside them."""
    across = [not is_in_column(pages.rows[lines[0]]) and is_in_column(pages.rows[lines[-1]]) for lines in inwards]
    return 2 * sum(across) > len(across)


def is_in_column(row: MeasuredLine) -> bool:
    """True if a line stands in one of several columns of the text."""
    return row.cell is None and (row.left > -inf or row.right < inf)


def leads_to_different_lines(pages: PageLines, inwards: Sequence[Sequence[int]]) -> bool:
    """True if heads stand now over a heading or a label, now over other words: a line of the text that comes again has
    the same kind of line below it.
    """
    heads = [lines for lines in inwards if len(lines) > 1 and _is_above(pages, *lines[:2])]
    return len({_begins_part(pages.rows[lines[-1]]) for lines in heads}) > 1


def heads_sections(pages: PageLines, inwards: Sequence[Sequence[int]]) -> bool:
    """True if lines stand as close as those of a paragraph over the label that sections begin with, on all pages."""
    heads = [lines for lines in inwards if len(lines) > 1 and _is_above(pages, *lines[:2])]
    if len(heads) < len(inwards) or not all(_is_step(pages, *lines[:2]) for lines in heads):
        return False
    labels = [LABEL.match(pages.rows[lines[1]].text.plain) for lines in heads]
    return len({label and label[0] for label in labels}) == 1 and labels[0] is not None


def _begins_part(row: MeasuredLine) -> bool:
    """True if a line begins like the heading of a section, or like a label."""
    return any(pattern.match(row.text.plain) for pattern in (NUMBER, LABEL))


def _is_above(pages: PageLines, index: int, other: int) -> bool:
    return pages.rows[index].top < pages.rows[other].top


def is_within_sentence(pages: PageLines, group: Sequence[int]) -> bool:
    """True if one of the lines stands where a sentence goes on from page to page, and not as a line of it."""
    for index in group:
        lines, page = pages.inwards(index), pages.rows[index].page
        if len(lines) == 1 or _is_step(pages, *lines[:2]):
            continue
        is_head = _is_above(pages, *lines[:2])
        if _is_cut(pages, page - is_head):
            return True
    return False


def continues_column(pages: PageLines, index: int) -> bool:
    """True if a line begins a column and goes on in the line below it, as those of a paragraph do."""
    row, below = pages.rows[index], pages.rows[min(index + 1, len(pages.rows) - 1)]
    is_one = (below.page, below.left, below.right) == (row.page, row.left, row.right)
    return is_in_column(row) and is_one and _is_step(pages, index, index + 1)


def _is_step(pages: PageLines, index: int, other: int) -> bool:
    """True if two lines stand as those of a paragraph do."""
    is_text = all(_is_of_size(pages, pages.rows[line]) for line in (index, other))
    return is_text and abs(pages.step(index, other) - pages.usual_step) <= _SAME_STEP * pages.usual_step


def _is_of_size(pages: PageLines, row: MeasuredLine) -> bool:
    return abs(row.size - pages.size) <= _SAME_SIZE * pages.size


def _is_cut(pages: PageLines, page: int) -> bool:
    """True if a sentence goes on from the last line of a page to the first line of the next, other than heads."""
    last, first = pages.text(page), pages.text(page + 1)
    if not (last and first):
        return False
    between = (*_after(pages.lines[page], last[-1]), *_after(pages.lines[page + 1][::-1], first[0]))
    before, after = pages.rows[last[-1]], pages.rows[first[0]]
    has_end = any(pages.rows[index].text.plain.endswith(SENTENCE_END[:-1]) for index in between)
    if has_end or not (_is_of_size(pages, before) and _is_of_size(pages, after)):
        return False
    is_open = not before.text.plain.endswith(SENTENCE_END) and before.x1 >= pages.right - _ROOM * before.size
    return is_open and not _begins_part(after) and after.x0 <= pages.left + _INDENT * after.size


def _after(indices: Sequence[int], index: int) -> Sequence[int]:
    return indices[indices.index(index) + 1 :]


def is_due(pages: PageLines, group: Sequence[int]) -> bool:
    """True if the text needs a line: the heading that has its number, or a value of a label that the text has, too."""
    plain = pages.rows[group[0]].text.plain
    others = [row.text.plain for index, row in enumerate(pages.rows) if index not in group]
    if number := NUMBER.match(plain):
        return not any((other := NUMBER.match(words)) and other[0] == number[0] for words in others)
    label = LABEL.match(plain)
    return bool(label and label.end() < len(plain) and any(words.startswith(label[0]) for words in others))


def words_and_number(text: Text) -> tuple[str, str]:
    """The words of a line, and the number at its start or its end far from them, or alone on it; or nothing."""
    for match in _PAGE_BESIDE.finditer(text.plain):
        number = text[match.start() : match.end()].strip()
        words = text[: match.start()].strip() or text[match.end() :].strip()
        (left, right), (start, end) = _ends(number), _ends(words)
        if max(start - right, left - end) > _LEAST_GAP * text.ink.glyphs[number.origins[0]].size:
            return words.plain, str(number)
    return ("", text.plain) if text.plain.isdecimal() else (text.plain, "")


def _ends(text: Text) -> tuple[float, float]:
    """The left and the right end of words on their line."""
    glyphs = text.ink.glyphs
    return glyphs[text.origins[0]].x0, glyphs[text.origins[-1]].x1
