"""Page furniture: page numbers and running heads, which belong to the page and not to the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extract.layout.lines import MeasuredLine
from extract.model.findings import FindingDraft, finding

# A number with something around it that only page numbers have, or alone on its line.
_ADORNED = re.compile(
    r"-+ *\d{1,4} *-+|第 *\d{1,4} *(?:/ *\d{1,4} *)?页(?:[，/ ]*共 *\d{1,4} *页)?"
    r"|[Pp](?:age|\.)? *\d{1,4}(?: *(?:of|/) *\d{1,4})?"
    r"|([·•~.]) *\d{1,4} *\1|\[ *\d{1,4} *\]|\d{1,4} *of *\d{1,4}|-+ *[ivxlc]{1,6} *-+"
)
_BARE = re.compile(r"（?(\d{1,4})）?(?: */ *\d{1,4})?")
_TOTAL = re.compile(r"共 *(\d{1,4}) *页|(?:of|/) *(\d{1,4})")  # of how many pages
OFTEN = 3  # a running head stands on this many pages at least, and on more than half of them
DEEP = 3  # lines of running head, or of foot, at the most


def find_furniture(rows: Sequence[MeasuredLine], drawn: bool) -> set[int]:
    """The places in `rows` of the lines that are furniture."""
    if not drawn:
        adorned = {place for place, row in enumerate(rows) if _ADORNED.fullmatch(row.text.plain)}
        return adorned | _run_of_numbers(rows)
    found: set[int] = set()
    for _ in range(DEEP):
        edges = _edges(rows, found)
        more = {place for place in edges if _ADORNED.fullmatch(rows[place].text.plain)}
        more |= _bare_numbers(rows, edges - more) | _running_heads(rows, edges - more)
        if not more:
            break
        found |= more
    return found


def numbers_alone(rows: Sequence[MeasuredLine], aside: set[int]) -> list[MeasuredLine]:
    """Lines of plain text that are nothing but a number, and no page number as far as can be told."""
    return [row for place, row in enumerate(rows) if place not in aside and _BARE.fullmatch(row.text.plain)]


def page_numbers(rows: Sequence[MeasuredLine], aside: set[int]) -> list[FindingDraft]:
    """Where the printed numbers of pages leave one out, or one stands twice; nothing where pages have no numbers.

    A page without a number counts with those around it. Numbers may start anew at 1.
    """
    numbers: dict[int, tuple[int, MeasuredLine]] = {}
    for place in sorted(aside):
        plain = rows[place].text.plain
        if (_ADORNED.fullmatch(plain) or _BARE.fullmatch(plain)) and (match := re.search(r"\d+", plain)):
            numbers.setdefault(rows[place].page, (int(match[0]), rows[place]))
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


def _edges(rows: Sequence[MeasuredLine], aside: set[int]) -> set[int]:
    """The first and the last line of every page that is not set aside yet."""
    pages: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if place not in aside:
            pages[row.page].append(place)
    return {place for places in pages.values() for place in (places[0], places[-1])}


def _bare_numbers(rows: Sequence[MeasuredLine], edges: set[int]) -> set[int]:
    """Numbers alone on the first or last line that run with the pages: always the same distance from the page's own."""
    numbers = {p: int(m[1]) for p in sorted(edges) if (m := _BARE.fullmatch(rows[p].text.plain))}
    ahead = Counter(number - rows[place].page for place, number in numbers.items())
    return {p for p, number in numbers.items() if ahead[number - rows[p].page] >= 2 or number == rows[p].page}


def _run_of_numbers(rows: Sequence[MeasuredLine]) -> set[int]:
    """In plain text, where pages may not be marked: numbers on lines of their own that count up."""
    numbers = [(p, int(m[1])) for p, row in enumerate(rows) if (m := _BARE.fullmatch(row.text.plain))]
    best: list[tuple[int, int]] = []
    for start in range(len(numbers)):
        run = [numbers[start]]
        for place, number in numbers[start + 1 :]:
            if 1 <= number - run[-1][1] <= 2:
                run.append((place, number))
        best = max(best, run, key=len)
    return {place for place, _ in best} if len(best) >= 2 else set()


def _running_heads(rows: Sequence[MeasuredLine], edges: set[int]) -> set[int]:
    """Lines that stand at the edge of most pages, or most odd or even pages, the same but for their numbers."""
    words = {place: re.sub(r"\d+|[ivxlc]{1,6}$", "#", rows[place].text.plain) for place in edges}
    pages = {row.page for row in rows}
    found: set[int] = set()
    for sides in ((0, 1), (0,), (1,)):
        here = [place for place in edges if rows[place].page % 2 in sides]
        often = Counter(words[place] for place in here)
        enough = max(OFTEN, len([page for page in pages if page % 2 in sides]) // 2 + 1)
        found |= {place for place in here if often[words[place]] >= enough}
    return found
