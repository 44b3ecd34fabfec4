"""Page furniture: page numbers and running heads and feet, which belong to the page and not to the text.

On a page the text block tells: nothing within it is furniture, however often it comes again (其他要求：无。 may be the
last line of every page). In plain text, which has no geometry, only the words tell.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from extract.layout.lines import MeasuredLine
from extract.layout.plain_heads import find_plain_heads
from extract.model.findings import FindingDraft, finding
from extract.model.record import ExcludedReason

# A number with something around it that only page numbers have, or alone on its line.
_ADORNED = re.compile(
    r"-+ *\d{1,4} *-+|第 *\d{1,4} *(?:/ *\d{1,4} *)?页(?:[，/ ]*共 *\d{1,4} *页)?"
    r"|[Pp](?:age|\.)? *\d{1,4}(?: *(?:of|/) *\d{1,4})?"
    r"|([·•~.]) *\d{1,4} *\1|\[ *\d{1,4} *\]|\d{1,4} *of *\d{1,4}|-+ *[ivxlc]{1,6} *-+"
)
_BARE = re.compile(r"（?(\d{1,4})）?(?: */ *\d{1,4})?")
_TOTAL = re.compile(r"共 *(\d{1,4}) *页|(?:of|/) *(\d{1,4})")  # of how many pages
# A browser prints when it did above a page, and the address and 1/2 below it.
_PRINTED = re.compile(
    r"\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?[， ]*(?:[上下]午)? *\d{1,2}：\d\d.*"
    r"|(?:https?|file)：//\S+(?: *\d{1,4}/\d{1,4})?"
)
_HEADING = re.compile(r"\d{1,2}(?:[.、]\d{1,2})+|[\u4e00-\u9fff（）]{2,16} *：")  # of a section, or of a part of it
OFTEN = 3  # a running head stands on this many pages at least, and on more than half of them
DEEP = 3  # lines of running head, or of foot, at the most
_SAME_HEIGHT = 3.0  # points between the places of a running head on its pages, at the most
_SMALLER = 0.92  # the size of a running head that stands close to the text block, in sizes of the text, at the most
_APART = 1.25  # the distance of a running head from the text block, in large steps from line to line, at the least
_LARGE_STEPS = 0.9  # of the steps from line to line, so many are smaller than a large one


def find_furniture(rows: Sequence[MeasuredLine], drawn: bool, notes: Container[int] = ()) -> dict[int, ExcludedReason]:
    """The lines that are furniture, by their indices. `notes` are the lines of notes, which are none."""
    if not drawn:
        numbers = {index for index, row in enumerate(rows) if _ADORNED.fullmatch(row.text.plain)}
        numbers |= _run_of_numbers(rows)
        plain: dict[int, ExcludedReason] = dict.fromkeys(numbers, "page-number")
        plain |= dict.fromkeys(find_plain_heads(rows, numbers), "running-head")
        return dict(sorted(plain.items()))
    apart = _outside_block(rows)
    found: dict[int, ExcludedReason] = {}
    for _ in range(DEEP):
        edges = {index for index in _edges(rows, found) if index not in notes}
        numbers = {index for index in edges if _ADORNED.fullmatch(rows[index].text.plain)}
        numbers |= _bare_numbers(rows, edges - numbers)
        heads = _running_heads(rows, edges - numbers, apart)
        if not numbers and not heads:
            break
        found.update(dict.fromkeys(numbers, "page-number"))
        found.update(dict.fromkeys(heads, "running-head"))
    return dict(sorted(found.items()))


def numbers_alone(rows: Sequence[MeasuredLine], excluded: Mapping[int, object]) -> list[MeasuredLine]:
    """Lines of plain text that are nothing but a number, and no page number as far as can be told."""
    return [row for index, row in enumerate(rows) if index not in excluded and _BARE.fullmatch(row.text.plain)]


def missing_pages(rows: Sequence[MeasuredLine], excluded: Mapping[int, object]) -> list[FindingDraft]:
    """Where the printed numbers of pages leave one out, or one stands twice; nothing where pages have no numbers.

    A page without a number counts with those around it. Numbers may start anew at 1.
    """
    numbers: dict[int, tuple[int, MeasuredLine]] = {}
    for index in sorted(excluded):
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


def _outside_block(rows: Sequence[MeasuredLine]) -> set[int]:
    """The lines at either end of a page that stand apart from its text block, as heads and feet do."""
    steps = sorted(
        row.top - before.top for before, row in pairwise(rows) if before.page == row.page and row.top > before.top
    )
    least = _APART * steps[int(_LARGE_STEPS * (len(steps) - 1))] if steps else 0.0
    found: set[int] = set()
    for indices in _by_page(rows, {}):
        for lines in (indices, indices[::-1]):
            found.update(_until_gap(rows, lines[: DEEP + 1], least))
    return found


def _until_gap(rows: Sequence[MeasuredLine], indices: Sequence[int], least: float) -> Iterator[int]:
    """The lines before the first step that is so wide; none where there is no such step."""
    steps = [abs(rows[one].top - rows[other].top) for one, other in pairwise(indices)]
    wide = next((place for place, step in enumerate(steps, 1) if step > least), 0)
    yield from indices[:wide]


def _bare_numbers(rows: Sequence[MeasuredLine], edges: set[int]) -> set[int]:
    """Numbers alone on the first or last line that run with the pages: always the same distance from the page's own."""
    numbers = {i: int(m[1]) for i in sorted(edges) if (m := _BARE.fullmatch(rows[i].text.plain))}
    ahead = Counter(number - rows[index].page for index, number in numbers.items())
    return {i for i, number in numbers.items() if ahead[number - rows[i].page] >= 2 or number == rows[i].page}


