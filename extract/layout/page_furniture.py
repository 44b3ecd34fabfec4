"""Find page furniture (page numbers, running heads and feet), and gaps in the page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extract.layout.lines import MeasuredLine
from extract.model.findings import FindingDraft, finding

# A page number by its form (- 3 -, 第3页, Page 3 of 9), or any number alone on its line.
_ADORNED = re.compile(
    r"-+ *\d{1,4} *-+|第 *\d{1,4} *(?:/ *\d{1,4} *)?页(?:[，/ ]*共 *\d{1,4} *页)?"
    r"|[Pp](?:age|\.)? *\d{1,4}(?: *(?:of|/) *\d{1,4})?"
    r"|([·•~.]) *\d{1,4} *\1|\[ *\d{1,4} *\]|\d{1,4} *of *\d{1,4}|-+ *[ivxlc]{1,6} *-+"
)
_BARE = re.compile(r"（?(\d{1,4})）?(?: */ *\d{1,4})?")
_TOTAL = re.compile(r"共 *(\d{1,4}) *页|(?:of|/) *(\d{1,4})")  # the total number of pages
_MIN_HEAD_PAGES = 3  # pages with a running head; it has to be on more than half of the pages, too
_MAX_HEAD_LINES = 3  # lines of a running head, or of a foot


def find_furniture(rows: Sequence[MeasuredLine], drawn: bool) -> set[int]:
    """The indices of the lines that are furniture."""
    if not drawn:
        adorned = {index for index, row in enumerate(rows) if _ADORNED.fullmatch(row.text.plain)}
        return adorned | _run_of_numbers(rows)
    found: set[int] = set()
    for _ in range(_MAX_HEAD_LINES):
        edges = _edges(rows, found)
        new = {index for index in edges if _ADORNED.fullmatch(rows[index].text.plain)}
        new |= _bare_numbers(rows, edges - new) | _running_heads(rows, edges - new)
        if not new:
            break
        found |= new
    return found


def numbers_alone(rows: Sequence[MeasuredLine], furniture: set[int]) -> list[MeasuredLine]:
    """Lines of plain text that consist of a number and were not recognised as page numbers."""
    return [row for index, row in enumerate(rows) if index not in furniture and _BARE.fullmatch(row.text.plain)]


def missing_pages(rows: Sequence[MeasuredLine], furniture: set[int]) -> list[FindingDraft]:
    """Report gaps and repeats in the printed page numbers; nothing if pages have none.

    A page without a number is counted between its neighbours. Numbers may restart at 1.
    """
    numbers: dict[int, tuple[int, MeasuredLine]] = {}
    for index in sorted(furniture):
        plain = rows[index].text.plain
        if (_ADORNED.fullmatch(plain) or _BARE.fullmatch(plain)) and (match := re.search(r"\d+", plain)):
            numbers.setdefault(rows[index].page, (int(match[0]), rows[index]))
    findings = []
    for (page, (number, _)), (later, (found, row)) in pairwise(numbers.items()):
        if found != 1 and found - number != later - page and numbers[page][1].text.ink.drawn:
            findings.append(
                finding(
                    "page-missing",
                    row.text,
                    variant="jump",
                    page=later,
                    number=found,
                    before=page,
                    number_before=number,
                )
            )
    if numbers:
        number, row = list(numbers.values())[-1]
        total = _TOTAL.search(row.text.plain)
        if total and int(total[1] or total[2]) > number:
            findings.append(
                finding("page-missing", row.text, variant="last", number=number, total=total[1] or total[2])
            )
    return findings


def _edges(rows: Sequence[MeasuredLine], furniture: set[int]) -> set[int]:
    """The first and the last line of every page, without those found before."""
    pages: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if index not in furniture:
            pages[row.page].append(index)
    return {index for indices in pages.values() for index in (indices[0], indices[-1])}


def _bare_numbers(rows: Sequence[MeasuredLine], edges: set[int]) -> set[int]:
    """Bare numbers at the edge of pages that differ from the page's own number by a constant."""
    numbers = {p: int(m[1]) for p in sorted(edges) if (m := _BARE.fullmatch(rows[p].text.plain))}
    offsets = Counter(number - rows[index].page for index, number in numbers.items())
    return {p for p, number in numbers.items() if offsets[number - rows[p].page] >= 2 or number == rows[p].page}


def _run_of_numbers(rows: Sequence[MeasuredLine]) -> set[int]:
    """The longest increasing run of bare numbers, for plain text, whose pages may not be marked."""
    numbers = [(p, int(m[1])) for p, row in enumerate(rows) if (m := _BARE.fullmatch(row.text.plain))]
    best: list[tuple[int, int]] = []
    for start in range(len(numbers)):
        run = [numbers[start]]
        for index, number in numbers[start + 1 :]:
            if 1 <= number - run[-1][1] <= 2:
                run.append((index, number))
        best = max(best, run, key=len)
    return {index for index, _ in best} if len(best) >= 2 else set()


def _running_heads(rows: Sequence[MeasuredLine], edges: set[int]) -> set[int]:
    """Lines at the edge of most pages, or of most odd or even pages, that are equal but for their numbers."""
    words = {index: re.sub(r"\d+|[ivxlc]{1,6}$", "#", rows[index].text.plain) for index in edges}
    pages = {row.page for row in rows}
    found: set[int] = set()
    for sides in ((0, 1), (0,), (1,)):
        on_side = [index for index in edges if rows[index].page % 2 in sides]
        counts = Counter(words[index] for index in on_side)
        min_pages = max(_MIN_HEAD_PAGES, len([page for page in pages if page % 2 in sides]) // 2 + 1)
        found |= {index for index in on_side if counts[words[index]] >= min_pages}
    return found
