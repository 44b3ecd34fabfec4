"""Running heads and feet of drawn pages: lines that come again at one height, with signs that they are no text.

Repetition is no proof: 其他要求：无。 may be the last line of every page. Nor is smaller type, or a wide gap. So signs
are counted: the pages on which a line comes again, and what sets it apart from the text on them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from extract.layout.browser_lines import is_printed
from extract.layout.furniture.page_lines import DEEP, PageLines
from extract.layout.furniture.signs import (
    APART,
    FAR,
    LABEL,
    NUMBER,
    follows_full_pages,
    heads_sections,
    is_apart,
    is_due,
    is_large,
    is_small,
    is_within_sentence,
    keeps_its_height,
    leads_to_different_lines,
    stands_across,
    words_and_number,
)
from extract.layout.lines import MeasuredLine

_ENOUGH = 4  # signs of a running head
_MOST_PAGES = 3  # that count as signs
_OWN_WORDS = 2  # the signs as which words count that only heads and feet have
SAME_HEIGHT = 3.0  # points between the places of a running head on its pages, at the most

PAGE_CELL = (
    r"-+ *\d{1,4} *-+|第 *\d{1,4} *(?:/ *\d{1,4} *)?[页頁](?:[，/ ]*共 *\d{1,4} *[页頁])?|页码： *\d{1,4}"
    r"|[Pp]age：? *\d{1,4}(?: *(?:of|/) *\d{1,4})?|\d{1,4} *of *\d{1,4}"
)
WITH_PAGE = re.compile(rf"(?:^|[ ，])(?:{PAGE_CELL})(?= |$)")  # beside other words: 内部资料　第3页, 共4页，第3页
_OF_PAGES = re.compile(r"(?:^| )(\d{1,4}) */ *(\d{1,4})(?= |$)")  # 内部资料　1/3; a figure may look like it, too
_VARIABLE = re.compile(r"\d+|[ivxlc]{1,6}$")


def find_running_heads(rows: Sequence[MeasuredLine], edges: Collection[int], excluded: Collection[int]) -> set[int]:
    """The lines among the edges of pages that are running heads or feet. `excluded` are none of the text, either."""
    pages = PageLines(rows, excluded)
    deep = {index for lines in pages.lines.values() for index in (*lines[:DEEP], *lines[-DEEP:])}
    pages.set_repeated({index for group in _groups(rows, deep) if len(group) > 1 for index in group})
    return {index for group in _groups(rows, edges) if _is_running(pages, group) for index in group}


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
    is_section = NUMBER.match(rows[indices[0]].text.plain) is not None
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


def _is_running(pages: PageLines, group: Sequence[int]) -> bool:
    """True if a line that comes again has enough signs of a running head.

    One like a label needs smaller type, or a sentence that goes on behind it, or to be bare (申报要求：) and lead to
    different kinds of lines, or to be far from the text of three pages; what the text needs is none.
    """
    plain = pages.rows[group[0]].text.plain
    own_words = is_printed(plain) or WITH_PAGE.search(plain) is not None or _have_their_pages(pages, group)
    if not own_words and not _is_on_most_pages(pages, group):
        return False
    inwards = [pages.inwards(index) for index in group]
    small, is_cut = is_small(pages, group), is_within_sentence(pages, group)
    is_over_all = leads_to_different_lines(pages, inwards)
    is_far = is_apart(pages, inwards, FAR) and len({pages.rows[index].text.plain for index in group}) == 1
    signs = (
        min(len(group), _MOST_PAGES)
        + _OWN_WORDS * own_words
        + small
        + is_cut
        + is_apart(pages, inwards, APART)
        + is_far
        + keeps_its_height(pages, inwards)
        + follows_full_pages(pages, inwards)
        + stands_across(pages, inwards)
        + is_over_all
        + _stands_over_title(pages, inwards)
    )
    if signs < _ENOUGH or own_words:
        return signs >= _ENOUGH
    if heads_sections(pages, inwards):
        return False
    is_bare = plain.endswith("：") and (is_over_all or (is_far and len(group) >= _MOST_PAGES))
    return not is_due(pages, group) and (small or is_cut or is_bare or not LABEL.match(plain))


def _stands_over_title(pages: PageLines, inwards: Sequence[Sequence[int]]) -> bool:
    """True if a line begins all pages in no larger type than the text, on the first over its title in larger type."""
    first = inwards[0]
    begin = [lines for lines in inwards if lines[0] == pages.edges(pages.rows[lines[0]].page)[0]]
    begins_all = len(begin) == len(inwards) == len(pages.lines)
    return begins_all and is_large(pages, first[1:]) and not is_large(pages, first[:1])


def _have_their_pages(pages: PageLines, group: Sequence[int]) -> bool:
    """True if each of the lines says which page it stands on, and of how many, or has its number far from its words."""
    rows = [pages.rows[index] for index in group]
    last = str(pages.rows[-1].page)
    if all((str(row.page), last) in _OF_PAGES.findall(row.text.plain) for row in rows):
        return True
    beside = [words_and_number(row.text) for row in rows]
    numbers = [number.strip(" ·—–-") if words else "" for words, number in beside]
    return len(rows) > 1 and numbers == [str(row.page) for row in rows]


def _is_on_most_pages(pages: PageLines, group: Sequence[int]) -> bool:
    """True if a line stands on two pages and more, and on more than half of all, of the odd or of the even ones."""
    own = {pages.rows[index].page for index in group}
    sides = [[page for page in pages.lines if page % 2 in side] for side in ((0, 1), (0,), (1,))]
    return len(own) > 1 and any(2 * len(own.intersection(side)) > len(side) for side in sides)
