"""Running heads and feet of drawn pages: lines that come again at one height, with signs that they are no text.

Repetition is no proof: 其他要求：无。 may be the last line of every page. Nor is smaller type, or a wide gap. So signs
are counted: the pages on which a line comes again, and what sets it apart from the text on them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from math import inf

from extract.layout.lines import MeasuredLine, text_size

_ENOUGH = 4  # signs of a running head
_MOST_PAGES = 3  # that count as signs
DEEP = 3  # lines of running head, or of foot, at the most
_OWN_WORDS = 2  # the signs as which words count that only heads and feet have
SAME_HEIGHT = 3.0  # points between the places of a running head on its pages, at the most
_SMALLER = 0.92  # the size of small type, in sizes of the text, at the most
_APART = 1.25  # the distance of a running head from the text block, in large steps from line to line, at the least
_FAR = 1.6  # of two that are the same to a letter, which counts as another sign
_LARGE_STEPS = 0.9  # of the steps from line to line, so many are smaller than a large one
_LEAST_STEP = 0.5  # ems from line to line, at the least; cells stand side by side
_SAME_STEP = 0.1  # of a step, by which those within paragraphs differ
_SAME_SIZE = 0.04  # of the size of the text, by which its lines differ
_FULL_PAGE = 1.5  # steps from the lowest line of the text to the last of a full page, at the most
_FULL_LINES = 0.2  # of the lines, so many reach the right edge of the text
_ROOM = 2.0  # ems left by a full line, at the most
_INDENT = 0.7  # ems from the left edge of the text to a line that continues a sentence, at the most

_SENTENCE_END = tuple("。；！？：")
# What begins like the heading of a section, or like a label, bare or with its value.
_NUMBER = re.compile(r"\d{1,2}(?:[.、]\d{1,2})+")
_LABEL = re.compile(r"([\u4e00-\u9fff（）]{2,16}) *：")
# A browser prints when it did above a page, and the address and 1/2 below it.
_PRINTED = re.compile(
    r"\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?[， ]*(?:[上下]午)? *\d{1,2}：\d\d.*"
    r"|(?:https?|file)：//[!-~（），：；？！]+(?: *\d{1,4}/\d{1,4})?"
)
PAGE_CELL = (
    r"-+ *\d{1,4} *-+|第 *\d{1,4} *(?:/ *\d{1,4} *)?[页頁](?:[，/ ]*共 *\d{1,4} *[页頁])?|页码： *\d{1,4}"
    r"|[Pp]age：? *\d{1,4}(?: *(?:of|/) *\d{1,4})?|\d{1,4} *of *\d{1,4}"
)
WITH_PAGE = re.compile(rf"(?:^|[ ，])(?:{PAGE_CELL})(?= |$)")  # beside other words: 内部资料　第3页, 共4页，第3页
_OF_PAGES = re.compile(r"(?:^| )(\d{1,4}) */ *(\d{1,4})(?= |$)")  # 内部资料　1/3; a figure may look like it, too
_VARIABLE = re.compile(r"\d+|[ivxlc]{1,6}$")


def is_printed(plain: str) -> bool:
    """True if a browser prints such words above or below a page.

    >>> is_printed("https：//service.example.cn/a_b/2345.html 1/2"), is_printed("https：//example.cn 注册")
    (True, False)
    """
    return _PRINTED.fullmatch(plain) is not None


def find_running_heads(rows: Sequence[MeasuredLine], edges: Collection[int], excluded: Collection[int]) -> set[int]:
    """The lines among the edges of pages that are running heads or feet. `excluded` are none of the text, either."""
    pages = _Pages(rows, excluded)
    deep = {index for lines in pages.lines.values() for index in (*lines[:DEEP], *lines[-DEEP:])}
    pages.repeated = {index for group in _groups(rows, deep) if len(group) > 1 for index in group}
    pages.lowest = _bottom(pages, [index for page in pages.lines for index in pages.text(page)])
    heads = {index for group in _groups(rows, edges) if _is_running(pages, group) for index in group}
    return heads | {index for index in edges if index not in heads and _is_in_their_place(pages, index, heads)}


class _Pages:
    """The lines of each page from top to bottom, without those excluded, and what the text is measured by."""

    def __init__(self, rows: Sequence[MeasuredLine], excluded: Collection[int]) -> None:
        self.rows, self.size = rows, text_size(rows)
        self.repeated: Collection[int] = ()  # lines at the edges that come again
        self.lowest = 0.0  # line of the text on its page
        self.lines: dict[int, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            if index not in excluded:
                self.lines[row.page].append(index)
        pairs = [pair for lines in self.lines.values() for pair in pairwise(self.downwards(lines)[1:-1])]
        steps = sorted(step for pair in pairs if (step := self.step(*pair)) > _LEAST_STEP * self.size)
        self.large_step = steps[int(_LARGE_STEPS * (len(steps) - 1))] if steps else 0.0
        self.usual_step = Counter(map(round, steps)).most_common(1)[0][0] if steps else 0
        inner = [rows[index] for pair in pairs for index in pair]
        rights = sorted((row.x1 for row in inner), reverse=True)
        self.right = rights[int(_FULL_LINES * len(rights))] if rights else 0.0
        lefts = Counter(round(row.x0) for row in inner)
        self.left = min((x0 for x0, count in lefts.items() if count >= _FULL_LINES / 2 * len(inner)), default=0)

    def downwards(self, indices: Sequence[int]) -> list[int]:
        """Lines from top to bottom; those of columns lie side by side."""
        return sorted(indices, key=lambda index: self.rows[index].top)

    def step(self, index: int, other: int) -> float:
        """The distance from line to line if both were as large as the text."""
        upper, lower = sorted((self.rows[index], self.rows[other]), key=lambda row: row.top)
        return lower.top - upper.top - upper.size + self.size

    def inwards(self, index: int) -> list[int]:
        """The lines from one at an edge to the first of the text; to the next line where all come again."""
        lines = self.downwards(self.lines[self.rows[index].page])
        lines = lines if lines[0] == index else lines[::-1]
        end = next((place for place, line in enumerate(lines[1:], 2) if line not in self.repeated), 2)
        return lines[:end]

    def text(self, page: int) -> list[int]:
        """The lines of the text on a page, in the order of reading."""
        return [index for index in self.lines.get(page, ()) if index not in self.repeated]


def _groups(rows: Sequence[MeasuredLine], edges: Collection[int]) -> Iterator[list[int]]:
    """The lines with the same words in one size at one height on their pages; numbers may count up with the pages."""
    same: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index in sorted(edges, key=lambda index: rows[index].top):
        same[_VARIABLE.sub("#", rows[index].text.plain), round(rows[index].size)].append(index)
    for indices in same.values():
        group = [indices[0]]
        for index in indices[1:]:
            if rows[index].top - rows[group[-1]].top > SAME_HEIGHT:
                yield from _with_one_number(rows, group)
                group = []
            group.append(index)
        yield from _with_one_number(rows, group)


def _with_one_number(rows: Sequence[MeasuredLine], indices: list[int]) -> Iterator[list[int]]:
    """The lines together if their numbers are all the same or count pages, or else those with the same numbers."""
    indices = sorted(indices)
    numbers = [_VARIABLE.findall(rows[index].text.plain) for index in indices]
    is_section = _NUMBER.match(rows[indices[0]].text.plain) is not None
    if all(_counts_pages(rows, indices, column, is_section) for column in zip(*numbers, strict=True)):
        yield indices
        return
    for _, group in groupby(sorted(indices, key=lambda i: rows[i].text.plain), key=lambda i: rows[i].text.plain):
        yield list(group)


def _counts_pages(rows: Sequence[MeasuredLine], indices: Sequence[int], numbers: Sequence[str], fixed: bool) -> bool:
    """True if the numbers at one place in the lines are all the same or, unless they have to be, grow as pages do."""
    if len(set(numbers)) == 1:
        return True
    if fixed or not all(number.isdecimal() for number in numbers):
        return not fixed
    ahead = Counter(int(number) - rows[index].page for index, number in zip(indices, numbers, strict=True))
    return 2 * ahead.most_common(1)[0][1] > len(indices)


def _is_running(pages: _Pages, group: Sequence[int]) -> bool:
    """True if a line that comes again has enough signs of a running head.

    One like a label needs smaller type, or a sentence that goes on behind it, or to be bare (申报要求：) and lead to
    different kinds of lines, or to be far from the text of three pages; what the text needs is none.
    """
    plain = pages.rows[group[0]].text.plain
    own_words = is_printed(plain) or WITH_PAGE.search(plain) is not None or _have_their_pages(pages, group)
    if not own_words and not _is_on_most_pages(pages, group):
        return False
    inwards = [pages.inwards(index) for index in group]
    is_small, is_cut = _is_small(pages, group), _is_within_sentence(pages, group)
    is_over_all = _leads_to_different_lines(pages, inwards)
    is_far = _is_apart(pages, inwards, _FAR) and len({pages.rows[index].text.plain for index in group}) == 1
    signs = (
        min(len(group), _MOST_PAGES)
        + _OWN_WORDS * own_words
        + is_small
        + is_cut
        + _is_apart(pages, inwards, _APART)
        + is_far
        + _keeps_its_height(pages, inwards)
        + _follows_full_pages(pages, inwards)
        + _stands_across(pages, inwards)
        + is_over_all
    )
    if signs < _ENOUGH or own_words:
        return signs >= _ENOUGH
    is_bare = plain.endswith("：") and (is_over_all or (is_far and len(group) >= _MOST_PAGES))
    return not _is_due(pages, group) and (is_small or is_cut or is_bare or not _LABEL.match(plain))


def _is_in_their_place(pages: _Pages, index: int, heads: Collection[int]) -> bool:
    """True if a line stands where two other pages have their heads, in their size, and apart from the text.

    Odd and even pages may have heads with different words.
    """
    row = pages.rows[index]
    others = {
        head.page
        for head in map(pages.rows.__getitem__, heads)
        if abs(head.top - row.top) <= SAME_HEIGHT and round(head.size) == round(row.size)
    }
    is_set_off = _is_small(pages, [index]) or _is_apart(pages, [pages.inwards(index)], _APART)
    return len(others - {row.page}) > 1 and is_set_off and not _is_due(pages, [index])


def _have_their_pages(pages: _Pages, group: Sequence[int]) -> bool:
    """True if each of the lines says which page it stands on, and of how many."""
    said = [_OF_PAGES.findall(pages.rows[index].text.plain) for index in group]
    own = [(str(pages.rows[index].page), str(pages.rows[-1].page)) for index in group]
    return all(page in found for page, found in zip(own, said, strict=True))


def _is_on_most_pages(pages: _Pages, group: Sequence[int]) -> bool:
    """True if a line stands on two pages and more, and on more than half of all, of the odd or of the even ones."""
    own = {pages.rows[index].page for index in group}
    sides = [[page for page in pages.lines if page % 2 in side] for side in ((0, 1), (0,), (1,))]
    return len(own) > 1 and any(2 * len(own.intersection(side)) > len(side) for side in sides)


def _is_small(pages: _Pages, group: Sequence[int]) -> bool:
    """True if lines are mostly set in smaller type than the text, and than that of their page."""
    small = 0
    for index in group:
        text = [pages.rows[other] for other in pages.text(pages.rows[index].page) if other not in group]
        size = min(pages.size, text_size(text) or pages.size)
        small += pages.rows[index].size <= _SMALLER * size
    return 2 * small > len(group)


def _is_apart(pages: _Pages, inwards: Sequence[Sequence[int]], steps: float) -> bool:
    """True if most lines are further from the text than its lines are from each other, by so many large steps."""
    least = steps * pages.large_step
    apart = [len(lines) == 1 or any(pages.step(*pair) > least > 0 for pair in pairwise(lines)) for lines in inwards]
    return 2 * sum(apart) > len(apart)


def _keeps_its_height(pages: _Pages, inwards: Sequence[Sequence[int]]) -> bool:
    """True if lines stand at one height while the text beside them ends at others: they do not follow it."""
    tops = [pages.rows[lines[-1]].top for lines in inwards if len(lines) > 1]
    return len(tops) > 1 and max(tops) - min(tops) > pages.usual_step > 0


def _follows_full_pages(pages: _Pages, inwards: Sequence[Sequence[int]]) -> bool:
    """True if most heads stand below a page that is full: no part of the text begins with them on a new page."""
    heads = [lines[0] for lines in inwards if len(lines) > 1 and _is_above(pages, *lines[:2])]
    before = [text for index in heads if (text := pages.text(pages.rows[index].page - 1))]
    full = sum(pages.lowest - _bottom(pages, text) <= _FULL_PAGE * pages.usual_step for text in before)
    return len(before) > 1 and 2 * full > len(before)


def _stands_across(pages: _Pages, inwards: Sequence[Sequence[int]]) -> bool:
    """True if most lines stand across the columns of the text beside them."""
    across = [not _is_in_column(pages.rows[lines[0]]) and _is_in_column(pages.rows[lines[-1]]) for lines in inwards]
    return 2 * sum(across) > len(across)


def _is_in_column(row: MeasuredLine) -> bool:
    return row.cell is None and (row.left > -inf or row.right < inf)


def _leads_to_different_lines(pages: _Pages, inwards: Sequence[Sequence[int]]) -> bool:
    """True if heads stand now over a heading or a label, now over other words: a line of the text that comes again has
    the same kind of line below it.
    """
    heads = [lines for lines in inwards if len(lines) > 1 and _is_above(pages, *lines[:2])]
    return len({_begins_part(pages.rows[lines[-1]]) for lines in heads}) > 1


def _begins_part(row: MeasuredLine) -> bool:
    """True if a line begins like the heading of a section, or like a label."""
    return any(pattern.match(row.text.plain) for pattern in (_NUMBER, _LABEL))


def _bottom(pages: _Pages, indices: Sequence[int]) -> float:
    return max((pages.rows[index].top for index in indices), default=0.0)


def _is_above(pages: _Pages, index: int, other: int) -> bool:
    return pages.rows[index].top < pages.rows[other].top


def _is_within_sentence(pages: _Pages, group: Sequence[int]) -> bool:
    """True if one of the lines stands where a sentence goes on from page to page, and not as a line of it."""
    for index in group:
        lines, page = pages.inwards(index), pages.rows[index].page
        if len(lines) == 1 or _is_step(pages, *lines[:2]):
            continue
        is_head = _is_above(pages, *lines[:2])
        if _is_cut(pages, page - is_head):
            return True
    return False


def _is_step(pages: _Pages, index: int, other: int) -> bool:
    """True if two lines stand as those of a paragraph do."""
    is_text = all(_is_of_size(pages, pages.rows[line]) for line in (index, other))
    return is_text and abs(pages.step(index, other) - pages.usual_step) <= _SAME_STEP * pages.usual_step


def _is_of_size(pages: _Pages, row: MeasuredLine) -> bool:
    return abs(row.size - pages.size) <= _SAME_SIZE * pages.size


def _is_cut(pages: _Pages, page: int) -> bool:
    """True if a sentence goes on from the last line of a page to the first line of the next, other than heads."""
    last, first = pages.text(page), pages.text(page + 1)
    if not (last and first):
        return False
    between = (*_after(pages.lines[page], last[-1]), *_after(pages.lines[page + 1][::-1], first[0]))
    before, after = pages.rows[last[-1]], pages.rows[first[0]]
    has_end = any(pages.rows[index].text.plain.endswith(_SENTENCE_END[:-1]) for index in between)
    if has_end or not (_is_of_size(pages, before) and _is_of_size(pages, after)):
        return False
    is_open = not before.text.plain.endswith(_SENTENCE_END) and before.x1 >= pages.right - _ROOM * before.size
    return is_open and not _begins_part(after) and after.x0 <= pages.left + _INDENT * after.size


def _after(indices: Sequence[int], index: int) -> Sequence[int]:
    return indices[indices.index(index) + 1 :]


def _is_due(pages: _Pages, group: Sequence[int]) -> bool:
    """True if the text needs a line: the heading that has its number, or a value of a label that the text has, too."""
    plain = pages.rows[group[0]].text.plain
    others = [row.text.plain for index, row in enumerate(pages.rows) if index not in group]
    if number := _NUMBER.match(plain):
        return not any((other := _NUMBER.match(words)) and other[0] == number[0] for words in others)
    label = _LABEL.match(plain)
    return bool(label and label.end() < len(plain) and any(words.startswith(label[0]) for words in others))