def _run_of_numbers(rows: Sequence[MeasuredLine]) -> set[int]:
    """In plain text, where pages may not be marked: numbers on lines of their own that count up."""
    numbers = [(i, int(m[1])) for i, row in enumerate(rows) if (m := _BARE.fullmatch(row.text.plain))]
    best: list[tuple[int, int]] = []
    for start in range(len(numbers)):
        run = [numbers[start]]
        for index, number in numbers[start + 1 :]:
            if 1 <= number - run[-1][1] <= 2:
                run.append((index, number))
        best = max(best, run, key=len)
    return {index for index, _ in best} if len(best) >= 2 else set()


def _running_heads(rows: Sequence[MeasuredLine], edges: set[int], apart: set[int]) -> set[int]:
    """Lines at the edges of pages, outside of the text block, that a browser prints or that come again at one height.

    They come again on most pages, or most odd or even ones, the same but for their numbers. What begins like a heading
    or a label of a section is none.
    """
    size = text_size(rows)
    edges = {i for i in edges if not _HEADING.match(rows[i].text.plain) or _PRINTED.fullmatch(rows[i].text.plain)}
    small = {index for index in edges if rows[index].size <= _SMALLER * size}
    found = {index for index in edges & (small | apart) if _PRINTED.fullmatch(rows[index].text.plain)}
    words = {index: re.sub(r"\d+|[ivxlc]{1,6}$", "#", rows[index].text.plain) for index in edges}
    pages = {row.page for row in rows}
    for sides in ((0, 1), (0,), (1,)):
        enough = max(OFTEN, len([page for page in pages if page % 2 in sides]) // 2 + 1)
        if len(pages) == 2:
            enough = 2
        for same in _at_one_height(rows, [i for i in edges if rows[i].page % 2 in sides], words):
            outside = [index for index in same if index in apart or (index in small and len(pages) > 2)]
            if len(pages) == 2:
                outside = [index for index in outside if index in small]
            if len(same) >= enough and 2 * len(outside) > len(same):
                found |= set(same)
    return found


def _at_one_height(
    rows: Sequence[MeasuredLine], indices: Sequence[int], words: Mapping[int, str]
) -> Iterator[list[int]]:
    """The lines with the same words that stand at one height on their pages."""
    same: dict[str, list[int]] = defaultdict(list)
    for index in sorted(indices, key=lambda index: rows[index].top):
        same[words[index]].append(index)
    for lines in same.values():
        group = [lines[0]]
        for index in lines[1:]:
            if rows[index].top - rows[group[-1]].top > _SAME_HEIGHT:
                yield group
                group = []
            group.append(index)
        yield group


def text_size(rows: Sequence[MeasuredLine]) -> float:
    """The size in which most of the text is set."""
    sizes = Counter[float]()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
