"""Page furniture: page numbers and running heads and feet, which belong to the page and not to the text.

On a page the text block tells: nothing within it is furniture, however often it comes again (其他要求：无。 may be the
last line of every page). In plain text, which has no geometry, only the words tell.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from extract.layout.furniture.changing_heads import find_changing_heads
from extract.layout.furniture.page_lines import DEEP
from extract.layout.furniture.plain_heads import find_plain_heads
from extract.layout.furniture.running_heads import PAGE_CELL, WITH_PAGE, find_running_heads
from extract.layout.lines import MeasuredLine
from extract.model.findings import FindingDraft, finding
from extract.model.record import ExcludedReason

# A number with something around it that only page numbers have, or alone on its line.
_ADORNED = re.compile(
    rf"(?:{PAGE_CELL})(?: +(?:{PAGE_CELL}|共 *\d{{1,4}} *页))*"
    r"|[Pp]\.? *\d{1,4}(?: *(?:of|/) *\d{1,4})?|([·•~.]) *\d{1,4} *\1|\[ *\d{1,4} *\]|-+ *[ivxlc]{1,6} *-+"
)
_BARE = re.compile(r"（?(\d{1,4})）?(?: */ *\d{1,4})?")
_TOTAL = re.compile(r"共 *(\d{1,4}) *页|(?:of|/) *(\d{1,4})")  # of how many pages


def find_furniture(rows: Sequence[MeasuredLine], drawn: bool, apart: Collection[int] = ()) -> dict[int, ExcludedReason]:
    """The lines that are furniture, by their indices. `apart` are lines of notes and of tables, which are none."""
    if not drawn:
        numbers = {index for index, row in enumerate(rows) if _ADORNED.fullmatch(row.text.plain)}
        numbers |= _run_of_numbers(rows)
        plain: dict[int, ExcludedReason] = dict.fromkeys(numbers, "page-number")
        plain |= dict.fromkeys(find_plain_heads(rows, numbers), "running-head")
        return dict(sorted(plain.items()))
    found: dict[int, ExcludedReason] = {}
    for _ in range(DEEP):
        edges = {index for index in _edges(rows, found) if index not in apart}
        numbers = {index for index in edges if _ADORNED.fullmatch(rows[index].text.plain)}
        numbers |= _bare_numbers(rows, edges - numbers)
        excluded = {*found, *numbers, *apart}
        heads = find_running_heads(rows, edges - numbers, excluded)
        known = {*heads, *(index for index, reason in found.items() if reason == "running-head")}
        heads |= find_changing_heads(rows, edges - numbers - heads, known, excluded)
        if not numbers and not heads:
            break
        found.update(dict.fromkeys(numbers, "page-number"))
        found.update(dict.fromkeys(heads, "running-head"))
    return dict(sorted(found.items()))


def numbers_alone(rows: Sequence[MeasuredLine], excluded: Mapping[int, object]) -> list[MeasuredLine]:
    """Lines of plain text that are nothing but a number, and no page number as far as can be told."""
    return [row for index, row in enumerate(rows) if index not in excluded and _BARE.fullmatch(row.text.plain)]


def missing_pages(rows: Sequence[MeasuredLine], excluded: Mapping[int, ExcludedReason]) -> list[FindingDraft]:
    """Where the printed numbers of pages leave one out, or one stands twice; nothing where pages have no numbers.

    A page without a number counts with those around it. Numbers may start anew at 1.
    """
    numbers: dict[int, tuple[int, MeasuredLine]] = {}
    for index in sorted(index for index, reason in excluded.items() if reason != "reference-mark"):
        plain = rows[index].text.plain
        printed = _ADORNED.fullmatch(plain) or _BARE.fullmatch(plain) or WITH_PAGE.search(plain)
        if printed and (match := re.search(r"\d+", printed[0])):
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


def _by_page(rows: Sequence[MeasuredLine], excluded: Mapping[int, object]) -> list[list[int]]:
    """The lines of each page that are not excluded yet, from top to bottom."""
    pages: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if index not in excluded:
            pages[row.page].append(index)
    return [
        sorted(indices, key=lambda index: rows[index].top) for indices in pages.values()
    ]  # columns lie side by side


def _edges(rows: Sequence[MeasuredLine], excluded: Mapping[int, object]) -> set[int]:
    """The first and the last line of every page that is not excluded yet."""
    return {index for indices in _by_page(rows, excluded) for index in (indices[0], indices[-1])}


def _bare_numbers(rows: Sequence[MeasuredLine], edges: set[int]) -> set[int]:
    """Numbers alone on the first or last line that run with the pages: always the same distance from the page's own."""
    numbers = {i: int(m[1]) for i in sorted(edges) if (m := _BARE.fullmatch(rows[i].text.plain))}
    ahead = Counter(number - rows[index].page for index, number in numbers.items())
    return {i for i, number in numbers.items() if ahead[number - rows[i].page] >= 2 or number == rows[i].page}


def _run_of_numbers(rows: Sequence[MeasuredLine]) -> set[int]:
    """In plain text, where pages may not be marked: the longest run of numbers on lines of their own that count up.

    From one to the next by 1, or by 2 where the number of a page is lost.
    """
    runs: dict[int, tuple[int, int | None]] = {}  # by its last number, how long the longest run is, and its last line
    before: dict[int, int | None] = {}
    for index, row in enumerate(rows):
        if match := _BARE.fullmatch(row.text.plain):
            number = int(match[1])
            length, last = max((runs.get(number - step, (0, None)) for step in (1, 2)), key=lambda run: run[0])
            before[index] = last
            if length + 1 > runs.get(number, (0, None))[0]:
                runs[number] = length + 1, index
    length, at = max(runs.values(), key=lambda run: run[0], default=(0, None))
    found: set[int] = set()
    while length >= 2 and at is not None:
        found.add(at)
        at = before[at]
    return found
